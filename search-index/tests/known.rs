//! The items written by hand, among some thousands of organisations; the bench asks the same among a million.
#![expect(dead_code, reason = "the bench uses the other part of the corpus")]

#[path = "../benches/search/corpus.rs"]
mod corpus;
#[path = "../benches/search/known.rs"]
mod known;

use std::sync::LazyLock;

use search_index::{Change, Kind, Reading, Request, SearchIndex, Sort};

const COMPOSED: usize = 1_000;

struct Register {
    _folder: tempfile::TempDir,
    index: SearchIndex,
    organizations: Vec<corpus::Organization>,
}

/// The register of all tests, made once.
static REGISTER: LazyLock<Register> = LazyLock::new(|| register(&known::by_hand()));

fn register(items: &[known::Item]) -> Register {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (index, _) = SearchIndex::open(folder.path(), "").expect("an empty folder opens");
    let mut organizations = corpus::composed(COMPOSED, 7);
    organizations.extend(corpus::by_hand(&known::names(items), COMPOSED));
    let mut rebuild = index.rebuild().expect("a rebuild begins");
    let changes: Vec<Change> = organizations.iter().map(|one| Change::put(one.entry.clone())).collect();
    rebuild.apply(&changes).expect("taken in");
    rebuild.finish(1).expect("a rebuild ends");
    Register { _folder: folder, index, organizations }
}

impl Register {
    fn ask(&self, request: Request) -> search_index::Answer {
        self.index.search(&request).expect("answers")
    }

    fn count(&self, passes: impl Fn(&corpus::Organization) -> bool) -> usize {
        self.organizations.iter().filter(|one| passes(one)).count()
    }
}

#[test]
fn known_items_are_found_first_or_among_the_first_ten() {
    let mut items = known::by_hand();
    let register = &*REGISTER;
    let spelled: Vec<known::Spelled> = register.organizations.iter().map(|one| known::Spelled::of(&one.entry.title)).collect();
    items.extend(known::made(&register.organizations[..COMPOSED], &spelled[..COMPOSED], 4, 11));
    let (success, missed) = known::success(&items, |question| {
        let found = register.ask(Request { limit: 10, ..Request::new(question) });
        found.hits.into_iter().map(|hit| hit.entry.title).collect()
    });
    let (first, ten) = known::shares(&success);
    assert!(first >= known::FIRST && ten >= known::AMONG_TEN, "first {first:.3}, ten {ten:.3}: {success:#?} {missed:#?}");
}

#[test]
fn a_count_leaves_out_the_filter_of_its_own_dimension_and_the_list_follows_all() {
    let register = &*REGISTER;
    let dimensions = || ["type", "status", "level"].map(str::to_owned).to_vec();
    let facets = vec!["type/1".to_owned(), "status/30".to_owned()];
    let found = register.ask(Request { kind: Some(Kind::Organization), facets, count: dimensions(), ..Request::new("") });
    assert_eq!(found.total, register.count(|one| one.class == 1 && one.status == 30));
    let count = |dimension: &str, value: &str| found.counts(dimension).iter().find(|(name, _)| name == value).map_or(0, |(_, count)| *count);
    assert_eq!(count("type", "2"), register.count(|one| one.class == 2 && one.status == 30));
    assert_eq!(count("status", "40"), register.count(|one| one.class == 1 && one.status == 40));
    assert_eq!(count("level", "5"), register.count(|one| one.class == 1 && one.status == 30 && one.level == 5));
    let either = register.ask(Request { facets: vec!["type/1".to_owned(), "type/3".to_owned()], ..Request::new("") });
    assert_eq!(either.total, register.count(|one| one.class != 2));
    let provinces: usize = register.ask(Request { kind: Some(Kind::Organization), ..Request::new("") }).regions.iter().map(|(_, count)| count).sum();
    assert_eq!(provinces, register.organizations.len());
}

#[test]
fn hits_stand_in_the_order_asked_for_and_within_the_days() {
    let register = &*REGISTER;
    let list = |request: Request| register.ask(request).hits.into_iter().map(|hit| hit.entry).collect::<Vec<_>>();
    let all = || Request { limit: 100, kind: Some(Kind::Organization), ..Request::new("") };
    let days: Vec<_> = list(Request { sort: Sort::Newest, ..all() }).iter().map(|entry| entry.since).collect();
    assert!(days.is_sorted_by(|a, b| a >= b));
    let days: Vec<_> = list(Request { sort: Sort::Oldest, ..all() }).iter().map(|entry| entry.since).collect();
    assert!(days.is_sorted());
    let levels: Vec<_> = list(Request { sort: Sort::Level, ..all() }).iter().map(|entry| entry.level).collect();
    assert!(levels.is_sorted_by(|a, b| a >= b) && levels[0] == 5);
    let names = list(Request { sort: Sort::Name, ..all() });
    let sounds: Vec<String> = names.iter().filter(|entry| !entry.title.starts_with(|c: char| c.is_ascii())).map(|entry| Reading::of(&entry.title).syllables[0].clone()).collect();
    assert!(sounds.is_sorted(), "{sounds:?}");
    let within = Request { from: Some(20_000_101), to: Some(20_051_231), ..all() };
    let found = register.ask(within);
    assert_eq!(found.total, register.count(|one| one.entry.since.is_some_and(|day| (20_000_101..=20_051_231).contains(&day))));
    let pages: Vec<String> = (0..10).flat_map(|page| list(Request { sort: Sort::Name, limit: 10, offset: page * 10, ..all() })).map(|entry| entry.uid).collect();
    assert_eq!(pages, names.into_iter().map(|entry| entry.uid).collect::<Vec<_>>());
}
