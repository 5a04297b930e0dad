use proptest::prelude::*;

use super::*;
use crate::{Instant, Lang};

fn day(text: &str) -> Day {
    text.parse().expect("written here")
}

fn calendar() -> &'static Calendar {
    Calendar::builtin()
}

#[test]
fn c_08_the_year_2026_is_as_the_notice_orders() {
    let off = [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ];
    let holidays = |text: Day| off.iter().any(|(first, last)| day(first) <= text && text <= day(last));
    let makeup = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"].map(day);
    for days in 0..365 {
        let date = day("2026-01-01").plus_days(days);
        let expected = match () {
            () if makeup.contains(&date) => DayKind::Makeup,
            () if holidays(date) => DayKind::Holiday,
            () if date.weekday().is_weekend() => DayKind::Weekend,
            () => DayKind::Workday,
        };
        assert_eq!(calendar().kind(date), expected, "{date}");
    }
}

#[test]
fn c_08_every_year_from_2004_is_loaded() {
    assert!((2004..=2026).all(|year| calendar().is_loaded(year)));
    assert!(!calendar().is_loaded(2003) && !calendar().is_loaded(2027));
    // Some 250 days a year are worked; a slip in the data would show.
    for year in 2004..=2026 {
        let worked = calendar().workdays_between(Day::ymd(year - 1, 12, 31), Day::ymd(year, 12, 31));
        assert!((247..=252).contains(&worked), "{year}: {worked}");
    }
}

#[test]
fn c_09_thirteen_statutory_days_in_each_year_to_come() {
    for year in 2027..=2040 {
        let first = Day::ymd(year, 1, 1);
        let names: Vec<_> =
            (0..366).filter_map(|days| calendar().name(first.plus_days(days))).map(str::to_string).collect();
        let count = |name: &str| names.iter().filter(|listed| listed.contains(name)).count();
        let expected = [("元旦", 1), ("春节", 4), ("清明", 1), ("劳动节", 2), ("端午", 1), ("中秋", 1), ("国庆", 3)];
        for (name, days) in expected {
            // The 366th day is New Year again in a common year.
            let again = usize::from(name == "元旦" && !first.in_leap_year());
            assert_eq!(count(name), days + again, "{name} {year}");
        }
    }
}

#[test]
fn c_11_working_days_as_in_the_agreed_vectors() {
    let vectors = [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-07-01", 20, "2026-07-29"),
        ("2026-03-02", 10, "2026-03-16"),
    ];
    for (from, days, expected) in vectors {
        let due = calendar().add_working_days(day(from), days);
        assert_eq!((due.day, due.provisional()), (day(expected), false), "{from} + {days}");
    }
}

#[test]
fn c_10_natural_days_as_in_the_agreed_vectors() {
    let vectors =
        [("2026-07-01", 60, "2026-08-31"), ("2026-07-29", 60, "2026-09-28"), ("2026-06-05", 15, "2026-06-22")];
    for (from, days, expected) in vectors {
        assert_eq!(calendar().natural_days(day(from), days, Roll::NextWorkday).day, day(expected), "{from} + {days}");
        let stays = calendar().natural_days(day(from), days, Roll::Stay);
        assert_eq!(stays.day, day(from).plus_days(i64::from(days)), "{from} + {days} without roll");
    }
}

#[test]
fn c_10_divorce_periods_as_in_the_agreed_table() {
    let table = [
        ("2026-08-10", "2026-09-09", "2026-10-09"),
        ("2026-03-02", "2026-04-01", "2026-05-06"),
        ("2026-01-16", "2026-02-24", "2026-03-26"),
        ("2026-09-01", "2026-10-08", "2026-11-09"),
        ("2026-04-09", "2026-05-09", "2026-06-08"),
        ("2026-11-02", "2026-12-02", "2027-01-04"),
    ];
    for (accepted, cooling_ends, claim_ends) in table {
        let cooling = calendar().natural_days(day(accepted), 30, Roll::NextWorkday);
        let claim = calendar().natural_days(cooling.day, 30, Roll::NextWorkday);
        assert_eq!((cooling.day, claim.day), (day(cooling_ends), day(claim_ends)), "{accepted}");
        assert!(!cooling.provisional());
        assert_eq!(claim.provisional(), claim.day.year() == 2027);
    }
    let not_extended = calendar().natural_days(day("2026-01-16"), 30, Roll::Stay).day;
    assert_eq!(not_extended, day("2026-02-15"));
    assert_eq!(calendar().natural_days(not_extended, 30, Roll::NextWorkday).day, day("2026-03-17"));
}

#[test]
fn c_10_months_end_on_the_last_day_of_a_shorter_month() {
    let end = |from: &str, months, roll| calendar().months(day(from), months, roll).day;
    assert_eq!(end("2026-01-31", 1, Roll::Stay), day("2026-02-28"));
    assert_eq!(end("2026-08-31", 1, Roll::NextWorkday), day("2026-09-30"));
    assert_eq!(end("2026-01-16", 1, Roll::NextWorkday), day("2026-02-24"));
    assert_eq!(calendar().due(day("2024-02-29"), Period::Years(1, Roll::Stay)).day, day("2025-02-28"));
}

#[test]
fn k8_suspended_days_do_not_count() {
    let suspension = Suspension { from: day("2026-03-05"), resumed: day("2026-03-18") };
    let due = calendar().due_with(day("2026-03-02"), Period::Workdays(10), &[suspension]);
    assert_eq!((due.day, due.suspended), (day("2026-03-27"), 13));
    let months = calendar().due_with(day("2026-03-02"), Period::Months(1, Roll::Stay), &[suspension]);
    assert_eq!(months.day, day("2026-04-15"));
}

#[test]
fn k9_what_a_clerk_receives_late_counts_from_the_next_working_day() {
    let clerk = Receipt::ByClerk { closes_at: 17 * 60 + 30 };
    let received = |date: &str, minute, how| calendar().receipt_day(Instant::at(day(date), minute), how);
    assert_eq!(received("2026-09-18", 1050, clerk), day("2026-09-18"));
    assert_eq!(received("2026-09-18", 1051, clerk), day("2026-09-20"), "a Sunday that is worked");
    assert_eq!(received("2026-10-01", 600, clerk), day("2026-10-08"));
    assert_eq!(received("2026-10-01", 1439, Receipt::Automatic), day("2026-10-01"));
}

#[test]
fn c_12_a_year_without_notice_is_computed_and_marked() {
    let due = calendar().add_working_days(day("2026-12-30"), 5);
    assert_eq!((due.day, due.provisional()), (day("2027-01-07"), true), "New Year is a Friday, then a weekend");
    let warning = due.warning().expect("provisional");
    assert_eq!((warning.code.as_ref(), warning.is_error()), ("W-CAL01", false));
    assert_eq!(warning.params["year"], "2027");

    let notice = CalendarYear::parse(2027, "test", "2027-01-01,holiday,元旦\n2027-01-02,makeup,元旦").expect("in form");
    let loaded = calendar().clone().with(notice).add_working_days(day("2026-12-30"), 5);
    assert_eq!((loaded.day, loaded.provisional()), (day("2027-01-06"), false), "recomputed when the notice comes");
    let missing = calendar().clone().without(2026).add_working_days(day("2026-07-01"), 20);
    assert_eq!((missing.day, missing.unknown_years), (day("2026-07-29"), vec![2026]));
}

#[test]
fn c_12_a_period_that_does_not_roll_is_never_provisional() {
    assert!(!calendar().natural_days(day("2026-11-02"), 90, Roll::Stay).provisional());
    assert!(!calendar().natural_days(day("2026-11-02"), 30, Roll::NextWorkday).provisional());
}

#[test]
fn says_in_words_how_long_and_why() {
    let due = calendar().add_working_days(day("2026-09-18"), 20);
    let text = due.explain();
    assert_eq!(text.get(Lang::Zh), "20 个工作日，自 9 月 18 日起，至 10 月 22 日；中秋 3 天、国庆 7 天不计");
    assert_eq!(
        text.get(Lang::En),
        "20 working days from 18 September to 22 October; Mid-Autumn Festival (3 days), National Day (7 days) not counted"
    );
    let rolled = calendar().natural_days(day("2026-09-01"), 30, Roll::NextWorkday).explain();
    assert_eq!(rolled.get(Lang::Zh), "30 日，自 9 月 1 日起，至 10 月 8 日；期满日遇国庆 7 天顺延");
    let next_year = calendar().natural_days(day("2026-12-02"), 30, Roll::NextWorkday).explain();
    assert!(next_year.get(Lang::Zh).starts_with("30 日，自 2026 年 12 月 2 日起，至 2027 年 1 月 4 日"), "{}", next_year.zh);
    assert!(next_year.get(Lang::Zh).contains("暂定"));
}

#[test]
fn k7_a_notice_is_read_with_all_its_mistakes_told() {
    let table = "date,kind,name\n2027-01-01,holiday,元旦\n2026-01-02,holiday,元旦\n2027-01-04,makeup,元旦\n\n2027-01-01,holiday,元旦\nx";
    let refusal = CalendarYear::parse(2027, "test", table).expect_err("four wrong lines");
    let lines: Vec<_> = refusal.0.iter().map(|issue| issue.params["line"].as_str()).collect();
    assert_eq!(lines, ["3", "4", "6", "7"]);

    let notice = CalendarYear::parse(2027, "test", "2027-01-01,holiday,元旦").expect("in form");
    let missing = calendar().check(&notice).expect_err("twelve statutory days are missing");
    assert_eq!((missing.0.len(), missing.0[0].code.as_ref()), (12, "E-CAL03"));
    let known = calendar().years().last().expect("2026");
    assert!(calendar().check(known).is_ok());
}

proptest! {
    #[test]
    fn c_11_the_end_is_a_working_day_and_counting_back_gives_the_length(start in 0i64..8000, days in 1u32..90) {
        let from = day("2004-01-01").plus_days(start);
        let due = calendar().add_working_days(from, days);
        prop_assert!(calendar().is_workday(due.day));
        prop_assert_eq!(calendar().workdays_between(from, due.day), i64::from(days));
        prop_assert_eq!(calendar().workdays_between(due.day, from), -i64::from(days));
    }

    #[test]
    fn c_10_the_last_day_is_the_day_that_is_explained(start in 0i64..8000, count in 0u32..100, unit in 0u32..5) {
        let from = day("2004-01-01").plus_days(start);
        let period = match unit {
            0 => Period::Workdays(count),
            1 => Period::Days(count, Roll::Stay),
            2 => Period::Days(count, Roll::NextWorkday),
            3 => Period::Months(count, Roll::NextWorkday),
            _ => Period::Years(count % 5, Roll::Stay),
        };
        prop_assert_eq!(calendar().end_of(from, period), calendar().due(from, period).day);
        let ends: Vec<Day> = calendar().ends_of(from, from.plus_days(8), period).collect();
        let each: Vec<Day> = (0..=8).map(|n| calendar().end_of(from.plus_days(n), period)).collect();
        prop_assert_eq!(ends, each);
    }

    #[test]
    fn c_10_rolling_never_makes_a_period_shorter(start in 0i64..8000, days in 1u32..400) {
        let from = day("2004-01-01").plus_days(start);
        let stays = calendar().natural_days(from, days, Roll::Stay).day;
        let rolls = calendar().natural_days(from, days, Roll::NextWorkday).day;
        prop_assert!(stays <= rolls && stays.days_until(rolls) < 12);
        prop_assert!(calendar().is_workday(rolls));
    }
}
