use std::sync::Arc;

use identity::testing::{Citizen, citizen, staff};
use kernel::{Day, Instant, Text};
use platform::outbox::{Handler, Worker};
use platform::ports::{BoxFuture, PortError};
use platform::testing::{TestPlatform, platform, regions};
use platform::{Actor, Ctx, Error, Role, Service};
use ::store::q;

use crate::deliver::{Deliver, KIND};
use crate::ops::{self, Preferences, Search, TopicChoice};
use crate::*;

fn notice(to: To, topic: Topic, key: &str) -> Notice {
    Notice::new(to, topic, key, Text::new("离婚登记申请已受理", "Divorce case accepted"), Text::new("请于8月1日到场。", "Come on 1 August."))
}

async fn tell_it(p: &TestPlatform, notice: Notice) {
    let ctx = p.system();
    p.db()
        .write(|tx| {
            let (ctx, notice) = (ctx.clone(), notice.clone());
            async move { tell(&tx, &ctx, notice).await }
        })
        .await
        .expect("told");
}

async fn drain(p: &TestPlatform) {
    Worker::new(&[service()]).drain(p).await.expect("drained");
}

fn as_citizen(p: &TestPlatform, who: &Citizen) -> Ctx {
    p.as_actor(who.actor())
}

async fn only(ctx: &Ctx) -> ops::Opened {
    let found = ops::list(ctx, Search::default()).await.expect("listed");
    assert_eq!(found.notices.len(), 1);
    ops::open(ctx, found.notices[0].id).await.expect("opened")
}

async fn sms_state(ctx: &Ctx) -> State {
    only(ctx).await.deliveries.into_iter().find(|delivery| delivery.channel == Channel::Sms).expect("a row a channel").state
}

::store::db_test!(a_notice_is_on_the_page_and_goes_out_once_however_often_it_is_told, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    for _ in 0..3 {
        tell_it(&p, notice(To::Person(li.person()), Topic::Decision, "one").link("/cases/x")).await;
    }
    let ctx = as_citizen(&p, &li);
    assert_eq!(sms_state(&ctx).await, State::Waiting(p.now()));
    drain(&p).await;
    drain(&p).await;
    let sent = p.post.messages();
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].to.as_str(), sent[0].text.as_str()), (li.phone.as_str(), "【民政服务平台】请于8月1日到场。"));
    let opened = only(&ctx).await;
    assert_eq!(opened.notice.words.title.zh, "离婚登记申请已受理");
    assert_eq!(opened.notice.link.as_deref(), Some("/cases/x"));
    let states: Vec<_> = opened.deliveries.iter().map(|delivery| (delivery.channel, delivery.state)).collect();
    assert_eq!(states, [(Channel::Sms, State::Sent(p.now())), (Channel::Mail, State::Nowhere)]);
    assert!(opened.deliveries[0].address.as_deref().is_some_and(|address| address.contains("****")));
});

::store::db_test!(outside_the_page_a_discreet_notice_names_the_office_alone_and_no_column_has_it_in_clear, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    let office = Text::new("甲市城中区婚姻登记处", "Chengzhong Registry");
    tell_it(&p, notice(To::Person(li.person()), Topic::Decision, "one").discreet(office.clone())).await;
    let by_phone = identity::ContactOf { phone: Some("13900000001".parse().expect("a number")), email: None, lang: kernel::Lang::Zh };
    tell_it(&p, notice(To::Address, Topic::Decision, "two").discreet(office).reach(&by_phone)).await;
    drain(&p).await;
    let sent = p.post.messages();
    assert_eq!(sent.len(), 2);
    for message in &sent {
        assert!(message.text.contains("甲市城中区婚姻登记处") && !message.text.contains("离婚"), "{}", message.text);
        // Whoever cannot sign in is sent to the counter, not to a page.
        assert_eq!(message.text.contains("/notices/"), message.to == li.phone, "{}", message.text);
    }
    let rows: Vec<(Vec<u8>,)> = q("SELECT words FROM notice").all(p.db()).await.expect("read");
    assert!(rows.iter().all(|(words,)| !String::from_utf8_lossy(words).contains("离婚")));
    assert!(only(&as_citizen(&p, &li)).await.notice.words.title.zh.contains("离婚"), "the page tells everything");
});

::store::db_test!(what_can_wait_is_not_sent_at_night, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    let night = Instant::at(Day::ymd(2026, 7, 1), 22 * 60);
    let morning = Instant::at(Day::ymd(2026, 7, 2), 8 * 60);
    p.set_now(night);
    tell_it(&p, notice(To::Person(li.person()), Topic::Booking, "later")).await;
    assert_eq!(sms_state(&as_citizen(&p, &li)).await, State::Waiting(morning), "it is on the page at once");
    tell_it(&p, notice(To::Person(li.person()), Topic::Booking, "code").urgent()).await;
    drain(&p).await;
    assert_eq!(p.post.messages().len(), 1);
    p.set_now(morning.plus_secs(-1));
    drain(&p).await;
    assert_eq!(p.post.messages().len(), 1);
    p.set_now(morning);
    drain(&p).await;
    assert_eq!(p.post.messages().len(), 2);

    // Whoever works at night switches the quiet hours off.
    let ctx = as_citizen(&p, &li);
    ops::choose(&ctx, Preferences { topics: Vec::new(), quiet: false }).await.expect("chosen");
    p.set_now(night.plus_days(1));
    tell_it(&p, notice(To::Person(li.person()), Topic::Booking, "awake")).await;
    drain(&p).await;
    assert_eq!(p.post.messages().len(), 3);
});

::store::db_test!(wishes_are_kept_and_required_topics_cannot_be_switched_off, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    let ctx = as_citizen(&p, &li);
    let usual = ops::preferences(&ctx).await.expect("read");
    assert!(usual.quiet && usual.topics.iter().all(|choice| choice.topic != Topic::Work && choice.sms));
    let off = |topic| TopicChoice { topic, sms: false, mail: false };
    let refused = ops::choose(&ctx, Preferences { topics: vec![off(Topic::Booking), off(Topic::Decision)], quiet: true }).await;
    assert!(refused.expect_err("required").has_code("E-N02"));
    assert_eq!(ops::preferences(&ctx).await.expect("read"), usual, "nothing of a refused choice is kept");
    for _ in 0..2 {
        ops::choose(&ctx, Preferences { topics: vec![off(Topic::Booking)], quiet: true }).await.expect("chosen");
    }
    tell_it(&p, notice(To::Person(li.person()), Topic::Booking, "unwanted")).await;
    assert_eq!(sms_state(&ctx).await, State::Unwanted);
    drain(&p).await;
    assert!(p.post.messages().is_empty());
    assert!(matches!(ops::preferences(&p.system()).await, Err(Error::SignIn)));
});

/// Hands over, and dies before it can say so.
struct Killed;

impl Handler for Killed {
    fn handle<'a>(&'a self, ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            // The port has the message; the row does not know of it yet.
            let text = payload["text"].as_str().unwrap_or_default().to_owned();
            let to = payload["to"].as_str().unwrap_or_default().to_owned();
            ctx.platform().sms().send(&::platform::ports::SmsMessage { to, text, message_id: dedupe.to_owned() }).await?;
            panic!("killed in the middle");
        })
    }
}

::store::db_test!(of_a_worker_killed_in_the_middle_exactly_one_message_is_seen, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    tell_it(&p, notice(To::Person(li.person()), Topic::Decision, "one")).await;
    let killed = Worker::new(&[Service { name: "killed", jobs: Vec::new(), handlers: vec![(KIND, Arc::new(Killed))] }]);
    killed.drain(&p).await.expect("drained");
    let ctx = as_citizen(&p, &li);
    assert!(matches!(sms_state(&ctx).await, State::Waiting(_)));
    // The lease runs out; another worker begins again, under the same message id, and writes the outcome down once.
    p.set_now(p.now().plus_minutes(3));
    drain(&p).await;
    drain(&p).await;
    let mut ids: Vec<_> = p.post.messages().into_iter().map(|message| message.message_id).collect();
    assert_eq!(ids.len(), 2);
    ids.dedup();
    assert_eq!(ids.len(), 1, "the receiver sees one");
    let sent_at = p.now();
    assert_eq!(sms_state(&ctx).await, State::Sent(sent_at));
    // A message whose outcome is known is not handed over again, whoever asks.
    let payload = serde_json::json!({ "delivery": ids[0], "channel": "sms", "to": li.phone, "subject": "", "text": "again" });
    Deliver.handle(&p.system(), &ids[0], payload).await.expect("done before");
    assert_eq!(p.post.messages().len(), 2);
});

::store::db_test!(what_is_given_up_says_why_and_a_new_try_makes_it_good, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    tell_it(&p, notice(To::Person(li.person()), Topic::Decision, "one")).await;
    p.post.fail(Some("the line is down"));
    for _ in 0..10 {
        drain(&p).await;
        p.set_now(p.now().plus_hours(2));
    }
    let ctx = as_citizen(&p, &li);
    assert!(matches!(sms_state(&ctx).await, State::Failed(_, Failure::Unreachable)));
    p.post.fail(None);
    let (id,): (Vec<u8>,) = q("SELECT id FROM outbox WHERE state = 'dead'").one(p.db()).await.expect("given up");
    regions(&p).await.expect("regions");
    let admin = staff(&p, "990000", &[Role::SystemAdmin]).await;
    ::platform::outbox::admin::retry(&p.as_actor(Actor::Staff(admin)), id.try_into().expect("an id")).await.expect("again");
    drain(&p).await;
    assert!(matches!(sms_state(&ctx).await, State::Sent(_)));
});

::store::db_test!(an_act_undone_in_time_tells_nobody, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    let ctx = as_citizen(&p, &li);
    let back = |key: &'static str| {
        let system = p.system();
        async move { system.db().write(|tx| { let ctx = system.clone(); async move { take_back(&tx, &ctx, key).await } }).await.expect("asked") }
    };
    for key in ["undone", "stays"] {
        tell_it(&p, notice(To::Person(li.person()), Topic::Progress, key).not_before(p.now().plus_secs(10))).await;
    }
    assert!(ops::list(&ctx, Search::default()).await.expect("listed").notices.is_empty(), "not even on the page");
    assert!(back("undone").await);
    assert!(!back("undone").await, "twice");
    p.set_now(p.now().plus_secs(10));
    drain(&p).await;
    assert_eq!(p.post.messages().len(), 1);
    assert!(!back("stays").await, "too late");
    only(&as_citizen(&p, &li)).await;
});

::store::db_test!(a_person_sees_the_own_notices_and_nobody_elses, |db| async move {
    let p = platform(db);
    regions(&p).await.expect("regions");
    let (li, wang) = (citizen(&p, 2).await, citizen(&p, 2).await);
    let clerk = staff(&p, "990101", &[Role::Clerk]).await;
    tell_it(&p, notice(To::Person(li.person()), Topic::Decision, "li")).await;
    tell_it(&p, notice(To::Account(wang.account), Topic::Security, "wang")).await;
    tell_it(&p, notice(To::Staff(clerk.id), Topic::Work, "clerk")).await;
    let (li, wang, clerk) = (as_citizen(&p, &li), as_citizen(&p, &wang), p.as_actor(Actor::Staff(clerk)));
    let id = only(&li).await.notice.id;
    assert!(only(&clerk).await.deliveries.is_empty(), "staff have their page alone");
    for other in [&wang, &clerk] {
        assert!(matches!(ops::open(other, id).await, Err(Error::NotFound)));
        assert!(matches!(ops::mark_read(other, id).await, Err(Error::NotFound)));
        assert_eq!(ops::mark_all_read(other).await.expect("own ones"), 1);
        assert_eq!(ops::mark_all_read(other).await.expect("twice"), 0);
    }
    assert_eq!(ops::unread(&li).await.expect("counted"), 1);
    for _ in 0..2 {
        ops::mark_read(&li, id).await.expect("read");
    }
    assert_eq!(ops::unread(&li).await.expect("counted"), 0);
    assert!(only(&li).await.notice.read);
    assert!(matches!(ops::list(&p.system(), Search::default()).await, Err(Error::Denied(_))));
});

::store::db_test!(many_notices_come_in_pages_newest_first_by_the_same_three_queries, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    for n in 0..45 {
        p.set_now(p.now().plus_secs(1));
        let topic = if n % 3 == 0 { Topic::Booking } else { Topic::Decision };
        tell_it(&p, Notice::new(To::Person(li.person()), topic, format!("n{n}"), Text::same(format!("{n}")), Text::same("…"))).await;
    }
    let ctx = as_citizen(&p, &li);
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let found = ops::list(&ctx, Search { before, ..Search::default() }).await.expect("listed");
        assert_eq!(found.counts, [(Topic::Booking, 15), (Topic::Decision, 30)]);
        seen.extend(found.notices.into_iter().map(|notice| notice.words.title.zh.into_owned()));
        before = found.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..45).rev().map(|n| n.to_string()).collect::<Vec<_>>());
    let bookings = ops::list(&ctx, Search { topic: Some(Topic::Booking), unread: true, before: None }).await.expect("listed");
    assert_eq!((bookings.notices.len(), bookings.next, bookings.unread), (15, None, 45));
});

::store::db_test!(notices_are_kept_for_the_time_of_their_topic, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    tell_it(&p, notice(To::Person(li.person()), Topic::Security, "short")).await;
    tell_it(&p, notice(To::Person(li.person()), Topic::Decision, "long")).await;
    p.set_now(p.now().plus_days(Topic::Security.facts().days + 1));
    jobs::prune(&p.system()).await.expect("pruned");
    assert_eq!(only(&as_citizen(&p, &li)).await.notice.topic, Topic::Decision);
});

::store::db_test!(what_is_told_later_is_told_once, |db| async move {
    let p = platform(db);
    let li = citizen(&p, 2).await;
    let (ctx, notice) = (p.system(), notice(To::Account(li.account), Topic::Security, "relayed"));
    p.db()
        .write(|tx| {
            let (ctx, notice) = (ctx.clone(), notice.clone());
            async move { tell_later(&tx, &ctx, notice).await }
        })
        .await
        .expect("put");
    drain(&p).await;
    drain(&p).await;
    assert_eq!(p.post.messages().len(), 1);
    only(&as_citizen(&p, &li)).await;
});
