//! Being told of changes, on both engines.

use ::store::db_test;
use platform::outbox::Worker;
use platform::{Actor, Ctx};

use super::*;
use crate::model::{Amendment, Kind};
use crate::testing::{World, registered, world};
use crate::{register, service};

async fn code(w: &World, id: crate::OrganizationId) -> String {
    register::by_id(w.p.db(), id).await.expect("there").head.uscc.expect("a code")
}

async fn drained(w: &World) {
    let worker = Worker::new(&[platform::outbox::service(), service()]);
    worker.drain(&w.p.platform).await.expect("drained");
}

async fn moves(ctx: &Ctx, id: crate::OrganizationId, address: &str) {
    let known = register::by_id(ctx.db(), id).await.expect("there");
    let content = crate::Content { address: address.to_owned(), ..known.content };
    let amendment = Amendment { content, private: None, uscc: None, effective_on: ctx.today(), reason: "change".to_owned() };
    let seen = known.head.version;
    ctx.db()
        .write(|tx| {
            let (ctx, amendment) = (ctx.clone(), amendment.clone());
            async move { register::amend(&tx, &ctx, id, seen, amendment).await }
        })
        .await
        .expect("amended");
}

/// The token in the last mail.
fn token(w: &World) -> String {
    let mails = w.p.post.mails();
    let text = &mails.last().expect("a mail").text;
    text.split_once("/organizations/follow/").expect("a link").1.chars().take_while(char::is_ascii_alphanumeric).collect()
}

db_test!(who_confirms_is_told_of_a_change_once_and_stops_by_the_same_link, |db| async move {
    let w = world(db).await;
    let visitor = w.p.as_actor(Actor::Anonymous);
    let id = registered(&w, "城东区邻里互助会", Kind::Association).await;
    let uscc = code(&w, id).await;
    ask(&visitor, &uscc.to_lowercase(), "reader@example.org").await.expect("asked");
    drained(&w).await;
    let token = token(&w);
    assert!(!show(&visitor, &token).await.expect("shown").confirmed);
    moves(&w.p.system(), id, "甲市城东区和平路2号").await;
    drained(&w).await;
    assert_eq!(w.p.post.mails().len(), 1, "nobody is told before he has confirmed");

    assert!(confirm(&visitor, &token).await.expect("confirmed").confirmed);
    moves(&w.p.system(), id, "甲市城东区和平路3号").await;
    drained(&w).await;
    drained(&w).await;
    let mails = w.p.post.mails();
    assert_eq!(mails.len(), 2);
    assert!(mails[1].text.contains(&uscc) && mails[1].text.contains(&token) && mails[1].to == "reader@example.org");

    let raw: Vec<(Vec<u8>,)> = ::store::q("SELECT address FROM organization_follow").all(w.p.db()).await.expect("read");
    assert!(raw.iter().all(|(sealed,)| !sealed.windows(6).any(|part| part == b"reader")), "an address stands in clear");
    stop(&visitor, &token).await.expect("stopped");
    assert!(matches!(show(&visitor, &token).await, Err(Error::NotFound)));
    moves(&w.p.system(), id, "甲市城东区和平路4号").await;
    drained(&w).await;
    assert_eq!(w.p.post.mails().len(), 2, "and is told no more");
});

db_test!(asking_tells_nothing_and_floods_nobody, |db| async move {
    let w = world(db).await;
    let visitor = w.p.as_actor(Actor::Anonymous);
    let uscc = code(&w, registered(&w, "城东区书法协会", Kind::Association).await).await;
    assert!(ask(&visitor, &uscc, "no address").await.expect_err("no address").has_code("C-E21"));
    for _ in 0..10 {
        ask(&visitor, &uscc, "reader@example.org").await.expect("the same answer each time");
    }
    assert!(matches!(ask(&visitor, &uscc, "reader@example.org").await, Err(Error::TooMany { .. })));
    let rows: (i64,) = ::store::q("SELECT COUNT(*) FROM organization_follow").one(w.p.db()).await.expect("counted");
    assert_eq!(rows.0, 1);
    w.p.set_now(w.p.now().plus_days(8));
    forget(&w.p.system()).await.expect("forgotten");
    let rows: (i64,) = ::store::q("SELECT COUNT(*) FROM organization_follow").one(w.p.db()).await.expect("counted");
    assert_eq!(rows.0, 0, "who does not confirm is forgotten");
});
