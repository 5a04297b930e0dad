//! Group commit on the embedded engine: what happens to one body never touches the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use store::{Db, Error, Tx, q, testing};

async fn fixture(body_limit: Duration) -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("group.db").display());
    let db = Db::open(&store::Options { body_limit, ..testing::options(url) }).await.expect("opened");
    db.write(|tx| async move {
        q("CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT").exec(&tx).await?;
        q("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT")
            .exec(&tx)
            .await?;
        q("CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT").exec(&tx).await
    })
    .await
    .expect("tables");
    (db, folder)
}

async fn put(tx: &Tx, id: i64) -> Result<u64, Error> {
    q("INSERT INTO note (id) VALUES ($1)").bind(id).exec(tx).await
}

async fn notes(db: &Db) -> Vec<i64> {
    q("SELECT id FROM note ORDER BY id").all::<(i64,)>(db).await.expect("read").into_iter().map(|(id,)| id).collect()
}

/// A body that holds the writer long enough for the others to queue behind it.
async fn hold(db: &Db, id: i64) -> Result<(), Error> {
    db.write(move |tx| async move {
        put(&tx, id).await?;
        tokio::time::sleep(Duration::from_millis(40)).await;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_tasks_share_commits_and_all_are_kept() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let tasks: Vec<_> = (0..64)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..10 {
                    let id = task * 10 + n;
                    db.write(move |tx| async move { put(&tx, id).await }).await.expect("kept");
                    let (seen,): (i64,) = q("SELECT COUNT(*) FROM note WHERE id = $1").bind(id).one(&db).await.expect("read");
                    assert_eq!(seen, 1, "an answered write is visible");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no task fails");
    }
    assert_eq!(notes(&db).await, (0..640).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_body_is_rolled_back_alone() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let fail = db.write(|tx| async move {
        put(&tx, 2).await?;
        Err::<(), _>(Error::NotFound)
    });
    let wrong = db.write(|tx| async move { q("INSERT INTO note (id) VALUES (1), (3), (1)").exec(&tx).await });
    let (first, failed, wrong, last) = tokio::join!(hold(&db, 1), fail, wrong, hold(&db, 4));
    first.expect("kept");
    last.expect("kept");
    assert!(matches!(failed, Err(Error::NotFound)));
    assert_eq!(wrong.expect_err("refused").unique_on(), None, "a row id has no index to be named after");
    assert_eq!(notes(&db).await, [1, 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_body_is_rolled_back_alone() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let first = tokio::spawn({
        let db = db.clone();
        async move { hold(&db, 1).await }
    });
    let inside = Arc::new(tokio::sync::Notify::new());
    let cancelled = tokio::spawn({
        let (db, inside) = (db.clone(), inside.clone());
        async move {
            db.write(move |tx| {
                let inside = inside.clone();
                async move {
                    put(&tx, 2).await?;
                    inside.notify_one();
                    std::future::pending::<()>().await;
                    Ok::<_, Error>(())
                }
            })
            .await
        }
    });
    inside.notified().await;
    cancelled.abort();
    let after = db.write(|tx| async move { put(&tx, 3).await });
    after.await.expect("the next one gets in");
    first.await.expect("ran").expect("kept");
    assert!(cancelled.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(notes(&db).await, [1, 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_body_whose_handle_leaked_does_not_keep_the_writer() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let (sender, leaked) = tokio::sync::oneshot::channel();
    let sender = Arc::new(std::sync::Mutex::new(Some(sender)));
    let task = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(move |tx| {
                let sender = sender.clone();
                async move {
                    put(&tx, 1).await?;
                    let sender = sender.lock().expect("not poisoned").take().expect("runs once");
                    assert!(sender.send(tx).is_ok());
                    std::future::pending::<()>().await;
                    Ok::<_, Error>(())
                }
            })
            .await
        }
    });
    let leaked: Tx = leaked.await.expect("sent");
    task.abort();
    db.write(|tx| async move { put(&tx, 2).await }).await.expect("the writer is free");
    assert!(matches!(put(&leaked, 3).await, Err(Error::Ended)));
    assert_eq!(notes(&db).await, [2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panicking_body_is_rolled_back_alone() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let task = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(|tx| async move {
                put(&tx, 1).await?;
                assert_eq!(tx.dialect(), store::Dialect::Postgres, "this panic is the test");
                Ok::<_, Error>(())
            })
            .await
        }
    });
    let (held, panicked) = tokio::join!(hold(&db, 2), task);
    held.expect("kept");
    assert!(panicked.is_err_and(|error| error.is_panic()));
    db.write(|tx| async move { put(&tx, 3).await }).await.expect("the writer goes on");
    assert_eq!(notes(&db).await, [2, 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_body_is_rolled_back_alone_and_says_so() {
    let (db, _folder) = fixture(Duration::from_millis(250)).await;
    let slow = db.write(|tx| async move {
        put(&tx, 1).await?;
        tokio::time::sleep(Duration::from_secs(60)).await;
        Ok::<_, Error>(())
    });
    let (slow, quick) = tokio::join!(slow, db.write(|tx| async move { put(&tx, 2).await }));
    assert!(matches!(slow, Err(Error::TooSlow(limit)) if limit == Duration::from_millis(250)));
    quick.expect("kept");
    assert_eq!(notes(&db).await, [2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_commit_runs_the_bodies_again_one_by_one() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let runs = Arc::new(AtomicU32::new(0));
    let good = |id: i64| {
        let (db, runs) = (db.clone(), runs.clone());
        async move {
            db.write(move |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                async move { put(&tx, id).await }
            })
            .await
        }
    };
    // A deferred key fails no statement, only the commit that it shares. The program has none; here it stands for a full disk.
    let orphan = db.write(|tx| async move { q("INSERT INTO child (id, parent) VALUES (1, 99)").exec(&tx).await });
    let (first, second, orphan, third) = tokio::join!(hold(&db, 1), good(2), orphan, good(3));
    first.expect("kept by its second run");
    second.expect("kept by its second run");
    third.expect("kept by its second run");
    assert!(matches!(orphan, Err(Error::Constraint { kind: store::Violation::ForeignKey, .. })), "{orphan:?}");
    assert_eq!(notes(&db).await, [1, 2, 3]);
    assert!(runs.load(Ordering::Relaxed) > 2, "the good ones shared the lost commit and ran again");
    let (orphans,): (i64,) = q("SELECT COUNT(*) FROM child").one(&db).await.expect("read");
    assert_eq!(orphans, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_cancellation_never_loses_an_answered_write() {
    let (db, _folder) = fixture(Duration::from_secs(10)).await;
    let answered = Arc::new(std::sync::Mutex::new(Vec::new()));
    let next = Arc::new(AtomicI64::new(0));
    let tasks: Vec<_> = (0_u64..32)
        .map(|task| {
            let (db, answered, next) = (db.clone(), answered.clone(), next.clone());
            tokio::spawn(async move {
                let mut state = task.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
                for _ in 0..40 {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    let id = next.fetch_add(1, Ordering::Relaxed);
                    let write = db.write(move |tx| async move {
                        put(&tx, id).await?;
                        tokio::task::yield_now().await;
                        q("SELECT COUNT(*) FROM note WHERE id = $1").bind(id).one::<(i64,)>(&tx).await
                    });
                    match tokio::time::timeout(Duration::from_micros(state % 20_000), write).await {
                        Ok(kept) => {
                            kept.expect("nothing but cancellation goes wrong");
                            answered.lock().expect("not poisoned").push(id);
                        }
                        Err(_cancelled) => {}
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no task fails");
    }
    db.write(|tx| async move { put(&tx, -1).await }).await.expect("the writer still works");
    let kept = notes(&db).await;
    let answered = answered.lock().expect("not poisoned");
    assert!(answered.iter().all(|id| kept.binary_search(id).is_ok()), "an answered write is in the database");
}
