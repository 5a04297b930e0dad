//! The citizen who asks, for programs: who one is, what is kept, who looked at it.

use axum::{Json, extract::Query, http::header, response::IntoResponse};
use identity::ops::{self, GiveConsent, Look, MyData, RealName, Vouch, my_data};
use kernel::Instant;
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Bytes, Caller};
use crate::http::{Access, Answer, Routes};
use crate::own_data::{self, ColumnBody, CopyBody, SectionBody};
use crate::registry;

#[derive(OpenApi)]
#[openapi(paths(me, data, copy, copy_pdf, real_name, vouch, consent, withdraw_consent), components(schemas(CopyBody, SectionBody, ColumnBody)))]
pub(crate) struct Doc;

const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar]);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/me", Access::Citizen, me)
        .get("/api/v1/me/data", Access::Citizen, data)
        .get("/api/v1/me/data/copy", Access::Citizen, copy)
        .get("/api/v1/me/data/copy.pdf", Access::Citizen, copy_pdf)
        .post("/api/v1/me/real-name", Access::Citizen, real_name)
        .post("/api/v1/vouchers", COUNTER, vouch)
        .post("/api/v1/guardian-consents", COUNTER, consent)
        .post("/api/v1/guardian-consents/withdraw", COUNTER, withdraw_consent)
}

/// Who one is.
#[derive(Serialize, ToSchema)]
struct MeBody {
    /// Level of assurance: 1 number or address, 2 name and number confirmed, 3 checked face to face.
    level: u8,
    /// Name, masked; absent before the real-name step.
    name: Option<String>,
    /// Number of the newest document, masked.
    number: Option<String>,
    /// Language of messages: `zh` or `en`.
    lang: String,
}

/// The citizen who asks.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", responses((status = 200, body = MeBody)))]
async fn me(caller: Caller) -> ApiAnswer<MeBody> {
    let MyData { level, person, contact, .. } = my_data(caller.ctx(), None).await?;
    let (name, number) = person.map(|person| (person.masked_name(), person.masked_number())).unzip();
    Ok(Json(MeBody { level, name, number, lang: contact.lang.code().to_owned() }))
}

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Before {
    /// Only acts before this moment, RFC 3339: the `older` of the page before.
    #[param(value_type = Option<String>)]
    before: Option<Instant>,
}

/// Everything that is kept about the citizen by this part of the program, whole: it is his own.
#[derive(Serialize, ToSchema)]
struct DataBody {
    /// Mobile number.
    phone: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Level of assurance.
    level: u8,
    /// Who vouched for name and number.
    vouched_by: Option<String>,
    /// Since when the account exists.
    #[schema(value_type = String)]
    since: Instant,
    /// The person, after the real-name step.
    person: Option<PersonBody>,
    /// Who did what with these data, the newest first.
    looks: Vec<LookBody>,
    /// Ask again with this moment for older ones.
    #[schema(value_type = Option<String>)]
    older: Option<Instant>,
}

/// A person as he is kept.
#[derive(Serialize, ToSchema)]
struct PersonBody {
    /// Full name.
    name: String,
    /// Value of GB/T 2261.1.
    sex: Option<String>,
    /// Date of birth.
    birth: Option<String>,
    /// His documents.
    documents: Vec<DocumentBody>,
}

/// A document of a person.
#[derive(Serialize, ToSchema)]
struct DocumentBody {
    /// Value of GA/T 517.
    kind: String,
    /// Country or region that issued it.
    country: String,
    /// Number.
    number: String,
}

/// One act on the data.
#[derive(Serialize, ToSchema)]
struct LookBody {
    /// When.
    #[schema(value_type = String)]
    at: Instant,
    /// `citizen`, `staff`, `program` or `system`.
    who: String,
    /// Name of the member of staff.
    name: Option<String>,
    /// Where he works, in Chinese.
    org: Option<String>,
    /// What was done.
    action: String,
    /// Reason or purpose that was given.
    reason: Option<String>,
}

impl From<Look> for LookBody {
    fn from(look: Look) -> Self {
        let Look { at, who, name, org, action, reason } = look;
        Self { at, who, name, org: org.map(|org| org.zh.into_owned()), action, reason }
    }
}

impl From<MyData> for DataBody {
    fn from(data: MyData) -> Self {
        let person = data.person.map(|person| PersonBody {
            name: person.name,
            sex: person.sex.map(|sex| sex.code().to_owned()),
            birth: person.birth.map(|birth| birth.to_string()),
            documents: person.documents.into_iter().map(|(kind, country, number)| DocumentBody { kind, country, number }).collect(),
        });
        Self {
            phone: data.contact.phone.map(|phone| phone.as_str().to_owned()),
            email: data.contact.email.map(|email| email.as_str().to_owned()),
            level: data.level,
            vouched_by: data.vouched_by,
            since: data.since,
            person,
            looks: data.looks.into_iter().map(LookBody::from).collect(),
            older: data.older,
        }
    }
}

/// Everything that is kept about the citizen who asks, and who looked at it (Personal Information Protection Law, article 45).
#[utoipa::path(get, path = "/api/v1/me/data", tag = "me", params(Before),
    responses((status = 200, body = DataBody)))]
async fn data(caller: Caller, Query(asked): Query<Before>) -> ApiAnswer<DataBody> {
    Ok(Json(my_data(caller.ctx(), asked.before).await?.into()))
}

/// A copy of everything that is kept about the citizen who asks, to take to another system (Personal Information Protection Law, article 45).
#[utoipa::path(get, path = "/api/v1/me/data/copy", tag = "me", responses((status = 200, body = CopyBody)))]
async fn copy(caller: Caller) -> ApiAnswer<CopyBody> {
    let ctx = caller.ctx();
    let copy = CopyBody::new(ctx.now(), registry::own_data(ctx).await?);
    ops::copy_taken(ctx, "json").await?;
    Ok(Json(copy))
}

/// The same as a document.
#[utoipa::path(get, path = "/api/v1/me/data/copy.pdf", tag = "me", responses((status = 200, content_type = "application/pdf", body = Bytes)))]
async fn copy_pdf(caller: Caller) -> Answer {
    let ctx = caller.ctx();
    let bytes = own_data::pdf(ctx, &caller.app().press, registry::own_data(ctx).await?).await?;
    ops::copy_taken(ctx, "pdf").await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

/// Name and document, as the document shows them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShownBody {
    /// Name.
    name: String,
    /// Kind of document (GA/T 517).
    id_type: String,
    /// Number of the document.
    id_no: String,
}

impl From<ShownBody> for RealName {
    fn from(body: ShownBody) -> Self {
        Self { name: body.name, id_type: body.id_type, number: body.id_no }
    }
}

/// The real-name step (level 2): name and number are held against the verifier of the instance.
#[utoipa::path(post, path = "/api/v1/me/real-name", tag = "me", request_body = ShownBody, responses((status = 200, body = MeBody)))]
async fn real_name(caller: Caller, Json(body): Json<ShownBody>) -> ApiAnswer<MeBody> {
    ops::real_name(caller.ctx(), &*caller.app().verifier, body.into()).await?;
    me(caller).await
}

/// Somebody whose document was seen at the counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VouchBody {
    /// The number or address with which the person signs in.
    #[schema(example = "13800138000")]
    contact: String,
    /// What the document shows.
    shown: ShownBody,
}

/// That somebody was vouched for.
#[derive(Serialize, ToSchema)]
struct VouchedBody {
    /// Id of the person.
    person: String,
}

/// Vouches for a person whose original document was seen face to face (level 3).
#[utoipa::path(post, path = "/api/v1/vouchers", tag = "me", request_body = VouchBody, responses((status = 200, body = VouchedBody)))]
async fn vouch(caller: Caller, Json(body): Json<VouchBody>) -> ApiAnswer<VouchedBody> {
    let person = ops::vouch(caller.ctx(), Vouch { contact: body.contact, shown: body.shown.into() }).await?;
    Ok(Json(VouchedBody { person: person.to_string() }))
}

/// A guardian with a child under fourteen, both with their documents at the counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentBody {
    /// The child.
    child: ShownBody,
    /// The guardian.
    guardian: ShownBody,
    /// `parent` or `other`.
    #[schema(example = "parent")]
    relation: String,
    /// Whether the papers on guardianship were seen and the consent was signed.
    seen: bool,
}

/// A consent that was noted.
#[derive(Serialize, ToSchema)]
struct ConsentedBody {
    /// Its id.
    id: String,
}

/// Notes that a guardian has consented to the handling of a child's data (Personal Information Protection Law, article 31).
#[utoipa::path(post, path = "/api/v1/guardian-consents", tag = "me", request_body = ConsentBody, responses((status = 200, body = ConsentedBody)))]
async fn consent(caller: Caller, Json(body): Json<ConsentBody>) -> ApiAnswer<ConsentedBody> {
    let ConsentBody { child, guardian, relation, seen } = body;
    let id = ops::give_consent(caller.ctx(), GiveConsent { child: child.into(), guardian: guardian.into(), relation, seen }).await?;
    Ok(Json(ConsentedBody { id: id.to_string() }))
}

/// Who takes a consent back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawConsentBody {
    /// The child.
    child: ShownBody,
    /// The guardian who consented.
    guardian: ShownBody,
}

/// Notes that a guardian takes his consent back; what was done until then stays.
#[utoipa::path(post, path = "/api/v1/guardian-consents/withdraw", tag = "me", request_body = WithdrawConsentBody,
    responses((status = 200, description = "Taken back")))]
async fn withdraw_consent(caller: Caller, Json(body): Json<WithdrawConsentBody>) -> ApiAnswer<()> {
    Ok(Json(ops::withdraw_consent(caller.ctx(), body.child.into(), body.guardian.into()).await?))
}
