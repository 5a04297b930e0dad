//! Receipt numbers (P2.2), the query code beside them, and tokens.

use data_encoding::BASE32_NOPAD;
use kernel::RegionCode;
use kernel::case_no::{CaseNo, Channel};
use platform::{Ctx, Error, Result};
use ::store::Tx;
use ::store::keys::{Keys, Purpose};

use crate::store;

/// A lane of the daily counter of a region; drawn before the transaction.
pub(crate) fn lane(ctx: &Ctx) -> u32 {
    let [byte] = ctx.random::<1>();
    CaseNo::lane(byte)
}

/// The next number of a region today. Gaps are allowed.
pub(crate) async fn next(tx: &Tx, ctx: &Ctx, region: RegionCode, channel: Channel, lane: u32) -> Result<CaseNo> {
    let county = region.county();
    let count = store::numbers::next_in_lane(tx, county.as_str(), ctx.today(), i64::from(lane)).await?;
    CaseNo::in_lane(county, ctx.today(), channel, lane, count).ok_or_else(|| Error::internal("the numbers of the day are used up"))
}

/// Six digits that open the page of a complaint together with its number.
pub(crate) fn query_code(ctx: &Ctx) -> String {
    let number = ctx.random::<8>().iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// 128 random bits as 26 lower-case letters and digits.
pub(crate) fn token(ctx: &Ctx) -> String {
    BASE32_NOPAD.encode(&ctx.random::<16>()).to_ascii_lowercase()
}

/// What is stored of a token.
pub(crate) fn token_hash(ctx: &Ctx, token: &str) -> Vec<u8> {
    ctx.keys().hash(Purpose::Token, &token_input(token))
}

/// What is hashed of a token.
pub(crate) fn token_input(token: &str) -> String {
    format!("rating\n{token}")
}

/// By what one and the same person is known, signed in or not: the number.
pub(crate) fn party_hash(keys: &Keys, phone: &str) -> Vec<u8> {
    keys.hash(Purpose::Contact, &party_input(phone))
}

/// What is hashed of a person's number.
pub(crate) fn party_input(phone: &str) -> String {
    format!("complaint\n{phone}")
}
