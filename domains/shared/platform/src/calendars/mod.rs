//! The working calendar of this instance: what the program carries and the notices that an administrator has imported since, and the
//! periods that are counted by it ([`deadlines`]).
//!
//! A period that reaches into a year whose notice is not known yet ends provisionally (C-12). When the notice is imported, every open
//! period that it concerns is counted again, and whoever was told of the old end is told of the new one.

pub mod deadlines;
mod import;

pub use import::{Imported, import};

use kernel::Calendar;
use kernel::calendar::CalendarYear;
use store::{Db, q};

use crate::{Error, Result};

/// A notice as it was imported.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Notice {
    /// The year.
    pub year: i64,
    /// Number or address of the paper.
    pub source: String,
    /// Lines `date,kind,name`.
    pub days: String,
    /// Who imported it.
    pub imported_by: String,
    /// When.
    #[sqlx(try_from = "i64")]
    pub imported_at: kernel::Instant,
}

/// Notices imported into this instance, the newest of each year, by year.
pub async fn notices(db: &Db) -> Result<Vec<Notice>> {
    Ok(q("SELECT year, source, days, imported_by, imported_at FROM calendar_notice WHERE superseded_at IS NULL ORDER BY year").all(db).await?)
}

/// The calendar in force: the carried one with the imported notices in their place.
pub async fn current(db: &Db) -> Result<Calendar> {
    let mut calendar = Calendar::builtin().clone();
    for notice in notices(db).await? {
        let year = i16::try_from(notice.year).map_err(Error::internal)?;
        calendar = calendar.with(CalendarYear::parse(year, &notice.source, &notice.days)?);
    }
    Ok(calendar)
}
