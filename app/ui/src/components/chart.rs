//! Figures as pictures, each with its table.
//!
//! Lengths across a picture are shares of its width and heights are pixels: words have the same size on a phone and on a desk.

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

/// Each bar as a share of the greatest, from 0 to 1.
fn shares(bars: &[Bar]) -> Vec<f64> {
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    bars.iter().map(|bar| bar.value / most).collect()
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// The finding, what is drawn in so many pixels of height, and the table beneath; its values lead to the lists behind them, where there are any.
fn figure(title: String, of: String, unit: String, bars: Vec<Bar>, links: Vec<Option<String>>, height: usize, drawn: impl IntoView) -> impl IntoView {
    let row = |(bar, link): (Bar, Option<String>)| {
        let value = match link {
            Some(href) => view! { <a href=href>{bar.text}</a> }.into_any(),
            None => view! { {bar.text} }.into_any(),
        };
        view! { <tr><th scope="row">{bar.label}</th><td class="number">{value}</td></tr> }
    };
    let rows: Vec<_> = bars.into_iter().zip(links.into_iter().chain(std::iter::repeat(None))).map(row).collect();
    view! {
        <figure class="chart">
            <figcaption>{title}</figcaption>
            <svg class="bars" width="100%" height=height aria-hidden="true" focusable="false">{drawn}</svg>
            <details>
                <summary>{tr(shell().lang, "看表格", "As a table")}</summary>
                <table><thead><tr><th scope="col">{of}</th><th scope="col" class="number">{unit}</th></tr></thead><tbody>{rows}</tbody></table>
            </details>
        </figure>
    }
}

/// Height of a horizontal bar with its label above it.
const ROW: usize = 46;
/// The longest bar; the rest is for its value.
const LONGEST: f64 = 0.84;

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
    /// The lists behind them, in the same order.
    #[prop(optional)]
    links: Vec<Option<String>>,
) -> impl IntoView {
    let drawn: Vec<_> = bars
        .iter()
        .zip(shares(&bars))
        .enumerate()
        .map(|(index, (bar, share))| {
            let (top, length) = (index * ROW, percent(share * LONGEST));
            view! {
                <text class="bar-label" x="0" y=top + 17>{bar.label.clone()}</text>
                <rect class="bar" x="0" y=top + 24 width=length.clone() height="16"/>
                <text class="bar-value" x=length dx="8" y=top + 37>{bar.text.clone()}</text>
            }
        })
        .collect();
    let height = bars.len() * ROW;
    figure(title, of, unit, bars, links, height, drawn)
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
    let shares = shares(&bars);
    let step = 1.0 / bars.len().max(1) as f64;
    let highest = shares.iter().position(|share| *share == 1.0);
    let last = bars.len().saturating_sub(1);
    // Under the columns there is room for a dozen labels.
    let every = bars.len().div_ceil(12).max(1);
    let drawn: Vec<_> = bars
        .iter()
        .zip(shares)
        .enumerate()
        .map(|(index, (bar, share))| {
            let tall = (share * TALL as f64).round();
            let (left, top) = (index as f64 * step, (ABOVE + TALL) as f64 - tall);
            let middle = percent(left + step / 2.0);
            let value = (Some(index) == highest)
                .then(|| view! { <text class="bar-value" x=middle.clone() y=top - 6.0 text-anchor="middle">{bar.text.clone()}</text> });
            let label = (index % every == 0 || (index == last && last % every > every / 2))
                .then(|| view! { <text class="bar-label" x=middle y=ABOVE + TALL + 20 text-anchor="middle">{bar.label.clone()}</text> });
            view! { <rect class="bar" x=percent(left + step * 0.15) y=top width=percent(step * 0.7) height=tall/>{value}{label} }
        })
        .collect();
    let ground = view! { <line class="chart-ground" x1="0" x2="100%" y1=ABOVE + TALL y2=ABOVE + TALL/> };
    figure(title, of, unit, bars, Vec::new(), ABOVE + TALL + UNDER, view! { {ground}{drawn} })
}

/// A region in a tile map.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Its name.
    pub bar: Bar,
    /// What lies behind it.
    pub href: String,
    /// Column and row in the map; the tiles stand in their order where one has none.
    pub place: Option<(usize, usize)>,
}

/// Tiles beside each other.
const ACROSS: usize = 4;
/// Width and height of a tile in units of the picture, with the gap around it.
const TILE: (usize, usize) = (112, 72);
/// Height of the words on it in the same units.
const WORDS: usize = 16;

/// Column and row of tiles: as on the map where each has a place, else in their order, a few beside each other.
fn places(known: impl ExactSizeIterator<Item = Option<(usize, usize)>>) -> Vec<(usize, usize)> {
    let many = known.len();
    known.collect::<Option<_>>().unwrap_or_else(|| (0..many).map(|index| (index % ACROSS, index / ACROSS)).collect())
}

/// Regions as tiles of one size: the darker, the more. They stand roughly as on a map where each has a place, else in their order. Its words keep
/// the size of those around it, and end with their tile: where there is not the room, the map scrolls within its own box, by finger and by arrow keys. A table stands
/// beneath.
#[component]
pub fn TileMap(
    /// The finding, one sentence.
    #[prop(into)]
    title: String,
    /// What the labels are: the table's first column.
    #[prop(into)]
    of: String,
    /// What is measured: the table's second column.
    #[prop(into)]
    unit: String,
    /// The regions in order.
    tiles: Vec<Tile>,
) -> impl IntoView {
    let bars: Vec<Bar> = tiles.iter().map(|tile| tile.bar.clone()).collect();
    let (wide, tall) = TILE;
    let places = places(tiles.iter().map(|tile| tile.place));
    let columns = places.iter().map(|(column, _)| column + 1).fold(ACROSS, usize::max);
    let lines = places.iter().map(|(_, line)| line + 1).max().unwrap_or(1);
    let drawn: Vec<_> = tiles
        .into_iter()
        .zip(shares(&bars))
        .zip(places)
        .map(|((tile, share), (column, line))| {
            let (left, top) = (column * wide, line * tall);
            // Words on the darkest tile keep their contrast.
            let shade = format!("{:.2}", 0.05 + share * 0.25);
            view! {
                <a href=tile.href>
                    <rect x=left + 2 y=top + 2 width=wide - 4 height=tall - 4 rx="6" fill="currentColor" fill-opacity=shade/>
                    <svg x=left y=top width=wide - 4 height=tall>
                        <title>{tile.bar.label.clone()}</title>
                        <text x="10" y="30" font-size=WORDS fill="currentColor">{tile.bar.label}</text>
                        <text x="10" y="54" font-size="18" font-weight="600" fill="currentColor">{tile.bar.text}</text>
                    </svg>
                </a>
            }
        })
        .collect();
    let lang = shell().lang;
    let size = format!("0 0 {} {}", columns * wide, lines * tall);
    let width = format!("{}em", (columns * wide) as f64 / WORDS as f64);
    let label = lang.pick(format!("{title}：地图，可以左右滚动"), format!("{title}: a map that scrolls sideways"));
    let rows: Vec<_> = bars.into_iter().map(|bar| view! { <tr><th scope="row">{bar.label}</th><td class="number">{bar.text}</td></tr> }).collect();
    view! {
        <figure class="chart">
            <figcaption>{title.clone()}</figcaption>
            <div class="tile-map" role="region" aria-label=label tabindex="0"><svg viewBox=size width=width role="group" aria-label=title>{drawn}</svg></div>
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

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use super::*;
    use crate::{Page, Shell};

    #[test]
    fn a_map_keeps_the_size_of_its_words_and_scrolls_in_a_box_that_the_keyboard_reaches() {
        let html = crate::render(&Shell::sample(Lang::Zh), Page::public("x"), || {
            let tile = |name: &str, place| Tile { bar: Bar::count(name, 3), href: "/".to_owned(), place: Some(place) };
            view! { <TileMap title="各市" of="地区" unit="个" tiles=vec![tile("甲市", (0, 0)), tile("乙市", (7, 1))]/> }
        });
        for part in ["<div role=\"region\" aria-label=\"各市：地图，可以左右滚动\" tabindex=\"0\" class=\"tile-map\">", "<svg viewBox=\"0 0 896 144\" width=\"56em\""] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn tiles_stand_as_on_the_map_or_all_in_their_order() {
        let known = [Some((3, 0)), Some((1, 2))];
        assert_eq!(places(known.into_iter()), [(3, 0), (1, 2)]);
        let unknown = [Some((3, 0)), None, Some((1, 2)), None, None];
        assert_eq!(places(unknown.into_iter()), [(0, 0), (1, 0), (2, 0), (3, 0), (0, 1)], "one without a place: none stands on the map");
    }
}
