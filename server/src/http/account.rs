//! Signing in and out, opening an account, a forgotten password, the real-name step, one's own data.

use std::collections::BTreeMap;

use axum::{extract::Query, http::header, response::Response};
use identity::ops::{self, ConfirmSignUp, NewPassword, RealName, SignIn, SignUp, StaffSignIn, Vouch};
use identity::session::{self, Started};
use kernel::{Instant, Issue};
use platform::{Actor, Error, Role};
use site::pages::{account, account_me, account_own};
use ui::{Values, url};

use crate::registry;

use super::{
    Access, Answer, FormData, Page, Routes,
    cookies::{self, Life},
    csrf, security, settings,
};

const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar]);

/// Seconds for which a browser keeps the cookie; the session itself may end earlier.
fn cookie_seconds() -> u32 {
    u32::try_from(session::longest_hours() * 60 * 60).unwrap_or(u32::MAX)
}

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Access::Anyone, show_sign_in)
        .post("/sign-in", Access::Anyone, sign_in)
        .post("/sign-in/staff", Access::Anyone, sign_in_staff)
        .post("/sign-out", Access::Anyone, sign_out)
        .get("/sign-up", Access::Anyone, show_sign_up)
        .post("/sign-up", Access::Anyone, sign_up)
        .post("/sign-up/code", Access::Anyone, sign_up_code)
        .get("/reset", Access::Anyone, show_reset)
        .post("/reset", Access::Anyone, reset)
        .post("/reset/code", Access::Anyone, reset_code)
        .get("/real-name", Access::Citizen, show_real_name)
        .post("/real-name", Access::Citizen, real_name)
        .get("/me", Access::SignedIn, me)
        .get("/me/data", Access::Citizen, data)
        .get("/desk/identity", COUNTER, show_desk_identity)
        .post("/desk/identity", COUNTER, desk_identity)
}

type Asked = Query<BTreeMap<String, String>>;

async fn show_sign_in(page: Page, Query(asked): Asked) -> Answer {
    let back = asked.get("back").map_or("", String::as_str);
    page.html(account::sign_in(page.shell(), back, Values::new(), Values::new()))
}

async fn sign_in(page: Page, form: FormData) -> Answer {
    let input = SignIn { contact: form.get("contact").to_owned(), password: form.values().raw("password").to_owned() };
    match ops::sign_in(page.ctx(), input).await {
        Ok(started) => signed_in(&page, &started, form.get("back"), Some(url::me()), "signed-in").await,
        Err(error) => {
            let back = form.get("back").to_owned();
            page.again(error, form.values(), |values| account::sign_in(page.shell(), &back, values, Values::new()))
        }
    }
}

async fn sign_in_staff(page: Page, form: FormData) -> Answer {
    let input = StaffSignIn {
        username: form.get("username").to_owned(),
        password: form.values().raw("staff_password").to_owned(),
        totp: form.get("totp").to_owned(),
    };
    match ops::staff_sign_in(page.ctx(), input).await {
        Ok(started) => signed_in(&page, &started, form.get("back"), None, "signed-in").await,
        Err(error) => {
            let (error, back) = (at_field(error, "password", "staff_password"), form.get("back").to_owned());
            page.again(error, form.values(), |values| account::sign_in(page.shell(), &back, Values::new(), values))
        }
    }
}

/// The desk for those who work at it, administration for the others.
fn home_of_staff(actor: &Actor) -> String {
    let desk = actor.grants().iter().any(|grant| super::session::DESK.contains(&grant.role));
    if desk { url::desk() } else { url::admin() }
}

/// The two forms of the page share no field name, so the operation's own is changed to the form's.
fn at_field(error: Error, from: &str, to: &str) -> Error {
    match error {
        Error::Refused(refusal) => {
            let issues = refusal.0.into_iter().map(|issue| if issue.field.as_deref() == Some(from) { issue.field(to) } else { issue });
            Error::Refused(kernel::Refusal(issues.collect()))
        }
        other => other,
    }
}

/// Goes back to where the person came from, or to his home, with the cookie of the session, a fresh token for forms, and the pages as
/// he chose to see them.
async fn signed_in(page: &Page, started: &Started, back: &str, home: Option<String>, flash: &'static str) -> Answer {
    let found = session::find(page.ctx(), &started.token).await?.ok_or(Error::SignIn)?;
    let home = home.unwrap_or_else(|| home_of_staff(&found.actor));
    let to = match () {
        () if found.must_change => url::my_password(),
        () if back.is_empty() || url::local(back) == url::home() => home,
        () => url::local(back),
    };
    let mut response = page.go_with(to, flash)?;
    settings::apply(page, &page.ctx().with_actor(found.actor), &mut response).await?;
    Ok(with_cookie(page, response, &started.token, Life::Seconds(cookie_seconds())))
}

pub(super) fn with_cookie(page: &Page, mut response: Response, token: &str, life: Life) -> Response {
    let secure = security::is_https(page.app());
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookies::set(cookies::SESSION, token, life, secure));
    headers.append(header::SET_COOKIE, cookies::set(cookies::FORM, &csrf::fresh(page.ctx()), Life::Browser, secure));
    response
}

async fn sign_out(page: Page, headers: axum::http::HeaderMap, _form: FormData) -> Answer {
    if let Some(token) = cookies::get(&headers, cookies::SESSION) {
        session::end(page.ctx(), token).await?;
    }
    let response = page.go_with(url::home(), "signed-out")?;
    Ok(with_cookie(&page, response, "", Life::Gone))
}

async fn show_sign_up(page: Page) -> Answer {
    page.html(account::sign_up(page.shell(), Values::new()))
}

async fn sign_up(page: Page, form: FormData) -> Answer {
    if !form.values().has("agree", "yes") {
        let issue = Issue::error("E-ID51", "请先阅读并同意隐私说明", "Read the privacy notice and agree to it").field("agree");
        return page.again(issue.into(), form.values(), |values| account::sign_up(page.shell(), values));
    }
    let input = SignUp { contact: form.get("contact").to_owned(), password: form.values().raw("password").to_owned() };
    match ops::request_sign_up(page.ctx(), input).await {
        Ok(_) => page.html(account::sign_up_code(page.shell(), Values::new().with("contact", form.get("contact")))),
        Err(error) => page.again(error, form.values(), |values| account::sign_up(page.shell(), values)),
    }
}

async fn sign_up_code(page: Page, form: FormData) -> Answer {
    let input = ConfirmSignUp { contact: form.get("contact").to_owned(), code: form.get("code").to_owned() };
    match ops::confirm_sign_up(page.ctx(), input).await {
        Ok(started) => signed_in(&page, &started, "", Some(url::real_name()), "signed-up").await,
        Err(error) => page.again(error, form.values(), |values| account::sign_up_code(page.shell(), values)),
    }
}

async fn show_reset(page: Page) -> Answer {
    page.html(account::reset(page.shell(), Values::new()))
}

async fn reset(page: Page, form: FormData) -> Answer {
    match ops::request_reset(page.ctx(), form.get("contact")).await {
        Ok(_) => page.html(account::reset_code(page.shell(), Values::new().with("contact", form.get("contact")))),
        Err(error) => page.again(error, form.values(), |values| account::reset(page.shell(), values)),
    }
}

async fn reset_code(page: Page, form: FormData) -> Answer {
    let input = NewPassword {
        contact: form.get("contact").to_owned(),
        code: form.get("code").to_owned(),
        password: form.values().raw("password").to_owned(),
    };
    match ops::confirm_reset(page.ctx(), input).await {
        Ok(()) => page.go_with(url::sign_in(), "password-set"),
        Err(error) => page.again(error, form.values(), |values| account::reset_code(page.shell(), values)),
    }
}

async fn show_real_name(page: Page, Query(asked): Asked) -> Answer {
    if page.ctx().actor().citizen().is_some_and(|citizen| citizen.person.is_some()) {
        return page.go(url::my_data());
    }
    page.html(account_me::real_name(page.shell(), asked.get("back").map_or("", String::as_str), Values::new()))
}

fn shown(form: &FormData) -> RealName {
    RealName { name: form.get("name").to_owned(), id_type: form.get("id_type").to_owned(), number: form.get("id_no").to_owned() }
}

async fn real_name(page: Page, Query(asked): Asked, form: FormData) -> Answer {
    let back = asked.get("back").map_or("", String::as_str);
    match ops::real_name(page.ctx(), &*page.app().verifier, shown(&form)).await {
        Ok(()) if back.is_empty() => page.go_with(url::me(), "real-name"),
        Ok(()) => page.go_with(url::local(back), "real-name"),
        Err(error) => page.again(error, form.values(), |values| account_me::real_name(page.shell(), back, values)),
    }
}

async fn me(page: Page) -> Answer {
    if let Actor::Staff(staff) = page.ctx().actor() {
        let until = ops::password_until(page.ctx()).await?;
        return page.html(account_own::staff(page.shell(), &staff.name, until));
    }
    page.html(account_me::me(page.shell(), ops::my_data(page.ctx(), None).await?))
}

async fn data(page: Page, Query(asked): Asked) -> Answer {
    let before = asked.get("before").and_then(|micros| micros.parse().ok()).map(Instant::from_micros);
    page.html(account_me::data(page.shell(), ops::my_data(page.ctx(), before).await?, &registry::acts()))
}

async fn show_desk_identity(page: Page) -> Answer {
    page.html(account_me::desk_identity(page.shell(), Values::new()))
}

async fn desk_identity(page: Page, form: FormData) -> Answer {
    if !matches!(page.ctx().actor(), Actor::Staff(_)) {
        return Err(Error::SignIn.into());
    }
    match ops::vouch(page.ctx(), Vouch { contact: form.get("contact").to_owned(), shown: shown(&form) }).await {
        Ok(_) => page.go_with(url::desk_identity(), "vouched"),
        Err(error) => page.again(error, form.values(), |values| account_me::desk_identity(page.shell(), values)),
    }
}
