//! Offices that serve the public.

use booking::OfficeCard;
use booking::ops::read;
use platform::{Ctx, Error, Result, ports::BoxFuture};
use search_index::{Change, Entry, Kind};

use super::items::{english, passages};
use super::source::{Places, Scan, Source, codes, names};

/// Offices of one page of a scan.
const PAGE: i64 = 200;
/// Weight among equals.
const PRIOR: u8 = 3;

pub(super) struct Offices;

impl Source for Offices {
    fn kind(&self) -> Kind {
        Kind::Office
    }

    fn watches(&self) -> &'static str {
        "office"
    }

    fn load<'a>(&'a self, ctx: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>> {
        Box::pin(async move {
            let change = match find(ctx, key).await? {
                Some(office) => Change::put(entry(ctx, &mut Places::default(), &office).await?),
                None => Change::remove(Kind::Office, key),
            };
            Ok(vec![change])
        })
    }

    fn scan<'a>(&'a self, ctx: &'a Ctx, after: &'a str) -> BoxFuture<'a, Result<Scan>> {
        Box::pin(async move {
            let offices = read::all_offices(ctx, after, PAGE).await?;
            let next = offices.last().map(|office| office.code.clone());
            let mut places = Places::default();
            let mut entries = Vec::with_capacity(offices.len());
            for office in offices.iter().filter(|office| office.active) {
                entries.push(entry(ctx, &mut places, office).await?);
            }
            Ok(Scan { entries, next })
        })
    }

    fn exact<'a>(&'a self, ctx: &'a Ctx, text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async move {
            let found = match find(ctx, &kernel::text::code(text)).await? {
                Some(office) => vec![office],
                None => read::offices_named(ctx, &kernel::text::line(text)).await?,
            };
            let mut places = Places::default();
            let mut entries = Vec::with_capacity(found.len());
            for office in &found {
                entries.push(entry(ctx, &mut places, office).await?);
            }
            Ok(entries)
        })
    }
}

/// The office with this code, if it serves the public.
async fn find(ctx: &Ctx, code: &str) -> Result<Option<OfficeCard>> {
    match read::office(ctx, code).await {
        Ok(office) => Ok(Some(office).filter(|office| office.active)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn entry(ctx: &Ctx, places: &mut Places, office: &OfficeCard) -> Result<Entry> {
    let path = places.path(ctx, office.region).await?;
    let mut text = vec![office.address.zh.to_string()];
    text.extend(office.phones.iter().cloned());
    text.push(names(path));
    Ok(Entry {
        title_en: office.name.en.to_string(),
        text: passages(text),
        text_en: passages(english(&office.address).into_iter().chain(office.phones.iter().cloned())),
        code: office.code.clone(),
        region: codes(path),
        facets: office.kinds.iter().map(|kind| format!("business/{kind}")).collect(),
        prior: PRIOR,
        url: ui::url::office(&office.code),
        ..Entry::new(Kind::Office, &office.code, &office.name.zh)
    })
}
