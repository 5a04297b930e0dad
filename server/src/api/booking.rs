//! Offices, what is left of their slots, and bookings, for programs.

use axum::{
    Json,
    extract::{Path, Query},
};
use booking::details::PartyInput;
use booking::ops::book::Book;
use booking::ops::{book, cancel, lift, move_to, read};
use booking::{BookingCard, BookingId, OfficeCard, SlotCard, SlotId, WEEKDAYS};
use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, Result, Role, regions};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller, IdempotencyKey};
use crate::http::{Access, Routes};

/// Offices of one answer.
const PAGE: usize = 100;

#[derive(OpenApi)]
#[openapi(
    paths(offices, office, slots, mine, make, show, withdraw, shift, take_back),
    components(schemas(OfficesBody, OfficeBody, SlotsBody, SlotBody, BookingsBody, BookingBody, BookBody, PersonBody, MoveBody, LiftBody))
)]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/offices", Access::Anyone, offices)
        .get("/api/v1/offices/{code}", Access::Anyone, office)
        .get("/api/v1/offices/{code}/slots", Access::Anyone, slots)
        .get("/api/v1/bookings", Access::SignedIn, mine)
        .post("/api/v1/bookings", Access::SignedIn, make)
        .get("/api/v1/bookings/{id}", Access::SignedIn, show)
        .post("/api/v1/bookings/{id}/cancel", Access::SignedIn, withdraw)
        .post("/api/v1/bookings/{id}/move", Access::SignedIn, shift)
        .post("/api/v1/bookings/{id}/lift", Access::Staff(&[Role::Clerk, Role::Registrar]), take_back)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct OfficesParams {
    /// Code of a region; offices in it and below. The whole area without it.
    #[param(required = false, pattern = "^([0-9]{6}|[0-9]{9}|[0-9]{12})?$")]
    region: String,
    /// A kind of business, such as `marriage.domestic`; all without it.
    #[param(required = false)]
    kind: String,
    /// Code of the last office of the page before.
    #[param(required = false)]
    after: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct SlotsParams {
    /// Implementation code of the item to be booked.
    #[param(example = "11990126YY9990101F4000799001001")]
    item: String,
    /// First day, `2026-05-20`; tomorrow without it.
    #[param(required = false)]
    from: String,
    /// Last day, at most 31 days after the first; seven days without it.
    #[param(required = false)]
    to: String,
}

/// One page of offices.
#[derive(Debug, Serialize, ToSchema)]
struct OfficesBody {
    /// The offices, by code.
    offices: Vec<OfficeBody>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// One office.
#[derive(Debug, Serialize, ToSchema)]
struct OfficeBody {
    /// Public code.
    code: String,
    /// Code of its region.
    region: String,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// Address in Chinese.
    address_zh: String,
    /// Address in English.
    address_en: String,
    /// Telephones.
    phones: Vec<String>,
    /// Longitude in degrees.
    longitude: Option<f64>,
    /// Latitude in degrees.
    latitude: Option<f64>,
    /// Kinds of business.
    kinds: Vec<String>,
    /// Hours from Monday to Sunday, `09:00-12:00 13:30-17:00`; empty is closed.
    week: Vec<String>,
}

impl From<OfficeCard> for OfficeBody {
    fn from(office: OfficeCard) -> Self {
        Self {
            code: office.code,
            region: office.region.as_str().to_owned(),
            name_zh: office.name.zh.into_owned(),
            name_en: office.name.en.into_owned(),
            address_zh: office.address.zh.into_owned(),
            address_en: office.address.en.into_owned(),
            phones: office.phones,
            longitude: office.position.map(|(lng, _)| lng),
            latitude: office.position.map(|(_, lat)| lat),
            kinds: office.kinds,
            week: WEEKDAYS.iter().map(|day| office.week.of(*day).to_string()).collect(),
        }
    }
}

/// What is left.
#[derive(Debug, Serialize, ToSchema)]
struct SlotsBody {
    /// The slots in order.
    slots: Vec<SlotBody>,
}

/// One slot: only what is left is public.
#[derive(Debug, Serialize, ToSchema)]
struct SlotBody {
    /// Id.
    #[schema(value_type = String)]
    id: SlotId,
    /// The day.
    #[schema(value_type = String)]
    day: Day,
    /// Start.
    #[schema(value_type = String)]
    start: Instant,
    /// End.
    #[schema(value_type = String)]
    end: Instant,
    /// From when it can be booked.
    #[schema(value_type = String)]
    release: Instant,
    /// When booking ends.
    #[schema(value_type = String)]
    close: Instant,
    /// Places that can be booked at this moment.
    left: i64,
}

impl SlotBody {
    fn new(slot: &SlotCard, now: Instant) -> Self {
        let window = slot.window;
        Self { id: slot.id, day: slot.day, start: slot.start, end: slot.end, release: window.release_at, close: window.close_at, left: slot.left(now) }
    }
}

/// One's own bookings.
#[derive(Debug, Serialize, ToSchema)]
struct BookingsBody {
    /// Newest first.
    bookings: Vec<BookingBody>,
}

/// One booking.
#[derive(Debug, Serialize, ToSchema)]
struct BookingBody {
    /// Id.
    #[schema(value_type = String)]
    id: BookingId,
    /// The 22-digit number, once confirmed.
    number: Option<String>,
    /// `HELD`, `BOOKED`, `ARRIVED`, `DONE`, `CANCELLED`, `LAPSED` or `NO_SHOW`.
    state: String,
    /// Code of the office.
    office: String,
    /// Implementation code of the item.
    item: String,
    /// Start.
    #[schema(value_type = String)]
    start: Instant,
    /// End.
    #[schema(value_type = String)]
    end: Instant,
    /// How often it was moved.
    moves: i64,
    /// Whether the office closed for this time and another can be chosen free of penalty.
    displaced: bool,
    /// The code by which the other person confirms, while he has not.
    partner_code: Option<String>,
    /// The people, numbers masked.
    people: Vec<PersonShown>,
}

/// One of the people.
#[derive(Debug, Serialize, ToSchema)]
struct PersonShown {
    /// Name, masked.
    name: String,
    /// Number of the document, masked.
    id_no: String,
    /// Whether he confirmed.
    confirmed: bool,
}

async fn body(ctx: &Ctx, card: BookingCard) -> Result<BookingBody> {
    let office = read::office_by_id(ctx, card.office).await?;
    let people = card.parties.iter().map(|party| PersonShown {
        name: kernel::mask::name(&party.details.name),
        id_no: kernel::mask::id_number(&party.details.id_no),
        confirmed: party.person.is_some(),
    });
    Ok(BookingBody {
        id: card.id,
        number: card.number.clone(),
        state: card.state_at(ctx.now()).code().to_owned(),
        office: office.code,
        item: card.impl_code.clone(),
        start: card.slot.start,
        end: card.slot.end,
        moves: card.moves,
        displaced: card.displaced(),
        partner_code: card.partner_code.clone(),
        people: people.collect(),
    })
}

/// One person to be named.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct PersonBody {
    /// Name as on the document.
    name: String,
    /// Kind of document (GA/T 517); `111`, the resident identity card, if empty.
    id_type: String,
    /// Number of the document.
    id_no: String,
    /// Mobile phone.
    phone: String,
}

impl From<PersonBody> for PartyInput {
    fn from(person: PersonBody) -> Self {
        Self { name: person.name, id_type: person.id_type, id_no: person.id_no, phone: person.phone }
    }
}

/// What is to be booked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BookBody {
    /// Id of the slot.
    slot: String,
    /// Implementation code of the item.
    item: String,
    /// Who books: a citizen gives only his phone, staff name the caller.
    #[serde(default)]
    booker: PersonBody,
    /// The other person, where two come together.
    partner: Option<PersonBody>,
    /// What somebody needs at the counter.
    #[serde(default)]
    needs: String,
}

/// Where to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveBody {
    /// Id of the new slot.
    slot: String,
}

/// Why a no-show does not count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LiftBody {
    /// Illness, traffic, a fault of the system.
    reason: String,
}

/// Offices that serve the public.
#[utoipa::path(get, path = "/api/v1/offices", tag = "offices", params(OfficesParams),
    responses((status = 200, body = OfficesBody)))]
async fn offices(caller: Caller, Query(params): Query<OfficesParams>) -> ApiAnswer<OfficesBody> {
    let ctx = caller.ctx();
    let region = match params.region.as_str() {
        "" => ctx.settings().region,
        code => RegionCode::parse(code).map_err(|_| Error::NotFound)?,
    };
    regions::find(ctx.db(), &region).await?.ok_or(Error::NotFound)?;
    let kind = (!params.kind.is_empty()).then_some(params.kind.as_str());
    let mut found = read::offices(ctx, &region, kind, &params.after, PAGE as i64 + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|office| office.code.clone());
    Ok(Json(OfficesBody { offices: found.into_iter().map(OfficeBody::from).collect(), next }))
}

/// One office.
#[utoipa::path(get, path = "/api/v1/offices/{code}", tag = "offices", params(("code" = String, Path, description = "Public code")),
    responses((status = 200, body = OfficeBody)))]
async fn office(caller: Caller, Path(code): Path<String>) -> ApiAnswer<OfficeBody> {
    Ok(Json(read::office(caller.ctx(), &code).await?.into()))
}

/// What is left of an office's slots.
#[utoipa::path(get, path = "/api/v1/offices/{code}/slots", tag = "offices", params(("code" = String, Path, description = "Public code"), SlotsParams),
    responses((status = 200, body = SlotsBody)))]
async fn slots(caller: Caller, Path(code): Path<String>, Query(params): Query<SlotsParams>) -> ApiAnswer<SlotsBody> {
    let ctx = caller.ctx();
    let profile = read::profile_for(ctx, &params.item).await?;
    let office = read::office(ctx, &code).await?;
    let day = |text: &str, usual: Day| if text.is_empty() { Ok(usual) } else { text.parse::<Day>().map_err(|_| Error::NotFound) };
    let from = day(&params.from, ctx.today().plus_days(1))?;
    let to = day(&params.to, from.plus_days(6))?;
    let found = read::slots(ctx, office.id, &profile.item_kind, from, to).await?;
    Ok(Json(SlotsBody { slots: found.iter().map(|slot| SlotBody::new(slot, ctx.now())).collect() }))
}

/// The citizen's own bookings.
#[utoipa::path(get, path = "/api/v1/bookings", tag = "bookings",
    responses((status = 200, body = BookingsBody)))]
async fn mine(caller: Caller) -> ApiAnswer<BookingsBody> {
    let mut bookings = Vec::new();
    for card in read::mine(caller.ctx()).await? {
        bookings.push(body(caller.ctx(), card).await?);
    }
    Ok(Json(BookingsBody { bookings }))
}

/// Books. A repeated request with the same key gives the same booking.
#[utoipa::path(post, path = "/api/v1/bookings", tag = "bookings", request_body = BookBody,
    responses((status = 200, body = BookingBody)))]
async fn make(caller: Caller, key: IdempotencyKey, Json(asked): Json<BookBody>) -> ApiAnswer<BookingBody> {
    let slot = asked.slot.parse::<SlotId>().map_err(|_| Error::NotFound)?;
    let input = Book {
        slot: Some(slot),
        impl_code: asked.item,
        booker: asked.booker.into(),
        partner: asked.partner.map(PartyInput::from),
        needs: asked.needs,
        request_key: key.0,
    };
    let id = book::book(caller.ctx(), input).await?;
    Ok(Json(body(caller.ctx(), read::booking(caller.ctx(), id).await?).await?))
}

/// One booking.
#[utoipa::path(get, path = "/api/v1/bookings/{id}", tag = "bookings", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = BookingBody)))]
async fn show(caller: Caller, Path(id): Path<BookingId>) -> ApiAnswer<BookingBody> {
    Ok(Json(body(caller.ctx(), read::booking(caller.ctx(), id).await?).await?))
}

/// Cancels a booking; cancelling again changes nothing.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/cancel", tag = "bookings", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = BookingBody)))]
async fn withdraw(caller: Caller, Path(id): Path<BookingId>) -> ApiAnswer<BookingBody> {
    cancel::cancel(caller.ctx(), id).await?;
    Ok(Json(body(caller.ctx(), read::booking(caller.ctx(), id).await?).await?))
}

/// Takes a no-show back: it no longer keeps the person from booking online.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/lift", tag = "bookings", request_body = LiftBody, params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = BookingBody)))]
async fn take_back(caller: Caller, Path(id): Path<BookingId>, Json(asked): Json<LiftBody>) -> ApiAnswer<BookingBody> {
    lift::lift(caller.ctx(), id, &asked.reason).await?;
    Ok(Json(body(caller.ctx(), read::booking(caller.ctx(), id).await?).await?))
}

/// Moves a booking; moving it to where it is already changes nothing.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/move", tag = "bookings", request_body = MoveBody, params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = BookingBody)))]
async fn shift(caller: Caller, Path(id): Path<BookingId>, Json(asked): Json<MoveBody>) -> ApiAnswer<BookingBody> {
    let to = asked.slot.parse::<SlotId>().map_err(|_| Error::NotFound)?;
    move_to::move_to(caller.ctx(), id, to).await?;
    Ok(Json(body(caller.ctx(), read::booking(caller.ctx(), id).await?).await?))
}
