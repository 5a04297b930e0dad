//! Lights and cards from the clock alone (OVP P2.5): pure, the same whether or not the nightly run took place.

use kernel::{Day, Text};

use super::Workdays;
use crate::Phase;

/// When a light turns and a card is due, as a city has fixed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// Yellow light from so many working days before the end.
    pub warn_workdays: i64,
    /// Or from so much of the period left, in per cent.
    pub warn_percent: i64,
    /// Red card when over the promise by more than so many working days.
    pub red_workdays: i64,
    /// A card is answered within so many working days.
    pub answer_workdays: i64,
    /// Who fixed them, by which paper.
    pub source: String,
}

/// 绿灯, 黄灯 and what comes after the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// 绿灯: time is left, or no clock runs.
    Green,
    /// 黄灯: warned.
    Yellow,
    /// Over the promise.
    Late,
}

impl Light {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Late => "late",
        }
    }

    /// The light stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Green, Self::Yellow, Self::Late].into_iter().find(|light| light.code() == code)
    }

    /// In words.
    pub fn name(self) -> Text {
        match self {
            Self::Green => Text::new("绿灯", "Green"),
            Self::Yellow => Text::new("黄灯", "Yellow"),
            Self::Late => Text::new("已超期", "Overdue"),
        }
    }
}

/// The colour of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// 黄牌.
    Yellow,
    /// 红牌.
    Red,
}

impl Colour {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// The colour stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Yellow, Self::Red].into_iter().find(|colour| colour.code() == code)
    }

    /// In words.
    pub fn name(self) -> Text {
        match self {
            Self::Yellow => Text::new("黄牌", "Yellow card"),
            Self::Red => Text::new("红牌", "Red card"),
        }
    }
}

/// Declares the rules with code and words.
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// A rule of supervision (监察规则).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Rule { $($(#[$doc])* $name,)* }

        impl Rule {
            /// All of them, by number.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its number.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// In words.
            pub fn name(self) -> Text {
                match self { $(Self::$name => Text::new($zh, $en),)* }
            }
        }
    };
}

rules! {
    /// Corrections were told late or in pieces.
    ToldLate = "M01", "未一次性告知", "Corrections told late";
    /// Nobody accepted or told in time.
    NotAccepted = "M02", "超期未受理", "Not accepted in time";
    /// A step took too long.
    StepLate = "M03", "环节超时", "Step overdue";
    /// Over the promise.
    PromiseLate = "M04", "承诺超期", "Over the promised limit";
    /// Over the limit of the law.
    LegalLate = "M05", "法定超期", "Over the legal limit";
    /// Refused without a reason.
    NoReason = "M06", "无理由不予", "Refused without reason";
    /// A fee that is not on the list.
    UnlawfulFee = "M07", "违规收费", "Unlawful fee";
    /// Handled past the system.
    Bypass = "M08", "体外循环", "Handled past the system";
    /// A bad rating was not followed up in time.
    RatingLate = "M09", "差评逾期", "Bad rating overdue";
    /// A complaint was not answered in time.
    ComplaintLate = "M10", "投诉逾期", "Complaint overdue";
    /// A request to share data was not answered in time.
    SharingLate = "M11", "共享审批逾期", "Sharing request overdue";
    /// A packet from another region was not signed for in time.
    PacketLate = "M12", "跨域签收逾期", "Packet overdue";
}

impl Rule {
    /// The rule with this number.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }

    /// Whether the supervision may raise it by hand: what no clock tells.
    pub fn by_hand(self) -> Option<Colour> {
        match self {
            Self::NoReason | Self::UnlawfulFee => Some(Colour::Red),
            Self::Bypass => Some(Colour::Yellow),
            _ => None,
        }
    }
}

/// What the clock of a case says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clock {
    /// The phase.
    pub phase: Option<Phase>,
    /// The day from which the promise is counted.
    pub accepted_on: Option<Day>,
    /// Last day of the one-time notice that nobody kept, so that the case was accepted by itself.
    pub silent_after: Option<Day>,
    /// The day on which corrections were told, with the last day on which they should have been.
    pub told: Option<(Day, Day)>,
    /// Last day of the promise, while that clock runs.
    pub promise_due: Option<Day>,
    /// Last day of the law, while that clock runs.
    pub legal_due: Option<Day>,
    /// Last day of the present step.
    pub step_due: Option<Day>,
    /// Last day of the one-time notice, while it runs.
    pub notice_due: Option<Day>,
    /// Times that did not count: from a day, counted again from a day.
    pub stood: Vec<(Day, Day)>,
}

/// A card that the clock asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The colour.
    pub colour: Colour,
    /// The working day at whose beginning it became due.
    pub effective_on: Day,
    /// The end that was missed.
    pub due: Day,
    /// Working days over it by now.
    pub over: i64,
}

/// The light of a case on a day: that of its promise, and yellow while the office is over the limit of a step, of the pre-check for
/// instance.
pub fn light(clock: &Clock, thresholds: &Thresholds, workdays: &Workdays, today: Day) -> Light {
    let step = if step_over(clock, today).is_some() { Light::Yellow } else { Light::Green };
    promise_light(clock, thresholds, workdays, today).max(step)
}

/// The limit of a step that the office has missed.
pub(super) fn step_over(clock: &Clock, today: Day) -> Option<Day> {
    clock.step_due.filter(|due| today > *due && clock.phase.is_some_and(is_with_the_office))
}

/// The light of the promise alone. The day itself is not counted as left: on the last but one working day there is one left.
pub(super) fn promise_light(clock: &Clock, thresholds: &Thresholds, workdays: &Workdays, today: Day) -> Light {
    let Some(due) = clock.promise_due else { return Light::Green };
    if today > due {
        return Light::Late;
    }
    let left = workdays.between(today, due);
    let stood: i64 = clock.stood.iter().map(|(from, resumed)| workdays.between(from.plus_days(-1), resumed.plus_days(-1)).max(0)).sum();
    let whole = clock.accepted_on.map_or(0, |from| workdays.between(from, due) - stood);
    let warned = left <= thresholds.warn_workdays || left * 100 <= whole * thresholds.warn_percent;
    if warned { Light::Yellow } else { Light::Green }
}

/// The cards that are due by the beginning of a day, the earliest first. A day of rest makes none: the next working day does.
pub fn findings(clock: &Clock, thresholds: &Thresholds, workdays: &Workdays, today: Day) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut late = |rule, colour, due: Option<Day>, after: i64| {
        let Some(due) = due else { return };
        let effective_on = workdays.after(due, after + 1);
        if effective_on <= today {
            found.push(Finding { rule, colour, effective_on, due, over: workdays.between(due, today) });
        }
    };
    late(Rule::NotAccepted, Colour::Yellow, clock.silent_after.or(clock.notice_due), 0);
    late(Rule::StepLate, Colour::Yellow, clock.step_due.filter(|_| clock.phase.is_some_and(is_with_the_office)), 0);
    late(Rule::PromiseLate, Colour::Yellow, clock.promise_due, 0);
    late(Rule::PromiseLate, Colour::Red, clock.promise_due, thresholds.red_workdays);
    late(Rule::LegalLate, Colour::Red, clock.legal_due, 0);
    if let Some((told, due)) = clock.told.filter(|(told, due)| told > due) {
        let effective_on = workdays.after(due, 1);
        found.push(Finding { rule: Rule::ToldLate, colour: Colour::Yellow, effective_on, due, over: workdays.between(due, told) });
    }
    found.sort_by_key(|finding| (finding.effective_on, finding.rule, finding.colour));
    found
}

/// Whether it is the office that has to act; in the others it is the applicant.
fn is_with_the_office(phase: Phase) -> bool {
    !phase.is_closed() && !matches!(phase, Phase::Draft | Phase::Correction | Phase::Suspended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Calendar;

    fn world() -> (Thresholds, Workdays) {
        let thresholds = Thresholds { warn_workdays: 1, warn_percent: 20, red_workdays: 3, answer_workdays: 3, source: "test".into() };
        (thresholds, Workdays::around(Calendar::builtin().clone(), Day::ymd(2026, 7, 1)))
    }

    fn july(day: i8) -> Day {
        Day::ymd(2026, 7, day)
    }

    fn promised(from: Day, due: Day) -> Clock {
        Clock { phase: Some(Phase::Examination), accepted_on: Some(from), promise_due: Some(due), ..Clock::default() }
    }

    #[test]
    fn p2_5_scenario_7_light_on_the_14th_yellow_card_on_the_16th_red_card_on_the_21st() {
        let (thresholds, workdays) = world();
        let clock = promised(july(8), july(15));
        for (day, expected) in [(13, Light::Green), (14, Light::Yellow), (15, Light::Yellow), (16, Light::Late)] {
            assert_eq!(light(&clock, &thresholds, &workdays, july(day)), expected, "on the {day}th");
        }
        let cards = |day| findings(&clock, &thresholds, &workdays, july(day)).iter().map(|f| (f.colour, f.effective_on)).collect::<Vec<_>>();
        assert_eq!(cards(15), []);
        assert_eq!(cards(16), [(Colour::Yellow, july(16))]);
        assert_eq!(cards(20), [(Colour::Yellow, july(16))]);
        assert_eq!(cards(21), [(Colour::Yellow, july(16)), (Colour::Red, july(21))]);
        assert_eq!(findings(&clock, &thresholds, &workdays, july(21))[1].over, 4);
    }

    #[test]
    fn p2_5_a_fifth_of_the_time_left_warns_and_time_that_stood_still_is_no_part_of_it() {
        let (thresholds, workdays) = world();
        let from = july(1);
        let due = workdays.after(from, 20);
        let clock = promised(from, due);
        let at = |left: i64| workdays.after(from, 20 - left);
        assert_eq!(light(&clock, &thresholds, &workdays, at(5)), Light::Green);
        assert_eq!(light(&clock, &thresholds, &workdays, at(4)), Light::Yellow);
        let resumed = workdays.after(from, 12);
        let mut stood = clock.clone();
        stood.stood.push((workdays.after(from, 2), resumed));
        assert_eq!(light(&stood, &thresholds, &workdays, at(4)), Light::Green, "ten of the twenty days did not count");
        assert_eq!(light(&stood, &thresholds, &workdays, at(2)), Light::Yellow);
    }

    #[test]
    fn p2_5_a_day_of_rest_makes_no_card_and_the_law_makes_a_red_one() {
        let (thresholds, workdays) = world();
        let mut clock = promised(july(1), july(3));
        clock.legal_due = Some(july(3));
        assert_eq!(findings(&clock, &thresholds, &workdays, july(4)), [], "a Saturday");
        let monday = findings(&clock, &thresholds, &workdays, july(6));
        assert_eq!(monday.iter().map(|f| (f.rule, f.colour)).collect::<Vec<_>>(), [(Rule::PromiseLate, Colour::Yellow), (Rule::LegalLate, Colour::Red)]);
    }

    #[test]
    fn p2_5_a_step_is_overdue_only_while_the_office_has_to_act() {
        let (thresholds, workdays) = world();
        let mut clock = Clock { phase: Some(Phase::Precheck), step_due: Some(july(2)), ..Clock::default() };
        assert_eq!(findings(&clock, &thresholds, &workdays, july(3))[0].rule, Rule::StepLate);
        assert_eq!(light(&clock, &thresholds, &workdays, july(2)), Light::Green, "the last day");
        assert_eq!(light(&clock, &thresholds, &workdays, july(3)), Light::Yellow, "a light with the card");
        clock.phase = Some(Phase::Correction);
        assert_eq!(findings(&clock, &thresholds, &workdays, july(3)), []);
        assert_eq!(light(&clock, &thresholds, &workdays, july(3)), Light::Green);
    }

    #[test]
    fn p2_5_corrections_told_late_and_acceptance_by_silence_are_yellow_cards() {
        let (thresholds, workdays) = world();
        let silent = Clock { phase: Some(Phase::Accepted), silent_after: Some(july(8)), ..Clock::default() };
        let found = findings(&silent, &thresholds, &workdays, july(9));
        assert_eq!((found[0].rule, found[0].colour, found[0].effective_on), (Rule::NotAccepted, Colour::Yellow, july(9)));
        let told = Clock { told: Some((july(10), july(8))), ..Clock::default() };
        assert_eq!(findings(&told, &thresholds, &workdays, july(10))[0].rule, Rule::ToldLate);
        assert_eq!(findings(&Clock { told: Some((july(8), july(8))), ..Clock::default() }, &thresholds, &workdays, july(10)), []);
    }

    #[test]
    fn every_rule_comes_back_from_its_number() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_code(rule.code()), Some(*rule));
        }
        assert_eq!(Rule::ALL.len(), 12);
    }
}
