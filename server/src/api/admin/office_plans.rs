//! When an office is open and how many places it has: special days, closures, slot plans.

use axum::{Json, extract::Path};
use booking::ops::close::{self, Closure};
use booking::ops::openings::{self, Special};
use booking::ops::plans::{self, PlanInput};
use kernel::{Day, Text};
use platform::Result;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::offices::{SYSTEM, own};
use crate::api::{ApiAnswer, Caller};
use crate::http::Routes;

/// Days ahead of which special days are told.
const AHEAD: i64 = 366;

#[derive(OpenApi)]
#[openapi(paths(days, publish, shut, list, add, end))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/admin/offices/{code}/days", SYSTEM, days)
        .post("/api/v1/admin/offices/{code}/days", SYSTEM, publish)
        .post("/api/v1/admin/offices/{code}/closures", SYSTEM, shut)
        .get("/api/v1/admin/offices/{code}/plans", SYSTEM, list)
        .post("/api/v1/admin/offices/{code}/plans", SYSTEM, add)
        .delete("/api/v1/admin/offices/{code}/plans/{id}", SYSTEM, end)
}

/// A day on which the hours differ from the week.
#[derive(Debug, Serialize, ToSchema)]
struct DayBody {
    /// The day.
    #[schema(value_type = String, format = Date)]
    day: Day,
    /// Hours; empty is closed.
    hours: String,
    /// Why.
    note_zh: String,
    /// Why, in English.
    note_en: String,
}

/// The special days of the year ahead.
#[utoipa::path(get, path = "/api/v1/admin/offices/{code}/days", tag = "offices", params(("code" = String, Path)), responses((status = 200, body = Vec<DayBody>)))]
async fn days(caller: Caller, Path(code): Path<String>) -> ApiAnswer<Vec<DayBody>> {
    let office = own(&caller, &code).await?;
    let today = caller.ctx().today();
    let openings = openings::between(caller.ctx(), &office, today, today.plus_days(AHEAD)).await?;
    let days = openings.rules().map(|rule| DayBody {
        day: rule.day,
        hours: rule.hours.to_string(),
        note_zh: rule.note.zh.to_string(),
        note_en: rule.note.en.to_string(),
    });
    Ok(Json(days.collect()))
}

/// Hours of one day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpecialBody {
    /// The day, after today.
    #[schema(value_type = String, format = Date)]
    day: Day,
    /// Hours, `09:00-12:00 13:30-17:00`.
    hours: String,
    /// Why; people read it.
    note_zh: String,
    /// Why, in English; the Chinese words without it.
    #[serde(default)]
    note_en: String,
}

/// Words in both languages; the Chinese ones twice where there are no English ones.
fn words(zh: &str, en: &str) -> Text {
    let (zh, en) = (kernel::text::line(zh), kernel::text::line(en));
    let en = if en.is_empty() { zh.clone() } else { en };
    Text::new(zh, en)
}

/// Publishes hours of one day: on a rest day a special opening.
#[utoipa::path(post, path = "/api/v1/admin/offices/{code}/days", tag = "offices", params(("code" = String, Path)), request_body = SpecialBody,
    responses((status = 200, body = Vec<DayBody>)))]
async fn publish(caller: Caller, Path(code): Path<String>, Json(body): Json<SpecialBody>) -> ApiAnswer<Vec<DayBody>> {
    let note = words(&body.note_zh, &body.note_en);
    openings::publish(caller.ctx(), &code, Special { day: body.day, hours: body.hours, note }).await?;
    days(caller, Path(code)).await
}

/// A day on which the office stays closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClosureBody {
    /// The day.
    #[schema(value_type = String, format = Date)]
    day: Day,
    /// Why; people read it.
    #[schema(example = "系统维护")]
    reason_zh: String,
    /// Why, in English; the Chinese words without it.
    #[serde(default)]
    #[schema(example = "Maintenance")]
    reason_en: String,
    /// Only tell how many bookings it would touch.
    #[serde(default)]
    preview: bool,
}

/// How many bookings a closure touches.
#[derive(Debug, Serialize, ToSchema)]
struct TouchedBody {
    /// Bookings that are offered other times.
    bookings: i64,
    /// Whether the day was closed.
    closed: bool,
}

/// Closes a day; whoever booked it is offered another time.
#[utoipa::path(post, path = "/api/v1/admin/offices/{code}/closures", tag = "offices", params(("code" = String, Path)), request_body = ClosureBody,
    responses((status = 200, body = TouchedBody)))]
async fn shut(caller: Caller, Path(code): Path<String>, Json(body): Json<ClosureBody>) -> ApiAnswer<TouchedBody> {
    let bookings = close::preview(caller.ctx(), &code, body.day).await?;
    if !body.preview {
        close::close(caller.ctx(), &code, Closure { day: body.day, reason: words(&body.reason_zh, &body.reason_en) }).await?;
    }
    Ok(Json(TouchedBody { bookings, closed: !body.preview }))
}

/// A slot plan.
#[derive(Debug, Serialize, ToSchema)]
struct PlanBody {
    /// Id.
    id: String,
    /// The kind of business.
    item_kind: String,
    /// Weekdays, 1 is Monday.
    #[schema(example = json!([1, 2, 3, 4, 5]))]
    weekdays: Vec<u8>,
    /// Also on special openings.
    on_special: bool,
    /// Between these hours.
    hours: String,
    /// Length of a slot in minutes.
    minutes: u16,
    /// Places in a slot.
    places: i64,
    /// Share released online, in percent.
    online_percent: u8,
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last day.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Day>,
}

/// The plans of an office in use.
#[utoipa::path(get, path = "/api/v1/admin/offices/{code}/plans", tag = "offices", params(("code" = String, Path)), responses((status = 200, body = Vec<PlanBody>)))]
async fn list(caller: Caller, Path(code): Path<String>) -> ApiAnswer<Vec<PlanBody>> {
    Ok(Json(of_office(&caller, &code).await?))
}

async fn of_office(caller: &Caller, code: &str) -> Result<Vec<PlanBody>> {
    let office = own(caller, code).await?;
    let shown = plans::of_office(caller.ctx(), &office).await?.into_iter().map(|plan| PlanBody {
        id: plan.id.to_string(),
        item_kind: plan.item_kind,
        weekdays: (1..=7).filter(|day| plan.weekdays & (1 << (day - 1)) != 0).collect(),
        on_special: plan.on_special,
        hours: plan.hours.to_string(),
        minutes: plan.minutes,
        places: plan.places,
        online_percent: plan.online_percent,
        from: plan.from,
        to: plan.to,
    });
    Ok(shown.collect())
}

/// A slot plan as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddPlanBody {
    /// The kind of business.
    item_kind: String,
    /// Weekdays, 1 is Monday.
    #[schema(example = json!([1, 2, 3, 4, 5]))]
    weekdays: Vec<u8>,
    /// Also on special openings.
    #[serde(default)]
    on_special: bool,
    /// Between these hours.
    #[schema(example = "09:00-12:00")]
    hours: String,
    /// Length of a slot in minutes, 5 to 480.
    #[schema(minimum = 5, maximum = 480, example = 30)]
    minutes: u32,
    /// Places in a slot, 1 to 10,000.
    #[schema(minimum = 1, maximum = 10_000, example = 5)]
    places: u32,
    /// Share released online, in percent; the kind's own without it.
    #[schema(minimum = 0, maximum = 100, example = 70)]
    online_percent: Option<u32>,
    /// First day; tomorrow without it.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Day>,
    /// Last day.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Day>,
}

/// Adds a slot plan and makes its slots; answers with those in use.
#[utoipa::path(post, path = "/api/v1/admin/offices/{code}/plans", tag = "offices", params(("code" = String, Path)), request_body = AddPlanBody,
    responses((status = 200, body = Vec<PlanBody>)))]
async fn add(caller: Caller, Path(code): Path<String>, Json(body): Json<AddPlanBody>) -> ApiAnswer<Vec<PlanBody>> {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let input = PlanInput {
        item_kind: body.item_kind,
        weekdays: body.weekdays,
        on_special: body.on_special,
        hours: body.hours,
        minutes: body.minutes.to_string(),
        places: body.places.to_string(),
        online_percent: body.online_percent.map(|percent| percent.to_string()).unwrap_or_default(),
        from: day(body.from),
        to: day(body.to),
    };
    plans::add(caller.ctx(), &code, &input).await?;
    Ok(Json(of_office(&caller, &code).await?))
}

/// Ends a slot plan: booked slots stay; answers with those still in use.
#[utoipa::path(delete, path = "/api/v1/admin/offices/{code}/plans/{id}", tag = "offices", params(("code" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = Vec<PlanBody>)))]
async fn end(caller: Caller, Path((code, id)): Path<(String, booking::PlanId)>) -> ApiAnswer<Vec<PlanBody>> {
    plans::end(caller.ctx(), &code, id).await?;
    Ok(Json(of_office(&caller, &code).await?))
}
