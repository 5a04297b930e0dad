//! What both engines must do alike.

use store::keys::Keys;
use store::{Db, Dialect, Error, Violation, db_test, q};

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

db_test!(a_note_commits_and_an_error_rolls_it_back, |db| async move {
    table(&db).await;
    let put = |id: i64, fail: bool| {
        db.write_note(move |tx| async move {
            q("INSERT INTO seat (id, name, taken, room) VALUES ($1, $2, 0, 5)").bind(id).bind(format!("seat {id}")).exec(&tx).await?;
            if fail { Err(Error::NotFound) } else { Ok(()) }
        })
    };
    put(1, false).await.expect("committed");
    assert!(matches!(put(2, true).await, Err(Error::NotFound)));
    let names: Vec<(String,)> = q("SELECT name FROM seat ORDER BY id").all(&db).await.expect("read");
    assert_eq!(names, vec![("seat 1".to_owned(),)]);
    if db.dialect() == Dialect::Postgres {
        // the next user of the connection has the server's own setting again
        let how = |note: bool| {
            let asked = |tx: store::Tx| async move { q("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'").one::<(String,)>(&tx).await };
            let db = db.clone();
            async move { if note { db.write_note(asked).await } else { db.write(asked).await } }
        };
        assert_eq!(how(true).await.expect("asked").0, "session");
        assert_eq!(how(false).await.expect("asked").0, "command line");
    }
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

db_test!(a_write_inside_a_write_is_refused, |db| async move {
    let inner = db.clone();
    let tried = db
        .write(move |_tx| {
            let inner = inner.clone();
            async move { inner.write(|_tx| async move { Ok::<_, Error>(()) }).await }
        })
        .await;
    assert!(matches!(tried, Err(Error::Nested)), "{tried:?}");
    let tried = tokio::time::timeout(std::time::Duration::from_secs(10), db.write(|_tx| async move { Ok::<_, Error>(1) })).await;
    assert_eq!(tried.expect("no writer is held").expect("and a plain one works"), 1);
});

db_test!(nothing_goes_on_after_an_sql_error, |db| async move {
    table(&db).await;
    let swallowed = db
        .write(|tx| async move {
            let insert = || q("INSERT INTO seat (id, name, taken, room) VALUES (1, 'a', 0, 1)").exec(&tx);
            insert().await?;
            assert!(insert().await.is_err_and(|error| error.is_unique()));
            assert!(matches!(q("SELECT id FROM seat").all::<(i64,)>(&tx).await, Err(Error::Aborted)));
            Ok::<_, Error>(())
        })
        .await;
    assert!(matches!(swallowed, Err(Error::Aborted)), "PostgreSQL would turn this commit into a rollback without a word");
    let (rows,): (i64,) = q("SELECT COUNT(*) FROM seat").one(&db).await.expect("read");
    assert_eq!(rows, 0);
});

db_test!(a_null_before_a_value_of_every_kind, |db| async move {
    let (i64_, f64_, bool_, bytes) = match db.dialect() {
        Dialect::Sqlite => ("INTEGER", "REAL", "INTEGER", "BLOB"),
        Dialect::Postgres => ("BIGINT", "DOUBLE PRECISION", "BOOLEAN", "BYTEA"),
    };
    db.write(|tx| async move {
        let create = q("CREATE TABLE kinds (n ").sql(i64_).sql(", f ").sql(f64_).sql(", b ").sql(bool_).sql(", t TEXT, y ").sql(bytes).sql(")");
        create.exec(&tx).await
    })
    .await
    .expect("the table is made");
    type Row = (Option<i64>, Option<f64>, Option<bool>, Option<String>, Option<Vec<u8>>);
    let rows: [Row; 3] = [
        (None, None, None, None, None),
        (Some(i64::MIN), Some(0.25), Some(true), Some("婚姻登记".into()), Some(vec![0, 255])),
        (None, None, None, None, None),
    ];
    for row in rows.clone() {
        db.write(|tx| {
            let (n, f, b, t, y) = row.clone();
            async move {
                let insert = q("INSERT INTO kinds (n, f, b, t, y) VALUES ($1, $2, $3, $4, $5)");
                insert.bind(n).bind(f).bind(b).bind(t).bind(y).exec(&tx).await
            }
        })
        .await
        .expect("stored");
    }
    let read: Vec<Row> = q("SELECT n, f, b, t, y FROM kinds ORDER BY n NULLS LAST").all(&db).await.expect("read");
    assert_eq!(read, [rows[1].clone(), rows[0].clone(), rows[2].clone()]);
    let (n,): (i64,) = q("SELECT COUNT(*) FROM kinds WHERE b").one(&db).await.expect("a flag is a condition by itself");
    assert_eq!(n, 1);
});

db_test!(explicit_columns_survive_an_added_column, |db| async move {
    table(&db).await;
    let insert = |id: i64| db.write(move |tx| async move { q("INSERT INTO seat (id, name, taken, room) VALUES ($1, $2, 0, 1)").bind(id).bind(id.to_string()).exec(&tx).await });
    let read = || q("SELECT id, name FROM seat ORDER BY id").all::<(i64, String)>(&db);
    insert(1).await.expect("stored");
    assert_eq!(read().await.expect("read").len(), 1);
    db.write(|tx| async move { q("ALTER TABLE seat ADD COLUMN floor BIGINT").exec(&tx).await }).await.expect("altered");
    insert(2).await.expect("stored");
    assert_eq!(read().await.expect("read").len(), 2);
});

db_test!(a_list_becomes_placeholders, |db| async move {
    table(&db).await;
    db.write(|tx| async move { q("INSERT INTO seat (id, name, taken, room) VALUES (1, 'a', 0, 1), (2, 'b', 0, 1), (3, 'c', 0, 1)").exec(&tx).await })
        .await
        .expect("stored");
    let ids = |wanted: Vec<i64>| q("SELECT id FROM seat WHERE taken < ").arg(1_i64).sql(" AND id IN (").list(wanted).sql(") ORDER BY id").all::<(i64,)>(&db);
    assert_eq!(ids(vec![3, 1]).await.expect("read"), [(1,), (3,)]);
    assert_eq!(ids(vec![]).await.expect("an empty list is no error"), []);
});

db_test!(rows_become_one_statement, |db| async move {
    table(&db).await;
    let insert = |ids: std::ops::Range<i64>| {
        db.write(move |tx| {
            let rows = ids.clone().map(|id| [id.into(), format!("seat {id}").into(), 0_i64.into(), 1_i64.into()]);
            async move { q("INSERT INTO seat (id, name, taken, room) VALUES ").rows(rows).sql(" ON CONFLICT (id) DO NOTHING").exec(&tx).await }
        })
    };
    assert_eq!(insert(0..500).await.expect("stored"), 500);
    assert_eq!(insert(499..503).await.expect("stored"), 3, "what is there already stays");
    let (n,): (i64,) = q("SELECT COUNT(*) FROM seat WHERE name = 'seat 502' AND room = 1").one(&db).await.expect("counted");
    assert_eq!(n, 1);
});

/// More tasks than seats: exactly so many get one as there are.
async fn oversell(db: Db, serializable: bool) {
    table(&db).await;
    db.write(|tx| async move { q("INSERT INTO seat (id, name, taken, room) VALUES (1, 'hot', 0, 100)").exec(&tx).await }).await.expect("stored");
    let tasks: Vec<_> = (0..64_i64)
        .map(|task| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut won = 0;
                for n in 0..4 {
                    let id = 1000 + task * 4 + n;
                    let body = move |tx: store::Tx| async move {
                        if q("UPDATE seat SET taken = taken + 1 WHERE id = 1 AND taken < room").exec(&tx).await? == 0 {
                            return Ok(false);
                        }
                        q("INSERT INTO seat (id, name, taken, room) VALUES ($1, $2, 0, 0)").bind(id).bind(id.to_string()).exec(&tx).await?;
                        Ok::<_, Error>(true)
                    };
                    let booked = if serializable { db.write_serializable(body).await } else { db.write(body).await };
                    match booked {
                        Ok(true) => won += 1,
                        Ok(false) => {}
                        Err(Error::Busy(_)) if serializable => {}
                        Err(error) => panic!("{error}"),
                    }
                }
                won
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += task.await.expect("no task fails");
    }
    let (taken, rows): (i64, i64) =
        q("SELECT taken, (SELECT COUNT(*) FROM seat WHERE id >= 1000) FROM seat WHERE id = 1").one(&db).await.expect("read");
    assert_eq!((won, taken), (rows, rows));
    assert!(rows == 100 || (serializable && rows < 100), "{rows} seats were given for 100");
}

db_test!(p9_5_sixty_four_tasks_never_take_more_seats_than_there_are, |db| oversell(db, false));

db_test!(p9_5_nor_do_they_under_serializable, |db| oversell(db, true));

db_test!(a_rotation_seals_every_value_again, |db| async move {
    let bytes = if db.dialect() == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    db.write(|tx| async move {
        q("CREATE TABLE secret (id ").sql(bytes).sql(" PRIMARY KEY, number ").sql(bytes).sql(", hash ").sql(bytes).sql(")").exec(&tx).await?;
        // The key of a table need not be called `id`.
        q("CREATE TABLE room (office_id ").sql(bytes).sql(" PRIMARY KEY, key ").sql(bytes).sql(")").exec(&tx).await
    })
    .await
    .expect("the table is made");
    let mut keys = Keys::for_tests();
    let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = (0_u16..450)
        .map(|n| {
            let id = n.to_be_bytes().to_vec();
            // A hash may begin like a sealed value; it must stay what it is.
            let hash = [&[1_u8][..], &[7; 40]].concat();
            (id.clone(), keys.seal_text("secret", "number", &id, &n.to_string()), hash)
        })
        .collect();
    let rows = std::sync::Arc::new(rows);
    db.write(|tx| {
        let rows = rows.clone();
        async move {
            for (id, number, hash) in rows.iter() {
                q("INSERT INTO secret (id, number, hash) VALUES ($1, $2, $3)").bind(id).bind(number).bind(hash).exec(&tx).await?;
            }
            Ok::<_, Error>(())
        }
    })
    .await
    .expect("stored");
    let office = b"office".to_vec();
    let key = keys.seal_text("room", "key", &office, "kiosk");
    db.write(|tx| {
        let (office, key) = (office.clone(), key.clone());
        async move { q("INSERT INTO room (office_id, key) VALUES ($1, $2)").bind(office).bind(key).exec(&tx).await }
    })
    .await
    .expect("stored");
    keys.rotate().expect("a new key");
    assert_eq!(db.reseal(&keys).await.expect("sealed again"), 451);
    let (key,): (Vec<u8>,) = q("SELECT key FROM room").one(&db).await.expect("read");
    assert!(keys.is_current(&key));
    assert_eq!(keys.open_text("room", "key", &office, &key).expect("opened"), "kiosk");
    assert_eq!(db.reseal(&keys).await.expect("nothing is left"), 0);
    let after: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = q("SELECT id, number, hash FROM secret ORDER BY id").all(&db).await.expect("read");
    for ((id, number, hash), (_, _, old_hash)) in after.iter().zip(rows.iter()) {
        assert!(keys.is_current(number));
        let plain = keys.open_text("secret", "number", id, number).expect("opened");
        assert_eq!(plain, u16::from_be_bytes([id[0], id[1]]).to_string());
        assert_eq!(hash, old_hash);
    }
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_of_one_moment_while_writers_go_on() {
    let (db, folder) = store::testing::sqlite().await.expect("a database");
    db.write(|tx| async move {
        q("CREATE TABLE pair (id INTEGER PRIMARY KEY) STRICT").exec(&tx).await?;
        q("CREATE TABLE other (id INTEGER PRIMARY KEY REFERENCES pair (id)) STRICT").exec(&tx).await
    })
    .await
    .expect("tables");
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            for id in 0..400_i64 {
                db.write(move |tx| async move {
                    q("INSERT INTO pair (id) VALUES ($1)").bind(id).exec(&tx).await?;
                    q("INSERT INTO other (id) VALUES ($1)").bind(id).exec(&tx).await
                })
                .await
                .expect("stored");
            }
        }
    });
    let copy = folder.path().join("copy.db");
    db.copy_to(&copy).await.expect("copied");
    let inspection = store::inspect(&copy).await.expect("sound");
    assert_eq!(inspection.rows["pair"], inspection.rows["other"]);
    writer.await.expect("the writer goes on");
    assert!(db.copy_to(&copy).await.is_err(), "a copy never overwrites");
    let mut bytes = std::fs::read(&copy).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    std::fs::write(&copy, bytes).expect("damaged");
    assert!(store::inspect(&copy).await.is_err(), "damage is told");
}

db_test!(recorded_statements_do_the_same_again, |db| async move {
    table(&db).await;
    let add = |id: i64| {
        db.write(move |tx| async move {
            q("INSERT INTO seat (id, name, taken, room) VALUES ($1, $2, 0, 1)").bind(id).bind(id.to_string()).exec(&tx).await?;
            let (name,): (String,) = q("UPDATE seat SET taken = 1 WHERE id = $1 RETURNING name").bind(id).one(&tx).await?;
            Ok::<_, Error>(name)
        })
    };
    let (name, statements) = store::record::record(add(7)).await;
    assert_eq!((name.expect("stored").as_str(), statements.len()), ("7", 2));
    db.write(|tx| async move { q("DELETE FROM seat").exec(&tx).await }).await.expect("emptied");
    let statements = std::sync::Arc::new(statements);
    db.write(|tx| {
        let statements = statements.clone();
        async move {
            for statement in statements.iter() {
                statement.run(&tx).await?;
            }
            Ok::<_, Error>(())
        }
    })
    .await
    .expect("run again");
    let rows: Vec<(i64, i64)> = q("SELECT id, taken FROM seat").all(&db).await.expect("read");
    assert_eq!(rows, [(7, 1)]);
});
