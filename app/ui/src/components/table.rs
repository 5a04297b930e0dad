//! Tables: a sticky head on a desk, cards on a phone, an answer when there is nothing.
//!
//! The rows are written by hand into one string instead of as a view each: a list of a hundred cases costs a fifth.

use super::{ButtonKind, StatusTag, Tone};
use crate::{escape, render::shell, tr};
use leptos::prelude::*;
use std::collections::HashMap;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// A column's head.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    number: bool,
    sort: Option<(String, Option<Sorted>)>,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), number: false, sort: None }
    }

    /// A column of numbers: to the right.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), number: true, sort: None }
    }

    /// Makes the head a link that sorts; `now` is how the column is sorted at present.
    pub fn sort(mut self, href: impl Into<String>, now: Option<Sorted>) -> Self {
        self.sort = Some((href.into(), now));
        self
    }
}

/// One cell.
pub enum Cell {
    /// Words or a number.
    Text(String),
    /// A link: the first cell of a row usually is one.
    Link {
        /// Where to.
        href: String,
        /// What it says.
        text: String,
    },
    /// A state with icon and word.
    Tag(Tone, String),
    /// One button that posts a few values; see [`Cell::act`].
    Act {
        /// Where the values are sent.
        action: String,
        /// Names and values that are sent along unseen.
        hidden: Vec<(&'static str, String)>,
        /// What the button says: a verb first.
        words: String,
    },
    /// Anything else: a form, several lines. Dearer than the others.
    View(AnyView),
}

impl Cell {
    /// Words or a number.
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// A link.
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Link { href: href.into(), text: text.into() }
    }

    /// A state.
    pub fn tag(tone: Tone, word: impl Into<String>) -> Self {
        Self::Tag(tone, word.into())
    }

    /// One secondary button that posts a few values, with the page's token.
    pub fn act(action: impl Into<String>, hidden: Vec<(&'static str, String)>, words: impl Into<String>) -> Self {
        Self::Act { action: action.into(), hidden, words: words.into() }
    }

    /// Anything else.
    pub fn view(view: impl IntoView + 'static) -> Self {
        Self::View(view.into_any())
    }

    /// Whether its words may break wherever a line ends: sentences and long names. What is shorter, a date or a state, stays whole.
    fn is_long(&self) -> bool {
        let (Self::Text(text) | Self::Link { text, .. }) = self else { return false };
        text.chars().count() > LONG_TEXT || text.split(|c: char| !c.is_alphanumeric()).any(|run| !run.is_ascii() && run.chars().count() > LONG_RUN)
    }
}

/// Longer than a moment with its day of the week.
const LONG_TEXT: usize = 24;
/// Longer than a date.
const LONG_RUN: usize = 12;

/// What an empty table says: why it is empty and what to do.
#[derive(Clone, Debug)]
pub struct Empty {
    why: String,
    act: Option<(String, String)>,
}

impl Empty {
    /// Why there is nothing.
    pub fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), act: None }
    }

    /// What to do about it: the address and the words.
    pub fn act(mut self, href: impl Into<String>, words: impl Into<String>) -> Self {
        self.act = Some((href.into(), words.into()));
        self
    }
}

/// A table. The first column identifies the row and is its header.
#[component]
pub fn DataTable(
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// The columns.
    columns: Vec<Column>,
    /// The rows, each with as many cells as there are columns.
    rows: Vec<Vec<Cell>>,
    /// What is said when there are no rows.
    empty: Empty,
) -> impl IntoView {
    if rows.is_empty() {
        let act = empty.act.map(|(href, words)| view! { <p><a href=href>{words}</a></p> });
        // In which order the lines stand follows after a comma; without lines only what they would be matters.
        let of = caption.split(['，', ',']).next().unwrap_or_default().to_owned();
        return view! { <div class="empty"><p class="empty-title">{of}</p><p>{empty.why}</p>{act}</div> }.into_any();
    }
    let body = body(&columns, rows);
    let head: Vec<_> = columns.into_iter().map(head).collect();
    view! {
        <div class="table-wrap">
            <table class="data"><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody inner_html=body></tbody></table>
        </div>
    }
    .into_any()
}

fn head(column: Column) -> AnyView {
    let class = column.number.then_some("number");
    match column.sort {
        None => view! { <th scope="col" class=class>{column.label}</th> }.into_any(),
        Some((href, now)) => {
            let lang = shell().lang;
            let (order, mark) = match now {
                Some(Sorted::Up) => (Some("ascending"), "↑"),
                Some(Sorted::Down) => (Some("descending"), "↓"),
                None => (None, ""),
            };
            view! {
                <th scope="col" class=class aria-sort=order>
                    <a href=href title=tr(lang, "按此列排序", "Sort by this column")>{column.label}<span aria-hidden="true">{mark}</span></a>
                </th>
            }
            .into_any()
        }
    }
}

fn body(columns: &[Column], rows: Vec<Vec<Cell>>) -> String {
    let mut rows_out = Rows::new(rows.len() * columns.len() * 64);
    for row in rows {
        rows_out.row(columns, row);
    }
    rows_out.out
}

/// The rows so far, and what they have in common: each tag is rendered once, the token is fetched once.
struct Rows {
    out: String,
    csrf: String,
    tags: HashMap<(Tone, String), String>,
}

impl Rows {
    fn new(capacity: usize) -> Self {
        Self { out: String::with_capacity(capacity), csrf: shell().csrf, tags: HashMap::new() }
    }

    fn row(&mut self, columns: &[Column], cells: Vec<Cell>) {
        self.out.push_str("<tr>");
        for (index, (cell, column)) in cells.into_iter().zip(columns).enumerate() {
            self.out.push_str(if index == 0 { "<th scope=\"row\"" } else { "<td" });
            if column.number {
                self.out.push_str(" class=\"number\"");
            } else if cell.is_long() {
                self.out.push_str(" class=\"long\"");
            }
            self.attribute("data-label", &column.label);
            self.out.push('>');
            self.cell(cell);
            self.out.push_str(if index == 0 { "</th>" } else { "</td>" });
        }
        self.out.push_str("</tr>");
    }

    fn cell(&mut self, cell: Cell) {
        match cell {
            Cell::Text(text) => escape::push(&mut self.out, &text),
            Cell::Link { href, text } => {
                self.out.push_str("<a");
                self.attribute("href", &href);
                self.out.push('>');
                escape::push(&mut self.out, &text);
                self.out.push_str("</a>");
            }
            Cell::Tag(tone, word) => {
                let tag = self.tags.entry((tone, word)).or_insert_with_key(|(tone, word)| {
                    let (tone, word) = (*tone, word.clone());
                    view! { <StatusTag tone word/> }.to_html()
                });
                self.out.push_str(tag);
            }
            Cell::Act { action, hidden, words } => self.act(&action, &hidden, &words),
            Cell::View(view) => self.out.push_str(&view.to_html()),
        }
    }

    fn act(&mut self, action: &str, hidden: &[(&'static str, String)], words: &str) {
        self.out.push_str("<form method=\"post\"");
        self.attribute("action", action);
        self.out.push_str(" class=\"form inline\" novalidate=\"\"><input type=\"hidden\" name=\"csrf\"");
        let csrf = std::mem::take(&mut self.csrf);
        self.attribute("value", &csrf);
        self.csrf = csrf;
        self.out.push('>');
        for (name, value) in hidden {
            self.out.push_str("<input type=\"hidden\"");
            self.attribute("name", name);
            self.attribute("value", value);
            self.out.push('>');
        }
        self.out.push_str("<button type=\"submit\"");
        self.attribute("class", ButtonKind::Secondary.class());
        self.out.push('>');
        escape::push(&mut self.out, words);
        self.out.push_str("</button></form>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::push(&mut self.out, value);
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn a_date_stays_whole_and_a_long_name_breaks() {
        for whole in ["2026年11月22日（周日）20:17", "51990102YY800001XT", "变更登记", "22 November 2026, 20:17"] {
            assert!(!Cell::text(whole).is_long(), "{whole}");
        }
        for long in ["杭州市上城区示例非物质文化遗产保护协会", "住所：示例路 1 号 → 示例路 1 号二楼；法定代表人：甲 → 乙"] {
            assert!(Cell::link("/x", long).is_long(), "{long}");
        }
    }
}
