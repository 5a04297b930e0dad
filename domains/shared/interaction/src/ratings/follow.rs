//! One act of the follow-up of a bad rating (P3-4, P3-5, P3-7).

use kernel::{Calendar, Day, Issues, Period, text};
use platform::calendars::deadlines::{self, Running};
use platform::{Ctx, Error, Result, Scope, StaffActor, audit};
use ::store::Tx;

use super::RatingId;
use super::states::{Act, State, after};
use crate::limits::{Limit, Limits};
use crate::store::follow_ups::{self, FollowUpRow};
use crate::store::ratings::{self, NewEvent};
use crate::store::subjects;
use crate::issues;

/// What names the periods of a rating to the calendar.
pub(crate) const DEADLINES: &str = "rating";

/// What is written down with an act.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// The version that was seen.
    pub seen: i64,
    /// What was found, said or done.
    pub text: String,
}

/// Starts a period and returns its end.
pub(super) async fn run(tx: &Tx, ctx: &Ctx, calendar: &Calendar, id: RatingId, kind: &'static str, from: Day, period: Period) -> Result<Day> {
    let running = Running { object_kind: DEADLINES, object_id: id.to_string(), kind, from, period, suspensions: Vec::new(), extension: None };
    Ok(deadlines::start(tx, ctx, calendar, &running).await?.day())
}

/// Does an act.
///
/// # Errors
/// E-P304 for the person who was rated, E-P306 for whoever reviews his own unit's appeal, E-P307 an appeal after its time, E-P308 without
/// a note, E-ST01 and E-ST02.
pub async fn follow(ctx: &Ctx, id: RatingId, act: Act, note: &Note) -> Result<()> {
    let row = follow_ups::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    ctx.require(act.roles(), &Scope::region(row.region).org(row.org)).await?;
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let next = after(row.state, act).ok_or_else(|| Error::state(&row.state.name().zh, &row.state.name().en))?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let limits = Limits::of(ctx.db(), &row.region).await?;
    check(ctx, staff, &row, act, &calendar, &limits).await?;
    let words = text::lines(&note.text);
    let mut found = Issues::default();
    found.ensure(matches!(act, Act::Take) || !words.is_empty(), issues::note_missing);
    found.finish()?;
    let new = changed(ctx, staff, &row, act, next, note.seen);
    let clock = clock(&row, act, &limits, ctx.today())?;
    let event_id = ctx.id();
    let event = NewEvent {
        id: event_id,
        verb: act.code(),
        state: next.code(),
        staff_name: staff.name.clone(),
        note: (!words.is_empty()).then(|| ctx.keys().seal_text("rating_event", "note", &event_id.to_vec(), &words)),
    };
    let detail = serde_json::json!({ "act": act.code(), "from": row.state.code(), "to": next.code() });
    let audited = audit::Event::new("rating.follow", "rating", id).region(&row.region).detail(detail);
    ctx.db()
        .write(|tx| {
            let (ctx, mut new, event, audited, calendar) = (ctx.clone(), new.clone(), event.clone(), audited.clone(), calendar.clone());
            async move {
                if let Some((kind, from, period)) = clock {
                    let due = run(&tx, &ctx, &calendar, id, kind, from, period).await?;
                    if kind == "review" { new.set_review_due(due) } else { new.set_fix_due(due) }
                }
                if !follow_ups::update(&tx, &new).await? {
                    return Err(Error::stale());
                }
                if next == State::Removed {
                    ratings::remove(&tx, id).await?;
                }
                if !next.is_open() {
                    deadlines::stop(&tx, DEADLINES, &id.to_string()).await?;
                }
                ratings::add_event(&tx, id, ctx.now(), &event).await?;
                audit::record(&tx, &ctx, audited).await
            }
        })
        .await
}

/// Who may do this here and now.
async fn check(ctx: &Ctx, staff: &StaffActor, row: &FollowUpRow, act: Act, calendar: &Calendar, limits: &Limits) -> Result<()> {
    let rating = ratings::by_id(ctx.db(), row.id).await?.ok_or(Error::NotFound)?;
    let subject = subjects::by_id(ctx.db(), rating.subject_id).await?.ok_or(Error::NotFound)?;
    if subject.staff() == Some(staff.id) {
        return Err(Error::Denied(issues::rated_person()));
    }
    if act.is_handlers() && row.handler() != Some(staff.id) {
        return Err(Error::Denied(issues::not_taken()));
    }
    match act {
        Act::Uphold | Act::Remove if staff.org == row.org => Err(Error::Denied(issues::own_unit())),
        Act::Appeal => {
            let last = calendar.due(row.opened_on, limits.period(Limit::RatingAppeal)?).day;
            if ctx.today() > last { Err(issues::appeal_too_late(last, limits.source(Limit::RatingAppeal)).into()) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// The row after the act, to be written if the version is still `seen`.
fn changed(ctx: &Ctx, staff: &StaffActor, row: &FollowUpRow, act: Act, next: State, seen: i64) -> FollowUpRow {
    let mut new = row.clone();
    new.version = seen;
    new.state = next;
    match act {
        Act::Take => new.set_handler(staff.id),
        Act::Contact => new.set_contacted(ctx.today()),
        Act::Simple => new.complicated = false,
        Act::Complex => new.complicated = true,
        Act::Fix | Act::Explain => new.set_fixed(ctx.today()),
        Act::CallBack | Act::Again => new.set_called_back(ctx.today()),
        Act::Unreachable | Act::Appeal | Act::Uphold | Act::Remove => {}
    }
    new
}

/// The period that begins with an act: its kind, the day it is counted from, and its length.
fn clock(row: &FollowUpRow, act: Act, limits: &Limits, today: Day) -> Result<Option<(&'static str, Day, Period)>> {
    Ok(match act {
        // Counted from the rating: a late contact does not buy time.
        Act::Simple => Some(("fix", row.opened_on, limits.period(Limit::RatingSimple)?)),
        Act::Complex => Some(("fix", row.opened_on, limits.period(Limit::RatingComplex)?)),
        // Time spent in review or for a second try is not the unit's.
        Act::Uphold | Act::Again => Some(("fix", today, limits.period(Limit::RatingSimple)?)),
        Act::Appeal => Some(("review", today, limits.period(Limit::RatingReview)?)),
        _ => None,
    })
}
