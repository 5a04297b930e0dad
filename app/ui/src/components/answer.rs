//! Notices, states and the one big answer of a check page.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// What a message means; always shown by icon and word as well as by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Done, valid.
    Good,
    /// Wait, mind.
    Mind,
    /// Refused, invalid.
    Bad,
    /// For information.
    Plain,
}

impl Tone {
    /// Its class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Mind => "mind",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Good => Glyph::Check,
            Self::Mind => Glyph::Clock,
            Self::Bad => Glyph::Cross,
            Self::Plain => Glyph::Info,
        }
    }
}

/// A message in the course of a page.
#[component]
pub fn Notice(
    /// What it means.
    tone: Tone,
    /// One line above the text; empty for none.
    #[prop(optional, into)]
    title: String,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.class())>
            <Icon glyph=tone.glyph()/>
            <div>
                {(!title.is_empty()).then(|| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// The answer of a check page: icon, one word, the moment, and what it does not say.
#[component]
pub fn Answer(
    /// What it means.
    tone: Tone,
    /// The answer: 有效.
    #[prop(into)]
    word: String,
    /// When this was answered, in words.
    #[prop(into)]
    moment: String,
    /// What the answer says and does not say.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("answer {}", tone.class()) role="status">
            <p class="answer-word"><Icon glyph=tone.glyph()/>{word}</p>
            <p class="answer-moment">{moment}</p>
            <div class="answer-text">{children()}</div>
        </section>
    }
}

/// A state as icon and word.
#[component]
pub fn StatusTag(
    /// What it means.
    tone: Tone,
    /// The word.
    #[prop(into)]
    word: String,
) -> impl IntoView {
    view! { <span class=format!("tag {}", tone.class())><Icon glyph=tone.glyph()/>{word}</span> }
}
