//! Paging by key.

use super::{Glyph, Icon};
use crate::{render::shell, tr};
use leptos::prelude::*;

/// Links to the page before and the page after; nothing if there is neither. Empty means there is none.
#[component]
pub fn Pager(
    /// The page before.
    #[prop(optional, into)]
    previous: String,
    /// The page after.
    #[prop(optional, into)]
    next: String,
) -> impl IntoView {
    let lang = shell().lang;
    let link = move |href: String, rel: &'static str, word: &'static str, glyph: Glyph| {
        (!href.is_empty()).then(|| view! { <a class=format!("pager-{rel}") href=href rel=rel><Icon glyph=glyph/>{word}</a> })
    };
    (!previous.is_empty() || !next.is_empty()).then(|| {
        view! {
            <nav class="pager" aria-label=tr(lang, "翻页", "Pages")>
                {link(previous, "prev", tr(lang, "上一页", "Previous"), Glyph::Back)}
                {link(next, "next", tr(lang, "下一页", "Next"), Glyph::Forward)}
            </nav>
        }
    })
}
