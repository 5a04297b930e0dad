//! The path of a matter, ahead and behind.

use super::{Glyph, Icon};
use crate::{render::shell, tr};
use leptos::prelude::*;

/// Where a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind us.
    Done,
    /// You are here.
    Here,
    /// Still ahead.
    Ahead,
}

/// One station of a track.
#[derive(Clone, Debug)]
pub struct Step {
    /// What happens.
    pub title: String,
    /// Who, where, how long; empty for none.
    pub note: String,
    /// Where it lies.
    pub state: StepState,
}

impl Step {
    /// A station.
    pub fn new(title: impl Into<String>, note: impl Into<String>, state: StepState) -> Self {
        Self { title: title.into(), note: note.into(), state }
    }

    /// The stations of a matter of which the one at `here` is the present (0 is the first).
    pub fn path(steps: impl IntoIterator<Item = (String, String)>, here: usize) -> Vec<Self> {
        let state = |index: usize| match index.cmp(&here) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Here,
            std::cmp::Ordering::Greater => StepState::Ahead,
        };
        steps.into_iter().enumerate().map(|(index, (title, note))| Self::new(title, note, state(index))).collect()
    }
}

/// A vertical track with "you are here".
#[component]
pub fn StepTrack(
    /// The stations in order.
    steps: Vec<Step>,
) -> impl IntoView {
    let lang = shell().lang;
    let rows: Vec<_> = steps
        .into_iter()
        .map(|step| {
            let (class, current, word) = match step.state {
                StepState::Done => ("done", None, Some(tr(lang, "已完成", "done"))),
                StepState::Here => ("here", Some("step"), Some(tr(lang, "您在这里", "you are here"))),
                StepState::Ahead => ("ahead", None, None),
            };
            let done = (step.state == StepState::Done).then(|| view! { <Icon glyph=Glyph::Check/> });
            view! {
                <li class=class aria-current=current>
                    <span class="dot">{done}</span>
                    <p class="step-title">{step.title}{word.map(|word| view! { <span class="step-word">{word}</span> })}</p>
                    {(!step.note.is_empty()).then(|| view! { <p class="step-note">{step.note}</p> })}
                </li>
            }
        })
        .collect();
    view! { <ol class="track">{rows}</ol> }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// When, in words.
    pub at: String,
    /// What.
    pub what: String,
    /// Who; empty for none.
    pub who: String,
    /// More about it; empty for none.
    pub note: String,
}

impl Event {
    /// An event.
    pub fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into(), who: String::new(), note: String::new() }
    }

    /// Adds who did it.
    pub fn who(mut self, who: impl Into<String>) -> Self {
        self.who = who.into();
        self
    }

    /// Adds more about it.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// History, in the order given.
#[component]
pub fn Timeline(
    /// What happened.
    events: Vec<Event>,
) -> impl IntoView {
    let rows: Vec<_> = events
        .into_iter()
        .map(|event| {
            view! {
                <li>
                    <p class="event-at">{event.at}</p>
                    <p class="event-what">{event.what}{(!event.who.is_empty()).then(|| view! { <span class="event-who">{event.who}</span> })}</p>
                    {(!event.note.is_empty()).then(|| view! { <p class="event-note">{event.note}</p> })}
                </li>
            }
        })
        .collect();
    view! { <ol class="timeline">{rows}</ol> }
}
