//! The one who writes to the index that serves: follows the change log. A rebuild and a comparison go on beside it, and take its place
//! only for a moment.

use std::collections::HashSet;
use std::time::Duration;

use kernel::Instant;
use platform::{Ctx, Error, Platform, Result, change};
use search_index::{Change, Writer};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::Search;

/// Time between two looks at the change log, and so between two commits.
pub const PAUSE: Duration = Duration::from_millis(300);
/// Time between two comparisons with the database.
const COMPARE_EVERY: Duration = Duration::from_secs(60 * 60);
/// Changes that are read at once, and go into one commit.
pub(super) const BATCH: i64 = 2_000;
/// Days that the change log is kept. A node that was away for longer finds out by comparing.
const KEPT_DAYS: i64 = 7;

/// What the follower holds between two steps.
#[derive(Default)]
pub(super) struct Hand {
    pub(super) writer: Option<Writer>,
    /// The writer failed: the index on disk is not to be trusted any more.
    pub(super) failed: bool,
}

impl Search {
    /// Follows the change log until told to stop, and compares now and then. A failure is logged and tried again: searches go on
    /// meanwhile.
    pub async fn follow(self, platform: Platform, stopped: watch::Receiver<bool>) {
        let ctx = || Ctx::system(&platform, "search");
        tokio::join!(
            repeat("follow", PAUSE, stopped.clone(), || async { self.step(&ctx()).await.map(drop) }),
            repeat("compare", COMPARE_EVERY, stopped, || async { self.compare_and_prune(&ctx()).await }),
        );
    }

    /// Brings the index up to the change log as it is now; tells how many changes there were. Where there is no index it makes one.
    ///
    /// # Errors
    /// Those of the database and of the index.
    pub async fn step(&self, ctx: &Ctx) -> Result<usize> {
        if self.is_lost().await {
            let maker = self.0.maker.lock().await;
            // Whoever held it may just have made one.
            if self.is_lost().await {
                self.rebuild(ctx, &maker).await?;
            }
        }
        let mut hand = self.0.writer.lock().await;
        self.catch_up(ctx, &mut hand).await
    }

    /// Whether there is no index that could be written to.
    async fn is_lost(&self) -> bool {
        self.0.writer.lock().await.failed || !self.0.index.is_whole()
    }

    /// Takes the change log into the index that serves.
    pub(super) async fn catch_up(&self, ctx: &Ctx, hand: &mut Hand) -> Result<usize> {
        let mut reached = self.0.index.watermark().unwrap_or(0);
        let mut count = 0;
        loop {
            let found = change::read_after(ctx.db(), reached, BATCH).await?;
            let Some(last) = found.last() else { break };
            reached = last.position;
            let changes = self.load(ctx, &found).await?;
            self.write(hand, changes, reached).await?;
            self.0.position.send_replace(reached);
            count += found.len();
        }
        Ok(count)
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
    pub(super) async fn load(&self, ctx: &Ctx, found: &[change::Entry]) -> Result<Vec<Change>> {
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

    pub(super) async fn write(&self, hand: &mut Hand, changes: Vec<Change>, reached: i64) -> Result<()> {
        let mut writer = match hand.writer.take() {
            Some(writer) => writer,
            None => self.0.index.writer().map_err(Error::internal)?,
        };
        let done = blocking(move || {
            let done = writer.apply(&changes).and_then(|()| writer.commit(reached));
            done.map(|()| writer)
        });
        match done.await {
            Ok(writer) => {
                hand.writer = Some(writer);
                Ok(())
            }
            Err(error) => {
                hand.failed = true;
                Err(error)
            }
        }
    }
}

/// Does something at its times until told to stop.
async fn repeat<F>(what: &'static str, period: Duration, mut stopped: watch::Receiver<bool>, run: impl Fn() -> F)
where
    F: Future<Output = Result<()>>,
{
    let work = async {
        let mut turns = tokio::time::interval(period);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            turns.tick().await;
            if let Err(error) = run().await {
                tracing::error!(search.step = what, %error, "the search index could not be brought up to date; it is tried again");
                tokio::time::sleep(PAUSE * 10).await;
            }
        }
    };
    tokio::select! {
        _ = stopped.changed() => {}
        () = work => {}
    }
}

/// Runs work of the index on a thread where it may wait for the disk.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::result::Result<T, search_index::Error> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
