//! Bookings.

use kernel::{Day, Instant, Lang, RegionCode};
use platform::{AccountId, Error, PersonId, Result};
use ::store::{Db, Target, Tx, q};

use super::slots::SlotRow;
use crate::model::{BookingId, Channel, OfficeId, SlotCard, SlotId, State};

/// A booking as stored.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: BookingId,
    pub(crate) number: Option<String>,
    pub(crate) slot: SlotCard,
    pub(crate) impl_code: String,
    pub(crate) channel: Channel,
    pub(crate) state: State,
    pub(crate) owner: String,
    pub(crate) account: Option<AccountId>,
    pub(crate) hold_until: Option<Instant>,
    pub(crate) moves: i64,
    pub(crate) partner_code: Option<String>,
    pub(crate) code_tries: i64,
    pub(crate) needs: Option<Vec<u8>>,
    pub(crate) lang: Lang,
    pub(crate) created_at: Instant,
    pub(crate) changed_at: Instant,
}

impl Stored {
    /// The state by the clock.
    pub(crate) fn state_at(&self, now: Instant) -> State {
        crate::model::state_at(self.state, self.hold_until, self.slot.end, self.slot.closed_at, now)
    }

    /// The office has closed for its time.
    pub(crate) fn displaced(&self) -> bool {
        self.state == State::Booked && self.slot.closed_at.is_some()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: BookingId,
    number: Option<String>,
    impl_code: String,
    channel: i64,
    state: String,
    owner: String,
    account_id: Option<Vec<u8>>,
    hold_until: Option<i64>,
    moves: i64,
    partner_code: Option<String>,
    code_tries: i64,
    needs: Option<Vec<u8>>,
    lang: String,
    #[sqlx(try_from = "i64")]
    created_at: Instant,
    #[sqlx(try_from = "i64")]
    changed_at: Instant,
    #[sqlx(flatten)]
    slot: SlotRow,
}

impl TryFrom<Row> for Stored {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let state = State::from_code(&row.state).ok_or_else(|| Error::internal(format!("booking state {}", row.state)))?;
        let channel = u8::try_from(row.channel).ok().and_then(Channel::from_digit).ok_or_else(|| Error::internal(format!("booking channel {}", row.channel)))?;
        let account = row.account_id.map(AccountId::try_from).transpose().map_err(Error::internal)?;
        Ok(Self {
            id: row.id,
            number: row.number,
            slot: row.slot.into(),
            impl_code: row.impl_code,
            channel,
            state,
            owner: row.owner,
            account,
            hold_until: row.hold_until.map(Instant::from),
            moves: row.moves,
            partner_code: row.partner_code,
            code_tries: row.code_tries,
            needs: row.needs,
            lang: lang_from(&row.lang),
            created_at: row.created_at,
            changed_at: row.changed_at,
        })
    }
}

pub(crate) fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

pub(crate) fn lang_from(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Zh }
}

/// A booking to be put in.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) id: BookingId,
    pub(crate) number: Option<String>,
    pub(crate) slot: SlotId,
    pub(crate) office: OfficeId,
    pub(crate) item_kind: String,
    pub(crate) impl_code: String,
    pub(crate) channel: Channel,
    pub(crate) state: State,
    pub(crate) owner: String,
    pub(crate) account: Option<AccountId>,
    pub(crate) request_key: String,
    pub(crate) request_hash: Vec<u8>,
    pub(crate) hold_until: Option<Instant>,
    pub(crate) partner_code: Option<String>,
    pub(crate) needs: Option<Vec<u8>>,
    pub(crate) lang: Lang,
    pub(crate) now: Instant,
}

/// Puts it in; false if this owner has used the key before (or holds a place already).
pub(crate) async fn insert(tx: &Tx, new: &New) -> Result<bool> {
    let rows = q("INSERT INTO booking (id, number, slot_id, office_id, item_kind, impl_code, channel, state, owner, account_id, request_key, \
         request_hash, hold_until, moves, partner_code, code_tries, reminded, reseated, needs, lang, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, 0, FALSE, FALSE, $15, $16, $17, $17) ON CONFLICT DO NOTHING")
    .bind(new.id)
    .bind(new.number.clone())
    .bind(new.slot)
    .bind(new.office)
    .bind(&new.item_kind)
    .bind(&new.impl_code)
    .bind(new.channel.digit())
    .bind(new.state.code())
    .bind(&new.owner)
    .bind(new.account)
    .bind(&new.request_key)
    .bind(&new.request_hash)
    .bind(new.hold_until)
    .bind(new.partner_code.clone())
    .bind(new.needs.clone())
    .bind(lang_code(new.lang))
    .bind(new.now)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// What an owner asked under a key: the booking and the digest of the request.
pub(crate) async fn by_request<'a>(on: impl Into<Target<'a>> + Send, owner: &str, key: &str) -> Result<Option<(BookingId, Vec<u8>)>> {
    let row: Option<(Vec<u8>, Vec<u8>)> =
        q("SELECT id, request_hash FROM booking WHERE owner = $1 AND request_key = $2").bind(owner).bind(key).opt(on).await?;
    row.map(|(id, hash)| Ok((BookingId::try_from(id).map_err(Error::internal)?, hash))).transpose()
}

/// The hold of an owner, if there is one.
pub(crate) async fn hold_of<'a>(on: impl Into<Target<'a>> + Send, owner: &str) -> Result<Option<BookingId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM booking WHERE owner = $1 AND state = 'HELD'").bind(owner).opt(on).await?;
    row.map(|(id,)| BookingId::try_from(id).map_err(Error::internal)).transpose()
}

const WITH_SLOT: &str = "SELECT b.id, b.number, b.impl_code, b.channel, b.state, b.owner, b.account_id, b.hold_until, b.moves, \
     b.partner_code, b.code_tries, b.needs, b.lang, b.created_at, b.changed_at, s.id AS slot_id, s.office_id AS slot_office, \
     s.item_kind AS slot_kind, s.day, s.start_at, s.end_at, s.release_at, s.close_at, s.quota_online, s.quota_onsite, s.taken_online, \
     s.taken_onsite, s.closed_at FROM booking b JOIN slot s ON s.id = b.slot_id";

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: BookingId) -> Result<Option<Stored>> {
    let row: Option<Row> = q(WITH_SLOT).sql(" WHERE b.id = ").arg(id).opt(on).await?;
    row.map(Stored::try_from).transpose()
}

/// The booking with this number.
pub(crate) async fn by_number(db: &Db, number: &str) -> Result<Option<BookingId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM booking WHERE number = $1").bind(number).opt(db).await?;
    row.map(|(id,)| BookingId::try_from(id).map_err(Error::internal)).transpose()
}

/// Changes the state if it is still `from`.
pub(crate) async fn set_state(tx: &Tx, id: BookingId, from: State, to: State, now: Instant) -> Result<bool> {
    let rows = q("UPDATE booking SET state = $3, changed_at = $4, hold_until = NULL WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(from.code())
        .bind(to.code())
        .bind(now)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Confirms a hold in place while it lasts.
pub(crate) async fn confirm(tx: &Tx, id: BookingId, number: &str, partner_code: Option<String>, needs: Option<Vec<u8>>, now: Instant) -> Result<bool> {
    let rows = q("UPDATE booking SET state = 'BOOKED', number = $2, partner_code = $3, needs = $4, hold_until = NULL, changed_at = $5 \
         WHERE id = $1 AND state = 'HELD' AND hold_until > $5")
    .bind(id)
    .bind(number)
    .bind(partner_code)
    .bind(needs)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Puts it onto another slot if it is still on `from`; `counted` is 1 if this is one of the moves that are limited.
pub(crate) async fn set_slot(tx: &Tx, id: BookingId, from: SlotId, to: SlotId, counted: i64, now: Instant) -> Result<bool> {
    let rows = q("UPDATE booking SET slot_id = $3, moves = moves + $4, reminded = FALSE, reseated = FALSE, changed_at = $5 \
         WHERE id = $1 AND slot_id = $2 AND state = 'BOOKED'")
    .bind(id)
    .bind(from)
    .bind(to)
    .bind(counted)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Counts a wrong code; the code stops working after five.
pub(crate) async fn count_try(tx: &Tx, id: BookingId) -> Result<()> {
    q("UPDATE booking SET code_tries = code_tries + 1 WHERE id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Forgets the code once it was used.
pub(crate) async fn clear_code(tx: &Tx, id: BookingId) -> Result<()> {
    q("UPDATE booking SET partner_code = NULL WHERE id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Holds of a slot that have ended.
pub(crate) async fn ended_holds_of(tx: &Tx, slot: SlotId, now: Instant) -> Result<Vec<BookingId>> {
    ids(q("SELECT id FROM booking WHERE slot_id = $1 AND state = 'HELD' AND hold_until <= $2 LIMIT 100").bind(slot).bind(now).all(tx).await?)
}

/// Holds that have ended anywhere.
pub(crate) async fn ended_holds(db: &Db, now: Instant) -> Result<Vec<BookingId>> {
    ids(q("SELECT id FROM booking WHERE state = 'HELD' AND hold_until <= $1 ORDER BY hold_until LIMIT 200").bind(now).all(db).await?)
}

/// Bookings of an ended slot that are not settled.
pub(crate) async fn open_of_slot(tx: &Tx, slot: SlotId) -> Result<Vec<BookingId>> {
    ids(q("SELECT id FROM booking WHERE slot_id = $1 AND state IN ('HELD', 'BOOKED') LIMIT 100").bind(slot).all(tx).await?)
}

/// Bookings whose appointment begins within `from..to` and that have not been reminded.
pub(crate) async fn unreminded(db: &Db, from: Instant, to: Instant) -> Result<Vec<BookingId>> {
    ids(q("SELECT b.id FROM booking b JOIN slot s ON s.id = b.slot_id WHERE b.state = 'BOOKED' AND NOT b.reminded AND s.closed_at IS NULL \
         AND s.start_at >= $1 AND s.start_at < $2 ORDER BY s.start_at LIMIT 200")
    .bind(from)
    .bind(to)
    .all(db)
    .await?)
}

/// Notes that the reminder is in the outbox.
pub(crate) async fn set_reminded(tx: &Tx, id: BookingId) -> Result<bool> {
    Ok(q("UPDATE booking SET reminded = TRUE WHERE id = $1 AND state = 'BOOKED' AND NOT reminded").bind(id).exec(tx).await? == 1)
}

/// Bookings whose office closed and that were not offered another time yet.
pub(crate) async fn to_reseat(db: &Db) -> Result<Vec<BookingId>> {
    ids(q("SELECT b.id FROM booking b JOIN slot s ON s.id = b.slot_id WHERE b.state = 'BOOKED' AND NOT b.reseated \
         AND s.closed_at IS NOT NULL ORDER BY s.start_at, b.id LIMIT 200")
    .all(db)
    .await?)
}

/// Notes that another time was offered.
pub(crate) async fn set_reseated(tx: &Tx, id: BookingId) -> Result<bool> {
    Ok(q("UPDATE booking SET reseated = TRUE WHERE id = $1 AND NOT reseated").bind(id).exec(tx).await? == 1)
}

/// Bookings made by an account, and those that its person has confirmed, newest first.
pub(crate) async fn of_citizen(db: &Db, account: AccountId, person: Option<PersonId>) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = q(WITH_SLOT)
        .sql(" WHERE b.state <> 'LAPSED' AND (b.account_id = ")
        .arg(account)
        .sql(" OR b.id IN (SELECT booking_id FROM booking_party WHERE person_id = ")
        .arg(person)
        .sql(")) ORDER BY b.id DESC LIMIT 50")
        .all(db)
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// Bookings of an office and day, in the order of their slots.
pub(crate) async fn of_day(db: &Db, office: OfficeId, day: Day) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = q(WITH_SLOT)
        .sql(" WHERE s.office_id = ")
        .arg(office)
        .sql(" AND s.day = ")
        .arg(day)
        .sql(" AND b.state IN ('BOOKED', 'ARRIVED', 'DONE', 'NO_SHOW') ORDER BY s.start_at, b.id LIMIT 1000")
        .all(db)
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// The booking of a person at an office: that of `day`, else the next one after it.
pub(crate) async fn of_person_at(db: &Db, person: PersonId, office: OfficeId, day: Day) -> Result<Option<BookingId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT b.id FROM booking_party p JOIN booking b ON b.id = p.booking_id WHERE p.person_id = $1 AND p.day >= $3 \
         AND b.office_id = $2 AND b.state IN ('BOOKED', 'ARRIVED', 'DONE') ORDER BY p.day, b.id LIMIT 1")
    .bind(person)
    .bind(office)
    .bind(day)
    .opt(db)
    .await?;
    row.map(|(id,)| BookingId::try_from(id).map_err(Error::internal)).transpose()
}

/// How many booked bookings of an office have a slot that runs within `from..to`.
pub(crate) async fn count_between(db: &Db, office: OfficeId, from: Instant, to: Instant) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM booking b JOIN slot s ON s.id = b.slot_id WHERE s.office_id = $1 AND s.end_at > $2 \
         AND s.start_at < $3 AND b.state IN ('HELD', 'BOOKED')")
    .bind(office)
    .bind(from)
    .bind(to)
    .one(db)
    .await?;
    Ok(n)
}

/// The next number of a region (or other name) and day in one of its lanes, counted from 1.
pub(crate) async fn next_in_lane(tx: &Tx, name: &str, day: Day, lane: i64) -> Result<i64> {
    let (last,): (i64,) = q("INSERT INTO booking_counter (region, day, lane, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (region, day, lane) DO UPDATE SET last = booking_counter.last + 1 RETURNING last")
    .bind(name)
    .bind(day)
    .bind(lane)
    .one(tx)
    .await?;
    Ok(last)
}

/// The region of an office, for the number and the audit row.
pub(crate) async fn region_of<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId) -> Result<RegionCode> {
    let row: Option<(String,)> = q("SELECT region FROM office WHERE id = $1").bind(office).opt(on).await?;
    let (region,) = row.ok_or(Error::NotFound)?;
    RegionCode::parse(&region).map_err(|_| Error::internal("region of an office"))
}

fn ids(rows: Vec<(Vec<u8>,)>) -> Result<Vec<BookingId>> {
    rows.into_iter().map(|(id,)| BookingId::try_from(id).map_err(Error::internal)).collect()
}

/// Somebody who came without a booking.
pub(crate) async fn insert_walk_in(
    tx: &Tx,
    id: crate::WalkInId,
    office: OfficeId,
    kind: &str,
    slot: Option<SlotId>,
    number: i64,
    now: Instant,
) -> Result<()> {
    q("INSERT INTO walk_in (id, office_id, item_kind, day, slot_id, number, state, came_at) VALUES ($1, $2, $3, $4, $5, $6, 'WAITING', $7)")
        .bind(id)
        .bind(office)
        .bind(kind)
        .bind(now.day())
        .bind(slot)
        .bind(number)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}
