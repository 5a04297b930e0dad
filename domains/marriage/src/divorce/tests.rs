//! Whole divorces on both engines, with exact dates; and that nobody is refused for a pregnancy.

use casework::CaseId;
use identity::facts::{FactKind, NewFact, record};
use kernel::{Calendar, Day, Instant, RegionCode};
use platform::{Ctx, Result};
use proptest::prelude::*;
use ::store::{db_test, q};

use super::model::{Agreement, Talk, Version};
use super::ops::*;
use super::periods::Dates;
use super::rules::{Dossier, Visit, evaluate};
use super::states::StateKind;
use crate::model::{Photo, Side, Suspicion};
use crate::ops::{PartyInput, receive_booklets};
use crate::rules::sample;
use crate::testing::{World, person, world};
use crate::{BookletKind, ops as marriage};

const NAMES: &str = "马某 冯某";

fn m3() -> PartyInput {
    person("马某", "990101198506154013", "13800000023")
}

fn f3() -> PartyInput {
    person("冯某", "990101198709224026", "13800000024")
}

fn at(year: i16, month: i8, day: i8, hour: u16) -> Instant {
    Instant::at(Day::ymd(year, month, day), hour * 60)
}

/// An office where M3 and F3 married on the fifth of January, with ten divorce certificates.
async fn married(db: ::store::Db) -> (World, String) {
    let world = world(db, 4).await;
    world.platform.set_now(at(2026, 1, 5, 10));
    let done = world.marries(&m3(), &f3(), ["10000001", "10000002"]).await.expect("M3 and F3 marry");
    receive_booklets(&world.registrar(), world.office(), BookletKind::Divorce, "20000001", "20000010").await.expect("booklets");
    (world, done.cert_no)
}

fn plain() -> AgreementInput {
    AgreementInput { no_children: true, property: "各自名下归各自".to_owned(), debts: "无".to_owned(), ..AgreementInput::default() }
}

fn willing() -> TalkInput {
    TalkInput { willing: [Some(true); 2], capable: [Some(true); 2], suspicion: "0".to_owned(), note: String::new() }
}

fn shown(cert_no: &str) -> ShownInput {
    ShownInput { cert_no: cert_no.to_owned(), place: "mainland".to_owned(), lost: false }
}

/// Everything up to the acceptance; returns the case and its version.
async fn applies(world: &World, marriage: &ShownInput, agreement: &AgreementInput) -> Result<(CaseId, i64)> {
    let (ctx, colleague) = (world.registrar(), world.colleague());
    let case = open(&ctx, Open { office: world.office(), booking: None, for_abroad: None }).await?;
    enter_party(&ctx, &world.ports, case, 1, Side::A, &m3()).await?;
    enter_party(&ctx, &world.ports, case, 2, Side::B, &f3()).await?;
    confirm_party(&colleague, case, 3, Side::A).await?;
    confirm_party(&colleague, case, 4, Side::B).await?;
    identify(&ctx, &world.ports, case, 5, true).await?;
    show_marriage(&ctx, case, 6, marriage).await?;
    talk(&ctx, case, 7, &willing()).await?;
    agree(&ctx, case, 8, agreement).await?;
    sign(&ctx, case, 9, &"0".repeat(64)).await?;
    Ok((case, 10))
}

async fn accepted(world: &World, cert_no: &str) -> (CaseId, Dates) {
    let (case, seen) = applies(world, &shown(cert_no), &plain()).await.expect("an application");
    let dates = accept(&world.registrar(), &world.ports, case, seen).await.expect("accepted");
    (case, dates)
}

async fn version(world: &World, case: CaseId) -> i64 {
    view(&world.registrar(), &world.ports, case).await.expect("a view").file.head.version
}

async fn claims(world: &World, case: CaseId) -> Result<()> {
    claim(&world.registrar(), &world.ports, case, version(world, case).await, true).await
}

async fn registers(world: &World, case: CaseId) -> Result<Registered> {
    let seen = version(world, case).await;
    talk(&world.registrar(), case, seen, &willing()).await?;
    let (serial_a, serial_b) = ("20000001".to_owned(), "20000002".to_owned());
    let input = Registration { case, seen: version(world, case).await, serial_a, serial_b, confirmation: NAMES.to_owned(), photos: [None, None] };
    register(&world.registrar(), &world.ports, input).await
}

async fn state(world: &World, case: CaseId) -> StateKind {
    view(&world.registrar(), &world.ports, case).await.expect("a view").state
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    let (n,): (i64,) = q(sql).one(ctx.db()).await.expect("a count");
    n
}

db_test!(r_mr_27_the_ninth_of_september_is_too_early_and_the_tenth_registers_the_divorce, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let (case, dates) = accepted(&world, &cert_no).await;
    assert_eq!((dates.cool_end, dates.claim_end), (Day::ymd(2026, 9, 9), Day::ymd(2026, 10, 9)));
    let last_second = Instant::from_micros(at(2026, 9, 10, 0).micros() - 1_000_000);
    world.platform.set_now(last_second);
    let refused = claims(&world, case).await.expect_err("A7");
    assert_eq!(refused.issues()[0].params["date"], "2026-09-10");
    assert!(refused.has_code("MR-E27"));
    world.platform.set_now(at(2026, 9, 10, 0));
    claims(&world, case).await.expect("00:00 of the tenth, and no job has run");
    let done = registers(&world, case).await.expect("A8");
    assert_eq!(done.cert_no, "L990101-2026-000001");
    let ctx = world.registrar();
    let ended: (String, String, String) = q("SELECT state, ended_on, end_kind FROM marriage").one(ctx.db()).await.expect("the marriage");
    assert_eq!(ended, ("ended".to_owned(), "2026-09-10".to_owned(), "1".to_owned()));
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM marriage_certificate WHERE state = '4'").await, 2, "both booklets are void");
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM divorce_certificate WHERE current").await, 2);
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM audit_event WHERE action = 'divorce.registered'").await, 1);
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM marriage_party WHERE valid").await, 0, "both may marry again");
});

db_test!(r_mr_29_another_office_of_the_bureau_sends_the_couple_to_the_one_that_accepted, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let (case, _) = accepted(&world, &cert_no).await;
    world.colleague_moves().await;
    world.platform.set_now(at(2026, 9, 10, 9));
    let refused = claim(&world.colleague(), &world.ports, case, version(&world, case).await, true).await.expect_err("at the second office");
    assert!(refused.has_code("MR-E29"), "{refused:?}");
    assert!(refused.issues()[0].message.zh.contains("城中区民政局婚姻登记处"), "it says where to go");
    assert_eq!(state(&world, case).await, StateKind::Claimable);
    claims(&world, case).await.expect("at the office that accepted");
});

db_test!(r_mr_28_on_the_day_after_the_last_it_has_lapsed_and_a_new_period_starts, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let (case, _) = accepted(&world, &cert_no).await;
    world.platform.set_now(Instant::from_micros(at(2026, 10, 10, 0).micros() - 1_000_000));
    assert_eq!(state(&world, case).await, StateKind::Claimable, "23:59:59 of the last day");
    world.platform.set_now(at(2026, 10, 10, 0));
    assert_eq!(state(&world, case).await, StateKind::Lapsed, "and no job has run");
    world.platform.set_now(at(2026, 10, 10, 10));
    assert!(claims(&world, case).await.expect_err("A10").has_code("MR-E28"));
    let (_, dates) = accepted(&world, &cert_no).await;
    assert_eq!((dates.accepted, dates.cool_end), (Day::ymd(2026, 10, 10), Day::ymd(2026, 11, 9)));
});

db_test!(r_mr_28_the_job_writes_down_from_five_past_midnight, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    accepted(&world, &cert_no).await;
    let run = |minutes: i64, day: Instant| {
        world.platform.set_now(day.plus_minutes(minutes));
        let ctx = world.platform.system();
        async move { settle_all(&ctx).await.expect("the job") }
    };
    let states = "SELECT COUNT(*) FROM divorce_case WHERE state = '20'";
    run(4, at(2026, 9, 10, 0)).await;
    assert_eq!(count(&world.registrar(), states).await, 0);
    run(5, at(2026, 9, 10, 0)).await;
    assert_eq!(count(&world.registrar(), states).await, 1);
    run(5, at(2026, 10, 10, 0)).await;
    assert_eq!(count(&world.registrar(), "SELECT COUNT(*) FROM divorce_case WHERE state = '60' AND NOT open").await, 1);
    run(6, at(2026, 10, 10, 0)).await;
});

db_test!(r_mr_30_one_alone_withdraws_on_the_moved_last_day_and_not_after_it, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 1, 16, 10));
    let (case, dates) = accepted(&world, &cert_no).await;
    assert_eq!(dates.cool_end, Day::ymd(2026, 2, 24));
    let woman = Withdrawal { side: Side::B, compared: true, receipt: true };
    world.platform.set_now(at(2026, 2, 25, 0));
    let seen = version(&world, case).await;
    assert!(withdraw(&world.registrar(), case, seen, woman).await.expect_err("the day after").has_code("MR-E30"));
    let (world, cert_no) = (world, cert_no);
    world.platform.set_now(at(2026, 3, 27, 10));
    let (again, dates) = accepted(&world, &cert_no).await;
    world.platform.set_now(Instant::at(dates.cool_end, 600));
    let seen = version(&world, again).await;
    let unseen = Withdrawal { compared: false, ..woman };
    assert!(withdraw(&world.registrar(), again, seen, unseen).await.expect_err("in person").has_code("MR-E03"));
    withdraw(&world.registrar(), again, seen, woman).await.expect("on the last day");
    assert_eq!(state(&world, again).await, StateKind::Withdrawn);
    assert_eq!(slip(&world.registrar(), again).await.expect("a slip").title, "撤回离婚登记申请确认单");
    accepted(&world, &cert_no).await;
});

db_test!(r_mr_30_a11_the_woman_alone_withdraws_after_the_spring_festival_and_both_are_told_without_names, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 1, 16, 10));
    let (case, _) = accepted(&world, &cert_no).await;
    world.platform.set_now(at(2026, 2, 24, 10));
    let seen = version(&world, case).await;
    withdraw(&world.registrar(), case, seen, Withdrawal { side: Side::B, compared: true, receipt: true }).await.expect("A11");
    assert_eq!(count(&world.registrar(), "SELECT COUNT(*) FROM notice WHERE dedupe LIKE '%-ended-%'").await, 2);
});

db_test!(r_mr_28_an_end_that_moved_over_a_saturday_can_be_claimed_on_monday, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 9, 1, 10));
    let (case, dates) = accepted(&world, &cert_no).await;
    assert_eq!(dates.claim_end, Day::ymd(2026, 11, 9));
    world.platform.set_now(at(2026, 11, 9, 10));
    claims(&world, case).await.expect("A13");
    registers(&world, case).await.expect("registered");
});

db_test!(c_12_and_r_mr_28_a_date_in_a_year_without_calendar_is_provisional_and_counted_again, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 11, 2, 10));
    let (case, dates) = accepted(&world, &cert_no).await;
    assert_eq!((dates.claim_end, dates.provisional), (Day::ymd(2027, 1, 4), true), "A14");
    let paper = receipt(&world.registrar(), case).await.expect("a receipt");
    assert!(paper.facts.iter().any(|row| row.value.contains("2027年1月4日") && row.value.contains("暂定")), "{paper:?}");
    let mut notice = String::from("date,kind,name\n");
    for (day, name) in (1..=365).map(|n| Day::ymd(2026, 12, 31).plus_days(n)).filter_map(|day| Some((day, Calendar::builtin().name(day)?))) {
        notice.push_str(&format!("{day},holiday,{name}\n"));
    }
    notice.push_str("2027-01-04,holiday,元旦\n");
    let ctx = world.platform.system();
    platform::calendars::import(&ctx, 2027, "国办发明电〔2026〕测试号", &notice).await.expect("the notice of 2027");
    recounted(&ctx, case).await.expect("counted again");
    let after = view(&world.registrar(), &world.ports, case).await.expect("a view").file.dates.expect("dates");
    assert_eq!((after.claim_end, after.provisional), (Day::ymd(2027, 1, 5), false));
    let told: Vec<(Vec<u8>, String)> = q("SELECT n.holder, d.channel FROM notice n JOIN notice_delivery d ON d.notice_id = n.id \
         WHERE n.dedupe LIKE 'divorce-%-dates-2026-12-02-2027-01-05-%' AND d.channel = 'sms' AND d.address IS NOT NULL ORDER BY n.dedupe")
        .all(world.registrar().db())
        .await
        .expect("what was told");
    assert!(told.len() == 2 && told[0].0 != told[1].0, "A14: both were told again, each by himself: {told:?}");
});

db_test!(r_mr_21_and_r_mr_25_only_a_valid_marriage_of_the_two_registered_in_the_mainland, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let vegas = ShownInput { cert_no: "Clark County 12345".to_owned(), place: "elsewhere".to_owned(), lost: false };
    let (case, seen) = applies(&world, &vegas, &plain()).await.expect("an application");
    let refused = accept(&world.registrar(), &world.ports, case, seen).await.expect_err("A16");
    assert!(refused.has_code("MR-E21"), "{refused:?}");
    show_marriage(&world.registrar(), case, seen, &shown("J990101-2025-000009")).await.expect("another number");
    let refused = accept(&world.registrar(), &world.ports, case, seen + 1).await.expect_err("not that number");
    assert!(refused.has_code("MR-E25"), "{refused:?}");
    show_marriage(&world.registrar(), case, seen + 1, &shown(&cert_no)).await.expect("the right one");
    accept(&world.registrar(), &world.ports, case, seen + 2).await.expect("accepted");
});

db_test!(r_mr_13_a_marriage_with_a_foreigner_is_divorced_at_a_designated_office_alone, |db| async move {
    let world = world(db, 2).await;
    let couple = (&crate::testing::m1(), &crate::testing::foreigner("consular"));
    let there = world.colleague_moves().await;
    let colleague = world.colleague();
    let elsewhere = open(&colleague, Open { office: there, booking: None, for_abroad: Some(true) }).await.expect("opened");
    enter_party(&colleague, &world.ports, elsewhere, 1, Side::A, couple.0).await.expect("entered");
    enter_party(&colleague, &world.ports, elsewhere, 2, Side::B, couple.1).await.expect("entered");
    let told = view(&colleague, &world.ports, elsewhere).await.expect("a view").findings;
    let told = told.into_iter().find(|finding| finding.rule == "R-MR-13").and_then(|finding| finding.issue).expect("not competent");
    assert!(told.code == "MR-E13" && told.message.zh.contains("城中区民政局婚姻登记处"), "{told:?}");
});

db_test!(r_mr_13_a_foreign_divorce_is_a_matter_of_its_own_and_names_her_as_her_passport_does, |db| async move {
    let world = world(db, 2).await;
    let couple = (&crate::testing::m1(), &crate::testing::foreigner("consular"));
    let cert_no = crate::divorce::testing::registered(&world, couple, ["10000001", "10000002"], ["20000001", "20000002"]).await;
    let (item, case): (String, Vec<u8>) =
        q("SELECT h.item_code, h.id FROM case_head h JOIN divorce d ON d.case_id = h.id").one(world.platform.db()).await.expect("the case");
    assert_eq!(item, crate::divorce::ITEM_FOREIGN);
    let hers = booklet(&world.registrar(), CaseId::try_from(case).expect("an id"), Side::B, None).await.expect("her booklet");
    assert_eq!((hers.parties[1].name.as_str(), hers.parties[1].nationality.as_str()), ("Anna BEISPIEL", "德国"));
    assert!(cert_no.starts_with('L'));
});

db_test!(r_mr_26_and_r_mr_11_one_open_divorce_a_pair_and_no_marriage_meanwhile, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let (one, seen_one) = applies(&world, &shown(&cert_no), &plain()).await.expect("an application");
    let (two, seen_two) = applies(&world, &shown(&cert_no), &plain()).await.expect("another");
    let (ctx, other) = (world.registrar(), world.registrar());
    let (first, second) = tokio::join!(accept(&ctx, &world.ports, one, seen_one), accept(&other, &world.ports, two, seen_two));
    let refused = match (first, second) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("exactly one: {both:?}"),
    };
    assert!(refused.has_code("MR-E26"), "{refused:?}");
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM divorce_case WHERE open").await, 1);
    let (case, seen) = world.entered(&m3(), &crate::testing::f1()).await.expect("entered");
    let refused = marriage::accept(&ctx, &world.ports, case, seen).await.expect_err("still married, divorce under way");
    assert!(refused.has_code("MR-E11"), "{refused:?}");
});

db_test!(r_mr_22_and_r_mr_23_capacity_and_an_agreement_signed_in_its_newest_version, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let silent = AgreementInput { property: String::new(), ..plain() };
    assert!(applies(&world, &shown(&cert_no), &silent).await.expect_err("property left open").has_code("MR-E23"));
    let (case, seen) = applies(&world, &shown(&cert_no), &plain()).await.expect("an application");
    let ctx = world.registrar();
    let unable = TalkInput { capable: [Some(true), Some(false)], ..willing() };
    talk(&ctx, case, seen, &unable).await.expect("recorded as it is");
    assert!(accept(&ctx, &world.ports, case, seen + 1).await.expect_err("no capacity").has_code("MR-E22"));
    talk(&ctx, case, seen + 1, &willing()).await.expect("asked again");
    agree(&ctx, case, seen + 2, &AgreementInput { debts: "各自承担".to_owned(), ..plain() }).await.expect("a new version");
    assert!(accept(&ctx, &world.ports, case, seen + 3).await.expect_err("the newest is not signed").has_code("MR-E23"));
    sign(&ctx, case, seen + 3, &"2".repeat(64)).await.expect("signed");
    accept(&ctx, &world.ports, case, seen + 4).await.expect("accepted");
    assert_eq!(count(&ctx, "SELECT COUNT(*) FROM divorce_agreement").await, 2, "nothing is written over");
});

db_test!(r_mr_24_a_child_that_a_register_knows_and_the_agreement_leaves_out_is_a_warning, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let fact = NewFact {
        kind: FactKind::Parent,
        number: "99010120100601203X".to_owned(),
        other_number: "990101198506154013".to_owned(),
        doc_no: String::new(),
        valid_on: "2010-06-01".to_owned(),
        ended_on: String::new(),
        source: "人口库".to_owned(),
        on_paper: false,
        region: RegionCode::parse("990101").expect("a test region"),
    };
    record(&world.registrar(), fact).await.expect("a child");
    let (case, seen) = applies(&world, &shown(&cert_no), &plain()).await.expect("an application");
    let found = view(&world.registrar(), &world.ports, case).await.expect("a view").findings;
    let issue = found.iter().filter_map(|finding| finding.issue.as_ref()).find(|issue| issue.code == "MR-W24").expect("a warning");
    assert!(!issue.is_error());
    accept(&world.registrar(), &world.ports, case, seen).await.expect("a warning does not refuse");
});

db_test!(r_mr_28_not_registered_this_time_can_still_be_claimed, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let (case, _) = accepted(&world, &cert_no).await;
    world.platform.set_now(at(2026, 9, 10, 10));
    claims(&world, case).await.expect("both came");
    let seen = version(&world, case).await;
    let unwilling = TalkInput { willing: [Some(true), Some(false)], ..willing() };
    talk(&world.registrar(), case, seen, &unwilling).await.expect("recorded");
    let input = |seen| Registration { case, seen, serial_a: "20000001".into(), serial_b: "20000002".into(), confirmation: NAMES.into(), photos: [None, None] };
    let refused = register(&world.registrar(), &world.ports, input(seen + 1)).await.expect_err("not willing");
    assert!(refused.has_code("MR-E12"), "{refused:?}");
    assert!(not_register(&world.registrar(), case, seen + 1, "").await.expect_err("a reason").has_code("E-P205"));
    not_register(&world.registrar(), case, seen + 1, "女方今天不同意").await.expect("not this time");
    assert_eq!(state(&world, case).await, StateKind::NotRegistered);
    world.platform.set_now(at(2026, 10, 9, 10));
    claims(&world, case).await.expect("again on the last day");
    let unsigned = registers(&world, case).await.expect("registered");
    assert!(unsigned.cert_no.starts_with('L'));
});

db_test!(r_mr_25_a_judgment_takes_the_divorce_in_process_with_it, |db| async move {
    let (world, cert_no) = married(db).await;
    let (case, _) = accepted(&world, &cert_no).await;
    let paper = crate::court::Paper {
        doc_no: "（2026）测0101民初9号".to_owned(),
        court: "城中区人民法院".to_owned(),
        kind: "2".to_owned(),
        effective_on: world.platform.now().day().to_string(),
        one: m3().id_no,
        other: f3().id_no,
        cert_no,
    };
    let (region, org) = (world.office.region, world.office.org);
    let notice = crate::court::enter(&world.registrar(), region, org, &paper).await.expect("entered");
    crate::court::apply(&world.colleague(), notice).await.expect("applied");
    assert_eq!(state(&world, case).await, StateKind::EndedByCourt);
});

db_test!(r_mr_16_a_divorce_certificate_has_the_photo_of_its_holder_alone, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    let (case, _) = accepted(&world, &cert_no).await;
    world.platform.set_now(at(2026, 9, 10, 10));
    claims(&world, case).await.expect("both came");
    talk(&world.registrar(), case, version(&world, case).await, &willing()).await.expect("asked");
    let seen = version(&world, case).await;
    let portrait = |file: &str| Photo { file: file.repeat(64), width: 600, height: 800, confirmed: true };
    let input = |photos| Registration { case, seen, serial_a: "20000001".into(), serial_b: "20000002".into(), confirmation: NAMES.into(), photos };
    for (photo, field) in [
        ([Some(Photo { width: 800, height: 600, ..portrait("1") }), None], "photo_a"),
        ([None, Some(Photo { confirmed: false, ..portrait("2") })], "photo_b"),
    ] {
        let refused = register(&world.registrar(), &world.ports, input(photo)).await.expect_err("of both, or not looked at");
        assert!(refused.issues().iter().any(|issue| issue.code == "MR-E16" && issue.field.as_deref() == Some(field)), "{refused:?}");
    }
    register(&world.registrar(), &world.ports, input([Some(portrait("1")), Some(portrait("2"))])).await.expect("divorced");
    let kept: (Option<String>, Option<String>) = q("SELECT photo_a, photo_b FROM divorce").one(world.platform.db()).await.expect("the entry");
    assert_eq!(kept, (Some("1".repeat(64)), Some("2".repeat(64))));
});

db_test!(no_name_number_or_agreement_of_a_divorce_stands_in_clear, |db| async move {
    let (world, cert_no) = married(db).await;
    world.platform.set_now(at(2026, 8, 10, 10));
    accepted(&world, &cert_no).await;
    let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = q("SELECT c.shown, c.talk, a.content FROM divorce_case c JOIN divorce_agreement a ON a.case_id = c.id")
        .all(world.registrar().db())
        .await
        .expect("rows");
    for sealed in rows.iter().flat_map(|(shown, talk, content)| [shown, talk, content]) {
        let text = String::from_utf8_lossy(sealed);
        assert!(!text.contains(&cert_no) && !text.contains("各自"));
    }
});

proptest! {
    /// Whatever is noted about a pregnancy, a birth or a miscarriage, no rule finds anything else than without the note.
    #[test]
    fn r_mr_31_no_rule_refuses_for_a_pregnancy(
        willing in any::<[bool; 2]>(),
        capable in any::<[bool; 2]>(),
        weeks in 0_u8..=42,
        word in prop::sample::select(vec!["女方怀孕", "分娩后一年内", "终止妊娠后六个月内", "pregnant"]),
        application in any::<bool>(),
    ) {
        let visit = if application { Visit::Application } else { Visit::Claim };
        let dossier = |note: String| {
            let base = sample::dossier();
            let content = Agreement { children: Vec::new(), no_children: true, property: "无".into(), debts: "无".into(), other: note.clone() };
            let signed = Some((base.now, "0".repeat(64)));
            Dossier {
                talk: Some(Talk { willing, capable, suspicion: Suspicion::None, note }),
                agreement: Some(Version { id: kernel::Id::new(1, [1; 10]), number: 1, content, made_at: base.now, signed }),
                shown: None,
                children: Vec::new(),
                agreed: Vec::new(),
                old_file: None,
                open_at: None,
                base,
            }
        };
        let with = evaluate(&dossier(format!("{word}，{weeks}周")), visit);
        prop_assert_eq!(&with, &evaluate(&dossier(String::new()), visit));
        for issue in with.iter().filter_map(|finding| finding.issue.as_ref()) {
            prop_assert!(!issue.message.zh.contains('孕') && !issue.message.en.contains("pregnan"));
        }
    }
}
