//! How far a handed-over case is, the same for both places and the applicant (P10-6).

use kernel::{Instant, Text};
use platform::{Ctx, OrgId, Result, regions};

use super::{CrossCase, Mode, Packet, Sheet, Stage, model, store};
use crate::CaseId;
use crate::clock::over_at;
use crate::model::CaseHead;
use crate::ops::{Setting, Standing, standing};
use crate::store::cases;

kernel::coded! {
    /// Which of the two places.
    #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "snake_case")]
    Place {
        /// Where the papers were taken in.
        Service = "service", "收件地", "Where it was taken in";
        /// Where it is decided.
        Decision = "decision", "办理地", "Where it is decided";
    }
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// Who has to do it.
    pub place: Place,
    /// What.
    pub name: Text,
    /// First moment at which it is late, where it has a limit.
    pub due: Option<Instant>,
    /// When it was done.
    pub done: Option<Instant>,
}

/// What the reader may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct May {
    /// He is of the receiving place.
    pub send: bool,
    /// He is of the body that answers.
    pub sign: bool,
}

/// The way of a case.
#[derive(Debug, Clone)]
pub struct CrossView {
    /// How it is handled, with the checks of identity.
    pub case: CrossCase,
    /// How far it is.
    pub stage: Stage,
    /// Name of the receiving place.
    pub service: Text,
    /// Name of the body that answers.
    pub decision: Text,
    /// The steps, in their order.
    pub steps: Vec<StepLine>,
    /// What was and is sent.
    pub packets: Vec<Packet>,
    /// Where it was before its region was merged: name of the body, code of the region, day.
    pub before: Vec<(Text, String, kernel::Day)>,
    /// What the reader may do.
    pub may: May,
}

/// How far a case is on its way; `None` for a case that was taken in where it is decided.
///
/// # Errors
/// As for looking at the case.
pub async fn of_case(ctx: &Ctx, case: CaseId) -> Result<Option<CrossView>> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    let reader = standing(ctx, &setting.matter, &head).await?;
    let Some(cross) = store::one(ctx.db(), ctx, case).await? else { return Ok(None) };
    let packets = store::of_case(ctx.db(), case).await?;
    let staff = ctx.actor().staff();
    let intake = head.intake.map(|(_, org)| org);
    let may = May {
        send: staff.is_some_and(|staff| Some(staff.org) == intake),
        sign: matches!(&reader, Standing::Staff { roles, .. } if !roles.is_empty()) && staff.is_some_and(|staff| staff.org == head.org),
    };
    let mut before = Vec::new();
    for (region, org, on, _) in store::history(ctx.db(), case).await? {
        before.push((name(ctx, Some(org)).await?, region.to_string(), on));
    }
    Ok(Some(CrossView {
        stage: model::stage(&cross, &packets),
        service: name(ctx, intake).await?,
        decision: name(ctx, Some(head.org)).await?,
        steps: steps(&head, &cross, &packets),
        packets,
        before,
        case: cross,
        may,
    }))
}

async fn name(ctx: &Ctx, org: Option<OrgId>) -> Result<Text> {
    Ok(match org {
        Some(org) => regions::organisation(ctx.db(), org).await?.map(|org| org.name).unwrap_or_default(),
        None => Text::default(),
    })
}

/// Who does what until when.
fn steps(head: &CaseHead, cross: &CrossCase, packets: &[Packet]) -> Vec<StepLine> {
    let line = |place, zh: &'static str, en: &'static str, due, done| StepLine { place, name: Text::fixed(zh, en), due, done };
    let mut steps = vec![
        line(Place::Service, "收件", "Take in", None, Some(cross.opened_at)),
        line(Place::Service, "核验身份", "Check identity", None, cross.identity.as_ref().map(|check| check.at)),
    ];
    for packet in packets {
        let (zh, en) = match packet.sheet {
            Sheet::Scan => ("发送电子材料包", "Send the scanned packet"),
            Sheet::Paper => ("寄送纸质材料", "Post the papers"),
        };
        steps.push(line(Place::Service, zh, en, Some(packet.send_by), packet.sent.as_ref().map(|(at, ..)| *at)));
        steps.push(line(Place::Decision, "校验并签收", "Verify and sign in", packet.sign_by, packet.signed.as_ref().map(|(at, ..)| *at)));
    }
    steps.push(line(Place::Decision, "受理", "Accept", head.notice_due.map(over_at), head.accepted_at));
    steps.push(line(Place::Decision, "决定", "Decide", head.promise_due.map(over_at), head.decided_at));
    let last = if cross.mode == Mode::Joint { Place::Service } else { Place::Decision };
    steps.push(line(last, "送达结果", "Deliver the result", None, head.closed_at));
    steps
}
