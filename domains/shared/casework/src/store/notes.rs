//! Opinions, suspensions, lists of corrections, pledges, credit records.

use kernel::{Day, Instant, Text};
use platform::{Ctx, Error, Result, StaffId};
use store::{Target, Tx, q};

use crate::CaseId;
use crate::model::{CorrectionId, CorrectionItem, CorrectionKind, Opinion, Pledge, StoredCorrection, Suspension, SuspensionId};

/// Marker of the row of an opinion.
pub(crate) struct OpinionRow;

/// An opinion to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewOpinion<'a> {
    pub(crate) id: kernel::Id<OpinionRow>,
    pub(crate) case: CaseId,
    pub(crate) seq: i64,
    pub(crate) verb: &'a str,
    pub(crate) outcome: &'a str,
    pub(crate) opinion: &'a str,
    pub(crate) remedies: &'a str,
    pub(crate) inspectors: &'a [StaffId],
}

/// Adds an opinion.
pub(crate) async fn add_opinion(tx: &Tx, ctx: &Ctx, new: &NewOpinion<'_>) -> Result<()> {
    let staff = ctx.actor().staff();
    q("INSERT INTO case_opinion (id, case_id, seq, verb, outcome, opinion, remedies, inspectors, author, author_name, at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(new.id)
        .bind(new.case)
        .bind(new.seq)
        .bind(new.verb)
        .bind(new.outcome)
        .bind(ctx.keys().seal_text("case_opinion", "opinion", &new.id.to_vec(), new.opinion))
        .bind(new.remedies)
        .bind(serde_json::to_string(new.inspectors).map_err(Error::internal)?)
        .bind(staff.map(|staff| staff.id))
        .bind(staff.map_or("", |staff| staff.name.as_str()))
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct OpinionOut {
    id: Vec<u8>,
    seq: i64,
    verb: String,
    opinion: Vec<u8>,
    remedies: String,
    inspectors: String,
    author_name: String,
    #[sqlx(try_from = "i64")]
    at: Instant,
}

/// Opinions of a case, the oldest first.
pub(crate) async fn opinions(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId) -> Result<Vec<Opinion>> {
    let rows: Vec<OpinionOut> =
        q("SELECT id, seq, verb, opinion, remedies, inspectors, author_name, at FROM case_opinion WHERE case_id = $1 ORDER BY seq LIMIT 200")
            .bind(case)
            .all(on)
            .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Opinion {
                seq: row.seq,
                verb: row.verb,
                opinion: ctx.keys().open_text("case_opinion", "opinion", &row.id, &row.opinion).map_err(Error::internal)?,
                remedies: row.remedies,
                inspectors: serde_json::from_str(&row.inspectors).map_err(Error::internal)?,
                author_name: row.author_name,
                at: row.at,
            })
        })
        .collect()
}

/// A suspension begins.
pub(crate) async fn start_suspension(tx: &Tx, ctx: &Ctx, case: CaseId, suspension: &Suspension) -> Result<()> {
    q("INSERT INTO case_suspension (id, case_id, kind, basis, estimated_days, from_day, until_day, outcome, started_by, started_at) \
       VALUES ($1, $2, $3, $4, $5, $6, NULL, '', $7, $8)")
        .bind(suspension.id)
        .bind(case)
        .bind(suspension.kind.as_str())
        .bind(suspension.basis.as_str())
        .bind(suspension.estimated_days)
        .bind(suspension.from)
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// The suspension of a case ends.
pub(crate) async fn end_suspension(tx: &Tx, case: CaseId, until: Day, outcome: &str) -> Result<()> {
    q("UPDATE case_suspension SET until_day = $2, outcome = $3 WHERE case_id = $1 AND until_day IS NULL").bind(case).bind(until).bind(outcome).exec(tx).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SuspensionRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: SuspensionId,
    kind: String,
    basis: String,
    estimated_days: i64,
    #[sqlx(try_from = "String")]
    from_day: Day,
    until_day: Option<String>,
    outcome: String,
}

/// Suspensions of a case, the oldest first.
pub(crate) async fn suspensions(on: impl Into<Target<'_>> + Send, case: CaseId) -> Result<Vec<Suspension>> {
    let rows: Vec<SuspensionRow> =
        q("SELECT id, kind, basis, estimated_days, from_day, until_day, outcome FROM case_suspension WHERE case_id = $1 ORDER BY started_at, id")
            .bind(case)
            .all(on)
            .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Suspension {
                id: row.id,
                kind: row.kind,
                basis: row.basis,
                estimated_days: row.estimated_days,
                from: row.from_day,
                until: row.until_day.map(Day::try_from).transpose().map_err(Error::internal)?,
                outcome: row.outcome,
            })
        })
        .collect()
}

/// Writes a list of corrections, or what was supplied of one.
pub(crate) async fn put_correction(tx: &Tx, ctx: &Ctx, case: CaseId, list: &StoredCorrection) -> Result<()> {
    let text = serde_json::to_vec(&list.items).map_err(Error::internal)?;
    q("INSERT INTO case_correction (id, case_id, kind, told_on, due, list, told_by, told_at, closed_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET list = excluded.list, closed_at = excluded.closed_at")
        .bind(list.id)
        .bind(case)
        .bind(list.kind.code())
        .bind(list.told_on)
        .bind(list.due)
        .bind(ctx.keys().seal("case_correction", "list", &list.id.to_vec(), &text))
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .bind(list.closed_at)
        .exec(tx)
        .await?;
    Ok(())
}

/// What was told is answered, or of no use any more.
pub(crate) async fn close_corrections(tx: &Tx, case: CaseId, at: Instant) -> Result<()> {
    q("UPDATE case_correction SET closed_at = $2 WHERE case_id = $1 AND closed_at IS NULL").bind(case).bind(at).exec(tx).await?;
    Ok(())
}

/// Notes that something that was asked for has come.
pub(crate) async fn supplied(tx: &Tx, ctx: &Ctx, case: CaseId, key: &str) -> Result<()> {
    for mut list in corrections(tx, ctx, case).await?.into_iter().filter(|list| list.closed_at.is_none()) {
        let mut changed = false;
        for item in list.items.iter_mut().filter(|item| item.key == key && item.supplied_at.is_none()) {
            item.supplied_at = Some(ctx.now());
            changed = true;
        }
        if changed {
            put_correction(tx, ctx, case, &list).await?;
        }
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct CorrectionRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: CorrectionId,
    kind: String,
    #[sqlx(try_from = "String")]
    told_on: Day,
    #[sqlx(try_from = "String")]
    due: Day,
    list: Vec<u8>,
    closed_at: Option<i64>,
}

/// Lists of corrections of a case, the oldest first.
pub(crate) async fn corrections(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId) -> Result<Vec<StoredCorrection>> {
    let rows: Vec<CorrectionRow> =
        q("SELECT id, kind, told_on, due, list, closed_at FROM case_correction WHERE case_id = $1 ORDER BY told_at, id LIMIT 50").bind(case).all(on).await?;
    rows.into_iter()
        .map(|row| {
            let text = ctx.keys().open("case_correction", "list", &row.id.to_vec(), &row.list).map_err(Error::internal)?;
            let items: Vec<CorrectionItem> = serde_json::from_slice(&text).map_err(Error::internal)?;
            let kind = if row.kind == CorrectionKind::Notice.code() { CorrectionKind::Notice } else { CorrectionKind::Precheck };
            Ok(StoredCorrection { id: row.id, kind, told_on: row.told_on, due: row.due, items, closed_at: row.closed_at.map(Instant::from_micros) })
        })
        .collect()
}

/// Keeps a pledge as it was signed.
pub(crate) async fn add_pledge(tx: &Tx, case: CaseId, pledge: &Pledge) -> Result<()> {
    q("INSERT INTO case_pledge (case_id, text_zh, text_en, signed_at, check_due, checked_at, kept) VALUES ($1, $2, $3, $4, $5, NULL, NULL)")
        .bind(case)
        .bind(pledge.text.zh.as_ref())
        .bind(pledge.text.en.as_ref())
        .bind(pledge.signed_at)
        .bind(pledge.check_due)
        .exec(tx)
        .await?;
    Ok(())
}

/// The pledge of a case.
pub(crate) async fn pledge(on: impl Into<Target<'_>> + Send, case: CaseId) -> Result<Option<Pledge>> {
    let row: Option<(String, String, i64, String, Option<bool>)> =
        q("SELECT text_zh, text_en, signed_at, check_due, kept FROM case_pledge WHERE case_id = $1").bind(case).opt(on).await?;
    row.map(|(zh, en, signed_at, due, kept)| {
        Ok(Pledge { text: Text::new(zh, en), signed_at: Instant::from_micros(signed_at), check_due: Day::try_from(due).map_err(Error::internal)?, kept })
    })
    .transpose()
}

/// Notes what the check afterwards found; whether it was still open.
pub(crate) async fn check_pledge(tx: &Tx, ctx: &Ctx, case: CaseId, kept: bool) -> Result<bool> {
    Ok(q("UPDATE case_pledge SET checked_at = $2, kept = $3 WHERE case_id = $1 AND checked_at IS NULL").bind(case).bind(ctx.now()).bind(kept).exec(tx).await? == 1)
}
