//! Offices for administrators.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use booking::ops::close::Closure;
use booking::ops::offices::{OfficeInput, WEEK_FIELDS};
use booking::ops::openings::Special;
use booking::ops::plans::PlanInput;
use booking::ops::{close, offices, openings, plans, read};
use kernel::{Day, Issue, Text};
use platform::{Error, Result, Role, Scope, regions};
use site::pages::offices_admin as pages;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const SYSTEM: Access = Access::Staff(&[Role::SystemAdmin]);
/// Offices on one page of the list.
const PAGE: usize = 100;

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/offices", SYSTEM, list)
        .get("/admin/offices/new", SYSTEM, ask_new)
        .post("/admin/offices/new", SYSTEM, create)
        .get("/admin/offices/{code}", SYSTEM, show)
        .post("/admin/offices/{code}", SYSTEM, edit)
        .post("/admin/offices/{code}/days", SYSTEM, publish)
        .post("/admin/offices/{code}/close", SYSTEM, close_day)
        .post("/admin/offices/{code}/plans", SYSTEM, plan)
        .post("/admin/offices/{code}/plans/end", SYSTEM, end_plan)
}

async fn list(page: Page, Query(asked): Query<HashMap<String, String>>) -> Answer {
    let ctx = page.ctx();
    let mut found = Vec::new();
    for region in ctx.regions_of(&[Role::SystemAdmin]) {
        found.extend(read::offices_within(ctx, &region, asked.get("after").map_or("", String::as_str), PAGE as i64 + 1).await?);
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found.dedup_by(|a, b| a.code == b.code);
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|office| office.code.clone());
    page.html(pages::list(page.shell(), found, next))
}

fn input(values: &Values) -> OfficeInput {
    let get = |name: &str| values.get(name).to_owned();
    OfficeInput {
        name_zh: get("name_zh"),
        name_en: get("name_en"),
        address_zh: get("address_zh"),
        address_en: get("address_en"),
        phones: values.raw("phones").to_owned(),
        position: get("position"),
        counters: get("counters"),
        kinds: values.raw("kinds").to_owned(),
        week: WEEK_FIELDS.map(|name| values.get(name).to_owned()),
        active: values.has("active", "yes"),
    }
}

async fn ask_new(page: Page) -> Answer {
    page.html(pages::new(page.shell(), Values::new().with("active", "yes")))
}

async fn create(page: Page, sent: FormData) -> Answer {
    match try_create(&page, &sent).await {
        Ok(()) => page.go_with(url::admin_office(sent.get("code")), "saved"),
        Err(error) => page.again(error, sent.values(), |values| pages::new(page.shell(), values)),
    }
}

async fn try_create(page: &Page, sent: &FormData) -> Result<()> {
    let uscc = kernel::text::code(sent.get("uscc"));
    let unknown = || Issue::error("E-BK08", "没有使用该信用代码的单位", "No organisation has this credit code").field("uscc");
    let org = regions::organisation_by_uscc(page.ctx().db(), &uscc).await?.ok_or_else(unknown)?;
    offices::create(page.ctx(), org.id, org.region, sent.get("code"), &input(sent.values())).await.map(|_| ())
}

/// The page of one office, for whoever administers its region.
async fn office_page(page: &Page, code: &str, form: &str, values: Values, preview: Option<(Day, Vec<booking::plan::Seed>)>) -> Result<String> {
    let ctx = page.ctx();
    let office = read::office(ctx, code).await?;
    ctx.require(&[Role::SystemAdmin], &Scope::region(office.region).org(office.org)).await?;
    let days = openings::between(ctx, &office, ctx.today(), ctx.today().plus_days(366)).await?;
    let data = pages::Edit { special: days.rules().cloned().collect(), plans: plans::of_office(ctx, &office).await?, preview, office };
    Ok(pages::edit(page.shell(), data, form, values))
}

async fn show(page: Page, Path(code): Path<String>) -> Answer {
    page.html(office_page(&page, &code, "", Values::new(), None).await?)
}

/// Answers a refusal with the office's page, the issues in the form that was sent.
async fn again(page: &Page, code: &str, form: &str, sent: &FormData, error: Error) -> Answer {
    let html = office_page(page, code, form, sent.values().clone().with_issues(error.issues().to_vec()), None).await?;
    page.again(error, sent.values(), |_| html)
}

async fn edit(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    // a version that is no number is as stale as any other
    let version = sent.get("version").parse().unwrap_or(0);
    match offices::edit(page.ctx(), &code, version, &input(sent.values())).await {
        Ok(()) => page.go_with(url::admin_office(&code), "saved"),
        Err(error) => again(&page, &code, "office", &sent, error).await,
    }
}

/// A day as typed; a day that is none is refused like one in the past.
fn day(sent: &FormData) -> Day {
    sent.get("day").parse().unwrap_or(Day::MIN)
}

fn text(sent: &FormData, zh: &str, en: &str) -> Text {
    let (zh, en) = (kernel::text::line(sent.get(zh)), kernel::text::line(sent.get(en)));
    let en = if en.is_empty() { zh.clone() } else { en };
    Text::new(zh, en)
}

async fn publish(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let special = Special { day: day(&sent), hours: sent.get("hours").to_owned(), note: text(&sent, "note_zh", "note_en") };
    match openings::publish(page.ctx(), &code, special).await {
        Ok(()) => page.go_with(url::admin_office(&code), "saved"),
        Err(error) => again(&page, &code, "day", &sent, error).await,
    }
}

async fn close_day(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let ctx = page.ctx();
    if sent.get("step") != "act" {
        let touched = close::preview(ctx, &code, day(&sent)).await?;
        let office = read::office(ctx, &code).await?;
        return page.html(pages::close(page.shell(), office, touched, sent.values().clone()));
    }
    match hall::ops::close::close(ctx, &code, Closure { day: day(&sent), reason: text(&sent, "reason_zh", "reason_en") }).await {
        Ok(()) => page.go_with(url::admin_office(&code), "saved"),
        Err(error) => again(&page, &code, "close", &sent, error).await,
    }
}

async fn plan(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let get = |name: &str| sent.get(name).to_owned();
    let plan = PlanInput {
        item_kind: get("item_kind"),
        weekdays: sent.values().all("weekdays").iter().filter_map(|day| day.parse().ok()).collect(),
        on_special: sent.values().has("on_special", "yes"),
        hours: get("hours"),
        minutes: get("minutes"),
        places: get("places"),
        online_percent: get("online_percent"),
        from: get("from"),
        to: get("to"),
    };
    if sent.get("step") == "save" {
        return match plans::add(page.ctx(), &code, &plan).await {
            Ok(_) => page.go_with(url::admin_office(&code), "saved"),
            Err(error) => again(&page, &code, "plan", &sent, error).await,
        };
    }
    match plans::preview(page.ctx(), &code, &plan).await {
        Ok(seeds) => page.html(office_page(&page, &code, "plan", sent.values().clone(), Some(seeds.unwrap_or((page.ctx().today(), Vec::new())))).await?),
        Err(error) => again(&page, &code, "plan", &sent, error).await,
    }
}

async fn end_plan(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let id = sent.get("plan").parse().map_err(|_| Error::NotFound)?;
    plans::end(page.ctx(), &code, id).await?;
    page.go_with(url::admin_office(&code), "saved")
}
