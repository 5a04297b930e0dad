//! The register of divorces and its certificates. Numbers come from the counter of [`super::register`].

use identity::facts::NumberHash;
use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, Error, PersonId, Result};
use store::{Target, Tx, q};

use crate::divorce::model::{AgreementId, Content, DivorceId};
use crate::issues;
use crate::model::{CertificateId, MarriageId, Side};
use crate::rules::certificate::CertNo;
use crate::store::register::{Printed, Retired};

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
    /// Keys of the photos, the man's first.
    pub(crate) photos: [Option<String>; 2],
}

/// Seals what an entry says.
pub(crate) fn seal(ctx: &Ctx, id: DivorceId, content: &Content) -> Vec<u8> {
    ctx.keys().seal("divorce", "content", &id.to_vec(), &serde_json::to_vec(content).expect("plain data"))
}

/// Writes an entry, still without its number.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, entry: &NewEntry) -> Result<()> {
    q("INSERT INTO divorce (id, case_id, marriage, agreement, content, region, org, office, registrar, registered_on, registered_at, photo_a, photo_b) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
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
    .bind(entry.photos[0].clone())
    .bind(entry.photos[1].clone())
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

/// Takes a holder's current certificate out of force; none when he has none. `state` is a code of Z.1.
pub(crate) async fn retire_certificate(tx: &Tx, divorce: DivorceId, holder: Side, state: &str) -> Result<Option<Retired>> {
    let retired = q("SELECT holder, cert_no, print_serial FROM divorce_certificate WHERE divorce = $1 AND holder = $2 AND current")
        .bind(divorce)
        .bind(holder.code())
        .opt(tx)
        .await?;
    q("UPDATE divorce_certificate SET state = $1, current = $2 WHERE divorce = $3 AND holder = $4 AND current")
        .bind(state)
        .bind(false)
        .bind(divorce)
        .bind(holder.code())
        .exec(tx)
        .await?;
    Ok(retired)
}

/// Voids the divorce of a marriage that never was, with its certificates; returns those that were current.
pub(crate) async fn void_of_marriage(tx: &Tx, marriage: MarriageId) -> Result<Vec<Retired>> {
    let divorce: Option<(Vec<u8>,)> = q("SELECT id FROM divorce WHERE marriage = $1 AND state = 'valid'").bind(marriage).opt(tx).await?;
    let Some((id,)) = divorce else { return Ok(Vec::new()) };
    let divorce = DivorceId::try_from(id).map_err(Error::internal)?;
    q("UPDATE divorce SET state = 'void' WHERE id = $1").bind(divorce).exec(tx).await?;
    let mut retired = Vec::new();
    for holder in Side::BOTH {
        retired.extend(retire_certificate(tx, divorce, holder, "5").await?);
    }
    Ok(retired)
}

/// Whether a divorce stands: one of a marriage that turned out void does not.
pub(crate) async fn stands(on: impl Into<Target<'_>> + Send, divorce: DivorceId) -> Result<bool> {
    let found: Option<(String,)> = q("SELECT state FROM divorce WHERE id = $1 AND state = 'valid'").bind(divorce).opt(on).await?;
    Ok(found.is_some())
}

/// The divorces of whoever has this number, with his place in each, the newest first; those that are void as well.
pub(crate) async fn of_number(on: impl Into<Target<'_>> + Send, number: &NumberHash) -> Result<Vec<Held>> {
    let rows: Vec<HeldRow> = q("SELECT d.id, p.side, d.cert_no, d.state FROM marriage_case_party p JOIN divorce d ON d.case_id = p.case_id          WHERE p.number_hash = $1 ORDER BY d.registered_at DESC LIMIT 20")
    .bind(number.0.clone())
    .all(on)
    .await?;
    let held = |row: HeldRow| Held {
        id: row.id,
        side: Side::from_code(&row.side).unwrap_or(Side::A),
        cert_no: row.cert_no.unwrap_or_default(),
        stands: row.state == "valid",
    };
    Ok(rows.into_iter().map(held).collect())
}

/// A divorce as a look-up finds it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) id: DivorceId,
    pub(crate) side: Side,
    pub(crate) cert_no: String,
    pub(crate) stands: bool,
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: DivorceId,
    side: String,
    cert_no: Option<String>,
    state: String,
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
    /// The case that registered it.
    pub case: casework::CaseId,
    /// Both persons, the man first.
    pub persons: [PersonId; 2],
    /// What it says.
    pub content: Content,
    /// Both certificates that are current.
    pub certificates: Vec<Printed>,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: DivorceId,
    case_id: Vec<u8>,
    cert_no: Option<String>,
    #[sqlx(try_from = "String")]
    registered_on: Day,
    #[sqlx(try_from = "i64")]
    registered_at: Instant,
    content: Vec<u8>,
    a: Option<Vec<u8>>,
    b: Option<Vec<u8>>,
}

const ENTRY: &str = "SELECT d.id, d.case_id, d.cert_no, d.registered_on, d.registered_at, d.content, a.person AS a, b.person AS b FROM divorce d \
     JOIN marriage_case_party a ON a.case_id = d.case_id AND a.side = 'A' JOIN marriage_case_party b ON b.case_id = d.case_id AND b.side = 'B' \
     WHERE d.case_id = $1";
const ENTRY_OF_ID: &str = "SELECT d.id, d.case_id, d.cert_no, d.registered_on, d.registered_at, d.content, a.person AS a, b.person AS b FROM divorce d \
     JOIN marriage_case_party a ON a.case_id = d.case_id AND a.side = 'A' JOIN marriage_case_party b ON b.case_id = d.case_id AND b.side = 'B' \
     WHERE d.id = $1";

/// The entry that a case made, with its current certificates.
pub(crate) async fn of_case(on: Target<'_>, ctx: &Ctx, case: casework::CaseId) -> Result<Option<Entry>> {
    match q(ENTRY).bind(case).opt(on).await? {
        Some(row) => entry(on, ctx, row).await.map(Some),
        None => Ok(None),
    }
}

/// An entry with its current certificates.
pub(crate) async fn by_id(on: Target<'_>, ctx: &Ctx, id: DivorceId) -> Result<Entry> {
    let row: EntryRow = q(ENTRY_OF_ID).bind(id).opt(on).await?.ok_or(Error::NotFound)?;
    entry(on, ctx, row).await
}

async fn entry(on: Target<'_>, ctx: &Ctx, row: EntryRow) -> Result<Entry> {
    let plain = ctx.keys().open("divorce", "content", &row.id.to_vec(), &row.content).map_err(Error::internal)?;
    let certificates = q("SELECT holder, cert_no, print_serial, issued_on, printed_at FROM divorce_certificate \
         WHERE divorce = $1 AND current ORDER BY holder")
    .bind(row.id)
    .all(on)
    .await?;
    let person = |id: Option<Vec<u8>>| id.and_then(|id| id.try_into().ok()).ok_or_else(|| Error::internal("a registered divorce of an unknown person"));
    Ok(Entry {
        id: row.id,
        case: row.case_id.try_into().map_err(Error::internal)?,
        cert_no: row.cert_no.unwrap_or_default(),
        registered_on: row.registered_on,
        registered_at: row.registered_at,
        persons: [person(row.a)?, person(row.b)?],
        content: serde_json::from_slice(&plain).map_err(Error::internal)?,
        certificates,
    })
}
