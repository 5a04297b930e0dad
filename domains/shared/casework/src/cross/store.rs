//! All SQL of cross-region handling.

use catalog::model::Delivery;
use kernel::{Day, Instant, RegionCode, Text};
use platform::{Ctx, Error, OrgId, Result, StaffId};
use ::store::{Db, Target, Tx, q};

use super::manifest::Manifest;
use super::{Counted, CountedKey, CrossCase, Figure, Identity, Method, Mode, Packet, PacketId, Place, Recheck, Sheet, Within};
use crate::CaseId;
use crate::ops::Window;

#[derive(sqlx::FromRow)]
struct CaseRow {
    #[sqlx(try_from = "Vec<u8>")]
    case_id: CaseId,
    mode: String,
    residence: Option<String>,
    identity_method: Option<String>,
    identity_by: Option<Vec<u8>>,
    identity_name: String,
    identity_at: Option<i64>,
    recheck_name: String,
    recheck_reason: Option<Vec<u8>>,
    recheck_at: Option<i64>,
    delivery: String,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
}

impl CaseRow {
    fn case(self, ctx: &Ctx) -> Result<CrossCase> {
        let unknown = |what: &str| Error::internal(format!("an unknown {what}"));
        let identity = match (self.identity_method, self.identity_by, self.identity_at) {
            (Some(method), Some(by), Some(at)) => Some(Identity {
                method: Method::from_code(&method).ok_or_else(|| unknown("way of checking"))?,
                by: StaffId::try_from(by).map_err(Error::internal)?,
                name: self.identity_name,
                at: Instant::from_micros(at),
            }),
            _ => None,
        };
        let recheck = match (self.recheck_reason, self.recheck_at) {
            (Some(sealed), Some(at)) => Some(Recheck {
                name: self.recheck_name,
                reason: ctx.keys().open_text("cross_case", "recheck_reason", &self.case_id.to_vec(), &sealed).map_err(Error::internal)?,
                at: Instant::from_micros(at),
            }),
            _ => None,
        };
        Ok(CrossCase {
            case: self.case_id,
            mode: Mode::from_code(&self.mode).ok_or_else(|| unknown("mode"))?,
            residence: self.residence.map(RegionCode::try_from).transpose().map_err(Error::internal)?,
            identity,
            recheck,
            delivery: Delivery::from_code(&self.delivery).ok_or_else(|| unknown("way of delivery"))?,
            opened_at: self.opened_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct PacketRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: PacketId,
    #[sqlx(try_from = "Vec<u8>")]
    case_id: CaseId,
    n: i64,
    kind: String,
    #[sqlx(try_from = "String")]
    from_region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    from_org: OrgId,
    #[sqlx(try_from = "String")]
    to_region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    to_org: OrgId,
    item_code: String,
    #[sqlx(try_from = "i64")]
    made_at: Instant,
    #[sqlx(try_from = "i64")]
    send_by: Instant,
    sent_at: Option<i64>,
    sent_by: Option<Vec<u8>>,
    sender: String,
    express_no: String,
    digest: String,
    sign_by: Option<i64>,
    signed_at: Option<i64>,
    signed_by: Option<Vec<u8>>,
    signer: String,
    failed_at: Option<i64>,
}

fn act(at: Option<i64>, by: Option<Vec<u8>>, name: String) -> Result<Option<(Instant, StaffId, String)>> {
    let Some((at, by)) = at.zip(by) else { return Ok(None) };
    Ok(Some((Instant::from_micros(at), StaffId::try_from(by).map_err(Error::internal)?, name)))
}

impl TryFrom<PacketRow> for Packet {
    type Error = Error;

    fn try_from(row: PacketRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            case: row.case_id,
            n: row.n,
            sheet: Sheet::from_code(&row.kind).ok_or_else(|| Error::internal("an unknown kind of packet"))?,
            from: (row.from_region, row.from_org),
            to: (row.to_region, row.to_org),
            item_code: row.item_code,
            made_at: row.made_at,
            send_by: row.send_by,
            sent: act(row.sent_at, row.sent_by, row.sender)?,
            express_no: row.express_no,
            digest: row.digest,
            sign_by: row.sign_by.map(Instant::from_micros),
            signed: act(row.signed_at, row.signed_by, row.signer)?,
            failed_at: row.failed_at.map(Instant::from_micros),
        })
    }
}

const PACKET: &str = "SELECT p.id, p.case_id, p.n, p.kind, p.from_region, p.from_org, p.to_region, p.to_org, p.item_code, p.made_at, p.send_by, \
     p.sent_at, p.sent_by, p.sender, p.express_no, p.digest, p.sign_by, p.signed_at, p.signed_by, p.signer, p.failed_at FROM cross_packet p ";

fn packets(rows: Vec<PacketRow>) -> Result<Vec<Packet>> {
    rows.into_iter().map(Packet::try_from).collect()
}

pub(super) async fn insert(tx: &Tx, case: &CrossCase) -> Result<()> {
    let identity = case.identity.as_ref();
    q("INSERT INTO cross_case (case_id, mode, residence, identity_method, identity_by, identity_name, identity_at, recheck_name, delivery, opened_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9)")
        .bind(case.case)
        .bind(case.mode.code())
        .bind(case.residence)
        .bind(identity.map(|check| check.method.code()))
        .bind(identity.map(|check| check.by))
        .bind(identity.map_or("", |check| check.name.as_str()))
        .bind(identity.map(|check| check.at))
        .bind(case.delivery.code())
        .bind(case.opened_at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn one(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId) -> Result<Option<CrossCase>> {
    let row: Option<CaseRow> = q("SELECT case_id, mode, residence, identity_method, identity_by, identity_name, identity_at, recheck_name, \
         recheck_reason, recheck_at, delivery, opened_at FROM cross_case WHERE case_id = $1")
    .bind(case)
    .opt(on)
    .await?;
    row.map(|row| row.case(ctx)).transpose()
}

pub(super) async fn identify(tx: &Tx, case: CaseId, check: &Identity) -> Result<bool> {
    let changed = q("UPDATE cross_case SET identity_method = $2, identity_by = $3, identity_name = $4, identity_at = $5 WHERE case_id = $1 AND identity_at IS NULL")
        .bind(case)
        .bind(check.method.code())
        .bind(check.by)
        .bind(check.name.as_str())
        .bind(check.at)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

pub(super) async fn recheck(tx: &Tx, ctx: &Ctx, case: CaseId, by: StaffId, check: &Recheck) -> Result<()> {
    let sealed = ctx.keys().seal_text("cross_case", "recheck_reason", &case.to_vec(), &check.reason);
    q("UPDATE cross_case SET recheck_by = $2, recheck_name = $3, recheck_reason = $4, recheck_at = $5 WHERE case_id = $1")
        .bind(case)
        .bind(by)
        .bind(check.name.as_str())
        .bind(sealed)
        .bind(check.at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn add(tx: &Tx, packet: &Packet) -> Result<()> {
    q("INSERT INTO cross_packet (id, case_id, n, kind, from_region, from_org, to_region, to_org, item_code, made_at, send_by, sender, express_no, \
       digest, signer) SELECT $1, $2, COALESCE(MAX(n), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', '' FROM cross_packet WHERE case_id = $2")
        .bind(packet.id)
        .bind(packet.case)
        .bind(packet.sheet.code())
        .bind(packet.from.0)
        .bind(packet.from.1)
        .bind(packet.to.0)
        .bind(packet.to.1)
        .bind(packet.item_code.as_str())
        .bind(packet.made_at)
        .bind(packet.send_by)
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn packet(on: impl Into<Target<'_>> + Send, id: PacketId) -> Result<Packet> {
    let row: Option<PacketRow> = q(PACKET).sql("WHERE p.id = ").arg(id).opt(on).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

pub(super) async fn of_case(on: impl Into<Target<'_>> + Send, case: CaseId) -> Result<Vec<Packet>> {
    packets(q(PACKET).sql("WHERE p.case_id = ").arg(case).sql(" ORDER BY p.n LIMIT 100").all(on).await?)
}

/// Writes that a packet was sent, unless it was already; `false` if somebody else was here first.
pub(super) async fn send(tx: &Tx, ctx: &Ctx, id: PacketId, by: (StaffId, &str), list: &Manifest, express_no: &str, sign_by: Instant) -> Result<bool> {
    let text = serde_json::to_string(list).map_err(Error::internal)?;
    let changed = q("UPDATE cross_packet SET sent_at = $2, sent_by = $3, sender = $4, manifest = $5, digest = $6, express_no = $7, sign_by = $8 \
         WHERE id = $1 AND sent_at IS NULL")
    .bind(id)
    .bind(ctx.now())
    .bind(by.0)
    .bind(by.1)
    .bind(ctx.keys().seal_text("cross_packet", "manifest", &id.to_vec(), &text))
    .bind(list.digest())
    .bind(express_no)
    .bind(sign_by)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// The list of a packet as it was sent; `None` if it cannot be read any more.
pub(super) async fn manifest(on: impl Into<Target<'_>> + Send, ctx: &Ctx, id: PacketId) -> Result<Option<Manifest>> {
    let row: Option<(Option<Vec<u8>>,)> = q("SELECT manifest FROM cross_packet WHERE id = $1").bind(id).opt(on).await?;
    let Some(sealed) = row.and_then(|(sealed,)| sealed) else { return Ok(None) };
    let text = ctx.keys().open_text("cross_packet", "manifest", &id.to_vec(), &sealed).ok();
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(super) async fn sign(tx: &Tx, id: PacketId, by: (StaffId, &str), at: Instant) -> Result<bool> {
    let changed = q("UPDATE cross_packet SET signed_at = $2, signed_by = $3, signer = $4 WHERE id = $1 AND sent_at IS NOT NULL AND signed_at IS NULL AND failed_at IS NULL")
        .bind(id)
        .bind(at)
        .bind(by.0)
        .bind(by.1)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

pub(super) async fn fail(tx: &Tx, id: PacketId, at: Instant) -> Result<bool> {
    let changed = q("UPDATE cross_packet SET failed_at = $2 WHERE id = $1 AND sent_at IS NOT NULL AND signed_at IS NULL AND failed_at IS NULL").bind(id).bind(at).exec(tx).await?;
    Ok(changed == 1)
}

/// Which packets a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// Made here and not sent yet, those included that have to be sent again.
    #[default]
    ToSend,
    /// Sent to us and not signed in yet.
    ToSign,
    /// Sent from here.
    Sent,
    /// Signed in here.
    Signed,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ToSend, Self::ToSign, Self::Sent, Self::Signed];

    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::ToSend => "to-send",
            Self::ToSign => "to-sign",
            Self::Sent => "sent",
            Self::Signed => "signed",
        }
    }

    /// The section of an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    fn ours(self) -> (&'static str, &'static str) {
        match self {
            Self::ToSend => (
                "p.from_region",
                "(p.sent_at IS NULL OR (p.failed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cross_packet l WHERE l.case_id = p.case_id AND l.kind = p.kind AND l.n > p.n)))",
            ),
            Self::ToSign => ("p.to_region", "p.sent_at IS NOT NULL AND p.signed_at IS NULL AND p.failed_at IS NULL"),
            Self::Sent => ("p.from_region", "p.sent_at IS NOT NULL"),
            Self::Signed => ("p.to_region", "p.signed_at IS NOT NULL"),
        }
    }

    fn ours_org(self) -> &'static str {
        match self {
            Self::ToSend | Self::Sent => "p.from_org",
            Self::ToSign | Self::Signed => "p.to_org",
        }
    }
}

/// Packets with number and item of their cases, within a window of authorisation and of one body; the newest first after a key.
pub(super) async fn list(db: &Db, section: Section, window: &Window, org: OrgId, after: Option<(Instant, PacketId)>, limit: i64) -> Result<Vec<(Packet, String, String)>> {
    let (region, state) = section.ours();
    let mut query = q("SELECT p.id, p.case_id, p.n, p.kind, p.from_region, p.from_org, p.to_region, p.to_org, p.item_code, p.made_at, p.send_by, p.sent_at, \
         p.sent_by, p.sender, p.express_no, p.digest, p.sign_by, p.signed_at, p.signed_by, p.signer, p.failed_at, h.case_no, h.case_type \
         FROM cross_packet p JOIN case_head h ON h.id = p.case_id WHERE ")
    .sql(section.ours_org())
    .sql(" = ")
    .arg(org)
    .sql(" AND ")
    .sql(state)
    .sql(" AND EXISTS (SELECT 1 FROM region_closure c WHERE c.descendant = ")
    .sql(region)
    .sql(" AND c.ancestor = ")
    .arg(window.region)
    .sql(")");
    if let Some(item) = &window.item {
        query = query.sql(" AND p.item_code = ").arg(item);
    }
    if let Some((at, id)) = after {
        query = query.sql(" AND (p.made_at, p.id) < (").arg(at).sql(", ").arg(id).sql(")");
    }
    let rows: Vec<ListRow> = query.sql(" ORDER BY p.made_at DESC, p.id DESC LIMIT ").arg(limit).all(db).await?;
    rows.into_iter().map(|row| Ok((row.packet.try_into()?, row.case_no, row.case_type))).collect()
}

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(flatten)]
    packet: PacketRow,
    case_no: String,
    case_type: String,
}

/// Packets that were not sent or not signed for in time, by the beginning of a day: those that wait still, and those of the last days that
/// were late, because a run may have been missed. With number, and who holds the case.
pub(super) async fn late(db: &Db, now: Instant, since: Instant) -> Result<Vec<(Packet, String)>> {
    #[derive(sqlx::FromRow)]
    struct Late {
        #[sqlx(flatten)]
        packet: PacketRow,
        case_no: String,
    }
    let rows: Vec<Late> = q("SELECT p.id, p.case_id, p.n, p.kind, p.from_region, p.from_org, p.to_region, p.to_org, p.item_code, p.made_at, p.send_by, p.sent_at, \
         p.sent_by, p.sender, p.express_no, p.digest, p.sign_by, p.signed_at, p.signed_by, p.signer, p.failed_at, h.case_no \
         FROM cross_packet p JOIN case_head h ON h.id = p.case_id \
         WHERE ((p.signed_at IS NULL AND p.failed_at IS NULL AND p.send_by <= $1) OR p.signed_at > $2 OR p.failed_at > $2) \
         AND (p.send_by < COALESCE(p.sent_at, $1) OR p.sign_by < COALESCE(p.signed_at, p.failed_at, $1)) ORDER BY p.id LIMIT 20000")
    .bind(now)
    .bind(since)
    .all(db)
    .await?;
    rows.into_iter().map(|row| Ok((row.packet.try_into()?, row.case_no))).collect()
}

#[derive(sqlx::FromRow)]
struct CountedRow {
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    name_zh: String,
    name_en: String,
    #[sqlx(try_from = "String")]
    mode: Mode,
    n: i64,
}

/// Region and body of the head by which a side is counted.
fn columns(side: Place) -> (&'static str, &'static str) {
    match side {
        Place::Service => ("h.intake_region", "h.intake_org"),
        Place::Decision => ("h.region", "h.org"),
    }
}

/// Counts one side by body and mode.
pub(super) async fn counted(db: &Db, side: Place, within: &Within) -> Result<Vec<Counted>> {
    let ((place, org), (from, to)) = (columns(side), within.moments());
    let rows: Vec<CountedRow> = q("SELECT o.id AS org, o.name_zh, o.name_en, x.mode, COUNT(*) AS n FROM cross_case x JOIN case_head h ON h.id = x.case_id \
         JOIN organisation o ON o.id = ")
    .sql(org)
    .sql(" WHERE x.opened_at >= ")
    .arg(from)
    .sql(" AND x.opened_at < ")
    .arg(to)
    .sql(" AND ")
    .sql(place)
    .sql(" IN (SELECT descendant FROM region_closure WHERE ancestor = ")
    .arg(within.region)
    .sql(") GROUP BY o.id, o.name_zh, o.name_en, x.mode ORDER BY o.name_zh, o.id, x.mode LIMIT 10000")
    .all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Counted { side, org: row.org, name: Text::new(row.name_zh, row.name_en), mode: row.mode, n: row.n }).collect())
}

/// A case behind a figure.
#[derive(sqlx::FromRow)]
pub(super) struct BehindRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) case_id: CaseId,
    pub(super) case_no: String,
    pub(super) case_type: String,
    #[sqlx(try_from = "String")]
    pub(super) mode: Mode,
    #[sqlx(try_from = "i64")]
    pub(super) opened_at: Instant,
    pub(super) service_zh: String,
    pub(super) service_en: String,
    pub(super) decision_zh: String,
    pub(super) decision_en: String,
}

/// The cases behind a figure, the newest first.
pub(super) async fn behind(db: &Db, figure: &Figure, after: Option<CountedKey>, limit: i64) -> Result<Vec<BehindRow>> {
    let ((place, org), (from, to)) = (columns(figure.side), figure.within.moments());
    let mut query = q("SELECT x.case_id, h.case_no, h.case_type, x.mode, x.opened_at, s.name_zh AS service_zh, s.name_en AS service_en, \
         d.name_zh AS decision_zh, d.name_en AS decision_en FROM cross_case x JOIN case_head h ON h.id = x.case_id \
         JOIN organisation s ON s.id = h.intake_org JOIN organisation d ON d.id = h.org WHERE x.opened_at >= ")
    .arg(from)
    .sql(" AND x.opened_at < ")
    .arg(to)
    .sql(" AND ")
    .sql(place)
    .sql(" IN (SELECT descendant FROM region_closure WHERE ancestor = ")
    .arg(figure.within.region)
    .sql(")");
    if let Some(only) = figure.org {
        query = query.sql(" AND ").sql(org).sql(" = ").arg(only);
    }
    if let Some(mode) = figure.mode {
        query = query.sql(" AND x.mode = ").arg(mode.code());
    }
    if let Some((at, case)) = after {
        query = query.sql(" AND (x.opened_at, x.case_id) < (").arg(at).sql(", ").arg(case).sql(")");
    }
    Ok(query.sql(" ORDER BY x.opened_at DESC, x.case_id DESC LIMIT ").arg(limit).all(db).await?)
}

/// Open cases of a region, by id after a key.
pub(super) async fn open_in(db: &Db, region: RegionCode, after: &[u8], limit: i64) -> Result<Vec<(CaseId, RegionCode, OrgId)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        q("SELECT id, org FROM case_head WHERE region = $1 AND open AND id > $2 ORDER BY id LIMIT $3").bind(region).bind(after).bind(limit).all(db).await?;
    rows.into_iter().map(|(id, org)| Ok((CaseId::try_from(id).map_err(Error::internal)?, region, OrgId::try_from(org).map_err(Error::internal)?))).collect()
}

/// Open cases of a region by matter, most first.
pub(super) async fn open_by_matter(db: &Db, region: RegionCode) -> Result<Vec<(String, i64)>> {
    Ok(q("SELECT CASE WHEN h.case_type = '' THEN h.service ELSE h.case_type END AS matter, COUNT(*) AS n FROM case_head h \
          WHERE h.region = $1 AND h.open GROUP BY matter ORDER BY n DESC, matter LIMIT 200")
        .bind(region)
        .all(db)
        .await?)
}

/// Packets on their way to a region.
pub(super) async fn packets_to(db: &Db, region: RegionCode) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM cross_packet WHERE to_region = $1 AND signed_at IS NULL AND failed_at IS NULL").bind(region).one(db).await?;
    Ok(n)
}

/// Changes of boundaries whose cases have followed, within regions, the newest first.
pub(super) async fn followed(db: &Db, roots: &[RegionCode]) -> Result<Vec<super::Followed>> {
    let rows: Vec<(String, String, String, String, i64)> = q("SELECT from_region, to_region, on_day, reason, COUNT(*) FROM case_moved \
         WHERE from_region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
    .list(roots.iter().copied())
    .sql(")) GROUP BY from_region, to_region, on_day, reason ORDER BY on_day DESC, from_region LIMIT 100")
    .all(db)
    .await?;
    rows.into_iter()
        .map(|(from, to, on, reason, cases)| {
            let region = |code: String| RegionCode::try_from(code).map_err(Error::internal);
            Ok(super::Followed { from: region(from)?, to: region(to)?, on: on.parse().map_err(Error::internal)?, reason, cases })
        })
        .collect()
}

/// A move of a case with its region.
pub(super) struct Moved<'a> {
    pub(super) id: kernel::Id<super::Succession>,
    pub(super) case: CaseId,
    pub(super) from: (RegionCode, OrgId),
    pub(super) to: (RegionCode, OrgId),
    pub(super) on: Day,
    pub(super) reason: &'a str,
}

/// Keeps where a case was, and lets what is under way follow it.
pub(super) async fn moved(tx: &Tx, at: Instant, moved: &Moved<'_>) -> Result<()> {
    q("INSERT INTO case_moved (id, case_id, from_region, from_org, to_region, to_org, on_day, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(moved.id)
        .bind(moved.case)
        .bind(moved.from.0)
        .bind(moved.from.1)
        .bind(moved.to.0)
        .bind(moved.to.1)
        .bind(moved.on)
        .bind(moved.reason)
        .bind(at)
        .exec(tx)
        .await?;
    q("UPDATE cross_packet SET to_region = $2, to_org = $3 WHERE case_id = $1 AND signed_at IS NULL AND failed_at IS NULL")
        .bind(moved.case)
        .bind(moved.to.0)
        .bind(moved.to.1)
        .exec(tx)
        .await?;
    Ok(())
}

/// Where a case was before: region, body, day of the change, paper that says so.
pub(super) async fn history(db: &Db, case: CaseId) -> Result<Vec<(RegionCode, OrgId, Day, String)>> {
    let rows: Vec<(String, Vec<u8>, String, String)> =
        q("SELECT from_region, from_org, on_day, reason FROM case_moved WHERE case_id = $1 ORDER BY at, id LIMIT 100").bind(case).all(db).await?;
    rows.into_iter()
        .map(|(region, org, on, reason)| {
            Ok((RegionCode::try_from(region).map_err(Error::internal)?, OrgId::try_from(org).map_err(Error::internal)?, Day::try_from(on).map_err(Error::internal)?, reason))
        })
        .collect()
}

/// Counties below a region with the names of their city, by code.
pub(super) async fn counties(db: &Db, root: RegionCode) -> Result<Vec<(RegionCode, String, String)>> {
    let rows: Vec<(String, String, Option<String>)> = q("SELECT r.code, r.name, p.name FROM region_closure c JOIN region r ON r.code = c.descendant \
         LEFT JOIN region p ON p.code = r.parent WHERE c.ancestor = $1 AND length(r.code) = 6 AND r.code <> $1 ORDER BY r.code LIMIT 1000")
    .bind(root)
    .all(db)
    .await?;
    rows.into_iter().map(|(code, name, above)| Ok((RegionCode::try_from(code).map_err(Error::internal)?, name, above.unwrap_or_default()))).collect()
}
