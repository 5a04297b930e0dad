//! Facts of supervision and versions of the base data, as several pages show them.

use kernel::{Day, Lang};
use leptos::prelude::*;
use organizations::public::{self, Fact, Step};
use organizations::supervision::ending;
use ui::{Cell, Column, DataTable, Empty, Event, tr};

/// A section for each kind of fact.
pub(super) fn sections(lang: Lang, facts: &[Fact]) -> Vec<AnyView> {
    public::kinds()
        .map(|(kind, name)| {
            let title = name.get(lang).to_owned();
            let rows: Vec<Vec<Cell>> = facts.iter().filter(|fact| fact.kind == kind).map(|fact| row(lang, fact)).collect();
            if rows.is_empty() {
                let nothing = tr(lang, "没有公示的记录。", "Nothing is published.");
                return view! { <section id=kind><h2>{title}</h2><p>{nothing}</p></section> }.into_any();
            }
            let columns = vec![
                Column::text(tr(lang, "结论和文号", "What, and its number")),
                Column::text(tr(lang, "生效和终止", "In effect")),
                Column::text(tr(lang, "事实和依据", "Facts and law")),
                Column::text(tr(lang, "记录于", "Recorded")),
            ];
            let caption = tr(lang, "公示的记录，最近的在前", "What is published, newest first");
            view! { <section id=kind><h2>{title}</h2><DataTable caption columns rows empty=Empty::new("")/></section> }.into_any()
        })
        .collect()
}

fn row(lang: Lang, fact: &Fact) -> Vec<Cell> {
    let day = |day: Day| lang.pick(day.zh_plain(), day.en_plain());
    let from = day(fact.effective_on);
    let term = match fact.until_on {
        Some(until) => view! { <span class="whole">{format!("{from}{}", tr(lang, "至", " to"))}</span>" "<span class="whole">{day(until)}</span> }.into_any(),
        None => view! { <span class="whole">{format!("{}{from}", tr(lang, "自", "From "))}</span> }.into_any(),
    };
    let ended = fact.ended_on.map(|on| {
        let on = format!("{}{}", tr(lang, "终止于", "Ended on "), day(on));
        let words = if fact.ended.is_empty() { on } else { [on.as_str(), ending(&fact.ended).get(lang)].join(tr(lang, "，", ", ")) };
        view! { <span class="note">{words}</span> }
    });
    let number = (!fact.number.is_empty()).then(|| view! { <span class="note">{fact.number.clone()}</span> });
    let amount = fact.amount.map(|amount| format!("{amount} {}", tr(lang, "元", "yuan"))).unwrap_or_default();
    let about = [&fact.facts, &fact.basis, &amount].into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(tr(lang, "；", "; "));
    let recorded = day(fact.recorded_at.day());
    vec![
        Cell::view(view! { {fact.title(lang)}{number} }),
        Cell::view(view! { <span>{term}{ended}</span> }),
        Cell::text(about),
        Cell::view(view! { <span class="whole">{recorded}</span> }),
    ]
}

/// Versions of the base data, each with what it changed.
pub(super) fn events(lang: Lang, steps: Vec<Step>) -> Vec<Event> {
    steps
        .into_iter()
        .map(|step| {
            let effective = match lang {
                Lang::Zh => format!("自{}生效", step.effective_on.zh_plain()),
                Lang::En => format!("in effect from {}", step.effective_on.en_plain()),
            };
            let none = tr(lang, "（无）", "(none)");
            let side = |text: &kernel::Text| if text.get(lang).is_empty() { none.to_owned() } else { text.get(lang).to_owned() };
            let changes: Vec<String> = step
                .changes
                .iter()
                .map(|change| match lang {
                    Lang::Zh => format!("{}：{} → {}", change.name.zh, side(&change.before), side(&change.after)),
                    Lang::En => format!("{}: {} → {}", change.name.en, side(&change.before), side(&change.after)),
                })
                .collect();
            Event::new(ui::moment(lang, step.recorded_at), step.reason.get(lang)).who(effective).note(changes.join(tr(lang, "；", "; ")))
        })
        .collect()
}
