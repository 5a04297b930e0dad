//! A period in words, with the reason for its end.

use super::{Due, Period};
use crate::{Day, Issue, Lang, Text};

/// The holidays as the notices name them, with their English names.
const HOLIDAYS: [(&str, &str); 7] = [
    ("元旦", "New Year"),
    ("春节", "Spring Festival"),
    ("清明", "Qingming"),
    ("劳动节", "Labour Day"),
    ("端午", "Dragon Boat Festival"),
    ("中秋", "Mid-Autumn Festival"),
    ("国庆", "National Day"),
];

/// The name of a holiday in this language; names that are not fixed ones stay as the notice has them.
pub(crate) fn holiday(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => name.to_string(),
        Lang::En => HOLIDAYS.iter().fold(name.replace('、', " and "), |text, (zh, en)| text.replace(zh, en)),
    }
}

impl Period {
    /// `20 个工作日`, `20 working days`.
    pub fn text(self) -> Text {
        let plural = |count: u32, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        match self {
            Period::Workdays(count) => Text::new(format!("{count} 个工作日"), plural(count, "working day")),
            Period::Days(count, _) => Text::new(format!("{count} 日"), plural(count, "day")),
            Period::Months(count, _) => Text::new(format!("{count} 个月"), plural(count, "month")),
            Period::Years(count, _) => Text::new(format!("{count} 年"), plural(count, "year")),
        }
    }
}

impl Due {
    /// The period in words with the reason for its end:
    /// `20 个工作日，自 9 月 18 日起，至 10 月 22 日；中秋 3 天、国庆 7 天不计`.
    pub fn explain(&self) -> Text {
        Text::new(self.explain_in(Lang::Zh), self.explain_in(Lang::En))
    }

    fn explain_in(&self, lang: Lang) -> String {
        let date = |day: Day| if self.from.year() == self.day.year() { day.short(lang) } else { with_year(day, lang) };
        let (from, to, period) = (date(self.from), date(self.day), self.period.text());
        let mut text = match lang {
            Lang::Zh => format!("{}，自 {from}起，至 {to}", period.zh),
            Lang::En => format!("{} from {from} to {to}", period.en),
        };
        if !self.skipped.is_empty() {
            let holidays = self.skipped.iter().map(|skipped| {
                let name = holiday(&skipped.name, lang);
                match (lang, skipped.days) {
                    (Lang::Zh, days) => format!("{name} {days} 天"),
                    (Lang::En, 1) => format!("{name} (1 day)"),
                    (Lang::En, days) => format!("{name} ({days} days)"),
                }
            });
            let holidays = holidays.collect::<Vec<_>>().join(lang.pick("、", ", "));
            text += &match (self.period, lang) {
                (Period::Workdays(_), Lang::Zh) => format!("；{holidays}不计"),
                (Period::Workdays(_), Lang::En) => format!("; {holidays} not counted"),
                (_, Lang::Zh) => format!("；期满日遇{holidays}顺延"),
                (_, Lang::En) => format!("; the end moves past {holidays}"),
            };
        }
        if self.suspended > 0 {
            text += &lang.pick(
                format!("；中止 {} 天不计", self.suspended),
                format!("; {} suspended day(s) not counted", self.suspended),
            );
        }
        if let Some(warning) = self.warning() {
            text += lang.pick("；", "; ");
            text += warning.text(lang);
        }
        text
    }

    /// W-CAL01 if a year that was counted has no notice yet: the end is provisional and will be told again.
    pub fn warning(&self) -> Option<Issue> {
        let year = self.unknown_years.first()?;
        let zh = format!("{year}年工作日历尚未公布，日期为暂定，公布后将重新计算并告知");
        let en = format!("the working calendar for {year} is not published yet: this date is provisional and will be told again");
        Some(Issue::warn("W-CAL01", zh, en).rule("C-12").rule("K7").param("year", year))
    }
}

fn with_year(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 年 {}", day.year(), day.short(lang)),
        Lang::En => day.en_plain(),
    }
}
