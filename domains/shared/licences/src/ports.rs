//! The port to the catalogue above: the province's own, or the nation's (P5-8).

use std::time::Duration;

use platform::ports::{BoxFuture, PortError};
use serde::Serialize;

/// An entry as catalogues exchange it (GB/T 36902). The file is not part of it: it stays with the issuer and is fetched by the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reported {
    /// 证照标识.
    pub identifier: String,
    /// 证照类型代码.
    pub type_code: String,
    /// 证照类型名称.
    pub type_name: String,
    /// 证照编号.
    pub number: String,
    /// 持证主体名称.
    pub holder_name: String,
    /// 持证主体代码.
    pub holder_code: String,
    /// 持证主体代码类型: 001, 111, 999.
    pub holder_kind: &'static str,
    /// 颁发机构代码.
    pub issuer_code: String,
    /// 颁发机构.
    pub issuer_name: String,
    /// 所属地区.
    pub region: String,
    /// 颁发日期, ISO.
    pub issued_on: String,
    /// 有效期止, ISO; absent for ever.
    pub valid_to: Option<String>,
    /// Version.
    pub version: i64,
    /// 01 … 08, 99 (P5.4).
    pub state: &'static str,
    /// Day on which it ceased to be in force, ISO.
    pub ended_on: Option<String>,
    /// SM3 of the file, once it is made.
    pub file_sm3: Option<String>,
    /// Identifier of the version that took its place.
    pub superseded_by: Option<String>,
}

/// Takes entries over. The same entry again, in a newer or the same state, replaces what is known of it.
pub trait Catalogue: Send + Sync {
    /// Returns once the entry has been taken over, or says why not.
    fn report<'a>(&'a self, entry: &'a Reported) -> BoxFuture<'a, Result<(), PortError>>;
}

/// There is no catalogue above: this instance's own is the last one, and everything is in it already.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnCatalogue;

impl Catalogue for OwnCatalogue {
    fn report<'a>(&'a self, _entry: &'a Reported) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async { Ok(()) })
    }
}

/// A catalogue reached by an HTTP POST of the entry as JSON, with a bearer token.
pub struct WebHookCatalogue {
    url: String,
    token: String,
    agent: ureq::Agent,
}

impl WebHookCatalogue {
    /// `url` takes the POST; `token` goes into the `Authorization` header.
    pub fn new(url: String, token: String) -> Self {
        let agent = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(20))).http_status_as_error(false).build().new_agent();
        Self { url, token, agent }
    }
}

impl Catalogue for WebHookCatalogue {
    fn report<'a>(&'a self, entry: &'a Reported) -> BoxFuture<'a, Result<(), PortError>> {
        let (agent, url, entry) = (self.agent.clone(), self.url.clone(), entry.clone());
        let authorization = format!("Bearer {}", self.token);
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || agent.post(&url).header("authorization", authorization).send_json(&entry));
            let temporary = |error: String| PortError::Temporary(error);
            let answer = asked.await.map_err(|error| temporary(error.to_string()))?.map_err(|error| temporary(error.to_string()))?;
            // Whatever is wrong is looked at by a person after the last try: an entry that is refused today may be taken tomorrow.
            if answer.status().is_success() { Ok(()) } else { Err(temporary(format!("the catalogue answered {}", answer.status()))) }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::*;

    #[tokio::test]
    async fn an_entry_is_posted_with_its_token_and_a_refusal_is_tried_again() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/catalogue", listener.local_addr().expect("its address"));
        let server = std::thread::spawn(move || {
            ["201 Created", "409 Conflict"].map(|status| {
                let (mut stream, _) = listener.accept().expect("a call");
                let mut asked = String::new();
                let mut part = [0; 4096];
                while !asked.ends_with('}') {
                    let n = stream.read(&mut part).expect("a request");
                    asked.push_str(&String::from_utf8_lossy(&part[..n]));
                }
                write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").expect("an answer");
                asked
            })
        });
        let entry = Reported {
            identifier: "1.2.156.3005.2.x".into(),
            type_code: "11990000YY9990080W001".into(),
            type_name: "社会团体法人登记证书".into(),
            number: "1".into(),
            holder_name: "甲协会".into(),
            holder_code: "51990000YY9990013T".into(),
            holder_kind: "001",
            issuer_code: "11990102YY9990101F".into(),
            issuer_name: "民政局".into(),
            region: "990102".into(),
            issued_on: "2026-07-01".into(),
            valid_to: None,
            version: 1,
            state: "01",
            ended_on: None,
            file_sm3: None,
            superseded_by: None,
        };
        let catalogue = WebHookCatalogue::new(url, "secret".into());
        catalogue.report(&entry).await.expect("taken over");
        assert!(matches!(catalogue.report(&entry).await, Err(PortError::Temporary(_))));
        let asked = server.join().expect("it answered twice");
        assert!(asked[0].contains("authorization: Bearer secret") && asked[0].contains("51990000YY9990013T"), "{}", asked[0]);
    }
}
