//! A table and its rows, whichever way it is written.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::csv_rows::CsvRows;
use crate::decode;
use crate::row::Row;
use crate::workbook::{SheetRows, Workbook};
use crate::{Fault, decode::Decoded};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma separated, UTF-8 or GB18030, with or without its mark.
    Csv,
    /// A workbook; its first sheet counts.
    Xlsx,
}

impl Format {
    /// What the first bytes tell; four are enough.
    pub fn sniff(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") { Self::Xlsx } else { Self::Csv }
    }

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// What fits. The defaults are what two processors and two gigabytes of memory bear beside the other work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows behind the head.
    pub rows: u64,
    /// Cells of a row.
    pub cells: usize,
    /// Characters of a cell; a spreadsheet allows 32,767.
    pub characters: usize,
    /// Bytes to which a workbook may unpack, as far as it is read.
    pub unpacked: u64,
    /// Of these, bytes of the strings that its cells share: they are held in memory.
    pub shared: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 1_000_000, cells: 64, characters: 32_767, unpacked: 256 << 20, shared: 64 << 20 }
    }
}

/// A table.
#[derive(Debug)]
pub struct Table<R> {
    source: Source<R>,
    limits: Limits,
}

#[derive(Debug)]
enum Source<R> {
    Csv(R, &'static Encoding),
    Xlsx(Box<Workbook<R>>),
}

impl<R: Read + Seek> Table<R> {
    /// Looks at what it is. A CSV is read through once to see how its characters are encoded; of a workbook what its cells share is unpacked.
    ///
    /// # Errors
    /// `E-TAB01` for what is no table, `E-TAB02` for another encoding, `E-TAB03` for a broken workbook, `E-TAB08` for too large a one.
    pub fn open(mut source: R, limits: Limits) -> Result<Self, Fault> {
        let mut first = Vec::with_capacity(8);
        source.by_ref().take(8).read_to_end(&mut first)?;
        source.seek(SeekFrom::Start(0))?;
        let source = match Format::sniff(&first) {
            Format::Xlsx => Source::Xlsx(Box::new(Workbook::open(source, &limits)?)),
            Format::Csv => {
                let encoding = Self::encoding(&mut source)?;
                Source::Csv(source, encoding)
            }
        };
        Ok(Self { source, limits })
    }

    fn encoding(source: &mut R) -> Result<&'static Encoding, Fault> {
        for encoding in [UTF_8, GB18030] {
            source.seek(SeekFrom::Start(0))?;
            match decode::is_whole(source, encoding)? {
                decode::Whole::Yes => return Ok(encoding),
                decode::Whole::Binary => return Err(Fault::unknown()),
                decode::Whole::No => {}
            }
        }
        Err(Fault::encoding())
    }

    /// How it is written.
    pub fn format(&self) -> Format {
        match self.source {
            Source::Csv(..) => Format::Csv,
            Source::Xlsx(_) => Format::Xlsx,
        }
    }

    /// Its rows from the top, those without content left out.
    ///
    /// # Errors
    /// As for [`Table::open`].
    pub fn rows(&mut self) -> Result<Rows<'_, R>, Fault> {
        let reader = match &mut self.source {
            Source::Csv(source, encoding) => {
                source.seek(SeekFrom::Start(0))?;
                Reader::Csv(Box::new(CsvRows::new(Decoded::new(source, encoding), self.limits)))
            }
            Source::Xlsx(book) => Reader::Xlsx(Box::new(book.rows(self.limits)?)),
        };
        Ok(Rows { reader, seen: 0, most: self.limits.rows, over: false })
    }
}

enum Reader<'a, R: Read> {
    Csv(Box<CsvRows<&'a mut R>>),
    Xlsx(Box<SheetRows<'a, R>>),
}

/// The rows of a table, the head first. After an error there are none.
pub struct Rows<'a, R: Read> {
    reader: Reader<'a, R>,
    /// Rows seen, the head among them.
    seen: u64,
    most: u64,
    over: bool,
}

impl<R: Read + Seek> Rows<'_, R> {
    /// The first row, with the names of the columns.
    ///
    /// # Errors
    /// `E-TAB04` if there is none, and those of every row.
    pub fn head(&mut self) -> Result<Row, Fault> {
        self.next().ok_or_else(Fault::empty)?
    }

    fn read(&mut self) -> Result<Option<Row>, Fault> {
        loop {
            let row = match &mut self.reader {
                Reader::Csv(rows) => rows.next()?,
                Reader::Xlsx(rows) => rows.next()?,
            };
            match row {
                Some(row) if row.is_empty() => {}
                Some(_) if self.seen > self.most => return Err(Fault::rows(self.most)),
                other => {
                    self.seen += 1;
                    return Ok(other);
                }
            }
        }
    }
}

impl<R: Read + Seek> Iterator for Rows<'_, R> {
    type Item = Result<Row, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.read().transpose();
        self.over = !matches!(next, Some(Ok(_)));
        next
    }
}
