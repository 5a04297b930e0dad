//! The register of an authority as its staff read it.

use leptos::prelude::*;
use organizations::{Entry, Head, OrganizationId, Private, Status};
use ui::{Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, LinkButton, Method, Page, Pager, Select, Shell, StatusTag, Values, tr, url};

use super::tone;

/// The list; `text` and `status` are what was looked for.
pub fn list(shell: &Shell, found: Vec<Head>, next: Option<OrganizationId>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织登记", "Register of organisations");
    ui::render(shell, Page::staff(title).back(url::desk()), move || {
        let columns = vec![
            Column::text(tr(lang, "名称", "Name")),
            Column::text(tr(lang, "统一社会信用代码", "Credit code")),
            Column::text(tr(lang, "类型", "Kind")),
            Column::text(tr(lang, "状态", "Status")),
            Column::text(tr(lang, "法定代表人", "Legal representative")),
        ];
        let rows = found
            .into_iter()
            .map(|head| {
                vec![
                    Cell::link(url::desk_organization(head.id), head.name),
                    Cell::text(head.uscc.unwrap_or_default()),
                    Cell::text(head.kind.name().get(lang)),
                    Cell::tag(tone(head.status), head.status.name().get(lang)),
                    Cell::text(head.legal_representative),
                ]
            })
            .collect();
        let statuses: Vec<Choice> = Status::ALL.into_iter().map(|status| Choice::new(status.code(), status.name().get(lang))).collect();
        let query = [("text", values.get("text").to_owned()), ("status", values.get("status").to_owned())];
        let next = next.map(|id| url::with(url::desk_organizations(), &[("text", &query[0].1), ("status", &query[1].1), ("before", &id.to_string())]));
        view! {
            <h1>{title}</h1>
            <Form action=url::desk_organizations() method=Method::Get values class="inline">
                <Field name="text" label=tr(lang, "全称或者统一社会信用代码", "Whole name or credit code") optional=true/>
                <Select name="status" label=tr(lang, "状态", "Status") options=statuses empty=tr(lang, "全部", "All") optional=true/>
                <Button>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "本机关登记的组织，最近的在前", "Organisations of this authority, newest first") columns rows
                empty=Empty::new(tr(lang, "没有符合条件的组织。名称要写全称，代码要写18位。", "None matches. A name must be whole, a code has 18 characters."))/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}

/// What is known, or that nothing is.
fn shown(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

/// One organisation with what is kept beside the public data.
pub fn view(shell: &Shell, entry: Entry, private: Private) -> String {
    let lang = shell.lang;
    let heading = entry.head.name.clone();
    ui::render(shell, Page::staff(format!("{} · {heading}", tr(lang, "登记", "Register"))).back(url::desk_organizations()), move || {
        let (head, content) = (entry.head, entry.content);
        let code = head.uscc.clone().unwrap_or_default();
        let version = content.certificate.as_ref().map_or_else(|| shown(""), |certificate| format!("{} / {}", certificate.no, certificate.version));
        let facts = vec![
            Fact::new(tr(lang, "统一社会信用代码", "Credit code"), code.clone()),
            Fact::view(tr(lang, "状态", "Status"), view! { <StatusTag tone=tone(head.status) word=head.status.name().get(lang)/> }),
            Fact::new(tr(lang, "类型", "Kind"), head.kind.name().get(lang)),
            Fact::new(tr(lang, "业务范围", "Scope"), content.scope.clone()),
            Fact::new(tr(lang, "住所", "Address"), content.address.clone()),
            Fact::new(tr(lang, "注册资金", "Registered funds"), format!("{} {}", content.funds, tr(lang, "元", "yuan"))),
            Fact::new(tr(lang, "业务主管单位", "Supervising unit"), shown(&content.supervisor)),
            Fact::new(tr(lang, "法定代表人", "Legal representative"), content.legal_representative.clone()),
            Fact::new(tr(lang, "证书 / 版本", "Certificate / version"), version),
        ];
        let kept = vec![
            Fact::new(tr(lang, "法定代表人身份证号码", "Identity number of the legal representative"), shown(&private.legal_representative_no)),
            Fact::new(tr(lang, "联系人", "Whom to call"), shown(&private.contact_name)),
            Fact::new(tr(lang, "联系电话", "Telephone"), shown(&private.contact_phone)),
        ];
        view! {
            <h1>{heading}</h1>
            <Facts items=facts/>
            <h2>{tr(lang, "不公开的信息", "What is not public")}</h2>
            <Facts items=kept/>
            <p class="actions">
                <LinkButton href=url::with(url::desk_proceedings(), &[("uscc", &code)]) kind=ButtonKind::Secondary>{tr(lang, "监管事项", "Proceedings")}</LinkButton>
                <a href=url::organization(&code)>{tr(lang, "公开页面和变更历史", "The public page and its history")}</a>
            </p>
        }
    })
}
