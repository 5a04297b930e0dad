//! Making the index anew beside the one that serves.
//!
//! The one that serves goes on following the change log all the while. The new one takes the log in after its scan, once more after it was
//! made compact, which takes long, and for the last time while the follower stands still; only then it takes the place of the old one.

use platform::{Ctx, Error, Result, change};
use search_index::{Change, Kind, Rebuild};
use tokio::sync::MutexGuard;

use super::Search;
use super::follower::{BATCH, Hand, blocking};

/// What a rebuild did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries of each kind.
    pub counts: Vec<(Kind, usize)>,
    /// The position in the change log that it reaches.
    pub position: i64,
}

impl Rebuilt {
    /// All entries.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|(_, count)| count).sum()
    }
}

impl Search {
    /// Builds the index anew from the database while the old one serves and follows the change log.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub async fn reindex(&self, ctx: &Ctx) -> Result<Rebuilt> {
        let maker = self.0.maker.lock().await;
        self.rebuild(ctx, &maker).await
    }

    /// One at a time: whoever calls holds the maker's lock.
    pub(super) async fn rebuild(&self, ctx: &Ctx, _maker: &MutexGuard<'_, ()>) -> Result<Rebuilt> {
        self.0.made.send_replace(Some(0));
        let rebuilt = self.fill(ctx).await;
        self.0.made.send_replace(None);
        rebuilt
    }

    async fn fill(&self, ctx: &Ctx) -> Result<Rebuilt> {
        let begun = tokio::time::Instant::now();
        // What is committed after this is read again from the log, whether the scan saw it or not.
        let head = change::head(ctx.db()).await?;
        let mut rebuild = self.0.index.rebuild().map_err(Error::internal)?;
        let mut counts = Vec::new();
        for source in &self.0.sources {
            let mut count = 0;
            let mut after = Some(String::new());
            while let Some(place) = after {
                let page = source.scan(ctx, &place).await?;
                count += page.entries.len();
                let changes: Vec<Change> = page.entries.into_iter().map(Change::put).collect();
                let entries = changes.len();
                rebuild = blocking(move || rebuild.apply(&changes).map(|()| rebuild)).await?;
                self.0.made.send_modify(|made| *made = made.map(|made| made + entries));
                after = page.next;
            }
            counts.push((source.kind(), count));
        }
        let (mut rebuild, settled) = self.take_log(ctx, rebuild, head).await?;
        let rebuild = blocking(move || rebuild.settle(settled).map(|()| rebuild)).await?;
        let (rebuild, reached) = self.take_log(ctx, rebuild, settled).await?;
        let mut hand = self.0.writer.lock().await;
        let (rebuild, reached) = self.take_log(ctx, rebuild, reached).await?;
        hand.writer = None;
        let writer = blocking(move || rebuild.finish(reached)).await?;
        *hand = Hand { writer: Some(writer), failed: false };
        self.0.position.send_replace(reached);
        tracing::info!(search.entries = ?counts, search.position = reached, seconds = begun.elapsed().as_secs_f64(), "the search index was rebuilt");
        Ok(Rebuilt { counts, position: reached })
    }

    /// Takes in what the change log says behind a position; tells the one that was reached.
    async fn take_log(&self, ctx: &Ctx, mut rebuild: Rebuild, mut reached: i64) -> Result<(Rebuild, i64)> {
        loop {
            let found = change::read_after(ctx.db(), reached, BATCH).await?;
            let Some(last) = found.last() else { return Ok((rebuild, reached)) };
            reached = last.position;
            let changes = self.load(ctx, &found).await?;
            rebuild = blocking(move || rebuild.apply(&changes).map(|()| rebuild)).await?;
        }
    }
}
