//! The document that a move leaves behind, and the notice to the applicant where there is none.

use kernel::{Day, Fen, RegionCode, Text};
use notices::{Notice, To, Topic};
use platform::{Ctx, OrgId, Result};
use ::store::Tx;

use super::super::act::Act;
use super::super::setting::{Loaded, Setting};
use crate::clock::Ends;
use crate::model::{CaseHead, Effect, Fault, Material, MaterialState, Move};
use crate::papers::{Content, Drawn, Kind, NewPaper, issue};
use crate::papers::{Defect, Taken};
use crate::store::{cases, materials};

/// Issues the document of the move, or sends a word where a move of the office has none.
pub(crate) async fn tell(tx: &Tx, ctx: &Ctx, setting: &Setting, after: &Loaded, mv: &Move, act: &Act, ends: &Ends) -> Result<()> {
    let Some(kind) = mv.paper else {
        return if mv.has(Effect::SendsBack) || mv.has(Effect::Finishes) { word(tx, ctx, setting, after).await } else { Ok(()) };
    };
    let papers = materials::of_case(tx, ctx, after.head.id).await?;
    let coded = match (kind, &act.query_code) {
        (Kind::Receipt, None) => Some(Act { query_code: cases::query_code(tx, ctx, after.head.id).await?, ..act.clone() }),
        _ => None,
    };
    let Some(content) = content(ctx, setting, after, kind, coded.as_ref().unwrap_or(act), ends, &papers) else { return Ok(()) };
    issue(tx, ctx, &Drawn::new(ctx), &new_paper(setting, &after.head, content)).await.map(drop)
}

/// The receipt of a place that takes a case in for another body: its own name and number stand on it.
pub(crate) async fn receipt(tx: &Tx, ctx: &Ctx, setting: &Setting, of: &Loaded, (region, org): (RegionCode, OrgId), query_code: &str) -> Result<()> {
    let papers = materials::of_case(tx, ctx, of.head.id).await?;
    let act = Act { query_code: Some(query_code.to_owned()), ..Act::default() };
    match content(ctx, setting, of, Kind::Receipt, &act, &Ends::default(), &papers) {
        Some(content) => issue(tx, ctx, &Drawn::new(ctx), &NewPaper { org, region, ..new_paper(setting, &of.head, content) }).await.map(drop),
        None => Ok(()),
    }
}

fn new_paper(setting: &Setting, head: &CaseHead, content: Content) -> NewPaper {
    NewPaper {
        case: head.id,
        case_no: head.case_no.clone(),
        org: head.org,
        region: head.region,
        item_code: head.item_code.clone(),
        item: setting.item_name().clone(),
        applicant: head.applicant.name.clone(),
        to: head.applicant.person.into_iter().chain(head.applicant.agent.map(|(agent, _)| agent)).collect(),
        content,
    }
}

/// What the document says.
fn content(ctx: &Ctx, setting: &Setting, after: &Loaded, kind: Kind, act: &Act, ends: &Ends, papers: &[Material]) -> Option<Content> {
    let (state, elements) = (&after.state, setting.elements());
    let today = ctx.today();
    let name = |key: &str| {
        let material = elements.and_then(|elements| elements.materials.iter().find(|material| material.key == key));
        material.map_or_else(|| key.to_owned(), |material| material.name.zh.clone().into_owned())
    };
    let basis = || elements.map(|elements| elements.bases.iter().map(basis_words).collect()).unwrap_or_default();
    let actor = || ctx.actor().staff().map_or_else(|| "系统".to_owned(), |staff| staff.name.clone());
    Some(match kind {
        Kind::Receipt => Content::Receipt {
            papers: papers.iter().filter(|paper| paper.state != MaterialState::Replaced && paper.state != MaterialState::Promised).map(|paper| taken(paper, &name)).collect(),
            clerk: actor(),
            at: ctx.now(),
            query_code: act.query_code.clone(),
        },
        Kind::Acceptance => Content::Acceptance {
            accepted_on: state.accepted_at?.day(),
            due_on: ends.promise.as_ref().map(|end| end.day()),
            fee: elements.and_then(|elements| Fen::sum(elements.fee.charges.iter().map(|charge| Fen(charge.fen)))).unwrap_or_default(),
            contact: ctx.settings().phone.clone(),
            supervision_phone: ctx.settings().phone.clone(),
        },
        Kind::Rejection => Content::Rejection { reason: act.reason.clone(), right_authority: (!act.right_body.trim().is_empty()).then(|| act.right_body.clone()) },
        Kind::Correction => Content::Correction {
            defects: act
                .corrections
                .iter()
                .map(|item| {
                    let missing = if item.fault == Fault::Missing { "缺少：" } else { "" };
                    Defect { paper: name(&item.key), wrong: format!("{missing}{}", item.wrong), mend: item.mend.clone() }
                })
                .collect(),
            until: ends.step.as_ref().map_or(today, |end| end.day()),
        },
        Kind::Extension => Content::Extension { reason: act.reason.clone(), due_on: ends.promise.as_ref()?.day(), approver: actor() },
        Kind::Special => {
            let (special, basis) = act.special.as_ref()?;
            Content::Special { procedure: special.name(), basis: basis.clone(), estimated_days: special.estimated_days, stops_on: today }
        }
        Kind::Grant => Content::Grant { facts: act.opinion.clone(), basis: basis(), decision: format!("准予“{}”。", setting.item_name().zh) },
        Kind::Refusal => {
            let facts = if act.opinion.trim().is_empty() { act.reason.clone() } else { act.opinion.clone() };
            Content::Refusal { facts, basis: basis(), reason: act.reason.clone() }
        }
        Kind::Withdrawal => Content::Withdrawal { on: today, deemed: String::new() },
        Kind::Termination => Content::Termination { reason: act.reason.clone() },
        Kind::Service | Kind::Index => return None,
    })
}

fn taken(paper: &Material, name: &impl Fn(&str) -> String) -> Taken {
    let count = |n: i64| u32::try_from(n).unwrap_or_default();
    let scans = u32::from(paper.file.is_some());
    Taken { name: name(&paper.key), originals: count(paper.originals), copies: count(paper.copies).max(scans) }
}

fn basis_words(basis: &catalog::model::LegalBasis) -> String {
    basis.printable_article().map_or_else(|| basis.law.zh.clone().into_owned(), |article| format!("{}{}", basis.law.zh, article.zh))
}

/// Why time moved the case, in words.
pub(crate) fn time_reason(mv: &Move, due: Day) -> String {
    format!("{}（期限至{}）", mv.name.zh, due.zh_plain())
}

/// A word to the applicant: the number, how it stands, and where to look.
async fn word(tx: &Tx, ctx: &Ctx, setting: &Setting, after: &Loaded) -> Result<()> {
    let state = setting.matter.life.state(&after.state.code).map(|state| state.name.clone()).unwrap_or_default();
    let words = Text::new(format!("状态：{}。", state.zh), format!("It is now: {}.", state.en));
    send(tx, ctx, setting, after, &after.state.seq.to_string(), words).await
}

/// The end that the applicant was told has moved, because the calendar of a year was published (C-12).
pub(crate) async fn ends_moved(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: &Loaded, ends: &Ends) -> Result<()> {
    let Some(end) = &ends.promise else { return Ok(()) };
    let why = end.explain();
    let words = Text::new(format!("办理期限重新计算：{}。", why.zh), format!("The time limit was counted again: {}.", why.en));
    send(tx, ctx, setting, loaded, &format!("due-{}", end.day()), words).await
}

/// Tells the applicant and who acts for him; somebody who is not known here by the number and address that he left.
async fn send(tx: &Tx, ctx: &Ctx, setting: &Setting, of: &Loaded, what: &str, words: Text) -> Result<()> {
    let head = &of.head;
    let (item, number) = (setting.item_name(), &head.case_no);
    let title = Text::new(format!("办件 {number} 有新进展"), format!("News of case {number}"));
    let body = Text::new(format!("您的“{}”（{number}）{}", item.zh, words.zh), format!("Your case '{}' ({number}): {}", item.en, words.en));
    let discreet = setting.elements().is_some_and(|elements| elements.house.discreet);
    let office = || setting.elements().and_then(|elements| elements.body.as_ref()).map_or_else(|| ctx.settings().bureau.clone(), |body| body.name.clone());
    let notice = |to: To, key: String| {
        let notice = Notice::new(to, Topic::Progress, key, title.clone(), body.clone());
        if discreet { notice.discreet(office()) } else { notice }
    };
    let contact = &head.applicant.contact;
    let left = identity::ContactOf { phone: contact.phone.as_deref().and_then(|phone| phone.parse().ok()), email: contact.email.as_deref().and_then(|email| email.parse().ok()), lang: ctx.lang() };
    let key = format!("case-{}-{what}", head.id);
    let link = format!("/me/matters/{}", head.id);
    match head.applicant.person {
        Some(person) => notices::tell(tx, ctx, notice(To::Person(person), key.clone()).link(link.clone()).reach(&left)).await?,
        None => notices::tell(tx, ctx, notice(To::Address, key.clone()).reach(&left)).await?,
    }
    match head.applicant.agent {
        Some((agent, _)) => notices::tell(tx, ctx, notice(To::Person(agent), format!("{key}-agent")).link(link)).await,
        None => Ok(()),
    }
}
