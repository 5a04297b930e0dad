//! Questions and complaints for everybody.

use axum::extract::{Path, Query};
use data_encoding::BASE32_NOPAD;
use interaction::complaints::{self, ComplaintId, Key, Registration, Status};
use platform::regions::{self, Organisation};
use platform::{Error, Result};
use serde::Deserialize;
use site::pages::complaints as pages;
use site::pages::complaints_mine::{self as mine_pages, Door};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes, feedback};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/complaints", Access::Anyone, home)
        .get("/complaints/new", Access::Anyone, ask_new)
        .post("/complaints/new", Access::Anyone, register)
        .post("/complaints/status", Access::Anyone, status)
        .post("/complaints/say", Access::Anyone, say)
        .post("/complaints/reply", Access::Anyone, reply_file)
        .get("/me/complaints", Access::Citizen, mine)
        .get("/me/complaints/{id}", Access::Citizen, show_mine)
        .get("/me/complaints/{id}/reply.pdf", Access::Citizen, my_reply)
        .post("/me/complaints/{id}/say", Access::Citizen, say_mine)
        .get("/questions", Access::Anyone, questions)
}

async fn home(page: Page) -> Answer {
    page.html(pages::home(page.shell(), Values::new()))
}

/// What a form is known by, so that it is one complaint however often it is sent.
pub(super) fn form_key(page: &Page) -> String {
    BASE32_NOPAD.encode(&page.ctx().random::<16>()).to_lowercase()
}

/// The offices that one may write about.
pub(super) async fn offices(page: &Page) -> Result<Vec<Organisation>> {
    regions::organisations(page.ctx().db(), &page.ctx().settings().region).await
}

/// What was typed.
pub(super) fn registration(form: &FormData) -> Registration {
    let get = |name: &str| form.get(name).to_owned();
    Registration {
        kind: get("kind"),
        org: get("org"),
        target: get("target"),
        item: get("item"),
        title: get("title"),
        words: form.values().raw("words").to_owned(),
        name: get("name"),
        phone: get("phone"),
        may_publish: form.values().has("may_publish", "yes"),
        anonymous: form.values().has("anonymous", "yes"),
        request_key: get("request_key"),
    }
}

async fn ask_new(page: Page) -> Answer {
    page.html(pages::new(page.shell(), offices(&page).await?, &form_key(&page), false, Values::new()))
}

/// The receipt is the answer to the form itself: its code stands in no address. The form sent again gives the same receipt.
async fn register(page: Page, form: FormData) -> Answer {
    match complaints::register(page.ctx(), registration(&form)).await {
        Ok(receipt) => page.html(pages::receipt(page.shell(), receipt, false)),
        Err(error) => {
            let (offices, key) = (offices(&page).await?, form_key(&page));
            page.again(error, form.values(), |values| pages::new(page.shell(), offices, &key, false, values))
        }
    }
}

fn key(form: &FormData) -> Key {
    Key::Code { number: form.get("number").to_owned(), code: form.get("code").to_owned() }
}

async fn status(page: Page, form: FormData) -> Answer {
    match complaints::status(page.ctx(), &key(&form)).await {
        Ok(status) => {
            let door = Door::Code(form.get("number").to_owned(), form.get("code").to_owned());
            page.html(mine_pages::show(page.shell(), status, door, Values::new()))
        }
        Err(error) => page.again(error, form.values(), |values| pages::home(page.shell(), values)),
    }
}

/// The newest reply as a document, for whoever has number and code.
async fn reply_file(page: Page, form: FormData) -> Answer {
    match complaints::status(page.ctx(), &key(&form)).await {
        Ok(status) => own_reply(&page, status).await,
        Err(error) => page.again(error, form.values(), |values| pages::home(page.shell(), values)),
    }
}

async fn my_reply(page: Page, Path(id): Path<ComplaintId>) -> Answer {
    let status = complaints::status(page.ctx(), &Key::Mine(id)).await?;
    own_reply(&page, status).await
}

async fn own_reply(page: &Page, status: Status) -> Answer {
    feedback::reply(page, &status.number, &status.unit, Some(&status.title), status.received_at, &status.replies).await
}

/// What the person says to a reply.
async fn said(page: &Page, key: &Key, form: &FormData) -> Result<()> {
    let (ctx, why) = (page.ctx(), form.values().raw("why"));
    match form.get("say") {
        "satisfied" => complaints::satisfied(ctx, key, true, why).await,
        "unsatisfied" => complaints::satisfied(ctx, key, false, why).await,
        "review" => complaints::review(ctx, key, why).await,
        "supply" => complaints::supply(ctx, key, why).await,
        _ => Err(Error::NotFound),
    }
}

async fn say(page: Page, form: FormData) -> Answer {
    let key = key(&form);
    let done = said(&page, &key, &form).await;
    let status = complaints::status(page.ctx(), &key).await?;
    let door = Door::Code(form.get("number").to_owned(), form.get("code").to_owned());
    match done {
        // Without sign-in there is no address to go to: number and code stand in none.
        Ok(()) => page.html(mine_pages::show(page.shell(), status, door, Values::new())),
        Err(error) => page.again(error, form.values(), |values| mine_pages::show(page.shell(), status, door, values)),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    before: String,
}

async fn mine(page: Page, Query(asked): Query<Asked>) -> Answer {
    let (mine, next) = complaints::mine(page.ctx(), asked.before.parse().ok()).await?;
    page.html(mine_pages::list(page.shell(), mine, next))
}

async fn show_mine(page: Page, Path(id): Path<ComplaintId>) -> Answer {
    let status = complaints::status(page.ctx(), &Key::Mine(id)).await?;
    page.html(mine_pages::show(page.shell(), status, Door::Mine, Values::new()))
}

async fn say_mine(page: Page, Path(id): Path<ComplaintId>, form: FormData) -> Answer {
    let key = Key::Mine(id);
    match said(&page, &key, &form).await {
        Ok(()) => page.go_with(url::my_complaint(id), "said"),
        Err(error) => {
            let status = complaints::status(page.ctx(), &key).await?;
            page.again(error, form.values(), |values| mine_pages::show(page.shell(), status, Door::Mine, values))
        }
    }
}

async fn questions(page: Page, Query(asked): Query<Asked>) -> Answer {
    let (answers, next) = complaints::public(page.ctx(), asked.before.parse().ok()).await?;
    page.html(pages::questions(page.shell(), answers, next))
}
