//! One's own matters, letters of authority, and the progress of a case by its number, for programs.

use axum::{
    Json,
    extract::{Path, Query},
};
use casework::ops::{self, Act, CaseView, Found, GiveLetter, Proof};
use casework::{Answers, ApplicantKind, CaseId, Letter, LetterId, MaterialState, Outcome, Owner, StoredCorrection, form};
use kernel::{Day, Instant, Lang};
use platform::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::apply::{AttachBody, FileBody, take};
use super::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, base64, told};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(drafts, mine, show, attach, act, letters, give, revoke, progress))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/me/drafts", Access::Citizen, drafts)
        .get("/api/v1/me/matters", Access::Citizen, mine)
        .get("/api/v1/me/matters/{id}", Access::Citizen, show)
        .upload("/api/v1/me/matters/{id}/papers", Access::Citizen, attach)
        .post("/api/v1/me/matters/{id}/act", Access::Citizen, act)
        .get("/api/v1/me/letters", Access::Citizen, letters)
        .upload("/api/v1/me/letters", Access::Citizen, give)
        .post("/api/v1/me/letters/{id}/revoke", Access::Citizen, revoke)
        .ask("/api/v1/progress", Access::Anyone, progress)
}

/// Something begun.
#[derive(Debug, Serialize, ToSchema)]
struct DraftLine {
    /// Implementation code of the item.
    item: String,
    /// When it was last saved.
    #[schema(value_type = String)]
    saved_at: Instant,
}

/// What the citizen has begun, the newest first.
#[utoipa::path(get, path = "/api/v1/me/drafts", tag = "matters", responses((status = 200, body = Vec<DraftLine>)))]
async fn drafts(caller: Caller) -> ApiAnswer<Vec<DraftLine>> {
    let drafts = ops::drafts(caller.ctx()).await?;
    Ok(Json(drafts.into_iter().map(|draft| DraftLine { item: draft.impl_code, saved_at: draft.updated_at }).collect()))
}

/// Where the page before ended.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct MattersParams {
    /// `next` of the page before.
    #[param(required = false)]
    before: String,
}

/// A page of one's matters.
#[derive(Debug, Serialize, ToSchema)]
struct MattersBody {
    /// The newest first, 20 a page.
    matters: Vec<MatterLine>,
    /// What to give as `before` for the next page.
    next: Option<String>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
struct MatterLine {
    /// Id.
    id: String,
    /// Case number.
    case_no: String,
    /// The matter in Chinese.
    name_zh: String,
    /// The state in Chinese.
    state_name: String,
    /// The phase of the common life-cycle.
    phase: &'static str,
    /// Last day of the promise.
    #[schema(value_type = Option<String>)]
    promise_due: Option<Day>,
    /// When it was submitted.
    #[schema(value_type = String)]
    opened_at: Instant,
    /// Whether it is somebody else's, for whom the citizen acts.
    as_agent: bool,
}

/// The citizen's own cases and those in which he acts for somebody.
#[utoipa::path(get, path = "/api/v1/me/matters", tag = "matters", params(MattersParams), responses((status = 200, body = MattersBody)))]
async fn mine(caller: Caller, Query(asked): Query<MattersParams>) -> ApiAnswer<MattersBody> {
    let before = asked.before.split_once('.').and_then(|(at, id)| Some((Instant::from_micros(at.parse().ok()?), id.parse().ok()?)));
    let page = ops::mine(caller.ctx(), before).await?;
    let matters = page.lines.into_iter().map(|line| MatterLine {
        id: line.id.to_string(),
        case_no: line.case_no,
        name_zh: line.item.zh.into_owned(),
        state_name: line.state.zh.into_owned(),
        phase: line.phase.code(),
        promise_due: line.promise_due,
        opened_at: line.opened_at,
        as_agent: line.as_agent,
    });
    Ok(Json(MattersBody { matters: matters.collect(), next: page.next.map(|(at, id)| format!("{}.{id}", at.micros())) }))
}

/// A matter of one's own.
#[derive(Debug, Serialize, ToSchema)]
struct MatterBody {
    /// Id.
    id: String,
    /// Case number.
    case_no: String,
    /// The matter in Chinese.
    name_zh: String,
    /// The state.
    state: String,
    /// The state in Chinese.
    state_name: String,
    /// The phase of the common life-cycle.
    phase: &'static str,
    /// `granted` or `refused`, once decided.
    outcome: Option<&'static str>,
    /// The running periods in words.
    periods: Vec<PeriodBody>,
    /// Answers, amounts in yuan.
    answers: Answers,
    /// Papers.
    papers: Vec<FileBody>,
    /// What had to be mended.
    corrections: Vec<CorrectionBody>,
    /// What the applicant may do.
    acts: Vec<String>,
    /// What happened.
    history: Vec<HistoryLine>,
}

/// A period that runs.
#[derive(Debug, Serialize, ToSchema)]
struct PeriodBody {
    /// Its name in Chinese.
    name: String,
    /// The end and how it is counted.
    words: String,
}

/// A list of what was to be mended.
#[derive(Debug, Serialize, ToSchema)]
struct CorrectionBody {
    /// Last day.
    #[schema(value_type = String)]
    due: Day,
    /// Whether it is done with.
    closed: bool,
    /// What, item by item.
    items: Vec<CorrectionLine>,
}

/// One thing to be mended.
#[derive(Debug, Serialize, ToSchema)]
struct CorrectionLine {
    /// Key of the material or field.
    key: String,
    /// What is wrong.
    wrong: String,
    /// How to mend it.
    mend: String,
    /// Whether it was supplied.
    supplied: bool,
}

impl From<&StoredCorrection> for CorrectionBody {
    fn from(list: &StoredCorrection) -> Self {
        let line = |item: &casework::CorrectionItem| CorrectionLine {
            key: item.key.clone(),
            wrong: item.wrong.clone(),
            mend: item.mend.clone(),
            supplied: item.supplied_at.is_some(),
        };
        Self { due: list.due, closed: list.closed_at.is_some(), items: list.items.iter().map(line).collect() }
    }
}

/// A line of the history.
#[derive(Debug, Serialize, ToSchema)]
struct HistoryLine {
    /// When.
    #[schema(value_type = String)]
    at: Instant,
    /// What, in Chinese.
    what: String,
    /// The state after it, in Chinese.
    state_name: String,
}

fn matter(ctx: &Ctx, view: &CaseView) -> Result<MatterBody> {
    let case_type = &casework::matters::matter(ctx, &view.head.case_type)?.case_type;
    let papers = view.materials.iter().filter(|paper| paper.state != MaterialState::Replaced);
    Ok(MatterBody {
        id: view.head.id.to_string(),
        case_no: view.head.case_no.clone(),
        name_zh: view.item.zh.clone().into_owned(),
        state: view.state.code.clone(),
        state_name: view.state_name.zh.clone().into_owned(),
        phase: view.phase.code(),
        outcome: view.state.outcome.map(Outcome::code),
        periods: view.explain(Lang::Zh).into_iter().map(|(name, words)| PeriodBody { name, words }).collect(),
        answers: form::as_typed(case_type, &view.answers),
        papers: papers.map(FileBody::from).collect(),
        corrections: view.corrections.iter().map(CorrectionBody::from).collect(),
        acts: view.actions.iter().map(|action| action.mv.verb.clone()).collect(),
        history: view.log.iter().map(|line| HistoryLine { at: line.at, what: line.name.zh.clone().into_owned(), state_name: line.state.zh.clone().into_owned() }).collect(),
    })
}

async fn load(ctx: &Ctx, id: CaseId) -> Result<Versioned<MatterBody>> {
    let view = ops::my_case(ctx, id).await?;
    Ok(Versioned { version: view.head.version, body: matter(ctx, &view)? })
}

/// One matter.
#[utoipa::path(get, path = "/api/v1/me/matters/{id}", tag = "matters", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = MatterBody)))]
async fn show(caller: Caller, Path(id): Path<CaseId>) -> ApiVersioned<MatterBody> {
    Ok(load(caller.ctx(), id).await?)
}

/// Sends a paper for a matter that waits for it.
#[utoipa::path(post, path = "/api/v1/me/matters/{id}/papers", tag = "matters", request_body = AttachBody,
    params(("id" = String, Path, description = "Id")), responses((status = 200, body = MatterBody)))]
async fn attach(caller: Caller, Path(id): Path<CaseId>, Json(asked): Json<AttachBody>) -> ApiVersioned<MatterBody> {
    take(caller.ctx(), Owner::Case(id), asked).await?;
    Ok(load(caller.ctx(), id).await?)
}

/// What the applicant does.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ActBody {
    /// One of `acts`, for example `withdraw`.
    #[schema(example = "withdraw")]
    verb: String,
    /// Why.
    #[serde(default)]
    reason: String,
    /// All answers as mended, where the matter came back to the applicant; amounts in yuan.
    #[serde(default)]
    answers: Option<Answers>,
}

/// Withdraws a matter, or sends it back mended.
#[utoipa::path(post, path = "/api/v1/me/matters/{id}/act", tag = "matters", request_body = ActBody,
    params(("id" = String, Path, description = "Id"), IfMatch), responses((status = 200, body = MatterBody)))]
async fn act(caller: Caller, Path(id): Path<CaseId>, seen: IfMatch, Json(asked): Json<ActBody>) -> ApiVersioned<MatterBody> {
    let ctx = caller.ctx();
    let act = Act { reason: asked.reason, answers: asked.answers, ..Act::new(asked.verb, seen.0) };
    match ops::act(ctx, id, act).await {
        Ok(_) => Ok(load(ctx, id).await?),
        Err(error) => Err(told(error, seen.0, load(ctx, id)).await),
    }
}

/// A letter of authority.
#[derive(Debug, Serialize, ToSchema)]
struct LetterBody {
    /// Id.
    id: String,
    /// Name of the principal.
    principal: String,
    /// `person` or `organisation`.
    principal_kind: &'static str,
    /// Basic codes of the items; empty means all.
    items: Vec<String>,
    /// First day.
    #[schema(value_type = String)]
    from: Day,
    /// Last day.
    #[schema(value_type = String)]
    until: Day,
    /// Whether it was revoked.
    revoked: bool,
    /// Whether the citizen acts under it; otherwise somebody acts for him.
    mine: bool,
}

fn letter(letter: Letter, mine: bool) -> LetterBody {
    LetterBody {
        id: letter.id.to_string(),
        principal: letter.principal_name,
        principal_kind: letter.principal_kind.code(),
        items: letter.items,
        from: letter.from,
        until: letter.until,
        revoked: letter.revoked,
        mine,
    }
}

async fn all(ctx: &Ctx) -> Result<Vec<LetterBody>> {
    let mine = ops::letters(ctx).await?.into_iter().map(|one| letter(one, true));
    Ok(mine.chain(ops::letters_given(ctx).await?.into_iter().map(|one| letter(one, false))).collect())
}

/// Letters by which the citizen acts, and those by which others act for him.
#[utoipa::path(get, path = "/api/v1/me/letters", tag = "matters", responses((status = 200, body = Vec<LetterBody>)))]
async fn letters(caller: Caller) -> ApiAnswer<Vec<LetterBody>> {
    Ok(Json(all(caller.ctx()).await?))
}

/// A letter to be handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GiveBody {
    /// `person` or `organisation`.
    #[schema(example = "person")]
    principal_kind: String,
    /// Name of the principal.
    principal: String,
    /// Number of his resident identity card, or credit code.
    #[schema(example = "990101200001130017")]
    number: String,
    /// Basic codes of the items; empty means all.
    #[serde(default)]
    items: Vec<String>,
    /// First day.
    #[schema(value_type = String, example = "2026-05-20")]
    from: Day,
    /// Last day.
    #[schema(value_type = String, example = "2026-05-27")]
    until: Day,
    /// The signed letter in Base64: JPEG, PNG or PDF.
    file: String,
}

/// Hands in the signed letter of a principal.
#[utoipa::path(post, path = "/api/v1/me/letters", tag = "matters", request_body = GiveBody, responses((status = 200, body = Vec<LetterBody>)))]
async fn give(caller: Caller, Json(asked): Json<GiveBody>) -> ApiAnswer<Vec<LetterBody>> {
    let input = GiveLetter {
        principal_kind: ApplicantKind::from_code(&asked.principal_kind).ok_or(Error::NotFound)?,
        principal_name: asked.principal,
        principal_number: asked.number,
        items: asked.items,
        from: asked.from,
        until: asked.until,
        file: base64("file", &asked.file)?,
    };
    ops::give_letter(caller.ctx(), input).await?;
    Ok(Json(all(caller.ctx()).await?))
}

/// Revokes a letter. What was submitted under it stays.
#[utoipa::path(post, path = "/api/v1/me/letters/{id}/revoke", tag = "matters", params(("id" = String, Path, description = "Id")),
    responses((status = 200, body = Vec<LetterBody>)))]
async fn revoke(caller: Caller, Path(id): Path<LetterId>) -> ApiAnswer<Vec<LetterBody>> {
    ops::revoke_letter(caller.ctx(), id).await?;
    Ok(Json(all(caller.ctx()).await?))
}

/// What is asked of somebody without an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProgressAsk {
    /// Case number.
    case_no: String,
    /// The last four characters of the applicant's document number, or the query code.
    #[schema(example = "0017")]
    proof: String,
}

/// How far a case is.
#[derive(Debug, Serialize, ToSchema)]
struct ProgressBody {
    /// Case number.
    case_no: String,
    /// The matter in Chinese; of discreet matters only that it is a case.
    name_zh: String,
    /// The state in Chinese.
    state_name: String,
    /// The phase of the common life-cycle.
    phase: &'static str,
    /// Since when.
    #[schema(value_type = String)]
    since: Day,
    /// The running periods in words.
    periods: Vec<PeriodBody>,
}

impl From<Found> for ProgressBody {
    fn from(found: Found) -> Self {
        let period = |(name, words): (kernel::Text, kernel::Text)| PeriodBody { name: name.zh.into_owned(), words: words.zh.into_owned() };
        Self {
            case_no: found.case_no,
            name_zh: found.item.zh.into_owned(),
            state_name: found.state.zh.into_owned(),
            phase: found.phase.code(),
            since: found.since,
            periods: found.periods.into_iter().map(period).collect(),
        }
    }
}

/// The progress of a case by its number with a proof. Nobody's name is told.
#[utoipa::path(post, path = "/api/v1/progress", tag = "matters", request_body = ProgressAsk, responses((status = 200, body = ProgressBody)))]
async fn progress(caller: Caller, Json(asked): Json<ProgressAsk>) -> ApiAnswer<ProgressBody> {
    Ok(Json(ops::find(caller.ctx(), &asked.case_no, &Proof::read(&asked.proof)).await?.into()))
}
