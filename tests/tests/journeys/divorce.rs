//! Divorces through the counter's pages, with exact dates: apply, wait, claim; too early, too late, withdrawn, provisional, not from here.

use platform::Role;

use crate::{
    couple::{Counter, Party, acts, picture},
    journey,
    kit::{Site, at},
};

const M3: Party = [("a_name", "马某"), ("a_id_no", "990101198506154013"), ("a_phone", "138 0000 0023"), ("a_marital", "10")];
const F3: Party = [("b_name", "冯某"), ("b_id_no", "990101198709224026"), ("b_phone", "138 0000 0024"), ("b_marital", "10")];
const CERTIFICATE: &str = "J990101-2026-000001";

/// A counter where M3 and F3 married on the fifth of January; there are ten divorce certificates.
async fn counter(site: &Site) -> Counter {
    site.set_now(at(2026, 1, 5, 10, 0));
    let mut counter = Counter::opens(site, "990101").await;
    counter.registrar.opens("/desk").await.submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    let case = counter.registrar.path().to_owned();
    counter.enters(&case, &M3, &F3).await;
    counter.examines(&case).await;
    acts(&mut counter.registrar, &case, "register", &[("confirmation", "马某 冯某")]).await;
    counter.registrar.sees(CERTIFICATE);
    let delivery = [("first_serial", "20000001"), ("last_serial", "20000010"), ("act", "receive"), ("kind", "L")];
    counter.registrar.opens("/desk/stock?kind=L").await.is(200).submits("/desk/stock", &delivery).await.is(303);
    counter
}

/// Everything up to the acceptance on that day; returns the address of the case.
async fn applies(site: &Site, counter: &mut Counter, (year, month, day): (i16, i8, i8), place: &str) -> String {
    site.set_now(at(year, month, day, 10, 0));
    counter.changes_shift(site).await;
    counter.registrar.opens("/desk/divorces").await.is(200).submits("/desk/divorces", &[]).await.is(303).follows().await.is(200);
    let case = counter.registrar.path().to_owned();
    acts(&mut counter.registrar, &case, "enter-a", &M3[..3]).await;
    acts(&mut counter.registrar, &case, "enter-b", &F3[..3]).await;
    acts(&mut counter.colleague, &case, "confirm-a", &[]).await;
    acts(&mut counter.colleague, &case, "confirm-b", &[]).await;
    let registrar = &mut counter.registrar;
    acts(registrar, &case, "identify", &[]).await;
    acts(registrar, &case, "show-marriage", &[("place", place), ("cert_no", CERTIFICATE)]).await;
    talks(counter, &case).await;
    let agreed = [("no_children", "yes"), ("property", "各自名下归各自"), ("debts", "无")];
    let registrar = &mut counter.registrar;
    acts(registrar, &case, "agree", &agreed).await;
    let form = format!("{case}/sign");
    registrar.opens(&case).await.uploads(&form, &[], &[("scan", "scan.png", "image/png", &picture())]).await.is(303);
    case
}

async fn talks(counter: &mut Counter, case: &str) {
    let yes = [("a_willing", "yes"), ("b_willing", "yes"), ("a_capable", "yes"), ("b_capable", "yes")];
    acts(&mut counter.registrar, case, "talk", &yes).await;
}

async fn accepted(site: &Site, counter: &mut Counter, day: (i16, i8, i8)) -> String {
    let case = applies(site, counter, day, "mainland").await;
    acts(&mut counter.registrar, &case, "accept", &[]).await;
    case
}

/// On another day, with fresh sessions.
async fn comes(site: &Site, counter: &mut Counter, (year, month, day): (i16, i8, i8)) {
    site.set_now(at(year, month, day, 10, 0));
    counter.changes_shift(site).await;
}

async fn registers(counter: &mut Counter, case: &str) {
    acts(&mut counter.registrar, case, "claim", &[]).await;
    talks(counter, case).await;
    acts(&mut counter.registrar, case, "register", &[("confirmation", "马某 冯某")]).await;
}

journey!(r_mr_27_a_couple_comes_a_day_too_early_and_is_divorced_on_the_next, |site| {
    let mut counter = counter(&site).await;
    let case = accepted(&site, &mut counter, (2026, 8, 10)).await;
    counter.registrar.sees("2026年9月9日").sees("2026年9月10日").sees("2026年10月9日");
    counter.registrar.opens(&format!("{case}/receipt.pdf")).await.is(200);
    comes(&site, &mut counter, (2026, 9, 9)).await;
    counter.registrar.opens(&case).await.is(200).sees("三十日期间").sees_no("双方到场，开始领证审查");
    counter.registrar.opens("/desk/divorces").await.is(200).sees("马* · 冯*").sees_no("马某");
    comes(&site, &mut counter, (2026, 9, 10)).await;
    registers(&mut counter, &case).await;
    counter.registrar.sees("L990101-2026-000001").sees("20000001").sees(CERTIFICATE).sees("已离婚登记");
    counter.registrar.opens(&format!("{case}/booklet-a.pdf")).await.is(200);
    site.works().await;
    let states = store::q("SELECT COUNT(*) FROM lic WHERE number = $1 AND state = '05'");
    let (void,): (i64,) = states.bind(CERTIFICATE).one(site.platform.db()).await.expect("the electronic certificates");
    assert_eq!(void, 2, "the marriage certificates are void for every check");
});

journey!(r_mr_28_nobody_came_and_a_new_application_starts_a_new_period, |site| {
    let mut counter = counter(&site).await;
    let case = accepted(&site, &mut counter, (2026, 8, 10)).await;
    site.set_now(at(2026, 10, 10, 0, 5));
    site.runs("marriage.divorce").await;
    comes(&site, &mut counter, (2026, 10, 10)).await;
    counter.registrar.opens(&case).await.is(200).sees("视为撤回").sees_no("双方到场，开始领证审查");
    accepted(&site, &mut counter, (2026, 10, 10)).await;
    counter.registrar.sees("2026年11月9日");
});

journey!(r_mr_30_the_woman_alone_withdraws_on_the_day_to_which_the_spring_festival_moved_the_end, |site| {
    let mut counter = counter(&site).await;
    let case = accepted(&site, &mut counter, (2026, 1, 16)).await;
    counter.registrar.sees("2026年2月24日");
    comes(&site, &mut counter, (2026, 2, 24)).await;
    let form = format!("{case}/withdraw");
    counter.registrar.opens(&case).await.submits(&form, &[("side", "B"), ("receipt", "yes")]).await.is(422).sees("撤回须由当事人本人到场");
    acts(&mut counter.registrar, &case, "withdraw", &[("side", "B"), ("compared", "yes"), ("receipt", "yes")]).await;
    counter.registrar.sees("已撤回").opens(&format!("{case}/slip.pdf")).await.is(200);
    site.works().await;
    let (told,): (i64,) = store::q("SELECT COUNT(*) FROM notice WHERE dedupe LIKE '%-ended-%'").one(site.platform.db()).await.expect("notices");
    assert_eq!(told, 2, "both are told");
});

journey!(r_mr_28_a_last_day_that_moved_over_a_saturday_is_claimed_on_monday, |site| {
    let mut counter = counter(&site).await;
    let case = accepted(&site, &mut counter, (2026, 9, 1)).await;
    comes(&site, &mut counter, (2026, 11, 9)).await;
    registers(&mut counter, &case).await;
    counter.registrar.sees("L990101-2026-000001");
});

journey!(c_12_and_r_mr_28_a_provisional_date_is_counted_again_when_the_calendar_is_imported, |site| {
    let mut counter = counter(&site).await;
    let case = accepted(&site, &mut counter, (2026, 11, 2)).await;
    counter.registrar.sees("2027年1月4日").sees("暂定");
    let statutory = kernel::Calendar::builtin();
    let days = (1..=365).map(|n| kernel::Day::ymd(2026, 12, 31).plus_days(n));
    let mut table: String = days.filter_map(|day| Some(format!("{day},holiday,{}\n", statutory.name(day)?))).collect();
    table.push_str("2027-01-04,holiday,元旦\n");
    let mut admin = site.staff("990000", &[Role::SystemAdmin]).await;
    let typed = [("year", "2027"), ("source", "国办发明电〔2026〕测试号"), ("calendar", table.as_str())];
    admin.opens("/admin/calendars").await.is(200).submits("/admin/calendars", &typed).await.is(303);
    site.works().await;
    counter.registrar.opens(&case).await.is(200).sees("2027年1月5日").sees_no("暂定");
    let (told,): (i64,) = store::q("SELECT COUNT(*) FROM notice WHERE dedupe LIKE '%dates-%'").one(site.platform.db()).await.expect("notices");
    assert_eq!(told, 2, "both are told again");
});

journey!(r_mr_21_a_marriage_of_las_vegas_is_not_divorced_here, |site| {
    let mut counter = counter(&site).await;
    let case = applies(&site, &mut counter, (2026, 8, 10), "elsewhere").await;
    let form = format!("{case}/accept");
    counter.registrar.opens(&case).await.submits(&form, &[]).await.is(422).sees("结婚登记不是在中国内地办理，不予受理");
    counter.registrar.submits(&format!("{case}/refuse"), &[("refuse_reason", "结婚登记不在中国内地")]).await.is(303).follows().await.sees("不予受理");
});

journey!(r_mr_23_rows_for_children_are_added_without_javascript_and_nothing_typed_is_lost, |site| {
    let mut counter = counter(&site).await;
    let case = applies(&site, &mut counter, (2026, 8, 10), "mainland").await;
    let form = format!("{case}/agree");
    let registrar = &mut counter.registrar;
    registrar.opens(&case).await.submits(&form, &[("no_children", ""), ("child_0_name", "马小一"), ("property", "房屋归女方"), ("row", "add")]).await.is(200);
    assert_eq!(registrar.value(&form, "child_0_name"), "马小一");
    assert_eq!(registrar.value(&form, "property"), "房屋归女方");
    assert_eq!(registrar.value(&form, "child_1_name"), "");
    let child = [("no_children", ""), ("child_0_custody", "mother"), ("child_0_support", "1500"), ("child_0_frequency", "每月"), ("child_0_until", "年满18周岁")];
    registrar.submits(&form, &child).await.is(422).sees("离婚协议未载明子女抚养");
    registrar.submits(&form, &[("child_0_visits", "每周末")]).await.is(303).follows().await.sees("协议第2版").sees("马小一");
});
