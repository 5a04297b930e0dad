//! One's own page: who one is here, what is kept, and who looked at it; the real-name step; and the clerk's page for level 3.

use identity::ops::{Look, MyData};
use kernel::codes::{CodeList, ListName};
use kernel::{Lang, Text};
use leptos::prelude::*;
use ui::{Button, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, LinkButton, Notice, Page, Pager, Select, Shell, Tone, Values, tr, url};

/// 我的事: what one can go on with.
pub fn me(shell: &Shell, data: MyData) -> String {
    let lang = shell.lang;
    let verified = data.person.is_some();
    let name = data.person.as_ref().map(identity::PersonView::masked_name);
    let unread = (shell.unread > 0).then(|| super::notices::unread(lang, shell.unread));
    ui::render(shell, Page::public(tr(lang, "我的事", "My matters")), move || {
        view! {
            <h1>{tr(lang, "我的事", "My matters")}</h1>
            {name.map(|name| view! { <p>{name}</p> })}
            {(!verified).then(|| view! {
                <Notice tone=Tone::Mind title=tr(lang, "还没有实名认证", "Your identity is not confirmed yet")>
                    <p>{tr(lang, "预约和申请前需要完成一次实名认证。", "Booking and applying need it once.")}</p>
                    <LinkButton href=url::real_name()>{tr(lang, "去实名认证", "Confirm my identity")}</LinkButton>
                </Notice>
            })}
            <h2>{tr(lang, "办事", "What I apply for")}</h2>
            <ul class="link-list">
                <li><a href=url::notices()>{tr(lang, "我的通知", "My notices")}</a>{unread.map(|words| view! { <p class="hint">{words}</p> })}</li>
                <li><a href=url::my_matters()>{tr(lang, "我的办件", "My applications")}</a>
                    <p class="hint">{tr(lang, "草稿、进度、补正", "Drafts, progress, corrections")}</p></li>
                <li><a href=url::my_papers()>{tr(lang, "我的文书", "My documents")}</a></li>
                <li><a href=url::my_letters()>{tr(lang, "委托与代办", "Letters of authority")}</a></li>
                <li><a href=url::bookings()>{tr(lang, "我的预约", "My bookings")}</a></li>
                <li><a href=url::waiting()>{tr(lang, "我的候补", "My waiting list")}</a></li>
                <li><a href=url::my_ratings()>{tr(lang, "我的评价", "My ratings")}</a></li>
                <li><a href=url::my_complaints()>{tr(lang, "我提出的咨询投诉", "My questions and complaints")}</a></li>
                <li><a href=url::my_certificates()>{tr(lang, "我的证照", "My certificates")}</a></li>
                <li><a href=url::my_organizations()>{tr(lang, "我的社会组织", "My organisations")}</a></li>
            </ul>
            <h2>{tr(lang, "账号和数据", "Account and data")}</h2>
            <ul class="link-list">
                <li><a href=url::my_contacts()>{tr(lang, "联系方式", "My contacts")}</a></li>
                <li><a href=url::my_password()>{tr(lang, "修改密码", "Change my password")}</a></li>
                <li><a href=url::my_tokens()>{tr(lang, "个人令牌", "Personal tokens")}</a></li>
                <li><a href=url::my_data()>{tr(lang, "我的数据", "My data")}</a>
                    <p class="hint">{tr(lang, "我们保存了什么，谁看过", "What is kept, and who looked at it")}</p></li>
            </ul>
            <Form action=url::sign_out()><Button kind=ui::ButtonKind::Secondary>{tr(lang, "退出登录", "Sign out")}</Button></Form>
        }
    })
}

/// What is kept about the reader, and who did what with it. `services` name the acts whose codes begin so.
pub fn data(shell: &Shell, data: MyData, services: &[(&str, Text)]) -> String {
    let lang = shell.lang;
    let none = || tr(lang, "没有", "none").to_owned();
    let mut facts = vec![
        Fact::new(tr(lang, "手机号", "Mobile number"), data.contact.phone.as_ref().map_or_else(none, kernel::Phone::grouped)),
        Fact::new(tr(lang, "电子邮箱", "E-mail"), data.contact.email.as_ref().map_or_else(none, |email| email.as_str().to_owned())),
        Fact::new(tr(lang, "账号开通", "Account since"), ui::moment(lang, data.since)),
        Fact::new(tr(lang, "实名等级", "Level of assurance"), level(lang, data.level)),
    ];
    if let Some(person) = &data.person {
        facts.push(Fact::new(tr(lang, "姓名", "Name"), person.name.clone()));
        facts.push(Fact::new(tr(lang, "证件号码", "Number of document"), person.masked_number()));
        facts.extend(person.birth.map(|birth| Fact::new(tr(lang, "出生日期", "Date of birth"), lang.pick(birth.zh_plain(), birth.en_plain()))));
        facts.extend(person.sex.map(|sex| Fact::new(tr(lang, "性别", "Sex"), sex.text(lang))));
    }
    let rows = data.looks.iter().map(|look| row(lang, look, services)).collect();
    let older = data.older.map(|before| url::with(url::my_data(), &[("before", &before.micros().to_string())])).unwrap_or_default();
    let columns = vec![Column::text(tr(lang, "时间", "When")), Column::text(tr(lang, "谁", "Who")), Column::text(tr(lang, "做了什么", "What")), Column::text(tr(lang, "事由", "Why"))];
    ui::render(shell, Page::public(tr(lang, "我的数据", "My data")).back(url::me()), move || {
        view! {
            <h1>{tr(lang, "我的数据", "My data")}</h1>
            <Facts items=facts/>
            <p>{tr(lang, "信息有误，请携带证件到窗口更正。", "If something is wrong, bring your document to a counter to have it corrected.")}</p>
            <h2>{tr(lang, "谁看过或用过我的数据", "Who looked at or used my data")}</h2>
            <DataTable caption=tr(lang, "按时间倒序", "The newest first") columns rows
                empty=Empty::new(tr(lang, "还没有记录。实名认证后，每次查看都会记在这里。", "Nothing yet. Once your identity is confirmed, every look is written here."))/>
            <Pager next=older/>
            {super::account_data::ways(lang)}
        }
    })
}

fn row(lang: Lang, look: &Look, services: &[(&str, Text)]) -> Vec<Cell> {
    let who = match look.who.as_str() {
        "citizen" => tr(lang, "您本人", "You").to_owned(),
        "staff" => {
            let org = look.org.as_ref().map_or("", |org| org.get(lang));
            format!("{org} {}", look.name.as_deref().unwrap_or_default()).trim().to_owned()
        }
        "program" => tr(lang, "对接的系统", "Another system").to_owned(),
        _ => tr(lang, "本系统", "This system").to_owned(),
    };
    vec![Cell::text(ui::moment(lang, look.at)), Cell::text(who), Cell::text(action(&look.action, services).get(lang)), Cell::text(look.reason.as_deref().unwrap_or("—"))]
}

/// Acts by name; those of a service that has no words here show their code.
fn action(code: &str, services: &[(&str, Text)]) -> Text {
    match code {
        "person.add" => Text::fixed("登记人员信息", "Entered as a person"),
        "person.reveal" => Text::fixed("查看完整信息", "Saw the full data"),
        "account.real_name" => Text::fixed("实名认证", "Confirmed the identity"),
        "account.copy" => Text::fixed("取走个人信息副本", "Took a copy of the data"),
        "account.close" => Text::fixed("注销账号", "Closed the account"),
        "person.consent" => Text::fixed("监护人同意", "A guardian consented"),
        "person.withdraw_consent" => Text::fixed("监护人撤回同意", "A guardian took the consent back"),
        "account.vouch" => Text::fixed("窗口当面核验", "Checked at a counter"),
        "account.dispute" => Text::fixed("另一账号申请绑定", "Another account claimed the number"),
        "account.unbind" => Text::fixed("解除账号绑定", "Unbound an account"),
        _ if code.starts_with("booking.") => Text::new(format!("预约（{code}）"), format!("Booking ({code})")),
        _ if code.starts_with("licence.") || code.starts_with("lic.") => Text::new(format!("电子证照（{code}）"), format!("Certificate ({code})")),
        other => match services.iter().find(|(start, _)| other.starts_with(start)) {
            Some((whole, name)) if *whole == other => name.clone(),
            Some((_, name)) => Text::new(format!("{}（{code}）", name.zh), format!("{} ({code})", name.en)),
            None => Text::same(other.to_owned()),
        },
    }
}

fn level(lang: Lang, level: u8) -> &'static str {
    match level {
        1 => tr(lang, "一级：仅手机号或邮箱", "1: number or address only"),
        2 => tr(lang, "二级：姓名与证件号码已核验", "2: name and number confirmed"),
        _ => tr(lang, "三级：已在窗口当面核验", "3: checked face to face"),
    }
}

/// The kinds of document that can be given online, resident identity cards first.
fn documents(lang: Lang) -> Vec<Choice> {
    let list = CodeList::builtin(ListName::IdType);
    ["111", "X01", "X02", "553", "414", "516", "511"]
        .into_iter()
        .filter_map(|code| list.get(code).map(|text| Choice::new(code, text.get(lang))))
        .collect()
}

/// The real-name step; `back` is where the person goes on afterwards, empty for his own page.
pub fn real_name(shell: &Shell, back: &str, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::public(tr(lang, "实名认证", "Confirm your identity")).values(&values).back(url::me());
    let values = values.or("id_type", "111");
    let action = url::with(url::real_name(), &[("back", back)]);
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "实名认证", "Confirm your identity")}</h1>
            <p>{tr(lang, "请填写证件上的姓名和号码，只需一次。", "Name and number as your document shows them; once is enough.")}</p>
            <Form action values>
                {identity_fields(lang)}
                <Button>{tr(lang, "提交核验", "Confirm")}</Button>
            </Form>
            <p class="hint">{tr(
                lang,
                "依据个人信息保护法，证件号码加密保存，只用于核验身份和办理您申请的事项。无法在线核验的，请到任一窗口办理。",
                "The number is kept encrypted and used only to confirm who you are and for what you apply for. Where it cannot be confirmed online, any counter does it.",
            )}</p>
        }
    })
}

/// Level 3 at the counter: the clerk compares face and document and names the account.
pub fn desk_identity(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::staff(tr(lang, "当面实名核验", "Identity at the counter")).values(&values).back(url::desk());
    let values = values.or("id_type", "111");
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "当面实名核验", "Identity at the counter")}</h1>
            <p>{tr(
                lang,
                "请核对本人与证件原件一致。若该证件已绑定其他账号，将改绑到本账号，原账号降为一级。",
                "Compare the person with the original. If another account is bound to this document, it is bound to this account instead and the other falls to level 1.",
            )}</p>
            <Form action=url::desk_identity() values>
                <Field name="contact" label=tr(lang, "当事人账号的手机号或邮箱", "Number or address of the person’s account")/>
                {identity_fields(lang)}
                <Button>{tr(lang, "人证一致，确认核验", "Person and document agree: confirm")}</Button>
            </Form>
            <p><a href=url::desk_guardian()>{tr(lang, "不满十四周岁：登记监护人同意", "Under fourteen: note the consent of a guardian")}</a></p>
        }
    })
}

fn identity_fields(lang: Lang) -> impl IntoView + use<> {
    view! {
        <Field name="name" label=tr(lang, "姓名", "Full name") autocomplete="name"/>
        <Select name="id_type" label=tr(lang, "证件类型", "Kind of document") options=documents(lang)/>
        <Field name="id_no" label=tr(lang, "证件号码", "Number of the document") kind=Kind::IdNumber/>
    }
}
