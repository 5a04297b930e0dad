//! `lic_use`: every read.

use kernel::{Id, Instant};
use platform::{Ctx, Result, audit};
use store::{Db, FromRow, Tx, q};

use crate::model::{Entry, EntryId, Use, Way};

/// Rows of the use log shown with a licence.
const SHOWN: i64 = 20;

/// One row to be written.
#[derive(Clone)]
pub(crate) struct NewUse {
    pub(crate) id: Id<Use>,
    pub(crate) way: Way,
    pub(crate) actor_kind: &'static str,
    pub(crate) actor_name: String,
    pub(crate) item: String,
    pub(crate) cause: String,
    /// Consent, or the law of a mandate; empty for other ways.
    pub(crate) basis: String,
}

pub(crate) async fn insert(tx: &Tx, of: Option<EntryId>, at: Instant, row: NewUse, result: &str) -> Result<()> {
    q("INSERT INTO lic_use (id, lic_id, at, way, actor_kind, actor_name, item, cause, result, basis) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(row.id)
        .bind(of)
        .bind(at)
        .bind(row.way.code())
        .bind(row.actor_kind)
        .bind(row.actor_name)
        .bind(row.item)
        .bind(row.cause)
        .bind(result)
        .bind(row.basis)
        .exec(tx)
        .await?;
    Ok(())
}

/// A read and its audit row, in a transaction of their own.
pub(crate) async fn log(ctx: &Ctx, way: Way, of: Option<EntryId>, event: audit::Event, result: &'static str) -> Result<()> {
    let row = NewUse {
        id: ctx.id(),
        way,
        actor_kind: ctx.actor().kind(),
        actor_name: String::new(),
        item: String::new(),
        cause: String::new(),
        basis: String::new(),
    };
    ctx.db()
        .write(|tx| {
            let (ctx, event, row) = (ctx.clone(), event.clone(), row.clone());
            async move {
                insert(&tx, of, ctx.now(), row, result).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

#[derive(FromRow)]
struct Row {
    at: i64,
    way: String,
    actor_name: String,
    item: String,
    cause: String,
    result: String,
    basis: String,
}

/// The newest reads of one licence, in all its versions up to this one.
pub(crate) async fn of(db: &Db, id: Id<Entry>) -> Result<Vec<Use>> {
    let rows: Vec<Row> =
        q("SELECT at, way, actor_name, item, cause, result, basis FROM lic_use WHERE lic_id = $1 ORDER BY at DESC, id DESC LIMIT $2")
            .bind(id)
            .bind(SHOWN)
            .all(db)
            .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Use {
                at: Instant::from_micros(row.at),
                way: Way::from_code(&row.way).ok_or_else(|| platform::Error::internal("unknown way in lic_use"))?,
                actor_name: row.actor_name,
                item: row.item,
                cause: row.cause,
                result: row.result,
                basis: row.basis,
            })
        })
        .collect()
}
