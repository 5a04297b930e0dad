//! The matters that the services of this program declare, put together once at start.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::{Issue, RegionCode, Text};
use platform::ports::BoxFuture;
use platform::{Ctx, Error, OrgId, Platform, Result};
use ::store::Tx;

use crate::model::{Answers, CaseHead, CaseType, Held, LifeCycle};
use crate::ops::{Act, CaseView};
use crate::validate::{Mistake, check};

/// What data cannot say of a matter. Every answer has a default that does nothing.
pub trait Hooks: Send + Sync {
    /// Checks of the answers beyond those that the form declares; issues name the field.
    fn check<'a>(&'a self, _ctx: &'a Ctx, _asked: &'a Asked, _answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Before a move is made, outside its transaction: what the service's own law asks of it beyond the table.
    fn before<'a>(&'a self, _ctx: &'a Ctx, _case: &'a CaseHead, _answers: &'a Answers, _act: &'a Act) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// What the service's own register says for the fields that are prefilled from it ([`Prefill::Register`](crate::Prefill)), by their key, with
    /// these answers so far; `unit` is the credit code of the organisation that applies, if one does. Whoever asks may see it: a citizen what is
    /// his, a clerk at a counter what is his office's.
    fn known<'a>(&'a self, _ctx: &'a Ctx, _unit: Option<&'a str>, _answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Held>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// What the clerk should know beside the papers: a name and what was found.
    fn facts<'a>(&'a self, _ctx: &'a Ctx, _case: &'a CaseView) -> BoxFuture<'a, Result<Vec<(Text, Text)>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// In the transaction that accepts the case.
    fn on_accept<'a>(&'a self, _tx: &'a Tx, _ctx: &'a Ctx, _case: &'a Decided) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// In the transaction that grants or refuses it: the place for the row of a register.
    fn on_decide<'a>(&'a self, _tx: &'a Tx, _ctx: &'a Ctx, _case: &'a Decided) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// The hooks of a matter that data says all about.
pub struct NoHooks;
impl Hooks for NoHooks {}

/// Who is asked for something: the body behind the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The body.
    pub org: OrgId,
    /// Its division.
    pub region: RegionCode,
}

/// What a hook inside a transaction is told.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The case.
    pub case: crate::CaseId,
    /// Its number.
    pub case_no: String,
    /// The head as it was before.
    pub head: crate::model::CaseHead,
    /// The answers in force.
    pub answers: Answers,
    /// The decision; absent at acceptance.
    pub outcome: Option<crate::model::Outcome>,
}

/// A declaration with its hooks.
#[derive(Clone)]
pub struct Declaration {
    /// The data.
    pub case_type: CaseType,
    /// What data cannot say.
    pub hooks: Arc<dyn Hooks>,
}

impl Declaration {
    /// A matter that data says all about.
    pub fn data(case_type: CaseType) -> Self {
        Self { case_type, hooks: Arc::new(NoHooks) }
    }
}

/// A matter, ready to be worked with.
#[derive(Clone)]
pub struct Matter {
    /// The declaration.
    pub case_type: CaseType,
    /// Its states and moves.
    pub life: LifeCycle,
    /// What data cannot say.
    pub hooks: Arc<dyn Hooks>,
}

impl std::fmt::Debug for Matter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matter").field("key", &self.case_type.key).finish_non_exhaustive()
    }
}

/// All matters, by key.
#[derive(Debug, Default)]
pub struct Matters(BTreeMap<String, Arc<Matter>>);

impl Matters {
    /// Checks every declaration and puts them together.
    ///
    /// # Errors
    /// All mistakes of all declarations, each with its place.
    pub fn new(declarations: Vec<Declaration>) -> Result<Self, Vec<Mistake>> {
        let mistakes = check(&declarations.iter().map(|declaration| &declaration.case_type).collect::<Vec<_>>());
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let matter = |declaration: Declaration| {
            let life = declaration.case_type.life_cycle();
            let key = declaration.case_type.key.clone();
            (key, Arc::new(Matter { case_type: declaration.case_type, life, hooks: declaration.hooks }))
        };
        Ok(Self(declarations.into_iter().map(matter).collect()))
    }

    /// The matter with this key.
    pub fn get(&self, key: &str) -> Option<&Arc<Matter>> {
        self.0.get(key)
    }

    /// All of them, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Matter>> {
        self.0.values()
    }
}

/// Puts the matters of this program in, at start.
///
/// # Errors
/// All mistakes of all declarations: the program does not start.
pub fn install(platform: &Platform, declarations: Vec<Declaration>) -> Result<(), Vec<Mistake>> {
    platform.install(Arc::new(Matters::new(declarations)?));
    Ok(())
}

/// The matters of this program.
///
/// # Errors
/// `Internal` before [`install`].
pub fn matters(ctx: &Ctx) -> Result<Arc<Matters>> {
    ctx.platform().installed::<Matters>().ok_or_else(|| Error::internal("no matters are installed"))
}

/// The matter with this key.
///
/// # Errors
/// `NotFound` for a key that nobody declares.
pub fn matter(ctx: &Ctx, key: &str) -> Result<Arc<Matter>> {
    matters(ctx)?.get(key).cloned().ok_or(Error::NotFound)
}
