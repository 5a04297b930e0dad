//! Cases of every service for programs that act for members of staff: lists, one case, its moves, papers, transfer, load, absences.

mod bodies;

use axum::{
    Json,
    extract::{Path, Query},
};
use casework::ops::{self, DeclareAbsence};
use casework::{AbsenceId, CaseId, MaterialId, Owner};
use identity::colleagues;
use platform::{Error, OrgId, Result, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use self::bodies::{AbsenceBody, ActBody, CasePage, DeskCase};
use super::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, apply::{self, AttachBody}, told};
use crate::http::{Access, Routes, session::CASES};

const WORK: Access = Access::Staff(&CASES);

#[derive(OpenApi)]
#[openapi(paths(list, show, act, attach, judge, transfer, parts, load, absences, declare, end))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/work/cases", WORK, list)
        .get("/api/v1/work/cases/{id}", WORK, show)
        .post("/api/v1/work/cases/{id}/moves/{verb}", WORK, act)
        .upload("/api/v1/work/cases/{id}/materials", WORK, attach)
        .put("/api/v1/work/cases/{id}/materials/{paper}", WORK, judge)
        .post("/api/v1/work/cases/{id}/transfer", WORK, transfer)
        .post("/api/v1/work/cases/{id}/parts", WORK, parts)
        .get("/api/v1/work/load", WORK, load)
        .get("/api/v1/work/absences", WORK, absences)
        .post("/api/v1/work/absences", WORK, declare)
        .delete("/api/v1/work/absences/{id}", WORK, end)
}

/// What a list of cases is narrowed to.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct CasesParams {
    /// `office`, `mine` or `region`.
    #[param(required = false)]
    section: String,
    /// Code of a region, with everything below it; with `section=region`.
    #[param(required = false)]
    region: String,
    /// `closed` for those that are at their end.
    #[param(required = false)]
    state: String,
    /// Code of a phase.
    #[param(required = false)]
    phase: String,
    /// Basic code of an item.
    #[param(required = false)]
    item: String,
    /// Due by this day.
    #[param(required = false)]
    due: String,
    /// Id of who holds it.
    #[param(required = false)]
    holder: String,
    /// The applicant's full name.
    #[param(required = false)]
    name: String,
    /// `next` of the page before.
    #[param(required = false)]
    after: String,
}

impl CasesParams {
    fn values(self) -> ui::Values {
        let pairs = [
            ("section", self.section),
            ("region", self.region),
            ("state", self.state),
            ("phase", self.phase),
            ("item", self.item),
            ("due", self.due),
            ("holder", self.holder),
            ("name", self.name),
            ("after", self.after),
        ];
        ui::Values::from_pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
    }
}

/// Cases within the caller's roles, those due first at the top, 50 an answer. Names are masked.
#[utoipa::path(get, path = "/api/v1/work/cases", tag = "work", params(CasesParams), responses((status = 200, body = CasePage)))]
async fn list(caller: Caller, Query(asked): Query<CasesParams>) -> ApiAnswer<CasePage> {
    let here = caller.ctx().actor().staff().ok_or(Error::SignIn)?.region;
    let found = ops::desk(caller.ctx(), &site::pages::work::list::filter(&asked.values(), here)).await?;
    Ok(Json(found.into()))
}

async fn read(caller: &Caller, id: CaseId) -> Result<Versioned<DeskCase>> {
    let view = ops::view(caller.ctx(), id).await?;
    Ok(Versioned { version: view.head.version, body: view.into() })
}

/// One case as of now, with what the caller may do.
#[utoipa::path(get, path = "/api/v1/work/cases/{id}", tag = "work", params(("id" = String, Path)), responses((status = 200, body = DeskCase)))]
async fn show(caller: Caller, Path(id): Path<CaseId>) -> ApiVersioned<DeskCase> {
    Ok(read(&caller, id).await?)
}

async fn acted(caller: &Caller, id: CaseId, seen: i64, done: Result<()>) -> ApiVersioned<DeskCase> {
    match done {
        Ok(()) => Ok(read(caller, id).await?),
        Err(error) => Err(told(error, seen, read(caller, id)).await),
    }
}

/// Makes a move in a case, with what the move needs.
#[utoipa::path(post, path = "/api/v1/work/cases/{id}/moves/{verb}", tag = "work", params(("id" = String, Path), ("verb" = String, Path, example = "receive"), IfMatch),
    request_body = ActBody, responses((status = 200, body = DeskCase)))]
async fn act(caller: Caller, IfMatch(seen): IfMatch, Path((id, verb)): Path<(CaseId, String)>, Json(body): Json<ActBody>) -> ApiVersioned<DeskCase> {
    let done = match body.act(verb, seen) {
        Ok(act) => ops::act(caller.ctx(), id, act).await.map(drop),
        Err(issue) => Err(issue.into()),
    };
    acted(&caller, id, seen, done).await
}

/// What a clerk found of a paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JudgeBody {
    /// Whether it is in order.
    good: bool,
    /// Originals taken in.
    #[serde(default)]
    originals: i64,
    /// Copies taken in.
    #[serde(default)]
    copies: i64,
    /// What is wrong, without personal data; needed unless it is in order.
    #[serde(default)]
    note: String,
}

/// Takes a scan of a paper in; it takes the place of an earlier one. The case as it is then.
#[utoipa::path(post, path = "/api/v1/work/cases/{id}/materials", tag = "work", params(("id" = String, Path)), request_body = AttachBody,
    responses((status = 200, body = DeskCase)))]
async fn attach(caller: Caller, Path(id): Path<CaseId>, Json(body): Json<AttachBody>) -> ApiVersioned<DeskCase> {
    apply::take(caller.ctx(), Owner::Case(id), body).await?;
    Ok(read(&caller, id).await?)
}

/// Notes what a clerk found of a paper; the case as it is then.
#[utoipa::path(put, path = "/api/v1/work/cases/{id}/materials/{paper}", tag = "work", params(("id" = String, Path), ("paper" = String, Path)),
    request_body = JudgeBody, responses((status = 200, body = DeskCase)))]
async fn judge(caller: Caller, Path((id, paper)): Path<(CaseId, MaterialId)>, Json(body): Json<JudgeBody>) -> ApiVersioned<DeskCase> {
    let JudgeBody { good, originals, copies, note } = body;
    ops::judge(caller.ctx(), ops::Judge { case: id, paper, good, originals, copies, note }).await?;
    Ok(read(&caller, id).await?)
}

/// To whom a case goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TransferBody {
    /// Id of the body.
    #[schema(value_type = String)]
    org: OrgId,
    /// Why it is theirs.
    reason: String,
}

/// A case that was sent on.
#[derive(Debug, Serialize, ToSchema)]
struct SentBody {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// The body that answers for it now.
    #[schema(value_type = String)]
    org: OrgId,
}

/// Sends a case that is not accepted yet to another body.
#[utoipa::path(post, path = "/api/v1/work/cases/{id}/transfer", tag = "work", params(("id" = String, Path), IfMatch), request_body = TransferBody,
    responses((status = 200, body = SentBody)))]
async fn transfer(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<TransferBody>) -> ApiAnswer<SentBody> {
    match ops::transfer(caller.ctx(), id, seen, body.org, &body.reason).await {
        Ok(()) => Ok(Json(SentBody { id, org: body.org })),
        Err(error) => Err(told(error, seen, read(&caller, id)).await),
    }
}

/// The parts of a joint case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PartsBody {
    /// 实施编码 of each part; its answers are those of the case over it.
    parts: Vec<String>,
}

/// Opens the parts of a joint case, each at the body that is responsible for it; the case over them as it is then.
#[utoipa::path(post, path = "/api/v1/work/cases/{id}/parts", tag = "work", params(("id" = String, Path)), request_body = PartsBody,
    responses((status = 200, body = DeskCase)))]
async fn parts(caller: Caller, Path(id): Path<CaseId>, Json(body): Json<PartsBody>) -> ApiVersioned<DeskCase> {
    let view = ops::view(caller.ctx(), id).await?;
    let parts = body.parts.into_iter().map(|code| (code, view.answers.clone())).collect();
    ops::open_joint(caller.ctx(), ops::OpenJoint { parent: id, parts }).await?;
    Ok(read(&caller, id).await?)
}

/// What a member of staff holds.
#[derive(Debug, Serialize, ToSchema)]
struct LoadBody {
    /// Id; absent for cases that nobody holds.
    #[schema(value_type = Option<String>)]
    staff: Option<StaffId>,
    /// Name.
    name: String,
    /// Open cases.
    open: i64,
    /// Of these over their nearest end.
    late: i64,
}

/// What each member of staff of the caller's body holds.
#[utoipa::path(get, path = "/api/v1/work/load", tag = "work", responses((status = 200, body = Vec<LoadBody>)))]
async fn load(caller: Caller) -> ApiAnswer<Vec<LoadBody>> {
    let lines = ops::load(caller.ctx()).await?;
    Ok(Json(lines.into_iter().map(|line| LoadBody { staff: line.staff, name: line.name, open: line.open, late: line.late }).collect()))
}

/// Absences of the caller that are not over, and those in which he stands in.
#[utoipa::path(get, path = "/api/v1/work/absences", tag = "work", responses((status = 200, body = Vec<AbsenceBody>)))]
async fn absences(caller: Caller) -> ApiAnswer<Vec<AbsenceBody>> {
    let staff = caller.ctx().actor().staff().ok_or(Error::SignIn)?.id;
    let found = ops::absences(caller.ctx(), staff).await?;
    let ids: Vec<StaffId> = found.iter().flat_map(|absence| [absence.staff, absence.delegate]).collect();
    let names = colleagues::names_of(caller.ctx(), &ids).await?;
    Ok(Json(found.into_iter().map(|absence| AbsenceBody::new(absence, &names)).collect()))
}

/// An absence to be declared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeclareBody {
    /// Who is away; the caller if it is left out.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    staff: Option<StaffId>,
    /// Who stands in.
    #[schema(value_type = String)]
    delegate: StaffId,
    /// First day.
    #[schema(value_type = String)]
    from: kernel::Day,
    /// Last day.
    #[schema(value_type = String)]
    until: kernel::Day,
    /// Why.
    reason: String,
}

/// An absence by its id.
#[derive(Debug, Serialize, ToSchema)]
struct AbsenceRef {
    /// Its id.
    #[schema(value_type = String)]
    id: AbsenceId,
}

/// Declares an absence with delegation, 30 days at most.
#[utoipa::path(post, path = "/api/v1/work/absences", tag = "work", request_body = DeclareBody, responses((status = 200, body = AbsenceRef)))]
async fn declare(caller: Caller, Json(body): Json<DeclareBody>) -> ApiAnswer<AbsenceRef> {
    let own = caller.ctx().actor().staff().ok_or(Error::SignIn)?.id;
    let DeclareBody { staff, delegate, from, until, reason } = body;
    let id = ops::declare_absence(caller.ctx(), DeclareAbsence { staff: staff.unwrap_or(own), delegate, from, until, reason }).await?;
    Ok(Json(AbsenceRef { id }))
}

/// Ends an absence early.
#[utoipa::path(delete, path = "/api/v1/work/absences/{id}", tag = "work", params(("id" = String, Path)), responses((status = 200, body = AbsenceRef)))]
async fn end(caller: Caller, Path(id): Path<AbsenceId>) -> ApiAnswer<AbsenceRef> {
    ops::end_absence(caller.ctx(), id).await?;
    Ok(Json(AbsenceRef { id }))
}
