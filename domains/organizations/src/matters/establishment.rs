//! 成立登记: what the law asks of an organisation that is to be founded (D-R1 … D-R9, D-R11), and its entry in the register.

use casework::model::Outcome;
use casework::ops::{Act, CaseView};
use casework::{Answers, Asked, CaseHead, Decided, Hooks};
use identity::facts::NumberHash;
use kernel::{Fen, Issue, Level, RegionCode, Text};
use platform::ports::BoxFuture;
use platform::{Ctx, Error, OrgId, Result};
use ::store::Tx;

use super::acting::authority;
use super::read::Read;
use super::refusal_is_whole;
use crate::announcements::{self, Announcement};
use crate::certificate::{self, Cause};
use crate::founding::{self, Jurisdiction, Officer};
use crate::model::{Content, Flags, Kind, NewEntry, Private, Status, Supervision};
use crate::store::names::{self as name_rows, Under};
use crate::store::{organization as rows, posts};
use crate::{naming, places, register, segments};

/// The hooks of this matter.
pub(super) struct Establishment;

impl Hooks for Establishment {
    fn check<'a>(&'a self, ctx: &'a Ctx, asked: &'a Asked, answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(faults(ctx, asked, answers))
    }

    fn before<'a>(&'a self, ctx: &'a Ctx, case: &'a CaseHead, answers: &'a Answers, act: &'a Act) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async move {
            if act.verb == "approve" {
                // Since it was submitted another may have taken the name or the post.
                return faults(ctx, &Asked { org: case.org, region: case.region }, answers).await;
            }
            Ok(refusal_is_whole(act).into_iter().collect())
        })
    }

    fn facts<'a>(&'a self, ctx: &'a Ctx, case: &'a CaseView) -> BoxFuture<'a, Result<Vec<(Text, Text)>>> {
        Box::pin(async move {
            let read = Read(&case.answers);
            let Some(kind) = Kind::from_code(read.text("kind")) else { return Ok(Vec::new()) };
            let similar = rows::similar(ctx.db(), case.head.org, kind, read.text("industry")).await?;
            let found = if similar.is_empty() {
                Text::fixed("没有", "None")
            } else {
                let list = similar.iter().map(|(uscc, name)| format!("{name}（{}）", uscc.as_deref().unwrap_or_default())).collect::<Vec<_>>();
                Text::new(list.join("；"), list.join("; "))
            };
            Ok(vec![(Text::fixed("本机关登记的同类、同行业组织，是否没有必要成立由审查人员判断", "Of the same kind and industry here; whether another is needed, a person judges"), found)])
        })
    }

    fn on_decide<'a>(&'a self, tx: &'a Tx, ctx: &'a Ctx, case: &'a Decided) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { if case.outcome == Some(Outcome::Granted) { found(tx, ctx, case).await } else { Ok(()) } })
    }
}

/// The kind within the kind, which has a field of its own for each kind.
fn subtype<'a>(kind: Kind, read: &Read<'a>) -> &'a str {
    read.text(match kind {
        Kind::Association => "subtype_1",
        Kind::ServiceInstitution => "subtype_2",
        Kind::Foundation => "subtype_3",
    })
}

/// Everything that the law has against it, in the order of the form.
async fn faults(ctx: &Ctx, asked: &Asked, answers: &Answers) -> Result<Vec<Issue>> {
    let read = Read(answers);
    let Some(kind) = Kind::from_code(read.text("kind")) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    if let Some(name) = read.given("name") {
        found.extend(naming::faults(ctx, kind, name, asked.region, Under::Authority(asked.org), None).await?.1);
    }
    found.extend(jurisdiction(ctx, asked, kind, &read).await?);
    if kind == Kind::Association
        && let (Some(members), Some(units)) = (read.number("members"), read.number("units"))
    {
        found.extend(founding::members(members, units).err());
    }
    if let Some(funds) = read.money("funds") {
        found.extend(founding::funds(kind, subtype(kind, &read), asked.region.level(), funds).err());
    }
    if let (Some(name), Some(number)) = (read.given("rep_name"), read.given("rep_no")) {
        let hash = NumberHash::of(ctx.keys(), number);
        let posts: Vec<(Kind, String)> = posts::of_person(ctx.db(), &hash).await?.into_iter().map(|(_, kind, name)| (kind, name)).collect();
        found.extend(founding::one_post(kind, name, &posts).err());
        let officer = Officer {
            deprived: read.yes("rep_deprived"),
            sentence_end: read.day("rep_sentence_end"),
            led_revoked: posts::led_revoked(ctx.db(), &hash).await?,
        };
        found.extend(founding::may_lead(name, officer, read.yes("charity"), ctx.today()).err());
    }
    Ok(found)
}

async fn jurisdiction(ctx: &Ctx, asked: &Asked, kind: Kind, read: &Read<'_>) -> Result<Option<Issue>> {
    let activity = RegionCode::parse(read.text("activity_region")).ok();
    let area_within = match activity {
        Some(area) => area == asked.region || platform::regions::contains(ctx.db(), &asked.region, &area).await?,
        None => true,
    };
    let supervisor = read.uscc("supervisor_uscc").and_then(|uscc| uscc.region());
    let level = match (kind, supervisor) {
        (Kind::Foundation, _) => Level::Province,
        (Kind::ServiceInstitution, Some(supervisor)) => supervisor.level(),
        _ => asked.region.parent().map_or(Level::Province, |above| above.level()),
    };
    let instead = places::instead(ctx, asked.region, level).await?;
    Ok(founding::competent(kind, &Jurisdiction { authority: asked.region, instead: &instead, supervisor, area_within }).err())
}

/// The credit code, the entry, the certificate and the announcement, in the transaction of the decision.
async fn found(tx: &Tx, ctx: &Ctx, case: &Decided) -> Result<()> {
    let read = Read(&case.answers);
    let kind = Kind::from_code(read.text("kind")).ok_or_else(|| Error::internal("a case of no kind"))?;
    let authority_id: OrgId = case.head.org;
    let (region, authority_name, authority_code) = authority(tx, authority_id).await?;
    let uscc = segments::draw(tx, ctx, authority_id, kind).await?;
    let today = ctx.today();
    let certificate = certificate::next(uscc.as_str(), None, today);
    let area = RegionCode::parse(read.text("activity_region")).unwrap_or(region);
    let content = Content {
        name: read.text("name").to_owned(),
        name_minority: String::new(),
        name_en: String::new(),
        kind,
        subtype: subtype(kind, &read).to_owned(),
        industry: read.text("industry").to_owned(),
        status: Status::Active,
        purpose: read.text("purpose").to_owned(),
        scope: read.text("scope").to_owned(),
        activity_area: name_rows::path(tx, area).await?.into_iter().next().map(|(_, name)| name).unwrap_or_default(),
        address: read.text("address").to_owned(),
        legal_representative: read.text("rep_name").to_owned(),
        funds: read.money("funds").unwrap_or(Fen::ZERO),
        authority: authority_name,
        supervision: if read.text("mode") == "direct" { Supervision::Direct } else { Supervision::Dual },
        supervisor: read.text("supervisor").to_owned(),
        industry_department: read.text("industry_department").to_owned(),
        party_organization: String::new(),
        charity_since: read.yes("charity").then_some(today),
        established_on: Some(today),
        certificate: Some(certificate),
        charter_on: Some(today),
        contact: String::new(),
        website: String::new(),
        staff: None,
        members: read.number("members"),
        unit_members: read.number("units"),
        branches: Vec::new(),
    };
    let private = Private {
        legal_representative_no: read.text("rep_no").to_owned(),
        contact_name: read.text("contact_name").to_owned(),
        contact_phone: read.text("contact_phone").to_owned(),
        bank_accounts: Vec::new(),
    };
    let entry = NewEntry {
        id: ctx.id(),
        uscc: Some(uscc.clone()),
        region,
        authority: authority_id,
        effective_on: today,
        reason: "establishment".to_owned(),
        flags: Flags { charity: content.charity_since.is_some(), ..Flags::default() },
        private: Some(private),
        content: content.clone(),
    };
    let id = register::enter(tx, ctx, entry).await?;
    let cause = Cause { case_no: &case.case_no, person: case.head.applicant.person, region, authority: &authority_code };
    certificate::issue(tx, ctx, &content, &cause).await?;
    let announcement = Announcement { kind: announcements::Kind::Established, name: content.name, uscc: uscc.to_string(), lines: Vec::new() };
    announcements::announce(tx, ctx, id, &announcement).await
}
