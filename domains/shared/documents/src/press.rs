//! The press: templates and data in, PDF out, never more than a few at once.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kernel::Instant;
use serde::Serialize;
use tokio::sync::Semaphore;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Dict, IntoValue, Smart};
use typst::syntax::VirtualPath;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::fonts::Fonts;
use crate::sheet::{self, Sheet};
use crate::{Error, templates};

/// Fonts and caches are given back after this long without a document.
const IDLE: Duration = Duration::from_secs(30);

/// China has one time zone, eight hours ahead of UTC and without summer time since 1991.
const OFFSET_MINUTES: i32 = 480;

/// What the press needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bureau's own templates; a file there replaces the built-in one of the same name, without a restart.
    pub templates: Option<PathBuf>,
    /// Folders or files with fonts, searched before the standard folders.
    pub fonts: Vec<PathBuf>,
    /// How many documents are made at once; each takes one core.
    pub at_once: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { templates: None, fonts: Vec::new(), at_once: 2 }
    }
}

/// A document to be made: a template and what goes into it.
///
/// The data are written as JSON and read by the template with `json("/data.json")`: they are values and never become
/// Typst source, whatever a person typed.
#[derive(Clone, Debug)]
pub struct Job {
    template: String,
    title: String,
    at: Instant,
    data: Vec<u8>,
    pictures: Vec<(&'static str, Vec<u8>)>,
}

impl Job {
    /// `template` is the file stem; `at` becomes the date in the file, so the same input makes the same bytes.
    pub fn new(template: &str, title: &str, at: Instant, data: &impl Serialize) -> Result<Job, Error> {
        Ok(Job { template: template.to_owned(), title: title.to_owned(), at, data: serde_json::to_vec(data)?, pictures: Vec::new() })
    }

    /// Adds a picture (JPEG, PNG or SVG) under one of the names `qr`, `photo`, `photo-2`, `signature`.
    ///
    /// # Panics
    /// When the name is none of these, which is a mistake of the caller.
    #[must_use]
    pub fn picture(mut self, name: &'static str, bytes: Vec<u8>) -> Job {
        assert!(sheet::PICTURES.contains(&name), "no template looks for a picture named {name}");
        self.pictures.push((name, bytes));
        self
    }
}

/// Makes PDF files from templates. Cheap to clone; all clones share fonts, library and the limit.
#[derive(Clone)]
pub struct Press(Arc<Inner>);

struct Inner {
    settings: Settings,
    ready: Mutex<Option<Arc<Ready>>>,
    turns: Arc<Semaphore>,
    made: AtomicU64,
}

/// What is found and built once, with the first document.
struct Ready {
    fonts: Fonts,
    library: LazyHash<Library>,
    standards: PdfStandards,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl Press {
    /// A press that looks for its fonts when the first document is made, or at [`Press::prepare`].
    pub fn new(settings: Settings) -> Press {
        let turns = Arc::new(Semaphore::new(settings.at_once.max(1)));
        Press(Arc::new(Inner { settings, ready: Mutex::default(), turns, made: AtomicU64::new(0) }))
    }

    /// Finds the fonts now. Reads some 100 MB from disk and blocks: for the start of the program, on a thread of its own.
    ///
    /// # Errors
    /// [`Error::NoFont`] when no Chinese font is installed; asked again, it looks again.
    pub fn prepare(&self) -> Result<(), Error> {
        self.0.ready().map(drop)
    }

    /// Makes the PDF on a worker thread, after waiting for a turn.
    ///
    /// # Errors
    /// See [`Error`]; nothing of it is the fault of the person who asked.
    pub async fn render(&self, job: Job) -> Result<Vec<u8>, Error> {
        let turn = self.0.turns.clone().acquire_owned().await.map_err(|_| Error::Worker)?;
        let inner = self.0.clone();
        let made = tokio::task::spawn_blocking(move || {
            let made = inner.ready().and_then(|ready| ready.make(&job, inner.settings.templates.as_ref()));
            drop(turn);
            made
        })
        .await
        .map_err(|_| Error::Worker)?;
        self.release_when_idle();
        made
    }

    fn release_when_idle(&self) {
        let number = self.0.made.fetch_add(1, Ordering::Relaxed) + 1;
        let inner = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(IDLE).await;
            let Some(inner) = inner.upgrade().filter(|inner| inner.made.load(Ordering::Relaxed) == number) else { return };
            if let Ok(ready) = inner.ready() {
                typst::comemo::evict(0);
                ready.fonts.release();
            }
        });
    }
}

impl Inner {
    fn ready(&self) -> Result<Arc<Ready>, Error> {
        let mut slot = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = &*slot {
            return Ok(ready.clone());
        }
        let fonts = Fonts::find(&self.settings.fonts)?;
        let mut inputs = Dict::new();
        inputs.insert("serif".into(), fonts.serif().into_value());
        inputs.insert("sans".into(), fonts.sans().into_value());
        let library = LazyHash::new(Library::builder().with_inputs(inputs).build());
        let standards = PdfStandards::new(&[PdfStandard::V_1_7, PdfStandard::A_2u]).expect("PDF/A-2 is PDF 1.7");
        let ready = Arc::new(Ready { fonts, library, standards });
        *slot = Some(ready.clone());
        Ok(ready)
    }
}

impl Ready {
    fn make(&self, job: &Job, folder: Option<&PathBuf>) -> Result<Vec<u8>, Error> {
        let missing = || Error::NoTemplate { name: job.template.clone() };
        let name = format!("{}.typ", job.template);
        let path = VirtualPath::new(&name).map_err(|_| missing())?;
        templates::read(folder, &path).ok_or_else(missing)?;
        let moment = moment(job.at);
        let sheet = Sheet {
            fonts: &self.fonts,
            library: &self.library,
            folder,
            main: sheet::file_id(&name).ok_or_else(missing)?,
            data: Bytes::new(job.data.clone()),
            pictures: job.pictures.iter().map(|(name, bytes)| (*name, Bytes::new(bytes.clone()))).collect(),
            today: moment,
        };
        let fail = |problems: &[SourceDiagnostic]| Error::Template {
            name: job.template.clone(),
            problems: problems.iter().map(|problem| describe(&sheet, problem)).collect::<Vec<_>>().join("; "),
        };
        let document = typst::compile::<PagedDocument>(&sheet).output.map_err(|problems| fail(&problems))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {} {}", job.template, job.title, job.at)),
            creator: Smart::Custom(Some("Tongban".to_owned())),
            timestamp: Timestamp::new_local(moment, OFFSET_MINUTES),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|problems| fail(&problems))?;
        // Keep what the last few documents shared (glyph outlines, parsed templates), forget their data.
        typst::comemo::evict(4);
        Ok(pdf)
    }
}

fn moment(at: Instant) -> Datetime {
    let (day, minute) = (at.day(), at.minute_of_day());
    let part = |n: i64| u8::try_from(n).expect("below sixty");
    Datetime::from_ymd_hms(
        i32::from(day.year()),
        part(i64::from(day.month())),
        part(i64::from(day.day())),
        part(i64::from(minute) / 60),
        part(i64::from(minute) % 60),
        part(at.micros().div_euclid(1_000_000).rem_euclid(60)),
    )
    .expect("an instant has a date and a time")
}

fn describe(world: &dyn World, problem: &SourceDiagnostic) -> String {
    let place = problem.span.id().and_then(|id| {
        let source = world.source(id).ok()?;
        let range = world.range(problem.span)?;
        Some(format!("{}:{}: ", id.get().vpath().get_without_slash(), source.lines().byte_to_line(range.start)? + 1))
    });
    let hints = problem.hints.iter().map(|hint| format!(" ({})", hint.v)).collect::<String>();
    format!("{}{}{hints}", place.unwrap_or_default(), problem.message)
}
