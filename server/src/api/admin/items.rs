//! The catalogue's administration: what is defined, drafted, reviewed, published, suspended.

use axum::{
    Json,
    extract::{Path, Query},
};
use catalog::Layer;
use catalog::model::{BasicCode, Elements, Level};
use catalog::ops::{self, AdminFilter, Claim, Define, Edit, Review, StaffView, SwitchItem, SwitchTo};
use catalog::states::DraftState;
use kernel::{Day, Issue, RegionCode};
use platform::{Error, Result, Role, regions};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::item_bodies::{DraftBody, ItemAdminBody, LineBody};
use crate::api::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, told};
use crate::http::{Access, Routes, admin_items::publish_fitting};

const ANY: Access = Access::Staff(&[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Supervisor]);
const EDITOR: Access = Access::Staff(&[Role::ItemEditor]);
const REVIEWER: Access = Access::Staff(&[Role::ItemReviewer, Role::ItemPublisher]);
const PUBLISHER: Access = Access::Staff(&[Role::ItemPublisher]);

#[derive(OpenApi)]
#[openapi(paths(list, define, claim, show, draft, open, edit, submit, review, publish, switch))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/admin/items", ANY, list)
        .post("/api/v1/admin/items", EDITOR, define)
        .post("/api/v1/admin/claims", EDITOR, claim)
        .get("/api/v1/admin/items/{code}", ANY, show)
        .put("/api/v1/admin/items/{code}/switch", PUBLISHER, switch)
        .get("/api/v1/admin/items/{code}/draft", ANY, draft)
        .post("/api/v1/admin/items/{code}/draft", EDITOR, open)
        .put("/api/v1/admin/items/{code}/draft", EDITOR, edit)
        .post("/api/v1/admin/items/{code}/draft/submit", EDITOR, submit)
        .post("/api/v1/admin/items/{code}/draft/review", REVIEWER, review)
        .post("/api/v1/admin/items/{code}/draft/publish", PUBLISHER, publish)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// `basic` or `implementation`; both without it.
    #[param(required = false, example = "basic")]
    layer: String,
    /// Only items with a draft in this state.
    #[param(required = false, example = "draft")]
    draft: String,
    /// Part of a code or of the text.
    #[param(required = false)]
    q: String,
    /// The `next` of the answer before.
    #[param(required = false)]
    after: String,
}

/// Items with their drafts.
#[derive(Debug, Serialize, ToSchema)]
struct LinesBody {
    /// By code.
    items: Vec<LineBody>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// Items in the regions of whoever asks, drafts included.
#[utoipa::path(get, path = "/api/v1/admin/items", tag = "catalogue", params(Filter), responses((status = 200, body = LinesBody)))]
async fn list(caller: Caller, Query(asked): Query<Filter>) -> ApiAnswer<LinesBody> {
    let filter = AdminFilter {
        layer: Layer::from_code(&asked.layer),
        draft: DraftState::from_code(&asked.draft),
        standing: None,
        text: Some(asked.q),
        after: Some(asked.after.chars().filter(char::is_ascii_alphanumeric).take(40).collect()),
    };
    let (lines, more) = ops::admin_list(caller.ctx(), &filter).await?;
    let next = lines.last().filter(|_| more).map(|line| line.code.clone());
    Ok(Json(LinesBody { items: lines.into_iter().map(LineBody::from).collect(), next }))
}

async fn item(caller: &Caller, code: &str) -> Result<Versioned<ItemAdminBody>> {
    let view = ops::staff_view(caller.ctx(), code).await?;
    let past = ops::history(caller.ctx(), view.id).await?;
    Ok(Versioned { version: view.revision, body: ItemAdminBody::new(view, past) })
}

/// An item with its versions and reviews. Its `ETag` is for switching it; the draft has one of its own.
#[utoipa::path(get, path = "/api/v1/admin/items/{code}", tag = "catalogue", params(("code" = String, Path, example = "000711001001")),
    responses((status = 200, body = ItemAdminBody)))]
async fn show(caller: Caller, Path(code): Path<String>) -> ApiVersioned<ItemAdminBody> {
    Ok(item(&caller, &code).await?)
}

async fn drafted(caller: &Caller, view: StaffView) -> Result<Versioned<DraftBody>> {
    let ctx = caller.ctx();
    let draft = view.draft.ok_or(Error::NotFound)?;
    let open = match ops::preview(ctx, view.id).await {
        // A supervisor only looks.
        Err(Error::Denied(_)) => Vec::new(),
        other => other?,
    };
    let past = ops::history(ctx, view.id).await?;
    let differences = match past.versions.first() {
        Some(newest) => ops::differences(&newest.elements, &draft.elements)?,
        None => Vec::new(),
    };
    Ok(Versioned { version: draft.revision, body: DraftBody::new(draft, open, differences) })
}

async fn read_draft(caller: &Caller, code: &str) -> Result<Versioned<DraftBody>> {
    drafted(caller, ops::staff_view(caller.ctx(), code).await?).await
}

/// Answers an act on revision `seen` of a draft.
async fn acted(caller: &Caller, code: &str, seen: i64, done: Result<()>) -> ApiVersioned<DraftBody> {
    match done {
        Ok(()) => Ok(read_draft(caller, code).await?),
        Err(error) => Err(told(error, seen, read_draft(caller, code)).await),
    }
}

/// The draft of an item: what it says, what is missing, what it changes.
#[utoipa::path(get, path = "/api/v1/admin/items/{code}/draft", tag = "catalogue", params(("code" = String, Path, example = "000711001001")),
    responses((status = 200, body = DraftBody)))]
async fn draft(caller: Caller, Path(code): Path<String>) -> ApiVersioned<DraftBody> {
    Ok(read_draft(&caller, &code).await?)
}

/// A new basic item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DefineBody {
    /// 基本编码, 12 digits.
    #[schema(example = "000711001001")]
    code: String,
    /// The region of the authority that defines it.
    region: String,
    /// First day in force; the day of publication without it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_from: Option<Day>,
    /// Every element (GB/T 39046), as a draft shows them.
    #[schema(value_type = Object)]
    elements: Box<Elements>,
}

/// Adds a basic item with its first draft.
#[utoipa::path(post, path = "/api/v1/admin/items", tag = "catalogue", request_body = DefineBody, responses((status = 200, body = DraftBody)))]
async fn define(caller: Caller, Json(body): Json<DefineBody>) -> ApiVersioned<DraftBody> {
    let code = BasicCode::parse(&body.code).map_err(|issue| issue.field("code"))?;
    let region = RegionCode::parse(&body.region).map_err(|_| unknown_region())?;
    regions::find(caller.ctx().db(), &region).await?.ok_or_else(unknown_region)?;
    let input = Define { code, region, effective_from: body.effective_from, elements: *body.elements };
    let id = ops::define(caller.ctx(), input).await?;
    let code = ops::code_of(caller.ctx(), id).await?;
    Ok(read_draft(&caller, &code).await?)
}

fn unknown_region() -> Issue {
    Issue::error("E-API02", "没有这个行政区划代码", "There is no region with this code").field("region")
}

/// A basic item that a body takes over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClaimBody {
    /// 基本编码, 12 digits.
    #[schema(example = "000711001001")]
    basic: String,
    /// Credit code of the body.
    uscc: String,
    /// 行使层级: `1` national, `2` province, `3` city, `4` county, `5` township, `6` village, `7` split.
    #[schema(example = "4")]
    level: String,
    /// Codes of the offices where it is done, the main one first.
    #[schema(example = json!(["990101-01"]))]
    offices: Vec<String>,
}

/// Takes over a basic item (认领): an implementation list with a draft that copies what the upper level holds.
#[utoipa::path(post, path = "/api/v1/admin/claims", tag = "catalogue", request_body = ClaimBody, responses((status = 200, body = DraftBody)))]
async fn claim(caller: Caller, Json(body): Json<ClaimBody>) -> ApiVersioned<DraftBody> {
    let unknown = |field: &'static str, zh: &'static str, en: &'static str| Issue::error("E-API02", zh, en).field(field);
    let org = regions::organisation_by_uscc(caller.ctx().db(), &kernel::text::code(&body.uscc)).await?;
    let org = org.ok_or_else(|| unknown("uscc", "没有使用该信用代码的单位", "No organisation has this credit code"))?;
    let level = Level::from_code(&body.level).ok_or_else(|| unknown("level", "没有这个行使层级", "There is no such level"))?;
    let basic = BasicCode::parse(&body.basic).map_err(|issue| issue.field("basic"))?;
    let id = ops::claim(caller.ctx(), Claim { basic, org: org.id, level, offices: body.offices }).await?;
    let code = ops::code_of(caller.ctx(), id).await?;
    Ok(read_draft(&caller, &code).await?)
}

/// From when a change is to be in force.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenBody {
    /// First day in force; the day of publication without it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_from: Option<Day>,
}

/// Begins a change: a new draft of the newest version.
#[utoipa::path(post, path = "/api/v1/admin/items/{code}/draft", tag = "catalogue", params(("code" = String, Path, example = "000711001001")),
    request_body = OpenBody, responses((status = 200, body = DraftBody)))]
async fn open(caller: Caller, Path(code): Path<String>, Json(body): Json<OpenBody>) -> ApiVersioned<DraftBody> {
    let view = ops::staff_view(caller.ctx(), &code).await?;
    ops::open(caller.ctx(), view.id, body.effective_from).await?;
    Ok(read_draft(&caller, &code).await?)
}

/// What a draft is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EditBody {
    /// First day in force; the day of publication without it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_from: Option<Day>,
    /// Last day in force.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Day>,
    /// Every element. A change of one that the upper level holds is refused, not ignored.
    #[schema(value_type = Object)]
    elements: Box<Elements>,
}

/// Writes a draft. It may still have gaps, which the answer tells.
#[utoipa::path(put, path = "/api/v1/admin/items/{code}/draft", tag = "catalogue", params(("code" = String, Path, example = "000711001001"), IfMatch),
    request_body = EditBody, responses((status = 200, body = DraftBody)))]
async fn edit(caller: Caller, IfMatch(seen): IfMatch, Path(code): Path<String>, Json(body): Json<EditBody>) -> ApiVersioned<DraftBody> {
    let view = ops::staff_view(caller.ctx(), &code).await?;
    let (effective_from, effective_to) = (body.effective_from, body.effective_to);
    let done = ops::edit(caller.ctx(), Edit { item: view.id, revision: seen, effective_from, effective_to, elements: *body.elements }).await;
    acted(&caller, &code, seen, done).await
}

/// Sends a draft to review.
#[utoipa::path(post, path = "/api/v1/admin/items/{code}/draft/submit", tag = "catalogue",
    params(("code" = String, Path, example = "000711001001"), IfMatch), responses((status = 200, body = DraftBody)))]
async fn submit(caller: Caller, IfMatch(seen): IfMatch, Path(code): Path<String>) -> ApiVersioned<DraftBody> {
    let view = ops::staff_view(caller.ctx(), &code).await?;
    let done = ops::submit(caller.ctx(), view.id, seen).await;
    acted(&caller, &code, seen, done).await
}

/// What a reviewer says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewBody {
    /// It passes; otherwise it goes back to the editor.
    pass: bool,
    /// Needed to send it back.
    opinion: Option<String>,
}

/// Passes a draft to the next review, or sends it back. Whoever wrote it does neither.
#[utoipa::path(post, path = "/api/v1/admin/items/{code}/draft/review", tag = "catalogue",
    params(("code" = String, Path, example = "000711001001"), IfMatch), request_body = ReviewBody, responses((status = 200, body = DraftBody)))]
async fn review(caller: Caller, IfMatch(seen): IfMatch, Path(code): Path<String>, Json(body): Json<ReviewBody>) -> ApiVersioned<DraftBody> {
    let view = ops::staff_view(caller.ctx(), &code).await?;
    let done = ops::review(caller.ctx(), Review { item: view.id, revision: seen, pass: body.pass, opinion: body.opinion }).await;
    acted(&caller, &code, seen, done).await
}

/// Publishes a draft as a version that never changes; answers with the item.
#[utoipa::path(post, path = "/api/v1/admin/items/{code}/draft/publish", tag = "catalogue",
    params(("code" = String, Path, example = "000711001001"), IfMatch), responses((status = 200, body = ItemAdminBody)))]
async fn publish(caller: Caller, IfMatch(seen): IfMatch, Path(code): Path<String>) -> ApiVersioned<ItemAdminBody> {
    let view = ops::staff_view(caller.ctx(), &code).await?;
    match publish_fitting(caller.ctx(), &view, seen).await {
        Ok(_) => Ok(item(&caller, &code).await?),
        Err(error) => Err(told(error, seen, read_draft(&caller, &code)).await),
    }
}

/// Where an item is switched.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Target {
    /// What the dates say counts again.
    On,
    /// 暂停.
    Suspended,
    /// 取消, for good.
    Cancelled,
}

/// A switch and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SwitchBody {
    /// Where to.
    to: Target,
    /// Why; shown in the history.
    reason: String,
}

/// Suspends, resumes or cancels an item. Cases that have begun go on.
#[utoipa::path(put, path = "/api/v1/admin/items/{code}/switch", tag = "catalogue",
    params(("code" = String, Path, example = "000711001001"), IfMatch), request_body = SwitchBody, responses((status = 200, body = ItemAdminBody)))]
async fn switch(caller: Caller, IfMatch(seen): IfMatch, Path(code): Path<String>, Json(body): Json<SwitchBody>) -> ApiVersioned<ItemAdminBody> {
    let view = ops::staff_view(caller.ctx(), &code).await?;
    let to = match body.to {
        Target::On => SwitchTo::On,
        Target::Suspended => SwitchTo::Suspended,
        Target::Cancelled => SwitchTo::Cancelled,
    };
    match ops::switch(caller.ctx(), SwitchItem { item: view.id, revision: seen, to, reason: body.reason }).await {
        Ok(()) => Ok(item(&caller, &code).await?),
        Err(error) => Err(told(error, seen, item(&caller, &code)).await),
    }
}
