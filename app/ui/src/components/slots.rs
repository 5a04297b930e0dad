//! Days and times of a week, with what is left of each.

use crate::{render::shell, tr};
use kernel::Lang;
use leptos::prelude::*;

/// What choosing a slot does.
#[derive(Clone, Debug)]
pub enum SlotPick {
    /// Follows a link.
    Link(String),
    /// Sends the form around with this name and value.
    Button {
        /// The field's name.
        name: String,
        /// The slot.
        value: String,
    },
    /// Marks it in the form around, which is sent by its own button.
    Radio {
        /// The field's name.
        name: String,
        /// The slot.
        value: String,
        /// Whether it is the one chosen.
        chosen: bool,
    },
    /// Cannot be chosen: full, closed, past.
    Nothing,
}

/// One slot.
#[derive(Clone, Debug)]
pub struct SlotCell {
    /// `09:30–10:00`.
    pub time: String,
    /// Places left.
    pub left: u32,
    /// A word in place of the number left: 未放号, 已过. Empty to show the number.
    pub word: String,
    /// What choosing it does.
    pub pick: SlotPick,
}

/// One day of the grid.
#[derive(Clone, Debug)]
pub struct SlotDay {
    /// The date in words.
    pub label: String,
    /// Why there are no slots, in words (休息日); empty to show the slots.
    pub closed: String,
    /// The slots in order.
    pub slots: Vec<SlotCell>,
}

/// A week of slots: a column a day on a wide screen, a list of days on a phone.
#[component]
pub fn SlotGrid(
    /// The days in order.
    days: Vec<SlotDay>,
) -> impl IntoView {
    let lang = shell().lang;
    let columns: Vec<_> = days
        .into_iter()
        .map(|day| {
            let label = day.label.clone();
            let cells: Vec<_> = day.slots.into_iter().map(|cell| slot(lang, &label, cell)).collect();
            view! {
                <li class="slot-day">
                    <h3>{day.label}</h3>
                    {(!day.closed.is_empty()).then(|| view! { <p class="slot-closed">{day.closed}</p> })}
                    <ul>{cells}</ul>
                </li>
            }
        })
        .collect();
    // Between the title of the page and the days: a screen reader finds the grid by it.
    let title = tr(lang, "可选的时间", "Times to choose from");
    view! { <h2 class="visually-hidden">{title}</h2><ol class="slot-grid">{columns}</ol> }
}

fn slot(lang: Lang, day: &str, cell: SlotCell) -> AnyView {
    let left = match (cell.word.is_empty(), cell.left) {
        (false, _) => cell.word.clone(),
        (true, 0) => tr(lang, "约满", "full").to_owned(),
        (true, left) => format!("{} {left}", tr(lang, "余", "left:")),
    };
    let day = format!("{day} ");
    let inside = view! {
        <span class="visually-hidden">{day}</span><span class="slot-time">{cell.time}</span><span class="slot-left">{left}</span>
    };
    match cell.pick {
        SlotPick::Link(href) => view! { <li><a class="slot" href=href>{inside}</a></li> }.into_any(),
        SlotPick::Button { name, value } => {
            view! { <li><button class="slot" type="submit" name=name value=value>{inside}</button></li> }.into_any()
        }
        SlotPick::Radio { name, value, chosen } => {
            view! { <li><label class="slot"><input type="radio" name=name value=value checked=chosen/>{inside}</label></li> }.into_any()
        }
        SlotPick::Nothing => view! { <li><span class="slot none">{inside}</span></li> }.into_any(),
    }
}
