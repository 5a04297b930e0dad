//! The body that answers signs in what arrived: the packet is verified, and from now on the clock of the one-time notice runs.

use std::sync::Arc;

use platform::{Ctx, Error, Result, Role, Scope, audit};
use ::store::Tx;

use super::open::staff;
use super::{Packet, PacketId, Recheck, Sheet, Stage, issues, store};
use crate::CaseId;
use crate::life::Who;
use crate::model::Effect;
use crate::ops::{Act, Setting, Standing, make};
use crate::store::cases;

/// Signs a packet in (已签收), after every byte of it was compared with what was sent.
///
/// # Errors
/// `E-P805` for anybody but a clerk or the pre-check of the body that answers; `E-ST01` if it is not under way; `E-P1004` if it is not what was
/// sent: this is written down, and the receiving place has to send again.
pub async fn sign(ctx: &Ctx, id: PacketId) -> Result<()> {
    let packet = store::packet(ctx.db(), id).await?;
    ctx.require(&[Role::Clerk, Role::Precheck], &Scope::region(packet.to.0).org(packet.to.1).item(packet.item_code.clone())).await?;
    let clerk = staff(ctx)?;
    if packet.stage() != Stage::Sent {
        return Err(issues::not_at_this_stage(packet.stage()).into());
    }
    let head = cases::by_id(ctx.db(), ctx, packet.case).await?;
    let broken = match store::manifest(ctx.db(), ctx, id).await? {
        Some(list) => list.broken(ctx, packet.case, &packet.digest).await?,
        None => Some("list".to_owned()),
    };
    if let Some(part) = broken {
        return fail(ctx, &packet, &part).await;
    }
    let setting = Setting::of(ctx, &head).await?;
    let event = audit::Event::new("packet.sign", "packet", id).person(head.applicant.person).region(&packet.to.0);
    let event = event.detail(serde_json::json!({ "case": head.case_no, "n": packet.n, "digest": packet.digest }));
    let packet = Arc::new(packet);
    ctx.db()
        .write(|tx| {
            let (ctx, setting, clerk, packet, event) = (ctx.clone(), setting.clone(), clerk.clone(), packet.clone(), event.clone());
            async move {
                if !store::sign(&tx, id, (clerk.id, &clerk.name), ctx.now()).await? {
                    return Err(issues::not_at_this_stage(Stage::Signed).into());
                }
                audit::record(&tx, &ctx, event).await?;
                if packet.sheet == Sheet::Scan { receive(&tx, &ctx, &setting, packet.case).await } else { Ok(()) }
            }
        })
        .await
}

/// The first packet brings the case to the body that answers: it is received there.
async fn receive(tx: &Tx, ctx: &Ctx, setting: &Setting, case: CaseId) -> Result<()> {
    let loaded = setting.load(tx, ctx, case).await?;
    let roles = vec![Role::Clerk];
    let receipt = setting.matter.life.actions_for(&loaded.state.code, Who::Staff(&roles)).into_iter().find(|mv| mv.has(Effect::Receives));
    match receipt {
        Some(mv) => {
            let act = Act::new(mv.verb.clone(), loaded.state.seq);
            make(tx, ctx, setting, loaded, &Standing::Staff { roles, lent: Vec::new() }, &act).await.map(drop)
        }
        None => Ok(()),
    }
}

async fn fail(ctx: &Ctx, packet: &Packet, part: &str) -> Result<()> {
    let (id, region) = (packet.id, packet.to.0);
    let event = audit::Event::new("packet.fail", "packet", id).region(&region).detail(serde_json::json!({ "n": packet.n, "part": part }));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if !store::fail(&tx, id, ctx.now()).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Err(issues::packet_changed(part).into())
}

/// Checks the applicant's identity a second time. The body that answers relies on the first check unless it says why not.
///
/// # Errors
/// `E-P1008` without a reason; `E-P805` for anybody but those who handle the case; `NotFound`.
pub async fn recheck(ctx: &Ctx, case: CaseId, reason: &str) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    store::one(ctx.db(), ctx, case).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::Clerk, Role::Precheck, Role::Examiner], &head.scope()).await?;
    let reason: String = kernel::text::line(reason).chars().take(500).collect();
    if reason.is_empty() {
        return Err(issues::recheck_without_reason().into());
    }
    let clerk = staff(ctx)?;
    let check = Arc::new(Recheck { name: clerk.name, reason, at: ctx.now() });
    let event = audit::Event::new("case.recheck_identity", "case", case).person(head.applicant.person).region(&head.region);
    ctx.db()
        .write(|tx| {
            let (ctx, check, event) = (ctx.clone(), check.clone(), event.clone());
            async move {
                store::recheck(&tx, &ctx, case, clerk.id, &check).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
