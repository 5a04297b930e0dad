//! The register of marriages: entries, parties, versions, certificates and the counter of their numbers.

use casework::CaseId;
use identity::facts::NumberHash;
use kernel::{Day, Id, Instant, RegionCode};
use platform::{Ctx, Error, PersonId, Result};
use serde::{Deserialize, Serialize};
use store::{Target, Tx, q};

use crate::issues;
use crate::model::{CertificateId, EndKind, MarriageId, Side, Snapshot};
use crate::rules::OwnMarriage;
use crate::rules::certificate::{CertNo, Prefix};

/// Marker of a party's row in the register.
#[derive(Debug)]
pub(crate) struct RegisterParty;
/// Marker of a version of an entry.
#[derive(Debug)]
pub(crate) struct Version;

/// What an entry says, sealed as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The man as his document showed him on the day.
    pub a: Snapshot,
    /// The woman.
    pub b: Snapshot,
    /// 备注; empty when there is none.
    pub remark: String,
}

impl Content {
    /// The person in a place.
    pub fn party(&self, side: Side) -> &Snapshot {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

/// An entry about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub(crate) id: MarriageId,
    pub(crate) case: CaseId,
    pub(crate) kind: &'static str,
    pub(crate) region: RegionCode,
    pub(crate) org: platform::OrgId,
    pub(crate) office: Vec<u8>,
    pub(crate) registrar: platform::StaffId,
}

/// Writes an entry, still without its number.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, entry: &NewEntry) -> Result<()> {
    q("INSERT INTO marriage (id, case_id, version, state, kind, region, org, office, registrar, started_on, registered_at) \
       VALUES ($1, $2, 1, 'valid', $3, $4, $5, $6, $7, $8, $9)")
    .bind(entry.id)
    .bind(entry.case)
    .bind(entry.kind)
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

/// A party about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewParty {
    pub(crate) id: Id<RegisterParty>,
    pub(crate) side: Side,
    pub(crate) person: PersonId,
    pub(crate) number: NumberHash,
    pub(crate) name_hash: Vec<u8>,
    pub(crate) sex: &'static str,
    pub(crate) birth_year: i64,
    pub(crate) marital: &'static str,
}

/// Writes a party; false when this person has a valid marriage already. The partial unique key decides, not a look before.
pub(crate) async fn insert_party(tx: &Tx, marriage: MarriageId, party: &NewParty) -> Result<bool> {
    let written = q("INSERT INTO marriage_party (id, marriage, side, person, valid, number_hash, name_hash, sex, birth_year, marital_before) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (person) WHERE valid DO NOTHING")
    .bind(party.id)
    .bind(marriage)
    .bind(party.side.code())
    .bind(party.person)
    .bind(true)
    .bind(party.number.0.clone())
    .bind(party.name_hash.clone())
    .bind(party.sex)
    .bind(party.birth_year)
    .bind(party.marital)
    .exec(tx)
    .await?;
    if written != 1 {
        return Ok(false);
    }
    // The register of old files holds marriages too.
    let stands = q("INSERT INTO marriage_standing (person, marriage) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING")
        .bind(party.person)
        .bind(marriage)
        .exec(tx)
        .await?;
    Ok(stands == 1)
}

/// A version about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct SealedVersion {
    id: Id<Version>,
    content: Vec<u8>,
}

/// Seals what an entry says.
pub(crate) fn seal(ctx: &Ctx, content: &Content) -> SealedVersion {
    let id: Id<Version> = ctx.id();
    let plain = serde_json::to_vec(content).expect("plain data");
    SealedVersion { id, content: ctx.keys().seal("marriage_version", "content", &id.to_vec(), &plain) }
}

/// Appends a version.
pub(crate) async fn insert_version(
    tx: &Tx,
    ctx: &Ctx,
    marriage: MarriageId,
    number: i64,
    sealed: &SealedVersion,
    effective_on: Day,
    reason: &str,
) -> Result<()> {
    q("INSERT INTO marriage_version (id, marriage, version, content, effective_on, recorded_at, reason, recorded_by) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(sealed.id)
    .bind(marriage)
    .bind(number)
    .bind(sealed.content.clone())
    .bind(effective_on)
    .bind(ctx.now())
    .bind(reason)
    .bind(ctx.actor().key())
    .exec(tx)
    .await?;
    Ok(())
}

/// Takes the next number of a prefix, region and year. The counter row stays locked until the commit, so this comes last;
/// what rolls back gives its number back, and there is neither gap nor double.
pub(crate) async fn next_number(tx: &Tx, prefix: Prefix, region: RegionCode, year: i16) -> Result<CertNo> {
    let (n,): (i64,) = q("INSERT INTO marriage_cert_counter (prefix, region, year, n) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (prefix, region, year) DO UPDATE SET n = marriage_cert_counter.n + 1 RETURNING n")
    .bind(prefix.letters())
    .bind(region)
    .bind(i64::from(year))
    .bind(crate::parameters::parameters().certificate.first_serial.value)
    .one(tx)
    .await?;
    Ok(CertNo::new(prefix, region.as_str(), year, n)?)
}

/// Gives an entry its number; `MR-E33` if the number is somehow there already.
pub(crate) async fn set_number(tx: &Tx, marriage: MarriageId, number: &CertNo) -> Result<()> {
    let text = number.to_string();
    let taken: Option<(Vec<u8>,)> = q("SELECT id FROM marriage WHERE cert_no = $1").bind(text.as_str()).opt(tx).await?;
    if taken.is_some() {
        return Err(issues::number_twice().into());
    }
    q("UPDATE marriage SET cert_no = $1 WHERE id = $2").bind(text).bind(marriage).exec(tx).await?;
    Ok(())
}

/// Writes a holder's certificate as the current one.
pub(crate) async fn insert_certificate(
    tx: &Tx,
    ctx: &Ctx,
    id: CertificateId,
    marriage: MarriageId,
    holder: Side,
    cert_no: &str,
    serial: &str,
) -> Result<()> {
    q("INSERT INTO marriage_certificate (id, marriage, holder, cert_no, print_serial, state, current, issued_on) \
       VALUES ($1, $2, $3, $4, $5, '1', $6, $7)")
    .bind(id)
    .bind(marriage)
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
pub(crate) async fn retire_certificate(tx: &Tx, marriage: MarriageId, holder: Side, state: &str) -> Result<Option<Retired>> {
    let retired: Option<Retired> =
        q("SELECT holder, cert_no, print_serial FROM marriage_certificate WHERE marriage = $1 AND holder = $2 AND current")
            .bind(marriage)
            .bind(holder.code())
            .opt(tx)
            .await?;
    q("UPDATE marriage_certificate SET state = $1, current = $2 WHERE marriage = $3 AND holder = $4 AND current")
        .bind(state)
        .bind(false)
        .bind(marriage)
        .bind(holder.code())
        .exec(tx)
        .await?;
    Ok(retired)
}

/// Notes that a booklet was printed.
pub(crate) async fn set_printed(tx: &Tx, marriage: MarriageId, holder: Side, at: Instant) -> Result<u64> {
    Ok(q("UPDATE marriage_certificate SET printed_at = $1 WHERE marriage = $2 AND holder = $3 AND current")
        .bind(at)
        .bind(marriage)
        .bind(holder.code())
        .exec(tx)
        .await?)
}

#[derive(sqlx::FromRow)]
struct OwnRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: MarriageId,
    cert_no: Option<String>,
    valid: bool,
    spouse: Vec<u8>,
    ended_on: Option<String>,
}

/// A person's marriages in our register, newest first; what is void never was one.
pub(crate) async fn of_person(on: impl Into<Target<'_>> + Send, person: PersonId) -> Result<Vec<OwnMarriage>> {
    let rows: Vec<OwnRow> = q("SELECT m.id, m.cert_no, p.valid, s.number_hash AS spouse, m.ended_on FROM marriage_party p \
         JOIN marriage m ON m.id = p.marriage JOIN marriage_party s ON s.marriage = m.id AND s.side <> p.side \
         WHERE p.person = $1 AND m.state <> 'void' ORDER BY m.registered_at DESC LIMIT 20")
    .bind(person)
    .all(on)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OwnMarriage {
            id: row.id,
            cert_no: row.cert_no.unwrap_or_default(),
            valid: row.valid,
            spouse: NumberHash(row.spouse),
            spouse_died: None,
            ended_on: row.ended_on.and_then(|day| day.parse().ok()),
        })
        .collect())
}

/// Marriages that stand and have a party of this name whose birth is not another year.
pub(crate) async fn standing_of_name(on: impl Into<Target<'_>> + Send, name: &[u8], birth_year: Option<i16>) -> Result<Vec<MarriageId>> {
    let rows: Vec<(Vec<u8>, i64)> =
        q("SELECT marriage, birth_year FROM marriage_party WHERE name_hash = $1 AND valid LIMIT 200").bind(name).all(on).await?;
    let like = rows.into_iter().filter(|(_, year)| birth_year.is_none_or(|ours| i64::from(ours) == *year));
    like.map(|(id, _)| MarriageId::try_from(id).map_err(Error::internal)).collect()
}

/// Whether a marriage stands now.
pub(crate) async fn stands(on: impl Into<Target<'_>> + Send, marriage: MarriageId) -> Result<bool> {
    let found: Option<(String,)> = q("SELECT state FROM marriage WHERE id = $1 AND state = 'valid'").bind(marriage).opt(on).await?;
    Ok(found.is_some())
}

/// Ends a marriage, or voids it from its beginning; false when somebody else did so first. What has ended can still be found void.
pub(crate) async fn end(tx: &Tx, marriage: MarriageId, on: Day, kind: EndKind) -> Result<bool> {
    let ended = if kind.voids() {
        q("UPDATE marriage SET state = 'void', ended_on = started_on, end_kind = $1, version = version + 1 WHERE id = $2 AND state <> 'void'")
            .bind(kind.code())
            .bind(marriage)
            .exec(tx)
            .await?
    } else {
        q("UPDATE marriage SET state = 'ended', ended_on = $1, end_kind = $2, version = version + 1 WHERE id = $3 AND state = 'valid'")
            .bind(on)
            .bind(kind.code())
            .bind(marriage)
            .exec(tx)
            .await?
    };
    if ended == 1 {
        q("UPDATE marriage_party SET valid = $1 WHERE marriage = $2").bind(false).bind(marriage).exec(tx).await?;
        q("DELETE FROM marriage_standing WHERE marriage = $1").bind(marriage).exec(tx).await?;
    }
    Ok(ended == 1)
}

/// Takes back that a death ended a marriage, unless one of the two is married again; false when nothing was to be taken back.
pub(crate) async fn stands_again(tx: &Tx, marriage: MarriageId) -> Result<bool> {
    let back = q("UPDATE marriage SET state = 'valid', ended_on = NULL, end_kind = NULL, version = version + 1 WHERE id = $1 AND state = 'ended' AND end_kind = $2 \
         AND NOT EXISTS (SELECT 1 FROM marriage_party p JOIN marriage_standing s ON s.person = p.person WHERE p.marriage = $1)")
    .bind(marriage)
    .bind(EndKind::Death.code())
    .exec(tx)
    .await?;
    if back == 1 {
        q("UPDATE marriage_party SET valid = $1 WHERE marriage = $2").bind(true).bind(marriage).exec(tx).await?;
        q("INSERT INTO marriage_standing (person, marriage) SELECT person, marriage FROM marriage_party WHERE marriage = $1").bind(marriage).exec(tx).await?;
    }
    Ok(back == 1)
}

/// A certificate that was taken out of force.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Retired {
    /// `A` or `B`.
    pub holder: String,
    /// Its number.
    pub cert_no: String,
    /// Serial of the booklet.
    pub print_serial: String,
}

/// Takes every current certificate of a marriage out of force. `state` is a code of Z.1.
pub(crate) async fn retire_certificates(tx: &Tx, marriage: MarriageId, state: &str) -> Result<Vec<Retired>> {
    let mut retired: Vec<Retired> =
        q("SELECT holder, cert_no, print_serial FROM marriage_certificate WHERE marriage = $1 AND current").bind(marriage).all(tx).await?;
    retired.sort_by(|one, other| one.holder.cmp(&other.holder));
    q("UPDATE marriage_certificate SET state = $1, current = $2 WHERE marriage = $3 AND current")
        .bind(state)
        .bind(false)
        .bind(marriage)
        .exec(tx)
        .await?;
    Ok(retired)
}

/// A registration as a look-up finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The entry.
    pub id: MarriageId,
    /// Number of the registration.
    pub cert_no: String,
    /// `valid`, `ended` or `void`.
    pub state: String,
    /// Why it ended, or never was.
    pub end_kind: Option<EndKind>,
    /// The place of the person whose number was looked up; the man's when a certificate was.
    pub side: Side,
    /// The day of the registration.
    pub started_on: Day,
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: MarriageId,
    cert_no: Option<String>,
    state: String,
    end_kind: Option<String>,
    side: String,
    #[sqlx(try_from = "String")]
    started_on: Day,
}

impl From<HeldRow> for Held {
    fn from(row: HeldRow) -> Self {
        Self {
            id: row.id,
            cert_no: row.cert_no.unwrap_or_default(),
            state: row.state,
            end_kind: row.end_kind.as_deref().and_then(EndKind::from_code),
            side: Side::from_code(&row.side).unwrap_or(Side::A),
            started_on: row.started_on,
        }
    }
}

/// The registrations of whoever has this number, void ones too, newest first.
pub(crate) async fn of_number(on: impl Into<Target<'_>> + Send, number: &NumberHash) -> Result<Vec<Held>> {
    let rows: Vec<HeldRow> = q("SELECT m.id, m.cert_no, m.state, m.end_kind, p.side, m.started_on FROM marriage_party p \
         JOIN marriage m ON m.id = p.marriage WHERE p.number_hash = $1 ORDER BY m.registered_at DESC LIMIT 20")
    .bind(number.0.clone())
    .all(on)
    .await?;
    Ok(rows.into_iter().map(Held::from).collect())
}

/// The registration that a certificate of this number is or was about.
pub(crate) async fn of_certificate(on: impl Into<Target<'_>> + Send, cert_no: &CertNo) -> Result<Option<Held>> {
    let row: Option<HeldRow> = q("SELECT m.id, m.cert_no, m.state, m.end_kind, c.holder AS side, m.started_on FROM marriage_certificate c \
         JOIN marriage m ON m.id = c.marriage WHERE c.cert_no = $1 ORDER BY c.holder, c.id LIMIT 1")
    .bind(cert_no.to_string())
    .opt(on)
    .await?;
    Ok(row.map(Held::from))
}

/// The case that registered a marriage.
pub(crate) async fn case_of(on: impl Into<Target<'_>> + Send, marriage: MarriageId) -> Result<CaseId> {
    let (case,): (Vec<u8>,) = q("SELECT case_id FROM marriage WHERE id = $1").bind(marriage).opt(on).await?.ok_or(Error::NotFound)?;
    CaseId::try_from(case).map_err(Error::internal)
}

/// An entry with what its last version says.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The entry.
    pub id: MarriageId,
    /// Its version.
    pub version: i64,
    /// `valid`, `ended` or `void`.
    pub state: String,
    /// Code of the kind of registration.
    pub kind: String,
    /// Number of the registration, and of both certificates until one is re-issued.
    pub cert_no: String,
    /// Region of the office that registered it.
    pub region: String,
    /// Organisation that registered it.
    pub org: platform::OrgId,
    /// The case that registered it.
    pub case: CaseId,
    /// Both persons, the man first.
    pub persons: [PersonId; 2],
    /// Why it ended, or never was.
    pub end_kind: Option<EndKind>,
    /// The moment from which the marriage exists.
    pub registered_at: Instant,
    /// The day on which it ended.
    pub ended_on: Option<Day>,
    /// What it says.
    pub content: Content,
    /// Both certificates that are current.
    pub certificates: Vec<Printed>,
}

/// A current certificate.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Printed {
    /// `A` or `B`.
    pub holder: String,
    /// Its number: that of the registration, or of the re-issue.
    pub cert_no: String,
    /// Serial of the booklet.
    pub print_serial: String,
    /// Day of issue.
    #[sqlx(try_from = "String")]
    pub issued_on: Day,
    /// When it was printed, in microseconds since the epoch; none before.
    pub printed_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    version: i64,
    state: String,
    kind: String,
    cert_no: Option<String>,
    region: String,
    org: Vec<u8>,
    case_id: Vec<u8>,
    a: Vec<u8>,
    b: Vec<u8>,
    end_kind: Option<String>,
    registered_at: i64,
    ended_on: Option<String>,
    version_id: Vec<u8>,
    content: Vec<u8>,
}

/// An entry with its newest version and current certificates.
pub(crate) async fn entry(on: Target<'_>, ctx: &Ctx, id: MarriageId) -> Result<Entry> {
    let row: EntryRow = q("SELECT m.version, m.state, m.kind, m.cert_no, m.region, m.org, m.case_id, a.person AS a, b.person AS b, m.end_kind, \
         m.registered_at, m.ended_on, v.id AS version_id, v.content FROM marriage m JOIN marriage_version v ON v.marriage = m.id \
         JOIN marriage_party a ON a.marriage = m.id AND a.side = 'A' JOIN marriage_party b ON b.marriage = m.id AND b.side = 'B' \
         WHERE m.id = $1 ORDER BY v.version DESC LIMIT 1")
    .bind(id)
    .opt(on)
    .await?
    .ok_or(Error::NotFound)?;
    let plain = ctx.keys().open("marriage_version", "content", &row.version_id, &row.content).map_err(Error::internal)?;
    let certificates = q("SELECT holder, cert_no, print_serial, issued_on, printed_at FROM marriage_certificate \
         WHERE marriage = $1 AND current ORDER BY holder")
    .bind(id)
    .all(on)
    .await?;
    Ok(Entry {
        id,
        version: row.version,
        state: row.state,
        kind: row.kind,
        cert_no: row.cert_no.unwrap_or_default(),
        region: row.region,
        org: row.org.try_into().map_err(Error::internal)?,
        case: row.case_id.try_into().map_err(Error::internal)?,
        persons: [row.a.try_into().map_err(Error::internal)?, row.b.try_into().map_err(Error::internal)?],
        end_kind: row.end_kind.as_deref().and_then(EndKind::from_code),
        registered_at: Instant::from_micros(row.registered_at),
        ended_on: row.ended_on.and_then(|day| day.parse().ok()),
        content: serde_json::from_slice(&plain).map_err(Error::internal)?,
        certificates,
    })
}

/// What stands of a person: number, state, first and last day; the newest first.
pub(crate) async fn lines_of(on: impl Into<Target<'_>> + Send, person: PersonId) -> Result<Vec<(Option<String>, String, Day, Option<Day>)>> {
    let rows: Vec<(Option<String>, String, String, Option<String>)> = q("SELECT m.cert_no, m.state, m.started_on, m.ended_on FROM marriage_party p \
         JOIN marriage m ON m.id = p.marriage WHERE p.person = $1 ORDER BY m.registered_at DESC")
    .bind(person)
    .all(on)
    .await?;
    let day = |text: String| text.parse::<Day>().map_err(|_| Error::internal("a day of the register"));
    rows.into_iter().map(|(number, state, from, to)| Ok((number, state, day(from)?, to.map(day).transpose()?))).collect()
}

/// Raises the version of an entry that was at `seen`; false when somebody else did so first.
pub(crate) async fn raise_version(tx: &Tx, id: MarriageId, seen: i64) -> Result<bool> {
    let raised = q("UPDATE marriage SET version = version + 1 WHERE id = $1 AND version = $2").bind(id).bind(seen).exec(tx).await?;
    Ok(raised == 1)
}
