//! Forms as they arrive: typed values, files, and the token that says they come from one of our pages.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Form, FromRequest, Multipart, Request},
    http::{StatusCode, header},
    response::IntoResponse,
};
use platform::Error;
use ui::Values;

use super::{Fault, Visit, csrf};
use crate::App;

/// Most fields of a form.
const MAX_FIELDS: usize = 2_000;

/// A form whose token was right.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    values: Values,
    files: Vec<Upload>,
}

/// A file of a form. Its name and type are what the sender says; `platform::ports::Files` looks at the content.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Name of the field.
    pub field: String,
    /// Name of the file.
    pub name: String,
    /// Media type, empty if none was said.
    pub media_type: String,
    /// Content.
    pub bytes: Bytes,
}

impl FormData {
    /// What was typed.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// One field, outer white space removed; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name)
    }

    /// Every file that was chosen in a field.
    pub fn files<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.files.iter().filter(move |file| file.field == field)
    }

    /// A file, if one was chosen.
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == field)
    }
}

impl FromRequest<App> for FormData {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &App) -> Result<Self, Fault> {
        let visit = request.extensions().get::<Arc<Visit>>().cloned().ok_or_else(|| Error::internal("a form outside of the visit"))?;
        let (mut pairs, files) = read(request).await?;
        let token = pairs.iter().position(|(name, _)| name == "csrf").map(|at| pairs.remove(at).1);
        let values = Values::from_pairs(pairs);
        if token.is_some_and(|token| csrf::agrees(&visit.shell.csrf, &token)) {
            Ok(Self { values, files })
        } else {
            Err(Fault::StaleForm { values, lost_files: !files.is_empty() })
        }
    }
}

fn unreadable(status: StatusCode) -> Fault {
    if status == StatusCode::PAYLOAD_TOO_LARGE { Fault::TooLarge } else { Fault::Unreadable }
}

type Pairs = Vec<(String, String)>;

async fn read(request: Request) -> Result<(Pairs, Vec<Upload>), Fault> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return multipart(Multipart::from_request(request, &()).await.map_err(|r| unreadable(r.into_response().status()))?).await;
    }
    let Form(pairs) = Form::<Pairs>::from_request(request, &()).await.map_err(|r| unreadable(r.into_response().status()))?;
    if pairs.len() > MAX_FIELDS { Err(Fault::TooLarge) } else { Ok((pairs, Vec::new())) }
}

/// What was typed into a form that nobody may send yet; empty if it cannot be read.
pub(super) async fn typed(request: Request) -> Values {
    let pairs = read(request).await.map(|(pairs, _)| pairs).unwrap_or_default();
    Values::from_pairs(pairs.into_iter().filter(|(name, _)| name != "csrf"))
}

async fn multipart(mut body: Multipart) -> Result<(Pairs, Vec<Upload>), Fault> {
    let (mut pairs, mut files) = (Pairs::new(), Vec::new());
    while let Some(field) = body.next_field().await.map_err(|e| unreadable(e.status()))? {
        if pairs.len() + files.len() >= MAX_FIELDS {
            return Err(Fault::TooLarge);
        }
        let Some(name) = field.name().map(str::to_owned) else { continue };
        match field.file_name().map(str::to_owned) {
            None => pairs.push((name, field.text().await.map_err(|e| unreadable(e.status()))?)),
            Some(file) => {
                let media_type = field.content_type().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|e| unreadable(e.status()))?;
                // A file field that was left empty sends a file without name and content.
                if !file.is_empty() || !bytes.is_empty() {
                    files.push(Upload { field: name, name: file, media_type, bytes });
                }
            }
        }
    }
    Ok((pairs, files))
}
