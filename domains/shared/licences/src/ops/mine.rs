//! The holder's own licences, and who used them.

use platform::{Ctx, Error, Result};

use crate::model::Held;
use crate::store::{entry, uses};

/// The signed-in person's licences, newest first, each with its newest uses (P5-10: to nobody else; P5-12).
///
/// # Errors
/// `SignIn`. An account without a person behind it has none.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Held>> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    let Some(person) = citizen.person else { return Ok(Vec::new()) };
    let mut all = entry::held_by(ctx.db(), person, ctx.today()).await?;
    for held in &mut all {
        held.uses = uses::of(ctx.db(), held.id).await?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{State, Way};
    use crate::ops::testing::{marriage, world};
    use crate::ops::{Checks, Elements};

    store::db_test!(p5_10_lists_to_the_holder_alone_and_p5_12_shows_who_used_it, |db| async move {
        let world = world(db).await;
        let me = world.person();
        let mut new = marriage("J990101-2026-000001", "990101200405200017");
        new.holder.person = Some(me);
        world.issue(new).await.expect("issued");
        let asked = Elements {
            number: "J990101-2026-000001".into(),
            holder_no: "990101200405200017".into(),
            issued_on: "2026-07-01".into(),
        };
        Checks::default().by_elements(&world.ctx, &asked).await.expect("asked");
        let list = mine(&world.citizen(me, 2)).await.expect("listed");
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].state, list[0].number.as_str()), (State::ToMake, "J990101-2026-000001"));
        assert_eq!(list[0].uses.iter().map(|used| (used.way, used.result.as_str())).collect::<Vec<_>>(), [(Way::Elements, "valid")]);
        assert!(mine(&world.citizen(world.person(), 3)).await.expect("listed").is_empty(), "somebody else");
        assert!(matches!(mine(&world.ctx).await, Err(Error::SignIn)));
    });
}
