//! Tabs that are links: each has its own address and works without script.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// What it shows.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// How many there are, if that helps.
    pub count: Option<u64>,
    /// Whether it is the one shown.
    pub current: bool,
}

impl Tab {
    /// A tab.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), count: None, current }
    }

    /// Adds how many there are.
    pub fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What the tabs choose between, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs.
    items: Vec<Tab>,
) -> impl IntoView {
    let rows: Vec<_> = items
        .into_iter()
        .map(|tab| {
            view! {
                <li><a href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.label}{tab.count.map(|n| view! { <span class="count">{n}</span> })}
                </a></li>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label=label><ul>{rows}</ul></nav> }
}
