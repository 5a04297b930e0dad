//! A fresh key for search hashes: all of them or none, and a killed run goes on.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use store::keys::{Keys, Purpose};
use store::rehash::{Progress, RehashError, Step, Stuck, belongs, rehash};
use store::{Db, Dialect, Error, HashColumn, Options, db_test, q};

const COLUMNS: &[HashColumn] = &[
    HashColumn::again(
        ("contact", "hash"),
        Purpose::Contact,
        || q("SELECT id, hash, id, number, kind FROM contact WHERE hash IS NOT NULL AND id > $1 ORDER BY id LIMIT 200"),
        ("contact", "number"),
        |opened, kind| Some(format!("{kind} {opened}")),
    ),
    HashColumn::kept(("contact", "token_hash"), "of a random token"),
];

const ROWS: u16 = 450;

async fn contacts(db: &Db, keys: &Keys) {
    let bytes = if db.dialect() == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    let rows: Vec<[Vec<u8>; 4]> = (0..ROWS)
        .map(|n| {
            let id = n.to_be_bytes().to_vec();
            let number = keys.seal_text("contact", "number", &id, &n.to_string());
            [id, number, keys.hash(Purpose::Contact, &format!("phone {n}")), keys.hash(Purpose::Token, &n.to_string())]
        })
        .collect();
    let rows = std::sync::Arc::new(rows);
    db.write(|tx| {
        let rows = rows.clone();
        async move {
            q("CREATE TABLE contact (id ").sql(bytes).sql(" PRIMARY KEY, kind TEXT NOT NULL, number ").sql(bytes).sql(", hash ").sql(bytes)
                .sql(" UNIQUE, token_hash ").sql(bytes).sql(")").exec(&tx).await?;
            for [id, number, hash, token] in rows.iter() {
                q("INSERT INTO contact (id, kind, number, hash, token_hash) VALUES ($1, 'phone', $2, $3, $4)")
                    .bind(id).bind(number).bind(hash).bind(token).exec(&tx).await?;
            }
            q("INSERT INTO contact (id, kind) VALUES ($1, 'none')").bind(vec![255_u8; 16]).exec(&tx).await
        }
    })
    .await
    .expect("stored");
}

fn quiet(_: Progress) {}

async fn found(db: &Db, keys: &Keys, n: u16) -> bool {
    let hash = keys.hash(Purpose::Contact, &format!("phone {n}"));
    let rows: Vec<(Vec<u8>,)> = q("SELECT id FROM contact WHERE hash = $1").bind(hash).all(db).await.expect("read");
    rows.iter().any(|(id,)| id[..] == n.to_be_bytes())
}

/// A ring in a file, as the command line has it.
fn ring() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keys.json");
    Keys::for_tests().save(&path).expect("saved");
    (folder, path)
}

fn read(path: &std::path::Path) -> Keys {
    static NEXT: AtomicU8 = AtomicU8::new(3);
    Keys::open_or_create(path, |bytes| bytes.fill(NEXT.fetch_add(1, Ordering::Relaxed))).expect("read")
}

db_test!(every_hash_is_found_by_the_new_key_and_tokens_keep_theirs, |db| async move {
    let (_folder, path) = ring();
    let mut keys = read(&path);
    contacts(&db, &keys).await;
    assert!(belongs(&db, &keys).await.expect("asked"), "the first ring is the right one");
    let token = keys.hash(Purpose::Token, "7");
    assert_eq!(rehash(&db, &mut keys, &path, COLUMNS, &quiet).await.expect("done"), u64::from(ROWS));
    for n in [0, 7, 199, 200, ROWS - 1] {
        assert!(found(&db, &keys, n).await && !found(&db, &Keys::for_tests(), n).await, "{n}");
    }
    let (kept,): (Vec<u8>,) = q("SELECT token_hash FROM contact WHERE id = $1").bind(7_u16.to_be_bytes().to_vec()).one(&db).await.expect("read");
    assert_eq!(kept, token);
    let saved = read(&path);
    assert!(!saved.is_rehashing() && belongs(&db, &saved).await.expect("asked"));
    assert!(!belongs(&db, &Keys::for_tests()).await.expect("asked"), "the old key file would find nobody");
    // Again is another key.
    assert_eq!(rehash(&db, &mut keys, &path, COLUMNS, &quiet).await.expect("done"), u64::from(ROWS));
    assert!(found(&db, &keys, 3).await && !found(&db, &saved, 3).await);
});

db_test!(a_killed_run_goes_on_where_it_was, |db| async move {
    let (_folder, path) = ring();
    contacts(&db, &read(&path)).await;
    let killed = tokio::spawn({
        let (db, path) = (db.clone(), path.clone());
        async move {
            let mut keys = read(&path);
            let told = |progress: Progress| assert!(progress.step != Step::Writing || progress.rows < 400, "killed");
            rehash(&db, &mut keys, &path, COLUMNS, &told).await
        }
    });
    assert!(killed.await.expect_err("it was killed").is_panic());
    let mut keys = read(&path);
    assert!(keys.is_rehashing(), "the file tells that a run was begun");
    assert!(!found(&db, &keys, 0).await && found(&db, &keys, ROWS - 1).await, "half of them are new");
    let written = AtomicU64::new(0);
    let count = |progress: Progress| { written.fetch_add(u64::from(progress.step == Step::Writing), Ordering::Relaxed); };
    assert_eq!(rehash(&db, &mut keys, &path, COLUMNS, &count).await.expect("done"), 50);
    assert_eq!(written.load(Ordering::Relaxed), 3, "told once a batch of 200");
    for n in [0, 399, 400, ROWS - 1] {
        assert!(found(&db, &read(&path), n).await, "{n}");
    }
});

db_test!(nothing_is_changed_when_one_hash_cannot_be_computed_again, |db| async move {
    let (_folder, path) = ring();
    let mut keys = read(&path);
    contacts(&db, &keys).await;
    db.write(|tx| async move {
        let changed = q("UPDATE contact SET hash = $1 WHERE id = $2").bind(vec![1_u8; 32]).bind(5_u16.to_be_bytes().to_vec()).exec(&tx).await?;
        Ok::<_, Error>(changed)
    })
    .await
    .expect("somebody wrote nonsense");
    let refused = rehash(&db, &mut keys, &path, COLUMNS, &quiet).await.expect_err("one is wrong");
    let RehashError::Stuck(stuck) = &refused else { panic!("{refused}") };
    assert_eq!(stuck[..], [Stuck { table: "contact", column: "hash", rows: 1 }]);
    assert!(refused.to_string().contains("1 of contact.hash"), "{refused}");
    let saved = read(&path);
    assert!(!saved.is_rehashing() && found(&db, &saved, 0).await, "as before");
});

#[test]
fn on_a_server_it_waits_for_no_other_writer_and_lets_none_in() {
    store::testing::on_postgres(|db| async move {
        let (name,): (String,) = q("SELECT CAST(current_database() AS TEXT)").one(&db).await.expect("read");
        let url = store::testing::url_of(&name).expect("the test server");
        let alone = || Options { alone: true, ..Options::new(url.clone()) };
        // The test's own pool is another writer.
        assert!(Db::open(&alone()).await.is_err());
        db.close().await;
        let held = Db::open(&alone()).await.expect("nobody else is there");
        held.write(|tx| async move { q("SELECT 1").all::<(i32,)>(&tx).await }).await.expect("and it works");
        held.close().await;
    });
}
