//! Offices for their administrators.

use axum::{
    Json,
    extract::{Path, Query},
};
use booking::OfficeCard;
use booking::ops::offices::{self, OfficeInput};
use booking::ops::read;
use kernel::Issue;
use platform::{Result, Role, Scope, regions};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::api::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, told};
use crate::http::{Access, Routes};

pub(super) const SYSTEM: Access = Access::Staff(&[Role::SystemAdmin]);
/// Offices of one answer.
const PAGE: usize = 100;

#[derive(OpenApi)]
#[openapi(paths(list, create, show, edit))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/admin/offices", SYSTEM, list)
        .post("/api/v1/admin/offices", SYSTEM, create)
        .get("/api/v1/admin/offices/{code}", SYSTEM, show)
        .put("/api/v1/admin/offices/{code}", SYSTEM, edit)
}

/// An office as its administrator writes it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OfficeData {
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// Address in Chinese.
    address_zh: String,
    /// Address in English.
    address_en: String,
    /// Phones.
    phones: Vec<String>,
    /// Longitude and latitude in degrees, `121.47,31.23`; may be empty.
    position: String,
    /// Number of counters.
    #[schema(minimum = 0, example = 2)]
    counters: u32,
    /// Kinds of business.
    kinds: Vec<String>,
    /// Hours from Monday to Sunday, `09:00-12:00 13:30-17:00`; empty is closed.
    #[schema(value_type = Vec<String>, min_items = 7, max_items = 7,
        example = json!(["09:00-12:00", "09:00-12:00", "09:00-12:00", "09:00-12:00", "09:00-12:00", "", ""]))]
    week: [String; 7],
    /// Serves the public.
    active: bool,
}

impl OfficeData {
    fn of(card: &OfficeCard) -> Self {
        let input = OfficeInput::from(card);
        Self {
            name_zh: input.name_zh,
            name_en: input.name_en,
            address_zh: input.address_zh,
            address_en: input.address_en,
            phones: card.phones.clone(),
            position: input.position,
            counters: u32::try_from(card.counters).unwrap_or_default(),
            kinds: card.kinds.clone(),
            week: input.week,
            active: input.active,
        }
    }

    fn input(self) -> OfficeInput {
        OfficeInput {
            name_zh: self.name_zh,
            name_en: self.name_en,
            address_zh: self.address_zh,
            address_en: self.address_en,
            phones: self.phones.join("\n"),
            position: self.position,
            counters: self.counters.to_string(),
            kinds: self.kinds.join("\n"),
            week: self.week,
            active: self.active,
        }
    }
}

/// An office with its code.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OfficeAdminBody {
    /// Public code.
    code: String,
    /// Code of its region.
    region: String,
    /// What is written of it.
    office: OfficeData,
}

impl OfficeAdminBody {
    fn new(card: &OfficeCard) -> Self {
        Self { code: card.code.clone(), region: card.region.to_string(), office: OfficeData::of(card) }
    }
}

/// An office of the caller's regions; for anybody else's it is denied.
pub(super) async fn own(caller: &Caller, code: &str) -> Result<OfficeCard> {
    let office = read::office(caller.ctx(), code).await?;
    caller.ctx().require(&[Role::SystemAdmin], &Scope::region(office.region).org(office.org)).await?;
    Ok(office)
}

async fn versioned(caller: &Caller, code: &str) -> Result<Versioned<OfficeAdminBody>> {
    let office = own(caller, code).await?;
    Ok(Versioned { version: office.version, body: OfficeAdminBody::new(&office) })
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct After {
    /// Code of the last office of the page before.
    #[param(required = false)]
    after: String,
}

/// Offices in the caller's regions, those that do not serve the public included.
#[derive(Debug, Serialize, ToSchema)]
struct OfficesAdminBody {
    /// By code.
    offices: Vec<OfficeAdminBody>,
    /// What to give as `after` for the next page.
    next: Option<String>,
}

/// Offices in the caller's regions.
#[utoipa::path(get, path = "/api/v1/admin/offices", tag = "offices", params(After), responses((status = 200, body = OfficesAdminBody)))]
async fn list(caller: Caller, Query(asked): Query<After>) -> ApiAnswer<OfficesAdminBody> {
    let ctx = caller.ctx();
    let mut found = Vec::new();
    for region in ctx.regions_of(&[Role::SystemAdmin]) {
        found.extend(read::offices_within(ctx, &region, &asked.after, PAGE as i64 + 1).await?);
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found.dedup_by(|a, b| a.code == b.code);
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|office| office.code.clone());
    Ok(Json(OfficesAdminBody { offices: found.iter().map(OfficeAdminBody::new).collect(), next }))
}

/// An office to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateBody {
    /// Public code; it stays.
    code: String,
    /// Credit code of the organisation that runs it.
    uscc: String,
    /// What is written of it.
    office: OfficeData,
}

/// Opens an office of an organisation, in the region of that organisation.
#[utoipa::path(post, path = "/api/v1/admin/offices", tag = "offices", request_body = CreateBody, responses((status = 200, body = OfficeAdminBody)))]
async fn create(caller: Caller, Json(body): Json<CreateBody>) -> ApiVersioned<OfficeAdminBody> {
    let org = regions::organisation_by_uscc(caller.ctx().db(), &kernel::text::code(&body.uscc)).await?;
    let unknown = || Issue::error("E-BK08", "没有使用该信用代码的单位", "No organisation has this credit code").field("uscc");
    let org = org.ok_or_else(unknown)?;
    offices::create(caller.ctx(), org.id, org.region, &body.code, &body.office.input()).await?;
    Ok(versioned(&caller, &kernel::text::line(&body.code)).await?)
}

/// One office as its administrator sees it.
#[utoipa::path(get, path = "/api/v1/admin/offices/{code}", tag = "offices", params(("code" = String, Path)), responses((status = 200, body = OfficeAdminBody)))]
async fn show(caller: Caller, Path(code): Path<String>) -> ApiVersioned<OfficeAdminBody> {
    Ok(versioned(&caller, &code).await?)
}

/// Edits an office.
#[utoipa::path(put, path = "/api/v1/admin/offices/{code}", tag = "offices", params(("code" = String, Path), IfMatch), request_body = OfficeData,
    responses((status = 200, body = OfficeAdminBody)))]
async fn edit(caller: Caller, IfMatch(seen): IfMatch, Path(code): Path<String>, Json(body): Json<OfficeData>) -> ApiVersioned<OfficeAdminBody> {
    match offices::edit(caller.ctx(), &code, seen, &body.input()).await {
        Ok(()) => Ok(versioned(&caller, &code).await?),
        Err(error) => Err(told(error, seen, versioned(&caller, &code)).await),
    }
}
