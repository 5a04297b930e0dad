//! Service items: one entry for each basic item, with every public implementation that is in force.

use catalog::model::Scope;
use catalog::states::Standing;
use catalog::{ImplCode, ItemView, ops};
use kernel::{RegionCode, Text};
use platform::{Ctx, Error, Result, ports::BoxFuture};
use search_index::{Change, Entry, Kind, Offer};

use super::dimensions::{PROVINCE, PROVINCES, REACH};
use super::source::{Places, Scan, Source, codes, names};

/// Implementations read at once.
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

    fn key(&self, changed: &str) -> String {
        basic_of(changed)
    }

    fn load<'a>(&'a self, ctx: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>> {
        Box::pin(async move {
            let basic = basic_of(key);
            let found = entry(ctx, &mut Places::default(), &basic).await?;
            Ok(vec![found.map_or_else(|| Change::remove(Kind::Item, &basic), Change::put)])
        })
    }

    fn scan<'a>(&'a self, ctx: &'a Ctx, _after: &'a str) -> BoxFuture<'a, Result<Scan>> {
        Box::pin(async move {
            let items = whole_region(ctx).await?;
            Ok(Scan { entries: entries(ctx, items.iter().map(|item| item.basic_code.as_str())).await?, next: None })
        })
    }

    fn exact<'a>(&'a self, ctx: &'a Ctx, text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async move {
            let found = match find(ctx, &search_index::normalise_code(text)).await? {
                Some(item) => vec![item],
                None => named(ctx, text).await?,
            };
            entries(ctx, found.iter().map(|item| item.basic_code.as_str())).await
        })
    }
}

/// The basic item of what the change log names: an implementation or a basic item.
pub(super) fn basic_of(key: &str) -> String {
    ImplCode::parse(key).map_or_else(|_| key.to_owned(), |code| code.basic().as_str().to_owned())
}

/// The implementation with this code, if the public may see it.
async fn find(ctx: &Ctx, code: &str) -> Result<Option<ItemView>> {
    match ops::find(ctx, code).await {
        Ok(item) => Ok(Some(item).filter(|item| item.layer == catalog::Layer::Implementation && is_offered(item))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// One implementation of every item in the whole region that is served.
async fn whole_region(ctx: &Ctx) -> Result<Vec<ItemView>> {
    match ops::list(ctx, &ctx.settings().region).await {
        Err(Error::NotFound) => Ok(Vec::new()),
        other => other,
    }
}

/// One implementation of every item with this name.
async fn named(ctx: &Ctx, text: &str) -> Result<Vec<ItemView>> {
    let wanted = search_index::normalise_name(text);
    let same = |name: &str| search_index::normalise_name(name) == wanted;
    let is_named = |item: &ItemView| {
        let elements = &item.version.elements;
        same(&elements.name.zh) || same(&elements.name.en) || elements.aliases.iter().any(|alias| same(alias))
    };
    let items = whole_region(ctx).await?;
    Ok(items.into_iter().filter(|item| !wanted.is_empty() && is_named(item)).collect())
}

/// A cancelled item is history; a suspended one is still looked for, and its guide says why it stands still.
pub(super) fn is_offered(item: &ItemView) -> bool {
    !matches!(item.standing, Standing::Cancelled | Standing::OutOfForce)
}

async fn entries(ctx: &Ctx, basics: impl Iterator<Item = &str>) -> Result<Vec<Entry>> {
    let mut places = Places::default();
    let mut found = Vec::new();
    for basic in basics {
        found.extend(entry(ctx, &mut places, basic).await?);
    }
    Ok(found)
}

/// The entry of a basic item: told as the implementation nearest to the whole region tells it, offered wherever it is implemented.
async fn entry(ctx: &Ctx, places: &mut Places, basic: &str) -> Result<Option<Entry>> {
    let nearest = match ops::nearest(ctx, &ctx.settings().region, basic).await {
        Ok(item) => item.code,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut told: Option<ItemView> = None;
    let mut offers = Vec::new();
    let mut after = String::new();
    loop {
        let page = ops::implementations(ctx, &ctx.settings().region, Some(basic), &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.code);
        for item in page.into_iter().filter(is_offered) {
            offers.push(offer(ctx, places, &item).await?);
            if told.is_none() || item.code == nearest {
                told = Some(item);
            }
        }
    }
    let Some(item) = told else { return Ok(None) };
    let region = RegionCode::parse(&item.region).map_err(Error::internal)?;
    let elements = &item.version.elements;
    let mut text = vec![&elements.summary, &elements.who];
    text.extend(elements.situations.iter().map(|situation| &situation.name));
    text.extend(elements.topics.person.iter().chain(&elements.topics.organisation));
    text.extend(elements.materials.iter().map(|material| &material.name));
    Ok(Some(Entry {
        title_en: elements.name.en.to_string(),
        text: passages(text.iter().map(|text| text.zh.to_string())),
        text_en: passages(text.iter().copied().filter_map(english)),
        code: item.code.clone(),
        aliases: elements.aliases.clone(),
        region: codes(places.path(ctx, region).await?),
        facets: std::iter::once(format!("service/{}", elements.house.service.split('.').next().unwrap_or_default())).chain(reaches(elements.online.scope)).collect(),
        prior: PRIOR,
        url: ui::url::item(&item.code),
        offers,
        ..Entry::new(Kind::Item, basic, &elements.name.zh)
    }))
}

/// How far an item is to be had beyond its own office (通办): what reaches across provinces reaches across the province too.
fn reaches(scope: Option<Scope>) -> impl Iterator<Item = String> {
    let far = scope.is_some_and(|scope| scope <= Scope::Provinces).then_some(PROVINCES);
    let wide = scope.is_some_and(|scope| scope <= Scope::Cities).then_some(PROVINCE);
    far.into_iter().chain(wide).map(|reach| format!("{REACH}/{reach}"))
}

async fn offer(ctx: &Ctx, places: &mut Places, item: &ItemView) -> Result<Offer> {
    let path = places.path(ctx, RegionCode::parse(&item.region).map_err(Error::internal)?).await?;
    let body = item.version.elements.body.iter().map(|body| &body.name);
    let body = body.flat_map(|name| std::iter::once(name.zh.to_string()).chain(english(name)));
    Ok(Offer {
        code: item.code.clone(),
        region: codes(path),
        names: passages(std::iter::once(names(path)).chain(body)),
        open: item.standing.is_open(),
        url: ui::url::item(&item.code),
    })
}

/// The English of a text that has one.
pub(super) fn english(text: &Text) -> Option<String> {
    (text.en != text.zh).then(|| text.en.to_string())
}

/// Passages as one text, each ending like a sentence, so that no word reaches from one into the next.
pub(super) fn passages(parts: impl IntoIterator<Item = String>) -> String {
    let mut all = String::new();
    for part in parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()) {
        if all.ends_with(['.', '?', '!']) {
            all.push(' ');
        }
        all.push_str(&part);
        if !part.ends_with(['。', '？', '！', '.', '?', '!']) {
            all.push_str(if part.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) { "。" } else { "." });
        }
    }
    all
}
