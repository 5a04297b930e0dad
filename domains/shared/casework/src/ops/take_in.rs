//! A clerk takes papers in at any counter (P2-9): for an item of his own body or of another one, to which the case goes.

use std::sync::Arc;

use kernel::{Channel, DocumentNumber, IdType, Issues, RegionCode, Uscc};
use platform::{Ctx, Error, Result, Role, Scope};

use super::access::Standing;
use super::act::{Act, make};
use super::setting::Setting;
use super::submit::{New, check, open};
use super::submit::Submitted;
use crate::life::Who;
use crate::matters::matter;
use crate::model::{Answers, Applicant, ApplicantKind, Contact, Effect, Material, MaterialSource, MaterialState};
use crate::store::materials::{self, Owner};
use crate::{form, issues};

/// A paper on the counter.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Key of the item's material.
    pub key: String,
    /// Originals.
    pub originals: i64,
    /// Copies.
    pub copies: i64,
}

/// What was taken in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// 实施编码.
    pub impl_code: String,
    /// Person or organisation.
    pub kind: ApplicantKind,
    /// Full name.
    pub name: String,
    /// Number of the document, or credit code.
    pub number: String,
    /// Kind of the document, for persons.
    pub id_type: IdType,
    /// How to reach the applicant.
    pub contact: Contact,
    /// Answers of the form.
    pub answers: Answers,
    /// Papers.
    pub papers: Vec<Paper>,
    /// How it came: at the counter, by post, by telephone, from another province.
    pub channel: Channel,
    /// Where the clerk works who takes it in.
    pub at: RegionCode,
}

/// Takes an application in at the counter and receives it at once: the applicant leaves with number, query code and receipt.
///
/// # Errors
/// `E-P805` without the role of the counter where the clerk works; the number's own issues; every fault of the form; `E-P209`.
pub async fn take_in(ctx: &Ctx, input: Intake) -> Result<Submitted> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let item = catalog::ops::find_any(ctx, &input.impl_code).await?;
    ctx.require(&[Role::Clerk], &Scope::region(input.at).org(staff.org).item(item.basic_code.clone())).await?;
    let matter = matter(ctx, &item.version.elements.house.service)?;
    if !item.standing.is_open() {
        return Err(issues::item_closed(item.standing.public_notice()).into());
    }
    let setting = Setting::new(ctx, matter, item.version.clone()).await?;
    let answers = form::normalise(&setting.matter.case_type, &input.answers, ctx.today());
    let mut found = Issues::default();
    check(ctx, &setting, &answers, &mut found).await?;
    found.finish()?;
    let applicant = who(ctx, &input).await?;
    let body = item.version.elements.body.as_ref().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = platform::regions::organisation_by_uscc(ctx.db(), &body.uscc).await?.ok_or_else(|| Error::internal("an item of an unknown body"))?;
    let code: [u8; 4] = ctx.random();
    let new = Arc::new(New {
        case: ctx.id(),
        org: org.id,
        region: item.region.parse().map_err(Error::internal)?,
        impl_code: item.code.clone(),
        item_code: item.basic_code.clone(),
        channel: input.channel,
        applicant,
        account: None,
        answers: form::counted(&setting.matter.case_type, &answers),
        query_code: format!("{:06}", u32::from_be_bytes(code) % 1_000_000),
        pledge: false,
        parent: None,
        intake: (staff.org != org.id).then_some((input.at, staff.org)),
        discard: None,
        received: true,
    });
    let papers: Arc<Vec<Material>> = Arc::new(input.papers.iter().map(|paper| on_the_counter(ctx, paper)).collect());
    let case_no = ctx
        .db()
        .write(|tx| {
            let (ctx, setting, new, papers) = (ctx.clone(), setting.clone(), new.clone(), papers.clone());
            async move {
                let case_no = open(&tx, &ctx, &setting, &new).await?;
                for paper in papers.iter() {
                    materials::add(&tx, &ctx, Owner::Case(new.case), new.applicant.person, paper, None, None).await?;
                }
                receive(&tx, &ctx, &setting, &new).await?;
                Ok::<_, Error>(case_no)
            }
        })
        .await?;
    Ok(Submitted { case: new.case, case_no, query_code: new.query_code.clone() })
}

/// What came over the counter is received in the same moment, where the matter knows receipt.
async fn receive(tx: &::store::Tx, ctx: &Ctx, setting: &Setting, new: &New) -> Result<()> {
    let loaded = setting.load(tx, ctx, new.case).await?;
    let life = &setting.matter.life;
    let receipt = life.actions_for(&loaded.state.code, Who::Staff(&[Role::Clerk])).into_iter().find(|mv| mv.has(Effect::Receives));
    if let Some(mv) = receipt {
        let act = Act::new(mv.verb.clone(), loaded.state.seq);
        // Receiving is part of taking in: whoever may do this at his own counter may do it for the body that answers.
        let standing = Standing::Staff { roles: vec![Role::Clerk], lent: Vec::new() };
        make(tx, ctx, setting, loaded, &standing, &act).await?;
    }
    Ok(())
}

fn on_the_counter(ctx: &Ctx, paper: &Paper) -> Material {
    Material {
        id: ctx.id(),
        key: paper.key.clone(),
        state: MaterialState::Received,
        source: MaterialSource::Counter,
        file: None,
        file_name: String::new(),
        bytes: 0,
        sm3: None,
        originals: paper.originals.clamp(0, 999),
        copies: paper.copies.clamp(0, 999),
        promise_due: None,
        received_at: ctx.now(),
        note: String::new(),
    }
}

/// The applicant at the counter: a person by his document, an organisation by its code.
async fn who(ctx: &Ctx, input: &Intake) -> Result<Applicant> {
    let name = kernel::text::name(&input.name);
    let (person, number) = match input.kind {
        ApplicantKind::Organisation => (None, Uscc::parse(&input.number)?.as_str().to_owned()),
        ApplicantKind::Person => {
            let document = DocumentNumber::parse(input.id_type, &input.number, ctx.today())?;
            let draft = identity::PersonDraft::new(ctx, &name, &document, COUNTRY, None)?;
            let person = ctx
                .db()
                .write(|tx| {
                    let (ctx, draft) = (ctx.clone(), draft.clone());
                    async move { identity::persons::ensure(&tx, &ctx, &draft).await }
                })
                .await?;
            (Some(person), document.as_str().to_owned())
        }
    };
    if name.is_empty() {
        return Err(issues::needed("name", "姓名或者名称", "the name").into());
    }
    Ok(Applicant { kind: input.kind, person, name, number, contact: input.contact.clone(), agent: None })
}

/// Country of the documents that are shown at counters here.
const COUNTRY: &str = "CHN";
