//! Papers come to a draft or a case: sent by the applicant, taken over from an earlier matter, judged by a clerk.

use kernel::Text;
use platform::ports::{Accept, MediaType};
use platform::{Ctx, Error, PersonId, Result, Role, audit};

use super::access::{self, Standing};
use super::draft::{self, DraftId};
use super::setting::Setting;
use crate::CaseId;
use crate::issues;
use crate::matters::matter;
use crate::model::{Material, MaterialId, MaterialSource, MaterialState};
use crate::store::{cases, notes};
use crate::store::materials::{self, Owner};

/// A file for a material.
#[derive(Debug, Clone)]
pub struct Attach {
    /// To a draft, or to a case that waits for it.
    pub to: Owner,
    /// Key of the item's material.
    pub key: String,
    /// What the sender called it.
    pub file_name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Takes a file in; it takes the place of an earlier one for the same material. What stops half way leaves nothing behind.
///
/// # Errors
/// `E-FILE01` … of the file store for type and size; `NotFound` for somebody else's draft or case, or a material that the item does not have
/// (`E-P1003` for the place that took the case in for another body);
/// `E-ST01` if the case does not wait for papers.
pub async fn attach(ctx: &Ctx, input: Attach) -> Result<MaterialId> {
    let (owner, person) = may_attach(ctx, input.to, &input.key).await?;
    let stored = ctx.platform().files().take(input.bytes, Accept::scan("file")).await?;
    let source = if ctx.actor().staff().is_some() { MaterialSource::Counter } else { MaterialSource::Upload };
    let paper = Material {
        id: ctx.id(),
        key: input.key,
        state: MaterialState::Offered,
        source,
        file: Some(stored.id),
        file_name: kernel::text::line(&input.file_name).chars().take(200).collect(),
        bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
        sm3: Some(stored.sm3),
        originals: 0,
        copies: 0,
        promise_due: None,
        received_at: ctx.now(),
        note: String::new(),
    };
    put(ctx, owner, person, paper, None, Some(stored.media_type)).await
}

/// Takes a paper of an earlier matter of the same person: it is not asked for again.
///
/// # Errors
/// As [`attach`]; `NotFound` for a paper that is not the person's own.
pub async fn attach_held(ctx: &Ctx, to: Owner, key: &str, from: MaterialId) -> Result<MaterialId> {
    let (owner, person) = may_attach(ctx, to, key).await?;
    let person = person.ok_or(Error::NotFound)?;
    let held = materials::of_person(ctx.db(), ctx, person, &[key.to_owned()]).await?;
    let (earlier, _) = held.into_iter().find(|(paper, _)| paper.id == from).ok_or(Error::NotFound)?;
    let paper = Material { id: ctx.id(), state: MaterialState::Offered, source: MaterialSource::Held, received_at: ctx.now(), note: String::new(), ..earlier };
    put(ctx, owner, Some(person), paper, Some(from), None).await
}

async fn put(ctx: &Ctx, owner: Owner, person: Option<PersonId>, paper: Material, from: Option<MaterialId>, media: Option<MediaType>) -> Result<MaterialId> {
    let id = paper.id;
    let (kind, object) = named(owner);
    let event = audit::Event::new("case.attach", kind, object).person(person).detail(serde_json::json!({ "key": paper.key, "source": paper.source.code() }));
    ctx.db()
        .write(|tx| {
            let (ctx, paper, event) = (ctx.clone(), paper.clone(), event.clone());
            async move {
                materials::add(&tx, &ctx, owner, person, &paper, from, media.map(MediaType::name)).await?;
                materials::replace_earlier(&tx, owner, &paper.key, id).await?;
                if let Owner::Case(case) = owner {
                    notes::supplied(&tx, &ctx, case, &paper.key).await?;
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(id)
}

fn named(owner: Owner) -> (&'static str, String) {
    match owner {
        Owner::Case(case) => ("case", case.to_string()),
        Owner::Draft(draft) => ("draft", draft.to_string()),
    }
}

/// To what papers may be added, and whose they are.
async fn may_attach(ctx: &Ctx, to: Owner, key: &str) -> Result<(Owner, Option<PersonId>)> {
    match to {
        Owner::Draft(id) => {
            let draft = draft::own(ctx, id).await?;
            let item = catalog::ops::find_version(ctx, draft.item_version).await?;
            if item.elements.materials.iter().any(|material| material.key == key) { Ok((to, Some(draft.person))) } else { Err(Error::NotFound) }
        }
        Owner::Case(case) => {
            let head = cases::by_id(ctx.db(), ctx, case).await?;
            let setting = Setting::of(ctx, &head).await?;
            access::standing(ctx, &setting.matter, &head).await?;
            if head.phase.is_closed() {
                return Err(issues::not_in_this_state(setting.matter.life.state(&head.state)).into());
            }
            let known = setting.elements().is_some_and(|elements| elements.materials.iter().any(|material| material.key == key));
            match (known, head.intake) {
                (true, _) => Ok((to, head.applicant.person)),
                (false, Some((_, org))) if ctx.actor().staff().is_some_and(|staff| staff.org == org) => Err(crate::cross::more_papers(key).into()),
                (false, _) => Err(Error::NotFound),
            }
        }
    }
}

/// Takes a paper out of a draft.
///
/// # Errors
/// `SignIn`, `NotFound`.
pub async fn remove(ctx: &Ctx, draft: DraftId, paper: MaterialId) -> Result<()> {
    let draft = draft::own(ctx, draft).await?;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                materials::remove_from_draft(&tx, draft.id, paper).await?;
                audit::record(&tx, &ctx, audit::Event::new("case.remove_paper", "draft", draft.id).person(draft.person)).await
            }
        })
        .await
}

/// The content of a paper, for somebody who may see its draft or case.
///
/// # Errors
/// `NotFound` for a paper without content, or of somebody else.
pub async fn content(ctx: &Ctx, of: Owner, paper: MaterialId) -> Result<(Material, Vec<u8>, MediaType)> {
    match of {
        Owner::Draft(id) => drop(draft::own(ctx, id).await?),
        Owner::Case(case) => {
            let head = cases::by_id(ctx.db(), ctx, case).await?;
            let setting = Setting::of(ctx, &head).await?;
            let standing = access::standing(ctx, &setting.matter, &head).await?;
            if standing != Standing::Applicant {
                let event = audit::Event::new("case.read_paper", "case", case).person(head.applicant.person).region(&head.region);
                ctx.db()
                    .write(|tx| {
                        let (ctx, event) = (ctx.clone(), event.clone());
                        async move { audit::record(&tx, &ctx, event).await }
                    })
                    .await?;
            }
        }
    }
    let material = materials::file_of(ctx.db(), ctx, of, paper).await?.ok_or(Error::NotFound)?;
    let file = material.file.clone().ok_or(Error::NotFound)?;
    let (bytes, kind) = ctx.platform().files().get(&file).await?;
    Ok((material, bytes, kind))
}

/// What a clerk found of a paper.
#[derive(Debug, Clone)]
pub struct Judge {
    /// The case.
    pub case: CaseId,
    /// The paper.
    pub paper: MaterialId,
    /// Whether it is in order.
    pub good: bool,
    /// Originals seen.
    pub originals: i64,
    /// Copies kept.
    pub copies: i64,
    /// What is wrong, without personal data.
    pub note: String,
}

/// Who judges papers.
pub(crate) const JUDGES: [Role; 3] = [Role::Precheck, Role::Clerk, Role::Examiner];

/// Notes what a clerk found of a paper.
///
/// # Errors
/// `E-P805` without a role that receives or examines the case; `NotFound`.
pub async fn judge(ctx: &Ctx, input: Judge) -> Result<()> {
    let head = cases::by_id(ctx.db(), ctx, input.case).await?;
    let matter = matter(ctx, &head.case_type)?;
    access::standing(ctx, &matter, &head).await?.must(&JUDGES, &Text::new("核对材料", "judge papers"))?;
    if !input.good && kernel::text::line(&input.note).is_empty() {
        return Err(issues::needed("note", "不符合要求的原因", "what is wrong with it").into());
    }
    let state = if input.good { MaterialState::Received } else { MaterialState::Defective };
    ctx.db()
        .write(|tx| {
            let (ctx, input, head) = (ctx.clone(), input.clone(), head.clone());
            async move {
                let note = kernel::text::line(&input.note);
                if !materials::judge(&tx, input.case, input.paper, state, input.originals.clamp(0, 999), input.copies.clamp(0, 999), &note).await? {
                    return Err(Error::NotFound);
                }
                let event = audit::Event::new("case.judge_paper", "case", input.case).person(head.applicant.person).region(&head.region);
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "state": state.code() }))).await
            }
        })
        .await
}
