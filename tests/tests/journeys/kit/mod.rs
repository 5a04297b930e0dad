//! The language of journeys: a site, and visitors who open pages, fill in forms and see things.

mod html;
mod visitor;

use std::sync::Arc;

use identity::{
    TestWorldVerifier,
    session::{self, Subject},
    testing::Citizen,
};
use kernel::{Day, Instant};
use marriage::registers::partner::Partner;
use platform::{Ctx, Role, outbox::Worker, testing::TestPlatform};
use store::keys::Keys;
use server::{App, http::Assets, registry, search::Search};

pub(crate) use visitor::{Visitor, bare};

/// The whole program on one empty database, with a clock that is set by hand.
pub(crate) struct Site {
    /// Clock, mail, messages, files.
    pub(crate) platform: TestPlatform,
    /// What handlers work with.
    pub(crate) app: App,
    router: axum::Router,
    index: tempfile::TempDir,
}

impl Site {
    /// A site in the test province 990000 at 10:00 on 1 July 2026, with what the services declare and nothing else.
    pub(crate) async fn new(db: store::Db) -> Self {
        let platform = platform::testing::platform(db);
        platform::testing::regions(&platform).await.expect("the test regions");
        Self::on(platform).await
    }

    /// The program on a platform that is there already, with these matters instead of its own.
    pub(crate) async fn with(platform: TestPlatform, declarations: Vec<casework::Declaration>) -> Self {
        let site = Self::on(platform).await;
        casework::install(&site.platform, declarations).expect("declarations without contradiction");
        site
    }

    /// The same database once `tongban keys rehash` has been run on it: another key for its search hashes.
    pub(crate) async fn rehashed(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        Keys::for_tests().save(&path).expect("the ring of the tests");
        let mut keys = Keys::open_or_create(&path, |bytes| bytes.fill(5)).expect("the same ring");
        store::rehash::rehash(self.platform.db(), &mut keys, &path, &registry::hashes(), &|_| ()).await.expect("every hash is computed again");
        let platform = platform::testing::with_keys(self.platform.db().clone(), platform::Settings::default(), keys);
        platform.set_now(self.platform.now());
        Self::on(platform).await
    }

    /// The program on a platform that is there already.
    pub(crate) async fn on(platform: TestPlatform) -> Self {
        let index = tempfile::tempdir().expect("a folder for the index");
        let search = Search::open(index.path(), "", server::search::sources()).expect("an empty index");
        let mut app = App::new(platform.platform.clone(), Assets::none(), search).await.expect("the site's facts");
        app.verifier = Arc::new(TestWorldVerifier);
        registry::declare(&Ctx::system(&platform, "start")).await.expect("what the services declare");
        let router = server::router(app.clone());
        Self { platform, app, router, index }
    }

    /// Asks this instance too in the networked check.
    pub(crate) fn asks(&mut self, partner: Partner) {
        self.app.ports.partners = vec![Arc::new(partner)];
        self.router = server::router(self.app.clone());
    }

    /// Serves on a port of this machine: its origin, and what serves until it is stopped.
    pub(crate) async fn serves(&self) -> (String, tokio::task::AbortHandle) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let service = self.router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await });
        (origin, serving.abort_handle())
    }

    /// Brings the search index up to date, as its follower does all the time.
    pub(crate) async fn indexes(&self) {
        store::testing::settled(self.platform.db()).await;
        self.app.search.step(&self.platform.system()).await.expect("the index follows");
    }

    /// The folder of the search index.
    pub(crate) fn index(&self) -> &std::path::Path {
        self.index.path()
    }

    /// Somebody with a fresh browser.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }

    /// A citizen of this level, signed in.
    pub(crate) async fn citizen(&self, level: u8) -> (Citizen, Visitor) {
        let citizen = identity::testing::citizen(&self.platform, level).await;
        let visitor = self.signed_in(&citizen).await;
        (citizen, visitor)
    }

    /// A citizen in a browser, signed in.
    pub(crate) async fn signed_in(&self, citizen: &Citizen) -> Visitor {
        self.session(Subject::Account(citizen.account)).await
    }

    /// A member of staff of the bureau of a region, signed in.
    pub(crate) async fn staff(&self, region: &str, roles: &[Role]) -> Visitor {
        let staff = identity::testing::staff(&self.platform, region, roles).await;
        self.session(Subject::Staff(staff.id)).await
    }

    /// A member of staff in a browser, signed in.
    pub(crate) async fn at_desk(&self, staff: platform::StaffId) -> Visitor {
        self.session(Subject::Staff(staff)).await
    }

    async fn session(&self, subject: Subject) -> Visitor {
        let started = session::start(&self.platform.system(), subject).await.expect("a session");
        let mut visitor = self.visitor();
        visitor.has_cookie("tb_session", &started.token);
        visitor
    }

    /// Sets the clock.
    pub(crate) fn set_now(&self, now: Instant) {
        self.platform.set_now(now);
    }

    /// Everything that waits in the outbox is done; nothing of it may fail.
    pub(crate) async fn works(&self) {
        let worker = Worker::new(&registry::services(&self.app));
        let drained = worker.drain(&self.platform).await.expect("the outbox can be read");
        assert_eq!((drained.failed, drained.dead), (0, 0), "messages could not be handled");
    }

    /// Runs the job of this name once.
    pub(crate) async fn runs(&self, name: &'static str) {
        let services = registry::services(&self.app);
        let job = services.iter().flat_map(|service| &service.jobs).find(|job| job.name == name).unwrap_or_else(|| panic!("no job {name}"));
        (job.run)(Ctx::system(&self.platform, name)).await.expect("the job ends well");
    }
}

/// A moment at China's time.
pub(crate) fn at(year: i16, month: i8, day: i8, hour: u16, minute: u16) -> Instant {
    Instant::at(Day::ymd(year, month, day), hour * 60 + minute)
}

/// Defines a journey that runs on both engines.
#[macro_export]
macro_rules! journey {
    ($name:ident, |$site:ident| $body:block) => {
        store::db_test!($name, |db: store::Db| async move {
            let $site = $crate::kit::Site::new(db).await;
            $body
        });
    };
}
