//! Who wrote it. For reports of wrongdoing that is for the named officers alone, and every look is written down (P4-7).

use kernel::{Instant, text};
use platform::{Ctx, Error, Result, Role, Scope, StaffId, audit};

use super::act::{Change, Ready, load, opened, staff};
use super::states::Act;
use super::ComplaintId;
use crate::limits::Limit;
use crate::store::cards::{self, NewCard};
use crate::store::complaints::Row;
use crate::store::replies;
use crate::issues;

/// Who wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Reporter {
    /// Name; empty for a report without one.
    pub name: String,
    /// Mobile number; empty for a report without one.
    pub phone: String,
}

/// Never shows who it is: it must not reach a log.
impl std::fmt::Debug for Reporter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reporter")
    }
}

/// Shows who wrote it, with the purpose, to whoever may know.
///
/// # Errors
/// E-P405 for everybody else with a report, which raises an alarm.
pub async fn reporter(ctx: &Ctx, id: ComplaintId, purpose: &str) -> Result<Reporter> {
    let row = load(ctx, id).await?.row;
    let who = staff(ctx)?;
    let purpose = text::line(purpose);
    if row.secret {
        if !replies::is_officer(ctx.db(), id, who.id).await? {
            alarm(ctx, &row, who.id).await?;
            return Err(Error::Denied(issues::not_an_officer()));
        }
    } else if row.unit().is_none_or(|unit| unit != who.org) {
        super::act::may(ctx, &row, Act::Dispatch).await?;
    } else {
        super::act::may(ctx, &row, Act::Sign).await?;
    }
    if purpose.is_empty() {
        return Err(issues::missing("purpose", "查看事由", "the purpose").into());
    }
    let event = audit::Event::new("complaint.reveal", "complaint", id).region(&row.region).reason(purpose).person(row.person().filter(|_| !row.secret));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    let open = |column: &str, sealed: &Option<Vec<u8>>| sealed.as_deref().map_or(Ok(String::new()), |sealed| opened(ctx, id, column, sealed));
    Ok(Reporter { name: open("name", &row.name)?, phone: open("phone", &row.phone)? })
}

/// Somebody tried to see who reported: supervision hears of it.
async fn alarm(ctx: &Ctx, row: &Row, who: StaffId) -> Result<()> {
    let supervisors = identity::colleagues::holders(ctx, &[Role::Supervisor], &row.desk_region, None).await?;
    let to: Vec<StaffId> = supervisors.into_iter().map(|one| one.id).collect();
    let card = NewCard {
        id: ctx.id(),
        kind: "complaint",
        object_id: row.id.to_string(),
        number: row.number.clone(),
        period: "identity".to_owned(),
        rule: "M10",
        colour: "alarm",
        due: ctx.today(),
        region: row.region,
        org: row.org,
        staff: Some(who),
    };
    let event = audit::Event::new("complaint.reveal_denied", "complaint", row.id).region(&row.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event, card, to) = (ctx.clone(), event.clone(), card.clone(), to.clone());
            async move {
                cards::insert(&tx, &card, &to, ctx.now()).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Names the officers who may see who reported; supervision does it, and not more than the limit.
///
/// # Errors
/// E-P408 when there would be more, E-P404 for the person complained of or his head.
pub async fn name_officers(ctx: &Ctx, id: ComplaintId, seen: i64, officers: &[StaffId]) -> Result<()> {
    let file = load(ctx, id).await?;
    ctx.require(&[Role::Supervisor], &Scope::region(file.row.desk_region)).await?;
    let most = file.limits.amount(Limit::Officers)?;
    for officer in officers {
        let known = identity::colleagues::colleague(ctx, *officer).await?.ok_or(Error::NotFound)?;
        let heads = identity::colleagues::holders(ctx, &[Role::Head], &file.row.region, Some(known.org)).await?;
        let heads_target = known.org == file.row.org && heads.iter().any(|head| head.id == *officer);
        if file.row.target() == Some(*officer) || (file.row.target().is_some() && heads_target) {
            return Err(issues::complained_of().into());
        }
    }
    let ready = Ready::new(ctx, &file, Change::new(Row { version: seen, ..file.row.clone() }, "officers", ""));
    let officers = officers.to_vec();
    ctx.db()
        .write(|tx| {
            let (ctx, ready, officers) = (ctx.clone(), ready.clone(), officers.clone());
            async move {
                let at: Instant = ctx.now();
                // The row's version goes first: two that name officers at once do not pass the limit together.
                ready.write(&tx, &ctx).await?;
                for officer in &officers {
                    replies::add_officer(&tx, id, *officer, at).await?;
                }
                if replies::officers(&tx, id).await?.len() > most as usize {
                    return Err(issues::officers(most).into());
                }
                Ok(())
            }
        })
        .await
}
