//! Reports entries to the catalogue above within 24 hours, by the outbox (P5-8).

use std::sync::Arc;

use kernel::Instant;
use platform::outbox::{self, Handler, admin};
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Result, Role};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::model::{EntryId, Holder, State};
use crate::ports::{Catalogue, Reported};
use crate::store::report as rows;

/// Kind of its messages.
pub(crate) const KIND: &str = "licence.report";
/// How long a report may take after the act (P5-4, P5-8).
const WITHIN_HOURS: i64 = 24;
/// Seconds after the first, second and third failure (scenario P5 10); after the fourth an administrator has to look.
const PAUSES: [i64; 3] = [60, 5 * 60, 30 * 60];

#[derive(Serialize, Deserialize)]
struct Payload {
    id: EntryId,
}

/// From now on the state of this entry waits to be reported.
pub(crate) async fn due(tx: &Tx, ctx: &Ctx, id: EntryId, state: State) -> Result<()> {
    rows::set_due(tx, id, ctx.now().plus_hours(WITHIN_HOURS)).await?;
    outbox::put(tx, ctx, outbox::Message::of(KIND, format!("{id} {}", state.code()), &Payload { id })).await
}

/// The same for an entry whose file is not made yet: its report follows with the file's digest, and counts as late if it does not.
pub(crate) async fn await_file(tx: &Tx, ctx: &Ctx, id: EntryId) -> Result<()> {
    rows::set_due(tx, id, ctx.now().plus_hours(WITHIN_HOURS)).await
}

/// The handler of `licence.report`.
pub(crate) struct Report {
    pub(crate) catalogue: Arc<dyn Catalogue>,
}

impl Handler for Report {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let payload: Payload = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            let temporary = |error: Error| PortError::Temporary(error.to_string());
            let (entry, state) = load(ctx, payload.id).await.map_err(temporary)?;
            self.catalogue.report(&entry).await?;
            // A state that came meanwhile has a message of its own.
            ctx.db().write(|tx| async move { rows::reported(&tx, payload.id, state).await }).await.map_err(temporary)
        })
    }

    fn pauses(&self) -> Option<&'static [i64]> {
        Some(&PAUSES)
    }
}

async fn load(ctx: &Ctx, id: EntryId) -> Result<(Reported, State)> {
    let row = rows::load(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let holder = ctx.keys().open_text("lic", "holder", &id.to_vec(), &row.holder).map_err(Error::internal)?;
    let holder: Holder = serde_json::from_str(&holder).map_err(Error::internal)?;
    let state = State::from_code(&row.state);
    // Our own state before the file is made means nothing to others: the licence is in force.
    let exchanged = if state.in_force() { State::Valid } else { state };
    let entry = Reported {
        identifier: row.identifier,
        type_code: row.type_code,
        type_name: row.type_name,
        number: row.number,
        holder_name: holder.name,
        holder_code: holder.number,
        holder_kind: holder.kind.code(),
        issuer_code: row.issuer_code,
        issuer_name: row.issuer_name,
        region: row.region,
        issued_on: row.issued_on,
        valid_to: row.valid_to,
        version: row.version,
        state: exchanged.code(),
        ended_on: row.ended_on,
        file_sm3: row.file_sm3,
        superseded_by: row.superseded_by,
    };
    Ok((entry, state))
}

/// How far the reports are behind, for the administrator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// Entries whose present state is not yet in the catalogue above; counted up to 1,001.
    pub waiting: i64,
    /// Of them those past their 24 hours.
    pub late: i64,
    /// Since when the oldest has been late.
    pub oldest: Option<Instant>,
    /// Reports that were given up after the last try: each waits for "try again" in the outbox.
    pub given_up: i64,
}

/// The figures of the reports.
///
/// # Errors
/// `Denied` for all but system administrators.
pub async fn reports(ctx: &Ctx) -> Result<Reports> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let (waiting, late, oldest) = rows::figures(ctx.db(), ctx.now()).await?;
    Ok(Reports { waiting, late, oldest, given_up: admin::count_dead(ctx, KIND).await? })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use platform::outbox::Worker;

    use super::*;
    use crate::ops::testing::{PRESS, World, marriage, world};

    /// A catalogue that refuses while told to, and remembers.
    #[derive(Default)]
    struct Above {
        down: Mutex<bool>,
        entries: Mutex<Vec<Reported>>,
    }

    impl Catalogue for Above {
        fn report<'a>(&'a self, entry: &'a Reported) -> BoxFuture<'a, Result<(), PortError>> {
            Box::pin(async move {
                if *self.down.lock().expect("not poisoned") {
                    return Err(PortError::Temporary("502 Bad Gateway".into()));
                }
                self.entries.lock().expect("not poisoned").push(entry.clone());
                Ok(())
            })
        }
    }

    async fn figures(world: &World) -> Reports {
        reports(&world.with_role(Role::SystemAdmin)).await.expect("an administrator")
    }

    store::db_test!(p5_8_is_reported_by_the_outbox_and_tried_after_1_5_and_30_minutes, |db| async move {
        let world = world(db).await;
        let above = Arc::new(Above::default());
        let worker = Worker::new(&[crate::service(PRESS.clone(), above.clone())]);
        let id = world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        assert_eq!(figures(&world).await, Reports { waiting: 1, ..Reports::default() }, "from the issue on");
        *above.down.lock().expect("not poisoned") = true;
        let drain = || async { worker.drain(&world.platform).await.expect("drained") };
        let mut now = world.platform.now();
        for minutes in [1, 5, 30] {
            let failed = drain().await;
            assert_eq!((failed.failed, failed.dead), (1, 0), "before {minutes}");
            world.platform.set_now(now.plus_minutes(minutes).plus_secs(-1));
            assert_eq!(drain().await.failed, 0, "not a second earlier");
            now = now.plus_minutes(minutes);
            world.platform.set_now(now);
        }
        assert_eq!(drain().await.dead, 1, "the fourth failure is the last");
        assert_eq!(figures(&world).await, Reports { waiting: 1, given_up: 1, ..Reports::default() });
        world.platform.set_now(now.plus_hours(25));
        let late = figures(&world).await;
        assert_eq!((late.late, late.given_up), (1, 1), "past 24 hours, whether or not anything has run");

        // The end of the licence is another report, which gets through and carries the newest state.
        *above.down.lock().expect("not poisoned") = false;
        world.end(id).await;
        assert_eq!(drain().await.done, 1);
        let entries = above.entries.lock().expect("not poisoned").clone();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].state, entries[0].holder_code.as_str()), ("08", "990101200405200017"));
        assert!(entries[0].file_sm3.is_some() && entries[0].ended_on.is_some());
        assert_eq!(figures(&world).await, Reports { given_up: 1, ..Reports::default() });
    });
}
