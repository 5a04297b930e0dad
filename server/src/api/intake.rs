//! One window and packets, for terminals of villages and for other systems.

use std::collections::BTreeMap;

use axum::{Json, extract::{Path, Query}};
use casework::cross::{self, Handover, Method, Mode, PacketId, PacketLine, Section, Sheet, Stage};
use casework::ops::{self, Intake, Lacking, Paper, ScannedFile, TakenIn};
use casework::{ApplicantKind, CaseId, Contact};
use kernel::{Channel, Day, IdType, Instant, Issue, RegionCode};
use platform::{Error, Result, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller, base64};
use crate::http::{Access, Routes, packets};

#[derive(OpenApi)]
#[openapi(
    paths(take, list, show, send, sign, identify, again),
    components(schemas(IntakeBody, PaperBody, ScanBody, LackingBody, HandoverBody, TakenBody, PacketsBody, PacketBody, CrossBody, SendBody, IdentifyBody, AgainBody, MadeBody))
)]
pub(crate) struct Doc;

const COUNTER: Access = Access::Staff(&[Role::Clerk]);
const READ: Access = Access::Staff(&[Role::Clerk, Role::Precheck, Role::Head, Role::Supervisor]);
const ACT: Access = Access::Staff(&[Role::Clerk, Role::Precheck]);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .upload("/api/v1/intake", COUNTER, take)
        .get("/api/v1/packets", READ, list)
        .post("/api/v1/packets/{id}/send", COUNTER, send)
        .post("/api/v1/packets/{id}/sign", ACT, sign)
        .get("/api/v1/cross-cases/{id}", READ, show)
        .post("/api/v1/cross-cases/{id}/identify", COUNTER, identify)
        .post("/api/v1/cross-cases/{id}/packets", COUNTER, again)
}

/// A paper on the counter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperBody {
    /// Key of the item's material.
    key: String,
    /// Originals.
    #[serde(default)]
    originals: i64,
    /// Copies.
    #[serde(default)]
    copies: i64,
    /// Its content, where the counter scanned it.
    scan: Option<ScanBody>,
}

/// The content of a paper: 20 MB at most, and all of a call 28 MB at most. What is more is sent to the case afterwards
/// (`POST /api/v1/work/cases/{id}/materials`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScanBody {
    /// What the file is called.
    name: String,
    /// The content in Base64: JPEG, PNG or PDF.
    content: String,
}

impl PaperBody {
    fn paper(self) -> Result<Paper, Issue> {
        let field = format!("papers.{}", self.key);
        let scanned = |scan: ScanBody| -> Result<ScannedFile, Issue> {
            let bytes = base64("content", &scan.content).map_err(|issue| issue.field(field))?;
            Ok(ScannedFile { file_name: scan.name, bytes })
        };
        let scan = self.scan.map(scanned).transpose()?;
        Ok(Paper { key: self.key, originals: self.originals, copies: self.copies, scan })
    }
}

/// A paper that is missing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LackingBody {
    /// Key of the item's material.
    key: String,
    /// The day by which it is promised; without one the applicant is told to supply it.
    #[schema(value_type = Option<String>, format = Date)]
    promised: Option<Day>,
}

/// How the case goes to the body that answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandoverBody {
    /// How it is handled.
    mode: Mode,
    /// How identity was checked; may follow before the packet is sent.
    identity: Option<Method>,
    /// Whether papers follow by post.
    #[serde(default)]
    papers: bool,
}

/// An application over the counter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IntakeBody {
    /// 实施编码.
    item: String,
    /// `person` or `organisation`.
    #[serde(default = "person")]
    applicant_kind: String,
    /// Full name.
    name: String,
    /// Number of the resident identity card, or credit code.
    number: String,
    /// Mobile number.
    #[serde(default)]
    phone: String,
    /// Answers by the key of their field.
    #[serde(default)]
    answers: BTreeMap<String, String>,
    /// Papers.
    #[serde(default)]
    papers: Vec<PaperBody>,
    /// Papers that are missing.
    #[serde(default)]
    lacking: Vec<LackingBody>,
    /// Code of the region of the counter; that of the caller's body if absent.
    #[serde(default)]
    at: String,
    /// Code of the region in which the applicant lives or is registered.
    #[serde(default)]
    residence: String,
    /// How the case goes to the body that answers, if it crosses a border.
    handover: Option<HandoverBody>,
}

fn person() -> String {
    ApplicantKind::Person.code().to_owned()
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
struct TakenBody {
    /// Id of the case.
    case: String,
    /// Its number.
    case_no: String,
    /// Opens its progress together with the number; told once.
    query_code: String,
    /// Name of the body that answers, in Chinese.
    body_zh: String,
    /// The same in English.
    body_en: String,
    /// A word on where the case went, if another body answers (E-P1001).
    #[schema(value_type = Option<Object>)]
    directed: Option<Issue>,
}

impl From<TakenIn> for TakenBody {
    fn from(taken: TakenIn) -> Self {
        Self {
            case: taken.case.to_string(),
            case_no: taken.case_no,
            query_code: taken.query_code,
            body_zh: taken.body.zh.into_owned(),
            body_en: taken.body.en.into_owned(),
            directed: taken.directed,
        }
    }
}

fn region(field: &'static str, code: &str) -> Result<Option<RegionCode>, Issue> {
    if code.is_empty() {
        return Ok(None);
    }
    RegionCode::parse(code).map(Some).map_err(|_| Issue::error("E-API02", "区划代码应为6、9或者12位数字", "A region code has 6, 9 or 12 digits").field(field))
}

/// Takes an application in at the counter; the body that answers has it at once, or signs its packet in.
#[utoipa::path(post, path = "/api/v1/intake", tag = "intake", request_body = IntakeBody, responses((status = 200, body = TakenBody)))]
async fn take(caller: Caller, Json(body): Json<IntakeBody>) -> ApiAnswer<TakenBody> {
    let staff = caller.ctx().actor().staff().ok_or(Error::SignIn)?;
    let phone = if body.phone.is_empty() { None } else { Some(kernel::Phone::parse(&body.phone).map_err(Error::from)?.as_str().to_owned()) };
    let input = Intake {
        impl_code: body.item,
        kind: ApplicantKind::from_code(&body.applicant_kind).unwrap_or(ApplicantKind::Person),
        name: body.name,
        number: body.number,
        id_type: IdType::RESIDENT,
        contact: Contact { phone, ..Contact::default() },
        answers: body.answers,
        papers: body.papers.into_iter().map(PaperBody::paper).collect::<Result<_, Issue>>().map_err(Error::from)?,
        lacking: body.lacking.into_iter().map(|paper| Lacking { key: paper.key, promised: paper.promised }).collect(),
        channel: Channel::Kiosk,
        at: region("at", &body.at).map_err(Error::from)?.unwrap_or(staff.region),
        residence: region("residence", &body.residence).map_err(Error::from)?,
        handover: body.handover.map(|chosen| Handover { mode: chosen.mode, identity: chosen.identity, papers: chosen.papers, delivery: None }),
    };
    Ok(Json(ops::take_in(caller.ctx(), input).await?.into()))
}

/// Which packets.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Asked {
    /// `to-send`, `to-sign`, `sent` or `signed`.
    section: String,
    /// `next` of the page before.
    after: String,
}

/// A packet.
#[derive(Debug, Serialize, ToSchema)]
struct PacketBody {
    /// Id.
    id: String,
    /// Id of its case.
    case: String,
    /// Number of its case.
    case_no: Option<String>,
    /// Its number within the case.
    n: i64,
    /// Scans or papers.
    kind: Sheet,
    /// How far it is.
    stage: Stage,
    /// First moment at which what is awaited of it is late.
    #[schema(value_type = Option<String>)]
    late_from: Option<Instant>,
    /// Whether it is late now.
    late: bool,
    /// SM3 over the list of what is in it; empty until sent.
    digest: String,
    /// Number of the post.
    express_no: String,
}

impl PacketBody {
    fn new(packet: cross::Packet, case_no: Option<String>, now: Instant) -> Self {
        let by = packet.awaited().map(|(_, by)| by);
        Self {
            id: packet.id.to_string(),
            case: packet.case.to_string(),
            case_no,
            n: packet.n,
            kind: packet.sheet,
            stage: packet.stage(),
            late_from: by,
            late: by.is_some_and(|by| by <= now),
            digest: packet.digest,
            express_no: packet.express_no,
        }
    }
}

/// A page of packets.
#[derive(Debug, Serialize, ToSchema)]
struct PacketsBody {
    /// The packets, the newest first.
    packets: Vec<PacketBody>,
    /// Asks for the page after this one.
    next: Option<String>,
}

/// Packets of the caller's own body.
#[utoipa::path(get, path = "/api/v1/packets", tag = "intake", params(Asked), responses((status = 200, body = PacketsBody)))]
async fn list(caller: Caller, Query(asked): Query<Asked>) -> ApiAnswer<PacketsBody> {
    let section = Section::from_code(&asked.section).unwrap_or_default();
    let page = cross::packets(caller.ctx(), section, packets::after(&asked.after)).await?;
    let now = caller.ctx().now();
    let body = |line: PacketLine| PacketBody::new(line.packet, Some(line.case_no), now);
    let next = page.next.map(|(made, id)| format!("{}~{id}", made.micros()));
    Ok(Json(PacketsBody { packets: page.lines.into_iter().map(body).collect(), next }))
}

/// How far a case is on its way, the same for both places.
#[derive(Debug, Serialize, ToSchema)]
struct CrossBody {
    /// How it is handled.
    mode: Mode,
    /// How far it is.
    stage: Stage,
    /// How the receiving place checked identity.
    identity: Option<Method>,
    /// Its packets.
    packets: Vec<PacketBody>,
}

/// A case that was handed over.
#[utoipa::path(get, path = "/api/v1/cross-cases/{id}", tag = "intake", params(("id" = String, Path)), responses((status = 200, body = CrossBody)))]
async fn show(caller: Caller, Path(id): Path<CaseId>) -> ApiAnswer<CrossBody> {
    let view = cross::of_case(caller.ctx(), id).await?.ok_or(Error::NotFound)?;
    let now = caller.ctx().now();
    Ok(Json(CrossBody {
        mode: view.case.mode,
        stage: view.stage,
        identity: view.case.identity.map(|check| check.method),
        packets: view.packets.into_iter().map(|packet| PacketBody::new(packet, None, now)).collect(),
    }))
}

/// The number of the post, for papers.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct SendBody {
    /// Number of the post.
    express_no: String,
}

/// Sends a packet.
#[utoipa::path(post, path = "/api/v1/packets/{id}/send", tag = "intake", params(("id" = String, Path)), request_body = SendBody,
    responses((status = 200, description = "Sent")))]
async fn send(caller: Caller, Path(id): Path<PacketId>, Json(body): Json<SendBody>) -> ApiAnswer<()> {
    Ok(Json(cross::send(caller.ctx(), id, &body.express_no).await?))
}

/// Verifies a packet and signs it in.
#[utoipa::path(post, path = "/api/v1/packets/{id}/sign", tag = "intake", params(("id" = String, Path)),
    responses((status = 200, description = "Signed in")))]
async fn sign(caller: Caller, Path(id): Path<PacketId>) -> ApiAnswer<()> {
    Ok(Json(cross::sign(caller.ctx(), id).await?))
}

/// How identity was checked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentifyBody {
    /// How.
    method: Method,
}

/// Notes that the applicant's identity was checked at the counter.
#[utoipa::path(post, path = "/api/v1/cross-cases/{id}/identify", tag = "intake", params(("id" = String, Path)), request_body = IdentifyBody,
    responses((status = 200, description = "Noted")))]
async fn identify(caller: Caller, Path(id): Path<CaseId>, Json(body): Json<IdentifyBody>) -> ApiAnswer<()> {
    Ok(Json(cross::identify(caller.ctx(), id, body.method).await?))
}

/// Which kind of packet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AgainBody {
    /// Scans or papers.
    kind: Sheet,
}

/// The packet that was made.
#[derive(Debug, Serialize, ToSchema)]
struct MadeBody {
    /// Its id.
    id: String,
}

/// Makes a further packet: for one that failed, or with what was mended.
#[utoipa::path(post, path = "/api/v1/cross-cases/{id}/packets", tag = "intake", params(("id" = String, Path)), request_body = AgainBody,
    responses((status = 200, body = MadeBody)))]
async fn again(caller: Caller, Path(id): Path<CaseId>, Json(body): Json<AgainBody>) -> ApiAnswer<MadeBody> {
    Ok(Json(MadeBody { id: cross::again(caller.ctx(), id, body.kind).await?.to_string() }))
}
