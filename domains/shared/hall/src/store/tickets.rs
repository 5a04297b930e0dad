//! Tickets: the conditional updates by which one is called once, and the lists of a hall's day.

use ::store::{Db, Target, Tx, q};
use booking::{BookingId, OfficeId, SlotId};
use kernel::{Day, Instant};
use platform::{Ctx, Error, Result, StaffId};

use crate::figures::Visit;
use crate::model::{Class, GroupId, Source, State, Ticket, TicketId, WindowId};

const TABLE: &str = "hall_ticket";

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: TicketId,
    #[sqlx(try_from = "Vec<u8>")]
    office_id: OfficeId,
    #[sqlx(try_from = "Vec<u8>")]
    group_id: GroupId,
    letter: String,
    #[sqlx(try_from = "String")]
    day: Day,
    number: i64,
    class: i64,
    ground: String,
    source: String,
    token: String,
    booking_id: Option<Vec<u8>>,
    slot_start: Option<i64>,
    name: Option<Vec<u8>>,
    #[sqlx(try_from = "i64")]
    taken_at: Instant,
    state: String,
    after_id: Option<Vec<u8>>,
    requeues: i64,
    target_id: Option<Vec<u8>>,
    calls: i64,
    first_call: Option<i64>,
    last_call: Option<i64>,
    window_id: Option<Vec<u8>>,
    served_from: Option<i64>,
    served_to: Option<i64>,
    spent: i64,
}

fn id<K>(bytes: Option<Vec<u8>>) -> Result<Option<kernel::Id<K>>> {
    bytes.map(kernel::Id::try_from).transpose().map_err(Error::internal)
}

impl Row {
    fn open(self, ctx: &Ctx) -> Result<Ticket> {
        let name = match &self.name {
            Some(sealed) => Some(ctx.keys().open_text(TABLE, "name", &self.id.to_vec(), sealed).map_err(Error::internal)?),
            None => None,
        };
        Ok(Ticket {
            id: self.id,
            office: self.office_id,
            group: self.group_id,
            letter: self.letter,
            day: self.day,
            number: self.number,
            class: Class::from_number(self.class).ok_or_else(|| Error::internal("class of a ticket"))?,
            ground: self.ground,
            source: Source::from_code(&self.source).ok_or_else(|| Error::internal("source of a ticket"))?,
            token: self.token,
            booking: id(self.booking_id)?,
            slot_start: self.slot_start.map(Instant::from),
            name,
            taken_at: self.taken_at,
            state: State::from_code(&self.state).ok_or_else(|| Error::internal("state of a ticket"))?,
            after: id(self.after_id)?,
            requeues: self.requeues,
            target: id(self.target_id)?,
            calls: self.calls,
            first_call: self.first_call.map(Instant::from),
            last_call: self.last_call.map(Instant::from),
            window: id(self.window_id)?,
            served_from: self.served_from.map(Instant::from),
            served_to: self.served_to.map(Instant::from),
            spent: self.spent,
        })
    }
}

/// A ticket to be put in.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) id: TicketId,
    pub(crate) office: OfficeId,
    pub(crate) group: GroupId,
    pub(crate) class: Class,
    pub(crate) ground: String,
    pub(crate) source: Source,
    pub(crate) token: String,
    pub(crate) request_key: String,
    pub(crate) booking: Option<BookingId>,
    pub(crate) slot_start: Option<Instant>,
    pub(crate) name: Option<String>,
}

/// The next number of a group and day, from 1.
pub(crate) async fn next_number(tx: &Tx, group: GroupId, day: Day) -> Result<i64> {
    let (last,): (i64,) = q("INSERT INTO hall_counter (group_id, day, last) VALUES ($1, $2, 1) \
         ON CONFLICT (group_id, day) DO UPDATE SET last = hall_counter.last + 1 RETURNING last")
    .bind(group)
    .bind(day)
    .one(tx)
    .await?;
    Ok(last)
}

/// Puts it in; false if the booking or the request has a ticket.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, new: &New, number: i64, place: Option<SlotId>) -> Result<bool> {
    let rows = q("INSERT INTO hall_ticket (id, office_id, group_id, day, number, class, ground, source, token, request_key, booking_id, \
         slot_start, slot_id, name, taken_at, state, after_id, requeues, target_id, call_seq, calls, first_call, last_call, window_id, \
         staff_id, served_from, served_to, spent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'WAITING', \
         NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0) ON CONFLICT DO NOTHING")
    .bind(new.id)
    .bind(new.office)
    .bind(new.group)
    .bind(ctx.today())
    .bind(number)
    .bind(new.class.number())
    .bind(&new.ground)
    .bind(new.source.code())
    .bind(&new.token)
    .bind(&new.request_key)
    .bind(new.booking)
    .bind(new.slot_start)
    .bind(place)
    .bind(new.name.as_ref().map(|name| ctx.keys().seal(TABLE, "name", &new.id.to_vec(), name.as_bytes())))
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, ctx: &Ctx, id: TicketId) -> Result<Option<Ticket>> {
    let row: Option<Row> = q("SELECT t.id, t.office_id, t.group_id, g.letter, t.day, t.number, t.class, t.ground, t.source, t.token, t.booking_id, \
         t.slot_start, t.name, t.taken_at, t.state, t.after_id, t.requeues, t.target_id, t.calls, t.first_call, t.last_call, t.window_id, \
         t.served_from, t.served_to, t.spent FROM hall_ticket t JOIN hall_group g ON g.id = t.group_id WHERE t.id = $1")
    .bind(id)
    .opt(on)
    .await?;
    row.map(|row| row.open(ctx)).transpose()
}

/// The ticket that this token opens.
pub(crate) async fn by_token(db: &Db, token: &str) -> Result<Option<TicketId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM hall_ticket WHERE token = $1").bind(token).opt(db).await?;
    id(row.map(|(id,)| id))
}

/// The ticket of a booking.
pub(crate) async fn by_booking<'a>(on: impl Into<Target<'a>> + Send, booking: BookingId) -> Result<Option<TicketId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM hall_ticket WHERE booking_id = $1").bind(booking).opt(on).await?;
    id(row.map(|(id,)| id))
}

/// The tickets of these bookings, the newest first.
pub(crate) async fn of_bookings(db: &Db, ctx: &Ctx, bookings: &[BookingId]) -> Result<Vec<Ticket>> {
    if bookings.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = q("SELECT t.id, t.office_id, t.group_id, g.letter, t.day, t.number, t.class, t.ground, t.source, t.token, t.booking_id, \
         t.slot_start, t.name, t.taken_at, t.state, t.after_id, t.requeues, t.target_id, t.calls, t.first_call, t.last_call, t.window_id, \
         t.served_from, t.served_to, t.spent FROM hall_ticket t JOIN hall_group g ON g.id = t.group_id WHERE t.booking_id IN (")
    .list(bookings.iter().copied())
    .sql(") ORDER BY t.taken_at DESC, t.id DESC")
    .all(db)
    .await?;
    rows.into_iter().map(|row| row.open(ctx)).collect()
}

/// The ticket that was taken under this key.
pub(crate) async fn by_request<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId, key: &str) -> Result<Option<TicketId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM hall_ticket WHERE office_id = $1 AND request_key = $2").bind(office).bind(key).opt(on).await?;
    id(row.map(|(id,)| id))
}

/// The ticket of today with this number.
pub(crate) async fn by_number(db: &Db, office: OfficeId, day: Day, letter: &str, number: i64) -> Result<Option<TicketId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT t.id FROM hall_ticket t JOIN hall_group g ON g.id = t.group_id \
         WHERE g.office_id = $1 AND t.day = $2 AND g.letter = $3 AND t.number = $4")
    .bind(office)
    .bind(day)
    .bind(letter)
    .bind(number)
    .opt(db)
    .await?;
    id(row.map(|(id,)| id))
}

/// The ticket at a window.
pub(crate) async fn at_window<'a>(on: impl Into<Target<'a>> + Send, window: WindowId) -> Result<Option<TicketId>> {
    let row: Option<(Vec<u8>,)> =
        q("SELECT id FROM hall_ticket WHERE window_id = $1 AND state IN ('CALLED', 'SERVING')").bind(window).opt(on).await?;
    id(row.map(|(id,)| id))
}

/// Tickets of a hall and day that are neither done nor void, by the moment when they were taken.
pub(crate) async fn live<'a>(on: impl Into<Target<'a>> + Send, ctx: &Ctx, office: OfficeId, day: Day) -> Result<Vec<Ticket>> {
    let rows: Vec<Row> = q("SELECT t.id, t.office_id, t.group_id, g.letter, t.day, t.number, t.class, t.ground, t.source, t.token, t.booking_id, \
         t.slot_start, t.name, t.taken_at, t.state, t.after_id, t.requeues, t.target_id, t.calls, t.first_call, t.last_call, t.window_id, \
         t.served_from, t.served_to, t.spent FROM hall_ticket t JOIN hall_group g ON g.id = t.group_id \
         WHERE t.office_id = $1 AND t.day = $2 AND t.state IN ('WAITING', 'CALLED', 'SERVING', 'PASSED') ORDER BY t.taken_at, t.number LIMIT 2000")
    .bind(office)
    .bind(day)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.open(ctx)).collect()
}

#[derive(sqlx::FromRow)]
struct VisitRow {
    #[sqlx(try_from = "Vec<u8>")]
    group_id: GroupId,
    class: i64,
    state: String,
    #[sqlx(try_from = "i64")]
    taken_at: Instant,
    first_call: Option<i64>,
    window_id: Option<Vec<u8>>,
    served_from: Option<i64>,
    served_to: Option<i64>,
    spent: i64,
}

/// What became of every ticket of a hall and day, by the moment when it was taken: for the figures of the day.
pub(crate) async fn visits(db: &Db, office: OfficeId, day: Day) -> Result<Vec<Visit>> {
    let rows: Vec<VisitRow> = q("SELECT group_id, class, state, taken_at, first_call, window_id, served_from, served_to, spent FROM hall_ticket \
         WHERE office_id = $1 AND day = $2 ORDER BY taken_at, id LIMIT 10000")
    .bind(office)
    .bind(day)
    .all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Visit {
                group: row.group_id,
                class: Class::from_number(row.class).ok_or_else(|| Error::internal("class of a ticket"))?,
                state: State::from_code(&row.state).ok_or_else(|| Error::internal("state of a ticket"))?,
                taken_at: row.taken_at,
                first_call: row.first_call.map(Instant::from),
                window: id(row.window_id)?,
                served: row.served_from.map(Instant::from).zip(row.served_to.map(Instant::from)),
                spent: row.spent,
            })
        })
        .collect()
}

/// The last calls of a hall's day, the earliest first: group and class of each.
pub(crate) async fn calls<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId, day: Day) -> Result<Vec<(GroupId, Class)>> {
    let rows: Vec<(Vec<u8>, i64)> = q("SELECT group_id, class FROM hall_ticket WHERE office_id = $1 AND day = $2 AND call_seq IS NOT NULL \
         ORDER BY call_seq DESC NULLS LAST LIMIT 100")
    .bind(office)
    .bind(day)
    .all(on)
    .await?;
    rows.into_iter()
        .rev()
        .map(|(group, class)| {
            let class = Class::from_number(class).ok_or_else(|| Error::internal("class of a ticket"))?;
            Ok((GroupId::try_from(group).map_err(Error::internal)?, class))
        })
        .collect()
}

/// A call to a window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    pub(crate) window: WindowId,
    pub(crate) staff: Option<StaffId>,
    pub(crate) seq: i64,
    pub(crate) now: Instant,
}

/// Calls a waiting ticket for the first time; false if somebody else has.
pub(crate) async fn call(tx: &Tx, id: TicketId, call: Call) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET state = 'CALLED', window_id = $2, staff_id = $3, call_seq = $4, calls = 1, \
         first_call = COALESCE(first_call, $5), last_call = $5, after_id = NULL, target_id = NULL WHERE id = $1 AND state = 'WAITING'")
    .bind(id)
    .bind(call.window)
    .bind(call.staff)
    .bind(call.seq)
    .bind(call.now)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Calls once more.
pub(crate) async fn call_again(tx: &Tx, id: TicketId, calls: i64, now: Instant) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET calls = calls + 1, last_call = $3 WHERE id = $1 AND state = 'CALLED' AND calls = $2")
        .bind(id)
        .bind(calls)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Passed, or void.
pub(crate) async fn miss(tx: &Tx, id: TicketId, from: State, to: State) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET state = $3, window_id = NULL WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(from.code())
        .bind(to.code())
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Queued again behind another.
pub(crate) async fn requeue(tx: &Tx, id: TicketId, after: Option<TicketId>) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET state = 'WAITING', after_id = $2, requeues = requeues + 1, calls = 0 WHERE id = $1 AND state = 'PASSED'")
        .bind(id)
        .bind(after)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// The visit begins.
pub(crate) async fn start(tx: &Tx, id: TicketId, now: Instant) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET state = 'SERVING', served_from = $2 WHERE id = $1 AND state = 'CALLED'").bind(id).bind(now).exec(tx).await?;
    Ok(rows == 1)
}

/// The visit ends.
pub(crate) async fn done(tx: &Tx, id: TicketId, now: Instant) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET state = 'DONE', served_to = $2 WHERE id = $1 AND state = 'SERVING'").bind(id).bind(now).exec(tx).await?;
    Ok(rows == 1)
}

/// Handed over: it waits for one window, and what it has spent so far is kept.
pub(crate) async fn hand_over(tx: &Tx, id: TicketId, from: State, to: WindowId, spent: i64) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET state = 'WAITING', window_id = NULL, target_id = $3, calls = 0, spent = spent + $4, served_from = NULL \
         WHERE id = $1 AND state = $2")
    .bind(id)
    .bind(from.code())
    .bind(to)
    .bind(spent)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Nobody sits at the window any more: who was handed over to it waits in the common queue.
pub(crate) async fn release_target(tx: &Tx, window: WindowId) -> Result<()> {
    q("UPDATE hall_ticket SET target_id = NULL WHERE target_id = $1 AND state = 'WAITING'").bind(window).exec(tx).await?;
    Ok(())
}

/// Another class while it waits.
pub(crate) async fn classify(tx: &Tx, id: TicketId, class: Class, ground: &str) -> Result<bool> {
    let rows = q("UPDATE hall_ticket SET class = $2, ground = $3 WHERE id = $1 AND state = 'WAITING'")
        .bind(id)
        .bind(class.number())
        .bind(ground)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Tickets from before a day that are neither done nor void, a few hundred at once, with their offices.
pub(crate) async fn left_over(db: &Db, today: Day) -> Result<Vec<(TicketId, OfficeId)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = q("SELECT id, office_id FROM hall_ticket WHERE day < $1 AND state IN ('WAITING', 'CALLED', 'SERVING', 'PASSED') \
         ORDER BY day, id LIMIT 500")
    .bind(today)
    .all(db)
    .await?;
    rows.into_iter().map(|(id, office)| Ok((TicketId::try_from(id).map_err(Error::internal)?, OfficeId::try_from(office).map_err(Error::internal)?))).collect()
}

/// Offices where somebody waits today.
pub(crate) async fn offices_with_waiting(db: &Db, day: Day) -> Result<Vec<OfficeId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT DISTINCT office_id FROM hall_ticket WHERE day = $1 AND state IN ('WAITING', 'CALLED', 'PASSED')").bind(day).all(db).await?;
    rows.into_iter().map(|(id,)| OfficeId::try_from(id).map_err(Error::internal)).collect()
}
