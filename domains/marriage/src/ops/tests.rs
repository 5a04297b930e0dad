//! Whole cases on both engines: the scenarios of A.8 that belong here, and what two counters do at once.

use ::store::{db_test, q};
use identity::facts::{FactKind, NewFact, record, set_source};
use kernel::{Day, Instant, RegionCode, Sex};
use platform::{Ctx, Error};

use super::*;
use crate::model::Side;
use crate::testing::{World, f1, m1, person, world};

fn day(day: Day) -> Instant {
    Instant::at(day, 600)
}

async fn death(world: &World, number: &str, on: &str, source: &str) {
    let fact = NewFact {
        kind: FactKind::Death,
        number: number.to_owned(),
        other_number: String::new(),
        doc_no: String::new(),
        valid_on: on.to_owned(),
        ended_on: String::new(),
        source: source.to_owned(),
        on_paper: false,
        region: RegionCode::parse("990101").expect("a test region"),
    };
    record(&world.registrar(), fact).await.expect("a fact");
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    let (n,): (i64,) = q(sql).one(ctx.db()).await.expect("a count");
    n
}

db_test!(r_mr_02_and_r_mr_32_registers_on_the_birthday_with_the_first_number_of_the_year, |db| async move {
    let world = world(db, 4).await;
    let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("A1");
    assert_eq!(done.cert_no, "J990101-2026-000001");
    let ctx = world.registrar();
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM marriage_certificate WHERE current").await, 2);
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM marriage_party WHERE valid").await, 2);
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM booklet WHERE state = 'used'").await, 2);
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM outbox WHERE kind = 'licence.make'").await, 2);
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM audit_event WHERE action = 'marriage.registered'").await, 1);
});

db_test!(c_19_a_decision_names_actor_office_and_time_and_is_never_deleted, |db| async move {
    let world = world(db, 4).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("registered");
    let ctx = world.registrar();
    let registrar = ctx.actor().key();
    let (actor, at): (String, i64) =
        q("SELECT actor, at FROM case_action WHERE state_to = '40'").one(ctx.db()).await.expect("one line of the log decides");
    assert_eq!((actor.as_str(), at), (registrar.as_str(), ctx.now().micros()));
    let (actor, org): (String, Option<Vec<u8>>) =
        q("SELECT actor_id, org_id FROM audit_event WHERE action = 'marriage.registered'").one(ctx.db()).await.expect("one entry of the trail");
    assert_eq!(actor, registrar);
    assert!(org.is_some(), "the office is not named");
    let gone: Result<u64> = ctx.db().write(|tx| async move { Ok(q("DELETE FROM audit_event WHERE 1 = 1").exec(&tx).await?) }).await;
    gone.expect_err("the trail cannot be deleted");
});

db_test!(r_mr_02_refuses_on_the_day_before_until_midnight, |db| async move {
    let world = world(db, 0).await;
    let last_second = Instant::from_micros(Instant::at(Day::ymd(2026, 5, 20), 0).micros() - 1_000_000);
    world.platform.set_now(last_second);
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    let refused = accept(&world.registrar(), &world.ports, case, seen).await.expect_err("A2");
    assert_eq!(refused.issues()[0].params["date"], "2026-05-20");
    world.platform.set_now(Instant::at(Day::ymd(2026, 5, 20), 0));
    accept(&world.registrar(), &world.ports, case, seen).await.expect("00:00 of the birthday");
});

db_test!(r_mr_05_refuses_who_is_married_and_keeps_the_check, |db| async move {
    let world = world(db, 2).await;
    let m7 = person("周某", "990101200011300074", "13800000007");
    let f7 = person("吴某", "990101200209150083", "13800000008");
    let first = world.marries(&m7, &f7, ["10000001", "10000002"]).await.expect("M7 and F7");
    let (case, seen) = world.entered(&m1(), &f7).await.expect("entered");
    let refused = accept(&world.registrar(), &world.ports, case, seen).await.expect_err("A4");
    assert!(refused.has_code("MR-E05"));
    assert!(refused.issues()[0].message.zh.contains(&first.cert_no));
    refuse(&world.registrar(), &world.ports, case, seen, "").await.expect("不予登记");
    let view = view(&world.registrar(), &world.ports, case).await.expect("a view");
    assert_eq!(view.file.state.kind(), StateKind::NotAccepted);
    assert!(view.checks.len() >= 2, "the conflict check is logged");
    let notice = notice(&world.registrar(), &world.ports, case).await.expect("a notice");
    assert!(!notice.reasons.is_empty() && !notice.remedies.is_empty());
    let (again, seen) = world.entered(&m7, &f7).await.expect("entered");
    let refused = accept(&world.registrar(), &world.ports, again, seen).await.expect_err("married to each other");
    assert!(refused.has_code("MR-E05b"));
});

db_test!(r_mr_05_two_counters_marry_the_same_person_exactly_once, |db| async move {
    let world = world(db, 4).await;
    let other = person("何某", "990101198709224026", "13800000009");
    let (one, seen_one) = world.entered(&m1(), &f1()).await.expect("entered");
    let (two, seen_two) = world.entered(&m1(), &other).await.expect("entered");
    let seen_one = world.examined(one, seen_one).await.expect("examined");
    let seen_two = world.examined(two, seen_two).await.expect("examined");
    let (first, second) = tokio::join!(
        world.registers(one, seen_one, "张测试、李样例", ["10000001", "10000002"]),
        world.registers(two, seen_two, "张测试 和 何某", ["10000003", "10000004"]),
    );
    let refused = match (first, second) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        (first, second) => panic!("exactly one: {first:?} {second:?}"),
    };
    assert!(refused.has_code("MR-E05"), "{refused:?}");
    assert_eq!(count(&world.registrar(), "SELECT COUNT(*) FROM marriage").await, 1);
    assert_eq!(count(&world.registrar(), "SELECT COUNT(*) FROM booklet WHERE state = 'stock'").await, 2, "the loser used none");
});

db_test!(r_mr_34_many_counters_draw_numbers_without_gap_or_double, |db| async move {
    let world = std::sync::Arc::new(world(db, 128).await);
    let mut cases = Vec::new();
    for n in 0..64_u32 {
        let birth = Day::ymd(1990, 1, 1).plus_days(i64::from(n));
        let him = person("测男", &identity::testing::id_number(birth, Sex::Male, n), "13800000010");
        let her = person("测女", &identity::testing::id_number(birth, Sex::Female, n), "13800000011");
        let (case, seen) = world.entered(&him, &her).await.expect("entered");
        cases.push((n, case, world.examined(case, seen).await.expect("examined")));
    }
    let tasks = cases.into_iter().map(|(n, case, seen)| {
        let world = world.clone();
        tokio::spawn(async move {
            let serials = [10_000_001 + 2 * n, 10_000_002 + 2 * n].map(|serial| serial.to_string());
            // Every eighth fails after its inserts, because its second booklet is not in stock: its number goes back.
            let second = if n % 8 == 7 { "99999999" } else { serials[1].as_str() };
            world.registers(case, seen, "测男测女", [&serials[0], second]).await
        })
    });
    let mut numbers = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        match task.await.expect("no panic") {
            Ok(done) => numbers.push(done.cert_no),
            Err(error) => assert!(error.has_code("MR-E33b"), "{error:?}"),
        }
    }
    numbers.sort();
    let expected: Vec<String> = (1..=56).map(|n| format!("J990101-2026-{n:06}")).collect();
    assert_eq!(numbers, expected);
});

db_test!(r_mr_33_every_booklet_is_used_once, |db| async move {
    let world = world(db, 5).await;
    let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("registered");
    let him = person("周某", "990101200011300074", "13800000007");
    let her = person("吴某", "990101200209150083", "13800000008");
    let (case, seen) = world.entered(&him, &her).await.expect("entered");
    let seen = world.examined(case, seen).await.expect("examined");
    for serials in [["10000003", "10000001"], ["10000003", "10000099"], ["10000003", "10000003"]] {
        let refused = world.registers(case, seen, "周某吴某", serials).await.expect_err("used, unknown, twice");
        assert!(refused.has_code("MR-E33b"));
    }
    let ctx = world.registrar();
    spoil_blank(&ctx, world.office(), crate::BookletKind::Marriage, "10000005", "受潮").await.expect("spoiled");
    assert!(spoil_blank(&ctx, world.office(), crate::BookletKind::Marriage, "10000005", "受潮").await.expect_err("once").has_code("MR-E33b"));
    assert!(receive_booklets(&ctx, world.office(), crate::BookletKind::Marriage, "10000005", "10000006").await.expect_err("delivered before").has_code("MR-E33b"));
    let stock = stock(&ctx, world.office(), crate::BookletKind::Marriage).await.expect("figures");
    assert_eq!((stock.figures.stock, stock.figures.used, stock.figures.spoiled), (2, 2, 1), "{}", done.cert_no);
    assert!(stock.low);
});

db_test!(r_mr_33_a_spoiled_booklet_is_replaced_under_the_same_number, |db| async move {
    let world = world(db, 4).await;
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    let seen = world.examined(case, seen).await.expect("examined");
    let done = world.registers(case, seen, "张测试李样例", ["10000001", "10000002"]).await.expect("registered");
    let ctx = world.registrar();
    let input = Spoiled { case, seen: seen + 1, holder: Side::B, reason: "打印歪斜".to_owned(), serial: "10000003".to_owned() };
    spoil(&ctx, input).await.expect("replaced");
    let entry = view(&ctx, &world.ports, case).await.expect("a view").entry.expect("registered");
    assert_eq!(entry.cert_no, done.cert_no);
    assert_eq!(entry.certificates.iter().map(|c| c.print_serial.as_str()).collect::<Vec<_>>(), ["10000001", "10000003"]);
});

db_test!(r_mr_46_a_correction_is_a_version_with_new_booklets, |db| async move {
    let world = world(db, 4).await;
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    let seen = world.examined(case, seen).await.expect("examined");
    world.registers(case, seen, "张测试李样例", ["10000001", "10000002"]).await.expect("registered");
    let ctx = world.registrar();
    let before = view(&ctx, &world.ports, case).await.expect("a view").entry.expect("registered");
    let mut right = before.content.a.clone();
    right.name = "张测式".to_owned();
    let correction = |snapshot| Correction {
        case,
        seen: seen + 1,
        side: Side::A,
        snapshot,
        reason: "录入笔误，见身份证复印件".to_owned(),
        serial_a: "10000003".to_owned(),
        serial_b: "10000004".to_owned(),
    };
    let renamed = crate::model::Snapshot { name: "王某某".to_owned(), ..right.clone() };
    assert!(correct(&ctx, correction(renamed)).await.expect_err("a new name").has_code("MR-E46"));
    correct(&ctx, correction(right)).await.expect("corrected");
    let after = view(&ctx, &world.ports, case).await.expect("a view");
    let entry = after.entry.expect("registered");
    assert_eq!((after.file.state.kind(), entry.version), (StateKind::Registered, 2));
    assert_eq!((entry.content.a.name.as_str(), entry.cert_no), ("张测式", before.cert_no));
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM marriage_version").await, 2, "the first can still be read");
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM booklet WHERE state = 'spoiled'").await, 2);
});

db_test!(r_mr_09_a_recorded_death_ends_the_marriage_on_its_day_without_a_paper, |db| async move {
    let world = world(db, 4).await;
    world.platform.set_now(day(Day::ymd(2026, 1, 5)));
    let m5 = person("郑某", "990101197204182014", "13800000012");
    let f5 = person("王某", "990101197408092029", "13800000013");
    world.marries(&m5, &f5, ["10000001", "10000002"]).await.expect("M5 and F5");
    world.platform.set_now(day(Day::ymd(2026, 6, 1)));
    death(&world, "990101197408092029", "2026-03-03", "殡葬信息库").await;
    let widower = PartyInput { marital: "30".to_owned(), ..m5 };
    let f8 = person("冯某", "990101196807209023", "13800000014");
    world.marries(&widower, &f8, ["10000003", "10000004"]).await.expect("A17");
    let ctx = world.registrar();
    let ended: (String, String) =
        q("SELECT ended_on, end_kind FROM marriage WHERE state = 'ended'").one(ctx.db()).await.expect("the first marriage");
    assert_eq!(ended, ("2026-03-03".to_owned(), "4".to_owned()));
    let (kind,): (String,) = q("SELECT kind FROM marriage WHERE state = 'valid'").one(ctx.db()).await.expect("the second");
    assert_eq!(kind, "2");
});

db_test!(r_mr_18_silence_waits_and_what_waits_overnight_starts_again, |db| async move {
    let world = world(db, 2).await;
    set_source(&world.platform.system(), FactKind::Marriage, false, "专线中断").await.expect("off");
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    let seen = world.examined(case, seen).await.expect("examined, pending");
    let refused = world.registers(case, seen, "张测试李样例", ["10000001", "10000002"]).await.expect_err("pending");
    assert!(refused.has_code("E-ST01"), "{refused:?}");
    set_source(&world.platform.system(), FactKind::Marriage, true, "已恢复").await.expect("on");
    world.platform.set_now(day(Day::ymd(2026, 5, 21)));
    let verified = Verified { note: "专线恢复后重新核对".to_owned(), no_kinship: false };
    let back = verify(&world.registrar(), case, seen, &verified).await.expect("taken up again");
    assert_eq!(back, StateKind::Precheck, "overnight");
    let refused = accept(&world.registrar(), &world.ports, case, seen + 1).await.expect_err("everything is repeated");
    for code in ["MR-E20", "MR-E03", "MR-E06", "MR-E17"] {
        assert!(refused.has_code(code), "{code}: {refused:?}");
    }
    let colleague = world.colleague();
    confirm_party(&colleague, case, seen + 1, Side::A).await.expect("confirmed");
    confirm_party(&colleague, case, seen + 2, Side::B).await.expect("confirmed");
    let seen = world.declared(case, seen + 3).await.expect("declared");
    let seen = world.examined(case, seen).await.expect("examined");
    world.registers(case, seen, "张测试李样例", ["10000001", "10000002"]).await.expect("registered");
});

db_test!(r_mr_18_a_check_of_half_an_hour_ago_is_made_again, |db| async move {
    let world = world(db, 2).await;
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    let seen = world.examined(case, seen).await.expect("examined");
    world.platform.set_now(day(Day::ymd(2026, 5, 20)).plus_minutes(31));
    let refused = world.registers(case, seen, "张测试李样例", ["10000001", "10000002"]).await.expect_err("too old");
    assert!(refused.has_code("MR-E18"));
    network_check(&world.registrar(), &world.ports, case, seen).await.expect("again");
    world.registers(case, seen + 1, "张测试李样例", ["10000001", "10000002"]).await.expect("registered");
});

db_test!(r_mr_20_nobody_confirms_what_he_typed, |db| async move {
    let world = world(db, 0).await;
    let ctx = world.registrar();
    let case = open(&ctx, Open { office: world.office(), booking: None, for_abroad: None }).await.expect("opened");
    enter_party(&ctx, &world.ports, case, 1, Side::A, &m1()).await.expect("entered");
    assert!(confirm_party(&ctx, case, 2, Side::A).await.expect_err("himself").has_code("MR-E20"));
    confirm_party(&world.colleague(), case, 2, Side::A).await.expect("a colleague");
});

db_test!(of_two_on_one_page_one_gets_through, |db| async move {
    let world = world(db, 0).await;
    let ctx = world.registrar();
    let case = open(&ctx, Open { office: world.office(), booking: None, for_abroad: None }).await.expect("opened");
    let (man, woman) = (m1(), f1());
    let (one, two) = tokio::join!(
        enter_party(&ctx, &world.ports, case, 1, Side::A, &man),
        enter_party(&ctx, &world.ports, case, 1, Side::B, &woman),
    );
    let stale = match (one, two) {
        (Ok(()), Err(stale)) | (Err(stale), Ok(())) => stale,
        other => panic!("exactly one: {other:?}"),
    };
    assert!(matches!(stale, Error::Stale(_)) && stale.has_code("E-ST02"));
});

db_test!(c_20_and_r_mr_19_and_r_mr_47_an_unqualified_registrar_and_a_closed_office_are_told, |db| async move {
    let world = world(db, 0).await;
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    world.platform.set_now(day(Day::ymd(2027, 6, 5)));
    let refused = accept(&world.registrar(), &world.ports, case, seen).await.expect_err("a Saturday, two years after the examination");
    assert!(refused.has_code("MR-E19") && refused.has_code("MR-E47"), "{refused:?}");
});

db_test!(a_case_of_another_region_does_not_exist, |db| async move {
    let world = world(db, 0).await;
    let case = open(&world.registrar(), Open { office: world.office(), booking: None, for_abroad: None }).await.expect("opened");
    let Some(mut stranger) = world.registrar().actor().staff().cloned() else { panic!("staff") };
    for grant in &mut stranger.grants {
        grant.region = RegionCode::parse("980102").expect("a test region");
        grant.org = None;
    }
    let ctx = world.platform.as_actor(platform::Actor::Staff(stranger));
    assert!(matches!(view(&ctx, &world.ports, case).await, Err(Error::NotFound)));
    assert!(matches!(abort(&ctx, case, 1, "").await, Err(Error::NotFound)));
});

db_test!(no_name_or_number_stands_in_clear, |db| async move {
    let world = world(db, 2).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("registered");
    let rows: Vec<(Vec<u8>, Vec<u8>)> = q("SELECT p.snapshot, v.content FROM marriage_case_party p CROSS JOIN marriage_version v")
        .all(world.registrar().db())
        .await
        .expect("rows");
    for (snapshot, content) in rows {
        for sealed in [snapshot, content] {
            let text = String::from_utf8_lossy(&sealed);
            assert!(!text.contains("张测试") && !text.contains("990101200405200017"));
        }
    }
});
