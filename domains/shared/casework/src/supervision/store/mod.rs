//! All SQL of supervision.

mod cards;
mod cases;
mod overruns;
mod people;
mod runs;
mod sums;

pub(super) use cards::*;
pub(super) use cases::*;
pub(super) use overruns::*;
pub(super) use people::*;
pub(super) use runs::*;
pub(super) use sums::*;

use kernel::Day;
use platform::{Error, Result, StaffId};

/// Reads an optional date column.
fn day(text: Option<String>) -> Result<Option<Day>> {
    text.map(|text| text.parse().map_err(Error::internal)).transpose()
}

fn staff(bytes: Option<Vec<u8>>) -> Result<Option<StaffId>> {
    bytes.map(|bytes| StaffId::try_from(bytes).map_err(Error::internal)).transpose()
}
