//! One person with a browser: cookies, a page, and what they do with it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use tower::ServiceExt;

use super::html::{self, Form};

/// The border between the parts of a form with files.
const BOUNDARY: &str = "----journey";

/// A person with a browser. Every act leaves the page that it led to; every check panics with what is there instead.
pub(crate) struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Visitor {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            path: String::new(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// Has this cookie from before.
    pub(crate) fn has_cookie(&mut self, name: &str, value: &str) -> &mut Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Opens an address.
    pub(crate) async fn opens(&mut self, path: &str) -> &mut Self {
        let request = Request::get(path).header("sec-fetch-site", "none");
        self.sends(request.body(Body::empty()).expect("a request"), path).await
    }

    /// Follows the link that says this, or else the first that has it in its words.
    pub(crate) async fn clicks(&mut self, words: &str) -> &mut Self {
        let links = html::links(&self.html());
        let exact = links.iter().find(|(text, _)| text == words);
        let link = exact.or_else(|| links.iter().find(|(text, _)| text.contains(words)));
        let (_, to) = link.unwrap_or_else(|| panic!("no link {words:?} on {}: {links:?}", self.path));
        self.opens(to).await
    }

    /// Sends the form of the page whose action (or `#id`) is given, its hidden fields included, with these values typed into it.
    /// A named button is pressed by giving its name and value. Of several forms with one action it is the first that has the fields.
    pub(crate) async fn submits(&mut self, form: &str, typed: &[(&str, &str)]) -> &mut Self {
        let (form, fields) = self.filled(form, typed);
        if form.method == "get" {
            let path = format!("{}?{}", form.action, encode(&fields));
            return self.opens(&path).await;
        }
        let (kind, body) = if form.multipart {
            (format!("multipart/form-data; boundary={BOUNDARY}"), parts(&fields, &[]))
        } else {
            ("application/x-www-form-urlencoded".to_owned(), encode(&fields).into_bytes())
        };
        self.posts(&form.action, &kind, body).await
    }

    /// The same with files: field, name, media type, content.
    pub(crate) async fn uploads(&mut self, form: &str, typed: &[(&str, &str)], files: &[(&str, &str, &str, &[u8])]) -> &mut Self {
        let (form, fields) = self.filled(form, typed);
        assert!(form.multipart, "{} does not take files", form.action);
        let body = parts(&fields, files);
        self.posts(&form.action, &format!("multipart/form-data; boundary={BOUNDARY}"), body).await
    }

    /// Posts something that no form of ours would send.
    pub(crate) async fn posts(&mut self, path: &str, kind: &str, body: Vec<u8>) -> &mut Self {
        let request = Request::post(path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
        self.sends(request.body(Body::from(body)).expect("a request"), path).await
    }

    /// Sends any request with this visitor's cookies.
    pub(crate) async fn sends(&mut self, mut request: Request<Body>, path: &str) -> &mut Self {
        if !self.cookies.is_empty() {
            let line = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            request.headers_mut().insert(header::COOKIE, line.parse().expect("plain cookies"));
        }
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        self.status = response.status();
        self.headers = response.headers().clone();
        self.body = to_bytes(response.into_body(), usize::MAX).await.expect("a whole answer");
        path.clone_into(&mut self.path);
        self.keeps_cookies();
        self
    }

    fn keeps_cookies(&mut self) {
        for line in self.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("plain cookies");
            let (name, value) = line.split(';').next().unwrap_or_default().split_once('=').expect("a cookie has a value");
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Goes where a 303 leads.
    pub(crate) async fn follows(&mut self) -> &mut Self {
        self.is(303);
        let to = self.header("location").to_owned();
        self.opens(&to).await
    }

    /// The answer's status is this.
    #[track_caller]
    pub(crate) fn is(&mut self, status: u16) -> &mut Self {
        assert_eq!(self.status.as_u16(), status, "{} answered: {}", self.path, self.text());
        self
    }

    /// The page says this.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) -> &mut Self {
        assert!(self.text().contains(words), "{words:?} is not on {} ({}): {}", self.path, self.status, self.text());
        self
    }

    /// The page does not say this.
    #[track_caller]
    pub(crate) fn sees_no(&mut self, words: &str) -> &mut Self {
        assert!(!self.text().contains(words), "{words:?} is on {}: {}", self.path, self.text());
        self
    }

    /// The answer's status.
    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The address of the page.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The text that a person reads.
    pub(crate) fn text(&self) -> String {
        html::text(&self.html())
    }

    /// The answer as it came.
    pub(crate) fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The answer's bytes: a PDF, a calendar file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// A header of the answer; empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What stands in a field of a form of the page.
    #[track_caller]
    pub(crate) fn value(&self, form: &str, field: &str) -> String {
        let form = self.form(form);
        form.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    #[track_caller]
    fn form(&self, wanted: &str) -> Form {
        self.form_with(wanted, |_| true)
    }

    #[track_caller]
    fn form_with(&self, wanted: &str, fits: impl Fn(&Form) -> bool) -> Form {
        let forms = html::forms(&self.html());
        let known: Vec<_> = forms.iter().map(|form| format!("{} #{}: {:?}", form.action, form.id, form.names)).collect();
        let is_wanted = |form: &Form| form.action == wanted || wanted.strip_prefix('#').is_some_and(|id| form.id == id);
        let found = forms.into_iter().find(|form| is_wanted(form) && fits(form));
        found.unwrap_or_else(|| panic!("no such form {wanted} on {}; there are {known:?}: {}", self.path, self.text()))
    }

    #[track_caller]
    fn filled(&self, wanted: &str, typed: &[(&str, &str)]) -> (Form, Vec<(String, String)>) {
        let takes = |form: &Form, (name, value): &(&str, &str)| {
            form.names.iter().any(|known| known == name) || form.buttons.iter().any(|(button, known)| button == name && known == value)
        };
        let form = self.form_with(wanted, |form| typed.iter().all(|field| takes(form, field)));
        let mut fields: Vec<_> = form.fields.iter().filter(|(name, _)| !typed.iter().any(|(other, _)| other == name)).cloned().collect();
        for (name, value) in typed {
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        (form, fields)
    }
}

fn encode(fields: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        let gap = if out.is_empty() { "" } else { "&" };
        let _ = write!(out, "{gap}{}={}", percent(name), percent(value));
    }
    out
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() { out.push(byte as char) } else { let _ = write!(out, "%{byte:02X}"); }
    }
    out
}

fn parts(fields: &[(String, String)], files: &[(&str, &str, &str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in fields {
        out.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, file, kind, content) in files {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {kind}\r\n\r\n");
        out.extend(head.bytes());
        out.extend(*content);
        out.extend(b"\r\n");
    }
    out.extend(format!("--{BOUNDARY}--\r\n").bytes());
    out
}

/// Sends without any of a browser's headers: another program, an attacker.
pub(crate) fn bare(method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).expect("a request")
}
