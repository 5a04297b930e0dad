//! Lists of countries that an administrator keeps.

use axum::{Json, extract::Query};
use kernel::Day;
use ::marriage::countries::{self, Entry, EntryInput, List};
use platform::{Error, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::api::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

const ADMIN: Access = Access::Staff(&[Role::SystemAdmin, Role::SecurityAdmin]);

#[derive(OpenApi)]
#[openapi(paths(entries, set))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/marriage/countries", ADMIN, entries)
        .post("/api/v1/marriage/countries", ADMIN, set)
}

/// A country on a list.
#[derive(Debug, Serialize, ToSchema)]
struct CountryBody {
    /// GB/T 2659.
    country: String,
    /// Its name.
    name: String,
    /// First day.
    #[schema(value_type = String)]
    from: Day,
    /// Last day; absent while there is no end.
    #[schema(value_type = Option<String>)]
    to: Option<Day>,
    /// The paper that says so.
    source: String,
}

impl From<Entry> for CountryBody {
    fn from(entry: Entry) -> Self {
        Self { name: entry.name().zh.into_owned(), country: entry.country, from: entry.from, to: entry.to, source: entry.source }
    }
}

/// A country to be put on a list, or how long it is on it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CountryInput {
    /// `apostille` or `record_use`.
    #[schema(example = "apostille")]
    list: String,
    /// GB/T 2659.
    #[schema(example = "DEU")]
    country: String,
    /// First day.
    #[schema(example = "2023-11-07")]
    from: String,
    /// Last day; empty for without end.
    #[serde(default)]
    #[schema(example = "")]
    to: String,
    /// The paper that says so.
    source: String,
}

/// Which list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ListParams {
    /// `apostille` or `record_use`.
    #[param(example = "apostille")]
    list: String,
}

/// Everything that is or was on a list.
#[utoipa::path(get, path = "/api/v1/marriage/countries", tag = "marriage", params(ListParams), responses((status = 200, body = Vec<CountryBody>)))]
async fn entries(caller: Caller, Query(params): Query<ListParams>) -> ApiAnswer<Vec<CountryBody>> {
    listed(&caller, &params.list).await
}

async fn listed(caller: &Caller, code: &str) -> ApiAnswer<Vec<CountryBody>> {
    let list = List::from_code(code).ok_or(Error::NotFound)?;
    Ok(Json(countries::entries(caller.ctx(), list).await?.into_iter().map(CountryBody::from).collect()))
}

/// Puts a country on a list, or changes how long it is on it. Answers with the whole list.
#[utoipa::path(post, path = "/api/v1/marriage/countries", tag = "marriage", request_body = CountryInput, responses((status = 200, body = Vec<CountryBody>)))]
async fn set(caller: Caller, Json(body): Json<CountryInput>) -> ApiAnswer<Vec<CountryBody>> {
    let CountryInput { list, country, from, to, source } = body;
    countries::set(caller.ctx(), &EntryInput { list: list.clone(), country, from, to, source }).await?;
    listed(&caller, &list).await
}
