//! The figures of a hall's day: pictures with their tables.

use booking::OfficeCard;
use hall::figures::{Figures, Mean};
use hall::{Board, Class};
use kernel::{Day, Lang};
use leptos::prelude::*;
use ui::{Bar, BarChart, Cell, Column, DataTable, Empty, Fact, Facts, Page, Pager, Shell, tr, url};

use super::hall::{load_columns, load_rows, window_name};

fn minutes(lang: Lang, mean: Mean) -> String {
    match (mean.minutes(), lang) {
        (None, _) => "—".to_owned(),
        (Some(minutes), Lang::Zh) => format!("{minutes} 分钟"),
        (Some(minutes), Lang::En) => format!("{minutes} min"),
    }
}

fn bar(lang: Lang, label: String, mean: Mean) -> Bar {
    Bar { label, value: mean.minutes().unwrap_or_default(), text: minutes(lang, mean) }
}

/// The figures of one day.
pub fn page(shell: &Shell, office: OfficeCard, board: Board, day: Day, figures: Figures) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "大厅数据", "Figures of the hall");
    let back = url::with(url::hall_desk(), &[("office", &office.code)]);
    ui::render(shell, Page::staff(heading).back(back), move || {
        let today = day == board.now.day();
        let at = |day: Day| url::with(url::hall_figures(), &[("office", &office.code), ("day", &day.to_string())]);
        let classes = Class::ALL.map(|class| {
            let count = figures.classes[usize::try_from(class.number() - 1).unwrap_or_default()];
            format!("{} {count}", class.name().get(lang))
        });
        let items = vec![
            Fact::new(tr(lang, "取号", "Tickets"), figures.taken().to_string()),
            Fact::new(tr(lang, "其中", "Of these"), classes.join(" · ")),
            Fact::new(tr(lang, "已办结", "Served"), figures.done.to_string()),
            Fact::new(tr(lang, "过号未回或作废", "Missed"), figures.missed.to_string()),
            Fact::new(tr(lang, "平均等候", "Mean wait"), minutes(lang, figures.wait)),
            Fact::new(tr(lang, "平均办理", "Mean visit"), minutes(lang, figures.service)),
        ];
        let hour = |n: u16| format!("{n:02}:00");
        let taken = figures.hours.iter().map(|h| Bar::count(hour(h.hour), h.taken.unsigned_abs())).collect::<Vec<_>>();
        let waits = figures.hours.iter().filter(|h| h.wait.count > 0).map(|h| bar(lang, hour(h.hour), h.wait)).collect::<Vec<_>>();
        let visits = figures.hours.iter().filter(|h| h.service.count > 0).map(|h| bar(lang, hour(h.hour), h.service)).collect::<Vec<_>>();
        let peak = figures.hours.iter().max_by_key(|h| h.taken).map(|h| hour(h.hour)).unwrap_or_default();
        let found = match lang {
            Lang::Zh => format!("取号最多的时段是 {peak}"),
            Lang::En => format!("Most tickets are taken at {peak}"),
        };
        let any = !taken.is_empty();
        let load = figures
            .windows
            .iter()
            .map(|(id, mean)| {
                let name = board.window(*id).map(|window| window_name(lang, window.no)).unwrap_or_default();
                vec![Cell::text(name), Cell::text(mean.count), Cell::text(mean.micros / 60_000_000), Cell::text(minutes(lang, *mean))]
            })
            .collect();
        let load_head = vec![
            Column::text(tr(lang, "窗口", "Window")),
            Column::number(tr(lang, "办理数", "Visits")),
            Column::number(tr(lang, "办理分钟", "Minutes busy")),
            Column::number(tr(lang, "平均", "Mean")),
        ];
        let now = today.then(|| view! {
            <DataTable caption=tr(lang, "现在的等候", "Waiting now") columns=load_columns(lang) rows=load_rows(lang, &board) empty=Empty::new("")/>
        });
        let hours = tr(lang, "时段", "Hour").to_owned();
        view! {
            <h1>{format!("{heading} · {}", office.name.get(lang))}</h1>
            <p>{ui::date(lang, day)}</p>
            {now}
            <Facts items/>
            {any.then(|| view! { <BarChart title=found of=hours.clone() unit=tr(lang, "取号数", "Tickets") bars=taken/> })}
            {(!waits.is_empty()).then(|| view! {
                <BarChart title=tr(lang, "各时段叫到的人平均等了多久", "How long those called in each hour had waited") of=hours.clone() unit=tr(lang, "平均等候", "Mean wait") bars=waits/>
            })}
            {(!visits.is_empty()).then(|| view! {
                <BarChart title=tr(lang, "各时段开始的办理平均用时", "Mean length of the visits begun in each hour") of=hours unit=tr(lang, "平均办理", "Mean visit") bars=visits/>
            })}
            <DataTable caption=tr(lang, "窗口忙闲", "Load of the windows") columns=load_head rows=load
                empty=Empty::new(tr(lang, "当日还没有办结的号。", "No visit has ended on this day."))/>
            <Pager previous=at(day.plus_days(-1)) next=if today { String::new() } else { at(day.plus_days(1)) }/>
        }
    })
}
