//! Questions to the registers about one person (联网核对).

use axum::extract::{Path, Query};
use marriage::questions::{self, ASKERS, Asking, QuestionId};
use marriage_pages::network as pages;
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const ASKS: Access = Access::Staff(&ASKERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/network-check", ASKS, list)
        .post("/desk/network-check", ASKS, ask)
        .get("/desk/network-check/{id}", ASKS, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Before {
    before: String,
}

async fn list(page: Page, Query(at): Query<Before>) -> Answer {
    let (mine, more) = questions::mine(page.ctx(), at.before.parse().ok()).await?;
    page.html(pages::list(page.shell(), mine, more, Values::new()))
}

async fn ask(page: Page, form: FormData) -> Answer {
    let get = |name: &str| form.get(name).to_owned();
    let asking = Asking { id_no: get("id_no"), purpose: get("purpose"), case_no: get("case_no") };
    match questions::ask(page.ctx(), &page.app().ports, &asking).await {
        Ok(id) => page.go(url::network_question(id)),
        Err(error) => {
            let (mine, more) = questions::mine(page.ctx(), None).await?;
            page.again(error, form.values(), |values| pages::list(page.shell(), mine, more, values))
        }
    }
}

async fn show(page: Page, Path(id): Path<QuestionId>) -> Answer {
    let answered = questions::question(page.ctx(), id).await?;
    page.html(pages::page(page.shell(), answered))
}
