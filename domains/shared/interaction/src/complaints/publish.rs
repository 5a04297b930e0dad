//! Questions and answers for everybody, with consent and without personal data (P4-10).

use kernel::{Instant, Issues, Text, text};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::ComplaintId;
use super::act::opened;
use super::states::State;
use crate::issues;
use crate::screen::{screen, surname};
use crate::store::complaints::{self, Row};
use crate::store::{public_answers, replies};

/// Lines on a page.
const PAGE: i64 = 20;

/// A text that is about to be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicText {
    /// In a few words.
    pub title: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// What is known of a complaint for its publication.
async fn ready(ctx: &Ctx, id: ComplaintId) -> Result<(Row, PublicText, Vec<String>)> {
    let row = complaints::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::Dispatcher], &Scope::region(row.desk_region)).await?;
    if !row.may_publish || !row.kind.is_publishable() {
        return Err(issues::no_consent().into());
    }
    if !matches!(row.state, State::Replied | State::Closed) {
        let name = row.state.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    let last = replies::of(ctx.db(), id).await?.pop().ok_or(Error::NotFound)?;
    let answer = ctx.keys().open_text("complaint_reply", "words", &last.id.to_vec(), &last.words).map_err(Error::internal)?;
    let raw = PublicText { title: opened(ctx, id, "title", &row.title)?, question: opened(ctx, id, "words", &row.words)?, answer: format!("{answer}\n{}", last.basis) };
    let mut names = vec![row.name.as_deref().map(|name| opened(ctx, id, "name", name)).transpose()?.unwrap_or_default()];
    for staff in [row.target(), row.handler()].into_iter().flatten() {
        names.extend(identity::colleagues::colleague(ctx, staff).await?.map(|one| one.name));
    }
    Ok((row, raw, names))
}

fn screened(text: &PublicText, names: &[String]) -> PublicText {
    PublicText { title: screen(&text.title, names), question: screen(&text.question, names), answer: screen(&text.answer, names) }
}

/// The screened text, to be read and shortened by a person before it is published.
///
/// # Errors
/// E-P410 without consent.
pub async fn draft(ctx: &Ctx, id: ComplaintId) -> Result<PublicText> {
    let (_, raw, names) = ready(ctx, id).await?;
    Ok(screened(&raw, &names))
}

/// Publishes the text as edited; it is screened once more.
///
/// # Errors
/// Those of [`draft`], and what is missing.
pub async fn publish(ctx: &Ctx, id: ComplaintId, edited: &PublicText) -> Result<()> {
    let (row, _, names) = ready(ctx, id).await?;
    let shown = screened(edited, &names);
    let mut found = Issues::default();
    for (field, value) in [("title", &shown.title), ("question", &shown.question), ("answer", &shown.answer)] {
        found.ensure(!text::line(value).is_empty(), || issues::missing(field, "公布的内容", "what is published"));
    }
    found.finish()?;
    let phone = row.phone.as_deref().map(|phone| opened(ctx, id, "phone", phone)).transpose()?.unwrap_or_default();
    let new = public_answers::NewAnswer {
        id: ctx.id(),
        complaint: id,
        region: row.region,
        kind: row.kind,
        asker: surname(names.first().map_or("", String::as_str)),
        phone: kernel::mask::phone(&phone),
        title: shown.title,
        question: shown.question,
        answer: shown.answer,
    };
    let event = audit::Event::new("complaint.publish", "complaint", id).region(&row.region).person(row.person());
    ctx.db()
        .write(|tx| {
            let (ctx, new, event) = (ctx.clone(), new.clone(), event.clone());
            async move {
                public_answers::put(&tx, &new, ctx.now()).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// A published question with its answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Its key in the list.
    pub id: kernel::Id<Answered>,
    /// What it is.
    pub kind: Text,
    /// Who asked, masked: `张**`.
    pub asker: String,
    /// Number of the asker, masked: `139****0000`.
    pub phone: String,
    /// In a few words.
    pub title: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// When it was published.
    pub published_at: Instant,
}

/// What is published, the newest first, and the key of the next page.
pub async fn public(ctx: &Ctx, before: Option<kernel::Id<Answered>>) -> Result<(Vec<Answered>, Option<kernel::Id<Answered>>)> {
    let mut rows = public_answers::list(ctx.db(), before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    Ok((rows, next))
}
