//! The divorces of an office: what can be claimed today, whose thirty days run, what is being taken in.

use booking::OfficeCard;
use kernel::Lang;
use leptos::prelude::*;
use marriage::divorce::ops::{Desk, Lines, Part};
use marriage::{KIND_DOMESTIC, KIND_FOREIGN};
use ui::{Cell, Column, DataTable, Empty, Page, Pager, Shell, Tone, Values, tr, url};

use super::tone;
use crate::desk::walk_in;

/// The page of one office; `offices` are those the clerk may choose.
pub fn page(shell: &Shell, desk: Desk, offices: &[OfficeCard], values: &Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "离婚登记", "Divorces");
    let page = Page::staff(title).values(values).back(url::desk());
    ui::render(shell, page, || {
        let name = desk.office.name.get(lang).to_owned();
        let open = walk_in(lang, url::divorces, &desk.office, [KIND_DOMESTIC, KIND_FOREIGN], values);
        let others: Vec<_> = offices
            .iter()
            .filter(|office| office.id != desk.office.id)
            .map(|office| {
                let href = url::with(url::divorces(), &[("office", &office.code)]);
                view! { <li><a href=href>{office.name.get(lang).to_owned()}</a></li> }
            })
            .collect();
        let others = (!others.is_empty()).then(|| {
            view! { <nav class="desk-offices" aria-label=tr(lang, "其他登记处", "Other offices")><ul>{others}</ul></nav> }
        });
        let all = desk.parts.len() == Part::ALL.len();
        let tables: Vec<_> = desk.parts.into_iter().map(|(part, lines)| table(lang, &desk.office.code, part, lines)).collect();
        let back = (!all).then(|| {
            let first = url::with(url::divorces(), &[("office", &desk.office.code)]);
            view! { <p><a href=first>{tr(lang, "回到全部列表", "Back to all lists")}</a></p> }
        });
        view! {
            <h1>{title}" · "{name}</h1>
            {others}
            {open}
            {back}
            {tables}
        }
    })
}

fn table(lang: Lang, office: &str, part: Part, Lines { lines, next }: Lines) -> AnyView {
    let (caption, none) = match part {
        Part::Claimable => (tr(lang, "今天可以领证", "Can be claimed today"), tr(lang, "今天没有可以领证的。", "Nothing can be claimed today.")),
        Part::Cooling => (tr(lang, "三十日期间内", "Within the thirty days"), tr(lang, "没有在三十日期间内的申请。", "No application is within its thirty days.")),
        Part::First => (tr(lang, "正在收件", "Being taken in"), tr(lang, "没有正在收件的申请。", "Nothing is being taken in.")),
    };
    let next = next.map(|after| url::with(url::divorces(), &[("office", office), ("after", &after.to_string())])).unwrap_or_default();
    let columns = vec![
        Column::text(tr(lang, "双方", "Couple")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "三十日期间至", "Thirty days end")),
        Column::text(tr(lang, "领证至", "Claim until")),
        Column::text(tr(lang, "业务编号", "Number")),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            let couple = if line.a.is_empty() && line.b.is_empty() { tr(lang, "尚未录入", "not entered yet").to_owned() } else { format!("{} · {}", line.a, line.b) };
            let (cool_end, claim_end) = line.dates.map_or_else(|| ("—".to_owned(), "—".to_owned()), |dates| (dates.cool_end.text(lang), dates.claim_end.text(lang)));
            let state = if line.soon {
                Cell::tag(Tone::Bad, tr(lang, "即将视为撤回", "lapses soon"))
            } else {
                Cell::tag(tone(line.state), line.state.name().get(lang).to_owned())
            };
            vec![Cell::link(url::divorce(line.id), couple), state, Cell::text(cool_end), Cell::text(claim_end), Cell::text(&line.case_no)]
        })
        .collect();
    let empty = Empty::new(none);
    view! { <DataTable caption columns rows empty/><Pager next/> }.into_any()
}
