//! Service items: every public implementation that is in force.

use catalog::states::Standing;
use catalog::{ItemView, ops};
use kernel::{RegionCode, Text};
use platform::{Ctx, Error, Result, ports::BoxFuture};
use search_index::{Change, Entry, Kind};

use super::source::{Places, Scan, Source, codes, names};

/// Items of one page of a scan.
const PAGE: u32 = 200;
/// Weight among equals: what can be done stands before where and how.
const PRIOR: u8 = 9;

pub(super) struct Items;

impl Source for Items {
    fn kind(&self) -> Kind {
        Kind::Item
    }

    fn watches(&self) -> &'static str {
        "item"
    }

    fn load<'a>(&'a self, ctx: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>> {
        Box::pin(async move {
            let change = match find(ctx, key).await? {
                Some(item) => Change::put(entry(ctx, &mut Places::default(), &item).await?),
                None => Change::remove(Kind::Item, key),
            };
            Ok(vec![change])
        })
    }

    fn scan<'a>(&'a self, ctx: &'a Ctx, after: &'a str) -> BoxFuture<'a, Result<Scan>> {
        Box::pin(async move {
            let items = ops::implementations(ctx, &ctx.settings().region, None, after, PAGE).await?;
            let next = items.last().map(|item| item.code.clone());
            let mut places = Places::default();
            let mut entries = Vec::with_capacity(items.len());
            for item in items.iter().filter(|item| is_offered(item)) {
                entries.push(entry(ctx, &mut places, item).await?);
            }
            Ok(Scan { entries, next })
        })
    }

    fn exact<'a>(&'a self, ctx: &'a Ctx, text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async move {
            let found = match find(ctx, &search_index::normalise_code(text)).await? {
                Some(item) => vec![item],
                None => named(ctx, text).await?,
            };
            let mut places = Places::default();
            let mut entries = Vec::with_capacity(found.len());
            for item in &found {
                entries.push(entry(ctx, &mut places, item).await?);
            }
            Ok(entries)
        })
    }
}

/// The implementation with this code, if the public may see it.
async fn find(ctx: &Ctx, code: &str) -> Result<Option<ItemView>> {
    match ops::find(ctx, code).await {
        Ok(item) => Ok(Some(item).filter(|item| item.layer == catalog::Layer::Implementation && is_offered(item))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Of every item with this name, the implementation nearest to the whole region that is served.
async fn named(ctx: &Ctx, text: &str) -> Result<Vec<ItemView>> {
    let wanted = search_index::normalise_name(text);
    let same = |name: &str| search_index::normalise_name(name) == wanted;
    let items = match ops::list(ctx, &ctx.settings().region).await {
        Err(Error::NotFound) => Vec::new(),
        other => other?,
    };
    let is_named = |item: &ItemView| {
        let elements = &item.version.elements;
        same(&elements.name.zh) || same(&elements.name.en) || elements.aliases.iter().any(|alias| same(alias))
    };
    Ok(items.into_iter().filter(|item| !wanted.is_empty() && is_offered(item) && is_named(item)).collect())
}

/// A cancelled item is history; a suspended one is still looked for, and its guide says why it stands still.
pub(super) fn is_offered(item: &ItemView) -> bool {
    !matches!(item.standing, Standing::Cancelled | Standing::OutOfForce)
}

async fn entry(ctx: &Ctx, places: &mut Places, item: &ItemView) -> Result<Entry> {
    let region = RegionCode::parse(&item.region).map_err(Error::internal)?;
    let path = places.path(ctx, region).await?;
    let elements = &item.version.elements;
    let mut text = vec![names(path)];
    text.extend(elements.body.iter().flat_map(|body| both(&body.name)));
    text.extend(both(&elements.summary).chain(both(&elements.who)));
    text.extend(elements.situations.iter().flat_map(|situation| both(&situation.name)));
    text.extend(elements.topics.person.iter().chain(&elements.topics.organisation).flat_map(both));
    text.extend(elements.materials.iter().flat_map(|material| both(&material.name)));
    Ok(Entry {
        title_en: elements.name.en.to_string(),
        text: passages(text),
        code: item.code.clone(),
        aliases: elements.aliases.clone(),
        region: codes(path),
        facets: vec![format!("service/{}", elements.house.service.split('.').next().unwrap_or_default())],
        prior: PRIOR,
        url: ui::url::item(&item.code),
        ..Entry::new(Kind::Item, &item.code, &elements.name.zh)
    })
}

/// A text in both its languages.
pub(super) fn both(text: &Text) -> impl Iterator<Item = String> {
    let english = (text.en != text.zh).then(|| text.en.to_string());
    std::iter::once(text.zh.to_string()).chain(english)
}

/// Passages as one text, each ending like a sentence, so that no word reaches from one into the next.
pub(super) fn passages(parts: Vec<String>) -> String {
    let mut all = String::new();
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        all.push_str(part);
        all.push_str(if part.ends_with(['。', '？', '！', '.', '?', '!']) { " " } else { "。" });
    }
    all.trim_end().to_owned()
}
