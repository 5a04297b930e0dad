//! Dispatch (P4-4, P4-6): sent to a unit, signed for or returned once, then designated.

use kernel::{Issues, text};
use platform::{Ctx, Error, OrgId, Result, Role, StaffId};

use super::ComplaintId;
use super::act::{Change, begin, commit, is_complained_of, seal_told};
use super::states::{Act, State};
use crate::issues;
use crate::limits::Limit;
use crate::store::complaints::Row;

/// To whom it goes.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    /// Id of the unit.
    pub unit: String,
    /// Id of the member of staff; empty for the whole unit.
    pub handler: String,
    /// Why, or what to mind.
    pub note: String,
}

/// Sends it to a unit; after a return the unit is designated and cannot return it again.
///
/// # Errors
/// E-P404 when it would go to the person complained of or his head.
pub async fn assign(ctx: &Ctx, id: ComplaintId, seen: i64, to: &Assignment) -> Result<()> {
    // Which of the two it is, the state says.
    let act = match super::act::load(ctx, id).await?.row.state {
        State::Returned => Act::Designate,
        _ => Act::Dispatch,
    };
    let (file, next) = begin(ctx, id, act).await?;
    let mut found = Issues::default();
    let unit = match to.unit.parse::<OrgId>() {
        Ok(unit) => platform::regions::organisation(ctx.db(), unit).await?,
        Err(_) => None,
    };
    found.ensure(unit.is_some(), || issues::missing("unit", "承办单位", "the unit that answers"));
    let handler = if to.handler.is_empty() { None } else { to.handler.parse::<StaffId>().ok() };
    found.ensure(handler.is_some() || to.handler.is_empty(), || issues::missing("handler", "承办人", "who handles it"));
    found.finish()?;
    let unit = unit.ok_or(Error::NotFound)?;
    if let Some(handler) = handler {
        let heads = identity::colleagues::holders(ctx, &[Role::Head], &unit.region, Some(unit.id)).await?;
        let head_of_target = file.row.target().is_some() && unit.id == file.row.org && heads.iter().any(|head| head.id == handler);
        if file.row.target() == Some(handler) || head_of_target {
            return Err(issues::complained_of().into());
        }
    }
    let mut row = Row { state: next, version: seen, designated: act == Act::Designate, ..file.row.clone() };
    row.set_unit(Some(unit.id), handler);
    let period = file.limits.period(Limit::Sign)?;
    commit(ctx, &file, Change::new(row, act.code(), text::lines(&to.note)).clock("sign", ctx.today(), period)).await
}

/// Signs for it: the unit, and whoever signs, answer from now on.
pub async fn sign(ctx: &Ctx, id: ComplaintId, seen: i64) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Sign).await?;
    let staff = super::act::staff(ctx)?;
    if is_complained_of(&file.row, staff) {
        return Err(Error::Denied(issues::complained_of()));
    }
    let mut row = Row { state: next, version: seen, ..file.row.clone() };
    row.set_unit(file.row.unit(), file.row.handler().or(Some(staff.id)));
    commit(ctx, &file, Change::new(row, Act::Sign.code(), "")).await
}

/// Returns it to the desk, once, with the reason and the unit that ought to answer.
///
/// # Errors
/// E-P402 once designated, E-P407 after the time for it.
pub async fn give_back(ctx: &Ctx, id: ComplaintId, seen: i64, reason: &str, proposed: &str) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Return).await?;
    if file.row.designated || file.row.returned > 0 {
        return Err(issues::designated().into());
    }
    if let Some(last) = file.row.sign_due().filter(|last| ctx.today() > *last) {
        return Err(issues::return_too_late(last, file.limits.source(Limit::Sign)).into());
    }
    let (reason, proposed) = (text::lines(reason), text::line(proposed));
    let mut found = Issues::default();
    found.ensure(!reason.is_empty(), || issues::missing("reason", "退回理由", "the reason"));
    found.ensure(!proposed.is_empty(), || issues::missing("proposed", "建议承办单位", "the unit that ought to answer"));
    found.finish()?;
    let note = format!("{reason}\n建议承办：{proposed}");
    let mut row = Row { state: next, version: seen, returned: file.row.returned + 1, told: seal_told(ctx, id, ""), ..file.row.clone() };
    row.set_unit(None, None);
    commit(ctx, &file, Change::new(row, Act::Return.code(), note)).await
}
