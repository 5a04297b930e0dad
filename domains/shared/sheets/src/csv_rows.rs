//! The rows of a CSV.

use std::io::{self, BufRead, Read};

use csv_core::ReadRecordResult;

use crate::decode::Decoded;
use crate::row::{Row, was_lossy};
use crate::{Fault, Limits};

/// Reads records and knows at which line each begins: blank lines are passed over here, and lines within quotation marks are counted.
pub(crate) struct CsvRows<R> {
    input: Decoded<R>,
    core: csv_core::Reader,
    lines: Lines,
    text: Vec<u8>,
    ends: Vec<usize>,
    limits: Limits,
}

/// The line at which one reads.
struct Lines {
    number: u64,
    after_cr: bool,
}

impl Lines {
    /// Passes over bytes: a line ends with LF, CR, or both.
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\r' || (*byte == b'\n' && !self.after_cr) {
                self.number += 1;
            }
            self.after_cr = *byte == b'\r';
        }
    }
}

impl<R: Read> CsvRows<R> {
    pub(crate) fn new(input: Decoded<R>, limits: Limits) -> Self {
        let lines = Lines { number: 1, after_cr: false };
        Self { input, core: csv_core::Reader::new(), lines, text: vec![0; 4096], ends: vec![0; limits.cells + 1], limits }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Row>, Fault> {
        if !self.pass_blank_lines().map_err(readable)? {
            return Ok(None);
        }
        let number = self.lines.number;
        let Some((written, count)) = self.record(number)? else { return Ok(None) };
        let mut row = Row { number, ..Row::default() };
        let mut from = 0;
        for (place, end) in self.ends[..count].iter().enumerate() {
            let cell = std::str::from_utf8(&self.text[from..*end]).map_err(|_| Fault::encoding())?;
            if cell.len() > self.limits.characters && cell.chars().count() > self.limits.characters {
                return Err(Fault::characters(number, self.limits.characters));
            }
            // What stands further to the right is looked at only to be refused; empty cells there are no data.
            if place < self.limits.cells {
                row.push(place, cell.to_owned(), was_lossy(cell));
            } else if from < written {
                return Err(Fault::cells(number, self.limits.cells));
            }
            from = *end;
        }
        Ok(Some(row))
    }

    /// Whether anything is left.
    fn pass_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            let piece = self.input.fill_buf()?;
            if piece.is_empty() {
                return Ok(false);
            }
            let blank = piece.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let more = blank < piece.len();
            self.lines.pass(&piece[..blank]);
            self.input.consume(blank);
            if more {
                return Ok(true);
            }
        }
    }

    /// Reads one record: how many bytes of text, and how many cells.
    fn record(&mut self, number: u64) -> Result<Option<(usize, usize)>, Fault> {
        let most = self.limits.cells.saturating_mul(self.limits.characters).saturating_mul(4);
        let (mut written, mut count) = (0, 0);
        loop {
            let piece = self.input.fill_buf().map_err(readable)?;
            let (result, read, wrote, ended) = self.core.read_record(piece, &mut self.text[written..], &mut self.ends[count..]);
            self.lines.pass(&piece[..read]);
            self.input.consume(read);
            (written, count) = (written + wrote, count + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() >= most.max(4096) => return Err(Fault::characters(number, self.limits.characters)),
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                // Commas without end: so many empty cells are no table.
                ReadRecordResult::OutputEndsFull if self.ends.len() > 16 * self.limits.cells.max(1024) => return Err(Fault::cells(number, self.limits.cells)),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return Ok(Some((written, count))),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

/// What cannot be decoded is told as such.
fn readable(error: io::Error) -> Fault {
    if error.kind() == io::ErrorKind::InvalidData { Fault::encoding() } else { Fault::Unread(error) }
}
