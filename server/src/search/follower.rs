//! The one writer of the index: follows the change log, rebuilds, compares.

use std::collections::HashSet;
use std::time::Duration;

use kernel::Instant;
use platform::{Ctx, Error, Platform, Result, change};
use search_index::{Change, Kind, Writer};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::Search;

/// Time between two looks at the change log, and so between two commits.
pub const PAUSE: Duration = Duration::from_millis(300);
/// Time between two comparisons with the database.
const COMPARE_EVERY: Duration = Duration::from_secs(60 * 60);
/// Changes that are read at once, and go into one commit.
const BATCH: i64 = 2_000;
/// Days that the change log is kept. A node that was away for longer finds out by comparing.
const KEPT_DAYS: i64 = 7;

/// What the follower holds between two steps.
#[derive(Default)]
pub(super) struct Hand {
    writer: Option<Writer>,
    /// The writer failed: the index on disk is not to be trusted any more.
    failed: bool,
}

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

/// What a comparison with the database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Entries that were not as in the database, and were put right.
    pub corrected: usize,
    /// Whether the index held entries that are not in the database, and was rebuilt.
    pub rebuilt: bool,
}

impl Search {
    /// Follows the change log until told to stop. A failure is logged and tried again: searches go on meanwhile.
    pub async fn follow(self, platform: Platform, mut stopped: watch::Receiver<bool>) {
        let mut looks = tokio::time::interval(PAUSE);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut comparisons = tokio::time::interval(COMPARE_EVERY);
        comparisons.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let ctx = || Ctx::system(&platform, "search");
            let (what, done) = tokio::select! {
                biased;
                _ = stopped.changed() => return,
                _ = looks.tick() => ("follow", self.step(&ctx()).await.map(drop)),
                _ = comparisons.tick() => ("compare", self.compare_and_prune(&ctx()).await),
            };
            if let Err(error) = done {
                tracing::error!(search.step = what, %error, "the search index could not be brought up to date; it is tried again");
                tokio::time::sleep(PAUSE * 10).await;
            }
        }
    }

    /// Brings the index up to the change log as it is now; tells how many changes there were.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub async fn step(&self, ctx: &Ctx) -> Result<usize> {
        let mut hand = self.0.writer.lock().await;
        if hand.failed || !self.0.index.is_whole() {
            self.rebuild(ctx, &mut hand).await?;
        }
        let mut reached = self.0.index.watermark().unwrap_or(0);
        let mut count = 0;
        loop {
            let found = change::read_after(ctx.db(), reached, BATCH).await?;
            let Some(last) = found.last() else { break };
            reached = last.position;
            let changes = self.load(ctx, &found).await?;
            self.write(&mut hand, changes, reached).await?;
            self.0.position.send_replace(reached);
            count += found.len();
        }
        Ok(count)
    }

    /// Builds the index anew from the database while the old one serves.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub async fn reindex(&self, ctx: &Ctx) -> Result<Rebuilt> {
        let mut hand = self.0.writer.lock().await;
        self.rebuild(ctx, &mut hand).await
    }

    /// Compares every entry with the database and puts right what differs.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub async fn compare(&self, ctx: &Ctx) -> Result<Compared> {
        let mut hand = self.0.writer.lock().await;
        // A database that was restored from a backup is behind its own index.
        if self.0.index.watermark() > Some(change::newest(ctx.db()).await?) {
            self.rebuild(ctx, &mut hand).await?;
            return Ok(Compared { corrected: 0, rebuilt: true });
        }
        let mut differing = Vec::new();
        let mut extra = false;
        for source in &self.0.sources {
            let mut missing = 0;
            let mut count = 0;
            let mut after = Some(String::new());
            while let Some(place) = after {
                let page = source.scan(ctx, &place).await?;
                count += page.entries.len();
                for entry in page.entries {
                    let held = self.0.index.get(&entry.uid).map_err(Error::internal)?;
                    missing += usize::from(held.is_none());
                    if held.as_ref() != Some(&entry) {
                        differing.push(Change::put(entry));
                    }
                }
                after = page.next;
            }
            extra |= self.0.index.count(source.kind()).map_err(Error::internal)? + missing != count;
        }
        if extra {
            self.rebuild(ctx, &mut hand).await?;
            return Ok(Compared { corrected: 0, rebuilt: true });
        }
        let corrected = differing.len();
        if corrected > 0 {
            let reached = self.0.index.watermark().unwrap_or(0);
            self.write(&mut hand, differing, reached).await?;
        }
        Ok(Compared { corrected, rebuilt: false })
    }

    async fn compare_and_prune(&self, ctx: &Ctx) -> Result<()> {
        if self.0.index.watermark().is_some() {
            let found = self.compare(ctx).await?;
            if found.corrected > 0 || found.rebuilt {
                tracing::warn!(search.corrected = found.corrected, search.rebuilt = found.rebuilt, "the search index differed from the database");
            }
        }
        let before: Instant = ctx.now().plus_days(-KEPT_DAYS);
        ctx.db().write(|tx| async move { change::prune(&tx, before).await }).await?;
        Ok(())
    }

    /// Reads what has changed again, each entry once.
    async fn load(&self, ctx: &Ctx, found: &[change::Entry]) -> Result<Vec<Change>> {
        let mut seen = HashSet::new();
        let mut changes = Vec::new();
        for entry in found {
            for source in self.0.sources.iter().filter(|source| source.watches() == entry.kind) {
                let key = source.key(&entry.key);
                if seen.insert((source.kind(), key.clone())) {
                    changes.extend(source.load(ctx, &key).await?);
                }
            }
        }
        Ok(changes)
    }

    async fn write(&self, hand: &mut Hand, changes: Vec<Change>, reached: i64) -> Result<()> {
        let mut writer = match hand.writer.take() {
            Some(writer) => writer,
            None => self.0.index.writer().map_err(Error::internal)?,
        };
        let blocking = tokio::task::spawn_blocking(move || {
            let done = writer.apply(&changes).and_then(|()| writer.commit(reached));
            done.map(|()| writer)
        });
        match blocking.await.map_err(Error::internal)? {
            Ok(writer) => {
                hand.writer = Some(writer);
                Ok(())
            }
            Err(error) => {
                hand.failed = true;
                Err(Error::internal(error))
            }
        }
    }

    async fn rebuild(&self, ctx: &Ctx, hand: &mut Hand) -> Result<Rebuilt> {
        self.0.made.send_replace(Some(0));
        let rebuilt = self.fill(ctx, hand).await;
        self.0.made.send_replace(None);
        rebuilt
    }

    async fn fill(&self, ctx: &Ctx, hand: &mut Hand) -> Result<Rebuilt> {
        let begun = tokio::time::Instant::now();
        // What is committed after this is read again from the log, whether the scan saw it or not.
        let mut reached = change::head(ctx.db()).await?;
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
        loop {
            let found = change::read_after(ctx.db(), reached, BATCH).await?;
            let Some(last) = found.last() else { break };
            reached = last.position;
            let changes = self.load(ctx, &found).await?;
            rebuild = blocking(move || rebuild.apply(&changes).map(|()| rebuild)).await?;
        }
        hand.writer = None;
        hand.writer = Some(blocking(move || rebuild.finish(reached)).await?);
        hand.failed = false;
        self.0.position.send_replace(reached);
        tracing::info!(search.entries = ?counts, search.position = reached, seconds = begun.elapsed().as_secs_f64(), "the search index was rebuilt");
        Ok(Rebuilt { counts, position: reached })
    }
}

/// Runs work of the index on a thread where it may wait for the disk.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::result::Result<T, search_index::Error> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
