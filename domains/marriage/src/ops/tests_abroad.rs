//! Whole cases with parties from abroad and soldiers, on both engines.

use ::store::db_test;
use kernel::Day;

use super::*;
use crate::countries::{self, EntryInput};
use crate::model::Side;
use crate::testing::{f1, m1, world};
use crate::{ITEM_FOREIGN, KIND_FOREIGN};

/// A woman from abroad with all that she has to bring.
fn foreigner(authentication: &str) -> PartyInput {
    PartyInput {
        name: "Anna BEISPIEL".to_owned(),
        name_zh: "安娜".to_owned(),
        kind: "6".to_owned(),
        nationality: "DEU".to_owned(),
        id_no: "C01X00T47".to_owned(),
        birth: "1999-02-28".to_owned(),
        sex: "2".to_owned(),
        id_valid_to: "2031-01-01".to_owned(),
        marital: "10".to_owned(),
        phone: "13800000009".to_owned(),
        papers: vec![PaperInput {
            kind: "no_spouse".to_owned(),
            number: "17/2026".to_owned(),
            issuer: "Standesamt Musterstadt".to_owned(),
            issued_on: "2026-03-02".to_owned(),
            country: "DEU".to_owned(),
            authentication: authentication.to_owned(),
            translation: "translated".to_owned(),
        }],
        ..PartyInput::default()
    }
}

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
