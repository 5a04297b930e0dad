//! The parts of a workbook: XML in a ZIP archive, weighed while it is unpacked.

use std::io::{self, BufReader, Read, Seek};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::reader::Reader;
use quick_xml::XmlVersion;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::Fault;

/// Bytes of one tag or piece of text at most: they are held in memory. The longest cell that a spreadsheet allows is a tenth of this.
const LONGEST: u64 = 1 << 20;
/// Bytes read ahead.
const AHEAD: usize = 32 << 10;

/// Counts what is unpacked; what the archive says of its own size may be a lie.
struct Weighed<R> {
    part: R,
    /// What the whole workbook may still unpack to.
    left: u64,
    /// What the tag or text being read may still take.
    token: u64,
    /// Whether `left` was not enough.
    over: bool,
}

impl<R: Read> Read for Weighed<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(to)?;
        let weight = read as u64;
        self.over = self.over || weight > self.left;
        if self.over || weight > self.token {
            return Err(io::Error::other("too much"));
        }
        self.left -= weight;
        self.token -= weight;
        Ok(read)
    }
}

/// One part, read tag by tag.
pub(crate) struct Part<'a, R: Read> {
    xml: Reader<BufReader<Weighed<ZipFile<'a, R>>>>,
    buffer: Vec<u8>,
    most: u64,
}

impl<'a, R: Read + Seek> Part<'a, R> {
    /// Opens the part with this name, in whatever case; none if there is none.
    pub(crate) fn open(archive: &'a mut ZipArchive<R>, name: &str, left: u64, most: u64) -> Result<Option<Self>, Fault> {
        let named = |found: &str| found.trim_start_matches('/').replace('\\', "/").eq_ignore_ascii_case(name);
        let Some(at) = archive.file_names().position(|found| found.is_ok_and(|found| named(&found))) else { return Ok(None) };
        let part = archive.by_index(at).map_err(|_| Fault::broken())?;
        let mut xml = Reader::from_reader(BufReader::with_capacity(AHEAD, Weighed { part, left, token: LONGEST, over: false }));
        let config = xml.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Ok(Some(Self { xml, buffer: Vec::new(), most }))
    }

    /// What the workbook may still unpack to.
    pub(crate) fn left(&self) -> u64 {
        self.xml.get_ref().get_ref().left
    }

    /// The next tag or text.
    pub(crate) fn next(&mut self) -> Result<Event<'_>, Fault> {
        self.buffer.clear();
        self.xml.get_mut().get_mut().token = LONGEST;
        match self.xml.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Err(Fault::broken()),
            Ok(event) => Ok(event),
            Err(_) if self.xml.get_ref().get_ref().over => Err(Fault::unpacked(self.most)),
            Err(_) => Err(Fault::broken()),
        }
    }

    /// Calls `each` for every tag that opens until the part ends.
    pub(crate) fn each_tag(&mut self, mut each: impl FnMut(&str, &BytesStart<'_>)) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                Event::Start(tag) => {
                    depth += 1;
                    each(tag.local_name().as_ref(), &tag);
                }
                Event::End(_) if depth <= 1 => return Ok(()),
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
    }

    /// The words within the tag that was opened last, until it is closed: all its `t`, without what only tells how they are spoken.
    pub(crate) fn words(&mut self, closing: &str, most: usize) -> Result<String, Fault> {
        let (mut words, mut spoken, mut inside) = (String::new(), false, closing == "v");
        loop {
            match self.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "rPh" => spoken = true,
                    "t" => inside = !spoken,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "rPh" => spoken = false,
                    "t" => inside = false,
                    name if name == closing => return Ok(words),
                    _ => {}
                },
                Event::Text(text) if inside => words.push_str(&text.xml10_content()),
                Event::CData(text) if inside => words.push_str(&text.xml10_content()),
                Event::GeneralRef(named) if inside => words.push_str(&referred(&named)?),
                _ => {}
            }
            // Four bytes a character are enough; whoever asks counts the characters.
            if words.len() > most.saturating_mul(4) {
                return Ok(words);
            }
        }
    }

    /// Passes over everything until a tag is closed.
    pub(crate) fn pass(&mut self, closing: &str) -> Result<(), Fault> {
        loop {
            match self.next()? {
                Event::End(tag) if tag.local_name().as_ref() == closing => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The character that `&amp;` or `&#x4E00;` stands for. A document's own entities are none.
fn referred(named: &BytesRef<'_>) -> Result<String, Fault> {
    if let Some(text) = resolve_xml_entity(named) {
        return Ok(text.to_owned());
    }
    named.resolve_char_ref().ok().flatten().map(String::from).ok_or_else(Fault::broken)
}

/// An attribute of a tag, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).filter_map(Result::ok).find(|one| one.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}
