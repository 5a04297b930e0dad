//! The words that every other crate speaks: ids, days, instants, texts in two languages, issues, and the numbers of the
//! field (identity number, credit code, case number, region code, money, periods).
//!
//! **Place.** The lowest crate: it uses none of ours and does no input or output. No clock, no random number and no
//! file is touched here; whoever needs one passes it in. It compiles for the browser, so that a form checks while
//! typing with the same code as the server; only the larger tables (`codes`, the divisions, the calendars of past
//! years) stay out of it.
//!
//! **Recipe.** Parse at the door, then work with the type:
//!
//! ```
//! use kernel::{Day, Issue, Lang};
//!
//! let day: Day = "2026-05-20".parse().expect("written here");
//! assert_eq!(day.text(Lang::Zh), "2026年5月20日（周三）");
//! let issue = Issue::error("C-E01", "身份证号码校验位不正确", "ID number checksum is wrong").field("id_no");
//! assert_eq!(issue.text(Lang::En), "ID number checksum is wrong");
//! ```
//!
//! A rule that may refuse returns an [`Issue`] (both languages, rule, law); several go together in a [`Refusal`].

pub mod age;
pub mod calendar;
pub mod case_no;
mod coded;
#[cfg(not(target_arch = "wasm32"))]
pub mod codes;
mod day;
pub mod document;
mod id;
pub mod id_number;
mod instant;
pub mod iso7064;
mod issue;
mod lang;
pub mod licence_id;
pub mod mask;
pub mod money;
pub mod phone;
pub mod region;
pub mod text;
pub mod uscc;

pub use age::LeapPolicy;
pub use calendar::{Calendar, Due, Period, Roll};
pub use case_no::{CaseNo, Channel};
pub use day::{Day, Weekday};
pub use document::{DocumentNumber, IdType};
pub use id::Id;
pub use id_number::{IdNumber, Sex};
pub use instant::{Clock, Instant};
pub use issue::{Issue, Issues, Refusal, Severity};
pub use lang::{Lang, Text};
pub use licence_id::LicenceId;
pub use money::Fen;
pub use phone::{Email, Phone};
pub use region::{Level, RegionCode};
#[cfg(not(target_arch = "wasm32"))]
pub use region::{Region, RegionTable};
pub use uscc::Uscc;

/// A text could not be read as the kind of value it should be.
///
/// For what a program wrote (ids in addresses, columns, files). What a person typed is refused by an [`Issue`] instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {what}")]
pub struct ParseError {
    /// The kind of value that was expected, in English: `day`, `instant`, `id`.
    pub what: &'static str,
}

/// The rows of a carried table of `N` columns: comma-separated, no quoting, the first line names the columns.
#[cfg(not(target_arch = "wasm32"))]
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        std::array::from_fn(|_| cells.next().expect("a carried table has all its columns"))
    })
}
