//! Bearer tokens of other systems, for the security administrator.

use identity::tokens::{self, NewToken};
use kernel::{Issue, RegionCode};
use platform::regions::{self, Region};
use platform::{Error, Role};
use site::pages::account_tokens;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const SECURITY: Access = Access::Staff(&[Role::SecurityAdmin]);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/tokens", SECURITY, show)
        .post("/admin/tokens", SECURITY, issue)
        .post("/admin/tokens/revoke", SECURITY, revoke)
}

async fn list(page: &Page, values: Values) -> Result<String, Error> {
    let (ctx, mut found) = (page.ctx(), Vec::<Region>::new());
    let tokens = tokens::list(ctx).await?;
    for root in ctx.regions_of(&[Role::SecurityAdmin]) {
        found.extend(regions::find(ctx.db(), &root).await?);
        found.extend(regions::children(ctx.db(), &root).await?);
    }
    Ok(account_tokens::list(page.shell(), tokens, &tokens::allowed_roles(), found, ctx.now(), values))
}

async fn show(page: Page) -> Answer {
    let html = list(&page, Values::new()).await?;
    page.html(html)
}

async fn issue(page: Page, form: FormData) -> Answer {
    match wanted(&form) {
        Ok(new) => {
            let name = new.name.clone();
            match tokens::issue(page.ctx(), new).await {
                Ok(issued) => page.html(account_tokens::issued(page.shell(), &name, issued)),
                Err(error) => again(&page, error, &form).await,
            }
        }
        Err(issue) => again(&page, issue.into(), &form).await,
    }
}

fn wanted(form: &FormData) -> Result<NewToken, Issue> {
    let region = RegionCode::parse(form.get("region")).map_err(|_| Issue::error("E-ID34", "请选择区域", "Choose a region").field("region"))?;
    Ok(NewToken {
        name: form.get("name").to_owned(),
        roles: form.values().all("roles").iter().filter_map(|code| Role::from_code(code)).collect(),
        region,
        org: None,
        items: form.get("items").split_whitespace().map(kernel::text::code).collect(),
        // What is no number of days is out of range.
        days: kernel::text::code(form.get("days")).parse().unwrap_or(0),
    })
}

async fn again(page: &Page, error: Error, form: &FormData) -> Answer {
    let html = list(page, form.values().clone().with_issues(error.issues().to_vec())).await?;
    page.again(error, form.values(), |_| html)
}

async fn revoke(page: Page, form: FormData) -> Answer {
    tokens::revoke(page.ctx(), form.get("id").parse().map_err(|_| Error::NotFound)?).await?;
    page.go_with(url::admin_tokens(), "token-revoked")
}
