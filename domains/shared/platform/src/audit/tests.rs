use store::{Db, Dialect};
use tokio::sync::oneshot;

use super::*;
use crate::testing::{self, TestPlatform};

async fn add(p: &TestPlatform, action: &'static str) {
    let ctx = p.system();
    let event = Event::new(action, "thing", "1").reason("测试");
    p.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { record(&tx, &ctx, event).await }
        })
        .await
        .expect("recorded");
}

/// Seals, once nothing on the server holds it back, and expects so many rows to be sealed.
async fn seal_rows(p: &TestPlatform, rows: i64) {
    store::testing::settled(p.db()).await;
    assert_eq!(seal(&p.system()).await.expect("sealed"), rows);
}

/// Three seals: over two rows, one row and two rows.
async fn sealed(db: Db) -> TestPlatform {
    let p = testing::platform(db);
    for batch in [&["a.one", "a.two"][..], &["b.one"], &["c.one", "c.two"]] {
        for action in batch {
            add(&p, action).await;
        }
        seal_rows(&p, batch.len() as i64).await;
    }
    p
}

/// Somebody with full rights on the database drops the triggers first.
async fn behind_the_back(db: &Db, change: &'static str) {
    let drops: &[&'static str] = match db.dialect() {
        Dialect::Sqlite => {
            &["DROP TRIGGER audit_event_update", "DROP TRIGGER audit_event_delete", "DROP TRIGGER audit_seal_update", "DROP TRIGGER audit_seal_delete"]
        }
        Dialect::Postgres => &["DROP TRIGGER audit_event_change ON audit_event", "DROP TRIGGER audit_seal_change ON audit_seal"],
    };
    db.write(|tx| async move {
        for &drop in drops {
            q("").sql(drop).exec(&tx).await?;
        }
        q("").sql(change).exec(&tx).await
    })
    .await
    .expect("changed");
}

async fn findings(p: &TestPlatform) -> Vec<Finding> {
    check(&p.system(), None).await.expect("checked").findings
}

store::db_test!(the_trail_cannot_be_changed_by_a_statement, |db| async move {
    let p = sealed(db).await;
    for change in ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event", "UPDATE audit_seal SET at = 0", "DELETE FROM audit_seal"] {
        let refused = p.db().write(|tx| async move { q("").sql(change).exec(&tx).await }).await;
        assert!(refused.as_ref().is_err_and(|error| error.to_string().contains("append-only")), "{change}: {refused:?}");
    }
});

store::db_test!(an_untouched_trail_is_in_order, |db| async move {
    let p = sealed(db).await;
    let report = check(&p.system(), head(p.db()).await.expect("read").as_ref()).await.expect("checked");
    assert_eq!((report.seals, report.rows, report.findings), (3, 5, vec![]));
    let head = report.head.expect("there is one");
    assert_eq!(head.to_string().parse(), Ok(head));
});

store::db_test!(an_edited_row_is_told, |db| async move {
    let p = sealed(db).await;
    behind_the_back(p.db(), "UPDATE audit_event SET reason = 'another' WHERE action = 'b.one'").await;
    assert_eq!(findings(&p).await, [Finding::RowsChanged { number: 2 }]);
});

store::db_test!(text_moved_to_the_next_column_is_told, |db| async move {
    let p = sealed(db).await;
    behind_the_back(p.db(), "UPDATE audit_event SET region = reason, reason = NULL WHERE action = 'c.two'").await;
    assert_eq!(findings(&p).await, [Finding::RowsChanged { number: 3 }]);
});

store::db_test!(a_removed_row_is_told, |db| async move {
    let p = sealed(db).await;
    behind_the_back(p.db(), "DELETE FROM audit_event WHERE action = 'a.two'").await;
    assert_eq!(findings(&p).await, [Finding::RowsMissing { number: 1, sealed: 2, found: 1 }]);
});

store::db_test!(a_removed_seal_is_told, |db| async move {
    let p = sealed(db).await;
    behind_the_back(p.db(), "DELETE FROM audit_seal WHERE number = 2").await;
    assert_eq!(findings(&p).await, [Finding::SealMissing { number: 2 }]);
});

store::db_test!(a_changed_seal_is_told, |db| async move {
    let p = sealed(db).await;
    behind_the_back(p.db(), "UPDATE audit_seal SET row_count = 1, at = at + 1 WHERE number = 1").await;
    assert_eq!(findings(&p).await, [Finding::SealChanged { number: 1 }, Finding::RowsMissing { number: 1, sealed: 1, found: 2 }]);
});

store::db_test!(a_lost_tail_is_told_by_the_head_from_the_log, |db| async move {
    let p = sealed(db).await;
    let known = head(p.db()).await.expect("read");
    behind_the_back(p.db(), "DELETE FROM audit_event WHERE action IN ('b.one', 'c.one', 'c.two')").await;
    p.db().write(|tx| async move { q("DELETE FROM audit_seal WHERE number > 1").exec(&tx).await }).await.expect("removed");
    assert_eq!(findings(&p).await, [], "without a head nothing can be told");
    let report = check(&p.system(), known.as_ref()).await.expect("checked");
    assert_eq!(report.findings, [Finding::TailMissing { known: 3, found: 1 }]);
    for action in ["d.one", "e.one"] {
        add(&p, action).await;
        seal_rows(&p, 1).await;
    }
    let report = check(&p.system(), known.as_ref()).await.expect("checked");
    assert_eq!(report.findings, [Finding::SealChanged { number: 3 }], "new seals in the place of the lost ones are others");
});

store::db_test!(rows_that_nobody_seals_are_told, |db| async move {
    let p = sealed(db).await;
    add(&p, "d.one").await;
    assert_eq!(findings(&p).await, []);
    p.set_now(p.now().plus_minutes(6));
    assert_eq!(findings(&p).await, [Finding::NotSealed { rows: 1 }]);
    seal_rows(&p, 1).await;
    assert_eq!(findings(&p).await, []);
});

/// Writes a row and commits only when told to; the outer future ends when the row is written.
async fn slow(p: &TestPlatform, action: &'static str) -> (oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let (written, is_written) = oneshot::channel();
    let (go, going) = oneshot::channel::<()>();
    let channels = std::sync::Arc::new(std::sync::Mutex::new(Some((written, going))));
    let (db, ctx) = (p.db().clone(), p.system());
    let task = tokio::spawn(async move {
        db.write(|tx| {
            let (ctx, channels) = (ctx.clone(), channels.clone());
            async move {
                let (written, going) = channels.lock().expect("not poisoned").take().expect("runs once");
                record(&tx, &ctx, Event::new(action, "thing", "1")).await?;
                written.send(()).expect("somebody listens");
                going.await.expect("told to commit");
                Ok::<_, crate::Error>(())
            }
        })
        .await
        .expect("committed");
    });
    is_written.await.expect("written");
    (go, task)
}

store::db_test!(a_transaction_that_commits_late_is_neither_skipped_nor_reported, |db| async move {
    if db.dialect() == Dialect::Sqlite {
        return; // One writer: nothing can commit late.
    }
    let p = sealed(db).await;
    // The first has the lower number of transaction and of row, and commits last.
    let (finish_first, first) = slow(&p, "d.late").await;
    let (finish_second, second) = slow(&p, "d.later").await;
    add(&p, "d.early").await;
    assert_eq!(seal(&p.system()).await.expect("sealed"), 0, "what lies above a running transaction is not settled");
    finish_second.send(()).expect("it waits");
    second.await.expect("committed");
    assert_eq!(seal(&p.system()).await.expect("sealed"), 0);
    assert_eq!(findings(&p).await, []);
    finish_first.send(()).expect("it waits");
    first.await.expect("committed");
    seal_rows(&p, 3).await;
    let report = check(&p.system(), None).await.expect("checked");
    assert_eq!((report.rows, report.findings), (8, vec![]));
});

store::db_test!(many_writers_and_two_sealers_leave_a_trail_in_order, |db| async move {
    let p = std::sync::Arc::new(testing::platform(db));
    let sealers: Vec<_> = (0..2)
        .map(|_| {
            let p = p.clone();
            tokio::spawn(async move {
                for _ in 0..30 {
                    seal(&p.system()).await.expect("sealed");
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let p = p.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    add(&p, "a.write").await;
                }
            })
        })
        .collect();
    for task in writers.into_iter().chain(sealers) {
        task.await.expect("no task fails");
    }
    let mut report = check(&p.system(), None).await.expect("checked");
    seal_rows(&p, 160 - report.rows).await;
    report = check(&p.system(), None).await.expect("checked");
    assert_eq!((report.rows, report.findings), (160, vec![]));
});
