use platform::testing::{TestPlatform, platform, regions, with_settings};
use platform::{Actor, Error, Role, Settings};
use store::db_test;

use crate::ops::{AddStaff, Added, StaffSignIn, add_staff, grant, list_staff, reset_totp, revoke_grant, staff_sign_in, suspend};
use crate::{NewGrant, session, testing};

const PASSWORD: &str = "Correct-Horse-1";

fn code_of<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("refused").issues()[0].code.to_string()
}

fn region(code: &str) -> kernel::RegionCode {
    code.parse().expect("written here")
}

async fn add(site: &TestPlatform, username: &str, grants: Vec<NewGrant>) -> Result<Added, Error> {
    regions(site).await.expect("the test world");
    let ctx = site.system();
    testing::organisation(&ctx, region("990102")).await;
    let org = kernel::Uscc::new("11", region("990102"), "YY999010").expect("a test code").to_string();
    add_staff(&ctx, AddStaff { username: username.into(), name: "李登记".into(), org, password: PASSWORD.into(), grants, admin: false }).await
}

fn typed(totp: &str) -> StaffSignIn {
    StaffSignIn { username: " Li.Dengji ".into(), password: PASSWORD.into(), totp: totp.into() }
}

db_test!(staff_need_a_second_factor_and_a_code_serves_once, |db| async move {
    let site = platform(db);
    let added = add(&site, "li.dengji", vec![NewGrant::new(Role::Registrar, region("990102"))]).await.expect("added");
    let ctx = site.as_actor(Actor::Anonymous);
    assert_eq!(code_of(staff_sign_in(&ctx, typed("")).await), "E-P801");
    assert_eq!(code_of(staff_sign_in(&ctx, typed("000000")).await), "E-P801");
    let code = testing::totp_code(&added.enrolment, site.now());
    let started = staff_sign_in(&ctx, typed(&code)).await.expect("signed in");
    assert_eq!(code_of(staff_sign_in(&ctx, typed(&code)).await), "E-P801", "the same code again");
    let found = session::find(&ctx, &started.token).await.expect("read").expect("a session");
    let Actor::Staff(staff) = found.actor else { panic!("not staff") };
    assert_eq!((staff.name.as_str(), staff.grants[0].role), ("李登记", Role::Registrar));
    site.set_now(site.now().plus_minutes(15));
    assert!(session::find(&site.as_actor(Actor::Anonymous), &started.token).await.expect("read").is_none(), "idle for a quarter of an hour");
});

db_test!(only_a_demonstration_does_without_the_second_factor, |db| async move {
    let site = with_settings(db, Settings { demo: true, ..Settings::default() });
    add(&site, "li.dengji", vec![]).await.expect("added");
    staff_sign_in(&site.as_actor(Actor::Anonymous), typed("")).await.expect("signed in");
});

db_test!(wrong_second_factors_lock_the_account_too, |db| async move {
    let site = platform(db);
    add(&site, "li.dengji", vec![]).await.expect("added");
    let ctx = site.as_actor(Actor::Anonymous);
    for _ in 0..4 {
        assert_eq!(code_of(staff_sign_in(&ctx, typed("000000")).await), "E-P801");
    }
    assert_eq!(code_of(staff_sign_in(&ctx, typed("000000")).await), "E-P803");
});

db_test!(conflicting_roles_are_refused, |db| async move {
    let site = platform(db);
    let clerk = NewGrant::new(Role::Clerk, region("990102"));
    let approver = NewGrant::new(Role::Approver, region("990102"));
    assert_eq!(code_of(add(&site, "li.dengji", vec![clerk.clone(), approver.clone()]).await), "E-P806");
    let li = add(&site, "li.dengji", vec![clerk]).await.expect("added").id;
    let admin = testing::staff(&site, "990000", &[Role::SecurityAdmin]).await;
    let ctx = site.as_actor(Actor::Staff(admin));
    assert_eq!(code_of(grant(&ctx, li, approver.clone()).await), "E-P806");
    let held = list_staff(&ctx, "li.dengjh").await.expect("listed")[0].grants[0].id;
    revoke_grant(&ctx, li, held).await.expect("revoked");
    grant(&ctx, li, approver).await.expect("now it may be");
    assert!(matches!(revoke_grant(&ctx, li, held).await, Err(Error::NotFound)));
});

db_test!(a_security_administrator_stays_in_his_region, |db| async move {
    let site = platform(db);
    let li = add(&site, "li.dengji", vec![]).await.expect("added").id;
    let elsewhere = testing::staff(&site, "990200", &[Role::SecurityAdmin]).await;
    let ctx = site.as_actor(Actor::Staff(elsewhere.clone()));
    assert_eq!(code_of(suspend(&ctx, li, true).await), "E-P805");
    assert!(list_staff(&ctx, "").await.expect("listed").iter().all(|staff| staff.id != li));
    assert_eq!(code_of(suspend(&ctx, elsewhere.id, true).await), "E-ID36", "nobody administers himself");
    let clerk = testing::staff(&site, "990102", &[Role::Clerk]).await;
    assert_eq!(code_of(list_staff(&site.as_actor(Actor::Staff(clerk)), "").await), "E-P805");
});

db_test!(suspension_and_a_new_second_factor_end_sessions_at_once, |db| async move {
    let site = platform(db);
    let added = add(&site, "li.dengji", vec![]).await.expect("added");
    let admin = site.as_actor(Actor::Staff(testing::staff(&site, "990000", &[Role::SecurityAdmin]).await));
    let ctx = site.as_actor(Actor::Anonymous);
    let started = staff_sign_in(&ctx, typed(&testing::totp_code(&added.enrolment, site.now()))).await.expect("signed in");
    suspend(&admin, added.id, true).await.expect("suspended");
    assert!(session::find(&ctx, &started.token).await.expect("read").is_none());
    site.set_now(site.now().plus_minutes(2));
    let ctx = site.as_actor(Actor::Anonymous);
    assert_eq!(code_of(staff_sign_in(&ctx, typed(&testing::totp_code(&added.enrolment, site.now()))).await), "E-ID16");
    suspend(&admin, added.id, false).await.expect("let in again");
    let fresh = reset_totp(&admin, added.id).await.expect("a new factor");
    assert_eq!(code_of(staff_sign_in(&ctx, typed(&testing::totp_code(&added.enrolment, site.now()))).await), "E-P801", "the old one");
    staff_sign_in(&ctx, typed(&testing::totp_code(&fresh, site.now()))).await.expect("the new one");
});

db_test!(staff_are_added_with_every_mistake_told_at_once, |db| async move {
    let site = platform(db);
    regions(&site).await.expect("the test world");
    let input = AddStaff {
        username: "李".into(),
        name: String::new(),
        org: "nowhere".into(),
        password: "short".into(),
        grants: vec![],
        admin: false,
    };
    let refused = add_staff(&site.system(), input).await.expect_err("all wrong");
    for code in ["E-ID31", "E-ID12", "E-ID13", "E-ID33"] {
        assert!(refused.has_code(code), "{code}");
    }
    add(&site, "li.dengji", vec![]).await.expect("added");
    assert_eq!(code_of(add(&site, "li.dengji", vec![]).await), "E-ID32");
});
