//! Fonts by configuration: where they are, which are taken, and when their bytes are in memory.
//!
//! A Chinese font collection is 20–30 MB. The book (names and coverage) is made once; the bytes are read when a document
//! first needs them and are given back by [`Fonts::release`] when the press has been idle.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::Error;

/// Where Debian, Fedora and macOS keep fonts.
const STANDARD: [&str; 4] = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts"];

/// Families taken from the standard folders, best first. Those in the bureau's own folders are all taken.
const SERIF: [&str; 6] =
    ["Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC", "Songti SC", "SimSun"];
const SANS: [&str; 8] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "PingFang SC",
];
/// Beginnings of the file names of those families: other fonts are not even opened.
const FILES: [&str; 8] =
    ["notoserifcjk", "notosanscjk", "notoserifsc", "notosanssc", "sourcehan", "wqy-", "droidsansfallback", "simsun"];

struct Slot {
    path: PathBuf,
    index: u32,
}

/// The fonts that documents may use.
pub(crate) struct Fonts {
    book: LazyHash<FontBook>,
    slots: Vec<Slot>,
    loaded: Mutex<HashMap<usize, Font>>,
    serif: String,
    sans: String,
}

impl Fonts {
    /// Searches `own` (folders or files; every font in them is taken) and then the standard folders.
    pub(crate) fn find(own: &[PathBuf]) -> Result<Fonts, Error> {
        let standard = STANDARD.map(PathBuf::from);
        let mut found = Vec::new();
        for path in own {
            walk(path, &|_| true, &mut found);
        }
        let first_standard = found.len();
        for path in &standard {
            walk(path, &is_known, &mut found);
        }
        let (mut book, mut slots, mut families) = (FontBook::new(), Vec::new(), Vec::new());
        for (number, path) in found.into_iter().enumerate() {
            let Ok(data) = read(&path) else {
                tracing::warn!(font.path = %path.display(), "a font file cannot be read");
                continue;
            };
            let is_own = number < first_standard;
            // A collection holds one face a language: only the families on the list, and none after the first of them.
            for index in 0.. {
                let Some(info) = FontInfo::new(&data, index) else { break };
                let family = info.family.as_str().to_owned();
                let listed = SERIF.contains(&family.as_str()) || SANS.contains(&family.as_str());
                if is_own || listed {
                    families.push(family);
                    book.push(info);
                    slots.push(Slot { path: path.clone(), index });
                }
                if listed && !is_own {
                    break;
                }
            }
        }
        let first = |wanted: &[&str]| wanted.iter().find(|name| families.iter().any(|f| f == *name)).map(|n| n.to_string());
        let (serif, sans) = (first(&SERIF), first(&SANS));
        let Some(any) = serif.clone().or_else(|| sans.clone()) else {
            return Err(Error::NoFont { searched: own.iter().chain(&standard).cloned().collect() });
        };
        Ok(Fonts {
            book: LazyHash::new(book),
            slots,
            loaded: Mutex::default(),
            serif: serif.unwrap_or_else(|| any.clone()),
            sans: sans.unwrap_or(any),
        })
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// Family for running text and names (宋体).
    pub(crate) fn serif(&self) -> &str {
        &self.serif
    }

    /// Family for labels and headings (黑体).
    pub(crate) fn sans(&self) -> &str {
        &self.sans
    }

    pub(crate) fn load(&self, number: usize) -> Option<Font> {
        let slot = self.slots.get(number)?;
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(font) = loaded.get(&number) {
            return Some(font.clone());
        }
        let font = Font::new(Bytes::new(read(&slot.path).ok()?), slot.index)?;
        loaded.insert(number, font.clone());
        Some(font)
    }

    /// Gives the bytes of all fonts back; the next document reads them again.
    pub(crate) fn release(&self) {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// glibc maps blocks above this size on their own and gives them back when they are freed; smaller ones it may keep for
/// ever, once it has seen one of their size come and go. What is not written to takes no memory.
const GIVEN_BACK: usize = 33 << 20;

/// The bytes of a font, in a block that goes back to the system when it is dropped.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let size = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(size.max(GIVEN_BACK) + 1);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_known(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FILES.iter().any(|start| name.starts_with(start))
        && !["light", "thin", "black", "medium", "mono"].iter().any(|weight| name.contains(weight))
}

/// Collects font files below `path` in the order of their names, so that the same machine always chooses the same font.
fn walk(path: &Path, take: &dyn Fn(&str) -> bool, into: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut below: Vec<PathBuf> = fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
        below.sort();
        for path in below {
            walk(&path, take, into);
        }
        return;
    }
    let is_font = path
        .extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ["ttf", "ttc", "otf", "otc"].contains(&end.to_ascii_lowercase().as_str()));
    if is_font && path.file_name().and_then(|name| name.to_str()).is_some_and(take) {
        into.push(path.to_owned());
    }
}
