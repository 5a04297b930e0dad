//! Lists of cases: one's own, those of one's office, those of a region; what ends first stands first.

use casework::ops::{DeskFilter, DeskLine, DeskPage, DeskSection};
use casework::{CaseId, Phase};
use casework::supervision::Light;
use kernel::{Lang, RegionCode, Text};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Field, Form, Hidden, Kind, Method, Page, Pager, Select, Shell, Tab, Tabs, Tone, Values, tr, url,
};

/// Codes of the sections in the address.
const OFFICE: &str = "office";
const MINE: &str = "mine";
const REGION: &str = "region";

/// What a list is narrowed to, as typed; what cannot be read does not narrow. `here` is the region of the reader.
pub fn filter(values: &Values, here: RegionCode) -> DeskFilter {
    let section = match values.get("section") {
        MINE => DeskSection::Mine,
        REGION => DeskSection::Region(values.get("region").parse().unwrap_or(here)),
        _ => DeskSection::Office,
    };
    let text = |name: &str| Some(values.get(name).to_owned()).filter(|text| !text.is_empty());
    DeskFilter {
        section,
        closed: values.get("state") == "closed",
        phase: Phase::from_code(values.get("phase")),
        item: text("item"),
        due_by: values.get("due").parse().ok(),
        holder: values.get("holder").parse().ok(),
        name: text("name"),
        after: values.get("after").split_once('~').and_then(|(rank, id)| Some((rank.parse().ok()?, id.parse::<CaseId>().ok()?))),
    }
}

/// The list. `items` are the matters that there are, `regions` those that the reader may look into, `head` whether he looks after others.
pub fn list(shell: &Shell, values: Values, found: DeskPage, items: Vec<(String, Text)>, regions: Vec<(String, Text)>, head: bool) -> String {
    let lang = shell.lang;
    let title = tr(lang, "办件", "Cases");
    let section = match values.get("section") {
        MINE => MINE,
        REGION => REGION,
        _ => OFFICE,
    };
    let kept: Vec<(&str, &str)> = values.pairs().filter(|(name, value)| *name != "after" && !value.is_empty()).collect();
    let next = found.next.map(|(rank, id)| url::with(url::with(url::work(), &kept), &[("after", &format!("{rank}~{id}"))])).unwrap_or_default();
    let count = lang.pick(format!("共 {} 件", found.count.text()), format!("{} in all", found.count.text()));
    let narrowed = kept.iter().any(|(name, _)| *name != "section");
    let lines = found.lines;
    ui::render(shell, Page::staff(title).wide(), move || {
        view! {
            <h1>{title}</h1>
            <Tabs label=tr(lang, "范围", "Which cases") items=tabs(lang, section)/>
            <Form action=url::work() method=Method::Get values class="inline">
                <Hidden name="section" value=section/>
                {narrow(lang, section, items, regions)}
                <Button kind=ButtonKind::Secondary>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <p class="hint">{count}</p>
            {table(lang, lines, section, narrowed)}
            <Pager next/>
            {head.then(|| view! {
                <ul class="link-list">
                    <li><a href=url::work_load()>{tr(lang, "人员工作量", "Load of each colleague")}</a></li>
                    <li><a href=url::credit()>{tr(lang, "失信记录", "Credit records")}</a></li>
                </ul>
            })}
            <p><a href=url::absences()>{tr(lang, "请假与代理", "Absence and delegation")}</a></p>
        }
    })
}

fn tabs(lang: Lang, section: &str) -> Vec<Tab> {
    [(OFFICE, tr(lang, "本单位", "My office")), (MINE, tr(lang, "我承办的", "Held by me")), (REGION, tr(lang, "本地区", "Region"))]
        .into_iter()
        .map(|(code, label)| Tab::new(label, url::with(url::work(), &[("section", code)]), code == section))
        .collect()
}

fn narrow(lang: Lang, section: &str, items: Vec<(String, Text)>, regions: Vec<(String, Text)>) -> AnyView {
    let all = tr(lang, "全部", "All");
    let named = |pairs: Vec<(String, Text)>| pairs.into_iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect::<Vec<_>>();
    let phases = Phase::ALL.iter().filter(|phase| **phase != Phase::Draft).map(|phase| Choice::new(phase.code(), phase.name().get(lang))).collect();
    let states = vec![Choice::new("", tr(lang, "在办", "Open")), Choice::new("closed", tr(lang, "已结束", "Closed"))];
    let region = (section == REGION).then(|| view! { <Select name="region" label=tr(lang, "地区", "Region") options=named(regions)/> });
    view! {
        {region}
        <Select name="state" label=tr(lang, "状态", "State") options=states/>
        <Select name="phase" label=tr(lang, "环节", "Phase") options=phases empty=all optional=true/>
        <Select name="item" label=tr(lang, "事项", "Matter") options=named(items) empty=all optional=true/>
        <Field name="due" label=tr(lang, "到期日不晚于", "Due by") kind=Kind::Date optional=true/>
        <Field name="name" label=tr(lang, "申请人全名", "Applicant’s full name") optional=true/>
    }
    .into_any()
}

fn table(lang: Lang, lines: Vec<DeskLine>, section: &str, narrowed: bool) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "事项", "Matter")),
        Column::text(tr(lang, "申请人", "Applicant")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "期限", "Due")),
        Column::text(tr(lang, "承办人", "Held by")),
        Column::text(tr(lang, "提交日期", "Submitted")),
    ];
    let rows = lines.into_iter().map(|line| row(lang, line)).collect();
    let empty = match (narrowed, section) {
        (true, _) => {
            Empty::new(tr(lang, "没有符合条件的办件。", "Nothing matches.")).act(url::with(url::work(), &[("section", section)]), tr(lang, "查看全部", "Show everything"))
        }
        (false, MINE) => Empty::new(tr(lang, "您现在没有承办的办件。", "You hold no case now."))
            .act(url::work(), tr(lang, "看看本单位等待办理的", "See what waits at your office")),
        (false, _) => Empty::new(tr(lang, "没有在办件。", "There are no open cases.")),
    };
    view! { <DataTable caption=tr(lang, "办件，先到期的在前", "Cases, those due first at the top") columns rows empty/> }.into_any()
}

fn row(lang: Lang, line: DeskLine) -> Vec<Cell> {
    // What the engine does not run has its page at the counter of its service.
    let href = if line.engine { url::work_case(line.id) } else { url::case(line.id) };
    let due = match (line.suspended, line.due, line.left) {
        (true, ..) => Cell::tag(Tone::Plain, tr(lang, "中止，不计时", "Suspended, not counted")),
        (false, Some(due), Some(left)) => {
            let (day, days) = (due.text(lang), ui::working_days(lang, left.abs()));
            let words = if left < 0 {
                lang.pick(format!("{day} 超{days}"), format!("{day}, {days} over"))
            } else {
                lang.pick(format!("{day} 剩{days}"), format!("{day}, {days} left"))
            };
            Cell::tag(tone(line.light), words)
        }
        _ => Cell::text(tr(lang, "无期限在计", "No period runs")),
    };
    let holder = if line.holder.is_empty() { tr(lang, "无", "Nobody").to_owned() } else { line.holder };
    vec![
        Cell::link(href, line.case_no),
        Cell::text(line.item.get(lang)),
        Cell::text(line.applicant),
        Cell::text(line.state.get(lang)),
        due,
        Cell::text(holder),
        Cell::text(lang.pick(line.opened_at.day().zh_plain(), line.opened_at.day().en_plain())),
    ]
}

/// How a light looks.
pub(super) fn tone(light: Light) -> Tone {
    match light {
        Light::Green => Tone::Good,
        Light::Yellow => Tone::Mind,
        Light::Late => Tone::Bad,
    }
}
