//! The desk's list of proceedings.

use kernel::{Day, Lang};
use leptos::prelude::*;
use organizations::supervision::states::states_of;
use organizations::supervision::{Kind, Line, Page as Listed, State};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Form, LinkButton, Method, Page, Pager, Select, Shell, Tone, Values, tr, url,
};

/// What the list shows.
pub struct Shown {
    /// The lines.
    pub page: Listed,
    /// Only those about one organisation: its name.
    pub about: Option<String>,
    /// Whether the reader may open one of a kind.
    pub opens: bool,
    /// Whether he heads an authority.
    pub heads: bool,
    /// Whether he reads everything, and does not only deliver.
    pub oversees: bool,
    /// Today, for what is overdue.
    pub today: Day,
}

pub(super) fn tone(state: State) -> Tone {
    match state {
        State::Published | State::Granted | State::Closed | State::Removed | State::Performed => Tone::Good,
        State::Dropped | State::Withdrawn | State::Corrected => Tone::Plain,
        State::Listed | State::Refused | State::Decided | State::Served => Tone::Bad,
        _ => Tone::Mind,
    }
}

/// What a proceeding is, with the year of a report.
pub(super) fn kind(lang: Lang, kind: Kind, year: Option<i64>) -> String {
    let name = kind.name().get(lang).to_owned();
    match year {
        Some(year) if lang == Lang::Zh => format!("{year}{name}"),
        Some(year) => format!("{name} {year}"),
        None => name,
    }
}

fn row(lang: Lang, line: Line, today: Day) -> Vec<Cell> {
    let due = line.due.map(|due| (ui::date(lang, due), line.state.is_open() && today > due));
    vec![
        Cell::link(url::desk_proceeding(line.id), line.subject),
        Cell::text(kind(lang, line.kind, line.year)),
        Cell::tag(tone(line.state), line.state.name().get(lang)),
        match due {
            Some((day, true)) => Cell::tag(Tone::Bad, format!("{day} {}", tr(lang, "已逾期", "overdue"))),
            Some((day, false)) => Cell::text(day),
            None => Cell::text(""),
        },
        Cell::text(ui::date(lang, line.opened_at.day())),
    ]
}

/// The list. `values` holds the filters as they stand in the address.
pub fn list(shell: &Shell, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let heading = shown.about.clone().unwrap_or_else(|| tr(lang, "社会组织监管", "Supervision of organisations").to_owned());
    let page = match &shown.about {
        Some(name) => Page::staff(format!("{} · {name}", tr(lang, "监管事项", "Proceedings"))).back(url::desk_proceedings()),
        None => Page::staff(heading.clone()),
    };
    ui::render(shell, page, move || {
        let next = shown.page.next.map(|id| {
            let (before, of) = (id.to_string(), |name: &str| values.get(name).to_owned());
            let query = [("show", of("show")), ("kind", of("kind")), ("state", of("state")), ("uscc", of("uscc")), ("before", before)];
            url::with(url::desk_proceedings(), &query.each_ref().map(|(name, value)| (*name, value.as_str())))
        });
        let rows = shown.page.lines.into_iter().map(|line| row(lang, line, shown.today)).collect();
        let columns = vec![
            Column::text(tr(lang, "名称", "Name")),
            Column::text(tr(lang, "种类", "Kind")),
            Column::text(tr(lang, "状态", "State")),
            Column::text(tr(lang, "应办日期", "Due")),
            Column::text(tr(lang, "登记日期", "Opened")),
        ];
        let shows = [("open", tr(lang, "未办结", "Not ended")), ("all", tr(lang, "全部", "All")), ("overdue", tr(lang, "已逾期", "Overdue"))];
        let kinds = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
        // A kind has states of its own: they are offered once it is chosen.
        let states = Kind::from_code(values.get("kind")).map(|kind| states_of(kind).map(|state| Choice::new(state.code(), state.name().get(lang))).collect());
        let empty = if shown.about.is_some() {
            tr(lang, "该组织没有监管事项。", "There is no proceeding about it.")
        } else {
            tr(lang, "没有符合条件的事项。", "None matches.")
        };
        let filters = shown.about.is_none().then(|| {
            view! {
                <Form action=url::desk_proceedings() method=Method::Get values class="inline">
                    <Select name="show" label=tr(lang, "范围", "Which") options=shows.into_iter().map(|(code, word)| Choice::new(code, word)).collect()/>
                    <Select name="kind" label=tr(lang, "种类", "Kind") options=kinds empty=tr(lang, "全部", "All")/>
                    {states.map(|options: Vec<Choice>| view! { <Select name="state" label=tr(lang, "状态", "State") options empty=tr(lang, "全部", "All")/> })}
                    <Button kind=ButtonKind::Secondary>{tr(lang, "筛选", "Filter")}</Button>
                </Form>
            }
        });
        view! {
            <h1>{heading}</h1>
            <p class="actions">
                {shown.opens.then(|| view! { <LinkButton href=url::desk_proceeding_new()>{tr(lang, "新建监管事项", "Open a proceeding")}</LinkButton> })}
                {shown.heads.then(|| view! { <a href=url::desk_inspection_draw()>{tr(lang, "双随机抽查", "Draw inspections")}</a> })}
                {shown.oversees.then(|| view! { <a href=url::desk_report_windows()>{tr(lang, "年报期限", "Last days of reports")}</a> })}
                {shown.oversees.then(|| view! { <a href=url::desk_organization_complaints()>{tr(lang, "对社会组织的投诉举报", "Complaints about organisations")}</a> })}
            </p>
            {filters}
            <DataTable caption=tr(lang, "监管事项，最近的在前", "Proceedings, newest first") columns rows empty=Empty::new(empty)/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}
