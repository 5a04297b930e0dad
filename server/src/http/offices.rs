//! Offices for the public.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use booking::ops::{openings, read};
use kernel::RegionCode;
use platform::{Ctx, Error, Result, regions};
use site::pages::offices;

use super::{Access, Answer, Page, Routes};

/// Offices on one page of the list.
const PAGE: usize = 50;

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/offices", Access::Anyone, list).get("/offices/{code}", Access::Anyone, show)
}

/// The region that was asked for if this instance knows it, else its own.
pub(super) async fn region(ctx: &Ctx, asked: &str) -> Result<RegionCode> {
    match RegionCode::parse(asked) {
        Ok(code) if regions::find(ctx.db(), &code).await?.is_some() => Ok(code),
        _ => Ok(ctx.settings().region),
    }
}

async fn list(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let ctx = page.ctx();
    let asked = |name: &str| query.get(name).map_or("", String::as_str);
    let here = region(ctx, asked("region")).await?;
    let mut found = read::offices(ctx, &here, None, asked("after"), PAGE as i64 + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let data = offices::List {
        path: regions::path(ctx.db(), &here).await?,
        below: regions::children(ctx.db(), &here).await?,
        next: found.last().filter(|_| more).map(|office| office.code.clone()),
        offices: found,
    };
    page.html(offices::list(page.shell(), data))
}

async fn show(page: Page, Path(code): Path<String>) -> Answer {
    let ctx = page.ctx();
    let office = read::office(ctx, &code).await?;
    let openings = openings::between(ctx, &office, ctx.today(), ctx.today().plus_days(62)).await?;
    let mut business = Vec::new();
    for profile in read::profiles(ctx).await?.into_iter().filter(|profile| office.kinds.contains(&profile.item_kind)) {
        let next = read::next_free(ctx, office.id, &profile.item_kind, ctx.now(), 1).await?;
        let item = item_of(ctx, &office, &profile).await?;
        business.push((profile, item, next.first().map(|slot| slot.start)));
    }
    let hall = !hall::ops::read::with_hall(ctx, vec![office.clone()]).await?.is_empty();
    let today = (ctx.today(), openings.on(ctx.today()));
    let data = offices::Detail { today, special: openings.rules().cloned().collect(), business, hall, office };
    page.html(offices::detail(page.shell(), data))
}

/// The implementation code under which an office's organisation offers a kind of business, if it is in the catalogue: credit code,
/// level and basic code (C-21).
async fn item_of(ctx: &Ctx, office: &booking::OfficeCard, profile: &booking::Profile) -> Result<Option<String>> {
    let Some(org) = regions::organisation(ctx.db(), office.org).await? else { return Ok(None) };
    for basic in &profile.basic_codes {
        let code = format!("{}{}{basic}", org.uscc, org.region.level().code());
        match catalog::ops::find(ctx, &code).await {
            Ok(_) => return Ok(Some(code)),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}
