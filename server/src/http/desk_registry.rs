//! The register for officers: looking up, certificates of record, and documents of courts.

use axum::extract::{Path, Query};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use marriage::court::{self, NoticeId};
use marriage::model::MarriageId;
use marriage::records::{self, Question, RecordId};
use marriage_pages::{annulment as annulment_page, court as court_page, registry as registry_page};
use platform::{Ctx, Error, Role};
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const READS: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer, Role::Approver, Role::Archivist]);
const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer]);
const COURT: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer, Role::Approver, Role::Supervisor, Role::Archivist]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/registry", READS, ask)
        .post("/desk/registry", READS, find)
        .get("/desk/registry/none", READS, ask_none)
        .post("/desk/registry/none", READS, certify_none)
        .get("/desk/registry/{id}", READS, sheet)
        .post("/desk/registry/{id}", READS, certify)
        .get("/desk/records/{id}/certificate.pdf", READS, paper)
        .get("/desk/annulment", COUNTER, annulment)
        .post("/desk/annulment", COUNTER, ask_annulment)
        .get("/desk/court", COURT, notices)
        .post("/desk/court", COURT, enter)
        .get("/desk/court/{id}", COURT, notice)
        .post("/desk/court/{id}/{part}", COURT, decide)
}

fn question(form: &FormData) -> Question {
    let get = |name: &str| form.get(name).to_owned();
    Question {
        id_no: get("id_no"),
        cert_no: get("cert_no"),
        asker: get("asker"),
        asker_name: get("asker_name"),
        purpose: get("purpose"),
        legal_doc: get("legal_doc"),
        id_type: get("id_type"),
        country: get("country"),
    }
}

async fn ask(page: Page) -> Answer {
    page.html(registry_page::page(page.shell(), None, Values::new()))
}

async fn find(page: Page, form: FormData) -> Answer {
    match records::find(page.ctx(), &question(&form)).await {
        Ok(held) => page.html(registry_page::page(page.shell(), Some(&held), form.values().clone())),
        Err(error) => page.again(error, form.values(), |values| registry_page::page(page.shell(), None, values)),
    }
}

async fn ask_none(page: Page) -> Answer {
    page.html(registry_page::none(page.shell(), Values::new()))
}

async fn certify_none(page: Page, form: FormData) -> Answer {
    match records::certify_none(page.ctx(), &question(&form), form.get("usage")).await {
        Ok(record) => page.go(url::record_paper(record)),
        Err(error) => page.again(error, form.values(), |values| registry_page::none(page.shell(), values)),
    }
}

async fn annulment(page: Page) -> Answer {
    page.html(annulment_page::page(page.shell(), None, &Values::new()))
}

async fn ask_annulment(page: Page, form: FormData) -> Answer {
    match marriage::annulment::ask(page.ctx(), form.get("ground")).await {
        Ok(ground) => page.html(annulment_page::page(page.shell(), Some(ground), form.values())),
        Err(error) => page.again(error, form.values(), |values| annulment_page::page(page.shell(), None, &values)),
    }
}

async fn sheet(page: Page, Path(id): Path<MarriageId>) -> Answer {
    let sheet = records::sheet(page.ctx(), id, "").await?;
    page.html(registry_page::sheet(page.shell(), &sheet, Values::new()))
}

async fn certify(page: Page, Path(id): Path<MarriageId>, form: FormData) -> Answer {
    let question = question(&form);
    match records::certify(page.ctx(), id, &question).await {
        Ok(record) => page.go(url::record_paper(record)),
        Err(error) => {
            let sheet = records::sheet(page.ctx(), id, &question.purpose).await?;
            page.again(error, form.values(), |values| registry_page::sheet(page.shell(), &sheet, values))
        }
    }
}

async fn paper(page: Page, Path(id): Path<RecordId>) -> Answer {
    pdf(record_pdf(page.ctx(), &page.app().press, id).await?)
}

/// A certificate of record as PDF; a recorded look.
pub(crate) async fn record_pdf(ctx: &Ctx, press: &documents::Press, id: RecordId) -> platform::Result<Vec<u8>> {
    let job = records::paper(ctx, id).await?.job("paper-termination", ctx.now()).map_err(Error::internal)?;
    press.render(job).await.map_err(Error::internal)
}

/// A PDF that is kept nowhere on the way.
pub(super) fn pdf(bytes: Vec<u8>) -> Answer {
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Before {
    before: String,
}

async fn notices(page: Page, Query(at): Query<Before>) -> Answer {
    let html = show_notices(&page, at.before.parse().ok(), Values::new()).await?;
    page.html(html)
}

async fn show_notices(page: &Page, before: Option<NoticeId>, values: Values) -> platform::Result<String> {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?;
    let (documents, more) = court::list(page.ctx(), staff.region, staff.org, before).await?;
    Ok(court_page::list(page.shell(), &documents, more, values))
}

async fn enter(page: Page, form: FormData) -> Answer {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?;
    let get = |name: &str| form.get(name).to_owned();
    let paper = court::Paper {
        doc_no: get("doc_no"),
        court: get("court"),
        kind: get("kind"),
        effective_on: get("effective_on"),
        one: get("one"),
        other: get("other"),
        cert_no: get("cert_no"),
    };
    match court::enter(page.ctx(), staff.region, staff.org, &paper).await {
        Ok(id) => page.go(url::court_notice(id)),
        Err(error) => {
            let (documents, more) = court::list(page.ctx(), staff.region, staff.org, None).await?;
            page.again(error, form.values(), |values| court_page::list(page.shell(), &documents, more, values))
        }
    }
}

async fn notice(page: Page, Path(id): Path<NoticeId>) -> Answer {
    let document = court::notice(page.ctx(), id).await?;
    let may = court::may_check(page.ctx(), &document).await;
    page.html(court_page::page(page.shell(), &document, may, Values::new()))
}

async fn decide(page: Page, Path((id, part)): Path<(NoticeId, String)>, form: FormData) -> Answer {
    let done = match part.as_str() {
        "apply" => court::apply(page.ctx(), id).await.map(drop),
        "reject" => court::reject(page.ctx(), id, form.get("reason")).await,
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(()) => page.go(url::court_notice(id)),
        Err(error) => {
            let document = court::notice(page.ctx(), id).await?;
            let may = court::may_check(page.ctx(), &document).await;
            page.again(error, form.values(), |values| court_page::page(page.shell(), &document, may, values))
        }
    }
}
