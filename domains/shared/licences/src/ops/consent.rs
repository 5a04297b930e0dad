//! The holder lets somebody read one type of his licences once (P5-5).

use kernel::Instant;
use platform::{Ctx, Error, Result, audit};

use crate::hashes;
use crate::issues;
use crate::store::consent::{self, NewConsent};
use crate::store::entry;
use crate::token::Code;

/// How long a code may be used.
const MINUTES: i64 = 5;

/// A code to show or scan, once.
#[derive(Clone, Debug)]
pub struct Consented {
    /// Twelve digits in groups of four.
    pub code: String,
    /// Name of the type of licence.
    pub type_name: kernel::Text,
    /// It works before this moment.
    pub ends_at: Instant,
}

/// Gives a code for licences of one type: single use, five minutes.
///
/// # Errors
/// `SignIn`; E-P802 without a person behind the account; `NotFound` for an unknown type.
pub async fn give_consent(ctx: &Ctx, type_code: &str) -> Result<Consented> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    let person = citizen.person.ok_or_else(|| Error::Denied(issues::level_too_low()))?;
    let type_name = entry::type_name(ctx.db(), type_code).await?.ok_or(Error::NotFound)?;
    let code = Code::new(ctx.random());
    let ends_at = ctx.now().plus_minutes(MINUTES);
    let row = NewConsent {
        id: ctx.id(),
        code_hash: hashes::code(ctx.keys(), &code),
        person,
        type_code: type_code.to_owned(),
        given_at: ctx.now(),
        ends_at,
    };
    let event = audit::Event::new("licence.consent", "licence_type", type_code).person(person);
    ctx.db()
        .write(|tx| {
            let (ctx, row, event) = (ctx.clone(), row.clone(), event.clone());
            async move {
                if !consent::insert(&tx, row).await? {
                    // Somebody has had these digits before: the next try draws others.
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(Consented { code: code.to_string(), type_name, ends_at })
}
