//! Staff and their roles, for the security administrator.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use identity::ops::{self, AddStaff};
use identity::{NewGrant, StaffView};
use kernel::{Day, Instant, Issue, Issues, RegionCode};
use platform::regions::{self, Organisation, Region};
use platform::{Error, Role, StaffId};
use site::pages::account_staff::{self, Act};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const SECURITY: Access = Access::Staff(&[Role::SecurityAdmin]);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/staff", SECURITY, list)
        .get("/admin/staff/new", SECURITY, show_new)
        .post("/admin/staff/new", SECURITY, add)
        .get("/admin/staff/{id}", SECURITY, show)
        .post("/admin/staff/{id}/grant", SECURITY, grant)
        .post("/admin/staff/{id}/revoke", SECURITY, revoke)
        .post("/admin/staff/{id}/resume", SECURITY, resume)
        .get("/admin/staff/{id}/suspend", SECURITY, |page: Page, id: Path<StaffId>| ask(page, id, Act::Suspend))
        .post("/admin/staff/{id}/suspend", SECURITY, suspend)
        .get("/admin/staff/{id}/sessions", SECURITY, |page: Page, id: Path<StaffId>| ask(page, id, Act::Sessions))
        .post("/admin/staff/{id}/sessions", SECURITY, end_sessions)
        .get("/admin/staff/{id}/password", SECURITY, |page: Page, id: Path<StaffId>| ask(page, id, Act::Password))
        .post("/admin/staff/{id}/password", SECURITY, give_password)
        .get("/admin/staff/{id}/totp", SECURITY, |page: Page, id: Path<StaffId>| ask(page, id, Act::Totp))
        .post("/admin/staff/{id}/totp", SECURITY, totp)
}

async fn list(page: Page, Query(asked): Query<BTreeMap<String, String>>) -> Answer {
    let after = asked.get("after").map_or("", String::as_str);
    let staff = ops::list_staff(page.ctx(), after).await?;
    let more = staff.len() == ops::STAFF_ON_A_PAGE;
    let next = staff.last().filter(|_| more).map(|last| url::with(url::admin_staff(), &[("after", &last.username)])).unwrap_or_default();
    page.html(account_staff::list(page.shell(), staff, next))
}

/// Organisations and regions that the administrator looks after.
async fn choices(page: &Page) -> Result<(Vec<Organisation>, Vec<Region>), Error> {
    let (ctx, mut organisations, mut found) = (page.ctx(), Vec::new(), Vec::new());
    for root in ctx.regions_of(&[Role::SecurityAdmin]) {
        organisations.extend(regions::organisations(ctx.db(), &root).await?);
        found.extend(regions::find(ctx.db(), &root).await?);
        for child in regions::children(ctx.db(), &root).await? {
            let below = regions::children(ctx.db(), &child.code).await?;
            found.push(child);
            found.extend(below);
        }
    }
    Ok((organisations, found))
}

async fn show_new(page: Page) -> Answer {
    let (organisations, regions) = choices(&page).await?;
    page.html(account_staff::new(page.shell(), organisations, regions, Values::new()))
}

async fn add(page: Page, form: FormData) -> Answer {
    let grants = match wanted(&form) {
        Ok(grant) => Ok(grant.into_iter().collect()),
        Err(refused) => Err(Error::from(refused)),
    };
    let added = match grants {
        Ok(grants) => {
            let input = AddStaff {
                username: form.get("username").to_owned(),
                name: form.get("name").to_owned(),
                org: form.get("org").to_owned(),
                password: form.values().raw("password").to_owned(),
                grants,
                admin: false,
            };
            ops::add_staff(page.ctx(), input).await
        }
        Err(refused) => Err(refused),
    };
    match added {
        Ok(added) => page.html(account_staff::enrolment(page.shell(), form.get("username"), added.enrolment)),
        Err(error) => {
            let (organisations, regions) = choices(&page).await?;
            page.again(error, form.values(), |values| account_staff::new(page.shell(), organisations, regions, values))
        }
    }
}

/// The grant that the form asks for; none where no role was chosen.
fn wanted(form: &FormData) -> Result<Option<NewGrant>, kernel::Refusal> {
    let Some(role) = Role::from_code(form.get("role")) else { return Ok(None) };
    let mut issues = Issues::default();
    let region = RegionCode::parse(form.get("region")).ok();
    issues.ensure(region.is_some(), || Issue::error("E-ID34", "请选择区域", "Choose a region").field("region"));
    let last: Option<Day> = form.get("until").parse().ok();
    issues.ensure(form.get("until").is_empty() || last.is_some(), || {
        Issue::error("E-ID35", "日期应类似 2026-12-31", "Write the date like 2026-12-31").field("until")
    });
    issues.finish()?;
    let item = Some(form.get("item")).filter(|item| !item.is_empty()).map(kernel::text::code);
    let until = last.map(|day| Instant::at(day.plus_days(1), 0));
    Ok(region.map(|region| NewGrant { item, until, ..NewGrant::new(role, region) }))
}

async fn show(page: Page, Path(id): Path<StaffId>) -> Answer {
    person(&page, id, Values::new()).await.map(|html| page.html(html))?
}

async fn person(page: &Page, id: StaffId, values: Values) -> Result<String, Error> {
    let person: StaffView = ops::show_staff(page.ctx(), id).await?;
    let (_, regions) = choices(page).await?;
    Ok(account_staff::person(page.shell(), person, regions, values))
}

async fn grant(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    let granted = match wanted(&form) {
        Ok(Some(new)) => ops::grant(page.ctx(), id, new).await.map(drop),
        Ok(None) => Err(Issue::error("E-ID37", "请选择岗位", "Choose a role").field("role").into()),
        Err(refused) => Err(refused.into()),
    };
    match granted {
        Ok(()) => page.go_with(url::admin_person(id), "role-granted"),
        Err(error) => again(&page, id, error, &form).await,
    }
}

/// The page of the member of staff with what was refused.
async fn again(page: &Page, id: StaffId, error: Error, form: &FormData) -> Answer {
    let html = person(page, id, form.values().clone().with_issues(error.issues().to_vec())).await?;
    page.again(error, form.values(), |_| html)
}

async fn revoke(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    let held = form.get("grant").parse().map_err(|_| Error::NotFound)?;
    match ops::revoke_grant(page.ctx(), id, held).await {
        Ok(()) => page.go_with(url::admin_person(id), "role-revoked"),
        Err(error) => again(&page, id, error, &form).await,
    }
}

async fn suspend(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    match ops::suspend(page.ctx(), id, true).await {
        Ok(()) => page.go_with(url::admin_person(id), "staff-suspended"),
        Err(error) => again(&page, id, error, &form).await,
    }
}

async fn resume(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    match ops::suspend(page.ctx(), id, false).await {
        Ok(()) => page.go_with(url::admin_person(id), "staff-resumed"),
        Err(error) => again(&page, id, error, &form).await,
    }
}

/// The question before an act that ends something.
async fn ask(page: Page, Path(id): Path<StaffId>, act: Act) -> Answer {
    let person = ops::show_staff(page.ctx(), id).await?;
    page.html(account_staff::confirm(page.shell(), &person, act))
}

async fn end_sessions(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    match ops::end_sessions(page.ctx(), id).await {
        Ok(()) => page.go_with(url::admin_person(id), "sessions-ended"),
        Err(error) => again(&page, id, error, &form).await,
    }
}

async fn give_password(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    let person = ops::show_staff(page.ctx(), id).await?;
    match ops::give_password(page.ctx(), id).await {
        Ok(password) => page.html(account_staff::given_password(page.shell(), &person.username, password)),
        Err(error) => again(&page, id, error, &form).await,
    }
}

async fn totp(page: Page, Path(id): Path<StaffId>, form: FormData) -> Answer {
    let before = ops::show_staff(page.ctx(), id).await?;
    match ops::reset_totp(page.ctx(), id).await {
        Ok(enrolment) => page.html(account_staff::enrolment(page.shell(), &before.username, enrolment)),
        Err(error) => again(&page, id, error, &form).await,
    }
}
