//! Divorces for programs: all that the desk's pages do, by the same operations.

use axum::{
    Json,
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use casework::CaseId;
use kernel::{Day, Instant};
use ::marriage::divorce::ops::{self, AgreementInput, Desk, Line, Lines, Open, Part, Registration, ShownInput, Spoiled, TalkInput, View, Withdrawal};
use ::marriage::divorce::periods::Dates;
use ::marriage::model::{Photo, Side};
use ::marriage::ops::PartyInput;
use platform::Result;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::bodies::{FindingBody, LogBody, PartyBody};
use super::{COUNTER, OpenBody, OpenedBody, office, side};
use crate::api::{ApiAnswer, ApiVersioned, Bytes, Caller, IfMatch, Versioned, base64, told};
use crate::counter;
use crate::http::{Fault, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(desk, open, case, enter, confirm, identify, shown, talk, agree, sign, accept, refuse, abort, withdraw, claim, register, not_register, printed, spoil, paper),
    components(schemas(DivorcePaper))
)]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/divorces", COUNTER, desk)
        .post("/api/v1/marriage/divorces", COUNTER, open)
        .get("/api/v1/marriage/divorces/{id}", COUNTER, case)
        .put("/api/v1/marriage/divorces/{id}/parties/{side}", COUNTER, enter)
        .post("/api/v1/marriage/divorces/{id}/parties/{side}/confirm", COUNTER, confirm)
        .post("/api/v1/marriage/divorces/{id}/identify", COUNTER, identify)
        .put("/api/v1/marriage/divorces/{id}/marriage", COUNTER, shown)
        .put("/api/v1/marriage/divorces/{id}/interview", COUNTER, talk)
        .put("/api/v1/marriage/divorces/{id}/agreement", COUNTER, agree)
        .upload("/api/v1/marriage/divorces/{id}/sign", COUNTER, sign)
        .post("/api/v1/marriage/divorces/{id}/accept", COUNTER, accept)
        .post("/api/v1/marriage/divorces/{id}/refuse", COUNTER, refuse)
        .post("/api/v1/marriage/divorces/{id}/abort", COUNTER, abort)
        .post("/api/v1/marriage/divorces/{id}/withdraw", COUNTER, withdraw)
        .post("/api/v1/marriage/divorces/{id}/claim", COUNTER, claim)
        .upload("/api/v1/marriage/divorces/{id}/register", COUNTER, register)
        .post("/api/v1/marriage/divorces/{id}/not-register", COUNTER, not_register)
        .post("/api/v1/marriage/divorces/{id}/printed", COUNTER, printed)
        .post("/api/v1/marriage/divorces/{id}/spoil", COUNTER, spoil)
        .get("/api/v1/marriage/divorces/{id}/papers/{document}", COUNTER, paper)
}

/// The dates of a divorce.
#[derive(Debug, Serialize, ToSchema)]
struct DatesBody {
    /// The day of acceptance.
    #[schema(value_type = String)]
    accepted_on: Day,
    /// The last day on which one of them may withdraw.
    #[schema(value_type = String)]
    cool_end: Day,
    /// The first day of the claim.
    #[schema(value_type = String)]
    claim_from: Day,
    /// The last day of the claim.
    #[schema(value_type = String)]
    claim_end: Day,
    /// A year's calendar is missing: the dates may still move.
    provisional: bool,
}

impl From<Dates> for DatesBody {
    fn from(dates: Dates) -> Self {
        Self {
            accepted_on: dates.accepted,
            cool_end: dates.cool_end,
            claim_from: dates.claim_from(),
            claim_end: dates.claim_end,
            provisional: dates.provisional,
        }
    }
}

/// One divorce of a list; names are masked.
#[derive(Debug, Serialize, ToSchema)]
struct DivorceLineBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// 22 digits; also the number of the receipt.
    case_no: String,
    /// Code of the state as of today.
    state: String,
    /// The dates, once accepted.
    dates: Option<DatesBody>,
    /// The man, masked.
    a: String,
    /// The woman, masked.
    b: String,
}

impl From<Line> for DivorceLineBody {
    fn from(line: Line) -> Self {
        Self { id: line.id, case_no: line.case_no, state: line.state.code().to_owned(), dates: line.dates.map(DatesBody::from), a: line.a, b: line.b }
    }
}

/// A stretch of a list of divorces.
#[derive(Debug, Serialize, ToSchema)]
struct DivorceLinesBody {
    /// The lines, 100 at most.
    lines: Vec<DivorceLineBody>,
    /// Where the list goes on, for `after`; absent at its end.
    next: Option<String>,
}

impl From<Lines> for DivorceLinesBody {
    fn from(lines: Lines) -> Self {
        Self { lines: lines.lines.into_iter().map(DivorceLineBody::from).collect(), next: lines.next.map(|after| after.to_string()) }
    }
}

/// The divorces of an office: the beginning of every list, or one list further on and the others empty.
#[derive(Debug, Serialize, ToSchema)]
struct DivorcesBody {
    /// Can be claimed today, the one that lapses first at the head.
    claimable: DivorceLinesBody,
    /// The thirty days run.
    cooling: DivorceLinesBody,
    /// Not accepted yet.
    first: DivorceLinesBody,
}

impl From<Desk> for DivorcesBody {
    fn from(desk: Desk) -> Self {
        Self { claimable: desk.part(Part::Claimable).into(), cooling: desk.part(Part::Cooling).into(), first: desk.part(Part::First).into() }
    }
}

/// Whose list, and where it goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct DivorcesParams {
    /// Public code of the office.
    office: String,
    /// `next` of a list that was read before; empty for the beginning of all.
    #[param(example = "")]
    after: String,
}

/// One divorce.
#[derive(Debug, Serialize, ToSchema)]
struct DivorceBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// 22 digits; also the number of the receipt.
    case_no: String,
    /// Version of the case, as in `ETag`.
    version: i64,
    /// Code of the state as of today.
    state: String,
    /// The state in words.
    state_name: String,
    /// The dates, once accepted.
    dates: Option<DatesBody>,
    /// The man; absent before he is entered.
    a: Option<PartyBody>,
    /// The woman.
    b: Option<PartyBody>,
    /// Version of the agreement, the newest.
    agreement: Option<i64>,
    /// Both signed that version.
    agreement_signed: bool,
    /// Number of the certificates, once registered.
    cert_no: Option<String>,
    /// When it was registered.
    #[schema(value_type = Option<String>)]
    registered_at: Option<Instant>,
    /// The next serials of blank divorce certificates in the office's stock.
    serials: Vec<String>,
    /// What whoever asks may do with it now.
    actions: Vec<String>,
    /// What each rule finds now.
    findings: Vec<FindingBody>,
    /// What was done, the oldest first.
    log: Vec<LogBody>,
}

impl DivorceBody {
    fn new(view: View, whole: bool) -> Self {
        let party = |side: Side| view.file.party(side).map(|party| PartyBody::new(party, whole));
        let newest = view.file.agreement();
        Self {
            id: view.file.id(),
            case_no: view.file.head.case_no.clone(),
            version: view.file.head.version,
            state: view.state.code().to_owned(),
            state_name: view.state.name().zh.into_owned(),
            dates: view.file.dates.map(DatesBody::from),
            a: party(Side::A),
            b: party(Side::B),
            agreement: newest.map(|version| version.number),
            agreement_signed: newest.is_some_and(|version| version.signed.is_some()),
            cert_no: view.entry.as_ref().map(|entry| entry.cert_no.clone()),
            registered_at: view.entry.as_ref().map(|entry| entry.registered_at),
            log: view.log.iter().map(LogBody::new).collect(),
            actions: view.actions.iter().map(|action| action.verb().to_owned()).collect(),
            serials: view.serials,
            findings: view.findings.into_iter().map(|finding| FindingBody::new(finding, whole)).collect(),
        }
    }
}

async fn read(caller: &Caller, id: CaseId) -> Result<Versioned<DivorceBody>> {
    let view = ops::view(caller.ctx(), &caller.app().ports, id).await?;
    Ok(Versioned { version: view.file.head.version, body: DivorceBody::new(view, caller.ctx().actor().staff().is_some()) })
}

async fn acted(caller: &Caller, id: CaseId, seen: i64, done: Result<()>) -> ApiVersioned<DivorceBody> {
    match done {
        Ok(()) => Ok(read(caller, id).await?),
        Err(error) => Err(told(error, seen, read(caller, id)).await),
    }
}

/// The divorces of an office.
#[utoipa::path(get, path = "/api/v1/marriage/divorces", tag = "marriage", params(DivorcesParams), responses((status = 200, body = DivorcesBody)))]
async fn desk(caller: Caller, Query(params): Query<DivorcesParams>) -> ApiAnswer<DivorcesBody> {
    let office = office(&caller, &params.office).await?;
    Ok(Json(ops::desk(caller.ctx(), office.id, params.after.parse().ok().as_ref()).await?.into()))
}

/// Opens a divorce, of an appointment or of a couple who walked in.
#[utoipa::path(post, path = "/api/v1/marriage/divorces", tag = "marriage", request_body = OpenBody, responses((status = 200, body = OpenedBody)))]
async fn open(caller: Caller, Json(body): Json<OpenBody>) -> ApiAnswer<OpenedBody> {
    let input = match body.booking {
        Some(id) => {
            let booking = booking::ops::read::booking(caller.ctx(), id).await?;
            Open { office: booking.office, booking: Some(booking.id), for_abroad: None }
        }
        None => Open { office: office(&caller, &body.office).await?.id, booking: None, for_abroad: body.for_abroad },
    };
    Ok(Json(OpenedBody { id: ops::open(caller.ctx(), input).await? }))
}

/// One divorce with its dates and checks; the read is shown to both persons.
#[utoipa::path(get, path = "/api/v1/marriage/divorces/{id}", tag = "marriage", params(("id" = String, Path)), responses((status = 200, body = DivorceBody)))]
async fn case(caller: Caller, Path(id): Path<CaseId>) -> ApiVersioned<DivorceBody> {
    Ok(read(&caller, id).await?)
}

/// Writes a person into his place as his document shows him.
#[utoipa::path(put, path = "/api/v1/marriage/divorces/{id}/parties/{side}", tag = "marriage", params(("id" = String, Path), ("side" = Side, Path), IfMatch),
    request_body = PartyInput, responses((status = 200, body = DivorceBody)))]
async fn enter(caller: Caller, IfMatch(seen): IfMatch, Path((id, place)): Path<(CaseId, String)>, Json(input): Json<PartyInput>) -> ApiVersioned<DivorceBody> {
    let done = ops::enter_party(caller.ctx(), &caller.app().ports, id, seen, side(&place)?, &input).await;
    acted(&caller, id, seen, done).await
}

/// Confirms what another member of staff typed.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/parties/{side}/confirm", tag = "marriage",
    params(("id" = String, Path), ("side" = Side, Path), IfMatch), responses((status = 200, body = DivorceBody)))]
async fn confirm(caller: Caller, IfMatch(seen): IfMatch, Path((id, place)): Path<(CaseId, String)>) -> ApiVersioned<DivorceBody> {
    let done = ops::confirm_party(caller.ctx(), id, seen, side(&place)?).await;
    acted(&caller, id, seen, done).await
}

/// That the registrar compared both faces with their documents.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComparedBody {
    /// He compared them himself.
    compared: bool,
}

/// Records that both stand at the counter for the application.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/identify", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = ComparedBody, responses((status = 200, body = DivorceBody)))]
async fn identify(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ComparedBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::identify(caller.ctx(), &caller.app().ports, id, seen, body.compared).await;
    acted(&caller, id, seen, done).await
}

/// Takes in what the marriage certificates say.
#[utoipa::path(put, path = "/api/v1/marriage/divorces/{id}/marriage", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = ShownInput, responses((status = 200, body = DivorceBody)))]
async fn shown(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ShownInput>) -> ApiVersioned<DivorceBody> {
    let done = ops::show_marriage(caller.ctx(), id, seen, &body).await;
    acted(&caller, id, seen, done).await
}

/// What both said; the man first, then the woman.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TalkBody {
    /// Wants the divorce.
    #[schema(value_type = Vec<bool>, example = json!([true, true]))]
    willing: [bool; 2],
    /// Has full legal capacity.
    #[schema(value_type = Vec<bool>, example = json!([true, true]))]
    capable: [bool; 2],
    /// `0` nothing unusual, `1` coercion, `2` trafficking, `3` violence suspected.
    #[serde(default)]
    suspicion: String,
    /// The registrar's own words.
    #[serde(default)]
    note: String,
}

/// Records the interview, at the application and again at the claim.
#[utoipa::path(put, path = "/api/v1/marriage/divorces/{id}/interview", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = TalkBody, responses((status = 200, body = DivorceBody)))]
async fn talk(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<TalkBody>) -> ApiVersioned<DivorceBody> {
    let input = TalkInput { willing: body.willing.map(Some), capable: body.capable.map(Some), suspicion: body.suspicion, note: body.note };
    let done = ops::talk(caller.ctx(), id, seen, &input).await;
    acted(&caller, id, seen, done).await
}

/// Writes down a version of the agreement.
#[utoipa::path(put, path = "/api/v1/marriage/divorces/{id}/agreement", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = AgreementInput, responses((status = 200, body = DivorceBody)))]
async fn agree(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<AgreementInput>) -> ApiVersioned<DivorceBody> {
    let done = ops::agree(caller.ctx(), id, seen, &body).await;
    acted(&caller, id, seen, done).await
}

/// The signed application and agreement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScanBody {
    /// The scan in Base64: PDF, JPEG or PNG.
    #[schema(example = "JVBERi0xLjQK")]
    scan: String,
}

/// Takes in the application and the newest version of the agreement, signed by both.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/sign", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = ScanBody, responses((status = 200, body = DivorceBody)))]
async fn sign(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ScanBody>) -> ApiVersioned<DivorceBody> {
    let ctx = caller.ctx();
    let done = async {
        let scan = if body.scan.is_empty() { String::new() } else { counter::scan(ctx, "scan", base64("scan", &body.scan)?).await? };
        ops::sign(ctx, id, seen, &scan).await
    };
    let done = done.await;
    acted(&caller, id, seen, done).await
}

/// Accepts the application (受理): the thirty days begin.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/accept", tag = "marriage", params(("id" = String, Path), IfMatch),
    responses((status = 200, body = DivorceBody)))]
async fn accept(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>) -> ApiVersioned<DivorceBody> {
    let done = ops::accept(caller.ctx(), &caller.app().ports, id, seen).await.map(drop);
    acted(&caller, id, seen, done).await
}

/// Who withdraws, in person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawDivorceBody {
    /// `A` the man, `B` the woman.
    side: Side,
    /// The registrar compared the person with the document.
    compared: bool,
    /// The receipt was seen, or a statement that it is lost.
    receipt: bool,
}

/// Withdraws the application for one of them.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/withdraw", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = WithdrawDivorceBody, responses((status = 200, body = DivorceBody)))]
async fn withdraw(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<WithdrawDivorceBody>) -> ApiVersioned<DivorceBody> {
    let input = Withdrawal { side: body.side, compared: body.compared, receipt: body.receipt };
    let done = ops::withdraw(caller.ctx(), id, seen, input).await;
    acted(&caller, id, seen, done).await
}

/// Records that both came to claim the certificate.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/claim", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = ComparedBody, responses((status = 200, body = DivorceBody)))]
async fn claim(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<ComparedBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::claim(caller.ctx(), &caller.app().ports, id, seen, body.compared).await;
    acted(&caller, id, seen, done).await
}

/// What the registrar signs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterDivorceBody {
    /// Serial of the man's booklet.
    serial_a: String,
    /// Serial of the woman's booklet.
    serial_b: String,
    /// Both names, typed.
    confirmation: String,
    /// The man's photo for his certificate, JPEG or PNG in Base64; empty without one.
    #[serde(default)]
    #[schema(example = "iVBORw0KGgo=")]
    photo_a: String,
    /// The woman's, likewise.
    #[serde(default)]
    #[schema(example = "iVBORw0KGgo=")]
    photo_b: String,
    /// The registrar finds the photos recent, bareheaded and each of its holder alone.
    #[serde(default)]
    photos_confirmed: bool,
}

/// Registers the divorce: the marriage ends, and its certificates are void.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/register", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = RegisterDivorceBody, responses((status = 200, body = DivorceBody)))]
async fn register(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<RegisterDivorceBody>) -> ApiVersioned<DivorceBody> {
    let done = async {
        let RegisterDivorceBody { serial_a, serial_b, confirmation, photo_a, photo_b, photos_confirmed: confirmed } = body;
        let mut photos = [None, None];
        for (photo, (field, sent)) in photos.iter_mut().zip([("photo_a", photo_a), ("photo_b", photo_b)]) {
            if !sent.is_empty() {
                *photo = Some(Photo { confirmed, ..counter::photo_at(caller.ctx(), field, base64(field, &sent)?).await? });
            }
        }
        ops::register(caller.ctx(), &caller.app().ports, Registration { case: id, seen, serial_a, serial_b, confirmation, photos }).await.map(drop)
    };
    let done = done.await;
    acted(&caller, id, seen, done).await
}

/// Why not.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotRegisterBody {
    /// The reason in words.
    reason: String,
}

/// Does not register this time; both may come again to the last day.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/not-register", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = NotRegisterBody, responses((status = 200, body = DivorceBody)))]
async fn not_register(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<NotRegisterBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::not_register(caller.ctx(), id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// Refuses the application before its acceptance, with the reason.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/refuse", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = NotRegisterBody, responses((status = 200, body = DivorceBody)))]
async fn refuse(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<NotRegisterBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::refuse(caller.ctx(), id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// They gave up before the acceptance; nobody has to give a reason.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/abort", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = NotRegisterBody, responses((status = 200, body = DivorceBody)))]
async fn abort(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<NotRegisterBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::abort(caller.ctx(), id, seen, &body.reason).await;
    acted(&caller, id, seen, done).await
}

/// Whose booklet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DivorceHolderBody {
    /// `A` the man, `B` the woman.
    holder: Side,
}

/// Notes that a holder's booklet was printed.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/printed", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = DivorceHolderBody, responses((status = 200, body = DivorceBody)))]
async fn printed(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<DivorceHolderBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::printed(caller.ctx(), id, seen, body.holder).await;
    acted(&caller, id, seen, done).await
}

/// A booklet that was spoiled, and the one that takes its place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DivorceSpoilBody {
    /// `A` the man, `B` the woman.
    holder: Side,
    /// Why.
    reason: String,
    /// Serial of the new booklet.
    serial: String,
}

/// Takes a spoiled booklet out of force and a new one from stock.
#[utoipa::path(post, path = "/api/v1/marriage/divorces/{id}/spoil", tag = "marriage", params(("id" = String, Path), IfMatch),
    request_body = DivorceSpoilBody, responses((status = 200, body = DivorceBody)))]
async fn spoil(caller: Caller, IfMatch(seen): IfMatch, Path(id): Path<CaseId>, Json(body): Json<DivorceSpoilBody>) -> ApiVersioned<DivorceBody> {
    let done = ops::spoil(caller.ctx(), Spoiled { case: id, seen, holder: body.holder, reason: body.reason, serial: body.serial }).await;
    acted(&caller, id, seen, done).await
}

/// Which paper of a divorce.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the names that `counter::divorce_paper` knows")]
enum DivorcePaper {
    /// Application and agreement, to be signed.
    #[schema(rename = "application.pdf")]
    Application,
    /// 受理回执单.
    #[schema(rename = "receipt.pdf")]
    Receipt,
    /// The confirmation of a withdrawal.
    #[schema(rename = "slip.pdf")]
    Slip,
    /// The text for the man's booklet.
    #[schema(rename = "booklet-a.pdf")]
    BookletA,
    /// The text for the woman's booklet.
    #[schema(rename = "booklet-b.pdf")]
    BookletB,
}

/// A paper of a divorce.
#[utoipa::path(get, path = "/api/v1/marriage/divorces/{id}/papers/{document}", tag = "marriage",
    params(("id" = String, Path), ("document" = DivorcePaper, Path)), responses((status = 200, body = Bytes, content_type = "application/pdf")))]
async fn paper(caller: Caller, Path((id, document)): Path<(CaseId, String)>) -> Result<Response, Fault> {
    let bytes = counter::divorce_paper(caller.ctx(), &caller.app().press, id, &document, None).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}
