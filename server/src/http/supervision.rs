//! Supervision: the wall, lists, cards, thresholds.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use casework::cross::{self, Figure, Mode, Place, Within};
use casework::supervision::{self, ByHand, CardId, Light, Rule, Set};
use kernel::{Day, Issue, RegionCode};
use platform::{Ctx, Error, Role};
use site::pages::{supervision as pages, supervision_card as cards, supervision_places};
use ui::{Values, url};

use super::packets::after;
use super::{Access, Answer, FormData, Page, Routes};

const WATCH: Access = Access::Staff(&[Role::Supervisor, Role::Head]);
const SUPERVISOR: Access = Access::Staff(&[Role::Supervisor]);
const PLACES: Access = Access::Staff(&cross::COUNT_READERS);
/// Whoever received a card may read and answer it, whatever his role.
const STAFF: Access = Access::Staff(&[]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/supervision", WATCH, wall)
        .get("/supervision/cases", WATCH, cases)
        .get("/supervision/cards", WATCH, list)
        .get("/supervision/rules", WATCH, rules)
        .get("/supervision/places", PLACES, places)
        .get("/supervision/places/cases", PLACES, places_cases)
        .get("/supervision/raise", SUPERVISOR, ask_raise)
        .post("/supervision/raise", SUPERVISOR, raise)
        .get("/supervision/thresholds", SUPERVISOR, thresholds)
        .post("/supervision/thresholds", SUPERVISOR, set_thresholds)
        .get("/cards", STAFF, mine)
        .get("/cards/{id}", STAFF, card)
        .post("/cards/{id}/answer", STAFF, answer)
        .post("/cards/{id}/cancel", SUPERVISOR, cancel)
}

type Asked = Query<BTreeMap<String, String>>;

async fn wall(page: Page) -> Answer {
    page.html(pages::wall(page.shell(), supervision::wall(page.ctx()).await?))
}

async fn cases(page: Page, Query(query): Asked) -> Answer {
    let values = Values::from_pairs(query);
    let (light, org) = (Light::from_code(values.get("light")), values.get("org").parse().ok());
    let (lines, next) = supervision::late_cases(page.ctx(), light, org, values.get("after")).await?;
    page.html(pages::cases(page.shell(), values, lines, next))
}

async fn list(page: Page, Query(query): Asked) -> Answer {
    let values = Values::from_pairs(query);
    let (lines, more) = supervision::cards(page.ctx(), &cards::filter(&values)).await?;
    page.html(cards::list(page.shell(), values, lines, more))
}

async fn rules(page: Page, Query(query): Asked) -> Answer {
    let today = page.ctx().today();
    let values = Values::from_pairs(query).or("from", today.first_of_month()).or("to", today);
    let from = values.get("from").parse().unwrap_or_else(|_| today.first_of_month());
    let to = values.get("to").parse().unwrap_or(today);
    let rows = supervision::by_rule(page.ctx(), from, to).await?;
    page.html(pages::rules(page.shell(), values, from, to, rows))
}

/// The region and time that are asked for: the actor's own region and this month where nothing is said.
pub(crate) fn within(ctx: &Ctx, region: &str, from: &str, to: &str) -> platform::Result<Within> {
    let (today, own) = (ctx.today(), ctx.regions_of(&cross::COUNT_READERS).first().copied());
    let region = if region.is_empty() { own } else { region.parse().ok() };
    let day = |text: &str, otherwise: Day| text.parse().unwrap_or(otherwise);
    Ok(Within { region: region.ok_or(Error::NotFound)?, from: day(from, today.first_of_month()), to: day(to, today) })
}

async fn places(page: Page, Query(query): Asked) -> Answer {
    let values = Values::from_pairs(query);
    let within = within(page.ctx(), values.get("region"), values.get("from"), values.get("to"))?;
    let found = cross::counted(page.ctx(), &within).await?;
    page.html(supervision_places::figures(page.shell(), within, found))
}

async fn places_cases(page: Page, Query(query): Asked) -> Answer {
    let values = Values::from_pairs(query);
    let figure = Figure {
        within: within(page.ctx(), values.get("region"), values.get("from"), values.get("to"))?,
        side: Place::from_code(values.get("side")).unwrap_or(Place::Decision),
        org: values.get("org").parse().ok(),
        mode: Mode::from_code(values.get("mode")),
    };
    let (lines, next) = cross::behind(page.ctx(), &figure, after(values.get("after"))).await?;
    page.html(supervision_places::cases(page.shell(), figure, lines, next))
}

async fn ask_raise(page: Page) -> Answer {
    page.html(cards::raise(page.shell(), Values::new()))
}

async fn raise(page: Page, form: FormData) -> Answer {
    let found = ByHand {
        rule: Rule::from_code(form.get("rule")).unwrap_or(Rule::PromiseLate),
        case_no: form.get("case_no").to_owned(),
        words: form.get("words").to_owned(),
    };
    match supervision::raise_by_hand(page.ctx(), &found).await {
        Ok(id) => page.go_with(url::card(id), "card-raised"),
        Err(error) => page.again(error, form.values(), |values| cards::raise(page.shell(), values)),
    }
}

async fn thresholds(page: Page) -> Answer {
    page.html(pages::thresholds(page.shell(), Values::new(), supervision::settings(page.ctx()).await?))
}

async fn set_thresholds(page: Page, form: FormData) -> Answer {
    // A number that cannot be read is out of range like any other.
    let number = |name: &str| form.get(name).parse().unwrap_or(-1);
    let new = Set {
        warn_workdays: number("warn_workdays"),
        warn_percent: number("warn_percent"),
        red_workdays: number("red_workdays"),
        answer_workdays: number("answer_workdays"),
        source: form.get("source").to_owned(),
    };
    let outcome = match RegionCode::parse(form.get("region")) {
        Ok(region) => supervision::set(page.ctx(), region, &new).await,
        Err(_) => Err(Issue::error("E-P248", "请填写区划代码", "Enter a region code").field("region").into()),
    };
    match outcome {
        Ok(()) => page.go_with(url::supervision_thresholds(), "saved"),
        Err(error) => {
            let all = supervision::settings(page.ctx()).await?;
            page.again(error, form.values(), |values| pages::thresholds(page.shell(), values, all))
        }
    }
}

async fn mine(page: Page, Query(query): Asked) -> Answer {
    let before = query.get("before").and_then(|id| id.parse().ok());
    let (lines, more) = supervision::mine(page.ctx(), before).await?;
    page.html(cards::mine(page.shell(), lines, more))
}

async fn card_page(page: &Page, id: CardId, values: Values) -> platform::Result<String> {
    let (line, notes, delivered) = supervision::open(page.ctx(), id).await?;
    let may_cancel = page.ctx().require_role(&[Role::Supervisor]).is_ok();
    Ok(cards::card(page.shell(), line, notes, delivered, may_cancel, values))
}

async fn card(page: Page, Path(id): Path<CardId>) -> Answer {
    page.html(card_page(&page, id, Values::new()).await?)
}

async fn answer(page: Page, Path(id): Path<CardId>, form: FormData) -> Answer {
    let outcome = supervision::answer(page.ctx(), id, form.values().raw("answer")).await;
    ended(&page, id, &form, outcome, "card-answered").await
}

async fn cancel(page: Page, Path(id): Path<CardId>, form: FormData) -> Answer {
    let outcome = supervision::cancel(page.ctx(), id, form.values().raw("reason")).await;
    ended(&page, id, &form, outcome, "card-cancelled").await
}

async fn ended(page: &Page, id: CardId, form: &FormData, outcome: platform::Result<()>, flash: &'static str) -> Answer {
    match outcome {
        Ok(()) => page.go_with(url::card(id), flash),
        Err(error @ Error::Refused(_)) => {
            let issues = error.issues().to_vec();
            let shown = card_page(page, id, form.values().clone().with_issues(issues)).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => Err(error.into()),
    }
}
