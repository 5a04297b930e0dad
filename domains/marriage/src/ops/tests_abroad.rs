//! Whole cases with parties from abroad and soldiers, on both engines.

use ::store::db_test;
use kernel::Day;

use super::*;
use crate::countries::{self, EntryInput};
use crate::model::Side;
use crate::testing::{f1, foreigner, m1, world};
use crate::{ITEM_FOREIGN, KIND_FOREIGN};

db_test!(r_mr_13_and_r_mr_14_a_resident_marries_a_foreigner_at_a_designated_office, |db| async move {
    let world = world(db, 2).await;
    let done = world.marries(&m1(), &foreigner("consular"), ["10000001", "10000002"]).await.expect("registered");
    let ctx = world.registrar();
    let case = cases_today(&ctx, world.office()).await.expect("today's")[0].id;
    let view = view(&ctx, &world.ports, case).await.expect("a view");
    assert_eq!((view.file.head.item_code.as_str(), view.entry.map(|entry| entry.cert_no)), (ITEM_FOREIGN, Some(done.cert_no)));
    let hers = booklet(&ctx, case, Side::B, None).await.expect("her booklet");
    assert_eq!((hers.parties[1].name.as_str(), hers.parties[1].nationality.as_str(), hers.parties[1].id_no.as_str()), ("Anna BEISPIEL", "德国", "C01X00T47"));
    let again = world.marries(&another_man(), &foreigner("consular"), ["10000001", "10000002"]).await.expect_err("she is married now");
    assert!(again.has_code("MR-E05"), "found by the number of her passport: {again:?}");
});

/// Another man.
fn another_man() -> PartyInput {
    crate::testing::person("马某", "990101198506154013", "13800000023")
}

db_test!(r_mr_14_an_apostille_counts_once_an_administrator_has_listed_its_country, |db| async move {
    let world = world(db, 2).await;
    let (case, seen) = world.entered(&m1(), &foreigner("apostille")).await.expect("entered");
    let ctx = world.registrar();
    assert!(accept(&ctx, &world.ports, case, seen).await.expect_err("not listed").has_code("MR-E14"));
    let [list, country, from, source] = ["apostille", "DEU", "2023-11-07", "测试公告"].map(str::to_owned);
    countries::set(&world.administrator(), &EntryInput { list, country, from, to: String::new(), source }).await.expect("listed");
    accept(&ctx, &world.ports, case, seen).await.expect("listed now");
});

db_test!(r_mr_13_another_office_names_the_one_that_is_competent, |db| async move {
    let world = world(db, 0).await;
    let there = world.colleague_moves().await;
    let ctx = world.colleague();
    let case = open(&ctx, Open { office: there, booking: None, for_abroad: Some(true) }).await.expect("opened");
    enter_party(&ctx, &world.ports, case, 1, Side::B, &foreigner("consular")).await.expect("entered");
    let view = view(&ctx, &world.ports, case).await.expect("a view");
    let found = view.findings.into_iter().find(|finding| finding.rule == "R-MR-13").expect("looked at");
    let told = found.issue.expect("not competent");
    assert_eq!(told.code, "MR-E13");
    assert!(told.message.zh.contains("城中区民政局婚姻登记处"), "where to go: {told:?}");
    assert!(world.office.kinds.iter().any(|kind| kind == KIND_FOREIGN));
});

db_test!(r_mr_15_a_soldier_is_registered_with_the_papers_of_his_unit, |db| async move {
    let world = world(db, 2).await;
    let paper = |kind: &str| PaperInput {
        kind: kind.to_owned(),
        number: "军字第1号".to_owned(),
        issuer: "某部政治工作部".to_owned(),
        issued_on: "2026-05-01".to_owned(),
        ..PaperInput::default()
    };
    let without = PartyInput { kind: "7".to_owned(), papers: vec![paper("military_id")], ..m1() };
    let (case, seen) = world.entered(&without, &f1()).await.expect("entered");
    assert!(accept(&world.registrar(), &world.ports, case, seen).await.expect_err("no certificate").has_code("MR-E15"));
    let soldier = PartyInput { papers: vec![paper("military_id"), paper("military_certificate")], ..without };
    world.marries(&soldier, &f1(), ["10000001", "10000002"]).await.expect("with both");
});

db_test!(r_mr_13_a_resident_who_stays_abroad_is_registered_by_any_office_with_card_and_passport, |db| async move {
    let world = world(db, 2).await;
    let without = PartyInput { kind: "8".to_owned(), ..m1() };
    let (case, seen) = world.entered(&without, &f1()).await.expect("entered");
    assert!(accept(&world.registrar(), &world.ports, case, seen).await.expect_err("no passport").has_code("MR-E14"));
    let passport = PaperInput { kind: "chinese_passport".to_owned(), number: "E00000001".to_owned(), ..PaperInput::default() };
    world.marries(&PartyInput { papers: vec![passport], ..without }, &f1(), ["10000001", "10000002"]).await.expect("with it");
    let case = cases_today(&world.registrar(), world.office()).await.expect("today's")[0].id;
    let view = view(&world.registrar(), &world.ports, case).await.expect("a view");
    assert_eq!(view.file.head.item_code, crate::ITEM, "no matter of parties from abroad");
});

db_test!(what_a_kind_of_party_needs_is_told_at_its_fields, |db| async move {
    let world = world(db, 0).await;
    let ctx = world.registrar();
    let case = open(&ctx, Open { office: world.office(), booking: None, for_abroad: Some(true) }).await.expect("opened");
    let wrong = PartyInput { nationality: "HKG".to_owned(), id_type: "111".to_owned(), birth: String::new(), sex: String::new(), ..foreigner("stamp") };
    let refused = enter_party(&ctx, &world.ports, case, 1, Side::B, &wrong).await.expect_err("four things");
    let fields: Vec<_> = refused.issues().iter().filter_map(|issue| issue.field.clone()).collect();
    for field in ["b_nationality", "b_id_type", "b_no_spouse_authentication"] {
        assert!(fields.iter().any(|found| found == field), "{field}: {fields:?}");
    }
    let unborn = PartyInput { birth: Day::ymd(2027, 1, 1).to_string(), ..foreigner("consular") };
    let refused = enter_party(&ctx, &world.ports, case, 1, Side::B, &unborn).await.expect_err("not born yet");
    assert_eq!(refused.issues()[0].field.as_deref(), Some("b_birth"));
});
