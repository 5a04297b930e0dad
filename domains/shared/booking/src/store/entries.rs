//! Entries of releases. The unique keys on open rows hold "one place a couple".

use kernel::Instant;
use platform::{AccountId, Error, PersonId, Result};
use ::store::{Db, Dialect, Query, Target, Tx, q};

use crate::BookingId;
use crate::release::{Entry, EntryId, EntryState, ReleaseId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: EntryId,
    #[sqlx(try_from = "Vec<u8>")]
    release_id: ReleaseId,
    #[sqlx(try_from = "Vec<u8>")]
    account_id: AccountId,
    #[sqlx(try_from = "i64")]
    received_at: Instant,
    leaf: Option<i64>,
    place: Option<i64>,
    state: String,
    turn_until: Option<i64>,
    booking_id: Option<Vec<u8>>,
}

impl TryFrom<Row> for Entry {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let state = EntryState::from_code(&row.state).ok_or_else(|| Error::internal(format!("state of an entry {}", row.state)))?;
        Ok(Self {
            id: row.id,
            release: row.release_id,
            account: row.account_id,
            received_at: row.received_at,
            leaf: row.leaf,
            place: row.place,
            state,
            turn_until: row.turn_until.map(Instant::from),
            booking: row.booking_id.map(BookingId::try_from).transpose().map_err(Error::internal)?,
        })
    }
}

fn select() -> Query {
    q("SELECT e.id, e.release_id, e.account_id, e.received_at, e.leaf, e.place, e.state, e.turn_until, e.booking_id FROM release_entry e")
}

fn ids(rows: Vec<(Vec<u8>,)>) -> Result<Vec<EntryId>> {
    rows.into_iter().map(|(id,)| EntryId::try_from(id).map_err(Error::internal)).collect()
}

/// A join as received.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) id: EntryId,
    pub(crate) release: ReleaseId,
    pub(crate) account: AccountId,
    pub(crate) couple_hash: Vec<u8>,
    pub(crate) network_hash: Vec<u8>,
    pub(crate) received_at: Instant,
}

/// Puts it in; false if the couple has an entry, or the list was closed at this moment.
pub(crate) async fn insert(tx: &Tx, new: &New) -> Result<bool> {
    if !is_open(tx, new.release).await? {
        return Ok(false);
    }
    let rows = q("INSERT INTO release_entry (id, release_id, account_id, couple_hash, network_hash, received_at, open, state) \
         VALUES ($1, $2, $3, $4, $5, $6, TRUE, 'WAITING') ON CONFLICT DO NOTHING")
    .bind(new.id)
    .bind(new.release)
    .bind(new.account)
    .bind(&new.couple_hash)
    .bind(&new.network_hash)
    .bind(new.received_at)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Whether one can join, from this moment to the end of the transaction: whoever seals the list waits for it (`releases::seal_list`). Joins do
/// not wait for each other. SQLite writes one transaction after another.
async fn is_open(tx: &Tx, release: ReleaseId) -> Result<bool> {
    let look = q("SELECT id FROM slot_release WHERE id = $1 AND sealed_at IS NULL AND closed_at IS NULL AND cancelled_at IS NULL").bind(release);
    let look = match tx.dialect() {
        Dialect::Postgres => look.sql(" FOR KEY SHARE"),
        Dialect::Sqlite => look,
    };
    let found: Option<(Vec<u8>,)> = look.opt(tx).await?;
    Ok(found.is_some())
}

/// Binds a person to an entry; false if he has an open entry in this release.
pub(crate) async fn bind(tx: &Tx, entry: EntryId, release: ReleaseId, person: PersonId) -> Result<bool> {
    let rows = q("INSERT INTO release_person (entry_id, release_id, person_id, open) VALUES ($1, $2, $3, TRUE) ON CONFLICT DO NOTHING")
        .bind(entry)
        .bind(release)
        .bind(person)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// The open entry of a person in a release, or else his last one.
pub(crate) async fn of_person<'a>(on: impl Into<Target<'a>> + Send, release: ReleaseId, person: PersonId) -> Result<Option<Entry>> {
    let row: Option<Row> = select()
        .sql(" JOIN release_person p ON p.entry_id = e.id WHERE p.person_id = ")
        .arg(person)
        .sql(" AND p.release_id = ")
        .arg(release)
        .sql(" ORDER BY p.open DESC, e.received_at DESC, e.id DESC LIMIT 1")
        .opt(on)
        .await?;
    row.map(Entry::try_from).transpose()
}

/// How often a person has joined a release.
pub(crate) async fn joins_of<'a>(on: impl Into<Target<'a>> + Send, release: ReleaseId, person: PersonId) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM release_person WHERE person_id = $1 AND release_id = $2").bind(person).bind(release).one(on).await?;
    Ok(n)
}

/// The open entry of a couple.
pub(crate) async fn of_couple<'a>(on: impl Into<Target<'a>> + Send, release: ReleaseId, couple: &[u8]) -> Result<Option<Entry>> {
    let row: Option<Row> = select().sql(" WHERE e.release_id = ").arg(release).sql(" AND e.couple_hash = ").arg(couple).sql(" AND e.open").opt(on).await?;
    row.map(Entry::try_from).transpose()
}

/// The couple's hash of an entry: whom somebody named when he joined.
pub(crate) async fn couple_of<'a>(on: impl Into<Target<'a>> + Send, id: EntryId) -> Result<Vec<u8>> {
    let (hash,): (Vec<u8>,) = q("SELECT couple_hash FROM release_entry WHERE id = $1").bind(id).one(on).await?;
    Ok(hash)
}

/// The couple's hash behind a booking that came of a release, and which release that was.
pub(crate) async fn couple_behind<'a>(on: impl Into<Target<'a>> + Send, booking: BookingId) -> Result<Option<(ReleaseId, Vec<u8>)>> {
    let row: Option<(Vec<u8>, Vec<u8>)> = q("SELECT release_id, couple_hash FROM release_entry WHERE booking_id = $1").bind(booking).opt(on).await?;
    row.map(|(id, hash)| Ok((ReleaseId::try_from(id).map_err(Error::internal)?, hash))).transpose()
}

/// Joins out of a network since a moment, counted no further than `most`.
pub(crate) async fn of_network(db: &Db, release: ReleaseId, network: &[u8], since: Instant, most: i64) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM (SELECT id FROM release_entry WHERE release_id = $1 AND network_hash = $2 AND received_at > $3 LIMIT $4) n")
        .bind(release)
        .bind(network)
        .bind(since)
        .bind(most)
        .one(db)
        .await?;
    Ok(n)
}

/// Ends an entry in one of the states before a time was chosen; false if it is in none.
pub(crate) async fn leave(tx: &Tx, id: EntryId) -> Result<bool> {
    let rows = q("UPDATE release_entry SET state = 'LEFT', open = FALSE, turn_until = NULL WHERE id = $1 AND state IN ('WAITING', 'TURN')").bind(id).exec(tx).await?;
    close_people(tx, id).await?;
    Ok(rows == 1)
}

async fn close_people(tx: &Tx, id: EntryId) -> Result<()> {
    q("UPDATE release_person SET open = FALSE WHERE entry_id = $1 AND EXISTS (SELECT 1 FROM release_entry e WHERE e.id = $1 AND NOT e.open)").bind(id).exec(tx).await?;
    Ok(())
}

/// Uses the turn of an entry for a booking while it lasts.
pub(crate) async fn take(tx: &Tx, id: EntryId, booking: BookingId, now: Instant) -> Result<bool> {
    let rows = q("UPDATE release_entry SET state = 'TAKEN', booking_id = $2 WHERE id = $1 AND state = 'TURN' AND turn_until > $3")
        .bind(id)
        .bind(booking)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Gives the next places after `placed` to what was received up to a moment, in the order of receipt; how many it were.
pub(crate) async fn number(tx: &Tx, release: ReleaseId, placed: i64, until: Instant, limit: i64) -> Result<i64> {
    let rows = q("UPDATE release_entry SET place = n.place FROM (SELECT id, $2 + ROW_NUMBER() OVER (ORDER BY received_at, id) AS place \
         FROM release_entry WHERE release_id = $1 AND place IS NULL AND leaf IS NULL AND received_at <= $3 ORDER BY received_at, id LIMIT $4) n \
         WHERE n.id = release_entry.id")
    .bind(release)
    .bind(placed)
    .bind(until)
    .bind(limit)
    .exec(tx)
    .await?;
    i64::try_from(rows).map_err(Error::internal)
}

/// Puts the next entries, by their ids, onto the closed list of a draw after `listed`; how many it were.
pub(crate) async fn list_next(tx: &Tx, release: ReleaseId, listed: i64, limit: i64) -> Result<i64> {
    let rows = q("UPDATE release_entry SET leaf = n.leaf FROM (SELECT id, $2 + ROW_NUMBER() OVER (ORDER BY id) - 1 AS leaf \
         FROM release_entry WHERE release_id = $1 AND leaf IS NULL AND place IS NULL AND open ORDER BY id LIMIT $3) n WHERE n.id = release_entry.id")
    .bind(release)
    .bind(listed)
    .bind(limit)
    .exec(tx)
    .await?;
    i64::try_from(rows).map_err(Error::internal)
}

/// The closed list from a number on.
pub(crate) async fn listed<'a>(on: impl Into<Target<'a>> + Send, release: ReleaseId, from: i64, limit: i64) -> Result<Vec<EntryId>> {
    ids(q("SELECT id FROM release_entry WHERE release_id = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3").bind(release).bind(from).bind(limit).all(on).await?)
}

/// The closed list from a number on, with the places that are written down.
pub(crate) async fn listed_places(db: &Db, release: ReleaseId, from: i64, limit: i64) -> Result<Vec<(EntryId, Option<i64>)>> {
    let rows: Vec<(Vec<u8>, Option<i64>)> =
        q("SELECT id, place FROM release_entry WHERE release_id = $1 AND leaf >= $2 ORDER BY leaf LIMIT $3").bind(release).bind(from).bind(limit).all(db).await?;
    rows.into_iter().map(|(id, place)| Ok((EntryId::try_from(id).map_err(Error::internal)?, place))).collect()
}

/// Writes the drawn place of an entry.
pub(crate) async fn set_place(tx: &Tx, id: EntryId, place: i64) -> Result<()> {
    q("UPDATE release_entry SET place = $2 WHERE id = $1 AND place IS NULL").bind(id).bind(place).exec(tx).await?;
    Ok(())
}

/// Turns that have ended.
pub(crate) async fn ended_turns(db: &Db, release: ReleaseId, now: Instant, limit: i64) -> Result<Vec<EntryId>> {
    ids(q("SELECT id FROM release_entry WHERE release_id = $1 AND state = 'TURN' AND turn_until <= $2 ORDER BY turn_until LIMIT $3")
        .bind(release)
        .bind(now)
        .bind(limit)
        .all(db)
        .await?)
}

/// Writes down that a turn has passed.
pub(crate) async fn pass(tx: &Tx, id: EntryId, now: Instant) -> Result<bool> {
    let rows = q("UPDATE release_entry SET state = 'PASSED', open = FALSE WHERE id = $1 AND state = 'TURN' AND turn_until <= $2").bind(id).bind(now).exec(tx).await?;
    close_people(tx, id).await?;
    Ok(rows == 1)
}

/// The next who wait, by place: entry, place, and its people.
pub(crate) async fn next_in_line(tx: &Tx, release: ReleaseId, limit: i64) -> Result<Vec<(EntryId, i64)>> {
    let rows: Vec<(Vec<u8>, i64)> =
        q("SELECT id, place FROM release_entry WHERE release_id = $1 AND state = 'WAITING' AND place IS NOT NULL ORDER BY place LIMIT $2").bind(release).bind(limit).all(tx).await?;
    rows.into_iter().map(|(id, place)| Ok((EntryId::try_from(id).map_err(Error::internal)?, place))).collect()
}

/// Begins a turn.
pub(crate) async fn begin_turn(tx: &Tx, id: EntryId, until: Instant) -> Result<()> {
    q("UPDATE release_entry SET state = 'TURN', turn_until = $2 WHERE id = $1 AND state = 'WAITING'").bind(id).bind(until).exec(tx).await?;
    Ok(())
}

/// The people of an entry.
pub(crate) async fn people<'a>(on: impl Into<Target<'a>> + Send, id: EntryId) -> Result<Vec<PersonId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT person_id FROM release_person WHERE entry_id = $1 AND open").bind(id).all(on).await?;
    rows.into_iter().map(|(id,)| PersonId::try_from(id).map_err(Error::internal)).collect()
}

/// The number of an entry on the closed list.
pub(crate) async fn leaf_of(db: &Db, release: ReleaseId, id: EntryId) -> Result<Option<i64>> {
    let row: Option<(Option<i64>,)> = q("SELECT leaf FROM release_entry WHERE id = $1 AND release_id = $2").bind(id).bind(release).opt(db).await?;
    Ok(row.and_then(|(leaf,)| leaf))
}
