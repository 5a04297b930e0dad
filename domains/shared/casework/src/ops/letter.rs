//! Letters of authority: who may act for whom (P8.1).

use kernel::{Day, DocumentNumber, IdType, Uscc, text};
use platform::ports::Accept;
use platform::{Ctx, Error, PersonId, Result, audit};

use crate::clock::General;
use crate::issues;
use crate::model::{ApplicantKind, Letter, LetterId};
use crate::store::letters as table;

/// A letter of authority.
#[derive(Debug, Clone)]
pub struct GiveLetter {
    /// Person or organisation.
    pub principal_kind: ApplicantKind,
    /// Name of the principal.
    pub principal_name: String,
    /// Number of his document (居民身份证), or credit code.
    pub principal_number: String,
    /// Basic codes of the items in which the agent may act; empty means all.
    pub items: Vec<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// The signed letter, as a file.
    pub file: Vec<u8>,
}

/// The agent hands in the signed letter of his principal. For one person only so many others act at a time; an organisation has as many
/// agents as it likes.
///
/// # Errors
/// `SignIn`; `E-P802` below level 2; the number's own issues; `E-P224` for a period that is upside down; `E-P1104`
/// where as many others act for the person as may; those of the file.
pub async fn give_letter(ctx: &Ctx, input: GiveLetter) -> Result<LetterId> {
    let agent = real_person(ctx)?;
    let number = match input.principal_kind {
        ApplicantKind::Organisation => Uscc::parse(&input.principal_number)?.as_str().to_owned(),
        ApplicantKind::Person => DocumentNumber::parse(IdType::RESIDENT, &input.principal_number, ctx.today())?.as_str().to_owned(),
    };
    if input.until < input.from || input.until < ctx.today() {
        return Err(issues::needed("until", "有效期的最后一日（不早于今日）", "the last day of validity, not before today").into());
    }
    let name = text::name(&input.principal_name);
    if name.is_empty() {
        return Err(issues::needed("principal_name", "委托人姓名或者名称", "the principal's name").into());
    }
    let person = match input.principal_kind {
        ApplicantKind::Person => {
            let document = DocumentNumber::parse(IdType::RESIDENT, &number, ctx.today())?;
            identity::persons::find(ctx.db(), ctx.keys(), &document, "CHN").await?
        }
        ApplicantKind::Organisation => None,
    };
    let stored = ctx.platform().files().take(input.file, Accept::scan("file")).await?;
    let letter = Letter {
        id: ctx.id(),
        principal_name: name,
        principal_number: number,
        principal_person: person,
        principal_kind: input.principal_kind,
        agent,
        items: input.items,
        from: input.from,
        until: input.until,
        revoked: false,
    };
    let (id, most) = (letter.id, General::carried().relatives);
    ctx.db()
        .write_serializable(|tx| {
            let (ctx, letter, file) = (ctx.clone(), letter.clone(), stored.id.clone());
            async move {
                if letter.principal_kind == ApplicantKind::Person && table::other_agents(&tx, &ctx, &letter).await? >= most {
                    return Err(issues::too_many_relatives(most).into());
                }
                table::add(&tx, &ctx, &letter, &file).await?;
                audit::record(&tx, &ctx, audit::Event::new("letter.give", "letter", id).person(letter.principal_person)).await
            }
        })
        .await?;
    Ok(id)
}

/// Letters by which the citizen may act.
///
/// # Errors
/// `SignIn`, `E-P802`.
pub async fn letters(ctx: &Ctx) -> Result<Vec<Letter>> {
    table::of_agent(ctx.db(), ctx, real_person(ctx)?).await
}

/// Letters by which others act for the citizen.
///
/// # Errors
/// `SignIn`, `E-P802`.
pub async fn letters_given(ctx: &Ctx) -> Result<Vec<Letter>> {
    table::of_principal(ctx.db(), ctx, real_person(ctx)?).await
}

/// Revokes a letter: by the agent, or by the principal where he has an account. What was submitted under it stays.
///
/// # Errors
/// `SignIn`; `NotFound` for somebody else's.
pub async fn revoke_letter(ctx: &Ctx, id: LetterId) -> Result<()> {
    let person = real_person(ctx)?;
    let letter = table::by_id(ctx.db(), ctx, id).await?.ok_or(Error::NotFound)?;
    if letter.agent != person && letter.principal_person != Some(person) {
        return Err(Error::NotFound);
    }
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                if !table::revoke(&tx, &ctx, id).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, audit::Event::new("letter.revoke", "letter", id).person(person)).await
            }
        })
        .await
}

/// The level at which somebody may act for another.
const LEVEL: u8 = 2;

fn real_person(ctx: &Ctx) -> Result<PersonId> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    citizen.person.filter(|_| citizen.level >= LEVEL).ok_or_else(|| issues::level_too_low().into())
}
