use documents::{Press, Settings};
use kernel::{Day, Instant};
use platform::outbox::Worker;
use platform::testing::TestPlatform;
use platform::{Actor, Error, Role};

use super::*;
use crate::papers::{Content, Drawn, NewPaper, issue};
use crate::supervision::testing::TestCase;

/// A case finished on 29 July 2026 with one document.
async fn finished(p: &TestPlatform) -> TestCase {
    p.set_now(Instant::at(Day::ymd(2026, 7, 29), 600));
    let mut case = TestCase::new(p, "9901022026070110000016").await;
    (case.phase, case.closed_at) = ("finished", Some(p.now()));
    let case = case.put(&p.system()).await;
    let ctx = p.system();
    let (drawn, new) = (
        Drawn::new(&ctx),
        NewPaper {
            case: case.id,
            case_no: case.number.clone(),
            org: case.org,
            region: case.region,
            item_code: "000700099001".into(),
            item: kernel::Text::new("测试事项", "Test item"),
            applicant: "张测试".into(),
            to: Vec::new(),
            content: Content::Grant { facts: "材料齐全".into(), basis: vec![], decision: "准予".into() },
        },
    );
    ctx.db()
        .write(|tx| {
            let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
            async move { issue(&tx, &ctx, &drawn, &new).await }
        })
        .await
        .expect("issued");
    case
}

async fn drain(p: &TestPlatform) {
    let worker = Worker::new(&[service(), crate::papers::service(Press::new(Settings::default()))]);
    worker.drain(p).await.expect("drained");
    p.set_now(p.now().plus_minutes(5));
    worker.drain(p).await.expect("drained");
}

#[test]
fn p2_12_the_term_is_thirty_days_and_does_not_roll() {
    assert_eq!(Terms::carried().due(Day::ymd(2026, 7, 29)), Day::ymd(2026, 8, 28));
}

::store::db_test!(p2_12_scenario_12_a_package_is_due_within_thirty_days_and_names_the_file_when_a_byte_changes, |db| async move {
    let p = platform::testing::platform(db);
    let case = finished(&p).await;
    let staff = Actor::Staff(identity::testing::staff(&p, "990102", &[Role::Archivist]).await);
    let waiting = due(&p.as_actor(staff.clone()), "").await.expect("listed");
    assert_eq!((waiting.len(), waiting[0].due_on), (1, Day::ymd(2026, 8, 28)));
    let ctx = p.as_actor(staff.clone());
    assert!(start(&ctx, case.id).await.expect_err("its document is not made").has_code("E-P246"));
    drain(&p).await;
    start(&ctx, case.id).await.expect("started");
    assert!(start(&ctx, case.id).await.expect_err("twice").has_code("E-P247"));
    drain(&p).await;
    assert!(due(&ctx, "").await.expect("listed").is_empty());
    verify(&ctx, case.id).await.expect("whole");
    let (name, bytes) = download(&ctx, case.id).await.expect("sent");
    assert_eq!(name, "9901022026070110000016.tar");
    verify_file(&ctx, &bytes).expect("whole");
    let files: Vec<String> = tar::read(&bytes).expect("whole").into_iter().map(|(name, _)| name).collect();
    let expected = ["log.json", "papers/01-grant.pdf", "papers/01-grant.pdf.sm2", "papers/02-index.pdf", "papers/02-index.pdf.sm2"];
    assert_eq!(files[..5], expected);
    assert_eq!(files[5..], ["metadata.xml", "index.html", "sm3.txt.sm2", "sm3.txt"]);

    // One byte of a document, found by its name.
    let at = bytes.windows(5).position(|window| window == b"%PDF-").expect("a document");
    let mut changed = bytes.clone();
    changed[at + 20] ^= 1;
    let refused = verify_file(&ctx, &changed).expect_err("one byte changed");
    assert!(refused.has_code("E-P211") && refused.issues()[0].message.zh.contains("归档包校验失败：papers/01-grant.pdf"), "{refused}");
    // And any other byte, wherever it is.
    for at in (0..bytes.len()).step_by(997) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x20;
        assert!(verify_file(&ctx, &changed).is_err(), "byte {at} of {}", bytes.len());
    }
    let foreign = Actor::Staff(identity::testing::staff(&p, "990202", &[Role::Archivist]).await);
    let foreign = p.as_actor(foreign);
    assert!(matches!(download(&foreign, case.id).await, Err(Error::Denied(_))));
    assert!(packages(&foreign, None).await.expect("listed").is_empty());
});

::store::db_test!(p2_12_the_program_archives_by_itself_what_nobody_has, |db| async move {
    let p = platform::testing::platform(db);
    let case = finished(&p).await;
    drain(&p).await;
    start::start_due(&p.system()).await.expect("ran");
    drain(&p).await;
    let staff = Actor::Staff(identity::testing::staff(&p, "990102", &[Role::Archivist]).await);
    assert!(matches!(package(&p.as_actor(staff.clone()), case.id).await, Err(Error::NotFound)), "not on the first day");
    p.set_now(Instant::at(Day::ymd(2026, 8, 20), 600));
    start::start_due(&p.system()).await.expect("ran");
    drain(&p).await;
    let made = package(&p.as_actor(staff), case.id).await.expect("made");
    assert!(made.packed_at.day() <= made.due_on && made.damaged.is_empty());
});
