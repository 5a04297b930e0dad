//! Letters of authority.

use axum::extract::Path;
use casework::matters::matters;
use casework::ops::{self, GiveLetter};
use casework::{ApplicantKind, Letter, LetterId};
use kernel::{Day, Text};
use platform::{Error, Result};
use site::pages::matters::letters as pages;
use ui::{Values, url};

use crate::http::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me/letters", Access::Citizen, list)
        .get("/me/letters/new", Access::Citizen, ask)
        .upload("/me/letters/new", Access::Citizen, give)
        .get("/me/letters/{id}/revoke", Access::Citizen, ask_revoke)
        .post("/me/letters/{id}/revoke", Access::Citizen, revoke)
}

/// The matters that may be applied for, by the basic code of their item.
fn items(page: &Page) -> Result<Vec<(String, Text)>> {
    let with_form = matters(page.ctx())?;
    let with_form = with_form.iter().map(|matter| &matter.case_type).filter(|matter| !matter.sections.is_empty());
    Ok(with_form.map(|matter| (matter.item_code.clone(), matter.name.clone())).collect())
}

async fn list(page: Page) -> Answer {
    match ops::letters(page.ctx()).await {
        Ok(mine) => page.html(pages::list(page.shell(), mine, ops::letters_given(page.ctx()).await?, &items(&page)?)),
        Err(error) => unconfirmed(&page, url::my_letters(), error),
    }
}

/// Who has not confirmed who he is does so first, and comes back.
fn unconfirmed(page: &Page, back: String, error: Error) -> Answer {
    if error.has_code("E-P802") { page.go(url::with(url::real_name(), &[("back", &back)])) } else { Err(error.into()) }
}

async fn ask(page: Page) -> Answer {
    match ops::letters(page.ctx()).await {
        Ok(_) => page.html(pages::new(page.shell(), &items(&page)?, Values::new())),
        Err(error) => unconfirmed(&page, url::my_letter_new(), error),
    }
}

async fn give(page: Page, sent: FormData) -> Answer {
    let items = items(&page)?;
    let get = |name: &str| sent.get(name).to_owned();
    let day = |name: &str| sent.get(name).parse::<Day>().unwrap_or(Day::MIN);
    let input = GiveLetter {
        principal_kind: if get("principal_kind") == "organisation" { ApplicantKind::Organisation } else { ApplicantKind::Person },
        principal_name: get("principal_name"),
        principal_number: get("principal_number"),
        items: sent.values().all("items").iter().filter(|code| items.iter().any(|(known, _)| known == *code)).cloned().collect(),
        from: day("from"),
        until: day("until"),
        file: sent.file("file").map(|file| file.bytes.to_vec()).unwrap_or_default(),
    };
    match ops::give_letter(page.ctx(), input).await {
        Ok(_) => page.go_with(url::my_letters(), "letter-given"),
        Err(error) => page.again(error, sent.values(), |values| pages::new(page.shell(), &items, values)),
    }
}

/// A letter that the citizen holds or gave.
async fn letter(page: &Page, id: LetterId) -> Result<Letter> {
    let mut all = ops::letters(page.ctx()).await?;
    all.extend(ops::letters_given(page.ctx()).await?);
    all.into_iter().find(|letter| letter.id == id && !letter.revoked).ok_or(Error::NotFound)
}

async fn ask_revoke(page: Page, Path(id): Path<LetterId>) -> Answer {
    page.html(pages::revoke(page.shell(), &letter(&page, id).await?, &items(&page)?))
}

async fn revoke(page: Page, Path(id): Path<LetterId>, _sent: FormData) -> Answer {
    ops::revoke_letter(page.ctx(), id).await?;
    page.go_with(url::my_letters(), "letter-revoked")
}
