//! How far a matter is, for somebody without an account.

use casework::ops::{self, Proof};
use site::pages::matters::progress as pages;
use ui::Values;

use crate::http::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new().get("/progress", Access::Anyone, ask).post("/progress", Access::Anyone, find)
}

async fn ask(page: Page) -> Answer {
    page.html(pages::page(page.shell(), None, String::new(), Values::new()))
}

/// The answer is the page itself: number and proof stand in no address.
async fn find(page: Page, sent: FormData) -> Answer {
    match ops::find(page.ctx(), sent.get("case_no"), &Proof::read(sent.get("proof"))).await {
        Ok(found) => page.html(pages::page(page.shell(), Some(found), ui::moment(page.lang(), page.ctx().now()), sent.values().clone())),
        Err(error) => page.again(error, sent.values(), |values| pages::page(page.shell(), None, String::new(), values)),
    }
}
