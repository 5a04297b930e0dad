//! One request of one person: who, in which language, with what in their cookies. Everything around a handler happens here.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use data_encoding::BASE32_NOPAD;
use kernel::Lang;
use platform::{Actor, Ctx, Error, RequestMeta};
use ui::{Contrast, SessionEnd, Shell, ViewMode, flash::Flash};

use super::{
    Fault,
    cookies::{self, Life},
    csrf, error, search, security, session,
};
use crate::App;

/// What is known of the request before its handler runs.
pub struct Visit {
    /// Who acts, and when.
    pub ctx: Ctx,
    /// The frame of the page.
    pub shell: Shell,
    /// Whether it is a program that asks (`/api`): errors are answered as JSON.
    pub api: bool,
    /// Whether a member of staff has to change his password before anything else.
    pub must_change: bool,
    /// What the cookie behind the token of forms holds, if it has to be set anew.
    new_secret: Option<String>,
}

/// What is open to a member of staff before he has changed his password.
const OPEN_BEFORE_CHANGE: [&str; 6] = ["/me/password", "/me/session", "/sign-out", "/settings/language", "/settings/view", "/settings/contrast"];

/// Prepares the visit, runs the handler, and finishes the answer: error pages, cookies, caching.
pub(super) async fn visit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let headers = request.headers().clone();
    let method = request.method().clone();
    let anonymous = anonymous(&app, &request);
    let (signed, failed) = match session::identify(&anonymous, api, request.method(), &headers).await {
        Ok(signed) => (signed, None),
        Err(failed) => (session::Signed::nobody(), Some(failed)),
    };
    let mut visit = arrive(&app, &anonymous, &request, signed, api);
    if !api {
        visit.shell.unread = unread(&visit.ctx).await;
    }
    let visit = Arc::new(visit);
    let foreign = !api && !security::is_same_origin(request.method(), &headers, &app.platform.settings().public_origin);
    let response = if let Some(failed) = failed {
        Fault::from(failed).into_response()
    } else if foreign {
        Fault::Foreign.into_response()
    } else if visit.must_change && !api && !OPEN_BEFORE_CHANGE.contains(&request.uri().path()) {
        (StatusCode::SEE_OTHER, [(header::LOCATION, ui::url::my_password())]).into_response()
    } else {
        request.extensions_mut().insert(visit.clone());
        // On a task of its own a handler that panics ends alone, and one whose visitor leaves still finishes.
        match tokio::spawn(next.run(request)).await {
            Ok(response) => response,
            Err(broken) => Fault::from(Error::internal(broken)).into_response(),
        }
    };
    let mut response = error::finish(&visit, response).await;
    search::remember(&app, &visit, &method, &mut response).await;
    leave(&app, &visit, &headers, &mut response);
    response
}

/// The request with nobody acting.
fn anonymous(app: &App, request: &Request) -> Ctx {
    let mut id = [0; 10];
    app.platform.random().fill(&mut id);
    let meta = RequestMeta {
        request_id: BASE32_NOPAD.encode(&id).to_lowercase(),
        lang: language(request.headers()),
        ip: address(app, request),
        channel: 1,
    };
    app.platform.ctx(Actor::Anonymous, meta)
}

fn arrive(app: &App, anonymous: &Ctx, request: &Request, signed: session::Signed, api: bool) -> Visit {
    let ctx = anonymous.with_actor(signed.actor);
    let headers = request.headers();
    let form = csrf::of(&ctx, headers);
    let nonce = request.extensions().get::<security::Nonce>().map(|nonce| nonce.0.clone()).unwrap_or_default();
    let shell = Shell {
        lang: ctx.lang(),
        mode: cookies::get(headers, cookies::VIEW).map_or(ViewMode::Normal, ViewMode::from_code),
        contrast: cookies::get(headers, cookies::CONTRAST).map_or(Contrast::Normal, Contrast::from_code),
        who: signed.who,
        unread: 0,
        session: signed.until.map(|at| SessionEnd { at, seconds: ctx.now().secs_until(at) }),
        csrf: form.token,
        nonce,
        assets: app.assets.addresses(),
        path: request.uri().path_and_query().map_or_else(ui::url::home, |path| path.as_str().to_owned()),
        site: app.site.clone(),
        flash: cookies::get(headers, cookies::FLASH).and_then(Flash::find),
        help: Vec::new(),
        today: ctx.today(),
    };
    let known = cookies::get(headers, cookies::FORM) == Some(form.secret.as_str());
    Visit { ctx, shell, api, must_change: signed.must_change, new_secret: (!known).then_some(form.secret) }
}

/// How many notices wait, for the frame: one query, and none for visitors. A page is shown without it rather than not at all.
async fn unread(ctx: &Ctx) -> i64 {
    notices::ops::unread(ctx).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "unread notices could not be counted");
        0
    })
}

/// Cookies that the answer sets, and how long it may be kept.
fn leave(app: &App, visit: &Visit, asked: &HeaderMap, response: &mut Response) {
    let secure = security::is_https(app);
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let sets = |response: &Response, name: &str| {
        let prefix = format!("{name}=");
        response.headers().get_all(header::SET_COOKIE).iter().any(|value| value.as_bytes().starts_with(prefix.as_bytes()))
    };
    if let (true, Some(secret)) = (is_page, &visit.new_secret) {
        response.headers_mut().append(header::SET_COOKIE, cookies::set(cookies::FORM, secret, Life::Browser, secure));
    }
    if is_page && cookies::get(asked, cookies::FLASH).is_some() && !sets(response, cookies::FLASH) {
        response.headers_mut().append(header::SET_COOKIE, cookies::set(cookies::FLASH, "", Life::Gone, secure));
    }
    let headers = response.headers_mut();
    let keep = if matches!(visit.ctx.actor(), Actor::Anonymous) { "private, no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    if let Ok(id) = HeaderValue::from_str(visit.ctx.request_id()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// The language in which a request is answered: that of its cookie, else the first one of the browser's that we have, else Chinese.
pub fn language(headers: &HeaderMap) -> Lang {
    let chosen = cookies::get(headers, cookies::LANGUAGE).and_then(|code| code.parse().ok());
    let accepted = || {
        let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        list.split(',').find_map(|tag| tag.split(';').next().unwrap_or_default().trim().parse().ok())
    };
    chosen.or_else(accepted).unwrap_or_default()
}

/// The visitor's address: the peer's, or behind trusted proxies the last one in `X-Forwarded-For` that is not a proxy.
fn address(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())?;
    let trusted = &app.platform.settings().trusted_proxies;
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    let first_strange = forwarded.rsplit(',').map(|text| text.trim().parse::<IpAddr>()).find(|ip| ip.as_ref().map_or(true, |ip| !trusted.contains(ip)));
    match first_strange {
        Some(Ok(ip)) => Some(ip),
        Some(Err(_)) | None => Some(peer),
    }
}
