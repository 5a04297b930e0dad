//! One window: finding an item for whoever has come. Taking it in is in [`super::sheets`].

use std::collections::BTreeSet;

use axum::extract::Query;
use casework::{cross, matters, ops};
use catalog::ItemView;
use catalog::model::Scope;
use kernel::RegionCode;
use platform::{Ctx, Error, Result, Role, regions};
use search_index::{Kind, Request};
use serde::Deserialize;
use site::pages::intake::{self as pages, FoundItem};
use ui::Values;

use super::{Access, Answer, Page, Routes};

const COUNTER: Access = Access::Staff(&[Role::Clerk]);
/// Items a list shows at most.
const MOST: usize = 100;

pub(super) fn routes() -> Routes {
    Routes::new().get("/desk/intake", COUNTER, find)
}

/// What the clerk looks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    residence: String,
}

async fn find(page: Page, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    let residence = RegionCode::parse(&asked.residence).ok();
    let place = residence.unwrap_or(staff.region);
    let found = if regions::find(ctx.db(), &place).await?.is_some() { catalog::ops::list(ctx, &place).await? } else { Vec::new() };
    let wanted = wanted(&page, asked.q.trim()).await?;
    let known = matters::matters(ctx)?;
    let mut items = Vec::new();
    for item in found {
        let elements = &item.version.elements;
        let named = wanted.as_ref().is_none_or(|wanted| wanted.contains(&item.basic_code)) || says(&item, asked.q.trim());
        if items.len() < MOST && named && known.get(&elements.house.service).is_some_and(|matter| !matter.case_type.sections.is_empty()) {
            items.push(line(ctx, &staff, item).await?);
        }
    }
    items.sort_by_key(|item| !item.ours);
    let places = cross::residences(ctx).await?.into_iter().map(|(code, name)| (code.to_string(), name)).collect();
    let values = Values::new().with("q", &asked.q).with("residence", residence.map(|code| code.to_string()).unwrap_or_default());
    page.html(pages::find(page.shell(), pages::Find { begun: ops::sheets(ctx).await?, places, items }, values))
}

/// Basic codes of what the index finds for these words or this pinyin; everything for none.
async fn wanted(page: &Page, text: &str) -> Result<Option<BTreeSet<String>>> {
    if text.is_empty() {
        return Ok(None);
    }
    let ctx = page.ctx();
    let below = regions::path(ctx.db(), &ctx.settings().region).await?.into_iter().map(|region| region.code.to_string()).collect();
    let request = Request { kind: Some(Kind::Item), below, limit: MOST, ..Request::new(text) };
    let found = page.app().search.answer(ctx, request, None).await?;
    Ok(Some(found.answer.hits.into_iter().filter_map(|hit| hit.entry.uid.split_once(':').map(|(_, code)| code.to_owned())).collect()))
}

/// Whether an item has these words in its name or this beginning of a code: what is so new that the index has not seen it.
fn says(item: &ItemView, text: &str) -> bool {
    let name = &item.version.elements.name;
    !text.is_empty() && (name.zh.contains(text) || name.en.to_lowercase().contains(&text.to_lowercase()) || item.code.starts_with(text) || item.basic_code.starts_with(text))
}

/// The scope that an item needs at this counter; `None` where no border is crossed.
pub(super) async fn needed(ctx: &Ctx, staff: &platform::StaffActor, item: &ItemView) -> Result<Option<Scope>> {
    cross::needed(ctx, staff.region, item.region.parse().map_err(Error::internal)?).await
}

async fn line(ctx: &Ctx, staff: &platform::StaffActor, item: ItemView) -> Result<FoundItem> {
    let needed = needed(ctx, staff, &item).await?;
    let (code, open) = (item.code.clone(), item.standing.is_open());
    let elements = item.version.elements;
    let body = elements.body.as_ref().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = regions::organisation(ctx.db(), staff.org).await?;
    Ok(FoundItem {
        code,
        name: elements.name,
        ours: org.is_some_and(|org| org.uscc == body.uscc),
        body: body.name.clone(),
        scope: needed.and(elements.online.scope),
        open: open && needed.is_none_or(|needed| cross::reaches(elements.online.scope, needed)),
    })
}
