//! Tables that people send and take along: CSV and XLSX read row by row, CSV written.
//!
//! Place: above `kernel`, beside `store` and `documents`; services that import tables use it. It knows nothing of what the columns mean.
//!
//! * What a table is written in is told by its bytes, never by its name: a workbook is a ZIP archive; a CSV that is whole UTF-8 is UTF-8, else
//!   GB18030 if it is whole GB18030, else it is refused.
//! * Rows come one after another in bounded memory, however long the table: a CSV needs its longest row, a workbook the strings that its
//!   cells share. What is more than [`Limits`] allow is refused while it is unpacked, whatever the file says of its own size.
//! * A formula gives the value that the program which wrote the file saw. Nothing is ever computed.
//! * Cells are text. A day is `YYYY-MM-DD`; a number whose last digits a spreadsheet has lost is told ([`Row::lossy`]), never repaired.
//!
//! # Recipe
//! ```
//! use std::io::Cursor;
//! use sheets::{Limits, Table};
//!
//! let sent = "名称,地址\n样例协会,样例路1号\n".as_bytes();
//! let mut table = Table::open(Cursor::new(sent), Limits::default())?;
//! let mut rows = table.rows()?;
//! let head = rows.head()?;
//! let name = head.find(&["name", "名称"]).expect("the column is there");
//! for row in rows {
//!     let row = row?; // a table that breaks off is told here
//!     assert_eq!((row.number, row.cell(name)), (2, "样例协会"));
//! }
//! # Ok::<(), sheets::Fault>(())
//! ```
//! [`Table::rows`] begins at the top each time: weigh a table first, then read it, behind what was read before.

mod csv_rows;
mod decode;
mod fault;
mod parts;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod workbook;
mod write;

pub use fault::Fault;
pub use row::Row;
pub use table::{Format, Limits, Rows, Table};
pub use write::{Cell, Csv, harmless};
