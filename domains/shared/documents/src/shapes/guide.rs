use kernel::{Instant, Lang};
use serde::{Deserialize, Serialize};

use super::{Row, lang_code};
use crate::{Error, Job, qr_svg};

/// A guide sheet of a service item (`guide.typ`, 办事指南).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// Language of the sheet; headings are in the template.
    pub lang: Lang,
    /// Name of the item.
    pub title: String,
    /// Implementation code (实施编码) and version, in words.
    pub code: String,
    /// The card: who, where, how long, cost, result — a row each.
    pub card: Vec<Row>,
    /// What to bring.
    pub bring: Vec<Material>,
    /// What need not be brought, with where it comes from instead.
    pub not_needed: Vec<Material>,
    /// The way through, in order.
    pub steps: Vec<Step>,
    /// Laws and articles.
    pub legal: Vec<String>,
    /// Questions and answers.
    pub faq: Vec<Question>,
    /// Office, phone, complaint line and so on.
    pub contacts: Vec<Row>,
    /// Address of the page, in a QR symbol and printed. Empty prints neither.
    pub url: String,
    /// Day of printing and a note on validity, in words.
    pub printed: String,
}

/// A paper on a guide sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Name of the paper.
    pub name: String,
    /// Original or copy, how many, who brings it; for a paper that is not needed, where it comes from.
    pub note: String,
}

/// A step on a guide sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happens.
    pub title: String,
    /// Who does what and how long it takes.
    pub text: String,
}

/// A question that is asked often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub question: String,
    /// Its answer.
    pub answer: String,
}

impl Default for Guide {
    fn default() -> Self {
        Guide {
            lang: Lang::Zh,
            title: String::new(),
            code: String::new(),
            card: Vec::new(),
            bring: Vec::new(),
            not_needed: Vec::new(),
            steps: Vec::new(),
            legal: Vec::new(),
            faq: Vec::new(),
            contacts: Vec::new(),
            url: String::new(),
            printed: String::new(),
        }
    }
}

impl Guide {
    /// Ready for the press.
    pub fn job(&self, at: Instant) -> Result<Job, Error> {
        #[derive(Serialize)]
        struct Data<'a> {
            #[serde(flatten)]
            guide: &'a Guide,
            code_of_lang: &'static str,
        }
        let job = Job::new("guide", &self.title, at, &Data { guide: self, code_of_lang: lang_code(self.lang) })?;
        if self.url.is_empty() { Ok(job) } else { Ok(job.picture("qr", qr_svg(&self.url)?)) }
    }
}
