//! An application from the first question to its receipt. Every step is saved, so that it can be left and gone on with on any device.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use casework::ops::{self, Application, Attach, Draft, Offered, Save, Saved, Submit};
use casework::{Answers, Field, MaterialId, Owner, Party, issues};
use kernel::{Issue, Refusal};
use platform::{Error, Result};
use site::pages::matters::apply::{self as pages, At, GO, PARTY, SEEN};
use site::pages::matters::apply_papers::{ACT, KEY, PAPER};
use site::pages::matters::form::{self, Known};
use site::pages::matters::{apply_check, apply_papers};
use ui::{Values, url};

use super::{Asked, at_paper, regions};
use crate::http::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/apply/{impl_code}", Access::Citizen, start)
        .post("/apply/{impl_code}", Access::Citizen, answer)
        .get("/apply/{impl_code}/sections/{section}", Access::Citizen, section)
        .post("/apply/{impl_code}/sections/{section}", Access::Citizen, fill)
        .get("/apply/{impl_code}/papers", Access::Citizen, papers)
        .upload("/apply/{impl_code}/papers", Access::Citizen, paper)
        .get("/apply/{impl_code}/papers/{paper}", Access::Citizen, content)
        .get("/apply/{impl_code}/check", Access::Citizen, check)
        .post("/apply/{impl_code}/check", Access::Citizen, submit)
        .get("/apply/{impl_code}/discard", Access::Citizen, ask_discard)
        .post("/apply/{impl_code}/discard", Access::Citizen, discard)
}

/// Sends somebody whose identity is not confirmed yet to the step that confirms it, and back; anything else is its own page.
fn stopped(page: &Page, code: &str, error: Error) -> Answer {
    let unconfirmed = page.ctx().actor().citizen().is_some_and(|citizen| citizen.person.is_none());
    if error.has_code("E-P802") && unconfirmed {
        return page.go(url::with(url::real_name(), &[("back", &url::apply(code))]));
    }
    Err(error.into())
}

/// The application and what is saved of it; whoever has saved nothing begins at the beginning.
async fn begun(page: &Page, code: &str) -> Result<Option<(Application, Draft)>> {
    let app = ops::application(page.ctx(), code).await?;
    Ok(app.draft.clone().map(|draft| (app, draft)))
}

/// A page again because another device was faster: what was typed is in it.
fn conflict(html: String) -> Answer {
    Ok((StatusCode::CONFLICT, Html(html)).into_response())
}

fn seen(sent: &FormData) -> i64 {
    sent.get(SEEN).parse().unwrap_or_default()
}

async fn start(page: Page, Path(code): Path<String>) -> Answer {
    match ops::application(page.ctx(), &code).await {
        Ok(app) => page.html(pages::start(page.shell(), &app, Values::new())),
        Err(error) => stopped(&page, &code, error),
    }
}

/// For whom: as before where nothing was asked.
fn party(app: &Application, typed: &str) -> Result<Party> {
    match typed {
        "" => Ok(app.party()),
        "own" => Ok(Party::Own),
        id => {
            let letter = app.letters.iter().find(|letter| letter.id.to_string() == id);
            letter.map(|letter| Party::Letter(letter.id)).ok_or_else(|| issues::no_authority(None).field(PARTY).into())
        }
    }
}

async fn answer(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let mut app = match ops::application(page.ctx(), &code).await {
        Ok(app) => app,
        Err(error) => return stopped(&page, &code, error),
    };
    let case_type = &app.matter.case_type;
    let party = match party(&app, sent.get(PARTY)) {
        Ok(party) => party,
        Err(error) => return page.again(error, sent.values(), |values| pages::start(page.shell(), &app, values)),
    };
    let answers = form::answered(case_type, app.answers(), sent.values());
    let keys: Vec<String> = case_type.questions.iter().map(|question| question.key.clone()).collect();
    match ops::save(page.ctx(), Save { impl_code: code, seen: seen(&sent), answers, party }).await? {
        Saved::Changed { theirs, .. } => {
            app.draft = Some(*theirs);
            let values = sent.values().clone().with_issues([issues::draft_changed()]);
            conflict(pages::start(page.shell(), &app, values))
        }
        Saved::Draft(draft) => {
            app.draft = Some(draft);
            match faults(&page, &app, |field| keys.iter().any(|key| key == field)) {
                Some(error) => page.again(error, sent.values(), |values| pages::start(page.shell(), &app, values)),
                None => page.go(pages::after(&app, At::Questions)),
            }
        }
    }
}

/// What is wrong with the saved answers to some of the fields.
fn faults(page: &Page, app: &Application, of: impl Fn(&str) -> bool) -> Option<Error> {
    let found: Vec<Issue> = casework::form::check(&app.matter.case_type, app.answers(), page.ctx().today())
        .into_iter()
        .filter(|issue| issue.field.as_deref().is_some_and(&of))
        .collect();
    (!found.is_empty()).then_some(Error::Refused(Refusal(found)))
}

async fn known(page: &Page, app: &Application, section: &str, change: &str) -> Result<Known> {
    let held = ops::offered(page.ctx(), &app.item.code, &app.party()).await?.answers;
    Ok(Known {
        held,
        change: [change.to_owned()].into_iter().filter(|key| !key.is_empty()).collect(),
        here: url::apply_section(&app.item.code, section),
        regions: regions(page.ctx(), &app.matter.case_type).await?,
    })
}

async fn section(page: Page, Path((code, key)): Path<(String, String)>, Query(asked): Asked) -> Answer {
    let Some((app, _)) = begun(&page, &code).await? else { return page.go(url::apply(&code)) };
    let known = known(&page, &app, &key, asked.get("change").map_or("", String::as_str)).await?;
    let (section, fields) = form::asked_of(&app.matter.case_type, &key, app.answers()).ok_or(Error::NotFound)?;
    page.html(pages::section(page.shell(), &app, (section, &fields), &known, None, Values::new()))
}

async fn fill(page: Page, Path((code, key)): Path<(String, String)>, sent: FormData) -> Answer {
    let Some((mut app, draft)) = begun(&page, &code).await? else { return page.go_with(url::my_matters(), "draft-gone") };
    let mut known = known(&page, &app, &key, "").await?;
    let matter = app.matter.clone();
    let (section, fields) = form::asked_of(&matter.case_type, &key, &draft.answers).ok_or(Error::NotFound)?;
    let mut answers: Answers = form::merged(&matter.case_type, &fields, &draft.answers, sent.values(), &known.held);
    if form::has_register(&matter.case_type) {
        let now = ops::offered_with(page.ctx(), &app.item.code, &draft.party, &answers).await?.answers;
        form::follow(&matter.case_type, &mut answers, &known.held, &now);
        known.held = now;
    }
    match ops::save(page.ctx(), Save { impl_code: code.clone(), seen: seen(&sent), answers, party: draft.party }).await? {
        Saved::Changed { theirs, .. } => {
            app.draft = Some((*theirs).clone());
            conflict(pages::section(page.shell(), &app, (section, &fields), &known, Some(&*theirs), sent.values().clone()))
        }
        Saved::Draft(_) if sent.get(GO) == "later" => page.go_with(url::my_matters(), "draft-saved"),
        Saved::Draft(draft) => {
            app.draft = Some(draft);
            let shown = |key: &str| fields.iter().any(|field: &&Field| field.key == key);
            if let Some(error) = faults(&page, &app, shown) {
                return page.again(error, sent.values(), |values| pages::section(page.shell(), &app, (section, &fields), &known, None, values));
            }
            let open = form::opened(&matter.case_type, &key, &fields, app.answers());
            page.go(if open { url::apply_section(&code, &key) } else { pages::after(&app, At::Section(&key)) })
        }
    }
}

async fn offered(page: &Page, app: &Application) -> Result<Offered> {
    ops::offered(page.ctx(), &app.item.code, &app.party()).await
}

async fn papers(page: Page, Path(code): Path<String>) -> Answer {
    let Some((app, _)) = begun(&page, &code).await? else { return page.go(url::apply(&code)) };
    page.html(apply_papers::papers(page.shell(), &app, &offered(&page, &app).await?, Values::new()))
}

async fn paper(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let Some((app, draft)) = begun(&page, &code).await? else { return page.go_with(url::my_matters(), "draft-gone") };
    let (key, to) = (sent.get(KEY), Owner::Draft(draft.id));
    let id = || sent.get(PAPER).parse::<MaterialId>().map_err(|_| Error::NotFound);
    let done = match sent.get(ACT) {
        "remove" => ops::remove(page.ctx(), draft.id, id()?).await.map(|()| "paper-removed"),
        "hold" => ops::attach_held(page.ctx(), to, key, id()?).await.map(|_| "paper-taken"),
        _ => {
            let file = sent.file(&apply_papers::field(key));
            let (file_name, bytes) = file.map(|file| (file.name.clone(), file.bytes.to_vec())).unwrap_or_default();
            ops::attach(page.ctx(), Attach { to, key: key.to_owned(), file_name, bytes }).await.map(|_| "paper-taken")
        }
    };
    match done {
        Ok(flash) => page.go_with(url::apply_papers(&code), flash),
        Err(error) => {
            let offered = offered(&page, &app).await?;
            page.again(at_paper(error, key), sent.values(), |values| apply_papers::papers(page.shell(), &app, &offered, values))
        }
    }
}

async fn content(page: Page, Path((code, paper)): Path<(String, MaterialId)>) -> Answer {
    let (_, draft) = begun(&page, &code).await?.ok_or(Error::NotFound)?;
    super::file(ops::content(page.ctx(), Owner::Draft(draft.id), paper).await?)
}

async fn check(page: Page, Path(code): Path<String>) -> Answer {
    let Some((app, _)) = begun(&page, &code).await? else { return page.go(url::apply(&code)) };
    let case_type = &app.matter.case_type;
    let mut found = casework::form::check(case_type, app.answers(), page.ctx().today());
    if !app.item.version.elements.online.pledge {
        let here = |key: &str| app.papers.iter().any(|paper| paper.key == key);
        found.extend(casework::form::missing(case_type, &app.item.version.elements, app.answers(), here));
    }
    let regions = regions(page.ctx(), case_type).await?;
    page.html(apply_check::check(page.shell(), &app, &regions, Values::new().with_issues(found)))
}

async fn submit(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    // Sent twice: the first has made the case of it.
    let Some((app, draft)) = begun(&page, &code).await? else { return page.go_with(url::my_matters(), "draft-gone") };
    let pledge = sent.values().has(apply_check::PLEDGE, "yes");
    match ops::submit(page.ctx(), Submit { draft: draft.id, seen: seen(&sent), pledge }).await {
        Ok(done) => {
            let case = ops::my_case(page.ctx(), done.case).await?;
            page.html(apply_check::receipt(page.shell(), done, &case))
        }
        Err(error) => {
            let regions = regions(page.ctx(), &app.matter.case_type).await?;
            match error {
                Error::Stale(issue) => conflict(apply_check::check(page.shell(), &app, &regions, sent.values().clone().with_issues([issue]))),
                error => page.again(error, sent.values(), |values| apply_check::check(page.shell(), &app, &regions, values)),
            }
        }
    }
}

async fn ask_discard(page: Page, Path(code): Path<String>) -> Answer {
    let Some((app, draft)) = begun(&page, &code).await? else { return page.go(url::my_matters()) };
    page.html(pages::discard(page.shell(), &app, draft.version))
}

async fn discard(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let Some((_, draft)) = begun(&page, &code).await? else { return page.go(url::my_matters()) };
    ops::discard(page.ctx(), draft.id, seen(&sent)).await?;
    page.go_with(url::my_matters(), "draft-discarded")
}
