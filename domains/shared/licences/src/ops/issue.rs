//! Issues a licence, and a new version in place of an old one. Part of the transaction of the act that causes it.

use kernel::LicenceId;
use platform::{Ctx, Error, Result, audit, outbox};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::model::{EntryId, Holder, New, State};
use crate::ops::report;
use crate::store::entry::{self, NewEntry};
use crate::token::Secret;
use crate::{hashes, issues};

/// Ids and random numbers of one licence, drawn before the transaction, whose body may run twice.
#[derive(Clone, Debug)]
pub struct Drawn {
    id: EntryId,
    token: Secret,
}

impl Drawn {
    /// Draws them.
    pub fn new(ctx: &Ctx) -> Drawn {
        Drawn { id: ctx.id(), token: Secret::new(ctx.random()) }
    }

    /// The entry that will be.
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The token, to play the QR symbol's reader.
    #[cfg(test)]
    pub(crate) fn token(&self) -> String {
        self.token.to_string()
    }
}

/// What the handler of `licence.make` is told. The token travels only here: the outbox seals it, the catalogue keeps its hash.
#[derive(Serialize, Deserialize)]
pub(crate) struct MakePayload {
    pub(crate) id: EntryId,
    pub(crate) token: String,
}

/// Issues a licence: it is in force when the transaction commits; its file follows from the outbox.
///
/// The caller has authorised the act that the licence is a result of, and passes its decided case as the source.
///
/// # Errors
/// E-P502 when one of the same type, issuer and number is in force for this holder.
pub async fn issue(tx: &Tx, ctx: &Ctx, drawn: &Drawn, new: &New) -> Result<EntryId> {
    write(tx, ctx, drawn, new, drawn.id.to_string().to_ascii_uppercase(), 1).await?;
    record(tx, ctx, "licence.issue", drawn.id, new, serde_json::json!({ "type": new.type_code, "version": 1 })).await
}

/// Issues the next version in place of `old`, which turns 04 in the same transaction (P5-3): a correction, a re-issue.
///
/// # Errors
/// `Stale` when the old one is not in force any more; E-P502 as [`issue`].
pub async fn supersede(tx: &Tx, ctx: &Ctx, drawn: &Drawn, old: EntryId, new: &New) -> Result<EntryId> {
    let ended = entry::end(tx, old, State::Superseded, ctx.today(), None).await?.ok_or_else(Error::stale)?;
    if ended.type_code != new.type_code {
        return Err(Error::internal("a new version is of the type of the old one"));
    }
    report::due(tx, ctx, old, State::Superseded).await?;
    let version = ended.version + 1;
    write(tx, ctx, drawn, new, ended.serial, version).await?;
    entry::link(tx, old, drawn.id).await?;
    let detail = serde_json::json!({ "type": new.type_code, "version": version, "before": old.to_string() });
    record(tx, ctx, "licence.supersede", drawn.id, new, detail).await
}

async fn write(tx: &Tx, ctx: &Ctx, drawn: &Drawn, new: &New, serial: String, version: i64) -> Result<()> {
    let (keys, id) = (ctx.keys(), drawn.id);
    let in_range = u16::try_from(version).map_err(Error::internal)?;
    let identifier = LicenceId::new(&new.type_code, &new.issuer.code, &serial, in_range)
        .ok_or_else(|| Error::internal("no identifier for this type, serial and version"))?;
    let mut face = new.face.clone();
    face.identifier = identifier.to_string();
    let sealed = |column: &str, value: &str| keys.seal_text("lic", column, &id.to_vec(), value);
    let row = NewEntry {
        id,
        type_code: new.type_code.to_string(),
        number: new.number.clone(),
        holder_hash: hashes::holder(keys, new.holder.kind, &new.holder.number),
        holder_person: new.holder.person,
        holder: sealed("holder", &json::<Holder>(&new.holder)?),
        issuer_code: new.issuer.code.as_str().to_owned(),
        issuer_name: new.issuer.name.clone(),
        region: new.issuer.region.as_str().to_owned(),
        issued_on: new.issued_on,
        issued_at: ctx.now(),
        valid_to: new.valid_to,
        serial,
        version,
        source_kind: new.source.kind,
        source_ref: new.source.reference.clone(),
        check_hash: hashes::elements(keys, &new.number, &new.holder.number, new.issued_on),
        token_hash: hashes::secret(keys, "licence token", &drawn.token),
        face: sealed("face", &json(&face)?),
        template: new.template.to_owned(),
        photo: new.photo.as_ref().map(|photo| photo.as_str().to_owned()),
        identifier,
    };
    for ended in entry::expire_number(tx, &new.type_code, &new.number, ctx.today()).await? {
        report::due(tx, ctx, ended, State::Expired).await?;
    }
    if !entry::insert(tx, row).await? {
        return Err(issues::already_in_force(&new.number).into());
    }
    report::await_file(tx, ctx, id).await?;
    let payload = MakePayload { id, token: drawn.token.to_string() };
    outbox::put(tx, ctx, outbox::Message::of("licence.make", id.to_string(), &payload)).await
}

async fn record(tx: &Tx, ctx: &Ctx, action: &'static str, id: EntryId, new: &New, detail: serde_json::Value) -> Result<EntryId> {
    let event = audit::Event::new(action, "licence", id).person(new.holder.person).region(&new.issuer.region).detail(detail);
    audit::record(tx, ctx, event).await?;
    Ok(id)
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{marriage, world};
    use kernel::Day;

    store::db_test!(p5_2_one_number_is_in_force_once_a_holder, |db| async move {
        let world = world(db).await;
        let first = world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        let again = world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect_err("twice");
        assert!(again.has_code("E-P502"), "{again}");
        // Both booklets of a couple share the number: another holder is no obstacle.
        world.issue(marriage("J990101-2026-000001", "990101200603110020")).await.expect("the other booklet");
        world.end(first).await;
        world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("after the first has ended");
    });

    store::db_test!(p5_2_the_database_refuses_the_second_of_two_at_once, |db| async move {
        let world = world(db).await;
        let tries = (0..8).map(|_| world.issue(marriage("J990101-2026-000002", "990101200405200017")));
        let mut done = 0;
        for outcome in futures(tries).await {
            match outcome {
                Ok(_) => done += 1,
                Err(error) => assert!(error.has_code("E-P502"), "{error}"),
            }
        }
        assert_eq!(done, 1);
    });

    store::db_test!(p5_3_a_new_version_ends_the_old_one_in_the_same_transaction, |db| async move {
        let world = world(db).await;
        let old = world.issue(marriage("J990101-2026-000003", "990101200405200017")).await.expect("issued");
        let new = world.supersede(old, marriage("J990101-2026-000003", "990101200405200017")).await.expect("next version");
        let (before, after) = (world.row(old).await, world.row(new).await);
        assert_eq!((before.state.as_str(), before.in_force), ("04", false));
        assert_eq!((after.state.as_str(), after.in_force, after.version), ("make", true, 2));
        assert_eq!(before.serial, after.serial);
        assert!(after.identifier.contains(".002."), "{}", after.identifier);
        let stale = world.supersede(old, marriage("J990101-2026-000003", "990101200405200017")).await.expect_err("old already");
        assert!(matches!(stale, Error::Stale(_)), "{stale}");
        // A failing new version leaves the old one as it was.
        let taken = world.issue(marriage("J990101-2026-000004", "990101200405200017")).await.expect("another");
        world.supersede(new, marriage("J990101-2026-000004", "990101200405200017")).await.expect_err("the number is taken");
        assert!(world.row(new).await.in_force && world.row(taken).await.in_force);
    });

    store::db_test!(p5_2_an_expired_one_gives_way_though_no_job_has_run, |db| async move {
        let world = world(db).await;
        let mut short = marriage("K-1", "990101200405200017");
        short.valid_to = Some(Day::ymd(2026, 6, 30));
        let old = world.issue(short.clone()).await.expect("issued");
        assert!(world.row(old).await.in_force, "nobody has looked yet");
        short.valid_to = Some(Day::ymd(2027, 6, 30));
        world.issue(short).await.expect("the old one is past its last day");
        assert_eq!(world.row(old).await.state, "03");
    });

    async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
        let mut waiting: Vec<_> = all.map(Box::pin).collect();
        let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
        std::future::poll_fn(|cx| {
            for (future, slot) in waiting.iter_mut().zip(&mut done) {
                if slot.is_none()
                    && let std::task::Poll::Ready(value) = future.as_mut().poll(cx)
                {
                    *slot = Some(value);
                }
            }
            if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        done.into_iter().flatten().collect()
    }
}
