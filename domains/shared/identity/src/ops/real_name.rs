//! The real-name step: name and number, vouched for by a service that the bureau connected (level 2).

use kernel::{DocumentNumber, IdType, Issues, text};
use platform::{AccountId, Ctx, Error, Result, audit};

use super::own_account;
use crate::{PersonDraft, Verdict, Verifier, guard, issues, persons, store as tables};

/// What the citizen says about himself.
#[derive(Clone)]
pub struct RealName {
    /// Full name.
    pub name: String,
    /// Kind of document (GA/T 517); the kind comes from here, never from the digits (C-07).
    pub id_type: String,
    /// Its number.
    pub number: String,
}

enum Bound {
    Yes,
    Disputed,
}

/// Binds the citizen's account to the person behind name and number, at level 2.
///
/// # Errors
/// Refusals of name and number; C-E08 when the verifier says that they differ; E-ID22 when it does not answer; E-ID21 when
/// another account has the number, which opens a dispute and says nothing of whose it is; `E-P808` for a child without the consent of a guardian.
pub async fn real_name(ctx: &Ctx, verifier: &dyn Verifier, input: RealName) -> Result<()> {
    let account = own_account(ctx)?;
    if ctx.actor().citizen().is_some_and(|citizen| citizen.person.is_some()) {
        return Err(issues::already_verified().into());
    }
    let (name, document) = parse(ctx, &input)?;
    super::require_consent(ctx, &document).await?;
    let key = guard::checks().key(ctx, &account.to_string());
    if let Some(wait) = guard::checks().count(ctx, &key).await? {
        return Err(issues::too_many_checks(wait));
    }
    let by = match verifier.verify(&name, &document).await {
        Ok(Verdict::Confirmed { by }) => by,
        Ok(Verdict::Differs) => return Err(issues::name_and_number_differ().into()),
        Ok(Verdict::NotAnswered) => return Err(issues::verifier_silent().into()),
        Err(error) => {
            tracing::warn!(%error, "the verifier could not be asked");
            return Err(issues::verifier_silent().into());
        }
    };
    let draft = PersonDraft::new(ctx, &name, &document, "CHN", None)?;
    match bind(ctx, account, &draft, &by).await {
        Ok(Bound::Yes) => Ok(()),
        Ok(Bound::Disputed) => Err(issues::needs_counter().into()),
        // Another account bound the same person at the same moment.
        Err(Error::Store(error)) if error.unique_on() == Some("account_person") => Err(issues::needs_counter().into()),
        Err(error) => Err(error),
    }
}

pub(super) fn parse(ctx: &Ctx, input: &RealName) -> Result<(String, DocumentNumber)> {
    let mut found = Issues::default();
    let name = text::name(&input.name);
    found.ensure(!name.is_empty(), || issues::name_missing("name"));
    let kind = input.id_type.parse::<IdType>().unwrap_or(IdType::RESIDENT);
    let document = found.keep(DocumentNumber::parse(kind, &input.number, ctx.today()));
    found.finish()?;
    Ok((name, document.ok_or_else(|| Error::internal("kept above"))?))
}

async fn bind(ctx: &Ctx, account: AccountId, draft: &PersonDraft, by: &str) -> Result<Bound> {
    let dispute = ctx.id();
    ctx.db()
        .write(|tx| {
            let (ctx, draft, by) = (ctx.clone(), draft.clone(), by.to_owned());
            async move {
                // A person entered under another name is for a clerk to look at, like one who is bound elsewhere.
                let known = tables::person::by_number(&tx, &draft.identifier.hash).await?;
                let person = match known {
                    Some((person, name_hash)) if name_hash == draft.row.name_hash => Some(person),
                    Some((person, _)) => {
                        tables::account::dispute(&tx, dispute, account, person, ctx.now()).await?;
                        None
                    }
                    None => Some(persons::ensure(&tx, &ctx, &draft).await?),
                };
                let Some(person) = person else {
                    audit::record(&tx, &ctx, audit::Event::new("account.dispute", "account", account)).await?;
                    return Ok(Bound::Disputed);
                };
                if tables::account::bind(&tx, account, person, 2, &by).await? {
                    tables::stored::end(&tx, person).await?;
                    let event = audit::Event::new("account.real_name", "account", account).person(person).reason(by);
                    audit::record(&tx, &ctx, event).await?;
                    return Ok(Bound::Yes);
                }
                tables::account::dispute(&tx, dispute, account, person, ctx.now()).await?;
                audit::record(&tx, &ctx, audit::Event::new("account.dispute", "account", account).person(person)).await?;
                Ok::<_, Error>(Bound::Disputed)
            }
        })
        .await
}
