//! Rows of `marriage_check`: every run of the checks as it was shown.

use casework::CaseId;
use kernel::{Id, Instant};
use platform::{Ctx, Error, Result};
use store::{Tx, q};

use crate::rules::Finding;

/// Marker of a run of the checks.
#[derive(Debug)]
pub(crate) struct Check;

/// A run about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    id: Id<Check>,
    stage: &'static str,
    result: &'static str,
    findings: Vec<u8>,
}

/// Seals what a run found. `result` is a code of Z.1, or that of a refusal.
pub(crate) fn seal(ctx: &Ctx, stage: &'static str, result: &'static str, findings: &[Finding]) -> Sealed {
    let id: Id<Check> = ctx.id();
    let plain = serde_json::to_vec(findings).expect("plain data");
    Sealed { id, stage, result, findings: ctx.keys().seal("marriage_check", "findings", &id.to_vec(), &plain) }
}

/// Appends a run.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, case: CaseId, check: &Sealed) -> Result<()> {
    q("INSERT INTO marriage_check (id, case_id, stage, result, findings, checked_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(check.id)
        .bind(case)
        .bind(check.stage)
        .bind(check.result)
        .bind(check.findings.clone())
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// What other instances said in the last network check of a case.
pub(crate) async fn elsewhere(ctx: &Ctx, case: CaseId) -> Result<Vec<Finding>> {
    let last: Option<(Vec<u8>, Vec<u8>)> =
        q("SELECT id, findings FROM marriage_check WHERE case_id = $1 AND stage = 'network' ORDER BY at DESC, id DESC LIMIT 1").bind(case).opt(ctx.db()).await?;
    let Some((id, sealed)) = last else { return Ok(Vec::new()) };
    let plain = ctx.keys().open("marriage_check", "findings", &id, &sealed).map_err(Error::internal)?;
    let findings: Vec<Finding> = serde_json::from_slice(&plain).map_err(Error::internal)?;
    Ok(findings.into_iter().filter(|finding| finding.elsewhere).collect())
}

/// Stage, result and moment of the runs of a case, newest first, 50 at most.
pub(crate) async fn of_case(db: &store::Db, case: CaseId) -> Result<Vec<(String, String, Instant)>> {
    let rows: Vec<(String, String, i64)> =
        q("SELECT stage, result, at FROM marriage_check WHERE case_id = $1 ORDER BY at DESC, id DESC LIMIT 50").bind(case).all(db).await?;
    Ok(rows.into_iter().map(|(stage, result, at)| (stage, result, Instant::from_micros(at))).collect())
}
