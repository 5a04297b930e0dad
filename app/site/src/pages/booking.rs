//! Booking, first part: from the item to an office, and from the office to a time.

use booking::hours::{Opening, clock_text};
use booking::release::ReleaseId;
use booking::rules::{Unavailable, available};
use booking::{OfficeCard, SlotCard};
use islands::{PickDay, PickSlot, SlotPicker};
use kernel::{Day, Instant, Lang, Text};
use leptos::prelude::*;
use platform::regions::Region;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Form, Hidden, Notice, Page, Shell, Tone, Values, tr, url};

/// Choosing an office.
pub struct Offices {
    /// The item as an address.
    pub impl_code: String,
    /// What is booked.
    pub item: Text,
    /// From the whole area down to the chosen region.
    pub path: Vec<Region>,
    /// The regions below it.
    pub below: Vec<Region>,
    /// Offices with the start of their next free place, the soonest first.
    pub offices: Vec<(OfficeCard, Option<Instant>)>,
}

fn title(lang: Lang, item: &Text) -> String {
    match lang {
        Lang::Zh => format!("预约{}", item.zh),
        Lang::En => format!("Book: {}", item.en),
    }
}

/// The list of offices, each with its next free day.
pub fn offices(shell: &Shell, data: Offices) -> String {
    let lang = shell.lang;
    let heading = title(lang, &data.item);
    ui::render(shell, Page::public(heading.clone()).back(url::item(&data.impl_code)), move || {
        let code = data.impl_code;
        let at = |region: &Region| url::with(url::book(&code), &[("region", region.code.as_str())]);
        let path: Vec<_> = data.path.iter().map(|region| view! { <li><a href=at(region)>{region.name.clone()}</a></li> }).collect();
        let below: Vec<_> = data.below.iter().map(|region| view! { <li><a href=at(region)>{region.name.clone()}</a></li> }).collect();
        let rows = data.offices.into_iter().map(|(office, next)| office_row(lang, &code, &office, next)).collect();
        let columns = vec![
            Column::text(tr(lang, "办事地点", "Office")),
            Column::text(tr(lang, "地址", "Address")),
            Column::text(tr(lang, "最早可约", "Next free")),
        ];
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "第 1 步，共 3 步：选择办事地点。", "Step 1 of 3: choose an office.")}</p>
            <nav aria-label=tr(lang, "地区", "Region")>
                <ul class="crumbs">{path}</ul>
                {(!below.is_empty()).then(|| view! { <ul class="chips">{below}</ul> })}
            </nav>
            <DataTable caption=tr(lang, "可以办理的地点", "Offices that do this") columns rows
                empty=Empty::new(tr(lang, "这里没有可以网上预约的地点。请选择上级地区。", "No office here can be booked online. Choose a wider region."))/>
            <p>{tr(lang, "不预约也可以直接到现场办理。", "You can also come without a booking.")}</p>
        }
    })
}

fn office_row(lang: Lang, code: &str, office: &OfficeCard, next: Option<Instant>) -> Vec<Cell> {
    let href = url::with(url::book(code), &[("office", &office.code)]);
    let free = match next {
        Some(at) => Cell::tag(Tone::Good, ui::moment(lang, at)),
        None => Cell::tag(Tone::Mind, tr(lang, "暂无名额", "Nothing free")),
    };
    vec![Cell::link(href, office.name.get(lang)), Cell::text(office.address.get(lang)), free]
}

/// One day of the office.
pub struct SlotsOfDay {
    /// The day.
    pub day: Day,
    /// Whether the office opens.
    pub opening: Opening,
    /// Its slots in order.
    pub slots: Vec<SlotCard>,
}

/// Choosing a time.
pub struct Slots {
    /// The item as an address.
    pub impl_code: String,
    /// What is booked.
    pub item: Text,
    /// Where.
    pub office: OfficeCard,
    /// A week of days from the chosen one.
    pub days: Vec<SlotsOfDay>,
    /// The moment of the page.
    pub now: Instant,
    /// First and last day that can be looked at.
    pub range: (Day, Day),
    /// The next free place of this office anywhere.
    pub next: Option<SlotCard>,
    /// Another office near with its next free place.
    pub other: Option<(OfficeCard, Instant)>,
    /// Days of this office that are released at an announced moment, in turn.
    pub releases: Vec<(Day, ReleaseId)>,
    /// Minutes for which a chosen place is kept.
    pub hold_minutes: u16,
    /// Minute of the day at which a new day is released.
    pub release_minute: u16,
    /// Names the form, so that sending it twice holds one place.
    pub request_key: String,
}

/// A week of slots; pressing one holds its place.
pub fn slots(shell: &Shell, data: Slots, values: Values) -> String {
    let lang = shell.lang;
    let heading = title(lang, &data.item);
    let page = Page::public(heading.clone()).back(url::book(&data.impl_code)).values(&values).wide();
    ui::render(shell, page, move || {
        let first = data.days.first().map_or(data.range.0, |day| day.day);
        let last = data.days.last().map_or(data.range.0, |day| day.day);
        let source = url::with(
            url::api_slots(&data.office.code),
            &[("item", &data.impl_code), ("from", &first.to_string()), ("to", &last.to_string())],
        );
        let free = data.days.iter().flat_map(|day| &day.slots).any(|slot| slot.left(data.now) > 0);
        let days: Vec<PickDay> = data.days.iter().map(|day| pick(lang, day, data.now)).collect();
        let weeks = weeks(lang, &data, first);
        let nothing = (!free).then(|| nothing_free(lang, &data));
        let in_turn = (!data.releases.is_empty()).then(|| in_turn(lang, &data.releases));
        let office = data.office.name.get(lang).to_owned();
        let (minutes, clock) = (data.hold_minutes, clock_text(data.release_minute));
        let (kept, released) = match lang {
            Lang::Zh => (format!("第 2 步，共 3 步：选择时间。选中后为您保留 {minutes} 分钟。"), format!("每天 {clock} 放出新一天的名额。")),
            Lang::En => (format!("Step 2 of 3: choose a time. It is kept for you for {minutes} minutes."), format!("A new day is released every day at {clock}.")),
        };
        view! {
            <h1>{heading}</h1>
            <p>{kept}</p>
            <p><a href=url::office(&data.office.code)>{office}</a>" · "{data.office.address.get(lang).to_owned()}</p>
            {in_turn}
            {nothing}
            {weeks}
            <Form id="slots" action=url::with(url::book(&data.impl_code), &[("office", &data.office.code), ("day", &first.to_string())]) values>
                <Hidden name="key" value=data.request_key/>
                <h2 class="visually-hidden">{tr(lang, "可选的时间", "Times to choose from")}</h2>
                <SlotPicker lang source days/>
            </Form>
            <p>{released}</p>
        }
    })
}

fn pick(lang: Lang, day: &SlotsOfDay, now: Instant) -> PickDay {
    let closed = match &day.opening {
        Opening::Open(_) if day.slots.is_empty() => tr(lang, "无网上名额", "No places online").to_owned(),
        Opening::Open(_) => String::new(),
        Opening::Rest => tr(lang, "不办公", "Closed").to_owned(),
        Opening::Closed(why) => format!("{} {}", tr(lang, "不办公", "Closed"), why.get(lang)),
    };
    let slots = if day.opening.is_open() { day.slots.iter().map(|slot| pick_slot(lang, slot, now)).collect() } else { Vec::new() };
    PickDay { label: ui::date(lang, day.day), closed, slots }
}

fn pick_slot(lang: Lang, slot: &SlotCard, now: Instant) -> PickSlot {
    let word = match available(slot.window, slot.closed_at.is_some(), slot.load, now) {
        Ok(()) | Err(Unavailable::Full) => "",
        Err(Unavailable::NotReleased) => tr(lang, "未放号", "not yet"),
        Err(Unavailable::TooLate) => tr(lang, "已截止", "too late"),
        Err(Unavailable::Closed) => tr(lang, "不办公", "closed"),
    };
    PickSlot { id: slot.id.to_string(), time: format!("{}–{}", slot.start.hm(), slot.end.hm()), left: slot.left(now), word: word.to_owned() }
}

fn weeks(lang: Lang, data: &Slots, first: Day) -> impl IntoView + use<> {
    let to = |day: Day| url::with(url::book(&data.impl_code), &[("office", &data.office.code), ("day", &day.to_string())]);
    let before = (first > data.range.0).then(|| to(first.plus_days(-7).max(data.range.0)));
    let after = (first.plus_days(7) <= data.range.1).then(|| to(first.plus_days(7)));
    view! {
        <nav class="pager" aria-label=tr(lang, "日期", "Days")>
            {before.map(|href| view! { <a rel="prev" href=href>{tr(lang, "前一周", "Earlier days")}</a> })}
            {after.map(|href| view! { <a rel="next" href=href>{tr(lang, "后一周", "Later days")}</a> })}
        </nav>
    }
}

/// Full days offer the next free one, another office and the waiting list in one line.
/// Days whose places are given in turn: they cannot be had in the grid below.
fn in_turn(lang: Lang, releases: &[(Day, ReleaseId)]) -> impl IntoView + use<> {
    let days = releases.iter().map(|(day, id)| view! { <li><a href=url::release(*id)>{ui::date(lang, *day)}</a></li> }).collect_view();
    view! {
        <Notice tone=Tone::Mind title=tr(lang, "这些日子的名额按排队或抽签发放", "Places of these days are given in turn or by a draw")>
            <ul>{days}</ul>
        </Notice>
    }
}

fn nothing_free(lang: Lang, data: &Slots) -> impl IntoView + use<> {
    let next = data.next.as_ref().map(|slot| {
        let href = url::with(url::book(&data.impl_code), &[("office", &data.office.code), ("day", &slot.day.to_string())]);
        view! { <a href=href>{format!("{} {}", tr(lang, "本处最早：", "Next here:"), ui::moment(lang, slot.start))}</a>" · " }
    });
    let other = data.other.as_ref().map(|(office, at)| {
        let href = url::with(url::book(&data.impl_code), &[("office", &office.code), ("day", &at.day().to_string())]);
        view! { <a href=href>{format!("{}{}{}", office.name.get(lang), tr(lang, "：", ": "), ui::moment(lang, *at))}</a>" · " }
    });
    let wait = url::with(url::waiting(), &[("item", &data.impl_code), ("office", &data.office.code)]);
    view! {
        <Notice tone=Tone::Mind title=tr(lang, "这几天已约满", "These days are full")>
            <p>{next}{other}<a href=wait>{tr(lang, "加入候补名单", "Join the waiting list")}</a></p>
        </Notice>
    }
}

/// What the waiting-list form needs to know.
pub struct Join {
    /// The item as an address.
    pub impl_code: String,
    /// Where.
    pub office: OfficeCard,
    /// Minutes for which a place that comes free is kept.
    pub offer_minutes: u16,
}

/// One's own places on waiting lists, and the form to join one.
pub fn waiting(shell: &Shell, join: Option<Join>, mine: Vec<booking::ops::wait::WaitingCard>, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "候补名单", "Waiting list");
    ui::render(shell, Page::public(heading).values(&values), move || {
        let form = join.map(|join| {
            let address = url::with(url::waiting(), &[("item", &join.impl_code), ("office", &join.office.code)]);
            let minutes = join.offer_minutes;
            let promise = match lang {
                Lang::Zh => format!("有名额空出时按先后顺序通知您，为您保留 {minutes} 分钟。不接受也不影响您。"),
                Lang::En => format!("When a place comes free we tell you, in the order of the list, and keep it for {minutes} minutes. Not taking it has no consequence."),
            };
            view! {
                <h2>{join.office.name.get(lang).to_owned()}</h2>
                <p>{promise}</p>
                <Form action=address values>
                    <Hidden name="item" value=join.impl_code/>
                    <Hidden name="office" value=join.office.code/>
                    <ui::Field name="from" label=tr(lang, "最早哪天可以", "First day that will do") kind=ui::Kind::Date/>
                    <ui::Field name="to" label=tr(lang, "最晚哪天可以", "Last day that will do") kind=ui::Kind::Date/>
                    <Button>{tr(lang, "加入候补", "Join the list")}</Button>
                </Form>
            }
        });
        let empty = mine.is_empty() && form.is_none();
        let cards: Vec<_> = mine.into_iter().map(|card| waiting_card(lang, card)).collect();
        view! {
            <h1>{heading}</h1>
            {cards}
            {form}
            {empty.then(|| view! { <p>{tr(lang, "您没有候补。", "You are not waiting for anything.")}</p> })}
        }
    })
}

fn waiting_card(lang: Lang, card: booking::ops::wait::WaitingCard) -> impl IntoView {
    let days = format!("{} – {}", ui::date(lang, card.from), ui::date(lang, card.to));
    let state = match card.offer {
        Some((offer, slot, until)) => view! {
            <Notice tone=Tone::Good title=tr(lang, "有名额了", "A place for you")>
                <p>{ui::time_range(lang, slot.start, slot.end)}</p>
                <p>{format!("{} {}", tr(lang, "为您保留到", "Kept for you until"), ui::moment(lang, until))}</p>
                <Form action=url::waiting_accept()>
                    <Hidden name="offer" value=offer.to_string()/>
                    <Button>{tr(lang, "接受并填写信息", "Take it and go on")}</Button>
                </Form>
            </Notice>
        }
        .into_any(),
        None => {
            let ahead = match lang {
                Lang::Zh => format!("前面还有 {} 人。有名额时我们会发短信。", card.ahead),
                Lang::En => format!("{} ahead of you. We send a text message when there is a place.", card.ahead),
            };
            view! { <p>{ahead}</p> }.into_any()
        }
    };
    view! {
        <section>
            <h2>{card.office.name.get(lang).to_owned()}</h2>
            <p>{days}</p>
            {state}
            <Form action=url::waiting_leave() class="inline">
                <Hidden name="waiting" value=card.id.to_string()/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "退出候补", "Leave the list")}</Button>
            </Form>
        </section>
    }
}
