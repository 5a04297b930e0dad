//! What lives as long as the process: database, keys, clock, ports and settings.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use kernel::{Clock, RegionCode, Text};
use store::{Db, keys::Keys};

use crate::ports::{Files, Mailer, Random, Signer, Sms};
use crate::{Actor, Ctx, RequestMeta};

/// Settings that more than one part of the program needs.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name of the bureau, as the head of every page shows it.
    pub bureau: Text,
    /// The region that this instance serves, usually a province.
    pub region: RegionCode,
    /// Scheme, host and port under which people reach this instance; decides what counts as the same origin.
    pub public_origin: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// A demonstration: every page says so, staff may sign in without a second factor.
    pub demo: bool,
    /// 服务电话, shown on every public page.
    pub phone: String,
    /// 主办单位, ICP and 公安备案 numbers, 网站标识码: shown in the footer where given.
    pub footer: Vec<Text>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bureau: Text::new("民政服务平台", "Civil Affairs Services"),
            region: RegionCode::parse("990000").expect("a region code is six digits"),
            public_origin: "http://127.0.0.1:3000".to_owned(),
            trusted_proxies: Vec::new(),
            demo: false,
            phone: "12345".to_owned(),
            footer: Vec::new(),
        }
    }
}

/// What [`Platform::new`] is made of.
pub struct Parts {
    /// The database, migrated.
    pub db: Db,
    /// Keys for sealing and hashing.
    pub keys: Arc<Keys>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Random numbers.
    pub random: Arc<dyn Random>,
    /// Files.
    pub files: Files,
    /// Mail.
    pub mail: Arc<dyn Mailer>,
    /// Short messages.
    pub sms: Arc<dyn Sms>,
    /// Signatures over files.
    pub signer: Arc<dyn Signer>,
    /// Settings.
    pub settings: Settings,
}

/// The process-wide parts, cheap to clone.
#[derive(Clone)]
pub struct Platform(Arc<Whole>);

struct Whole {
    parts: Parts,
    installed: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Platform {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Whole { parts, installed: RwLock::default() }))
    }

    /// The context of one request, fixed to this moment.
    pub fn ctx(&self, actor: Actor, meta: RequestMeta) -> Ctx {
        Ctx::new(self.clone(), actor, meta)
    }

    /// Puts in, at start, what a crate above keeps for the whole process, such as the matters that the services declare. The same type
    /// again takes the place of the first.
    pub fn install<T: Any + Send + Sync>(&self, part: Arc<T>) {
        self.0.installed.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), part);
    }

    /// What was put in at start.
    pub fn installed<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let part = self.0.installed.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).cloned();
        part.and_then(|part| part.downcast().ok())
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.parts.db
    }

    /// Keys for sealing and hashing.
    pub fn keys(&self) -> &Arc<Keys> {
        &self.0.parts.keys
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.parts.clock
    }

    /// Random numbers.
    pub fn random(&self) -> &dyn Random {
        &*self.0.parts.random
    }

    /// Files.
    pub fn files(&self) -> &Files {
        &self.0.parts.files
    }

    /// Mail.
    pub fn mail(&self) -> &dyn Mailer {
        &*self.0.parts.mail
    }

    /// Short messages.
    pub fn sms(&self) -> &dyn Sms {
        &*self.0.parts.sms
    }

    /// Signatures over files.
    pub fn signer(&self) -> &dyn Signer {
        &*self.0.parts.signer
    }

    /// Settings.
    pub fn settings(&self) -> &Settings {
        &self.0.parts.settings
    }
}
