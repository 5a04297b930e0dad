use kernel::{Day, IdType, Instant};
use platform::own::Section;
use platform::testing::{TestPlatform, platform, regions};
use platform::{Actor, Error, Role};
use store::db_test;

use super::{digits, last_text};
use crate::ops::{
    GiveConsent, NewPassword, RealName, SignIn, Vouch, close_account, confirm_reset, give_consent, kept, only_stored, own_data, real_name,
    request_reset, sign_in, vouch, withdraw_consent,
};
use crate::testing::Citizen;
use crate::{TestWorldVerifier, testing};

const PASSWORD: &str = "correct horse";

fn code_of<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("refused").issues()[0].code.to_string()
}

fn shown(name: &str, number: &str) -> RealName {
    RealName { name: name.into(), id_type: IdType::RESIDENT.to_string(), number: number.into() }
}

/// 孙少年 of the test world, thirteen years old on 1 July 2026.
fn child() -> RealName {
    shown("孙少年", "990102201302150054")
}

fn guardian() -> RealName {
    shown("张测试", "990102199003070011")
}

fn consent() -> GiveConsent {
    GiveConsent { child: child(), guardian: guardian(), relation: "parent".into(), seen: true }
}

async fn sets_a_password(site: &TestPlatform, who: &Citizen) {
    let ctx = site.as_actor(Actor::Anonymous);
    request_reset(&ctx, &who.phone).await.expect("a code is sent");
    let code = digits(&last_text(site, &who.phone).await);
    confirm_reset(&ctx, NewPassword { contact: who.phone.clone(), code, password: PASSWORD.into() }).await.expect("set");
}

fn text(sections: &[Section]) -> String {
    sections.iter().flat_map(|section| section.rows.iter().flatten()).cloned().collect::<Vec<_>>().join("\n")
}

db_test!(p8_scenario_9_the_copy_has_all_that_is_ones_own_and_nothing_of_others, |db| async move {
    let site = platform(db);
    let (him, her) = testing::couple(&site, 2).await;
    let clerk = testing::staff(&site, "990102", &[Role::Registrar]).await;
    for n in 0..60 {
        site.set_now(site.now().plus_minutes(1));
        let reason = format!("第{n}次核对");
        crate::persons::reveal(&site.as_actor(Actor::Staff(clerk.clone())), him.person(), &reason).await.expect("read");
    }
    site.set_now(site.now().plus_minutes(1));
    let copy = text(&own_data(&site.as_actor(him.actor())).await.expect("his copy"));
    assert!(copy.contains(&him.number) && copy.contains(&him.phone) && copy.contains(&him.name));
    assert!((0..60).all(|n| copy.contains(&format!("第{n}次核对"))), "every look, over all pages");
    assert!(!copy.contains(&her.number) && !copy.contains(&her.phone));
    assert!(matches!(own_data(&site.as_actor(Actor::Anonymous)).await, Err(Error::SignIn)));
});

db_test!(p8_scenario_10_what_nobody_has_to_keep_goes_and_the_rest_is_only_stored, |db| async move {
    let site = platform(db);
    let li = testing::citizen(&site, 2).await;
    sets_a_password(&site, &li).await;
    let ctx = site.as_actor(li.actor());
    let stays = kept(&own_data(&ctx).await.expect("his data"));
    assert!(stays.iter().all(|issue| issue.code == "E-P807") && !stays.is_empty(), "who looked at it: {stays:?}");
    assert_eq!(stays[0].params["d"], "2029-07-01");
    assert_eq!(code_of(close_account(&ctx, "wrong").await), "E-ID44");
    close_account(&ctx, PASSWORD).await.expect("closed");
    let anybody = site.as_actor(Actor::Anonymous);
    let entry = SignIn { contact: li.phone.clone(), password: PASSWORD.into() };
    assert_eq!(code_of(sign_in(&anybody, entry).await), "E-ID16", "as if there had never been one");
    assert!(only_stored(&site.system(), li.person()).await.expect("read"));
    let (left,): (i64,) = store::q("SELECT COUNT(*) FROM account WHERE phone IS NOT NULL OR phone_hash IS NOT NULL OR person_id IS NOT NULL").one(site.db()).await.expect("counted");
    assert_eq!(left, 0);
    // Whoever comes back opens a new account, and is used as everybody else.
    let again = testing::citizen(&site, 1).await;
    real_name(&site.as_actor(again.actor()), &TestWorldVerifier, shown(&li.name, &li.number)).await.expect("bound anew");
    assert!(!only_stored(&site.system(), li.person()).await.expect("read"));
});

db_test!(p8_only_the_owner_himself_closes_his_account, |db| async move {
    let site = platform(db);
    regions(&site).await.expect("regions");
    let li = testing::citizen(&site, 2).await;
    let issued = crate::tokens::issue_personal(&site.as_actor(li.actor()), crate::tokens::NewPersonal::new("小程序", 30)).await.expect("a token");
    let program = crate::tokens::find(&site.system(), &issued.secret).await.expect("read").expect("found");
    assert_eq!(code_of(close_account(&site.as_actor(program), PASSWORD).await), "E-P805");
    let clerk = testing::staff(&site, "990102", &[Role::Clerk]).await;
    assert_eq!(code_of(close_account(&site.as_actor(Actor::Staff(clerk)), PASSWORD).await), "E-P805");
    assert!(matches!(close_account(&site.as_actor(Actor::Anonymous), PASSWORD).await, Err(Error::SignIn)));
});

db_test!(p8_scenario_11_a_child_under_fourteen_needs_a_guardian_who_consents, |db| async move {
    let site = platform(db);
    let account = testing::citizen(&site, 1).await;
    let clerk = testing::staff(&site, "990102", &[Role::Clerk]).await;
    let desk = || site.as_actor(Actor::Staff(clerk.clone()));
    assert_eq!(code_of(real_name(&site.as_actor(account.actor()), &TestWorldVerifier, child()).await), "E-P808");
    let vouched = Vouch { contact: account.phone.clone(), shown: child() };
    assert_eq!(code_of(vouch(&desk(), vouched.clone()).await), "E-P808");
    // Whatever is wrong is told at once, at its field.
    let wrong = GiveConsent { child: guardian(), guardian: child(), relation: "aunt".into(), seen: false };
    let told = give_consent(&desk(), wrong).await.expect_err("refused");
    assert_eq!(told.issues().iter().map(|issue| issue.code.as_ref()).collect::<Vec<_>>(), ["E-ID55", "E-ID54", "E-ID56", "E-ID57"]);
    let typed = GiveConsent { guardian: shown("", "990102199003070012"), ..consent() };
    let fields: Vec<_> = give_consent(&desk(), typed).await.expect_err("refused").issues().iter().filter_map(|issue| issue.field.clone()).collect();
    assert_eq!(fields, ["guardian_name", "guardian_id_no"]);
    assert!(matches!(give_consent(&site.as_actor(account.actor()), consent()).await, Err(Error::SignIn)));

    give_consent(&desk(), consent()).await.expect("noted");
    give_consent(&desk(), consent()).await.expect("the same again");
    let child_of = vouch(&desk(), vouched.clone()).await.expect("with the consent");
    withdraw_consent(&desk(), child(), guardian()).await.expect("taken back");
    assert!(matches!(withdraw_consent(&desk(), child(), guardian()).await, Err(Error::NotFound)));
    assert_eq!(code_of(vouch(&desk(), vouched.clone()).await), "E-P808");
    // The fourteenth birthday itself needs none any more.
    site.set_now(Instant::at(Day::ymd(2027, 2, 14), 1439));
    assert_eq!(code_of(vouch(&desk(), vouched.clone()).await), "E-P808");
    site.set_now(Instant::at(Day::ymd(2027, 2, 15), 0));
    assert_eq!(vouch(&desk(), vouched).await.expect("fourteen"), child_of);
});
