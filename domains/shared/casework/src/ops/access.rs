//! Who may see a case, and as whom he acts in it. Somebody else's case does not exist.

use kernel::Text;
use platform::{Actor, Ctx, Error, Result, Role, Scope, StaffId};

use crate::issues;
use crate::matters::Matter;
use crate::model::CaseHead;
use crate::store::{absences, letters};

/// As whom somebody acts in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The applicant or his agent.
    Applicant,
    /// A member of staff, with the roles that he has for the case and, by delegation, those of somebody absent.
    Staff { roles: Vec<Role>, lent: Vec<(StaffId, Role)> },
    /// The program.
    System,
}

impl Standing {
    /// Own and lent roles together.
    pub(crate) fn roles(&self) -> Vec<Role> {
        match self {
            Self::Staff { roles, lent } => roles.iter().copied().chain(lent.iter().map(|(_, role)| *role)).collect(),
            Self::Applicant | Self::System => Vec::new(),
        }
    }

    /// Refuses unless one of these roles is among them.
    ///
    /// # Errors
    /// `E-P805`; `NotFound` for the applicant, for whom the act does not exist.
    pub(crate) fn must(&self, any: &[Role], what: &Text) -> Result<()> {
        match self {
            Self::System => Ok(()),
            Self::Staff { .. } if self.roles().iter().any(|role| any.contains(role)) => Ok(()),
            Self::Staff { .. } => Err(Error::Denied(issues::not_your_move(what))),
            Self::Applicant => Err(Error::NotFound),
        }
    }

    /// For whom the actor stands in, if he may do this only by delegation.
    pub(crate) fn stood_in_for(&self, allowed: impl Fn(Role) -> bool) -> Option<StaffId> {
        match self {
            Self::Staff { roles, lent } if !roles.iter().any(|role| allowed(*role)) => lent.iter().find(|(_, role)| allowed(*role)).map(|(staff, _)| *staff),
            _ => None,
        }
    }
}

/// Roles that may look at every case of their region: they do nothing in it.
const READERS: [Role; 3] = [Role::Supervisor, Role::Leader, Role::Head];

/// As whom the actor acts in this case.
///
/// # Errors
/// `SignIn` for visitors; `NotFound` for citizens whose case it is not; `E-P805` for staff without a role for it.
pub(crate) async fn standing(ctx: &Ctx, matter: &Matter, head: &CaseHead) -> Result<Standing> {
    match ctx.actor() {
        Actor::System { .. } => return Ok(Standing::System),
        Actor::Anonymous => return Err(Error::SignIn),
        Actor::Citizen(_) | Actor::Staff(_) | Actor::Program(_) => {}
    }
    if let Some(citizen) = ctx.actor().citizen() {
        return match citizen.person {
            Some(person) if head.applicant.person == Some(person) => Ok(Standing::Applicant),
            Some(person) if is_agent(ctx, head, person).await? => Ok(Standing::Applicant),
            _ => Err(Error::NotFound),
        };
    }
    let mut of_case = matter.life.roles();
    of_case.extend(READERS);
    let scope = head.scope();
    let roles: Vec<Role> = ctx.roles_in(&scope).await?.into_iter().filter(|role| of_case.contains(role)).collect();
    let mut lent = Vec::new();
    if let Some(staff) = ctx.actor().staff() {
        for absent in absences::stood_in_for(ctx.db(), staff.id, ctx.today()).await? {
            let grants = identity::grants_of(ctx, absent).await?;
            lent.extend(ctx.roles_of(&grants, &scope).await?.into_iter().filter(|role| of_case.contains(role)).map(|role| (absent, role)));
        }
    }
    if roles.is_empty() && lent.is_empty() && !took_in(ctx, head).await? {
        // The one refusal of authorisation, with its code and the region.
        ctx.require(&of_case, &scope).await?;
    }
    Ok(Standing::Staff { roles, lent })
}

/// Whether the actor is a clerk of the counter that took the case in for another body: he sees how far it is, and does nothing in it.
pub(crate) async fn took_in(ctx: &Ctx, head: &CaseHead) -> Result<bool> {
    let Some((region, org)) = head.intake.filter(|(_, org)| ctx.actor().staff().is_some_and(|staff| staff.org == *org)) else { return Ok(false) };
    Ok(ctx.roles_in(&Scope::region(region).org(org).item(head.item_code.clone())).await?.contains(&Role::Clerk))
}

async fn is_agent(ctx: &Ctx, head: &CaseHead, person: platform::PersonId) -> Result<bool> {
    let Some((_, letter)) = head.applicant.agent.filter(|(agent, _)| *agent == person) else { return Ok(false) };
    Ok(letters::by_id(ctx.db(), ctx, letter).await?.is_some_and(|letter| letter.covers(&head.item_code, ctx.today())))
}
