//! What each document contains. All texts are complete and in the language of the document: a template arranges, it never
//! computes. Names of fields are the names in the JSON that a template reads.

mod booklet;
mod certificate;
mod extract;
mod guide;
mod paper;
mod refusal;
mod slip;
mod statement;

pub use booklet::{Booklet, BookletParty};
pub use certificate::{Certificate, Party};
pub use extract::{Extract, Section};
pub use guide::{Guide, Material, Question, Step};
pub use paper::{Paper, Part};
pub use refusal::{Reason, Refusal};
pub use slip::Slip;
pub use statement::Statement;

use serde::{Deserialize, Serialize};

/// A label and what it says: `身份证号码` — `990101 20040520 0017`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Name of the element.
    pub label: String,
    /// Its value, complete.
    pub value: String,
}

impl Row {
    /// A row of two texts.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Row {
        Row { label: label.into(), value: value.into() }
    }
}

/// Short code of the language, as Typst and templates want it.
fn lang_code(lang: kernel::Lang) -> &'static str {
    match lang {
        kernel::Lang::Zh => "zh",
        kernel::Lang::En => "en",
    }
}
