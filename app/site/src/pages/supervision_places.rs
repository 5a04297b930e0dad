//! Cases that one place takes in for the body of another: figures, and the list behind each.

use casework::cross::{Counted, CountedCase, CountedKey, Figure, Mode, Place, Within};
use kernel::Lang;
use leptos::prelude::*;
use platform::OrgId;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, Form, Kind, Method, Page, Pager, Shell, Values, Width, tr, url};

/// The address of a list behind a figure.
fn address(figure: &Figure, after: &str) -> String {
    let Within { region, from, to } = figure.within;
    let org = figure.org.map(|org| org.to_string()).unwrap_or_default();
    let (from, to, mode) = (from.to_string(), to.to_string(), figure.mode.map(Mode::code).unwrap_or_default());
    let pairs = [("region", region.as_str()), ("from", &from), ("to", &to), ("side", figure.side.code()), ("org", &org), ("mode", mode), ("after", after)];
    url::with(url::supervision_places_cases(), &pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>())
}

/// The figures of a region and time: what is decided there, and what was taken in there.
pub fn figures(shell: &Shell, within: Within, counted: Vec<Counted>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "跨域通办统计", "Handled between places");
    let values = Values::new().with("region", within.region).with("from", within.from).with("to", within.to);
    ui::render(shell, Page::staff(title).wide().back(url::supervision()), move || {
        let [decided, served] = [Place::Decision, Place::Service].map(|side| table(lang, within, side, &counted));
        view! {
            <h1>{title}</h1>
            <Form action=url::supervision_places() method=Method::Get values class="inline">
                <Field name="region" label=tr(lang, "区划代码", "Region code") width=Width::Short/>
                <Field name="from" label=tr(lang, "收件日期从", "Taken in from") kind=Kind::Date/>
                <Field name="to" label=tr(lang, "到", "To") kind=Kind::Date/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "统计", "Count")}</Button>
            </Form>
            <p class="hint">{tr(lang, "一件业务在办理地和收件地各记一次，两表不相加；全省件数以办理地为准。", "A case counts once where it is decided and once where it was taken in; the two are never added up. The province counts decisions.")}</p>
            {decided}
            {served}
        }
    })
}

fn table(lang: Lang, within: Within, side: Place, counted: &[Counted]) -> AnyView {
    let mut columns = vec![Column::text(tr(lang, "单位", "Organisation"))];
    columns.extend(Mode::ALL.iter().map(|mode| Column::number(mode.name().get(lang).to_owned())));
    columns.push(Column::number(tr(lang, "合计", "Together")));
    let mut orgs: Vec<(OrgId, String)> = counted.iter().filter(|one| one.side == side).map(|one| (one.org, one.name.get(lang).to_owned())).collect();
    orgs.dedup();
    let cell = |org: OrgId, mode: Option<Mode>| {
        let counts = counted.iter().filter(|one| one.side == side && one.org == org && mode.is_none_or(|mode| one.mode == mode));
        let n: i64 = counts.map(|one| one.n).sum();
        let behind = Figure { within, side, org: Some(org), mode };
        if n > 0 { Cell::link(address(&behind, ""), n.to_string()) } else { Cell::text(n) }
    };
    let rows = orgs.into_iter().map(|(org, name)| {
        let modes = Mode::ALL.iter().map(|mode| cell(org, Some(*mode)));
        std::iter::once(Cell::text(name)).chain(modes).chain([cell(org, None)]).collect()
    });
    let empty = Empty::new(match side {
        Place::Decision => tr(lang, "这段时间没有外地代收的办件。", "Nothing was taken in elsewhere for these bodies."),
        Place::Service => tr(lang, "这段时间没有替外地收件。", "Nothing was taken in here for other places."),
    });
    view! { <DataTable caption=side.name().get(lang).to_owned() columns rows=rows.collect() empty/> }.into_any()
}

/// The cases behind a figure.
pub fn cases(shell: &Shell, figure: Figure, lines: Vec<CountedCase>, next: Option<CountedKey>) -> String {
    let lang = shell.lang;
    let Within { region, from, to } = figure.within;
    let mode = figure.mode.map_or_else(|| tr(lang, "全部方式", "All ways").to_owned(), |mode| mode.name().get(lang).to_owned());
    let title = format!("{} · {mode}", figure.side.name().get(lang));
    let time = format!("{region} · {} – {}", from.text(lang), to.text(lang));
    let (first, last) = (from.to_string(), to.to_string());
    let back = url::with(url::supervision_places(), &[("region", region.as_str()), ("from", &first), ("to", &last)]);
    let next = next.map(|(at, case)| address(&figure, &format!("{}~{case}", at.micros()))).unwrap_or_default();
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "事项", "Item")),
        Column::text(tr(lang, "方式", "Way")),
        Column::text(tr(lang, "收件", "Taken in")),
        Column::text(Place::Service.name().get(lang).to_owned()),
        Column::text(Place::Decision.name().get(lang).to_owned()),
    ];
    let row = |line: CountedCase| {
        let words = [line.item, line.mode.name()].map(|words| Cell::text(words.get(lang)));
        let places = [line.service, line.decision].map(|words| Cell::text(words.get(lang)));
        let number = Cell::link(url::cross_case(line.case), line.case_no);
        std::iter::once(number).chain(words).chain([Cell::text(ui::moment(lang, line.opened_at))]).chain(places).collect()
    };
    let rows = lines.into_iter().map(row).collect();
    let empty = Empty::new(tr(lang, "这个数字下没有办件。", "No case stands behind this figure.")).act(back.clone(), tr(lang, "回到统计", "Back to the figures"));
    ui::render(shell, Page::staff(title.clone()).wide().back(back), move || {
        view! {
            <h1>{title}</h1>
            <p class="hint">{time}</p>
            <DataTable caption=tr(lang, "办件，新的在前", "Cases, the newest first") columns rows empty/>
            <Pager next/>
        }
    })
}
