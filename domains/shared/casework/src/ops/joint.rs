//! 并联审批 (P2-10): one case over several that are handled together. Its limit is the longest of theirs; one that waits for papers stops
//! only itself; the whole is decided when all of them are.

use std::sync::Arc;

use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::setting::Setting;
use super::submit::{New, open};
use crate::CaseId;
use crate::matters::matter;
use crate::store::cases;
use crate::model::Answers;

/// The parts of a joint case.
#[derive(Debug, Clone)]
pub struct OpenJoint {
    /// The case over them, just opened.
    pub parent: CaseId,
    /// 实施编码 and answers of each part.
    pub parts: Vec<(String, Answers)>,
}

/// Opens the parts of a joint case, each at the body that is responsible for it.
///
/// # Errors
/// `E-P805` without a role that receives the parent; `NotFound` for a part that the declaration does not name.
pub async fn open_joint(ctx: &Ctx, input: OpenJoint) -> Result<Vec<CaseId>> {
    let head = cases::by_id(ctx.db(), ctx, input.parent).await?;
    ctx.require(&[platform::Role::Clerk, platform::Role::Head], &head.scope()).await?;
    let parent = matter(ctx, &head.case_type)?;
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
        let new = New {
            case: ctx.id(),
            org: org.id,
            region: item.region.parse().map_err(Error::internal)?,
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

/// The limit of the case over the parts follows the longest of theirs.
pub(crate) async fn follow(tx: &Tx, ctx: &Ctx, parent: CaseId) -> Result<()> {
    let longest = cases::children(tx, parent).await?.into_iter().filter_map(|(_, _, due)| due).max();
    match longest {
        Some(due) => cases::set_joint_due(tx, ctx, parent, due).await,
        None => Ok(()),
    }
}
