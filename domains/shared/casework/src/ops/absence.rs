//! Absence and delegation: somebody stands in for a while, with the roles of the absent one, and never with two that exclude each other.

use kernel::Day;
use platform::{Ctx, Error, Grant, Result, Role, Scope, StaffId, audit};

use crate::clock::General;
use crate::issues;
use crate::model::{Absence, AbsenceId};
use crate::store::absences as table;

/// An absence.
#[derive(Debug, Clone)]
pub struct DeclareAbsence {
    /// Who is away; the actor himself, or somebody of his unit.
    pub staff: StaffId,
    /// Who stands in.
    pub delegate: StaffId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Why.
    pub reason: String,
}

/// Declares an absence.
///
/// # Errors
/// `E-P805` for somebody else's absence without the role of a head; `E-P228` for more than 30 days or none; `E-P806` if the delegate would
/// hold roles that exclude each other.
pub async fn declare_absence(ctx: &Ctx, input: DeclareAbsence) -> Result<AbsenceId> {
    may_arrange(ctx, input.staff).await?;
    let most = General::carried().absence.limit.value;
    let days = input.from.days_until(input.until) + 1;
    if !(1..=i64::from(most)).contains(&days) || input.until < ctx.today() {
        return Err(issues::absence_too_long(most).into());
    }
    if input.staff == input.delegate {
        return Err(issues::needed("delegate", "另一名代理人员", "somebody else to stand in").into());
    }
    if kernel::text::line(&input.reason).is_empty() {
        return Err(issues::needed("reason", "理由", "the reason").into());
    }
    let (own, lent) = (identity::grants_of(ctx, input.delegate).await?, identity::grants_of(ctx, input.staff).await?);
    let held: Vec<identity::NewGrant> = own.iter().map(plain).collect();
    if let Some((a, b)) = lent.iter().find_map(|grant| Some((identity::conflict(&held, &plain(grant))?, grant.role))) {
        return Err(issues::conflicting_roles(a, b).field("delegate").into());
    }
    let absence = Absence { id: ctx.id(), staff: input.staff, delegate: input.delegate, from: input.from, until: input.until, reason: kernel::text::line(&input.reason) };
    let id = absence.id;
    ctx.db()
        .write(|tx| {
            let (ctx, absence) = (ctx.clone(), absence.clone());
            async move {
                table::add(&tx, &ctx, &absence).await?;
                let event = audit::Event::new("staff.absence", "staff", absence.staff).reason(absence.reason.clone());
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "delegate": absence.delegate, "from": absence.from, "until": absence.until }))).await
            }
        })
        .await?;
    Ok(id)
}

fn plain(grant: &Grant) -> identity::NewGrant {
    identity::NewGrant { role: grant.role, region: grant.region, org: grant.org, item: grant.item.clone(), until: grant.until }
}

/// Absences of a member of staff and those in which he stands in, as far as they are not over.
///
/// # Errors
/// As [`declare_absence`].
pub async fn absences(ctx: &Ctx, staff: StaffId) -> Result<Vec<Absence>> {
    may_arrange(ctx, staff).await?;
    table::of_staff(ctx.db(), staff, ctx.today()).await
}

/// Absences of the actor's unit that are not over, for its head.
///
/// # Errors
/// `SignIn`; `E-P805` without the role of a head.
pub async fn absences_of_unit(ctx: &Ctx) -> Result<Vec<Absence>> {
    let actor = ctx.actor().staff().ok_or(Error::SignIn)?;
    ctx.require(&[Role::Head, Role::SecurityAdmin], &Scope::region(actor.region).org(actor.org)).await?;
    table::of_org(ctx.db(), actor.org, ctx.today()).await
}

/// Ends an absence early: the absent one is back.
///
/// # Errors
/// As [`declare_absence`]; `NotFound`.
pub async fn end_absence(ctx: &Ctx, id: AbsenceId) -> Result<()> {
    let absence = table::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    may_arrange(ctx, absence.staff).await?;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                if !table::end(&tx, &ctx, id).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, audit::Event::new("staff.absence_end", "staff", absence.staff)).await
            }
        })
        .await
}

/// One's own, or as the head of the unit.
async fn may_arrange(ctx: &Ctx, staff: StaffId) -> Result<()> {
    let actor = ctx.actor().staff().ok_or(Error::SignIn)?;
    if actor.id == staff {
        return Ok(());
    }
    let grants = identity::grants_of(ctx, staff).await?;
    let region = grants.first().map_or(actor.region, |grant| grant.region);
    ctx.require(&[Role::Head, Role::SecurityAdmin], &Scope::region(region).org(actor.org)).await
}
