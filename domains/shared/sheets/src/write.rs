//! Writing of CSV.

use std::borrow::Cow;
use std::io::{self, Write};

/// What may begin a formula in a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Words that no spreadsheet takes for a formula.
///
/// ```
/// assert_eq!(sheets::harmless("=1+1"), "'=1+1");
/// assert_eq!(sheets::harmless("结婚登记"), "结婚登记");
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches([' ', '\n']).starts_with(FORMULA) { format!("'{text}").into() } else { text.into() }
}

/// One cell to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Words of whoever; never a formula.
    Text(Cow<'a, str>),
    /// A number of the program's own, which may be negative.
    Figure(String),
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Cell<'a> {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// A CSV in UTF-8 with its mark and CRLF, so that office programs read Chinese.
///
/// ```
/// let mut csv = sheets::Csv::new(Vec::new())?;
/// csv.row(["名称", "=1+1"])?;
/// assert_eq!(csv.finish()?, "\u{feff}名称,'=1+1\r\n".as_bytes());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    /// Begins to write.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(mut to: W) -> io::Result<Self> {
        to.write_all("\u{feff}".as_bytes())?;
        Ok(Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to)))
    }

    /// Writes a row; every row has as many cells as the first.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = impl Into<Cell<'a>>>) -> io::Result<()> {
        for cell in cells {
            match cell.into() {
                Cell::Text(text) => self.0.write_field(harmless(&text).as_bytes()),
                Cell::Figure(figure) => self.0.write_field(figure),
            }?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Ends the table and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
