//! Numbers, limits and reasons that laws set: read from `data/organizations/supervision.toml`, each with its source.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kernel::calendar::Roll;
use kernel::{Calendar, Day, Fen, Period, Text};
use serde::Deserialize;

use super::model::List;
use crate::Kind;

/// Numbers that English text writes as words.
const WORDS_EN: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// One number with the place it comes from.
#[derive(Debug, Clone, Deserialize)]
pub struct Limit {
    value: i64,
    unit: String,
    source: String,
    article: String,
}

impl Limit {
    /// Law and article.
    pub fn law(&self) -> String {
        format!("《{}》{}", self.source, self.article)
    }

    /// The number.
    pub fn value(&self) -> i64 {
        self.value
    }

    /// The number as an amount of yuan.
    pub fn yuan(&self) -> Fen {
        Fen::yuan(self.value)
    }

    /// The length of a period within which somebody has to act.
    pub fn period(&self) -> Period {
        let length = u32::try_from(self.value).unwrap_or_default();
        match self.unit.as_str() {
            "workdays" => Period::Workdays(length),
            "months" => Period::Months(length, Roll::NextWorkday),
            "years" => Period::Years(length, Roll::NextWorkday),
            _ => Period::Days(length, Roll::NextWorkday),
        }
    }

    /// How long it is, or how many, in words: `2年`, `two years`.
    pub fn text(&self) -> Text {
        let (number, one) = (self.value, self.value == 1);
        let written = usize::try_from(number).ok().and_then(|at| WORDS_EN.get(at));
        let en = written.map_or_else(|| number.to_string(), |word| (*word).to_owned());
        let (zh, noun) = match self.unit.as_str() {
            "workdays" => ("个工作日", "working day"),
            "days" => ("日", "day"),
            "months" => ("个月", "month"),
            "years" => ("年", "year"),
            _ => return Text::new(number.to_string(), en),
        };
        Text::new(format!("{number}{zh}"), format!("{en} {noun}{}", if one { "" } else { "s" }))
    }

    /// The last day of that period, counted from `from`.
    pub fn due(&self, calendar: &Calendar, from: Day) -> Day {
        calendar.due(from, self.period()).day
    }

    /// The last day of a term that nobody has to act in: of a list, a level, a bar. It ends where it ends, day of rest or not.
    pub fn term(&self, from: Day) -> Day {
        let length = i32::try_from(self.value).unwrap_or_default();
        match self.unit.as_str() {
            "months" => from.plus_months(length),
            "years" => from.plus_years(length),
            _ => from.plus_days(self.value),
        }
    }

    /// The first day on which something that lasts so long before `day` may have happened and still counts.
    pub fn before(&self, day: Day) -> Day {
        let length = i32::try_from(self.value).unwrap_or_default();
        match self.unit.as_str() {
            "months" => day.plus_months(-length),
            "years" => day.plus_years(-length),
            _ => day.plus_days(-self.value),
        }
    }
}

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        /// Every number of supervision.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Limits {
            $($(#[$doc])* pub $name: Limit,)+
        }
    };
}

limits! {
    /// A credit item is recorded so soon after it arose (D-R20).
    credit_record;
    /// The organisation answers a notice of listing within.
    credit_statement;
    /// Removal after the rectification was verified (D-R18).
    credit_remove;
    /// Removal where nothing can be put right.
    credit_unmendable;
    /// From abnormal to serious.
    credit_abnormal;
    /// A serious entry may be left after.
    credit_serious;
    /// From this fine on a breach is serious (D-R19).
    credit_fine;
    /// So many warnings or fines are serious.
    credit_repeated;
    /// Within this time.
    credit_within;
    /// An objection is verified within (D-R20).
    credit_objection;
    /// Investigators at least (D-R22).
    penalty_officers;
    /// From the opening of the case to the decision.
    penalty_decide;
    /// A hearing is asked for within.
    penalty_hearing;
    /// Notice before a hearing.
    penalty_notice;
    /// So many people may act for the organisation at a hearing.
    penalty_agents;
    /// Service of the decision.
    penalty_serve;
    /// Payment after service.
    penalty_pay;
    /// Surcharge a day, in percent of the fine.
    penalty_surcharge;
    /// Publication after the decision.
    penalty_publish;
    /// Withdrawal of the publication after the decision was annulled.
    penalty_withdraw;
    /// Registered for so long before the first evaluation (D-R23).
    evaluation_age;
    /// A level holds for.
    evaluation_valid;
    /// A higher level may be applied for after.
    evaluation_upgrade;
    /// A review is decided within.
    evaluation_review;
    /// So many years with reservations in a row bar the evaluation.
    evaluation_basic;
    /// Without penalty for.
    evaluation_clean;
    /// Decision on the qualification (D-R25).
    fundraising_decide;
    /// A charity for so long.
    fundraising_age;
    /// One part in so many of the council may be related or from abroad.
    fundraising_share;
    /// Supervisors at least.
    fundraising_supervisors;
    /// Without breach for.
    fundraising_clean;
    /// Inspectors at least.
    inspection_officers;
    /// To put right what an inspection found.
    inspection_rectify;
}

/// When the annual report of a class of organisations is due, by the law (D-R17).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    class: String,
    due: String,
    supervisor_due: String,
    source: String,
    article: String,
}

impl Report {
    /// Law and article.
    pub fn law(&self) -> String {
        format!("《{}》{}", self.source, self.article)
    }

    /// The last day to file the report of `year` with the authority.
    pub fn due(&self, calendar: &Calendar, year: i64) -> Option<Day> {
        day_of(year + 1, &self.due).map(|day| calendar.workday_on_or_after(day))
    }

    /// The last day to file it with the supervising unit.
    pub fn supervisor_due(&self, calendar: &Calendar, year: i64) -> Option<Day> {
        day_of(year + 1, &self.supervisor_due).map(|day| calendar.workday_on_or_after(day))
    }
}

fn day_of(year: i64, month_day: &str) -> Option<Day> {
    format!("{year:04}-{month_day}").parse().ok()
}

/// Why an organisation is listed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// As stored.
    pub code: String,
    /// Which list.
    pub list: List,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Article of the rules on credit.
    pub article: String,
    /// Whether it can be put right.
    pub rectifiable: bool,
}

impl Reason {
    /// The clause, for the decision.
    pub fn basis(&self) -> String {
        format!("《{}》{}", limits().credit_record.source, self.article)
    }
}

/// A way of serving a document (送达方式), with what its record must say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceWay {
    /// As stored.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    source: String,
    article: String,
    /// Who serve at least.
    pub officers: usize,
    /// Somebody receives it, or refuses to.
    #[serde(default)]
    pub receiver: bool,
    /// Somebody witnesses it.
    #[serde(default)]
    pub witness: bool,
    /// The post has a number for it.
    #[serde(default)]
    pub tracking: bool,
    /// Only whoever agreed in writing.
    #[serde(default)]
    pub consent: bool,
    /// Natural days after which it counts as served.
    #[serde(default)]
    pub days: i64,
}

impl ServiceWay {
    /// Law and article.
    pub fn law(&self) -> String {
        format!("《{}》{}", self.source, self.article)
    }

    /// In words.
    pub fn name(&self) -> Text {
        Text::new(self.zh.clone(), self.en.clone())
    }
}

/// How high a fine may be (D-R21).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FineRange {
    class: String,
    basis: String,
    /// Times at least.
    pub low: i64,
    /// Times at most.
    pub high: i64,
    source: String,
    article: String,
}

impl FineRange {
    /// Law and article.
    pub fn law(&self) -> String {
        format!("《{}》{}", self.source, self.article)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    limits: Limits,
    report: Vec<Report>,
    reason: Vec<Reason>,
    fine: Vec<FineRange>,
    service: Vec<ServiceWay>,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/organizations/supervision.toml")).expect("a test reads the file that is carried"));

/// Every number.
pub fn limits() -> &'static Limits {
    &DATA.limits
}

/// When the annual reports of this kind are due.
pub fn report(kind: Kind) -> &'static Report {
    DATA.report.iter().find(|report| report.class == kind.prefix()).expect("a test holds that every kind has its line")
}

/// Why organisations are listed.
pub fn reasons() -> &'static [Reason] {
    &DATA.reason
}

/// The reason with this code.
pub fn reason(code: &str) -> Option<&'static Reason> {
    DATA.reason.iter().find(|reason| reason.code == code)
}

/// The range of a fine by what was turned over or gained; none where the law sets no multiple.
pub fn fine_range(kind: Kind, by_gain: bool) -> Option<&'static FineRange> {
    let basis = if by_gain { "gain" } else { "turnover" };
    DATA.fine.iter().find(|range| range.class == kind.prefix() && range.basis == basis)
}

/// The ways of serving a document.
pub fn service_ways() -> &'static [ServiceWay] {
    &DATA.service
}

/// The way of serving with this code.
pub fn service_way(code: &str) -> Option<&'static ServiceWay> {
    DATA.service.iter().find(|way| way.code == code)
}

/// Kinds of organisations by their class digits, for pages.
pub fn classes() -> BTreeMap<&'static str, Kind> {
    Kind::ALL.into_iter().map(|kind| (kind.prefix(), kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_in_words_of_both_languages() {
        let told = |limit: &Limit| limit.text();
        assert_eq!(told(&limits().fundraising_age), Text::fixed("1年", "one year"));
        assert_eq!(told(&limits().fundraising_decide), Text::fixed("20日", "20 days"));
        assert_eq!(told(&limits().fundraising_supervisors), Text::fixed("3", "three"));
    }

    #[test]
    fn every_number_has_its_source_and_every_kind_its_report() {
        assert_eq!(DATA.reason.len(), 13);
        assert!(limits().penalty_decide.law().contains("行政处罚法"));
        for kind in Kind::ALL {
            assert!(report(kind).due(Calendar::builtin(), 2025).is_some());
        }
        // 31 May 2026 is a Sunday: the last day on which somebody may act moves.
        assert_eq!(report(Kind::Association).due(Calendar::builtin(), 2025), Some(Day::ymd(2026, 6, 1)));
        assert!(fine_range(Kind::Foundation, true).is_none());
    }
}
