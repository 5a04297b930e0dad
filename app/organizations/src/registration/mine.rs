//! The organisations for which one may act, and the rights that a legal representative gives.

use kernel::Lang;
use leptos::prelude::*;
use organizations::Entry;
use organizations::matters::{CANCELLATION_ITEM, CHANGE_ITEM};
use organizations::rights::{Given, Mine, RightId, kept_years};
use organizations::supervision;
use ui::{Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Field, Form, Kind, LinkButton, Page, Select, Shell, Tone, Values, tr, url};

use super::tone;

/// The list.
pub fn list(shell: &Shell, mine: Vec<Mine>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "我的社会组织", "My organisations");
    ui::render(shell, Page::public(title).wide().back(url::me()), move || {
        let columns = vec![
            Column::text(tr(lang, "组织", "Organisation")),
            Column::text(tr(lang, "状态", "Status")),
            Column::text(tr(lang, "我的身份", "I am")),
            Column::text(tr(lang, "可以办理", "What can be done")),
        ];
        let rows = mine
            .into_iter()
            .map(|own| {
                let head = own.entry.head;
                let code = head.uscc.clone().unwrap_or_default();
                let (page, reports) = (url::organization(&code), url::own_supervision(&code));
                let (who, to) = if own.representative {
                    (tr(lang, "法定代表人", "Legal representative"), (url::organization_rights(&code), tr(lang, "授权管理", "Rights")))
                } else {
                    (tr(lang, "被授权人", "Authorised"), (url::search("社会组织变更登记"), tr(lang, "变更登记", "Changes")))
                };
                vec![
                    Cell::view(view! { <a href=page>{head.name}</a><span class="note">{code}</span> }),
                    Cell::tag(tone(head.status), head.status.name().get(lang)),
                    Cell::text(who),
                    Cell::view(view! {
                        <ul class="link-list inline">
                            <li><a href=reports>{tr(lang, "年报、评估和监管", "Reports and supervision")}</a></li>
                            <li><a href=to.0>{to.1}</a></li>
                        </ul>
                    }),
                ]
            })
            .collect();
        view! {
            <h1>{title}</h1>
            <p>{tr(
                lang,
                "您是法定代表人，或者法定代表人授权您办理的组织。变更、注销在办事指南中申请，填写统一社会信用代码即可。",
                "Organisations that you lead, or for which their legal representative has given you a right. Apply for changes or cancellation under the item, with the credit code.",
            )}</p>
            <DataTable caption=tr(lang, "可以代表的组织，自己领导的在前", "Those for which you act, your own first") columns rows
                empty=Empty::new(tr(lang, "没有您可以代表的组织。新任法定代表人在变更登记后可以看到。", "There is none for which you may act. A new legal representative finds it here once the change is registered."))/>
            <p>
                <LinkButton href=url::search("社会组织变更登记") kind=ButtonKind::Secondary>{tr(lang, "申请变更", "Apply for a change")}</LinkButton>" "
                <LinkButton href=url::search("社会组织注销登记") kind=ButtonKind::Secondary>{tr(lang, "申请注销", "Apply for cancellation")}</LinkButton>
            </p>
        }
    })
}

fn item_name(lang: Lang, item: &str) -> &'static str {
    match item {
        CHANGE_ITEM => tr(lang, "变更登记", "Changes"),
        CANCELLATION_ITEM => tr(lang, "注销登记", "Cancellation"),
        supervision::ITEM => tr(lang, "年报、评估、募捐资格和监管事项", "Reports, evaluation, fundraising, supervision"),
        _ => tr(lang, "全部事项", "All items"),
    }
}

/// The rights that an organisation has given, and the form for another.
pub fn rights(shell: &Shell, entry: Entry, given: Vec<Given>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "授权管理", "Rights");
    ui::render(shell, Page::public(format!("{title} · {}", entry.head.name)).wide().back(url::my_organizations()).values(&values), move || {
        let today = ui::today();
        let values = values.or("from", today);
        let code = entry.head.uscc.clone().unwrap_or_default();
        let columns = vec![
            Column::text(tr(lang, "姓名", "Name")),
            Column::text(tr(lang, "身份证号码", "Identity number")),
            Column::text(tr(lang, "事项", "Item")),
            Column::text(tr(lang, "自", "From")),
            Column::text(tr(lang, "至", "To")),
            Column::text(tr(lang, "状态", "State")),
        ];
        let rows = given
            .into_iter()
            .map(|right| {
                let state = match right.revoked_at {
                    Some(_) => Cell::tag(Tone::Plain, tr(lang, "已撤销", "Taken back")),
                    None if right.to < today => Cell::tag(Tone::Plain, tr(lang, "已到期", "Ended")),
                    None => Cell::link(url::organization_right_revoke(&code, right.id), tr(lang, "撤销", "Take back")),
                };
                let (from, to) = (Cell::text(ui::date(lang, right.from)), Cell::text(ui::date(lang, right.to)));
                vec![Cell::text(right.name), Cell::text(right.number), Cell::text(item_name(lang, &right.item)), from, to, state]
            })
            .collect();
        let years = kept_years();
        let kept = match lang {
            Lang::Zh => format!("授权到期即失效。到期或者撤销满{years}年后，记录自动删除。"),
            Lang::En => format!("A right ends with its last day. {years} years after its end, or after it was taken back, it is deleted."),
        };
        let items = vec![
            Choice::new("", item_name(lang, "")),
            Choice::new(CHANGE_ITEM, item_name(lang, CHANGE_ITEM)),
            Choice::new(CANCELLATION_ITEM, item_name(lang, CANCELLATION_ITEM)),
            Choice::new(supervision::ITEM, item_name(lang, supervision::ITEM)),
        ];
        view! {
            <h1>{title}</h1>
            <p>{entry.head.name.clone()}</p>
            <DataTable caption=tr(lang, "已授予，最近的在前", "Given, newest first") columns rows
                empty=Empty::new(tr(lang, "还没有授权。", "No right has been given."))/>
            <p class="hint">{kept}</p>
            <h2>{tr(lang, "授权给他人", "Give a right")}</h2>
            <p>{tr(lang, "被授权人用自己的账号登录，在期限内代表组织办理所选事项。", "Whoever is given it signs in with an account of their own and acts for the organisation until the last day.")}</p>
            <Form action=url::organization_rights(&code) values>
                <Field name="name" label=tr(lang, "姓名", "Name")/>
                <Field name="number" label=tr(lang, "身份证号码", "Identity number") kind=Kind::IdNumber/>
                <Select name="item" label=tr(lang, "事项", "Item") options=items optional=true/>
                <Field name="from" label=tr(lang, "开始日期", "First day") kind=Kind::Date/>
                <Field name="to" label=tr(lang, "截止日期（含当日）", "Last day") kind=Kind::Date/>
                <Button>{tr(lang, "授权", "Give it")}</Button>
            </Form>
        }
    })
}

/// Asks before a right is taken back.
pub fn revoke(shell: &Shell, entry: &Entry, right: &Given) -> String {
    let lang = shell.lang;
    let title = tr(lang, "撤销授权", "Take a right back");
    let code = entry.head.uscc.clone().unwrap_or_default();
    let words = match lang {
        Lang::Zh => format!("撤销后，{}立即不能再代表“{}”办理。", right.name, entry.head.name),
        Lang::En => format!("{} may then no longer act for {}, at once.", right.name, entry.head.name),
    };
    let id: RightId = right.id;
    ui::render(shell, Page::public(title).back(url::organization_rights(&code)), move || {
        view! {
            <h1>{title}</h1>
            <p>{words}</p>
            <Form action=url::organization_right_revoke(&code, id)>
                <Button kind=ButtonKind::Danger>{tr(lang, "撤销", "Take it back")}</Button>
            </Form>
        }
    })
}
