//! A program that acts for somebody: his personal token, a fresh key for every call, and the version that it saw last.

use axum::http::Method;
use identity::tokens::{self, NewPersonal};
use platform::{Actor, Role, StaffActor};
use serde_json::Value;

use crate::kit::{Site, Visitor, bare};

/// A program with a personal token.
pub(crate) struct Program {
    visitor: Visitor,
    bearer: String,
    calls: u32,
    /// `ETag` of the last answer that had one, to be sent as `If-Match`; nothing is sent when it is empty.
    pub(crate) tag: String,
    /// What was answered last.
    pub(crate) answer: Value,
}

impl Program {
    /// The program of somebody.
    pub(crate) async fn of(site: &Site, actor: Actor) -> Self {
        let owner = site.platform.as_actor(actor);
        let issued = tokens::issue_personal(&owner, NewPersonal::new("终端", 30)).await.expect("a token");
        Self { visitor: site.visitor(), bearer: format!("Bearer {}", issued.secret), calls: 0, tag: String::new(), answer: Value::Null }
    }

    /// The program of a new member of staff of the bureau of a region.
    pub(crate) async fn of_staff(site: &Site, region: &str, roles: &[Role]) -> (StaffActor, Self) {
        let staff = identity::testing::staff(&site.platform, region, roles).await;
        let program = Self::of(site, Actor::Staff(staff.clone())).await;
        (staff, program)
    }

    /// Reads.
    pub(crate) async fn reads(&mut self, path: &str) -> &mut Self {
        self.sends("GET", path, "", &Value::Null).await
    }

    /// Changes something, with a new key.
    pub(crate) async fn calls(&mut self, method: &str, path: &str, body: Value) -> &mut Self {
        self.calls += 1;
        let key = format!("journey-{:04}", self.calls);
        self.sends(method, path, &key, &body).await
    }

    /// Sends with a key of the test's own; without one if it is empty.
    pub(crate) async fn sends(&mut self, method: &str, path: &str, key: &str, body: &Value) -> &mut Self {
        let (bearer, tag) = (self.bearer.clone(), self.tag.clone());
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        headers.extend((!key.is_empty()).then_some(("idempotency-key", key)));
        headers.extend((!tag.is_empty()).then_some(("if-match", tag.as_str())));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let method: Method = method.parse().expect("a method");
        self.visitor.sends(bare(method, path, &headers, &body), path).await;
        self.answer = serde_json::from_slice(self.visitor.bytes()).unwrap_or_default();
        let tag = self.visitor.header("etag").to_owned();
        if !tag.is_empty() {
            self.tag = tag;
        }
        self
    }

    /// The last answer had this status.
    pub(crate) fn is(&mut self, status: u16) -> &mut Self {
        assert_eq!(self.visitor.status(), status, "{} {}", self.visitor.path(), self.answer);
        self
    }

    /// The last answer refused with this code.
    pub(crate) fn refuses(&mut self, status: u16, code: &str) -> &mut Self {
        self.is(status);
        let codes = self.answer["errors"].as_array().into_iter().flatten().map(|issue| issue["code"].as_str().unwrap_or_default());
        assert!(codes.into_iter().any(|one| one == code), "{}", self.answer);
        self
    }

    /// The last answer was one that had been told before.
    pub(crate) fn is_replayed(&self) -> bool {
        self.visitor.header("idempotency-replayed") == "true"
    }

    /// A text of the last answer.
    pub(crate) fn text(&self, pointer: &str) -> String {
        self.answer.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {}", self.answer)).to_owned()
    }
}
