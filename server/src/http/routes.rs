//! Routes together with who may enter: one cannot be written without the other.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware,
    routing::{MethodFilter, MethodRouter, on},
};
use platform::Role;

use super::{BODY_LIMIT, guard};
use crate::{App, api::once};

/// Most bytes of a request with files: a scan of 20 MB, in Base64 too.
const UPLOAD_LIMIT: usize = 28 * 1024 * 1024;

/// Who may enter by a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Whoever is signed in, and programs.
    SignedIn,
    /// Citizens.
    Citizen,
    /// Staff and programs that hold one of these roles somewhere; any member of staff if none is named.
    Staff(&'static [Role]),
}

/// One line of the table of routes.
#[derive(Clone, Copy, Debug)]
pub struct RouteInfo {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Who may enter.
    pub access: Access,
    /// It changes something for a program, which gives a key so that it happens once.
    pub keyed: bool,
}

/// A set of routes, and the table of them.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    table: Vec<RouteInfo>,
}

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows something; changes nothing.
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("GET", path, access, on(MethodFilter::GET, handler), None)
    }

    /// Changes something.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, access, on(MethodFilter::POST, handler), Some(BODY_LIMIT))
    }

    /// Changes something and takes files.
    pub fn upload<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, access, on(MethodFilter::POST, handler).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)), Some(UPLOAD_LIMIT))
    }

    /// Asks with a body, so that nothing personal stands in an address; changes nothing. It takes as much as an upload.
    pub fn ask<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, access, on(MethodFilter::POST, handler).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)), None)
    }

    /// Replaces something; for programs.
    pub fn put<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("PUT", path, access, on(MethodFilter::PUT, handler), Some(BODY_LIMIT))
    }

    /// Takes something away; for programs.
    pub fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("DELETE", path, access, on(MethodFilter::DELETE, handler), Some(BODY_LIMIT))
    }

    /// `changes` is how much a request that changes something may bring; nothing for one that only reads.
    fn add(mut self, method: &'static str, path: &'static str, access: Access, handler: MethodRouter<App>, changes: Option<usize>) -> Self {
        let changes = changes.filter(|_| path.starts_with("/api/v1/"));
        let handler = match changes {
            Some(limit) => handler.route_layer(middleware::from_fn(move |request, next| once::run(limit, request, next))),
            None => handler,
        };
        let guarded = handler.route_layer(middleware::from_fn(move |request, next| guard::enter(access, request, next)));
        self.router = self.router.route(path, guarded);
        self.table.push(RouteInfo { method, path, access, keyed: changes.is_some() });
        self
    }

    /// Adds those of another noun.
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// The table.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
}
