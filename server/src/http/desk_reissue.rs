//! Re-issues at the counter: the list, one case, what is printed for it.

use axum::extract::{Path, Query};
use casework::CaseId;
use documents::Press;
use marriage::model::{Photo, Side};
use marriage::reissue::ops::{self, Application, Issuing};
use marriage_pages::reissue;
use platform::{Ctx, Error, Result};
use serde::Deserialize;
use ui::{Values, url};

use super::desk::{COUNTER, offices};
use super::desk_registry::pdf;
use super::{Answer, FormData, Page, Routes};
use crate::counter;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/reissues", COUNTER, list)
        .post("/desk/reissues", COUNTER, open)
        .get("/desk/reissues/{id}", COUNTER, show)
        .get("/desk/reissues/{id}/{part}", COUNTER, part)
        .upload("/desk/reissues/{id}/{part}", COUNTER, act)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    office: String,
    before: String,
}

async fn list(page: Page, Query(place): Query<Where>) -> Answer {
    let offices = offices(&page, &place.office).await?;
    let Some(office) = offices.first() else { return page.html(marriage_pages::desk::no_office(page.shell())) };
    let (lines, more) = ops::list(page.ctx(), office.id, place.before.parse().ok()).await?;
    page.html(reissue::list(page.shell(), office, &lines, more, Values::new()))
}

async fn open(page: Page, form: FormData) -> Answer {
    let offices = offices(&page, form.get("office")).await?;
    let office = offices.first().ok_or(Error::NotFound)?;
    let get = |name: &str| form.get(name).to_owned();
    let input = Application {
        name: get("name"),
        id_type: get("id_type"),
        id_no: get("id_no"),
        kind: get("kind"),
        phone: get("phone"),
        cause: get("cause"),
        told: get("told"),
        agent: get("agent"),
        compared: form.values().has("compared", "yes"),
    };
    match ops::open(page.ctx(), office.id, &input).await {
        Ok(case) => page.go(url::reissue(case)),
        Err(error) => {
            let (lines, more) = ops::list(page.ctx(), office.id, None).await?;
            page.again(error, form.values(), |values| reissue::list(page.shell(), office, &lines, more, values))
        }
    }
}

async fn show(page: Page, Path(id): Path<CaseId>) -> Answer {
    let view = ops::view(page.ctx(), id).await?;
    page.html(reissue::case(page.shell(), &view, "", Values::new()))
}

async fn act(page: Page, Path((id, part)): Path<(CaseId, String)>, form: FormData) -> Answer {
    match perform(page.ctx(), id, &part, &form).await {
        Ok(()) => page.go(url::reissue(id)),
        Err(error) => {
            let error = match error {
                Error::Stale(issue) => issue.into(),
                other => other,
            };
            let view = ops::view(page.ctx(), id).await?;
            page.again(error, form.values(), |values| reissue::case(page.shell(), &view, &part, values))
        }
    }
}

async fn perform(ctx: &Ctx, id: CaseId, part: &str, form: &FormData) -> Result<()> {
    let seen = form.get("seen").parse().unwrap_or_default();
    match part {
        "ask" => ops::ask_archive(ctx, id, seen).await,
        "found" => ops::found(ctx, id, seen, form.get("cert_no")).await,
        "refuse" => ops::refuse(ctx, id, seen, form.get("refuse_reason")).await,
        "abort" => ops::abort(ctx, id, seen, form.get("abort_reason")).await,
        "issue" => {
            let statement = match form.file("statement") {
                Some(upload) => counter::scan(ctx, "statement", upload.bytes.to_vec()).await?,
                None => String::new(),
            };
            let photo = match form.file("photo") {
                Some(upload) => counter::photo(ctx, upload.bytes.to_vec()).await?,
                None => Photo { file: String::new(), width: 0, height: 0, confirmed: false },
            };
            let input = Issuing {
                case: id,
                seen,
                serials: ["serial_a", "serial_b"].map(|name| form.get(name).to_owned()),
                signed: form.values().has("signed", "yes"),
                statement,
                photo: Photo { confirmed: form.values().has("photo_ok", "yes"), ..photo },
                confirmation: form.get("confirmation").to_owned(),
            };
            ops::issue(ctx, input).await.map(drop)
        }
        _ => Err(Error::NotFound),
    }
}

async fn part(page: Page, Path((id, part)): Path<(CaseId, String)>, Query(offset): Query<Offset>) -> Answer {
    let offset = counter::offset(&offset.x, &offset.y);
    pdf(reissue_paper(page.ctx(), &page.app().press, id, &part, offset).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Offset {
    x: String,
    y: String,
}

/// A paper of a re-issue as PDF; a recorded look.
pub(crate) async fn reissue_paper(ctx: &Ctx, press: &Press, id: CaseId, name: &str, offset: Option<(f64, f64)>) -> Result<Vec<u8>> {
    let now = ctx.now();
    let job = match name {
        "statement.pdf" => ops::statement_form(ctx, id).await?.job(now),
        "booklet-a.pdf" => ops::booklet(ctx, id, Side::A, offset).await?.job(now),
        "booklet-b.pdf" => ops::booklet(ctx, id, Side::B, offset).await?.job(now),
        _ => return Err(Error::NotFound),
    };
    press.render(job.map_err(Error::internal)?).await.map_err(Error::internal)
}
