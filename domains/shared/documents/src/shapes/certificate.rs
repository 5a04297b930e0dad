use kernel::Instant;
use serde::{Deserialize, Serialize};

use super::Row;
use crate::{Error, Job, qr_svg};

/// An electronic certificate on one A4 page (`marriage-certificate.typ` and its like).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Name of the certificate in Chinese, as `结婚证`.
    pub title_zh: String,
    /// Its name in English.
    pub title_en: String,
    /// Number of the certificate (字号).
    pub number: String,
    /// Who holds this copy.
    pub holder: String,
    /// Elements above the parties: registration day, remark.
    pub facts: Vec<Row>,
    /// The persons that it is about, in the order of the paper form.
    pub parties: Vec<Party>,
    /// Authority that issued it.
    pub issuer: String,
    /// Day of issue, in words.
    pub issued_on: String,
    /// Licence identifier by GB/T 36904.
    pub identifier: String,
    /// Address that the QR symbol holds, printed beneath it; it carries a random token and nothing about a person.
    pub check_url: String,
    /// Makes it an annotated copy (加注件): for whom, for what and until when, across the page.
    #[serde(default)]
    pub annotation: Vec<Row>,
}

/// One person on a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// 姓名.
    pub name: String,
    /// 性别, 国籍, 出生日期, 身份证件号 and so on, in the order of the paper form.
    pub rows: Vec<Row>,
}

impl Certificate {
    /// Ready for the press; `photo` is JPEG or PNG, `at` the moment of issue.
    pub fn job(&self, template: &str, photo: Option<Vec<u8>>, at: Instant) -> Result<Job, Error> {
        #[derive(Serialize)]
        struct Data<'a> {
            #[serde(flatten)]
            certificate: &'a Certificate,
            has_photo: bool,
        }
        let title = format!("{} {}", self.title_zh, self.number);
        let data = Data { certificate: self, has_photo: photo.is_some() };
        let job = Job::new(template, &title, at, &data)?.picture("qr", qr_svg(&self.check_url)?);
        Ok(match photo {
            Some(photo) => job.picture("photo", photo),
            None => job,
        })
    }
}
