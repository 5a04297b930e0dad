//! Reading the trail, newest first.

use kernel::{Day, Id, Instant};
use store::q;

use super::Event;
use crate::{Ctx, Result, Role};

/// Entries on one page.
const PAGE: i64 = 50;

/// What to look for; empty texts look for everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The action, or its noun: `booking` finds `booking.book`.
    pub action: String,
    /// Id of what was acted upon.
    pub object: String,
    /// Id of who acted.
    pub actor: String,
    /// Only this day, at +08:00.
    pub day: Option<Day>,
    /// Entries before this one: the last of the page before.
    pub before: Option<Id<Event>>,
}

/// An entry as the auditor reads it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Entry {
    /// Its id, in the order of time.
    #[sqlx(try_from = "Vec<u8>")]
    pub id: Id<Event>,
    /// When.
    #[sqlx(try_from = "i64")]
    pub at: Instant,
    /// anonymous, citizen, staff, program or system.
    pub actor_kind: String,
    /// Who, by id or name of the job.
    pub actor_id: String,
    /// Name, for staff.
    pub actor_name: Option<String>,
    /// Address of the visitor.
    pub ip: Option<String>,
    /// noun.verb
    pub action: String,
    /// What was acted upon.
    pub object_kind: String,
    /// Its id.
    pub object_id: String,
    /// Reason or purpose.
    pub reason: Option<String>,
}

/// One page of the trail, and whether there is another after it. Bounded by index and page size at any length of the trail.
///
/// # Errors
/// [`crate::Error::Denied`] for all but audit administrators.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<(Vec<Entry>, bool)> {
    ctx.require_role(&[Role::AuditAdmin])?;
    let mut query = q("SELECT id, at, actor_kind, actor_id, actor_name, ip, action, object_kind, object_id, reason FROM audit_event WHERE 1 = 1");
    if let Some(before) = filter.before {
        query = query.sql(" AND id < ").arg(before);
    }
    if !filter.action.is_empty() {
        // A noun finds all its verbs: `booking` to `booking/`, the character after the point.
        query = query.sql(" AND (action = ").arg(filter.action.as_str());
        query = query.sql(" OR (action > ").arg(format!("{}.", filter.action)).sql(" AND action < ").arg(format!("{}/", filter.action)).sql("))");
    }
    if !filter.object.is_empty() {
        query = query.sql(" AND object_id = ").arg(filter.object.as_str());
    }
    if !filter.actor.is_empty() {
        query = query.sql(" AND actor_id = ").arg(filter.actor.as_str());
    }
    if let Some(day) = filter.day {
        query = query.sql(" AND at >= ").arg(Instant::at(day, 0)).sql(" AND at < ").arg(Instant::at(day.plus_days(1), 0));
    }
    let mut entries: Vec<Entry> = query.sql(" ORDER BY id DESC LIMIT ").arg(PAGE + 1).all(ctx.db()).await?;
    let more = entries.len() as i64 > PAGE;
    entries.truncate(PAGE as usize);
    Ok((entries, more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{audit, testing};

    store::db_test!(the_trail_is_read_by_pages_and_filters, |db| async move {
        let p = testing::platform(db);
        let ctx = p.system();
        for n in 0..60 {
            let event = audit::Event::new(if n % 2 == 0 { "booking.book" } else { "bookings.other" }, "booking", n);
            ctx.db()
                .write(|tx| {
                    let (ctx, event) = (ctx.clone(), event.clone());
                    async move { audit::record(&tx, &ctx, event).await }
                })
                .await
                .expect("recorded");
        }
        let (first, more) = list(&ctx, &Filter::default()).await.expect("listed");
        assert!(more && first.len() == 50);
        let next = Filter { before: first.last().map(|entry| entry.id), ..Filter::default() };
        let (rest, more) = list(&ctx, &next).await.expect("listed");
        assert!(!more && rest.len() == 10);
        let (noun, _) = list(&ctx, &Filter { action: "booking".to_owned(), ..Filter::default() }).await.expect("listed");
        assert!(noun.len() == 30 && noun.iter().all(|entry| entry.action == "booking.book"));
        let day = Filter { day: Some(p.now().day().plus_days(1)), ..Filter::default() };
        assert!(list(&ctx, &day).await.expect("listed").0.is_empty());
        let hostile = Filter { action: "' OR 1=1 --".to_owned(), ..Filter::default() };
        assert!(list(&ctx, &hostile).await.expect("listed").0.is_empty());
    });
}
