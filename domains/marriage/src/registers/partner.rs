//! Another instance of this program as a register that is asked: its own interface, by HTTP. Whatever is no answer in due form (silence,
//! a page, a redirect, too much, an unknown word, a number too many) is "not answered", and nothing is tried twice.

use std::time::Duration;

use identity::facts::Answer;
use kernel::Text;
use platform::ports::BoxFuture;
use platform::{Ctx, Error, Result};
use ureq::http::{StatusCode, Uri};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::{Inquiry, Register, Standing};
use crate::parameters::parameters;
use crate::partners::{PATH, PartnerAnswer, PartnerQuestion};

/// Most bytes of an answer.
const LARGEST: u64 = 16 * 1024;

/// Where another instance is found, and how it knows us.
#[derive(Clone)]
pub struct Address {
    /// Whose it is.
    pub name: Text,
    /// Its public origin, for instance `https://mz.example`; without encryption on this machine only.
    pub origin: String,
    /// The token that its administrator gave us.
    pub token: String,
    /// Certificates (PEM) of the authority that vouches for it; those of the web where there are none.
    pub authority: Option<Vec<u8>>,
}

/// Why an instance cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// No origin, or one that would send numbers of persons in clear over a network.
    #[error("`{0}` is no origin that begins with https:// and has no path")]
    Origin(String),
    /// A token of characters that no header may have.
    #[error("the token is empty or not plain text")]
    Token,
    /// The file of the authority holds no certificate.
    #[error("no certificate in the file of the authority")]
    Authority,
}

/// Another instance.
pub struct Partner {
    name: Text,
    url: String,
    authorization: String,
    agent: ureq::Agent,
}

impl Partner {
    /// The instance at this address. It is not asked yet.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn new(address: Address) -> Result<Self, AddressError> {
        Self::within(address, Duration::from_secs(parameters().network_check.partner_seconds.value))
    }

    /// The same with another time limit.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn within(address: Address, limit: Duration) -> Result<Self, AddressError> {
        let Address { name, origin, token, authority } = address;
        let url = match origin.parse::<Uri>() {
            Ok(uri) if sealed_or_here(&uri) && uri.path().trim_matches('/').is_empty() && uri.query().is_none() => {
                format!("{}{PATH}", origin.trim_end_matches('/'))
            }
            _ => return Err(AddressError::Origin(origin)),
        };
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(AddressError::Token);
        }
        let roots = match authority {
            Some(pem) => RootCerts::new_with_certs(&certificates(&pem)?),
            None => RootCerts::WebPki,
        };
        let agent = ureq::Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .timeout_global(Some(limit))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .proxy(None)
            .build()
            .new_agent();
        Ok(Self { name, url, authorization: format!("Bearer {token}"), agent })
    }
}

/// Whether what is sent there is encrypted, or stays on this machine.
fn sealed_or_here(uri: &Uri) -> bool {
    let here = |host: &str| host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match uri.scheme_str() {
        Some("https") => uri.host().is_some(),
        Some("http") => uri.host().is_some_and(here),
        _ => false,
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<ureq::tls::Certificate<'static>>, AddressError> {
    let found = parse_pem(pem).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    let found: Vec<_> = found.collect();
    if found.is_empty() { Err(AddressError::Authority) } else { Ok(found) }
}

impl Register for Partner {
    fn name(&self) -> Text {
        self.name.clone()
    }

    fn standing<'a>(&'a self, _: &'a Ctx, about: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>> {
        let (agent, url, authorization) = (self.agent.clone(), self.url.clone(), self.authorization.clone());
        let question = PartnerQuestion::from(about);
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || ask(&agent, &url, &authorization, &question));
            asked.await.map_err(Error::internal)?.map_err(Error::internal)?.standing().ok_or_else(|| Error::internal("its answer contradicts itself"))
        })
    }
}

/// Asks once. An error says what came instead, without anything of the person.
fn ask(agent: &ureq::Agent, url: &str, authorization: &str, question: &PartnerQuestion) -> Result<PartnerAnswer, String> {
    let mut response = agent.post(url).header("authorization", authorization).send_json(question).map_err(|error| error.to_string())?;
    if response.status() != StatusCode::OK {
        return Err(format!("it answered {}", response.status()));
    }
    if response.body().mime_type() != Some("application/json") {
        return Err("its answer is no JSON".to_owned());
    }
    let body = response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| error.to_string())?;
    serde_json::from_slice(&body).map_err(|error| format!("its answer cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use identity::facts::NumberHash;

    use super::*;

    fn address(origin: &str) -> Address {
        Address { name: Text::fixed("乙省", "Province B"), origin: origin.to_owned(), token: "secret".to_owned(), authority: None }
    }

    /// Something that answers the next call with this, and gives back what it was asked. Nothing at all: it listens and keeps silent.
    fn answering(answer: Option<Vec<u8>>) -> (String, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a call");
            let (mut asked, mut part) = (String::new(), [0; 4096]);
            while !asked.ends_with('}') {
                let n = stream.read(&mut part).expect("a request");
                asked.push_str(&String::from_utf8_lossy(&part[..n]));
            }
            match answer {
                // Whoever was given too much hangs up in the middle.
                Some(answer) => drop(stream.write_all(&answer)),
                None => drop(stream.read(&mut part)),
            }
            asked
        });
        (origin, thread)
    }

    fn json(body: &str) -> Option<Vec<u8>> {
        Some(http("200 OK", "content-type: application/json\r\n", body.as_bytes()))
    }

    fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    async fn told(ctx: &Ctx, partner: &Partner) -> Result<Answer<Vec<Standing>>> {
        let about = Inquiry {
            id_type: "111".into(),
            number: "990101200405200017".into(),
            hash: NumberHash(Vec::new()),
            country: "CHN".into(),
            purpose: "结婚登记".into(),
            case_no: "业务1".into(),
        };
        partner.standing(ctx, &about).await
    }

    async fn after(ctx: &Ctx, answer: Option<Vec<u8>>) -> (Result<Answer<Vec<Standing>>>, String) {
        // Only silence is waited for; an answer may be late on a busy machine.
        let limit = Duration::from_millis(if answer.is_some() { 20_000 } else { 400 });
        let (origin, thread) = answering(answer);
        let partner = Partner::within(address(&origin), limit).expect("an address");
        let told = told(ctx, &partner).await;
        (told, thread.join().expect("it was asked"))
    }

    ::store::db_test!(r_mr_18_another_instance_is_asked_with_person_purpose_and_matter, |db| async move {
        let platform = platform::testing::platform(db);
        let ctx = platform.system();
        let (one, asked) = after(&ctx, json(r#"{"answer":"valid","numbers":["J1"]}"#)).await;
        assert_eq!(one.expect("answered"), Answer::Yes(vec!["J1".to_owned()]));
        assert!(asked.starts_with("POST /api/v1/marriage/partner-questions ") && asked.contains("authorization: Bearer secret"), "{asked}");
        for part in ["990101200405200017", "结婚登记", "业务1"] {
            assert!(asked.contains(part), "{asked}");
        }
        let (two, _) = after(&ctx, json(r#"{"answer":"several","numbers":["J1","J2"]}"#)).await;
        assert_eq!(two.expect("answered"), Answer::Yes(vec!["J1".to_owned(), "J2".to_owned()]));
        assert_eq!(after(&ctx, json(r#"{"answer":"none","numbers":[]}"#)).await.0.expect("answered"), Answer::None);
        assert_eq!(after(&ctx, json(r#"{"answer":"not_answered","numbers":[]}"#)).await.0.expect("answered"), Answer::NotAnswered);
    });

    ::store::db_test!(r_mr_18_whatever_is_no_answer_in_due_form_of_another_instance_is_not_none, |db| async move {
        let platform = platform::testing::platform(db);
        let ctx = platform.system();
        let none = br#"{"answer":"none","numbers":[]}"#;
        let elsewhere = "location: /elsewhere\r\ncontent-type: application/json\r\n";
        let large = [r#"{"answer":"none","numbers":[],"x":""#, &"x".repeat(10 << 20), r#""}"#].concat();
        for (what, answer) in [
            ("silence", None),
            ("a hung up line", Some(Vec::new())),
            ("no HTTP", Some(b"220 mail.example ESMTP\r\n".to_vec())),
            ("a page", Some(http("200 OK", "content-type: text/html\r\n", none))),
            ("a redirect", Some(http("307 Temporary Redirect", elsewhere, none))),
            ("a wrong credential", Some(http("401 Unauthorized", "content-type: application/json\r\n", none))),
            ("a failure", Some(http("500 Internal Server Error", "content-type: application/json\r\n", none))),
            ("ten megabytes", json(&large)),
            ("half of an answer", Some(http("200 OK", "content-type: application/json\r\n", none)[..100].to_vec())),
            ("an unknown word", json(r#"{"answer":"maybe","numbers":[]}"#)),
            ("more than was asked", json(r#"{"answer":"none","numbers":[],"name":"x"}"#)),
            ("none with a marriage", json(r#"{"answer":"none","numbers":["J1"]}"#)),
            ("one without a number", json(r#"{"answer":"valid","numbers":[]}"#)),
            ("one with two numbers", json(r#"{"answer":"valid","numbers":["J1","J2"]}"#)),
            ("several of which one is told", json(r#"{"answer":"several","numbers":["J1"]}"#)),
            ("a number that is none", json(r#"{"answer":"valid","numbers":["J1\n\u0007"]}"#)),
        ] {
            let (told, _) = after(&ctx, answer).await;
            assert!(told.is_err(), "{what}: {told:?}");
        }
        let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
        let down = Partner::new(address(&format!("http://{free}"))).expect("an address");
        assert!(told(&ctx, &down).await.is_err(), "nobody listens");
    });

    #[test]
    fn numbers_of_persons_never_travel_in_clear() {
        for origin in ["https://b.example", "https://b.example:8443/", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            assert!(Partner::new(address(origin)).is_ok(), "{origin}");
        }
        for origin in ["http://b.example", "http://10.0.0.7", "http://localhost.b.example", "b.example", "https://b.example/api", "https://b.example/?a=b", "ftp://b.example", ""] {
            assert!(matches!(Partner::new(address(origin)), Err(AddressError::Origin(_))), "{origin}");
        }
        for token in ["", "two lines\r\nx: y"] {
            let address = Address { token: token.to_owned(), ..address("https://b.example") };
            assert!(matches!(Partner::new(address), Err(AddressError::Token)), "{token}");
        }
        let address = Address { authority: Some(b"no certificate".to_vec()), ..address("https://b.example") };
        assert!(matches!(Partner::new(address), Err(AddressError::Authority)));
    }
}
