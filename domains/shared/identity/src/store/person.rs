//! Persons and their documents.

use kernel::Instant;
use platform::{Error, PersonId, Result};
use store::{Db, Target, Tx, q};

use crate::PersonDraft;

/// A row to be written.
#[derive(Clone)]
pub(crate) struct PersonRow {
    pub(crate) name: Vec<u8>,
    pub(crate) name_hash: Vec<u8>,
    pub(crate) sex: &'static str,
    pub(crate) birth: Option<Vec<u8>>,
    pub(crate) birth_year: Option<i64>,
}

/// A document to be written.
#[derive(Clone)]
pub(crate) struct IdentifierRow {
    pub(crate) id: Vec<u8>,
    pub(crate) kind: String,
    pub(crate) country: String,
    pub(crate) number: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

/// A row as read.
#[derive(sqlx::FromRow)]
pub(crate) struct Loaded {
    pub(crate) name: Vec<u8>,
    pub(crate) sex: String,
    pub(crate) birth: Option<Vec<u8>>,
}

/// The holder of a number, and the hash of his name.
pub(crate) async fn by_number<'a>(on: impl Into<Target<'a>> + Send, hash: &[u8]) -> Result<Option<(PersonId, Vec<u8>)>> {
    let row: Option<(Vec<u8>, Vec<u8>)> =
        q("SELECT p.id, p.name_hash FROM person_identifier i JOIN person p ON p.id = i.person_id WHERE i.hash = $1").bind(hash).opt(on).await?;
    row.map(|(id, name)| Ok((PersonId::try_from(id).map_err(Error::internal)?, name))).transpose()
}

/// Writes a new person with his document. False if the number is taken.
pub(crate) async fn insert(tx: &Tx, draft: &PersonDraft, now: Instant) -> Result<bool> {
    q("INSERT INTO person (id, name, name_hash, sex, birth, birth_year, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(draft.id)
        .bind(draft.row.name.clone())
        .bind(draft.row.name_hash.clone())
        .bind(draft.row.sex)
        .bind(draft.row.birth.clone())
        .bind(draft.row.birth_year)
        .bind(now)
        .exec(tx)
        .await?;
    let added = q("INSERT INTO person_identifier (id, person_id, kind, country, number, hash, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (hash) DO NOTHING")
    .bind(draft.identifier.id.clone())
    .bind(draft.id)
    .bind(draft.identifier.kind.clone())
    .bind(draft.identifier.country.clone())
    .bind(draft.identifier.number.clone())
    .bind(draft.identifier.hash.clone())
    .bind(now)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// One person.
pub(crate) async fn load(db: &Db, id: PersonId) -> Result<Option<Loaded>> {
    Ok(q("SELECT name, sex, birth FROM person WHERE id = $1").bind(id).opt(db).await?)
}

/// Id, kind, country and sealed number of a person's documents, the newest first.
pub(crate) async fn identifiers(db: &Db, id: PersonId) -> Result<Vec<(Vec<u8>, String, String, Vec<u8>)>> {
    Ok(q("SELECT id, kind, country, number FROM person_identifier WHERE person_id = $1 ORDER BY added_at DESC, id DESC LIMIT 20").bind(id).all(db).await?)
}

/// Persons of a name.
pub(crate) async fn by_name(db: &Db, hash: &[u8]) -> Result<Vec<PersonId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT id FROM person WHERE name_hash = $1 ORDER BY id LIMIT 100").bind(hash).all(db).await?;
    rows.into_iter().map(|(id,)| PersonId::try_from(id).map_err(Error::internal)).collect()
}
