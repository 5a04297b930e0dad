//! What the person sees: his own list, and the page that number and code open.

use identity::guard;
use kernel::{CaseNo, Day, Instant, Text};
use platform::{Ctx, Error, Result, regions};

use super::act::{load, opened};
use super::states::State;
use super::view::Replied;
use super::{ComplaintId, Ground, Kind};
use crate::happened::Happened;
use crate::limits::Limit;
use crate::store::complaints::{self, Row};
use crate::store::replies;
use crate::issues;

/// Lines on a page.
const PAGE: i64 = 30;

/// How a person shows that it is his.
#[derive(Debug, Clone)]
pub enum Key {
    /// Signed in.
    Mine(ComplaintId),
    /// Receipt number and query code.
    Code {
        /// The number as typed.
        number: String,
        /// The code as typed.
        code: String,
    },
}

/// The complaint that a key opens.
///
/// # Errors
/// E-P411 for a number and code that do not belong together, E-P201 for a number that is none, [`Error::TooMany`] after wrong codes.
pub(super) async fn find(ctx: &Ctx, key: &Key) -> Result<Row> {
    match key {
        Key::Mine(id) => {
            let person = ctx.actor().citizen().ok_or(Error::SignIn)?.person;
            let row = complaints::by_id(ctx.db(), *id).await?;
            row.filter(|row| row.person().is_some() && row.person() == person).ok_or(Error::NotFound)
        }
        Key::Code { number, code } => {
            let number = CaseNo::parse(number).map_err(|issue| issue.field("number"))?;
            let code = kernel::text::code(code);
            // Counted whether there is such a number or not: being locked tells nothing.
            guard::receipts().attempt(ctx, number.as_str()).await?;
            let row = complaints::by_number(ctx.db(), number.as_str()).await?.map(|row| Ok::<_, Error>((opened(ctx, row.id, "code", &row.code)? == code).then_some(row))).transpose()?.flatten();
            let row = row.ok_or_else(issues::unknown_receipt)?;
            guard::receipts().forget(ctx, number.as_str()).await?;
            Ok(row)
        }
    }
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Status {
    /// Its key in links of whoever is signed in.
    pub id: ComplaintId,
    /// Receipt number.
    pub number: String,
    /// What it is.
    pub kind: Kind,
    /// In a few words.
    pub title: String,
    /// What was written.
    pub words: String,
    /// When it was received.
    pub received_at: Instant,
    /// Where it stands; of the one it was merged with, if it was.
    pub state: State,
    /// The number of the one it is handled with.
    pub merged_with: Option<String>,
    /// The end of what runs for the office.
    pub due: Option<Day>,
    /// Why it was not accepted.
    pub ground: Option<Ground>,
    /// Reason and right channel, or what has to be explained.
    pub told: String,
    /// Who answers, once somebody does; the body that it is about before.
    pub unit: Text,
    /// Replies, the oldest first.
    pub replies: Vec<Replied>,
    /// What happened, without names.
    pub events: Vec<Happened>,
    /// Whether the person may say now whether he is satisfied.
    pub may_judge: bool,
    /// Whether he may ask for a review.
    pub may_review: bool,
}

/// The page that a key opens.
///
/// # Errors
/// Those of a wrong key.
pub async fn status(ctx: &Ctx, key: &Key) -> Result<Status> {
    let own = find(ctx, key).await?;
    let file = load(ctx, own.merged_into().unwrap_or(own.id)).await?;
    let main = &file.row;
    let told = match &own.told {
        Some(sealed) if matches!(own.state, State::Refused | State::Unclear) => opened(ctx, own.id, "told", sealed)?,
        _ => String::new(),
    };
    let judging = own.merged_into().is_none() && own.state == State::Replied && own.confirm_due().is_none_or(|last| ctx.today() <= last);
    let ask_by = match own.replied_on() {
        Some(replied) => Some(file.calendar.due(replied, file.limits.period(Limit::ReviewAsk)?).day),
        None => None,
    };
    let reviewable = own.kind == Kind::Petition && own.stage < 2 && matches!(own.state, State::Replied | State::Closed);
    Ok(Status {
        id: own.id,
        number: own.number.clone(),
        kind: own.kind,
        title: opened(ctx, own.id, "title", &own.title)?,
        words: opened(ctx, own.id, "words", &own.words)?,
        received_at: own.received_at,
        state: main.state,
        merged_with: own.merged_into().map(|_| main.number.clone()),
        due: main.running().map(|(_, due)| due),
        ground: own.ground.as_deref().and_then(Ground::from_code),
        told,
        unit: regions::organisation(ctx.db(), main.unit().unwrap_or(main.org)).await?.map(|unit| unit.name).unwrap_or_default(),
        replies: super::view::replied(ctx, replies::of(ctx.db(), main.id).await?)?,
        events: super::view::happened(ctx, own.id, false).await?,
        may_judge: judging,
        may_review: reviewable && ask_by.is_some_and(|last| ctx.today() <= last),
    })
}

/// The query code again, for whoever is signed in.
pub async fn receipt(ctx: &Ctx, id: ComplaintId) -> Result<String> {
    let row = find(ctx, &Key::Mine(id)).await?;
    opened(ctx, row.id, "code", &row.code)
}

/// A line of one's own list.
#[derive(Debug, Clone)]
pub struct Mine {
    /// The complaint.
    pub id: ComplaintId,
    /// Receipt number.
    pub number: String,
    /// What it is.
    pub kind: Text,
    /// In a few words.
    pub title: String,
    /// When it was received.
    pub received_at: Instant,
    /// Where it stands.
    pub state: State,
}

/// One's own, the newest first, and the key of the next page.
pub async fn mine(ctx: &Ctx, before: Option<ComplaintId>) -> Result<(Vec<Mine>, Option<ComplaintId>)> {
    let Some(person) = ctx.actor().citizen().ok_or(Error::SignIn)?.person else { return Ok((Vec::new(), None)) };
    let mut rows = complaints::of_person(ctx.db(), person, before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let mut mine = Vec::new();
    for row in rows {
        mine.push(Mine {
            title: opened(ctx, row.id, "title", &row.title)?,
            id: row.id,
            number: row.number,
            kind: row.kind.name(),
            received_at: row.received_at,
            state: row.state,
        });
    }
    Ok((mine, next))
}
