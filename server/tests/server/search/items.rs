//! Items of the carried catalogue, offered by two districts of the test city.

use catalog::{model::Level, ops, seed, testing};
use kernel::{Id, Text};
use platform::regions::{self, Organisation};
use platform::testing::{TestPlatform, platform};
use platform::{Ctx, Org};
use search_index::{Answer, Hit, Kind, Request};
use server::search::{Origin, Search, sources};
use tempfile::TempDir;

/// Credit code of a second body, in 城中区.
const SECOND: &str = "11990101YY99901011";
/// 内地居民结婚登记.
const MARRIAGE: &str = "000711001001";

struct World {
    platform: TestPlatform,
    search: Search,
    _folder: TempDir,
}

impl World {
    /// The catalogue in 城东区 and 城中区; the index is not made yet.
    async fn new(db: store::Db) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let search = Search::open(folder.path(), "", sources()).expect("the folder opens");
        let world = Self { platform: platform(db), search, _folder: folder };
        testing::all(&world.platform).await.expect("the catalogue");
        let ctx = world.ctx();
        let id: Id<Org> = ctx.id();
        let region = "990101".parse().expect("a region code");
        let org = Organisation { id, uscc: SECOND.to_owned(), name: Text::new("城中区民政局", "Chengzhong District Civil Affairs Bureau"), region };
        let put = |tx| {
            let org = org.clone();
            async move { regions::put_organisation(&tx, &org).await }
        };
        let org = world.platform.db().write(put).await.expect("the second body");
        for file in seed::carried().expect("the files").iter().filter(|file| file.elements.levels.contains(&Level::County)) {
            seed::implement(&ctx, &file.code, org, Level::County, vec!["990101-01".to_owned()]).await.expect("implemented");
        }
        world
    }

    fn ctx(&self) -> Ctx {
        self.platform.system()
    }

    async fn ask(&self, request: Request) -> (Answer, Origin) {
        let found = self.search.answer(&self.ctx(), request, None).await.expect("answers");
        (found.answer, found.origin)
    }
}

fn items(text: &str) -> Request {
    Request { kind: Some(Kind::Item), ..Request::new(text) }
}

fn path(district: &str) -> Vec<String> {
    ["990000", "990100", district].map(str::to_owned).to_vec()
}

fn shown(hit: &Hit) -> (String, usize) {
    (hit.entry.title.clone(), hit.places)
}

store::db_test!(an_item_of_many_places_is_one_result, |db| async move {
    let world = World::new(db).await;
    store::testing::settled(world.platform.db()).await;
    world.search.step(&world.ctx()).await.expect("follows");
    let (answer, _) = world.ask(Request { below: path("")[..2].to_vec(), ..items("结婚登记") }).await;
    let titles: Vec<&str> = answer.hits.iter().map(|hit| hit.entry.title.as_str()).collect();
    assert_eq!(titles[0], "内地居民结婚登记", "the name that people use is a name: {titles:?}");
    assert_eq!(titles.iter().filter(|title| **title == titles[0]).count(), 1, "{titles:?}");
    assert_eq!(answer.hits[0].places, 2);
    assert_eq!(answer.total, titles.len());
    assert!(answer.kinds.contains(&(Kind::Item, answer.total)), "{:?}", answer.kinds);
    let all = ["990101", "990102"].map(|code| (code.to_owned(), answer.total));
    let mut counted = answer.regions.clone();
    counted.sort();
    assert_eq!(counted, all, "each district has each item once");
    // The city counts each item once, however many of its districts offer it.
    let (answer, _) = world.ask(Request { below: vec!["990000".to_owned()], ..items("结婚登记") }).await;
    assert_eq!(answer.regions, [("990100".to_owned(), answer.total)]);
});

store::db_test!(a_result_leads_to_the_place_that_suits, |db| async move {
    let world = World::new(db).await;
    store::testing::settled(world.platform.db()).await;
    world.search.step(&world.ctx()).await.expect("follows");
    for district in ["990101", "990102"] {
        let (chosen, _) = world.ask(Request { region: path(district), ..items("结婚登记") }).await;
        let (at_home, _) = world.ask(Request { home: path(district), ..items("结婚登记") }).await;
        assert_eq!((chosen.hits[0].places, at_home.hits[0].places), (1, 2));
        for hit in [&chosen.hits[0], &at_home.hits[0]] {
            assert_eq!(hit.entry.region, path(district));
            let (by_code, _) = world.ask(items(&hit.entry.code)).await;
            assert_eq!(by_code.total, 1, "{}", hit.entry.code);
            assert_eq!(by_code.hits[0].entry.url, ui::url::item(&hit.entry.code));
            assert_eq!(hit.entry.url, by_code.hits[0].entry.url);
        }
    }
    let (beginning, _) = world.ask(items(&SECOND[..12])).await;
    assert!(beginning.total > 1 && beginning.hits.iter().all(|hit| hit.entry.code.starts_with(&SECOND[..12])));
});

store::db_test!(the_database_alone_answers_with_one_result_too, |db| async move {
    let world = World::new(db).await;
    let (answer, origin) = world.ask(items("内地居民结婚登记")).await;
    assert_eq!(origin, Origin::Database);
    assert_eq!(answer.hits.iter().map(shown).collect::<Vec<_>>(), [("内地居民结婚登记".to_owned(), 2)]);
    let (named, _) = world.ask(Request { region: path("990101"), ..items("结婚登记") }).await;
    assert_eq!(named.hits.iter().map(shown).collect::<Vec<_>>(), [("内地居民结婚登记".to_owned(), 1)]);
    let second = named.hits[0].entry.code.clone();
    assert!(second.starts_with(&SECOND[..12]), "{second}");
    let (by_code, _) = world.ask(items(&second)).await;
    assert_eq!(by_code.hits[0].entry.url, ui::url::item(&second));
});

store::db_test!(texts_of_the_two_languages_stand_apart, |db| async move {
    let world = World::new(db).await;
    let item = ops::nearest(&world.ctx(), &testing::region(), MARRIAGE).await.expect("the item");
    let code = item.code;
    let found = world.ask(Request::new(code)).await.0;
    let entry = &found.hits[0].entry;
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(entry.text.contains(&*item.version.elements.summary.zh) && entry.text_en.contains(&*item.version.elements.summary.en));
    assert!(!entry.text_en.contains(is_han), "{}", entry.text_en);
    assert!(!entry.text.contains(&*item.version.elements.summary.en), "{}", entry.text);
});
