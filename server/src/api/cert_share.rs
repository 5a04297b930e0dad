//! The sharing interface in the shape in which other platforms call it (GB/T 36906, P5-11): `head` says who asks, `data` what for.

use axum::Json;
use data_encoding::BASE64;
use identity::tokens;
use kernel::Day;
use licences::model::{Held, HolderKind};
use licences::ops::{Share, ShareFile};
use platform::{Actor, Ctx, Error};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(query, file))]
pub(crate) struct Doc;

/// Open at the door, because the token may stand in the body: the operations let programs in alone.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .ask("/api/v1/certShare/queryCertInfoByHolderCode", Access::Anyone, query)
        .ask("/api/v1/certShare/getFile", Access::Anyone, file)
}

/// Who asks. Empty where the token stands in the header `Authorization`.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
struct Head {
    /// Name of the system, as registered.
    access_id: String,
    /// Its bearer token.
    access_token: String,
}

impl Head {
    /// The context of the program that asks.
    async fn enter(&self, caller: &Caller) -> Result<Ctx, Error> {
        let ctx = caller.ctx().clone();
        if self.access_token.is_empty() {
            return Ok(ctx);
        }
        let actor = tokens::find(&ctx, &self.access_token).await?.ok_or(Error::SignIn)?;
        match &actor {
            Actor::Program(program) if self.access_id.is_empty() || program.name == self.access_id => Ok(ctx.with_actor(actor)),
            _ => Err(Error::SignIn),
        }
    }
}

/// What is asked.
#[derive(Deserialize, ToSchema)]
struct Query {
    #[serde(default)]
    head: Head,
    data: QueryData,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QueryData {
    /// The holder's number, whole.
    holder_code: String,
    /// 001 credit code, 111 identity card, 999 another document.
    #[schema(value_type = String, example = "111")]
    holder_type_code: HolderKind,
    /// Code of the type of licence, 21 characters.
    cert_type_code: String,
    /// Code of the item for which it is needed.
    #[serde(default)]
    item_code: String,
    /// Its name.
    #[serde(default)]
    item_name: String,
    /// Why it is needed.
    #[serde(default)]
    use_cause: String,
    /// The code that the holder gave; empty for a program with a mandate by law.
    #[serde(default)]
    holder_consent: String,
}

/// The catalogue entries found.
#[derive(Serialize, ToSchema)]
struct Found {
    /// Newest first.
    data: Vec<Directory>,
}

/// An entry of the catalogue.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Directory {
    /// 证照标识.
    cert_identifier: String,
    /// 证照类型代码.
    cert_type_code: String,
    /// 证照类型名称.
    cert_type_name: String,
    /// 证照编号.
    cert_number: String,
    /// 颁发机构.
    issue_org_name: String,
    /// 颁发日期.
    #[schema(value_type = String)]
    issue_date: Day,
    /// 有效期止; absent for ever.
    #[schema(value_type = Option<String>)]
    valid_to: Option<Day>,
    /// 01 有效 … 99.
    cert_state: &'static str,
}

impl From<Held> for Directory {
    fn from(held: Held) -> Self {
        let state = if held.state.in_force() { "01" } else { held.state.code() };
        Self {
            cert_identifier: held.identifier.to_string(),
            cert_type_code: held.type_code,
            cert_type_name: held.type_name.zh.into_owned(),
            cert_number: held.number,
            issue_org_name: held.issuer_name,
            issue_date: held.issued_on,
            valid_to: held.valid_to,
            cert_state: state,
        }
    }
}

/// Code and name of an item in one.
fn item(code: &str, name: &str) -> String {
    [code.trim(), name.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Reads a holder's catalogue entries of one type, with his consent or under a mandate. Every call is recorded and shown to the holder.
#[utoipa::path(post, path = "/api/v1/certShare/queryCertInfoByHolderCode", tag = "licences", request_body = Query,
    responses((status = 200, body = Found), (status = 403, body = super::errors::ErrorBody, description = "Not a registered program.")))]
async fn query(caller: Caller, Json(body): Json<Query>) -> ApiAnswer<Found> {
    let ctx = body.head.enter(&caller).await?;
    let asked = Share {
        holder_kind: body.data.holder_type_code,
        holder_no: body.data.holder_code,
        type_code: body.data.cert_type_code,
        item: item(&body.data.item_code, &body.data.item_name),
        cause: body.data.use_cause,
        consent: body.data.holder_consent,
    };
    let found = licences::ops::share(&ctx, &asked).await?;
    Ok(Json(Found { data: found.into_iter().map(Directory::from).collect() }))
}

/// Which file is wanted.
#[derive(Deserialize, ToSchema)]
struct FileQuery {
    #[serde(default)]
    head: Head,
    data: FileData,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileData {
    /// 证照标识.
    cert_identifier: String,
    /// Code of the item for which it is needed.
    #[serde(default)]
    item_code: String,
    /// Its name.
    #[serde(default)]
    item_name: String,
    /// Why it is needed.
    #[serde(default)]
    use_cause: String,
    /// A code that the holder gave for this read; empty for a program with a mandate by law.
    #[serde(default)]
    holder_consent: String,
}

/// The file with its signature.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileAnswer {
    /// Name to save it under.
    file_name: String,
    /// The PDF, Base64.
    file: String,
    /// The detached SM2 signature over it (r ‖ s), Base64.
    signature: String,
}

/// Fetches the file of a licence from its issuer, with a consent of its own or under a mandate.
#[utoipa::path(post, path = "/api/v1/certShare/getFile", tag = "licences", request_body = FileQuery,
    responses((status = 200, body = FileAnswer), (status = 403, body = super::errors::ErrorBody, description = "Not a registered program.")))]
async fn file(caller: Caller, Json(body): Json<FileQuery>) -> ApiAnswer<FileAnswer> {
    let ctx = body.head.enter(&caller).await?;
    let asked = ShareFile {
        identifier: body.data.cert_identifier,
        item: item(&body.data.item_code, &body.data.item_name),
        cause: body.data.use_cause,
        consent: body.data.holder_consent,
    };
    let found = licences::ops::share_file(&ctx, &asked).await?;
    Ok(Json(FileAnswer { file_name: found.name, file: BASE64.encode(&found.content), signature: BASE64.encode(&found.signature) }))
}
