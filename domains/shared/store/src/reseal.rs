//! Sealing again with the key that seals now, after a rotation.
//!
//! Nobody lists the sealed columns: a sealed value proves by opening that it is one, in this table, column and row. So every
//! column of bytes beside a key of bytes is tried, and only what opens is sealed again. It runs while the program serves.

use crate::db::{Db, Pools};
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::query::q_catalogue as q;

/// Rows read, and rewritten, at once.
const PAGE: i64 = 200;

impl Db {
    /// Seals every value again that another key of the ring has sealed. Returns how many.
    ///
    /// # Errors
    /// Only of the database. A value that does not open is left alone: it is none, or not of this ring.
    pub async fn reseal(&self, keys: &Keys) -> Result<u64> {
        let mut sealed = 0;
        for column in self.columns_of_bytes().await? {
            sealed += self.reseal_column(keys, &column).await?;
        }
        Ok(sealed)
    }

    async fn reseal_column(&self, keys: &Keys, (table, id, column): &(String, String, String)) -> Result<u64> {
        let (from, id, value) = (quoted(table), quoted(id), quoted(column));
        let read = format!("SELECT {id}, {value} FROM {from} WHERE {value} IS NOT NULL AND {id} > $1 ORDER BY {id} LIMIT {PAGE}");
        // Only what is still as it was read: a value that was written meanwhile is sealed with the present key anyway.
        let update = format!("UPDATE {from} SET {value} = $3 WHERE {id} = $1 AND {value} = $2");
        let (mut sealed, mut after) = (0, Vec::new());
        loop {
            let page: Vec<(Vec<u8>, Vec<u8>)> = q(read.clone()).bind(after).all(self).await?;
            let Some((last, _)) = page.last() else { return Ok(sealed) };
            after = last.clone();
            let old = page.into_iter().filter(|(_, value)| keys.is_old(value));
            let opened = old.filter_map(|(id, value)| keys.open(table, column, &id, &value).ok().map(|plain| (keys.seal(table, column, &id, &plain), id, value)));
            let changes = std::sync::Arc::new(opened.collect::<Vec<_>>());
            if changes.is_empty() {
                continue;
            }
            sealed += self
                .write(|tx| {
                    let (changes, update) = (changes.clone(), update.clone());
                    async move {
                        let mut changed = 0;
                        for (new, id, value) in changes.iter() {
                            changed += q(update.clone()).bind(id).bind(value).bind(new).exec(&tx).await?;
                        }
                        Ok::<_, Error>(changed)
                    }
                })
                .await?;
        }
    }

    /// Every column of bytes that is named as a hash, with its table: what the declared [`crate::HashColumn`]s are held against.
    ///
    /// # Errors
    /// Of the database.
    pub async fn columns_of_hashes(&self) -> Result<Vec<(String, String)>> {
        let columns = self.columns_of_bytes().await?.into_iter().map(|(table, _, column)| (table, column));
        Ok(columns.filter(|(_, column)| column.ends_with("hash")).collect())
    }

    /// Every column of bytes in a table whose key is one column of bytes: table, key, column.
    async fn columns_of_bytes(&self) -> Result<Vec<(String, String, String)>> {
        let text = match self.pools() {
            Pools::Sqlite { .. } => {
                "SELECT t.name, i.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c JOIN pragma_table_info(t.name) AS i \
                 WHERE t.type = 'table' AND c.type = 'BLOB' AND c.pk = 0 AND i.pk = 1 AND i.type = 'BLOB' \
                 AND (SELECT COUNT(*) FROM pragma_table_info(t.name) AS k WHERE k.pk > 0) = 1 ORDER BY 1, 3"
            }
            Pools::Postgres { .. } => {
                "SELECT CAST(c.table_name AS TEXT), CAST(i.column_name AS TEXT), CAST(c.column_name AS TEXT) FROM information_schema.columns AS c \
                 JOIN (SELECT p.table_schema, p.table_name, MIN(k.column_name) AS column_name FROM information_schema.table_constraints AS p \
                 JOIN information_schema.key_column_usage AS k ON k.constraint_schema = p.constraint_schema \
                 AND k.constraint_name = p.constraint_name AND k.table_name = p.table_name \
                 WHERE p.constraint_type = 'PRIMARY KEY' GROUP BY p.table_schema, p.table_name HAVING COUNT(*) = 1) AS pk \
                 ON pk.table_schema = c.table_schema AND pk.table_name = c.table_name \
                 JOIN information_schema.columns AS i ON i.table_schema = c.table_schema AND i.table_name = c.table_name \
                 AND i.column_name = pk.column_name AND i.data_type = 'bytea' \
                 WHERE c.table_schema = current_schema() AND c.data_type = 'bytea' AND c.column_name <> i.column_name ORDER BY 1, 3"
            }
        };
        crate::q(text).all(self).await
    }
}

/// A name from the catalogue, as an identifier.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
