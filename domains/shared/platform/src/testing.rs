//! A platform for tests: a clock that stands still until told, numbers from a seed, mail and messages in memory.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use kernel::{Clock, Instant};
use store::{Db, keys::Keys};

use crate::ports::{BoxFuture, Files, Mail, Mailer, PortError, Random, Sms, SmsMessage, SoftwareSigner};
use crate::{Actor, Ctx, Parts, Platform, RequestMeta, Settings};

/// A clock that is set by hand.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Numbers that differ at every call and are the same in every run.
#[derive(Debug, Default)]
pub struct TestRandom(AtomicU64);

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let n = self.0.fetch_add(1, Ordering::SeqCst);
            let block = <sm3::Sm3 as sm3::Digest>::digest(n.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// Keeps what was sent, or fails while told to.
#[derive(Debug, Default)]
pub struct MemoryPost {
    mails: Mutex<Vec<Mail>>,
    messages: Mutex<Vec<SmsMessage>>,
    failing: Mutex<Option<&'static str>>,
}

impl MemoryPost {
    /// Mails so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("not poisoned").clone()
    }

    /// Short messages so far.
    pub fn messages(&self) -> Vec<SmsMessage> {
        self.messages.lock().expect("not poisoned").clone()
    }

    /// From now on everything fails with this text, or works again with `None`.
    pub fn fail(&self, why: Option<&'static str>) {
        *self.failing.lock().expect("not poisoned") = why;
    }

    fn check(&self) -> Result<(), PortError> {
        self.failing.lock().expect("not poisoned").map_or(Ok(()), |why| Err(PortError::Temporary(why.to_owned())))
    }
}

impl Mailer for MemoryPost {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            self.check()?;
            self.mails.lock().expect("not poisoned").push(mail.clone());
            Ok(())
        })
    }
}

impl Sms for MemoryPost {
    fn send<'a>(&'a self, message: &'a SmsMessage) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            self.check()?;
            self.messages.lock().expect("not poisoned").push(message.clone());
            Ok(())
        })
    }
}

/// A platform with its test parts at hand.
pub struct TestPlatform {
    /// The platform.
    pub platform: Platform,
    /// Mails and short messages.
    pub post: Arc<MemoryPost>,
    clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
}

impl std::ops::Deref for TestPlatform {
    type Target = Platform;

    fn deref(&self) -> &Platform {
        &self.platform
    }
}

impl TestPlatform {
    /// Sets the clock.
    pub fn set_now(&self, now: Instant) {
        self.clock.0.store(now.micros(), Ordering::SeqCst);
    }

    /// The moment that the clock shows.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A context for `actor` at the moment that the clock shows.
    pub fn as_actor(&self, actor: Actor) -> Ctx {
        self.platform.ctx(actor, RequestMeta { request_id: "test".to_owned(), channel: 1, ..RequestMeta::default() })
    }

    /// A context for the program itself.
    pub fn system(&self) -> Ctx {
        Ctx::system(&self.platform, "test")
    }
}

/// A platform on `db` whose clock stands at 10:00 on Wednesday, 1 July 2026, in the test province 990000.
pub fn platform(db: Db) -> TestPlatform {
    with_settings(db, Settings::default())
}

/// The same with other settings.
pub fn with_settings(db: Db, settings: Settings) -> TestPlatform {
    make(db, settings, Keys::for_tests(), TestRandom::default())
}

/// A second platform on a database that is in use, with another key ring; its numbers are others than those of the first.
pub fn with_keys(db: Db, settings: Settings, keys: Keys) -> TestPlatform {
    make(db, settings, keys, TestRandom(AtomicU64::new(1 << 32)))
}

fn make(db: Db, settings: Settings, keys: Keys, random: TestRandom) -> TestPlatform {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let keys = Arc::new(keys);
    let clock = Arc::new(TestClock(AtomicI64::new(Instant::at(kernel::Day::ymd(2026, 7, 1), 600).micros())));
    let post = Arc::new(MemoryPost::default());
    let platform = Platform::new(Parts {
        db,
        keys: keys.clone(),
        clock: clock.clone(),
        random: Arc::new(random),
        files: Files::open(folder.path().join("files"), keys).expect("a folder for files"),
        mail: post.clone(),
        sms: post.clone(),
        signer: Arc::new(SoftwareSigner::from_secret(&[7; 32]).expect("a key")),
        settings,
    });
    TestPlatform { platform, post, clock, _folder: folder }
}

/// The regions of the specification's test world (990000 and its neighbour 980000), for tests.
pub async fn regions(platform: &Platform) -> crate::Result<()> {
    use crate::regions::{Region, add};
    let rows = [
        ("990000", "测试省", None),
        ("990100", "甲市", Some("990000")),
        ("990101", "城中区", Some("990100")),
        ("990102", "城东区", Some("990100")),
        ("990126", "山前县", Some("990100")),
        ("990181", "滨河市", Some("990100")),
        ("990200", "乙市", Some("990000")),
        ("990202", "城西区", Some("990200")),
        ("980000", "邻省", None),
        ("980102", "邻区", Some("980000")),
    ];
    let code = |text: &str| kernel::RegionCode::parse(text).expect("a region code");
    let regions: Vec<Region> =
        rows.iter().map(|(c, name, parent)| Region { code: code(c), name: (*name).to_owned(), parent: parent.map(code) }).collect();
    platform.db().write(|tx| { let regions = regions.clone(); async move { add(&tx, &regions).await } }).await
}
