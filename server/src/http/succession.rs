//! A region is merged into another: its open cases follow to the successor, after a look at what will follow.

use casework::cross::{self, Merger};
use kernel::{Day, Issue, Issues, RegionCode};
use platform::{Error, OrgId, Result, Role, regions};
use site::pages::succession as pages;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const SYSTEM: Access = Access::Staff(&[Role::SystemAdmin]);

pub(super) fn routes() -> Routes {
    Routes::new().get("/admin/succession", SYSTEM, ask).post("/admin/succession", SYSTEM, follow)
}

async fn ask(page: Page) -> Answer {
    page.html(pages::ask(page.shell(), cross::followed(page.ctx()).await?, Values::new()))
}

/// What was typed, with every field that cannot be read. The body is chosen on the second page.
fn read(form: &FormData) -> Result<Merger> {
    let mut wrong = Issues::default();
    let region = |field: &'static str| RegionCode::parse(form.get(field).trim());
    let (from, to, on) = (region("from"), region("to"), form.get("on").parse::<Day>());
    for (field, ok) in [("from", from.is_ok()), ("to", to.is_ok())] {
        wrong.ensure(ok, || Issue::error("E-P248", "请填写区划代码", "Enter a region code").field(field));
    }
    wrong.ensure(on.is_ok(), || casework::issues::needed("on", "生效日期", "the day from which it is in force"));
    wrong.finish()?;
    let missing = || Error::internal("a field that was just read");
    Ok(Merger {
        from: from.map_err(|_| missing())?,
        to: to.map_err(|_| missing())?,
        to_org: form.get("to_org").parse().unwrap_or_else(|_| OrgId::new(0, [0; 10])),
        on: on.map_err(|_| missing())?,
        reason: form.get("reason").to_owned(),
    })
}

async fn confirmation(page: &Page, merger: &Merger, values: Values) -> Result<String> {
    let following = cross::following(page.ctx(), merger).await?;
    let name = async |code: &RegionCode| Ok::<_, Error>(regions::find(page.ctx().db(), code).await?.map(|region| region.name).unwrap_or_default());
    let names = [name(&merger.from).await?, name(&merger.to).await?];
    Ok(pages::confirm(page.shell(), following, names, values))
}

async fn follow(page: Page, form: FormData) -> Answer {
    let looked = match read(&form) {
        Ok(merger) => confirmation(&page, &merger, form.values().clone()).await.map(|html| (merger, html)),
        Err(error) => Err(error),
    };
    let (merger, html) = match looked {
        Ok(looked) => looked,
        Err(error) => {
            let done = cross::followed(page.ctx()).await?;
            return page.again(error, form.values(), |values| pages::ask(page.shell(), done, values));
        }
    };
    if form.get("step") != "confirm" {
        return page.html(html);
    }
    let mut wrong = Issues::default();
    wrong.ensure(form.get("to_org").parse::<OrgId>().is_ok(), || casework::issues::needed("to_org", "继续办理的机构", "the body that goes on"));
    wrong.ensure(form.get(pages::SURE) == "yes", || Issue::error("E-P224", "请核对后勾选确认", "Check it and tick the box").field(pages::SURE));
    let outcome = match wrong.finish() {
        Ok(_) => cross::succeed(page.ctx(), &merger).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(_) => page.go_with(url::admin_succession(), "cases-followed"),
        Err(error @ Error::Refused(_)) => {
            let shown = confirmation(&page, &merger, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => Err(error.into()),
    }
}
