//! What stands in the database afterwards.

use std::collections::HashSet;

use anyhow::{Result, ensure};
use booking::BookingId;
use store::{Db, q};

use super::{COUPLES, PLACES};

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

/// Of the places in the order of receipt, both without ties: 1 − 6 Σd² ÷ n(n² − 1).
fn spearman(places: impl Iterator<Item = i64>) -> f64 {
    let (mut n, mut squares) = (0.0_f64, 0.0_f64);
    for (place, rank) in places.zip(1_i64..) {
        n += 1.0;
        squares += ((place - rank) as f64).powi(2);
    }
    if n < 2.0 { 1.0 } else { 1.0 - 6.0 * squares / (n * (n * n - 1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spearman_is_one_in_order_and_minus_one_backwards() {
        assert!((spearman(1..=100) - 1.0).abs() < 1e-12);
        assert!((spearman((1..=100).rev()) + 1.0).abs() < 1e-12);
        assert!(spearman([2, 1, 4, 3, 6, 5].into_iter()) > 0.8);
    }
}
