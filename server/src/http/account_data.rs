//! One's own data: the copy to take away, closing the account; and the consent of guardians at the counter.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use identity::ops::{self, GiveConsent, RealName};
use kernel::{Instant, IdType, Issue};
use platform::Role;
use site::pages::account_data as pages;
use ui::{Values, url};

use super::cookies::Life;
use super::{Access, Answer, FormData, Page, Routes, account};
use crate::own_data::{self, CopyBody};
use crate::registry;

const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar]);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/me/data/copy.json", Access::Citizen, json)
        .get("/me/data/copy.pdf", Access::Citizen, pdf)
        .get("/me/close", Access::Citizen, ask_close)
        .post("/me/close", Access::Citizen, close)
        .get("/desk/identity/guardian", COUNTER, show_guardian)
        .post("/desk/identity/guardian", COUNTER, guardian)
}

fn file(kind: &'static str, ending: &str, at: Instant, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"my-data-{}.{ending}\"", at.day().compact());
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

async fn json(page: Page) -> Answer {
    let ctx = page.ctx();
    let copy = CopyBody::new(ctx.now(), registry::own_data(ctx).await?);
    ops::copy_taken(ctx, "json").await?;
    let bytes = serde_json::to_vec_pretty(&copy).map_err(platform::Error::internal)?;
    Ok(file("application/json", "json", ctx.now(), bytes))
}

async fn pdf(page: Page) -> Answer {
    let ctx = page.ctx();
    let bytes = own_data::pdf(ctx, &page.app().press, registry::own_data(ctx).await?).await?;
    ops::copy_taken(ctx, "pdf").await?;
    Ok(file("application/pdf", "pdf", ctx.now(), bytes))
}

async fn kept(page: &Page) -> Result<Vec<Issue>, platform::Error> {
    Ok(ops::kept(&registry::own_data(page.ctx()).await?))
}

async fn ask_close(page: Page) -> Answer {
    page.html(pages::close(page.shell(), &kept(&page).await?, Values::new()))
}

async fn close(page: Page, form: FormData) -> Answer {
    let (ctx, stays) = (page.ctx(), kept(&page).await?);
    let password = form.values().raw("current");
    let outcome = match form.get("sure") {
        "yes" => ops::ensure_password(ctx, password).await,
        _ => Err(Issue::error("E-P224", "请确认后勾选", "Tick the box once you are sure").field("sure").into()),
    };
    if let Err(error) = outcome {
        return page.again(error, form.values(), |values| pages::close(page.shell(), &stays, values));
    }
    registry::forget(ctx).await?;
    ops::close_account(ctx, password).await?;
    let shell = ui::Shell { who: ui::Who::Nobody, session: None, unread: 0, ..page.shell().clone() };
    let response = page.html(pages::closed(&shell, &stays))?;
    Ok(account::with_cookie(&page, response, "", Life::Gone))
}

fn shown(form: &FormData, who: &str) -> RealName {
    let get = |field: &str| form.get(&format!("{who}_{field}")).to_owned();
    RealName { name: get("name"), id_type: IdType::RESIDENT.to_string(), number: get("id_no") }
}

async fn show_guardian(page: Page) -> Answer {
    page.html(pages::guardian(page.shell(), Values::new()))
}

async fn guardian(page: Page, form: FormData) -> Answer {
    let (child, guardian) = (shown(&form, "child"), shown(&form, "guardian"));
    let outcome = match form.get("act") {
        "withdraw" => ops::withdraw_consent(page.ctx(), child, guardian).await.map(|()| "consent-withdrawn"),
        _ => {
            let consent = GiveConsent { child, guardian, relation: form.get("relation").to_owned(), seen: form.get("seen") == "yes" };
            ops::give_consent(page.ctx(), consent).await.map(|_| "consent-noted")
        }
    };
    match outcome {
        Ok(flash) => page.go_with(url::desk_guardian(), flash),
        Err(error) => page.again(error, form.values(), |values| pages::guardian(page.shell(), values)),
    }
}
