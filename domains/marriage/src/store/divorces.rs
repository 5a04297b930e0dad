//! The register of divorces and its certificates. Numbers come from the counter of [`super::register`].

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, Result};
use store::{Target, Tx, q};

use crate::divorce::model::{AgreementId, Content, DivorceId};
use crate::issues;
use crate::model::{CertificateId, MarriageId, Side};
use crate::rules::certificate::CertNo;
use crate::store::register::Printed;

/// An entry about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub(crate) id: DivorceId,
    pub(crate) case: casework::CaseId,
    pub(crate) marriage: Option<MarriageId>,
    pub(crate) agreement: AgreementId,
    pub(crate) content: Vec<u8>,
    pub(crate) region: RegionCode,
    pub(crate) org: platform::OrgId,
    pub(crate) office: Vec<u8>,
    pub(crate) registrar: platform::StaffId,
}

/// Seals what an entry says.
pub(crate) fn seal(ctx: &Ctx, id: DivorceId, content: &Content) -> Vec<u8> {
    ctx.keys().seal("divorce", "content", &id.to_vec(), &serde_json::to_vec(content).expect("plain data"))
}

/// Writes an entry, still without its number.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, entry: &NewEntry) -> Result<()> {
    q("INSERT INTO divorce (id, case_id, marriage, agreement, content, region, org, office, registrar, registered_on, registered_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(entry.id)
    .bind(entry.case)
    .bind(entry.marriage)
    .bind(entry.agreement)
    .bind(entry.content.clone())
    .bind(entry.region)
    .bind(entry.org)
    .bind(entry.office.clone())
    .bind(entry.registrar)
    .bind(ctx.today())
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(())
}

/// Gives an entry its number; `MR-E33` if the number is somehow there already.
pub(crate) async fn set_number(tx: &Tx, id: DivorceId, number: &CertNo) -> Result<()> {
    let text = number.to_string();
    let taken: Option<(Vec<u8>,)> = q("SELECT id FROM divorce WHERE cert_no = $1").bind(text.as_str()).opt(tx).await?;
    if taken.is_some() {
        return Err(issues::number_twice().into());
    }
    q("UPDATE divorce SET cert_no = $1 WHERE id = $2").bind(text).bind(id).exec(tx).await?;
    Ok(())
}

/// Writes a holder's certificate as the current one.
pub(crate) async fn insert_certificate(tx: &Tx, ctx: &Ctx, id: CertificateId, divorce: DivorceId, holder: Side, cert_no: &str, serial: &str) -> Result<()> {
    q("INSERT INTO divorce_certificate (id, divorce, holder, cert_no, print_serial, state, current, issued_on) \
       VALUES ($1, $2, $3, $4, $5, '1', $6, $7)")
    .bind(id)
    .bind(divorce)
    .bind(holder.code())
    .bind(cert_no)
    .bind(serial)
    .bind(true)
    .bind(ctx.today())
    .exec(tx)
    .await?;
    Ok(())
}

/// Takes a holder's current certificate out of force; returns its print serial. `state` is a code of Z.1.
pub(crate) async fn retire_certificate(tx: &Tx, divorce: DivorceId, holder: Side, state: &str) -> Result<String> {
    let found: Option<(Vec<u8>, String)> = q("SELECT id, print_serial FROM divorce_certificate WHERE divorce = $1 AND holder = $2 AND current")
        .bind(divorce)
        .bind(holder.code())
        .opt(tx)
        .await?;
    let (id, serial) = found.ok_or(Error::NotFound)?;
    q("UPDATE divorce_certificate SET state = $1, current = $2 WHERE id = $3").bind(state).bind(false).bind(id).exec(tx).await?;
    Ok(serial)
}

/// Notes that a booklet was printed; how many rows that was.
pub(crate) async fn set_printed(tx: &Tx, divorce: DivorceId, holder: Side, at: Instant) -> Result<u64> {
    Ok(q("UPDATE divorce_certificate SET printed_at = $1 WHERE divorce = $2 AND holder = $3 AND current")
        .bind(at)
        .bind(divorce)
        .bind(holder.code())
        .exec(tx)
        .await?)
}

/// An entry of the register of divorces.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The entry.
    pub id: DivorceId,
    /// Number of both certificates.
    pub cert_no: String,
    /// The marriage ended on this day.
    pub registered_on: Day,
    /// The moment of the registration.
    pub registered_at: Instant,
    /// What it says.
    pub content: Content,
    /// Both certificates that are current.
    pub certificates: Vec<Printed>,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: DivorceId,
    cert_no: Option<String>,
    #[sqlx(try_from = "String")]
    registered_on: Day,
    #[sqlx(try_from = "i64")]
    registered_at: Instant,
    content: Vec<u8>,
}

/// The entry that a case made, with its current certificates.
pub(crate) async fn of_case(on: Target<'_>, ctx: &Ctx, case: casework::CaseId) -> Result<Option<Entry>> {
    let row: Option<EntryRow> =
        q("SELECT id, cert_no, registered_on, registered_at, content FROM divorce WHERE case_id = $1").bind(case).opt(on).await?;
    let Some(row) = row else { return Ok(None) };
    let plain = ctx.keys().open("divorce", "content", &row.id.to_vec(), &row.content).map_err(Error::internal)?;
    let certificates = q("SELECT holder, cert_no, print_serial, issued_on, printed_at FROM divorce_certificate \
         WHERE divorce = $1 AND current ORDER BY holder")
    .bind(row.id)
    .all(on)
    .await?;
    Ok(Some(Entry {
        id: row.id,
        cert_no: row.cert_no.unwrap_or_default(),
        registered_on: row.registered_on,
        registered_at: row.registered_at,
        content: serde_json::from_slice(&plain).map_err(Error::internal)?,
        certificates,
    }))
}
