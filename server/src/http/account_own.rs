//! One's own account, of citizens and staff: password, contacts, personal tokens, the length of the session.

use axum::{Json, extract::Path, response::IntoResponse};
use identity::ops::{self, ChangePassword, ContactKind};
use identity::tokens::{self, NewPersonal};
use identity::TokenView;
use kernel::{Issue, RegionCode};
use platform::regions::{self, Region};
use platform::{Actor, Error, TokenId};
use site::pages::account_own::{self, PasswordOf};
use site::pages::account_own_tokens;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes, cookies};

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/me/password", Access::SignedIn, show_password)
        .post("/me/password", Access::SignedIn, change_password)
        .get("/me/contacts", Access::Citizen, show_contacts)
        .post("/me/contacts", Access::Citizen, request_contact)
        .post("/me/contacts/code", Access::Citizen, confirm_contact)
        .get("/me/contacts/{kind}/remove", Access::Citizen, ask_contact)
        .post("/me/contacts/{kind}/remove", Access::Citizen, remove_contact)
        .get("/me/tokens", Access::SignedIn, show_tokens)
        .post("/me/tokens", Access::SignedIn, issue)
        .get("/me/tokens/{id}/revoke", Access::SignedIn, ask_token)
        .post("/me/tokens/{id}/revoke", Access::SignedIn, revoke)
        .get("/me/session", Access::SignedIn, session)
}

fn password_of(page: &Page) -> PasswordOf {
    match page.ctx().actor() {
        Actor::Staff(_) if page.must_change() => PasswordOf::Overdue,
        Actor::Staff(_) => PasswordOf::Staff,
        _ => PasswordOf::Citizen,
    }
}

async fn show_password(page: Page) -> Answer {
    page.html(account_own::password(page.shell(), password_of(&page), Values::new()))
}

async fn change_password(page: Page, headers: axum::http::HeaderMap, form: FormData) -> Answer {
    let of = password_of(&page);
    let input = ChangePassword {
        current: form.values().raw("current").to_owned(),
        password: form.values().raw("password").to_owned(),
        session: cookies::get(&headers, cookies::SESSION).unwrap_or_default().to_owned(),
    };
    match ops::change_password(page.ctx(), input).await {
        Ok(()) => page.go_with(url::me(), "password-changed"),
        Err(error) => page.again(error, form.values(), |values| account_own::password(page.shell(), of, values)),
    }
}

async fn show_contacts(page: Page) -> Answer {
    let known = ops::own_contacts(page.ctx()).await?;
    page.html(account_own::contacts(page.shell(), &known, Values::new()))
}

async fn request_contact(page: Page, form: FormData) -> Answer {
    match ops::request_contact(page.ctx(), form.get("contact")).await {
        Ok(_) => page.html(account_own::contact_code(page.shell(), Values::new().with("contact", form.get("contact")))),
        Err(error) => {
            let known = ops::own_contacts(page.ctx()).await?;
            page.again(error, form.values(), |values| account_own::contacts(page.shell(), &known, values))
        }
    }
}

async fn confirm_contact(page: Page, form: FormData) -> Answer {
    match ops::confirm_contact(page.ctx(), form.get("contact"), form.get("code")).await {
        Ok(()) => page.go_with(url::my_contacts(), "contact-set"),
        Err(error) => page.again(error, form.values(), |values| account_own::contact_code(page.shell(), values)),
    }
}

/// The kind in the address, with what the account has of it.
async fn own_contact(page: &Page, kind: &str) -> Result<(ContactKind, String), Error> {
    let kind = ContactKind::from_code(kind).ok_or(Error::NotFound)?;
    let contact = kind.of(&ops::own_contacts(page.ctx()).await?).ok_or(Error::NotFound)?;
    Ok((kind, contact.as_str().to_owned()))
}

async fn ask_contact(page: Page, Path(kind): Path<String>) -> Answer {
    let (kind, contact) = own_contact(&page, &kind).await?;
    page.html(account_own::contact_remove(page.shell(), kind, &contact, Values::new()))
}

async fn remove_contact(page: Page, Path(kind): Path<String>, form: FormData) -> Answer {
    let (kind, contact) = own_contact(&page, &kind).await?;
    match ops::remove_contact(page.ctx(), kind).await {
        Ok(()) => page.go_with(url::my_contacts(), "contact-removed"),
        Err(error) => page.again(error, form.values(), |values| account_own::contact_remove(page.shell(), kind, &contact, values)),
    }
}

/// The regions in which a member of staff holds a role, and those directly below: to one of them he may narrow a token.
async fn own_regions(page: &Page) -> Result<Vec<Region>, Error> {
    let (db, mut found) = (page.ctx().db(), Vec::<Region>::new());
    let mut roots: Vec<RegionCode> = page.ctx().actor().grants().iter().map(|grant| grant.region).collect();
    roots.sort_unstable();
    roots.dedup();
    for root in roots {
        found.extend(regions::find(db, &root).await?);
        found.extend(regions::children(db, &root).await?);
    }
    Ok(found)
}

async fn tokens_page(page: &Page, values: Values) -> Result<String, Error> {
    let (tokens, regions) = (tokens::own(page.ctx()).await?, own_regions(page).await?);
    Ok(account_own_tokens::list(page.shell(), tokens, regions, page.ctx().now(), values))
}

async fn show_tokens(page: Page) -> Answer {
    let html = tokens_page(&page, Values::new()).await?;
    page.html(html)
}

fn wanted(form: &FormData) -> Result<NewPersonal, Issue> {
    let typed = form.get("region");
    let region = if typed.is_empty() {
        None
    } else {
        Some(RegionCode::parse(typed).map_err(|_| Issue::error("E-ID34", "请选择区域", "Choose a region").field("region"))?)
    };
    Ok(NewPersonal {
        name: form.get("name").to_owned(),
        region,
        items: form.get("items").split_whitespace().map(kernel::text::code).collect(),
        // What is no number of days is out of range.
        days: kernel::text::code(form.get("days")).parse().unwrap_or(0),
    })
}

async fn issue(page: Page, form: FormData) -> Answer {
    let issued = match wanted(&form) {
        Ok(new) => tokens::issue_personal(page.ctx(), new).await,
        Err(issue) => Err(issue.into()),
    };
    match issued {
        Ok(issued) => page.html(account_own_tokens::issued(page.shell(), form.get("name"), issued)),
        Err(error) => {
            let html = tokens_page(&page, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| html)
        }
    }
}

async fn own_token(page: &Page, id: TokenId) -> Result<TokenView, Error> {
    tokens::own(page.ctx()).await?.into_iter().find(|token| token.id == id).ok_or(Error::NotFound)
}

async fn ask_token(page: Page, Path(id): Path<TokenId>) -> Answer {
    let token = own_token(&page, id).await?;
    page.html(account_own_tokens::revoke(page.shell(), token, page.ctx().now()))
}

async fn revoke(page: Page, Path(id): Path<TokenId>, _form: FormData) -> Answer {
    tokens::revoke_own(page.ctx(), id).await?;
    page.go_with(url::my_tokens(), "token-revoked")
}

/// How long the session goes on: asking for it is a use, and makes it longer up to its absolute end.
async fn session(page: Page) -> Answer {
    let seconds = page.shell().session.map_or(0, |end| end.seconds);
    Ok(Json(serde_json::json!({ "seconds": seconds })).into_response())
}
