use kernel::Instant;
use serde::{Deserialize, Serialize};

use super::Row;
use crate::{Error, Job, qr_svg};

/// A numbered and dated document of an authority (`paper-*.typ`): notices, decisions, records of service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Title, as `受理通知书`.
    pub title: String,
    /// Name of the authority, at the head and beside the date.
    pub issuer: String,
    /// Number: `城东民受〔2026〕1号`.
    pub number: String,
    /// Whom it addresses; empty for records.
    pub to: String,
    /// Paragraphs that open it.
    pub opening: Vec<String>,
    /// Its elements.
    pub facts: Vec<Row>,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// What the reader should know at the end, a paragraph each.
    pub closing: Vec<String>,
    /// Day of issue, in words.
    pub date: String,
    /// One small line at the foot of each page: the case number.
    pub foot: String,
    /// Address that the QR symbol holds; empty prints no symbol.
    pub check_url: String,
}

/// A part of a document: a heading with paragraphs, numbered points or a table beneath.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Heading; may be empty.
    pub heading: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Numbered points.
    pub points: Vec<String>,
    /// Heads of the table's columns.
    pub head: Vec<String>,
    /// Its rows, each with as many cells as there are heads; empty prints no table.
    pub rows: Vec<Vec<String>>,
}

impl Part {
    /// A part of one paragraph.
    pub fn text(heading: impl Into<String>, paragraph: impl Into<String>) -> Part {
        Part { heading: heading.into(), text: vec![paragraph.into()], ..Part::default() }
    }

    /// A part of numbered points.
    pub fn points(heading: impl Into<String>, points: Vec<String>) -> Part {
        Part { heading: heading.into(), points, ..Part::default() }
    }

    /// A part with a table.
    pub fn table(heading: impl Into<String>, head: &[&str], rows: Vec<Vec<String>>) -> Part {
        let head = head.iter().map(|cell| (*cell).to_owned()).collect();
        Part { heading: heading.into(), head, rows, ..Part::default() }
    }
}

impl Paper {
    /// Ready for the press with one of the templates `paper-*`.
    pub fn job(&self, template: &str, at: Instant) -> Result<Job, Error> {
        let job = Job::new(template, &format!("{} {}", self.title, self.number), at, self)?;
        if self.check_url.is_empty() { Ok(job) } else { Ok(job.picture("qr", qr_svg(&self.check_url)?)) }
    }
}
