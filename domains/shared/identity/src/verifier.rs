//! Who can vouch that a name and a number belong together. No interface of the police is pretended: a bureau
//! connects a service of its own by web hook, and a clerk at the counter is always there.

use std::time::Duration;

use kernel::DocumentNumber;
use platform::ports::{BoxFuture, PortError};

/// What a verifier says about a name and a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They belong together; names who vouched.
    Confirmed {
        /// The service or body that vouches, kept with the account.
        by: String,
    },
    /// They do not.
    Differs,
    /// It does not know, or could not be asked. Never to be read as a confirmation.
    NotAnswered,
}

/// Checks names against numbers.
pub trait Verifier: Send + Sync {
    /// Whether `name` is the name of the holder of `document`.
    fn verify<'a>(&'a self, name: &'a str, document: &'a DocumentNumber) -> BoxFuture<'a, Result<Verdict, PortError>>;
}

/// No service is connected: everybody goes to a counter.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoVerifier;

impl Verifier for NoVerifier {
    fn verify<'a>(&'a self, _name: &'a str, _document: &'a DocumentNumber) -> BoxFuture<'a, Result<Verdict, PortError>> {
        Box::pin(async { Ok(Verdict::NotAnswered) })
    }
}

/// Vouches for the fictional people of tests and demonstrations alone: numbers under the unassigned provinces 98 and 99.
#[derive(Clone, Copy, Debug, Default)]
pub struct TestWorldVerifier;

impl TestWorldVerifier {
    /// With this name it says that name and number differ, whatever the number.
    pub const WRONG_NAME: &'static str = "不符";
}

impl Verifier for TestWorldVerifier {
    fn verify<'a>(&'a self, name: &'a str, document: &'a DocumentNumber) -> BoxFuture<'a, Result<Verdict, PortError>> {
        let fictional = document.as_str().starts_with("98") || document.as_str().starts_with("99");
        let verdict = match (fictional, name) {
            (false, _) => Verdict::NotAnswered,
            (true, Self::WRONG_NAME) => Verdict::Differs,
            (true, _) => Verdict::Confirmed { by: "test world".to_owned() },
        };
        Box::pin(async move { Ok(verdict) })
    }
}

/// A service reached by an HTTP POST of `{"name", "id_type", "number"}` as JSON with a bearer token. It answers
/// `{"result": "match" | "differs" | "unknown", "by": "…"}`.
pub struct WebHookVerifier {
    url: String,
    token: String,
    agent: ureq::Agent,
}

#[derive(serde::Serialize)]
struct Question {
    name: String,
    id_type: String,
    number: String,
}

#[derive(serde::Deserialize)]
struct Reply {
    result: String,
    #[serde(default)]
    by: String,
}

impl WebHookVerifier {
    /// `url` takes the POST; `token` goes into the `Authorization` header.
    pub fn new(url: String, token: String) -> Self {
        let agent = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).build().new_agent();
        Self { url, token, agent }
    }
}

impl Verifier for WebHookVerifier {
    fn verify<'a>(&'a self, name: &'a str, document: &'a DocumentNumber) -> BoxFuture<'a, Result<Verdict, PortError>> {
        let (agent, url, authorization) = (self.agent.clone(), self.url.clone(), format!("Bearer {}", self.token));
        let question =
            Question { name: name.to_owned(), id_type: document.kind().to_string(), number: document.as_str().to_owned() };
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || {
                let mut answer = agent.post(&url).header("authorization", authorization).send_json(&question)?;
                answer.body_mut().read_json::<Reply>()
            });
            let reply = asked.await.map_err(|e| PortError::Temporary(e.to_string()))?;
            let reply = reply.map_err(|e| PortError::Temporary(e.to_string()))?;
            Ok(match reply.result.as_str() {
                "match" => Verdict::Confirmed { by: kernel::text::line(&reply.by) },
                "differs" => Verdict::Differs,
                _ => Verdict::NotAnswered,
            })
        })
    }
}
