//! Ask once: what is known of an applicant already, with source and date, for the form to show and the person to confirm.

use kernel::Text;
use platform::{Ctx, PersonId, Result};

use super::draft;
use crate::form;
use crate::model::{Answers, ApplicantKind, Held, Material, Party, Prefill};
use crate::store::{data, drafts, materials};

/// What is here already for a form.
#[derive(Debug, Clone, Default)]
pub struct Offered {
    /// By key of the field.
    pub answers: Vec<Held>,
    /// Papers of earlier matters, with the number of their case; by key of the material, the newest first.
    pub papers: Vec<(Material, String)>,
}

/// What is known for the form of an item, for whom the citizen acts, with the answers of his draft.
///
/// # Errors
/// As for saving a draft of the item; `E-P804` without authority.
pub async fn offered(ctx: &Ctx, impl_code: &str, party: &Party) -> Result<Offered> {
    let opened = draft::open_item(ctx, impl_code).await?;
    let begun = drafts::of_account(ctx.db(), ctx, opened.2, &opened.0.code).await?;
    known(ctx, opened, party, &begun.map(|draft| draft.answers).unwrap_or_default()).await
}

/// The same with answers as they have just been typed: what the register of the service says follows them.
///
/// # Errors
/// As [`offered`].
pub async fn offered_with(ctx: &Ctx, impl_code: &str, party: &Party, typed: &Answers) -> Result<Offered> {
    let opened = draft::open_item(ctx, impl_code).await?;
    let answers = form::normalise(&opened.1.case_type, typed, ctx.today());
    known(ctx, opened, party, &answers).await
}

async fn known(ctx: &Ctx, opened: draft::Opened, party: &Party, answers: &Answers) -> Result<Offered> {
    let (item, matter, _, person) = opened;
    let applicant = super::submit::applicant(ctx, person, party, &item.basic_code).await?;
    let held = match applicant.person {
        Some(person) => data::held(ctx.db(), ctx, person).await?,
        None => Vec::new(),
    };
    let unit = (applicant.kind == ApplicantKind::Organisation).then_some(applicant.number.as_str());
    let register = matter.hooks.known(ctx, unit, answers).await?;
    let account = match applicant.kind {
        ApplicantKind::Person if applicant.agent.is_none() => Text::new("个人账号", "your account"),
        _ => Text::new("授权委托书", "the letter of authority"),
    };
    let known = |key: &str, value: Option<String>| Some(Held { key: key.to_owned(), value: value?, source: account.clone(), on: ctx.today() });
    let fields = matter.case_type.sections.iter().flat_map(|section| &section.fields);
    let answers = fields.filter_map(|field| match field.prefill.as_ref()? {
        Prefill::ApplicantName => known(&field.key, Some(applicant.name.clone())),
        Prefill::ApplicantNumber => known(&field.key, Some(applicant.number.clone())),
        Prefill::Phone => known(&field.key, applicant.contact.phone.clone()),
        Prefill::Email => known(&field.key, applicant.contact.email.clone()),
        Prefill::Register => register.iter().find(|known| known.key == field.key).cloned(),
        Prefill::Held(key) => held.iter().find(|held| held.key == *key).map(|found| Held { key: field.key.clone(), ..found.clone() }),
    });
    let answers = answers.collect();
    let keys: Vec<String> = item.version.elements.materials.iter().map(|material| material.key.clone()).collect();
    Ok(Offered { answers, papers: papers(ctx, applicant.person, &keys).await? })
}

/// Papers of earlier matters of a person.
pub(super) async fn papers(ctx: &Ctx, person: Option<PersonId>, keys: &[String]) -> Result<Vec<(Material, String)>> {
    match person {
        Some(person) => materials::of_person(ctx.db(), ctx, person, keys).await,
        None => Ok(Vec::new()),
    }
}
