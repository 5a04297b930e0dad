//! The SQL of facts.

use kernel::{Day, Instant};
use platform::{Result, StaffId};
use store::{Db, Tx, q};

use super::{Entry, FactId, NumberHash, SourceState};

/// A fact as read.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: Vec<u8>,
    pub(super) kind: String,
    pub(super) basis: String,
    pub(super) source: String,
    #[sqlx(try_from = "String")]
    pub(super) valid_on: Day,
    pub(super) ended_on: Option<String>,
    pub(super) other_hash: Option<Vec<u8>>,
    pub(super) detail: Vec<u8>,
}

/// A fact to be written.
#[derive(Clone)]
pub(super) struct NewRow {
    pub(super) id: FactId,
    pub(super) person: NumberHash,
    pub(super) kind: &'static str,
    pub(super) basis: &'static str,
    pub(super) source: String,
    pub(super) valid_on: Day,
    pub(super) ended_on: Option<Day>,
    pub(super) other: Option<NumberHash>,
    pub(super) detail: Vec<u8>,
    pub(super) recorded_by: Option<StaffId>,
}

/// Facts about a person, the newest first.
pub(super) async fn of_person(db: &Db, person: &NumberHash) -> Result<Vec<Row>> {
    Ok(q("SELECT id, kind, basis, source, valid_on, ended_on, other_hash, detail FROM person_fact \
          WHERE person_hash = $1 AND withdrawn_at IS NULL ORDER BY valid_on DESC LIMIT 100")
    .bind(person.0.clone())
    .all(db)
    .await?)
}

/// Parents of a person's parents.
pub(super) async fn grandparents(db: &Db, person: &NumberHash) -> Result<Vec<NumberHash>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT DISTINCT g.other_hash FROM person_fact p \
         JOIN person_fact g ON g.person_hash = p.other_hash AND g.kind = 'parent' AND g.withdrawn_at IS NULL \
         WHERE p.person_hash = $1 AND p.kind = 'parent' AND p.withdrawn_at IS NULL AND g.other_hash IS NOT NULL LIMIT 20")
    .bind(person.0.clone())
    .all(db)
    .await?;
    Ok(rows.into_iter().map(|(hash,)| NumberHash(hash)).collect())
}

/// The sealed details of the facts that name somebody as a parent, each with its row.
pub(super) async fn children(db: &Db, parent: &NumberHash) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    Ok(q("SELECT c.id, c.detail FROM person_fact c WHERE c.other_hash = $1 AND c.kind = 'parent' AND c.withdrawn_at IS NULL \
          AND NOT EXISTS (SELECT 1 FROM person_fact d WHERE d.person_hash = c.person_hash AND d.kind = 'death' AND d.withdrawn_at IS NULL) LIMIT 50")
    .bind(parent.0.clone())
    .all(db)
    .await?)
}

/// Facts about a person as the staff page lists them.
pub(super) async fn entries(db: &Db, person: &NumberHash) -> Result<Vec<Entry>> {
    Ok(q("SELECT id, kind, basis, source, valid_on, ended_on, recorded_at FROM person_fact \
          WHERE person_hash = $1 AND withdrawn_at IS NULL ORDER BY recorded_at DESC LIMIT 100")
    .bind(person.0.clone())
    .all(db)
    .await?)
}

/// Writes a fact.
pub(super) async fn insert(tx: &Tx, row: &NewRow, now: Instant) -> Result<()> {
    q("INSERT INTO person_fact (id, person_hash, kind, basis, source, valid_on, ended_on, other_hash, detail, recorded_by, \
       recorded_at, withdrawn_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)")
    .bind(row.id)
    .bind(row.person.0.clone())
    .bind(row.kind)
    .bind(row.basis)
    .bind(row.source.as_str())
    .bind(row.valid_on)
    .bind(row.ended_on)
    .bind(row.other.as_ref().map(|hash| hash.0.clone()))
    .bind(row.detail.clone())
    .bind(row.recorded_by)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(())
}

/// Takes a fact out of the answers. False if that was done already.
pub(super) async fn withdraw(tx: &Tx, id: FactId, now: Instant) -> Result<bool> {
    Ok(q("UPDATE person_fact SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL").bind(now).bind(id).exec(tx).await? == 1)
}

/// Switches the answers of one kind.
pub(super) async fn set_source(tx: &Tx, kind: &str, answers: bool, note: &str, by: &str, now: Instant) -> Result<()> {
    q("INSERT INTO fact_source (kind, answers, note, set_by, set_at) VALUES ($1, $2, $3, $4, $5) \
       ON CONFLICT (kind) DO UPDATE SET answers = $2, note = $3, set_by = $4, set_at = $5")
    .bind(kind)
    .bind(answers)
    .bind(note)
    .bind(by)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(())
}

/// The state of every kind that was ever set.
pub(super) async fn sources(db: &Db) -> Result<Vec<SourceState>> {
    Ok(q("SELECT kind, answers, note, set_by, set_at FROM fact_source ORDER BY kind").all(db).await?)
}

/// Codes of the kinds that are answered now.
pub(super) async fn answering(db: &Db) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = q("SELECT kind FROM fact_source WHERE answers").all(db).await?;
    Ok(rows.into_iter().map(|(kind,)| kind).collect())
}
