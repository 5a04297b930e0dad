use std::sync::Mutex;

use super::*;
use crate::testing::{self, TestPlatform};
use crate::{Actor, Error, Grant, Role, StaffActor};

/// Keeps the keys of what it was asked to do; does as it is told.
#[derive(Default)]
struct Probe {
    calls: Mutex<Vec<String>>,
    hang: Mutex<bool>,
    fail: Mutex<Option<fn() -> PortError>>,
}

impl Probe {
    fn calls(&self) -> Vec<String> {
        self.calls.lock().expect("not poisoned").clone()
    }

    fn hang(&self, hang: bool) {
        *self.hang.lock().expect("not poisoned") = hang;
    }

    fn fail(&self, why: Option<fn() -> PortError>) {
        *self.fail.lock().expect("not poisoned") = why;
    }
}

impl Handler for Probe {
    fn handle<'a>(&'a self, _ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            assert_eq!(payload, serde_json::json!({ "for": dedupe }));
            self.calls.lock().expect("not poisoned").push(dedupe.to_owned());
            if *self.hang.lock().expect("not poisoned") {
                std::future::pending::<()>().await;
            }
            match *self.fail.lock().expect("not poisoned") {
                Some(why) => Err(why()),
                None => Ok(()),
            }
        })
    }
}

fn worker(probe: &Arc<Probe>) -> Worker {
    Worker::new(&[Service { name: "test", jobs: Vec::new(), handlers: vec![("probe", probe.clone())] }])
}

async fn send(p: &TestPlatform, message: Message) {
    let ctx = p.system();
    p.db()
        .write(|tx| {
            let (ctx, message) = (ctx.clone(), message.clone());
            async move { put(&tx, &ctx, message).await }
        })
        .await
        .expect("put");
}

fn probe(key: &str) -> Message {
    Message::of("probe", key.to_owned(), &serde_json::json!({ "for": key }))
}

fn administrator() -> Actor {
    let region = kernel::RegionCode::parse("990000").expect("a region code");
    let grants = vec![Grant { role: Role::SystemAdmin, org: None, region, item: None, until: None }];
    Actor::Staff(StaffActor { id: kernel::Id::new(1, [1; 10]), name: "管理员".to_owned(), org: kernel::Id::new(1, [2; 10]), region, grants, token: None })
}

fn again() -> PortError {
    PortError::Temporary("the line is busy".to_owned())
}

fn never() -> PortError {
    PortError::Permanent("no such address".to_owned())
}

store::db_test!(a_message_is_done_once_however_often_it_is_put, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    for _ in 0..3 {
        send(&p, probe("one")).await;
    }
    send(&p, probe("two")).await;
    let drained = worker(&handler).drain(&p).await.expect("drained");
    assert_eq!(drained, Drained { done: 2, failed: 0, dead: 0 });
    send(&p, probe("one")).await;
    worker(&handler).drain(&p).await.expect("drained");
    let mut calls = handler.calls();
    calls.sort();
    assert_eq!(calls, ["one", "two"]);
});

store::db_test!(a_message_is_not_done_before_its_time, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    send(&p, probe("later").not_before(p.now().plus_hours(2))).await;
    p.set_now(p.now().plus_minutes(119));
    worker(&handler).drain(&p).await.expect("drained");
    assert!(handler.calls().is_empty());
    p.set_now(p.now().plus_minutes(1));
    worker(&handler).drain(&p).await.expect("drained");
    assert_eq!(handler.calls(), ["later"]);
});

store::db_test!(a_failure_is_tried_again_ever_more_slowly_and_in_the_end_given_up, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    let worker = worker(&handler);
    handler.fail(Some(again));
    send(&p, probe("stubborn")).await;
    let mut waits = Vec::new();
    for _ in 0..9 {
        assert_eq!(worker.drain(&p).await.expect("drained").failed, 1);
        let (due,): (i64,) = q("SELECT due_at FROM outbox").one(p.db()).await.expect("read");
        let due = Instant::from_micros(due);
        waits.push((due.micros() - p.now().micros()) / 1_000_000);
        p.set_now(due.plus_secs(-1));
        assert_eq!(worker.drain(&p).await.expect("drained"), Drained::default(), "not before it is due");
        p.set_now(due);
    }
    assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
    assert_eq!(worker.drain(&p).await.expect("drained").dead, 1);
    p.set_now(p.now().plus_days(2));
    assert_eq!(worker.drain(&p).await.expect("drained"), Drained::default());
});

store::db_test!(what_cannot_succeed_is_given_up_at_once, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    handler.fail(Some(never));
    send(&p, probe("hopeless")).await;
    send(&p, Message::of("unknown kind", "x".to_owned(), &1)).await;
    assert_eq!(worker(&handler).drain(&p).await.expect("drained").dead, 2);
    let dead = admin::dead(&p.as_actor(administrator()), None).await.expect("listed");
    let errors: Vec<_> = dead.iter().filter_map(|dead| dead.last_error.as_deref()).collect();
    assert!(errors.contains(&"no such address") && errors.iter().any(|error| error.contains("unknown kind")), "{errors:?}");
});

store::db_test!(a_worker_killed_in_the_middle_leaves_its_message_to_another, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    send(&p, probe("unlucky")).await;
    handler.hang(true);
    let killed = tokio::spawn({
        let (platform, worker) = (p.platform.clone(), worker(&handler));
        async move { worker.drain(&platform).await }
    });
    while handler.calls().is_empty() {
        tokio::task::yield_now().await;
    }
    killed.abort();
    assert!(killed.await.is_err_and(|error| error.is_cancelled()));
    handler.hang(false);
    assert_eq!(worker(&handler).drain(&p).await.expect("drained"), Drained::default(), "the lease still runs");
    p.set_now(p.now().plus_minutes(2));
    assert_eq!(worker(&handler).drain(&p).await.expect("drained").done, 1);
    assert_eq!(handler.calls(), ["unlucky", "unlucky"], "at least once");
});

store::db_test!(a_message_that_kills_every_worker_is_given_up, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    send(&p, probe("deadly")).await;
    p.db().write(|tx| async move { q("UPDATE outbox SET state = 'taken', attempts = 10").exec(&tx).await }).await.expect("ten workers died of it");
    assert_eq!(worker(&handler).drain(&p).await.expect("drained").dead, 1);
    assert!(handler.calls().is_empty());
});

store::db_test!(many_workers_do_every_message_once, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    for n in 0..100 {
        send(&p, probe(&format!("{n}"))).await;
    }
    let workers: Vec<_> = (0..6)
        .map(|_| {
            let (platform, worker) = (p.platform.clone(), worker(&handler));
            tokio::spawn(async move { worker.drain(&platform).await })
        })
        .collect();
    let mut done = 0;
    for worker in workers {
        done += worker.await.expect("no worker dies").expect("drained").done;
    }
    // PostgreSQL skips rows that another worker holds, and may so end early.
    done += worker(&handler).drain(&p).await.expect("drained").done;
    let mut calls = handler.calls();
    calls.sort();
    calls.dedup();
    assert_eq!((done, calls.len(), handler.calls().len()), (100, 100, 100));
});

store::db_test!(an_administrator_retries_and_dismisses_and_both_are_audited, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    handler.fail(Some(never));
    send(&p, probe("one")).await;
    send(&p, probe("two")).await;
    worker(&handler).drain(&p).await.expect("drained");
    let ctx = p.as_actor(administrator());
    let dead = admin::dead(&ctx, None).await.expect("listed");
    assert_eq!(admin::overview(&ctx).await.expect("counted"), admin::Overview { waiting: 0, oldest_due: None, dead: 2 });
    admin::retry(&ctx, dead[0].id).await.expect("retried");
    admin::dismiss(&ctx, dead[1].id, "no longer needed").await.expect("dismissed");
    assert!(matches!(admin::retry(&ctx, dead[1].id).await, Err(Error::NotFound)), "it is not dead any more");
    handler.fail(None);
    assert_eq!(worker(&handler).drain(&p).await.expect("drained").done, 1);
    let trail: Vec<(String, Option<String>)> = q("SELECT action, reason FROM audit_event ORDER BY seq").all(p.db()).await.expect("read");
    assert_eq!(trail, [("outbox.retry".to_owned(), None), ("outbox.dismiss".to_owned(), Some("no longer needed".to_owned()))]);
    assert!(matches!(admin::dead(&p.as_actor(Actor::Anonymous), None).await, Err(Error::SignIn)));
});

store::db_test!(mails_and_short_messages_reach_their_ports, |db| async move {
    let p = testing::platform(db);
    let mail = Mail { to: "a@example.com".into(), subject: "s".into(), text: "t".into(), attachment: None, message_id: "m1".into() };
    let sms = SmsMessage { to: "13800000000".into(), text: "t".into(), message_id: "s1".into() };
    send(&p, Message::mail(&mail)).await;
    send(&p, Message::sms(&sms)).await;
    let worker = Worker::new(&[service()]);
    p.post.fail(Some("the line is down"));
    assert_eq!(worker.drain(&p).await.expect("drained").failed, 2);
    p.post.fail(None);
    p.set_now(p.now().plus_secs(10));
    assert_eq!(worker.drain(&p).await.expect("drained").done, 2);
    assert_eq!((p.post.mails(), p.post.messages()), (vec![mail], vec![sms]));
    let (payload,): (Vec<u8>,) = q("SELECT payload FROM outbox WHERE kind = 'sms'").one(p.db()).await.expect("read");
    assert!(!payload.windows(11).any(|window| window == b"13800000000"), "payloads are sealed");
});

store::db_test!(what_has_long_been_done_is_forgotten, |db| async move {
    let (p, handler) = (testing::platform(db), Arc::new(Probe::default()));
    send(&p, probe("old")).await;
    worker(&handler).drain(&p).await.expect("drained");
    p.set_now(p.now().plus_days(31));
    send(&p, probe("new")).await;
    prune(&p.system()).await.expect("pruned");
    let left: Vec<(String,)> = q("SELECT dedupe FROM outbox").all(p.db()).await.expect("read");
    assert_eq!(left, [("new".to_owned(),)]);
});
