//! The grid of slots whose numbers stay true while one looks, and in which arrows go from slot to slot. Without script it is the same
//! grid of buttons in the same form.
#![expect(missing_docs, reason = "the island macro writes a struct beside each island")]

use kernel::Lang;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

use crate::{fetch, words};

/// Time between two questions for what is left.
const REST: Duration = Duration::from_secs(15);

/// One slot as the page knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PickSlot {
    /// Its id.
    pub id: String,
    /// `09:30–10:00`.
    pub time: String,
    /// Places left.
    pub left: i64,
    /// A word in place of the number: 未放号. Empty to show the number; such a slot cannot be chosen.
    pub word: String,
}

/// One day of the grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PickDay {
    /// The date in words.
    pub label: String,
    /// Why there are no slots; empty to show them.
    pub closed: String,
    /// The slots in order.
    pub slots: Vec<PickSlot>,
}

/// The server's answer.
#[derive(Deserialize)]
struct Slots {
    slots: Vec<Left>,
}

#[derive(Deserialize)]
struct Left {
    id: String,
    left: i64,
}

/// A week of slots inside a form: pressing one sends `slot` with its id.
///
/// What is left is asked again every quarter of a minute; arrows go from slot to slot.
#[island]
pub fn SlotPicker(
    /// The page's language.
    lang: Lang,
    /// Where what is left is asked.
    source: String,
    /// The days in order.
    days: Vec<PickDay>,
) -> impl IntoView {
    let known: BTreeMap<String, i64> = days.iter().flat_map(|day| &day.slots).map(|slot| (slot.id.clone(), slot.left)).collect();
    let left = RwSignal::new(known);
    Effect::new(move |_| poll(source.clone(), left));
    let columns = days.into_iter().map(|day| column(lang, day, left)).collect_view();
    view! { <ol class="slot-grid" on:keydown=|ev| step(&ev)>{columns}</ol> }
}

fn column(lang: Lang, day: PickDay, left: RwSignal<BTreeMap<String, i64>>) -> impl IntoView {
    let label = format!("{} ", day.label);
    let cells = day.slots.into_iter().map(|slot| cell(lang, label.clone(), slot, left)).collect_view();
    view! {
        <li class="slot-day">
            <h3>{day.label}</h3>
            {(!day.closed.is_empty()).then(|| view! { <p class="slot-closed">{day.closed.clone()}</p> })}
            <ul>{cells}</ul>
        </li>
    }
}

fn cell(lang: Lang, day: String, slot: PickSlot, left: RwSignal<BTreeMap<String, i64>>) -> impl IntoView {
    let (id, word) = (slot.id.clone(), slot.word.clone());
    let places = move || left.with(|left| left.get(&id).copied().unwrap_or_default());
    let none = { let (places, word) = (places.clone(), word.clone()); move || !word.is_empty() || places() == 0 };
    let text = move || match (word.is_empty(), places()) {
        (false, _) => word.clone(),
        (true, 0) => words(lang, "约满", "full").to_owned(),
        (true, left) => format!("{} {left}", words(lang, "余", "left:")),
    };
    let class = { let none = none.clone(); move || if none() { "slot none" } else { "slot" } };
    view! {
        <li>
            <button class=class type="submit" name="slot" value=slot.id disabled=none>
                <span class="visually-hidden">{day}</span><span class="slot-time">{slot.time}</span><span class="slot-left">{text}</span>
            </button>
        </li>
    }
}

/// Asks again and again while the page is open; an answer that cannot be read changes nothing.
fn poll(source: String, left: RwSignal<BTreeMap<String, i64>>) {
    set_timeout(
        move || {
            leptos::task::spawn_local(async move {
                if let Some(answer) = fetch::text(&source).await.and_then(|text| serde_json::from_str::<Slots>(&text).ok()) {
                    left.try_update(|known| known.extend(answer.slots.into_iter().map(|slot| (slot.id, slot.left))));
                }
                poll(source, left);
            });
        },
        REST,
    );
}

/// Arrows go to the slot before and after, Home and End to the first and last.
fn step(ev: &KeyboardEvent) {
    let Some(here) = ev.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let Ok(Some(grid)) = here.closest(".slot-grid") else { return };
    let Ok(all) = grid.query_selector_all("button.slot:not(:disabled)") else { return };
    let buttons: Vec<web_sys::HtmlElement> = (0..all.length()).filter_map(|n| all.item(n)?.dyn_into().ok()).collect();
    let Some(at) = buttons.iter().position(|button| *button == here) else { return };
    let next = match ev.key().as_str() {
        "ArrowRight" | "ArrowDown" => (at + 1).min(buttons.len() - 1),
        "ArrowLeft" | "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => buttons.len() - 1,
        _ => return,
    };
    ev.prevent_default();
    // a browser that does not move the focus leaves it where it is
    let _ = buttons[next].focus();
}
