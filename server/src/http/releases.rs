//! Timed releases: joining, one's place, choosing a time in one's turn, and the draw in public.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use booking::SlotId;
use booking::ops::read as booked;
use booking::release::join::{Join, join, leave};
use booking::release::{ReleaseId, proof, read, turn};
use platform::{Error, Result};
use site::pages::release as pages;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/releases", Access::Anyone, list)
        .get("/releases/{id}", Access::Anyone, show)
        .post("/releases/{id}/join", Access::Citizen, do_join)
        .get("/releases/{id}/leave", Access::Citizen, ask_leave)
        .post("/releases/{id}/leave", Access::Citizen, do_leave)
        .get("/releases/{id}/choose", Access::Citizen, ask_choose)
        .post("/releases/{id}/choose", Access::Citizen, do_choose)
        .get("/releases/{id}/draw", Access::Anyone, draw)
        .get("/releases/{id}/entrants.txt", Access::Anyone, entrants)
}

async fn list(page: Page) -> Answer {
    let ctx = page.ctx();
    let profiles = booked::profiles(ctx).await?;
    let releases = read::running(ctx).await?.into_iter();
    let releases = releases.filter_map(|release| {
        let name = profiles.iter().find(|profile| profile.item_kind == release.item_kind)?.name.clone();
        Some((release, name))
    });
    page.html(pages::list(page.shell(), releases.collect(), ctx.now()))
}

async fn shown(page: &Page, id: ReleaseId) -> Result<pages::Shown> {
    let ctx = page.ctx();
    let release = read::release(ctx, id).await?;
    let profile = booked::profile_of_kind(ctx, &release.item_kind).await?;
    Ok(pages::Shown { offices: read::offices(ctx, id).await?, item: profile.name, couple: profile.couple, now: ctx.now(), release })
}

async fn page_of(page: &Page, id: ReleaseId, values: Values) -> Result<String> {
    let (shown, entry) = (shown(page, id).await?, read::mine(page.ctx(), id).await?);
    Ok(pages::show(page.shell(), shown, entry, page.ctx().actor().citizen().is_some(), values))
}

async fn show(page: Page, Path(id): Path<ReleaseId>) -> Answer {
    page.html(page_of(&page, id, Values::new()).await?)
}

async fn do_join(page: Page, Path(id): Path<ReleaseId>, sent: FormData) -> Answer {
    match join(page.ctx(), id, &Join { partner_id_no: sent.get("b_id_no").to_owned() }).await {
        Ok(_) => page.go_with(url::release(id), "release-joined"),
        Err(error) if error.has_code("E-P903") => page.go(url::real_name()),
        Err(error) => {
            let html = page_of(&page, id, sent.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, sent.values(), |_| html)
        }
    }
}

async fn ask_leave(page: Page, Path(id): Path<ReleaseId>) -> Answer {
    page.html(pages::leave(page.shell(), shown(&page, id).await?, Values::new()))
}

async fn do_leave(page: Page, Path(id): Path<ReleaseId>, sent: FormData) -> Answer {
    match leave(page.ctx(), id).await {
        Ok(()) => page.go_with(url::release(id), "release-left"),
        Err(error) => {
            let shown = shown(&page, id).await?;
            page.again(error, sent.values(), |values| pages::leave(page.shell(), shown, values))
        }
    }
}

async fn ask_choose(page: Page, Path(id): Path<ReleaseId>) -> Answer {
    match turn::slots(page.ctx(), id).await {
        Ok(slots) => {
            let key = page.ctx().id::<pages::Shown>().to_string();
            page.html(pages::choose(page.shell(), shown(&page, id).await?, slots, key, Values::new()))
        }
        // a turn that has passed, or was used on another device: the release's page says which
        Err(error) if error.has_code("E-BK24") => page.go(url::release(id)),
        Err(error) => Err(error.into()),
    }
}

async fn do_choose(page: Page, Path(id): Path<ReleaseId>, sent: FormData) -> Answer {
    let Ok(slot) = sent.get("slot").parse::<SlotId>() else { return page.go(url::release_choose(id)) };
    match turn::choose(page.ctx(), id, slot, sent.get("key")).await {
        Ok(booking) => page.go(url::booking_details(booking)),
        Err(error) if error.has_code("E-BK24") => {
            let html = page_of(&page, id, Values::new().with_issues(error.issues().to_vec())).await?;
            page.again(error, sent.values(), |_| html)
        }
        Err(error) => {
            let (shown, slots) = (shown(&page, id).await?, turn::slots(page.ctx(), id).await?);
            let key = page.ctx().id::<pages::Shown>().to_string();
            page.again(error, sent.values(), |values| pages::choose(page.shell(), shown, slots, key, values))
        }
    }
}

async fn draw(page: Page, Path(id): Path<ReleaseId>, Query(asked): Query<HashMap<String, String>>) -> Answer {
    let shown = shown(&page, id).await?;
    if shown.release.draw.is_none() {
        return Err(Error::NotFound.into());
    }
    let closed = shown.release.draw.as_ref().is_some_and(|draw| draw.closed.is_some());
    let answer = match asked.get("receipt").filter(|_| closed) {
        Some(receipt) => {
            let proof = match receipt.trim().parse() {
                Ok(receipt) => proof::of_receipt(page.ctx(), &shown.release, receipt).await?,
                Err(_) => None,
            };
            Some((receipt.trim().to_owned(), proof))
        }
        None => None,
    };
    page.html(pages::draw(page.shell(), shown, answer))
}

/// One page of the closed list as plain text; `from` is the number of its first line.
async fn entrants(page: Page, Path(id): Path<ReleaseId>, Query(asked): Query<HashMap<String, String>>) -> Answer {
    let release = read::release(page.ctx(), id).await?;
    let from = asked.get("from").and_then(|from| from.parse().ok()).unwrap_or(0);
    let receipts = proof::receipts(page.ctx(), &release, from).await?;
    let text: String = receipts.iter().map(|receipt| format!("{receipt}\n")).collect();
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
