//! Supervision: the wall, cases by light, cards by rule, thresholds.

use casework::Phase;
use casework::supervision::{CaseLine, Figures, Light, Office, RuleRow, Thresholds, Wall};
use kernel::{Day, Lang};
use leptos::prelude::*;
use ui::{
    Bar, BarChart, Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, Method, Notice, Page, Pager, Select, Shell, Tone, Values,
    Width, tr, url,
};

/// Seconds after which the wall counts anew.
const REFRESH: u16 = 60;

/// The wall: large figures and one line an organisation, without any person.
pub fn wall(shell: &Shell, wall: Wall) -> String {
    let lang = shell.lang;
    let title = tr(lang, "电子监察", "Supervision");
    let Wall { all, offices, at, last_run } = wall;
    let late: Vec<Bar> = offices
        .iter()
        .filter(|office| office.figures.late > 0)
        .take(12)
        .map(|office| Bar::count(office.name.get(lang), u64::try_from(office.figures.late).unwrap_or_default()))
        .collect();
    let finding = lang.pick(format!("{}件超期，前几位是", all.late), format!("{} cases are overdue; most of them at", all.late));
    let run = last_run.map_or_else(|| tr(lang, "还没有运行", "not yet").to_owned(), |at| ui::moment(lang, at));
    let stamp = format!("{}{} · {}{run}", tr(lang, "统计时间 ", "Counted at "), ui::moment(lang, at), tr(lang, "夜间监察 ", "nightly run "));
    ui::render(shell, Page::staff(title).wide().refresh(REFRESH), move || {
        let figures = figures(lang, all);
        let table = offices_table(lang, offices);
        let picture = if late.is_empty() {
            view! { <Notice tone=Tone::Good>{tr(lang, "没有超期办件。", "No case is overdue.")}</Notice> }.into_any()
        } else {
            view! { <BarChart title=finding of=tr(lang, "单位", "Organisation") unit=tr(lang, "超期件数", "Overdue") bars=late/> }.into_any()
        };
        view! {
            <h1>{title}</h1>
            <Facts items=figures tiles=true/>
            {picture}
            {table}
            <p class="hint">{stamp}</p>
            <ul class="link-list">
                <li><a href=url::supervision_cases()>{tr(lang, "预警和超期办件", "Cases warned or overdue")}</a></li>
                <li><a href=url::supervision_cards()>{tr(lang, "黄牌和红牌", "Cards")}</a></li>
                <li><a href=url::supervision_places()>{tr(lang, "跨域通办统计", "Handled between places")}</a></li>
                <li><a href=url::supervision_rules()>{tr(lang, "发牌统计", "Cards by rule")}</a></li>
                <li><a href=url::supervision_thresholds()>{tr(lang, "亮灯与发牌标准", "Thresholds")}</a></li>
            </ul>
        }
    })
}

fn figures(lang: Lang, all: Figures) -> Vec<Fact> {
    [
        (tr(lang, "绿灯", "Green"), all.green),
        (tr(lang, "黄灯", "Yellow"), all.yellow),
        (tr(lang, "超期", "Overdue"), all.late),
        (tr(lang, "本月黄牌", "Yellow cards this month"), all.yellow_cards),
        (tr(lang, "本月红牌", "Red cards this month"), all.red_cards),
        (tr(lang, "未答复", "Not answered"), all.unanswered),
    ]
    .into_iter()
    .map(|(label, count)| Fact::new(label, count.to_string()))
    .collect()
}

fn offices_table(lang: Lang, offices: Vec<Office>) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "单位", "Organisation")),
        Column::number(tr(lang, "绿灯", "Green")),
        Column::number(tr(lang, "黄灯", "Yellow")),
        Column::number(tr(lang, "超期", "Overdue")),
        Column::number(tr(lang, "本月黄牌", "Yellow cards")),
        Column::number(tr(lang, "本月红牌", "Red cards")),
        Column::number(tr(lang, "未答复", "Not answered")),
    ];
    let rows = offices
        .into_iter()
        .map(|office| {
            let of = office.figures;
            let org = office.org.to_string();
            let link = |to: String, n: i64| if n > 0 { Cell::link(to, n.to_string()) } else { Cell::text(n) };
            let cases = |light: &str| url::with(url::supervision_cases(), &[("org", &org), ("light", light)]);
            let cards = |colour: &str, standing: &str| url::with(url::supervision_cards(), &[("org", &org), ("colour", colour), ("standing", standing)]);
            vec![
                Cell::text(office.name.get(lang)),
                Cell::text(of.green),
                link(cases("yellow"), of.yellow),
                link(cases("late"), of.late),
                link(cards("yellow", ""), of.yellow_cards),
                link(cards("red", ""), of.red_cards),
                link(cards("", "open"), of.unanswered),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有在办件。", "There are no open cases."));
    view! { <DataTable caption=tr(lang, "各单位，超期多的在前", "By organisation, most overdue first") columns rows empty/> }.into_any()
}

/// Open cases that are warned or overdue; `next` is the key to go on after.
pub fn cases(shell: &Shell, values: Values, lines: Vec<CaseLine>, next: Option<String>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "预警和超期办件", "Cases warned or overdue");
    let next = next.map(|key| url::with(url::supervision_cases(), &[("light", values.get("light")), ("org", values.get("org")), ("after", &key)]));
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "单位", "Organisation")),
        Column::text(tr(lang, "环节", "Phase")),
        Column::text(tr(lang, "期限", "Due")),
        Column::text(tr(lang, "灯", "Light")),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            let tone = if line.light == Light::Late { Tone::Bad } else { Tone::Mind };
            let days = ui::working_days(lang, line.left.abs());
            let words = if line.step {
                lang.pick(format!("本环节超{days}"), format!("step {days} over"))
            } else if line.left < 0 {
                lang.pick(format!("超{days}"), format!("{days} over"))
            } else {
                lang.pick(format!("剩{days}"), format!("{days} left"))
            };
            let phase = Phase::from_code(&line.phase).map(|phase| phase.name().get(lang).to_owned()).unwrap_or_default();
            vec![
                Cell::link(if line.engine { url::work_case(line.id) } else { url::case(line.id) }, line.case_no),
                Cell::text(line.org_name.get(lang)),
                Cell::text(phase),
                Cell::text(line.due.text(lang)),
                Cell::tag(tone, format!("{} · {words}", line.light.name().get(lang))),
            ]
        })
        .collect();
    let lights = [Light::Yellow, Light::Late].into_iter().map(|light| Choice::new(light.code(), light.name().get(lang))).collect();
    let empty = Empty::new(tr(lang, "没有预警或超期的办件。", "Nothing is warned or overdue.")).act(url::supervision_cases(), tr(lang, "查看全部", "Show everything"));
    let org = values.get("org").to_owned();
    ui::render(shell, Page::staff(title).wide().back(url::supervision()), move || {
        view! {
            <h1>{title}</h1>
            <Form action=url::supervision_cases() method=Method::Get values class="inline">
                <Select name="light" label=tr(lang, "灯", "Light") options=lights empty=tr(lang, "全部", "All") optional=true/>
                <ui::Hidden name="org" value=org/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "办件，环节超期的在前，再按承诺期限", "Cases: steps that are over first, then by promise") columns rows empty/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}

/// Cards of a period by organisation and rule (CASE-2); each row leads to its list.
pub fn rules(shell: &Shell, values: Values, from: Day, to: Day, rows: Vec<RuleRow>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "发牌统计", "Cards by rule");
    let columns = vec![
        Column::text(tr(lang, "规则", "Rule")),
        Column::text(tr(lang, "单位", "Organisation")),
        Column::number(tr(lang, "黄牌", "Yellow")),
        Column::number(tr(lang, "红牌", "Red")),
        Column::number(tr(lang, "其中已撤销", "Of these cancelled")),
    ];
    let (first, last) = (from.to_string(), to.to_string());
    let rows = rows
        .into_iter()
        .map(|row| {
            let behind = [("org", row.org.to_string()), ("rule", row.rule.code().to_owned()), ("from", first.clone()), ("to", last.clone())];
            let behind: Vec<_> = behind.iter().map(|(name, value)| (*name, value.as_str())).collect();
            vec![
                Cell::link(url::with(url::supervision_cards(), &behind), format!("{} {}", row.rule.code(), row.rule.name().get(lang))),
                Cell::text(row.name.get(lang)),
                Cell::text(row.yellow),
                Cell::text(row.red),
                Cell::text(row.cancelled),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "这段时间没有发牌。", "No card was issued in this time."));
    ui::render(shell, Page::staff(title).wide().back(url::supervision()), move || {
        view! {
            <h1>{title}</h1>
            <Form action=url::supervision_rules() method=Method::Get values class="inline">
                <Field name="from" label=tr(lang, "从", "From") kind=Kind::Date/>
                <Field name="to" label=tr(lang, "到", "To") kind=Kind::Date/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "统计", "Count")}</Button>
            </Form>
            <DataTable caption=tr(lang, "按规则和单位", "By rule and organisation") columns rows empty/>
        }
    })
}

/// The thresholds in force, and the form that sets those of a region.
pub fn thresholds(shell: &Shell, values: Values, all: Vec<(String, Thresholds)>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "亮灯与发牌标准", "Thresholds of lights and cards");
    let columns = vec![
        Column::text(tr(lang, "区划", "Region")),
        Column::number(tr(lang, "黄灯：剩余工作日不超过", "Yellow light: working days left")),
        Column::number(tr(lang, "黄灯：剩余比例不超过（%）", "Yellow light: % left")),
        Column::number(tr(lang, "红牌：超过（工作日）", "Red card: working days over")),
        Column::number(tr(lang, "答复期限（工作日）", "Answer: working days")),
        Column::text(tr(lang, "依据", "Source")),
    ];
    let rows = all
        .into_iter()
        .map(|(region, set)| {
            let region = if region.is_empty() { tr(lang, "默认", "Default").to_owned() } else { region };
            vec![
                Cell::text(region),
                Cell::text(set.warn_workdays),
                Cell::text(set.warn_percent),
                Cell::text(set.red_workdays),
                Cell::text(set.answer_workdays),
                Cell::text(set.source),
            ]
        })
        .collect();
    ui::render(shell, Page::staff(title).values(&values).back(url::supervision()), move || {
        view! {
            <h1>{title}</h1>
            <DataTable caption=tr(lang, "现行标准", "In force") columns rows empty=Empty::new("")/>
            <h2>{tr(lang, "设定一个地区的标准", "Set those of a region")}</h2>
            <Form action=url::supervision_thresholds() values>
                <Field name="region" label=tr(lang, "区划代码", "Region code") width=Width::Short/>
                <Field name="warn_workdays" label=tr(lang, "黄灯：剩余工作日不超过", "Yellow light: working days left") kind=Kind::Number width=Width::Short/>
                <Field name="warn_percent" label=tr(lang, "黄灯：剩余比例不超过（%）", "Yellow light: per cent left") kind=Kind::Number width=Width::Short/>
                <Field name="red_workdays" label=tr(lang, "红牌：超过承诺（工作日）", "Red card: working days over") kind=Kind::Number width=Width::Short/>
                <Field name="answer_workdays" label=tr(lang, "答复期限（工作日）", "Answer within working days") kind=Kind::Number width=Width::Short/>
                <Field name="source" label=tr(lang, "依据的文件", "The paper that fixes them")/>
                <Button>{tr(lang, "保存", "Save")}</Button>
            </Form>
        }
    })
}
