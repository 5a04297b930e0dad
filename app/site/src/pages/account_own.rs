//! One's own account: what a member of staff finds there, the password, the number and address of a citizen.

use identity::ContactOf;
use identity::ops::ContactKind;
use kernel::{Instant, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, Shell, Tone, Values, Who, contrast_switch, tr, url,
};

/// In the frame that belongs to the reader, with the way back to his own page.
pub(super) fn own_page(shell: &Shell, title: &str) -> Page {
    match shell.who {
        Who::Staff { .. } => Page::staff(title),
        Who::Citizen { .. } | Who::Nobody => Page::public(title),
    }
    .back(url::me())
}

/// 我的账号 of a member of staff. `until` is when his password ends.
pub fn staff(shell: &Shell, name: &str, until: Option<Instant>) -> String {
    let (lang, name, contrast) = (shell.lang, name.to_owned(), shell.clone());
    let ends = until.map(|until| ui::date(lang, until.plus_secs(-1).day()));
    ui::render(shell, Page::staff(tr(lang, "我的账号", "My account")), move || {
        view! {
            <h1>{tr(lang, "我的账号", "My account")}</h1>
            <p>{name}</p>
            <ul class="link-list">
                <li><a href=url::my_password()>{tr(lang, "修改密码", "Change my password")}</a>
                    {ends.map(|day| view! { <p class="hint">{tr(lang, "当前密码有效至 ", "The present one serves until ")}{day}</p> })}</li>
                <li><a href=url::my_tokens()>{tr(lang, "个人令牌", "Personal tokens")}</a>
                    <p class="hint">{tr(lang, "让程序以您的身份调用接口", "Let a program use the interface as you")}</p></li>
            </ul>
            {contrast_switch(&contrast)}
        }
    })
}

/// Why the page of the password is shown, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordOf {
    /// A citizen who wants to.
    Citizen,
    /// A member of staff who wants to.
    Staff,
    /// A member of staff who has to before anything else.
    Overdue,
}

/// Another password, with the present one.
pub fn password(shell: &Shell, of: PasswordOf, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "修改密码", "Change my password");
    let page = own_page(shell, title).values(&values);
    let hint = match of {
        PasswordOf::Citizen => tr(lang, "至少8个字符，可以是一句话。", "At least 8 characters; a short sentence is good."),
        PasswordOf::Staff | PasswordOf::Overdue => tr(
            lang,
            "至少10个字符，含大写、小写、数字、符号中的三类；不能与最近5次相同。",
            "At least 10 characters of three kinds: capitals, small letters, digits, others. None of your last 5.",
        ),
    };
    ui::render(shell, page, move || {
        view! {
            <h1>{title}</h1>
            {(of == PasswordOf::Overdue).then(|| view! {
                <Notice tone=Tone::Mind title=tr(lang, "请先修改密码", "Change your password first")>
                    <p>{tr(
                        lang,
                        "当前密码为一次性密码，或已超过90天。修改后即可继续工作。",
                        "The present one was given for one sign-in, or is older than 90 days. You go on as soon as it is changed.",
                    )}</p>
                </Notice>
            })}
            <Form action=url::my_password() values>
                <Field name="current" label=tr(lang, "当前密码", "Present password") kind=Kind::Password autocomplete="current-password"/>
                <Field name="password" label=tr(lang, "新密码", "New password") kind=Kind::Password autocomplete="new-password" hint=hint/>
                <p>{tr(lang, "修改后，其他设备需要重新登录。", "Other devices have to sign in again.")}</p>
                <Button>{tr(lang, "修改密码", "Change it")}</Button>
            </Form>
        }
    })
}

fn name_of(lang: Lang, kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Phone => tr(lang, "手机号", "Mobile number"),
        ContactKind::Email => tr(lang, "电子邮箱", "E-mail address"),
    }
}

/// Number and address, and the form for another one.
pub fn contacts(shell: &Shell, known: &ContactOf, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "联系方式", "My contacts");
    let both = known.phone.is_some() && known.email.is_some();
    let facts = [ContactKind::Phone, ContactKind::Email].map(|kind| {
        let words = kind.of(known).map_or_else(|| tr(lang, "没有", "none").to_owned(), |contact| contact.as_str().to_owned());
        Fact::new(name_of(lang, kind), words)
    });
    ui::render(shell, own_page(shell, title).values(&values), move || {
        let removals = both.then(|| {
            [ContactKind::Phone, ContactKind::Email].map(|kind| {
                let href = url::my_contact_remove(kind.code());
                view! { <li><a href=href>{tr(lang, "移除", "Remove the ")}{name_of(lang, kind).to_lowercase()}</a></li> }
            })
        });
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "用于登录和接收通知。", "You sign in by them, and messages go there.")}</p>
            <Facts items=facts.into()/>
            {removals.map(|links| view! { <ul class="link-list">{links.into_iter().collect::<Vec<_>>()}</ul> })}
            <h2>{tr(lang, "添加或更换", "Add or replace")}</h2>
            <Form action=url::my_contacts() values>
                <Field name="contact" label=tr(lang, "新的手机号或电子邮箱", "New mobile number or e-mail address")
                    hint=tr(lang, "已有的手机号或邮箱将被新的同类联系方式替换。", "A new number takes the place of the number, a new address that of the address.")/>
                <Button>{tr(lang, "获取验证码", "Send a code to it")}</Button>
            </Form>
        }
    })
}

/// The code that was sent to the new one. The page is the same whether it can be added or not.
pub fn contact_code(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let contact = values.get("contact").to_owned();
    let title = tr(lang, "填写验证码", "Enter the code");
    ui::render(shell, own_page(shell, title).values(&values).back(url::my_contacts()), move || {
        view! {
            <h1>{title}</h1>
            {super::account::sent_notice(lang, &contact)}
            <Form action=url::my_contact_code() values>
                <Hidden name="contact" value=contact/>
                <Field name="code" label=tr(lang, "验证码", "Code") kind=Kind::Code/>
                <Button>{tr(lang, "确认", "Confirm")}</Button>
            </Form>
        }
    })
}

/// The question before a number or address is taken away.
pub fn contact_remove(shell: &Shell, kind: ContactKind, contact: &str, values: Values) -> String {
    let (lang, contact) = (shell.lang, contact.to_owned());
    let title = tr(lang, "移除联系方式", "Remove a contact");
    ui::render(shell, own_page(shell, title).values(&values).back(url::my_contacts()), move || {
        view! {
            <h1>{title}</h1>
            <Facts items=vec![Fact::new(name_of(lang, kind), contact)]/>
            <p>{tr(
                lang,
                "移除后不能再用它登录，也不再向它发送通知。我们会最后一次通知它。",
                "You cannot sign in by it any more and no message goes there; it is told so for the last time.",
            )}</p>
            <Form action=url::my_contact_remove(kind.code()) values>
                <Button kind=ButtonKind::Danger>{tr(lang, "移除", "Remove")}</Button>
            </Form>
            <p><LinkButton href=url::my_contacts() kind=ButtonKind::Secondary>{tr(lang, "保留", "Keep it")}</LinkButton></p>
        }
    })
}
