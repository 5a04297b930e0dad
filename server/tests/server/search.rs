//! The follower against a noun of its own, so that nothing here depends on what a service offers.

mod dimensions;
mod items;
mod organizations;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use platform::testing::{TestPlatform, platform};
use platform::{Ctx, Result, change, ports::BoxFuture};
use search_index::{Change, Entry, Kind, Request};
use server::search::{Origin, Scan, Search, Source, read_position, write_position};
use store::testing::settled;
use tempfile::TempDir;
use tokio::sync::{Notify, watch};

/// A noun kept in memory in the place of a table.
#[derive(Clone, Default)]
struct Things(Arc<Mutex<BTreeMap<String, String>>>, Arc<Door>);

/// Where a page waits that was read and not handed out yet.
struct Door {
    open: watch::Sender<bool>,
    waiting: Notify,
}

impl Default for Door {
    fn default() -> Self {
        Self { open: watch::Sender::new(true), waiting: Notify::new() }
    }
}

impl Door {
    async fn pass(&self) {
        if !*self.open.borrow() {
            self.waiting.notify_one();
        }
        self.open.subscribe().wait_for(|open| *open).await.expect("the door is there");
    }
}

impl Things {
    fn entry(&self, key: &str) -> Option<Entry> {
        let title = self.0.lock().expect("not poisoned").get(key).cloned()?;
        Some(Entry { code: key.to_owned(), ..Entry::new(Kind::Office, key, &title) })
    }
}

impl Source for Things {
    fn kind(&self) -> Kind {
        Kind::Office
    }

    fn watches(&self) -> &'static str {
        "thing"
    }

    fn load<'a>(&'a self, _: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>> {
        Box::pin(async move { Ok(vec![self.entry(key).map_or_else(|| Change::remove(Kind::Office, key), Change::put)]) })
    }

    fn scan<'a>(&'a self, _: &'a Ctx, after: &'a str) -> BoxFuture<'a, Result<Scan>> {
        Box::pin(async move {
            // One a page, so that paging is walked through.
            let next = self.0.lock().expect("not poisoned").range(after.to_owned()..).map(|(key, _)| key.clone()).find(|key| key != after);
            let entries = next.iter().filter_map(|key| self.entry(key)).collect();
            self.1.pass().await;
            Ok(Scan { entries, next })
        })
    }

    fn exact<'a>(&'a self, _: &'a Ctx, text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async move {
            let keys: Vec<String> = self.0.lock().expect("not poisoned").keys().cloned().collect();
            Ok(keys.iter().filter_map(|key| self.entry(key)).filter(|entry| entry.title == text || entry.code == text).collect())
        })
    }
}

struct World {
    platform: TestPlatform,
    things: Things,
    search: Search,
    folder: TempDir,
}

impl World {
    fn new(db: store::Db) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let things = Things::default();
        let search = Search::open(folder.path(), "", vec![Arc::new(things.clone())]).expect("the folder opens");
        Self { platform: platform(db), things, search, folder }
    }

    fn ctx(&self) -> Ctx {
        self.platform.system()
    }

    /// Changes a thing and says so in the log; from then on the log can be read up to there.
    async fn put(&self, key: &str, title: &str) -> i64 {
        self.things.0.lock().expect("not poisoned").insert(key.to_owned(), title.to_owned());
        let position = self.mark(key).await;
        settled(self.platform.db()).await;
        position
    }

    async fn remove(&self, key: &str) {
        self.things.0.lock().expect("not poisoned").remove(key);
        self.mark(key).await;
        settled(self.platform.db()).await;
    }

    /// Follows what is in the log; builds the index where there is none.
    async fn step(&self) -> usize {
        self.search.step(&self.ctx()).await.expect("follows")
    }

    async fn mark(&self, key: &str) -> i64 {
        let (ctx, key) = (self.ctx(), key.to_owned());
        let write = |tx| {
            let (ctx, key) = (ctx.clone(), key.clone());
            async move { change::mark(&tx, &ctx, "thing", &key).await }
        };
        self.platform.db().write(write).await.expect("the log is written");
        change::newest(self.platform.db()).await.expect("the log is read")
    }

    async fn titles(&self, text: &str) -> Vec<String> {
        let found = self.search.answer(&self.ctx(), Request::new(text), None).await.expect("answers");
        found.answer.hits.into_iter().map(|hit| hit.entry.title).collect()
    }
}

store::db_test!(the_index_follows_the_change_log, |db| async move {
    let world = World::new(db);
    world.put("1", "城东区婚姻登记处").await;
    world.put("2", "城中区婚姻登记处").await;
    world.step().await;
    assert_eq!(world.titles("chengdong").await, ["城东区婚姻登记处"]);
    world.put("1", "城东区政务大厅").await;
    world.remove("2").await;
    assert_eq!(world.step().await, 2);
    assert_eq!(world.titles("政务大厅").await, ["城东区政务大厅"]);
    assert!(!world.titles("城中区婚姻登记处").await.contains(&"城中区婚姻登记处".to_owned()));
    assert_eq!(world.step().await, 0);
});

store::db_test!(while_there_is_no_index_the_database_answers_for_exact_names_and_codes, |db| async move {
    let world = World::new(db);
    world.put("990101-01", "城中区婚姻登记处").await;
    for text in ["城中区婚姻登记处", "990101-01"] {
        let found = world.search.answer(&world.ctx(), Request::new(text), None).await.expect("answers");
        assert_eq!((found.origin, found.answer.total), (Origin::Database, 1), "{text}");
    }
    assert!(world.titles("城中").await.is_empty());
    world.step().await;
    let found = world.search.answer(&world.ctx(), Request::new("城中"), None).await.expect("answers");
    assert_eq!((found.origin, found.answer.total), (Origin::Index, 1));
});

store::db_test!(a_writer_finds_its_own_write, |db| async move {
    let world = World::new(db);
    world.step().await;
    let wrote = world.put("1", "新开的登记处").await;
    let (search, ctx) = (world.search.clone(), world.ctx());
    let follower = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        search.step(&ctx).await
    });
    let found = world.search.answer(&world.ctx(), Request::new("新开的登记处"), Some(wrote)).await.expect("answers");
    assert_eq!((found.answer.total, found.behind), (1, false));
    follower.await.expect("runs").expect("follows");
    // Nobody follows: after a second the answer comes all the same, and says that it may be behind.
    let wrote = world.put("2", "另一处").await;
    let found = world.search.answer(&world.ctx(), Request::new("另一处"), Some(wrote)).await.expect("answers");
    assert!(found.behind);
});

store::db_test!(an_index_deleted_while_running_is_built_again, |db| async move {
    let world = World::new(db);
    world.put("1", "城东区婚姻登记处").await;
    world.step().await;
    for entry in std::fs::read_dir(world.folder.path()).expect("readable").filter_map(std::result::Result::ok) {
        if entry.path().is_dir() {
            std::fs::remove_dir_all(entry.path()).expect("deleted");
        }
    }
    assert_eq!(world.titles("城东").await.len(), 1, "it goes on answering");
    world.put("2", "城东区政务大厅").await;
    world.step().await;
    assert_eq!(world.titles("城东").await.len(), 2);
});

store::db_test!(an_index_of_another_origin_is_made_anew_while_the_database_answers, |db| async move {
    let mut world = World::new(db);
    world.put("1", "城东区政务大厅").await;
    world.step().await;
    let open = |world: &World| Search::open(world.folder.path(), "another region", vec![Arc::new(world.things.clone())]).expect("the folder opens");
    let who = async |world: &World| {
        let found = world.search.answer(&world.ctx(), Request::new("城东区政务大厅"), None).await.expect("answers");
        assert_eq!(found.answer.total, 1);
        found.origin
    };
    assert_eq!(who(&world).await, Origin::Index);
    world.search = open(&world);
    assert_eq!(who(&world).await, Origin::Database);
    world.step().await;
    assert_eq!(who(&world).await, Origin::Index);
    world.search = open(&world);
    assert_eq!(who(&world).await, Origin::Index, "the same origin again");
});

store::db_test!(a_rebuild_serves_meanwhile_and_reaches_the_newest_change, |db| async move {
    let world = World::new(db);
    for n in 0..5 {
        world.put(&n.to_string(), "婚姻登记处").await;
    }
    world.step().await;
    let (search, ctx) = (world.search.clone(), world.ctx());
    let rebuild = tokio::spawn(async move { search.reindex(&ctx).await });
    while !rebuild.is_finished() {
        assert_eq!(world.titles("婚姻登记处").await.len(), 5);
    }
    assert_eq!(rebuild.await.expect("runs").expect("rebuilds").total(), 5);
    world.put("9", "婚姻登记处").await;
    world.step().await;
    assert_eq!(world.titles("婚姻登记处").await.len(), 6);
});

store::db_test!(changes_are_seen_while_a_rebuild_goes_on_and_are_not_lost_by_it, |db| async move {
    let world = World::new(db);
    for (key, title) in [("1", "旧名登记处"), ("2", "将撤登记处"), ("3", "城中登记处")] {
        world.put(key, title).await;
    }
    world.step().await;
    world.things.1.open.send_replace(false);
    let (search, ctx) = (world.search.clone(), world.ctx());
    let rebuild = tokio::spawn(async move { search.reindex(&ctx).await });
    world.things.1.waiting.notified().await;
    // The first page is read: what it says of the first thing is old from here on.
    world.put("1", "改名登记处").await;
    let wrote = world.put("4", "新开登记处").await;
    world.remove("2").await;
    assert_eq!(world.step().await, 3);
    let found = world.search.answer(&world.ctx(), Request::new("新开登记处"), Some(wrote)).await.expect("answers");
    assert!((found.answer.hits[0].entry.title.as_str(), found.behind) == ("新开登记处", false), "at once for whoever wrote it");
    let right = async || {
        assert_eq!(world.titles("改名登记处").await.first().map(String::as_str), Some("改名登记处"));
        for gone in ["旧名登记处", "将撤登记处"] {
            assert!(!world.titles(gone).await.contains(&gone.to_owned()), "{gone}");
        }
    };
    right().await;
    assert!(!rebuild.is_finished());
    world.things.1.open.send_replace(true);
    rebuild.await.expect("runs").expect("rebuilds");
    right().await;
    assert_eq!(world.step().await, 0, "nothing is left to be followed");
    world.put("5", "城西登记处").await;
    assert_eq!(world.step().await, 1);
    assert_eq!(world.titles("城西登记处").await[0], "城西登记处");
});

store::db_test!(a_comparison_holds_no_change_up_and_overwrites_none, |db| async move {
    let world = World::new(db);
    world.put("1", "旧名登记处").await;
    world.step().await;
    world.things.1.open.send_replace(false);
    let (search, ctx) = (world.search.clone(), world.ctx());
    let comparison = tokio::spawn(async move { search.compare(&ctx).await });
    world.things.1.waiting.notified().await;
    world.put("1", "改名登记处").await;
    assert_eq!(world.step().await, 1);
    // This one is on its way only: it is no difference either.
    world.put("2", "新开登记处").await;
    world.things.1.open.send_replace(true);
    let found = comparison.await.expect("runs").expect("compares");
    assert_eq!((found.corrected, found.rebuilt), (0, false));
    assert_eq!(world.titles("改名登记处").await[0], "改名登记处");
    assert_eq!(world.titles("新开登记处").await[0], "新开登记处");
});

store::db_test!(a_comparison_puts_right_what_the_log_never_told, |db| async move {
    let world = World::new(db);
    world.put("1", "旧名").await;
    world.step().await;
    let clean = world.search.compare(&world.ctx()).await.expect("compares");
    assert_eq!((clean.corrected, clean.rebuilt), (0, false));
    world.things.0.lock().expect("not poisoned").extend([("1".to_owned(), "新名".to_owned()), ("2".to_owned(), "漏记".to_owned())]);
    assert_eq!(world.search.compare(&world.ctx()).await.expect("compares").corrected, 2);
    assert_eq!(world.titles("漏记").await.len(), 1);
    assert_eq!(world.titles("新名").await.len(), 1);
    world.things.0.lock().expect("not poisoned").remove("1");
    let found = world.search.compare(&world.ctx()).await.expect("compares");
    assert_eq!((found.corrected, found.rebuilt), (1, false), "what is too much is found by its range");
    assert!(world.titles("新名").await.is_empty());
    assert_eq!(world.titles("漏记").await.len(), 1);
});

store::db_test!(a_commit_that_comes_late_is_not_skipped, |db| async move {
    // On SQLite there is one writer, and the order of numbers is the order of commit.
    if db.dialect() == store::Dialect::Sqlite {
        return;
    }
    let world = World::new(db);
    let (marked, hold) = (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let (ctx, db, tell, wait) = (world.ctx(), world.platform.db().clone(), marked.clone(), hold.clone());
    let late = tokio::spawn(async move {
        let write = |tx| {
            let (ctx, tell, wait) = (ctx.clone(), tell.clone(), wait.clone());
            async move {
                change::mark(&tx, &ctx, "thing", "late").await?;
                tell.notify_one();
                wait.notified().await;
                Ok::<_, platform::Error>(())
            }
        };
        db.write(write).await
    });
    marked.notified().await;
    world.mark("early").await;
    let first = change::read_after(world.platform.db(), 0, 100).await.expect("read");
    hold.notify_one();
    late.await.expect("runs").expect("commits");
    settled(world.platform.db()).await;
    let reached = first.last().map_or(0, |entry| entry.position);
    let second = change::read_after(world.platform.db(), reached, 100).await.expect("read");
    let mut seen: Vec<String> = first.into_iter().chain(second).map(|entry| entry.key).collect();
    seen.sort();
    assert_eq!(seen, ["early", "late"]);
});

#[test]
fn a_position_that_we_did_not_sign_is_none() {
    let keys = store::keys::Keys::for_tests();
    let cookie = write_position(&keys, 42);
    assert_eq!(read_position(&keys, &cookie), Some(42));
    for forged in ["", "42", "42.", "9999999999.aaaaaaaaaaaaaaaa", &cookie.replacen("42", "43", 1), "x.y"] {
        assert_eq!(read_position(&keys, forged), None, "{forged}");
    }
}
