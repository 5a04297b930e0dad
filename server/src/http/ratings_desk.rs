//! The desk of ratings, and cards that were delivered.

use axum::extract::{Path, Query};
use interaction::cards;
use interaction::ratings::states::{Act, State};
use interaction::ratings::{self, Filter, Note, RatingId};
use kernel::{Day, Issue};
use platform::{Error, Result, Role};
use serde::Deserialize;
use site::pages::ratings_desk as pages;
use ui::{Values, url};

use super::statistics::file;
use super::{Access, Answer, FormData, Page, Routes, feedback};

const READERS: Access = Access::Staff(&[Role::RatingHandler, Role::Head, Role::Supervisor]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/ratings", READERS, list)
        .get("/desk/ratings/export", READERS, export)
        .get("/desk/ratings/{id}", READERS, show)
        .post("/desk/ratings/{id}", READERS, follow)
        .post("/desk/cards/seen", Access::Staff(&[]), seen)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    state: String,
    before: String,
    format: String,
}

impl Asked {
    /// Bad ones unless something else is asked for.
    fn show(&self) -> &str {
        if self.show.is_empty() { "bad" } else { &self.show }
    }

    fn filter(&self, today: Day) -> Filter {
        Filter {
            bad: matches!(self.show(), "bad" | "overdue"),
            state: State::from_code(&self.state),
            overdue_on: (self.show() == "overdue").then_some(today),
            removed: self.show() == "removed",
            before: self.before.parse().ok(),
        }
    }
}

/// The list as a file.
async fn export(page: Page, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let filter = Filter { before: None, ..asked.filter(ctx.today()) };
    let lines = feedback::whole(ratings::export(ctx, &filter, feedback::most() + 1).await?)?;
    file(&feedback::ratings(lines), &asked.format, page.lang())
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let listed = ratings::list(ctx, &asked.filter(ctx.today())).await?;
    let first = ctx.today().plus_days(1 - i64::from(ctx.today().day()));
    let region = ctx.regions_of(&[Role::RatingHandler, Role::Head, Role::Supervisor]).into_iter().next();
    let figures = match region {
        Some(region) => Some(ratings::figures(ctx, region, "", first, ctx.today()).await?),
        None => None,
    };
    let values = Values::new().with("show", asked.show()).with("state", &asked.state);
    page.html(pages::list(page.shell(), listed, figures, unseen(&page).await?, values))
}

/// Cards that were delivered to the reader; programs get none.
pub(super) async fn unseen(page: &Page) -> Result<Vec<cards::Card>> {
    if page.ctx().actor().staff().is_none() {
        return Ok(Vec::new());
    }
    cards::unseen(page.ctx()).await
}

async fn show(page: Page, Path(id): Path<RatingId>) -> Answer {
    page.html(pages::show(page.shell(), ratings::view(page.ctx(), id).await?, Values::new()))
}

async fn follow(page: Page, Path(id): Path<RatingId>, form: FormData) -> Answer {
    match try_follow(&page, id, &form).await {
        Ok(()) => page.go_with(url::desk_rating(id), "done"),
        Err(error) => {
            let view = ratings::view(page.ctx(), id).await?;
            page.again(error, form.values(), |values| pages::show(page.shell(), view, values))
        }
    }
}

async fn try_follow(page: &Page, id: RatingId, form: &FormData) -> Result<()> {
    let act = Act::from_code(form.get("act")).ok_or(Error::NotFound)?;
    if act == Act::Remove && !form.values().has("sure", "yes") {
        return Err(not_sure().into());
    }
    // A version that is no number is as stale as any other.
    let note = Note { seen: form.get("seen").parse().unwrap_or(0), text: form.values().raw("text").to_owned() };
    ratings::follow(page.ctx(), id, act, &note).await
}

/// The tick before what cannot be undone is missing.
pub(super) fn not_sure() -> Issue {
    Issue::error("E-P313", "请先勾选确认", "Tick the confirmation first").field("sure")
}

async fn seen(page: Page, form: FormData) -> Answer {
    let card = form.get("card").parse().map_err(|_| Error::NotFound)?;
    cards::seen(page.ctx(), card).await?;
    page.go_with(url::desk_complaints(), "done")
}
