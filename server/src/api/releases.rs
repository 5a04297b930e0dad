//! Timed releases for programs: what is announced, joining, one's place, booking in one's turn, and checking a draw.

use axum::{
    Json,
    extract::{Path, Query},
};
use booking::SlotId;
use booking::details::PartyInput;
use booking::ops::confirm::Confirm;
use booking::release::draw::Side;
use booking::release::join::{Join, join};
use booking::release::{Entry, EntryId, Mode, Release, ReleaseId, proof, read, turn};
use kernel::{Day, Instant};
use platform::{Ctx, Error};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller, IdempotencyKey};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(releases, release, enter, mine, slots, book, prove),
    components(schemas(ReleasesBody, ReleaseBody, DrawBody, ReleaseJoinBody, ReleaseEntryBody, TurnBody, TurnSlot, TurnBook, TurnBooked, ProofBody, Neighbour))
)]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/releases", Access::Anyone, releases)
        .get("/api/v1/releases/{id}", Access::Anyone, release)
        .get("/api/v1/releases/{id}/proof", Access::Anyone, prove)
        .get("/api/v1/releases/{id}/entry", Access::SignedIn, mine)
        .post("/api/v1/releases/{id}/entry", Access::SignedIn, enter)
        .get("/api/v1/releases/{id}/slots", Access::SignedIn, slots)
        .post("/api/v1/releases/{id}/bookings", Access::SignedIn, book)
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Every release that has not ended.
#[derive(Debug, Serialize, ToSchema)]
struct ReleasesBody {
    /// The first to end first.
    releases: Vec<ReleaseBody>,
}

/// A release with its figures as of the last second.
#[derive(Debug, Serialize, ToSchema)]
struct ReleaseBody {
    /// Id.
    #[schema(value_type = String)]
    id: ReleaseId,
    /// Implementation code of the item.
    item: String,
    /// The day whose places are released.
    #[schema(value_type = String)]
    day: Day,
    /// `ARRIVAL` or `DRAW`.
    mode: String,
    /// `ANNOUNCED`, `JOINING`, `CLOSED`, `GIVING`, `ENDED` or `CANCELLED`.
    phase: String,
    /// From when one can join.
    #[schema(value_type = String)]
    join_at: Instant,
    /// Until when.
    #[schema(value_type = String)]
    join_until: Instant,
    /// From when places are given.
    #[schema(value_type = String)]
    turns_at: Instant,
    /// From when what is left is for everybody.
    #[schema(value_type = String)]
    ends_at: Instant,
    /// Entries with a place in the order.
    placed: i64,
    /// The last place whose turn has come.
    served: i64,
    /// Places left.
    free: i64,
    /// The draw, where there is one.
    draw: Option<DrawBody>,
}

/// What is public of a draw; digests of SM3 in hexadecimal.
#[derive(Debug, Serialize, ToSchema)]
struct DrawBody {
    /// Digest of the seed.
    commitment: String,
    /// Where the public value comes from.
    source: String,
    /// Entrants on the closed list.
    entrants: i64,
    /// Merkle root of the closed list.
    root: Option<String>,
    /// The public value.
    value: Option<String>,
    /// The seed, once it is revealed.
    seed: Option<String>,
}

fn body(ctx: &Ctx, release: Release) -> ReleaseBody {
    let (phase, figures, times) = (release.phase(ctx.now()), release.figures, release.times);
    let draw = release.draw.filter(|_| release.mode == Mode::Draw).map(|draw| DrawBody {
        commitment: hex(&draw.commitment),
        source: draw.source.get(ctx.lang()).to_owned(),
        entrants: figures.listed,
        root: draw.closed.map(|(_, root)| hex(&root)),
        value: draw.value.map(|(value, _)| value),
        seed: draw.drawn.map(|(_, seed)| hex(&seed)),
    });
    ReleaseBody {
        id: release.id,
        item: release.impl_code,
        day: release.day,
        mode: release.mode.code().to_owned(),
        phase: phase.code().to_owned(),
        join_at: times.join_at,
        join_until: times.join_until,
        turns_at: times.turns_at,
        ends_at: times.ends_at,
        placed: figures.placed,
        served: figures.served,
        free: figures.free,
        draw,
    }
}

/// With whom one joins.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ReleaseJoinBody {
    /// Number of the other person's identity card, where two come together.
    partner_id_no: String,
}

/// One's own entry.
#[derive(Debug, Serialize, ToSchema)]
struct ReleaseEntryBody {
    /// The receipt.
    #[schema(value_type = String)]
    receipt: EntryId,
    /// When the server received it.
    #[schema(value_type = String)]
    received_at: Instant,
    /// Place in the order, from 1, once it is set: within some seconds, or by the draw.
    place: Option<i64>,
    /// `WAITING`, `TURN`, `TAKEN`, `PASSED` or `LEFT`.
    state: String,
    /// Until when the turn lasts.
    #[schema(value_type = Option<String>)]
    turn_until: Option<Instant>,
    /// Seconds after which to ask again.
    look_again: u16,
}

fn entry_body(ctx: &Ctx, release: &Release, entry: &Entry) -> ReleaseEntryBody {
    ReleaseEntryBody {
        receipt: entry.id,
        received_at: entry.received_at,
        place: entry.place,
        state: entry.state_at(ctx.now()).code().to_owned(),
        turn_until: entry.turn_until,
        look_again: release.look_again(entry.place),
    }
}

/// Times to choose from.
#[derive(Debug, Serialize, ToSchema)]
struct TurnBody {
    /// Those with a place left.
    slots: Vec<TurnSlot>,
}

/// One time.
#[derive(Debug, Serialize, ToSchema)]
struct TurnSlot {
    /// Id.
    #[schema(value_type = String)]
    id: SlotId,
    /// Start.
    #[schema(value_type = String)]
    start: Instant,
    /// Places left.
    left: i64,
}

/// What is booked in one's turn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TurnBook {
    /// Id of the slot.
    slot: String,
    /// One's own mobile phone.
    phone: String,
    /// Name of the other person.
    #[serde(default)]
    partner_name: String,
    /// Number of the other person's identity card: the one named when joining.
    #[serde(default)]
    partner_id_no: String,
    /// What somebody needs at the counter.
    #[serde(default)]
    needs: String,
}

/// The booking that was made.
#[derive(Debug, Serialize, ToSchema)]
struct TurnBooked {
    /// Id, for `/api/v1/bookings/{id}`.
    #[schema(value_type = String)]
    booking: booking::BookingId,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ProofParams {
    /// The receipt.
    receipt: String,
}

/// That a receipt is on the closed list.
#[derive(Debug, Serialize, ToSchema)]
struct ProofBody {
    /// Number on the list, from 0.
    leaf: i64,
    /// Neighbours from the leaf to the root.
    path: Vec<Neighbour>,
}

/// One neighbour.
#[derive(Debug, Serialize, ToSchema)]
struct Neighbour {
    /// `LEFT` or `RIGHT`.
    side: String,
    /// Its digest.
    hash: String,
}

/// Every release that has not ended.
#[utoipa::path(get, path = "/api/v1/releases", tag = "releases", responses((status = 200, body = ReleasesBody)))]
async fn releases(caller: Caller) -> ApiAnswer<ReleasesBody> {
    let ctx = caller.ctx();
    Ok(Json(ReleasesBody { releases: read::running(ctx).await?.into_iter().map(|release| body(ctx, release)).collect() }))
}

/// One release.
#[utoipa::path(get, path = "/api/v1/releases/{id}", tag = "releases", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = ReleaseBody)))]
async fn release(caller: Caller, Path(id): Path<ReleaseId>) -> ApiAnswer<ReleaseBody> {
    Ok(Json(body(caller.ctx(), read::release(caller.ctx(), id).await?)))
}

/// Joins. Who has joined keeps his place.
#[utoipa::path(post, path = "/api/v1/releases/{id}/entry", tag = "releases", params(("id" = String, Path, description = "Id")), request_body = ReleaseJoinBody,
    responses((status = 200, body = ReleaseEntryBody)))]
async fn enter(caller: Caller, Path(id): Path<ReleaseId>, Json(asked): Json<ReleaseJoinBody>) -> ApiAnswer<ReleaseEntryBody> {
    let ctx = caller.ctx();
    let entry = join(ctx, id, &Join { partner_id_no: asked.partner_id_no }).await?;
    Ok(Json(entry_body(ctx, &read::release(ctx, id).await?, &entry)))
}

/// One's own entry.
#[utoipa::path(get, path = "/api/v1/releases/{id}/entry", tag = "releases", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = ReleaseEntryBody)))]
async fn mine(caller: Caller, Path(id): Path<ReleaseId>) -> ApiAnswer<ReleaseEntryBody> {
    let ctx = caller.ctx();
    let release = read::release(ctx, id).await?;
    let entry = read::mine(ctx, id).await?.ok_or(Error::NotFound)?;
    Ok(Json(entry_body(ctx, &release, &entry)))
}

/// The times that one can choose from in one's turn.
#[utoipa::path(get, path = "/api/v1/releases/{id}/slots", tag = "releases", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = TurnBody)))]
async fn slots(caller: Caller, Path(id): Path<ReleaseId>) -> ApiAnswer<TurnBody> {
    let slots = turn::slots(caller.ctx(), id).await?;
    Ok(Json(TurnBody { slots: slots.into_iter().map(|slot| TurnSlot { id: slot.id, start: slot.start, left: slot.load.online_left() }).collect() }))
}

/// Books in one's turn.
#[utoipa::path(post, path = "/api/v1/releases/{id}/bookings", tag = "releases", params(("id" = String, Path, description = "Id")), request_body = TurnBook,
    responses((status = 200, body = TurnBooked)))]
async fn book(caller: Caller, key: IdempotencyKey, Path(id): Path<ReleaseId>, Json(asked): Json<TurnBook>) -> ApiAnswer<TurnBooked> {
    let slot = asked.slot.parse::<SlotId>().map_err(|_| Error::NotFound)?;
    let partner = PartyInput { name: asked.partner_name, id_no: asked.partner_id_no, ..PartyInput::default() };
    let form = Confirm { phone: asked.phone, partner: Some(partner), needs: asked.needs };
    Ok(Json(TurnBooked { booking: turn::book(caller.ctx(), id, slot, &key.0, form).await? }))
}

/// Proves that a receipt is on the closed list of a draw.
#[utoipa::path(get, path = "/api/v1/releases/{id}/proof", tag = "releases", params(("id" = String, Path, description = "Id"), ProofParams),
    responses((status = 200, body = ProofBody)))]
async fn prove(caller: Caller, Path(id): Path<ReleaseId>, Query(asked): Query<ProofParams>) -> ApiAnswer<ProofBody> {
    let release = read::release(caller.ctx(), id).await?;
    let receipt = asked.receipt.trim().parse().map_err(|_| Error::NotFound)?;
    let found = proof::of_receipt(caller.ctx(), &release, receipt).await?.ok_or(Error::NotFound)?;
    let side = |side: Side| if side == Side::Left { "LEFT" } else { "RIGHT" }.to_owned();
    let path = found.path.into_iter().map(|(at, hash)| Neighbour { side: side(at), hash: hex(&hash) }).collect();
    Ok(Json(ProofBody { leaf: found.leaf, path }))
}
