//! Items and their guides, for programs: the same version and the same text as on the page.

use axum::{
    Json,
    extract::{Path, Query},
};
use catalog::ItemView;
use catalog::model::Elements;
use catalog::ops;
use kernel::{Day, Instant, Issue, RegionCode};
use platform::{Ctx, Result, regions};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

/// Items of one answer when no number is asked for.
const PAGE: u32 = 50;

#[derive(OpenApi)]
#[openapi(paths(list, show), components(schemas(ItemsBody, ItemBody, GuideBody, VersionBody, SituationBody)))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/items", Access::Anyone, list).get("/api/v1/items/{code}", Access::Anyone, show)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ItemsParams {
    /// Code of a region: for every basic item the implementation nearest to it. Not together with `after`.
    #[param(required = false, pattern = "^([0-9]{6}|[0-9]{9}|[0-9]{12})?$")]
    near: String,
    /// Code of a region: every implementation within it and below. The whole instance without it.
    #[param(required = false, pattern = "^([0-9]{6}|[0-9]{9}|[0-9]{12})?$")]
    region: String,
    /// A basic code (12 digits): only its implementations.
    #[param(required = false, pattern = "^([0-9]{12})?$")]
    basic: String,
    /// The `next` of the answer before.
    #[param(required = false)]
    after: String,
    /// Items wanted, 1 to 200; 50 without it.
    #[param(required = false, pattern = "^[0-9]{0,3}$")]
    limit: String,
}

/// Items by code.
#[derive(Debug, Serialize, ToSchema)]
struct ItemsBody {
    /// The items.
    items: Vec<ItemBody>,
    /// Give this as `after` to go on; nothing when there is no more.
    next: Option<String>,
}

/// An item in short.
#[derive(Debug, Serialize, ToSchema)]
struct ItemBody {
    /// 实施编码, 31 characters.
    code: String,
    /// 基本编码, 12 digits.
    basic_code: String,
    /// Region of the body.
    region: String,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// `live`, `update_due`, `suspended`, `cancelled` or `out_of_force`.
    standing: String,
    /// Whether one can book or apply today.
    open: bool,
    /// Id of the version in force.
    version_id: String,
    /// SM3 of its public text, hexadecimal.
    text_hash: String,
}

impl From<ItemView> for ItemBody {
    fn from(view: ItemView) -> Self {
        let name = view.version.elements.name;
        Self {
            code: view.code,
            basic_code: view.basic_code,
            region: view.region,
            name_zh: name.zh.into_owned(),
            name_en: name.en.into_owned(),
            standing: view.standing.code().to_owned(),
            open: view.standing.is_open(),
            version_id: view.version.id.to_string(),
            text_hash: view.version.text_hash,
        }
    }
}

/// A guide.
#[derive(Debug, Serialize, ToSchema)]
struct GuideBody {
    /// The item in short.
    item: ItemBody,
    /// What stands in the way today, in Chinese: 事项调整中.
    notice_zh: Option<String>,
    /// The same in English.
    notice_en: Option<String>,
    /// The version in force.
    version: VersionBody,
    /// 业务办理项 with their codes of 33 characters.
    situations: Vec<SituationBody>,
    /// Every element of the item (GB/T 39046). SM3 over the compact bytes of this member is `version.text_hash`. Address, hours and phones are
    /// those of the offices named in `place.offices`.
    #[schema(value_type = Object)]
    elements: Elements,
}

/// A published version; it never changes.
#[derive(Debug, Serialize, ToSchema)]
struct VersionBody {
    /// Id.
    id: String,
    /// 1, 2, 3 … within the item.
    number: i64,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    effective_from: Day,
    /// Last day in force.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Day>,
    /// When it was published.
    #[schema(value_type = String, format = DateTime)]
    published_at: Instant,
    /// SM3 of the public text, hexadecimal; the page, the print and the PDF show the same.
    text_hash: String,
}

/// 业务办理项.
#[derive(Debug, Serialize, ToSchema)]
struct SituationBody {
    /// Code, 33 characters.
    code: String,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
}

/// A region of this instance.
async fn region(ctx: &Ctx, field: &'static str, code: &str) -> Result<RegionCode> {
    let known = match RegionCode::parse(code) {
        Ok(code) => regions::find(ctx.db(), &code).await?,
        Err(_) => None,
    };
    let unknown = || Issue::error("E-API02", "没有这个行政区划代码", "There is no region with this code").field(field);
    Ok(known.ok_or_else(unknown)?.code)
}

/// Public items: the nearest to a region, or all within one.
#[utoipa::path(get, path = "/api/v1/items", tag = "items", params(ItemsParams),
    responses((status = 200, body = ItemsBody)))]
async fn list(caller: Caller, Query(asked): Query<ItemsParams>) -> ApiAnswer<ItemsBody> {
    let ctx = caller.ctx();
    if !asked.near.is_empty() {
        let near = region(ctx, "near", &asked.near).await?;
        let items = ops::list(ctx, &near).await?;
        let wanted = items.into_iter().filter(|item| asked.basic.is_empty() || item.basic_code == asked.basic);
        return Ok(Json(ItemsBody { items: wanted.map(ItemBody::from).collect(), next: None }));
    }
    let root = if asked.region.is_empty() { ctx.settings().region } else { region(ctx, "region", &asked.region).await? };
    let limit = asked.limit.parse().unwrap_or(PAGE).clamp(1, 200);
    let basic: String = asked.basic.chars().filter(char::is_ascii_digit).collect();
    let basic = Some(basic.as_str()).filter(|code| !code.is_empty());
    let after: String = asked.after.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let items = ops::implementations(ctx, &root, basic, &after, limit).await?;
    let next = items.last().filter(|_| items.len() == limit as usize).map(|item| item.code.clone());
    Ok(Json(ItemsBody { items: items.into_iter().map(ItemBody::from).collect(), next }))
}

/// The guide of an item.
#[utoipa::path(get, path = "/api/v1/items/{code}", tag = "items", params(("code" = String, Path, description = "实施编码, 31 characters")),
    responses((status = 200, body = GuideBody)))]
async fn show(caller: Caller, Path(code): Path<String>) -> ApiAnswer<GuideBody> {
    let guide = ops::guide(caller.ctx(), &code).await?;
    let version = &guide.item.version;
    let version = VersionBody {
        id: version.id.to_string(),
        number: version.number,
        effective_from: version.effective_from,
        effective_to: version.effective_to,
        published_at: version.published_at,
        text_hash: version.text_hash.clone(),
    };
    let (notice_zh, notice_en) = guide.notice.map(|notice| (notice.zh.into_owned(), notice.en.into_owned())).unzip();
    let situations = guide.situations.into_iter();
    let situations = situations.map(|(code, name)| SituationBody { code, name_zh: name.zh.into_owned(), name_en: name.en.into_owned() }).collect();
    let elements = guide.item.version.elements.public();
    Ok(Json(GuideBody { item: guide.item.into(), notice_zh, notice_en, version, situations, elements }))
}
