//! The scenarios of the marriage register that turn on what is known of somebody: married elsewhere, widowed, perhaps in an old file.

use casework::testing::PDF;

use crate::{
    couple::{Counter, Party, acts},
    journey,
    kit::{Site, at},
};

const M1: Party = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "138 0000 0001"), ("a_marital", "10")];
const F1: Party = [("b_name", "李样例"), ("b_id_no", "990101200603110020"), ("b_phone", "138 0000 0002"), ("b_marital", "10")];
const F7: Party = [("b_name", "吴某"), ("b_id_no", "990101200209150083"), ("b_phone", "138 0000 0008"), ("b_marital", "10")];
const M5: Party = [("a_name", "郑某"), ("a_id_no", "990101197204182014"), ("a_phone", "138 0000 0012"), ("a_marital", "10")];
const F5: Party = [("b_name", "王某"), ("b_id_no", "990101197408092029"), ("b_phone", "138 0000 0013"), ("b_marital", "10")];
const F8: Party = [("b_name", "冯某"), ("b_id_no", "990101196807209023"), ("b_phone", "138 0000 0014"), ("b_marital", "10")];

/// The registrar opens a case for two who walked in, and both are entered, identified and have signed; its address.
async fn walk_in(counter: &mut Counter, a: &Party<'_>, b: &Party<'_>) -> String {
    counter.registrar.opens("/desk").await.is(200).submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    let case = counter.registrar.path().to_owned();
    counter.enters(&case, a, b).await;
    case
}

async fn marries(counter: &mut Counter, a: &Party<'_>, b: &Party<'_>) {
    let case = walk_in(counter, a, b).await;
    counter.examines(&case).await;
    let names = format!("{} {}", a[0].1, b[0].1);
    acts(&mut counter.registrar, &case, "register", &[("confirmation", &names)]).await;
    counter.registrar.sees("已登记");
}

/// The colleague enters what another register told.
async fn is_told(counter: &mut Counter, fact: &[(&str, &str)]) {
    counter.colleague.opens("/desk/facts").await.is(200).submits("/desk/facts", fact).await.is(303);
}

async fn comes(site: &Site, counter: &mut Counter, (year, month, day): (i16, i8, i8)) {
    site.set_now(at(year, month, day, 10, 0));
    counter.changes_shift(site).await;
}

journey!(r_mr_05_and_a4_who_is_married_in_another_register_is_not_taken_in_and_the_check_is_kept, |site| {
    let mut counter = Counter::opens(&site, "990101").await;
    let married = [
        ("kind", "marriage"),
        ("number", F7[1].1),
        ("other_number", "990101200011300074"),
        ("doc_no", "J980101-2024-000017"),
        ("valid_on", "2024-10-08"),
        ("source", "全国婚姻登记信息"),
    ];
    is_told(&mut counter, &married).await;
    let case = walk_in(&mut counter, &M1, &F7).await;
    let registrar = &mut counter.registrar;
    let refused = registrar.opens(&case).await.submits(&format!("{case}/accept"), &[]).await.is(422);
    refused.sees("吴某存在有效婚姻登记记录（字号J980101-2024-000017），不予结婚登记");
    acts(registrar, &case, "refuse", &[]).await;
    registrar.sees("不予登记").sees("MR-E05").sees("受理核对").sees("不予登记核对");
    registrar.opens(&format!("{case}/notice.pdf")).await.is(200);
    assert!(registrar.bytes().starts_with(b"%PDF"), "a notice with the reason");
});

journey!(r_mr_09_and_a17_a_widower_needs_no_paper_and_his_first_marriage_ended_on_the_day_of_the_death, |site| {
    site.set_now(at(2026, 1, 5, 10, 0));
    let mut counter = Counter::opens(&site, "990101").await;
    marries(&mut counter, &M5, &F5).await;
    comes(&site, &mut counter, (2026, 6, 1)).await;
    let widowed: Party = [M5[0], M5[1], M5[2], ("a_marital", "30")];
    let case = walk_in(&mut counter, &widowed, &F8).await;
    counter.registrar.opens(&case).await.submits(&format!("{case}/accept"), &[]).await.is(422).sees("郑某存在有效婚姻登记记录");
    // She was cremated on the fifth of March; she died on the third.
    let dead = [("kind", "death"), ("number", F5[1].1), ("valid_on", "2026-03-03"), ("source", "殡葬信息库（火化2026-03-05）")];
    is_told(&mut counter, &dead).await;
    counter.examines(&case).await;
    acts(&mut counter.registrar, &case, "register", &[("confirmation", "郑某 冯某")]).await;
    let asks = [("id_no", M5[1].1), ("asker", "party"), ("purpose", "本人留存")];
    let registrar = &mut counter.registrar;
    registrar.sees("已登记").opens("/desk/registry").await.submits("/desk/registry", &asks).await.is(200).sees("一方死亡").sees("有效");
    registrar.clicks("J990101-2026-000001").await.is(200).sees("一方死亡 · 2026年3月3日");
});

journey!(r_mr_39_and_a19_an_old_file_without_his_number_warns_at_the_counter_and_never_bars, |site| {
    let mut counter = Counter::opens(&site, "990101").await;
    let head = "档号,图像,登记日期,男方姓名,男方证件号码,男方出生日期,女方姓名,女方证件号码";
    let lines = ["G001-1987-1-00019,1.pdf,1987-05-20,张测试,不详,2004-05-20,李某,990101194912310028", "G001-1988-1-00001,1.pdf,1988,张测试,不详,,季某,不详"];
    let table = format!("{head}\r\n{}\r\n", lines.join("\r\n"));
    let keyer = &mut counter.registrar;
    keyer.opens("/desk/backentry").await.submits("/desk/backentry", &[("name", "1987"), ("source", "paper")]).await.is(303).follows().await.is(200);
    let batch = keyer.path().to_owned();
    keyer.uploads(&format!("{batch}/table"), &[], &[("table", "1987.csv", "text/csv", table.as_bytes())]).await.is(303);
    site.runs("marriage.backentry").await;
    keyer.opens(&batch).await.uploads(&format!("{batch}/images"), &[], &[("images", "1.pdf", "application/pdf", PDF)]).await.is(303);
    let checker = &mut counter.colleague;
    checker.opens(&batch).await.is(200).clicks("G001-1987-1-00019").await.is(200).sees("不详");
    let row = checker.path().to_owned();
    checker.submits(&format!("{row}/confirm"), &[]).await.is(303).follows().await.sees("已复核入库").sees("60/100");
    // Name and birth may be the same person's: a task for somebody who looks into it.
    checker.opens(&batch).await.clicks("G001-1988-1-00001").await.is(200);
    let row = checker.path().to_owned();
    checker.submits(&format!("{row}/confirm"), &[]).await.is(303).follows().await.sees("冲突待核实");
    checker.opens("/desk/backentry/conflicts").await.sees("G001-1988-1-00001").sees_no("G001-1987-1-00019");

    let case = walk_in(&mut counter, &M1, &F1).await;
    counter.registrar.opens(&case).await.sees("补录档案G001-1987-1-00019中可能有此人的婚姻记录");
    counter.goes_on(&case).await;
    counter.registrar.sees("核对：还有1项");
    acts(&mut counter.registrar, &case, "register", &[("confirmation", "张测试 李样例")]).await;
    counter.registrar.sees("J990101-2026-000001");
});

journey!(r_mr_40_the_certificate_of_no_record_has_a_page_of_its_own_and_keeps_what_was_typed, |site| {
    let mut registrar = Counter::opens(&site, "990101").await.registrar;
    registrar.opens("/desk/registry").await.is(200).clicks("出具（无）婚姻登记记录证明").await.is(200);
    assert_eq!(registrar.html().matches("id=\"id_no\"").count(), 1, "an id stands for one field");
    let asks = [("id_no", "990101200405200017"), ("asker", "party"), ("purpose", "买房"), ("usage", "")];
    registrar.submits("/desk/registry/none", &asks).await.is(422).sees("除涉台和规定国家公证用途外");
    assert_eq!(registrar.value("/desk/registry/none", "purpose"), "买房");
});
