//! Proceedings, what happened in them, and the numbers of their decisions.

use kernel::{Day, Id, Instant, RegionCode};
use platform::{Ctx, Error, Result, StaffId};
use ::store::{Db, Query, Target, Tx, q};

use crate::OrganizationId;
use crate::supervision::model::{Content, Kind, Line, ProceedingId, State};

/// Marker of an entry of the log.
#[derive(Debug)]
pub(crate) struct EventMark;
/// Id of an entry of the log.
pub(crate) type EventId = Id<EventMark>;

/// A proceeding as stored, its content opened.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: ProceedingId,
    pub(crate) kind: Kind,
    pub(crate) organization: Option<OrganizationId>,
    pub(crate) subject: String,
    pub(crate) region: RegionCode,
    pub(crate) year: i64,
    pub(crate) state: State,
    pub(crate) due: Option<Day>,
    pub(crate) content: Content,
    pub(crate) opened_at: Instant,
    pub(crate) version: i64,
}

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Vec<u8>")]
    id: ProceedingId,
    #[sqlx(try_from = "String")]
    kind: Kind,
    organization: Option<Vec<u8>>,
    subject: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    year: i64,
    #[sqlx(try_from = "String")]
    state: State,
    due: Option<String>,
    content: Vec<u8>,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
    version: i64,
}

impl Stored {
    fn open(self, ctx: &Ctx) -> Result<Row> {
        let content = ctx.keys().open("organization_proceeding", "content", &self.id.to_vec(), &self.content).map_err(Error::internal)?;
        Ok(Row {
            organization: self.organization.map(OrganizationId::try_from).transpose().map_err(Error::internal)?,
            due: self.due.map(Day::try_from).transpose().map_err(Error::internal)?,
            content: serde_json::from_slice(&content).map_err(Error::internal)?,
            id: self.id,
            kind: self.kind,
            subject: self.subject,
            region: self.region,
            year: self.year,
            state: self.state,
            opened_at: self.opened_at,
            version: self.version,
        })
    }
}

fn sealed(ctx: &Ctx, row: &Row) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(&row.content).map_err(Error::internal)?;
    Ok(ctx.keys().seal("organization_proceeding", "content", &row.id.to_vec(), &plain))
}

/// Writes a new one; false if one of the kind is under way.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, row: &Row) -> Result<bool> {
    let added = q("INSERT INTO organization_proceeding (id, kind, organization, subject, region, year, state, open, due, content, opened_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT DO NOTHING")
    .bind(row.id)
    .bind(row.kind.code())
    .bind(row.organization)
    .bind(row.subject.as_str())
    .bind(row.region)
    .bind(row.year)
    .bind(row.state.code())
    .bind(row.state.is_open())
    .bind(row.due)
    .bind(sealed(ctx, row)?)
    .bind(row.opened_at)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// Writes it back if it is still as it was read; false if somebody was quicker.
pub(crate) async fn update(tx: &Tx, ctx: &Ctx, row: &Row) -> Result<bool> {
    let changed = q("UPDATE organization_proceeding SET state = $3, open = $4, due = $5, content = $6, version = version + 1 WHERE id = $1 AND version = $2")
        .bind(row.id)
        .bind(row.version)
        .bind(row.state.code())
        .bind(row.state.is_open())
        .bind(row.due)
        .bind(sealed(ctx, row)?)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// One of them.
pub(crate) async fn by_id(ctx: &Ctx, id: ProceedingId) -> Result<Option<Row>> {
    let stored: Option<Stored> =
        q("SELECT id, kind, organization, subject, region, year, state, due, content, opened_at, version FROM organization_proceeding WHERE id = $1")
            .bind(id)
            .opt(ctx.db())
            .await?;
    stored.map(|stored| stored.open(ctx)).transpose()
}

/// Proceedings of these kinds about an organisation that are under way, or of which a level or a qualification stands on a day; at most 200.
pub(crate) async fn standing(tx: &Tx, ctx: &Ctx, organization: OrganizationId, kinds: &[Kind], on: Day) -> Result<Vec<Row>> {
    let rows: Vec<Stored> = q("SELECT id, kind, organization, subject, region, year, state, due, content, opened_at, version FROM organization_proceeding \
         WHERE organization = $1 AND (open OR id IN (SELECT f.proceeding FROM organization_fact f WHERE f.organization = $1 \
         AND f.kind IN ('level', 'fundraising') AND f.ended_at IS NULL AND (f.until_on IS NULL OR f.until_on >= $2)))")
    .bind(organization)
    .bind(on)
    .sql(" AND kind IN (")
    .list(kinds.iter().map(|kind| kind.code()))
    .sql(") ORDER BY id LIMIT 200")
    .all(tx)
    .await?;
    rows.into_iter().map(|stored| stored.open(ctx)).collect()
}

/// Proceedings after `after` that have not ended and in which something is due, by id; at most 200.
pub(crate) async fn with_periods(ctx: &Ctx, after: &[u8]) -> Result<Vec<Row>> {
    let rows: Vec<Stored> = q("SELECT id, kind, organization, subject, region, year, state, due, content, opened_at, version FROM organization_proceeding \
         WHERE open AND due IS NOT NULL AND id > $1 ORDER BY id LIMIT 200")
    .bind(after)
    .all(ctx.db())
    .await?;
    rows.into_iter().map(|stored| stored.open(ctx)).collect()
}

/// Of these things those whose periods are registered: the thing and the period.
pub(crate) async fn registered(db: &Db, object_kind: &str, ids: &[String]) -> Result<Vec<(String, String)>> {
    Ok(q("SELECT object_id, kind FROM deadline WHERE object_kind = $1").bind(object_kind).sql(" AND object_id IN (").list(ids.iter().map(String::as_str)).sql(")").all(db).await?)
}

/// Forgets all registered periods, for tests of those from before there were any.
#[cfg(test)]
pub(crate) async fn forget_periods(tx: &Tx) -> Result<()> {
    q("DELETE FROM deadline WHERE object_kind = 'organization_proceeding'").exec(tx).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Short {
    #[sqlx(try_from = "Vec<u8>")]
    id: ProceedingId,
    #[sqlx(try_from = "String")]
    kind: Kind,
    subject: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    year: i64,
    #[sqlx(try_from = "String")]
    state: State,
    due: Option<String>,
    #[sqlx(try_from = "i64")]
    opened_at: Instant,
}

impl From<Short> for Line {
    fn from(row: Short) -> Self {
        Line {
            id: row.id,
            kind: row.kind,
            subject: row.subject,
            region: row.region,
            year: (row.year > 0).then_some(row.year),
            state: row.state,
            due: row.due.and_then(|due| due.parse().ok()),
            opened_at: row.opened_at,
        }
    }
}

/// What a list asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) regions: Vec<RegionCode>,
    pub(crate) kind: Option<Kind>,
    pub(crate) state: Option<State>,
    pub(crate) overdue_on: Option<Day>,
    pub(crate) open: bool,
    pub(crate) documented: bool,
    pub(crate) before: Option<ProceedingId>,
}

fn select() -> Query {
    q("SELECT p.id, p.kind, p.subject, p.region, p.year, p.state, p.due, p.opened_at FROM organization_proceeding p WHERE ")
}

/// Proceedings of these regions and below, the newest first.
pub(crate) async fn list(db: &Db, asked: &Asked, limit: i64) -> Result<Vec<Line>> {
    let mut query = select()
        .sql("p.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
        .list(asked.regions.iter().copied())
        .sql("))");
    if let Some(kind) = asked.kind {
        query = query.sql(" AND p.kind = ").arg(kind.code());
    }
    if let Some(state) = asked.state {
        query = query.sql(" AND p.state = ").arg(state.code());
    }
    if asked.open {
        query = query.sql(" AND p.open");
    }
    if asked.documented {
        query = query.sql(" AND EXISTS (SELECT 1 FROM organization_paper d WHERE d.proceeding = p.id)");
    }
    if let Some(today) = asked.overdue_on {
        query = query.sql(" AND p.open AND p.due < ").arg(today);
    }
    if let Some(before) = asked.before {
        query = query.sql(" AND p.id < ").arg(before);
    }
    let rows: Vec<Short> = query.sql(" ORDER BY p.id DESC LIMIT ").arg(limit).all(db).await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// Those about one organisation, the newest first.
pub(crate) async fn about(db: &Db, organization: OrganizationId, before: Option<ProceedingId>, limit: i64) -> Result<Vec<Line>> {
    let mut query = select().sql("p.organization = ").arg(organization);
    if let Some(before) = before {
        query = query.sql(" AND p.id < ").arg(before);
    }
    let rows: Vec<Short> = query.sql(" ORDER BY p.id DESC LIMIT ").arg(limit).all(db).await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// Whether a penalty case about it has been opened and not been decided and served.
pub(crate) async fn investigated<'a>(from: impl Into<Target<'a>> + Send, organization: OrganizationId) -> Result<bool> {
    let states: Vec<&str> = State::ALL.iter().filter(|state| state.is_investigation()).map(|state| state.code()).collect();
    let query = q("SELECT EXISTS (SELECT 1 FROM organization_proceeding WHERE organization = $1 AND kind = 'penalty' AND open").bind(organization);
    let (found,): (bool,) = query.sql(" AND state IN (").list(states).sql("))").one(from).await?;
    Ok(found)
}

/// What is written down of an act.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) id: EventId,
    pub(crate) act: &'static str,
    pub(crate) staff: Option<StaffId>,
    pub(crate) who: String,
    pub(crate) note: String,
}

/// An entry of the log as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct EventRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: EventId,
    #[sqlx(try_from = "i64")]
    pub(crate) at: Instant,
    pub(crate) act: String,
    pub(crate) staff: Option<Vec<u8>>,
    pub(crate) who: String,
    pub(crate) note: Option<Vec<u8>>,
}

impl EventRow {
    pub(crate) fn staff(&self) -> Option<StaffId> {
        self.staff.clone().and_then(|id| StaffId::try_from(id).ok())
    }
}

/// Adds an entry to the log.
pub(crate) async fn add_event(tx: &Tx, ctx: &Ctx, id: ProceedingId, state: State, event: &NewEvent) -> Result<()> {
    let note = (!event.note.is_empty()).then(|| ctx.keys().seal_text("organization_proceeding_event", "note", &event.id.to_vec(), &event.note));
    q("INSERT INTO organization_proceeding_event (id, proceeding, at, act, state, staff, who, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(event.id)
        .bind(id)
        .bind(ctx.now())
        .bind(event.act)
        .bind(state.code())
        .bind(event.staff)
        .bind(event.who.as_str())
        .bind(note)
        .exec(tx)
        .await?;
    Ok(())
}

/// The log, the oldest first; at most 500 entries.
pub(crate) async fn events(db: &Db, id: ProceedingId) -> Result<Vec<EventRow>> {
    Ok(q("SELECT id, at, act, staff, who, note FROM organization_proceeding_event WHERE proceeding = $1 ORDER BY id LIMIT 500").bind(id).all(db).await?)
}
