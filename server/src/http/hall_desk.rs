//! The hall at the counter: windows, calling, tickets, figures.

use axum::extract::{Path, Query};
use booking::OfficeCard;
use hall::ops::take::{For, Take, at_counter, classify, proof};
use hall::ops::{call, miss, read, serve, windows};
use hall::{State, TicketId, WindowId};
use kernel::Day;
use platform::{Error, Role};
use serde::Deserialize;
use site::pages::hall::{self as paper, At};
use site::pages::{hall_desk as pages, hall_figures};
use ui::{Values, url};

use super::hall::{address, form_key};
use super::{Access, Answer, FormData, Page, Routes};

const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar]);
const READERS: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Supervisor]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/hall", READERS, show)
        .get("/desk/hall/take", COUNTER, ask_take)
        .post("/desk/hall/take", COUNTER, take)
        .get("/desk/hall/figures", READERS, figures)
        .post("/desk/hall/windows/{id}/{verb}", COUNTER, window_act)
        .get("/desk/hall/tickets/{id}", COUNTER, ticket)
        .get("/desk/hall/tickets/{id}/paper", COUNTER, on_paper)
        .post("/desk/hall/tickets/{id}/{verb}", COUNTER, ticket_act)
}

/// Which hall and which day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    office: String,
    day: String,
    number: String,
}

/// The actor's halls, the chosen one first.
async fn offices(page: &Page, code: &str) -> Result<Vec<OfficeCard>, Error> {
    let mut halls = read::mine(page.ctx()).await?;
    halls.sort_by_key(|office| office.code != code);
    Ok(halls)
}

async fn desk_page(page: &Page, code: &str, values: Values) -> Result<String, Error> {
    let offices = offices(page, code).await?;
    let me = page.ctx().actor().staff().ok_or(Error::SignIn)?.id;
    let Some(office) = offices.first() else { return Ok(pages::none(page.shell())) };
    let (office, board) = read::desk(page.ctx(), &office.code).await?;
    Ok(pages::desk(page.shell(), pages::Desk { office, offices, board, me }, values))
}

async fn show(page: Page, Query(place): Query<Where>) -> Answer {
    if !place.number.is_empty() {
        let values = Values::new().with("number", &place.number);
        return match read::by_label(page.ctx(), &place.office, &place.number).await {
            Ok(ticket) => page.go(url::hall_ticket(ticket)),
            Err(error) => {
                let html = desk_page(&page, &place.office, values.clone().with_issues(error.issues().to_vec())).await?;
                page.again(error, &values, |_| html)
            }
        };
    }
    match desk_page(&page, &place.office, Values::new()).await {
        // who only watches over it sees the figures
        Err(Error::Denied(_)) => page.go(url::with(url::hall_figures(), &[("office", &place.office)])),
        html => page.html(html?),
    }
}

fn desk_of(office: &OfficeCard) -> String {
    url::with(url::hall_desk(), &[("office", &office.code)])
}

/// Answers a refusal with the desk, the issue on top.
async fn desk_again(page: &Page, office: &OfficeCard, error: Error) -> Answer {
    let values = Values::new().with_issues(error.issues().to_vec());
    let html = desk_page(page, &office.code, values).await?;
    page.again(error, &Values::new(), |_| html)
}

async fn window_act(page: Page, Path((id, verb)): Path<(WindowId, String)>, _form: FormData) -> Answer {
    let ctx = page.ctx();
    let office = read::office_of_window(ctx, id).await?;
    let done = match verb.as_str() {
        "open" => windows::open(ctx, id).await.map(|()| "saved"),
        "close" => windows::close(ctx, id).await.map(|()| "saved"),
        "next" => call::next(ctx, id).await.map(|_| "hall-called"),
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(flash) => page.go_with(desk_of(&office), flash),
        Err(error) => desk_again(&page, &office, error).await,
    }
}

async fn ticket_page(page: &Page, id: TicketId, values: Values) -> Result<String, Error> {
    let (office, board, ticket) = read::ticket(page.ctx(), id).await?;
    let me = page.ctx().actor().staff().map(|staff| staff.id);
    let mine = board.windows.iter().find(|window| window.staff == me && window.is_open(board.now)).cloned();
    Ok(pages::ticket(page.shell(), office, board, ticket, mine, values))
}

async fn ticket(page: Page, Path(id): Path<TicketId>) -> Answer {
    page.html(ticket_page(&page, id, Values::new()).await?)
}

async fn on_paper(page: Page, Path(id): Path<TicketId>) -> Answer {
    let (_, _, ticket) = read::ticket(page.ctx(), id).await?;
    let status = read::status(page.ctx(), &ticket.token).await?;
    page.html(paper::ticket(page.shell(), status, address(&page, &ticket.token), At::Counter))
}

async fn ticket_act(page: Page, Path((id, verb)): Path<(TicketId, String)>, form: FormData) -> Answer {
    let ctx = page.ctx();
    let (office, _, _) = read::ticket(ctx, id).await?;
    let window = |field: &str| form.get(field).parse::<WindowId>().map_err(|_| Error::NotFound);
    let done = match verb.as_str() {
        "start" => serve::start(ctx, id).await.map(|()| "saved"),
        "again" => call::again(ctx, id).await.map(|()| "hall-called"),
        "done" => serve::done(ctx, id).await.map(|()| "hall-done"),
        "pass" => miss::pass(ctx, id).await.map(|state| if state == State::Void { "hall-void" } else { "hall-passed" }),
        "requeue" => miss::requeue_for(ctx, id).await.map(|_| "hall-requeued"),
        "hand-over" => serve::hand_over(ctx, id, window("window")?).await.map(|()| "hall-handed-over"),
        "call" => call::pick_out(ctx, window("at")?, id, form.get("ground"), form.get("reason")).await.map(|_| "hall-called"),
        "class" => classify(ctx, id, form.get("class"), form.get("seen")).await.map(|()| "saved"),
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(flash) => page.go_with(desk_of(&office), flash),
        Err(error) if matches!(verb.as_str(), "call" | "class") => {
            let issues = error.issues().iter().cloned().map(|issue| at_field_of(&verb, issue));
            let html = ticket_page(&page, id, form.values().clone().with_issues(issues)).await?;
            page.again(error, form.values(), |_| html)
        }
        Err(error) => desk_again(&page, &office, error).await,
    }
}

/// The page of a ticket has two forms with a reason each, and a field can have only one name.
fn at_field_of(verb: &str, mut issue: kernel::Issue) -> kernel::Issue {
    issue.field = match (verb, issue.field.as_deref()) {
        ("class", Some("ground")) => Some("class".to_owned()),
        ("class", Some("reason")) => Some("seen".to_owned()),
        _ => issue.field,
    };
    issue
}

async fn take_page(page: &Page, code: &str, values: Values) -> Result<String, Error> {
    let offices = offices(page, code).await?;
    let Some(office) = offices.first() else { return Ok(pages::none(page.shell())) };
    let (office, board) = read::desk(page.ctx(), &office.code).await?;
    Ok(pages::take(page.shell(), office, board, form_key(page), values))
}

async fn ask_take(page: Page, Query(place): Query<Where>) -> Answer {
    page.html(take_page(&page, &place.office, Values::new()).await?)
}

async fn take(page: Page, form: FormData) -> Answer {
    let what = match form.get("how") {
        "booked" => For::Booking(proof(page.ctx(), form.get("number"), form.get("last4"), true)),
        // nothing chosen is answered like a group that gives out no tickets
        _ => For::WalkIn(form.get("group").parse().unwrap_or_else(|_| page.ctx().id())),
    };
    let get = |name: &str| form.get(name).to_owned();
    let taken = at_counter(page.ctx(), form.get("office"), Take { what, ground: get("ground"), name: get("name"), request_key: get("request_key") }).await;
    match taken {
        Ok(ticket) => page.go(url::hall_ticket_act(ticket.id, "paper")),
        Err(error) => {
            let html = take_page(&page, form.get("office"), form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| html)
        }
    }
}

async fn figures(page: Page, Query(place): Query<Where>) -> Answer {
    let offices = offices(&page, &place.office).await?;
    let Some(office) = offices.first() else { return page.html(pages::none(page.shell())) };
    let day: Day = place.day.parse().unwrap_or(page.ctx().today()).min(page.ctx().today());
    let (office, board, figures) = read::figures(page.ctx(), &office.code, day).await?;
    page.html(hall_figures::page(page.shell(), office, board, day, figures))
}
