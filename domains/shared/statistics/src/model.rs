//! What is counted, over which time, by what.

use kernel::{Channel, Day, Issue, RegionCode, Text};
use platform::OrgId;

use crate::issues;

/// Declares the columns of `statistic_figure` once: the enum, the row and the pieces of SQL that name them all.
macro_rules! measures {
    ($($(#[$doc:meta])* $variant:ident $column:ident $zh:literal $en:literal;)*) => {
        /// A figure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Measure { $($(#[$doc])* $variant,)* }

        impl Measure {
            /// Every figure, in the order of the columns.
            pub const ALL: &[Measure] = &[$(Measure::$variant,)*];

            /// Its column, and its code in addresses.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => stringify!($column),)* }
            }

            /// Its name in both languages.
            pub fn name(self) -> Text {
                match self { $(Self::$variant => Text::fixed($zh, $en),)* }
            }
        }

        /// How many figures there are.
        pub const COUNT: usize = Measure::ALL.len();

        /// One row of figures as the database has it.
        #[derive(Debug, Clone, Copy, sqlx::FromRow)]
        pub(crate) struct SumsRow { $($column: i64,)* }

        impl From<SumsRow> for Sums {
            fn from(row: SumsRow) -> Self { Self([$(row.$column,)*]) }
        }

        /// `received, returned, …, `
        pub(crate) const COLUMNS: &str = concat!($(stringify!($column), ", ",)*);
        /// `CAST(COALESCE(SUM(f.received), 0) AS BIGINT) AS received, …, `
        pub(crate) const SUMS: &str = concat!($("CAST(COALESCE(SUM(f.", stringify!($column), "), 0) AS BIGINT) AS ", stringify!($column), ", ",)*);
        /// `received = statistic_figure.received + excluded.received, …, `
        pub(crate) const ADDED: &str = concat!($(stringify!($column), " = statistic_figure.", stringify!($column), " + excluded.", stringify!($column), ", ",)*);
    };
}

measures! {
    /// 收件.
    Received received "收件" "Received";
    /// 预审退回.
    Returned returned "预审退回" "Sent back by the pre-check";
    /// 补正.
    Corrected corrected "补正" "To be corrected";
    /// 受理.
    Accepted accepted "受理" "Accepted";
    /// 不予受理.
    Rejected rejected "不予受理" "Not accepted";
    /// 不予.
    Refused refused "不予" "Refused";
    /// 办结.
    Finished finished "办结" "Finished";
    /// 按时办结.
    OnTime on_time "按时办结" "Finished on time";
    /// 撤回或终止.
    Withdrawn withdrawn "撤回或终止" "Withdrawn or ended";
    /// Working days used by what was finished.
    UsedDays used_days "用时（工作日）" "Working days used";
    /// Finished with a promise.
    Promised promised "有承诺时限的办结" "Finished with a promise";
    /// Working days promised to them.
    PromiseDays promise_days "承诺时限（工作日）" "Working days promised";
    /// Finished with a legal limit.
    Limited limited "有法定时限的办结" "Finished with a legal limit";
    /// Working days that the law allows them.
    LegalDays legal_days "法定时限（工作日）" "Working days by law";
    /// 黄牌.
    CardsYellow cards_yellow "黄牌" "Yellow cards";
    /// 红牌.
    CardsRed cards_red "红牌" "Red cards";
    /// Of both, cancelled.
    CardsCancelled cards_cancelled "撤销的牌" "Cards cancelled";
    /// 非常满意.
    Level1 level_1 "非常满意" "Very satisfied";
    /// 满意.
    Level2 level_2 "满意" "Satisfied";
    /// 基本满意.
    Level3 level_3 "基本满意" "Fairly satisfied";
    /// 不满意.
    Level4 level_4 "不满意" "Dissatisfied";
    /// 非常不满意.
    Level5 level_5 "非常不满意" "Very dissatisfied";
}

impl Measure {
    /// The figure with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|measure| measure.code() == code)
    }

    /// The ratings, the best first.
    pub const LEVELS: [Measure; 5] = [Self::Level1, Self::Level2, Self::Level3, Self::Level4, Self::Level5];

    /// What exactly is counted, and on which day.
    pub fn definition(self) -> Text {
        match self {
            Self::Received => Text::fixed("当天提交或者收到的申请，一件计一次。", "Applications that came in on the day, each once."),
            Self::Returned => Text::fixed("预审退回修改的办件，计在第一次退回的当天。", "Cases sent back by the pre-check, on the day of the first time."),
            Self::Corrected => Text::fixed("已一次性告知补正的办件，计在告知当天。", "Cases of which the applicant was told what is missing, on that day."),
            Self::Accepted => Text::fixed("已受理的办件，计在受理当天；逾期未告知的计在收到材料当天。", "Accepted cases, on the day of acceptance; on the day of receipt where nobody told in time."),
            Self::Rejected => Text::fixed("不予受理的办件，计在决定当天。", "Cases that were not accepted, on that day."),
            Self::Refused => Text::fixed("受理后作出不予决定的办件，计在决定当天；送达后也计入办结。", "Accepted cases decided against, on the day of the decision; once served they count as finished too."),
            Self::Finished => Text::fixed("受理后办理完毕的办件（含不予），计在办结当天。", "Accepted cases that came to their end, refusals included, on that day."),
            Self::OnTime => Text::fixed("承诺时限内作出决定的办结件；没有时限的办件计入。", "Finished cases decided within the promise; cases without a limit count."),
            Self::Withdrawn => Text::fixed("申请人撤回、视为撤回或者终止的办件。", "Cases that the applicant withdrew, that lapsed or were ended."),
            Self::UsedDays => Text::fixed("从受理到决定的工作日，不含中止的时间；只计办结件。", "Working days from acceptance to decision, without suspensions; of finished cases."),
            Self::Promised | Self::PromiseDays => Text::fixed("办结件按承诺时限可用的工作日，含延期。", "Working days that finished cases had by their promise, extensions included."),
            Self::Limited | Self::LegalDays => Text::fixed("办结件按法定时限可用的工作日，含延期。", "Working days that finished cases had by law, extensions included."),
            Self::CardsYellow | Self::CardsRed | Self::CardsCancelled => Text::fixed("电子监察发出的牌，计在规则规定的当天，撤销的也计入。", "Cards of supervision, on the day on which they became due, cancelled ones included."),
            Self::Level1 | Self::Level2 | Self::Level3 | Self::Level4 | Self::Level5 => Text::fixed("有效的实名评价，计在办结当天；复核剔除的不计。", "Ratings that count, on the day on which the matter was finished; without those taken out after a review."),
        }
    }
}

/// A whole row of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums(pub [i64; COUNT]);

impl Default for Sums {
    fn default() -> Self {
        Self([0; COUNT])
    }
}

impl Sums {
    /// One of them.
    pub fn get(&self, measure: Measure) -> i64 {
        self.0[measure as usize]
    }

    /// Sets one of them.
    pub(crate) fn add(&mut self, measure: Measure, n: i64) {
        self.0[measure as usize] += n;
    }

    /// Adds all of them.
    pub fn plus(&mut self, other: &Sums) {
        self.0.iter_mut().zip(other.0).for_each(|(own, n)| *own += n);
    }

    /// Ratings that count.
    pub fn rated(&self) -> i64 {
        Measure::LEVELS.iter().map(|level| self.get(*level)).sum()
    }
}

/// For whom a case is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Side {
    /// The body that answers for it.
    #[default]
    Owner,
    /// The body elsewhere that took the papers in.
    Receiver,
}

impl Side {
    /// Both.
    pub const ALL: [Side; 2] = [Self::Owner, Self::Receiver];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Receiver => "receiver",
        }
    }

    /// The side stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// Its name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Owner => Text::fixed("办理地", "Where it is handled"),
            Self::Receiver => Text::fixed("收件地（代收）", "Where it was taken in for another place"),
        }
    }
}

/// What a table has its lines by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The regions directly below.
    #[default]
    Region,
    /// The bodies.
    Org,
    /// The items.
    Item,
    /// The channels.
    Channel,
    /// Items, each by channel (form CASE-1).
    ItemChannel,
}

impl By {
    /// All that a reader may choose.
    pub const ALL: [By; 5] = [Self::Region, Self::Org, Self::Item, Self::Channel, Self::ItemChannel];

    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Org => "org",
            Self::Item => "item",
            Self::Channel => "channel",
            Self::ItemChannel => "item_channel",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// Its name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Region => Text::fixed("地区", "Region"),
            Self::Org => Text::fixed("单位", "Organisation"),
            Self::Item => Text::fixed("事项", "Item"),
            Self::Channel => Text::fixed("渠道", "Channel"),
            Self::ItemChannel => Text::fixed("事项和渠道", "Item and channel"),
        }
    }
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Length {
    /// One day.
    Day,
    /// A calendar month.
    #[default]
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Length {
    /// All of them.
    pub const ALL: [Length; 4] = [Self::Day, Self::Month, Self::Quarter, Self::Year];

    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Its name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Day => Text::fixed("日", "Day"),
            Self::Month => Text::fixed("月", "Month"),
            Self::Quarter => Text::fixed("季", "Quarter"),
            Self::Year => Text::fixed("年", "Year"),
        }
    }
}

/// A period of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How long.
    pub length: Length,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Span {
    /// The period of this length in which a day lies.
    pub fn around(length: Length, day: Day) -> Self {
        let month = day.first_of_month();
        let back = |months: i8| month.plus_months(-i32::from(months));
        let (from, months) = match length {
            Length::Day => return Self { length, from: day, to: day },
            Length::Month => (month, 1),
            Length::Quarter => (back((day.month() - 1) % 3), 3),
            Length::Year => (back(day.month() - 1), 12),
        };
        Self { length, from, to: from.plus_months(months).plus_days(-1) }
    }

    /// The one before.
    pub fn before(self) -> Self {
        Self::around(self.length, self.from.plus_days(-1))
    }

    /// The one after.
    pub fn after(self) -> Self {
        Self::around(self.length, self.to.plus_days(1))
    }

    /// `2026年7月`, `2026年第3季度`.
    pub fn name(self) -> Text {
        let (year, month) = (self.from.year(), self.from.month());
        let quarter = (month - 1) / 3 + 1;
        match self.length {
            Length::Day => Text::new(self.from.zh_plain(), self.from.en_plain()),
            Length::Month => Text::new(format!("{year}年{month}月"), format!("{year}-{month:02}")),
            Length::Quarter => Text::new(format!("{year}年第{quarter}季度"), format!("Q{quarter} {year}")),
            Length::Year => Text::new(format!("{year}年"), year.to_string()),
        }
    }
}

/// What a reader asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Over which time.
    pub span: Span,
    /// The region with all below it; the reader's own where none is named.
    pub region: Option<RegionCode>,
    /// Only what belongs to that region itself, without those below.
    pub only: bool,
    /// One body.
    pub org: Option<OrgId>,
    /// Basic code of one item.
    pub item: Option<String>,
    /// One channel.
    pub channel: Option<Channel>,
    /// For whom cases are counted.
    pub side: Side,
    /// What the lines are.
    pub by: By,
}

impl Asked {
    /// All figures of the month in which a day lies, by region.
    pub fn month_of(day: Day) -> Self {
        let span = Span::around(Length::Month, day);
        Self { span, region: None, only: false, org: None, item: None, channel: None, side: Side::Owner, by: By::Region }
    }

    /// Reads what an address or a form says; what is left out is the present month by region.
    ///
    /// # Errors
    /// `E-STA01` to `E-STA04`, each at its field.
    pub fn read<'a>(get: impl Fn(&str) -> &'a str, today: Day) -> Result<Self, Vec<Issue>> {
        let mut issues = Vec::new();
        let mut asked = Self::month_of(today);
        let length = match get("period") {
            "" => Some(Length::Month),
            code => Length::ALL.into_iter().find(|length| length.code() == code),
        };
        let day = match get("at") {
            "" => Some(today),
            typed => typed.parse::<Day>().ok().filter(|day| (2000..=today.year() + 1).contains(&day.year())),
        };
        match (length, day) {
            (Some(length), Some(day)) => asked.span = Span::around(length, day),
            (None, _) => issues.push(issues::no_choice("period")),
            (_, None) => issues.push(issues::no_day()),
        }
        fn choice<T>(field: &'static str, typed: &str, parse: impl FnOnce(&str) -> Option<T>, issues: &mut Vec<Issue>) -> Option<T> {
            if typed.is_empty() {
                return None;
            }
            let read = parse(typed);
            if read.is_none() {
                issues.push(issues::no_choice(field));
            }
            read
        }
        asked.region = choice("region", get("region"), |code| RegionCode::parse(code).ok(), &mut issues);
        asked.only = choice("only", get("only"), |typed| (typed == "1").then_some(true), &mut issues).unwrap_or_default();
        asked.org = choice("org", get("org"), |id| id.parse().ok(), &mut issues);
        asked.item = choice("item", get("item"), |code| (code.len() <= 31 && code.chars().all(|c| c.is_ascii_alphanumeric())).then(|| code.to_owned()), &mut issues);
        asked.channel = choice("channel", get("channel"), |digit| digit.parse().ok().and_then(Channel::from_digit), &mut issues);
        asked.side = choice("side", get("side"), Side::from_code, &mut issues).unwrap_or_default();
        asked.by = choice("by", get("by"), By::from_code, &mut issues).unwrap_or_default();
        if issues.is_empty() { Ok(asked) } else { Err(issues) }
    }

    /// The same as an address says it.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        vec![
            ("period", self.span.length.code().to_owned()),
            ("at", self.span.from.to_string()),
            ("region", self.region.map(|region| region.to_string()).unwrap_or_default()),
            ("only", if self.only { "1".to_owned() } else { String::new() }),
            ("org", self.org.map(|org| org.to_string()).unwrap_or_default()),
            ("item", self.item.clone().unwrap_or_default()),
            ("channel", self.channel.map(|channel| channel.digit().to_string()).unwrap_or_default()),
            ("side", if self.side == Side::Owner { String::new() } else { self.side.code().to_owned() }),
            ("by", self.by.code().to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_where_the_calendar_says() {
        let day = Day::ymd(2026, 8, 15);
        let span = |length| Span::around(length, day);
        assert_eq!((span(Length::Month).from, span(Length::Month).to), (Day::ymd(2026, 8, 1), Day::ymd(2026, 8, 31)));
        assert_eq!((span(Length::Quarter).from, span(Length::Quarter).to), (Day::ymd(2026, 7, 1), Day::ymd(2026, 9, 30)));
        assert_eq!((span(Length::Year).from, span(Length::Year).to), (Day::ymd(2026, 1, 1), Day::ymd(2026, 12, 31)));
        assert_eq!(span(Length::Quarter).before().from, Day::ymd(2026, 4, 1));
        assert_eq!(span(Length::Year).before().name().zh, "2025年");
    }

    #[test]
    fn what_an_address_says_comes_back_from_what_was_read() {
        let typed = [("period", "quarter"), ("at", "2026-08-15"), ("region", "990102"), ("channel", "1"), ("by", "item")];
        let today = Day::ymd(2026, 9, 1);
        let get = |name: &str| typed.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| *value);
        let asked = Asked::read(get, today).expect("read");
        let again = asked.query();
        let get = |name: &str| again.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_str());
        assert_eq!(Asked::read(get, today), Ok(asked));
        let bad = Asked::read(|_| "§§", today).expect_err("nonsense");
        assert_eq!(bad.iter().filter_map(|issue| issue.field.as_deref()).collect::<Vec<_>>(), ["period", "region", "only", "org", "item", "channel", "side", "by"]);
    }
}
