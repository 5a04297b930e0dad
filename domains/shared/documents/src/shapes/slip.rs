use kernel::{Instant, Lang};
use serde::{Deserialize, Serialize};

use super::{Row, lang_code};
use crate::{Error, Job, qr_svg};

/// A booking slip to take along (`booking-slip.typ`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Language of the slip.
    pub lang: Lang,
    /// Title, in that language.
    pub title: String,
    /// Number of the booking.
    pub number: String,
    /// Day and time, in words.
    pub when: String,
    /// Office, its address and phone, counter, item.
    pub facts: Vec<Row>,
    /// What to bring, a line each.
    pub bring: Vec<String>,
    /// What happens when late, how to cancel.
    pub notes: Vec<String>,
    /// Text in the QR symbol: the address of the booking page. Empty prints no symbol.
    pub qr: String,
}

impl Default for Slip {
    fn default() -> Self {
        let empty = String::new;
        Slip {
            lang: Lang::Zh,
            title: empty(),
            number: empty(),
            when: empty(),
            facts: Vec::new(),
            bring: Vec::new(),
            notes: Vec::new(),
            qr: empty(),
        }
    }
}

impl Slip {
    /// Ready for the press.
    pub fn job(&self, at: Instant) -> Result<Job, Error> {
        #[derive(Serialize)]
        struct Data<'a> {
            #[serde(flatten)]
            slip: &'a Slip,
            code: &'static str,
        }
        let job = Job::new("booking-slip", &self.title, at, &Data { slip: self, code: lang_code(self.lang) })?;
        if self.qr.is_empty() { Ok(job) } else { Ok(job.picture("qr", qr_svg(&self.qr)?)) }
    }
}
