//! One compilation: what Typst may see of the outside, which is a template folder, the data and the pictures.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::Fonts;
use crate::templates;

/// Where a template finds its data: `json("/data.json")`.
const DATA: &str = "data.json";

/// The names under which a template finds pictures, as `/picture/photo`. The list is closed because Typst keeps every
/// file name that it ever met.
pub(crate) const PICTURES: [&str; 4] = ["qr", "photo", "photo-2", "signature"];

pub(crate) struct Sheet<'a> {
    pub(crate) fonts: &'a Fonts,
    pub(crate) library: &'a LazyHash<Library>,
    pub(crate) folder: Option<&'a PathBuf>,
    pub(crate) main: FileId,
    pub(crate) data: Bytes,
    pub(crate) pictures: Vec<(&'static str, Bytes)>,
    pub(crate) today: Datetime,
}

/// The name of a file within the world of a template; `None` when the name tries to leave it.
pub(crate) fn file_id(name: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?)))
}

impl Sheet<'_> {
    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath();
        let denied = || FileError::NotFound(PathBuf::from(path.get_without_slash()));
        if *id.get().root() != VirtualRoot::Project {
            return Err(FileError::AccessDenied);
        }
        let name = path.get_without_slash();
        if name == DATA {
            return Ok(self.data.clone());
        }
        if let Some(picture) = name.strip_prefix("picture/") {
            let found = self.pictures.iter().find(|(known, _)| *known == picture);
            return found.map(|(_, bytes)| bytes.clone()).ok_or_else(denied);
        }
        templates::read(self.folder, path).map(Bytes::new).ok_or_else(denied)
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let is_template = id.get().vpath().extension() == Some("typ");
        if !is_template {
            return Err(FileError::NotSource);
        }
        let text = String::from_utf8(self.bytes(id)?.into_vec()).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.load(index)
    }

    /// The day of the document, never the day of the machine: the same data make the same file.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}
