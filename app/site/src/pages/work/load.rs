//! What each member of staff holds.

use casework::ops::Load;
use leptos::prelude::*;
use ui::{Bar, BarChart, Cell, Column, DataTable, Empty, Page, Shell, Tone, tr, url};

/// The page: whoever has most stands first, and each line opens his cases, from which they are handed over.
pub fn page(shell: &Shell, lines: Vec<Load>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "人员工作量", "Load of each colleague");
    let nobody = tr(lang, "无人承办", "Nobody");
    let (open, late) = lines.iter().fold((0, 0), |(open, late), line| (open + line.open, late + line.late));
    let finding = if late == 0 {
        lang.pick(format!("{open} 件在办，没有超期"), format!("{open} cases are open, none of them overdue"))
    } else {
        lang.pick(format!("{open} 件在办，其中 {late} 件超期"), format!("{open} cases are open, {late} of them overdue"))
    };
    let name = |line: &Load| if line.staff.is_none() { nobody.to_owned() } else { line.name.clone() };
    let bars: Vec<Bar> = lines.iter().map(|line| Bar::count(name(line), u64::try_from(line.open).unwrap_or_default())).collect();
    let columns = vec![
        Column::text(tr(lang, "人员", "Colleague")),
        Column::number(tr(lang, "在办", "Open")),
        Column::number(tr(lang, "超期", "Overdue")),
    ];
    let rows = lines
        .iter()
        .map(|line| {
            let first = match line.staff {
                Some(staff) => Cell::link(url::with(url::work(), &[("section", "office"), ("holder", &staff.to_string())]), name(line)),
                None => Cell::link(url::work(), name(line)),
            };
            let late = if line.late > 0 { Cell::tag(Tone::Bad, line.late.to_string()) } else { Cell::text(0) };
            vec![first, Cell::text(line.open), late]
        })
        .collect();
    let empty = Empty::new(tr(lang, "本单位没有在办件。", "Your office has no open case."));
    ui::render(shell, Page::staff(title).wide().back(url::work()), move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "点开姓名可以看到其承办的办件，并转交他人。", "Open a name to see the cases and hand them over.")}</p>
            <BarChart title=finding of=tr(lang, "人员", "Colleague") unit=tr(lang, "在办件数", "Open cases") bars/>
            <DataTable caption=title columns rows empty/>
            <p><a href=url::absences()>{tr(lang, "请假与代理", "Absence and delegation")}</a></p>
        }
    })
}
