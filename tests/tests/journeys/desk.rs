//! The counter: a couple walks in and leaves married; what goes wrong on the way loses nothing.

use platform::Role;

use crate::{
    couple::{Counter, Party, acts},
    journey,
    kit::{Site, at},
};

const EVIL: &str = "</textarea><script>alert(1)</script>";

const M1: Party = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "138 0000 0001"), ("a_marital", "10")];
const F1: Party = [("b_name", "李样例"), ("b_id_no", "990101200603110020"), ("b_phone", "138 0000 0002"), ("b_marital", "10")];

/// The counter of the test county 990101.
async fn counter(site: &Site) -> Counter {
    Counter::opens(site, "990101").await
}

async fn opens_case(counter: &mut Counter) -> String {
    counter.registrar.opens("/desk").await.is(200).submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    counter.registrar.path().to_owned()
}

async fn is_entered(counter: &mut Counter, case: &str) {
    counter.enters(case, &M1, &F1).await;
}

journey!(r_mr_a_couple_walks_in_and_leaves_married, |site| {
    let mut counter = counter(&site).await;
    let case = opens_case(&mut counter).await;
    counter.registrar.sees("城中区民政局婚姻登记处").sees("初审");
    is_entered(&mut counter, &case).await;
    counter.examines(&case).await;
    let registrar = &mut counter.registrar;
    acts(registrar, &case, "register", &[("confirmation", "张测试 李样例")]).await;
    registrar.sees("J990101-2026-000001").sees("已登记").sees("10000001").sees("10000002");
    registrar.opens("/desk").await.sees("已登记").sees("张*试").sees_no("张测试");
    let head = store::q("SELECT result, accepted_at, decided_at, closed_at FROM case_head WHERE acceptor IS NOT NULL AND acceptor = decider");
    let (result, accepted, decided, closed): (Option<String>, Option<i64>, Option<i64>, Option<i64>) = head.one(site.platform.db()).await.expect("the head");
    assert_eq!((result.as_deref(), accepted.is_some(), decided), (Some("granted"), true, closed), "the head is what the engine folds from the log");
    registrar.opens(&format!("{case}/photo.jpg")).await.is(200);
});

journey!(r_mr_02_a_day_too_young_is_told_with_the_day_from_which_it_is_possible, |site| {
    let mut counter = counter(&site).await;
    site.set_now(at(2026, 5, 19, 10, 0));
    counter.changes_shift(&site).await;
    let case = opens_case(&mut counter).await;
    is_entered(&mut counter, &case).await;
    let form = format!("{case}/accept");
    counter.registrar.opens(&case).await.submits(&form, &[]).await.is(422).sees("最早可于2026年5月20日（周三）办理").sees("民法典第一千零四十七条");
});

journey!(r_mr_20_bad_input_comes_back_filled_and_stays_text, |site| {
    let mut counter = counter(&site).await;
    let case = opens_case(&mut counter).await;
    let form = format!("{case}/enter-a");
    let registrar = &mut counter.registrar;
    let typed = [("a_name", EVIL), ("a_id_no", "990101200011300075"), ("a_phone", EVIL), ("a_marital", "10")];
    registrar.opens(&case).await.submits(&form, &typed).await.is(422).sees("身份证号码校验位不正确");
    assert!(!registrar.html().contains("<script>alert"));
    assert_eq!(registrar.value(&form, "a_name"), EVIL);
    assert_eq!(registrar.value(&form, "a_id_no"), "990101200011300075");
    registrar.submits(&form, &M1).await.is(303);
    registrar.opens("/desk/cases/00000000000000000000000000").await.is(404);
});

journey!(a_form_posted_twice_or_from_a_stale_page_says_what_changed, |site| {
    let mut counter = counter(&site).await;
    let case = opens_case(&mut counter).await;
    let (form_a, form_b) = (format!("{case}/enter-a"), format!("{case}/enter-b"));
    counter.colleague.opens(&case).await.is(200);
    counter.registrar.opens(&case).await.submits(&form_a, &M1).await.is(303);
    counter.colleague.submits(&form_b, &F1).await.is(422).sees("数据已被他人更新").sees("录入当事人").sees("您填写的内容仍在");
    assert_eq!(counter.colleague.value(&form_b, "b_name"), "李样例");
    counter.colleague.submits(&form_b, &F1).await.is(303);
});

journey!(r_mr_08_a_death_entered_at_the_counter_stops_the_case, |site| {
    let mut counter = counter(&site).await;
    let registrar = &mut counter.registrar;
    let death = [("kind", "death"), ("number", "990101200603110020"), ("valid_on", "2026-03-03"), ("source", "殡葬信息库")];
    registrar.opens("/desk/facts").await.is(200).submits("/desk/facts", &death[..3]).await.is(422).sees("请填写信息来源");
    registrar.submits("/desk/facts", &death).await.is(303);
    let case = opens_case(&mut counter).await;
    is_entered(&mut counter, &case).await;
    let form = format!("{case}/accept");
    counter.registrar.opens(&case).await.submits(&form, &[]).await.is(422).sees("李样例的身份信息在死亡登记中存在，请核实身份");
    counter.registrar.submits(&format!("{case}/refuse"), &[]).await.is(303).follows().await.sees("不予登记");
});

journey!(r_mr_19_a_security_administrator_enters_registrars_and_switches_sources, |site| {
    let counter = counter(&site).await;
    let mut admin = site.staff("990101", &[Role::SecurityAdmin]).await;
    admin.opens("/admin/registrars").await.is(200).sees("在岗").sees("已接通");
    let typed = [("act", "registrar"), ("office", counter.office.code.as_str()), ("registrar_no", ""), ("exam_on", "2027-01-01")];
    admin.submits("/admin/registrars", &typed).await.is(422).sees("请选择工作人员");
    let person = identity::testing::staff(&site.platform, "990101", &[Role::Registrar]).await.id.to_string();
    let typed = [&typed[..], &[("staff", person.as_str())]].concat();
    admin.opens("/admin/registrars").await.submits("/admin/registrars", &typed).await.is(422).sees("请填写登记员编号");
});
