//! The demo province.

use kernel::{Day, IdNumber, Sex};
use server::demo::people::couple;
use server::demo::places::week;

#[test]
fn hours_of_a_week_are_read() {
    let week = week("mon-fri 08:30-12:00 13:30-17:00; sat 09:00-12:00");
    assert_eq!(week[4], "08:30-12:00 13:30-17:00");
    assert_eq!(week[5], "09:00-12:00");
    assert_eq!(week[6], "");
}

#[test]
fn everybody_has_a_valid_number_of_his_own_and_is_old_enough() {
    let today = Day::ymd(2026, 11, 21);
    let mut numbers = std::collections::BTreeSet::new();
    for n in 0..=450 {
        let (he, she) = couple(n, today);
        for (one, sex, age) in [(he, Sex::Male, 22), (she, Sex::Female, 20)] {
            let number = IdNumber::parse(&one.id_no, today).expect("a valid number");
            assert_eq!(number.sex(), sex);
            assert!(number.as_str().starts_with("99"), "demo people live under unassigned regions");
            assert!(number.birth().plus_years(age).plus_days(60) <= today);
            assert!(numbers.insert(one.id_no), "two people have one number");
        }
    }
}
