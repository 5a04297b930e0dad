//! Which registers there are to be asked about a marriage: our own, the old files that were entered later, what other bodies told us, and
//! [other instances](partner) of this program, behind the same port.

pub mod partner;

use std::sync::Arc;

use identity::facts::{Answer, NumberHash, PersonFacts};
use kernel::Text;
use platform::ports::BoxFuture;
use platform::{Ctx, Result};

use crate::deaths;
use crate::store::{backfacts, register};

/// A marriage that a register says stands: the number by which it is found there, empty where it has none.
pub type Standing = String;

/// About whom registers are asked, for what and for which matter.
#[derive(Clone)]
pub struct Inquiry {
    /// Kind of the person's document (GA/T 517).
    pub id_type: String,
    /// Its number, as it is looked up.
    pub number: String,
    /// The keyed hash of the number, under which our own tables have it.
    pub hash: NumberHash,
    /// Who issued the document (GB/T 2659).
    pub country: String,
    /// For what.
    pub purpose: String,
    /// Number of the matter.
    pub case_no: String,
}

/// A register of marriages that can be asked about the holder of a number.
pub trait Register: Send + Sync {
    /// Its name.
    fn name(&self) -> Text;

    /// The marriages that stand. A register that fails or does not know has not answered; that is never "none".
    fn standing<'a>(&'a self, ctx: &'a Ctx, about: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>>;
}

/// Some, or none: of a register that always answers.
fn some(found: Vec<Standing>) -> Answer<Vec<Standing>> {
    if found.is_empty() { Answer::None } else { Answer::Yes(found) }
}

/// The register of this program. A marriage that a recorded death has ended does not stand, whether or not that is written down yet.
#[derive(Clone)]
pub struct OwnRegister(pub Arc<dyn PersonFacts>);

impl Register for OwnRegister {
    fn name(&self) -> Text {
        Text::fixed("本机关婚姻登记库", "Our register of marriages")
    }

    fn standing<'a>(&'a self, ctx: &'a Ctx, about: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>> {
        Box::pin(async move {
            let over = deaths::over(ctx, &*self.0, &about.hash).await?;
            let held = register::of_number(ctx.db(), &about.hash).await?.into_iter();
            let stands = |held: &register::Held| held.state == "valid" && !over.iter().any(|(marriage, _)| *marriage == held.id);
            Ok(some(held.filter(stands).map(|held| held.cert_no).collect()))
        })
    }
}

/// The old files. One in which the other's number is missing tells neither that there is a marriage nor that there is none.
#[derive(Clone)]
pub struct OldFiles(pub Arc<dyn PersonFacts>);

impl Register for OldFiles {
    fn name(&self) -> Text {
        Text::fixed("历史档案补录库", "Old files entered later")
    }

    fn standing<'a>(&'a self, ctx: &'a Ctx, about: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>> {
        Box::pin(async move {
            let over = deaths::over(ctx, &*self.0, &about.hash).await?;
            let mut told = backfacts::told_of_number(ctx.db(), &about.hash).await?;
            told.retain(|(id, ..)| !over.iter().any(|(marriage, _)| marriage == id));
            let doubtful = told.iter().any(|(.., binds)| !binds);
            let found: Vec<Standing> = told.into_iter().filter(|(.., binds)| *binds).map(|(_, number, _)| number).collect();
            Ok(if found.is_empty() && doubtful { Answer::NotAnswered } else { some(found) })
        })
    }
}

/// Whatever other bodies hold: our tables of their notices, or their own service.
#[derive(Clone)]
pub struct Elsewhere(pub Arc<dyn PersonFacts>);

impl Register for Elsewhere {
    fn name(&self) -> Text {
        Text::fixed("其他登记机关", "Other registers")
    }

    fn standing<'a>(&'a self, ctx: &'a Ctx, about: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>> {
        Box::pin(async move {
            Ok(match self.0.about(ctx, &about.hash).await?.marriages {
                Answer::Yes(all) | Answer::OnPaper(all) => some(all.into_iter().filter(|one| one.ended_on.is_none()).map(|one| one.cert_no).collect()),
                Answer::None => Answer::None,
                Answer::NotAnswered => Answer::NotAnswered,
            })
        })
    }
}
