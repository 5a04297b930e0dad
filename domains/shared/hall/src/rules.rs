//! The numbers of a hall's queue: data with their sources, the defaults in `data/rules.json`, those of one hall in its row.

use booking::hours::Hours;
use kernel::{Instant, Text};
use serde::{Deserialize, Serialize};

use crate::model::Class;

/// A number and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The number.
    pub value: u16,
    /// The rule, or who decided.
    pub source: String,
}

/// The numbers by name, so that pages list them and an administrator changes one without another line here.
macro_rules! numbers {
    ($($(#[doc = $doc:literal])* $name:ident $least:literal..=$most:literal $zh:literal $en:literal;)*) => {
        /// The numbers of a hall's queue.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Numbers {
            $($(#[doc = $doc])* pub $name: Number,)*
        }

        impl Numbers {
            /// Each with its name in forms, its name for people and its value, in order.
            pub fn each(&self) -> Vec<(&'static str, Text, &Number)> {
                vec![$((stringify!($name), Text::new($zh, $en), &self.$name),)*]
            }

            /// Sets one by its name; false if there is none of that name or the value makes no sense.
            pub fn set(&mut self, name: &str, value: u16, source: &str) -> bool {
                let number = Number { value, source: source.to_owned() };
                match name {
                    $(stringify!($name) => {
                        let sound = ($least..=$most).contains(&value);
                        if sound {
                            self.$name = number;
                        }
                        sound
                    })*
                    _ => false,
                }
            }

            fn is_sound(&self) -> bool {
                true $(&& ($least..=$most).contains(&self.$name.value))*
            }
        }
    };
}

numbers! {
    /// So many minutes before its slot a booked ticket can be taken, and before the opening any.
    early_minutes 0..=240 "预约时段开始前可取号的分钟数" "Minutes before the slot at which a ticket can be taken";
    /// So many booked tickets are called before one walk-in, when both wait.
    booked_per_walk_in 1..=20 "叫一个现场号前先叫的预约号数" "Booked tickets called for one walk-in";
    /// When others wait too long, every so-manieth call at most is of class 1 or 2.
    urgent_every 2..=20 "他人等候过久时，每几次叫号至多一次优先号" "When others wait too long, one priority call in so many";
    /// Others wait too long from so many minutes on.
    urgent_wait_minutes 1..=480 "“等候过久”的分钟数" "Minutes that count as too long";
    /// From this age on somebody is of class 2.
    elderly_years 50..=120 "老年人优先的年龄" "Age of priority for the old";
    /// So many calls before a number is passed.
    calls 1..=9 "叫号次数" "Calls before a number is passed";
    /// Seconds between two calls.
    call_gap_secs 5..=300 "两次叫号间隔秒数" "Seconds between two calls";
    /// How often a passed ticket may be queued again.
    requeue_times 0..=5 "过号后可重新排队的次数" "Times that a passed ticket may be queued again";
    /// Behind so many tickets.
    requeue_behind 0..=50 "重新排在其后的号数" "Tickets behind which it is queued again";
    /// Pages of the queue refresh themselves after so many seconds.
    refresh_secs 5..=300 "页面自动刷新秒数" "Seconds between refreshes of the pages";
    /// The mean length of a visit is taken over so many days.
    pace_days 1..=90 "平均办理时长统计的天数" "Days over which the mean visit is taken";
    /// With fewer visits than these the group's expected length counts.
    pace_least 1..=1000 "采用平均时长所需的最少办理数" "Visits needed before the mean counts";
}

/// A reason for class 1 or 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Code, stored with the ticket.
    pub code: String,
    /// 1 or 2.
    pub class: i64,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// The rule behind it.
    pub source: String,
}

impl Ground {
    /// The name that people see.
    pub fn name(&self) -> Text {
        Text::new(self.zh.clone(), self.en.clone())
    }

    /// The class that it gives.
    pub fn class(&self) -> Class {
        Class::from_number(self.class).unwrap_or(Class::Second)
    }
}

/// How a hall calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The numbers.
    pub numbers: Numbers,
    /// Reasons for going first.
    pub grounds: Vec<Ground>,
}

/// Code of the ground that is seen from the date of birth.
pub(crate) const ELDERLY: &str = "elderly";

impl Rules {
    /// The defaults of OVP P9.3.
    pub fn p9() -> Self {
        serde_json::from_str(include_str!("../data/rules.json")).expect("a test reads the file")
    }

    /// The ground with this code.
    pub fn ground(&self, code: &str) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.code == code)
    }

    /// Whether every number makes sense and every ground has a class that goes first.
    pub(crate) fn is_sound(&self) -> bool {
        self.numbers.is_sound() && self.grounds.iter().all(|ground| Class::from_number(ground.class).is_some_and(Class::is_urgent))
    }
}

/// Minutes until the last closing of these hours, breaks not counted: what is left of today (P9-13).
pub fn minutes_left(hours: &Hours, now: Instant) -> i64 {
    let minute = now.minute_of_day();
    hours.spans().iter().map(|span| i64::from(span.to()) - i64::from(span.from().max(minute))).filter(|left| *left > 0).sum()
}

#[cfg(test)]
mod tests {
    use kernel::Day;

    use super::*;

    #[test]
    fn the_defaults_are_sound_and_each_number_names_its_source() {
        let rules = Rules::p9();
        assert!(rules.is_sound());
        assert!(rules.numbers.each().iter().all(|(_, _, number)| !number.source.is_empty()));
        assert!(rules.ground(ELDERLY).is_some_and(|ground| ground.class() == Class::Second));
        let mut numbers = rules.numbers;
        assert!(numbers.set("calls", 2, "hall's own rule") && numbers.calls.value == 2);
        assert!(!numbers.set("calls", 0, "x") && !numbers.set("no_such", 1, "x"));
    }

    #[test]
    fn p9_13_time_left_does_not_count_the_noon_break() {
        let hours: Hours = "09:00-12:00 13:30-17:30".parse().expect("two stretches");
        let at = |minute| Instant::at(Day::ymd(2026, 7, 1), minute);
        assert_eq!(minutes_left(&hours, at(16 * 60 + 40)), 50);
        assert_eq!(minutes_left(&hours, at(11 * 60)), 60 + 240);
        assert_eq!(minutes_left(&hours, at(12 * 60 + 30)), 240);
        assert_eq!(minutes_left(&hours, at(17 * 60 + 30)), 0);
    }
}
