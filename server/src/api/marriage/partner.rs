//! What another instance of this program asks in the networked check.

use axum::Json;
use ::marriage::partners::{self, ASKERS, PATH, PartnerAnswer, PartnerQuestion};
use utoipa::OpenApi;

use crate::api::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(answer))]
pub(super) struct Doc;

pub(super) fn routes() -> Routes {
    Routes::new().ask(PATH, Access::Staff(&ASKERS), answer)
}

/// Asks the registers of this instance about one person. For other instances, whose token has the role for this one as a whole; purpose,
/// matter and person are recorded, and the person can see it.
#[utoipa::path(post, path = "/api/v1/marriage/partner-questions", tag = "marriage", request_body = PartnerQuestion, responses((status = 200, body = PartnerAnswer)))]
async fn answer(caller: Caller, Json(body): Json<PartnerQuestion>) -> ApiAnswer<PartnerAnswer> {
    Ok(Json(partners::answer(caller.ctx(), &caller.app().ports, &body).await?))
}
