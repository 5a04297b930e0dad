//! Dispatch (P2-9): what was taken in goes to the body that answers for it. The log says so, and the case stays where it is in its life.

use kernel::Text;
use platform::regions::{self, Organisation};
use platform::{Ctx, Error, OrgId, Result, Role, audit};
use ::store::Tx;

use super::access;
use super::setting::Setting;
use crate::model::{Detail, Event, TRANSFER};
use crate::store::{action, cases};
use crate::supervision::overrun;
use crate::{CaseId, Step, issues};

/// Who may send a case on.
pub(crate) const SENDERS: [Role; 2] = [Role::Head, Role::Clerk];

/// Sends an open case that is not accepted yet to another body.
///
/// # Errors
/// `E-P805` without the role of a head or clerk for the case; `E-ST01` once it is accepted; `E-ST02` if it has moved on; `NotFound` for an
/// unknown body.
pub async fn transfer(ctx: &Ctx, case: CaseId, seen: i64, to: OrgId, reason: &str) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    access::standing(ctx, &setting.matter, &head).await?.must(&SENDERS, &name())?;
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::needed("reason", "理由", "the reason").into());
    }
    let org = regions::organisation(ctx.db(), to).await?.ok_or(Error::NotFound)?;
    if org.id == head.org {
        return Err(issues::needed("org", "另一个机构", "another body").into());
    }
    ctx.db()
        .write(|tx| {
            let (ctx, setting, org, reason) = (ctx.clone(), setting.clone(), org.clone(), reason.clone());
            async move { send(&tx, &ctx, &setting, case, seen, &org, &reason).await }
        })
        .await
}

/// What the act is called.
pub(crate) fn name() -> Text {
    Text::new("转送其他机构", "Send to another body")
}

async fn send(tx: &Tx, ctx: &Ctx, setting: &Setting, case: CaseId, seen: i64, to: &Organisation, reason: &str) -> Result<()> {
    let loaded = setting.load(tx, ctx, case).await?;
    if loaded.head.version != seen {
        return Err(Error::stale());
    }
    let (head, life) = (&loaded.head, &setting.matter.life);
    if head.accepted_at.is_some() || head.phase.is_closed() {
        return Err(issues::not_in_this_state(life.state(&head.state)).into());
    }
    let code = loaded.state.code.clone();
    let event = Event {
        seq: seen + 1,
        verb: TRANSFER.to_owned(),
        from: code.clone(),
        to: code,
        at: ctx.now(),
        staff: ctx.actor().staff().map(|staff| staff.id),
        detail: Detail { org: Some(to.id), ..Detail::default() },
    };
    let state = loaded.state.apply(life, &event)?;
    let words = format!("{} → {}", reason, to.name.zh);
    cases::project(tx, case, seen, &state, head.phase, &setting.ends(&state)).await?;
    let step = Step { case, seen, verb: TRANSFER, from: &event.from, to: &event.to, phase: head.phase, reason: &words };
    action::append(tx, ctx, &step, event.seq, &event.detail).await?;
    cases::assign(tx, case, to.region, to.id).await?;
    overrun::keep(tx, head, head, event.seq, event.at, None).await?;
    let trail = audit::Event::new("case.transfer", "case", case).person(head.applicant.person).region(&to.region).reason(words);
    audit::record(tx, ctx, trail).await
}
