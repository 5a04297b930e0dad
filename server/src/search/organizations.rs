//! Social organisations of the public register.

use organizations::search::{self, Listed};
use organizations::{OrganizationId, Status};
use platform::{Ctx, Result, ports::BoxFuture};
use search_index::{Change, Entry, Kind};

use super::source::{Places, Scan, Source, codes};

/// Organisations of one page of a scan.
const PAGE: i64 = 1_000;
/// Weight among equals: of one in existence, and of one registered by a province; a city has one less, a county two.
const ACTIVE: u8 = 4;
const PROVINCE: usize = 3;

pub(super) struct Organizations;

impl Source for Organizations {
    fn kind(&self) -> Kind {
        Kind::Organization
    }

    fn watches(&self) -> &'static str {
        organizations::NOUN
    }

    fn load<'a>(&'a self, ctx: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>> {
        Box::pin(async move {
            let found = match key.parse::<OrganizationId>() {
                Ok(id) => search::one(ctx, id).await?,
                Err(_) => None,
            };
            let change = match found {
                Some(listed) => Change::put(entry(ctx, &mut Places::default(), listed).await?),
                None => Change::remove(Kind::Organization, key),
            };
            Ok(vec![change])
        })
    }

    fn scan<'a>(&'a self, ctx: &'a Ctx, after: &'a str) -> BoxFuture<'a, Result<Scan>> {
        Box::pin(async move {
            let page = search::page(ctx, after.parse().ok(), PAGE).await?;
            let entries = entries(ctx, page.listed).await?;
            Ok(Scan { entries, next: page.next.map(|id| id.to_string()) })
        })
    }

    fn exact<'a>(&'a self, ctx: &'a Ctx, text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async move {
            let found = search::exact(ctx, &kernel::text::line(text), &kernel::text::code(text)).await?;
            entries(ctx, found).await
        })
    }
}

async fn entries(ctx: &Ctx, found: Vec<Listed>) -> Result<Vec<Entry>> {
    let mut places = Places::default();
    let mut entries = Vec::with_capacity(found.len());
    for listed in found {
        entries.push(entry(ctx, &mut places, listed).await?);
    }
    Ok(entries)
}

async fn entry(ctx: &Ctx, places: &mut Places, listed: Listed) -> Result<Entry> {
    let path = places.path(ctx, listed.region).await?;
    let mut facets: Vec<String> = facets(&listed).into_iter().map(|(dimension, value)| format!("{dimension}/{value}")).collect();
    facets.extend((!listed.industry.is_empty()).then(|| format!("industry/{}", listed.industry)));
    let rank = u8::try_from(PROVINCE.saturating_sub(path.len())).unwrap_or_default();
    Ok(Entry {
        title_en: listed.name_en,
        code: listed.uscc.clone(),
        aliases: listed.former,
        region: codes(path),
        facets,
        since: listed.established_on.and_then(|day| day.compact().parse().ok()),
        level: listed.flags.level,
        prior: rank + if listed.status == Status::Active { ACTIVE } else { 0 },
        url: ui::url::organization(&listed.uscc),
        ..Entry::new(Kind::Organization, &listed.id.to_string(), &listed.name)
    })
}

/// By what the list can be narrowed; the page names dimensions and values.
fn facets(listed: &Listed) -> Vec<(&'static str, &'static str)> {
    const LEVELS: [&str; 6] = ["0", "1", "2", "3", "4", "5"];
    let mut found = vec![("type", listed.kind.code()), ("status", listed.status.code())];
    found.extend(LEVELS.get(usize::from(listed.flags.level)).map(|level| ("level", *level)));
    found.extend(Some(organizations::public::authority(&listed.region)).filter(|level| !level.is_empty()).map(|level| ("authority", level)));
    found.extend(Some(listed.flags.list.code()).filter(|list| !list.is_empty()).map(|list| ("list", list)));
    found.extend(listed.flags.charity.then_some(("charity", "yes")));
    found.extend(listed.flags.fundraising.then_some(("fundraising", "yes")));
    found
}
