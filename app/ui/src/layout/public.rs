//! The frame of pages for citizens.

use super::session_end::session_end;
use super::tools::{account, contrast_switch, demo_banner, language_switch, view_switch};
use crate::{Shell, tr, url};
use leptos::prelude::*;

/// Header, content, footer.
pub(super) fn frame(shell: &Shell, main: AnyView) -> AnyView {
    let bureau = shell.site.bureau.get(shell.lang).to_owned();
    view! {
        {demo_banner(shell)}
        <header class="top">
            <div class="top-inner">
                <a class="brand" href=url::home()>{mark()}<span>{bureau}</span></a>
                <div class="tools">{view_switch(shell)}{language_switch(shell)}{account(shell)}</div>
            </div>
        </header>
        {main}
        {session_end(shell)}
        {footer(shell)}
    }
    .into_any()
}

/// The mark: a gate that stands open.
pub(super) fn mark() -> AnyView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="6"/><path d="M9 25V9h14v16M9 9l5 4v12"/>
        </svg>
    }
    .into_any()
}

fn footer(shell: &Shell) -> AnyView {
    let (lang, site) = (shell.lang, shell.site.clone());
    let lines: Vec<_> = site.footer.iter().map(|line| view! { <li>{line.get(lang).to_owned()}</li> }).collect();
    let phone = (!site.phone.is_empty()).then(|| {
        let (href, number) = (url::telephone(&site.phone), site.phone.clone());
        view! { <li>{tr(lang, "咨询电话 ", "Questions: ")}<a href=href>{number}</a></li> }
    });
    view! {
        <footer class="foot no-print">
            <div class="foot-inner">
                <p>{tr(lang, "主办单位：", "Run by ")}{site.bureau.get(lang).to_owned()}</p>
                <ul class="foot-links">
                    {phone}
                    <li><a href=url::complaints()>{tr(lang, "咨询投诉", "Questions and complaints")}</a></li>
                    <li><a href=url::privacy()>{tr(lang, "隐私说明", "Privacy")}</a></li>
                    <li><a href=url::accessibility()>{tr(lang, "无障碍说明", "Accessibility")}</a></li>
                </ul>
                {contrast_switch(shell)}
                <ul class="foot-numbers">{lines}</ul>
            </div>
        </footer>
    }
    .into_any()
}
