//! The context of one request or one run of a job: who, when, from where.

use std::net::IpAddr;
use std::sync::Arc;

use kernel::{Day, Id, Instant, Lang};
use store::{Db, keys::Keys};

use crate::{Actor, Platform, Settings};

/// Where a request came from.
#[derive(Debug, Clone, Default)]
pub struct RequestMeta {
    /// Names the request in logs, the audit trail and error answers.
    pub request_id: String,
    /// Language of the answer.
    pub lang: Lang,
    /// Address of the visitor, after trusted proxies.
    pub ip: Option<IpAddr>,
    /// Channel of case and booking numbers (OVP P2.2): 1 web, 2 counter, 3 mobile, 4 kiosk, 5 post, 6 other province, 7 hotline.
    pub channel: u8,
}

impl RequestMeta {
    /// The part of the visitor's address that one household, office or carrier gateway shares: IPv4 /24, IPv6 /56 (RFC 6177).
    /// Empty without an address.
    pub fn network(&self) -> String {
        match self.ip.map(|ip| ip.to_canonical()) {
            Some(IpAddr::V4(ip)) => {
                let [a, b, c, _] = ip.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            Some(IpAddr::V6(ip)) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00)
            }
            None => String::new(),
        }
    }
}

struct Inner {
    platform: Platform,
    actor: Actor,
    meta: RequestMeta,
    now: Instant,
}

/// Who acts, when, and with what. The moment does not change while the context lives. Cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

impl Ctx {
    pub(crate) fn new(platform: Platform, actor: Actor, meta: RequestMeta) -> Self {
        let now = platform.clock().now();
        Self(Arc::new(Inner { platform, actor, meta, now }))
    }

    /// The context of a job or a subcommand.
    pub fn system(platform: &Platform, job: &'static str) -> Self {
        Self::new(platform.clone(), Actor::System { job }, RequestMeta { request_id: format!("job:{job}"), channel: 1, ..RequestMeta::default() })
    }

    /// The same request with somebody else acting, at the present moment: after sign-in, or for a job that acts for a person.
    pub fn with_actor(&self, actor: Actor) -> Self {
        Self::new(self.0.platform.clone(), actor, self.0.meta.clone())
    }

    /// The process-wide parts.
    pub fn platform(&self) -> &Platform {
        &self.0.platform
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// Where the request came from.
    pub fn meta(&self) -> &RequestMeta {
        &self.0.meta
    }

    /// Names the request.
    pub fn request_id(&self) -> &str {
        &self.0.meta.request_id
    }

    /// Language of the answer.
    pub fn lang(&self) -> Lang {
        self.0.meta.lang
    }

    /// The moment of the request.
    pub fn now(&self) -> Instant {
        self.0.now
    }

    /// The date of the request at +08:00.
    pub fn today(&self) -> Day {
        self.0.now.day()
    }

    /// The database.
    pub fn db(&self) -> &Db {
        self.0.platform.db()
    }

    /// Keys for sealing and hashing.
    pub fn keys(&self) -> &Keys {
        self.0.platform.keys()
    }

    /// Settings.
    pub fn settings(&self) -> &Settings {
        self.0.platform.settings()
    }

    /// A new id. Draw it before the transaction: its closure may run twice.
    pub fn id<K>(&self) -> Id<K> {
        Id::new(u64::try_from(self.0.now.millis()).unwrap_or_default(), self.random())
    }

    /// `N` random bytes, fit for keys and tokens. Draw them before the transaction.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.platform.random().fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        let of = |ip: &str| RequestMeta { ip: Some(ip.parse().expect("an address")), ..RequestMeta::default() }.network();
        assert_eq!(of("192.0.2.7"), of("192.0.2.250"));
        assert_eq!(of("192.0.2.7"), of("::ffff:192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.3.7"));
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:ff::1"));
        assert_ne!(of("2001:db8:1::1"), of("2001:db8:1:100::1"));
        assert_eq!(RequestMeta::default().network(), "");
    }
}
