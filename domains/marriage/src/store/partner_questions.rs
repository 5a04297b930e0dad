//! Rows of `marriage_partner_question`: what other instances asked, and were answered.

use kernel::Instant;
use platform::{Ctx, Result};
use store::{Db, Tx, q};

use crate::partners::{Asked, AskedId};
use crate::questions::Verdict;
use crate::registers::Inquiry;

/// A question about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) id: AskedId,
    asker: String,
    number: Vec<u8>,
    purpose: String,
    case_no: String,
    verdict: Verdict,
}

impl New {
    /// Seals the number.
    pub(crate) fn seal(ctx: &Ctx, asker: &str, inquiry: &Inquiry, verdict: Verdict) -> Self {
        let id: AskedId = ctx.id::<Asked>();
        Self {
            id,
            asker: asker.to_owned(),
            number: ctx.keys().seal_text("marriage_partner_question", "number", &id.to_vec(), &inquiry.number),
            purpose: inquiry.purpose.clone(),
            case_no: inquiry.case_no.clone(),
            verdict,
        }
    }
}

/// Appends a question of the program that acts.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, question: &New) -> Result<()> {
    q("INSERT INTO marriage_partner_question (id, asked_by, asker, number, purpose, case_no, answer, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(question.id)
        .bind(ctx.actor().key())
        .bind(question.asker.as_str())
        .bind(question.number.clone())
        .bind(question.purpose.as_str())
        .bind(question.case_no.as_str())
        .bind(question.verdict.code())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// How many questions this program has asked since then.
pub(crate) async fn since(db: &Db, asked_by: &str, then: Instant) -> Result<i64> {
    let (count,): (i64,) =
        q("SELECT COUNT(*) FROM marriage_partner_question WHERE asked_by = $1 AND asked_at > $2").bind(asked_by).bind(then).one(db).await?;
    Ok(count)
}
