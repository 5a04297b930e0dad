//! A program reads licences of a holder, with his consent (P5-5).

use kernel::{Issue, Issues};
use platform::{Actor, Ctx, Error, PersonId, ProgramActor, Result, audit};

use crate::model::{EntryId, Held, HolderKind, Way};
use crate::store::uses::{self, NewUse};
use crate::store::{consent, entry};
use crate::token::Secret;
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
    /// The code that the holder gave.
    pub consent: String,
}

/// The catalogue entries of one type that the holder let this program read: no face, no file, no use log.
///
/// # Errors
/// `Denied` for anybody but a program; E-P507 without item or cause; E-P503 when the code is missing, used, over, for another
/// type or from somebody else. Every attempt is logged.
pub async fn share(ctx: &Ctx, asked: &Share) -> Result<Vec<Held>> {
    let Actor::Program(program) = ctx.actor() else {
        let issue = Issue::error("E-P805", "此接口只供已登记的系统调用", "For registered programs only");
        return Err(if matches!(ctx.actor(), Actor::Anonymous) { Error::SignIn } else { Error::Denied(issue) });
    };
    let mut found = Issues::default();
    for (field, value) in [("item", &asked.item), ("cause", &asked.cause)] {
        found.ensure(!kernel::text::line(value).is_empty(), || issues::cause_missing(field));
    }
    found.finish()?;
    let secret: Secret = asked.consent.parse().unwrap_or_else(|_| Secret::new(ctx.random()));
    let code_hash = hashes::secret(ctx.keys(), "licence consent", &secret);
    let holder_hash = hashes::holder(ctx.keys(), asked.holder_kind, &asked.holder_no);
    let reading = Reading { row: new_use(ctx, program, asked), code_hash, holder_hash, type_code: asked.type_code.clone() };
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
    row: NewUse,
    code_hash: Vec<u8>,
    holder_hash: Vec<u8>,
    type_code: String,
}

/// Uses the code up and reads, or notes the refusal: either way something is committed.
async fn read(tx: &store::Tx, ctx: &Ctx, reading: Reading) -> Result<Option<Vec<Held>>> {
    let consenting = consent::redeem(tx, reading.code_hash, &reading.type_code, ctx.now()).await?;
    let entries = entry::of_holder(tx, reading.holder_hash, &reading.type_code, ctx.today()).await?;
    let allowed = consenting.is_some() && entries.iter().all(|(person, _)| *person == consenting);
    let result = if allowed { "shared" } else { "denied" };
    let person: Option<PersonId> = entries.first().and_then(|(person, _)| *person);
    let newest: Option<EntryId> = entries.first().map(|(_, held)| held.id);
    uses::insert(tx, newest, ctx.now(), reading.row.clone(), result).await?;
    let event = audit::Event::new("licence.share", "licence_type", &reading.type_code)
        .person(person)
        .reason(reading.row.cause)
        .detail(serde_json::json!({ "item": reading.row.item, "result": result }));
    audit::record(tx, ctx, event).await?;
    Ok(allowed.then(|| entries.into_iter().map(|(_, held)| held).collect()))
}

fn new_use(ctx: &Ctx, program: &ProgramActor, asked: &Share) -> NewUse {
    NewUse {
        id: ctx.id(),
        way: Way::Share,
        actor_kind: "program",
        actor_name: program.name.clone(),
        item: kernel::text::line(&asked.item),
        cause: kernel::text::line(&asked.cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DIVORCE, MARRIAGE};
    use crate::ops::testing::{marriage, world};
    use crate::ops::{give_consent, mine};

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
}
