//! The people of a booking. The unique keys on open rows hold P9-4 and R-MR-44.

use std::collections::HashMap;

use kernel::{Day, Instant};
use platform::{Ctx, Error, PersonId, Result};
use ::store::{Db, Target, Tx, q};

use crate::model::{BookingId, PartyCard, PartyDetails, PartyId};

const TABLE: &str = "booking_party";

/// An open booking of a person.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) booking: BookingId,
    pub(crate) item_kind: String,
    pub(crate) day: Day,
    pub(crate) seat: i64,
    pub(crate) number: Option<String>,
    pub(crate) owner: String,
    pub(crate) held: bool,
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    #[sqlx(try_from = "Vec<u8>")]
    booking_id: BookingId,
    item_kind: String,
    #[sqlx(try_from = "String")]
    day: Day,
    seat: i64,
    number: Option<String>,
    owner: String,
    state: String,
}

/// The open bookings of a person.
pub(crate) async fn open_of<'a>(on: impl Into<Target<'a>> + Send, person: PersonId) -> Result<Vec<Open>> {
    let rows: Vec<OpenRow> = q("SELECT p.booking_id, p.item_kind, p.day, p.seat, b.number, b.owner, b.state FROM booking_party p \
         JOIN booking b ON b.id = p.booking_id WHERE p.person_id = $1 AND p.open AND p.seat IS NOT NULL")
    .bind(person)
    .all(on)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Open {
            booking: row.booking_id,
            item_kind: row.item_kind,
            day: row.day,
            seat: row.seat,
            number: row.number,
            owner: row.owner,
            held: row.state == "HELD",
        })
        .collect())
}

/// One of the people of a booking, to be put in.
#[derive(Debug, Clone)]
pub(crate) struct New<'a> {
    pub(crate) id: PartyId,
    pub(crate) booking: BookingId,
    pub(crate) ordinal: i64,
    /// The person with his seat and the moment, once bound.
    pub(crate) bound: Option<(PersonId, i64, Instant)>,
    pub(crate) item_kind: &'a str,
    pub(crate) day: Day,
    pub(crate) details: Option<&'a PartyDetails>,
}

/// Puts him in; false if one of the keys on open rows refuses.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, new: &New<'_>) -> Result<bool> {
    let seal = |column, text: &str| ctx.keys().seal(TABLE, column, &new.id.to_vec(), text.as_bytes());
    let rows = q("INSERT INTO booking_party (id, booking_id, ordinal, person_id, item_kind, day, open, seat, name, id_type, id_no, phone, bound_at) \
         VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING")
    .bind(new.id)
    .bind(new.booking)
    .bind(new.ordinal)
    .bind(new.bound.map(|(person, ..)| person))
    .bind(new.item_kind)
    .bind(new.day)
    .bind(new.bound.map(|(_, seat, _)| seat))
    .bind(new.details.map(|details| seal("name", &details.name)))
    .bind(new.details.map_or("", |details| details.id_type.as_str()))
    .bind(new.details.map(|details| seal("id_no", &details.id_no)))
    .bind(new.details.map(|details| seal("phone", &details.phone)))
    .bind(new.bound.map(|(.., at)| at))
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// Fills in what was entered about one of the people.
pub(crate) async fn set_details(tx: &Tx, ctx: &Ctx, id: PartyId, details: &PartyDetails) -> Result<()> {
    let seal = |column, text: &str| ctx.keys().seal(TABLE, column, &id.to_vec(), text.as_bytes());
    q("UPDATE booking_party SET name = $2, id_type = $3, id_no = $4, phone = $5 WHERE id = $1")
        .bind(id)
        .bind(seal("name", &details.name))
        .bind(&details.id_type)
        .bind(seal("id_no", &details.id_no))
        .bind(seal("phone", &details.phone))
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: PartyId,
    ordinal: i64,
    person_id: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    id_type: String,
    id_no: Option<Vec<u8>>,
    phone: Option<Vec<u8>>,
    bound_at: Option<i64>,
}

/// The people of a booking in order, unsealed: callers show only what the reader may see.
pub(crate) async fn of_booking<'a>(on: impl Into<Target<'a>> + Send, ctx: &Ctx, booking: BookingId) -> Result<Vec<PartyCard>> {
    let rows: Vec<Row> = q("SELECT id, ordinal, person_id, name, id_type, id_no, phone, bound_at FROM booking_party \
         WHERE booking_id = $1 ORDER BY ordinal")
    .bind(booking)
    .all(on)
    .await?;
    rows.into_iter().map(|row| opened(ctx, row)).collect()
}

#[derive(sqlx::FromRow)]
struct Of {
    #[sqlx(try_from = "Vec<u8>")]
    booking_id: BookingId,
    #[sqlx(flatten)]
    row: Row,
}

/// The same of several bookings, in one question.
pub(crate) async fn of_bookings(db: &Db, ctx: &Ctx, bookings: &[BookingId]) -> Result<HashMap<BookingId, Vec<PartyCard>>> {
    let mut found: HashMap<BookingId, Vec<PartyCard>> = HashMap::with_capacity(bookings.len());
    if bookings.is_empty() {
        return Ok(found);
    }
    let rows: Vec<Of> = q("SELECT booking_id, id, ordinal, person_id, name, id_type, id_no, phone, bound_at FROM booking_party WHERE booking_id IN (")
        .list(bookings.iter().copied())
        .sql(") ORDER BY booking_id, ordinal")
        .all(db)
        .await?;
    for of in rows {
        found.entry(of.booking_id).or_default().push(opened(ctx, of.row)?);
    }
    Ok(found)
}

fn opened(ctx: &Ctx, row: Row) -> Result<PartyCard> {
    let open = |column, sealed: &Option<Vec<u8>>| match sealed {
        None => Ok(String::new()),
        Some(sealed) => {
            let plain = ctx.keys().open(TABLE, column, &row.id.to_vec(), sealed).map_err(Error::internal)?;
            String::from_utf8(plain).map_err(Error::internal)
        }
    };
    let details =
        PartyDetails { name: open("name", &row.name)?, id_type: row.id_type.clone(), id_no: open("id_no", &row.id_no)?, phone: open("phone", &row.phone)? };
    let person = row.person_id.clone().map(PersonId::try_from).transpose().map_err(Error::internal)?;
    Ok(PartyCard { id: row.id, ordinal: row.ordinal, person, details, bound_at: row.bound_at.map(Instant::from) })
}

/// Binds the person if he is not bound yet. An error here is a clash with one of the keys on open rows: look first.
pub(crate) async fn bind(tx: &Tx, id: PartyId, person: PersonId, seat: i64, now: Instant) -> Result<bool> {
    let rows = q("UPDATE booking_party SET person_id = $2, seat = $3, bound_at = $4 WHERE id = $1 AND person_id IS NULL AND open")
        .bind(id)
        .bind(person)
        .bind(seat)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// The booking is over for its people: their keys are free again.
pub(crate) async fn close(tx: &Tx, booking: BookingId) -> Result<()> {
    q("UPDATE booking_party SET open = FALSE WHERE booking_id = $1 AND open").bind(booking).exec(tx).await?;
    Ok(())
}

/// The booking is on another day.
pub(crate) async fn set_day(tx: &Tx, booking: BookingId, day: Day) -> Result<()> {
    q("UPDATE booking_party SET day = $2 WHERE booking_id = $1 AND open").bind(booking).bind(day).exec(tx).await?;
    Ok(())
}
