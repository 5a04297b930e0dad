//! What both engines must do alike.

use store::{Db, Error, Violation, db_test, q};

async fn table(db: &Db) {
    db.write(|tx| async move {
        q("CREATE TABLE seat (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, taken BIGINT NOT NULL, room BIGINT NOT NULL, CONSTRAINT seat_room CHECK (taken <= room))").exec(&tx).await?;
        q("CREATE UNIQUE INDEX seat_name ON seat (name)").exec(&tx).await?;
        Ok::<_, Error>(())
    })
    .await
    .expect("the table is made");
    // Reads the names of the indexes again.
    db.migrate().await.expect("nothing is left to migrate");
}

db_test!(a_write_commits_and_an_error_rolls_back, |db| async move {
    table(&db).await;
    let put = |id: i64, fail: bool| {
        let db = db.clone();
        async move {
            db.write(move |tx| async move {
                q("INSERT INTO seat (id, name, taken, room) VALUES ($1, $2, 0, 5)").bind(id).bind(format!("seat {id}")).exec(&tx).await?;
                if fail { Err(Error::NotFound) } else { Ok(()) }
            })
            .await
        }
    };
    put(1, false).await.expect("committed");
    assert!(matches!(put(2, true).await, Err(Error::NotFound)));
    let names: Vec<(String,)> = q("SELECT name FROM seat ORDER BY id").all(&db).await.expect("read");
    assert_eq!(names, vec![("seat 1".to_owned(),)]);
});

db_test!(the_read_pool_refuses_a_write, |db| async move {
    table(&db).await;
    let tried = q("INSERT INTO seat (id, name, taken, room) VALUES (1, 'a', 0, 1) RETURNING id").all::<(i64,)>(&db).await;
    assert!(matches!(tried, Err(Error::Engine(_))), "{tried:?}");
});

db_test!(a_constraint_is_named, |db| async move {
    table(&db).await;
    let put = |id: i64, taken: i64| db.write(move |tx| async move { q("INSERT INTO seat (id, name, taken, room) VALUES ($1, 'a', $2, 1)").bind(id).bind(taken).exec(&tx).await });
    put(1, 0).await.expect("the first one fits");
    let twice = put(2, 0).await.expect_err("the name is taken");
    assert_eq!(twice.unique_on(), Some("seat_name"));
    let key = db.write(|tx| async move { q("INSERT INTO seat (id, name, taken, room) VALUES (1, 'b', 0, 1)").exec(&tx).await }).await.expect_err("the key is taken");
    assert_eq!(key.unique_on(), Some("seat_pkey"));
    let check = db.write(|tx| async move { q("INSERT INTO seat (id, name, taken, room) VALUES (3, 'c', 2, 1)").exec(&tx).await }).await.expect_err("too full");
    assert!(matches!(check, Error::Constraint { kind: Violation::Check, .. }));
    assert_eq!(check.constraint(), Some("seat_room"));
});
