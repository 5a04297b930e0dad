//! Routes together with who may enter: one cannot be written without the other.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware,
    routing::{MethodFilter, MethodRouter, on},
};
use platform::Role;

use super::guard;
use crate::App;

/// Most bytes of a request with files.
const UPLOAD_LIMIT: usize = 24 * 1024 * 1024;

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
        self.add("GET", path, access, on(MethodFilter::GET, handler))
    }

    /// Changes something.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, access, on(MethodFilter::POST, handler))
    }

    /// Changes something and takes files.
    pub fn upload<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, access, on(MethodFilter::POST, handler).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
    }

    /// Replaces something; for programs.
    pub fn put<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("PUT", path, access, on(MethodFilter::PUT, handler))
    }

    /// Takes something away; for programs.
    pub fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("DELETE", path, access, on(MethodFilter::DELETE, handler))
    }

    fn add(mut self, method: &'static str, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        let guarded = handler.route_layer(middleware::from_fn(move |request, next| guard::enter(access, request, next)));
        self.router = self.router.route(path, guarded);
        self.table.push(RouteInfo { method, path, access });
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
