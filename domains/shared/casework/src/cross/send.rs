//! The receiving place checks who the applicant is, sends its packets, and sends again what failed or was corrected.

use std::sync::Arc;

use platform::{Ctx, Error, Result, Role, Scope, audit, calendars};

use super::manifest::Manifest;
use super::open::{Places, staff};
use super::{CrossCase, Identity, Method, Packet, PacketId, Sheet, Stage, issues, store};
use crate::CaseId;
use crate::clock::General;
use crate::model::CaseHead;
use crate::store::cases;

/// What actions of the receiving place are authorised against.
pub(super) fn counter(packet: &Packet) -> Scope {
    Scope::region(packet.from.0).org(packet.from.1).item(packet.item_code.clone())
}

/// Head and handing over of a case, for the counter that took it in.
async fn ours(ctx: &Ctx, case: CaseId) -> Result<(CaseHead, CrossCase)> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let cross = store::one(ctx.db(), ctx, case).await?.ok_or(Error::NotFound)?;
    let (region, org) = head.intake.ok_or(Error::NotFound)?;
    ctx.require(&[Role::Clerk], &Scope::region(region).org(org).item(head.item_code.clone())).await?;
    Ok((head, cross))
}

/// Notes that the applicant's identity was checked at the counter that took the case in (已核身). The body that answers relies on it.
///
/// # Errors
/// `E-P805` for anybody but a clerk of that counter; `E-ST01` if it was checked already; `NotFound`.
pub async fn identify(ctx: &Ctx, case: CaseId, method: Method) -> Result<()> {
    let (head, _) = ours(ctx, case).await?;
    let clerk = staff(ctx)?;
    let check = Arc::new(Identity { method, by: clerk.id, name: clerk.name, at: ctx.now() });
    let event = audit::Event::new("case.identify", "case", case).person(head.applicant.person).region(&head.region);
    let event = event.detail(serde_json::json!({ "method": method.code() }));
    ctx.db()
        .write(|tx| {
            let (ctx, check, event) = (ctx.clone(), check.clone(), event.clone());
            async move {
                if !store::identify(&tx, case, &check).await? {
                    return Err(issues::not_at_this_stage(Stage::Identified).into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Sends a packet (已发送): its list is sealed with an SM3 digest, and the body that answers has a working day to sign it in.
///
/// # Errors
/// `E-P805` for anybody but a clerk of the receiving place; `E-P1007` before the identity was checked; `E-ST01` if it was sent already;
/// `E-P224` without the number of the post for papers that travel by it.
pub async fn send(ctx: &Ctx, id: PacketId, express_no: &str) -> Result<()> {
    let packet = store::packet(ctx.db(), id).await?;
    ctx.require(&[Role::Clerk], &counter(&packet)).await?;
    let clerk = staff(ctx)?;
    let cross = store::one(ctx.db(), ctx, packet.case).await?.ok_or(Error::NotFound)?;
    if packet.stage() != Stage::TakenIn {
        return Err(issues::not_at_this_stage(packet.stage()).into());
    }
    if cross.identity.is_none() {
        return Err(issues::not_identified().into());
    }
    let express_no: String = kernel::text::code(express_no).chars().take(40).collect();
    if packet.sheet == Sheet::Paper && cross.mode.travels() && express_no.is_empty() {
        return Err(crate::issues::needed("express_no", "邮政快递单号", "the number of the post").into());
    }
    let head = cases::by_id(ctx.db(), ctx, packet.case).await?;
    let list = Arc::new(Manifest::of(ctx.db(), ctx, packet.case, &head.case_no).await?);
    let sign_by = General::carried().cross.sign_by(&calendars::current(ctx.db()).await?, ctx.now());
    let event = audit::Event::new("packet.send", "packet", id).person(head.applicant.person).region(&packet.from.0);
    let event = event.detail(serde_json::json!({ "case": head.case_no, "n": packet.n, "digest": list.digest() }));
    ctx.db()
        .write(|tx| {
            let (ctx, clerk, list, express_no, event) = (ctx.clone(), clerk.clone(), list.clone(), express_no.clone(), event.clone());
            async move {
                if !store::send(&tx, &ctx, id, (clerk.id, &clerk.name), &list, &express_no, sign_by).await? {
                    return Err(issues::not_at_this_stage(Stage::Sent).into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Makes a further packet: in the place of one that failed, or with what the applicant mended at the counter (补正). Returns it, to be sent.
///
/// # Errors
/// `E-P805` for anybody but a clerk of the receiving place; `E-ST01` while the newest packet is under way, or once the case is closed.
pub async fn again(ctx: &Ctx, case: CaseId, sheet: Sheet) -> Result<PacketId> {
    let (head, cross) = ours(ctx, case).await?;
    if head.phase.is_closed() {
        return Err(Error::state(&head.phase.name().zh, &head.phase.name().en));
    }
    let newest = store::of_case(ctx.db(), case).await?.into_iter().filter(|packet| packet.sheet == sheet).max_by_key(|packet| packet.n);
    if let Some(stage) = newest.as_ref().map(Packet::stage).filter(|stage| !matches!(stage, Stage::Failed | Stage::Signed)) {
        return Err(issues::not_at_this_stage(stage).into());
    }
    let from = head.intake.ok_or(Error::NotFound)?;
    let places = Places { staff: staff(ctx)?, from, to: (head.region, head.org), item_code: head.item_code.clone() };
    let packet = Arc::new(places.packet(ctx, &calendars::current(ctx.db()).await?, case, sheet, cross.mode));
    let event = audit::Event::new("packet.again", "packet", packet.id).person(head.applicant.person).region(&from.0);
    let event = event.detail(serde_json::json!({ "case": head.case_no, "kind": sheet.code() }));
    ctx.db()
        .write(|tx| {
            let (ctx, packet, event) = (ctx.clone(), packet.clone(), event.clone());
            async move {
                store::add(&tx, &packet).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(packet.id)
}
