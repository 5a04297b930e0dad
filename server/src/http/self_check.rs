//! The self-check: open to everybody, asked by POST so that no date of birth stands in an address, and nothing is kept of it.

use std::collections::BTreeMap;

use axum::extract::Query;
use marriage::self_check::{self, Service};
use marriage_pages::self_check as pages;
use platform::{Error, Result};
use ui::Values;

use super::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new().get("/self-check", Access::Anyone, form).post("/self-check", Access::Anyone, ask)
}

async fn questions(page: &Page, service: Service, values: Values) -> Result<String> {
    let offices = self_check::offices(page.ctx(), service).await?;
    Ok(pages::form(page.shell(), service, &offices, values))
}

async fn form(page: Page, Query(asked): Query<BTreeMap<String, String>>) -> Answer {
    let values = Values::from_pairs(asked);
    match Service::from_code(values.get("service")) {
        Some(service) => page.html(questions(&page, service, values).await?),
        None => page.html(pages::services(page.shell())),
    }
}

async fn ask(page: Page, form: FormData) -> Answer {
    let service = Service::from_code(form.get("service")).ok_or(Error::NotFound)?;
    match self_check::check(page.ctx(), &pages::read(form.values())).await {
        Ok(checked) => page.html(pages::answer(page.shell(), &checked)),
        Err(error) => {
            // The form of the service again, with what was answered and what is missing at its fields.
            let values = match &error {
                Error::Refused(refusal) => form.values().clone().with_issues(refusal.0.clone()),
                _ => form.values().clone(),
            };
            let html = questions(&page, service, values).await?;
            page.again(error, form.values(), |_| html)
        }
    }
}
