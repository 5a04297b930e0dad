//! The list behind a figure, and the forms of the reports.

use kernel::Lang;
use leptos::prelude::*;
use ::statistics::{Asked, Behind, ComplaintList, Counted, Datum, Form as Report, Length, List, Measure, Sheet};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Field, Form, Hidden, Kind, Method, Page, Pager, PrintButton, Select, Shell, Values, tr, url,
};

use super::statistics::{address, typed};

/// The list behind a figure.
pub fn list(shell: &Shell, list: List) -> String {
    let lang = shell.lang;
    let List { asked, measure, figure, lines, next, applicants } = list;
    let name = measure.name().get(lang).to_owned();
    let heading = format!("{name} · {} · {figure}", asked.span.name().get(lang));
    let cards = matches!(measure, Measure::CardsYellow | Measure::CardsRed | Measure::CardsCancelled);
    let ratings = Measure::LEVELS.contains(&measure);
    let here = [("figure", measure.code())];
    let next = next.map(|key| address(url::statistics_cases(), &asked, &[here[0], ("after", &key)])).unwrap_or_default();
    let export = |format: &'static str| address(url::statistics_export(), &asked, &[("what", measure.code()), ("format", format)]);
    let (xlsx, csv) = (export("xlsx"), export("csv"));
    let mut head = Vec::new();
    if !ratings {
        head.push(Column::text(if cards { tr(lang, "监察编号", "Card") } else { tr(lang, "受理编号", "Case number") }));
    }
    head.push(Column::text(tr(lang, "日期", "Day")));
    if applicants && !cards && !ratings {
        head.push(Column::text(tr(lang, "申请人", "Applicant")));
    }
    head.extend([
        Column::text(tr(lang, "事项", "Item")),
        Column::text(tr(lang, "单位", "Organisation")),
        Column::text(tr(lang, "渠道", "Channel")),
        Column::text(match (cards, ratings) {
            (true, _) => tr(lang, "情况", "What happened"),
            (_, true) => tr(lang, "服务点", "Service point"),
            _ => tr(lang, "环节", "Phase"),
        }),
    ]);
    let rows = lines
        .into_iter()
        .map(|line| {
            let mut row = Vec::new();
            if !ratings {
                row.push(match line.behind {
                    Behind::Case(case) => Cell::link(url::work_case(case), line.number),
                    Behind::Card(card) => Cell::link(url::card(card), line.number),
                    Behind::Nothing => Cell::text(line.number),
                });
            }
            row.push(Cell::text(line.day.text(lang)));
            if applicants && !cards && !ratings {
                row.push(Cell::text(line.applicant));
            }
            row.extend([line.item, line.org, line.channel, line.words].map(|words| Cell::text(words.get(lang))));
            row
        })
        .collect();
    let back = address(url::statistics(), &asked, &[]);
    let empty = Empty::new(tr(lang, "这个指标下没有办件。", "Nothing is counted by this figure.")).act(back.clone(), tr(lang, "回到统计", "Back to the figures"));
    let definition = measure.definition().get(lang).to_owned();
    ui::render(shell, Page::staff(name.clone()).wide().back(back), move || {
        view! {
            <h1>{heading}</h1>
            <p class="hint">{definition}</p>
            <DataTable caption=tr(lang, "按日期排列", "By day") columns=head rows empty/>
            <Pager next/>
            <ul class="link-list">
                <li><a href=xlsx>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
                <li><a href=csv>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
            </ul>
        }
    })
}

/// A form of the reports, filled in; without a sheet only the filters, for a question that it cannot answer.
pub fn form(shell: &Shell, form: Report, asked: &Asked, values: Values, sheet: Option<Sheet>) -> String {
    let lang = shell.lang;
    let title = format!("{} {}", form.code(), form.name().get(lang));
    let asked = asked.clone();
    let values = typed(&asked).pairs().fold(values, |values, (name, value)| values.or(name, value)).with("form", form.code());
    ui::render(shell, Page::staff(title.clone()).wide().values(&values).back(address(url::statistics(), &asked, &[])), move || {
        let shown = sheet.map(|sheet| shown(lang, form, &asked, sheet));
        view! { <h1>{title}</h1>{filters(lang, &asked, values)}{shown} }
    })
}

fn filters(lang: Lang, asked: &Asked, values: Values) -> AnyView {
    let forms = Report::ALL.map(|form| Choice::new(form.code(), format!("{} {}", form.code(), form.name().get(lang)))).to_vec();
    let which = move || view! { <Select name="form" label=tr(lang, "报表", "Form") options=forms/> }.into_any();
    // What was narrowed before stays narrowed.
    let kept = asked.query().into_iter().filter(|(name, value)| !["period", "at", "by"].contains(name) && !value.is_empty());
    period(lang, url::statistics_forms(), &Length::ALL, kept.collect(), values, which)
}

/// The form that asks for a period: where it is sent, which lengths there are, what is sent along, and what else is asked first.
pub(super) fn period(
    lang: Lang,
    action: String,
    lengths: &[Length],
    kept: Vec<(&'static str, String)>,
    values: Values,
    first: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    let lengths = lengths.iter().map(|length| Choice::new(length.code(), length.name().get(lang))).collect();
    let kept: Vec<_> = kept.into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect();
    view! {
        <Form action method=Method::Get values class="inline">
            {first()}
            <Select name="period" label=tr(lang, "周期", "Period") options=lengths/>
            <Field name="at" label=tr(lang, "其中一天", "A day in it") kind=Kind::Date/>
            {kept}
            <Button kind=ButtonKind::Secondary>{tr(lang, "统计", "Count")}</Button>
        </Form>
    }
    .into_any()
}

fn shown(lang: Lang, form: Report, asked: &Asked, sheet: Sheet) -> AnyView {
    let head = sheet
        .columns
        .iter()
        .map(|(name, figure)| if *figure { Column::number(name.get(lang)) } else { Column::text(name.get(lang)) })
        .collect();
    let cell = |datum: &Datum| match datum {
        Datum::Complaints(1.., counted) => Cell::link(behind(asked, counted, url::statistics_complaints(), &[]), datum.text(lang)),
        other => Cell::text(other.text(lang)),
    };
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let caption = sheet.title.get(lang).to_owned();
    let export = |format: &'static str| address(url::statistics_export(), asked, &[("what", form.code()), ("format", format)]);
    view! {
        <div class="figures"><DataTable caption columns=head rows empty=Empty::new(tr(lang, "这段时间没有数据，请换一个周期。", "There is nothing in this time: choose another period."))/></div>
        <ul class="link-list">
            <li><a href=export("xlsx")>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
            <li><a href=export("csv")>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
        </ul>
        <PrintButton/>
    }
    .into_any()
}

/// The address of the list behind a count of questions and complaints.
fn behind(asked: &Asked, counted: &Counted, to: String, more: &[(&str, &str)]) -> String {
    let what = [("kind", counted.kind.as_str()), ("source", counted.source.as_str()), ("count", counted.what.code())];
    address(to, asked, &what.iter().chain(more).copied().collect::<Vec<_>>())
}

/// The questions and complaints behind a count: neither title nor person.
pub fn complaints(shell: &Shell, list: ComplaintList) -> String {
    let lang = shell.lang;
    let ComplaintList { asked, counted, lines, next } = list;
    let name = counted.name().get(lang).to_owned();
    let heading = format!("{name} · {}", asked.span.name().get(lang));
    let next = next.map(|key| behind(&asked, &counted, url::statistics_complaints(), &[("after", &key)])).unwrap_or_default();
    let export = |format: &'static str| behind(&asked, &counted, url::statistics_complaints_export(), &[("format", format)]);
    let (xlsx, csv) = (export("xlsx"), export("csv"));
    let head = vec![
        Column::text(tr(lang, "受理编号", "Receipt number")),
        Column::text(tr(lang, "收到日期", "Received")),
        Column::text(tr(lang, "进度", "State")),
        Column::text(tr(lang, "反映的单位", "About")),
        Column::text(tr(lang, "承办单位", "Unit")),
        Column::text(tr(lang, "督办", "Supervised")),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            vec![
                Cell::link(url::desk_complaint(line.id), line.number),
                Cell::text(line.day.text(lang)),
                Cell::text(line.state.get(lang)),
                Cell::text(line.org.get(lang)),
                Cell::text(line.unit.get(lang)),
                Cell::text(if line.supervised { tr(lang, "是", "Yes") } else { tr(lang, "否", "No") }),
            ]
        })
        .collect();
    let back = address(url::statistics_forms(), &asked, &[("form", Report::Cmp1.code())]);
    let empty = Empty::new(tr(lang, "没有符合条件的件。", "Nothing of the kind.")).act(back.clone(), tr(lang, "回到报表", "Back to the form"));
    ui::render(shell, Page::staff(name).wide().back(back), move || {
        view! {
            <h1>{heading}</h1>
            <DataTable caption=tr(lang, "按日期排列", "By day") columns=head rows empty/>
            <Pager next/>
            <ul class="link-list">
                <li><a href=xlsx>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
                <li><a href=csv>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
            </ul>
        }
    })
}
