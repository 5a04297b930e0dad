//! What is loaded before a transaction: the matter, the item's version, the calendar; and a case as it is inside it.

use std::sync::Arc;

use catalog::model::{Elements, Limit, Separation};
use kernel::{Calendar, Period, Text};
use platform::{Ctx, Error, Result, Scope, calendars};
use ::store::Target;

use crate::CaseId;
use crate::clock::{Ends, General};
use crate::fold::{CaseState, fold};
use crate::matters::{Asked, Matter, matter};
use crate::form;
use crate::model::{Answers, CaseHead, Event};
use crate::store::{action, cases, data};

/// What does not change while a transaction runs.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) matter: Arc<Matter>,
    pub(crate) item: Option<Arc<catalog::Version>>,
    pub(crate) calendar: Arc<Calendar>,
}

impl Setting {
    /// For a case that there is.
    pub(crate) async fn of(ctx: &Ctx, head: &CaseHead) -> Result<Self> {
        let item = match head.item_version {
            Some(version) => Some(Arc::new(catalog::ops::find_version(ctx, version).await?)),
            None => None,
        };
        Ok(Self { matter: matter(ctx, &head.case_type)?, item, calendar: Arc::new(calendars::current(ctx.db()).await?) })
    }

    /// For a case that is to be.
    pub(crate) async fn new(ctx: &Ctx, matter: Arc<Matter>, item: catalog::Version) -> Result<Self> {
        Ok(Self { matter, item: Some(Arc::new(item)), calendar: Arc::new(calendars::current(ctx.db()).await?) })
    }

    pub(crate) fn elements(&self) -> Option<&Elements> {
        self.item.as_deref().map(|version| &version.elements)
    }

    /// The body behind the item; `None` for a case without one.
    pub(crate) async fn asked(&self, ctx: &Ctx) -> Result<Option<Asked>> {
        let Some(body) = self.elements().and_then(|elements| elements.body.as_ref()) else { return Ok(None) };
        let known = platform::regions::organisation_by_uscc(ctx.db(), &body.uscc).await?;
        let org = known.ok_or_else(|| Error::internal("an item of an unknown body"))?;
        Ok(Some(Asked { org: org.id, region: org.region }))
    }

    pub(crate) fn separation(&self) -> Separation {
        self.elements().map_or(Separation::AcceptorDecider, |elements| elements.house.separation)
    }

    pub(crate) fn item_name(&self) -> &Text {
        self.elements().map_or(&self.matter.case_type.name, |elements| &elements.name)
    }

    pub(crate) fn ends(&self, state: &CaseState) -> Ends {
        Ends::count(state, &self.matter.life, General::carried(), &self.calendar)
    }

    /// The case as it is, folded from its log.
    pub(crate) async fn load<'t>(&self, on: impl Into<Target<'t>> + Send, ctx: &Ctx, case: CaseId) -> Result<Loaded> {
        let on = on.into();
        let head = cases::by_id(on, ctx, case).await?;
        let log = action::events(on, case).await?;
        let state = fold(&self.matter.life, &log).map_err(|issue| Error::internal(format!("the log of case {} does not fold: {issue}", head.case_no)))?;
        let legal = self.legal(on, ctx, case).await?;
        Ok(Loaded { head, log, state, legal })
    }

    /// What the law leaves for the decision: of the situation in which the answers are, else of the item.
    async fn legal(&self, on: Target<'_>, ctx: &Ctx, case: CaseId) -> Result<Option<Period>> {
        let limits = &self.matter.case_type.limits;
        let answers = if limits.is_empty() { Answers::new() } else { data::newest(on, ctx, case).await?.1 };
        let situation = limits.iter().find(|limit| form::holds(&limit.when, &answers)).map(|limit| &limit.limit);
        Ok(situation.or(self.elements().map(|elements| &elements.legal_limit)).and_then(Limit::period))
    }
}

/// A case with its log and what it folds to.
#[derive(Clone)]
pub(crate) struct Loaded {
    pub(crate) head: CaseHead,
    pub(crate) log: Vec<Event>,
    pub(crate) state: CaseState,
    /// What the law leaves for the decision, counted from the day of acceptance.
    pub(crate) legal: Option<Period>,
}

impl CaseHead {
    /// What actions on the case are authorised against.
    pub(crate) fn scope(&self) -> Scope {
        Scope::region(self.region).org(self.org).item(self.item_code.clone())
    }
}
