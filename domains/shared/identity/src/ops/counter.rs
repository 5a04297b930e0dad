//! Level 3: a clerk at the counter compares face and document, and binds the account. This also settles disputes.

use platform::{Ctx, Error, PersonId, Result, Role, Scope, audit};

use super::RealName;
use super::real_name::parse;
use crate::{Contact, PersonDraft, issues, persons, store as tables};

/// What the clerk has before him.
#[derive(Clone)]
pub struct Vouch {
    /// Number or address of the account, as the person at the counter says it.
    pub contact: String,
    /// Name and document, as the original shows them.
    pub shown: RealName,
}

/// Binds the account to the person at the counter, at level 3. If another account had him, it loses him and falls back to
/// level 1: the person with the document in his hand is the one. `E-P808` for a child without the consent of a guardian.
pub async fn vouch(ctx: &Ctx, input: Vouch) -> Result<PersonId> {
    let region = ctx.actor().staff().map(|staff| staff.region).ok_or(Error::SignIn)?;
    ctx.require(&[Role::Clerk, Role::Registrar], &Scope::region(region)).await?;
    let contact = Contact::parse(&input.contact)?;
    let (name, document) = parse(ctx, &input.shown)?;
    super::require_consent(ctx, &document).await?;
    let account = tables::account::by_contact(ctx.db(), &contact.hash(ctx.keys())).await?;
    let account = account.ok_or_else(|| Error::from(issues::account_unknown_at_counter()))?.id;
    let draft = PersonDraft::new(ctx, &name, &document, "CHN", None)?;
    ctx.db()
        .write(|tx| {
            let (ctx, draft) = (ctx.clone(), draft.clone());
            async move {
                let person = persons::ensure(&tx, &ctx, &draft).await?;
                let before = tables::account::of_person(&tx, person).await?.map(|row| row.id).filter(|id| *id != account);
                if let Some(before) = before {
                    tables::account::unbind(&tx, person).await?;
                    tables::session::end_of_account(&tx, before).await?;
                    audit::record(&tx, &ctx, audit::Event::new("account.unbind", "account", before).person(person).region(&region)).await?;
                }
                if !tables::account::bind(&tx, account, person, 3, "counter").await? {
                    return Err(Error::stale());
                }
                tables::stored::end(&tx, person).await?;
                tables::account::settle(&tx, person, "moved", ctx.now()).await?;
                audit::record(&tx, &ctx, audit::Event::new("account.vouch", "account", account).person(person).region(&region)).await?;
                Ok(person)
            }
        })
        .await
}
