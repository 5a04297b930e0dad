//! Facts of other bodies entered at the counter; registrars and outside sources for administrators.

use identity::facts::{self, FactKind, NewFact};
use kernel::Issue;
use marriage::ops::{RegistrarInput, registrars, set_registrar};
use marriage_pages::{facts as facts_page, registrars as registrars_page};
use platform::{Error, Result, Role, StaffId};
use ui::{Values, url};

use super::desk::registering;
use super::{Access, Answer, FormData, Page, Routes};

const ENTERS: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer]);
const ADMIN: Access = Access::Staff(&[Role::SecurityAdmin]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/facts", ENTERS, show)
        .post("/desk/facts", ENTERS, enter)
        .get("/admin/registrars", ADMIN, show_registrars)
        .post("/admin/registrars", ADMIN, change_registrars)
}

async fn show(page: Page) -> Answer {
    page.html(facts_page::page(page.shell(), Values::new()))
}

async fn enter(page: Page, form: FormData) -> Answer {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?;
    let get = |name: &str| form.get(name).to_owned();
    let fact = NewFact {
        kind: FactKind::from_code(form.get("kind")).ok_or(Error::NotFound)?,
        number: get("number"),
        other_number: get("other_number"),
        doc_no: get("doc_no"),
        valid_on: get("valid_on"),
        ended_on: get("ended_on"),
        source: get("source"),
        on_paper: form.get("basis") == "paper",
        region: staff.region,
    };
    match facts::record(page.ctx(), fact).await {
        Ok(_) => page.go_with(url::facts(), "saved"),
        Err(error) => page.again(error, form.values(), |values| facts_page::page(page.shell(), values)),
    }
}

async fn load(page: &Page) -> Result<registrars_page::Registrars> {
    let (ctx, region) = (page.ctx(), page.ctx().actor().staff().ok_or(Error::SignIn)?.region);
    let offices = registering(page, &region).await?;
    let mut all = Vec::new();
    for office in &offices {
        all.extend(registrars(ctx, office.id).await?);
    }
    Ok(registrars_page::Registrars {
        offices,
        registrars: all,
        staff: identity::ops::list_staff(ctx, "").await?,
        sources: facts::sources(ctx.db()).await?,
    })
}

async fn show_registrars(page: Page) -> Answer {
    let data = load(&page).await?;
    page.html(registrars_page::page(page.shell(), data, page.ctx().today(), Values::new()))
}

async fn change_registrars(page: Page, form: FormData) -> Answer {
    let done = if form.get("act") == "source" { source(&page, &form).await } else { registrar(&page, &form).await };
    match done {
        Ok(()) => page.go_with(url::admin_registrars(), "saved"),
        Err(error) => {
            let data = load(&page).await?;
            page.again(error, form.values(), |values| registrars_page::page(page.shell(), data, page.ctx().today(), values))
        }
    }
}

async fn source(page: &Page, form: &FormData) -> Result<()> {
    let kind = FactKind::from_code(form.get("kind")).ok_or(Error::NotFound)?;
    facts::set_source(page.ctx(), kind, form.get("answers") == "yes", form.get(&format!("note_{}", kind.code()))).await
}

async fn registrar(page: &Page, form: &FormData) -> Result<()> {
    let input = RegistrarInput {
        staff: form.get("staff").parse::<StaffId>().map_err(|_| Issue::error("MR-E51", "请选择工作人员", "choose the member of staff").field("staff"))?,
        registrar_no: form.get("registrar_no").to_owned(),
        office: booking::ops::read::office(page.ctx(), form.get("office")).await?.id,
        exam_on: form.get("exam_on").to_owned(),
        on_duty: form.values().has("on_duty", "yes"),
    };
    set_registrar(page.ctx(), input).await
}
