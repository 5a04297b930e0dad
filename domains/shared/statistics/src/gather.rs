//! The nightly run: what changed in the business is counted again, day by day; months are closed.
//!
//! It may break off anywhere and be begun again, and running it twice changes nothing: a day is always counted whole from the rows of
//! the business, and only the difference to what is stored is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use casework::CaseId;
use casework::supervision::Workdays;
use kernel::{Day, Id};
use platform::{Ctx, Result, calendars};
use store::Tx;

use crate::facts;
use crate::report::{self, Kept};
use crate::rules::rules;
use crate::store::figures::{self, Change, Control, Correction};
use crate::store::reports::{self, CountRow};
use crate::store::{facts as rows, runs};

/// Cases read at once.
const BATCH: i64 = 400;
/// Rows written in one transaction.
pub(crate) const ROWS: usize = 100;
/// Days read at once.
const DAYS: i64 = 366;
/// Minute of the day at which the run begins: after the run of supervision.
const BEGINS: u16 = 30;
/// A run that says nothing for so long has died.
const CLAIM_MINUTES: i64 = 10;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ran {
    /// Cases that were looked at because they had changed.
    pub cases: u64,
    /// Days counted again.
    pub days: u64,
    /// Figures that changed.
    pub figures: u64,
    /// Months closed.
    pub months: u64,
}

/// The run of the day, once it is time and unless it was finished.
pub(crate) async fn when_due(ctx: &Ctx) -> Result<()> {
    let done = runs::last(ctx.db()).await?.is_some_and(|(day, _)| day >= ctx.today());
    if ctx.now().minute_of_day() < BEGINS || done {
        return Ok(());
    }
    if let Some(ran) = run(ctx, false).await? {
        tracing::info!(statistics.cases = ran.cases, statistics.days = ran.days, statistics.figures = ran.figures, "the nightly figures are counted");
    }
    Ok(())
}

/// One run; `all` looks at every case, also at those that have not changed (after a new calendar). Nothing if another run is under way.
///
/// # Errors
/// `E-P805` for people: it is the program's own work.
pub async fn run(ctx: &Ctx, all: bool) -> Result<Option<Ran>> {
    ctx.require_role(&[])?;
    let held = Held { holder: ctx.id::<Held>().to_string(), ctx: ctx.clone() };
    if !held.claim().await? {
        return Ok(None);
    }
    let outcome = count(&held, all).await;
    let finished = outcome.is_ok().then(|| (ctx.today(), held.now()));
    let holder = held.holder.clone();
    ctx.db().write(|tx| { let holder = holder.clone(); async move { runs::release(&tx, &holder, finished).await } }).await?;
    outcome.map(Some)
}

/// The figures, taken for one run.
pub(crate) struct Held {
    pub(crate) ctx: Ctx,
    pub(crate) holder: String,
}

impl Held {
    pub(crate) fn now(&self) -> kernel::Instant {
        self.ctx.platform().clock().now()
    }

    async fn claim(&self) -> Result<bool> {
        let (now, holder) = (self.now(), self.holder.clone());
        self.ctx
            .db()
            .write(|tx| {
                let holder = holder.clone();
                async move { runs::claim(&tx, &holder, now, now.plus_minutes(CLAIM_MINUTES)).await }
            })
            .await
    }

    /// Writes as long as the figures are still taken for this run, and keeps them taken.
    pub(crate) async fn write<T, F, Fut>(&self, body: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
    {
        let until = self.now().plus_minutes(CLAIM_MINUTES);
        self.ctx
            .db()
            .write(|tx| {
                let (holder, work) = (self.holder.clone(), body(tx.clone()));
                async move {
                    runs::hold(&tx, &holder, until).await?;
                    work.await
                }
            })
            .await
    }
}

async fn count(held: &Held, all: bool) -> Result<Ran> {
    report::begin(held).await?;
    let cases = changed_cases(held, all).await?;
    changed_elsewhere(held).await?;
    report::beyond(held).await?;
    let mut ran = Ran { cases, ..Ran::default() };
    loop {
        let days = rows::stale(held.ctx.db(), DAYS).await?;
        if days.is_empty() {
            break;
        }
        for day in days {
            ran.figures += report::count_day(held, day).await?;
            ran.figures += count_day(held, day).await?;
            ran.days += 1;
        }
    }
    ran.months = close_months(held).await?;
    Ok(ran)
}

/// Keeps the facts of cases that have changed, and marks the days on which they were or are counted.
async fn changed_cases(held: &Held, all: bool) -> Result<u64> {
    let db = held.ctx.db();
    let workdays = Workdays::around(calendars::current(db).await?, held.ctx.today());
    let (mut after, mut seen) = (Vec::new(), 0);
    loop {
        let heads = rows::changed(db, &after, all, BATCH).await?;
        let Some(last) = heads.last() else { return Ok(seen) };
        after = last.id.to_vec();
        seen += heads.len() as u64;
        let ids: Vec<CaseId> = heads.iter().map(|head| head.id).collect();
        let mut stories = rows::stories(db, &ids).await?;
        let mut counts = report::of_cases(&held.ctx, &ids).await?;
        let kept: Vec<Kept> = heads
            .iter()
            .map(|head| Kept {
                case: head.id,
                facts: facts::facts(head, &stories.remove(&head.id).unwrap_or_default(), &workdays),
                counts: counts.remove(&head.id).into_iter().flatten().map(|(tally, count)| counted(head, tally, count)).collect(),
            })
            .collect();
        for part in kept.chunks(ROWS) {
            keep(held, Arc::new(part.to_vec())).await?;
        }
    }
}

/// A count belongs to the body that answers for the case.
fn counted(head: &rows::HeadRow, tally: String, count: report::Count) -> CountRow {
    CountRow { entry: head.id.to_vec(), tally, day: count.day, region: head.region, org: head.org, item: head.item.clone(), n: count.n }
}

async fn keep(held: &Held, part: Arc<Vec<Kept>>) -> Result<()> {
    held.write(|tx| {
        let part = part.clone();
        async move {
            let ids: Vec<CaseId> = part.iter().map(|kept| kept.case).collect();
            let entries: Vec<Vec<u8>> = ids.iter().map(|id| id.to_vec()).collect();
            let new: Vec<facts::Facts> = part.iter().flat_map(|kept| kept.facts.iter().cloned()).collect();
            let counts: Vec<CountRow> = part.iter().flat_map(|kept| kept.counts.iter().cloned()).collect();
            let mut days: BTreeSet<Day> = rows::known_days(&tx, &ids).await?.into_iter().collect();
            days.extend(reports::known_days(&tx, &entries).await?);
            days.extend(new.iter().flat_map(facts::Facts::days));
            days.extend(counts.iter().map(|count| count.day));
            rows::replace(&tx, &ids, &new).await?;
            reports::replace(&tx, None, &entries, &counts).await?;
            mark(&tx, &days).await
        }
    })
    .await
}

pub(crate) async fn mark(tx: &Tx, days: &BTreeSet<Day>) -> Result<()> {
    let days: Vec<Day> = days.iter().copied().collect();
    for part in days.chunks(2 * ROWS) {
        rows::mark_stale(tx, part).await?;
    }
    Ok(())
}

/// Marks the days on which ratings or cards are others than the figures know.
async fn changed_elsewhere(held: &Held) -> Result<()> {
    let (business, figures) = figures::control(held.ctx.db()).await?;
    let of = |all: &std::collections::BTreeMap<Day, Control>, day: &Day| all.get(day).copied().unwrap_or_default();
    let days: BTreeSet<Day> = business.keys().chain(figures.keys()).filter(|day| of(&business, day) != of(&figures, day)).copied().collect();
    let days = Arc::new(days);
    held.write(|tx| {
        let days = days.clone();
        async move { mark(&tx, &days).await }
    })
    .await
}

/// Counts a day whole and writes what differs; returns how many figures did.
async fn count_day(held: &Held, day: Day) -> Result<u64> {
    let db = held.ctx.db();
    let mut stored = figures::stored_day(db, day).await?;
    let mut changes = Vec::new();
    for (cell, sums) in figures::count_day(db, day).await? {
        let before = stored.remove(&cell).unwrap_or_default();
        changes.push((cell, before, sums));
    }
    changes.extend(stored.into_iter().map(|(cell, before)| (cell, before, crate::model::Sums::default())));
    let mut changes: Vec<Change> = changes
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(cell, before, after)| {
            let mut by = after;
            by.0.iter_mut().zip(before.0).for_each(|(n, before)| *n -= before);
            Change { cell, by, before }
        })
        .collect();
    changes.sort_by(|a, b| a.cell.cmp(&b.cell));
    let closed = runs::is_closed(db, day.first_of_month()).await?;
    for part in changes.chunks(ROWS) {
        let noted = if closed { part.iter().map(|change| change.by.0.iter().filter(|n| **n != 0).count()).sum() } else { 0 };
        let ids: Vec<Id<Correction>> = std::iter::repeat_with(|| held.ctx.id()).take(noted).collect();
        write(held, day, Arc::new((part.to_vec(), ids))).await?;
    }
    held.write(|tx| async move { rows::counted(&tx, day).await }).await?;
    Ok(changes.len() as u64)
}

async fn write(held: &Held, day: Day, part: Arc<(Vec<Change>, Vec<Id<Correction>>)>) -> Result<()> {
    let now = held.now();
    held.write(|tx| {
        let part = part.clone();
        async move {
            figures::add(&tx, day, &part.0).await?;
            if part.1.is_empty() {
                return Ok(());
            }
            figures::note_corrections(&tx, day, &part.0, &part.1, now).await
        }
    })
    .await
}

/// Closes the months that are over long enough.
async fn close_months(held: &Held) -> Result<u64> {
    let today = held.ctx.today();
    let back = if today.day() >= rules().closes_on_day { 1 } else { 2 };
    let last = today.first_of_month().plus_months(-back);
    let now = held.now();
    held.write(|tx| async move { runs::close_months(&tx, last, now).await }).await
}
