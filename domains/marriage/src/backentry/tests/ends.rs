//! A marriage that is known from an old file only ends like any other: by a divorce at the counter, a document of a court, a death.

use ::store::{db_test, q};
use identity::facts::{FactKind, NewFact, facts_of, record, withdraw};

use super::*;
use crate::court::{Paper, apply, enter};
use crate::ops::PartyInput;
use crate::questions::{Asking, Verdict, ask, question};
use crate::testing::person;

fn him() -> PartyInput {
    person("王某", HE, "13800000011")
}

fn her() -> PartyInput {
    person("李某", SHE, "13800000012")
}

/// A world in which the couple's old file is published: its row.
async fn published(world: &World, line: &str) -> RowId {
    let id = entered(world, "1987", &[line.to_owned()]).await;
    let checker = world.colleague();
    let row = only(&checker, id, State::Keyed).await;
    assert_eq!(confirm(&checker, row, 1).await.expect("checked"), State::Published);
    row
}

/// Whether the marriage of a row stands, how it ended, and how many are married now.
async fn now(world: &World, id: RowId) -> (bool, Option<EndKind>, i64) {
    let fact = row(&world.colleague(), id).await.expect("seen").fact.expect("published");
    let (married,): (i64,) = q("SELECT COUNT(*) FROM marriage_standing").one(world.platform.db()).await.expect("a count");
    (fact.stands, fact.end_kind, married)
}

async fn dies(world: &World, number: &str, on: &str) {
    let fact = NewFact {
        kind: FactKind::Death,
        number: number.to_owned(),
        other_number: String::new(),
        doc_no: String::new(),
        valid_on: on.to_owned(),
        ended_on: String::new(),
        source: "殡葬信息库".to_owned(),
        on_paper: false,
        region: world.office.region,
    };
    record(&world.registrar(), fact).await.expect("recorded");
}

async fn verdict(world: &World, number: &str) -> Verdict {
    let asking = Asking { id_no: number.to_owned(), purpose: "核对".to_owned(), case_no: "业务1".to_owned() };
    let id = ask(&world.registrar(), &world.ports, &asking).await.expect("asked");
    question(&world.registrar(), id).await.expect("told").verdict
}

db_test!(r_mr_25_a_divorce_at_the_counter_ends_a_marriage_from_an_old_file, |db| async move {
    let world = world(db, 2).await;
    let id = published(&world, &whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE))).await;
    assert_eq!(now(&world, id).await, (true, None, 2));
    let divorced = crate::divorce::testing::divorces(&world, (&him(), &her()), "城婚字 第1号".to_owned(), ["20000001", "20000002"]).await;
    assert!(divorced.starts_with('L'));
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Divorce), 0));
    let [prior_basis, prior_on] = ["1", "2026-09-10"].map(str::to_owned);
    let alone = PartyInput { marital: "40".to_owned(), prior_basis, prior_doc_no: divorced, prior_on, ..him() };
    world.marries(&alone, &f1(), ["10000001", "10000002"]).await.expect("free");
});

db_test!(r_mr_25_a_judgment_ends_a_marriage_from_an_old_file_and_a_void_one_never_was, |db| async move {
    let world = world(db, 0).await;
    let (region, org) = (world.office.region, world.office.org);
    let id = published(&world, &whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE))).await;
    let paper = |doc_no: &str, kind: &str| Paper {
        doc_no: doc_no.to_owned(),
        court: "城中区人民法院".to_owned(),
        kind: kind.to_owned(),
        effective_on: "2026-05-19".to_owned(),
        one: SHE.to_owned(),
        other: HE.to_owned(),
        cert_no: "城婚字第1号".to_owned(),
    };
    let other = Paper { cert_no: "城婚字第2号".to_owned(), ..paper("一", "2") };
    assert!(enter(&world.registrar(), region, org, &other).await.expect_err("another certificate").has_code("MR-E25"));
    let judgment = enter(&world.registrar(), region, org, &paper("一", "2")).await.expect("entered");
    let again = enter(&world.registrar(), region, org, &paper("二", "3")).await.expect("entered");
    let seen = crate::court::notice(&world.colleague(), judgment).await.expect("seen");
    assert_eq!(seen.old_file, Some(id));
    apply(&world.colleague(), judgment).await.expect("applied");
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Judgment), 0));
    assert!(apply(&world.colleague(), again).await.expect_err("it has ended").has_code("MR-E25"));
    let void = enter(&world.registrar(), region, org, &paper("三", "7")).await.expect("what has ended can be found void");
    apply(&world.colleague(), void).await.expect("applied");
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Invalid), 0));
    assert!(enter(&world.registrar(), region, org, &paper("四", "7")).await.expect_err("void already").has_code("MR-E25"));
});

db_test!(r_mr_25_a_file_that_lacks_a_number_is_found_by_its_certificate, |db| async move {
    let world = world(db, 0).await;
    let id = published(&world, &whole("G001-1987-1-00001", ("王某", "不详"), ("李某", SHE))).await;
    let paper = Paper {
        doc_no: "一".to_owned(),
        court: "城中区人民法院".to_owned(),
        kind: "2".to_owned(),
        effective_on: "2026-05-19".to_owned(),
        one: HE.to_owned(),
        other: SHE.to_owned(),
        cert_no: String::new(),
    };
    let (region, org) = (world.office.region, world.office.org);
    assert!(enter(&world.registrar(), region, org, &paper).await.expect_err("a likeness only").has_code("MR-E25"));
    let named = Paper { cert_no: "城婚字第1号".to_owned(), ..paper };
    let notice = enter(&world.registrar(), region, org, &named).await.expect("entered");
    apply(&world.colleague(), notice).await.expect("applied");
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Judgment), 0));
});

db_test!(r_mr_09_a_death_frees_the_widow_of_an_old_file_once_though_two_counters_marry_her, |db| async move {
    let world = world(db, 4).await;
    let id = published(&world, &whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE))).await;
    assert_eq!(verdict(&world, SHE).await, Verdict::Valid);
    dies(&world, HE, "2026-03-03").await;
    assert_eq!((verdict(&world, SHE).await, verdict(&world, HE).await), (Verdict::None, Verdict::None), "a register does not outlive the dead");
    let widow = PartyInput { marital: "30".to_owned(), ..her() };
    let (one, other) = (m1(), person("马某", "990101198506154013", "13800000023"));
    let (first, seen) = world.entered(&one, &widow).await.expect("entered");
    let (second, also) = world.entered(&other, &widow).await.expect("entered");
    let (seen, also) = tokio::join!(world.examined(first, seen), world.examined(second, also));
    let (seen, also) = (seen.expect("nothing bars her"), also.expect("nothing bars her"));
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Death), 0), "both checks wrote one end down");
    let done = tokio::join!(
        world.registers(first, seen, "张测试 李某", ["10000001", "10000002"]),
        world.registers(second, also, "马某 李某", ["10000003", "10000004"]),
    );
    let lost = match done {
        (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
        other => panic!("one of two: {other:?}"),
    };
    assert!(lost.has_code("MR-E05"), "{lost:?}");
    assert_eq!(now(&world, id).await.2, 2, "she and her husband; the dead man is married to nobody");
});

db_test!(r_mr_37_an_old_file_of_somebody_whose_spouse_died_is_no_conflict, |db| async move {
    let world = world(db, 2).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
    dies(&world, &m1().id_no, "2026-05-20").await;
    let line = whole("G001-2026-1-00001", ("王某", HE), ("李样例", &f1().id_no)).replace("1987-05-20", "2026-05-20");
    let id = published(&world, &line).await;
    assert_eq!(now(&world, id).await, (true, None, 2), "her first marriage gave its place to the second");
});

/// The record of a death turns out to be wrong.
async fn lives(world: &World, number: &str) {
    let (ctx, region) = (world.colleague(), world.office.region);
    for entry in facts_of(&ctx, number, &region, "更正").await.expect("listed") {
        withdraw(&ctx, entry.id, &region, "登记有误").await.expect("withdrawn");
    }
}

/// A widow is at the counter and her first marriage has been written down as ended.
async fn a_widow_is_checked(world: &World) -> (casework::CaseId, i64) {
    let widow = PartyInput { marital: "30".to_owned(), ..her() };
    let (case, seen) = world.entered(&m1(), &widow).await.expect("entered");
    let seen = world.examined(case, seen).await.expect("nothing bars her");
    (case, seen)
}

db_test!(r_mr_09_a_marriage_stands_again_once_the_record_of_the_death_that_ended_it_is_withdrawn, |db| async move {
    let world = world(db, 4).await;
    let id = published(&world, &whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE))).await;
    dies(&world, HE, "2026-03-03").await;
    let (case, seen) = a_widow_is_checked(&world).await;
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Death), 0));
    lives(&world, HE).await;
    let refused = world.registers(case, seen, "张测试 李某", ["10000001", "10000002"]).await.expect_err("she is married");
    assert!(refused.has_code("MR-E05"), "{refused:?}");
    assert_eq!(now(&world, id).await, (true, None, 2));
    assert_eq!((verdict(&world, SHE).await, verdict(&world, HE).await), (Verdict::Valid, Verdict::Valid));
    dies(&world, HE, "2026-03-03").await;
    world.registers(case, seen, "张测试 李某", ["10000001", "10000002"]).await.expect("recorded again, rightly");
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Death), 2));
});

db_test!(r_mr_09_an_entry_of_the_register_stands_again_too_and_silence_of_the_base_revives_nothing, |db| async move {
    let world = world(db, 4).await;
    world.marries(&him(), &her(), ["10000001", "10000002"]).await.expect("married here");
    dies(&world, HE, "2026-05-20").await;
    a_widow_is_checked(&world).await;
    let stands = || { let db = world.platform.db().clone(); async move { q("SELECT COUNT(*) FROM marriage WHERE state = 'valid'").one::<(i64,)>(&db).await.expect("a count").0 } };
    assert_eq!(stands().await, 0);
    lives(&world, HE).await;
    identity::facts::set_source(&world.platform.system(), FactKind::Death, false, "停").await.expect("a source");
    assert_eq!((verdict(&world, SHE).await, stands().await), (Verdict::None, 0), "not answered is not “nobody died”");
    identity::facts::set_source(&world.platform.system(), FactKind::Death, true, "通").await.expect("a source");
    assert_eq!((verdict(&world, SHE).await, stands().await), (Verdict::Valid, 1));
});

db_test!(r_mr_09_who_has_married_again_is_not_married_twice_by_a_withdrawal, |db| async move {
    let world = world(db, 4).await;
    let id = published(&world, &whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE))).await;
    dies(&world, HE, "2026-03-03").await;
    let (case, seen) = a_widow_is_checked(&world).await;
    world.registers(case, seen, "张测试 李某", ["10000001", "10000002"]).await.expect("married again");
    lives(&world, HE).await;
    assert_eq!((verdict(&world, SHE).await, verdict(&world, HE).await), (Verdict::Valid, Verdict::None));
    assert_eq!(now(&world, id).await, (false, Some(EndKind::Death), 2), "a court has to say what becomes of either");
});
