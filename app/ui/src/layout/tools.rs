//! Switches that every frame has: type size, language, account.

use crate::{Button, ButtonKind, Contrast, Form, Hidden, Shell, ViewMode, Who, tr, url};
use kernel::Lang;
use leptos::prelude::*;

/// The switch to large type and back. It must be reached within two tabs after the skip link.
pub(crate) fn view_switch(shell: &Shell) -> AnyView {
    let (to, word) = match shell.mode {
        ViewMode::Normal => (ViewMode::Large, tr(shell.lang, "长辈版", "Large type")),
        ViewMode::Large => (ViewMode::Normal, tr(shell.lang, "标准版", "Standard type")),
    };
    switch(shell, url::set_view(), "view-switch", ("mode", to.code()), word, None)
}

/// The switch to the other language, in that language.
pub(crate) fn language_switch(shell: &Shell) -> AnyView {
    let (to, word, tag) = match shell.lang {
        Lang::Zh => ("en", "English", "en"),
        Lang::En => ("zh", "中文", "zh-CN"),
    };
    switch(shell, url::set_language(), "language-switch", ("lang", to), word, Some(tag))
}

/// The switch to strong contrast and back.
pub fn contrast_switch(shell: &Shell) -> AnyView {
    let (to, word) = match shell.contrast {
        Contrast::Normal => (Contrast::Strong, tr(shell.lang, "高对比度", "Strong contrast")),
        Contrast::Strong => (Contrast::Normal, tr(shell.lang, "标准对比度", "Normal contrast")),
    };
    switch(shell, url::set_contrast(), "contrast-switch", ("contrast", to.code()), word, None)
}

/// One button that sets something and comes back; `tag` is the language of its word where that is another than the page's.
fn switch(shell: &Shell, action: String, id: &'static str, (name, value): (&'static str, &'static str), word: &'static str, tag: Option<&'static str>) -> AnyView {
    let back = shell.path.clone();
    view! {
        <Form action=action class="switch" id=id>
            <Hidden name="back" value=back/>
            <button type="submit" name=name value=value lang=tag>{word}</button>
        </Form>
    }
    .into_any()
}

/// Signing in, one's own pages, signing out.
pub(crate) fn account(shell: &Shell) -> AnyView {
    let lang = shell.lang;
    let out = move || {
        view! { <Form action=url::sign_out() class="switch" id="sign-out">
            <Button kind=ButtonKind::Secondary>{tr(lang, "退出", "Sign out")}</Button>
        </Form> }
    };
    match shell.who.clone() {
        Who::Nobody => view! { <a class="account" href=url::sign_in()>{tr(lang, "登录", "Sign in")}</a> }.into_any(),
        Who::Citizen { name } => view! {
            <a class="account" href=url::me()>{tr(lang, "我的事", "My matters")}{unread(shell)}<span class="account-name">{name}</span></a>
            {out()}
        }
        .into_any(),
        Who::Staff { name, office, .. } => view! {
            <a class="account" href=url::me()><span class="account-name">{name}</span>" "<span class="account-office">{office}</span></a>
            {out()}
        }
        .into_any(),
    }
}

/// How many notices wait to be read, beside a link; nothing if none does.
pub(crate) fn unread(shell: &Shell) -> Option<AnyView> {
    let (lang, count) = (shell.lang, shell.unread);
    (count > 0).then(|| {
        let figure = if count >= 100 { "99+".to_owned() } else { count.to_string() };
        view! {
            <span class="unread-count">
                {figure}<span class="visually-hidden">{tr(lang, "条未读通知", " unread notices")}</span>
            </span>
        }
        .into_any()
    })
}

/// Says that the data are invented.
pub(crate) fn demo_banner(shell: &Shell) -> Option<AnyView> {
    shell.site.demo.then(|| {
        view! {
            <aside class="demo no-print" aria-label=tr(shell.lang, "演示", "Demonstration")>
                {tr(shell.lang, "演示系统：人员与登记均为虚构，请勿填写真实信息。", "Demonstration: people and records are invented. Do not enter real data.")}
            </aside>
        }
        .into_any()
    })
}
