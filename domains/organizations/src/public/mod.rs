//! The register as everybody may read it: an entry as it is now or as it stood on a past day, its history, and all of it as a file.
//!
//! A register keeps two times. "As of a day" is what was recorded by the end of that day; from when it holds stands beside it, and may be
//! earlier or later. A code keeps its page for ever, also after the end of the organisation.

mod behind;
mod codes;
mod daily;
mod facts;
mod fields;
mod figures;
mod issues;
mod parameters;
mod profile;
mod select;
mod tiles;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use behind::{Behind, Counted, behind, has_list};
pub use codes::{codes, parts};
pub use daily::{Daily, DailyLine, Format, dailies, part};
pub(crate) use daily::job as daily_job;
pub use facts::{Fact, kinds};
pub use fields::{Column, FIELDS, Field, LEVELS, columns, level, reason};
pub use figures::{Line, Selection, Stock, authority, stock_of};
pub use issues::unknown;
pub(crate) use parameters::parameters;
pub use profile::{Change, Profile, Said, Step, as_of, entry, history, profile, readable};
pub use select::{most, selected};
pub use tiles::tiles;
