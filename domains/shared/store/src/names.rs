//! Names for SQLite's constraints.
//!
//! SQLite reports `UNIQUE constraint failed: booking.slot_id, booking.person_id` where PostgreSQL names the index. The
//! index list of the open database gives the name back; keys without a name get the one PostgreSQL would make up.

use std::collections::HashMap;
use std::sync::RwLock;

use sqlx::SqliteConnection;

/// Index names by `table.column, table.column`, as SQLite writes them in its messages.
#[derive(Debug, Default)]
pub(crate) struct Names(RwLock<HashMap<String, String>>);

impl Names {
    /// Finds the name in an engine's message. Messages that carry the name itself are read too.
    pub(crate) fn of_message(&self, message: &str) -> Option<String> {
        let (_, subject) = message.split_once("constraint failed: ")?;
        if let Some(index) = subject.strip_prefix("index '") {
            return Some(index.trim_end_matches('\'').to_owned());
        }
        let known = self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        known.get(subject).cloned().or_else(|| (!subject.contains(['.', ' '])).then(|| subject.to_owned()))
    }

    /// Reads the unique indexes of an open SQLite database.
    pub(crate) async fn load(&self, connection: &mut SqliteConnection) -> sqlx::Result<()> {
        let rows: Vec<(String, String, String, String)> = sqlx::query_as(
            "SELECT t.name, l.name, l.origin, c.name FROM sqlite_schema AS t \
             JOIN pragma_index_list(t.name) AS l JOIN pragma_index_info(l.name) AS c \
             WHERE t.type = 'table' AND l.\"unique\" = 1 AND c.name IS NOT NULL ORDER BY t.name, l.name, c.seqno",
        )
        .fetch_all(connection)
        .await?;
        let mut indexes: HashMap<(String, String, String), Vec<String>> = HashMap::new();
        for (table, index, origin, column) in rows {
            indexes.entry((table, index, origin)).or_default().push(column);
        }
        let mut names = HashMap::new();
        for ((table, index, origin), columns) in indexes {
            let subject = columns.iter().map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ");
            let name = match origin.as_str() {
                "pk" => format!("{table}_pkey"),
                "u" => format!("{table}_{}_key", columns.join("_")),
                _ => index,
            };
            names.insert(subject, name);
        }
        *self.0.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = names;
        Ok(())
    }
}
