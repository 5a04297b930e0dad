use platform::testing::platform;
use platform::{Actor, Role, Scope};
use store::db_test;

use crate::tokens::{self, NewPersonal, NewToken};
use crate::testing;

fn region(code: &str) -> kernel::RegionCode {
    code.parse().expect("written here")
}

fn personal(name: &str, within: Option<&str>, items: &[&str]) -> NewPersonal {
    NewPersonal { name: name.into(), region: within.map(region), items: items.iter().map(|item| (*item).to_owned()).collect(), days: 30 }
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
    let issued = tokens::issue_personal(&site.as_actor(li.actor()), personal("我的日历", None, &[])).await.expect("issued");
    let nobody = site.as_actor(Actor::Anonymous);
    let program = tokens::find(&nobody, &issued.secret).await.expect("read").expect("in force");
    assert_eq!(program.citizen().and_then(|citizen| citizen.person), li.person);
    assert!(program.grants().is_empty());
    let admin = site.as_actor(Actor::Staff(testing::staff(&site, "990000", &[Role::SecurityAdmin]).await));
    assert!(tokens::list(&admin).await.expect("listed").is_empty(), "personal tokens are the citizen's own");
    tokens::revoke(&admin, issued.id).await.expect("revoked");
    assert!(tokens::find(&nobody, &issued.secret).await.expect("read").is_none());
});

db_test!(a_personal_token_of_staff_acts_as_him_with_less, |db| async move {
    let site = platform(db.clone());
    let wang = testing::staff(&site, "990100", &[Role::Clerk, Role::SecurityAdmin]).await;
    let own = site.as_actor(Actor::Staff(wang.clone()));
    let elsewhere = tokens::issue_personal(&own, personal("别处", Some("990200"), &[])).await;
    assert!(elsewhere.expect_err("he holds nothing there").has_code("E-ID43"));
    let issued = tokens::issue_personal(&own, personal("排班软件", Some("990102"), &["000711001001"])).await.expect("issued");

    let nobody = site.as_actor(Actor::Anonymous);
    let actor = tokens::find(&nobody, &issued.secret).await.expect("read").expect("in force");
    let ctx = site.as_actor(actor);
    let staff = ctx.actor().staff().expect("a member of staff");
    assert_eq!((staff.id, staff.token), (wang.id, Some(issued.id)));
    let scope = |code: &str, item: &str| Scope::region(region(code)).item(item);
    ctx.require(&[Role::Clerk], &scope("990102", "000711001001")).await.expect("his role, within the token");
    for (where_, item) in [("990101", "000711001001"), ("990102", "000711001003"), ("990200", "000711001001")] {
        assert!(ctx.require(&[Role::Clerk], &scope(where_, item)).await.is_err(), "{where_} {item}");
    }
    assert!(ctx.require_role(&[Role::SecurityAdmin]).is_err(), "no token gives rights");
    assert!(tokens::issue_personal(&ctx, personal("再来", None, &[])).await.expect_err("by its owner alone").has_code("E-P805"));

    let listed = tokens::own(&own).await.expect("listed");
    assert_eq!((listed.len(), listed[0].last_used), (1, Some(site.now())));
    let other = site.as_actor(Actor::Staff(testing::staff(&site, "990100", &[Role::Clerk]).await));
    assert!(tokens::own(&other).await.expect("listed").is_empty());
    assert!(tokens::revoke_own(&other, issued.id).await.is_err(), "not his");
    tokens::revoke_own(&own, issued.id).await.expect("revoked");
    assert!(tokens::find(&nobody, &issued.secret).await.expect("read").is_none());
});

db_test!(a_token_ends_with_the_rights_of_its_owner, |db| async move {
    let site = platform(db.clone());
    let wang = testing::staff(&site, "990102", &[Role::Clerk]).await;
    let issued = tokens::issue_personal(&site.as_actor(Actor::Staff(wang.clone())), personal("脚本", None, &[])).await.expect("issued");
    let nobody = site.as_actor(Actor::Anonymous);
    let admin = site.as_actor(Actor::Staff(testing::staff(&site, "990000", &[Role::SecurityAdmin]).await));
    let held = crate::ops::show_staff(&admin, wang.id).await.expect("shown").grants[0].id;
    crate::ops::revoke_grant(&admin, wang.id, held).await.expect("revoked");
    let actor = tokens::find(&nobody, &issued.secret).await.expect("read").expect("in force");
    assert!(actor.grants().is_empty(), "the token has what he has, and he has nothing");
    crate::ops::suspend(&admin, wang.id, true).await.expect("suspended");
    assert!(tokens::find(&nobody, &issued.secret).await.expect("read").is_none());
});
