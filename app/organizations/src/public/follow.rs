//! "Tell me when it changes": what is said after asking, and the page behind the link.

use leptos::prelude::*;
use organizations::follow::Following;
use ui::{Button, ButtonKind, Form, LinkButton, Page, Shell, Tone, tr, url};

/// After asking. It says the same whether the address is known or not.
pub fn asked(shell: &Shell, code: &str) -> String {
    let lang = shell.lang;
    let title = tr(lang, "请查收邮件", "Look into your mail");
    let back = url::organization(code);
    ui::render(shell, Page::public(title).back(back.clone()), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(lang, "我们向您填写的邮箱发了一封邮件，请打开里面的链接。", "We have sent a mail to the address that you gave: open the link in it.")}</p>
            <p>{tr(lang, "十分钟还没有收到，请看垃圾邮件，或者检查邮箱是否写对。", "If nothing comes within ten minutes, look into the spam folder, or check the address.")}</p>
            <p><LinkButton href=back kind=ButtonKind::Secondary>{tr(lang, "回到登记信息", "Back to the entry")}</LinkButton></p>
        }
    })
}

/// The page behind the link: to confirm, or to stop.
pub fn page(shell: &Shell, token: &str, following: Following) -> String {
    let lang = shell.lang;
    let title = tr(lang, "变更通知", "Word of changes");
    let (confirm, stop) = (url::follow_act(token, "confirm"), url::follow_act(token, "stop"));
    ui::render(shell, Page::public(title), move || {
        let Following { name, uscc, address, confirmed } = following;
        let words = match (lang, confirmed) {
            (kernel::Lang::Zh, false) => format!("“{name}”的登记信息变更时，发邮件到 {address}？"),
            (kernel::Lang::Zh, true) => format!("“{name}”的登记信息变更时，会发邮件到 {address}。"),
            (kernel::Lang::En, false) => format!("Send a mail to {address} when the entry of {name} changes?"),
            (kernel::Lang::En, true) => format!("A mail goes to {address} when the entry of {name} changes."),
        };
        let yes = (!confirmed).then(|| view! { <Form action=confirm><Button>{tr(lang, "确认接收", "Yes, tell me")}</Button></Form> });
        view! {
            <h1>{title}</h1>
            <p class="lead">{words}</p>
            {yes}
            <Form action=stop><Button kind=ButtonKind::Secondary>{tr(lang, "不再接收，删除邮箱", "Stop, and delete my address")}</Button></Form>
            <p><a href=url::organization(uscc)>{name}</a></p>
        }
    })
}

/// After confirming or stopping.
pub fn done(shell: &Shell, following: Following, stopped: bool) -> String {
    let lang = shell.lang;
    let title = if stopped { tr(lang, "已退订", "Stopped") } else { tr(lang, "已确认", "Confirmed") };
    ui::render(shell, Page::public(title), move || {
        let words = if stopped {
            tr(lang, "不会再发邮件，您的邮箱已经删除。", "There will be no further mails; your address is deleted.")
        } else {
            tr(lang, "登记信息变更时，您会收到邮件；每封邮件里都有退订的链接。", "You get a mail when the entry changes; each has a link to stop it.")
        };
        let word = title;
        view! {
            <h1>{title}</h1>
            <ui::Notice tone=Tone::Good title=word><p>{words}</p></ui::Notice>
            <p><a href=url::organization(following.uscc)>{following.name}</a></p>
        }
    })
}
