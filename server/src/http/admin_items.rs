//! The catalogue's administration: drafts, reviews, publication, suspension.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use catalog::Layer;
use catalog::model::{BasicCode, Level};
use catalog::ops::{self, AdminFilter, Claim, Difference, History, Review, StaffView, SwitchItem, SwitchTo};
use catalog::states::{Action, DraftState, Standing};
use kernel::Issue;
use platform::regions::{self, Organisation};
use platform::{Ctx, Error, Result, Role};
use site::pages::items_admin::{self, ItemData};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const ANY: Access = Access::Staff(&[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Supervisor]);
const EDITOR: Access = Access::Staff(&[Role::ItemEditor]);
const REVIEWER: Access = Access::Staff(&[Role::ItemReviewer, Role::ItemPublisher]);
const PUBLISHER: Access = Access::Staff(&[Role::ItemPublisher]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/admin/items", ANY, list)
        .get("/admin/items/claim", EDITOR, show_claim)
        .post("/admin/items/claim", EDITOR, claim)
        .get("/admin/items/{code}", ANY, show)
        .post("/admin/items/{code}/open", EDITOR, open)
        .get("/admin/items/{code}/edit", EDITOR, form)
        .post("/admin/items/{code}/edit", EDITOR, edit)
        .post("/admin/items/{code}/submit", EDITOR, submit)
        .post("/admin/items/{code}/review", REVIEWER, review)
        .post("/admin/items/{code}/publish", PUBLISHER, publish)
        .post("/admin/items/{code}/switch", PUBLISHER, switch)
}

type Asked = Query<BTreeMap<String, String>>;

async fn list(page: Page, Query(asked): Asked) -> Answer {
    let values = Values::from_pairs(asked);
    let standings = [Standing::Live, Standing::UpdateDue, Standing::Suspended, Standing::Cancelled, Standing::OutOfForce];
    let filter = AdminFilter {
        layer: Layer::from_code(values.get("layer")),
        draft: DraftState::from_code(values.get("draft")),
        standing: standings.into_iter().find(|standing| standing.code() == values.get("standing")),
        text: Some(values.get("q").to_owned()),
        after: Some(values.get("after").chars().filter(char::is_ascii_alphanumeric).take(40).collect()),
    };
    let (lines, more) = ops::admin_list(page.ctx(), &filter).await?;
    let may_claim = page.ctx().require_role(&[Role::ItemEditor]).is_ok();
    page.html(items_admin::list(page.shell(), lines, more, may_claim, &values))
}

/// Bodies in the editor's regions.
async fn bodies(page: &Page) -> Result<Vec<Organisation>> {
    let mut found = Vec::new();
    for root in page.ctx().regions_of(&[Role::ItemEditor]) {
        found.extend(regions::organisations(page.ctx().db(), &root).await?);
    }
    Ok(found)
}

async fn show_claim(page: Page) -> Answer {
    let bodies = bodies(&page).await?;
    page.html(items_admin::claim(page.shell(), &bodies, &Values::new()))
}

async fn claim(page: Page, form: FormData) -> Answer {
    match take_over(&page, &form).await {
        Ok(code) => page.go_with(url::admin_item(code), "item-opened"),
        // The basic item is named in the form: one that is not there is a mistake in that field.
        Err(Error::NotFound) => claim_again(&page, unfit("basic", "没有施行中的这个基本事项", "No basic item in force has this code").into(), &form).await,
        Err(error) => claim_again(&page, error, &form).await,
    }
}

async fn claim_again(page: &Page, error: Error, form: &FormData) -> Answer {
    let bodies = bodies(page).await?;
    page.again(error, form.values(), |values| items_admin::claim(page.shell(), &bodies, &values))
}

async fn take_over(page: &Page, form: &FormData) -> Result<String> {
    let basic = BasicCode::parse(form.get("basic")).map_err(|issue| issue.field("basic"))?;
    let org = regions::organisation_by_uscc(page.ctx().db(), &kernel::text::code(form.get("uscc"))).await?;
    let org = org.ok_or_else(|| unfit("uscc", "请选择实施主体", "Choose a body"))?;
    let level = Level::from_code(form.get("level")).ok_or_else(|| unfit("level", "请选择行使层级", "Choose a level"))?;
    let offices = form.values().raw("offices").lines().map(kernel::text::line).filter(|line| !line.is_empty()).collect();
    let id = ops::claim(page.ctx(), Claim { basic, org: org.id, level, offices }).await?;
    ops::code_of(page.ctx(), id).await
}

fn unfit(field: &str, zh: &'static str, en: &'static str) -> Issue {
    Issue::error("E-P111", zh, en).field(field).rule("P1-11")
}

/// The page of an item with what was typed into one of its forms.
async fn item_page(page: &Page, code: &str, compare: Option<i64>, values: &Values) -> Result<String> {
    let ctx = page.ctx();
    let view = ops::staff_view(ctx, code).await?;
    let past = ops::history(ctx, view.id).await?;
    let (changes, compared) = changes(&view, &past, compare)?;
    let held = |role: Role| ctx.require_role(&[role]).is_ok();
    let acts = view.draft.as_ref().map(|draft| draft.state.actions()).unwrap_or_default();
    let acts: Vec<Action> = acts.iter().filter(|(_, role)| held(*role)).map(|(action, _)| *action).collect();
    let open = if view.draft.is_some() { open_points(page, &view).await? } else { Vec::new() };
    let data = ItemData { view: &view, past: &past, changes, compared, open, acts, may_open: held(Role::ItemEditor), may_switch: held(Role::ItemPublisher) };
    Ok(items_admin::item(page.shell(), data, values))
}

/// What still stands between the draft and its publication; a supervisor only looks.
async fn open_points(page: &Page, view: &StaffView) -> Result<Vec<Issue>> {
    match ops::preview(page.ctx(), view.id).await {
        Err(Error::Denied(_)) => Ok(Vec::new()),
        other => other,
    }
}

/// Differences, and between which two versions, where both are published.
type Changes = (Vec<Difference>, Option<(i64, i64)>);

/// What a version changed, or else what the draft would.
fn changes(view: &StaffView, past: &History, compare: Option<i64>) -> Result<Changes> {
    let numbered = |number: i64| past.versions.iter().find(|version| version.number == number);
    if let Some(new) = compare.and_then(numbered)
        && let Some(old) = numbered(new.number - 1)
    {
        return Ok((ops::differences(&old.elements, &new.elements)?, Some((old.number, new.number))));
    }
    match (&view.draft, past.versions.first()) {
        (Some(draft), Some(published)) => Ok((ops::differences(&published.elements, &draft.elements)?, None)),
        _ => Ok((Vec::new(), None)),
    }
}

async fn show(page: Page, Path(code): Path<String>, Query(asked): Asked) -> Answer {
    let compare = asked.get("compare").and_then(|number| number.parse().ok());
    page.html(item_page(&page, &code, compare, &Values::new()).await?)
}

/// Answers a verb of the item's page: on with a line that says so, or the page again with what was typed.
async fn answer(page: Page, code: &str, done: Result<()>, form: &FormData, flash: &'static str) -> Answer {
    match done {
        Ok(()) => page.go_with(url::admin_item(code), flash),
        Err(error) => {
            let shown = match &error {
                Error::Refused(refusal) => item_page(&page, code, None, &form.values().clone().with_issues(refusal.0.clone())).await?,
                _ => String::new(),
            };
            page.again(error, form.values(), |_| shown)
        }
    }
}

fn revision(form: &FormData) -> i64 {
    // A revision that is no number is that of no draft: the operation answers "changed by somebody else".
    form.get("revision").parse().unwrap_or_default()
}

async fn open(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    let from = form.get("effective_from");
    let done = match (from.is_empty(), from.parse()) {
        (true, _) => ops::open(page.ctx(), view.id, None).await.map(drop),
        (false, Ok(day)) => ops::open(page.ctx(), view.id, Some(day)).await.map(drop),
        (false, Err(_)) => Err(bad_day().into()),
    };
    answer(page, &code, done, &form, "item-opened").await
}

fn bad_day() -> Issue {
    Issue::error("E-P111", "请按 2026-05-20 的样子填写日期", "Write the date as 2026-05-20").field("effective_from").rule("P1-11")
}

async fn form(page: Page, Path(code): Path<String>) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    if view.draft.is_none() {
        return page.go(url::admin_item(&code));
    }
    page.html(items_admin::edit(page.shell(), &view, &items_admin::known(&view)))
}

async fn edit(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    let submit = form.get("then") == "submit";
    let mut values = form.values().clone();
    let saved = match items_admin::local(&values) {
        Ok((local, from)) => ops::edit_local(page.ctx(), view.id, revision(&form), from, local).await,
        Err(refusal) => Err(refusal.into()),
    };
    let done = match saved {
        Ok(()) => {
            values = values.with("revision", revision(&form) + 1);
            if submit { ops::submit(page.ctx(), view.id, revision(&form) + 1).await } else { Ok(()) }
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) if submit => page.go_with(url::admin_item(&code), "item-submitted"),
        Ok(()) => page.go_with(url::admin_item(&code), "saved"),
        Err(Error::Refused(refusal)) => {
            let error = Error::Refused(kernel::Refusal(items_admin::at_inputs(refusal.0)));
            page.again(error, &values, |values| items_admin::edit(page.shell(), &view, &values))
        }
        Err(error) => page.again(error, &values, |values| items_admin::edit(page.shell(), &view, &values)),
    }
}

async fn submit(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    let done = ops::submit(page.ctx(), view.id, revision(&form)).await;
    answer(page, &code, done, &form, "item-submitted").await
}

async fn review(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    let opinion = Some(form.values().raw("reason").to_owned());
    let review = Review { item: view.id, revision: revision(&form), pass: form.get("pass") == "yes", opinion };
    let done = ops::review(page.ctx(), review).await;
    answer(page, &code, done, &form, "item-reviewed").await
}

/// Publishes a draft that does not contradict the declaration by which its cases run.
pub(crate) async fn publish_fitting(ctx: &Ctx, view: &StaffView, revision: i64) -> Result<()> {
    if let Some(draft) = &view.draft {
        casework::ops::item_fits(ctx, &draft.elements).await?;
    }
    ops::publish(ctx, view.id, revision).await.map(drop)
}

async fn publish(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    let done = if form.get("sure") == "yes" {
        publish_fitting(page.ctx(), &view, revision(&form)).await
    } else {
        Err(unfit("sure", "请先核对差异并勾选", "Read the differences and tick the box").into())
    };
    answer(page, &code, done, &form, "item-published").await
}


async fn switch(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let view = ops::staff_view(page.ctx(), &code).await?;
    let to = match form.get("to") {
        "on" => SwitchTo::On,
        "suspended" => SwitchTo::Suspended,
        "cancelled" => SwitchTo::Cancelled,
        _ => return Err(Error::NotFound.into()),
    };
    let typed = kernel::text::code(form.get("typed")).to_uppercase();
    let done = if !typed.is_empty() && view.code.get(view.code.len().saturating_sub(4)..) == Some(typed.as_str()) {
        ops::switch(page.ctx(), SwitchItem { item: view.id, revision: revision(&form), to, reason: form.values().raw("reason").to_owned() }).await
    } else {
        Err(unfit("typed", "输入的后四位与事项编码不一致", "These are not the last four characters of the code").into())
    };
    answer(page, &code, done, &form, "item-switched").await
}
