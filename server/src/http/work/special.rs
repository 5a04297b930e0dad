//! What is done with a case beside the moves of its table: sending it on, opening its parts, checking its pledge.

use axum::{extract::Path, http::StatusCode, response::{Html, IntoResponse}};
use casework::ops::{self, CaseView, OpenJoint};
use casework::{CaseId, matters};
use kernel::{Issue, Text};
use platform::{Error, OrgId, regions};
use site::pages::work::{parts, pledge, transfer};
use ui::{Values, url};

use super::super::{Answer, FormData, Page, Routes};
use super::WORK;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/work/{id}/transfer", WORK, ask_transfer)
        .post("/desk/work/{id}/transfer", WORK, send)
        .get("/desk/work/{id}/parts", WORK, ask_parts)
        .post("/desk/work/{id}/parts", WORK, open)
        .get("/desk/work/{id}/pledge", WORK, ask_pledge)
        .post("/desk/work/{id}/pledge", WORK, check)
}

/// The bodies of the province to which a case may go.
async fn bodies(page: &Page, view: &CaseView) -> platform::Result<Vec<(OrgId, Text)>> {
    let all = regions::organisations(page.ctx().db(), &page.ctx().settings().region).await?;
    Ok(all.into_iter().filter(|org| org.id != view.head.org).map(|org| (org.id, org.name)).collect())
}

async fn transfer_page(page: &Page, id: CaseId, changed: bool, values: Values) -> platform::Result<String> {
    let view = ops::view(page.ctx(), id).await?;
    let bodies = bodies(page, &view).await?;
    Ok(transfer::page(page.shell(), view, bodies, changed, values))
}

async fn ask_transfer(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(transfer_page(&page, id, false, Values::new()).await?)
}

async fn send(page: Page, Path(id): Path<CaseId>, form: FormData) -> Answer {
    let seen = form.get("seen").parse().unwrap_or(-1);
    let outcome = match form.get("org").parse() {
        Ok(org) => ops::transfer(page.ctx(), id, seen, org, form.get("reason")).await,
        Err(_) => Err(casework::issues::needed("org", "接收的机构", "the body to send it to").into()),
    };
    match outcome {
        Ok(()) => page.go_with(url::work(), "case-sent"),
        Err(Error::Stale(issue)) => {
            let html = transfer_page(&page, id, true, form.values().clone().with_issues([issue])).await?;
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(error @ Error::Refused(_)) => {
            let shown = transfer_page(&page, id, false, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => page.again(error, form.values(), |_| String::new()),
    }
}

/// The published items of the case's region, or of one above it, that may be parts.
async fn choices(page: &Page, view: &CaseView) -> platform::Result<Vec<(String, Text)>> {
    let matter = matters::matter(page.ctx(), &view.head.case_type)?;
    let mut found = Vec::new();
    for part in matter.case_type.joint.iter().flat_map(|joint| &joint.parts) {
        for item in catalog::ops::of_service(page.ctx(), part, &view.head.region).await? {
            found.push((item.code.clone(), item.version.elements.name.clone()));
        }
    }
    Ok(found)
}

async fn parts_page(page: &Page, id: CaseId, values: Values) -> platform::Result<String> {
    let view = ops::view(page.ctx(), id).await?;
    let items = choices(page, &view).await?;
    Ok(parts::page(page.shell(), view, items, values))
}

async fn ask_parts(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(parts_page(&page, id, Values::new()).await?)
}

async fn open(page: Page, Path(id): Path<CaseId>, form: FormData) -> Answer {
    let view = ops::view(page.ctx(), id).await?;
    let chosen = form.values().all("parts").iter().map(|code| (code.clone(), view.answers.clone())).collect();
    match ops::open_joint(page.ctx(), OpenJoint { parent: id, parts: chosen }).await {
        Ok(_) => page.go_with(url::work_case(id), "parts-opened"),
        Err(error @ Error::Refused(_)) => {
            let shown = parts_page(&page, id, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => Err(error.into()),
    }
}

async fn ask_pledge(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(pledge::page(page.shell(), ops::view(page.ctx(), id).await?, Values::new()))
}

async fn check(page: Page, Path(id): Path<CaseId>, form: FormData) -> Answer {
    let outcome = match form.get("kept") {
        "" => Err(Issue::error("E-P224", "请选择承诺是否属实", "Say whether it is true").field("kept").into()),
        kept => ops::check_pledge(page.ctx(), id, kept == "yes", form.get("finding")).await,
    };
    match outcome {
        Ok(()) => page.go_with(url::work_case(id), "pledge-checked"),
        Err(error @ Error::Refused(_)) => {
            let view = ops::view(page.ctx(), id).await?;
            page.again(error, form.values(), |values| pledge::page(page.shell(), view, values))
        }
        Err(error) => Err(error.into()),
    }
}
