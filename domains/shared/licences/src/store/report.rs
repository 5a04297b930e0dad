//! What of `lic` is reported to the catalogue above, and whether it has been.

use kernel::Instant;
use platform::{Error, Result};
use store::{Db, FromRow, Tx, q};

use crate::model::{EntryId, State};

pub(crate) async fn set_due(tx: &Tx, id: EntryId, due: Instant) -> Result<()> {
    q("UPDATE lic SET report_due = $1 WHERE id = $2").bind(due).bind(id).exec(tx).await?;
    Ok(())
}

/// Notes that this state has been taken over.
pub(crate) async fn reported(tx: &Tx, id: EntryId, state: State) -> Result<()> {
    q("UPDATE lic SET report_due = NULL WHERE id = $1 AND state = $2").bind(id).bind(state.code()).exec(tx).await?;
    Ok(())
}

/// An entry with everything that is reported of it.
#[derive(FromRow)]
pub(crate) struct Row {
    pub(crate) identifier: String,
    pub(crate) type_code: String,
    pub(crate) type_name: String,
    pub(crate) number: String,
    pub(crate) holder: Vec<u8>,
    pub(crate) issuer_code: String,
    pub(crate) issuer_name: String,
    pub(crate) region: String,
    pub(crate) issued_on: String,
    pub(crate) valid_to: Option<String>,
    pub(crate) version: i64,
    pub(crate) state: String,
    pub(crate) ended_on: Option<String>,
    pub(crate) file_sm3: Option<String>,
    pub(crate) superseded_by: Option<String>,
}

pub(crate) async fn load(db: &Db, id: EntryId) -> Result<Option<Row>> {
    Ok(q("SELECT l.identifier, l.type_code, t.name_zh AS type_name, l.number, l.holder, l.issuer_code, l.issuer_name, l.region, \
         l.issued_on, l.valid_to, l.version, l.state, l.ended_on, l.file_sm3, n.identifier AS superseded_by FROM lic l \
         JOIN lic_type t ON t.code = l.type_code LEFT JOIN lic n ON n.id = l.superseded_by WHERE l.id = $1")
    .bind(id)
    .opt(db)
    .await?)
}

/// How many wait, how many of them are late (both up to 1,001), and since when the oldest is.
pub(crate) async fn figures(db: &Db, now: Instant) -> Result<(i64, i64, Option<Instant>)> {
    let (waiting, late, oldest): (i64, i64, Option<i64>) = q("SELECT \
        (SELECT COUNT(*) FROM (SELECT id FROM lic WHERE report_due IS NOT NULL LIMIT 1001) AS w), \
        (SELECT COUNT(*) FROM (SELECT id FROM lic WHERE report_due <= $1 LIMIT 1001) AS d), \
        (SELECT MIN(report_due) FROM lic WHERE report_due <= $1)")
    .bind(now)
    .one(db)
    .await
    .map_err(Error::from)?;
    Ok((waiting, late, oldest.map(Instant::from_micros)))
}
