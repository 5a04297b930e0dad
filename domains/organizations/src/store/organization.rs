//! Rows of `organization` and `organization_version`.

use kernel::{Day, Fen, Id, Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use ::store::keys::Keys;
use ::store::{Db, Target, Tx, Val, q};

use crate::model::{Amendment, Content, Entry, Flags, Head, Kind, ListFlag, NewEntry, OrganizationId, Private, Status, Version, VersionMark};

/// A row with the content of its newest version.
#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: OrganizationId,
    uscc: Option<String>,
    name: String,
    kind: String,
    subtype: String,
    industry: String,
    region: String,
    #[sqlx(try_from = "Vec<u8>")]
    authority: OrgId,
    supervisor: String,
    status: String,
    #[sqlx(try_from = "String")]
    status_since: Day,
    established_on: Option<String>,
    charity: bool,
    fundraising: bool,
    level: i64,
    list_flag: String,
    legal_rep: String,
    funds: i64,
    version: i64,
    #[sqlx(try_from = "i64")]
    updated_at: Instant,
    content: String,
}

impl TryFrom<Row> for Entry {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("organization {}: {what}", row.id));
        let flags = Flags {
            charity: row.charity,
            fundraising: row.fundraising,
            level: u8::try_from(row.level).map_err(Error::internal)?,
            list: ListFlag::from_code(&row.list_flag).ok_or_else(|| unknown("list"))?,
        };
        let head = Head {
            id: row.id,
            kind: Kind::from_code(&row.kind).ok_or_else(|| unknown("kind"))?,
            region: RegionCode::parse(&row.region).map_err(Error::internal)?,
            status: Status::from_code(&row.status).ok_or_else(|| unknown("status"))?,
            established_on: row.established_on.map(Day::try_from).transpose().map_err(Error::internal)?,
            uscc: row.uscc,
            name: row.name,
            subtype: row.subtype,
            industry: row.industry,
            authority: row.authority,
            supervisor: row.supervisor,
            status_since: row.status_since,
            flags,
            legal_representative: row.legal_rep,
            funds: Fen(row.funds),
            version: row.version,
            updated_at: row.updated_at,
        };
        Ok(Self { head, content: serde_json::from_str(&row.content).map_err(Error::internal)? })
    }
}

/// Writes rows; the first whose code is taken, if there is one.
pub(crate) async fn insert_all<'e>(tx: &Tx, ctx: &Ctx, entries: &'e [NewEntry]) -> Result<Option<&'e NewEntry>> {
    let row = |entry: &NewEntry| -> [Val; 20] {
        let content = &entry.content;
        [
            entry.id.into(),
            entry.uscc.as_ref().map(|uscc| uscc.to_string()).into(),
            (&content.name).into(),
            content.kind.code().into(),
            (&content.subtype).into(),
            (&content.industry).into(),
            entry.region.into(),
            entry.authority.into(),
            (&content.supervisor).into(),
            content.status.code().into(),
            entry.effective_on.into(),
            content.established_on.into(),
            (entry.flags.charity || content.charity_since.is_some()).into(),
            entry.flags.fundraising.into(),
            entry.flags.level.into(),
            entry.flags.list.code().into(),
            (&content.legal_representative).into(),
            content.funds.0.into(),
            FIRST.into(),
            ctx.now().into(),
        ]
    };
    let written = q("INSERT INTO organization (id, uscc, name, kind, subtype, industry, region, authority, supervisor, status, status_since, \
         established_on, charity, fundraising, level, list_flag, legal_rep, funds, version, updated_at) VALUES ")
    .rows(entries.iter().map(row))
    .sql(" ON CONFLICT (uscc) DO NOTHING")
    .exec(tx)
    .await?;
    if usize::try_from(written) == Ok(entries.len()) {
        return Ok(None);
    }
    let ids = entries.iter().map(|entry| entry.id);
    let there: Vec<(Vec<u8>,)> = q("SELECT id FROM organization WHERE id IN (").list(ids).sql(")").all(tx).await?;
    Ok(entries.iter().find(|entry| !there.iter().any(|(id,)| *id == entry.id.to_vec())))
}

/// The first version.
const FIRST: i64 = 1;

/// A version about to be added.
pub(crate) struct NewVersion<'a> {
    pub(crate) organization: OrganizationId,
    pub(crate) version: i64,
    pub(crate) effective_on: Day,
    pub(crate) reason: &'a str,
    pub(crate) content: &'a Content,
    pub(crate) private: Option<&'a Private>,
}

impl<'a> NewVersion<'a> {
    /// That of an organisation that is entered.
    pub(crate) fn first(entry: &'a NewEntry) -> Self {
        let (content, private) = (&entry.content, entry.private.as_ref());
        Self { organization: entry.id, version: FIRST, effective_on: entry.effective_on, reason: &entry.reason, content, private }
    }
}

/// Adds versions, one at least.
pub(crate) async fn insert_versions(tx: &Tx, ctx: &Ctx, versions: impl IntoIterator<Item = NewVersion<'_>>) -> Result<()> {
    let row = |new: NewVersion<'_>| -> [Val; 9] {
        let id: Id<VersionMark> = ctx.id();
        let sealed = new.private.map(|private| {
            let plain = serde_json::to_vec(private).expect("plain data");
            ctx.keys().seal("organization_version", "sealed", &id.to_vec(), &plain)
        });
        [
            id.into(),
            new.organization.into(),
            new.version.into(),
            new.effective_on.into(),
            ctx.now().into(),
            ctx.actor().key().into(),
            new.reason.into(),
            serde_json::to_string(new.content).expect("plain data").into(),
            sealed.into(),
        ]
    };
    q("INSERT INTO organization_version (id, organization, version, effective_on, recorded_at, recorded_by, reason, content, sealed) VALUES ")
        .rows(versions.into_iter().map(row))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes a change into the row; false if it is no longer at the version that was seen.
pub(crate) async fn update(tx: &Tx, ctx: &Ctx, id: OrganizationId, seen: i64, amendment: &Amendment) -> Result<bool> {
    let content = &amendment.content;
    let written = q("UPDATE organization SET uscc = COALESCE($3, uscc), name = $4, kind = $5, subtype = $6, industry = $7, supervisor = $8, \
         status_since = CASE WHEN status = $9 THEN status_since ELSE $10 END, status = $9, established_on = $11, charity = (charity OR $12), legal_rep = $13, \
         funds = $14, version = version + 1, updated_at = $15 WHERE id = $1 AND version = $2")
    .bind(id)
    .bind(seen)
    .bind(amendment.uscc.as_ref().map(|uscc| uscc.to_string()))
    .bind(&content.name)
    .bind(content.kind.code())
    .bind(&content.subtype)
    .bind(&content.industry)
    .bind(&content.supervisor)
    .bind(content.status.code())
    .bind(amendment.effective_on)
    .bind(content.established_on)
    .bind(content.charity_since.is_some())
    .bind(&content.legal_representative)
    .bind(content.funds.0)
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// Writes what supervision says.
pub(crate) async fn set_flags(tx: &Tx, ctx: &Ctx, id: OrganizationId, flags: Flags) -> Result<()> {
    q("UPDATE organization SET charity = $2, fundraising = $3, level = $4, list_flag = $5, updated_at = $6 WHERE id = $1")
        .bind(id)
        .bind(flags.charity)
        .bind(flags.fundraising)
        .bind(flags.level)
        .bind(flags.list.code())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether another organisation has or had this code.
pub(crate) async fn code_taken(tx: &Tx, uscc: &str, own: OrganizationId) -> Result<bool> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM organization WHERE uscc = $1 AND id <> $2").bind(uscc).bind(own).one(tx).await?;
    Ok(n > 0)
}

/// The row with its newest version.
pub(crate) async fn load(from: impl Into<Target<'_>> + Send, id: OrganizationId) -> Result<Option<Entry>> {
    let row: Option<Row> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.id = $1")
    .bind(id)
    .opt(from)
    .await?;
    row.map(Entry::try_from).transpose()
}

/// The same by the credit code, exactly.
pub(crate) async fn load_by_code(from: impl Into<Target<'_>> + Send, uscc: &str) -> Result<Option<Entry>> {
    let row: Option<Row> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.uscc = $1")
    .bind(uscc)
    .opt(from)
    .await?;
    row.map(Entry::try_from).transpose()
}

/// A row of `organization_version`.
#[derive(sqlx::FromRow)]
pub(crate) struct VersionRow {
    version: i64,
    #[sqlx(try_from = "String")]
    effective_on: Day,
    #[sqlx(try_from = "i64")]
    recorded_at: Instant,
    reason: String,
    content: String,
}

impl TryFrom<VersionRow> for Version {
    type Error = Error;

    fn try_from(row: VersionRow) -> Result<Self> {
        let content = serde_json::from_str(&row.content).map_err(Error::internal)?;
        Ok(Self { version: row.version, effective_on: row.effective_on, recorded_at: row.recorded_at, reason: row.reason, content })
    }
}

/// Versions below a number, newest first.
pub(crate) async fn versions(db: &Db, id: OrganizationId, before: i64, limit: i64) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = q("SELECT version, effective_on, recorded_at, reason, content FROM organization_version \
         WHERE organization = $1 AND version < $2 ORDER BY version DESC LIMIT $3")
    .bind(id)
    .bind(before)
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(Version::try_from).collect()
}

/// What is kept beside the newest version.
pub(crate) async fn private(from: impl Into<Target<'_>> + Send, keys: &Keys, id: OrganizationId) -> Result<Option<Private>> {
    let row: Option<(Vec<u8>, Option<Vec<u8>>)> =
        q("SELECT v.id, v.sealed FROM organization_version v JOIN organization o ON o.id = v.organization AND o.version = v.version WHERE o.id = $1")
            .bind(id)
            .opt(from)
            .await?;
    let Some((version, Some(sealed))) = row else { return Ok(None) };
    let plain = keys.open("organization_version", "sealed", &version, &sealed).map_err(Error::internal)?;
    Ok(Some(serde_json::from_slice(&plain).map_err(Error::internal)?))
}

/// Division and name of a registering authority.
pub(crate) async fn authority(tx: &Tx, id: OrgId) -> Result<Option<(RegionCode, String)>> {
    let row: Option<(String, String)> = q("SELECT region, name_zh FROM organisation WHERE id = $1").bind(id).opt(tx).await?;
    row.map(|(region, name)| Ok((RegionCode::parse(&region).map_err(Error::internal)?, name))).transpose()
}

/// Organisations of an authority in the same line of business that exist, newest first, ten at most.
pub(crate) async fn similar(db: &Db, authority: OrgId, kind: Kind, industry: &str) -> Result<Vec<(Option<String>, String)>> {
    Ok(q("SELECT uscc, name FROM organization WHERE authority = $1 AND status IN ('30', '31', '32') AND kind = $2 AND industry = $3 \
        ORDER BY id DESC LIMIT 10")
    .bind(authority)
    .bind(kind.code())
    .bind(industry)
    .all(db)
    .await?)
}

/// Division, name and credit code of a registering authority.
pub(crate) async fn authority_code(tx: &Tx, id: OrgId) -> Result<Option<(RegionCode, String, kernel::Uscc)>> {
    let row: Option<(String, String, String)> = q("SELECT region, name_zh, uscc FROM organisation WHERE id = $1").bind(id).opt(tx).await?;
    let read = |(region, name, uscc): (String, String, String)| {
        let code = uscc.parse().map_err(Error::internal)?;
        Ok((RegionCode::parse(&region).map_err(Error::internal)?, name, code))
    };
    row.map(read).transpose()
}

/// Organisations of an authority by exact name or code and by status, newest first.
pub(crate) async fn of_authority(
    db: &Db,
    authority: OrgId,
    text: &str,
    status: Option<Status>,
    before: Option<OrganizationId>,
    limit: i64,
) -> Result<Vec<Head>> {
    let mut query = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.authority = $1")
    .bind(authority);
    if !text.is_empty() {
        query = query.sql(" AND (o.name = ").arg(text).sql(" OR o.uscc = ").arg(kernel::text::code(text)).sql(")");
    }
    if let Some(status) = status {
        query = query.sql(" AND o.status = ").arg(status.code());
    }
    if let Some(before) = before {
        query = query.sql(" AND o.id < ").arg(before);
    }
    let rows: Vec<Row> = query.sql(" ORDER BY o.id DESC LIMIT ").arg(limit).all(db).await?;
    rows.into_iter().map(|row| Entry::try_from(row).map(|entry| entry.head)).collect()
}
