//! Halls and tickets, for terminals, screens and mini-programs.

use axum::{Json, extract::Path};
use booking::ops::present::Proof;
use hall::ops::read::Status;
use hall::ops::take::{For, Take, at_counter};
use hall::ops::{miss, read};
use hall::{Board, Class};
use kernel::Instant;
use kernel::document::{DocumentNumber, IdType};
use platform::{Ctx, Error, Result, Role};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{ApiAnswer, Caller, IdempotencyKey};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(load, take, show, requeue), components(schemas(HallBody, GroupBody, TakeBody, TicketBody)))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/halls/{code}", Access::Anyone, load)
        .post("/api/v1/halls/{code}/tickets", Access::Staff(&[Role::Clerk, Role::Registrar]), take)
        .get("/api/v1/tickets/{token}", Access::Anyone, show)
        .post("/api/v1/tickets/{token}/requeue", Access::SignedIn, requeue)
}

/// How busy a hall is.
#[derive(Debug, Serialize, ToSchema)]
struct HallBody {
    /// Code of the office.
    office: String,
    /// The groups that give out tickets, by letter.
    groups: Vec<GroupBody>,
}

/// How busy one group is.
#[derive(Debug, Serialize, ToSchema)]
struct GroupBody {
    /// Id, to take a ticket for.
    id: String,
    /// Before the numbers.
    letter: String,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// Open windows that serve it.
    windows: usize,
    /// How many would be before somebody who takes a ticket now.
    ahead: usize,
    /// His wait in minutes.
    minutes: i64,
}

impl HallBody {
    fn new(office: String, board: &Board) -> Self {
        let groups = board.groups.iter().filter(|group| group.active).map(|group| {
            let (ahead, minutes) = board.wait_of_newcomer(group.id, Class::WalkIn);
            GroupBody {
                id: group.id.to_string(),
                letter: group.letter.clone(),
                name_zh: group.name.zh.to_string(),
                name_en: group.name.en.to_string(),
                windows: board.open_for(group.id).count(),
                ahead,
                minutes,
            }
        });
        Self { office, groups: groups.collect() }
    }
}

/// What somebody has come with: a booking by its receipt or number or by his card, or a group of items.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct TakeBody {
    /// Id of the booking, from the QR code of its receipt.
    booking: String,
    /// Number of the booking; `last4` goes with it.
    number: String,
    /// Last four characters of the document.
    last4: String,
    /// Number of the resident identity card that the terminal has read.
    id_no: String,
    /// Id of the group, without booking.
    group: String,
    /// Code of the reason to go first: `serviceman`, `veteran`, `martyr_family`, `elderly`, `disabled`, `pregnant`, `infant`.
    ground: String,
    /// Whom to call; may be empty.
    name: String,
}

impl TakeBody {
    fn what(&self, ctx: &Ctx) -> Result<For> {
        if !self.booking.is_empty() {
            return Ok(For::Booking(Proof::Receipt(self.booking.parse().map_err(|_| Error::NotFound)?)));
        }
        if !self.number.is_empty() {
            return Ok(For::Booking(Proof::Number { number: self.number.clone(), last4: self.last4.clone() }));
        }
        if !self.id_no.is_empty() {
            return Ok(For::Booking(Proof::Document(DocumentNumber::parse(IdType::RESIDENT, &self.id_no, ctx.today())?)));
        }
        Ok(For::WalkIn(self.group.parse().map_err(|_| Error::NotFound)?))
    }
}

/// A ticket with its place in the queue; nothing in it is personal.
#[derive(Debug, Serialize, ToSchema)]
struct TicketBody {
    /// Opens the ticket: here and on the page `/t/{token}`.
    token: String,
    /// What is on the paper, `A023`.
    number: String,
    /// `WAITING`, `CALLED`, `SERVING`, `DONE`, `PASSED` or `VOID`.
    state: String,
    /// 1 and 2 go first, 3 booked, 4 walk-in.
    class: i64,
    /// When it was taken.
    #[schema(value_type = String)]
    taken_at: Instant,
    /// How many are before it, while it waits.
    ahead: Option<usize>,
    /// Its wait in minutes, while it waits.
    minutes: Option<i64>,
    /// The window to which it is called.
    window: Option<i64>,
    /// Once it was passed: the number behind which it can be queued again.
    behind: Option<String>,
}

impl From<Status> for TicketBody {
    fn from(status: Status) -> Self {
        Self {
            number: status.ticket.label(),
            state: status.state.code().to_owned(),
            class: status.ticket.class.number(),
            taken_at: status.ticket.taken_at,
            ahead: status.wait.map(|(ahead, _)| ahead),
            minutes: status.wait.map(|(_, minutes)| minutes),
            window: status.window.map(|window| window.no),
            behind: status.behind,
            token: status.ticket.token,
        }
    }
}

/// How busy a hall is.
#[utoipa::path(get, path = "/api/v1/halls/{code}", tag = "halls", params(("code" = String, Path, description = "Code of the office")),
    responses((status = 200, body = HallBody)))]
async fn load(caller: Caller, Path(code): Path<String>) -> ApiAnswer<HallBody> {
    let (office, board) = read::public(caller.ctx(), &code).await?;
    Ok(Json(HallBody::new(office.code, &board)))
}

/// Takes a ticket. A repeated request with the same key gives the same ticket.
#[utoipa::path(post, path = "/api/v1/halls/{code}/tickets", tag = "halls", request_body = TakeBody,
    params(("code" = String, Path, description = "Code of the office")), responses((status = 200, body = TicketBody)))]
async fn take(caller: Caller, key: IdempotencyKey, Path(code): Path<String>, Json(asked): Json<TakeBody>) -> ApiAnswer<TicketBody> {
    let ctx = caller.ctx();
    let take = Take { what: asked.what(ctx)?, ground: asked.ground, name: asked.name, request_key: key.0 };
    let ticket = at_counter(ctx, &code, take).await?;
    Ok(Json(read::status(ctx, &ticket.token).await?.into()))
}

/// A ticket, for whoever has its token.
#[utoipa::path(get, path = "/api/v1/tickets/{token}", tag = "halls", params(("token" = String, Path, description = "Token")),
    responses((status = 200, body = TicketBody)))]
async fn show(caller: Caller, Path(token): Path<String>) -> ApiAnswer<TicketBody> {
    Ok(Json(read::status(caller.ctx(), &token).await?.into()))
}

/// Queues a passed ticket again, once; asking again while it waits changes nothing.
#[utoipa::path(post, path = "/api/v1/tickets/{token}/requeue", tag = "halls", params(("token" = String, Path, description = "Token")),
    responses((status = 200, body = TicketBody)))]
async fn requeue(caller: Caller, Path(token): Path<String>) -> ApiAnswer<TicketBody> {
    miss::requeue(caller.ctx(), &token).await?;
    Ok(Json(read::status(caller.ctx(), &token).await?.into()))
}
