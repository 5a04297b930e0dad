//! 并联审批 (P2-10): one case over several that are handled together. Its limit is the longest of theirs; one that waits for papers stops
//! only itself; the whole is decided when all of them are.

use std::sync::Arc;

use kernel::{Calendar, Day, Text};
use platform::calendars::deadlines::End;
use platform::{Ctx, Error, Result, Role};
use ::store::Tx;

use super::access;
use super::setting::Setting;
use super::submit::{New, open};
use crate::CaseId;
use crate::issues;
use crate::fold::{CaseState, fold};
use crate::matters::matter;
use crate::model::{Answers, Joint};
use crate::store::{action, cases};

/// The parts of a joint case.
#[derive(Debug, Clone)]
pub struct OpenJoint {
    /// The case over them, just opened.
    pub parent: CaseId,
    /// 实施编码 and answers of each part.
    pub parts: Vec<(String, Answers)>,
}

/// Who opens them.
pub(crate) const OPENERS: [Role; 2] = [Role::Clerk, Role::Head];

/// Opens the parts of a joint case, each at the body that is responsible for it.
///
/// # Errors
/// `E-P805` without a role that receives the parent; `NotFound` for a part that the declaration does not name.
pub async fn open_joint(ctx: &Ctx, input: OpenJoint) -> Result<Vec<CaseId>> {
    let head = cases::by_id(ctx.db(), ctx, input.parent).await?;
    let parent = matter(ctx, &head.case_type)?;
    access::standing(ctx, &parent, &head).await?.must(&OPENERS, &Text::new("发起并联事项", "open parts"))?;
    if head.phase.is_closed() {
        return Err(issues::not_in_this_state(parent.life.state(&head.state)).into());
    }
    if input.parts.is_empty() {
        return Err(issues::needed("parts", "并联的事项", "the parts").into());
    }
    let joint = parent.case_type.joint.as_ref().ok_or(Error::NotFound)?;
    let mut ready = Vec::new();
    for (impl_code, answers) in &input.parts {
        let item = catalog::ops::find_any(ctx, impl_code).await?;
        let matter = matter(ctx, &item.version.elements.house.service)?;
        if !joint.parts.contains(&matter.case_type.key) {
            return Err(Error::NotFound);
        }
        let body = item.version.elements.body.as_ref().ok_or_else(|| Error::internal("an implementation without a body"))?;
        let org = platform::regions::organisation_by_uscc(ctx.db(), &body.uscc).await?.ok_or_else(|| Error::internal("an item of an unknown body"))?;
        let code: [u8; 4] = ctx.random();
        let region = item.region.parse().map_err(Error::internal)?;
        let new = New {
            case: ctx.id(),
            org: org.id,
            region,
            number_at: region,
            impl_code: item.code.clone(),
            item_code: item.basic_code.clone(),
            channel: head.channel,
            applicant: head.applicant.clone(),
            account: head.account,
            answers: answers.clone(),
            query_code: format!("{:06}", u32::from_be_bytes(code) % 1_000_000),
            pledge: false,
            parent: Some(head.id),
            intake: head.intake,
            discard: None,
            received: true,
        };
        ready.push((Setting::new(ctx, matter, item.version.clone()).await?, new));
    }
    let ready = Arc::new(ready);
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                for (setting, new) in ready.iter() {
                    open(&tx, &ctx, setting, new).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await?;
    Ok(ready.iter().map(|(_, new)| new.case).collect())
}

/// The limit of the case over the parts follows the longest of theirs, and never goes beyond what the declaration allows for all of it.
pub(crate) async fn follow(tx: &Tx, ctx: &Ctx, calendar: &Calendar, parent: CaseId) -> Result<()> {
    let longest = cases::children(tx, parent).await?.into_iter().filter_map(|(_, _, due)| due).max();
    let Some(longest) = longest else { return Ok(()) };
    let head = cases::by_id(tx, ctx, parent).await?;
    let matter = matter(ctx, &head.case_type)?;
    let state = fold(&matter.life, &action::events(tx, parent).await?)?;
    let bound = matter.case_type.joint.as_ref().and_then(|joint| bound(joint, &state, calendar));
    cases::set_joint_due(tx, ctx, parent, bound.map_or(longest, |bound| longest.min(bound))).await
}

/// The last day for all of it, from its acceptance on, or from the day on which the papers arrived.
fn bound(joint: &Joint, state: &CaseState, calendar: &Calendar) -> Option<Day> {
    let from = state.limits.as_ref().map(|limits| limits.from).or(state.received.map(|(_, day)| day))?;
    Some(End::count(calendar, from, joint.limit.limit.period()?, &state.suspensions, state.extension).day())
}
