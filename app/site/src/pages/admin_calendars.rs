//! Calendars of working days: which years are known, and the form that imports a notice.

use kernel::calendar::{Calendar, DayKind};
use leptos::prelude::*;
use platform::calendars::Notice;
use ui::{Button, Cell, Column, DataTable, Empty, Field, Form, Kind, Page, Shell, TextArea, Tone, Values, Width, tr, url};

/// The years from the one before `this_year` to two after, with their sources, and the import.
pub fn calendars(shell: &Shell, this_year: i16, calendar: &Calendar, imported: &[Notice], values: Values) -> String {
    let lang = shell.lang;
    let rows = (this_year - 1..=this_year + 2).map(|year| row(shell, year, calendar, imported)).collect();
    let columns = vec![
        Column::text(tr(lang, "年份", "Year")),
        Column::text(tr(lang, "状态", "State")),
        Column::number(tr(lang, "放假天数", "Days off")),
        Column::number(tr(lang, "调休上班天数", "Worked weekend days")),
        Column::text(tr(lang, "来源", "Source")),
    ];
    let example = "2027-01-01,holiday,元旦\n2027-01-09,makeup,元旦";
    let page = Page::staff(tr(lang, "工作日历", "Working days")).values(&values);
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "工作日历", "Working days")}</h1>
            <p>{tr(
                lang,
                "办理时限按这里的日历计算。没有通知的年份按法定节假日和双休日暂算，导入后自动重算并通知当事人。",
                "Time limits are counted by these calendars. A year without its notice is counted provisionally; after the import everything is counted again and people are told.",
            )}</p>
            <DataTable caption=tr(lang, "各年日历", "Calendars by year") columns rows empty=Empty::new(tr(lang, "没有日历。", "There are none."))/>
            <h2>{tr(lang, "导入年度放假安排", "Import the notice of a year")}</h2>
            <Form action=url::admin_calendars() values>
                <Field name="year" label=tr(lang, "年份", "Year") kind=Kind::Number width=Width::Short/>
                <Field name="source" label=tr(lang, "通知文号或来源", "Number or source of the notice")/>
                <TextArea name="calendar" label=tr(lang, "日期", "Days")
                    hint=format!("{} {example}", tr(lang, "每行一天：日期,holiday 或 makeup,节日名。例如：", "One day a line: date, holiday or makeup, name. For example:"))/>
                <Button>{tr(lang, "导入并重算", "Import and count again")}</Button>
            </Form>
        }
    })
}

fn row(shell: &Shell, year: i16, calendar: &Calendar, imported: &[Notice]) -> Vec<Cell> {
    let lang = shell.lang;
    let Some(known) = calendar.years().find(|known| known.year == year) else {
        let state = Cell::tag(Tone::Mind, tr(lang, "暂算", "Provisional"));
        return vec![Cell::text(year), state, Cell::text("—"), Cell::text("—"), Cell::text(tr(lang, "法定节假日", "Statutory holidays"))];
    };
    let count = |kind| known.special.values().filter(|day| day.kind == kind).count();
    let source = match imported.iter().find(|notice| notice.year == i64::from(year)) {
        Some(notice) => format!("{} · {} · {}", notice.source, notice.imported_by, ui::moment(lang, notice.imported_at)),
        None => known.source.clone(),
    };
    vec![
        Cell::text(year),
        Cell::tag(Tone::Good, tr(lang, "已载入", "Loaded")),
        Cell::text(count(DayKind::Holiday)),
        Cell::text(count(DayKind::Makeup)),
        Cell::text(source),
    ]
}
