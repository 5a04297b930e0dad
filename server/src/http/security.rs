//! Headers on every answer, and the check that a change comes from our own pages.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use crate::App;

/// The script nonce of one request.
#[derive(Clone, Debug)]
pub(crate) struct Nonce(pub(crate) String);

/// Makes the nonce and sets the headers that every answer carries, whatever it is.
pub(super) async fn headers(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let mut random = [0; 16];
    app.platform.random().fill(&mut random);
    let nonce = data_encoding::BASE64.encode(&random);
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let mut response = next.run(request).await;
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).expect("base64 is plain ASCII"));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_https(&app) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Whether people reach the site by HTTPS.
pub(crate) fn is_https(app: &App) -> bool {
    app.platform.settings().public_origin.starts_with("https://")
}

/// Whether a request may change something for the person whose cookies it carries: it must come from our own pages.
/// Browsers say so in `Sec-Fetch-Site`; old ones in `Origin`; whoever says neither is refused.
pub fn is_same_origin(method: &Method, headers: &HeaderMap, public_origin: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text("origin") == Some(public_origin.trim_end_matches('/')),
    }
}
