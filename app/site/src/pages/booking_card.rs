//! Booking, third part: the receipt, and what can be done with a booking later.

use booking::{BookingCard, BookingId, OfficeCard, Profile, SlotCard, State};
use kernel::{Instant, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, PrintButton, Qr, Shell,
    SlotCell, SlotDay, SlotGrid, SlotPick, StatusTag, Tone, Values, tr, url,
};

/// A booking with what its pages show.
#[derive(Clone)]
pub struct Shown {
    /// The booking.
    pub booking: BookingCard,
    /// Where.
    pub office: OfficeCard,
    /// How the service books.
    pub profile: Profile,
    /// The moment of the page.
    pub now: Instant,
    /// After a closure: the place that is kept, and until when.
    pub kept: Option<(SlotCard, Instant)>,
    /// Full address of this page, for the QR code.
    pub address: String,
    /// Whether the reader is the one who booked.
    pub owner: bool,
    /// Whether there is time to change it.
    pub changeable: bool,
    /// The token of the ticket that was taken for it in the hall.
    pub ticket: Option<String>,
    /// Why a no-show does not count, once a clerk has taken it back.
    pub lifted: Option<String>,
    /// Whether the reader may take a no-show back.
    pub may_lift: bool,
}

fn tag(lang: Lang, state: State) -> impl IntoView {
    let tone = match state {
        State::Booked | State::Arrived | State::Done => Tone::Good,
        State::Held => Tone::Mind,
        State::NoShow => Tone::Bad,
        State::Cancelled | State::Lapsed => Tone::Plain,
    };
    view! { <StatusTag tone word=state.name().get(lang).to_owned()/> }
}

fn facts(lang: Lang, shown: &Shown) -> Vec<Fact> {
    let booking = &shown.booking;
    let number = booking.number.clone().unwrap_or_default();
    let people: Vec<String> = booking.parties.iter().map(|party| format!("{} {}", party.details.name, kernel::mask::id_number(&party.details.id_no))).collect();
    let mut items = vec![
        Fact::new(tr(lang, "预约号", "Number"), number),
        Fact::view(tr(lang, "状态", "State"), tag(lang, booking.state_at(shown.now))),
        Fact::new(tr(lang, "事项", "Matter"), shown.profile.name.get(lang)),
        Fact::new(tr(lang, "时间", "When"), ui::time_range(lang, booking.slot.start, booking.slot.end)),
        Fact::view(tr(lang, "地点", "Where"), view! { <a href=url::office(&shown.office.code)>{shown.office.name.get(lang).to_owned()}</a> }),
        Fact::new(tr(lang, "地址", "Address"), shown.office.address.get(lang)),
        Fact::new(tr(lang, "电话", "Telephone"), shown.office.phones.join("、")),
        Fact::view(tr(lang, "到场的人", "Who comes"), people.into_iter().map(|one| view! { <div>{one}</div> }).collect_view()),
    ];
    if !booking.needs.is_empty() {
        items.push(Fact::new(tr(lang, "需要的帮助", "Help needed"), booking.needs.clone()));
    }
    items
}

/// The receipt and page of a booking.
pub fn receipt(shell: &Shell, shown: Shown) -> String {
    let lang = shell.lang;
    let state = shown.booking.state_at(shown.now);
    let displaced = shown.booking.displaced();
    let heading = match state {
        State::Booked if displaced => tr(lang, "办事处临时不办公，请选择新的时间", "The office is closed: choose another time"),
        State::Booked => tr(lang, "您已预约成功", "You are booked"),
        _ => tr(lang, "预约", "Booking"),
    };
    ui::render(shell, Page::public(heading).back(url::bookings()), move || {
        let id = shown.booking.id;
        let items = facts(lang, &shown);
        let partner = (shown.owner && state == State::Booked).then(|| shown.booking.partner_code.clone()).flatten().map(|code| partner_notice(lang, id, code));
        let kept = shown.kept.clone().map(|(slot, until)| kept_notice(lang, id, &slot, until));
        let current = state == State::Booked && !displaced;
        let bring = shown.profile.couple;
        view! {
            <h1>{heading}</h1>
            {kept}
            <Facts items/>
            {shown.ticket.clone().map(|token| view! { <p><LinkButton href=url::ticket(token)>{tr(lang, "看排队进度", "Follow the queue")}</LinkButton></p> })}
            {current.then(|| view! {
                <h2>{tr(lang, "请带上", "Bring")}</h2>
                <p>{if bring {
                    tr(lang, "双方本人到场，各带身份证。", "Both of you come, each with an identity card.")
                } else {
                    tr(lang, "本人身份证。", "Your identity card.")
                }}" "<a href=url::item(&shown.booking.impl_code)>{tr(lang, "查看办事指南", "See the guide")}</a></p>
                <p>{tr(lang, "请在预约时段结束前到窗口报到。", "Report at the counter before the time ends.")}</p>
                <Qr address=shown.address.clone() label=tr(lang, "本预约的二维码", "QR code of this booking")/>
                <p><a href=url::booking_calendar(id)>{tr(lang, "加入日历（.ics）", "Add to your calendar (.ics)")}</a></p>
                <PrintButton/>
            })}
            {partner}
            {(state == State::Booked && shown.changeable).then(|| view! {
                <p class="no-print">
                    <LinkButton href=url::booking_move(id) kind=ButtonKind::Secondary>{tr(lang, "改时间", "Move")}</LinkButton>" "
                    <LinkButton href=url::booking_cancel(id) kind=ButtonKind::Secondary>{tr(lang, "取消预约", "Cancel")}</LinkButton>
                </p>
            })}
            {shown.lifted.clone().map(|reason| view! {
                <Notice tone=Tone::Good title=tr(lang, "不计爽约", "Not counted as a no-show")><p>{reason}</p></Notice>
            })}
            {(state == State::NoShow && shown.may_lift && shown.lifted.is_none()).then(|| view! {
                <p class="no-print"><LinkButton href=url::booking_lift(id) kind=ButtonKind::Secondary>{tr(lang, "解除爽约记录", "Take the no-show back")}</LinkButton></p>
            })}
            {(state == State::Held).then(|| view! {
                <p><LinkButton href=url::booking_details(id)>{tr(lang, "继续填写", "Go on")}</LinkButton></p>
            })}
        }
    })
}

fn partner_notice(lang: Lang, id: BookingId, code: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Mind title=tr(lang, "请另一方确认", "Ask the other person to confirm")>
            <p>{tr(lang, "把确认码告诉另一方。也可以到场后由工作人员确认。", "Give them this code. The counter can also do it when you come.")}</p>
            <p class="big-number">{code}</p>
            <p><a href=url::booking_partner(id)>{tr(lang, "确认页面", "Page to confirm")}</a></p>
        </Notice>
    }
}

fn kept_notice(lang: Lang, id: BookingId, slot: &SlotCard, until: Instant) -> impl IntoView + use<> {
    let (slot_id, when) = (slot.id.to_string(), ui::time_range(lang, slot.start, slot.end));
    view! {
        <Notice tone=Tone::Mind title=tr(lang, "已为您保留新的时间，不计爽约", "Another time is kept for you, without penalty")>
            <p>{when}</p>
            <p>{format!("{} {}", tr(lang, "保留到", "Kept until"), ui::moment(lang, until))}</p>
            <Form action=url::booking_move(id)>
                <Hidden name="slot" value=slot_id/>
                <Hidden name="step" value="act"/>
                <Button>{tr(lang, "接受新的时间", "Take it")}</Button>
            </Form>
        </Notice>
    }
}

/// Asks before cancelling.
pub fn cancel(shell: &Shell, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "取消预约？", "Cancel the booking?");
    ui::render(shell, Page::public(heading).back(url::booking(shown.booking.id)).values(&values), move || {
        let when = ui::time_range(lang, shown.booking.slot.start, shown.booking.slot.end);
        view! {
            <h1>{heading}</h1>
            <p>{when}" · "{shown.office.name.get(lang).to_owned()}</p>
            <p>{tr(lang, "名额会立即放回，不能恢复。", "The place is free for others at once.")}</p>
            <Form action=url::booking_cancel(shown.booking.id) values>
                <Button kind=ButtonKind::Danger>{tr(lang, "取消预约", "Cancel the booking")}</Button>
            </Form>
        }
    })
}

/// A clerk takes a no-show back: illness, traffic, a fault of the system.
pub fn lift(shell: &Shell, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "解除爽约记录", "Take a no-show back");
    ui::render(shell, Page::staff(heading).back(url::booking(shown.booking.id)).values(&values), move || {
        let items = facts(lang, &shown);
        view! {
            <h1>{heading}</h1>
            <Facts items/>
            <p>{tr(lang, "生病、交通、系统故障等原因，核实后可以解除。解除后立即恢复网上预约，并记入日志。", "For illness, traffic or a fault of the system, once it has been shown. Online booking is possible again at once; it is recorded.")}</p>
            <Form action=url::booking_lift(shown.booking.id) values>
                <Field name="reason" label=tr(lang, "解除原因", "Reason")/>
                <Button>{tr(lang, "解除", "Take it back")}</Button>
            </Form>
        }
    })
}

/// Choosing another time: free slots of the same office.
pub fn move_choose(shell: &Shell, shown: Shown, free: Vec<SlotCard>, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "改到什么时间？", "Move to when?");
    let page = Page::public(heading).back(url::booking(shown.booking.id)).values(&values).wide();
    ui::render(shell, page, move || {
        let mut days: Vec<SlotDay> = Vec::new();
        for slot in &free {
            let label = ui::date(lang, slot.day);
            let cell = SlotCell {
                time: format!("{}–{}", slot.start.hm(), slot.end.hm()),
                left: u32::try_from(slot.left(shown.now)).unwrap_or(0),
                word: String::new(),
                pick: SlotPick::Button { name: "slot".to_owned(), value: slot.id.to_string() },
            };
            match days.last_mut() {
                Some(day) if day.label == label => day.slots.push(cell),
                _ => days.push(SlotDay { label, closed: String::new(), slots: vec![cell] }),
            }
        }
        let none = days.is_empty();
        let left = match (shown.booking.displaced(), i64::from(shown.profile.max_moves) - shown.booking.moves, lang) {
            (true, ..) => String::new(),
            (false, left, Lang::Zh) => format!("还可以改 {} 次。", left.max(0)),
            (false, left, Lang::En) => format!("You can move it {} more time(s).", left.max(0)),
        };
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "现在：", "Now: ")}{ui::time_range(lang, shown.booking.slot.start, shown.booking.slot.end)}</p>
            <p>{left}</p>
            {none.then(|| view! { <p>{tr(lang, "本处目前没有别的名额。", "This office has no other places now.")}</p> })}
            <Form action=url::booking_move(shown.booking.id) values>
                <SlotGrid days/>
            </Form>
        }
    })
}

/// Asks before moving.
pub fn move_check(shell: &Shell, shown: Shown, to: SlotCard, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "确认改时间？", "Move the booking?");
    ui::render(shell, Page::public(heading).back(url::booking_move(shown.booking.id)).values(&values), move || {
        let items = vec![
            Fact::new(tr(lang, "原来", "Now"), ui::time_range(lang, shown.booking.slot.start, shown.booking.slot.end)),
            Fact::new(tr(lang, "改为", "New"), ui::time_range(lang, to.start, to.end)),
        ];
        view! {
            <h1>{heading}</h1>
            <Facts items/>
            <Form action=url::booking_move(shown.booking.id) values>
                <Hidden name="slot" value=to.id.to_string()/>
                <Hidden name="step" value="act"/>
                <Button>{tr(lang, "确认改时间", "Move it")}</Button>
            </Form>
        }
    })
}

/// The other person confirms. The page says nothing about the booking: it looks the same for every address.
pub fn partner(shell: &Shell, id: BookingId, values: Values, done: bool) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "确认预约", "Confirm a booking");
    ui::render(shell, Page::public(heading).values(&values), move || {
        if done {
            return view! {
                <h1>{heading}</h1>
                <Notice tone=Tone::Good title=tr(lang, "已确认", "Confirmed")>
                    <p>{tr(lang, "请按约定时间带身份证到场。", "Come at the time agreed, with your identity card.")}</p>
                </Notice>
            }
            .into_any();
        }
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "对方为您登记了一个预约。请填写收到的确认码和您的证件号码。", "Somebody named you for a booking. Enter the code that you got, and the number of your document.")}</p>
            <Form action=url::booking_partner(id) values>
                <Field name="code" label=tr(lang, "确认码", "Code") autocomplete="one-time-code" width=ui::Width::Medium/>
                <Field name="id_no" label=tr(lang, "您的身份证号码", "Your identity card number") kind=Kind::IdNumber/>
                <Button>{tr(lang, "确认", "Confirm")}</Button>
            </Form>
        }
        .into_any()
    })
}

/// One's own bookings as a table: for `/bookings`, and for the account page under the caption given.
pub fn table(lang: Lang, caption: &str, mine: Vec<(BookingCard, OfficeCard, Profile)>, now: Instant) -> impl IntoView + use<> {
    let rows = mine
        .into_iter()
        .map(|(card, office, profile)| {
            let state = card.state_at(now);
            let href = if state == State::Held { url::booking_details(card.id) } else { url::booking(card.id) };
            vec![
                Cell::link(href, ui::time_range(lang, card.slot.start, card.slot.end)),
                Cell::text(office.name.get(lang)),
                Cell::text(profile.name.get(lang)),
                Cell::view(tag(lang, state)),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "时间", "When")),
        Column::text(tr(lang, "地点", "Where")),
        Column::text(tr(lang, "事项", "Matter")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let empty = Empty::new(tr(lang, "您还没有预约。", "You have no bookings yet.")).act(url::offices(), tr(lang, "找办事地点", "Find an office"));
    view! { <DataTable caption=caption.to_owned() columns rows empty/> }
}

/// The list of one's own bookings.
pub fn list(shell: &Shell, mine: Vec<(BookingCard, OfficeCard, Profile)>, now: Instant) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "我的预约", "My bookings");
    ui::render(shell, Page::public(heading), move || {
        view! {
            <h1>{heading}</h1>
            {table(lang, heading, mine, now)}
            <p><a href=url::waiting()>{tr(lang, "我的候补", "My places on waiting lists")}</a></p>
        }
    })
}
