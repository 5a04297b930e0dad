//! The desk of questions and complaints.

use axum::extract::{Path, Query};
use interaction::complaints::states::{Act, State};
use interaction::complaints::{self, Assignment, ComplaintId, Filter, Kind, PublicText, Reply, Reporter};
use kernel::Day;
use platform::{Error, Result, Role, StaffId, regions};
use serde::Deserialize;
use site::pages::complaints as public_pages;
use site::pages::complaints_desk::{self as pages, Case};
use ui::{Values, url};

use super::complaints::{form_key, offices, registration};
use super::ratings_desk::{not_sure, unseen};
use super::statistics::file;
use super::{Access, Answer, FormData, Page, Routes, feedback};

const READERS: Access = Access::Staff(&[Role::Dispatcher, Role::ComplaintHandler, Role::Head, Role::Supervisor]);
const DESK: Access = Access::Staff(&[Role::Dispatcher]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/complaints", READERS, list)
        .get("/desk/complaints/export", READERS, export)
        .get("/desk/complaints/new", DESK, ask_new)
        .get("/desk/complaints/{id}/reply.pdf", READERS, reply_file)
        .post("/desk/complaints/new", DESK, register)
        .get("/desk/complaints/{id}", READERS, show)
        .get("/desk/complaints/{id}/publish", DESK, draft)
        .post("/desk/complaints/{id}/publish", DESK, publish)
        .post("/desk/complaints/{id}/{verb}", READERS, act)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    state: String,
    kind: String,
    before: String,
    format: String,
}

impl Asked {
    fn filter(&self, today: Day) -> Filter {
        Filter {
            state: State::from_code(&self.state),
            kind: Kind::from_code(&self.kind),
            overdue_on: (self.show == "overdue").then_some(today),
            mine: self.show == "mine",
            sampled: self.show == "sampled",
            before: self.before.parse().ok(),
        }
    }
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let listed = complaints::list(ctx, &asked.filter(ctx.today())).await?;
    let first = ctx.today().plus_days(1 - i64::from(ctx.today().day()));
    let figures = match ctx.regions_of(&[Role::Dispatcher, Role::Head, Role::Supervisor]).into_iter().next() {
        Some(region) => complaints::figures(ctx, region, first, ctx.today()).await?,
        None => Vec::new(),
    };
    let values = Values::new().with("show", &asked.show).with("state", &asked.state).with("kind", &asked.kind);
    let takes_calls = ctx.require_role(&[Role::Dispatcher]).is_ok();
    page.html(pages::list(page.shell(), listed, unseen(&page).await?, figures, takes_calls, values))
}

/// The list as a file.
async fn export(page: Page, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let filter = Filter { before: None, ..asked.filter(ctx.today()) };
    let lines = feedback::whole(complaints::export(ctx, &filter, feedback::most() + 1).await?)?;
    file(&feedback::complaints(lines), &asked.format, page.lang())
}

/// The newest reply as a document.
async fn reply_file(page: Page, Path(id): Path<ComplaintId>) -> Answer {
    let view = complaints::view(page.ctx(), id).await?;
    let unit = view.unit.unwrap_or(view.org);
    feedback::reply(&page, &view.number, &unit, view.title.as_deref(), view.received_at, &view.replies).await
}

async fn ask_new(page: Page) -> Answer {
    page.html(public_pages::new(page.shell(), offices(&page).await?, &form_key(&page), true, Values::new()))
}

async fn register(page: Page, form: FormData) -> Answer {
    match complaints::register(page.ctx(), registration(&form)).await {
        Ok(receipt) => page.html(public_pages::receipt(page.shell(), receipt, true)),
        Err(error) => {
            let (offices, key) = (offices(&page).await?, form_key(&page));
            page.again(error, form.values(), |values| public_pages::new(page.shell(), offices, &key, true, values))
        }
    }
}

/// What the page of one complaint shows; choices only where they are offered.
async fn case(page: &Page, id: ComplaintId, reporter: Option<Reporter>) -> Result<Case> {
    let ctx = page.ctx();
    let view = complaints::view(ctx, id).await?;
    let assigns = view.may.contains(&Act::Dispatch) || view.may.contains(&Act::Designate);
    // Whoever looks after the place that it is about.
    let org = regions::organisation(ctx.db(), view.org_id).await?.filter(|_| assigns || view.supervises);
    let handlers = match org {
        Some(org) => identity::colleagues::holders(ctx, &[Role::ComplaintHandler, Role::Dispatcher], &org.region, None).await?,
        None => Vec::new(),
    };
    Ok(Case {
        alike: if view.may.contains(&Act::Merge) { complaints::duplicates(ctx, id).await? } else { Vec::new() },
        units: if assigns { offices(page).await? } else { Vec::new() },
        handlers,
        reporter,
        view,
    })
}

async fn show(page: Page, Path(id): Path<ComplaintId>) -> Answer {
    let case = case(&page, id, None).await?;
    page.html(pages::show(page.shell(), case, "", Values::new()))
}

async fn act(page: Page, Path((id, verb)): Path<(ComplaintId, String)>, form: FormData) -> Answer {
    let done = match verb.as_str() {
        // The names stand in this answer alone: a reload asks again, and is recorded again.
        "reveal" => match complaints::reporter(page.ctx(), id, form.get("purpose")).await {
            Ok(reporter) => {
                let case = case(&page, id, Some(reporter)).await?;
                return page.html(pages::show(page.shell(), case, "", Values::new()));
            }
            Err(error) => Err(error),
        },
        verb => try_act(&page, id, verb, &form).await,
    };
    match done {
        // It may have moved on to another desk or unit.
        Ok(()) => match complaints::view(page.ctx(), id).await {
            Ok(_) => page.go_with(url::desk_complaint(id), "done"),
            Err(_) => page.go_with(url::desk_complaints(), "done"),
        },
        Err(error) => {
            let case = case(&page, id, None).await?;
            page.again(error, form.values(), |values| pages::show(page.shell(), case, &verb, values))
        }
    }
}

async fn try_act(page: &Page, id: ComplaintId, verb: &str, form: &FormData) -> Result<()> {
    let (ctx, get, raw) = (page.ctx(), |name: &str| form.get(name), |name: &str| form.values().raw(name));
    // A version that is no number is as stale as any other.
    let seen = get("seen").parse().unwrap_or(0);
    if matches!(verb, "refuse" | "merge") && !form.values().has("sure", "yes") {
        return Err(not_sure().into());
    }
    match verb {
        "accept" => complaints::accept(ctx, id, seen, form.values().has("stock", "yes")).await,
        "refuse" => complaints::refuse(ctx, id, seen, get("ground"), raw("reason"), raw("channel")).await,
        "merge" => complaints::merge(ctx, id, seen, get("into").parse().map_err(|_| Error::NotFound)?).await,
        "clarify" => complaints::clarify(ctx, id, seen, raw("text")).await,
        "assign" => {
            let to = Assignment { unit: get("unit").to_owned(), handler: get("handler").to_owned(), note: raw("note").to_owned() };
            complaints::assign(ctx, id, seen, &to).await
        }
        "sign" => complaints::sign(ctx, id, seen).await,
        "return" => complaints::give_back(ctx, id, seen, raw("reason"), get("proposed")).await,
        "extend" => complaints::extend(ctx, id, seen, raw("reason")).await,
        "reply" => complaints::reply(ctx, id, seen, &Reply { words: raw("words").to_owned(), basis: get("basis").to_owned() }).await,
        "content" => complaints::call_back(ctx, id, seen, true, "").await,
        "not-content" => complaints::call_back(ctx, id, seen, false, raw("why")).await,
        "check" => {
            let reply = get("reply").parse().map_err(|_| Error::NotFound)?;
            complaints::check_reply(ctx, id, seen, reply, get("passed") == "yes", get("note")).await
        }
        "officers" => {
            let officers: Vec<StaffId> = form.values().all("officers").iter().filter_map(|id| id.parse().ok()).collect();
            complaints::name_officers(ctx, id, seen, &officers).await
        }
        _ => Err(Error::NotFound),
    }
}

async fn draft(page: Page, Path(id): Path<ComplaintId>) -> Answer {
    let draft = complaints::draft(page.ctx(), id).await?;
    page.html(pages::publish(page.shell(), id, draft, Values::new()))
}

async fn publish(page: Page, Path(id): Path<ComplaintId>, form: FormData) -> Answer {
    let raw = |name: &str| form.values().raw(name).to_owned();
    let edited = PublicText { title: raw("title"), question: raw("question"), answer: raw("answer") };
    match complaints::publish(page.ctx(), id, &edited).await {
        Ok(()) => page.go_with(url::questions(), "published"),
        Err(error) => page.again(error, form.values(), |values| pages::publish(page.shell(), id, edited, values)),
    }
}
