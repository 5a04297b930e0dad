//! A program reads licences of a holder: with his consent, or under a mandate by law (P5-5).

use platform::{Ctx, PersonId, Result, audit};

use crate::model::{EntryId, Held, HolderKind};
use crate::ops::right::Claim;
use crate::store::{entry, uses};
use crate::{hashes, issues};

/// What a program asks.
#[derive(Clone, Debug)]
pub struct Share {
    /// Kind of the holder's number.
    pub holder_kind: HolderKind,
    /// The holder's number, whole.
    pub holder_no: String,
    /// Type of licence.
    pub type_code: String,
    /// 事项: the item for which it is needed.
    pub item: String,
    /// 事由: why.
    pub cause: String,
    /// The code that the holder gave; empty under a mandate.
    pub consent: String,
}

/// The catalogue entries of one type that this program may read: no face, no file, no use log.
///
/// # Errors
/// `Denied` for anybody but a program; E-P507 without item or cause; E-P503 when there is no mandate and the code is missing, used, over,
/// for another type or from somebody else. Every attempt is logged.
pub async fn share(ctx: &Ctx, asked: &Share) -> Result<Vec<Held>> {
    let claim = Claim::new(ctx, &asked.item, &asked.cause, &asked.consent)?;
    let reading = Reading { claim, holder_hash: hashes::holder(ctx.keys(), asked.holder_kind, &asked.holder_no), type_code: asked.type_code.clone() };
    let found = ctx
        .db()
        .write(|tx| {
            let (ctx, reading) = (ctx.clone(), reading.clone());
            async move { read(&tx, &ctx, reading).await }
        })
        .await?;
    found.ok_or_else(|| issues::consent_missing().into())
}

#[derive(Clone)]
struct Reading {
    claim: Claim,
    holder_hash: Vec<u8>,
    type_code: String,
}

/// Settles the claim and reads, or notes the refusal: either way something is committed.
async fn read(tx: &store::Tx, ctx: &Ctx, reading: Reading) -> Result<Option<Vec<Held>>> {
    let right = reading.claim.settle(tx, ctx, &reading.type_code).await?;
    let entries = entry::of_holder(tx, reading.holder_hash, &reading.type_code, ctx.today()).await?;
    let right = right.filter(|right| entries.iter().all(|(person, _)| right.covers(*person)));
    let (result, basis) = right.map_or(("denied", String::new()), |right| ("shared", right.basis()));
    let person: Option<PersonId> = entries.first().and_then(|(person, _)| *person);
    let newest: Option<EntryId> = entries.first().map(|(_, held)| held.id);
    let mut used = reading.claim.row;
    used.basis.clone_from(&basis);
    let event = audit::Event::new("licence.share", "licence_type", &reading.type_code)
        .person(person)
        .reason(&used.cause)
        .detail(serde_json::json!({ "item": used.item, "result": result, "basis": basis }));
    uses::insert(tx, newest, ctx.now(), used, result).await?;
    audit::record(tx, ctx, event).await?;
    Ok((result == "shared").then(|| entries.into_iter().map(|(_, held)| held).collect()))
}

#[cfg(test)]
mod tests {
    use platform::{Actor, Error, Role};

    use super::*;
    use crate::model::{DIVORCE, MARRIAGE};
    use crate::ops::testing::{marriage, world};
    use crate::ops::{NewMandate, end_mandate, give_consent, give_mandate, mandates, mine};

    fn ask(consent: &str) -> Share {
        Share {
            holder_kind: HolderKind::IdCard,
            holder_no: "990101200405200017".into(),
            type_code: MARRIAGE.into(),
            item: "住房公积金提取".into(),
            cause: "核验婚姻状况".into(),
            consent: consent.into(),
        }
    }

    store::db_test!(p5_5_a_program_needs_item_cause_and_an_unused_consent_of_the_holder, |db| async move {
        let world = world(db).await;
        let (me, other) = (world.person(), world.person());
        let mut new = marriage("J990101-2026-000001", "990101200405200017");
        new.holder.person = Some(me);
        world.issue(new).await.expect("issued");
        let bank = world.program("公积金中心");
        let mut silent = ask("x");
        silent.cause = "  ".into();
        assert!(share(&bank, &silent).await.expect_err("no cause").has_code("E-P507"));
        assert!(share(&bank, &ask("")).await.expect_err("no consent").has_code("E-P503"));
        let code = give_consent(&world.citizen(me, 2), MARRIAGE).await.expect("given").code;
        let found = share(&bank, &ask(&code)).await.expect("with consent");
        assert_eq!(found.iter().map(|held| held.number.as_str()).collect::<Vec<_>>(), ["J990101-2026-000001"]);
        assert!(share(&bank, &ask(&code)).await.expect_err("used twice").has_code("E-P503"));
        let wrong_type = give_consent(&world.citizen(me, 2), DIVORCE).await.expect("given").code;
        assert!(share(&bank, &ask(&wrong_type)).await.expect_err("another type").has_code("E-P503"));
        let not_his = give_consent(&world.citizen(other, 2), MARRIAGE).await.expect("given").code;
        assert!(share(&bank, &ask(&not_his)).await.expect_err("somebody else's consent").has_code("E-P503"));
        let late = give_consent(&world.citizen(me, 2), MARRIAGE).await.expect("given");
        world.platform.set_now(late.ends_at);
        assert!(share(&world.program("公积金中心"), &ask(&late.code)).await.expect_err("five minutes over").has_code("E-P503"));
        assert!(matches!(share(&world.citizen(me, 3), &ask("")).await, Err(Error::Denied(_))));
        assert!(matches!(share(&world.ctx, &ask("")).await, Err(Error::SignIn)));
        // P5-12: the holder sees each attempt with name, item and cause.
        let uses = mine(&world.citizen(me, 2)).await.expect("listed").remove(0).uses;
        assert_eq!(uses.iter().filter(|used| used.result == "shared").count(), 1);
        assert_eq!(uses.iter().filter(|used| used.result == "denied").count(), 5);
        assert!(uses.iter().all(|used| used.actor_name == "公积金中心" && used.cause == "核验婚姻状况"));
    });

    store::db_test!(p5_5_a_mandate_by_law_needs_no_consent_and_reaches_one_type, |db| async move {
        let world = world(db).await;
        let me = world.person();
        let mut new = marriage("J990101-2026-000001", "990101200405200017");
        new.holder.person = Some(me);
        world.issue(new).await.expect("issued");
        let court = world.program("法院");
        let Actor::Program(program) = court.actor().clone() else { panic!("a program") };
        let guard = world.with_role(Role::SecurityAdmin);
        let wanted = NewMandate { token: program.token, program: "法院".into(), type_code: MARRIAGE.into(), law: String::new() };
        assert!(give_mandate(&guard, &wanted).await.expect_err("no law").has_code("E-P508"));
        assert!(matches!(give_mandate(&court, &wanted).await, Err(Error::Denied(_))));
        let wanted = NewMandate { law: "民事诉讼法第七十条".into(), ..wanted };
        let id = give_mandate(&guard, &wanted).await.expect("given");
        assert!(matches!(give_mandate(&guard, &wanted).await, Err(Error::Stale(_))));
        assert_eq!(share(&court, &ask("")).await.expect("by law").len(), 1);
        assert!(share(&court, &Share { type_code: DIVORCE.into(), ..ask("") }).await.expect_err("another type").has_code("E-P503"));
        assert!(share(&world.program("公积金中心"), &ask("")).await.expect_err("another program").has_code("E-P503"));
        assert!(share(&court, &ask("123412341234")).await.expect_err("a code that is sent has to be right").has_code("E-P503"));
        let uses = mine(&world.citizen(me, 2)).await.expect("listed").remove(0).uses;
        assert!(uses.iter().any(|used| used.result == "shared" && used.basis == "民事诉讼法第七十条"), "P5-12: the holder sees the law");
        assert_eq!(mandates(&guard).await.expect("listed").len(), 1);
        end_mandate(&guard, id).await.expect("ended");
        assert!(share(&court, &ask("")).await.expect_err("no mandate any more").has_code("E-P503"));
    });
}
