//! The last days of annual reports, and the draw of inspections.

use kernel::Lang;
use leptos::prelude::*;
use organizations::supervision::{Windows, numbers};
use ui::{Button, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, Notice, Page, Select, Shell, Tone, Values, tr, url};

use super::places;

/// The law's days, those that were set, and the form of a head; `regions` are codes and names to choose from.
pub fn windows(shell: &Shell, windows: Windows, heads: bool, regions: &[(String, String)], values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "年度工作报告报送期限", "Last days of annual reports");
    let (names, places) = (regions.to_vec(), places(regions));
    let values = values.or("year", windows.year);
    ui::render(shell, Page::staff(heading).back(url::desk_proceedings()).values(&values), move || {
        let name = |code: &str| names.iter().find(|(one, _)| one == code).map_or_else(|| code.to_owned(), |(_, name)| name.clone());
        let rows = windows
            .set
            .into_iter()
            .map(|window| {
                vec![
                    Cell::text(window.year),
                    Cell::text(window.kind.map(|kind| kind.name()).unwrap_or_default().get(lang)),
                    Cell::text(name(window.region.as_str())),
                    Cell::text(ui::date(lang, window.due)),
                    Cell::text(window.source),
                    Cell::text(format!("{} {}", window.entered_by, ui::moment(lang, window.entered_at))),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "报告年度", "Year")),
            Column::text(tr(lang, "类型", "Organisations")),
            Column::text(tr(lang, "地区", "Region")),
            Column::text(tr(lang, "报送截止", "Last day")),
            Column::text(tr(lang, "依据的通知", "Notice")),
            Column::text(tr(lang, "登记", "Entered")),
        ];
        let classes: Vec<Choice> = numbers::classes().into_iter().map(|(class, kind)| Choice::new(class, kind.name().get(lang))).collect();
        let form = heads.then(|| {
            view! {
                <h2>{tr(lang, "延长报送期限", "Postpone the last day")}</h2>
                <Form action=url::desk_report_windows() values>
                    <Select name="region" label=tr(lang, "地区（含下级）", "Region (and everything below)") options=places empty=tr(lang, "请选择", "Choose")/>
                    <Field name="year" label=tr(lang, "报告年度", "Year of the report") kind=Kind::Number/>
                    <Select name="class" label=tr(lang, "类型", "Organisations") options=classes empty=tr(lang, "请选择", "Choose")/>
                    <Field name="due" label=tr(lang, "报送截止日期", "Last day") kind=Kind::Date/>
                    <Field name="source" label=tr(lang, "通知名称和文号", "Notice and its number")/>
                    <Button>{tr(lang, "保存", "Save")}</Button>
                </Form>
            }
        });
        let year = windows.year;
        let legal: Vec<_> = windows.legal.into_iter().map(|(kind, due)| Fact::new(kind.name().get(lang), ui::date(lang, due))).collect();
        view! {
            <h1>{heading}</h1>
            <h2>{match lang { Lang::Zh => format!("{year}年度报告的法定期限"), Lang::En => format!("By law, for {year}") }}</h2>
            <Facts items=legal/>
            <Notice tone=Tone::Plain><p>{tr(lang, "遇休息日已顺延。只可延长，不可提前。", "Moved off days of rest. A day can only be postponed.")}</p></Notice>
            <DataTable caption=tr(lang, "延长的期限，年度近的在前", "Days postponed, the latest year first") columns rows empty=Empty::new(tr(lang, "没有延长的期限，按法定期限办理。", "No day was postponed: those of the law hold."))/>
            {form}
        }
    })
}

/// The draw: organisations by lot, and two inspectors for each.
pub fn draw(shell: &Shell, regions: &[(String, String)], values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "双随机抽查", "Draw inspections");
    let places = places(regions);
    ui::render(shell, Page::staff(heading).back(url::desk_proceedings()).values(&values), move || {
        let each = numbers::limits().inspection_officers.text();
        let words = match lang {
            Lang::Zh => format!("随机抽取检查对象，并为每个对象随机选派{}名检查人员。", each.zh),
            Lang::En => format!("Organisations are drawn by lot, and {} inspectors for each of them.", each.en),
        };
        view! {
            <h1>{heading}</h1>
            <p>{words}</p>
            <Form action=url::desk_inspection_draw() values>
                <Select name="region" label=tr(lang, "地区（含下级）", "Region (and everything below)") options=places empty=tr(lang, "请选择", "Choose")/>
                <Field name="count" label=tr(lang, "抽取数量（不超过50）", "How many (at most 50)") kind=Kind::Number/>
                <Field name="source" label=tr(lang, "抽查计划名称", "Name of the plan")/>
                <Button>{tr(lang, "抽取", "Draw")}</Button>
            </Form>
        }
    })
}
