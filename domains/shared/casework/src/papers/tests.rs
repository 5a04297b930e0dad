use std::collections::BTreeSet;

use documents::{Press, Settings};
use kernel::{Day, Fen, Text};
use platform::outbox::Worker;
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Error, Role};

use super::*;
use crate::supervision::testing::TestCase;

fn acceptance() -> Content {
    Content::Acceptance { accepted_on: Day::ymd(2026, 7, 1), due_on: Some(Day::ymd(2026, 7, 29)), fee: Fen::ZERO, contact: "窗口".into(), supervision_phone: "12345".into() }
}

fn paper(case: &TestCase, content: Content) -> NewPaper {
    NewPaper {
        case: case.id,
        case_no: case.number.clone(),
        org: case.org,
        region: case.region,
        item_code: "000700099001".into(),
        item: Text::new("测试事项", "Test item"),
        applicant: "张测试".into(),
        to: case.applicant.into_iter().collect(),
        content,
    }
}

async fn issued(ctx: &Ctx, new: NewPaper) -> platform::Result<(PaperId, String)> {
    let drawn = Drawn::new(ctx);
    let number = ctx
        .db()
        .write(|tx| {
            let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
            async move { issue(&tx, &ctx, &drawn, &new).await }
        })
        .await?;
    Ok((drawn.id(), number))
}

fn worker() -> Worker {
    Worker::new(&[service(Press::new(Settings::default())), platform::outbox::service(), notices::service()])
}

async fn clerk(p: &TestPlatform) -> Ctx {
    p.as_actor(Actor::Staff(identity::testing::staff(p, "990102", &[Role::Clerk, Role::Approver]).await))
}

::store::db_test!(numbers_run_without_gap_by_authority_kind_and_year_whatever_fails, |db| async move {
    let p = platform::testing::platform(db);
    let case = TestCase::new(&p, "9901022026070110000016").await.put(&p.system()).await;
    let ctx = clerk(&p).await;
    let mut tasks = tokio::task::JoinSet::new();
    for at in 0..40 {
        let (ctx, new) = (ctx.clone(), paper(&case, acceptance()));
        tasks.spawn(async move {
            let drawn = Drawn::new(&ctx);
            ctx.db()
                .write(|tx| {
                    let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
                    async move {
                        let number = issue(&tx, &ctx, &drawn, &new).await?;
                        // Every fourth transaction comes to nothing after its number was drawn.
                        if at % 4 == 0 { Err(Error::internal("rolled back")) } else { Ok(number) }
                    }
                })
                .await
        });
    }
    let mut numbers = BTreeSet::new();
    while let Some(done) = tasks.join_next().await {
        numbers.extend(done.expect("no panic"));
    }
    let expected: BTreeSet<String> = (1..=30).map(|n| format!("测试民政受〔2026〕{n}号")).collect();
    assert_eq!(numbers, expected);
    let (_, other_kind) = issued(&ctx, paper(&case, Content::Termination { reason: "申请人死亡".into() })).await.expect("issued");
    assert_eq!(other_kind, "测试民政终〔2026〕1号");
    p.set_now(kernel::Instant::at(Day::ymd(2027, 1, 4), 600));
    let (_, next_year) = issued(&p.as_actor(ctx.actor().clone()), paper(&case, acceptance())).await.expect("issued");
    assert_eq!(next_year, "测试民政受〔2027〕1号");
});

::store::db_test!(p2_2_a_step_that_needs_a_document_waits_until_it_is_issued_and_served, |db| async move {
    let p = platform::testing::platform(db);
    let citizen = identity::testing::citizen(&p, 2).await;
    let mut case = TestCase::new(&p, "9901022026070110000016").await;
    case.applicant = citizen.person;
    let case = case.put(&p.system()).await;
    let ctx = clerk(&p).await;
    let missing = require(ctx.db(), case.id, Kind::Acceptance, Need::Issued).await.expect_err("not issued");
    assert!(missing.has_code("E-P203"));
    let (id, number) = issued(&ctx, paper(&case, acceptance())).await.expect("issued");
    require(ctx.db(), case.id, Kind::Acceptance, Need::Issued).await.expect("issued now");
    assert!(require(ctx.db(), case.id, Kind::Acceptance, Need::Served).await.expect_err("not served").has_code("E-P203"));

    // The page serves it, before the file is made: the twin in words is there from the commit on.
    let own = p.as_actor(citizen.actor());
    let shown = show(&own, id).await.expect("shown");
    assert_eq!((shown.words.number.as_str(), shown.words.to.as_str()), (number.as_str(), "张测试"));
    require(ctx.db(), case.id, Kind::Acceptance, Need::Served).await.expect("served by opening");
    let stranger = identity::testing::citizen(&p, 2).await;
    assert!(matches!(show(&p.as_actor(stranger.actor()), id).await, Err(Error::NotFound)));
    assert_eq!(mine(&own, None).await.expect("listed").len(), 1);

    // What was voided does not stand, and its number is not given again.
    void(&ctx, id, "日期有误").await.expect("voided");
    assert!(require(ctx.db(), case.id, Kind::Acceptance, Need::Issued).await.is_err());
    let (_, next) = issued(&ctx, paper(&case, acceptance())).await.expect("issued");
    assert_eq!(next, "测试民政受〔2026〕2号");
    assert!(matches!(void(&ctx, id, "再次").await, Err(Error::Stale(_))));
});

::store::db_test!(p2_2_the_file_is_made_signed_and_told_once_though_a_worker_dies_in_between, |db| async move {
    let p = platform::testing::platform(db);
    let citizen = identity::testing::citizen(&p, 2).await;
    let mut case = TestCase::new(&p, "9901022026070110000016").await;
    case.applicant = citizen.person;
    let case = case.put(&p.system()).await;
    let ctx = clerk(&p).await;
    let (id, number) = issued(&ctx, paper(&case, acceptance())).await.expect("issued");

    // The first worker makes the file and dies before it reports: its lease runs out and another one begins again.
    worker().drain(&p).await.expect("drained");
    ctx.db()
        .write(|tx| async move {
            ::store::q("UPDATE outbox SET state = 'taken', due_at = 0, lease = $1 WHERE kind = 'paper.make'").bind(vec![9_u8; 16]).exec(&tx).await
        })
        .await
        .expect("as a dead worker leaves it");
    p.set_now(p.now().plus_minutes(10));
    worker().drain(&p).await.expect("drained again");

    assert_eq!(p.post.messages().len(), 1, "one short message");
    let text = &p.post.messages()[0].text;
    assert!(text.contains(&format!("/papers/{id}")) && !text.contains("测试事项") && !text.contains(&number), "nothing sensitive: {text}");
    assert_eq!(of_case(&ctx, case.id).await.expect("listed").len(), 1, "one notice is seen");
    let file = download(&ctx, id, Part::File).await.expect("the file");
    let signature = download(&ctx, id, Part::Signature).await.expect("the signature");
    assert!(file.content.starts_with(b"%PDF-1.7"));
    assert!(p.signer().verify(&file.content, &signature.content));
});

::store::db_test!(p2_2_post_and_counter_leave_a_record_of_service, |db| async move {
    let p = platform::testing::platform(db);
    let case = TestCase::new(&p, "9901022026070110000016").await.put(&p.system()).await;
    let ctx = clerk(&p).await;
    let (id, _) = issued(&ctx, paper(&case, acceptance())).await.expect("issued");
    assert!(send(&ctx, id, " ").await.expect_err("no number").has_code("E-P215"));
    let under_way = send(&ctx, id, "EMS123456789").await.expect("sent");
    assert!(require(ctx.db(), case.id, Kind::Acceptance, Need::Served).await.is_err(), "under way is not served");
    arrived(&ctx, under_way, None).await.expect("came back");
    assert!(matches!(arrived(&ctx, under_way, None).await, Err(Error::Stale(_))));
    let receiver = Served { receiver: "张测试".into(), relation: "本人".into(), receiver_id: "990102199003070011".into() };
    assert!(serve(&ctx, id, Way::Counter, &Served::default()).await.expect_err("nobody").has_code("E-P215"));
    serve(&ctx, id, Way::Counter, &receiver).await.expect("served");
    require(ctx.db(), case.id, Kind::Acceptance, Need::Served).await.expect("served");
    let papers = of_case(&ctx, case.id).await.expect("listed");
    let record = papers.iter().find(|paper| paper.kind == Kind::Service).expect("a record of service");
    let words = format!("{:?}", show(&ctx, record.id).await.expect("shown").words);
    assert!(words.contains("张测试") && !words.contains("990102199003070011"), "the number is masked");
});

::store::db_test!(a_stranger_learns_from_the_symbol_what_stands_and_no_name, |db| async move {
    let p = platform::testing::platform(db);
    let case = TestCase::new(&p, "9901022026070110000016").await.put(&p.system()).await;
    let ctx = clerk(&p).await;
    let (drawn, new) = (Drawn::new(&ctx), paper(&case, acceptance()));
    let (id, token) = (drawn.id(), drawn.token());
    let number = ctx
        .db()
        .write(|tx| {
            let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
            async move { issue(&tx, &ctx, &drawn, &new).await }
        })
        .await
        .expect("issued");
    worker().drain(&p).await.expect("drained");
    let stranger = p.as_actor(Actor::Anonymous);
    assert_eq!(check(&stranger, "0123456789abcdefghijklmnop").await.expect("asked"), None);
    let checked = check(&stranger, &token).await.expect("asked").expect("known");
    assert!(checked.stands && checked.sm3.is_some());
    assert_eq!((checked.number, checked.name), (number, Kind::Acceptance.name()));
    void(&ctx, id, "错误").await.expect("voided");
    assert!(!check(&stranger, &token).await.expect("asked").expect("known").stands);
});
