//! The log of a case: appended with every change, in the same transaction.

use kernel::Instant;
use platform::{Ctx, Error, Result, StaffId};
use ::store::{Db, Target, Tx, q};

use super::cases;
use crate::clock::Ends;
use crate::fold::fold;
use crate::model::{Detail, Event, LifeCycle};
use crate::{CaseId, Phase};

/// A change of a case that is about to happen.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The case.
    pub case: CaseId,
    /// The version that the actor saw; another one by now means `E-ST02`.
    pub seen: i64,
    /// What is done, as a verb of the service.
    pub verb: &'a str,
    /// The service's own state before.
    pub from: &'a str,
    /// The service's own state after.
    pub to: &'a str,
    /// The phase which that state declares.
    pub phase: Phase,
    /// Why, in words without personal data; may be empty.
    pub reason: &'a str,
}

/// One line of the log.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Action {
    /// The version that the action made; 1 is the opening.
    pub seq: i64,
    /// What was done, as a verb of the service.
    pub verb: String,
    /// The state before, as a code of the service.
    pub state_from: String,
    /// The state after, as a code of the service.
    pub state_to: String,
    /// Name of who did it; empty for jobs.
    pub actor_name: String,
    /// When.
    #[sqlx(try_from = "i64")]
    pub at: Instant,
    /// Why; may be empty.
    pub reason: String,
}

/// Moves a case of a service with a register of its own on by one version: its log is folded like every other, and the head is what comes of
/// it. Periods of such a service are its own; none is counted here.
///
/// Returns the new version.
///
/// # Errors
/// `E-ST02` if the case is no longer at `step.seen`: of two members of staff who act on the same page exactly one gets through; `E-ST01` for a
/// move that the life-cycle does not know there.
pub async fn record_action(tx: &Tx, ctx: &Ctx, life: &LifeCycle, step: Step<'_>) -> Result<i64> {
    let state = fold(life, &events(tx, step.case).await?).map_err(|issue| Error::internal(format!("the log of case {} does not fold: {issue}", step.case)))?;
    if state.seq != step.seen {
        return Err(Error::stale());
    }
    let event = Event {
        seq: step.seen + 1,
        verb: step.verb.to_owned(),
        from: step.from.to_owned(),
        to: step.to.to_owned(),
        at: ctx.now(),
        staff: ctx.actor().staff().map(|staff| staff.id),
        detail: Detail::default(),
    };
    let state = state.apply(life, &event)?;
    if state.code != step.to {
        return Err(Error::internal(format!("{} of {} leads to {}, not to {}", step.verb, step.case, state.code, step.to)));
    }
    cases::project(tx, step.case, step.seen, &state, step.phase, &Ends::default()).await?;
    append(tx, ctx, &step, step.seen + 1, &Detail::default()).await?;
    Ok(step.seen + 1)
}

/// Writes one line of the log.
pub(crate) async fn append(tx: &Tx, ctx: &Ctx, step: &Step<'_>, seq: i64, detail: &Detail) -> Result<()> {
    append_at(tx, ctx, step, seq, detail, ctx.now()).await
}

/// The same as of another moment: what time did counts from when it did it.
pub(crate) async fn append_at(tx: &Tx, ctx: &Ctx, step: &Step<'_>, seq: i64, detail: &Detail, at: Instant) -> Result<()> {
    let name = ctx.actor().staff().map_or("", |staff| staff.name.as_str());
    q("INSERT INTO case_action (case_id, seq, verb, state_from, state_to, phase, actor_kind, actor, actor_name, at, reason, detail) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(step.case)
    .bind(seq)
    .bind(step.verb)
    .bind(step.from)
    .bind(step.to)
    .bind(step.phase.code())
    .bind(ctx.actor().kind())
    .bind(ctx.actor().key())
    .bind(name)
    .bind(at)
    .bind(step.reason)
    .bind(serde_json::to_string(detail).map_err(Error::internal)?)
    .exec(tx)
    .await?;
    Ok(())
}

/// The log of a case from its opening on, the newest 200 lines at most.
pub async fn actions_of(db: &Db, case: CaseId) -> Result<Vec<Action>> {
    let mut actions: Vec<Action> = q("SELECT seq, verb, state_from, state_to, actor_name, at, reason FROM case_action \
         WHERE case_id = $1 ORDER BY seq DESC LIMIT 200")
    .bind(case)
    .all(db)
    .await?;
    actions.reverse();
    Ok(actions)
}

#[derive(sqlx::FromRow)]
struct EventRow {
    seq: i64,
    verb: String,
    state_from: String,
    state_to: String,
    actor_kind: String,
    actor: String,
    #[sqlx(try_from = "i64")]
    at: Instant,
    detail: String,
}

/// The whole log, to be folded.
pub(crate) async fn events(on: impl Into<Target<'_>> + Send, case: CaseId) -> Result<Vec<Event>> {
    let rows: Vec<EventRow> =
        q("SELECT seq, verb, state_from, state_to, actor_kind, actor, at, detail FROM case_action WHERE case_id = $1 ORDER BY seq").bind(case).all(on).await?;
    rows.into_iter()
        .map(|row| {
            let staff: Option<StaffId> = if row.actor_kind == "staff" { row.actor.parse().ok() } else { None };
            let detail: Detail = serde_json::from_str(&row.detail).map_err(Error::internal)?;
            Ok(Event { seq: row.seq, verb: row.verb, from: row.state_from, to: row.state_to, at: row.at, staff, detail })
        })
        .collect()
}
