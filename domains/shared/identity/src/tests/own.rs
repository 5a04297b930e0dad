use platform::testing::{TestPlatform, platform, regions};
use platform::{Actor, Error, RequestMeta, Role};
use store::db_test;

use super::{digits, last_text, sent};
use crate::ops::{self, AddStaff, Added, ChangePassword, ConfirmSignUp, ContactKind, SignIn, SignUp, StaffSignIn, ViewChoice, change_password};
use crate::session::{self, Started};
use crate::testing;

const FIRST: &str = "Correct-Horse-1";
const PHONE: &str = "13812345678";
const MAIL: &str = "li@example.cn";

fn code_of<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("refused").issues()[0].code.to_string()
}

async fn add(site: &TestPlatform) -> Added {
    regions(site).await.expect("the test world");
    let ctx = site.system();
    let region = "990102".parse().expect("written here");
    testing::organisation(&ctx, region).await;
    let org = kernel::Uscc::new("11", region, "YY999010").expect("a test code").to_string();
    let input = AddStaff { username: "li.dengji".into(), name: "李登记".into(), org, password: FIRST.into(), grants: vec![crate::NewGrant::new(Role::Clerk, region)], admin: false };
    ops::add_staff(&ctx, input).await.expect("added")
}

/// Signs in with the second factor of the next half minute, since a code serves once.
async fn signs_in(site: &TestPlatform, added: &Added, password: &str) -> Result<Started, Error> {
    site.set_now(site.now().plus_secs(30));
    let totp = testing::totp_code(&added.enrolment, site.now());
    ops::staff_sign_in(&site.as_actor(Actor::Anonymous), StaffSignIn { username: "li.dengji".into(), password: password.into(), totp }).await
}

async fn found(site: &TestPlatform, started: &Started) -> Option<session::Found> {
    session::find(&site.as_actor(Actor::Anonymous), &started.token).await.expect("read")
}

async fn changes(site: &TestPlatform, started: &Started, current: &str, password: &str) -> Result<(), Error> {
    let actor = found(site, started).await.expect("signed in").actor;
    change_password(&site.as_actor(actor), ChangePassword { current: current.into(), password: password.into(), session: started.token.clone() }).await
}

db_test!(the_last_five_passwords_are_not_used_again, |db| async move {
    let site = platform(db);
    let added = add(&site).await;
    let here = signs_in(&site, &added, FIRST).await.expect("signed in");
    let there = signs_in(&site, &added, FIRST).await.expect("signed in");
    assert_eq!(code_of(changes(&site, &here, FIRST, "short").await), "E-ID13");
    assert_eq!(code_of(changes(&site, &here, FIRST, FIRST).await), "E-ID45");
    let mut current = FIRST.to_owned();
    for turn in 2..=6 {
        let next = format!("Correct-Horse-{turn}");
        changes(&site, &here, &current, &next).await.expect("changed");
        site.set_now(site.now().plus_secs(1));
        if turn < 6 {
            assert_eq!(code_of(changes(&site, &here, &next, FIRST).await), "E-ID45", "one of the last five");
        }
        current = next;
    }
    changes(&site, &here, &current, FIRST).await.expect("five others came between");
    assert!(found(&site, &there).await.is_none(), "the other session has ended");
    assert!(found(&site, &here).await.is_some());
});

db_test!(a_wrong_present_password_counts_towards_the_lock, |db| async move {
    let site = platform(db);
    let added = add(&site).await;
    let here = signs_in(&site, &added, FIRST).await.expect("signed in");
    for _ in 0..4 {
        assert_eq!(code_of(changes(&site, &here, "a guess", "Correct-Horse-2").await), "E-ID44");
    }
    assert_eq!(code_of(changes(&site, &here, "a guess", "Correct-Horse-2").await), "E-P803");
    assert_eq!(code_of(changes(&site, &here, FIRST, "Correct-Horse-2").await), "E-P803", "the right one does not help now");
});

db_test!(after_ninety_days_nothing_goes_on_but_a_new_password, |db| async move {
    let site = platform(db);
    let added = add(&site).await;
    let start = site.now();
    site.set_now(start.plus_days(90).plus_secs(-61));
    let before = signs_in(&site, &added, FIRST).await.expect("signed in");
    let seen = found(&site, &before).await.expect("on");
    assert!(!seen.must_change && !seen.actor.grants().is_empty(), "the last minute");
    site.set_now(start.plus_days(90));
    let seen = found(&site, &before).await.expect("on");
    assert!(seen.must_change && seen.actor.grants().is_empty(), "he holds nothing, with no job run");
    changes(&site, &before, FIRST, "Correct-Horse-2").await.expect("changed");
    assert!(!found(&site, &before).await.expect("on").must_change);
});

db_test!(a_password_that_was_given_serves_for_one_sign_in, |db| async move {
    let site = platform(db);
    let added = add(&site).await;
    let old = signs_in(&site, &added, FIRST).await.expect("signed in");
    let admin = site.as_actor(Actor::Staff(testing::staff(&site, "990000", &[Role::SecurityAdmin]).await));
    let given = ops::give_password(&admin, added.id).await.expect("given");
    assert!(found(&site, &old).await.is_none(), "sessions end");
    assert_eq!(code_of(signs_in(&site, &added, FIRST).await), "E-ID16");
    let fresh = signs_in(&site, &added, &given).await.expect("signed in");
    assert!(found(&site, &fresh).await.expect("on").must_change);
    assert_eq!(code_of(changes(&site, &fresh, &given, &given).await), "E-ID45", "it is not kept");
    changes(&site, &fresh, &given, "Correct-Horse-2").await.expect("changed");
    let seen = found(&site, &fresh).await.expect("on");
    assert!(!seen.must_change && !seen.actor.grants().is_empty());
    ops::end_sessions(&admin, added.id).await.expect("ended");
    assert!(found(&site, &fresh).await.is_none());
    let own = site.as_actor(Actor::Staff(testing::staff(&site, "990102", &[Role::Clerk]).await));
    assert_eq!(code_of(ops::give_password(&own, added.id).await), "E-P805");
});

/// A citizen with an account, signed in.
async fn li(site: &TestPlatform) -> Started {
    let ctx = site.as_actor(Actor::Anonymous);
    ops::request_sign_up(&ctx, SignUp { contact: PHONE.into(), password: "correct horse".into() }).await.expect("asked");
    let code = digits(&last_text(site, PHONE).await);
    ops::confirm_sign_up(&ctx, ConfirmSignUp { contact: PHONE.into(), code }).await.expect("signed up")
}

async fn acts(site: &TestPlatform, started: &Started) -> platform::Ctx {
    site.as_actor(found(site, started).await.expect("signed in").actor)
}

db_test!(a_citizen_changes_the_password_and_is_told, |db| async move {
    let site = platform(db);
    let here = li(&site).await;
    let there = ops::sign_in(&site.as_actor(Actor::Anonymous), SignIn { contact: PHONE.into(), password: "correct horse".into() }).await.expect("signed in");
    assert_eq!(code_of(changes(&site, &here, "correct horse", "correct horse").await), "E-ID45");
    assert_eq!(code_of(changes(&site, &here, "correct horse", "my 13812345678").await), "E-ID15");
    changes(&site, &here, "correct horse", "another horse").await.expect("changed");
    assert!(last_text(&site, PHONE).await.contains("密码刚刚修改"));
    assert!(found(&site, &there).await.is_none(), "the other session has ended");
    assert!(found(&site, &here).await.is_some());
});

db_test!(a_second_contact_is_added_by_a_code_and_the_last_one_stays, |db| async move {
    let site = platform(db);
    let here = li(&site).await;
    let ctx = acts(&site, &here).await;
    assert_eq!(code_of(ops::remove_contact(&ctx, ContactKind::Phone).await), "E-ID48");
    assert_eq!(code_of(ops::request_contact(&ctx, PHONE).await), "E-ID47");
    ops::request_contact(&ctx, MAIL).await.expect("asked");
    let code = digits(&last_text(&site, MAIL).await);
    assert_eq!(code_of(ops::confirm_contact(&ctx, MAIL, "000000x").await), "E-ID17");
    ops::confirm_contact(&ctx, MAIL, &code).await.expect("added");
    assert!(last_text(&site, PHONE).await.contains("联系方式已改"), "the old one is told");
    let by_mail = SignIn { contact: MAIL.into(), password: "correct horse".into() };
    ops::sign_in(&site.as_actor(Actor::Anonymous), by_mail).await.expect("signs in by it");
    ops::remove_contact(&ctx, ContactKind::Phone).await.expect("the other one stays");
    assert!(last_text(&site, PHONE).await.contains("已从您的账号中移除"), "for the last time");
    assert_eq!(ops::own_contacts(&ctx).await.expect("read").phone, None);
    assert_eq!(code_of(ops::remove_contact(&ctx, ContactKind::Email).await), "E-ID48");
});

db_test!(nobody_learns_whose_a_number_is_by_adding_it, |db| async move {
    let site = platform(db);
    let here = li(&site).await;
    let other = testing::citizen(&site, 1).await;
    let ctx = acts(&site, &here).await;
    let free = ops::request_contact(&ctx, "13900001111").await.expect("asked");
    let taken = ops::request_contact(&ctx, &other.phone).await.expect("asked just the same");
    assert_eq!(free.minutes, taken.minutes);
    let told = last_text(&site, &other.phone).await;
    assert!(told.contains("没有成功") && !told.contains("验证码"), "{told}");
    assert_eq!(code_of(ops::confirm_contact(&ctx, &other.phone, "123456").await), "E-ID17");
    // A code that was sent for one account is worth nothing for another.
    ops::request_contact(&ctx, "13900002222").await.expect("asked");
    let code = digits(&last_text(&site, "13900002222").await);
    let stranger = site.as_actor(testing::citizen(&site, 1).await.actor());
    assert_eq!(code_of(ops::confirm_contact(&stranger, "13900002222", &code).await), "E-ID17");
});

db_test!(p11_2_how_the_pages_look_is_kept_with_the_account, |db| async move {
    let site = platform(db);
    let here = li(&site).await;
    let ctx = acts(&site, &here).await;
    assert_eq!(ops::view_choice(&ctx).await.expect("read"), ViewChoice::default());
    ops::choose_view(&ctx, ViewChoice { mode: Some("large".into()), ..ViewChoice::default() }).await.expect("kept");
    ops::choose_view(&ctx, ViewChoice { lang: Some(kernel::Lang::En), ..ViewChoice::default() }).await.expect("kept");
    let expected = ViewChoice { lang: Some(kernel::Lang::En), mode: Some("large".into()), contrast: None };
    assert_eq!(ops::view_choice(&ctx).await.expect("read"), expected);
    assert_eq!(ops::own_contacts(&ctx).await.expect("read").lang, kernel::Lang::En, "messages follow");
    ops::choose_view(&site.as_actor(Actor::Anonymous), expected).await.expect("nothing is kept of a visitor");
});

db_test!(a_sign_in_from_a_network_never_used_before_is_told, |db| async move {
    let site = platform(db);
    li(&site).await;
    let before = sent(&site).await;
    let from = |ip: &str| {
        let meta = RequestMeta { ip: Some(ip.parse().expect("an address")), ..site.as_actor(Actor::Anonymous).meta().clone() };
        let ctx = site.ctx(Actor::Anonymous, meta);
        async move { ops::sign_in(&ctx, SignIn { contact: PHONE.into(), password: "correct horse".into() }).await.expect("signed in") }
    };
    from("192.0.2.7").await;
    from("192.0.2.99").await;
    assert_eq!(sent(&site).await, before, "the first place, and the same again");
    from("203.0.113.5").await;
    assert!(last_text(&site, PHONE).await.contains("以前没有用过的网络登录"));
    assert_eq!(sent(&site).await, before + 1);
    from("203.0.113.5").await;
    assert_eq!(sent(&site).await, before + 1, "it is known now");
});
