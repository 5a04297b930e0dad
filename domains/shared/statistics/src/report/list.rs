//! The list behind a figure of a report: the very entries that were counted, without a name.

use kernel::{Day, Text};
use platform::{Ctx, Error, Result, regions};

use super::{Tally, find};
use crate::issues;
use crate::list::{PAGE, place, place_after};
use crate::model::Asked;
use crate::read::{Names, Reader, reader};
use crate::store::reports;

/// A line of the list.
#[derive(Debug, Clone)]
pub struct CountLine {
    /// The day on which it counts.
    pub day: Day,
    /// Number of the case; empty for what is no case.
    pub number: String,
    /// How much it counts.
    pub n: i64,
    /// The item.
    pub item: Text,
    /// The body.
    pub org: Text,
    entry: Vec<u8>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct CountList {
    /// Code of the report.
    pub report: String,
    /// The figure.
    pub tally: Tally,
    /// The question, with the region that it was answered for.
    pub asked: Asked,
    /// The lines.
    pub lines: Vec<CountLine>,
    /// The key of the next page; absent at the end.
    pub next: Option<String>,
}

/// A page of the list behind a figure, in the order of days, after the line with the key `after`.
///
/// # Errors
/// `NotFound` for a report or a figure that there is none of; `E-P805` and `E-STA04` as for every list.
pub async fn counted(ctx: &Ctx, code: &str, tally: &str, asked: &Asked, after: &str) -> Result<CountList> {
    part(ctx, code, tally, asked, after, PAGE).await
}

/// The same with another length of the page: for exports.
pub(super) async fn part(ctx: &Ctx, code: &str, tally: &str, asked: &Asked, after: &str, length: usize) -> Result<CountList> {
    let service = find(ctx, code)?;
    let report = service.report();
    let tally = report.tally(tally).ok_or(Error::NotFound)?.clone();
    let Reader { reach, inside, .. } = reader(ctx, asked.region).await?;
    if !inside {
        return Err(Error::Denied(issues::list_elsewhere()));
    }
    let asked = Asked { region: Some(reach.region), channel: None, ..asked.clone() };
    let limit = i64::try_from(length + 1).map_err(Error::internal)?;
    let mut rows = reports::list(ctx.db(), &reach, &asked, &report.stored(&tally.code), place(after), limit).await?;
    let more = rows.len() > length;
    rows.truncate(length);
    let mut codes: Vec<String> = rows.iter().map(|row| row.item.clone()).collect();
    codes.sort();
    codes.dedup();
    let orgs = regions::organisations(ctx.db(), &reach.region).await?;
    let names = Names { regions: &[], orgs: &orgs, items: catalog::ops::names(ctx, &codes).await? };
    let lines: Vec<CountLine> = rows
        .into_iter()
        .map(|row| CountLine { day: row.day, number: row.case_no, n: row.n, item: names.item(&row.item), org: names.org(row.org), entry: row.entry })
        .collect();
    let next = lines.last().filter(|_| more).map(|line| place_after(line.day, &line.entry));
    Ok(CountList { report: report.code.clone(), tally, asked, lines, next })
}
