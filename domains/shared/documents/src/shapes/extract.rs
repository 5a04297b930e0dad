use kernel::{Instant, Lang};
use serde::{Deserialize, Serialize};

use super::{Row, lang_code};
use crate::{Error, Job, qr_svg};

/// A signed extract of a register (`extract.typ`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// Language of the extract.
    pub lang: Lang,
    /// Title, in that language.
    pub title: String,
    /// Whom it is about.
    pub name: String,
    /// Number of the extract.
    pub number: String,
    /// As of which day, in words.
    pub as_of: String,
    /// Number, moment of issue, from when it holds.
    pub facts: Vec<Row>,
    /// What the register said.
    pub sections: Vec<Section>,
    /// What it says and what it does not.
    pub notice: String,
    /// Address of the page at which it is checked, also in the QR symbol.
    pub check: String,
}

/// A group of facts under its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its facts.
    pub rows: Vec<Row>,
}

impl Extract {
    /// Ready for the press.
    ///
    /// # Errors
    /// When the address does not fit into a symbol.
    pub fn job(&self, at: Instant) -> Result<Job, Error> {
        #[derive(Serialize)]
        struct Data<'a> {
            #[serde(flatten)]
            extract: &'a Extract,
            code: &'static str,
        }
        let job = Job::new("extract", &self.title, at, &Data { extract: self, code: lang_code(self.lang) })?;
        Ok(job.picture("qr", qr_svg(&self.check)?))
    }
}
