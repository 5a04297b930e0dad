//! One's own notices and their preferences, for programs that act for a person.

use axum::Json;
use axum::extract::{Path, Query};
use kernel::{Instant, Text};
use notices::ops::{self, Preferences, Search, Summary, TopicChoice};
use notices::{Channel, Delivered, Failure, NoticeId, State, Topic};
use platform::Error;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(list, show, read, read_all, preferences, choose))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/notices", Access::SignedIn, list)
        .post("/api/v1/notices/read", Access::SignedIn, read_all)
        .get("/api/v1/notices/{id}", Access::SignedIn, show)
        .post("/api/v1/notices/{id}/read", Access::SignedIn, read)
        .get("/api/v1/notices/preferences", Access::SignedIn, preferences)
        .put("/api/v1/notices/preferences", Access::SignedIn, choose)
}

/// Which notices.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Only of this topic.
    topic: Option<String>,
    /// Only what has not been read.
    unread: bool,
    /// Those before this one: `next` of the page before.
    before: Option<String>,
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeText {
    /// Chinese.
    zh: String,
    /// English.
    en: String,
}

impl From<Text> for NoticeText {
    fn from(text: Text) -> Self {
        Self { zh: text.zh.into_owned(), en: text.en.into_owned() }
    }
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeBody {
    /// Id.
    #[schema(value_type = String)]
    id: NoticeId,
    /// Topic.
    topic: &'static str,
    /// One line.
    title: NoticeText,
    /// The full text.
    body: NoticeText,
    /// Path of the page it is about.
    link: Option<String>,
    /// Whether it could not wait.
    urgent: bool,
    /// When it was told.
    #[schema(value_type = String)]
    told_at: Instant,
    /// Whether it has been read.
    read: bool,
}

impl From<Summary> for NoticeBody {
    fn from(notice: Summary) -> Self {
        Self {
            id: notice.id,
            topic: notice.topic.code(),
            title: notice.words.title.into(),
            body: notice.words.body.into(),
            link: notice.link,
            urgent: notice.urgent,
            told_at: notice.told_at,
            read: notice.read,
        }
    }
}

/// A page of notices.
#[derive(Debug, Serialize, ToSchema)]
struct NoticesBody {
    /// Newest first.
    notices: Vec<NoticeBody>,
    /// Where the next page goes on, if there is one.
    #[schema(value_type = Option<String>)]
    next: Option<NoticeId>,
    /// How many are unread, counted up to 100.
    unread: i64,
}

/// One's own notices, newest first.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices", params(Asked), responses((status = 200, body = NoticesBody)))]
async fn list(caller: Caller, Query(asked): Query<Asked>) -> ApiAnswer<NoticesBody> {
    let topic = asked.topic.as_deref().map(|code| Topic::from_code(code).ok_or(Error::NotFound)).transpose()?;
    let before = asked.before.as_deref().map(|id| id.parse().map_err(|_| Error::NotFound)).transpose()?;
    let found = ops::list(caller.ctx(), Search { topic, unread: asked.unread, before }).await?;
    Ok(Json(NoticesBody { notices: found.notices.into_iter().map(NoticeBody::from).collect(), next: found.next, unread: found.unread }))
}

/// How one channel of a notice stands.
#[derive(Debug, Serialize, ToSchema)]
struct DeliveryBody {
    /// `sms` or `mail`.
    channel: &'static str,
    /// Number or address, masked.
    address: Option<String>,
    /// `waiting`, `sent`, `failed`, `unwanted`, `nowhere`.
    state: &'static str,
    /// Of what waits: not before; else when it ended.
    #[schema(value_type = Option<String>)]
    at: Option<Instant>,
    /// Why it failed: `refused` or `unreachable`.
    #[schema(value_type = Option<String>)]
    failure: Option<Failure>,
}

impl From<Delivered> for DeliveryBody {
    fn from(delivery: Delivered) -> Self {
        let (state, at, failure) = match delivery.state {
            State::Waiting(due) => ("waiting", Some(due), None),
            State::Sent(when) => ("sent", Some(when), None),
            State::Failed(when, why) => ("failed", Some(when), Some(why)),
            State::Unwanted => ("unwanted", None, None),
            State::Nowhere => ("nowhere", None, None),
        };
        Self { channel: delivery.channel.code(), address: delivery.address, state, at, failure }
    }
}

/// A notice with how it went out.
#[derive(Debug, Serialize, ToSchema)]
struct OpenedBody {
    /// The notice.
    notice: NoticeBody,
    /// Its channels beside the page; none for staff.
    deliveries: Vec<DeliveryBody>,
}

/// One of one's own notices. Reading it here does not mark it.
#[utoipa::path(get, path = "/api/v1/notices/{id}", tag = "notices", params(("id" = String, Path)), responses((status = 200, body = OpenedBody)))]
async fn show(caller: Caller, Path(id): Path<NoticeId>) -> ApiAnswer<OpenedBody> {
    let opened = ops::open(caller.ctx(), id).await?;
    Ok(Json(OpenedBody { notice: opened.notice.into(), deliveries: opened.deliveries.into_iter().map(DeliveryBody::from).collect() }))
}

/// How many have become read.
#[derive(Debug, Serialize, ToSchema)]
struct ReadBody {
    /// How many are still unread, counted up to 100.
    unread: i64,
}

/// Marks one of one's own notices as read.
#[utoipa::path(post, path = "/api/v1/notices/{id}/read", tag = "notices", params(("id" = String, Path)), responses((status = 200, body = ReadBody)))]
async fn read(caller: Caller, Path(id): Path<NoticeId>) -> ApiAnswer<ReadBody> {
    ops::mark_read(caller.ctx(), id).await?;
    unread(&caller).await
}

/// Marks all of one's own notices as read.
#[utoipa::path(post, path = "/api/v1/notices/read", tag = "notices", responses((status = 200, body = ReadBody)))]
async fn read_all(caller: Caller) -> ApiAnswer<ReadBody> {
    ops::mark_all_read(caller.ctx()).await?;
    unread(&caller).await
}

async fn unread(caller: &Caller) -> ApiAnswer<ReadBody> {
    Ok(Json(ReadBody { unread: ops::unread(caller.ctx()).await? }))
}

/// What one wants to be told by which way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreferencesBody {
    /// Topics; in a request, those that are absent stay as they are.
    topics: Vec<ChoiceBody>,
    /// Whether what can wait waits for the morning.
    quiet: bool,
}

/// What holds for one topic.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChoiceBody {
    /// The topic.
    #[schema(value_type = String, example = "booking")]
    topic: Topic,
    /// Short messages.
    sms: bool,
    /// Mails.
    mail: bool,
}

/// What the citizen who asks wants to be told by which way.
#[utoipa::path(get, path = "/api/v1/notices/preferences", tag = "notices", responses((status = 200, body = PreferencesBody)))]
async fn preferences(caller: Caller) -> ApiAnswer<PreferencesBody> {
    let Preferences { topics, quiet } = ops::preferences(caller.ctx()).await?;
    let topics = topics.into_iter().map(|choice| ChoiceBody { topic: choice.topic, sms: choice.by(Channel::Sms), mail: choice.by(Channel::Mail) });
    Ok(Json(PreferencesBody { topics: topics.collect(), quiet }))
}

/// Chooses. A topic that is required by law cannot be switched off (`E-N02`).
#[utoipa::path(put, path = "/api/v1/notices/preferences", tag = "notices", request_body = PreferencesBody, responses((status = 200, body = PreferencesBody)))]
async fn choose(caller: Caller, Json(body): Json<PreferencesBody>) -> ApiAnswer<PreferencesBody> {
    let topics = body.topics.into_iter().map(|choice| TopicChoice { topic: choice.topic, sms: choice.sms, mail: choice.mail }).collect();
    ops::choose(caller.ctx(), Preferences { topics, quiet: body.quiet }).await?;
    preferences(caller).await
}
