//! Supervision of organisations for programs: proceedings and their acts, what the public reads of an organisation, illegal organisations.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use data_encoding::BASE64;
use kernel::{Day, Instant, Issue, RegionCode};
use organizations::register;
use organizations::supervision::states::READERS;
use organizations::supervision::{self, Attach, Attachment, AttachmentId, Door, Fact, Filter, Input, Kind, PaperId, PaperLine, ProceedingId, Service, State};
use platform::Error;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, base64, told};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(list, open, show, act, document, attach, attached, facts, illegal))]
pub(super) struct Doc;

const DESK: Access = Access::Staff(READERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/organization-proceedings", DESK, list)
        .post("/api/v1/organization-proceedings", DESK, open)
        .get("/api/v1/organization-proceedings/{id}", DESK, show)
        .post("/api/v1/organization-proceedings/{id}/{act}", DESK, act)
        .upload("/api/v1/organization-proceedings/{id}/attachments", DESK, attach)
        .get("/api/v1/organization-documents/{id}", DESK, document)
        .get("/api/v1/organization-attachments/{id}", DESK, attached)
        .get("/api/v1/organization-facts/{uscc}", Access::Anyone, facts)
        .get("/api/v1/illegal-organizations", Access::Anyone, illegal)
}

/// Which proceedings.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ProceedingQuery {
    /// `listing`, `penalty`, `annual`, `evaluation`, `fundraising`, `illegal` or `inspection`; all if empty.
    kind: String,
    /// Code of a state; all if empty.
    state: String,
    /// Only what has not ended.
    open: bool,
    /// The last line of the page before.
    before: String,
}

/// A proceeding in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingLine {
    /// Id.
    id: String,
    /// What it is.
    kind: &'static str,
    /// Whom it is about.
    subject: String,
    /// Code of the region.
    region: String,
    /// The year of a report.
    year: Option<i64>,
    /// Code of the state.
    state: &'static str,
    /// By when somebody has to act.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Day>,
}

/// Proceedings, 50 an answer.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingPage {
    /// The newest first.
    proceedings: Vec<ProceedingLine>,
    /// `before` of the next page, if there is one.
    next: Option<String>,
}

/// Proceedings in the caller's regions, the newest first.
#[utoipa::path(get, path = "/api/v1/organization-proceedings", tag = "organizations", params(ProceedingQuery), responses((status = 200, body = ProceedingPage)))]
async fn list(caller: Caller, Query(asked): Query<ProceedingQuery>) -> ApiAnswer<ProceedingPage> {
    let filter = Filter {
        kind: Kind::from_code(&asked.kind),
        state: State::from_code(&asked.state),
        overdue_on: None,
        open: asked.open,
        before: asked.before.parse().ok(),
    };
    let page = supervision::list(caller.ctx(), &filter).await?;
    let proceedings = page.lines.into_iter().map(|line| ProceedingLine {
        id: line.id.to_string(),
        kind: line.kind.code(),
        subject: line.subject,
        region: line.region.as_str().to_owned(),
        year: line.year,
        state: line.state.code(),
        due: line.due,
    });
    Ok(Json(ProceedingPage { proceedings: proceedings.collect(), next: page.next.map(|id| id.to_string()) }))
}

/// What can be done now.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingAct {
    /// Its name in the address.
    act: &'static str,
    /// In Chinese.
    name_zh: String,
    /// In English.
    name_en: String,
    /// Names of what it asks.
    fields: Vec<&'static str>,
    /// It asks for `sure` = `yes`.
    sure: bool,
}

/// A proceeding.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingBody {
    /// Id.
    id: String,
    /// What it is.
    kind: &'static str,
    /// Whom it is about.
    subject: String,
    /// Its credit code; absent for an illegal organisation.
    uscc: Option<String>,
    /// The year of a report.
    year: Option<i64>,
    /// Code of the state.
    state: &'static str,
    /// By when somebody has to act.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Day>,
    /// That day is over.
    overdue: bool,
    /// What is known, by the names of its kind.
    #[schema(value_type = Object)]
    content: serde_json::Value,
    /// Its notices and decisions, the oldest first.
    documents: Vec<ProceedingDocument>,
    /// Its files, the oldest first.
    attachments: Vec<ProceedingAttachment>,
    /// What the caller may do now.
    acts: Vec<ProceedingAct>,
}

/// A notice or decision of a proceeding.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingDocument {
    /// Id.
    id: String,
    /// `listing-notice`, `listing-decision`, `removal-decision`, `penalty-notice`, `hearing-notice`, `penalty-decision`, `rectify-order`,
    /// `inspection-result`, `annual-conclusion`, `evaluation`, `fundraising` or `service`.
    kind: &'static str,
    /// Its number.
    number: String,
    /// When it was issued.
    #[schema(value_type = String)]
    issued_at: Instant,
    /// From when it no longer counts.
    #[schema(value_type = Option<String>, format = Date)]
    voided_on: Option<Day>,
    /// Until when it counts at most; for certificates that run out.
    #[schema(value_type = Option<String>, format = Date)]
    until_on: Option<Day>,
    /// How it was served, once that was recorded; told with its proceeding.
    service: Option<ProceedingService>,
}

/// How a document was served.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingService {
    /// `direct`, `left`, `electronic`, `post` or `notice`.
    way: String,
    /// Who received it, or refused to; empty for a public notice.
    receiver: String,
    /// How he stands to the organisation.
    relation: String,
    /// Where.
    place: String,
    /// When it was done.
    #[schema(value_type = String, format = Date)]
    done_on: Day,
    /// The time of that day; empty if it was not written down.
    time: String,
    /// From when it counts as served.
    #[schema(value_type = String, format = Date)]
    served_on: Day,
    /// Who served it.
    servers: Vec<String>,
    /// Who saw it.
    witness: String,
    /// Number of the post.
    tracking: String,
}

impl From<Service> for ProceedingService {
    fn from(service: Service) -> Self {
        let Service { way, receiver, relation, place, done_on, time, served_on, servers, witness, tracking } = service;
        Self { way, receiver, relation, place, done_on, time, served_on, servers, witness, tracking }
    }
}

impl From<PaperLine> for ProceedingDocument {
    fn from(line: PaperLine) -> Self {
        Self {
            id: line.id.to_string(),
            kind: line.kind.code(),
            number: line.number,
            issued_at: line.issued_at,
            voided_on: line.voided_on,
            until_on: line.until_on,
            service: line.service.map(ProceedingService::from),
        }
    }
}

/// A file in a proceeding.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingAttachment {
    /// Id.
    id: String,
    /// What the sender says it is.
    title: String,
    /// Size in bytes.
    bytes: i64,
    /// When it came.
    #[schema(value_type = String)]
    at: Instant,
    /// The organisation itself sent it.
    own: bool,
}

impl From<Attachment> for ProceedingAttachment {
    fn from(file: Attachment) -> Self {
        Self { id: file.id.to_string(), title: file.title, bytes: file.bytes, at: file.at, own: file.own }
    }
}

/// A file to be put to a proceeding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProceedingAttach {
    /// What it is.
    title: String,
    /// What the file is called.
    #[serde(default)]
    name: String,
    /// The content in Base64: JPEG, PNG or PDF.
    content: String,
}

/// Puts a file to a proceeding in which the caller may do something now.
#[utoipa::path(post, path = "/api/v1/organization-proceedings/{id}/attachments", tag = "organizations", params(("id" = String, Path)),
    request_body = ProceedingAttach, responses((status = 200, body = ProceedingBody)))]
async fn attach(caller: Caller, Path(id): Path<ProceedingId>, Json(body): Json<ProceedingAttach>) -> ApiVersioned<ProceedingBody> {
    let sent = Attach { title: body.title, file_name: body.name, bytes: base64("content", &body.content)? };
    supervision::attach(caller.ctx(), Door::Desk, id, sent).await?;
    Ok(read(&caller, id).await?)
}

/// A file with its content.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingFile {
    /// What the file is called.
    name: String,
    /// Its type.
    media_type: &'static str,
    /// The content in Base64.
    content: String,
}

/// A file of a proceeding.
#[utoipa::path(get, path = "/api/v1/organization-attachments/{id}", tag = "organizations", params(("id" = String, Path)), responses((status = 200, body = ProceedingFile)))]
async fn attached(caller: Caller, Path(id): Path<AttachmentId>) -> ApiAnswer<ProceedingFile> {
    let file = supervision::attached(caller.ctx(), Door::Desk, id).await?;
    Ok(Json(ProceedingFile { name: file.name, media_type: file.media_type.name(), content: BASE64.encode(&file.content) }))
}

/// What a notice or decision says, in the language asked for.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingDocumentBody {
    /// Which document.
    document: ProceedingDocument,
    /// The proceeding.
    proceeding: String,
    /// Title, authority, addressee, paragraphs, elements and parts, in the order of the sheet.
    #[schema(value_type = Object)]
    words: serde_json::Value,
}

/// A notice or decision of a proceeding in words.
#[utoipa::path(get, path = "/api/v1/organization-documents/{id}", tag = "organizations", params(("id" = String, Path)), responses((status = 200, body = ProceedingDocumentBody)))]
async fn document(caller: Caller, Path(id): Path<PaperId>) -> ApiAnswer<ProceedingDocumentBody> {
    let paper = supervision::paper(caller.ctx(), Door::Desk, id).await?;
    let words = serde_json::to_value(&paper.words).map_err(Error::internal)?;
    Ok(Json(ProceedingDocumentBody { document: paper.line.into(), proceeding: paper.proceeding.to_string(), words }))
}

async fn read(caller: &Caller, id: ProceedingId) -> Result<Versioned<ProceedingBody>, Error> {
    let view = supervision::view(caller.ctx(), id).await?;
    let acts = view.may.iter().map(|act| ProceedingAct {
        act: act.code,
        name_zh: act.name().zh.into_owned(),
        name_en: act.name().en.into_owned(),
        fields: act.fields.iter().map(|field| field.name).collect(),
        sure: act.sure,
    });
    let body = ProceedingBody {
        id: id.to_string(),
        kind: view.kind.code(),
        subject: view.subject,
        uscc: view.entry.and_then(|entry| entry.head.uscc),
        year: view.year,
        state: view.state.code(),
        due: view.due,
        overdue: view.overdue,
        content: serde_json::to_value(&view.content).map_err(Error::internal)?,
        attachments: view.attachments.into_iter().map(ProceedingAttachment::from).collect(),
        documents: view.papers.into_iter().map(ProceedingDocument::from).collect(),
        acts: acts.collect(),
    };
    Ok(Versioned { version: view.version, body })
}

/// One proceeding.
#[utoipa::path(get, path = "/api/v1/organization-proceedings/{id}", tag = "organizations", params(("id" = String, Path)), responses((status = 200, body = ProceedingBody)))]
async fn show(caller: Caller, Path(id): Path<ProceedingId>) -> ApiVersioned<ProceedingBody> {
    Ok(read(&caller, id).await?)
}

/// What an act asks: names of fields with what is typed; several of a choice as several values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProceedingFields {
    /// By the names that `acts` tells.
    fields: BTreeMap<String, Vec<String>>,
}

fn input(fields: &BTreeMap<String, Vec<String>>) -> Input {
    fields.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value))).fold(Input::default(), |input, (name, value)| input.with(name, value))
}

/// A proceeding to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProceedingOpen {
    /// What it is.
    #[schema(example = "penalty")]
    kind: String,
    /// Credit code of the organisation; empty for an illegal one.
    #[serde(default)]
    uscc: String,
    /// What opening one of the kind asks.
    fields: BTreeMap<String, Vec<String>>,
}

/// What was opened.
#[derive(Debug, Serialize, ToSchema)]
struct ProceedingOpened {
    /// Id.
    id: String,
    /// Codes of what a person should look at.
    warnings: Vec<String>,
}

/// Opens a proceeding.
#[utoipa::path(post, path = "/api/v1/organization-proceedings", tag = "organizations", request_body = ProceedingOpen, responses((status = 200, body = ProceedingOpened)))]
async fn open(caller: Caller, Json(body): Json<ProceedingOpen>) -> ApiAnswer<ProceedingOpened> {
    let wrong = |field: &str| Issue::error("E-D80", "请填写", "This is needed").field(field);
    let kind = Kind::from_code(&body.kind).ok_or_else(|| wrong("kind"))?;
    let organization = match kind {
        Kind::Illegal => None,
        _ => {
            let found = register::by_uscc(caller.ctx().db(), &kernel::text::code(&body.uscc)).await?;
            Some(found.ok_or_else(|| Issue::error("E-D89", "未查询到该社会组织", "No such organisation").field("uscc"))?.head.id)
        }
    };
    let done = supervision::open(caller.ctx(), kind, organization, &input(&body.fields)).await?;
    Ok(Json(ProceedingOpened { id: done.id.to_string(), warnings: done.warnings.into_iter().map(|issue| issue.code.into_owned()).collect() }))
}

/// Does an act in a proceeding as it was seen.
#[utoipa::path(post, path = "/api/v1/organization-proceedings/{id}/{act}", tag = "organizations",
    params(("id" = String, Path), ("act" = String, Path), IfMatch), request_body = ProceedingFields, responses((status = 200, body = ProceedingBody)))]
async fn act(caller: Caller, Path((id, act)): Path<(ProceedingId, String)>, seen: IfMatch, Json(body): Json<ProceedingFields>) -> ApiVersioned<ProceedingBody> {
    match supervision::act(caller.ctx(), id, seen.0, &act, &input(&body.fields)).await {
        Ok(_) => Ok(read(&caller, id).await?),
        Err(error) => Err(told(error, seen.0, read(&caller, id)).await),
    }
}

/// Something that stands, or stood, about an organisation.
#[derive(Debug, Serialize, ToSchema)]
struct FactBody {
    /// `list`, `penalty`, `annual`, `level` or `fundraising`.
    kind: &'static str,
    /// Which list, which result, which level; kinds of a penalty, separated by spaces.
    code: String,
    /// In Chinese.
    name_zh: String,
    /// In English.
    name_en: String,
    /// From when it holds.
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    /// Until when at most.
    #[schema(value_type = Option<String>, format = Date)]
    until_on: Option<Day>,
    /// When it was entered.
    #[schema(value_type = String)]
    recorded_at: Instant,
    /// From when it no longer holds.
    #[schema(value_type = Option<String>, format = Date)]
    ended_on: Option<Day>,
    /// Number of the decision.
    number: String,
    /// What happened, or what was found.
    facts: String,
    /// Law and article.
    basis: String,
    /// The year of a report.
    year: Option<i64>,
    /// A fine in fen.
    amount: Option<i64>,
}

impl From<Fact> for FactBody {
    fn from(fact: Fact) -> Self {
        let name = fact.name();
        Self {
            kind: fact.kind.code(),
            name_zh: name.zh.into_owned(),
            name_en: name.en.into_owned(),
            code: fact.code,
            effective_on: fact.effective_on,
            until_on: fact.until_on,
            recorded_at: fact.recorded_at,
            ended_on: fact.ended_on,
            number: fact.detail.number,
            facts: fact.detail.facts,
            basis: fact.detail.basis,
            year: fact.detail.year,
            amount: fact.detail.amount.map(|amount| amount.0),
        }
    }
}

/// What the public reads of an organisation.
#[derive(Debug, Serialize, ToSchema)]
struct FactsBody {
    /// Credit code.
    uscc: String,
    /// The name.
    name: String,
    /// Reports, levels, qualification, penalties and lists; of each the newest first.
    facts: Vec<FactBody>,
}

/// As of which day.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct FactsQuery {
    /// As recorded at the end of this day; now if empty.
    on: String,
}

/// What supervision says of an organisation in public, now or as recorded on a past day.
#[utoipa::path(get, path = "/api/v1/organization-facts/{uscc}", tag = "organizations", params(("uscc" = String, Path), FactsQuery), responses((status = 200, body = FactsBody)))]
async fn facts(caller: Caller, Path(uscc): Path<String>, Query(asked): Query<FactsQuery>) -> ApiAnswer<FactsBody> {
    let db = caller.ctx().db();
    let head = register::by_uscc(db, &kernel::text::code(&uscc)).await?.ok_or(Error::NotFound)?.head;
    let as_of = asked.on.parse::<Day>().ok().map(|day| Instant::from_micros(Instant::at(day.plus_days(1), 0).micros() - 1));
    let public = supervision::public_facts(db, head.id, as_of).await?;
    let all = [public.annual, public.levels, public.fundraising, public.penalties, public.lists];
    Ok(Json(FactsBody { uscc: head.uscc.unwrap_or_default(), name: head.name, facts: all.into_iter().flatten().map(FactBody::from).collect() }))
}

/// Which illegal organisations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct IllegalQuery {
    /// A part of the name.
    name: String,
    /// Code of a region, with everything below.
    region: String,
    /// The last line of the page before.
    before: String,
}

/// An illegal organisation.
#[derive(Debug, Serialize, ToSchema)]
struct IllegalBody {
    /// The name.
    name: String,
    /// Code of the county.
    region: String,
    /// `unregistered`, `preparing` or `revoked`.
    kind: &'static str,
    /// `ban`, `dissolve`, `register` or `transfer`.
    disposition: &'static str,
    /// When that was decided.
    #[schema(value_type = String, format = Date)]
    decided_on: Day,
    /// The facts.
    facts: String,
}

/// Illegal organisations, 50 an answer.
#[derive(Debug, Serialize, ToSchema)]
struct IllegalPage {
    /// The newest first.
    organizations: Vec<IllegalBody>,
    /// `before` of the next page, if there is one.
    next: Option<String>,
}

/// Illegal organisations of which it is decided.
#[utoipa::path(get, path = "/api/v1/illegal-organizations", tag = "organizations", params(IllegalQuery), responses((status = 200, body = IllegalPage)))]
async fn illegal(caller: Caller, Query(asked): Query<IllegalQuery>) -> ApiAnswer<IllegalPage> {
    let region = RegionCode::parse(asked.region.trim()).ok();
    let (lines, next) = supervision::illegal(caller.ctx(), region, &asked.name, asked.before.parse().ok()).await?;
    let organizations = lines.into_iter().map(|line| IllegalBody {
        name: line.name,
        region: line.region.as_str().to_owned(),
        kind: line.kind.code(),
        disposition: line.disposition.code(),
        decided_on: line.decided_on,
        facts: line.facts,
    });
    Ok(Json(IllegalPage { organizations: organizations.collect(), next: next.map(|id| id.to_string()) }))
}
