//! Administration of the instance itself: overview, calendars, outbox, audit trail.

use std::collections::BTreeMap;

use axum::extract::Query;
use platform::{Error, Role, audit, calendars, outbox::admin as outbox};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};
use crate::registry;

const SYSTEM: Access = Access::Staff(&[Role::SystemAdmin]);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin", Access::Staff(&[]), overview)
        .get("/admin/calendars", SYSTEM, show_calendars)
        .post("/admin/calendars", SYSTEM, import_calendar)
        .get("/admin/outbox", SYSTEM, show_outbox)
        .post("/admin/outbox/retry", SYSTEM, retry_message)
        .post("/admin/outbox/dismiss", SYSTEM, dismiss_message)
        .get("/admin/audit", Access::Staff(&[Role::AuditAdmin]), show_audit)
}

async fn overview(page: Page) -> Answer {
    let roles: Vec<Role> = page.ctx().actor().grants().iter().map(|grant| grant.role).collect();
    page.html(site::pages::admin_home::overview(page.shell(), &roles, registry::areas(page.shell().lang)))
}

async fn calendars_page(page: &Page, values: Values) -> platform::Result<String> {
    let db = page.ctx().db();
    let (calendar, imported) = (calendars::current(db).await?, calendars::notices(db).await?);
    Ok(site::pages::admin_calendars::calendars(page.shell(), page.ctx().today().year(), &calendar, &imported, values))
}

async fn show_calendars(page: Page) -> Answer {
    page.ctx().require_role(&[Role::SystemAdmin])?;
    page.html(calendars_page(&page, Values::default()).await?)
}

async fn import_calendar(page: Page, form: FormData) -> Answer {
    let values = form.values();
    // A year that is no number is out of range like any other.
    let year = values.get("year").trim().parse().unwrap_or(0);
    match calendars::import(page.ctx(), year, values.get("source"), values.raw("calendar")).await {
        Ok(_) => page.go_with(url::admin_calendars(), "calendar-imported"),
        Err(error) => {
            let blank = calendars_page(&page, values.clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, values, |_| blank)
        }
    }
}

async fn outbox_page(page: &Page, before: &str, values: Values) -> platform::Result<String> {
    let overview = outbox::overview(page.ctx()).await?;
    let dead = outbox::dead(page.ctx(), before.parse().ok()).await?;
    Ok(site::pages::admin_outbox::outbox(page.shell(), &overview, dead, &values))
}

async fn show_outbox(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    page.html(outbox_page(&page, query.get("before").map_or("", String::as_str), Values::default()).await?)
}

async fn retry_message(page: Page, form: FormData) -> Answer {
    let id = form.values().get("id").parse().map_err(|_| Error::NotFound)?;
    outbox::retry(page.ctx(), id).await?;
    page.go_with(url::admin_outbox(), "outbox-retried")
}

async fn dismiss_message(page: Page, form: FormData) -> Answer {
    let values = form.values();
    let id = values.get("id").parse().map_err(|_| Error::NotFound)?;
    match outbox::dismiss(page.ctx(), id, values.get("reason")).await {
        Ok(()) => page.go_with(url::admin_outbox(), "outbox-dismissed"),
        Err(error) => {
            let shown = outbox_page(&page, "", values.clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, values, |_| shown)
        }
    }
}

async fn show_audit(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let values = Values::from_pairs(query);
    let filter = audit::Filter {
        action: values.get("action").to_owned(),
        object: values.get("object").to_owned(),
        actor: values.get("actor").to_owned(),
        day: values.get("day").parse().ok(),
        before: values.get("before").parse().ok(),
    };
    let (entries, more) = audit::list(page.ctx(), &filter).await?;
    page.html(site::pages::admin_audit::trail(page.shell(), values, &entries, more))
}
