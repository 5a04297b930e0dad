//! Backups of the embedded database and the files.

use std::fs;
use std::path::{Path, PathBuf};

use platform::ports::MediaType;
use platform::testing::{self, TestPlatform};
use serde_json::Value;
use server::backup::{backup, restore};
use store::{Db, q};

/// What a backup consists of.
const DATABASE: &str = "tongban.sqlite";
const FILES: &str = "files";
const MANIFEST: &str = "manifest.json";

/// What stands in a folder.
fn listed(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("listed").path()).collect()
}

/// One of the files under a folder.
fn a_file(folder: &Path) -> Option<PathBuf> {
    listed(folder).into_iter().find_map(|path| if path.is_dir() { a_file(&path) } else { Some(path) })
}

/// An instance with divisions and three files.
async fn instance() -> (TestPlatform, tempfile::TempDir) {
    let (db, folder) = store::testing::sqlite().await.expect("a database");
    let platform = testing::platform(db);
    testing::regions(&platform).await.expect("regions");
    for text in ["one", "two", "three"] {
        platform.files().put(text.as_bytes().to_vec(), MediaType::Binary).await.expect("stored");
    }
    (platform, folder)
}

async fn regions(db: &Db) -> i64 {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM region").one(db).await.expect("counted");
    n
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_restores_into_an_empty_folder() {
    let (platform, folder) = instance().await;
    let (to, data) = (folder.path().join("backup"), folder.path().join("data"));
    let made = backup(&platform, &to).await.expect("backed up");
    assert!(made.to_string().contains(" 3 files,"), "{made}");
    platform.db().write(|tx| async move { q("INSERT INTO region (code, name) VALUES ('970000', 'later')").exec(&tx).await }).await.expect("a later change");
    let restored = restore(&to, &data).await.expect("restored");
    assert!(restored.to_string().contains("keys.json"), "they are missing: {restored}");
    let db = Db::open_url(&format!("sqlite:{}", data.join(DATABASE).display())).await.expect("opened");
    db.migrate().await.expect("nothing is left to migrate");
    assert_eq!((regions(&db).await, regions(platform.db()).await), (10, 11));
    let files = platform::ports::Files::open(data.join(FILES), platform.keys().clone()).expect("files");
    let id = platform.files().put(b"two".to_vec(), MediaType::Binary).await.expect("known").id;
    assert_eq!(files.get(&id).await.expect("restored").0, b"two");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_taken_while_writers_go_on() {
    let (platform, folder) = instance().await;
    let writer = tokio::spawn({
        let db = platform.db().clone();
        async move {
            for n in 0..300_i64 {
                db.write(move |tx| async move {
                    let (parent, child) = (format!("9{:05}", 10_000 + n), format!("9{:05}", 20_000 + n));
                    q("INSERT INTO region (code, name) VALUES ($1, 'x')").bind(&parent).exec(&tx).await?;
                    q("INSERT INTO region (code, name, parent) VALUES ($1, 'y', $2)").bind(child).bind(parent).exec(&tx).await
                })
                .await
                .expect("written");
            }
        }
    });
    let to = folder.path().join("backup");
    backup(&platform, &to).await.expect("backed up");
    writer.await.expect("the writer goes on");
    restore(&to, &folder.path().join("data")).await.expect("whole");
    let manifest: Value = serde_json::from_slice(&fs::read(to.join(MANIFEST)).expect("read")).expect("JSON");
    assert_eq!(manifest["rows"]["region"].as_i64().map(|rows| rows % 2), Some(0), "both rows of a transaction or none");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_never_in_a_backup() {
    let (platform, folder) = instance().await;
    let to = folder.path().join("backup");
    backup(&platform, &to).await.expect("backed up");
    let mut names: Vec<_> = listed(&to).iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    assert_eq!(names, [FILES, MANIFEST, DATABASE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_refuses_a_folder_that_is_not_empty_and_keeps_the_keys_in_it() {
    let (platform, folder) = instance().await;
    let (to, data) = (folder.path().join("backup"), folder.path().join("data"));
    backup(&platform, &to).await.expect("backed up");
    assert!(backup(&platform, &to).await.is_err(), "a backup never overwrites");
    fs::create_dir(&data).expect("made");
    fs::write(data.join("keys.json"), "the keys").expect("put in place");
    fs::write(data.join("signer.key"), "the key").expect("put in place");
    let restored = restore(&to, &data).await.expect("keys may be there");
    assert!(!restored.to_string().contains("keys.json"), "none is missing: {restored}");
    assert_eq!(fs::read_to_string(data.join("keys.json")).expect("read"), "the keys");
    let again = restore(&to, &data).await.expect_err("now there is a database");
    assert!(again.to_string().contains("not empty"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_not_restored() {
    let (platform, folder) = instance().await;
    type Harm = (&'static str, fn(&Path));
    let harm: [Harm; 4] = [
        ("changed", |to| {
            let stored = a_file(&to.join(FILES)).expect("a file");
            // It may be linked to the instance's own file: put another in its place.
            fs::remove_file(&stored).expect("removed");
            fs::write(&stored, "something else").expect("written");
        }),
        ("missing", |to| fs::remove_dir_all(to.join(FILES)).expect("removed")),
        ("does not belong", |to| fs::write(to.join(FILES).join("extra"), "x").expect("written")),
        ("tongban.sqlite was changed", |to| {
            let file = to.join(DATABASE);
            let mut bytes = fs::read(&file).expect("read");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).expect("written");
        }),
    ];
    for (n, (told, harm)) in harm.into_iter().enumerate() {
        let (to, data) = (folder.path().join(format!("backup{n}")), folder.path().join(format!("data{n}")));
        backup(&platform, &to).await.expect("backed up");
        harm(&to);
        let refused = restore(&to, &data).await.expect_err("refused");
        assert!(format!("{refused:#}").contains(told), "{refused:#}");
        assert!(!data.join(DATABASE).exists());
    }
}

#[test]
fn only_sqlite_is_backed_up_here() {
    store::testing::on_postgres(|db| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let refused = backup(&testing::platform(db), &folder.path().join("backup")).await.expect_err("refused");
        assert!(format!("{refused:#}").contains("pg_basebackup"));
    });
}
