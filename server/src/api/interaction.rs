//! Ratings, questions and complaints for programs: what a person says, ratings of other systems, the desk's list, figures and cards.

use axum::{
    Json,
    extract::{Path, Query},
};
use data_encoding::BASE32_NOPAD;
use ::interaction::complaints::{self, Filter, Key, Registration};
use ::interaction::ratings::{self, Given, Imported, Scale};
use ::interaction::cards;
use kernel::{Day, Instant, Issue, RegionCode};
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(rate, import, figures, register, status, list, issued))]
pub(super) struct Doc;

const CARE: Access = Access::Staff(&[Role::Dispatcher, Role::ComplaintHandler, Role::Head, Role::Supervisor]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/ratings/by-token/{token}", Access::Anyone, rate)
        .post("/api/v1/ratings/import", Access::Staff(&[Role::RatingHandler]), import)
        .get("/api/v1/ratings/figures", Access::Staff(&[Role::RatingHandler, Role::Head, Role::Supervisor]), figures)
        .post("/api/v1/complaints", Access::Anyone, register)
        .ask("/api/v1/complaints/status", Access::Anyone, status)
        .get("/api/v1/complaints", CARE, list)
        .get("/api/v1/interaction-cards", Access::Staff(&[Role::Supervisor, Role::Head]), issued)
}

/// A rating.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RateBody {
    /// 1 非常满意 … 5 非常不满意.
    #[schema(example = "2")]
    level: String,
    /// Codes of what was good or bad; at least one for levels 4 and 5.
    #[serde(default)]
    tags: Vec<String>,
    /// Words, at most 500 characters.
    #[serde(default)]
    words: String,
    /// Without a name.
    #[serde(default)]
    anonymous: bool,
    /// `web`, `mobile`, `tablet`, `hall`, `phone` or `sms`.
    #[serde(default)]
    channel: String,
}

/// That it was done.
#[derive(Debug, Serialize, ToSchema)]
struct DoneBody {
    /// Always true.
    done: bool,
}

/// Rates a finished matter by the token of its message or receipt.
#[utoipa::path(post, path = "/api/v1/ratings/by-token/{token}", tag = "interaction", params(("token" = String, Path)), request_body = RateBody,
    responses((status = 200, body = DoneBody)))]
async fn rate(caller: Caller, Path(token): Path<String>, Json(body): Json<RateBody>) -> ApiAnswer<DoneBody> {
    let given = Given { level: body.level, tags: body.tags, words: body.words, anonymous: body.anonymous, channel: body.channel };
    ratings::rate(caller.ctx(), &token, &given).await?;
    Ok(Json(DoneBody { done: true }))
}

/// Ratings of another system.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportBody {
    /// `five_best` where 5 is the best, `one_best` where 1 is.
    #[schema(example = "five_best")]
    scale: String,
    /// The ratings.
    ratings: Vec<ImportLine>,
}

/// One of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportLine {
    /// Number of the finished matter.
    number: String,
    /// The value on the system's scale.
    value: i64,
    /// When it was given.
    #[schema(value_type = String)]
    at: Instant,
    /// Codes of what was good or bad.
    #[serde(default)]
    tags: Vec<String>,
    /// Words.
    #[serde(default)]
    words: String,
    /// Without a name.
    #[serde(default)]
    anonymous: bool,
    /// By which way it came.
    #[serde(default)]
    channel: String,
}

/// How many were new.
#[derive(Debug, Serialize, ToSchema)]
struct ImportedBody {
    /// Ratings that were not there before.
    new: u64,
}

/// Takes ratings of another system in; those that are there already stay as they are.
#[utoipa::path(post, path = "/api/v1/ratings/import", tag = "interaction", request_body = ImportBody, responses((status = 200, body = ImportedBody)))]
async fn import(caller: Caller, Json(body): Json<ImportBody>) -> ApiAnswer<ImportedBody> {
    let scale: Scale = body.scale.parse()?;
    let lines: Vec<Imported> = body
        .ratings
        .into_iter()
        .map(|line| Imported {
            number: line.number,
            value: line.value,
            at: line.at,
            tags: line.tags,
            words: line.words,
            anonymous: line.anonymous,
            channel: line.channel,
        })
        .collect();
    Ok(Json(ImportedBody { new: ratings::import(caller.ctx(), scale, &lines).await? }))
}

/// Of which region, office and time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct FiguresQuery {
    /// Region with everything below it.
    region: String,
    /// Code of one office; all if empty.
    office: String,
    /// First day.
    from: String,
    /// Last day.
    to: String,
}

/// Indicators of ratings.
#[derive(Debug, Serialize, ToSchema)]
struct FiguresBody {
    /// Matters finished.
    finished: i64,
    /// Ratings that count.
    rated: i64,
    /// Ratings of each level, the best first.
    levels: [i64; 5],
    /// 满意度, for instance `99.5 %`.
    satisfaction: String,
    /// 主动评价率.
    active: String,
    /// 差评整改率.
    mended: String,
    /// 按期整改率.
    mended_in_time: String,
}

/// Indicators of the matters that were finished in a time.
#[utoipa::path(get, path = "/api/v1/ratings/figures", tag = "interaction", params(FiguresQuery), responses((status = 200, body = FiguresBody)))]
async fn figures(caller: Caller, Query(asked): Query<FiguresQuery>) -> ApiAnswer<FiguresBody> {
    let region: RegionCode = asked.region.parse().map_err(|_| wrong("region", "区划代码", "a region code"))?;
    let from: Day = asked.from.parse().map_err(|_| wrong("from", "起始日期", "the first day"))?;
    let to: Day = asked.to.parse().map_err(|_| wrong("to", "结束日期", "the last day"))?;
    let found = ratings::figures(caller.ctx(), region, &asked.office, from, to).await?;
    Ok(Json(FiguresBody {
        finished: found.finished,
        rated: found.rated,
        levels: found.levels,
        satisfaction: found.satisfaction().text(),
        active: found.active().text(),
        mended: found.mended().text(),
        mended_in_time: found.mended_in_time().text(),
    }))
}

fn wrong(field: &str, zh: &str, en: &str) -> Issue {
    Issue::error("C-E01", format!("请填写{zh}"), format!("Give {en}")).field(field)
}

/// A question or complaint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComplaintBody {
    /// `consult`, `suggest`, `help`, `complain`, `report`, `petition` or `disclosure`.
    #[schema(example = "consult")]
    kind: String,
    /// Id of the organisation that it is about.
    org: String,
    /// Name of the member of staff concerned.
    #[serde(default)]
    target: String,
    /// Basic code of the item.
    #[serde(default)]
    item: String,
    /// In a few words.
    title: String,
    /// What happened or is asked.
    words: String,
    /// Name of the person; reports may do without.
    #[serde(default)]
    name: String,
    /// Mobile number of the person.
    #[serde(default)]
    phone: String,
    /// May be published without personal data.
    #[serde(default)]
    may_publish: bool,
    /// A report without a name.
    #[serde(default)]
    anonymous: bool,
}

/// The receipt.
#[derive(Debug, Serialize, ToSchema)]
struct ReceiptBody {
    /// Receipt number.
    number: String,
    /// Query code: keep it.
    code: String,
    /// Accepted or refused by the end of this day.
    #[schema(value_type = String, format = Date)]
    accept_by: Day,
}

/// Registers a question or complaint; a program of the hotline does it for a caller.
#[utoipa::path(post, path = "/api/v1/complaints", tag = "interaction", request_body = ComplaintBody, responses((status = 200, body = ReceiptBody)))]
async fn register(caller: Caller, Json(body): Json<ComplaintBody>) -> ApiAnswer<ReceiptBody> {
    let input = Registration {
        kind: body.kind,
        org: body.org,
        target: body.target,
        item: body.item,
        title: body.title,
        words: body.words,
        name: body.name,
        phone: body.phone,
        may_publish: body.may_publish,
        anonymous: body.anonymous,
        request_key: BASE32_NOPAD.encode(&caller.ctx().random::<16>()),
    };
    let receipt = complaints::register(caller.ctx(), input).await?;
    Ok(Json(ReceiptBody { number: receipt.number, code: receipt.code, accept_by: receipt.accept_by }))
}

/// Receipt number and query code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatusAsk {
    /// Receipt number.
    number: String,
    /// Query code.
    code: String,
}

/// Where it stands.
#[derive(Debug, Serialize, ToSchema)]
struct StatusBody {
    /// Receipt number.
    number: String,
    /// Code of the state.
    state: &'static str,
    /// The state in Chinese.
    state_zh: String,
    /// The state in English.
    state_en: String,
    /// The office acts by the end of this day.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Day>,
    /// Reason and right channel, or what has to be explained.
    told: String,
    /// Replies, the oldest first.
    replies: Vec<ReplyBody>,
}

/// A reply.
#[derive(Debug, Serialize, ToSchema)]
struct ReplyBody {
    /// When.
    #[schema(value_type = String)]
    at: Instant,
    /// Findings and result.
    words: String,
    /// Item or law.
    basis: String,
}

/// Where a question or complaint stands, by receipt number and query code.
#[utoipa::path(post, path = "/api/v1/complaints/status", tag = "interaction", request_body = StatusAsk, responses((status = 200, body = StatusBody)))]
async fn status(caller: Caller, Json(body): Json<StatusAsk>) -> ApiAnswer<StatusBody> {
    let found = complaints::status(caller.ctx(), &Key::Code { number: body.number, code: body.code }).await?;
    let name = found.state.name();
    Ok(Json(StatusBody {
        number: found.number,
        state: found.state.code(),
        state_zh: name.zh.into_owned(),
        state_en: name.en.into_owned(),
        due: found.due,
        told: found.told,
        replies: found.replies.into_iter().map(|reply| ReplyBody { at: reply.at, words: reply.words, basis: reply.basis }).collect(),
    }))
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// The last line of the page before.
    before: String,
}

/// A line of the desk's list.
#[derive(Debug, Serialize, ToSchema)]
struct LineBody {
    /// Its id.
    id: String,
    /// Receipt number.
    number: String,
    /// Code of the kind.
    kind: &'static str,
    /// In a few words; absent for reports.
    title: Option<String>,
    /// Code of the state.
    state: &'static str,
    /// The end of the period that runs.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Day>,
    /// Under supervision.
    supervised: bool,
}

/// What the caller's desk has, his unit answers or he supervises, the newest first; 50 a page.
#[utoipa::path(get, path = "/api/v1/complaints", tag = "interaction", params(ListQuery), responses((status = 200, body = Vec<LineBody>)))]
async fn list(caller: Caller, Query(asked): Query<ListQuery>) -> ApiAnswer<Vec<LineBody>> {
    let filter = Filter { before: asked.before.parse().ok(), ..Filter::default() };
    let page = complaints::list(caller.ctx(), &filter).await?;
    let lines = page.lines.into_iter().map(|line| LineBody {
        id: line.id.to_string(),
        number: line.number,
        kind: line.kind.code(),
        title: line.title,
        state: line.state.code(),
        due: line.due,
        supervised: line.supervised,
    });
    Ok(Json(lines.collect()))
}

/// A card.
#[derive(Debug, Serialize, ToSchema)]
struct CardBody {
    /// Its id.
    id: String,
    /// Number of the thing, as people know it.
    number: String,
    /// `yellow`, `red` or `alarm`.
    colour: &'static str,
    /// Number of the supervision rule.
    rule: String,
    /// What was missed, in Chinese.
    what_zh: String,
    /// What was missed, in English.
    what_en: String,
    /// The day that was missed.
    #[schema(value_type = String, format = Date)]
    due: Day,
    /// Region.
    region: String,
}

/// Cards for what is overdue in the caller's regions, the newest first; 50 a page.
#[utoipa::path(get, path = "/api/v1/interaction-cards", tag = "interaction", params(ListQuery), responses((status = 200, body = Vec<CardBody>)))]
async fn issued(caller: Caller, Query(asked): Query<ListQuery>) -> ApiAnswer<Vec<CardBody>> {
    let (found, _) = cards::issued(caller.ctx(), None, asked.before.parse().ok()).await?;
    let bodies = found.into_iter().map(|card| {
        let what = card.what();
        CardBody {
            id: card.id.to_string(),
            colour: card.colour.code(),
            number: card.number,
            rule: card.rule,
            what_zh: what.zh.into_owned(),
            what_en: what.en.into_owned(),
            due: card.due,
            region: card.region.as_str().to_owned(),
        }
    });
    Ok(Json(bodies.collect()))
}
