//! Timed releases: their rows, and the statements of the worker that move them on.

use kernel::{Day, Instant, RegionCode, Text};
use platform::{Error, OrgId, Result};
use ::store::{Db, Dialect, Query, Target, Tx, q};

use crate::model::OfficeId;
use crate::release::{DrawFacts, Figures, Limits, Mode, Release, ReleaseId, Times};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: ReleaseId,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org_id: OrgId,
    impl_code: String,
    item_kind: String,
    #[sqlx(try_from = "String")]
    day: Day,
    mode: String,
    #[sqlx(try_from = "i64")]
    join_at: Instant,
    #[sqlx(try_from = "i64")]
    join_until: Instant,
    #[sqlx(try_from = "i64")]
    turns_at: Instant,
    #[sqlx(try_from = "i64")]
    ends_at: Instant,
    turn_minutes: i64,
    at_once: i64,
    network_minute: i64,
    joins_each: i64,
    #[sqlx(try_from = "i64")]
    announced_at: Instant,
    cancelled_at: Option<i64>,
    listed: i64,
    placed: i64,
    served: i64,
    free: i64,
    commitment: Option<Vec<u8>>,
    source_zh: String,
    source_en: String,
    closed_at: Option<i64>,
    root: Option<Vec<u8>>,
    public_value: Option<String>,
    value_at: Option<i64>,
    drawn_at: Option<i64>,
    revealed: Option<Vec<u8>>,
}

impl TryFrom<Row> for Release {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let mode = Mode::from_code(&row.mode).ok_or_else(|| Error::internal(format!("release mode {}", row.mode)))?;
        let source = Text::new(row.source_zh, row.source_en);
        let draw = row.commitment.map(|commitment| DrawFacts {
            commitment,
            source,
            closed: row.closed_at.map(Instant::from).zip(row.root),
            value: row.public_value.zip(row.value_at.map(Instant::from)),
            drawn: row.drawn_at.map(Instant::from).zip(row.revealed),
        });
        Ok(Self {
            id: row.id,
            region: row.region,
            org: row.org_id,
            impl_code: row.impl_code,
            item_kind: row.item_kind,
            day: row.day,
            mode,
            times: Times { join_at: row.join_at, join_until: row.join_until, turns_at: row.turns_at, ends_at: row.ends_at },
            limits: Limits { turn_minutes: row.turn_minutes, at_once: row.at_once, network_minute: row.network_minute, joins_each: row.joins_each },
            announced_at: row.announced_at,
            cancelled_at: row.cancelled_at.map(Instant::from),
            figures: Figures { listed: row.listed, placed: row.placed, served: row.served, free: row.free },
            draw,
        })
    }
}

fn select() -> Query {
    q("SELECT r.id, r.region, r.org_id, r.impl_code, r.item_kind, r.day, r.mode, r.join_at, r.join_until, r.turns_at, r.ends_at, \
       r.turn_minutes, r.at_once, r.network_minute, r.joins_each, r.announced_at, r.cancelled_at, r.listed, r.placed, r.served, r.free, \
       r.commitment, r.source_zh, r.source_en, r.closed_at, r.root, r.public_value, r.value_at, r.drawn_at, r.revealed FROM slot_release r")
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: ReleaseId) -> Result<Option<Release>> {
    let row: Option<Row> = select().sql(" WHERE r.id = ").arg(id).opt(on).await?;
    row.map(Release::try_from).transpose()
}

/// Releases that have not ended, the first to end first.
pub(crate) async fn running(db: &Db, now: Instant) -> Result<Vec<Release>> {
    let rows: Vec<Row> = select().sql(" WHERE r.ends_at > ").arg(now).sql(" AND r.cancelled_at IS NULL ORDER BY r.ends_at, r.id LIMIT 200").all(db).await?;
    rows.into_iter().map(Release::try_from).collect()
}

/// Releases of a region and below, the last to end first, those behind `after`.
pub(crate) async fn within(db: &Db, region: RegionCode, after: Option<(Instant, ReleaseId)>, limit: i64) -> Result<Vec<Release>> {
    let mut asked = select().sql(" JOIN region_closure c ON c.descendant = r.region WHERE c.ancestor = ").arg(region);
    if let Some((ends_at, id)) = after {
        asked = asked.sql(" AND (r.ends_at, r.id) < (").arg(ends_at).sql(", ").arg(id).sql(")");
    }
    let rows: Vec<Row> = asked.sql(" ORDER BY r.ends_at DESC, r.id DESC LIMIT ").arg(limit).all(db).await?;
    rows.into_iter().map(Release::try_from).collect()
}

/// Puts a release in, with its sealed seed.
pub(crate) async fn insert(tx: &Tx, release: &Release, seed: Option<Vec<u8>>) -> Result<()> {
    let draw = release.draw.as_ref();
    q("INSERT INTO slot_release (id, region, org_id, impl_code, item_kind, day, mode, join_at, join_until, turns_at, ends_at, turn_minutes, \
       at_once, network_minute, joins_each, announced_at, listed, placed, served, free, commitment, seed, source_zh, source_en) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, 0, 0, $17, $18, $19, $20)")
    .bind(release.id)
    .bind(release.region)
    .bind(release.org)
    .bind(&release.impl_code)
    .bind(&release.item_kind)
    .bind(release.day)
    .bind(release.mode.code())
    .bind(release.times.join_at)
    .bind(release.times.join_until)
    .bind(release.times.turns_at)
    .bind(release.times.ends_at)
    .bind(release.limits.turn_minutes)
    .bind(release.limits.at_once)
    .bind(release.limits.network_minute)
    .bind(release.limits.joins_each)
    .bind(release.announced_at)
    .bind(draw.map(|draw| draw.commitment.clone()))
    .bind(seed)
    .bind(draw.map_or("", |draw| draw.source.zh.as_ref()))
    .bind(draw.map_or("", |draw| draw.source.en.as_ref()))
    .exec(tx)
    .await?;
    Ok(())
}

/// Puts an office into a release; false if another release has its day.
pub(crate) async fn add_office(tx: &Tx, release: &Release, office: OfficeId) -> Result<bool> {
    let rows = q("INSERT INTO slot_release_office (release_id, office_id, item_kind, day, ends_at, open) VALUES ($1, $2, $3, $4, $5, TRUE) \
         ON CONFLICT DO NOTHING")
    .bind(release.id)
    .bind(office)
    .bind(&release.item_kind)
    .bind(release.day)
    .bind(release.times.ends_at)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// The offices of a release.
pub(crate) async fn offices<'a>(on: impl Into<Target<'a>> + Send, id: ReleaseId) -> Result<Vec<OfficeId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT office_id FROM slot_release_office WHERE release_id = $1 ORDER BY office_id").bind(id).all(on).await?;
    rows.into_iter().map(|(id,)| OfficeId::try_from(id).map_err(Error::internal)).collect()
}

/// The days of an office that are released in turn from a day on: kind of business, day, release and its end.
pub(crate) async fn of_office(db: &Db, office: OfficeId, from: Day) -> Result<Vec<(String, Day, ReleaseId, Instant)>> {
    let rows: Vec<(String, String, Vec<u8>, i64)> =
        q("SELECT item_kind, day, release_id, ends_at FROM slot_release_office WHERE office_id = $1 AND day >= $2 AND open").bind(office).bind(from).all(db).await?;
    rows.into_iter()
        .map(|(kind, day, id, ends)| Ok((kind, day.parse().map_err(Error::internal)?, ReleaseId::try_from(id).map_err(Error::internal)?, ends.into())))
        .collect()
}

/// Calls a release off; false if it was already.
pub(crate) async fn cancel(tx: &Tx, id: ReleaseId, now: Instant) -> Result<bool> {
    let rows = q("UPDATE slot_release SET cancelled_at = $2 WHERE id = $1 AND cancelled_at IS NULL AND ends_at > $2").bind(id).bind(now).exec(tx).await?;
    q("UPDATE slot_release_office SET open = FALSE WHERE release_id = $1").bind(id).exec(tx).await?;
    Ok(rows == 1)
}

/// Waits for the row, so that two workers never number or give at the same time.
pub(crate) async fn lock(tx: &Tx, id: ReleaseId) -> Result<Figures> {
    q("UPDATE slot_release SET served = served WHERE id = $1").bind(id).exec(tx).await?;
    let (listed, placed, served, free): (i64, i64, i64, i64) =
        q("SELECT listed, placed, served, free FROM slot_release WHERE id = $1").bind(id).one(tx).await?;
    Ok(Figures { listed, placed, served, free })
}

/// Writes the figures.
pub(crate) async fn set_figures(tx: &Tx, id: ReleaseId, figures: Figures) -> Result<()> {
    q("UPDATE slot_release SET listed = $2, placed = $3, served = $4, free = $5 WHERE id = $1")
        .bind(id)
        .bind(figures.listed)
        .bind(figures.placed)
        .bind(figures.served)
        .bind(figures.free)
        .exec(tx)
        .await?;
    Ok(())
}

/// Places left of a release's day, and turns that are open: from one look, so that the two belong together.
pub(crate) async fn free_and_turns<'a>(on: impl Into<Target<'a>> + Send, release: &Release, now: Instant) -> Result<(i64, i64)> {
    Ok(q("SELECT (SELECT CAST(COALESCE(SUM(s.quota_online - s.taken_online), 0) AS BIGINT) FROM slot_release_office o \
          JOIN slot s ON s.office_id = o.office_id AND s.item_kind = o.item_kind AND s.day = o.day \
          WHERE o.release_id = $1 AND s.closed_at IS NULL AND s.close_at > $2), \
          (SELECT COUNT(*) FROM release_entry WHERE release_id = $1 AND state = 'TURN')")
    .bind(release.id)
    .bind(now)
    .one(on)
    .await?)
}

/// Lets nobody join any more: waits for every join that is being written, and turns away every later one. What is on the list then stays.
pub(crate) async fn seal_list(tx: &Tx, id: ReleaseId, now: Instant) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        // Stronger than the lock of the update below: joins share the key of this row.
        let row = q("SELECT id FROM slot_release WHERE id = $1").bind(id);
        let _: Option<(Vec<u8>,)> = row.sql(" FOR UPDATE").opt(tx).await?;
    }
    q("UPDATE slot_release SET sealed_at = $2 WHERE id = $1 AND sealed_at IS NULL").bind(id).bind(now).exec(tx).await?;
    Ok(())
}

/// Publishes the closed list: once.
pub(crate) async fn set_closed(tx: &Tx, id: ReleaseId, root: &[u8], now: Instant) -> Result<bool> {
    Ok(q("UPDATE slot_release SET closed_at = $2, root = $3 WHERE id = $1 AND closed_at IS NULL").bind(id).bind(now).bind(root).exec(tx).await? == 1)
}

/// Enters the public value: once, after the list was closed.
pub(crate) async fn set_value(tx: &Tx, id: ReleaseId, value: &str, now: Instant) -> Result<bool> {
    let rows = q("UPDATE slot_release SET public_value = $2, value_at = $3 WHERE id = $1 AND closed_at IS NOT NULL AND value_at IS NULL AND cancelled_at IS NULL")
        .bind(id)
        .bind(value)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// The sealed seed.
pub(crate) async fn seed(db: &Db, id: ReleaseId) -> Result<Option<Vec<u8>>> {
    let (seed,): (Option<Vec<u8>>,) = q("SELECT seed FROM slot_release WHERE id = $1").bind(id).one(db).await?;
    Ok(seed)
}

/// Reveals the seed: the order stands.
pub(crate) async fn set_drawn(tx: &Tx, id: ReleaseId, seed: &[u8], now: Instant) -> Result<()> {
    q("UPDATE slot_release SET drawn_at = $2, revealed = $3 WHERE id = $1 AND drawn_at IS NULL").bind(id).bind(now).bind(seed).exec(tx).await?;
    Ok(())
}
