//! What a search for organisations found, to take along.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use organizations::OrganizationId;
use organizations::public::{self, Format};
use platform::Error;
use search_index::{Kind, MAX_LIMIT, Request};

use super::search::{self, Asked, Question};
use super::{Access, Answer, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new().get("/organizations/export/{file}", Access::Anyone, export)
}

/// The same results in the same order as the page shows them, with the public fields of each.
async fn export(page: Page, headers: HeaderMap, Path(file): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let format = file.strip_prefix("organizations.").and_then(Format::from_ending).ok_or(Error::NotFound)?;
    let Question { request, .. } = search::question(ctx, &asked).await?;
    let wrote = search::wrote(page.app(), &headers);
    let request = Request { kind: Some(Kind::Organization), count: Default::default(), limit: MAX_LIMIT, ..request };
    let mut ids: Vec<OrganizationId> = Vec::new();
    let mut seen = 0;
    while seen < public::most() {
        let some = Request { offset: seen, ..request.clone() };
        let found = page.app().search.answer(ctx, some, wrote).await?.answer.hits;
        seen += found.len();
        let last = found.len() < MAX_LIMIT;
        ids.extend(found.iter().filter_map(|hit| hit.entry.uid.split_once(':')?.1.parse::<OrganizationId>().ok()));
        if last {
            break;
        }
    }
    let bytes = public::selected(ctx, &ids, format).await?;
    let headers = [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\""))];
    Ok((headers, bytes).into_response())
}
