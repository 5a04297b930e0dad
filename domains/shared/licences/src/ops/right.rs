//! By what right a program reads a licence (P5-5): the holder's consent, used up by this read, or a mandate by law.

use kernel::{Issue, Issues, text};
use platform::{Actor, Ctx, Error, PersonId, ProgramActor, Result, TokenId};
use store::Tx;

use crate::model::Way;
use crate::store::uses::NewUse;
use crate::store::{consent, mandate};
use crate::token::Code;
use crate::{hashes, issues};

/// What a program claims, made ready before the transaction.
#[derive(Clone)]
pub(crate) struct Claim {
    token: TokenId,
    /// Hash of the code, where one was sent; one that cannot be read matches nothing.
    code_hash: Option<Vec<u8>>,
    /// How the read will be logged.
    pub(crate) row: NewUse,
}

/// A right that was found.
pub(crate) enum Right {
    /// This person consented.
    Consent(PersonId),
    /// A law, named by the program's mandate.
    Law(String),
}

impl Claim {
    /// Reads who asks, for which item and why.
    ///
    /// # Errors
    /// `SignIn` and `Denied` for anybody but a program; E-P507 at the fields `item` and `cause`.
    pub(crate) fn new(ctx: &Ctx, item: &str, cause: &str, consent: &str) -> Result<Claim> {
        let program = program(ctx)?;
        let (item, cause) = (text::line(item), text::line(cause));
        let mut found = Issues::default();
        for (field, value) in [("item", &item), ("cause", &cause)] {
            found.ensure(!value.is_empty(), || issues::cause_missing(field));
        }
        found.finish()?;
        let unreadable = || Code::new(ctx.random());
        let code_hash = (!consent.trim().is_empty()).then(|| hashes::code(ctx.keys(), &consent.parse().unwrap_or_else(|_| unreadable())));
        let row = NewUse {
            id: ctx.id(),
            way: Way::Share,
            actor_kind: "program",
            actor_name: program.name.clone(),
            item,
            cause,
            basis: String::new(),
        };
        Ok(Claim { token: program.token, code_hash, row })
    }

    /// Uses the code up, or looks for a mandate where none was sent.
    pub(crate) async fn settle(&self, tx: &Tx, ctx: &Ctx, type_code: &str) -> Result<Option<Right>> {
        match &self.code_hash {
            Some(hash) => Ok(consent::redeem(tx, hash.clone(), type_code, ctx.now()).await?.map(Right::Consent)),
            None => Ok(mandate::law(tx, self.token, type_code).await?.map(Right::Law)),
        }
    }
}

impl Right {
    /// Whether it reaches to what this person holds.
    pub(crate) fn covers(&self, holder: Option<PersonId>) -> bool {
        match self {
            Self::Consent(person) => holder == Some(*person),
            Self::Law(_) => true,
        }
    }

    /// As logged.
    pub(crate) fn basis(&self) -> String {
        match self {
            Self::Consent(_) => "consent".to_owned(),
            Self::Law(law) => law.clone(),
        }
    }
}

fn program(ctx: &Ctx) -> Result<&ProgramActor> {
    match ctx.actor() {
        Actor::Program(program) => Ok(program),
        Actor::Anonymous => Err(Error::SignIn),
        _ => Err(Error::Denied(Issue::error("E-P805", "此接口只供已登记的系统调用", "For registered programs only"))),
    }
}
