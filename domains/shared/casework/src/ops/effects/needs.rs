//! What a move needs and was not given, all at once.

use kernel::Issue;
use platform::{Ctx, Result};
use ::store::Tx;

use super::super::act::Act;
use super::super::setting::{Loaded, Setting};
use crate::clock::General;
use crate::model::{Effect, MaterialState, Move, Need};
use crate::store::{data, materials};
use crate::{form, issues};

/// Everything that is missing for the move.
pub(crate) async fn missing(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: &Loaded, mv: &Move, act: &Act) -> Result<Vec<Issue>> {
    let mut found = Vec::new();
    let blank = |text: &str| kernel::text::line(text).is_empty();
    // A refusal tells its reason and what can be done about it; anything else only what it is asked for.
    let against = mv.has(Effect::Refuses) || mv.needs(Need::Remedies);
    for need in &mv.needs {
        match need {
            Need::Reason if blank(&act.reason) && against => found.push(issues::no_reason("reason")),
            Need::Reason if blank(&act.reason) => found.push(issues::needed("reason", "理由", "the reason")),
            Need::Remedies if blank(&act.remedies) => found.push(issues::no_reason("remedies")),
            Need::Opinion if blank(&act.opinion) => found.push(issues::needed("opinion", "意见", "the opinion")),
            Need::RightBody if blank(&act.right_body) => found.push(issues::needed("right_body", "有权办理的机关", "the body that is responsible")),
            Need::Corrections if act.corrections.is_empty() => found.push(issues::needed("corrections", "需要补正的内容", "what has to be mended")),
            Need::Corrections => {
                let unclear = act.corrections.iter().position(|item| blank(&item.wrong) || blank(&item.mend));
                found.extend(unclear.map(|at| issues::needed("corrections", "问题和补正方法", "what is wrong and how to mend it").param("line", at + 1)));
            }
            Need::Special => match &act.special {
                None => found.push(issues::needed("special", "特别程序的种类", "the kind of procedure")),
                Some((special, _)) if !(1..=9).contains(&special.kind) => found.push(issues::needed("special", "特别程序的种类", "the kind of procedure")),
                Some((special, basis)) => {
                    if blank(basis) {
                        found.push(issues::needed("basis", "依据", "the legal basis"));
                    }
                    if special.estimated_days == 0 {
                        found.push(issues::needed("estimated_days", "预计天数", "the estimated days"));
                    }
                }
            },
            Need::Inspectors => {
                let general = General::carried();
                let mut inspectors = act.inspectors.clone();
                inspectors.sort_unstable();
                inspectors.dedup();
                if inspectors.len() < general.inspectors {
                    found.push(issues::too_few_inspectors(general.inspectors, &general.inspectors_source));
                }
            }
            Need::Receiver if act.receiver.as_ref().is_none_or(|receiver| blank(&receiver.name)) => {
                found.push(issues::needed("receiver", "签收人", "who received it"));
            }
            Need::Receiver => found.extend(super::undelivered(tx, setting, loaded, mv, act).await?),
            Need::Holder if act.holder.is_none() => found.push(issues::needed("holder", "承办人", "who is to go on with it")),
            Need::Materials => found.extend(materials_missing(tx, ctx, setting, loaded, act).await?),
            Need::Reason | Need::Remedies | Need::Opinion | Need::RightBody | Need::Holder => {}
        }
    }
    Ok(found)
}

/// Required papers that are neither here nor promised; promises for papers that may not follow later.
async fn materials_missing(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: &Loaded, act: &Act) -> Result<Vec<Issue>> {
    let Some(elements) = setting.elements() else { return Ok(Vec::new()) };
    let (_, answers) = data::newest(tx, ctx, loaded.head.id).await?;
    let papers = materials::of_case(tx, ctx, loaded.head.id).await?;
    let mut found = Vec::new();
    for material in form::materials(&setting.matter.case_type, elements, &answers) {
        let promised = act.promises.iter().any(|(key, _)| *key == material.key);
        let tolerated = elements.online.tolerance && material.necessity == catalog::model::Necessity::Later;
        if promised && !tolerated {
            found.push(issues::not_tolerated(&material.name).field(format!("material.{}", material.key)));
        }
        let here = papers.iter().any(|paper| paper.key == material.key && matches!(paper.state, MaterialState::Offered | MaterialState::Received));
        if form::is_required(material) && !here && !promised && !loaded.head.pledge {
            found.push(issues::material_missing(&material.key, &material.name));
        }
    }
    Ok(found)
}
