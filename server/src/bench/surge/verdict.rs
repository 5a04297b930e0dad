//! What stands in the database afterwards.

use std::collections::HashSet;

use anyhow::{Result, ensure};
use booking::BookingId;
use store::{Db, q};

use super::{COUPLES, PLACES};
use crate::bench::spearman;

/// Checks that every answered booking and every join stands, and not one booking more than places; returns Spearman's coefficient between
/// the moment of receipt and the place.
pub(super) async fn check(url: &str, answered: &[String]) -> Result<f64> {
    let db = Db::open_url(url).await?;
    let booked: Vec<(Vec<u8>,)> = q("SELECT id FROM booking WHERE state = 'BOOKED'").all(&db).await?;
    let booked: HashSet<String> = booked.into_iter().map(|(id,)| BookingId::try_from(id).map(|id| id.to_string())).collect::<Result<_, _>>()?;
    ensure!(booked.len() == PLACES, "{} bookings for {PLACES} places", booked.len());
    let answered: HashSet<&String> = answered.iter().collect();
    ensure!(answered.len() == PLACES && answered.iter().all(|id| booked.contains(*id)), "a booking that was answered is lost");
    let entries: Vec<(i64, i64)> = q("SELECT received_at, place FROM release_entry WHERE place IS NOT NULL ORDER BY received_at, id").all(&db).await?;
    ensure!(entries.len() == COUPLES, "{} entries of {COUPLES} couples have a place", entries.len());
    let places: HashSet<i64> = entries.iter().map(|(_, place)| *place).collect();
    ensure!(places.len() == COUPLES, "a place was given twice");
    Ok(spearman(entries.into_iter().map(|(_, place)| place)))
}
