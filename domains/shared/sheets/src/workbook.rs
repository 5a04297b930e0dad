//! The first sheet of a workbook. Of the other parts only what its cells share is held: strings one behind another, and which styles are days.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use kernel::Day;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::parts::{Part, attribute};
use crate::row::{Row, is_lossy};
use crate::{Fault, Limits};

/// Parts of a workbook at most.
const MOST_PARTS: usize = 10_000;
/// Styles of cells that a spreadsheet allows.
const MOST_STYLES: usize = 65_490;

/// Text one behind another, so that a short one costs no more than it is long.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn get(&self, at: usize) -> Option<&str> {
        let from = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(from..*self.ends.get(at)?)
    }
}

/// A workbook whose first sheet is read.
#[derive(Debug)]
pub(crate) struct Workbook<R> {
    archive: ZipArchive<R>,
    sheet: String,
    shared: Strings,
    /// By style, whether its numbers are days.
    days: Vec<bool>,
    since_1904: bool,
    left: u64,
}

impl<R: Read + Seek> Workbook<R> {
    pub(crate) fn open(source: R, limits: &Limits) -> Result<Self, Fault> {
        let mut archive = ZipArchive::new(source).map_err(|_| Fault::broken())?;
        if archive.len() > MOST_PARTS {
            return Err(Fault::broken());
        }
        let mut unpacking = Unpacking { archive: &mut archive, left: limits.unpacked, most: limits.unpacked };
        let top = unpacking.relations("")?;
        let book = top.by_kind("/officeDocument").ok_or_else(Fault::broken)?.to_owned();
        let related = unpacking.relations(&book)?;
        let (id, since_1904) = unpacking.first_sheet(&book)?;
        let sheet = related.by_id.get(&id).ok_or_else(Fault::broken)?.clone();
        let days = related.by_kind("/styles").map(|name| unpacking.styles(name)).transpose()?.unwrap_or_default();
        let shared = related.by_kind("/sharedStrings").map(|name| unpacking.strings(name, limits)).transpose()?.unwrap_or_default();
        let left = unpacking.left;
        Ok(Self { archive, sheet, shared, days, since_1904, left })
    }

    pub(crate) fn rows(&mut self, limits: Limits) -> Result<SheetRows<'_, R>, Fault> {
        let part = Part::open(&mut self.archive, &self.sheet, self.left, limits.unpacked)?.ok_or_else(Fault::broken)?;
        let read = Shared { strings: &self.shared, days: &self.days, since_1904: self.since_1904 };
        Ok(SheetRows { part, shared: read, number: 0, limits })
    }
}

/// The other parts that a part names.
#[derive(Default)]
struct Relations {
    by_id: BTreeMap<String, String>,
    kinds: Vec<(String, String)>,
}

impl Relations {
    fn by_kind(&self, ending: &str) -> Option<&str> {
        self.kinds.iter().find(|(kind, _)| kind.ends_with(ending)).map(|(_, target)| target.as_str())
    }
}

struct Unpacking<'a, R> {
    archive: &'a mut ZipArchive<R>,
    left: u64,
    most: u64,
}

impl<R: Read + Seek> Unpacking<'_, R> {
    /// Reads a part, and counts what it weighs.
    fn part<T>(&mut self, name: &str, read: impl FnOnce(&mut Part<'_, R>) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut part = Part::open(self.archive, name, self.left, self.most)?.ok_or_else(Fault::broken)?;
        let done = read(&mut part)?;
        self.left = part.left();
        Ok(done)
    }

    /// What a part is related to; the archive itself has no name.
    fn relations(&mut self, of: &str) -> Result<Relations, Fault> {
        let (folder, file) = of.rsplit_once('/').map_or(("", of), |(folder, file)| (folder, file));
        let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut found = Relations::default();
        self.part(&inside(&format!("_rels/{file}.rels")), |part| {
            part.each_tag(|name, tag| {
                let (Some(id), Some(kind), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target")) else { return };
                if name == "Relationship" {
                    let target = target.strip_prefix('/').map_or_else(|| inside(&target), str::to_owned);
                    found.kinds.push((kind, target.clone()));
                    found.by_id.insert(id, target);
                }
            })
        })?;
        Ok(found)
    }

    /// The relation to the first sheet, and whether days are counted from 1904 on.
    fn first_sheet(&mut self, book: &str) -> Result<(String, bool), Fault> {
        let (mut first, mut since_1904) = (None, false);
        self.part(book, |part| {
            part.each_tag(|name, tag| match name {
                "sheet" if first.is_none() => first = attribute(tag, "id"),
                "workbookPr" => since_1904 = attribute(tag, "date1904").is_some_and(|set| set == "1" || set == "true"),
                _ => {}
            })
        })?;
        Ok((first.ok_or_else(Fault::broken)?, since_1904))
    }

    /// By style, whether its numbers are days.
    fn styles(&mut self, name: &str) -> Result<Vec<bool>, Fault> {
        let (mut own, mut days, mut of_cells) = (BTreeMap::new(), Vec::new(), false);
        self.part(name, |part| {
            part.each_tag(|name, tag| match name {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (attribute(tag, "numFmtId"), attribute(tag, "formatCode")) {
                        own.insert(id, shows_day(&code));
                    }
                }
                "cellStyleXfs" | "cellStyles" | "dxfs" => of_cells = false,
                "cellXfs" => of_cells = true,
                "xf" if of_cells && days.len() < MOST_STYLES => {
                    let id = attribute(tag, "numFmtId").unwrap_or_default();
                    days.push(own.get(&id).copied().unwrap_or_else(|| is_day_style(&id)));
                }
                _ => {}
            })
        })?;
        Ok(days)
    }

    fn strings(&mut self, name: &str, limits: &Limits) -> Result<Strings, Fault> {
        let others = self.left.saturating_sub(limits.shared);
        (self.left, self.most) = (self.left.min(limits.shared), limits.shared);
        let strings = self.part(name, |part| {
            let mut strings = Strings::default();
            loop {
                match part.next()? {
                    Event::Start(tag) if tag.local_name().as_ref() == "si" => strings.push(&part.words("si", limits.characters)?),
                    Event::End(tag) if tag.local_name().as_ref() == "sst" => return Ok(strings),
                    _ => {}
                }
            }
        })?;
        (self.left, self.most) = (self.left + others, limits.unpacked);
        Ok(strings)
    }
}

/// Styles of numbers that every spreadsheet knows, as far as they show a day.
fn is_day_style(id: &str) -> bool {
    matches!(id.parse(), Ok(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58))
}

/// Whether a format shows a day: it has a year or a day outside of quotation marks and brackets.
fn shows_day(format: &str) -> bool {
    let (mut quoted, mut bracket, mut literal) = (false, false, false);
    for letter in format.chars() {
        match letter {
            _ if literal => literal = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => literal = true,
            '[' => bracket = true,
            ']' => bracket = false,
            ';' => return false,
            'y' | 'Y' | 'd' | 'D' | 'e' if !bracket => return true,
            _ => {}
        }
    }
    false
}

/// What the cells share.
struct Shared<'a> {
    strings: &'a Strings,
    days: &'a [bool],
    since_1904: bool,
}

impl Shared<'_> {
    /// A cell as text, and whether it holds a number of which digits are lost. None for what no workbook says.
    fn text(&self, kind: &str, style: Option<usize>, value: String) -> Option<(String, bool)> {
        let plain = match kind {
            _ if value.is_empty() => value,
            "s" => self.strings.get(value.trim().parse().ok()?)?.to_owned(),
            "b" => if value.trim() == "1" { "true" } else { "false" }.to_owned(),
            "d" => value.get(..10).filter(|day| day.parse::<Day>().is_ok()).map(str::to_owned).unwrap_or(value),
            "n" => return Some(self.number(style, &value)),
            _ => value,
        };
        Some((plain, false))
    }

    fn number(&self, style: Option<usize>, value: &str) -> (String, bool) {
        let Ok(number) = value.trim().parse::<f64>() else { return (value.to_owned(), false) };
        if style.is_some_and(|style| self.days.get(style) == Some(&true))
            && let Some(day) = self.day(number)
        {
            return (day.to_string(), false);
        }
        if number.fract() == 0.0 && !is_lossy(number) { (format!("{number:.0}"), false) } else { (number.to_string(), is_lossy(number)) }
    }

    /// Days since the end of 1899; before March 1900 a spreadsheet counts a day that never was.
    fn day(&self, number: f64) -> Option<Day> {
        let whole = number.floor();
        if !(0.0..2_958_466.0).contains(&whole) {
            return None;
        }
        let count = whole as i64;
        let since = match count {
            _ if self.since_1904 => Day::new(1904, 1, 1)?,
            0..60 => Day::new(1899, 12, 31)?,
            _ => Day::new(1899, 12, 30)?,
        };
        Some(since.plus_days(count))
    }
}

/// The rows of a sheet.
pub(crate) struct SheetRows<'a, R: Read> {
    part: Part<'a, R>,
    shared: Shared<'a>,
    number: u64,
    limits: Limits,
}

impl<R: Read + Seek> SheetRows<'_, R> {
    pub(crate) fn next(&mut self) -> Result<Option<Row>, Fault> {
        loop {
            match self.part.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    self.number = attribute(&tag, "r").and_then(|number| number.parse().ok()).unwrap_or(self.number + 1);
                    return self.row().map(Some);
                }
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(None),
                _ => {}
            }
        }
    }

    fn row(&mut self) -> Result<Row, Fault> {
        let (mut row, mut place) = (Row { number: self.number, ..Row::default() }, 0);
        loop {
            match self.part.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "c" => {
                    place = attribute(&tag, "r").and_then(|at| column(&at)).unwrap_or(place);
                    let style = attribute(&tag, "s").and_then(|style| style.parse().ok());
                    let kind = attribute(&tag, "t").unwrap_or_else(|| "n".to_owned());
                    let value = self.value()?;
                    if value.chars().count() > self.limits.characters {
                        return Err(Fault::characters(self.number, self.limits.characters));
                    }
                    let (text, lossy) = self.shared.text(&kind, style, value).ok_or_else(Fault::broken)?;
                    if place < self.limits.cells {
                        row.push(place, text, lossy);
                    } else if !text.trim().is_empty() {
                        return Err(Fault::cells(self.number, self.limits.cells));
                    }
                    place += 1;
                }
                Event::End(tag) if tag.local_name().as_ref() == "row" => return Ok(row),
                _ => {}
            }
        }
    }

    /// What stands in the cell that was opened: its value, never its formula.
    fn value(&mut self) -> Result<String, Fault> {
        let mut value = String::new();
        loop {
            let inner = match self.part.next()? {
                Event::Start(tag) => tag.local_name().as_ref().to_owned(),
                Event::End(tag) if tag.local_name().as_ref() == "c" => return Ok(value),
                _ => continue,
            };
            match inner.as_str() {
                "v" | "is" => value = self.part.words(&inner, self.limits.characters)?,
                _ => self.part.pass(&inner)?,
            }
            if value.len() > self.limits.characters.saturating_mul(4) {
                return Ok(value);
            }
        }
    }
}

/// The place of a column from `AB12`.
fn column(at: &str) -> Option<usize> {
    let letters = at.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}
