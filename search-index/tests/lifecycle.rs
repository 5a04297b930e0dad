//! The index as a cache: followed, rebuilt, damaged, deleted.

mod kit;

use std::fs;
use std::path::{Path, PathBuf};

use kit::{Kit, entries, fill};
use search_index::{Change, Entry, Error, Kind, Reason, Request, SearchIndex, State};

fn generations(root: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(root).expect("the folder is there").filter_map(Result::ok).map(|entry| entry.path());
    found.filter(|path| path.is_dir()).collect()
}

#[test]
fn an_absent_index_says_so_and_a_rebuild_cures_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (index, state) = SearchIndex::open(&folder.path().join("deep/inside"), "").expect("the folder is made");
    assert_eq!(state, State::NeedsRebuild(Reason::Missing));
    assert!(matches!(index.search(&Request::new("结婚")), Err(Error::NoIndex)));
    assert_eq!(index.watermark(), None);
    let _writer = fill(&index, 7);
    assert_eq!(index.watermark(), Some(7));
    assert!(index.search(&Request::new("结婚")).expect("answers").total > 0);
}

#[test]
fn a_change_is_seen_after_its_commit_and_replaces_the_one_before() {
    let mut kit = Kit::new();
    let changed = Entry { title: "补发结婚证".to_owned(), ..Entry::new(Kind::Item, "new", "") };
    kit.writer.apply(&[Change::put(changed.clone()), Change::put(changed)]).expect("taken in");
    assert!(kit.titles("补发结婚证").first().is_none_or(|title| title != "补发结婚证"), "not before the commit");
    kit.writer.commit(2).expect("committed");
    assert_eq!(kit.index.watermark(), Some(2));
    assert_eq!(kit.titles("补发结婚证").iter().filter(|title| *title == "补发结婚证").count(), 1);
    assert_eq!(kit.index.get("item:new").expect("read").map(|entry| entry.title).as_deref(), Some("补发结婚证"));
    kit.writer.apply(&[Change::remove(Kind::Item, "new")]).expect("taken in");
    kit.writer.commit(3).expect("committed");
    assert!(!kit.titles("补发结婚证").contains(&"补发结婚证".to_owned()));
    assert_eq!(kit.index.count(Kind::Item).expect("counted"), entries().iter().filter(|e| e.kind == Kind::Item).count());
}

#[test]
fn it_opens_again_where_it_stopped() {
    let Kit { folder, index, mut writer } = Kit::new();
    writer.commit(42).expect("committed");
    drop((writer, index));
    let (index, state) = SearchIndex::open(folder.path(), "").expect("opens");
    assert_eq!(state, State::Ready { watermark: 42 });
    assert!(index.search(&Request::new("结婚")).expect("answers").total > 0);
    assert!(index.writer().is_ok());
}

#[test]
fn an_index_of_another_origin_is_not_used() {
    let Kit { folder, index, writer } = Kit::new();
    drop((writer, index));
    let open = |origin| SearchIndex::open(folder.path(), origin).expect("opens");
    let (index, state) = open("another database");
    assert_eq!(state, State::NeedsRebuild(Reason::OtherOrigin));
    assert!(matches!(index.search(&Request::new("结婚")), Err(Error::NoIndex)));
    drop(fill(&index, 3));
    assert_eq!(open("another database").1, State::Ready { watermark: 3 });
    assert_eq!(open("").1, State::NeedsRebuild(Reason::OtherOrigin));
}

#[test]
fn a_rebuild_serves_the_old_one_until_it_ends_and_leaves_one_folder() {
    let kit = Kit::new();
    let mut rebuild = kit.index.rebuild().expect("begins");
    rebuild.apply(&[Change::put(Entry::new(Kind::Item, "only", "唯一的事项"))]).expect("taken in");
    assert_eq!(kit.titles("结婚登记")[0], "结婚登记");
    let _writer = rebuild.finish(9).expect("ends");
    assert!(kit.titles("结婚登记").is_empty());
    assert_eq!(kit.titles("唯一"), ["唯一的事项"]);
    assert_eq!(kit.index.watermark(), Some(9));
    assert_eq!(generations(kit.folder.path()).len(), 1);
}

#[test]
fn what_comes_twice_in_a_rebuild_stands_as_it_came_last() {
    let kit = Kit::new();
    let item = |id: &str, title: &str| Change::put(Entry::new(Kind::Item, id, title));
    let mut rebuild = kit.index.rebuild().expect("begins");
    rebuild.apply(&[item("one", "先来的事项"), item("two", "会撤销的事项"), item("three", "只来一次的事项")]).expect("the scan");
    rebuild.apply(&[item("one", "后来的事项"), Change::remove(Kind::Item, "two"), Change::remove(Kind::Item, "never")]).expect("the log");
    rebuild.settle(8).expect("settles");
    rebuild.apply(&[item("three", "最后的事项"), Change::remove(Kind::Item, "never")]).expect("the last of the log");
    let _writer = rebuild.finish(9).expect("ends");
    let mut titles = kit.titles("事项");
    titles.sort();
    assert_eq!(titles, ["后来的事项", "最后的事项"]);
}

#[test]
fn what_serves_is_written_to_while_a_rebuild_goes_on() {
    let mut kit = Kit::new();
    let late = Change::put(Entry::new(Kind::Item, "late", "迟来的事项"));
    let mut rebuild = kit.index.rebuild().expect("begins");
    rebuild.apply(&[Change::put(Entry::new(Kind::Item, "only", "唯一的事项"))]).expect("taken in");
    rebuild.settle(1).expect("one segment");
    kit.writer.apply(std::slice::from_ref(&late)).expect("taken in");
    kit.writer.commit(2).expect("committed");
    assert_eq!(kit.titles("迟来的事项")[0], "迟来的事项");
    assert!(kit.titles("唯一").is_empty(), "it does not serve yet");
    rebuild.apply(&[late]).expect("taken in");
    drop(kit.writer);
    let _writer = rebuild.finish(2).expect("ends");
    for text in ["迟来的事项", "唯一的事项"] {
        assert_eq!(kit.index.search(&Request::new(text)).expect("answers").hits[0].entry.title, text);
    }
    assert_eq!(kit.index.count(Kind::Item).expect("counted"), 2);
}

#[test]
fn strays_are_told_range_by_range() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (index, _) = SearchIndex::open(folder.path(), "").expect("opens");
    let thing = |id: &str| Change::put(Entry::new(Kind::Item, id, id));
    let mut rebuild = index.rebuild().expect("begins");
    rebuild.apply(&["a", "b", "c", "e"].map(thing)).expect("taken in");
    rebuild.apply(&[Change::put(Entry::new(Kind::Office, "b", "b"))]).expect("taken in");
    let mut writer = rebuild.finish(1).expect("ends");
    writer.apply(&[Change::remove(Kind::Item, "c"), thing("d")]).expect("taken in");
    writer.commit(2).expect("committed");
    let strays = |after, upto, known: &[&str]| index.strays(Kind::Item, after, upto, &known.iter().copied().collect()).expect("read");
    assert_eq!(strays("", None, &["a", "b", "d", "e"]), Vec::<String>::new(), "what was removed is no stray");
    assert_eq!(strays("", Some("b"), &["a"]), ["b"]);
    assert_eq!(strays("b", Some("d"), &[]), ["d"]);
    assert_eq!(strays("d", None, &[]), ["e"]);
    assert!(index.holds(&Change::remove(Kind::Item, "c")).expect("read"));
    assert!(index.holds(&thing("d")).expect("read"));
    assert!(!index.holds(&Change::put(Entry::new(Kind::Item, "d", "other"))).expect("read"));
}

#[test]
fn a_rebuild_that_was_given_up_is_swept_away_at_the_next_start() {
    let Kit { folder, index, writer } = Kit::new();
    drop(index.rebuild().expect("begins"));
    assert_eq!(generations(folder.path()).len(), 2);
    drop((writer, index));
    let (_, state) = SearchIndex::open(folder.path(), "").expect("opens");
    assert_eq!(state, State::Ready { watermark: 1 });
    assert_eq!(generations(folder.path()).len(), 1);
}

#[test]
fn an_index_deleted_while_running_still_answers_refuses_writes_and_is_rebuilt() {
    let mut kit = Kit::new();
    assert!(kit.index.is_whole());
    for dir in generations(kit.folder.path()) {
        fs::remove_dir_all(dir).expect("deleted");
    }
    assert!(!kit.index.is_whole());
    assert_eq!(kit.titles("结婚登记")[0], "结婚登记");
    kit.writer.apply(&[Change::remove(Kind::Item, "x")]).expect("taken into memory");
    assert!(kit.writer.commit(2).is_err());
    assert_eq!(kit.index.watermark(), Some(1));
    kit.writer = fill(&kit.index, 2);
    assert!(kit.index.is_whole());
    assert_eq!(kit.titles("结婚登记")[0], "结婚登记");
}

#[test]
fn damaged_and_older_files_are_recognised() {
    let Kit { folder, index, writer } = Kit::new();
    drop((writer, index));
    let dir = generations(folder.path()).remove(0);
    let meta = fs::read_to_string(dir.join("meta.json")).expect("readable");
    fs::write(dir.join("meta.json"), meta.replace("rules", "roles")).expect("writable");
    let copy = tempfile::tempdir().expect("a temporary folder");
    let copied = copy.path().join(dir.file_name().expect("a name"));
    fs::create_dir(&copied).expect("made");
    for file in fs::read_dir(&dir).expect("readable").filter_map(Result::ok) {
        fs::copy(file.path(), copied.join(file.file_name())).expect("copied");
    }
    fs::copy(folder.path().join("CURRENT"), copy.path().join("CURRENT")).expect("copied");
    let state = |root: &Path| SearchIndex::open(root, "").expect("opens").1;
    assert_eq!(state(folder.path()), State::NeedsRebuild(Reason::OtherRules));

    fs::write(copied.join("meta.json"), &meta).expect("writable");
    let store = fs::read_dir(&copied).expect("readable").filter_map(Result::ok).map(|file| file.path());
    let store = store.into_iter().find(|path| path.extension().is_some_and(|e| e == "idx")).expect("a segment file");
    let mut bytes = fs::read(&store).expect("readable");
    bytes[10] ^= 0xff;
    let _ = fs::remove_file(&store);
    fs::write(&store, bytes).expect("writable");
    assert!(matches!(state(copy.path()), State::NeedsRebuild(Reason::Damaged(_))));
    assert!(generations(copy.path()).is_empty(), "what cannot be used is taken off the disk");
}
