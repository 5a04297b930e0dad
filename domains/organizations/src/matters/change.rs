//! 变更登记、修改章程、分支（代表）机构、慈善组织认定 (D-R5, D-R8 … D-R10, D-R12 … D-R14, D-R16).

use casework::model::Outcome;
use casework::ops::{Act, CaseView};
use casework::{Answers, Asked, CaseHead, Decided, Held, Hooks};
use identity::facts::NumberHash;
use kernel::{Issue, Text};
use platform::ports::BoxFuture;
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::acting::{self, areas, authority, consent, organization};
use super::read::Read;
use super::{CHANGE_ITEM, refusal_is_whole};
use crate::announcements::{self, Announcement};
use crate::certificate::{self, Cause};
use crate::founding::{self, Officer};
use crate::model::{Amendment, Branch, Content, Entry, Private, Status};
use crate::store::names::Under;
use crate::store::{organization as rows, posts};
use crate::{issues, names, naming, register};

/// The hooks of this matter.
pub(super) struct Change;

impl Hooks for Change {
    fn check<'a>(&'a self, ctx: &'a Ctx, asked: &'a Asked, answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async move {
            let entry = match organization(ctx, asked, answers, CHANGE_ITEM).await? {
                Ok(entry) => entry,
                Err(issue) => return Ok(vec![issue]),
            };
            if entry.head.status != Status::Active {
                return Ok(vec![issues::status_bars(entry.head.status)]);
            }
            let mut found = faults(ctx, asked, &entry, &Read(answers)).await?;
            found.extend(consent(&entry, &Read(answers), ctx.today()));
            Ok(found)
        })
    }

    fn known<'a>(&'a self, ctx: &'a Ctx, unit: Option<&'a str>, answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Held>>> {
        Box::pin(acting::known(ctx, unit, answers, CHANGE_ITEM))
    }

    fn before<'a>(&'a self, ctx: &'a Ctx, case: &'a CaseHead, answers: &'a Answers, act: &'a Act) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async move {
            if act.verb != "approve" {
                return Ok(refusal_is_whole(act).into_iter().collect());
            }
            let asked = Asked { org: case.org, region: case.region };
            match organization(ctx, &asked, answers, CHANGE_ITEM).await? {
                Ok(entry) if entry.head.status != Status::Active => Ok(vec![issues::status_bars(entry.head.status)]),
                Ok(entry) => faults(ctx, &asked, &entry, &Read(answers)).await,
                Err(issue) => Ok(vec![issue]),
            }
        })
    }

    fn facts<'a>(&'a self, _ctx: &'a Ctx, case: &'a CaseView) -> BoxFuture<'a, Result<Vec<(Text, Text)>>> {
        let reason = Read(&case.answers).given("late_reason").map(|reason| Text::same(reason.to_owned()));
        let late = Text::fixed("在业务主管单位同意后的期限之外申请（W-D13），说明的原因", "Filed too long after the supervising unit's consent (W-D13); the reason given");
        Box::pin(async move { Ok(reason.map(|reason| (late, reason)).into_iter().collect()) })
    }

    fn on_decide<'a>(&'a self, tx: &'a Tx, ctx: &'a Ctx, case: &'a Decided) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { if case.outcome == Some(Outcome::Granted) { change(tx, ctx, case).await } else { Ok(()) } })
    }
}

async fn faults(ctx: &Ctx, asked: &Asked, entry: &Entry, read: &Read<'_>) -> Result<Vec<Issue>> {
    match read.text("what") {
        "base" => base(ctx, asked, entry, read).await,
        "representative" => representative(ctx, entry, read).await,
        "charity" => charity(ctx, entry, read).await,
        "branch" => {
            let areas = areas(ctx, asked.region).await?;
            let Some(name) = read.given("branch_name") else { return Ok(Vec::new()) };
            Ok(names::check_branch(entry.head.kind, &entry.head.name, name, read.yes("branch_representative"), &areas).err().into_iter().collect())
        }
        _ => Ok(Vec::new()),
    }
}

async fn base(ctx: &Ctx, asked: &Asked, entry: &Entry, read: &Read<'_>) -> Result<Vec<Issue>> {
    let mut found = Vec::new();
    let before = &entry.content;
    // What is as the register has it was not typed anew, and is not judged anew.
    let other = |key: &str, before: &str| read.given(key).filter(|now| *now != before);
    let name = other("new_name", &before.name);
    let funds = read.money("new_funds").filter(|funds| *funds != before.funds);
    if name.is_none() && funds.is_none() && other("new_address", &before.address).is_none() && other("new_scope", &before.scope).is_none() {
        found.push(issues::nothing_changes());
    }
    if let Some(name) = name {
        let (_, issues) = naming::faults(ctx, entry.head.kind, name, asked.region, Under::Authority(asked.org), Some(entry.head.id)).await?;
        found.extend(issues.into_iter().map(|issue| issue.field("new_name")));
    }
    if let Some(funds) = funds {
        found.extend(founding::funds(entry.head.kind, &entry.head.subtype, asked.region.level(), funds).err().map(|issue| issue.field("new_funds")));
    }
    Ok(found)
}

async fn representative(ctx: &Ctx, entry: &Entry, read: &Read<'_>) -> Result<Vec<Issue>> {
    let mut found = Vec::new();
    if read.day("audit_on").is_none() {
        found.push(issues::audit_missing());
    }
    if let (Some(name), Some(number)) = (read.given("rep_name"), read.given("rep_no")) {
        let hash = NumberHash::of(ctx.keys(), number);
        let others = posts::of_person(ctx.db(), &hash).await?.into_iter().filter(|(id, ..)| *id != entry.head.id);
        found.extend(founding::one_post(entry.head.kind, name, &others.map(|(_, kind, name)| (kind, name)).collect::<Vec<_>>()).err());
        let officer = Officer { deprived: read.yes("rep_deprived"), sentence_end: None, led_revoked: posts::led_revoked(ctx.db(), &hash).await? };
        found.extend(founding::may_lead(name, officer, entry.head.flags.charity, ctx.today()).err());
    }
    Ok(found)
}

/// 慈善组织认定 (D-R9): who leads it may lead a charity.
async fn charity(ctx: &Ctx, entry: &Entry, read: &Read<'_>) -> Result<Vec<Issue>> {
    if entry.head.flags.charity {
        return Ok(vec![issues::charity_already()]);
    }
    let number = register::private(ctx, entry.head.id).await?.map(|kept| kept.legal_representative_no).unwrap_or_default();
    let led_revoked = posts::led_revoked(ctx.db(), &NumberHash::of(ctx.keys(), &number)).await?;
    let officer = Officer { deprived: read.yes("charity_deprived"), sentence_end: read.day("charity_sentence_end"), led_revoked };
    let barred = founding::may_lead(&entry.head.legal_representative, officer, true, ctx.today()).err();
    Ok(barred.map(|issue| issue.field("charity_deprived")).into_iter().collect())
}

/// A version of the entry, a new certificate where it says something else now, and the announcement, in the transaction of the decision.
async fn change(tx: &Tx, ctx: &Ctx, case: &Decided) -> Result<()> {
    let read = Read(&case.answers);
    let uscc = read.uscc("uscc").ok_or_else(|| Error::internal("a change without credit code"))?;
    let entry = rows::load_by_code(tx, uscc.as_str()).await?.ok_or(Error::NotFound)?;
    let before = &entry.content;
    let (content, private) = match read.text("what") {
        "base" => (
            Content {
                name: read.given("new_name").unwrap_or(&before.name).to_owned(),
                address: read.given("new_address").unwrap_or(&before.address).to_owned(),
                scope: read.given("new_scope").unwrap_or(&before.scope).to_owned(),
                funds: read.money("new_funds").unwrap_or(before.funds),
                ..before.clone()
            },
            None,
        ),
        "representative" => {
            let kept = rows::private(tx, ctx.keys(), entry.head.id).await?.unwrap_or_default();
            let content = Content { legal_representative: read.text("rep_name").to_owned(), ..before.clone() };
            (content, Some(Private { legal_representative_no: read.text("rep_no").to_owned(), ..kept }))
        }
        "charter" => (Content { charter_on: read.day("charter_on"), ..before.clone() }, None),
        "charity" => (Content { charity_since: Some(ctx.today()), ..before.clone() }, None),
        _ => {
            let branch = Branch {
                name: read.text("branch_name").to_owned(),
                representative: read.yes("branch_representative"),
                address: read.text("branch_address").to_owned(),
                since: ctx.today(),
            };
            (Content { branches: before.branches.iter().cloned().chain([branch]).collect(), ..before.clone() }, None)
        }
    };
    let shown = |content: &Content| (content.name.clone(), content.address.clone(), content.scope.clone(), content.funds, content.legal_representative.clone());
    let exchanged = shown(before) != shown(&content);
    let next = certificate::next(uscc.as_str(), before.certificate.as_ref(), ctx.today());
    let content = Content { certificate: if exchanged { Some(next) } else { before.certificate.clone() }, ..content };
    let amendment =
        Amendment { content: content.clone(), private, uscc: None, effective_on: ctx.today(), reason: format!("change.{}", read.text("what")) };
    register::amend(tx, ctx, entry.head.id, entry.head.version, amendment).await?;
    if exchanged {
        let (region, _, code) = authority(tx, entry.head.authority).await?;
        let cause = Cause { case_no: &case.case_no, person: case.head.applicant.person, region, authority: &code };
        certificate::issue(tx, ctx, &content, &cause).await?;
    }
    let lines = announcements::announced(before, &content);
    if lines.is_empty() {
        return Ok(());
    }
    let announcement = Announcement { kind: announcements::Kind::Changed, name: content.name, uscc: uscc.to_string(), lines };
    announcements::announce(tx, ctx, entry.head.id, &announcement).await
}
