//! The report of a service: figures with their definitions, by region, drawn, and the list behind each.

use kernel::Lang;
use leptos::prelude::*;
use ::statistics::{Answer, Asked, CountList, Datum, Length, RegionLine, Row, Span, rules};
use ui::{Bar, BarChart, Cell, Column, ColumnChart, DataTable, Empty, Fact, Facts, Notice, Page, Pager, Shell, StatusTag, Tone, Values, tr, url};

use super::statistics::address;
use super::statistics_list::period;

/// The report; without an answer only the filters, for a question that it cannot answer.
pub fn report(shell: &Shell, code: &str, asked: &Asked, values: Values, answer: Option<&Answer>) -> String {
    let lang = shell.lang;
    let title = answer.map_or_else(|| tr(lang, "统计报表", "Report").to_owned(), |answer| answer.report().name.get(lang).to_owned());
    let heading = match answer {
        Some(answer) => format!("{title} · {} · {}", answer.region_name(), asked.span.name().get(lang)),
        None => title.clone(),
    };
    let asked = answer.map_or_else(|| asked.clone(), |answer| answer.asked.clone());
    let values = asked.query().into_iter().fold(values, |values, (name, value)| values.or(name, value));
    let page = Page::staff(title).wide().values(&values).back(address(url::statistics(), &asked, &[]));
    let code = code.to_owned();
    ui::render(shell, page, move || {
        let body = answer.map(|answer| body(lang, &code, answer));
        view! {
            <h1>{heading}</h1>
            {filters(lang, &code, &asked, values)}
            {body}
        }
    })
}

fn filters(lang: Lang, code: &str, asked: &Asked, values: Values) -> AnyView {
    let region = asked.region.map(|region| ("region", region.to_string())).into_iter().collect();
    period(lang, url::statistics_report(code), &[Length::Month, Length::Quarter, Length::Year], region, values, || ().into_any())
}

fn body(lang: Lang, code: &str, answer: &Answer) -> AnyView {
    let export = |format: &str| address(url::statistics_report_export(code), &answer.asked, &[("format", format)]);
    view! {
        {trail(lang, code, answer)}
        {hidden(lang, answer)}
        {figures(lang, code, answer)}
        {shares(lang, answer)}
        {course(lang, answer)}
        {groups(lang, answer)}
        {regions(lang, code, answer)}
        {noted(lang, answer)}
        {checks(lang, answer)}
        {definitions(lang, answer)}
        <ul class="link-list">
            <li><a href=export("xlsx")>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
            <li><a href=export("csv")>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
        </ul>
    }
    .into_any()
}

/// To the regions above.
fn trail(lang: Lang, code: &str, answer: &Answer) -> Option<AnyView> {
    let above = answer.path.len().saturating_sub(1);
    (above > 0).then(|| {
        let links: Vec<_> = answer.path[..above]
            .iter()
            .map(|(region, name)| {
                let asked = Asked { region: Some(*region), only: false, ..answer.asked.clone() };
                view! { <li><a href=address(url::statistics_report(code), &asked, &[])>{name.clone()}</a></li> }
            })
            .collect();
        view! { <nav class="trail" aria-label=tr(lang, "上级地区", "Regions above")><ul class="link-list">{links}</ul></nav> }.into_any()
    })
}

fn hidden(lang: Lang, answer: &Answer) -> Option<AnyView> {
    let smallest = rules().smallest_cell;
    answer.hides().then(|| {
        let words = lang.pick(
            format!("小于{smallest}的数字对本单位以外不显示，以 * 代替；为免推算，相邻的数字也可能不显示。"),
            format!("Figures below {smallest} are not shown outside the office; an asterisk stands for them, and for a neighbour that would give them away."),
        );
        view! { <Notice tone=Tone::Mind><p>{words}</p></Notice> }.into_any()
    })
}

fn number(lang: Lang, n: Option<i64>) -> String {
    Datum::count(n).text(lang)
}

fn figures(lang: Lang, code: &str, answer: &Answer) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "指标", "Figure")),
        Column::text(tr(lang, "单位", "Unit")),
        Column::number(tr(lang, "按发生日", "By its days")),
        Column::number(tr(lang, "更正", "Corrections")),
        Column::number(tr(lang, "上报数", "Reported")),
        Column::number(tr(lang, "上期", "Period before")),
        Column::number(tr(lang, "本年累计", "Year so far")),
    ];
    let row = |row: &Row| {
        let words = number(lang, row.counted);
        let counted = match row.counted {
            Some(1..) if answer.inside => Cell::link(address(url::statistics_report_cases(code), &answer.asked, &[("figure", &row.tally.code)]), words),
            _ => Cell::text(words),
        };
        vec![
            Cell::text(row.tally.name.get(lang)),
            Cell::text(row.tally.unit.get(lang)),
            counted,
            Cell::text(row.adjusted.map_or_else(|| "*".to_owned(), |by| if by == 0 { "0".to_owned() } else { format!("{by:+}") })),
            Cell::text(number(lang, row.reported)),
            Cell::text(number(lang, row.before)),
            Cell::text(number(lang, row.year)),
        ]
    };
    let caption = answer.sheet().title.get(lang).to_owned();
    view! { <div class="figures"><DataTable caption columns rows=answer.rows.iter().map(row).collect() empty=Empty::new("")/></div> }.into_any()
}

fn shares(lang: Lang, answer: &Answer) -> AnyView {
    let facts = answer.report().shares.iter().zip(&answer.shares).map(|(share, value)| {
        let counts = value.map(|share| lang.pick(format!("（{}/{}）", share.part, share.whole), format!(" ({} of {})", share.part, share.whole)));
        let value = Datum::share(*value).text(lang);
        let definition = share.definition.get(lang).to_owned();
        Fact::view(share.name.get(lang), view! { <strong>{value}</strong>{counts}" "<span class="hint">{definition}</span> })
    });
    let rates = answer.report().rates.iter().zip(&answer.rates).filter_map(|(rate, value)| {
        let value = (*value)?;
        let of = lang.pick(format!("{}人（{}）", value.of.mean, value.of.source.zh), format!("{} people ({})", value.of.mean, value.of.source.en));
        let words = format!("{}{of}", rate.definition.get(lang));
        Some(Fact::view(rate.name.get(lang), view! { <strong>{value.text()}</strong>" "<span class="hint">{words}</span> }))
    });
    view! { <Facts items=facts.chain(rates).collect()/> }.into_any()
}

fn bar(lang: Lang, label: String, n: Option<i64>) -> Bar {
    Bar { label, value: n.unwrap_or_default() as f64, text: number(lang, n) }
}

/// The drawn figure by month.
fn course(lang: Lang, answer: &Answer) -> Option<AnyView> {
    let name = answer.report().tally(&answer.report().course)?.name.get(lang).to_owned();
    (answer.course.len() > 1).then(|| {
        let bars = answer.course.iter().map(|(month, n)| bar(lang, lang.pick(format!("{}月", month.month()), month.month().to_string()), *n)).collect();
        let title = lang.pick(format!("{name}，逐月"), format!("{name} by month"));
        view! { <ColumnChart title of=tr(lang, "月", "Month") unit=name bars/> }.into_any()
    })
}

fn groups(lang: Lang, answer: &Answer) -> Vec<AnyView> {
    let drawn = answer.report().groups.iter().filter_map(|group| {
        let rows: Vec<&Row> = group.parts.iter().filter_map(|code| answer.row(code)).collect();
        let most = rows.iter().filter(|row| row.reported.is_some_and(|n| n > 0)).max_by_key(|row| row.reported)?;
        let (group, first) = (group.name.get(lang).to_owned(), most.tally.name.get(lang));
        let title = lang.pick(format!("{group}：最多的是{first}"), format!("{group}: most are {first}"));
        let unit = most.tally.unit.get(lang).to_owned();
        let bars = rows.iter().map(|row| bar(lang, row.tally.name.get(lang).to_owned(), row.reported)).collect();
        Some(view! { <BarChart title of=group unit bars/> }.into_any())
    });
    drawn.collect()
}

fn regions(lang: Lang, code: &str, answer: &Answer) -> AnyView {
    let report = answer.report();
    let heads = report.lines.iter().filter_map(|code| report.tally(code)).map(|tally| Column::number(tally.name.get(lang)));
    let columns = std::iter::once(Column::text(tr(lang, "地区", "Region"))).chain(heads).collect();
    let row = |line: &RegionLine| {
        let name = line.name.get(lang).to_owned();
        let first = if line.below { Cell::link(address(url::statistics_report(code), &line.asked, &[]), name) } else { Cell::text(name) };
        let figures = report.lines.iter().zip(&line.values).map(|(tally, n)| match n {
            Some(1..) if answer.inside => {
                Cell::link(address(url::statistics_report_cases(code), &line.asked, &[("figure", tally)]), number(lang, *n))
            }
            _ => Cell::text(number(lang, *n)),
        });
        std::iter::once(first).chain(figures).collect()
    };
    let empty = Empty::new(tr(lang, "这段时间没有数据。", "Nothing in this time."));
    view! { <div class="figures"><DataTable caption=tr(lang, "按地区（按发生日）", "By region (by its days)") columns rows=answer.lines.iter().map(row).collect() empty/></div> }
        .into_any()
}

/// Corrections that are reported in this period, each with its month.
fn noted(lang: Lang, answer: &Answer) -> Option<AnyView> {
    (!answer.noted.is_empty()).then(|| {
        let columns = vec![
            Column::text(tr(lang, "指标", "Figure")),
            Column::text(tr(lang, "属于", "Belongs to")),
            Column::text(tr(lang, "更正时间", "Noted at")),
            Column::number(tr(lang, "更正", "Correction")),
        ];
        let rows = answer.noted.iter().map(|one| {
            let by = one.by.map_or_else(|| "*".to_owned(), |by| format!("{by:+}"));
            vec![
                Cell::text(one.tally.name.get(lang)),
                Cell::text(Span::around(Length::Month, one.month).name().get(lang)),
                Cell::text(ui::moment(lang, one.at)),
                Cell::text(by),
            ]
        });
        let caption = tr(lang, "计入本期的更正", "Corrections reported in this period");
        view! { <DataTable caption columns rows=rows.collect() empty=Empty::new("")/> }.into_any()
    })
}

fn checks(lang: Lang, answer: &Answer) -> AnyView {
    let rows: Vec<_> = answer
        .checks
        .iter()
        .map(|check| {
            let (tone, word) = if check.holds { (Tone::Good, tr(lang, "一致", "Holds")) } else { (Tone::Bad, tr(lang, "不一致", "Does not hold")) };
            view! { <li><StatusTag tone word/>" "{check.what.get(lang).to_owned()}</li> }
        })
        .collect();
    let counted = answer.run.map_or_else(
        || tr(lang, "尚未统计", "Not counted yet").to_owned(),
        |(_, at)| lang.pick(format!("统计时间：{}", ui::moment(lang, at)), format!("Counted at {}", ui::moment(lang, at))),
    );
    view! {
        <h2>{tr(lang, "勾稽关系", "Checks")}</h2>
        <ul class="checks">{rows}</ul>
        <p class="hint">{counted}</p>
    }
    .into_any()
}

/// What each figure means; open, because a figure without its definition says nothing.
fn definitions(lang: Lang, answer: &Answer) -> AnyView {
    // Figures with one definition, such as the ages, have one line.
    let mut meanings: Vec<(String, &str)> = Vec::new();
    for tally in &answer.report().tallies {
        let (name, meaning) = (tally.name.get(lang), tally.definition.get(lang));
        match meanings.last_mut() {
            Some((names, last)) if *last == meaning => *names = format!("{names}{}{name}", tr(lang, "、", ", ")),
            _ => meanings.push((name.to_owned(), meaning)),
        }
    }
    let facts = meanings.into_iter().map(|(names, meaning)| Fact::new(names, meaning)).collect();
    let source = format!("{}{}", tr(lang, "报表依据：", "Source: "), answer.report().source.get(lang));
    let words = tr(
        lang,
        "上报数以封账时为准；封账后发现的变动计入发现的当期，并注明属于哪个月。",
        "A figure is reported as its month was closed; what is found out later is reported in the period in which it was noted, with its month.",
    );
    view! {
        <h2>{tr(lang, "各指标的含义", "What the figures mean")}</h2>
        <p class="hint">{source}</p>
        <p class="hint">{words}</p>
        <Facts items=facts/>
    }
    .into_any()
}

/// The list behind a figure of a report.
pub fn cases(shell: &Shell, list: &CountList) -> String {
    let lang = shell.lang;
    let name = list.tally.name.get(lang).to_owned();
    let heading = format!("{name} · {}", list.asked.span.name().get(lang));
    let figure = [("figure", list.tally.code.as_str())];
    let next = list.next.as_ref().map(|key| address(url::statistics_report_cases(&list.report), &list.asked, &[figure[0], ("after", key)]));
    let export = |format: &str| address(url::statistics_report_export(&list.report), &list.asked, &[("what", &list.tally.code), ("format", format)]);
    let (xlsx, csv) = (export("xlsx"), export("csv"));
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "日期", "Day")),
        Column::text(tr(lang, "事项", "Item")),
        Column::text(tr(lang, "单位", "Organisation")),
        Column::number(tr(lang, "计数", "Counts")),
    ];
    let rows = list.lines.iter().map(|line| {
        let number = if line.number.is_empty() { "—" } else { &line.number };
        vec![
            Cell::text(number),
            Cell::text(line.day.text(lang)),
            Cell::text(line.item.get(lang)),
            Cell::text(line.org.get(lang)),
            Cell::text(line.n),
        ]
    });
    let rows = rows.collect();
    let back = address(url::statistics_report(&list.report), &list.asked, &[]);
    let empty = Empty::new(tr(lang, "这个指标下没有数据。", "Nothing is counted by this figure.")).act(back.clone(), tr(lang, "回到报表", "Back to the report"));
    let definition = list.tally.definition.get(lang).to_owned();
    ui::render(shell, Page::staff(name).wide().back(back), move || {
        view! {
            <h1>{heading}</h1>
            <p class="hint">{definition}</p>
            <DataTable caption=tr(lang, "按日期排列", "By day") columns rows empty/>
            <Pager next=next.unwrap_or_default()/>
            <ul class="link-list">
                <li><a href=xlsx>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
                <li><a href=csv>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
            </ul>
        }
    })
}
