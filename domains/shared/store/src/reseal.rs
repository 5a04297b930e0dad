//! Sealing again with the key that seals now, after a rotation.
//!
//! Nobody lists the sealed columns: a sealed value proves by opening that it is one, in this table, column and row. So every
//! column of bytes beside an `id` is tried, and only what opens is sealed again. It runs while the program serves.

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
        for (table, column) in self.columns_of_bytes().await? {
            sealed += self.reseal_column(keys, &table, &column).await?;
        }
        Ok(sealed)
    }

    async fn reseal_column(&self, keys: &Keys, table: &str, column: &str) -> Result<u64> {
        let read = format!("SELECT id, {0} FROM {1} WHERE {0} IS NOT NULL AND id > $1 ORDER BY id LIMIT {PAGE}", quoted(column), quoted(table));
        // Only what is still as it was read: a value that was written meanwhile is sealed with the present key anyway.
        let update = format!("UPDATE {1} SET {0} = $3 WHERE id = $1 AND {0} = $2", quoted(column), quoted(table));
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
        let mut columns = self.columns_of_bytes().await?;
        columns.retain(|(_, column)| column.ends_with("hash"));
        Ok(columns)
    }

    /// Every column of bytes in a table that has an `id` of bytes.
    async fn columns_of_bytes(&self) -> Result<Vec<(String, String)>> {
        let text = match self.pools() {
            Pools::Sqlite { .. } => {
                "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c JOIN pragma_table_info(t.name) AS i \
                 WHERE t.type = 'table' AND c.type = 'BLOB' AND c.name <> 'id' AND i.name = 'id' AND i.type = 'BLOB' ORDER BY 1, 2"
            }
            Pools::Postgres { .. } => {
                "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT) FROM information_schema.columns AS c \
                 JOIN information_schema.columns AS i ON i.table_schema = c.table_schema AND i.table_name = c.table_name \
                 WHERE c.table_schema = current_schema() AND c.data_type = 'bytea' AND c.column_name <> 'id' \
                 AND i.column_name = 'id' AND i.data_type = 'bytea' ORDER BY 1, 2"
            }
        };
        crate::q(text).all(self).await
    }
}

/// A name from the catalogue, as an identifier.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
