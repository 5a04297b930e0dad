//! Authorisation next to the data: nothing is allowed unless a grant says so (region ∧ organisation ∧ item).

use kernel::{Issue, RegionCode};

use crate::{Actor, Ctx, Error, Grant, OrgId, Result, Role, regions};

/// Where an action takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The region that the thing belongs to.
    pub region: RegionCode,
    /// The organisation that it belongs to, if any.
    pub org: Option<OrgId>,
    /// The basic code (基本编码) of the item that it is about, if any.
    pub item: Option<String>,
}

impl Scope {
    /// A region, whatever the organisation or item.
    pub fn region(region: RegionCode) -> Self {
        Self { region, org: None, item: None }
    }

    /// The same, for one organisation.
    pub fn org(mut self, org: OrgId) -> Self {
        self.org = Some(org);
        self
    }

    /// The same, for one item.
    pub fn item(mut self, basic_code: impl Into<String>) -> Self {
        self.item = Some(basic_code.into());
        self
    }
}

fn covers(grant: &Grant, roles: &[Role], scope: &Scope, now: kernel::Instant) -> bool {
    roles.contains(&grant.role)
        && grant.until.is_none_or(|until| now < until)
        && grant.org.is_none_or(|org| scope.org == Some(org))
        && grant.item.as_ref().is_none_or(|item| scope.item.as_ref() == Some(item))
}

impl Ctx {
    /// Lets the action pass if the actor holds one of `roles` for a region that contains `scope.region`, and for its organisation and item.
    /// Jobs pass: what they may do is written in the job.
    ///
    /// # Errors
    /// [`Error::SignIn`] for visitors, [`Error::Denied`] with `E-P805` for everybody else.
    pub async fn require(&self, roles: &[Role], scope: &Scope) -> Result<()> {
        match self.actor() {
            Actor::System { .. } => return Ok(()),
            Actor::Anonymous => return Err(Error::SignIn),
            Actor::Citizen(_) | Actor::Staff(_) | Actor::Program(_) => {}
        }
        for grant in self.actor().grants().iter().filter(|grant| covers(grant, roles, scope, self.now())) {
            if grant.region == scope.region || regions::contains(self.db(), &grant.region, &scope.region).await? {
                return Ok(());
            }
        }
        Err(Error::Denied(
            Issue::error(
                "E-P805",
                format!("无权访问{}的数据", scope.region.as_str()),
                format!("No right to data of {}", scope.region.as_str()),
            )
            .param("area", scope.region.as_str()),
        ))
    }

    /// The same for actions that belong to no region: any grant of the role will do.
    pub fn require_role(&self, roles: &[Role]) -> Result<()> {
        match self.actor() {
            Actor::System { .. } => Ok(()),
            Actor::Anonymous => Err(Error::SignIn),
            actor => {
                let held = actor.grants().iter().any(|g| roles.contains(&g.role) && g.until.is_none_or(|until| self.now() < until));
                if held {
                    return Ok(());
                }
                Err(Error::Denied(Issue::error("E-P805", "您没有办理此事的权限", "You have no right to do this")))
            }
        }
    }

    /// The roles that the actor holds for this region, organisation and item: what tables of actions are asked with.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn roles_in(&self, scope: &Scope) -> Result<Vec<Role>> {
        self.roles_of(self.actor().grants(), scope).await
    }

    /// The same for grants of somebody else, for whom the actor stands in.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn roles_of(&self, grants: &[Grant], scope: &Scope) -> Result<Vec<Role>> {
        let mut roles = Vec::new();
        for grant in grants {
            if covers(grant, &[grant.role], scope, self.now()) && (grant.region == scope.region || regions::contains(self.db(), &grant.region, &scope.region).await?) {
                roles.push(grant.role);
            }
        }
        roles.sort_unstable();
        roles.dedup();
        Ok(roles)
    }

    /// Roots of the regions in which the actor holds one of `roles`, for the `region_closure` join of a list. Empty means: sees nothing.
    pub fn regions_of(&self, roles: &[Role]) -> Vec<RegionCode> {
        let now = self.now();
        let mut regions: Vec<RegionCode> = self
            .actor()
            .grants()
            .iter()
            .filter(|g| roles.contains(&g.role) && g.until.is_none_or(|until| now < until))
            .map(|g| g.region)
            .collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{StaffActor, testing};
    use kernel::Instant;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).expect("a region code")
    }

    fn staff(grants: Vec<Grant>) -> Actor {
        Actor::Staff(StaffActor {
            id: kernel::Id::new(1, [1; 10]),
            name: "张测试".to_owned(),
            org: kernel::Id::new(1, [2; 10]),
            region: code("990100"),
            grants,
            token: None,
        })
    }

    fn clerk(region: &str) -> Grant {
        Grant { role: Role::Clerk, org: None, region: code(region), item: None, until: None }
    }

    store::db_test!(a_grant_covers_its_region_and_below_and_nothing_else, |db| async move {
        let p = testing::platform(db);
        testing::regions(&p).await.expect("regions");
        let ctx = p.as_actor(staff(vec![clerk("990100")]));
        for (region, allowed) in [("990100", true), ("990102", true), ("990181", true), ("990000", false), ("990200", false), ("980102", false)] {
            let outcome = ctx.require(&[Role::Clerk], &Scope::region(code(region))).await;
            assert_eq!(outcome.is_ok(), allowed, "{region}");
            if let Err(error) = outcome {
                assert!(error.has_code("E-P805"));
            }
        }
        assert!(ctx.require(&[Role::Registrar], &Scope::region(code("990102"))).await.is_err());
    });

    store::db_test!(a_grant_for_an_item_or_organisation_covers_no_other, |db| async move {
        let p = testing::platform(db);
        testing::regions(&p).await.expect("regions");
        let here: OrgId = kernel::Id::new(1, [3; 10]);
        let mut grant = clerk("990102");
        grant.item = Some("000711001001".to_owned());
        grant.org = Some(here);
        let ctx = p.as_actor(staff(vec![grant]));
        let scope = Scope::region(code("990102"));
        assert!(ctx.require(&[Role::Clerk], &scope.clone().org(here).item("000711001001")).await.is_ok());
        assert!(ctx.require(&[Role::Clerk], &scope.clone().org(here).item("000711001003")).await.is_err());
        assert!(ctx.require(&[Role::Clerk], &scope.clone().item("000711001001")).await.is_err());
        assert!(ctx.require(&[Role::Clerk], &scope).await.is_err());
    });

    store::db_test!(a_grant_ends_by_the_clock, |db| async move {
        let p = testing::platform(db);
        testing::regions(&p).await.expect("regions");
        let mut grant = clerk("990102");
        let end = Instant::at(kernel::Day::ymd(2026, 8, 1), 0);
        grant.until = Some(end);
        p.set_now(end.plus_secs(-1));
        assert!(p.as_actor(staff(vec![grant.clone()])).require_role(&[Role::Clerk]).is_ok());
        p.set_now(end);
        let late = p.as_actor(staff(vec![grant]));
        assert!(late.require_role(&[Role::Clerk]).is_err());
        assert!(late.regions_of(&[Role::Clerk]).is_empty());
    });

    store::db_test!(visitors_are_asked_to_sign_in_and_citizens_are_refused, |db| async move {
        let p = testing::platform(db);
        let scope = Scope::region(code("990102"));
        assert!(matches!(p.as_actor(Actor::Anonymous).require(&[Role::Clerk], &scope).await, Err(Error::SignIn)));
        let citizen = crate::CitizenActor { account: kernel::Id::new(1, [4; 10]), person: None, level: 3 };
        assert!(matches!(p.as_actor(Actor::Citizen(citizen)).require(&Role::ALL, &scope).await, Err(Error::Denied(_))));
        assert!(p.system().require(&[Role::Clerk], &scope).await.is_ok());
    });
}
