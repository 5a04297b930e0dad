use kernel::{Day, IdType, Sex};
use platform::testing::{TestPlatform, platform};
use platform::{Actor, Ctx, Error, Role};
use store::db_test;

use super::{digits, last_text, sent};
use crate::ops::{
    ConfirmSignUp, NewPassword, RealName, SignIn, SignUp, Vouch, confirm_reset, confirm_sign_up, my_data, real_name, request_reset,
    request_sign_up, require_level, sign_in, vouch,
};
use crate::{NoVerifier, TestWorldVerifier, persons, session, testing};

const PHONE: &str = "138 1234 5678";
const PASSWORD: &str = "correct horse";

async fn sign_up(site: &TestPlatform, contact: &str) -> session::Started {
    let ctx = site.as_actor(Actor::Anonymous);
    let input = SignUp { contact: contact.into(), password: PASSWORD.into() };
    request_sign_up(&ctx, input).await.expect("a code is sent");
    let code = digits(&last_text(site, contact).await);
    confirm_sign_up(&ctx, ConfirmSignUp { contact: contact.into(), code }).await.expect("signed up")
}

async fn acting(site: &TestPlatform, started: &session::Started) -> Ctx {
    let ctx = site.as_actor(Actor::Anonymous);
    let found = session::find(&ctx, &started.token).await.expect("read").expect("a session");
    site.as_actor(found.actor)
}

fn try_sign_in(contact: &str, password: &str) -> SignIn {
    SignIn { contact: contact.into(), password: password.into() }
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("refused").issues()[0].code.to_string()
}

fn shown(name: &str, number: &str) -> RealName {
    RealName { name: name.into(), id_type: IdType::RESIDENT.to_string(), number: number.into() }
}

db_test!(signs_up_with_a_code_and_in_with_the_password, |db| async move {
    let site = platform(db);
    for contact in [PHONE, "wang@example.cn"] {
        let started = sign_up(&site, contact).await;
        let ctx = acting(&site, &started).await;
        assert_eq!(ctx.actor().citizen().expect("a citizen").level, 1);
        let ctx = site.as_actor(Actor::Anonymous);
        assert_eq!(code_of(sign_in(&ctx, try_sign_in(contact, "wrong horse")).await), "E-ID16");
        sign_in(&ctx, try_sign_in(contact, PASSWORD)).await.expect("signed in");
        session::end(&ctx, &started.token).await.expect("signed out");
        assert!(session::find(&ctx, &started.token).await.expect("read").is_none());
    }
});

db_test!(sign_up_and_reset_never_tell_that_a_number_is_known, |db| async move {
    let site = platform(db);
    let ctx = site.as_actor(Actor::Anonymous);
    sign_up(&site, PHONE).await;
    let again = SignUp { contact: PHONE.into(), password: "another one".into() };
    let known = request_sign_up(&ctx, again.clone()).await.expect("looks the same");
    assert!(last_text(&site, PHONE).await.contains("已有账号"));
    let unknown = request_sign_up(&ctx, SignUp { contact: "13912345678".into(), ..again }).await.expect("looks the same");
    assert_eq!((known.to.len(), known.minutes), (unknown.to.len(), unknown.minutes));
    let before = sent(&site).await;
    let of_known = request_reset(&ctx, PHONE).await.expect("looks the same");
    assert_eq!(sent(&site).await, before + 1);
    let of_unknown = request_reset(&ctx, "13712345678").await.expect("looks the same");
    assert_eq!(sent(&site).await, before + 1, "nobody is there to be told");
    assert_eq!(of_known.to.len(), of_unknown.to.len());
    let wrong = |contact: &str| ConfirmSignUp { contact: contact.into(), code: "000000".into() };
    assert_eq!(code_of(confirm_sign_up(&ctx, wrong(PHONE)).await), code_of(confirm_sign_up(&ctx, wrong("13612345678")).await));
});

db_test!(a_code_serves_once_for_ten_minutes_and_five_tries, |db| async move {
    let site = platform(db);
    let ctx = site.as_actor(Actor::Anonymous);
    let ask = || request_sign_up(&ctx, SignUp { contact: PHONE.into(), password: PASSWORD.into() });
    let confirm = |ctx: Ctx, code: String| async move { confirm_sign_up(&ctx, ConfirmSignUp { contact: PHONE.into(), code }).await };
    ask().await.expect("sent");
    let code = digits(&last_text(&site, PHONE).await);
    for _ in 0..5 {
        assert_eq!(code_of(confirm(ctx.clone(), "abc".into()).await), "E-ID17");
    }
    assert_eq!(code_of(confirm(ctx.clone(), code).await), "E-ID17", "guessed too often");
    ask().await.expect("sent");
    let code = digits(&last_text(&site, PHONE).await);
    site.set_now(site.now().plus_minutes(10));
    assert_eq!(code_of(confirm(site.as_actor(Actor::Anonymous), code).await), "E-ID17", "too late");
    let ctx = site.as_actor(Actor::Anonymous);
    request_sign_up(&ctx, SignUp { contact: PHONE.into(), password: PASSWORD.into() }).await.expect("sent");
    let code = digits(&last_text(&site, PHONE).await);
    confirm(ctx.clone(), code.clone()).await.expect("right and in time");
    assert_eq!(code_of(confirm(ctx, code).await), "E-ID17", "used");
});

db_test!(codes_are_not_sent_without_end, |db| async move {
    let site = platform(db);
    let ctx = site.as_actor(Actor::Anonymous);
    for _ in 0..5 {
        request_reset(&ctx, "13712345678").await.expect("within the limit");
    }
    let refused = request_reset(&ctx, "13712345678").await.expect_err("the sixth");
    assert!(matches!(refused, Error::TooMany { wait_secs: 3600, .. }), "{refused:?}");
});

db_test!(five_wrong_passwords_lock_for_fifteen_minutes, |db| async move {
    let site = platform(db);
    sign_up(&site, PHONE).await;
    for contact in [PHONE, "13912345678"] {
        let ctx = site.as_actor(Actor::Anonymous);
        for attempt in 1..=4 {
            assert_eq!(code_of(sign_in(&ctx, try_sign_in(contact, "wrong")).await), "E-ID16", "{attempt}");
        }
        let fifth = sign_in(&ctx, try_sign_in(contact, "wrong")).await.expect_err("the fifth");
        assert!(fifth.has_code("E-P803") && fifth.issues()[0].params["m"] == "15", "{fifth:?}");
        assert_eq!(code_of(sign_in(&ctx, try_sign_in(contact, PASSWORD)).await), "E-P803", "even with the right one");
    }
    site.set_now(site.now().plus_minutes(15));
    sign_in(&site.as_actor(Actor::Anonymous), try_sign_in(PHONE, PASSWORD)).await.expect("after a quarter of an hour");
});

db_test!(a_reset_ends_every_session, |db| async move {
    let site = platform(db);
    let started = sign_up(&site, PHONE).await;
    let ctx = site.as_actor(Actor::Anonymous);
    request_reset(&ctx, PHONE).await.expect("sent");
    let code = digits(&last_text(&site, PHONE).await);
    let new = |password: &str, code: &str| NewPassword { contact: PHONE.into(), code: code.into(), password: password.into() };
    assert_eq!(code_of(confirm_reset(&ctx, new("short", &code)).await), "E-ID13");
    confirm_reset(&ctx, new("a new password", &code)).await.expect("set");
    assert!(session::find(&ctx, &started.token).await.expect("read").is_none());
    assert_eq!(code_of(sign_in(&ctx, try_sign_in(PHONE, PASSWORD)).await), "E-ID16");
    sign_in(&ctx, try_sign_in(PHONE, "a new password")).await.expect("with the new one");
});

db_test!(sessions_end_by_idleness_and_by_the_clock, |db| async move {
    let site = platform(db);
    let started = sign_up(&site, PHONE).await;
    let alive = async |site: &TestPlatform| session::find(&site.as_actor(Actor::Anonymous), &started.token).await.expect("read").is_some();
    let begun = site.now();
    site.set_now(begun.plus_minutes(29).plus_secs(59));
    assert!(alive(&site).await);
    for half_hours in 2..=24 {
        site.set_now(begun.plus_minutes(29 * half_hours));
        assert!(alive(&site).await, "{half_hours}");
    }
    site.set_now(begun.plus_hours(12).plus_secs(-1));
    assert!(alive(&site).await);
    site.set_now(begun.plus_hours(12));
    assert!(!alive(&site).await, "twelve hours, though in use and though no job has run");

    let again = session::start(&site.system(), session::Subject::Account(testing::citizen(&site, 1).await.account)).await.expect("started");
    site.set_now(site.now().plus_minutes(30));
    assert!(session::find(&site.as_actor(Actor::Anonymous), &again.token).await.expect("read").is_none(), "idle for half an hour");
});

db_test!(reading_a_session_writes_at_most_once_a_minute, |db| async move {
    let site = platform(db.clone());
    let started = sign_up(&site, PHONE).await;
    let seen = async || {
        let (seen,): (i64,) = store::q("SELECT last_seen FROM session").one(&db).await.expect("one session");
        kernel::Instant::from_micros(seen)
    };
    let begun = site.now();
    site.set_now(begun.plus_secs(59));
    session::find(&site.as_actor(Actor::Anonymous), &started.token).await.expect("read");
    assert_eq!(seen().await, begun);
    site.set_now(begun.plus_secs(60));
    session::find(&site.as_actor(Actor::Anonymous), &started.token).await.expect("read");
    assert_eq!(seen().await, begun.plus_secs(60));
});

db_test!(c_15_and_c_16_names_and_numbers_never_stand_in_clear, |db| async move {
    let site = platform(db.clone());
    let li = testing::citizen(&site, 2).await;
    let (name, number): (Vec<u8>, Vec<u8>) =
        store::q("SELECT p.name, i.number FROM person p JOIN person_identifier i ON i.person_id = p.id").one(&db).await.expect("one person");
    let (phone,): (Vec<u8>,) = store::q("SELECT phone FROM account").one(&db).await.expect("one account");
    for (sealed, plain) in [(name, &li.name), (number, &li.number), (phone, &li.phone)] {
        assert!(!sealed.windows(4).any(|part| plain.as_bytes().windows(4).any(|own| own == part)));
    }
    let view = persons::load(&site.system(), li.person()).await.expect("opened");
    assert_eq!((view.name.as_str(), view.documents[0].2.as_str()), (li.name.as_str(), li.number.as_str()));
});

db_test!(the_real_name_step_binds_a_person_at_level_2, |db| async move {
    let site = platform(db);
    let started = sign_up(&site, PHONE).await;
    let ctx = acting(&site, &started).await;
    assert_eq!(code_of(require_level(&ctx, 2)), "E-P802");
    let input = shown("王小明", "９９０１０１ 20040520 0017");
    assert_eq!(code_of(real_name(&ctx, &NoVerifier, input.clone()).await), "E-ID22", "not answered is no confirmation");
    let wrong = shown(TestWorldVerifier::WRONG_NAME, &input.number);
    assert_eq!(code_of(real_name(&ctx, &TestWorldVerifier, wrong).await), "C-E08");
    let both = real_name(&ctx, &TestWorldVerifier, shown("", "990101200405200018")).await.expect_err("both are wrong");
    assert!(both.has_code("E-ID12") && both.has_code("C-E01"));
    real_name(&ctx, &TestWorldVerifier, input.clone()).await.expect("bound");
    let ctx = acting(&site, &started).await;
    let person = require_level(&ctx, 2).expect("level 2");
    assert_eq!(code_of(require_level(&ctx, 3)), "E-P802");
    let view = persons::load(&ctx, person).await.expect("the person");
    assert_eq!((view.sex, view.birth), (Some(Sex::Male), Some(Day::ymd(2004, 5, 20))));
    assert_eq!(code_of(real_name(&ctx, &TestWorldVerifier, input).await), "E-ID23");
});

db_test!(a_number_bound_elsewhere_opens_a_dispute_that_a_clerk_settles, |db| async move {
    let site = platform(db);
    let first = testing::citizen(&site, 2).await;
    let started = sign_up(&site, PHONE).await;
    let ctx = acting(&site, &started).await;
    let refused = real_name(&ctx, &TestWorldVerifier, shown(&first.name, &first.number)).await.expect_err("bound already");
    assert!(refused.has_code("E-ID21") && !format!("{refused:?}").contains(&first.phone));
    let again = real_name(&ctx, &TestWorldVerifier, shown("张别名", &first.number)).await.expect_err("another name");
    assert!(again.has_code("E-ID21"), "the answer does not tell the two apart");
    assert_eq!(crate::store::account::open_disputes(site.db(), first.person()).await.expect("counted"), 1);

    let clerk = testing::staff(&site, "990102", &[Role::Clerk]).await;
    let at_counter = site.as_actor(Actor::Staff(clerk));
    let input = Vouch { contact: PHONE.into(), shown: shown(&first.name, &first.number) };
    assert_eq!(vouch(&at_counter, input).await.expect("settled"), first.person());
    assert_eq!(require_level(&acting(&site, &started).await, 3).expect("level 3"), first.person());
    assert_eq!(crate::store::account::open_disputes(site.db(), first.person()).await.expect("counted"), 0);
    let other = my_data(&site.as_actor(first.actor()), None).await.expect("his account");
    assert_eq!((other.level, other.person), (1, None));
});

db_test!(only_a_clerk_vouches_at_the_counter, |db| async move {
    let site = platform(db);
    let input = Vouch { contact: PHONE.into(), shown: shown("王小明", "990101200405200017") };
    let citizen = testing::citizen(&site, 2).await;
    assert!(matches!(vouch(&site.as_actor(citizen.actor()), input.clone()).await, Err(Error::SignIn)));
    let auditor = testing::staff(&site, "990102", &[Role::AuditAdmin]).await;
    assert_eq!(code_of(vouch(&site.as_actor(Actor::Staff(auditor)), input.clone()).await), "E-P805");
    let clerk = testing::staff(&site, "990102", &[Role::Clerk]).await;
    assert_eq!(code_of(vouch(&site.as_actor(Actor::Staff(clerk)), input).await), "E-ID24");
});

db_test!(the_same_number_is_the_same_person_and_another_name_is_refused, |db| async move {
    let site = platform(db);
    let ctx = site.system();
    let li = testing::citizen(&site, 2).await;
    let ensure = async |name: &str| {
        let draft = persons::PersonDraft::new(&ctx, name, &li.id_number().into(), "CHN", None).expect("in form");
        ctx.db()
            .write(|tx| {
                let (ctx, draft) = (ctx.clone(), draft.clone());
                async move { persons::ensure(&tx, &ctx, &draft).await }
            })
            .await
    };
    assert_eq!(ensure(&li.name).await.expect("known"), li.person());
    assert_eq!(code_of(ensure("别的名").await), "E-ID25");
    assert_eq!(persons::by_name(ctx.db(), ctx.keys(), &li.name).await.expect("found"), [li.person()]);
});

db_test!(my_data_show_who_looked_and_nothing_of_others, |db| async move {
    let site = platform(db);
    let (him, her) = testing::couple(&site, 2).await;
    let clerk = testing::staff(&site, "990102", &[Role::Registrar]).await;
    site.set_now(site.now().plus_minutes(1));
    let at_desk = site.as_actor(Actor::Staff(clerk.clone()));
    persons::reveal(&at_desk, him.person(), "核对结婚登记申请").await.expect("read");
    site.set_now(site.now().plus_minutes(1));
    let data = my_data(&site.as_actor(him.actor()), None).await.expect("his data");
    let look = data.looks.first().expect("the newest");
    assert_eq!((look.action.as_str(), look.name.as_deref()), ("person.reveal", Some(clerk.name.as_str())));
    assert_eq!(look.reason.as_deref(), Some("核对结婚登记申请"));
    let hers = my_data(&site.as_actor(her.actor()), None).await.expect("her data");
    assert!(hers.looks.iter().all(|look| look.action != "person.reveal"));
    assert!(matches!(my_data(&site.as_actor(Actor::Anonymous), None).await, Err(Error::SignIn)));
});

db_test!(what_is_over_is_swept_and_counts_as_over_without_it, |db| async move {
    let site = platform(db.clone());
    sign_up(&site, PHONE).await;
    request_reset(&site.as_actor(Actor::Anonymous), PHONE).await.expect("sent");
    site.set_now(site.now().plus_days(2));
    let service = crate::service();
    (service.jobs[0].run)(site.system()).await.expect("swept");
    let (left,): (i64,) = store::q("SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM one_time_code) + (SELECT COUNT(*) FROM guard)")
        .one(&db)
        .await
        .expect("counted");
    assert_eq!(left, 0);
});
