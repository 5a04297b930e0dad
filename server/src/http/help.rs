//! The help: questions by topic, one a page, and those that stand beside the steps of forms.

use axum::extract::Path;
use catalog::model::FormStep;
use catalog::ops;
use platform::{Error, Result};
use site::pages::help;
use ui::{Shell, url};

use super::{Access, Answer, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new().get("/help", Access::Anyone, list).get("/help/{basic}/{key}", Access::Anyone, show)
}

async fn list(page: Page) -> Answer {
    let topics = ops::topics(page.ctx()).await?;
    page.html(help::list(page.shell(), &topics))
}

async fn show(page: Page, Path((basic, key)): Path<(String, String)>) -> Answer {
    let topic = ops::topic(page.ctx(), &basic).await?;
    let faq = topic.question(&key).ok_or(Error::NotFound)?;
    page.html(help::question(page.shell(), &topic, faq))
}

/// The frame of a page that is a step of a form, with the questions that belong there.
///
/// # Errors
/// Only those of the database.
pub(super) async fn beside(page: &Page, code: &str, steps: &[FormStep]) -> Result<Shell> {
    let topic = ops::beside(page.ctx(), code, steps).await?;
    let questions = topic.iter().flat_map(|topic| topic.questions.iter().map(|faq| help::beside(&topic.item.basic_code, faq)));
    Ok(page.shell().helped(questions.collect()))
}

/// Addresses of all questions, for search engines.
///
/// # Errors
/// Only those of the database.
pub(super) async fn addresses(ctx: &platform::Ctx) -> Result<Vec<String>> {
    let topics = ops::topics(ctx).await?;
    let of = |topic: &ops::Topic| topic.questions.iter().map(|faq| url::question(&topic.item.basic_code, &faq.key)).collect::<Vec<_>>();
    Ok([url::help()].into_iter().chain(topics.iter().flat_map(of)).collect())
}
