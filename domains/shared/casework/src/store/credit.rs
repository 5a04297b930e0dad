//! Credit records (失信记录) of broken pledges.

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, Result};
use store::{Db, Target, Tx, q};

use crate::CaseId;
use crate::model::{Credit, CreditId};

/// Records a broken pledge.
pub(crate) async fn add(tx: &Tx, ctx: &Ctx, case: CaseId, subject: Vec<u8>, reason: &str, source: &str, until: Option<Day>) -> Result<()> {
    let id: CreditId = ctx.id();
    q("INSERT INTO case_credit (id, subject, reason, source, from_day, until_day, recorded_by, recorded_at, withdrawn_at, case_id) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9)")
        .bind(id)
        .bind(subject)
        .bind(reason)
        .bind(source)
        .bind(ctx.today())
        .bind(until)
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .bind(case)
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a credit record stands against this applicant on a day.
pub(crate) async fn stands(on: impl Into<Target<'_>> + Send, subject: Vec<u8>, day: Day) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM case_credit WHERE subject = $1 AND withdrawn_at IS NULL AND from_day <= $2 \
         AND (until_day IS NULL OR until_day >= $2))")
    .bind(subject)
    .bind(day)
    .one(on)
    .await?;
    Ok(found)
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: CreditId,
    #[sqlx(try_from = "Vec<u8>")]
    case_id: CaseId,
    case_no: String,
    applicant_name: Option<Vec<u8>>,
    reason: String,
    #[sqlx(try_from = "String")]
    from_day: Day,
    until_day: Option<String>,
    #[sqlx(try_from = "i64")]
    recorded_at: Instant,
    withdrawn_at: Option<i64>,
    withdrawn_reason: String,
}

impl Row {
    fn credit(self, ctx: &Ctx) -> Result<Credit> {
        let name = self.applicant_name.map(|sealed| ctx.keys().open_text("case_head", "applicant_name", &self.case_id.to_vec(), &sealed)).transpose();
        Ok(Credit {
            id: self.id,
            case: self.case_id,
            case_no: self.case_no,
            applicant: name.map_err(Error::internal)?.unwrap_or_default(),
            reason: self.reason,
            from: self.from_day,
            until: self.until_day.map(Day::try_from).transpose().map_err(Error::internal)?,
            recorded_at: self.recorded_at,
            withdrawn_at: self.withdrawn_at.map(Instant::from_micros),
            withdrawn_reason: self.withdrawn_reason,
        })
    }
}

const COLUMNS: &str = "SELECT k.id, k.case_id, h.case_no, h.applicant_name, k.reason, k.from_day, k.until_day, k.recorded_at, k.withdrawn_at, \
     k.withdrawn_reason FROM case_credit k JOIN case_head h ON h.id = k.case_id ";

/// Records of cases in these regions and below, the newest first, before one of them.
pub(crate) async fn list(db: &Db, ctx: &Ctx, roots: &[RegionCode], before: Option<CreditId>, limit: i64) -> Result<Vec<Credit>> {
    let statement = q(COLUMNS)
        .sql("WHERE EXISTS (SELECT 1 FROM region_closure c WHERE c.descendant = h.region AND c.ancestor IN (")
        .list(roots.iter().copied())
        .sql(")) AND k.id < ")
        .arg(before.map_or_else(|| vec![0xFF; 16], |id| id.to_vec()))
        .sql(" ORDER BY k.id DESC LIMIT ")
        .arg(limit);
    let rows: Vec<Row> = statement.all(db).await?;
    rows.into_iter().map(|row| row.credit(ctx)).collect()
}

/// The case of a record.
pub(crate) async fn case_of(db: &Db, id: CreditId) -> Result<Option<CaseId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT case_id FROM case_credit WHERE id = $1 AND case_id IS NOT NULL").bind(id).opt(db).await?;
    row.map(|(case,)| CaseId::try_from(case).map_err(Error::internal)).transpose()
}

/// Withdraws a record, unless it was withdrawn before.
pub(crate) async fn withdraw(tx: &Tx, ctx: &Ctx, id: CreditId, reason: &str) -> Result<bool> {
    let changed = q("UPDATE case_credit SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 WHERE id = $1 AND withdrawn_at IS NULL")
        .bind(id)
        .bind(ctx.now())
        .bind(ctx.actor().key())
        .bind(reason)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}
