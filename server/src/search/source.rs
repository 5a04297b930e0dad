//! What a noun does to be found.

use std::collections::{HashMap, hash_map};

use kernel::RegionCode;
use platform::{Ctx, Result, ports::BoxFuture, regions};
use search_index::{Change, Entry, Kind};

/// One noun's way into the index. It reads through the public functions of the crate that owns the noun.
pub trait Source: Send + Sync {
    /// The kind of its entries; no other source has it.
    fn kind(&self) -> Kind;

    /// The kind of thing in the change log after which it has to look again.
    fn watches(&self) -> &'static str;

    /// What [`Source::load`] is to be asked for after a change of this thing; many things may be parts of one entry.
    fn key(&self, changed: &str) -> String {
        changed.to_owned()
    }

    /// What [`Source::load`] is to be asked for to get the entry with this id.
    fn key_of_entry<'a>(&self, id: &'a str) -> &'a str {
        id
    }

    /// How the entries of a changed thing are now: put, or removed when it is gone or no longer public.
    fn load<'a>(&'a self, ctx: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>>;

    /// A page of everything, after a place that the page before named; the first page is after the empty text. Where there is more
    /// than one page, places are ids of entries, in the order of the ids.
    fn scan<'a>(&'a self, ctx: &'a Ctx, after: &'a str) -> BoxFuture<'a, Result<Scan>>;

    /// What has exactly this code or this name, at most a few dozen: the answer while there is no index.
    fn exact<'a>(&'a self, ctx: &'a Ctx, text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>>;
}

/// A page of a scan.
#[derive(Debug, Default)]
pub struct Scan {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// Regions looked up once for many entries.
#[derive(Default)]
pub(super) struct Places(HashMap<RegionCode, Vec<regions::Region>>);

impl Places {
    /// The region and all above it, the highest first.
    pub(super) async fn path(&mut self, ctx: &Ctx, code: RegionCode) -> Result<&[regions::Region]> {
        Ok(match self.0.entry(code) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(place) => place.insert(regions::path(ctx.db(), &code).await?),
        })
    }
}

/// Codes of a path, as entries hold them.
pub(super) fn codes(path: &[regions::Region]) -> Vec<String> {
    path.iter().map(|region| region.code.to_string()).collect()
}

/// Names of a path, joined as in an address (福建省厦门市思明区): people type where something is in front of what it is.
pub(super) fn names(path: &[regions::Region]) -> String {
    path.iter().map(|region| region.name.as_str()).collect()
}
