//! The citizen who asks, for programs: who one is, what is kept, who looked at it.

use axum::{Json, extract::Query};
use identity::ops::{self, Look, MyData, RealName, Vouch, my_data};
use kernel::Instant;
use platform::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(me, data, real_name, vouch))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/me", Access::Citizen, me)
        .get("/api/v1/me/data", Access::Citizen, data)
        .post("/api/v1/me/real-name", Access::Citizen, real_name)
        .post("/api/v1/vouchers", Access::Staff(&[Role::Clerk, Role::Registrar]), vouch)
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
