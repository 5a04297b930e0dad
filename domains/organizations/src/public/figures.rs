//! The stock of organisations, counted on the way through the daily file: by division, and in each by kind, status, industry, level and list.

use std::collections::BTreeMap;

use kernel::{Day, RegionCode};
use platform::{Ctx, Error, Result, regions};
use serde::{Deserialize, Serialize};

use super::store;
use crate::model::Entry;

/// Counts by division and by what is counted: `kind/1`, `status/40`, `industry/04`, `level/5`, `list/abnormal`, `charity`, `fundraising`. Kinds,
/// industries, levels, lists, charities and fundraising count those in existence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Figures(BTreeMap<String, BTreeMap<String, i64>>);

impl Figures {
    /// Counts an entry.
    pub(super) fn add(&mut self, entry: &Entry) {
        let (head, flags) = (&entry.head, entry.head.flags);
        let here = self.0.entry(head.region.to_string()).or_default();
        let mut one = |what: String| *here.entry(what).or_default() += 1;
        one(format!("status/{}", head.status.code()));
        if !head.status.exists() {
            return;
        }
        one("stock".to_owned());
        one(format!("kind/{}", head.kind.code()));
        if !head.industry.is_empty() {
            one(format!("industry/{}", head.industry));
        }
        if flags.level > 0 {
            one(format!("level/{}", flags.level));
        }
        if !flags.list.code().is_empty() {
            one(format!("list/{}", flags.list.code()));
        }
        if flags.charity {
            one("charity".to_owned());
        }
        if flags.fundraising {
            one("fundraising".to_owned());
        }
    }
}

/// The stock of a region as of the last daily file.
#[derive(Debug, Clone)]
pub struct Stock {
    /// The day of the file.
    pub day: Day,
    /// The region.
    pub region: RegionCode,
    /// Its name.
    pub name: String,
    /// The region above, if it is one of this site.
    pub above: Option<RegionCode>,
    /// What is counted in all of it.
    counts: BTreeMap<String, i64>,
    /// The regions directly below, with those in existence in each.
    pub below: Vec<(RegionCode, String, i64)>,
}

impl Stock {
    /// A count, for instance `kind/1`.
    pub fn count(&self, what: &str) -> i64 {
        self.counts.get(what).copied().unwrap_or_default()
    }

    /// All counts whose names begin so, with the rest of the name.
    pub fn counts<'a>(&'a self, group: &'a str) -> impl Iterator<Item = (&'a str, i64)> {
        self.counts.iter().filter_map(move |(what, n)| Some((what.strip_prefix(group)?, *n)))
    }
}

/// The stock of a region with all below it; of that of this site without one. None before the first daily file.
///
/// # Errors
/// `NotFound` for a region that this site does not know.
pub async fn stock(ctx: &Ctx, code: &str) -> Result<Option<Stock>> {
    let top = ctx.settings().region;
    let region = if code.is_empty() { top } else { RegionCode::parse(code).map_err(|_| Error::NotFound)? };
    let here = regions::find(ctx.db(), &region).await?.ok_or(Error::NotFound)?;
    let Some((day, figures)) = store::figures(ctx.db()).await? else { return Ok(None) };
    let figures: Figures = serde_json::from_str(&figures).map_err(Error::internal)?;
    let children = regions::children(ctx.db(), &region).await?;
    let of: BTreeMap<String, RegionCode> = store::child_of(ctx.db(), &region).await?.into_iter().collect();
    let (mut counts, mut stocks) = (BTreeMap::<String, i64>::new(), BTreeMap::<RegionCode, i64>::new());
    for (code, cells) in &figures.0 {
        let child = of.get(code);
        if child.is_none() && *code != region.to_string() {
            continue;
        }
        for (what, n) in cells {
            *counts.entry(what.clone()).or_default() += n;
        }
        if let Some(child) = child {
            *stocks.entry(*child).or_default() += cells.get("stock").copied().unwrap_or_default();
        }
    }
    let below = children.into_iter().map(|child| (child.code, child.name, stocks.get(&child.code).copied().unwrap_or_default())).collect();
    Ok(Some(Stock { day, region, name: here.name, above: here.parent.filter(|_| region != top), counts, below }))
}
