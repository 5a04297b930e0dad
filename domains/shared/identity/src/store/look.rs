//! Who looked at a person's data, from the audit trail.

use kernel::{Instant, Text};
use platform::{PersonId, Result};
use store::{Db, q};

use crate::ops::Look;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "i64")]
    at: Instant,
    actor_kind: String,
    actor_name: Option<String>,
    name_zh: Option<String>,
    name_en: Option<String>,
    action: String,
    reason: Option<String>,
}

/// Entries about a person before that moment, the newest first; at most `most`.
pub(crate) async fn of_person(db: &Db, person: PersonId, before: Instant, most: i64) -> Result<Vec<Look>> {
    let rows: Vec<Row> = q("SELECT a.at, a.actor_kind, a.actor_name, o.name_zh, o.name_en, a.action, a.reason FROM audit_event a \
         LEFT JOIN organisation o ON o.id = a.org_id WHERE a.person_id = $1 AND a.at < $2 ORDER BY a.at DESC, a.id DESC LIMIT $3")
    .bind(person)
    .bind(before)
    .bind(most)
    .all(db)
    .await?;
    let look = |row: Row| Look {
        at: row.at,
        who: row.actor_kind,
        name: row.actor_name,
        org: row.name_zh.zip(row.name_en).map(|(zh, en)| Text::new(zh, en)),
        action: row.action,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(look).collect())
}
