//! The scenarios of OVP P1.6 that need no database, one rule a test.

use kernel::{Calendar, Day, Text};
use proptest::prelude::*;

use super::*;
use crate::model::{
    Body, BodyKind, Certainty, Channel, Charge, Handling, LegalBasis, Level, Limit, LimitUnit, Material, Necessity, OnlineGrade, PaperForm,
    PaperKind, PaperSource, Place, ResultKind,
};

const CODE: &str = "11990102YY9990101F4000711001001";

fn basic_code() -> BasicCode {
    BasicCode::parse("000711001001").expect("a basic code")
}

/// The carried item 结婚登记 as 城东区 implements it: it keeps every rule.
fn local() -> Elements {
    let mut elements = upper();
    elements.body = Some(Body {
        name: Text::new("城东区民政局", "Chengdong District Civil Affairs Bureau"),
        uscc: "11990102YY9990101F".to_owned(),
        kind: BodyKind::Statutory,
        level: Level::County,
        region: "990102".to_owned(),
        department: None,
    });
    elements.place = Place { offices: vec!["990102-01".to_owned()], window: None, note: None };
    elements
}

fn upper() -> Elements {
    let files = crate::seed::carried().expect("the data files can be read");
    files.into_iter().find(|file| file.elements.house.service == "marriage.registration").expect("carried").elements
}

/// What is found in a list that rests on `upper`.
fn found_under(elements: &Elements, upper: &Elements, code: &str) -> Vec<Issue> {
    let against = Against { layer: Layer::Implementation, basic_code: &basic_code(), impl_code: Some(code), upper: Some(upper) };
    check(elements, &against, Calendar::builtin())
}

/// What is found in a document that rests on itself, so that only its own rules speak.
fn found(elements: &Elements) -> Vec<String> {
    codes(&found_under(elements, elements, CODE))
}

fn codes(issues: &[Issue]) -> Vec<String> {
    issues.iter().map(|issue| issue.code.to_string()).collect()
}

fn with_limits(legal: Limit, promise: Limit) -> Elements {
    Elements { handling: Handling::Promised, legal_limit: legal, promise, ..local() }
}

fn paper(name: &str, necessity: Necessity, shared: bool) -> Material {
    Material {
        key: "extra".to_owned(),
        name: Text::new(name.to_owned(), "A paper"),
        kind: PaperKind::Copy,
        form: PaperForm::Paper,
        originals: 0,
        copies: 1,
        source: PaperSource::Applicant,
        issuer: None,
        necessity,
        shared_by: shared.then(|| Text::new("人口基础信息库", "Population base")),
        when: None,
        only_if: None,
        spec: None,
        note: None,
        standard: None,
        basis: None,
        licence_type: None,
    }
}

#[test]
fn the_item_of_these_tests_keeps_every_rule() {
    assert_eq!(found_under(&local(), &upper(), CODE), Vec::new());
}

/// Scenario 1.
#[test]
fn p1_1_a_promise_is_compared_by_the_days_that_it_gives() {
    let legal = Limit::new(60, LimitUnit::Day);
    let calendar = Calendar::builtin();
    let start = Day::ymd(2026, 7, 1);
    assert_eq!(calendar.last_day(start, &legal), Day::ymd(2026, 8, 31));
    assert_eq!(calendar.last_day(start, &Limit::new(20, LimitUnit::WorkingDay)), Day::ymd(2026, 7, 29));
    assert_eq!(calendar.last_day(start, &Limit::new(50, LimitUnit::WorkingDay)), Day::ymd(2026, 9, 9));
    assert!(found(&with_limits(legal.clone(), Limit::new(20, LimitUnit::WorkingDay))).is_empty());
    assert_eq!(found(&with_limits(legal, Limit::new(50, LimitUnit::WorkingDay))), ["E-P101"]);
}

#[test]
fn p1_1_holds_for_every_start_day_and_names_one_on_which_it_fails() {
    // 5 working days are 7 days in most weeks, but not over the Spring Festival.
    let elements = with_limits(Limit::new(7, LimitUnit::Day), Limit::new(5, LimitUnit::WorkingDay));
    let issues = found_under(&elements, &elements, CODE);
    assert_eq!(codes(&issues), ["E-P101"]);
    let start: Day = issues[0].params["start"].parse().expect("a day");
    let calendar = Calendar::builtin();
    assert!(calendar.last_day(start, &elements.promise) > calendar.last_day(start, &elements.legal_limit));
    assert!(calendar.last_day(Day::ymd(2026, 3, 2), &elements.promise) <= calendar.last_day(Day::ymd(2026, 3, 2), &elements.legal_limit));
}

#[test]
fn p1_1_an_absurd_promise_is_refused_at_once_and_on_the_spot_is_always_in_time() {
    assert_eq!(found(&with_limits(Limit::new(60, LimitUnit::Day), Limit::new(u32::MAX, LimitUnit::Year))), ["E-P101"]);
    assert!(found(&with_limits(Limit::new(0, LimitUnit::Day), Limit::new(0, LimitUnit::Hour))).is_empty());
}

#[test]
fn p1_2_what_is_not_done_on_the_spot_is_promised() {
    let elements = Elements { handling: Handling::Immediate, ..with_limits(Limit::new(20, LimitUnit::WorkingDay), Limit::new(3, LimitUnit::WorkingDay)) };
    assert_eq!(found(&elements), ["E-P102"]);
}

/// Scenario 2.
#[test]
fn p1_3_a_visit_needs_a_reason() {
    let mut elements = local();
    elements.visits.reason = None;
    assert_eq!(found(&elements), ["E-P103"]);
    elements.visits.reason = Some(Text::new("双方亲自到场", " "));
    assert_eq!(found(&elements), ["E-P103"], "both languages");
}

/// Scenario 4.
#[test]
fn p1_4_without_visit_and_without_web_there_is_the_post() {
    let mut elements = local();
    elements.visits.count = 0;
    elements.online.available = false;
    elements.channels = vec![Channel::Counter];
    assert_eq!(found(&elements), ["E-P104"]);
    elements.channels.push(Channel::Courier);
    assert!(found(&elements).is_empty());
}

/// Scenario 3.
#[test]
fn p1_5_fully_online_means_no_visit() {
    let mut elements = local();
    elements.online.grade = OnlineGrade::Four;
    assert_eq!(found(&elements), ["E-P105"]);
}

/// Scenario 5.
#[test]
fn p1_6_what_is_called_a_certificate_is_one() {
    let mut elements = local();
    elements.result.kind = ResultKind::Document;
    assert_eq!(found(&elements), ["E-P106"]);
    elements.result.name = Text::new("社会团体法人登记证书", "Certificate of registration");
    assert!(found(&elements).is_empty(), "the name ends with 书");
}

/// Scenario 6.
#[test]
fn p1_7_the_code_names_body_level_and_item() {
    for wrong in ["11990102YY9990101F3000711001001", "11990102YY9990101F4000711001002", "11990126YY999012804000711001001", "1199"] {
        assert_eq!(codes(&found_under(&local(), &upper(), wrong)), ["E-P107"], "{wrong}");
    }
}

/// Scenario 7.
#[test]
fn p1_8_locked_elements_are_named_all_at_once() {
    let mut elements = local();
    elements.conditions.clear();
    elements.name = Text::new("结婚", "Marrying");
    let issues = found_under(&elements, &upper(), CODE);
    let locked = issues.iter().find(|issue| issue.code == "E-P108").expect("locked elements");
    assert_eq!(locked.params["fields"], "name,conditions");
    assert_eq!(locked.message.zh, "上级锁定要素不可修改：事项名称、受理条件");
}

#[test]
fn p1_8_what_is_local_may_only_be_better() {
    let base = with_limits(Limit::new(20, LimitUnit::WorkingDay), Limit::new(10, LimitUnit::WorkingDay));
    let mut worse = base.clone();
    worse.promise.value = 15;
    worse.visits.count = 2;
    assert_eq!(codes(&found_under(&worse, &base, CODE)), ["E-P101", "E-P103"]);
    let mut better = base.clone();
    better.promise.value = 5;
    better.materials.pop();
    assert!(found_under(&better, &base, CODE).is_empty());
}

/// Scenario 8.
#[test]
fn p1_9_what_is_shared_is_not_asked_for() {
    let mut elements = local();
    elements.materials.push(paper("户口簿复印件", Necessity::Required, true));
    let issues = found_under(&elements, &upper(), CODE);
    assert_eq!(codes(&issues), ["E-P109", "E-P108"]);
    assert_eq!(issues[0].message.zh, "“户口簿复印件”可通过数据共享获取，不得要求申请人提供");
}

/// Scenario 9.
#[test]
fn p1_10_no_paper_without_a_name() {
    let mut elements = local();
    elements.materials.push(paper("其他相关材料", Necessity::Required, false));
    elements.conditions.push(Text::new("提供 相关材料", "Give the papers"));
    let issues = found_under(&elements, &elements, CODE);
    assert_eq!(codes(&issues), ["E-P110", "E-P110"]);
    assert_eq!(issues[1].message.zh, "不得使用“其他相关材料”等兜底表述");
}

#[test]
fn p1_11_every_gap_is_told_at_once() {
    let mut elements = local();
    elements.body = None;
    elements.place.offices.clear();
    elements.summary = Text::new("", "");
    let issues = found_under(&elements, &elements, CODE);
    assert_eq!(codes(&issues), ["E-P111"]);
    assert_eq!(issues[0].params["list"], "summary,body,place.offices");
    let basic = Against { layer: Layer::Basic, basic_code: &basic_code(), impl_code: None, upper: None };
    assert!(check(&upper(), &basic, Calendar::builtin()).is_empty(), "a basic item has no body and no place");
}

#[test]
fn p1_11_a_text_of_ten_thousand_characters_is_refused() {
    let mut elements = local();
    elements.place.note = Some(Text::new("长".repeat(10_000), "long"));
    assert_eq!(found(&elements), ["E-P111"]);
}

#[test]
fn p1_12_and_mr_e90_a_fee_needs_a_law_and_marriage_has_none() {
    let mut elements = local();
    elements.fee.charges = vec![Charge { name: Text::new("工本费", "Booklet"), fen: 900, unit: None }];
    assert_eq!(found(&elements), ["E-P112", "MR-E90"]);
    elements.fee.ban = None;
    elements.fee.basis = Some(LegalBasis {
        law: Text::new("某条例", "Some regulations"),
        doc_no: None,
        article: None,
        says: Text::new("收费", "A fee"),
        source: None,
        certainty: Certainty::Known,
    });
    assert!(found(&elements).is_empty());
}

#[test]
fn findings_come_in_the_order_of_the_fields() {
    let mut elements = local();
    elements.online.grade = OnlineGrade::Four;
    elements.name = Text::new("", "");
    let against = Against { layer: Layer::Implementation, basic_code: &basic_code(), impl_code: Some(CODE), upper: None };
    let refusal = hold(&elements, &against, Calendar::builtin()).expect_err("two findings");
    assert_eq!(codes(&refusal.0), ["E-P111", "E-P105"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever passes P1-1 is in time on any start day.
    #[test]
    fn p1_1_what_passes_is_never_late(legal in 1u32..40, promise in 1u32..40, offset in 0i64..700) {
        let elements = with_limits(Limit::new(legal, LimitUnit::Day), Limit::new(promise, LimitUnit::WorkingDay));
        if limits::promise_over_law(&elements, Calendar::builtin()).is_none() {
            let start = Day::ymd(2025, 1, 1).plus_days(offset);
            prop_assert!(Calendar::builtin().last_day(start, &elements.promise) <= Calendar::builtin().last_day(start, &elements.legal_limit));
        }
    }
}

#[test]
fn p1_3_the_key_of_a_question_is_a_part_of_an_address_and_stands_once() {
    let mut elements = local();
    let first = elements.faq.first().expect("the item has questions").clone();
    let keyed = |key: &str| crate::model::Faq { key: key.to_owned(), ..first.clone() };
    elements.faq = vec![keyed(""), keyed(""), keyed("age"), keyed("office-2")];
    assert!(found(&elements).is_empty(), "those of older versions have none");
    elements.faq = vec![keyed("Age"), keyed("a/b"), keyed("年龄"), keyed(&"a".repeat(41)), keyed("age"), keyed("age")];
    assert_eq!(found(&elements), ["E-P111"; 5]);
}

#[test]
fn questions_of_versions_from_before_they_had_keys_are_read_and_written_alike() {
    let old = r#"{"q":{"zh":"要预约吗？","en":"Book?"},"a":{"zh":"平日不用。","en":"Not on ordinary days."}}"#;
    let read: crate::model::Faq = serde_json::from_str(old).expect("an older version");
    assert!(read.key.is_empty() && read.basis.is_none() && read.steps.is_empty());
    assert_eq!(serde_json::to_string(&read).expect("written"), old, "its text and its hash stay");
}
