//! Files of the browser part: named by their content, compressed when they were built, kept by browsers for ever.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path as FilePath;
use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use ui::ClientAssets;

use crate::App;

/// The files of `dist/`, in memory.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, File>,
    addresses: Arc<ui::Assets>,
}

#[derive(Debug)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    kind: &'static str,
}

impl Assets {
    /// No files: pages name a style sheet that is not there. For tests.
    pub fn none() -> Self {
        Self { files: HashMap::new(), addresses: Arc::new(addresses(&BTreeMap::new())) }
    }

    /// Reads what `cargo xtask web` wrote.
    ///
    /// # Errors
    /// When the folder has no readable `manifest.json` or lacks a file that it names.
    pub fn open(folder: &FilePath) -> io::Result<Self> {
        let manifest: BTreeMap<String, String> = serde_json::from_slice(&std::fs::read(folder.join("manifest.json"))?)?;
        let mut files = HashMap::new();
        for name in manifest.values() {
            let file = File {
                plain: std::fs::read(folder.join(name))?.into(),
                brotli: std::fs::read(folder.join(format!("{name}.br"))).ok().map(Bytes::from),
                kind: media_type(name),
            };
            files.insert(name.clone(), file);
        }
        Ok(Self { files, addresses: Arc::new(addresses(&manifest)) })
    }

    /// The addresses that pages name.
    pub fn addresses(&self) -> Arc<ui::Assets> {
        self.addresses.clone()
    }
}

fn addresses(manifest: &BTreeMap<String, String>) -> ui::Assets {
    let address = |name: &str| format!("/assets/{}", manifest.get(name).map_or(name, String::as_str));
    let known = |name: &str| manifest.contains_key(name).then(|| address(name));
    let client = known("client.js").zip(known("client_bg.wasm")).map(|(js, wasm)| ClientAssets { js, wasm });
    ui::Assets { css: address("app.css"), icon: address("icon.svg"), loader: known("loader.js"), desk: known("desk.js"), hall: known("hall.js"), client }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(serve)).route("/favicon.ico", get(favicon))
}

async fn serve(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = app.assets.files.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split(',').any(|coding| coding.split(';').next().unwrap_or_default().trim() == "br"));
    let (body, coding) = match &file.brotli {
        Some(small) if takes_brotli => (small.clone(), Some("br")),
        _ => (file.plain.clone(), None),
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Browsers that do not read the page's own icon ask here.
async fn favicon(State(app): State<App>) -> Response {
    let to = app.assets.addresses.icon.clone();
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
}
