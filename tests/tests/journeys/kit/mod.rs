//! The language of journeys: a site, and visitors who open pages, fill in forms and see things.

mod html;
mod visitor;

use kernel::{Day, Instant};
use platform::testing::TestPlatform;
use server::{
    App,
    http::Assets,
    search::{self, Search},
};

pub(crate) use visitor::{Visitor, bare};

/// The whole program on one empty database, with a clock that is set by hand.
pub(crate) struct Site {
    /// Clock, mail, messages, files.
    pub(crate) platform: TestPlatform,
    router: axum::Router,
    search: Search,
    index: tempfile::TempDir,
}

impl Site {
    /// A site in the test province 990000 at 10:00 on 1 July 2026.
    pub(crate) async fn new(db: store::Db) -> Self {
        let platform = platform::testing::platform(db);
        platform::testing::regions(&platform).await.expect("the test regions");
        let index = tempfile::tempdir().expect("a folder for the search index");
        let search = Search::open(index.path(), search::sources()).expect("the search index");
        let app = App::new(platform.platform.clone(), Assets::none(), search.clone()).await.expect("the site's facts");
        Self { platform, router: server::router(app), search, index }
    }

    /// Brings the search index up to date, as its follower does all the time.
    pub(crate) async fn indexes(&self) {
        self.search.step(&self.platform.system()).await.expect("the index follows");
    }

    /// The folder of the search index.
    pub(crate) fn index(&self) -> &std::path::Path {
        self.index.path()
    }

    /// Somebody with a fresh browser.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }

    /// Sets the clock.
    pub(crate) fn set_now(&self, now: Instant) {
        self.platform.set_now(now);
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
