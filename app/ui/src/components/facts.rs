//! Facts as a definition list; with links to change them it is a "check your answers" page.

use leptos::prelude::*;

/// One line: what it is, what it says, and where to change it.
pub struct Fact {
    label: String,
    value: AnyView,
    change: Option<(String, String)>,
    id: Option<String>,
}

impl Fact {
    /// A fact in words.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        let value: String = value.into();
        Self { label: label.into(), value: value.into_any(), change: None, id: None }
    }

    /// A fact that is more than words.
    pub fn view(label: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { label: label.into(), value: value.into_any(), change: None, id: None }
    }

    /// Where an issue of this field leads to.
    pub fn id(mut self, field: impl Into<String>) -> Self {
        self.id = Some(field.into());
        self
    }

    /// A link to change it: the address, and the word.
    pub fn change(mut self, href: impl Into<String>, word: impl Into<String>) -> Self {
        self.change = Some((href.into(), word.into()));
        self
    }
}

/// A list of facts.
#[component]
pub fn Facts(
    /// The facts.
    items: Vec<Fact>,
    /// Figures: beside each other, each large under its name.
    #[prop(optional)]
    tiles: bool,
) -> impl IntoView {
    let rows: Vec<_> = items
        .into_iter()
        .map(|fact| {
            let label = fact.label.clone();
            let change = fact.change.map(|(href, word)| {
                view! { <span class="change"><a href=href>{word}<span class="visually-hidden">{format!(" {label}")}</span></a></span> }
            });
            view! { <div id=fact.id><dt>{fact.label}</dt><dd>{fact.value}{change}</dd></div> }
        })
        .collect();
    view! { <dl class=if tiles { "facts tiles" } else { "facts" }>{rows}</dl> }
}
