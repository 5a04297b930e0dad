//! The desk takes in: accepts, refuses, merges, asks what is meant (P4-1, P4-5, P4-11, P4-12).

use kernel::{Issues, text};
use platform::{Ctx, Error, Result};

use super::act::{Change, File, begin, commit, load, may, opened, seal_told};
use super::notices::What;
use super::states::Act;
use super::{ComplaintId, Ground};
use crate::limits::Limit;
use crate::store::complaints::{self, Row};
use crate::{issues, similar};

/// Shortest reason and channel, in characters: a word is none.
const WORDS: usize = 4;

/// Accepts. `stock` says that there is a stock answer to the question, which is then given within the short limit.
pub async fn accept(ctx: &Ctx, id: ComplaintId, seen: i64, stock: bool) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Accept).await?;
    let mut row = Row { state: next, version: seen, stock, ..file.row.clone() };
    row.set_accepted(ctx.today());
    // A petition is handled within so many days of its acceptance, everything else of its receipt.
    if row.kind == super::Kind::Petition {
        row.clock_from = ctx.today();
    }
    let period = file.limits.period(row.kind.limit(stock))?;
    let from = row.clock_from;
    commit(ctx, &file, Change::new(row, Act::Accept.code(), "").clock("reply", from, period).notice(What::Accepted)).await
}

/// Refuses, with the reason and the right channel.
///
/// # Errors
/// E-P403 without either.
pub async fn refuse(ctx: &Ctx, id: ComplaintId, seen: i64, ground: &str, reason: &str, channel: &str) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Refuse).await?;
    let (ground, reason, channel) = (Ground::from_code(ground), text::lines(reason), text::lines(channel));
    let mut found = Issues::default();
    found.ensure(ground.is_some(), || issues::refusal_incomplete("ground"));
    found.ensure(reason.chars().count() >= WORDS, || issues::refusal_incomplete("reason"));
    found.ensure(channel.chars().count() >= WORDS, || issues::refusal_incomplete("channel"));
    found.finish()?;
    let told = format!("{reason}\n{channel}");
    let row = Row {
        state: next,
        version: seen,
        ground: ground.map(|ground| ground.code().to_owned()),
        told: seal_told(ctx, id, &told),
        ..file.row.clone()
    };
    commit(ctx, &file, Change::new(row, Act::Refuse.code(), told).notice(What::Refused)).await
}

/// Asks what a request for disclosure means; the clock begins anew when it is told.
///
/// # Errors
/// E-P413 after its time.
pub async fn clarify(ctx: &Ctx, id: ComplaintId, seen: i64, question: &str) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Clarify).await?;
    let last = file.calendar.due(file.row.received_on, file.limits.period(Limit::Clarify)?).day;
    if ctx.today() > last {
        return Err(issues::clarify_too_late(last, file.limits.source(Limit::Clarify)).into());
    }
    let question = text::lines(question);
    if question.chars().count() < WORDS {
        return Err(issues::missing("text", "需要补充说明的内容", "what has to be explained").into());
    }
    let row = Row { state: next, version: seen, told: seal_told(ctx, id, &question), ..file.row.clone() };
    commit(ctx, &file, Change::new(row, Act::Clarify.code(), question).notice(What::Unclear)).await
}

/// Earlier complaints of the same person that are alike, with their likeness in percent.
pub async fn duplicates(ctx: &Ctx, id: ComplaintId) -> Result<Vec<(ComplaintId, String, u32)>> {
    let file = load(ctx, id).await?;
    may(ctx, &file.row, Act::Merge).await?;
    let mut found = Vec::new();
    for (other, percent) in alike(ctx, &file).await? {
        found.push((other.id, other.number, percent));
    }
    Ok(found)
}

/// Merges with an earlier one: one answer, given to both.
///
/// # Errors
/// E-P409 unless the two are alike, of one person, and within the time.
pub async fn merge(ctx: &Ctx, id: ComplaintId, seen: i64, into: ComplaintId) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Merge).await?;
    let earlier = alike(ctx, &file).await?.into_iter().find(|(other, _)| other.id == into).ok_or_else(issues::no_duplicate)?.0;
    let mut row = Row { state: next, version: seen, ..file.row.clone() };
    row.set_merged(into);
    commit(ctx, &file, Change::new(row, Act::Merge.code(), earlier.number)).await
}

async fn alike(ctx: &Ctx, file: &File) -> Result<Vec<(Row, u32)>> {
    let Some(party) = &file.row.party_hash else { return Ok(Vec::new()) };
    let days = i64::from(file.limits.amount(Limit::DuplicateDays)?);
    let least = file.limits.amount(Limit::Duplicate)?;
    let own = whole(ctx, &file.row)?;
    let mut found = Vec::new();
    for other in complaints::of_party(ctx.db(), party, file.row.received_at.plus_days(-days)).await? {
        let one_matter = other.id != file.row.id && other.received_at <= file.row.received_at && other.kind == file.row.kind;
        if one_matter && other.org == file.row.org && other.state.is_open() && other.merged_into().is_none() {
            let percent = similar::percent(&own, &whole(ctx, &other)?);
            if percent > least {
                found.push((other, percent));
            }
        }
    }
    Ok::<_, Error>(found)
}

fn whole(ctx: &Ctx, row: &Row) -> Result<String> {
    Ok(opened(ctx, row.id, "title", &row.title)? + &opened(ctx, row.id, "words", &row.words)?)
}
