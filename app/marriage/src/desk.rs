//! The day at the counter: appointments, cases of today, cases left over.

use std::collections::HashMap;

use booking::{BookingCard, OfficeCard};
use kernel::{Instant, Lang, mask};
use leptos::prelude::*;
use marriage::ops::{CaseLine, Desk};
use marriage::states::StateKind;
use marriage::{KIND_DOMESTIC, KIND_FOREIGN};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Form, Hidden, Notice, Page, Shell, Tone, Values, tr, url};

/// The desk of one office; `offices` are those the clerk may choose.
pub fn page(shell: &Shell, desk: Desk, offices: &[OfficeCard], now: Instant, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "今日办理", "Today");
    let name = desk.office.name.get(lang).to_owned();
    let page = Page::staff(title).values(&values);
    ui::render(shell, page, || {
        let others = switcher(lang, offices, &desk.office);
        let open = walk_in(lang, url::walk_in, &desk.office, [KIND_DOMESTIC, KIND_FOREIGN], &values);
        let bookings = bookings(lang, &desk, now);
        let today = cases(lang, desk.today, tr(lang, "今日受理的业务", "Cases opened today"), tr(lang, "今天还没有业务。", "No cases yet today."));
        let left = (!desk.left_over.is_empty()).then(|| {
            cases(lang, desk.left_over, tr(lang, "以前未办结的业务", "Cases left over"), "")
        });
        view! {
            <h1>{title}" · "{name}</h1>
            {others}
            {open}
            <ul class="link-list inline">
                <li><a href=url::divorces()>{tr(lang, "离婚登记", "Divorces")}</a></li>
                <li><a href=url::reissues()>{tr(lang, "补领婚姻登记证", "Re-issue of certificates")}</a></li>
                <li><a href=url::registry()>{tr(lang, "查询登记档案、出具记录证明", "Look a registration up; certificates of record")}</a></li>
                <li><a href=url::annulment()>{tr(lang, "要求撤销婚姻的答复", "Somebody wants a marriage undone")}</a></li>
                <li><a href=url::court_notices()>{tr(lang, "法院婚姻文书", "Documents of courts")}</a></li>
                <li><a href=url::network_questions()>{tr(lang, "联网核对", "Ask the registers about a person")}</a></li>
                <li><a href=url::backentry()>{tr(lang, "历史档案补录", "Back-entry of old files")}</a></li>
                <li><a href=url::facts()>{tr(lang, "录入外部信息（死亡、法院文书等）", "Enter what others hold (deaths, court papers …)")}</a></li>
            </ul>
            {left}
            {bookings}
            {today}
        }
    })
}

/// Opens a case for a couple who walked in: a button for each of what the office does, of residents and with a party from abroad.
pub(crate) fn walk_in(lang: Lang, action: fn() -> String, office: &OfficeCard, [domestic, foreign]: [&str; 2], values: &Values) -> AnyView {
    let does = |kind: &str| office.kinds.iter().any(|known| known == kind);
    let form = |for_abroad: &'static str, words: &'static str, key: &'static str, kind: ButtonKind| {
        let (office, values) = (office.code.clone(), values.clone());
        view! {
            <Form action=action() class="inline" values>
                <Hidden name="office" value=office/>
                <Hidden name="for_abroad" value=for_abroad/>
                <Button key kind>{words}</Button>
            </Form>
        }
        .into_any()
    };
    let abroad_too = does(foreign);
    let residents = (does(domestic) || !abroad_too)
        .then(|| form("no", tr(lang, "为现场来的双方建档", "Open a case for a couple who walked in"), "n", ButtonKind::Primary));
    let abroad = abroad_too.then(|| {
        let kind = if residents.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
        form("yes", tr(lang, "为现场来的涉外（港澳台、华侨）双方建档", "Open a case with a party from Hong Kong, Macao, Taiwan or abroad"), "", kind)
    });
    view! { {residents}{abroad} }.into_any()
}

/// When the clerk belongs to no office of this service.
pub fn no_office(shell: &Shell) -> String {
    let lang = shell.lang;
    let title = tr(lang, "今日办理", "Today");
    ui::render(shell, Page::staff(title), move || {
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Mind title=tr(lang, "您所在的单位没有婚姻登记处", "Your organisation has no marriage registration office")>
                <p>{tr(lang, "请联系管理员设置。", "Ask the administrator to add one.")}</p>
            </Notice>
        }
    })
}

fn switcher(lang: Lang, offices: &[OfficeCard], here: &OfficeCard) -> Option<AnyView> {
    let links: Vec<_> = offices
        .iter()
        .filter(|office| office.id != here.id)
        .map(|office| {
            let href = url::with(url::desk(), &[("office", &office.code)]);
            view! { <li><a href=href>{office.name.get(lang).to_owned()}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="desk-offices" aria-label=tr(lang, "其他登记处", "Other offices")><ul>{links}</ul></nav> }.into_any()
    })
}

fn bookings(lang: Lang, desk: &Desk, now: Instant) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "时间", "Time")),
        Column::text(tr(lang, "预约人", "Booked by")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "办理", "Act")),
    ];
    let cases: HashMap<_, _> = desk.today.iter().filter_map(|line| Some((line.booking?, line.id))).collect();
    let row = |card: &BookingCard| booking_row(lang, card, &desk.office.code, cases.get(&card.id).copied(), now);
    let rows = desk.bookings.iter().map(row).collect();
    let empty = Empty::new(tr(lang, "今天没有预约，可以直接为现场来的双方建档。", "No appointments today; couples may walk in."));
    view! { <DataTable caption=tr(lang, "今日预约", "Today’s appointments") columns rows empty/> }.into_any()
}

fn booking_row(lang: Lang, card: &BookingCard, office: &str, case: Option<casework::CaseId>, now: Instant) -> Vec<Cell> {
    let state = card.state_at(now);
    let people = card.parties.iter().map(|party| mask::name(&party.details.name)).filter(|name| !name.is_empty());
    let act = match case {
        Some(case) => Cell::link(url::case(case), tr(lang, "打开业务", "Open the case")),
        None => {
            let hidden = vec![("office", office.to_owned()), ("booking", card.id.to_string())];
            Cell::act(url::walk_in(), hidden, tr(lang, "双方已到，建档", "Both are here: open a case"))
        }
    };
    let tone = match state {
        booking::State::Done => Tone::Good,
        booking::State::NoShow | booking::State::Cancelled | booking::State::Lapsed => Tone::Bad,
        _ => Tone::Plain,
    };
    vec![
        Cell::text(format!("{}–{}", card.slot.start.hm(), card.slot.end.hm())),
        Cell::text(people.collect::<Vec<_>>().join(" · ")),
        Cell::tag(tone, state.name().get(lang).to_owned()),
        act,
    ]
}

/// How a state is coloured.
pub(crate) fn tone(state: StateKind) -> Tone {
    match state {
        StateKind::Registered => Tone::Good,
        StateKind::PendingVerify => Tone::Mind,
        StateKind::NotAccepted | StateKind::Revoked | StateKind::Annulled => Tone::Bad,
        StateKind::Precheck | StateKind::Accepted | StateKind::Examined | StateKind::Aborted => Tone::Plain,
    }
}

/// The couple of a line, or what stands for them.
pub(crate) fn couple(lang: Lang, line: &CaseLine) -> String {
    match (line.a.is_empty(), line.b.is_empty()) {
        (true, true) => tr(lang, "尚未录入", "not entered yet").to_owned(),
        _ => format!("{} · {}", line.a, line.b),
    }
}

fn cases(lang: Lang, lines: Vec<CaseLine>, caption: &str, none: &str) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "双方", "Couple")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "业务编号", "Number")),
        Column::text(tr(lang, "建档", "Opened")),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            vec![
                Cell::link(url::case(line.id), couple(lang, &line)),
                Cell::tag(tone(line.state), line.state.name().get(lang).to_owned()),
                Cell::text(&line.case_no),
                Cell::text(ui::moment(lang, line.opened_at)),
            ]
        })
        .collect();
    let empty = Empty::new(none).act(url::stock(), tr(lang, "查看证书库存", "See the stock of certificates"));
    let caption = caption.to_owned();
    view! { <DataTable caption columns rows empty/> }.into_any()
}

