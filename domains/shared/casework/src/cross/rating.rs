//! What is finished can be rated (P3): the decision, and of a handed-over case the service of the place that took it in as well (P10-6). A bad
//! rating goes to the one that it is about.

use interaction::ratings::{self, Subject};
use kernel::Text;
use platform::outbox::{self, Handler};
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, OrgId, Result, StaffId, regions};
use ::store::Tx;

use crate::model::CaseHead;
use crate::ops::Setting;
use crate::store::cases;
use crate::{CaseId, Phase};

/// Kind of the message of the outbox.
pub(crate) const KIND: &str = "case.rate";

/// Asks for the opening, in the transaction that brings the case to its end.
pub(crate) async fn ask(tx: &Tx, ctx: &Ctx, case: CaseId) -> Result<()> {
    outbox::put(tx, ctx, outbox::Message::of(KIND, case.to_string(), &case)).await
}

/// Opens ratings of finished cases.
pub(crate) struct OpenRatings;

impl Handler for OpenRatings {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let case: CaseId = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            open(ctx, case).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

/// Only what was decided and delivered is rated; done again, it changes nothing.
async fn open(ctx: &Ctx, case: CaseId) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    if !matches!(head.phase, Phase::Finished | Phase::Archived) || head.outcome.is_none() {
        return Ok(());
    }
    let setting = Setting::of(ctx, &head).await?;
    let office = setting.elements().and_then(|elements| elements.place.offices.first()).cloned();
    let mut subjects = vec![subject(ctx, &head, &setting, "decision", (head.region, head.org), office, head.examiner.or(head.acceptor)).await?];
    if let Some(at) = head.intake {
        subjects.push(subject(ctx, &head, &setting, "service", at, None, None).await?);
    }
    for subject in subjects {
        let opening = ratings::Opening::new(ctx, subject).await?;
        ctx.db()
            .write(|tx| {
                let (ctx, opening) = (ctx.clone(), opening.clone());
                async move { ratings::open(&tx, &ctx, &opening).await }
            })
            .await?;
    }
    Ok(())
}

async fn subject(
    ctx: &Ctx,
    head: &CaseHead,
    setting: &Setting,
    point: &'static str,
    (region, org): (kernel::RegionCode, OrgId),
    office: Option<String>,
    staff: Option<StaffId>,
) -> Result<Subject> {
    let body = regions::organisation(ctx.db(), org).await?.ok_or_else(|| Error::internal("a case of an unknown body"))?;
    let discreet = setting.elements().is_some_and(|elements| elements.house.discreet);
    let item_name = if discreet { Text::fixed("办件", "Case") } else { setting.item_name().clone() };
    Ok(Subject {
        kind: "case",
        id: head.id.to_string(),
        point,
        number: head.case_no.clone(),
        item: head.item_code.clone(),
        item_name,
        org,
        region,
        office: office.unwrap_or_else(|| body.uscc.clone()),
        office_name: body.name,
        staff,
        applicants: head.applicant.person.into_iter().collect(),
        agent: head.applicant.agent.map(|(agent, _)| agent),
        phone: head.applicant.contact.phone.clone(),
        finished_at: head.closed_at.unwrap_or_else(|| ctx.now()),
    })
}
