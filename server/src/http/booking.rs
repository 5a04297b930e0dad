//! Booking: from the item to the receipt, and what can be done with a booking later.

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use booking::details::PartyInput;
use booking::ops::confirm::Confirm;
use booking::ops::hold::Hold;
use booking::ops::partner::ByCode;
use booking::ops::wait::Join;
use booking::release::read as releases;
use booking::ops::{cancel, close, confirm, hold, lift, move_to, openings, partner, read, wait};
use booking::rules::may_change;
use booking::{BookingCard, BookingId, OfficeCard, PartyDetails, Profile, SlotId, State, ics};
use catalog::model::FormStep;
use kernel::{Day, Lang};
use platform::{Ctx, Error, Result, Role, regions};
use site::pages::{booking as choose, booking_card as card, booking_form as form};
use ui::{Shell, Values, url};

use super::{Access, Answer, FormData, Page, Routes, help, offices::region};

const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar]);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/book/{impl_code}", Access::Anyone, start)
        .post("/book/{impl_code}", Access::Anyone, take)
        .get("/bookings", Access::Citizen, list)
        .get("/bookings/{id}", Access::SignedIn, show)
        .get("/bookings/{id}/details", Access::Citizen, details)
        .post("/bookings/{id}/details", Access::Citizen, check)
        .post("/bookings/{id}/confirm", Access::Citizen, send)
        .get("/bookings/{id}/cancel", Access::SignedIn, ask_cancel)
        .post("/bookings/{id}/cancel", Access::SignedIn, do_cancel)
        .get("/bookings/{id}/move", Access::SignedIn, ask_move)
        .post("/bookings/{id}/move", Access::SignedIn, do_move)
        .get("/bookings/{id}/lift", COUNTER, ask_lift)
        .post("/bookings/{id}/lift", COUNTER, do_lift)
        .get("/bookings/{id}/partner", Access::Anyone, ask_partner)
        .post("/bookings/{id}/partner", Access::Anyone, do_partner)
        .get("/bookings/{id}/calendar.ics", Access::SignedIn, calendar)
        .get("/waiting", Access::Citizen, waiting)
        .post("/waiting", Access::Citizen, join)
        .post("/waiting/accept", Access::Citizen, accept)
        .post("/waiting/leave", Access::Citizen, leave)
}

type Asked = Query<HashMap<String, String>>;

async fn start(page: Page, Path(impl_code): Path<String>, Query(asked): Asked) -> Answer {
    let get = |name: &str| asked.get(name).map_or("", String::as_str);
    let html = if get("office").is_empty() {
        offices_page(&page, impl_code, get("region")).await?
    } else {
        slots_page(&page, impl_code, get("office"), get("day"), Values::new()).await?
    };
    page.html(html)
}

async fn offices_page(page: &Page, impl_code: String, asked: &str) -> Result<String> {
    let ctx = page.ctx();
    let profile = read::profile_for(ctx, &impl_code).await?;
    let here = region(ctx, asked).await?;
    let next: BTreeMap<_, _> = read::next_free_by_office(ctx, &here, &profile.item_kind).await?.into_iter().collect();
    let found = read::offices(ctx, &here, Some(&profile.item_kind), "", 200).await?;
    let mut offices: Vec<_> = found.into_iter().map(|office| (next.get(&office.id).copied(), office)).map(|(at, office)| (office, at)).collect();
    offices.sort_by_key(|(_, at)| (at.is_none(), at.map(|at| at.day())));
    let data = choose::Offices {
        impl_code,
        item: profile.name,
        path: regions::path(ctx.db(), &here).await?,
        below: regions::children(ctx.db(), &here).await?,
        offices,
    };
    Ok(choose::offices(page.shell(), data))
}

async fn slots_page(page: &Page, impl_code: String, office: &str, day: &str, values: Values) -> Result<String> {
    let ctx = page.ctx();
    let profile = read::profile_for(ctx, &impl_code).await?;
    let office = read::office(ctx, office).await?;
    let next = read::next_free(ctx, office.id, &profile.item_kind, ctx.now(), 1).await?.into_iter().next();
    let range = (ctx.today().plus_days(1), ctx.today().plus_days(i64::from(profile.days_ahead)));
    let soonest = next.as_ref().map_or(range.0, |slot| slot.day);
    let first: Day = day.parse().unwrap_or(soonest).clamp(range.0, range.1.max(range.0));
    let last = first.plus_days(6);
    let openings = openings::between(ctx, &office, first, last).await?;
    let found = read::slots(ctx, office.id, &profile.item_kind, first, last).await?;
    let days = (0..7)
        .map(|n| first.plus_days(n))
        .map(|day| choose::SlotsOfDay { day, opening: openings.on(day), slots: found.iter().filter(|slot| slot.day == day).cloned().collect() })
        .collect();
    let other = other_office(ctx, &office, &profile).await?;
    let in_turn = releases::of_office(ctx, office.id, &profile.item_kind, ctx.today().plus_days(1)).await?;
    let data = choose::Slots {
        impl_code,
        item: profile.name,
        office,
        days,
        now: ctx.now(),
        range,
        next,
        other,
        releases: in_turn,
        hold_minutes: profile.hold_minutes,
        release_minute: profile.release_minute,
        request_key: key(ctx),
    };
    let shell = help::beside(page, &data.impl_code, &[FormStep::Booking]).await?;
    Ok(choose::slots(&shell, data, values))
}

/// A key that names one rendering of a form.
fn key(ctx: &Ctx) -> String {
    ctx.id::<BookingCard>().to_string()
}

/// The office with the soonest free place around: in the region above, itself left out.
async fn other_office(ctx: &Ctx, office: &OfficeCard, profile: &Profile) -> Result<Option<(OfficeCard, kernel::Instant)>> {
    let above = regions::find(ctx.db(), &office.region).await?.and_then(|region| region.parent).unwrap_or(office.region);
    let next = read::next_free_by_office(ctx, &above, &profile.item_kind).await?;
    match next.into_iter().filter(|(id, _)| *id != office.id).min_by_key(|(_, at)| *at) {
        Some((id, at)) => Ok(Some((read::office_by_id(ctx, id).await?, at))),
        None => Ok(None),
    }
}

async fn take(page: Page, Path(impl_code): Path<String>, Query(asked): Asked, sent: FormData) -> Answer {
    let get = |name: &str| asked.get(name).map_or("", String::as_str);
    if page.ctx().actor().citizen().is_none() {
        // nothing was typed that could be lost: sign in, and choose from what is left then
        let here = url::with(url::book(&impl_code), &[("office", get("office")), ("day", get("day"))]);
        return page.go(url::sign_in_for(&here));
    }
    let slot = sent.get("slot").parse::<SlotId>().map_err(|_| Error::NotFound)?;
    match hold::hold(page.ctx(), Hold { slot, impl_code: impl_code.clone(), request_key: sent.get("key").to_owned() }).await {
        Ok(id) => page.go(url::booking_details(id)),
        Err(error) => {
            if error.has_code("E-P903") {
                return page.go(url::real_name());
            }
            let values = Values::new().with_issues(error.issues().to_vec());
            let html = slots_page(&page, impl_code, get("office"), get("day"), values).await?;
            page.again(error, sent.values(), |_| html)
        }
    }
}

async fn held(page: &Page, id: BookingId) -> Result<form::Held> {
    let ctx = page.ctx();
    let booking = read::booking(ctx, id).await?;
    let own = confirm::own(ctx, id).await?;
    let own = PartyDetails { id_no: kernel::mask::id_number(&own.id_no), ..own };
    let office = read::office_by_id(ctx, booking.office).await?;
    let profile = read::profile_of_kind(ctx, &booking.item_kind).await?;
    Ok(form::Held { booking, office, profile, own })
}

/// The frame of the form of the parties, with the questions that belong there.
async fn party_shell(page: &Page, held: &form::Held) -> Result<Shell> {
    help::beside(page, &held.booking.impl_code, &[FormStep::Party]).await
}

async fn details(page: Page, Path(id): Path<BookingId>) -> Answer {
    let held = held(&page, id).await?;
    match held.booking.state_at(page.ctx().now()) {
        State::Held => page.html(form::details(&party_shell(&page, &held).await?, held, Values::new())),
        State::Lapsed => page.go_with(url::book(&held.booking.impl_code), "hold-ended"),
        _ => page.go(url::booking(id)),
    }
}

fn entered(sent: &FormData) -> Confirm {
    let get = |name: &str| sent.get(name).to_owned();
    let partner = PartyInput { name: get("b_name"), id_type: String::new(), id_no: get("b_id_no"), phone: get("b_phone") };
    Confirm { phone: get("a_phone"), partner: Some(partner), needs: get("needs") }
}

async fn check(page: Page, Path(id): Path<BookingId>, sent: FormData) -> Answer {
    let held = held(&page, id).await?;
    if sent.get("step") == "edit" {
        return page.html(form::details(&party_shell(&page, &held).await?, held, sent.values().clone()));
    }
    match confirm::check(page.ctx(), id, &entered(&sent)).await {
        Ok(()) => page.html(form::check(page.shell(), held, sent.values().clone())),
        Err(error) => {
            let shell = party_shell(&page, &held).await?;
            page.again(error, sent.values(), |values| form::details(&shell, held, values))
        }
    }
}

async fn send(page: Page, Path(id): Path<BookingId>, sent: FormData) -> Answer {
    match confirm::confirm(page.ctx(), id, entered(&sent)).await {
        Ok(id) => page.go(url::booking(id)),
        Err(error) if error.has_code("E-BK02") => {
            let booking = read::booking(page.ctx(), id).await?;
            page.go_with(url::book(&booking.impl_code), "hold-ended")
        }
        Err(error) => {
            let held = held(&page, id).await?;
            let shell = party_shell(&page, &held).await?;
            page.again(error, sent.values(), |values| form::details(&shell, held, values))
        }
    }
}

async fn shown(page: &Page, id: BookingId) -> Result<card::Shown> {
    let ctx = page.ctx();
    let booking = read::booking(ctx, id).await?;
    let office = read::office_by_id(ctx, booking.office).await?;
    let profile = read::profile_of_kind(ctx, &booking.item_kind).await?;
    let kept = if booking.displaced() { close::kept_for(ctx, id).await? } else { None };
    let address = format!("{}{}", ctx.settings().public_origin.trim_end_matches('/'), url::booking(id));
    let owner = ctx.actor().citizen().is_none_or(|citizen| booking.account == Some(citizen.account));
    let changeable = booking.displaced() || may_change(&profile, booking.slot.start, ctx.now());
    let ticket = hall::ops::read::of_booking(ctx, id).await?.map(|ticket| ticket.token);
    let lifted = if booking.state_at(ctx.now()) == State::NoShow { lift::lifted(ctx, id).await? } else { None };
    let may_lift = ctx.actor().staff().is_some();
    Ok(card::Shown { booking, office, profile, now: ctx.now(), kept, address, owner, changeable, ticket, lifted, may_lift })
}

async fn show(page: Page, Path(id): Path<BookingId>) -> Answer {
    page.html(card::receipt(page.shell(), shown(&page, id).await?))
}

async fn ask_cancel(page: Page, Path(id): Path<BookingId>) -> Answer {
    page.html(card::cancel(page.shell(), shown(&page, id).await?, Values::new()))
}

async fn do_cancel(page: Page, Path(id): Path<BookingId>, sent: FormData) -> Answer {
    let before = shown(&page, id).await?;
    match cancel::cancel(page.ctx(), id).await {
        Ok(()) if before.booking.state == State::Held => page.go_with(url::book(&before.booking.impl_code), "booking-cancelled"),
        Ok(()) => page.go_with(url::booking(id), "booking-cancelled"),
        Err(error) => page.again(error, sent.values(), |values| card::cancel(page.shell(), before, values)),
    }
}

async fn ask_lift(page: Page, Path(id): Path<BookingId>) -> Answer {
    page.html(card::lift(page.shell(), shown(&page, id).await?, Values::new()))
}

async fn do_lift(page: Page, Path(id): Path<BookingId>, sent: FormData) -> Answer {
    let before = shown(&page, id).await?;
    match lift::lift(page.ctx(), id, sent.get("reason")).await {
        Ok(()) => page.go_with(url::booking(id), "no-show-lifted"),
        Err(error) => page.again(error, sent.values(), |values| card::lift(page.shell(), before, values)),
    }
}

async fn move_page(page: &Page, id: BookingId, values: Values) -> Result<String> {
    let shown = shown(page, id).await?;
    let free = read::next_free(page.ctx(), shown.office.id, &shown.booking.item_kind, page.ctx().now(), 50).await?;
    let free = free.into_iter().filter(|slot| slot.id != shown.booking.slot.id).collect();
    Ok(card::move_choose(page.shell(), shown, free, values))
}

async fn ask_move(page: Page, Path(id): Path<BookingId>) -> Answer {
    page.html(move_page(&page, id, Values::new()).await?)
}

async fn do_move(page: Page, Path(id): Path<BookingId>, sent: FormData) -> Answer {
    let to = sent.get("slot").parse::<SlotId>().map_err(|_| Error::NotFound)?;
    if sent.get("step") != "act" {
        let target = read::slot(page.ctx(), to).await?;
        return page.html(card::move_check(page.shell(), shown(&page, id).await?, target, Values::new()));
    }
    match move_to::move_to(page.ctx(), id, to).await {
        Ok(()) => page.go_with(url::booking(id), "booking-moved"),
        Err(error) => {
            let html = move_page(&page, id, Values::new().with_issues(error.issues().to_vec())).await?;
            page.again(error, sent.values(), |_| html)
        }
    }
}

async fn ask_partner(page: Page, Path(id): Path<BookingId>) -> Answer {
    page.html(card::partner(page.shell(), id, Values::new(), false))
}

async fn do_partner(page: Page, Path(id): Path<BookingId>, sent: FormData) -> Answer {
    let input = ByCode { code: sent.get("code").to_owned(), id_no: sent.get("id_no").to_owned() };
    match partner::confirm(page.ctx(), id, &input).await {
        Ok(()) => page.html(card::partner(page.shell(), id, Values::new(), true)),
        Err(error) => page.again(error, sent.values(), |values| card::partner(page.shell(), id, values, false)),
    }
}

async fn calendar(page: Page, Path(id): Path<BookingId>) -> Answer {
    let shown = shown(&page, id).await?;
    let (lang, booking) = (page.lang(), &shown.booking);
    let host = shown.address.split('/').nth(2).unwrap_or("tongban").to_owned();
    let title = match (shown.profile.discreet, lang) {
        (true, _) => shown.office.name.get(lang).to_owned(),
        (false, Lang::Zh) => format!("{}（{}）", shown.profile.name.zh, shown.office.name.zh),
        (false, Lang::En) => format!("{} ({})", shown.profile.name.en, shown.office.name.en),
    };
    let number = booking.number.clone().unwrap_or_default();
    let words = match lang {
        Lang::Zh => format!("预约号：{number}\n请携带身份证到场。\n{}", shown.address),
        Lang::En => format!("Number: {number}\nBring your identity card.\n{}", shown.address),
    };
    let file = ics::file(&ics::Event {
        uid: format!("{id}@{host}"),
        sequence: booking.moves,
        stamp: booking.changed_at,
        start: booking.slot.start,
        end: booking.slot.end,
        summary: &title,
        location: shown.office.address.get(lang),
        description: &words,
        cancelled: !matches!(booking.state_at(shown.now), State::Booked | State::Arrived | State::Done),
    });
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"booking.ics\"")];
    Ok((headers, file).into_response())
}

/// The signed-in citizen's bookings with what a list shows, newest first: for `/bookings` and the account page.
pub(crate) async fn mine(ctx: &Ctx) -> Result<Vec<(BookingCard, OfficeCard, Profile)>> {
    let mut rows = Vec::new();
    for booking in read::mine(ctx).await? {
        let office = read::office_by_id(ctx, booking.office).await?;
        let profile = read::profile_of_kind(ctx, &booking.item_kind).await?;
        rows.push((booking, office, profile));
    }
    Ok(rows)
}

async fn list(page: Page) -> Answer {
    page.html(card::list(page.shell(), mine(page.ctx()).await?, page.ctx().now()))
}

async fn waiting_page(page: &Page, item: &str, office: &str, values: Values) -> Result<String> {
    let ctx = page.ctx();
    let join = if item.is_empty() || office.is_empty() {
        None
    } else {
        let offer_minutes = read::profile_for(ctx, item).await?.offer_minutes;
        Some(choose::Join { impl_code: item.to_owned(), office: read::office(ctx, office).await?, offer_minutes })
    };
    let values = values.or("from", ctx.today().plus_days(1)).or("to", ctx.today().plus_days(30));
    Ok(choose::waiting(page.shell(), join, wait::mine(ctx).await?, values))
}

async fn waiting(page: Page, Query(asked): Asked) -> Answer {
    let get = |name: &str| asked.get(name).map_or("", String::as_str);
    page.html(waiting_page(&page, get("item"), get("office"), Values::new()).await?)
}

async fn join(page: Page, sent: FormData) -> Answer {
    let day = |name: &str| sent.get(name).parse::<Day>().unwrap_or(Day::MIN);
    let input = Join { office: sent.get("office").to_owned(), impl_code: sent.get("item").to_owned(), from: day("from"), to: day("to") };
    match wait::join(page.ctx(), input).await {
        Ok(_) => page.go_with(url::waiting(), "waiting-joined"),
        Err(error) => {
            let values = sent.values().clone().with_issues(error.issues().to_vec());
            let html = waiting_page(&page, sent.get("item"), sent.get("office"), values).await?;
            page.again(error, sent.values(), |_| html)
        }
    }
}

async fn accept(page: Page, sent: FormData) -> Answer {
    let offer = sent.get("offer").parse().map_err(|_| Error::NotFound)?;
    match wait::accept(page.ctx(), offer).await {
        Ok(id) => page.go(url::booking_details(id)),
        Err(error) => {
            let html = waiting_page(&page, "", "", Values::new().with_issues(error.issues().to_vec())).await?;
            page.again(error, sent.values(), |_| html)
        }
    }
}

async fn leave(page: Page, sent: FormData) -> Answer {
    let id = sent.get("waiting").parse().map_err(|_| Error::NotFound)?;
    wait::leave(page.ctx(), id).await?;
    page.go_with(url::waiting(), "waiting-left")
}
