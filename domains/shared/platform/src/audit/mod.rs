//! The audit trail: who did what to which thing, when and why. Rows are only ever added.
//!
//! Triggers refuse every change. Against somebody who can drop triggers, a job seals what was added, a batch at a time ([`seal`]): each
//! seal covers the rows of a range and the seal before it under a key that is not in the database. [`check`] tells what was changed,
//! removed or put in between. Only the end of the trail can be cut off unseen, and so the [`Head`] goes to the log every day.

mod check;
mod list;
mod seal;

use std::time::Duration;

use kernel::RegionCode;
use store::{Tx, Val, q};

pub use check::{Finding, Report, check};
pub use list::{Entry, Filter, list};
pub use seal::{Head, head, seal};

use crate::{Ctx, Job, PersonId, Result, Service, StaffActor};

/// One entry, made before the transaction that records it.
#[derive(Debug, Clone)]
pub struct Event {
    action: &'static str,
    object_kind: &'static str,
    object_id: String,
    person: Option<PersonId>,
    region: Option<RegionCode>,
    reason: Option<String>,
    detail: serde_json::Value,
}

impl Event {
    /// `action` is `noun.verb`; the object is what was acted upon.
    pub fn new(action: &'static str, object_kind: &'static str, object_id: impl std::fmt::Display) -> Self {
        Self { action, object_kind, object_id: object_id.to_string(), person: None, region: None, reason: None, detail: serde_json::Value::Null }
    }

    /// The same about another object of its kind: where it is known only inside the transaction.
    pub fn object_id(mut self, id: impl std::fmt::Display) -> Self {
        self.object_id = id.to_string();
        self
    }

    /// Whose data this was about; shows up on that person's "my data" page.
    pub fn person(mut self, person: impl Into<Option<PersonId>>) -> Self {
        self.person = person.into();
        self
    }

    /// Where it took place.
    pub fn region(mut self, region: &RegionCode) -> Self {
        self.region = Some(*region);
        self
    }

    /// The reason or purpose that was given.
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// What else is worth keeping (states before and after, counts). Never an ID number or a name in clear.
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Adds the entry in the transaction of the change that it tells of. One transaction may record several.
pub async fn record(tx: &Tx, ctx: &Ctx, event: Event) -> Result<()> {
    record_all(tx, ctx, [event]).await
}

/// The same for several at once: one statement.
pub async fn record_all(tx: &Tx, ctx: &Ctx, events: impl IntoIterator<Item = Event>) -> Result<()> {
    let staff = ctx.actor().staff();
    let ip = ctx.meta().ip.map(|ip| ip.to_string());
    let row = |event: Event| -> [Val; 15] {
        let id: kernel::Id<Event> = ctx.id();
        [
            id.into(),
            ctx.now().into(),
            ctx.actor().kind().into(),
            ctx.actor().key().into(),
            staff.map(|s| s.name.clone()).into(),
            staff.map(|s| s.org).into(),
            ip.clone().into(),
            ctx.request_id().into(),
            event.action.into(),
            event.object_kind.into(),
            event.object_id.into(),
            event.person.into(),
            event.region.into(),
            event.reason.into(),
            with_token(event.detail, staff).to_string().into(),
        ]
    };
    let rows: Vec<_> = events.into_iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    q("INSERT INTO audit_event (id, at, actor_kind, actor_id, actor_name, org_id, ip, request_id, action, object_kind, object_id, \
       person_id, region, reason, detail) VALUES ")
        .rows(rows)
        .exec(tx)
        .await?;
    Ok(())
}

/// What a program did as a member of staff names the token that it used.
fn with_token(mut detail: serde_json::Value, staff: Option<&StaffActor>) -> serde_json::Value {
    if let Some(token) = staff.and_then(|staff| staff.token) {
        match &mut detail {
            serde_json::Value::Null => detail = serde_json::json!({ "token": token.to_string() }),
            serde_json::Value::Object(known) => drop(known.insert("token".to_owned(), token.to_string().into())),
            other => *other = serde_json::json!({ "token": token.to_string(), "detail": other.take() }),
        }
    }
    detail
}

/// Sealing, and the head of the trail in the log.
pub fn service() -> Service {
    let sealing = Job { name: "audit.seal", every: Duration::from_secs(1), run: |ctx| Box::pin(async move { seal(&ctx).await.map(|_sealed| ()) }) };
    let logging = Job { name: "audit.head", every: Duration::from_secs(24 * 3600), run: |ctx| Box::pin(async move { log_head(&ctx).await }) };
    Service { name: "audit", jobs: vec![sealing, logging], handlers: Vec::new() }
}

/// The log is kept elsewhere: whoever cuts off the end of the trail cannot cut it out of there.
async fn log_head(ctx: &Ctx) -> Result<()> {
    if let Some(head) = head(ctx.db()).await? {
        tracing::info!(audit.head = %head, "the head of the audit trail; `check audit` takes it");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
