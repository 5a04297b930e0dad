//! Papers of cases and drafts.

use kernel::{Day, Instant};
use platform::ports::FileId;
use platform::{Ctx, Error, PersonId, Result};
use store::{Target, Tx, q};

use crate::CaseId;
use crate::model::{Material, MaterialId, MaterialSource, MaterialState};
use crate::ops::DraftId;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: MaterialId,
    key: String,
    state: String,
    source: String,
    file: Option<String>,
    file_name: Option<Vec<u8>>,
    bytes: i64,
    sm3: Option<String>,
    originals: i64,
    copies: i64,
    promise_due: Option<String>,
    #[sqlx(try_from = "i64")]
    received_at: Instant,
    note: String,
}

impl Row {
    fn material(self, ctx: &Ctx) -> Result<Material> {
        let name = self.file_name.map(|sealed| ctx.keys().open_text("case_material", "file_name", &self.id.to_vec(), &sealed)).transpose();
        Ok(Material {
            id: self.id,
            key: self.key,
            state: MaterialState::from_code(&self.state).ok_or_else(|| Error::internal("an unknown state of a paper"))?,
            source: MaterialSource::from_code(&self.source).ok_or_else(|| Error::internal("an unknown source of a paper"))?,
            file: self.file.as_deref().and_then(FileId::parse),
            file_name: name.map_err(Error::internal)?.unwrap_or_default(),
            bytes: self.bytes,
            sm3: self.sm3,
            originals: self.originals,
            copies: self.copies,
            promise_due: self.promise_due.map(Day::try_from).transpose().map_err(Error::internal)?,
            received_at: self.received_at,
            note: self.note,
        })
    }
}

/// To what a paper belongs.
#[derive(Debug, Clone, Copy)]
pub enum Owner {
    /// A case.
    Case(CaseId),
    /// A draft.
    Draft(DraftId),
}

/// Adds a paper.
pub(crate) async fn add(tx: &Tx, ctx: &Ctx, owner: Owner, person: Option<PersonId>, paper: &Material, from: Option<MaterialId>, media_type: Option<&str>) -> Result<()> {
    let (case, draft) = match owner {
        Owner::Case(case) => (Some(case), None),
        Owner::Draft(draft) => (None, Some(draft)),
    };
    q("INSERT INTO case_material (id, case_id, draft_id, key, state, source, person, file, file_name, media_type, bytes, sm3, originals, \
       copies, from_material, promise_due, received_at, received_by, note) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)")
        .bind(paper.id)
        .bind(case)
        .bind(draft)
        .bind(paper.key.as_str())
        .bind(paper.state.code())
        .bind(paper.source.code())
        .bind(person)
        .bind(paper.file.as_ref().map(|file| file.as_str().to_owned()))
        .bind((!paper.file_name.is_empty()).then(|| ctx.keys().seal_text("case_material", "file_name", &paper.id.to_vec(), &paper.file_name)))
        .bind(media_type.map(str::to_owned))
        .bind(paper.bytes)
        .bind(paper.sm3.clone())
        .bind(paper.originals)
        .bind(paper.copies)
        .bind(from)
        .bind(paper.promise_due)
        .bind(ctx.now())
        .bind(ctx.actor().key())
        .bind(paper.note.as_str())
        .exec(tx)
        .await?;
    Ok(())
}

/// Papers of a case, the oldest first.
pub(crate) async fn of_case(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId) -> Result<Vec<Material>> {
    let rows: Vec<Row> = q("SELECT id, key, state, source, file, file_name, bytes, sm3, originals, copies, promise_due, received_at, note \
         FROM case_material WHERE case_id = $1 ORDER BY received_at, id LIMIT 500")
    .bind(case)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.material(ctx)).collect()
}

/// Papers of a draft, the oldest first.
pub(crate) async fn of_draft(on: impl Into<Target<'_>> + Send, ctx: &Ctx, draft: DraftId) -> Result<Vec<Material>> {
    let rows: Vec<Row> = q("SELECT id, key, state, source, file, file_name, bytes, sm3, originals, copies, promise_due, received_at, note \
         FROM case_material WHERE draft_id = $1 ORDER BY received_at, id LIMIT 500")
    .bind(draft)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.material(ctx)).collect()
}

/// Papers that a person handed in before, with the number of their case; the newest first.
pub(crate) async fn of_person(on: impl Into<Target<'_>> + Send, ctx: &Ctx, person: PersonId, keys: &[String]) -> Result<Vec<(Material, String)>> {
    let found: Vec<HeldRow> = q("SELECT m.id, m.key, m.state, m.source, m.file, m.file_name, m.bytes, m.sm3, m.originals, m.copies, \
         m.promise_due, m.received_at, m.note, h.case_no FROM case_material m JOIN case_head h ON h.id = m.case_id \
         WHERE m.file IS NOT NULL AND m.state IN ('offered', 'received') AND m.person = ")
    .arg(person)
    .sql(" AND m.key IN (")
    .list(keys.iter().cloned())
    .sql(") ORDER BY m.received_at DESC, m.id LIMIT 100")
    .all(on)
    .await?;
    found.into_iter().map(|row| Ok((row.material.material(ctx)?, row.case_no))).collect()
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    #[sqlx(flatten)]
    material: Row,
    case_no: String,
}

/// The papers of a draft become those of its case.
pub(crate) async fn adopt(tx: &Tx, draft: DraftId, case: CaseId) -> Result<()> {
    q("UPDATE case_material SET case_id = $2, draft_id = NULL WHERE draft_id = $1").bind(draft).bind(case).exec(tx).await?;
    Ok(())
}

/// Later papers take the place of earlier ones of the same key.
pub(crate) async fn replace_earlier(tx: &Tx, owner: Owner, key: &str, by: MaterialId) -> Result<()> {
    let text = match owner {
        Owner::Case(_) => "UPDATE case_material SET state = 'replaced' WHERE case_id = $1 AND key = $2 AND id <> $3 AND state <> 'replaced'",
        Owner::Draft(_) => "UPDATE case_material SET state = 'replaced' WHERE draft_id = $1 AND key = $2 AND id <> $3 AND state <> 'replaced'",
    };
    let statement = match owner {
        Owner::Case(case) => q(text).bind(case),
        Owner::Draft(draft) => q(text).bind(draft),
    };
    statement.bind(key).bind(by).exec(tx).await?;
    Ok(())
}

/// Notes what a clerk found of a paper.
pub(crate) async fn judge(tx: &Tx, case: CaseId, id: MaterialId, state: MaterialState, originals: i64, copies: i64, note: &str) -> Result<bool> {
    let changed = q("UPDATE case_material SET state = $3, originals = $4, copies = $5, note = $6 WHERE id = $1 AND case_id = $2 AND state <> 'replaced'")
        .bind(id)
        .bind(case)
        .bind(state.code())
        .bind(originals)
        .bind(copies)
        .bind(note)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Takes a paper out of a draft.
pub(crate) async fn remove_from_draft(tx: &Tx, draft: DraftId, id: MaterialId) -> Result<()> {
    q("DELETE FROM case_material WHERE id = $1 AND draft_id = $2").bind(id).bind(draft).exec(tx).await?;
    Ok(())
}

/// Forgets the papers of a draft that is discarded.
pub(crate) async fn forget_draft(tx: &Tx, draft: DraftId) -> Result<()> {
    q("DELETE FROM case_material WHERE draft_id = $1").bind(draft).exec(tx).await?;
    Ok(())
}

/// The file of a paper of a case or draft: id, name as sent.
pub(crate) async fn file_of(on: impl Into<Target<'_>> + Send, ctx: &Ctx, owner: Owner, id: MaterialId) -> Result<Option<Material>> {
    let text = match owner {
        Owner::Case(_) => {
            "SELECT id, key, state, source, file, file_name, bytes, sm3, originals, copies, promise_due, received_at, note \
             FROM case_material WHERE id = $1 AND case_id = $2"
        }
        Owner::Draft(_) => {
            "SELECT id, key, state, source, file, file_name, bytes, sm3, originals, copies, promise_due, received_at, note \
             FROM case_material WHERE id = $1 AND draft_id = $2"
        }
    };
    let statement = match owner {
        Owner::Case(case) => q(text).bind(id).bind(case),
        Owner::Draft(draft) => q(text).bind(id).bind(draft),
    };
    let row: Option<Row> = statement.opt(on).await?;
    row.map(|row| row.material(ctx)).transpose()
}
