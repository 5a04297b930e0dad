//! Timed releases for administrators.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use booking::release::announce::{self, Announce};
use booking::release::{ReleaseId, read};
use kernel::Instant;
use platform::Role;
use site::pages::release_admin as pages;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const SYSTEM: Access = Access::Staff(&[Role::SystemAdmin]);
/// Releases on one page of the list.
const PAGE: usize = 50;

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/releases", SYSTEM, list)
        .get("/admin/releases/new", SYSTEM, ask_new)
        .post("/admin/releases/new", SYSTEM, create)
        .get("/admin/releases/{id}", SYSTEM, show)
        .post("/admin/releases/{id}/value", SYSTEM, value)
        .get("/admin/releases/{id}/cancel", SYSTEM, ask_cancel)
        .post("/admin/releases/{id}/cancel", SYSTEM, do_cancel)
}

async fn list(page: Page, Query(asked): Query<HashMap<String, String>>) -> Answer {
    let ctx = page.ctx();
    let after = asked.get("before").and_then(|before| read_cursor(before));
    let mut found = Vec::new();
    for region in ctx.regions_of(&[Role::SystemAdmin]) {
        found.extend(read::administered(ctx, region, after, PAGE as i64 + 1).await?);
    }
    found.sort_by_key(|release| std::cmp::Reverse((release.times.ends_at, release.id)));
    found.dedup_by_key(|release| release.id);
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().filter(|_| more).map(|release| format!("{}-{}", release.times.ends_at.micros(), release.id));
    let next = last.map(|before| url::with(url::admin_releases(), &[("before", &before)])).unwrap_or_default();
    page.html(pages::list(page.shell(), found, ctx.now(), next))
}

/// Behind which release a page begins: the end of the last one before it, and its id.
fn read_cursor(before: &str) -> Option<(Instant, ReleaseId)> {
    let (ends_at, id) = before.split_once('-')?;
    Some((Instant::from_micros(ends_at.parse().ok()?), id.parse().ok()?))
}

async fn ask_new(page: Page) -> Answer {
    let usual = [("turn_minutes", "15"), ("at_once", "2000"), ("network_minute", "600"), ("joins_each", "3"), ("mode", "ARRIVAL")];
    page.html(pages::new(page.shell(), usual.into_iter().fold(Values::new(), |values, (name, value)| values.with(name, value))))
}

async fn create(page: Page, sent: FormData) -> Answer {
    let get = |name: &str| sent.get(name).to_owned();
    let input = Announce {
        impl_code: get("impl_code"),
        offices: sent.values().raw("offices").to_owned(),
        day: get("day"),
        mode: get("mode"),
        join_at: get("join_at"),
        join_until: get("join_until"),
        turns_at: get("turns_at"),
        ends_at: get("ends_at"),
        turn_minutes: get("turn_minutes"),
        at_once: get("at_once"),
        network_minute: get("network_minute"),
        joins_each: get("joins_each"),
        source_zh: get("source_zh"),
        source_en: get("source_en"),
    };
    match announce::announce(page.ctx(), &input).await {
        Ok(id) => page.go_with(url::admin_release(id), "saved"),
        Err(error) => page.again(error, sent.values(), |values| pages::new(page.shell(), values)),
    }
}

async fn show(page: Page, Path(id): Path<ReleaseId>) -> Answer {
    let release = announce::show(page.ctx(), id).await?;
    page.html(pages::show(page.shell(), release, page.ctx().now(), Values::new()))
}

async fn value(page: Page, Path(id): Path<ReleaseId>, sent: FormData) -> Answer {
    match announce::enter_value(page.ctx(), id, sent.get("value")).await {
        Ok(()) => page.go_with(url::admin_release(id), "saved"),
        Err(error) => {
            let release = announce::show(page.ctx(), id).await?;
            page.again(error, sent.values(), |values| pages::show(page.shell(), release, page.ctx().now(), values))
        }
    }
}

async fn ask_cancel(page: Page, Path(id): Path<ReleaseId>) -> Answer {
    page.html(pages::cancel(page.shell(), &announce::show(page.ctx(), id).await?, Values::new()))
}

async fn do_cancel(page: Page, Path(id): Path<ReleaseId>, _sent: FormData) -> Answer {
    announce::cancel(page.ctx(), id).await?;
    page.go_with(url::admin_release(id), "saved")
}
