//! What the self-check tells is what the counter would tell.

use booking::testing::{NewOffice, office, slot};
use kernel::{Day, Lang};
use proptest::prelude::*;

use super::*;
use crate::rules::{Competence, earliest, evaluate, sample};
use crate::{KIND_DOMESTIC, declare};

const TODAY: Day = Day::ymd(2026, 5, 1);

fn someone(birth: &str) -> PersonInput {
    PersonInput { birth: birth.to_owned(), standing: "never".to_owned(), ..PersonInput::default() }
}

/// M1 and F1 of the specification: he is 22 on 20 May 2026.
fn couple() -> Input {
    Input { service: "marriage".to_owned(), a: someone("2004-05-20"), b: someone("2006-03-11"), relation: "none".to_owned(), ..Input::default() }
}

fn divorce() -> Input {
    let yes = || "yes".to_owned();
    Input {
        service: "divorce".to_owned(),
        registered: "mainland".to_owned(),
        willing: yes(),
        capable: yes(),
        applied: "no".to_owned(),
        agreed: ["children", "property", "debts"].map(str::to_owned).to_vec(),
        ..Input::default()
    }
}

fn reissue() -> Input {
    let no = || "no".to_owned();
    Input { service: "reissue".to_owned(), registered: "mainland".to_owned(), certificate: "marriage".to_owned(), over: no(), agent: no(), ..Input::default() }
}

fn anywhere(answers: &Answers) -> Competence {
    Competence { domestic: true, designated: true, opened_for_abroad: answers.from_abroad(), elsewhere: Vec::new() }
}

/// Codes of what bars on a day.
fn codes(input: &Input, day: Day) -> Vec<String> {
    let answers = input.read().expect("answered");
    bars(&answers, &anywhere(&answers), day, Lang::Zh).into_iter().filter_map(|bar| Some(bar.issue?.code.to_string())).collect()
}

fn first(input: &Input) -> Option<Day> {
    let answers = input.read().expect("answered");
    first_day(&answers, &anywhere(&answers), TODAY, 0, |_| true)
}

#[test]
fn r_mr_02_the_first_day_is_the_birthday_on_which_both_are_old_enough() {
    assert_eq!(codes(&couple(), TODAY), ["MR-E02"]);
    assert_eq!(first(&couple()), Some(Day::ymd(2026, 5, 20)));
    let both = Input { b: someone("2008-01-31"), ..couple() };
    assert_eq!(codes(&both, TODAY), ["MR-E02", "MR-E02"]);
    assert_eq!(first(&both), Some(Day::ymd(2028, 1, 31)), "the later of the two");
    assert!(codes(&couple(), Day::ymd(2026, 5, 20)).is_empty());
}

#[test]
fn r_mr_01_two_men_are_told_and_whoever_is_typed_first_is_not() {
    let male = |birth: &str| PersonInput { sex: "male".to_owned(), ..someone(birth) };
    let two = Input { a: male("1990-01-01"), b: male("1991-01-01"), ..couple() };
    assert_eq!((codes(&two, TODAY), first(&two)), (vec!["MR-E01".to_owned()], None));
    let female = PersonInput { sex: "female".to_owned(), ..someone("2006-03-11") };
    let turned = Input { a: female, b: male("2004-05-20"), ..couple() };
    assert_eq!(first(&turned), first(&couple()));
}

#[test]
fn r_mr_04_a_document_has_to_be_in_force_on_the_day() {
    let until = |day: &str| Input { a: PersonInput { id_valid_to: day.to_owned(), ..someone("1990-01-01") }, ..couple() };
    assert_eq!(codes(&until("2026-04-30"), TODAY), ["MR-E04"]);
    assert!(codes(&until("2026-05-01"), TODAY).is_empty());
    let short = Input { a: PersonInput { id_valid_to: "2026-05-10".to_owned(), ..someone("2004-05-20") }, ..couple() };
    assert_eq!(first(&short), None, "it ends before he is old enough");
}

#[test]
fn r_mr_05_and_r_mr_11_a_marriage_that_stands_and_a_divorce_under_way_bar() {
    for (standing, code) in [("married", "MR-E05"), ("together", "MR-E05b")] {
        let input = Input { b: PersonInput { standing: standing.to_owned(), ..someone("1990-01-01") }, a: someone("1990-01-01"), ..couple() };
        assert_eq!((codes(&input, TODAY), first(&input)), (vec![code.to_owned()], None));
    }
    let input = Input { b: PersonInput { standing: "divorcing".to_owned(), ..someone("1990-01-01") }, a: someone("1990-01-01"), ..couple() };
    assert_eq!(codes(&input, TODAY), ["MR-E05", "MR-E11"]);
}

#[test]
fn r_mr_06_relatives_are_told_that_they_cannot_marry() {
    for relation in ["lineal", "collateral"] {
        let input = Input { a: someone("1990-01-01"), b: someone("1990-01-01"), relation: relation.to_owned(), ..couple() };
        assert!(codes(&input, TODAY).iter().all(|code| code == "MR-E06") && first(&input).is_none());
    }
}

#[test]
fn r_mr_10_a_judgment_bars_until_it_has_effect() {
    let judged = |on: &str| {
        let judged = PersonInput { standing: "judgment".to_owned(), effective_on: on.to_owned(), ..someone("1990-01-01") };
        Input { a: judged, b: someone("1990-01-01"), ..couple() }
    };
    assert_eq!(codes(&judged("2026-05-15"), TODAY), ["MR-E10"]);
    assert_eq!(first(&judged("2026-05-15")), Some(Day::ymd(2026, 5, 15)));
    assert_eq!(first(&judged("2026-04-15")), Some(TODAY));
    assert_eq!(first(&judged("")), None, "nobody knows when");
}

#[test]
fn r_mr_13_parties_from_abroad_are_sent_to_a_designated_office() {
    let input = Input { a: someone("1990-01-01"), b: PersonInput { kind: "6".to_owned(), ..someone("1990-01-01") }, ..couple() };
    assert!(codes(&input, TODAY).is_empty(), "a designated office is competent");
    let answers = input.read().expect("answered");
    let plain = Competence { designated: false, ..anywhere(&answers) };
    let told = bars(&answers, &plain, TODAY, Lang::Zh);
    assert_eq!(told.iter().map(|bar| bar.rule.as_str()).collect::<Vec<_>>(), ["R-MR-13"]);
    assert_eq!(answers.conditions(), ["mainland", "overseas_or_foreign"]);
}

#[test]
fn r_mr_12_and_r_mr_21_to_26_a_divorce_is_told_what_the_counter_would_say() {
    assert!(codes(&divorce(), TODAY).is_empty() && first(&divorce()) == Some(TODAY));
    let no = || "no".to_owned();
    let cases = [
        (Input { registered: "elsewhere".to_owned(), ..divorce() }, "MR-E21"),
        (Input { capable: no(), ..divorce() }, "MR-E22"),
        (Input { agreed: vec!["children".to_owned(), "debts".to_owned()], ..divorce() }, "MR-E23"),
        (Input { applied: "yes".to_owned(), ..divorce() }, "MR-E26"),
        (Input { willing: no(), ..divorce() }, "MR-E12"),
    ];
    for (input, code) in cases {
        let told = codes(&input, TODAY);
        assert!(!told.is_empty() && told.iter().all(|told| told == code), "{code}: {told:?}");
    }
}

#[test]
fn r_mr_35_a_couple_whose_marriage_is_over_is_offered_a_proof_of_the_record() {
    assert!(codes(&reissue(), TODAY).is_empty());
    let over = Input { over: "yes".to_owned(), ..reissue() };
    assert_eq!(codes(&over, TODAY), ["MR-E35b"]);
    assert!(codes(&Input { certificate: "divorce".to_owned(), ..over }, TODAY).is_empty());
    assert_eq!(codes(&Input { registered: "elsewhere".to_owned(), ..reissue() }, TODAY), ["MR-E35"]);
}

#[test]
fn every_answer_that_a_service_needs_is_asked_for_at_its_field() {
    let fields = |input: &Input| input.read().expect_err("not answered").0.into_iter().filter_map(|issue| issue.field).collect::<Vec<_>>();
    let nothing = Input { service: "marriage".to_owned(), ..Input::default() };
    assert_eq!(fields(&nothing), ["a_birth", "a_standing", "b_birth", "b_standing", "relation"]);
    let nothing = Input { service: "divorce".to_owned(), ..Input::default() };
    assert_eq!(fields(&nothing), ["willing", "capable", "applied", "registered"]);
    let odd = Input { a: PersonInput { effective_on: "soon".to_owned(), ..someone("yesterday") }, ..couple() };
    assert_eq!(fields(&odd), ["a_birth", "a_effective_on"]);
}

proptest! {
    /// Rules of age: for whatever births, the page names the day on which the counter's own rule finds nothing, and no earlier one.
    #[test]
    fn r_mr_02_the_day_that_is_named_is_the_first_that_the_counter_takes(him in 0_i64..9000, her in 0_i64..9000) {
        let (him, her) = (Day::ymd(1990, 2, 27).plus_days(him), Day::ymd(1990, 2, 27).plus_days(her));
        let input = Input { a: someone(&him.to_string()), b: someone(&her.to_string()), ..couple() };
        let named = first(&input).expect("age comes");
        let counter = |day: Day| {
            let mut dossier = sample::dossier_at(kernel::Instant::at(day, 600));
            if let (Some(a), Some(b)) = (&mut dossier.a, &mut dossier.b) {
                (a.snapshot.birth, b.snapshot.birth) = (him, her);
            }
            evaluate(&dossier).into_iter().any(|finding| finding.rule == "R-MR-02" && finding.issue.is_some())
        };
        prop_assert!(!counter(named));
        prop_assert!(named == TODAY || counter(named.plus_days(-1)));
        prop_assert_eq!(named, TODAY.max(earliest(kernel::id_number::Sex::Male, him)).max(earliest(kernel::id_number::Sex::Female, her)));
    }
}

::store::db_test!(the_answer_has_papers_office_days_and_a_free_place, |db| async move {
    let p = platform::testing::platform(db);
    p.set_now(kernel::Instant::at(TODAY, 600));
    catalog::testing::all(&p).await.expect("the catalogue");
    declare(&p.system()).await.expect("declared");
    let ctx = p.system();
    let profile = booking::ops::read::profile_of_kind(&ctx, KIND_DOMESTIC).await.expect("declared");
    let card = office(&p, profile, NewOffice { kind: KIND_DOMESTIC.into(), ..NewOffice::default() }).await;
    let soldier = PersonInput { kind: "7".to_owned(), ..someone("1990-01-01") };
    let input = Input { office: card.code.clone(), a: soldier, b: someone("1990-01-01"), ..couple() };
    let told = check(&ctx, &input).await.expect("answered");
    assert!(told.bars.is_empty(), "{:?}", told.bars);
    assert_eq!(told.first_day, Some(Day::ymd(2026, 5, 6)), "the first to the fifth of May are holidays");
    let keys: Vec<&str> = told.bring.iter().map(|paper| paper.key.as_str()).collect();
    assert_eq!(keys, ["id_card", "statement", "photo", "military"]);
    assert!(told.looked_up.is_empty(), "nobody was married before");
    let free = slot(&ctx, &card, Day::ymd(2026, 5, 7), 540).await;
    let told = check(&ctx, &input).await.expect("answered");
    let place = told.place.expect("an office");
    assert!(place.slot.is_some_and(|slot| slot.start <= free.start) && place.bookable_from.is_none());
    let young = Input { office: card.code.clone(), b: someone("2006-09-01"), ..couple() };
    let place = check(&ctx, &young).await.expect("answered").place.expect("an office");
    assert_eq!(place.bookable_from.map(|(day, _)| day), Some(Day::ymd(2026, 8, 2)), "thirty days before the first of September");
    let nowhere = check(&ctx, &Input { office: "nowhere".to_owned(), ..couple() }).await.expect_err("no such office");
    assert_eq!(nowhere.issues()[0].field.as_deref(), Some("office"));
});

::store::db_test!(r_mr_27_and_r_mr_28_a_divorce_is_told_both_periods_with_their_dates, |db| async move {
    let p = platform::testing::platform(db);
    p.set_now(kernel::Instant::at(Day::ymd(2026, 9, 1), 600));
    let told = check(&p.system(), &divorce()).await.expect("answered");
    let dates = told.dates.expect("both periods");
    assert_eq!((dates.accepted, dates.cool_end, dates.claim_from()), (Day::ymd(2026, 9, 1), Day::ymd(2026, 10, 8), Day::ymd(2026, 10, 9)));
    assert_eq!(dates.claim_end, Day::ymd(2026, 11, 9));
    assert!(told.item.is_none() && told.bring.is_empty(), "nobody offers it yet");
});
