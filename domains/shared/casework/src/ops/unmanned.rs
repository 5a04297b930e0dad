//! A step without a person: nobody has a role that could go on with a case. The head of the unit is told, and the page says so.

use identity::colleagues::holders;
use kernel::Text;
use notices::{Notice, To, Topic};
use platform::{Ctx, Result, Role, StaffId};
use ::store::Tx;

use super::setting::{Loaded, Setting};
use crate::model::{CaseHead, LifeCycle};

/// A state in which nobody could go on, found before the transaction that may lead there.
#[derive(Debug, Clone)]
pub(crate) struct Unmanned {
    state: String,
    roles: Vec<Role>,
    heads: Vec<StaffId>,
}

/// The roles of which the case needs one to go on from a state and that nobody has for it; empty if somebody can, or none is needed.
pub(crate) async fn missing(ctx: &Ctx, life: &LifeCycle, head: &CaseHead, state: &str) -> Result<Vec<Role>> {
    let roles = life.who_goes_on(state);
    if roles.is_empty() || !holders(ctx, &roles, &head.region, Some(head.org)).await?.is_empty() {
        return Ok(Vec::new());
    }
    Ok(roles)
}

/// What would be missing after a move.
pub(crate) async fn after(ctx: &Ctx, life: &LifeCycle, head: &CaseHead, verb: &str) -> Result<Option<Unmanned>> {
    let Some(state) = life.find(&head.state, verb).and_then(|mv| mv.to.clone()) else { return Ok(None) };
    let roles = missing(ctx, life, head, &state).await?;
    if roles.is_empty() {
        return Ok(None);
    }
    let heads = holders(ctx, &[Role::Head], &head.region, Some(head.org)).await?.into_iter().map(|head| head.id).collect();
    Ok(Some(Unmanned { state, roles, heads }))
}

/// Tells the head, in the transaction that led there.
pub(crate) async fn tell(tx: &Tx, ctx: &Ctx, setting: &Setting, after: &Loaded, unmanned: Option<&Unmanned>) -> Result<()> {
    let Some(unmanned) = unmanned.filter(|unmanned| unmanned.state == after.state.code) else { return Ok(()) };
    let names = |pick: fn(&Text) -> &str| unmanned.roles.iter().map(|role| pick(&role.name()).to_owned()).collect::<Vec<_>>().join("、");
    let (zh, en) = (names(|name| &name.zh), names(|name| &name.en));
    let (number, item) = (&after.head.case_no, setting.item_name());
    let title = Text::new(format!("办件 {number} 没有人可以继续办理"), format!("Nobody can go on with case {number}"));
    let body = Text::new(
        format!("“{}”已到下一环节，本单位没有人担任：{zh}。请安排人员。", item.zh),
        format!("'{}' has come to its next step, and nobody at this unit has the role {en}. Please appoint somebody.", item.en),
    );
    for head in &unmanned.heads {
        let key = format!("unmanned-{}-{}-{head}", after.head.id, after.state.seq);
        let notice = Notice::new(To::Staff(*head), Topic::Work, key, title.clone(), body.clone()).link(format!("/desk/work/{}", after.head.id));
        notices::tell(tx, ctx, notice).await?;
    }
    Ok(())
}
