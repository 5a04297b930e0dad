//! What the person says to the reply: satisfied, not satisfied, or a review of a petition (P4-3, P4-8); and what he explains (P4-12).

use kernel::{RegionCode, text};
use platform::{Ctx, Error, Result, regions};

use super::act::{Change, File, commit, load};
use super::states::{Act, State};
use super::{ComplaintId, Kind};
use super::mine::Key;
use crate::limits::Limit;
use crate::store::complaints::Row;
use crate::issues;

/// The person says whether he is satisfied.
///
/// # Errors
/// E-ST01 when there is no reply to judge or its time is over.
pub async fn satisfied(ctx: &Ctx, key: &Key, content: bool, why: &str) -> Result<()> {
    let id = super::mine::find(ctx, key).await?.id;
    let file = load(ctx, id).await?;
    let in_time = file.row.confirm_due().is_none_or(|last| ctx.today() <= last);
    if file.row.state != State::Replied || !in_time {
        return Err(state(&file.row));
    }
    let seen = file.row.version;
    judged(ctx, &file, seen, if content { "satisfied" } else { "unsatisfied" }, content, why).await
}

/// Staff called back and write down what the person said.
pub async fn call_back(ctx: &Ctx, id: ComplaintId, seen: i64, content: bool, note: &str) -> Result<()> {
    let act = if content { Act::Content } else { Act::NotContent };
    let (file, _) = super::act::begin(ctx, id, act).await?;
    judged(ctx, &file, seen, act.code(), content, note).await
}

async fn judged(ctx: &Ctx, file: &File, seen: i64, verb: &'static str, content: bool, why: &str) -> Result<()> {
    let why = text::lines(why);
    let mut row = Row { version: seen, satisfied: Some(content), ..file.row.clone() };
    if content {
        row.state = State::Closed;
        return commit(ctx, file, Change::new(row, verb, why)).await;
    }
    if why.is_empty() {
        return Err(issues::missing("why", "不满意的原因", "why you are not satisfied").into());
    }
    row.unsatisfied += 1;
    if row.unsatisfied >= i64::from(file.limits.amount(Limit::Unsatisfied)?) {
        raise(ctx, &mut row).await?;
        row.state = State::Accepted;
        row.set_unit(None, None);
    } else {
        // What the desk answered itself goes to a unit now.
        row.state = if row.unit().is_some() { State::InHand } else { State::Accepted };
    }
    row.clock_from = ctx.today();
    row.stock = false;
    let period = file.limits.period(row.kind.limit(false))?;
    commit(ctx, file, Change::new(row, verb, why).clock("reply", ctx.today(), period)).await
}

/// Moves up one level (区→市→省): from now on the desk above has it.
pub(crate) async fn raise(ctx: &Ctx, row: &mut Row) -> Result<()> {
    row.supervised = true;
    if let Some(above) = above(ctx, &row.desk_region).await? {
        row.desk_region = above;
        row.level += 1;
    }
    Ok(())
}

async fn above(ctx: &Ctx, region: &RegionCode) -> Result<Option<RegionCode>> {
    Ok(regions::find(ctx.db(), region).await?.and_then(|region| region.parent))
}

/// The person asks for a review of the answer to a petition: 复查, then 复核.
///
/// # Errors
/// E-P412 after its time, and after the last.
pub async fn review(ctx: &Ctx, key: &Key, why: &str) -> Result<()> {
    let id = super::mine::find(ctx, key).await?.id;
    let file = load(ctx, id).await?;
    if file.row.kind != Kind::Petition || !matches!(file.row.state, State::Replied | State::Closed) {
        return Err(state(&file.row));
    }
    let replied = file.row.replied_on().ok_or_else(|| state(&file.row))?;
    let last = file.calendar.due(replied, file.limits.period(Limit::ReviewAsk)?).day;
    if file.row.stage >= 2 || ctx.today() > last {
        return Err(issues::no_review().into());
    }
    let why = text::lines(why);
    if why.is_empty() {
        return Err(issues::missing("why", "申请复查、复核的理由", "why it should be reviewed").into());
    }
    let mut row = Row { stage: file.row.stage + 1, state: State::Accepted, clock_from: ctx.today(), ..file.row.clone() };
    raise(ctx, &mut row).await?;
    row.set_unit(None, None);
    let period = file.limits.period(Limit::ReviewDecide)?;
    commit(ctx, &file, Change::new(row, "review", why).clock("reply", ctx.today(), period)).await
}

/// The person explains what was asked; the clock begins anew.
pub async fn supply(ctx: &Ctx, key: &Key, words: &str) -> Result<()> {
    let id = super::mine::find(ctx, key).await?.id;
    let file = load(ctx, id).await?;
    if file.row.state != State::Unclear {
        return Err(state(&file.row));
    }
    let words = text::lines(words);
    if words.is_empty() {
        return Err(issues::missing("why", "补充说明", "your explanation").into());
    }
    let row = Row { state: State::Registered, clock_from: ctx.today(), told: None, ..file.row.clone() };
    let period = file.limits.period(row.kind.acceptance())?;
    commit(ctx, &file, Change::new(row, "supply", words).clock("accept", ctx.today(), period)).await
}

fn state(row: &Row) -> Error {
    let name = row.state.name();
    Error::state(&name.zh, &name.en)
}
