//! The figures: a question as filters, its answer as key figures, pictures and a table of which every number opens its list.

use kernel::{Channel, Day, Lang, Text};
use leptos::prelude::*;
use ::statistics::{Asked, By, Datum, Form as Report, Length, Measure, Shown, Side, Span, Table, TableLine, columns, rules};
use ui::{
    Bar, BarChart, Button, ButtonKind, Cell, Choice, Column, ColumnChart, DataTable, Empty, Fact, Facts, Field, Form, Glyph, Icon, Kind, Method, Notice, Page, PrintButton,
    Select, Shell, StatusTag, Tone, Values, tr, url,
};

/// Lines of the picture.
const BARS: usize = 12;

/// The address of a question at one of the pages of figures.
pub(super) fn address(page: String, asked: &Asked, more: &[(&str, &str)]) -> String {
    let query = asked.query();
    let pairs: Vec<(&str, &str)> = query.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied()).collect();
    url::with(page, &pairs)
}

/// The question as a form has it.
pub(super) fn typed(asked: &Asked) -> Values {
    asked.query().into_iter().fold(Values::new(), |values, (name, value)| values.with(name, value))
}

/// The page of figures.
pub fn page(shell: &Shell, values: Values, table: Table) -> String {
    let (lang, today) = (shell.lang, shell.today);
    let title = tr(lang, "办件统计", "Figures");
    let heading = format!("{title} · {} · {}", table.region_name(), table.asked.span.name().get(lang));
    let values = table.asked.query().into_iter().fold(values, |values, (name, value)| values.or(name, value));
    let page = Page::staff(title).wide().values(&values);
    ui::render(shell, page, move || {
        view! {
            <h1>{heading}</h1>
            {trail(lang, &table)}
            {filters(lang, &table, values)}
            {neighbours(lang, &table.asked, today)}
            {body(lang, &table)}
            <h2>{tr(lang, "报表和导出", "Reports and exports")}</h2>
            <ul class="link-list">
                <li><a href=address(url::statistics_export(), &table.asked, &[("format", "xlsx")])>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
                <li><a href=address(url::statistics_export(), &table.asked, &[("format", "csv")])>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
                <li><a href=address(url::statistics_print(), &table.asked, &[])>{tr(lang, "打印", "Print")}</a></li>
                {reports(lang, &table.asked)}
                {declared(lang, &table)}
            </ul>
        }
    })
}

fn reports(lang: Lang, asked: &Asked) -> Vec<AnyView> {
    let link = |form: Report| {
        let words = format!("{} {}", form.code(), form.name().get(lang));
        view! { <li><a href=address(url::statistics_forms(), asked, &[("form", form.code())])>{words}</a></li> }.into_any()
    };
    Report::ALL.into_iter().map(link).collect()
}

/// The reports of services, for the period that is shown.
fn declared(lang: Lang, table: &Table) -> Vec<AnyView> {
    let asked = Asked { channel: None, ..table.asked.clone() };
    let link = |(code, name): &(String, Text)| {
        view! { <li><a href=address(url::statistics_report(code), &asked, &[])>{name.get(lang).to_owned()}</a></li> }.into_any()
    };
    table.reports.iter().map(link).collect()
}

/// The same on paper.
pub fn print(shell: &Shell, table: Table) -> String {
    let lang = shell.lang;
    let title = table.sheet().title.get(lang).to_owned();
    let back = address(url::statistics(), &table.asked, &[]);
    ui::render(shell, Page::print(title.clone()).back(back), move || {
        view! {
            <PrintButton/>
            <article>
                <h1>{title}</h1>
                {key_figures(lang, &table)}
                {lines(lang, &table, false)}
                {standing(lang, &table)}
            </article>
        }
    })
}

/// The way down from the highest region that the reader may see.
fn trail(lang: Lang, table: &Table) -> Option<AnyView> {
    let above = table.path.len().saturating_sub(1);
    (above > 0).then(|| {
        let links: Vec<_> = table.path[..above]
            .iter()
            .map(|(code, name)| {
                let asked = Asked { region: Some(*code), only: false, by: By::Region, ..table.asked.clone() };
                view! { <li><a href=address(url::statistics(), &asked, &[])>{name.clone()}</a></li> }
            })
            .collect();
        view! { <nav class="trail" aria-label=tr(lang, "上级地区", "Regions above")><ul class="link-list">{links}</ul></nav> }.into_any()
    })
}

fn filters(lang: Lang, table: &Table, values: Values) -> AnyView {
    let choices = |all: Vec<(String, Text)>| -> Vec<Choice> { all.into_iter().map(|(value, name)| Choice::new(value, name.get(lang))).collect() };
    let lengths = choices(Length::ALL.map(|length| (length.code().to_owned(), length.name())).to_vec());
    let regions = table.path.iter().chain(&table.below).map(|(code, name)| Choice::new(code.to_string(), name.clone())).collect();
    let orgs = choices(table.orgs.iter().map(|(id, name)| (id.to_string(), name.clone())).collect());
    let items = choices(table.items.clone());
    let channels = choices(Channel::ALL.map(|channel| (channel.digit().to_string(), channel.text())).to_vec());
    let sides = choices(Side::ALL.map(|side| (if side == Side::Owner { String::new() } else { side.code().to_owned() }, side.name())).to_vec());
    let kinds = choices(By::ALL.map(|by| (by.code().to_owned(), by.name())).to_vec());
    let all = tr(lang, "全部", "All");
    view! {
        <Form action=url::statistics() method=Method::Get values class="inline" id="figures">
            <Select name="period" label=tr(lang, "周期", "Period") options=lengths/>
            <Field name="at" label=tr(lang, "其中一天", "A day in it") kind=Kind::Date/>
            <Select name="region" label=tr(lang, "地区", "Region") options=regions/>
            <Select name="org" label=tr(lang, "单位", "Organisation") options=orgs empty=all/>
            <Select name="item" label=tr(lang, "事项", "Item") options=items empty=all/>
            <Select name="channel" label=tr(lang, "渠道", "Channel") options=channels empty=all/>
            <Select name="side" label=tr(lang, "统计口径", "Counted where") options=sides/>
            <Select name="by" label=tr(lang, "按什么分行", "Lines by") options=kinds/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "统计", "Count")}</Button>
        </Form>
    }
    .into_any()
}

/// To the period before, and to the one after unless it is still to come.
fn neighbours(lang: Lang, asked: &Asked, today: Day) -> AnyView {
    let to = |span: Span| (address(url::statistics(), &Asked { span, ..asked.clone() }, &[]), span.name().get(lang).to_owned());
    let ((before, earlier), after) = (to(asked.span.before()), asked.span.after());
    let next = (after.from <= today).then(|| {
        let (href, later) = to(after);
        view! { <a class="pager-next" href=href rel="next"><Icon glyph=Glyph::Forward/>{later}</a> }
    });
    view! {
        <nav class="pager" aria-label=tr(lang, "前后周期", "Periods before and after")>
            <a class="pager-prev" href=before rel="prev"><Icon glyph=Glyph::Back/>{earlier}</a>
            {next}
        </nav>
    }
    .into_any()
}

fn body(lang: Lang, table: &Table) -> AnyView {
    view! {
        {key_figures(lang, table)}
        {course(lang, table)}
        {picture(lang, table)}
        {lines(lang, table, true)}
        {standing(lang, table)}
        {definitions(lang)}
    }
    .into_any()
}

/// The most important figures with those of the period before.
fn key_figures(lang: Lang, table: &Table) -> AnyView {
    let last = table.asked.span.before().name();
    let fact = |label: &'static str, of: fn(&Shown) -> Datum| {
        let (now, before) = (of(&table.total), of(&table.before));
        let words = lang.pick(format!("{}为 {}", last.zh, before.text(lang)), format!("{} in {}", before.text(lang), last.en));
        let change = match (&now, &before) {
            (Datum::Count(now), Datum::Count(before)) if now != before => format!("（{:+}）", now - before),
            _ => String::new(),
        };
        let change = lang.pick(change.clone(), change.replace('（', " (").replace('）', ")"));
        Fact::view(label, view! { {now.text(lang)}<span class="hint">{words}{change}</span> })
    };
    let items = vec![
        fact(tr(lang, "收件", "Received"), |shown| Datum::count(shown.get(Measure::Received))),
        fact(tr(lang, "受理", "Accepted"), |shown| Datum::count(shown.get(Measure::Accepted))),
        fact(tr(lang, "办结", "Finished"), |shown| Datum::count(shown.get(Measure::Finished))),
        fact(tr(lang, "按时办结率", "On time"), |shown| Datum::share(shown.on_time())),
        fact(tr(lang, "平均用时（工作日）", "Mean working days used"), |shown| Datum::mean(shown.mean(Measure::UsedDays, Measure::Finished))),
        fact(tr(lang, "平均承诺（工作日）", "Mean working days promised"), |shown| Datum::mean(shown.mean(Measure::PromiseDays, Measure::Promised))),
        fact(tr(lang, "预审退回率", "Sent back by the pre-check"), |shown| Datum::share(shown.returned())),
        fact(tr(lang, "补正率", "Had to be corrected"), |shown| Datum::share(shown.corrected())),
        fact(tr(lang, "主动评价率", "Share that rated"), |shown| Datum::share(shown.active())),
        fact(tr(lang, "满意度", "Satisfaction"), |shown| Datum::share(shown.satisfaction())),
    ];
    view! { <Facts items tiles=true/> }.into_any()
}

fn bar(lang: Lang, label: String, n: Option<i64>) -> Bar {
    Bar { label, value: n.unwrap_or_default() as f64, text: Datum::count(n).text(lang) }
}

/// The course of the period: days of a month, months of a year.
fn course(lang: Lang, table: &Table) -> Option<AnyView> {
    let span = table.asked.span;
    let starts: Vec<(Day, String)> = match span.length {
        Length::Day => return None,
        Length::Month => (0..=span.from.days_until(span.to)).map(|n| span.from.plus_days(n)).map(|day| (day, day.day().to_string())).collect(),
        Length::Quarter | Length::Year => (0..12)
            .map(|n| span.from.plus_months(n))
            .filter(|day| *day <= span.to)
            .map(|day| (day, lang.pick(format!("{}月", day.month()), day.month().to_string())))
            .collect(),
    };
    let of = |day: Day| table.course.iter().find(|(start, _)| *start == day).map_or(Some(0), |(_, shown)| shown.get(Measure::Received));
    let peak = table.course.iter().filter_map(|(day, shown)| Some((shown.get(Measure::Received)?, *day))).max().filter(|(n, _)| *n > 0)?;
    let when = Span::around(if span.length == Length::Month { Length::Day } else { Length::Month }, peak.1).name();
    let finding = lang.pick(format!("收件最多的是{}：{}件", when.zh, peak.0), format!("Most came in on {}: {}", when.en, peak.0));
    let unit = if span.length == Length::Month { tr(lang, "日", "Day") } else { tr(lang, "月", "Month") };
    let bars = starts.into_iter().map(|(day, label)| bar(lang, label, of(day))).collect();
    Some(view! { <ColumnChart title=finding of=unit unit=tr(lang, "收件", "Received") bars/> }.into_any())
}

/// The lines with most of what was finished.
fn picture(lang: Lang, table: &Table) -> Option<AnyView> {
    let mut lines: Vec<&TableLine> = table.lines.iter().filter(|line| line.shown.get(Measure::Finished).is_some_and(|n| n > 0)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.shown.get(Measure::Finished)));
    let first = lines.first().filter(|_| lines.len() > 1)?;
    let name = first.name.get(lang).to_owned();
    let finding = lang.pick(format!("办结最多的是{name}"), format!("Most were finished: {name}"));
    let bars = lines.iter().take(BARS).map(|line| bar(lang, line.name.get(lang).to_owned(), line.shown.get(Measure::Finished))).collect();
    Some(view! { <BarChart title=finding of=table.asked.by.name().get(lang).to_owned() unit=tr(lang, "办结", "Finished") bars/> }.into_any())
}

/// The table; on the page its numbers open their lists.
fn lines(lang: Lang, table: &Table, links: bool) -> AnyView {
    let shown_columns = columns();
    let head: Vec<Column> = std::iter::once(Column::text(table.asked.by.name().get(lang)))
        .chain(shown_columns.iter().map(|column| Column::number(column.name.get(lang))))
        .collect();
    let cells = |asked: &Asked, shown: &Shown, opens: bool| -> Vec<Cell> {
        shown_columns
            .iter()
            .map(|column| {
                let datum = (column.of)(shown);
                match (column.opens, &datum) {
                    (Some(measure), Datum::Count(1..)) if opens => {
                        Cell::link(address(url::statistics_cases(), asked, &[("figure", measure.code())]), datum.text(lang))
                    }
                    _ => Cell::text(datum.text(lang)),
                }
            })
            .collect()
    };
    let mut rows: Vec<Vec<Cell>> = table
        .lines
        .iter()
        .map(|line| {
            let name = line.name.get(lang).to_owned();
            let first = if links && line.below { Cell::link(address(url::statistics(), &line.asked, &[]), name) } else { Cell::text(name) };
            std::iter::once(first).chain(cells(&line.asked, &line.shown, links && table.inside && line.listed)).collect()
        })
        .collect();
    if !rows.is_empty() {
        let total = cells(&table.asked, &table.total, links && table.inside);
        rows.push(std::iter::once(Cell::text(tr(lang, "合计", "Total"))).chain(total).collect());
    }
    let caption = table.sheet().title.get(lang).to_owned();
    let why = match table.run {
        None => tr(lang, "夜间统计还没有运行过，请明天再看。", "The nightly count has not run yet: look again tomorrow."),
        Some(_) => tr(lang, "这段时间没有符合条件的办件，请换一个周期或者放宽条件。", "No case in this time matches: choose another period or fewer filters."),
    };
    view! { <div class="figures"><DataTable caption columns=head rows empty=Empty::new(why)/></div> }.into_any()
}

/// How far the figures go: when counted, closed, corrected, hidden, and whether they add up.
fn standing(lang: Lang, table: &Table) -> AnyView {
    let counted = table.run.map_or_else(
        || tr(lang, "尚未统计", "Not counted yet").to_owned(),
        |(_, at)| lang.pick(format!("统计时间：{}", ui::moment(lang, at)), format!("Counted at {}", ui::moment(lang, at))),
    );
    let closed = table.closed.last().map(|(month, at)| {
        let name = Span::around(Length::Month, *month).name();
        lang.pick(format!("{}已于{}封账", name.zh, ui::moment(lang, *at)), format!("{} was closed at {}", name.en, ui::moment(lang, *at)))
    });
    let hidden = table.hidden.then(|| {
        let smallest = rules().smallest_cell;
        let words = lang.pick(
            format!("小于{smallest}的数字对本单位以外不显示，以 * 代替；为免推算，相邻的数字也可能不显示。"),
            format!("Figures below {smallest} are not shown outside the office; an asterisk stands for them, and for a neighbour that would give them away."),
        );
        view! { <Notice tone=Tone::Mind><p>{words}</p></Notice> }
    });
    let corrected = (!table.corrected.is_empty()).then(|| {
        let head = vec![
            Column::text(tr(lang, "指标", "Figure")),
            Column::number(tr(lang, "封账时", "When closed")),
            Column::number(tr(lang, "更正", "Correction")),
            Column::number(tr(lang, "现在", "Now")),
        ];
        let rows = table
            .corrected
            .iter()
            .map(|one| vec![Cell::text(one.measure.name().get(lang)), Cell::text(one.closed), Cell::text(format!("{:+}", one.now - one.closed)), Cell::text(one.now)])
            .collect();
        view! { <DataTable caption=tr(lang, "封账后的更正", "Corrections after closing") columns=head rows empty=Empty::new("")/> }
    });
    let checks: Vec<_> = table
        .checks
        .iter()
        .map(|check| {
            let (tone, word) = if check.holds { (Tone::Good, tr(lang, "一致", "Holds")) } else { (Tone::Bad, tr(lang, "不一致", "Does not hold")) };
            view! { <li><StatusTag tone word/>" "{check.what.get(lang).to_owned()}</li> }
        })
        .collect();
    view! {
        {hidden}
        {corrected}
        <h2>{tr(lang, "勾稽关系", "Checks")}</h2>
        <ul class="checks">{checks}</ul>
        <p class="hint">{counted}{closed.map(|words| format!(" · {words}"))}</p>
    }
    .into_any()
}

fn definitions(lang: Lang) -> AnyView {
    let mut known: Vec<Text> = Vec::new();
    let mut facts = Vec::new();
    for measure in Measure::ALL {
        let definition = measure.definition();
        if !known.contains(&definition) {
            facts.push(Fact::new(measure.name().get(lang).to_owned(), definition.get(lang).to_owned()));
            known.push(definition);
        }
    }
    view! {
        <details>
            <summary>{tr(lang, "各指标的含义", "What the figures mean")}</summary>
            <Facts items=facts/>
        </details>
    }
    .into_any()
}
