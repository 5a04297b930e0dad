//! The tables as they are sent, CSV or XLSX, read line by line so that a large one is never held as a whole.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Reader as _, Xlsx, open_workbook_from_rs};
use kernel::Issue;

use super::issues;

/// Columns that are looked at; what stands further to the right is no data.
const WIDEST: usize = 64;
/// From here on a spreadsheet's number no longer holds every digit.
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;
/// The most that the parts of a workbook may unpack to, in bytes.
const MOST_UNPACKED: u64 = 1 << 30;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// UTF-8, with or without its mark.
    Csv,
    /// A workbook; its first sheet counts.
    Xlsx,
}

impl Format {
    /// What the first bytes tell.
    pub(super) fn sniff(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") { Self::Xlsx } else { Self::Csv }
    }

    /// The code as stored.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format with this code.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|format| format.code() == code)
    }
}

/// A line of a table that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number; the head is line 1.
    pub(super) number: i64,
    /// Its cells.
    pub(super) cells: Vec<String>,
    /// Cells that hold a number of which digits are lost.
    pub(super) lossy: Vec<usize>,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Whether to go on.
pub(super) type Step<'a> = &'a mut dyn FnMut(Line) -> bool;

/// Hands over every line that is not empty, the head first, until there is none or `each` says that it is enough.
///
/// # Errors
/// `MR-E38d` for what is no table.
pub(super) fn walk(bytes: &[u8], format: Format, each: Step<'_>) -> Result<(), Issue> {
    match format {
        Format::Csv => csv(bytes, each),
        Format::Xlsx => xlsx(bytes, each),
    }
}

fn csv(bytes: &[u8], each: Step<'_>) -> Result<(), Issue> {
    let unreadable = |_| issues::no_table("表格不是UTF-8编码的CSV，也不是XLSX", "the table is neither CSV in UTF-8 nor XLSX");
    let text = std::str::from_utf8(bytes).map_err(unreadable)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).as_bytes();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let (mut record, mut counted, mut number) = (csv::StringRecord::new(), 0, 1);
    while reader.read_record(&mut record).map_err(|_| issues::no_table("表格不是可读的CSV", "the table is no readable CSV"))? {
        // The reader says where it began to look, which may be before empty lines.
        let from = record.position().map_or(counted, |position| usize::try_from(position.byte()).unwrap_or(counted));
        let begins = text[from..].iter().position(|byte| !matches!(byte, b'\r' | b'\n')).map_or(from, |skipped| from + skipped);
        number += text[counted..begins].iter().map(|byte| i64::from(*byte == b'\n')).sum::<i64>();
        counted = begins;
        let cells = record.iter().take(WIDEST).map(plain).collect();
        let line = Line { number, cells, lossy: Vec::new() };
        if !line.is_empty() && !each(line) {
            break;
        }
    }
    Ok(())
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if statistics::harmless(rest) != rest => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

fn xlsx(bytes: &[u8], each: Step<'_>) -> Result<(), Issue> {
    let broken = || issues::no_table("工作簿无法读取", "the workbook cannot be read");
    unpacks(bytes, MOST_UNPACKED).ok_or_else(broken)?;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let sheet = book.sheet_names().first().cloned().ok_or_else(broken)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| broken())?;
    let mut line = Line::default();
    while let Some(cell) = cells.next_cell().map_err(|_| broken())? {
        let (row, column) = cell.get_position();
        let number = i64::from(row) + 1;
        if number != line.number {
            let whole = std::mem::replace(&mut line, Line { number, ..Line::default() });
            if !whole.is_empty() && !each(whole) {
                return Ok(());
            }
        }
        let column = column as usize;
        if column < WIDEST {
            line.cells.resize(line.cells.len().max(column + 1), String::new());
            let (text, lossy) = text(cell.get_value());
            line.cells[column] = plain(&text);
            if lossy {
                line.lossy.push(column);
            }
        }
    }
    if !line.is_empty() {
        each(line);
    }
    Ok(())
}

/// Whether the parts of a workbook unpack to so many bytes at most. They are unpacked for it: what they say of their size may be a lie.
fn unpacks(bytes: &[u8], most: u64) -> Option<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).ok()?;
        left = left.checked_sub(std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).ok()?)?;
    }
    Some(())
}

/// A cell as text, and whether it holds a number of which digits are lost.
fn text(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < EXACT_BELOW => (format!("{number:.0}"), false),
        DataRef::Float(number) => (number.to_string(), number.abs() >= EXACT_BELOW),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            (format!("{year:04}-{month:02}-{day:02}"), false)
        }
        DataRef::Empty => (String::new(), false),
        other => (Data::from(other.clone()).to_string(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Result<Vec<Line>, Issue> {
        let mut all = Vec::new();
        walk(bytes, Format::sniff(bytes), &mut |line| {
            all.push(line);
            true
        })?;
        Ok(all)
    }

    #[test]
    fn a_csv_keeps_its_cells_and_line_numbers() {
        let read = lines("\u{feff}档号,备注\r\n\r\nG-1,\"两行\n备注\"\r\nG-2,'=1+1\r\n".as_bytes()).expect("a table");
        assert_eq!(read.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!((read[1].cells[1].as_str(), read[2].cells[1].as_str()), ("两行\n备注", "=1+1"));
        assert_eq!(lines(b"\xB5\xB5\xBA\xC5").expect_err("GBK").code, "MR-E38d");
    }

    #[test]
    fn r_mr_39_a_workbook_keeps_dates_and_tells_lost_digits() {
        use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "档号").expect("written");
        sheet.write_string(2, 0, "G-1").expect("written");
        let day = ExcelDateTime::from_ymd(1987, 5, 20).expect("a day");
        sheet.write_datetime_with_format(2, 1, &day, &Style::new().set_num_format("yyyy-mm-dd")).expect("written");
        sheet.write_number(2, 2, 990_101_200_405_200_017_f64).expect("written");
        sheet.write_number(2, 4, 19_870_520.0).expect("written");
        let whole = book.save_to_buffer().expect("a workbook");
        let read = lines(&whole).expect("a table");
        assert_eq!(read.len(), 2);
        assert_eq!((read[1].number, read[1].cells[1].as_str(), read[1].cells[4].as_str()), (3, "1987-05-20", "19870520"));
        assert_eq!(read[1].lossy, [2], "the last digits of the number are gone");
        assert_eq!(unpacks(&whole, 1000), None, "more than is unpacked");
        assert_eq!(lines(b"PK\x03\x04nothing").expect_err("broken").code, "MR-E38d");
    }
}
