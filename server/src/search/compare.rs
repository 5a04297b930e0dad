//! Comparing the index with the database, a page at a time.
//!
//! A page is read and looked up while changes go on being followed. Whatever does not agree is read once more through the source, under
//! the writer's lock and after the change log was followed to its end: what was merely on its way is no difference then, and what an
//! older page said is never written over something newer. In between it rests, so that a register of a million costs a tenth of one
//! core for a while, and never more memory than one page. Digests of whole ranges would spare only the lookups in the index: what the
//! database says of an entry has to be read and put together either way.

use std::collections::BTreeSet;

use platform::{Ctx, Result, change};
use search_index::{Change, Kind};

use super::follower::blocking;
use super::{Scan, Search, Source};

/// How many times as long as the work on a page the rest after it is.
const REST: u32 = 9;
/// Things that are read again while changes wait.
const AT_ONCE: usize = 50;

/// What a comparison with the database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Entries that were not as in the database, and were put right.
    pub corrected: usize,
    /// Whether the index was ahead of the database, and was rebuilt.
    pub rebuilt: bool,
}

impl Search {
    /// Compares every entry with the database and puts right what differs.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub async fn compare(&self, ctx: &Ctx) -> Result<Compared> {
        // A database that was restored from a backup is behind its own index.
        if self.0.index.watermark() > Some(change::newest(ctx.db()).await?) {
            self.reindex(ctx).await?;
            return Ok(Compared { corrected: 0, rebuilt: true });
        }
        let mut corrected = 0;
        for source in &self.0.sources {
            let mut place = Some(String::new());
            while let Some(after) = place {
                let begun = tokio::time::Instant::now();
                let page = source.scan(ctx, &after).await?;
                place = page.next.clone();
                let doubtful = self.doubtful(source.kind(), after, page).await?;
                let keys: BTreeSet<&str> = doubtful.iter().map(|id| source.key_of_entry(id)).collect();
                for keys in keys.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
                    corrected += self.put_right(ctx, source.as_ref(), keys).await?;
                }
                tokio::time::sleep(begun.elapsed() * REST).await;
            }
        }
        Ok(Compared { corrected, rebuilt: false })
    }

    /// Ids of the entries of a page that the index does not hold as the page says, and of those in its range that the page has not.
    async fn doubtful(&self, kind: Kind, after: String, page: Scan) -> Result<Vec<String>> {
        let index = self.0.index.clone();
        blocking(move || {
            let known: BTreeSet<&str> = page.entries.iter().map(search_index::Entry::id).collect();
            let mut doubtful = index.strays(kind, &after, page.next.as_deref(), &known)?;
            for entry in page.entries {
                let id = entry.id().to_owned();
                if !index.holds(&Change::put(entry))? {
                    doubtful.push(id);
                }
            }
            Ok(doubtful)
        })
        .await
    }

    /// Reads some things again and writes what is not as the index holds it; tells how many entries that were.
    async fn put_right(&self, ctx: &Ctx, source: &dyn Source, keys: &[&str]) -> Result<usize> {
        let mut hand = self.0.writer.lock().await;
        self.catch_up(ctx, &mut hand).await?;
        let mut differing = Vec::new();
        for key in keys {
            for change in source.load(ctx, key).await? {
                if !self.0.index.holds(&change).map_err(platform::Error::internal)? {
                    differing.push(change);
                }
            }
        }
        let corrected = differing.len();
        if corrected > 0 {
            let reached = self.0.index.watermark().unwrap_or(0);
            self.write(&mut hand, differing, reached).await?;
        }
        Ok(corrected)
    }
}
