use platform::testing::platform;
use platform::{Actor, Role, Scope};
use store::db_test;

use crate::tokens::{self, NewToken};
use crate::testing;

fn region(code: &str) -> kernel::RegionCode {
    code.parse().expect("written here")
}

db_test!(a_bearer_token_is_bounded_by_region_and_item_and_ends, |db| async move {
    let site = platform(db.clone());
    let admin = site.as_actor(Actor::Staff(testing::staff(&site, "990100", &[Role::SecurityAdmin]).await));
    let new = NewToken {
        name: "市一网通办".into(),
        roles: vec![Role::Clerk],
        region: region("990100"),
        org: None,
        items: vec!["000711001001".into()],
        days: 30,
    };
    let outside = NewToken { region: region("990200"), ..new.clone() };
    assert!(tokens::issue(&admin, outside).await.expect_err("another city").has_code("E-P805"));
    let registrar = NewToken { roles: vec![Role::Registrar], ..new.clone() };
    assert!(tokens::issue(&admin, registrar).await.expect_err("no program registers").has_code("E-ID41"));
    let issued = tokens::issue(&admin, new).await.expect("issued");

    let (stored,): (Vec<u8>,) = store::q("SELECT token_hash FROM api_token").one(&db).await.expect("one token");
    assert_ne!(stored, issued.secret.as_bytes());

    let nobody = site.as_actor(Actor::Anonymous);
    let program = tokens::find(&nobody, &issued.secret).await.expect("read").expect("in force");
    let ctx = site.as_actor(program);
    let item = |code: &str| Scope::region(region("990102")).item(code);
    ctx.require(&[Role::Clerk], &item("000711001001")).await.expect("its item, below its region");
    assert!(ctx.require(&[Role::Clerk], &item("000711001003")).await.is_err(), "another item");
    assert!(ctx.require(&[Role::Clerk], &Scope::region(region("990202")).item("000711001001")).await.is_err(), "another city");
    assert!(tokens::find(&nobody, &format!("{}x", issued.secret)).await.expect("read").is_none());

    site.set_now(site.now().plus_days(30));
    assert!(tokens::find(&site.as_actor(Actor::Anonymous), &issued.secret).await.expect("read").is_none(), "it ended");
});

db_test!(a_revoked_token_is_worth_nothing, |db| async move {
    let site = platform(db);
    let li = testing::citizen(&site, 2).await;
    let issued = tokens::issue_personal(&site.as_actor(li.actor()), "我的日历", 30).await.expect("issued");
    let nobody = site.as_actor(Actor::Anonymous);
    let program = tokens::find(&nobody, &issued.secret).await.expect("read").expect("in force");
    assert_eq!(program.citizen().and_then(|citizen| citizen.person), li.person);
    assert!(program.grants().is_empty());
    let admin = site.as_actor(Actor::Staff(testing::staff(&site, "990000", &[Role::SecurityAdmin]).await));
    assert!(tokens::list(&admin).await.expect("listed").is_empty(), "personal tokens are the citizen's own");
    tokens::revoke(&admin, issued.id).await.expect("revoked");
    assert!(tokens::find(&nobody, &issued.secret).await.expect("read").is_none());
});
