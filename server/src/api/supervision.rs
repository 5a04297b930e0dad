//! Supervision for programs: the figures of the wall and the cards.

use axum::{Json, extract::Query};
use casework::cross::{self, CountedCase, Figure, Mode, Place};
use casework::supervision::{self, CardFilter, CardLine, Colour, Figures, Rule};
use kernel::{Day, Instant};
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes, packets::after, supervision::within};

const WATCH: Access = Access::Staff(&[Role::Supervisor, Role::Head]);

#[derive(OpenApi)]
#[openapi(paths(wall, cards, places, places_cases))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    let counts = Access::Staff(&cross::COUNT_READERS);
    Routes::new()
        .get("/api/v1/supervision/wall", WATCH, wall)
        .get("/api/v1/supervision/cards", WATCH, cards)
        .get("/api/v1/supervision/places", counts, places)
        .get("/api/v1/supervision/places/cases", counts, places_cases)
}

/// Figures of one organisation, or of all.
#[derive(Serialize, ToSchema)]
struct WallFigures {
    /// Id of the organisation; empty for all together.
    org: String,
    /// Its name in Chinese.
    name: String,
    /// Open cases with a green light.
    green: i64,
    /// With a yellow light.
    yellow: i64,
    /// Over their promise.
    late: i64,
    /// Yellow cards this month.
    yellow_cards: i64,
    /// Red cards this month.
    red_cards: i64,
    /// Cards this month that wait for an answer.
    unanswered: i64,
}

impl WallFigures {
    fn new(org: String, name: String, of: Figures) -> Self {
        let Figures { green, yellow, late, yellow_cards, red_cards, unanswered } = of;
        Self { org, name, green, yellow, late, yellow_cards, red_cards, unanswered }
    }
}

/// The figures by organisation, all together first. Counted now.
#[utoipa::path(get, path = "/api/v1/supervision/wall", tag = "supervision", responses((status = 200, body = Vec<WallFigures>)))]
async fn wall(caller: Caller) -> ApiAnswer<Vec<WallFigures>> {
    let wall = supervision::wall(caller.ctx()).await?;
    let mut all = vec![WallFigures::new(String::new(), String::new(), wall.all)];
    all.extend(wall.offices.into_iter().map(|office| WallFigures::new(office.org.to_string(), office.name.zh.into_owned(), office.figures)));
    Ok(Json(all))
}

/// What a list of cards is narrowed to.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct CardsParams {
    /// Code of a region, with everything below it.
    #[param(required = false)]
    region: String,
    /// Id of an organisation.
    #[param(required = false)]
    org: String,
    /// `M01` to `M12`.
    #[param(required = false)]
    rule: String,
    /// `yellow` or `red`.
    #[param(required = false)]
    colour: String,
    /// `open`, `late`, `answered` or `cancelled`.
    #[param(required = false)]
    standing: String,
    /// Cards before this one.
    #[param(required = false)]
    before: String,
}

/// A card.
#[derive(Serialize, ToSchema)]
struct SupervisionCard {
    /// Its id.
    id: String,
    /// 监察编号.
    number: String,
    /// 规则编号.
    rule: &'static str,
    /// `yellow` or `red`.
    colour: &'static str,
    /// Number of the case or matter.
    subject: String,
    /// 责任部门.
    org: String,
    /// The day on which it became due.
    #[schema(value_type = String)]
    effective_on: Day,
    /// When it was issued.
    #[schema(value_type = String)]
    issued_at: Instant,
    /// Last day for the answer.
    #[schema(value_type = String)]
    answer_due: Day,
    /// How it stands, in Chinese.
    standing: String,
}

impl From<CardLine> for SupervisionCard {
    fn from(line: CardLine) -> Self {
        let card = line.card;
        Self {
            id: card.id.to_string(),
            number: card.number,
            rule: card.content.rule.code(),
            colour: card.content.colour.code(),
            subject: card.content.subject,
            org: line.org_name.zh.into_owned(),
            effective_on: card.content.effective_on,
            issued_at: card.issued_at,
            answer_due: card.answer_due,
            standing: card.standing.name().zh.into_owned(),
        }
    }
}

/// Cards in the caller's regions, the newest first, 50 an answer.
#[utoipa::path(get, path = "/api/v1/supervision/cards", tag = "supervision", params(CardsParams), responses((status = 200, body = Vec<SupervisionCard>)))]
async fn cards(caller: Caller, Query(asked): Query<CardsParams>) -> ApiAnswer<Vec<SupervisionCard>> {
    let filter = CardFilter {
        region: asked.region.parse().ok(),
        org: asked.org.parse().ok(),
        rule: Rule::from_code(&asked.rule),
        colour: Colour::from_code(&asked.colour),
        standing: asked.standing,
        before: asked.before.parse().ok(),
        ..CardFilter::default()
    };
    let (lines, _) = supervision::cards(caller.ctx(), &filter).await?;
    Ok(Json(lines.into_iter().map(SupervisionCard::from).collect()))
}

/// Of which region and time handed-over cases are counted; what is left out is the caller's own region and this month.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct PlacesParams {
    /// Code of a region, with everything below it.
    #[param(required = false)]
    region: String,
    /// The first day on which a case was taken in, `2026-07-01`.
    #[param(required = false)]
    from: String,
    /// The last day.
    #[param(required = false)]
    to: String,
}

/// Which figure's cases are listed.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct PlacesCasesParams {
    /// Code of a region, with everything below it.
    #[param(required = false)]
    region: String,
    /// The first day on which a case was taken in, `2026-07-01`.
    #[param(required = false)]
    from: String,
    /// The last day.
    #[param(required = false)]
    to: String,
    /// `decision` (without it) or `service`.
    #[param(required = false)]
    side: String,
    /// Id of an organisation.
    #[param(required = false)]
    org: String,
    /// `nearby`, `online`, `proxy` or `joint`.
    #[param(required = false)]
    mode: String,
    /// `next` of the page before.
    #[param(required = false)]
    after: String,
}

/// One figure: cases that one place took in for the body of another. The two sides are never added up.
#[derive(Serialize, ToSchema)]
struct PlacesFigure {
    /// As what they are counted.
    side: Place,
    /// Id of the body.
    org: String,
    /// Its name in Chinese.
    name: String,
    /// How they are handled.
    mode: Mode,
    /// How many.
    n: i64,
}

/// A page of the cases behind a figure.
#[derive(Serialize, ToSchema)]
struct PlacesCases {
    /// The cases, the newest first.
    cases: Vec<PlacesCase>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// A case behind a figure.
#[derive(Serialize, ToSchema)]
struct PlacesCase {
    /// Its id.
    id: String,
    /// Its number.
    number: String,
    /// How it is handled.
    mode: Mode,
    /// When it was taken in.
    #[schema(value_type = String)]
    opened_at: Instant,
    /// Who took it in, in Chinese.
    service: String,
    /// Who decides, in Chinese.
    decision: String,
}

impl From<CountedCase> for PlacesCase {
    fn from(line: CountedCase) -> Self {
        Self {
            id: line.case.to_string(),
            number: line.case_no,
            mode: line.mode,
            opened_at: line.opened_at,
            service: line.service.zh.into_owned(),
            decision: line.decision.zh.into_owned(),
        }
    }
}

/// Handed-over cases by side, body and mode.
#[utoipa::path(get, path = "/api/v1/supervision/places", tag = "supervision", params(PlacesParams), responses((status = 200, body = Vec<PlacesFigure>)))]
async fn places(caller: Caller, Query(asked): Query<PlacesParams>) -> ApiAnswer<Vec<PlacesFigure>> {
    let within = within(caller.ctx(), &asked.region, &asked.from, &asked.to)?;
    let found = cross::counted(caller.ctx(), &within).await?;
    let figure = |one: cross::Counted| PlacesFigure { side: one.side, org: one.org.to_string(), name: one.name.zh.into_owned(), mode: one.mode, n: one.n };
    Ok(Json(found.into_iter().map(figure).collect()))
}

/// The cases behind a figure, 50 an answer.
#[utoipa::path(get, path = "/api/v1/supervision/places/cases", tag = "supervision", params(PlacesCasesParams), responses((status = 200, body = PlacesCases)))]
async fn places_cases(caller: Caller, Query(asked): Query<PlacesCasesParams>) -> ApiAnswer<PlacesCases> {
    let figure = Figure {
        within: within(caller.ctx(), &asked.region, &asked.from, &asked.to)?,
        side: Place::from_code(&asked.side).unwrap_or(Place::Decision),
        org: asked.org.parse().ok(),
        mode: Mode::from_code(&asked.mode),
    };
    let (lines, next) = cross::behind(caller.ctx(), &figure, after(&asked.after)).await?;
    let next = next.map(|(at, case)| format!("{}~{case}", at.micros()));
    Ok(Json(PlacesCases { cases: lines.into_iter().map(PlacesCase::from).collect(), next }))
}
