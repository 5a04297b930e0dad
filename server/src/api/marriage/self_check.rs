//! The self-check for programs: what a couple brings, what bars it and why, and the first day on which it may come. Nothing is kept.

use axum::Json;
use catalog::model::Material;
use kernel::Day;
use ::marriage::self_check::{self, Input};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::api::{ApiAnswer, Caller, errors::IssueBody};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(check), components(schemas(SelfCheckBody, PaperBody, PeriodsBody, BarBody)))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new().ask("/api/v1/marriage/self-check", Access::Anyone, check)
}

/// What a couple is told.
#[derive(Debug, Serialize, ToSchema)]
struct SelfCheckBody {
    /// Basic code of the item; absent where it is not offered.
    item: Option<String>,
    /// What bars the two today, each as a rule of the counter says it.
    bars: Vec<BarBody>,
    /// The first day on which nothing bars them and the office they named opens; absent where no day of their answers does.
    #[schema(value_type = Option<String>, format = Date)]
    first_day: Option<Day>,
    /// Start of the first free place at that office from then on.
    #[schema(value_type = Option<String>)]
    free_from: Option<kernel::Instant>,
    /// The day from which the first day can be booked, where it cannot yet.
    #[schema(value_type = Option<String>, format = Date)]
    bookable_from: Option<Day>,
    /// What they bring.
    bring: Vec<PaperBody>,
    /// What others tell us instead.
    looked_up: Vec<PaperBody>,
    /// Of a divorce applied for on the first day.
    periods: Option<PeriodsBody>,
}

/// A rule that is not kept.
#[derive(Debug, Serialize, ToSchema)]
struct BarBody {
    /// Its id.
    #[schema(example = "R-MR-02")]
    rule: String,
    /// What was found, in Chinese.
    found_zh: String,
    /// The same in English.
    found_en: String,
    /// What the counter would say.
    #[schema(value_type = Option<IssueBody>)]
    issue: Option<kernel::Issue>,
}

/// A paper.
#[derive(Debug, Serialize, ToSchema)]
struct PaperBody {
    /// Its key within the item.
    key: String,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
}

/// The periods of a divorce.
#[derive(Debug, Serialize, ToSchema)]
struct PeriodsBody {
    /// The day of acceptance.
    #[schema(value_type = String, format = Date)]
    accepted: Day,
    /// The last day on which either may withdraw.
    #[schema(value_type = String, format = Date)]
    cool_end: Day,
    /// The first day of the claim.
    #[schema(value_type = String, format = Date)]
    claim_from: Day,
    /// The last day of the claim.
    #[schema(value_type = String, format = Date)]
    claim_end: Day,
    /// A year's holidays are not published yet: the dates may move.
    provisional: bool,
}

fn papers(materials: Vec<Material>) -> Vec<PaperBody> {
    let paper = |material: Material| PaperBody { key: material.key, name_zh: material.name.zh.into_owned(), name_en: material.name.en.into_owned() };
    materials.into_iter().map(paper).collect()
}

/// Answers a couple by the rules of the counter; names and numbers are not asked for.
#[utoipa::path(post, path = "/api/v1/marriage/self-check", tag = "marriage", request_body = Input, responses((status = 200, body = SelfCheckBody)))]
async fn check(caller: Caller, Json(input): Json<Input>) -> ApiAnswer<SelfCheckBody> {
    let checked = self_check::check(caller.ctx(), &input).await?;
    let bar = |bar: ::marriage::rules::Finding| BarBody { rule: bar.rule, found_zh: bar.found.zh.into_owned(), found_en: bar.found.en.into_owned(), issue: bar.issue };
    let (slot, bookable_from) = checked.place.map(|place| (place.slot, place.bookable_from)).unwrap_or_default();
    Ok(Json(SelfCheckBody {
        item: checked.item.map(|item| item.basic_code),
        bars: checked.bars.into_iter().map(bar).collect(),
        first_day: checked.first_day,
        free_from: slot.map(|slot| slot.start),
        bookable_from: bookable_from.map(|(day, _)| day),
        bring: papers(checked.bring),
        looked_up: papers(checked.looked_up),
        periods: checked.dates.map(|dates| PeriodsBody {
            accepted: dates.accepted,
            cool_end: dates.cool_end,
            claim_from: dates.claim_from(),
            claim_end: dates.claim_end,
            provisional: dates.provisional,
        }),
    }))
}
