//! Buttons, and links that look like them.

use super::{Glyph, Icon};
use crate::{render::shell, tr};
use leptos::prelude::*;

/// How much a button matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// What most people do next: one a page.
    #[default]
    Primary,
    /// Everything else.
    Secondary,
    /// Destroys something or cannot be taken back.
    Danger,
}

impl ButtonKind {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button secondary",
            Self::Danger => "button danger",
        }
    }
}

/// Submits the form around it. With `name` and `value` the form says which button was pressed.
#[component]
pub fn Button(
    /// How much it matters.
    #[prop(optional)]
    kind: ButtonKind,
    /// Name of the value that is sent.
    #[prop(optional, into)]
    name: String,
    /// The value that is sent.
    #[prop(optional, into)]
    value: String,
    /// Shortcut key for the desk, one letter or digit, shown by the help page.
    #[prop(optional, into)]
    key: String,
    /// What it does: a verb first.
    children: Children,
) -> impl IntoView {
    let (name, value) = if name.is_empty() { (None, None) } else { (Some(name), Some(value)) };
    let key = (!key.is_empty()).then_some(key);
    view! { <button type="submit" class=kind.class() name=name value=value data-key=key>{children()}</button> }
}

/// A link that starts or goes on with something.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: String,
    /// How much it matters.
    #[prop(optional)]
    kind: ButtonKind,
    /// What it does: a verb first.
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class() href=href>{children()}</a> }
}

/// Prints the page. Without script it says how; `loader.js` gives the button its act.
#[component]
pub fn PrintButton() -> impl IntoView {
    let lang = shell().lang;
    view! {
        <p class="print-hint no-print">
            <Icon glyph=Glyph::Printer/>
            <span class="no-script">{tr(lang, "可用浏览器的“打印”功能打印本页。", "Use your browser’s print command to print this page.")}</span>
            <button type="button" class="button secondary with-script" data-act="print">{tr(lang, "打印本页", "Print this page")}</button>
        </p>
    }
}
