//! Booking numbers (P2.2), codes for the other person, and the sealed text about needs.

use kernel::RegionCode;
use kernel::case_no::{CaseNo, Channel};
use platform::{Ctx, Error, Result};
use ::store::Tx;

use crate::{BookingId, store};

/// A lane of the daily counter of a region; drawn before the transaction.
pub(crate) fn lane(ctx: &Ctx) -> u32 {
    let [byte] = ctx.random::<1>();
    CaseNo::lane(byte)
}

/// The next number of a region today. Gaps are allowed.
pub(crate) async fn next(tx: &Tx, ctx: &Ctx, region: RegionCode, channel: Channel, lane: u32) -> Result<CaseNo> {
    let county = region.county();
    let count = store::bookings::next_in_lane(tx, county.as_str(), ctx.today(), i64::from(lane)).await?;
    CaseNo::in_lane(county, ctx.today(), channel, lane, count).ok_or_else(|| Error::internal("the numbers of the day are used up"))
}

/// Letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code by which the other person confirms: 40 random bits in eight characters.
pub(crate) fn partner_code(ctx: &Ctx) -> String {
    ctx.random::<8>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// A typed code as it is stored: upper case, without spaces, with the digits that were meant.
pub(crate) fn read_code(typed: &str) -> String {
    kernel::text::code(typed)
        .to_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| match character {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// What somebody needs at the counter may tell of health: sealed.
pub(crate) fn seal_needs(ctx: &Ctx, booking: BookingId, needs: &str) -> Option<Vec<u8>> {
    (!needs.is_empty()).then(|| ctx.keys().seal("booking", "needs", &booking.to_vec(), needs.as_bytes()))
}

/// The text about needs.
pub(crate) fn open_needs(ctx: &Ctx, booking: BookingId, sealed: Option<&[u8]>) -> Result<String> {
    match sealed {
        None => Ok(String::new()),
        Some(sealed) => ctx.keys().open_text("booking", "needs", &booking.to_vec(), sealed).map_err(Error::internal),
    }
}
