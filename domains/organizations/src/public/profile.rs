//! One entry, now or as of a day, with its history.

use kernel::{Day, Instant, Text, Uscc};
use platform::{Ctx, Result};
use ::store::Db;

use super::facts::{Fact, facts};
use super::fields::FIELDS;
use super::{issues, store};
use crate::model::{Content, Entry, Head, OrganizationId, Version};
use crate::register;

/// Versions on one page of the history.
const STEPS: usize = 30;

/// What the page of an organisation shows.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The row as it is now.
    pub head: Head,
    /// The past day that was asked for.
    pub on: Option<Day>,
    /// What the register said; nothing where it did not know the organisation by then.
    pub said: Option<Said>,
    /// When it was first recorded.
    pub first_recorded: Instant,
    /// The moment of the answer.
    pub at: Instant,
}

/// What the register says or said.
#[derive(Debug, Clone)]
pub struct Said {
    /// The version of the base data.
    pub version: Version,
    /// Its history up to then, the newest first.
    pub history: Vec<Step>,
    /// There are older ones.
    pub more: bool,
    /// What supervision recorded.
    pub facts: Vec<Fact>,
}

/// A version of the base data and what it changed.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its number.
    pub version: i64,
    /// From when it holds.
    pub effective_on: Day,
    /// When it was entered.
    pub recorded_at: Instant,
    /// Why.
    pub reason: Text,
    /// What changed; nothing for the first.
    pub changes: Vec<Change>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Code of the field.
    pub field: &'static str,
    /// Its name.
    pub name: Text,
    /// What it said before.
    pub before: Text,
    /// What it says.
    pub after: Text,
    /// Both for programs, as [`super::Field::filed`] has them.
    pub filed: [String; 2],
}

/// A credit code as somebody typed it: made plain and judged.
///
/// # Errors
/// `E-USCC01` to `E-USCC04`.
pub fn readable(typed: &str) -> Result<Uscc> {
    // What is longer than any code with blanks between is not looked at.
    let short: String = typed.chars().take(64).collect();
    Ok(Uscc::parse(&short)?)
}

/// The entry of a credit code as somebody typed it.
///
/// # Errors
/// `E-USCC01` to `E-USCC04`; `E-D21` where nobody has it.
pub async fn entry(ctx: &Ctx, code: &str) -> Result<Entry> {
    let uscc = readable(code)?;
    Ok(register::by_uscc(ctx.db(), uscc.as_str()).await?.ok_or_else(issues::unknown)?)
}

/// The last version that was recorded before a moment.
///
/// # Errors
/// Those of the database.
pub async fn as_of(db: &Db, id: OrganizationId, before: Instant) -> Result<Option<Version>> {
    store::as_of(db, id, before).await
}

/// The day as typed; none for nothing.
fn day(ctx: &Ctx, typed: &str) -> Result<Option<Day>> {
    let typed = kernel::text::line(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let day: Day = typed.parse().map_err(|_| issues::no_day())?;
    if day >= ctx.today() {
        return Err(issues::not_past(ctx.today()).into());
    }
    Ok(Some(day))
}

/// One entry: as it is, or as it stood at the end of the day `on`.
///
/// # Errors
/// As for [`entry`]; `E-D31` for what is no day, `E-D32` for one that is not over.
pub async fn profile(ctx: &Ctx, code: &str, on: &str) -> Result<Profile> {
    let entry = entry(ctx, code).await?;
    let on = day(ctx, on)?;
    let id = entry.head.id;
    let end = on.map(|day| Instant::at(day.plus_days(1), 0));
    let version = match end {
        Some(end) => as_of(ctx.db(), id, end).await?,
        None => register::versions(ctx.db(), id, None, 1).await?.pop(),
    };
    let said = match version {
        Some(version) => {
            let (history, more) = history(ctx, id, version.version + 1).await?;
            Some(Said { facts: facts(ctx.db(), id, end).await?, history, more, version })
        }
        None => None,
    };
    Ok(Profile { first_recorded: store::first_recorded(ctx.db(), id).await?, head: entry.head, on, said, at: ctx.now() })
}

/// A page of the history: versions below `before`, the newest first, and whether there are older ones.
///
/// # Errors
/// Those of the database.
pub async fn history(ctx: &Ctx, id: OrganizationId, before: i64) -> Result<(Vec<Step>, bool)> {
    let limit = i64::try_from(STEPS).unwrap_or(i64::MAX) + 1;
    let versions = register::versions(ctx.db(), id, Some(before), limit).await?;
    let more = versions.len() > STEPS;
    let steps = versions.iter().take(STEPS).enumerate().map(|(at, version)| Step {
        version: version.version,
        effective_on: version.effective_on,
        recorded_at: version.recorded_at,
        reason: super::reason(&version.reason),
        changes: versions.get(at + 1).map_or_else(Vec::new, |older| changes(&older.content, &version.content)),
    });
    Ok((steps.collect(), more))
}

/// The fields in which two contents differ.
pub(crate) fn changes(before: &Content, after: &Content) -> Vec<Change> {
    let differs = |field: &super::Field| {
        let filed = [before, after].map(|content| field.filed(content));
        (filed[0] != filed[1]).then(|| Change { field: field.code, name: field.name(), before: field.of(before), after: field.of(after), filed })
    };
    FIELDS.iter().filter_map(differs).collect()
}
