//! The other person of a booking, and the waiting list, for programs.

use axum::{Json, extract::Path};
use booking::ops::{partner, wait};
use booking::{BookingId, OfferId, WaitingId};
use kernel::{Day, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(confirm, mine, join, leave, accept))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/bookings/{id}/partner", Access::Anyone, confirm)
        .get("/api/v1/waiting", Access::SignedIn, mine)
        .post("/api/v1/waiting", Access::SignedIn, join)
        .delete("/api/v1/waiting/{id}", Access::SignedIn, leave)
        .post("/api/v1/waiting/offers/{id}/accept", Access::SignedIn, accept)
}

/// What the other person enters.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PartnerBody {
    /// The code that he was given.
    #[schema(example = "K7M2Q9PX")]
    code: String,
    /// Number of his document, as the booker entered it.
    id_no: String,
}

/// That it was done.
#[derive(Debug, Serialize, ToSchema)]
struct DoneBody {
    /// Always true.
    done: bool,
}

/// Binds the other person to a booking by the code that he was given.
#[utoipa::path(post, path = "/api/v1/bookings/{id}/partner", tag = "bookings", params(("id" = String, Path)), request_body = PartnerBody,
    responses((status = 200, body = DoneBody)))]
async fn confirm(caller: Caller, Path(id): Path<BookingId>, Json(body): Json<PartnerBody>) -> ApiAnswer<DoneBody> {
    partner::confirm(caller.ctx(), id, &partner::ByCode { code: body.code, id_no: body.id_no }).await?;
    Ok(Json(DoneBody { done: true }))
}

/// One's own place on a list.
#[derive(Debug, Serialize, ToSchema)]
struct WaitingBody {
    /// Id.
    #[schema(value_type = String)]
    id: WaitingId,
    /// Public code of the office.
    office: String,
    /// Implementation code of the item.
    item: String,
    /// First day that will do.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last day that will do.
    #[schema(value_type = String, format = Date)]
    to: Day,
    /// How many wait in front.
    ahead: i64,
    /// The place that is kept now.
    offer: Option<OfferBody>,
}

/// A place that is kept for a while.
#[derive(Debug, Serialize, ToSchema)]
struct OfferBody {
    /// Id: accept it with this.
    #[schema(value_type = String)]
    id: OfferId,
    /// Start of the slot.
    #[schema(value_type = String)]
    start: Instant,
    /// It is kept until this moment.
    #[schema(value_type = String)]
    ends_at: Instant,
}

/// One's own places on waiting lists.
#[utoipa::path(get, path = "/api/v1/waiting", tag = "bookings", responses((status = 200, body = Vec<WaitingBody>)))]
async fn mine(caller: Caller) -> ApiAnswer<Vec<WaitingBody>> {
    let all = wait::mine(caller.ctx()).await?.into_iter().map(|card| WaitingBody {
        id: card.id,
        office: card.office.code,
        item: card.impl_code,
        from: card.from,
        to: card.to,
        ahead: card.ahead,
        offer: card.offer.map(|(id, slot, ends_at)| OfferBody { id, start: slot.start, ends_at }),
    });
    Ok(Json(all.collect()))
}

/// What somebody waits for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinBody {
    /// Public code of the office.
    office: String,
    /// Implementation code of the item.
    item: String,
    /// First day that will do.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last day that will do.
    #[schema(value_type = String, format = Date)]
    to: Day,
}

/// Puts the citizen who asks at the end of the list of an office; answers with his places.
#[utoipa::path(post, path = "/api/v1/waiting", tag = "bookings", request_body = JoinBody, responses((status = 200, body = Vec<WaitingBody>)))]
async fn join(caller: Caller, Json(body): Json<JoinBody>) -> ApiAnswer<Vec<WaitingBody>> {
    wait::join(caller.ctx(), wait::Join { office: body.office, impl_code: body.item, from: body.from, to: body.to }).await?;
    mine(caller).await
}

/// Leaves a list; answers with the places that are left.
#[utoipa::path(delete, path = "/api/v1/waiting/{id}", tag = "bookings", params(("id" = String, Path)), responses((status = 200, body = Vec<WaitingBody>)))]
async fn leave(caller: Caller, Path(id): Path<WaitingId>) -> ApiAnswer<Vec<WaitingBody>> {
    wait::leave(caller.ctx(), id).await?;
    mine(caller).await
}

/// The booking that came of an offer.
#[derive(Debug, Serialize, ToSchema)]
struct AcceptedBody {
    /// Id of the booking.
    #[schema(value_type = String)]
    booking: BookingId,
}

/// Takes the place that is kept.
#[utoipa::path(post, path = "/api/v1/waiting/offers/{id}/accept", tag = "bookings", params(("id" = String, Path)), responses((status = 200, body = AcceptedBody)))]
async fn accept(caller: Caller, Path(id): Path<OfferId>) -> ApiAnswer<AcceptedBody> {
    Ok(Json(AcceptedBody { booking: wait::accept(caller.ctx(), id).await? }))
}
