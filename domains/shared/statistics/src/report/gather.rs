//! The nightly run for reports: what cases and other entries count for is kept, and days are added up anew.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use casework::CaseId;
use kernel::{Day, Id};
use platform::{Ctx, Result};

use super::{Count, Counts, Entry, installed};
use crate::facts::Facts;
use crate::gather::{Held, ROWS, mark};
use crate::store::figures::Correction;
use crate::store::reports::{self, CountRow, TallyChange};

/// Entries that are no cases, read at once.
const BATCH: i64 = 400;

/// What is kept of a case: its facts, and what it counts for in reports.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) case: CaseId,
    pub(crate) facts: Vec<Facts>,
    pub(crate) counts: Vec<CountRow>,
}

/// Asks every service in which figures these cases count.
pub(crate) async fn of_cases(ctx: &Ctx, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<(String, Count)>>> {
    let mut found: HashMap<CaseId, Vec<(String, Count)>> = HashMap::new();
    for service in installed(ctx) {
        for (case, count) in service.of_cases(ctx, cases).await? {
            found.entry(case).or_default().push((service.report().stored(count.tally), count));
        }
    }
    Ok(found)
}

/// Keeps what counts and is no case, and marks the days on which something is different.
pub(crate) async fn beyond(held: &Held) -> Result<()> {
    for service in installed(&held.ctx) {
        let mut after: Option<Id<Entry>> = None;
        loop {
            let entries = service.beyond(&held.ctx, after, BATCH).await?;
            let Some(last) = entries.last() else { break };
            after = Some(last.id);
            let ids: Vec<Vec<u8>> = entries.iter().map(|entry| entry.id.to_vec()).collect();
            let mut rows: Vec<CountRow> = Vec::new();
            for entry in &entries {
                rows.extend(entry.counts.iter().map(|count| CountRow {
                    entry: entry.id.to_vec(),
                    tally: service.report().stored(count.tally),
                    day: count.day,
                    region: entry.region,
                    org: entry.org,
                    item: entry.item.clone(),
                    n: count.n,
                }));
            }
            rows.sort_by(|a, b| (&a.entry, &a.tally).cmp(&(&b.entry, &b.tally)));
            if reports::kept(held.ctx.db(), &service.report().code, &ids).await? != rows {
                replace(held, service.clone(), Arc::new((ids, rows))).await?;
            }
        }
    }
    Ok(())
}

async fn replace(held: &Held, service: Arc<dyn Counts>, part: Arc<(Vec<Vec<u8>>, Vec<CountRow>)>) -> Result<()> {
    held.write(|tx| {
        let (service, part) = (service.clone(), part.clone());
        async move {
            let (ids, rows) = part.as_ref();
            let mut days: BTreeSet<Day> = reports::known_days(&tx, ids).await?.into_iter().collect();
            days.extend(rows.iter().map(|row| row.day));
            reports::replace(&tx, Some(&service.report().code), ids, rows).await?;
            mark(&tx, &days).await
        }
    })
    .await
}

/// Adds a day up whole and writes what differs; returns how many sums did.
pub(crate) async fn count_day(held: &Held, day: Day) -> Result<u64> {
    let db = held.ctx.db();
    let mut stored = reports::stored_day(db, day).await?;
    let mut changes = Vec::new();
    for (cell, after) in reports::count_day(db, day).await? {
        let before = stored.remove(&cell).unwrap_or_default();
        changes.push(TallyChange { cell, before, after });
    }
    changes.extend(stored.into_iter().map(|(cell, before)| TallyChange { cell, before, after: 0 }));
    changes.retain(|change| change.before != change.after);
    changes.sort_by(|a, b| a.cell.cmp(&b.cell));
    let closed = reports::closed_with(db, day.first_of_month()).await?;
    let corrects = |change: &TallyChange| closed.iter().any(|code| change.cell.tally.strip_prefix(code.as_str()).is_some_and(|rest| rest.starts_with('.')));
    for part in changes.chunks(ROWS) {
        let noted: Vec<(Id<Correction>, TallyChange)> = part.iter().filter(|change| corrects(change)).map(|change| (held.ctx.id(), change.clone())).collect();
        write(held, day, Arc::new((part.to_vec(), noted))).await?;
    }
    Ok(changes.len() as u64)
}

/// Notes from when on the installed reports are counted.
pub(crate) async fn begin(held: &Held) -> Result<()> {
    let codes: Vec<String> = installed(&held.ctx).iter().map(|service| service.report().code.clone()).collect();
    let now = held.now();
    held.ctx.db().write(|tx| { let codes = codes.clone(); async move { reports::begin(&tx, &codes, now).await } }).await
}

/// The changes of a day that are written together, and those of them that correct a closed month.
type Part = (Vec<TallyChange>, Vec<(Id<Correction>, TallyChange)>);

async fn write(held: &Held, day: Day, part: Arc<Part>) -> Result<()> {
    let now = held.now();
    held.write(|tx| {
        let part = part.clone();
        async move {
            let (changes, noted) = part.as_ref();
            reports::add(&tx, day, changes).await?;
            if noted.is_empty() { Ok(()) } else { reports::note(&tx, day, noted, now).await }
        }
    })
    .await
}
