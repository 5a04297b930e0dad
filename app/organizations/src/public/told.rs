//! Facts of supervision and versions of the base data, as several pages show them.

use kernel::Lang;
use leptos::prelude::*;
use organizations::public::{self, Fact, Step};
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
                Column::text(tr(lang, "结论", "What")),
                Column::text(tr(lang, "生效", "In effect")),
                Column::text(tr(lang, "终止", "Ended")),
                Column::text(tr(lang, "文号", "Number")),
                Column::text(tr(lang, "事实和依据", "Facts and law")),
                Column::text(tr(lang, "记录于", "Recorded")),
            ];
            view! { <section id=kind><h2>{title.clone()}</h2><DataTable caption=title columns rows empty=Empty::new("")/></section> }.into_any()
        })
        .collect()
}

fn row(lang: Lang, fact: &Fact) -> Vec<Cell> {
    let until = |day: kernel::Day| match lang {
        Lang::Zh => format!("{}至{day}", fact.effective_on),
        Lang::En => format!("{} to {day}", fact.effective_on),
    };
    let ended = fact.ended_on.map(|day| [day.to_string(), fact.ended.clone()].join(" ").trim().to_owned()).unwrap_or_default();
    let amount = fact.amount.map(|amount| format!("{amount} {}", tr(lang, "元", "yuan"))).unwrap_or_default();
    let about = [&fact.facts, &fact.basis, &amount].into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(tr(lang, "；", "; "));
    vec![
        Cell::text(fact.title(lang)),
        Cell::text(fact.until_on.map_or_else(|| fact.effective_on.to_string(), until)),
        Cell::text(ended),
        Cell::text(&fact.number),
        Cell::text(about),
        Cell::text(fact.recorded_at.day()),
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
