//! Figures as pictures, each with its table.

use crate::{render::shell, tr};
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
    let rows: Vec<_> = bars.into_iter().map(|bar| view! { <tr><th scope="row">{bar.label}</th><td class="number">{bar.text}</td></tr> }).collect();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <svg class="bars" viewBox=format!("0 0 {WIDE} {height}") aria-hidden="true" focusable="false">{drawn}</svg>
            <details>
                <summary>{tr(lang, "看表格", "As a table")}</summary>
                <table><thead><tr><th scope="col">{of}</th><th scope="col" class="number">{unit}</th></tr></thead><tbody>{rows}</tbody></table>
            </details>
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
