//! Statistics: figures computed from the rows of the business itself (一数一源), each with the list behind it.
//!
//! Place: above `casework`, `interaction` and `hall`, whose rows it counts; below the pages. It writes nothing but its own tables, and
//! nobody else counts the same thing again.
//!
//! * The nightly [`run`] keeps the facts of every case that has changed ([`facts`] is pure: which days, within the limit or not, how many
//!   working days), marks the days concerned and counts these anew. Only differences are written, to the day and to its month in one
//!   transaction; run again, it changes nothing.
//! * From the fifth of a month on the month before is closed. A difference found afterwards is written too, and noted as a correction.
//! * [`table`] answers a question ([`Asked`]: period, region, body, item, channel, side) with lines, sum, period before and the checks that
//!   it adds up; [`list`] gives the rows behind one figure; [`form`] fills in the forms of the reports; [`export`] gives any of them to
//!   take along. All go through one door (`read::reader`), which knows the reader's grants.
//! * Figures below the smallest cell are hidden from readers who belong neither to the office nor to one above it ([`suppress`]); they see
//!   no lists.
//!
//! What a service counts beyond that of its own cases and registers is a [`Report`]: declared as data, kept and added up by the same run, read
//! through the same door ([`answer`], [`counted`], [`take`]).
//!
//! Questions and complaints (CMP-1), follow-ups of ratings (EVAL-1), cards by rule (CASE-2) and halls (HALL-1) are few enough to be counted
//! from their own rows whenever a form is opened.

mod complaints;
mod export;
mod facts;
mod forms;
mod gather;
mod issues;
mod jobs;
mod list;
mod model;
mod read;
mod report;
mod rules;
mod sheet;
mod shown;
mod store;
mod table_sheet;
pub mod testing;
#[cfg(test)]
mod tests;

pub use complaints::{ComplaintLine, ComplaintList, Counted, Which, complaints_sheet, complaints};
pub use export::{Export, export};
pub use forms::{Form, form};
pub use gather::{Ran, run};
pub use issues::too_long;
pub use jobs::service;
pub use list::{Behind, List, ListLine, PAGE, list};
pub use model::{Asked, By, COUNT, Length, Measure, Side, Span, Sums};
pub use report::{
    Answer, Beyond, Count, CountLine, CountList, Counts, Entry, Group, Noted, PerThousand, Population, Rate, RegionLine, Report, Row, ShareOf, Sum, Taken, Tally, answer, counted, install, reports,
    take,
};
pub use read::{Check, Corrected, READERS, Table, TableLine, table};
pub use rules::{Rules, rules};
pub use sheet::{Datum, Sheet};
pub use shown::{Mean, Shown, suppress};
pub use table_sheet::{Column, columns};
