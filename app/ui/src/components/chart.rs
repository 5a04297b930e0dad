//! Figures as pictures, each with its table.

use crate::{render::shell, tr};
use kernel::Lang;
use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How much; not negative.
    pub value: f64,
    /// The value in words, for instance `1,204 对`.
    pub text: String,
}

impl Bar {
    /// A bar of a whole number.
    pub fn count(label: impl Into<String>, value: u64) -> Self {
        Self { label: label.into(), value: value as f64, text: value.to_string() }
    }
}

const ROW: usize = 32;
const LABEL: usize = 160;
const WIDE: usize = 640;
/// Room for the value beyond the longest bar.
const VALUE: usize = 90;

/// Horizontal bars. The title says the finding; values stand at the ends; the table is beneath.
#[component]
pub fn BarChart(
    /// The finding, one sentence.
    #[prop(into)]
    title: String,
    /// What the labels are: the table's first column.
    #[prop(into)]
    of: String,
    /// What is measured: the table's second column.
    #[prop(into)]
    unit: String,
    /// The bars in order.
    bars: Vec<Bar>,
) -> impl IntoView {
    let lang = shell().lang;
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let height = bars.len() * ROW;
    let drawn: Vec<_> = bars
        .iter()
        .enumerate()
        .map(|(index, bar)| {
            let (top, length) = (index * ROW, (bar.value / most * (WIDE - LABEL - VALUE) as f64).round());
            view! {
                <text class="bar-label" x=LABEL - 10 y=top + 21 text-anchor="end">{bar.label.clone()}</text>
                <rect class="bar" x=LABEL y=top + 6 width=length height=ROW - 12/>
                <text class="bar-value" x=LABEL as f64 + length + 8.0 y=top + 21>{bar.text.clone()}</text>
            }
        })
        .collect();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <svg class="bars" viewBox=format!("0 0 {WIDE} {height}") aria-hidden="true" focusable="false">{drawn}</svg>
            {beneath(lang, of, unit, bars)}
        </figure>
    }
}

/// The table beneath a picture.
fn beneath(lang: Lang, of: String, unit: String, bars: Vec<Bar>) -> impl IntoView {
    let rows: Vec<_> = bars.into_iter().map(|bar| view! { <tr><th scope="row">{bar.label}</th><td class="number">{bar.text}</td></tr> }).collect();
    view! {
        <details>
            <summary>{tr(lang, "看表格", "As a table")}</summary>
            <table><thead><tr><th scope="col">{of}</th><th scope="col" class="number">{unit}</th></tr></thead><tbody>{rows}</tbody></table>
        </details>
    }
}

/// Height of the columns, and of what stands above and under them.
const TALL: usize = 140;
const ABOVE: usize = 24;
const UNDER: usize = 28;

/// Columns along a time: the course of a month or a year. The highest carries its value; the table is beneath.
#[component]
pub fn ColumnChart(
    /// The finding, one sentence.
    #[prop(into)]
    title: String,
    /// What the labels are: the table's first column.
    #[prop(into)]
    of: String,
    /// What is measured: the table's second column.
    #[prop(into)]
    unit: String,
    /// The columns in order.
    bars: Vec<Bar>,
) -> impl IntoView {
    let lang = shell().lang;
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let step = WIDE as f64 / bars.len().max(1) as f64;
    let highest = bars.iter().position(|bar| bar.value == most);
    let last = bars.len().saturating_sub(1);
    // Under the columns there is room for a dozen labels.
    let every = bars.len().div_ceil(12);
    let drawn: Vec<_> = bars
        .iter()
        .enumerate()
        .map(|(index, bar)| {
            let tall = (bar.value / most * TALL as f64).round();
            let (left, top) = (index as f64 * step, ABOVE as f64 + TALL as f64 - tall);
            let middle = left + step / 2.0;
            let value = (Some(index) == highest).then(|| view! { <text class="bar-value" x=middle y=top - 6.0 text-anchor="middle">{bar.text.clone()}</text> });
            let label = (index % every == 0 || (index == last && last % every > every / 2))
                .then(|| view! { <text class="bar-label" x=middle y=ABOVE + TALL + 20 text-anchor="middle">{bar.label.clone()}</text> });
            view! { <rect class="bar" x=left + step * 0.15 y=top width=step * 0.7 height=tall/>{value}{label} }
        })
        .collect();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <svg class="bars" viewBox=format!("0 0 {WIDE} {}", ABOVE + TALL + UNDER) aria-hidden="true" focusable="false">
                <line class="chart-ground" x1="0" x2=WIDE y1=ABOVE + TALL y2=ABOVE + TALL/>
                {drawn}
            </svg>
            {beneath(lang, of, unit, bars)}
        </figure>
    }
}

/// A time limit as a bar in days, with words: so many used of so many.
#[component]
pub fn LimitBar(
    /// Days used.
    used: u32,
    /// Days there are.
    total: u32,
    /// What it says in words: “还有 3 个工作日，国庆 7 天不计”.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    let share = if total == 0 { 100 } else { (u64::from(used) * 100 / u64::from(total)).min(100) };
    let class = if used > total { "limit over" } else if share >= 80 { "limit near" } else { "limit" };
    view! {
        <div class=class>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="limit-ground" width="100" height="6"/><rect class="limit-used" width=share height="6"/>
            </svg>
            <p>{words}</p>
        </div>
    }
}
