//! The search field with completions while one types. Without script it is the same field in the same form.

#![expect(missing_docs, reason = "the island macro writes a struct beside each island")]

use kernel::Lang;
use leptos::ev::{CompositionEvent, KeyboardEvent};
use leptos::prelude::*;
use serde::Deserialize;
use std::time::Duration;

use crate::{fetch, words};

/// Where completions come from.
const ADDRESS: &str = "/api/v1/suggest?q=";
/// Rest after a key before the server is asked.
const REST: Duration = Duration::from_millis(120);
/// The longest text that is completed.
const MAX_CHARS: usize = 64;

/// The server's answer.
#[derive(Clone, Debug, Default, Deserialize)]
struct Suggested {
    suggestions: Vec<Suggestion>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Suggestion {
    title: Vec<Piece>,
    title_en: String,
    url: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Piece {
    text: String,
    hit: bool,
}

/// A search field named `q` for the inside of a form that asks by GET.
///
/// It is a combobox with a list: arrows choose, Enter opens what is chosen or sends the form, Escape closes. While an input method
/// composes a character nothing is asked and no key is taken.
#[island]
pub fn SearchBox(
    /// The page's language.
    lang: Lang,
    /// The field's label.
    label: String,
    /// Help under the label; may be empty.
    hint: String,
    /// What was asked before.
    value: String,
) -> impl IntoView {
    let box_state = BoxState::new();
    // Roles are promises of behaviour: they are made only where the script runs.
    let lives = RwSignal::new(false);
    Effect::new(move |_| lives.set(true));
    let chosen_id = move || box_state.chosen.get().filter(|_| box_state.is_open()).map(option_id);
    view! {
        <div class="field combobox">
            <label for="q">{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id="q-hint">{hint.clone()}</p> })}
            <input class="input" id="q" name="q" type="search" autocomplete="off" spellcheck="false" maxlength="200" value=value
                aria-describedby=(!hint.is_empty()).then_some("q-hint")
                role=move || lives.get().then_some("combobox")
                aria-autocomplete=move || lives.get().then_some("list")
                aria-controls=move || lives.get().then_some("q-list")
                aria-expanded=move || lives.get().then(|| if box_state.is_open() { "true" } else { "false" })
                aria-activedescendant=chosen_id
                on:input=move |ev| box_state.typed(event_target_value(&ev))
                on:compositionstart=move |_: CompositionEvent| box_state.composing.set_value(true)
                on:compositionend=move |ev: CompositionEvent| {
                    box_state.composing.set_value(false);
                    box_state.typed(event_target_value(&ev));
                }
                on:keydown=move |ev| box_state.key(&ev)
                on:blur=move |_| box_state.close_soon()/>
            <ul id="q-list" class="combobox-list" role="listbox" aria-label=words(lang, "联想词", "Suggestions") hidden=move || !box_state.is_open()>
                {move || box_state.shown.get().into_iter().enumerate().map(|(n, found)| {
                    let english = (lang == Lang::En && !found.title_en.is_empty()).then(|| view! { <span lang="en">{found.title_en.clone()}</span> });
                    let url = found.url.clone();
                    view! {
                        <li id=option_id(n) role="option" aria-selected=move || if box_state.chosen.get() == Some(n) { "true" } else { "false" }
                            on:mousedown=move |ev| { ev.prevent_default(); fetch::go(&url); }>
                            <span lang="zh-CN">{pieces(found.title)}</span>{english}
                        </li>
                    }
                }).collect_view()}
            </ul>
            <p class="visually-hidden" role="status">{move || box_state.is_open().then(|| count(lang, box_state.shown.get().len()))}</p>
        </div>
    }
}

fn option_id(n: usize) -> String {
    format!("q-{n}")
}

fn pieces(title: Vec<Piece>) -> Vec<AnyView> {
    title.into_iter().map(|piece| if piece.hit { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }).collect()
}

fn count(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 条联想，用上下键选择"),
        Lang::En => format!("{n} suggestions; use the arrow keys"),
    }
}

/// What the field knows while it lives.
#[derive(Clone, Copy)]
struct BoxState {
    shown: RwSignal<Vec<Suggestion>>,
    chosen: RwSignal<Option<usize>>,
    open: RwSignal<bool>,
    composing: StoredValue<bool>,
    /// Grows with every key: an answer to an older question is dropped.
    asked: StoredValue<u32>,
}

impl BoxState {
    fn new() -> Self {
        Self {
            shown: RwSignal::default(),
            chosen: RwSignal::new(None),
            open: RwSignal::new(false),
            composing: StoredValue::new(false),
            asked: StoredValue::new(0),
        }
    }

    fn is_open(self) -> bool {
        self.open.get() && !self.shown.with(Vec::is_empty)
    }

    /// Asks for completions once the person rests.
    fn typed(self, text: String) {
        self.asked.update_value(|n| *n += 1);
        if self.composing.get_value() {
            return;
        }
        let text = text.trim().to_owned();
        if text.is_empty() || text.chars().count() > MAX_CHARS {
            self.close();
            return;
        }
        let mine = self.asked.get_value();
        set_timeout(
            move || {
                if self.asked.try_get_value() != Some(mine) {
                    return;
                }
                leptos::task::spawn_local(async move {
                    let answer = fetch::text(&format!("{ADDRESS}{}", fetch::encoded(&text))).await;
                    let found: Suggested = answer.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
                    if self.asked.try_get_value() == Some(mine) {
                        self.chosen.set(None);
                        self.shown.set(found.suggestions);
                        self.open.set(true);
                    }
                });
            },
            REST,
        );
    }

    fn key(self, ev: &KeyboardEvent) {
        // 229 is what older input methods send while they compose.
        if ev.is_composing() || ev.key_code() == 229 {
            return;
        }
        let count = self.shown.with_untracked(Vec::len);
        let open = self.open.get_untracked() && count > 0;
        let chosen = self.chosen.get_untracked();
        match ev.key().as_str() {
            "ArrowDown" if count > 0 => {
                ev.prevent_default();
                self.open.set(true);
                self.chosen.set(Some(chosen.map_or(0, |n| (n + 1) % count)));
            }
            "ArrowUp" if count > 0 => {
                ev.prevent_default();
                self.open.set(true);
                self.chosen.set(Some(chosen.map_or(count - 1, |n| (n + count - 1) % count)));
            }
            "Enter" if open => {
                let url = chosen.and_then(|n| self.shown.with_untracked(|shown| shown.get(n).map(|found| found.url.clone())));
                if let Some(url) = url {
                    ev.prevent_default();
                    fetch::go(&url);
                }
            }
            "Escape" if open => {
                ev.prevent_default();
                self.close();
            }
            _ => {}
        }
    }

    fn close(self) {
        self.open.set(false);
        self.chosen.set(None);
    }

    /// A click on a suggestion takes the focus away before it arrives.
    fn close_soon(self) {
        set_timeout(
            move || {
                self.open.try_set(false);
            },
            REST,
        );
    }
}
