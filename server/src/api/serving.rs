//! One numbered document for programs: what it says, its file, and serving it on paper.

use axum::{
    Json,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use casework::papers::{self, PaperId, Part, Served, ServiceId, Shown, Stand, Way};
use casework::{CaseId, ops};
use documents::shapes::Paper;
use kernel::{Instant, Issue};
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::papers::PaperLine;
use super::{ApiAnswer, Bytes, Caller};
use crate::http::{Access, Fault, Routes, session::CASES};

const WORK: Access = Access::Staff(&CASES);
const SERVE: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Approver]);

#[derive(OpenApi)]
#[openapi(paths(of_case, show, file, signature, serve, send, arrived, void))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/work/cases/{id}/papers", WORK, of_case)
        .get("/api/v1/papers/{id}", Access::SignedIn, show)
        .get("/api/v1/papers/{id}/file", Access::SignedIn, file)
        .get("/api/v1/papers/{id}/signature", Access::SignedIn, signature)
        .post("/api/v1/papers/{id}/serve", SERVE, serve)
        .post("/api/v1/papers/{id}/send", SERVE, send)
        .post("/api/v1/papers/{id}/arrived", SERVE, arrived)
        .post("/api/v1/papers/{id}/void", Access::Staff(&[Role::Approver, Role::Supervisor]), void)
}

/// The documents of a case, in the order of their issue. A list serves none of them.
#[utoipa::path(get, path = "/api/v1/work/cases/{id}/papers", tag = "papers", params(("id" = String, Path)), responses((status = 200, body = Vec<PaperLine>)))]
async fn of_case(caller: Caller, Path(id): Path<CaseId>) -> ApiAnswer<Vec<PaperLine>> {
    let case = ops::view(caller.ctx(), id).await?.head.id;
    Ok(Json(papers::of_case(caller.ctx(), case).await?.into_iter().map(PaperLine::from).collect()))
}

/// A document.
#[derive(Serialize, ToSchema)]
struct PaperBody {
    /// As in lists.
    #[serde(flatten)]
    line: PaperLine,
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
    /// What it says, in the caller's language: title, issuer, number, to, opening, facts, parts, closing, date.
    #[schema(value_type = Object)]
    words: Paper,
    /// Whether its file is made.
    made: bool,
    /// Why it was voided; empty while it stands.
    void_reason: String,
    /// How it was served on paper; for staff.
    services: Vec<ServiceBody>,
}

/// A service of a document on paper.
#[derive(Serialize, ToSchema)]
struct ServiceBody {
    /// Its id.
    #[schema(value_type = String)]
    id: ServiceId,
    /// The way, in Chinese.
    way_zh: String,
    /// The same in English.
    way_en: String,
    /// `sent`, `served` or `returned`.
    state: String,
    /// Who received it; empty while it is under way.
    receiver: String,
    /// Number of the post; empty otherwise.
    tracking_no: String,
    /// When it was sent or handed over.
    #[schema(value_type = String)]
    sent_at: Instant,
    /// When it arrived or came back.
    #[schema(value_type = Option<String>)]
    ended_at: Option<Instant>,
}

impl From<Shown> for PaperBody {
    fn from(shown: Shown) -> Self {
        let made = shown.line.made && !matches!(shown.line.stand, Stand::Voided(_));
        let service = |one: papers::ServiceLine| ServiceBody {
            id: one.id,
            way_zh: one.way.zh.into_owned(),
            way_en: one.way.en.into_owned(),
            state: one.state,
            receiver: one.receiver,
            tracking_no: one.tracking_no,
            sent_at: one.sent_at,
            ended_at: one.ended_at,
        };
        Self {
            line: shown.line.into(),
            case: shown.case,
            words: shown.words,
            made,
            void_reason: shown.void_reason,
            services: shown.services.into_iter().map(service).collect(),
        }
    }
}

async fn read(caller: &Caller, id: PaperId) -> ApiAnswer<PaperBody> {
    Ok(Json(papers::show(caller.ctx(), id).await?.into()))
}

/// A document. An addressee whose program opens it has been served; a look by staff leaves a line in the audit trail.
#[utoipa::path(get, path = "/api/v1/papers/{id}", tag = "papers", params(("id" = String, Path)), responses((status = 200, body = PaperBody)))]
async fn show(caller: Caller, Path(id): Path<PaperId>) -> ApiAnswer<PaperBody> {
    read(&caller, id).await
}

async fn part(caller: &Caller, id: PaperId, part: Part) -> Result<Response, Fault> {
    let file = papers::download(caller.ctx(), id, part).await?;
    Ok(([(header::CONTENT_TYPE, file.media_type.name())], file.content).into_response())
}

/// Its file as PDF; opening it serves the document like its words. 404 while it is being made.
#[utoipa::path(get, path = "/api/v1/papers/{id}/file", tag = "papers", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/pdf", body = Bytes)))]
async fn file(caller: Caller, Path(id): Path<PaperId>) -> Result<Response, Fault> {
    part(&caller, id, Part::File).await
}

/// The signature beside the file.
#[utoipa::path(get, path = "/api/v1/papers/{id}/signature", tag = "papers", params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Bytes)))]
async fn signature(caller: Caller, Path(id): Path<PaperId>) -> Result<Response, Fault> {
    part(&caller, id, Part::Signature).await
}

/// Who received a document, and how.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServeBody {
    /// 1 at the counter, 2 by post, 4 brought, 5 by public notice.
    #[schema(example = 1)]
    way: i64,
    /// Name of the receiver.
    receiver: String,
    /// How the receiver stands to the addressee.
    #[schema(example = "本人")]
    relation: String,
    /// Number of the receiver's identity document; only its mask is kept.
    #[serde(default)]
    receiver_id: String,
}

/// Records that a document was handed over, and issues the record of service (送达回证).
#[utoipa::path(post, path = "/api/v1/papers/{id}/serve", tag = "papers", params(("id" = String, Path)), request_body = ServeBody,
    responses((status = 200, body = PaperBody)))]
async fn serve(caller: Caller, Path(id): Path<PaperId>, Json(body): Json<ServeBody>) -> ApiAnswer<PaperBody> {
    let way = Way::from_code(body.way).ok_or_else(|| casework::issues::needed("way", "送达方式", "the way of serving"))?;
    let served = Served { receiver: body.receiver, relation: body.relation, receiver_id: body.receiver_id };
    papers::serve(caller.ctx(), id, way, &served).await?;
    read(&caller, id).await
}

/// A letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SendBody {
    /// Number under which the post carries it.
    tracking_no: String,
}

/// Records that a document was handed to the post.
#[utoipa::path(post, path = "/api/v1/papers/{id}/send", tag = "papers", params(("id" = String, Path)), request_body = SendBody,
    responses((status = 200, body = PaperBody)))]
async fn send(caller: Caller, Path(id): Path<PaperId>, Json(body): Json<SendBody>) -> ApiAnswer<PaperBody> {
    papers::send(caller.ctx(), id, &body.tracking_no).await?;
    read(&caller, id).await
}

/// What the post says of a letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ArrivedBody {
    /// Id of the service that is under way.
    #[schema(value_type = String)]
    service: ServiceId,
    /// Whether it came back; otherwise it was received.
    #[serde(default)]
    returned: bool,
    /// Name of the receiver.
    #[serde(default)]
    receiver: String,
    /// How the receiver stands to the addressee.
    #[serde(default)]
    relation: String,
    /// Number of the receiver's identity document; only its mask is kept.
    #[serde(default)]
    receiver_id: String,
}

/// Records that a letter arrived, or came back.
#[utoipa::path(post, path = "/api/v1/papers/{id}/arrived", tag = "papers", params(("id" = String, Path)), request_body = ArrivedBody,
    responses((status = 200, body = PaperBody)))]
async fn arrived(caller: Caller, Path(id): Path<PaperId>, Json(body): Json<ArrivedBody>) -> ApiAnswer<PaperBody> {
    let shown = papers::show(caller.ctx(), id).await?;
    if !shown.services.iter().any(|one| one.id == body.service) {
        return Err(Issue::error("E-P224", "请填写这份文书的送达编号", "Name a service of this document").field("service").into());
    }
    let served = Served { receiver: body.receiver, relation: body.relation, receiver_id: body.receiver_id };
    papers::arrived(caller.ctx(), body.service, (!body.returned).then_some(&served)).await?;
    read(&caller, id).await
}

/// Why a document is voided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VoidBody {
    /// The reason; number and document are kept.
    reason: String,
}

/// Voids a document (作废); its number stays.
#[utoipa::path(post, path = "/api/v1/papers/{id}/void", tag = "papers", params(("id" = String, Path)), request_body = VoidBody,
    responses((status = 200, body = PaperBody)))]
async fn void(caller: Caller, Path(id): Path<PaperId>, Json(body): Json<VoidBody>) -> ApiAnswer<PaperBody> {
    papers::void(caller.ctx(), id, &body.reason).await?;
    read(&caller, id).await
}
