//! Back-entry of old files: batches, tables and page images, the second person, conflicts.

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use marriage::backentry::{self, BatchId, ImageId, NewBatch, READERS, Resolution, Resolve, RowId, SentImage, SentTable, State};
use marriage_pages::backentry as pages;
use platform::Error;
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const READS: Access = Access::Staff(&READERS);
const KEYS: Access = Access::Staff(&backentry::KEYS);
const CHECKS: Access = Access::Staff(&backentry::CHECKS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/backentry", READS, list)
        .post("/desk/backentry", KEYS, open)
        .get("/desk/backentry/template.csv", READS, template)
        .get("/desk/backentry/conflicts", READS, conflicts)
        .get("/desk/backentry/{id}", READS, batch)
        .upload("/desk/backentry/{id}/table", KEYS, send_table)
        .upload("/desk/backentry/{id}/images", KEYS, send_images)
        .get("/desk/backentry/{id}/rejected.csv", READS, rejected)
        .get("/desk/backentry/rows/{id}", READS, row)
        .post("/desk/backentry/rows/{id}/{part}", CHECKS, act)
        .get("/desk/backentry/images/{id}", READS, image)
}

/// Where a page of a list begins, and which rows of a batch are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: String,
    after: String,
    state: String,
    rejected: String,
}

async fn list_page(page: &Page, before: Option<BatchId>, values: Values) -> Result<String, Error> {
    let (batches, more) = backentry::batches(page.ctx(), before).await?;
    Ok(pages::list(page.shell(), batches, more, backentry::may_key(page.ctx()).await, values))
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    page.html(list_page(&page, asked.before.parse().ok(), Values::new()).await?)
}

async fn open(page: Page, form: FormData) -> Answer {
    let new = NewBatch { name: form.get("name").to_owned(), source: form.get("source").to_owned() };
    match backentry::open(page.ctx(), &new).await {
        Ok(id) => page.go(url::backentry_batch(id)),
        Err(error) => {
            let shown = list_page(&page, None, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
    }
}

/// A file that is offered to be saved.
fn file(bytes: Vec<u8>, media_type: &'static str, name: &'static str) -> Answer {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition), (header::CACHE_CONTROL, "private, no-store".to_owned())];
    Ok((headers, bytes).into_response())
}

async fn template(_: Page) -> Answer {
    file(backentry::template(), "text/csv; charset=utf-8", "backentry.csv")
}

async fn conflicts(page: Page, Query(asked): Query<Asked>) -> Answer {
    let (rows, more) = backentry::conflicts(page.ctx(), &asked.after).await?;
    page.html(pages::conflicts(page.shell(), rows, more))
}

async fn batch_page(page: &Page, id: BatchId, asked: &Asked, values: Values) -> Result<String, Error> {
    let ctx = page.ctx();
    let batch = backentry::batch(ctx, id).await?;
    let state = State::from_code(&asked.state).unwrap_or(State::Keyed);
    let behind = asked.rejected.split_once('-').and_then(|(part, line)| Some((part.parse().ok()?, line.parse().ok()?)));
    let shown = pages::Shown {
        state,
        rows: backentry::rows(ctx, id, state, &asked.after).await?,
        rejects: backentry::rejects(ctx, id, behind.unwrap_or((0, 0))).await?,
    };
    Ok(pages::batch(page.shell(), batch, shown, values))
}

async fn batch(page: Page, Path(id): Path<BatchId>, Query(asked): Query<Asked>) -> Answer {
    page.html(batch_page(&page, id, &asked, Values::new()).await?)
}

/// The batch after something was sent to it, or with what is wrong.
async fn sent(page: &Page, id: BatchId, form: &FormData, outcome: platform::Result<&'static str>) -> Answer {
    match outcome {
        Ok(flash) => page.go_with(url::backentry_batch(id), flash),
        Err(error) => {
            let shown = batch_page(page, id, &Asked::default(), form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
    }
}

async fn send_table(page: Page, Path(id): Path<BatchId>, form: FormData) -> Answer {
    let table = form.file("table").map(|file| SentTable { file_name: file.name.clone(), content: file.bytes.to_vec() });
    let table = table.unwrap_or(SentTable { file_name: String::new(), content: Vec::new() });
    let outcome = backentry::send(page.ctx(), id, table).await.map(|_| "backentry-sent");
    sent(&page, id, &form, outcome).await
}

async fn send_images(page: Page, Path(id): Path<BatchId>, form: FormData) -> Answer {
    let outcome = async {
        let mut files = form.files("images").peekable();
        if files.peek().is_none() {
            backentry::add_image(page.ctx(), id, SentImage { name: String::new(), content: Vec::new() }).await?;
        }
        for file in files {
            backentry::add_image(page.ctx(), id, SentImage { name: file.name.clone(), content: file.bytes.to_vec() }).await?;
        }
        Ok("backentry-images")
    };
    let outcome = outcome.await;
    sent(&page, id, &form, outcome).await
}

async fn rejected(page: Page, Path(id): Path<BatchId>) -> Answer {
    file(backentry::rejected_csv(page.ctx(), id, page.lang()).await?, "text/csv; charset=utf-8", "rejected.csv")
}

async fn row(page: Page, Path(id): Path<RowId>) -> Answer {
    let row = backentry::row(page.ctx(), id).await?;
    page.html(pages::row(page.shell(), row, Values::new()))
}

/// What the second person does with a row.
async fn decided(page: &Page, id: RowId, part: &str, form: &FormData) -> platform::Result<&'static str> {
    let ctx = page.ctx();
    let seen = form.get("seen").parse().map_err(|_| Error::stale())?;
    let found = |reason: &str| Resolve { reason: form.get(reason).to_owned(), ended_on: form.get("ended_on").to_owned(), end_kind: form.get("end_kind").to_owned() };
    let told = |state: State| match state {
        State::Conflict => "backentry-conflict",
        State::Apart => "backentry-apart",
        _ => "backentry-published",
    };
    match part {
        "confirm" => backentry::confirm(ctx, id, seen).await.map(told),
        "back" => backentry::send_back(ctx, id, seen, form.get("back_reason")).await.map(|()| "backentry-back"),
        "publish" => backentry::resolve(ctx, id, seen, Resolution::Publish, &found("publish_reason")).await.map(told),
        "ended" => backentry::resolve(ctx, id, seen, Resolution::Ended, &found("ended_reason")).await.map(told),
        "apart" => backentry::resolve(ctx, id, seen, Resolution::Apart, &found("apart_reason")).await.map(told),
        "end" => backentry::note_end(ctx, id, seen, &found("ended_reason")).await.map(|()| "backentry-ended"),
        _ => Err(Error::NotFound),
    }
}

/// The field of an operation's `reason` in the form that was sent.
fn at_its_form(issue: kernel::Issue, part: &str) -> kernel::Issue {
    let form = if part == "end" { "ended" } else { part };
    if issue.field.as_deref() == Some("reason") { issue.field(format!("{form}_reason")) } else { issue }
}

async fn act(page: Page, Path((id, part)): Path<(RowId, String)>, form: FormData) -> Answer {
    match decided(&page, id, &part, &form).await {
        // The row again: what became of it, and the way to the next.
        Ok(flash) => page.go_with(url::backentry_row(id), flash),
        Err(Error::Refused(refusal)) => {
            let issues: Vec<_> = refusal.0.into_iter().map(|issue| at_its_form(issue, &part)).collect();
            let row = backentry::row(page.ctx(), id).await?;
            page.again(Error::Refused(kernel::Refusal(issues)), form.values(), |values| pages::row(page.shell(), row, values))
        }
        Err(error) => page.again(error, form.values(), |_| String::new()),
    }
}

async fn image(page: Page, Path(id): Path<ImageId>) -> Answer {
    let (bytes, media_type) = backentry::image(page.ctx(), id).await?;
    let headers = [(header::CONTENT_TYPE, media_type.name()), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, bytes).into_response())
}
