//! Applying for what the services declare, and following it: the pages of citizens.

mod apply;
mod case;
mod letters;
mod progress;

use std::collections::BTreeMap;

use axum::http::header;
use axum::response::IntoResponse;
use casework::{CaseType, FieldKind, Material};
use kernel::Refusal;
use platform::ports::MediaType;
use platform::{Ctx, Error, Result};
use ui::url;

use super::{Answer, Routes, items};

pub(super) fn routes() -> Routes {
    Routes::new().merge(apply::routes()).merge(case::routes()).merge(letters::routes()).merge(progress::routes())
}

type Asked = axum::extract::Query<BTreeMap<String, String>>;

/// Codes and names of the regions that a form may name; nothing where it asks for none.
async fn regions(ctx: &Ctx, case_type: &CaseType) -> Result<Vec<(String, String)>> {
    let mut fields = case_type.sections.iter().flat_map(|section| &section.fields);
    if fields.any(|field| matches!(field.kind, FieldKind::Region)) { items::all_regions(ctx).await } else { Ok(Vec::new()) }
}

/// The fault of a file at the field in which it was sent.
fn at_paper(error: Error, key: &str) -> Error {
    match error {
        Error::Refused(refusal) => {
            let field = site::pages::matters::apply_papers::field(key);
            Error::Refused(Refusal(refusal.0.into_iter().map(|issue| issue.field(field.clone())).collect()))
        }
        other => other,
    }
}

/// A paper as a file, for those who may see it.
fn file((paper, bytes, kind): (Material, Vec<u8>, MediaType)) -> Answer {
    let name = if paper.file_name.is_empty() { &paper.key } else { &paper.file_name };
    let disposition = format!("attachment; filename*=UTF-8''{}", url::segment(name));
    let headers = [(header::CONTENT_TYPE, kind.name().to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
