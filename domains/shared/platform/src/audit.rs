//! The audit trail: who did what to which thing, when and why. Rows are only ever added.

use kernel::RegionCode;
use store::{Tx, q};

use crate::{Ctx, PersonId, Result};

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
    let id: kernel::Id<Event> = ctx.id();
    let ip = ctx.meta().ip.map(|ip| ip.to_string());
    let staff = ctx.actor().staff();
    q("INSERT INTO audit_event (id, at, actor_kind, actor_id, actor_name, org_id, ip, request_id, action, object_kind, object_id, \
       person_id, region, reason, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        .bind(id)
        .bind(ctx.now())
        .bind(ctx.actor().kind())
        .bind(ctx.actor().key())
        .bind(staff.map(|s| s.name.clone()))
        .bind(staff.map(|s| s.org))
        .bind(ip)
        .bind(ctx.request_id())
        .bind(event.action)
        .bind(event.object_kind)
        .bind(event.object_id)
        .bind(event.person)
        .bind(event.region)
        .bind(event.reason)
        .bind(event.detail.to_string())
        .exec(tx)
        .await?;
    Ok(())
}
