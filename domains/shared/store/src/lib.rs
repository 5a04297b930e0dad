//! The database behind one small API: one hand-written SQL text, two engines.
//!
//! SQLite is the embedded default (WAL, `synchronous=FULL`, one writer, group commit); PostgreSQL serves several
//! application nodes. This is the only crate that names a driver; it uses nothing of ours but `kernel`.
//!
//! ```no_run
//! use store::{Db, q};
//!
//! # async fn book(db: &Db, slot: i64, id: i64) -> Result<bool, store::Error> {
//! db.write(|tx| async move {
//!     // Capacity is held by the database: one conditional UPDATE, and the row count tells.
//!     let taken = q("UPDATE slot SET taken = taken + 1 WHERE id = $1 AND taken < capacity").bind(slot).exec(&tx).await?;
//!     if taken == 0 {
//!         return Ok(false);
//!     }
//!     q("INSERT INTO booking (id, slot_id) VALUES ($1, $2)").bind(id).bind(slot).exec(&tx).await?;
//!     Ok::<_, store::Error>(true)
//! })
//! .await
//! # }
//! ```
//!
//! What binds every caller:
//!
//! * A read takes `&Db` (the read pool, which refuses writes) or `&Tx`; a write takes `&Tx`.
//! * The closure of [`Db::write`] may run twice and in company: draw ids, time and random numbers before it, do no I/O in
//!   it. Any `Err` rolls back this body alone. After an SQL error inside it nothing more can be done with its `Tx`.
//! * Integers are `i64`, explicit column lists, `NULLS FIRST/LAST`, `CAST(SUM(x) AS BIGINT)`, no `SELECT *`.
//! * Tests run on both engines: [`db_test!`].

mod copy;
mod db;
mod error;
mod group;
pub mod keys;
pub mod migrations;
mod names;
mod query;
pub mod record;
pub mod rehash;
mod reseal;
pub mod testing;
mod tx;
mod value;
mod write;

pub use copy::{Inspection, inspect};
pub use db::{Db, Dialect, Options};
pub use error::{Error, Result, Violation};
pub use query::{Out, Query, Target, q};
pub use rehash::{Again, HashColumn, How};
pub use sqlx::FromRow;
pub use tx::Tx;
pub use value::Val;
