//! The hall for the public: how busy it is, one's ticket, and the machines that stand in it.

use axum::extract::Path;
use hall::ops::take::{For, Take, at_kiosk, proof};
use hall::ops::{miss, read};
use platform::Error;
use site::pages::hall::{self as pages, At};
use site::pages::hall_device as device;
use ui::{Shell, Values, ViewMode, url};

use super::{Access, Answer, FormData, Page, Routes};

/// The pages. Kiosk and screen need no sign-in: their addresses hold the hall's key.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/halls/{code}", Access::Anyone, load)
        .get("/t/{token}", Access::Anyone, ticket)
        .post("/t/{token}/requeue", Access::Anyone, requeue)
        .get("/kiosk/{key}", Access::Anyone, kiosk)
        .get("/kiosk/{key}/booked", Access::Anyone, ask_booked)
        .post("/kiosk/{key}/booked", Access::Anyone, take_booked)
        .get("/kiosk/{key}/walk-in", Access::Anyone, ask_walk_in)
        .post("/kiosk/{key}/walk-in", Access::Anyone, take_walk_in)
        .get("/kiosk/{key}/tickets/{token}", Access::Anyone, kiosk_ticket)
        .get("/screen/{key}", Access::Anyone, screen)
}

async fn load(page: Page, Path(code): Path<String>) -> Answer {
    let (office, board) = read::public(page.ctx(), &code).await?;
    page.html(pages::load(page.shell(), office, board))
}

/// The full address of a ticket, for its QR code.
pub(super) fn address(page: &Page, token: &str) -> String {
    format!("{}{}", page.ctx().settings().public_origin, url::ticket(token))
}

async fn ticket(page: Page, Path(token): Path<String>) -> Answer {
    let status = read::status(page.ctx(), &token).await?;
    page.html(pages::ticket(page.shell(), status, address(&page, &token), At::Phone))
}

async fn requeue(page: Page, Path(token): Path<String>, _form: FormData) -> Answer {
    miss::requeue(page.ctx(), &token).await?;
    page.go_with(url::ticket(token), "hall-requeued")
}

/// The kiosk is large for everybody.
fn large(page: &Page) -> Shell {
    Shell { mode: ViewMode::Large, ..page.shell().clone() }
}

/// A key that names one rendering of a form.
pub(super) fn form_key(page: &Page) -> String {
    page.ctx().id::<Take>().to_string()
}

async fn kiosk(page: Page, Path(key): Path<String>) -> Answer {
    let (office, _) = read::by_key(page.ctx(), &key).await?;
    page.html(device::kiosk(&large(&page), office, key))
}

async fn ask_booked(page: Page, Path(key): Path<String>) -> Answer {
    read::by_key(page.ctx(), &key).await?;
    page.html(device::kiosk_booked(&large(&page), key, Values::new()))
}

async fn take_booked(page: Page, Path(key): Path<String>, form: FormData) -> Answer {
    let what = For::Booking(proof(page.ctx(), form.get("number"), form.get("last4"), false));
    let take = Take { what, ground: String::new(), name: String::new(), request_key: form_key(&page) };
    match at_kiosk(page.ctx(), &key, take).await {
        Ok(ticket) => page.go(url::kiosk_ticket(&key, &ticket.token)),
        Err(error) => page.again(error, form.values(), |values| device::kiosk_booked(&large(&page), key, values)),
    }
}

async fn walk_in_page(page: &Page, key: String, values: Values) -> Result<String, Error> {
    let (_, board) = read::by_key(page.ctx(), &key).await?;
    Ok(device::kiosk_walk_in(&large(page), key, board, form_key(page), values))
}

async fn ask_walk_in(page: Page, Path(key): Path<String>) -> Answer {
    page.html(walk_in_page(&page, key, Values::new()).await?)
}

async fn take_walk_in(page: Page, Path(key): Path<String>, form: FormData) -> Answer {
    let take = Take {
        // a button that is none is answered like a group that gives out no tickets
        what: For::WalkIn(form.get("group").parse().unwrap_or_else(|_| page.ctx().id())),
        ground: form.get("ground").to_owned(),
        name: String::new(),
        request_key: form.get("request_key").to_owned(),
    };
    match at_kiosk(page.ctx(), &key, take).await {
        Ok(ticket) => page.go(url::kiosk_ticket(&key, &ticket.token)),
        Err(error) => {
            let html = walk_in_page(&page, key, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| html)
        }
    }
}

async fn kiosk_ticket(page: Page, Path((key, token)): Path<(String, String)>) -> Answer {
    let (office, _) = read::by_key(page.ctx(), &key).await?;
    let status = read::status(page.ctx(), &token).await?;
    if status.office.id != office.id {
        return Err(Error::NotFound.into());
    }
    page.html(pages::ticket(&large(&page), status, address(&page, &token), At::Kiosk(key)))
}

async fn screen(page: Page, Path(key): Path<String>) -> Answer {
    let (office, board) = read::by_key(page.ctx(), &key).await?;
    page.html(device::screen(page.shell(), office, board))
}
