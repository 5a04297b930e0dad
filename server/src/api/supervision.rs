//! Supervision for programs: the figures of the wall and the cards.

use axum::{Json, extract::Query};
use casework::supervision::{self, CardFilter, CardLine, Colour, Figures, Rule};
use kernel::{Day, Instant};
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

const WATCH: Access = Access::Staff(&[Role::Supervisor, Role::Head]);

#[derive(OpenApi)]
#[openapi(paths(wall, cards))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/supervision/wall", WATCH, wall).get("/api/v1/supervision/cards", WATCH, cards)
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
