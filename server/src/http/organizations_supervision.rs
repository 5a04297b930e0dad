//! Supervision of organisations: the desk's list, one proceeding with its acts, last days of reports, the draw, complaints, and the public
//! list of illegal organisations.

use axum::extract::{Path, Query};
use kernel::RegionCode;
use organization_pages::supervision::{self as pages, Reader, Shown};
use organizations::supervision::states::{OPEN, OVERSEERS, READERS, act as find_act, states_of};
use organizations::supervision::{self, Draw, FOLLOWS, Filter, Input, Kind, NewWindow, ProceedingId, State};
use organizations::{Entry, register};
use platform::{Error, Result, Role};
use serde::Deserialize;
use ui::{Values, url};

use super::complaints::{form_key, registration};
use super::items::all_regions;
use super::{Access, Answer, FormData, Page, Routes};

const DESK: Access = Access::Staff(READERS);
const OVERSEES: Access = Access::Staff(OVERSEERS);
const HEADS: Access = Access::Staff(&[Role::Head]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/organizations/supervision", DESK, list)
        .get("/desk/organizations/supervision/new", OVERSEES, ask_new)
        .post("/desk/organizations/supervision/new", OVERSEES, open)
        .get("/desk/organizations/supervision/{id}", DESK, show)
        .post("/desk/organizations/supervision/{id}/{act}", DESK, act)
        .get("/desk/organizations/reports", OVERSEES, windows)
        .post("/desk/organizations/reports", HEADS, set_window)
        .get("/desk/organizations/inspections/draw", HEADS, ask_draw)
        .post("/desk/organizations/inspections/draw", HEADS, draw)
        .get("/desk/organizations/complaints", OVERSEES, complaints)
        .get("/me/organizations/{uscc}/supervision", Access::Citizen, own)
        .get("/me/organizations/{uscc}/supervision/new/{kind}", Access::Citizen, ask_own)
        .post("/me/organizations/{uscc}/supervision/new/{kind}", Access::Citizen, open_own)
        .get("/me/organizations/{uscc}/supervision/{id}", Access::Citizen, show_own)
        .post("/me/organizations/{uscc}/supervision/{id}/{act}", Access::Citizen, act_own)
        .get("/organizations/illegal", Access::Anyone, illegal)
        .get("/organizations/{uscc}/complain", Access::Anyone, ask_complain)
        .post("/organizations/{uscc}/complain", Access::Anyone, complain)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    show: String,
    kind: String,
    state: String,
    uscc: String,
    before: String,
}

/// The organisation with a code that came with the request.
async fn entry(page: &Page, uscc: &str) -> Result<Option<Entry>> {
    register::by_uscc(page.ctx().db(), &kernel::text::code(uscc)).await
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let (ctx, before) = (page.ctx(), asked.before.parse().ok());
    let about = if asked.uscc.is_empty() { None } else { Some(entry(&page, &asked.uscc).await?.ok_or(Error::NotFound)?) };
    let listed = match &about {
        Some(entry) => supervision::about(ctx, entry.head.id, before).await?,
        None => {
            let overdue_on = (asked.show == "overdue").then_some(ctx.today());
            let kind = Kind::from_code(&asked.kind);
            // A state that was chosen for another kind says nothing of this one.
            let state = State::from_code(&asked.state).filter(|state| kind.is_some_and(|kind| states_of(kind).any(|one| one == *state)));
            supervision::list(ctx, &Filter { kind, state, overdue_on, open: asked.show != "all" && state.is_none(), before }).await?
        }
    };
    let values = Values::new().with("show", &asked.show).with("kind", &asked.kind).with("state", &asked.state).with("uscc", &asked.uscc);
    let shown = Shown {
        page: listed,
        about: about.map(|entry| entry.head.name),
        opens: !supervision::opens(ctx).is_empty(),
        heads: ctx.require_role(&[Role::Head]).is_ok(),
        oversees: ctx.require_role(OVERSEERS).is_ok(),
        today: ctx.today(),
    };
    page.html(pages::list(page.shell(), shown, values))
}

/// What was typed, as the acts read it.
fn input(values: &Values) -> Input {
    values.pairs().fold(Input::default(), |input, (name, value)| input.with(name, value))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct New {
    kind_of: String,
    uscc: String,
    complaint: String,
    number: String,
}

/// The form, with the name of the organisation and those who inspect where it is.
async fn new_page(page: &Page, values: Values) -> Result<String> {
    let ctx = page.ctx();
    let opens = supervision::opens(ctx);
    let kind = Kind::from_code(values.get("kind_of"));
    let entry = match kind {
        Some(kind) if kind != Kind::Illegal => entry(page, values.get("uscc")).await?,
        _ => None,
    };
    let values = match (kind, &entry) {
        (Some(Kind::Illegal) | None, _) => values,
        (Some(_), Some(entry)) => values.with("subject", &entry.head.name),
        // Nobody has this code: asked for once more.
        (Some(_), None) => {
            let unknown = kernel::Issue::error("E-D89", "未查询到该社会组织", "No such organisation").field("uscc");
            Values::new().with("uscc", values.get("uscc")).with_issues([unknown])
        }
    };
    let officers = match &entry {
        Some(entry) => identity::colleagues::holders(ctx, &[Role::Inspector], &entry.head.region, None).await?,
        None => Vec::new(),
    };
    let officers = officers.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
    Ok(pages::new(page.shell(), opens, officers, values))
}

async fn ask_new(page: Page, Query(new): Query<New>) -> Answer {
    let from = if new.number.is_empty() { String::new() } else { format!("投诉 {}", new.number) };
    let values = Values::new().with("kind_of", &new.kind_of).with("uscc", &new.uscc).with("complaint", &new.complaint);
    let values = if from.is_empty() { values } else { values.with("source", &from).with("clue", &from) };
    page.html(new_page(&page, values).await?)
}

async fn try_open(page: &Page, form: &FormData) -> Result<ProceedingId> {
    let ctx = page.ctx();
    let kind = Kind::from_code(form.get("kind_of")).ok_or(Error::NotFound)?;
    let input = input(form.values());
    if let Ok(complaint) = form.get("complaint").parse() {
        return supervision::follow_up(ctx, complaint, kind, &input).await;
    }
    let organization = match kind {
        Kind::Illegal => None,
        _ => Some(entry(page, form.get("uscc")).await?.ok_or(Error::NotFound)?.head.id),
    };
    Ok(supervision::open(ctx, kind, organization, &input).await?.id)
}

async fn open(page: Page, form: FormData) -> Answer {
    match try_open(&page, &form).await {
        Ok(id) => page.go_with(url::desk_proceeding(id), "done"),
        Err(Error::Refused(refusal)) => {
            let html = new_page(&page, form.values().clone().with_issues(refusal.0.clone())).await?;
            page.again(Error::Refused(refusal), form.values(), |_| html)
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(page: Page, Path(id): Path<ProceedingId>) -> Answer {
    let view = supervision::view(page.ctx(), id).await?;
    page.html(pages::show(page.shell(), view, Reader::Desk, "", Values::new()))
}

async fn act(page: Page, Path((id, act)): Path<(ProceedingId, String)>, form: FormData) -> Answer {
    // A version that is no number is as stale as any other.
    let seen = form.get("seen").parse().unwrap_or(0);
    match supervision::act(page.ctx(), id, seen, &act, &input(form.values())).await {
        Ok(_) => page.go_with(url::desk_proceeding(id), "done"),
        Err(error) => {
            let view = supervision::view(page.ctx(), id).await?;
            page.again(error, form.values(), |values| pages::show(page.shell(), view, Reader::Desk, &act, values))
        }
    }
}

/// The region of whoever asks, to begin with.
fn at_home(page: &Page) -> Values {
    let region = page.ctx().actor().staff().map(|staff| staff.region.to_string());
    Values::new().with("region", region.unwrap_or_default())
}

async fn windows(page: Page) -> Answer {
    let windows = supervision::windows(page.ctx()).await?;
    let heads = page.ctx().require_role(&[Role::Head]).is_ok();
    page.html(pages::windows(page.shell(), windows, heads, &all_regions(page.ctx()).await?, at_home(&page)))
}

async fn set_window(page: Page, form: FormData) -> Answer {
    let get = |name: &str| form.get(name).to_owned();
    let new = NewWindow { region: get("region"), year: get("year"), class: get("class"), due: get("due"), source: get("source") };
    match supervision::set_window(page.ctx(), &new).await {
        Ok(()) => page.go_with(url::desk_report_windows(), "saved"),
        Err(error) => {
            let windows = supervision::windows(page.ctx()).await?;
            let regions = all_regions(page.ctx()).await?;
            page.again(error, form.values(), |values| pages::windows(page.shell(), windows, true, &regions, values))
        }
    }
}

async fn ask_draw(page: Page) -> Answer {
    page.html(pages::draw(page.shell(), &all_regions(page.ctx()).await?, at_home(&page)))
}

async fn draw(page: Page, form: FormData) -> Answer {
    let new = Draw { region: form.get("region").to_owned(), count: form.get("count").to_owned(), source: form.get("source").to_owned() };
    match supervision::draw(page.ctx(), &new).await {
        Ok(_) => page.go_with(url::with(url::desk_proceedings(), &[("kind", Kind::Inspection.code())]), "done"),
        Err(error) => {
            let regions = all_regions(page.ctx()).await?;
            page.again(error, form.values(), |values| pages::draw(page.shell(), &regions, values))
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct From {
    name: String,
    region: String,
    before: String,
}

async fn complaints(page: Page, Query(from): Query<From>) -> Answer {
    let (lines, next) = supervision::complaints(page.ctx(), from.before.parse().ok()).await?;
    let next = next.map(|id| url::with(url::desk_organization_complaints(), &[("before", &id.to_string())])).unwrap_or_default();
    let may = |kind: &Kind| find_act(*kind, OPEN).is_some_and(|act| page.ctx().require_role(act.roles).is_ok());
    let follows = FOLLOWS.into_iter().filter(may).collect();
    page.html(pages::complaints(page.shell(), lines, next, follows))
}

async fn illegal(page: Page, Query(asked): Query<From>) -> Answer {
    let region = RegionCode::parse(asked.region.trim()).ok();
    let (lines, next) = supervision::illegal(page.ctx(), region, &asked.name, asked.before.parse().ok()).await?;
    let values = Values::new().with("name", &asked.name).with("region", &asked.region);
    page.html(pages::illegal(page.shell(), lines, next, &all_regions(page.ctx()).await?, values))
}

async fn ask_complain(page: Page, Path(uscc): Path<String>) -> Answer {
    let head = entry(&page, &uscc).await?.ok_or(Error::NotFound)?.head;
    page.html(pages::complain(page.shell(), &uscc, &head.name, &form_key(&page), Values::new()))
}

/// The receipt is the answer to the form itself: its code stands in no address.
async fn complain(page: Page, Path(uscc): Path<String>, form: FormData) -> Answer {
    let head = entry(&page, &uscc).await?.ok_or(Error::NotFound)?.head;
    match supervision::complain(page.ctx(), head.id, registration(&form)).await {
        Ok(receipt) => page.html(site::pages::complaints::receipt(page.shell(), receipt, false)),
        Err(error) => {
            let key = form_key(&page);
            page.again(error, form.values(), |values| pages::complain(page.shell(), &uscc, &head.name, &key, values))
        }
    }
}

async fn own(page: Page, Path(uscc): Path<String>) -> Answer {
    let own = supervision::own(page.ctx(), &uscc).await?;
    page.html(pages::own(page.shell(), own))
}

/// What the organisation itself may open.
fn own_act(kind: &str) -> Result<&'static organizations::supervision::states::Act> {
    Kind::from_code(kind).and_then(|kind| find_act(kind, OPEN)).filter(|act| act.own).ok_or(Error::NotFound)
}

async fn ask_own(page: Page, Path((uscc, kind)): Path<(String, String)>) -> Answer {
    let own = supervision::own(page.ctx(), &uscc).await?;
    page.html(pages::own_new(page.shell(), own, own_act(&kind)?, Values::new()))
}

async fn open_own(page: Page, Path((uscc, kind)): Path<(String, String)>, form: FormData) -> Answer {
    let own = supervision::own(page.ctx(), &uscc).await?;
    let act = own_act(&kind)?;
    match supervision::open(page.ctx(), act.kind, Some(own.entry.head.id), &input(form.values())).await {
        Ok(done) => page.go_with(url::own_proceeding(&uscc, done.id), "done"),
        Err(error) => page.again(error, form.values(), |values| pages::own_new(page.shell(), own, act, values)),
    }
}

async fn show_own(page: Page, Path((uscc, id)): Path<(String, ProceedingId)>) -> Answer {
    let view = supervision::own_view(page.ctx(), &uscc, id).await?;
    page.html(pages::show(page.shell(), view, Reader::Own(uscc), "", Values::new()))
}

async fn act_own(page: Page, Path((uscc, id, act)): Path<(String, ProceedingId, String)>, form: FormData) -> Answer {
    // Read first: whoever may not act for it learns nothing.
    let view = supervision::own_view(page.ctx(), &uscc, id).await?;
    let seen = form.get("seen").parse().unwrap_or(0);
    match supervision::act(page.ctx(), id, seen, &act, &input(form.values())).await {
        Ok(_) => page.go_with(url::own_proceeding(&uscc, id), "done"),
        Err(error) => page.again(error, form.values(), |values| pages::show(page.shell(), view, Reader::Own(uscc), &act, values)),
    }
}
