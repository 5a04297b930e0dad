//! A case begins its way to another place: what is written in the transaction that takes it in.

use catalog::model::{Delivery, Elements};
use kernel::{Calendar, RegionCode};
use platform::{Ctx, Error, OrgId, Result, StaffActor};
use ::store::Tx;

use super::{CrossCase, Identity, Method, Mode, Packet, Sheet, model, store};
use crate::CaseId;
use crate::clock::General;
use crate::ops::receipt_day;

/// What the counter chose for a case that goes to another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// How it is handled.
    pub mode: Mode,
    /// How the applicant's identity was checked; may follow before the packet is sent.
    pub identity: Option<Method>,
    /// Whether papers have to follow the scans.
    pub papers: bool,
    /// How the result comes back, if the applicant wishes another way than the preferred one.
    pub delivery: Option<Delivery>,
}

/// The rows of one case, drawn before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    case: CrossCase,
    packets: Vec<Packet>,
}

impl Opening {
    pub(crate) fn new(ctx: &Ctx, calendar: &Calendar, case: CaseId, chosen: &Handover, residence: Option<RegionCode>, places: &Places, elements: &Elements) -> Self {
        let identity = chosen.identity.map(|method| Identity { method, by: places.staff.id, name: places.staff.name.clone(), at: ctx.now() });
        let delivery = chosen.delivery.filter(|way| elements.result.delivery.contains(way)).unwrap_or_else(|| model::preferred(&elements.result.delivery));
        let cross = CrossCase { case, mode: chosen.mode, residence, identity, recheck: None, delivery, opened_at: ctx.now() };
        let scan = chosen.mode.travels().then_some(Sheet::Scan);
        let paper = chosen.papers.then_some(Sheet::Paper);
        let packets = scan.into_iter().chain(paper).map(|sheet| places.packet(ctx, calendar, case, sheet, chosen.mode)).collect();
        Self { case: cross, packets }
    }

    pub(crate) async fn write(&self, tx: &Tx) -> Result<()> {
        store::insert(tx, &self.case).await?;
        for packet in &self.packets {
            store::add(tx, packet).await?;
        }
        Ok(())
    }
}

/// From where to where.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub(crate) staff: StaffActor,
    pub(crate) from: (RegionCode, OrgId),
    pub(crate) to: (RegionCode, OrgId),
    pub(crate) item_code: String,
}

impl Places {
    /// A packet about to be written.
    pub(super) fn packet(&self, ctx: &Ctx, calendar: &Calendar, case: CaseId, sheet: Sheet, mode: Mode) -> Packet {
        let day = receipt_day(calendar, ctx.now(), ctx.actor());
        Packet {
            id: ctx.id(),
            case,
            n: 0,
            sheet,
            from: self.from,
            to: self.to,
            item_code: self.item_code.clone(),
            made_at: ctx.now(),
            send_by: General::carried().cross.send_by(calendar, ctx.now(), day, sheet, mode == Mode::Nearby),
            sent: None,
            express_no: String::new(),
            digest: String::new(),
            sign_by: None,
            signed: None,
            failed_at: None,
        }
    }
}

/// The member of staff who acts.
pub(super) fn staff(ctx: &Ctx) -> Result<StaffActor> {
    ctx.actor().staff().cloned().ok_or(Error::SignIn)
}
