//! `lic_mandate`: programs that a law lets read.

use kernel::{Instant, Text};
use platform::{Error, Result, TokenId};
use store::{Db, FromRow, Target, Tx, q};

use crate::ops::{MandateId, MandateView};

/// One mandate, given.
#[derive(Clone)]
pub(crate) struct NewRow {
    pub(crate) id: MandateId,
    pub(crate) token: TokenId,
    pub(crate) program: String,
    pub(crate) type_code: String,
    pub(crate) law: String,
}

/// `false` when the program has one for this type.
pub(crate) async fn insert(tx: &Tx, row: NewRow, by: &str, at: Instant) -> Result<bool> {
    let written = q("INSERT INTO lic_mandate (id, token, program, type_code, law, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                     ON CONFLICT (token, type_code) WHERE ended_at IS NULL DO NOTHING")
        .bind(row.id)
        .bind(row.token)
        .bind(row.program)
        .bind(row.type_code)
        .bind(row.law)
        .bind(by)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// `false` when there is none (any more).
pub(crate) async fn end(tx: &Tx, id: MandateId, at: Instant) -> Result<bool> {
    let ended = q("UPDATE lic_mandate SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL").bind(at).bind(id).exec(tx).await?;
    Ok(ended == 1)
}

/// The law that lets this program read this type.
pub(crate) async fn law<'a>(on: impl Into<Target<'a>> + Send, token: TokenId, type_code: &str) -> Result<Option<String>> {
    let found: Option<(String,)> =
        q("SELECT law FROM lic_mandate WHERE token = $1 AND type_code = $2 AND ended_at IS NULL").bind(token).bind(type_code).opt(on).await?;
    Ok(found.map(|(law,)| law))
}

pub(crate) async fn all(db: &Db) -> Result<Vec<MandateView>> {
    #[derive(FromRow)]
    struct Row {
        id: Vec<u8>,
        program: String,
        name_zh: String,
        name_en: String,
        law: String,
        given_at: i64,
    }
    let rows: Vec<Row> = q("SELECT m.id, m.program, t.name_zh, t.name_en, m.law, m.given_at FROM lic_mandate m \
         JOIN lic_type t ON t.code = m.type_code WHERE m.ended_at IS NULL ORDER BY m.id DESC LIMIT 200")
    .all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(MandateView {
                id: MandateId::try_from(row.id).map_err(Error::internal)?,
                program: row.program,
                type_name: Text::new(row.name_zh, row.name_en),
                law: row.law,
                given_at: Instant::from_micros(row.given_at),
            })
        })
        .collect()
}
