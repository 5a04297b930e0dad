//! Who decides that a marriage is undone (R-MR-43): of most reasons the people's court, to which whoever asks here is sent.

use std::sync::LazyLock;

use kernel::Text;
use platform::{Ctx, Error, Result, Role, Scope, audit};
use serde::Deserialize;

use crate::issues;

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The people's court.
    Court,
    /// The authority that registered it, in a case of its own.
    Authority,
}

/// Why somebody wants a marriage undone.
#[derive(Debug, Clone, Deserialize)]
pub struct Ground {
    /// Its code.
    pub code: String,
    /// In words.
    pub name: Text,
    /// Who decides.
    pub decided_by: DecidedBy,
    /// Basic code of the item, where the authority decides.
    pub item: Option<String>,
    /// Law and article.
    pub law: String,
    /// Until when it has to be brought, where there is a limit.
    pub within: Option<Text>,
}

#[derive(Deserialize)]
struct Table {
    grounds: Vec<Ground>,
}

/// Every reason, in the order of the page.
pub fn grounds() -> &'static [Ground] {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| toml::from_str(include_str!("../../../data/marriage/annulment.toml")).expect("a test reads the file that is carried"));
    &TABLE.grounds
}

/// Answers somebody who asks at the counter that a marriage be undone: with the reason for which the authority has an item. That he asked is
/// recorded, without a name.
///
/// # Errors
/// `MR-E43` where the people's court decides; `MR-E51` for no reason that there is.
pub async fn ask(ctx: &Ctx, code: &str) -> Result<&'static Ground> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    ctx.require(&[Role::Clerk, Role::Registrar, Role::Reviewer], &Scope::region(staff.region).org(staff.org)).await?;
    let ground = grounds().iter().find(|ground| ground.code == code.trim()).ok_or_else(|| issues::missing("ground".to_owned()))?;
    let region = staff.region;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                let event = audit::Event::new("marriage.annulment.ask", "ground", ground.code.clone()).region(&region).reason(ground.name.zh.as_ref());
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    match ground.decided_by {
        DecidedBy::Court => Err(issues::to_the_court(ground).into()),
        DecidedBy::Authority => Ok(ground),
    }
}

#[cfg(test)]
mod tests {
    use casework::life::Who;

    use super::*;
    use crate::court;
    use crate::model::EndKind;
    use crate::states::{StateKind, life};
    use crate::testing::{f1, m1, world};

    #[test]
    fn r_mr_43_no_act_of_anybody_in_any_state_undoes_a_marriage() {
        let undone = [StateKind::Revoked, StateKind::Annulled].map(StateKind::code);
        for state in StateKind::ALL {
            for role in Role::ALL {
                for act in life().actions_for(state.code(), Who::Staff(&[role])) {
                    let ends_in = act.to.iter().chain(&act.or).any(|to| undone.contains(&to.as_str()));
                    assert!(!ends_in, "{role:?} may {} in {}", act.verb, state.code());
                }
            }
        }
    }

    ::store::db_test!(r_mr_43_what_a_court_decides_is_sent_there_and_changes_nothing, |db| async move {
        let world = world(db, 2).await;
        world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        let ctx = world.registrar();
        for ground in grounds() {
            match (ground.decided_by, ask(&ctx, &ground.code).await) {
                (DecidedBy::Court, Err(refused)) => {
                    assert!(refused.has_code("MR-E43"), "{refused:?}");
                    assert!(refused.issues()[0].message.zh.starts_with("该情形应当向人民法院提出"), "{refused:?}");
                }
                (DecidedBy::Authority, Ok(found)) => assert_eq!(found.item.as_deref(), Some("000711003001")),
                (_, other) => panic!("{}: {other:?}", ground.code),
            }
        }
        // Nor does a paper of anybody but a court, whatever it says.
        let staff = ctx.actor().staff().expect("staff").clone();
        for kind in [EndKind::Divorce, EndKind::Death, EndKind::Revoked] {
            let paper = court::Paper {
                doc_no: "（2026）1号".to_owned(),
                court: "某局".to_owned(),
                kind: kind.code().to_owned(),
                effective_on: "2026-05-20".to_owned(),
                one: m1().id_no,
                other: f1().id_no,
                ..court::Paper::default()
            };
            assert!(court::enter(&ctx, staff.region, staff.org, &paper).await.is_err(), "{kind:?}");
        }
        let (state,): (String,) = ::store::q("SELECT state FROM marriage").one(ctx.db()).await.expect("the marriage");
        assert_eq!(state, "valid");
    });
}
