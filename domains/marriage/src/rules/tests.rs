//! Each rule shown by an example, beside the couple for whom all are kept.

use identity::facts::{Ancestor, Answer, CourtPaper, Death, DivorceCase, OtherMarriage};
use kernel::{Day, Id, Instant};

use super::*;
use crate::model::{Entry, Identified, Marital, Photo, PriorBasis, PriorEnd, Sex, Side, Suspicion, ValidTo};

fn codes(dossier: &Dossier, stage: Stage) -> Vec<String> {
    blocking(&evaluate(dossier), stage).into_iter().map(|issue| issue.code.into_owned()).collect()
}

fn outcome(dossier: &Dossier, rule: &str) -> Vec<Outcome> {
    evaluate(dossier).into_iter().filter(|finding| finding.rule == rule).map(|finding| finding.outcome).collect()
}

fn known(dossier: &mut Dossier, side: Side) -> &mut Known {
    let party = if side == Side::A { dossier.a.as_mut() } else { dossier.b.as_mut() };
    party.and_then(|party| party.known.as_mut()).expect("the sample knows both")
}

fn man(dossier: &mut Dossier) -> &mut Party {
    dossier.a.as_mut().expect("the sample has both")
}

#[test]
fn a_couple_that_keeps_every_rule_is_registered() {
    assert!(codes(&sample::dossier(), Stage::Register).is_empty());
}

#[test]
fn r_mr_01_wants_one_man_and_one_woman() {
    let mut dossier = sample::dossier();
    man(&mut dossier).snapshot.sex = Sex::Female;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E01"]);
}

#[test]
fn r_mr_02_counts_the_birthday_itself_and_not_the_day_before() {
    let birthday = Day::ymd(2026, 5, 20);
    let last_second = Instant::from_micros(Instant::at(birthday, 0).micros() - 1_000_000);
    let refused = blocking(&evaluate(&sample::dossier_at(last_second)), Stage::Register);
    assert_eq!(refused[0].code, "MR-E02");
    assert_eq!(refused[0].params["date"], "2026-05-20", "A2: earliest on the birthday");
    assert!(codes(&sample::dossier_at(Instant::at(birthday, 0)), Stage::Register).is_empty(), "A1: 00:00 of the birthday");
}

#[test]
fn r_mr_02_takes_28_february_for_a_leap_day() {
    assert_eq!(earliest(Sex::Male, Day::ymd(2004, 2, 29)), Day::ymd(2026, 2, 28), "M2");
    assert_eq!(earliest(Sex::Female, Day::ymd(2004, 2, 29)), Day::ymd(2024, 2, 29));
}

#[test]
fn r_mr_03_wants_both_at_the_counter_within_minutes() {
    let mut dossier = sample::dossier();
    man(&mut dossier).identified = None;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E03"]);
    let early = dossier.now.plus_minutes(-16);
    man(&mut dossier).identified = Some(Identified { at: early, by: Id::new(1, [1; 10]), face_score: Some(95) });
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E03"]);
    man(&mut dossier).identified = Some(Identified { at: early.plus_minutes(1), by: Id::new(1, [1; 10]), face_score: Some(95) });
    assert!(codes(&dossier, Stage::Accept).is_empty());
}

#[test]
fn r_mr_04_wants_a_document_in_force_on_the_day() {
    let mut dossier = sample::dossier();
    man(&mut dossier).snapshot.id_valid_to = ValidTo::Until(Day::ymd(2026, 5, 20));
    assert!(codes(&dossier, Stage::Accept).is_empty(), "the last day still counts");
    man(&mut dossier).snapshot.id_valid_to = ValidTo::Until(Day::ymd(2026, 5, 19));
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E04"]);
}

fn own(spouse: &str, valid: bool) -> OwnMarriage {
    OwnMarriage {
        id: Id::new(1, [3; 10]),
        cert_no: "J990101-2020-000001".to_owned(),
        valid,
        spouse: sample::hash(spouse),
        spouse_died: None,
        ended_on: None,
    }
}

fn elsewhere(ended_on: Option<Day>) -> OtherMarriage {
    OtherMarriage {
        cert_no: "J980102-2015-000009".to_owned(),
        spouse: None,
        started_on: Day::ymd(2015, 1, 5),
        ended_on,
        source: "全国婚姻登记信息库".to_owned(),
    }
}

#[test]
fn r_mr_05_refuses_who_is_married_here_or_elsewhere() {
    let mut dossier = sample::dossier();
    known(&mut dossier, Side::B).own = vec![own("990101200011300074", true)];
    let refused = blocking(&evaluate(&dossier), Stage::Accept);
    assert_eq!((refused[0].code.as_ref(), refused[0].params["no"].as_str()), ("MR-E05", "J990101-2020-000001"), "A4");
    known(&mut dossier, Side::B).own = vec![own("990101200011300074", false)];
    assert!(codes(&dossier, Stage::Accept).is_empty(), "an ended marriage does not bar");
    known(&mut dossier, Side::B).facts.marriages = Answer::Yes(vec![elsewhere(None)]);
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E05"]);
    known(&mut dossier, Side::B).facts.marriages = Answer::Yes(vec![elsewhere(Some(Day::ymd(2020, 1, 1)))]);
    assert!(codes(&dossier, Stage::Accept).is_empty());
}

#[test]
fn r_mr_05_sends_who_is_married_to_each_other_to_a_reissue() {
    let mut dossier = sample::dossier();
    let number = sample::woman().id_no;
    known(&mut dossier, Side::A).own = vec![own(&number, true)];
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E05b"]);
}

#[test]
fn r_mr_05_never_takes_silence_for_none() {
    let mut dossier = sample::dossier();
    known(&mut dossier, Side::A).facts.marriages = Answer::NotAnswered;
    assert_eq!(outcome(&dossier, "R-MR-05"), [Outcome::NotAnswered, Outcome::Pass]);
    assert_eq!(check_result(&evaluate(&dossier)), CheckResult::NoAnswer);
    known(&mut dossier, Side::B).own = vec![own("990101200011300074", true)];
    assert_eq!(check_result(&evaluate(&dossier)), CheckResult::Conflict, "a conflict outweighs silence");
}

#[test]
fn r_mr_06_wants_the_declaration_of_each() {
    let mut dossier = sample::dossier();
    man(&mut dossier).declared = false;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E06"]);
}

#[test]
fn r_mr_07_stops_for_a_common_grandparent_until_looked_into() {
    let mut dossier = sample::dossier();
    let line = vec![Ancestor { person: sample::hash("grandmother"), degree: 2 }];
    known(&mut dossier, Side::A).facts.ancestors = Answer::Yes(line.clone());
    assert_eq!(outcome(&dossier, "R-MR-07"), [Outcome::Pass]);
    known(&mut dossier, Side::B).facts.ancestors = Answer::Yes(line);
    assert_eq!(outcome(&dossier, "R-MR-07"), [Outcome::Warn]);
    assert_eq!(check_result(&evaluate(&dossier)), CheckResult::ToVerify);
    dossier.kin_cleared = true;
    assert_eq!(check_result(&evaluate(&dossier)), CheckResult::Clear);
}

#[test]
fn r_mr_08_refuses_who_is_recorded_dead() {
    let mut dossier = sample::dossier();
    known(&mut dossier, Side::A).facts.death = Answer::Yes(Death { on: Day::ymd(2026, 3, 3), source: "殡葬信息库".to_owned() });
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E08"]);
}

#[test]
fn r_mr_09_takes_a_record_of_the_death_or_a_paper() {
    let mut dossier = sample::dossier();
    man(&mut dossier).snapshot.marital = Marital::Widowed;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E09"]);
    man(&mut dossier).snapshot.prior =
        Some(PriorEnd { basis: PriorBasis::SpouseDeath, doc_no: "死证2026-1".to_owned(), effective_on: None });
    assert!(codes(&dossier, Stage::Accept).is_empty(), "a paper");
    man(&mut dossier).snapshot.prior = None;
    known(&mut dossier, Side::A).spouse_death = Answer::Yes(Death { on: Day::ymd(2026, 3, 3), source: "殡葬信息库".to_owned() });
    assert!(codes(&dossier, Stage::Accept).is_empty(), "A17: a record, no paper");
}

#[test]
fn r_mr_10_wants_a_judgment_in_force_with_its_number() {
    let mut dossier = sample::dossier();
    man(&mut dossier).snapshot.marital = Marital::Divorced;
    let judgment = |doc_no: &str, day| Some(PriorEnd { basis: PriorBasis::Judgment, doc_no: doc_no.to_owned(), effective_on: Some(day) });
    man(&mut dossier).snapshot.prior = judgment("(2026)甲0101民初1号", Day::ymd(2026, 5, 20));
    assert!(codes(&dossier, Stage::Accept).is_empty(), "in force from today");
    man(&mut dossier).snapshot.prior = judgment("(2026)甲0101民初1号", Day::ymd(2026, 5, 21));
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E10"]);
    man(&mut dossier).snapshot.prior = judgment("", Day::ymd(2026, 5, 1));
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E10"]);
    let paper = CourtPaper { doc_no: String::new(), effective_on: Day::ymd(2026, 5, 1), source: "甲市法院".to_owned() };
    known(&mut dossier, Side::A).facts.court_papers = Answer::Yes(vec![paper]);
    assert!(codes(&dossier, Stage::Accept).is_empty(), "the court's own record");
}

#[test]
fn r_mr_11_refuses_while_a_divorce_is_under_way() {
    let mut dossier = sample::dossier();
    known(&mut dossier, Side::B).facts.divorce =
        Answer::Yes(DivorceCase { accepted_on: Day::ymd(2026, 5, 1), source: "邻区婚姻登记处".to_owned() });
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E11"]);
}

#[test]
fn r_mr_12_wants_both_to_say_yes_and_nothing_suspected() {
    let mut dossier = sample::dossier();
    dossier.interview.as_mut().expect("sample").answers[1].2 = false;
    assert_eq!(codes(&dossier, Stage::Register), ["MR-E12"]);
    assert!(codes(&dossier, Stage::Accept).is_empty(), "asked after acceptance");
    let mut dossier = sample::dossier();
    dossier.interview.as_mut().expect("sample").suspicion = Suspicion::Trafficking;
    assert_eq!(codes(&dossier, Stage::Examine), ["MR-E12"]);
}

#[test]
fn r_mr_16_wants_a_joint_photo_that_a_registrar_confirmed() {
    let mut dossier = sample::dossier();
    let photo = |width, height, confirmed| Some(Photo { file: "f".to_owned(), width, height, confirmed });
    for unfit in [None, photo(200, 140, true), photo(420, 600, true), photo(600, 420, false)] {
        dossier.photo = unfit;
        assert_eq!(codes(&dossier, Stage::Register), ["MR-E16"]);
    }
}

#[test]
fn r_mr_17_wants_the_text_in_force_signed_by_each() {
    let mut dossier = sample::dossier();
    man(&mut dossier).signed_version = Some("2003-10-01".to_owned());
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E17"]);
    man(&mut dossier).signed_version = None;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E17"]);
}

#[test]
fn r_mr_18_wants_a_check_of_the_last_30_minutes() {
    let mut dossier = sample::dossier();
    let check = |minutes: i64, result| Some(NetworkCheck { at: sample::dossier().now.plus_minutes(-minutes), result });
    dossier.check = check(30, CheckResult::Clear);
    assert!(codes(&dossier, Stage::Register).is_empty());
    for stale in [None, check(31, CheckResult::Clear), check(1, CheckResult::NoAnswer), check(1, CheckResult::Conflict)] {
        dossier.check = stale;
        assert_eq!(codes(&dossier, Stage::Register), ["MR-E18"]);
    }
}

#[test]
fn r_mr_19_wants_a_registrar_examined_within_two_years() {
    let mut dossier = sample::dossier();
    let view = |exam_on| Some(RegistrarView { of_this_office: true, on_duty: true, exam_on });
    dossier.registrar = view(Day::ymd(2024, 5, 20));
    assert!(codes(&dossier, Stage::Accept).is_empty(), "the last day");
    dossier.registrar = view(Day::ymd(2024, 5, 19));
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E19"]);
    dossier.registrar = Some(RegistrarView { of_this_office: false, on_duty: true, exam_on: Day::ymd(2026, 1, 1) });
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E19"]);
    dossier.registrar = None;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E19"]);
}

#[test]
fn r_mr_20_wants_typed_data_confirmed_by_a_second_person() {
    let mut dossier = sample::dossier();
    let typist = Id::new(1, [2; 10]);
    man(&mut dossier).entry = Entry::Typed { by: typist };
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E20"]);
    man(&mut dossier).entry = Entry::Confirmed { by: typist, with: typist };
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E20"], "nobody is his own second person");
    man(&mut dossier).entry = Entry::Chip;
    assert!(codes(&dossier, Stage::Accept).is_empty());
}

#[test]
fn r_mr_47_wants_an_office_that_is_open_or_published_as_open() {
    let mut dossier = sample::dossier();
    dossier.office = OfficeDay::Closed;
    assert_eq!(codes(&dossier, Stage::Accept), ["MR-E47"]);
}

#[test]
fn several_errors_come_together_in_the_order_of_the_page() {
    let mut dossier = sample::dossier();
    dossier.office = OfficeDay::Closed;
    dossier.photo = None;
    man(&mut dossier).snapshot.id_valid_to = ValidTo::Until(Day::ymd(2020, 1, 1));
    man(&mut dossier).declared = false;
    assert_eq!(codes(&dossier, Stage::Register), ["MR-E47", "MR-E04", "MR-E06", "MR-E16"]);
}

#[test]
fn what_is_typed_is_checked_field_by_field() {
    let mut person = sample::man();
    person.id_no = "990101200011300075".to_owned();
    let issues = issues_of_entry(Side::A, &person, Day::ymd(2026, 5, 20));
    assert_eq!((issues[0].code.as_ref(), issues[0].field.as_deref()), ("C-E01", Some("a_id_no")), "A5");
    let mut person = sample::man();
    person.sex = Sex::Female;
    person.birth = Day::ymd(2004, 5, 21);
    let codes: Vec<_> = issues_of_entry(Side::A, &person, Day::ymd(2026, 5, 20)).into_iter().map(|issue| issue.code).collect();
    assert_eq!(codes, ["C-E03", "C-E04"]);
}
