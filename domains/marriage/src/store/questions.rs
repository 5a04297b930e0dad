//! Rows of `marriage_question`: what the registers were asked, and said.

use kernel::{Instant, RegionCode, mask};
use platform::{Ctx, Error, OrgId, Result, StaffActor};
use store::keys::Keys;
use store::{Db, Tx, q};

use crate::questions::{Answered, Question, QuestionId, Said, Verdict};
use crate::registers::Inquiry;

/// A question about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) id: QuestionId,
    pub(crate) region: RegionCode,
    pub(crate) purpose: String,
    pub(crate) case_no: String,
    org: OrgId,
    number: Vec<u8>,
    verdict: Verdict,
    sources: Vec<u8>,
}

impl New {
    /// Seals the number and what was said.
    pub(crate) fn seal(ctx: &Ctx, asker: &StaffActor, inquiry: &Inquiry, verdict: Verdict, said: &[Said]) -> Self {
        let id: QuestionId = ctx.id::<Question>();
        let keys = ctx.keys();
        Self {
            id,
            region: asker.region,
            purpose: inquiry.purpose.clone(),
            case_no: inquiry.case_no.clone(),
            org: asker.org,
            number: keys.seal_text("marriage_question", "number", &id.to_vec(), &inquiry.number),
            verdict,
            sources: keys.seal("marriage_question", "sources", &id.to_vec(), &serde_json::to_vec(said).expect("plain data")),
        }
    }
}

/// Appends a question.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, question: &New) -> Result<()> {
    q("INSERT INTO marriage_question (id, region, org, number, purpose, case_no, answer, sources, asked_by, asked_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(question.id)
        .bind(question.region)
        .bind(question.org)
        .bind(question.number.clone())
        .bind(question.purpose.as_str())
        .bind(question.case_no.as_str())
        .bind(question.verdict.code())
        .bind(question.sources.clone())
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: QuestionId,
    number: Vec<u8>,
    purpose: String,
    case_no: String,
    answer: String,
    sources: Vec<u8>,
    #[sqlx(try_from = "i64")]
    asked_at: Instant,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Answered> {
        let id = self.id.to_vec();
        let number = keys.open_text("marriage_question", "number", &id, &self.number).map_err(Error::internal)?;
        let sources = keys.open("marriage_question", "sources", &id, &self.sources).map_err(Error::internal)?;
        Ok(Answered {
            id: self.id,
            number: mask::id_number(&number),
            purpose: self.purpose,
            case_no: self.case_no,
            verdict: Verdict::from_code(&self.answer).ok_or_else(|| Error::internal("marriage_question: unknown answer"))?,
            said: serde_json::from_slice(&sources).map_err(Error::internal)?,
            at: self.asked_at,
        })
    }
}

/// One question of this asker.
pub(crate) async fn load(db: &Db, keys: &Keys, id: QuestionId, asker: &str) -> Result<Answered> {
    let row: Row = q("SELECT id, number, purpose, case_no, answer, sources, asked_at FROM marriage_question WHERE id = $1 AND asked_by = $2")
        .bind(id)
        .bind(asker)
        .opt(db)
        .await?
        .ok_or(Error::NotFound)?;
    row.open(keys)
}

/// The questions of an asker, the newest first; those before `before`.
pub(crate) async fn of_asker(db: &Db, keys: &Keys, asker: &str, before: Option<QuestionId>, limit: i64) -> Result<Vec<Answered>> {
    const MINE: &str = "SELECT id, number, purpose, case_no, answer, sources, asked_at FROM marriage_question WHERE asked_by = $1";
    let rows: Vec<Row> = match before {
        None => q(MINE).bind(asker).sql(" ORDER BY id DESC LIMIT ").arg(limit).all(db).await?,
        Some(before) => q(MINE).bind(asker).sql(" AND id < ").arg(before).sql(" ORDER BY id DESC LIMIT ").arg(limit).all(db).await?,
    };
    rows.into_iter().map(|row| row.open(keys)).collect()
}
