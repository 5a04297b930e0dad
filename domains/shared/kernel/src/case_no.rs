//! The number of a case or booking: region 6, date 8, channel 1, serial 6, check 1 (ISO 7064 MOD 11,10).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Day, Issue, ParseError, RegionCode, Text, iso7064, text};

/// By which way a matter came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 1 网上
    Web,
    /// 2 窗口
    Counter,
    /// 3 移动端
    Mobile,
    /// 4 自助终端
    Kiosk,
    /// 5 邮寄
    Post,
    /// 6 跨省通办
    CrossProvince,
    /// 7 电话
    Phone,
}

impl Channel {
    /// All of them, in the order of their digits.
    pub const ALL: [Channel; 7] = [
        Channel::Web,
        Channel::Counter,
        Channel::Mobile,
        Channel::Kiosk,
        Channel::Post,
        Channel::CrossProvince,
        Channel::Phone,
    ];

    /// The digit in the number, 1 to 7.
    pub const fn digit(self) -> u8 {
        self as u8 + 1
    }

    /// The channel of this digit.
    pub fn from_digit(digit: u8) -> Option<Channel> {
        Self::ALL.get(usize::from(digit).checked_sub(1)?).copied()
    }

    /// The name of the channel.
    pub fn text(self) -> Text {
        match self {
            Channel::Web => Text::fixed("网上", "online"),
            Channel::Counter => Text::fixed("窗口", "counter"),
            Channel::Mobile => Text::fixed("移动端", "mobile"),
            Channel::Kiosk => Text::fixed("自助终端", "self-service terminal"),
            Channel::Post => Text::fixed("邮寄", "post"),
            Channel::CrossProvince => Text::fixed("跨省通办", "another province"),
            Channel::Phone => Text::fixed("电话", "telephone"),
        }
    }
}

/// A case number of 22 digits whose check digit is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CaseNo(String);

impl CaseNo {
    /// The largest serial of one day, area and channel.
    pub const LAST_SERIAL: u32 = 999_999;

    /// Makes the number of the `serial`th case (1 to 999,999) of that day in the region. `None` beyond that.
    pub fn new(region: RegionCode, day: Day, channel: Channel, serial: u32) -> Option<CaseNo> {
        if !(1..=Self::LAST_SERIAL).contains(&serial) {
            return None;
        }
        let digits = format!("{}{}{}{serial:06}", region.county(), day.compact(), channel.digit());
        let check = iso7064::mod_11_10(&digits)?;
        Some(CaseNo(format!("{digits}{check}")))
    }

    /// Lanes of the daily counter of a region: so many numbers of one region need not wait for each other.
    const LANES: u32 = 16;

    /// The lane of a random byte, drawn before the transaction.
    pub fn lane(random: u8) -> u32 {
        u32::from(random) % Self::LANES
    }

    /// The number of the `count`th case (from 1) of a lane; no two lanes share a number. `None` beyond the last serial.
    pub fn in_lane(region: RegionCode, day: Day, channel: Channel, lane: u32, count: i64) -> Option<CaseNo> {
        let before = u32::try_from(count).ok()?.checked_sub(1)?.checked_mul(Self::LANES)?;
        Self::new(region, day, channel, before + lane + 1)
    }

    /// Reads what a person typed; full-width digits and spaces are accepted. Refused with E-P201, field `case_no`.
    pub fn parse(typed: &str) -> Result<CaseNo, Issue> {
        text::code(typed).parse().map_err(|_| {
            Issue::error("E-P201", "受理编号校验错误，请逐位核对22位编号", "Case number check digit wrong; compare all 22 digits")
                .field("case_no")
                .rule("P2.2")
        })
    }

    /// The 22 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The region of the office that took it.
    pub fn region(&self) -> RegionCode {
        RegionCode::parse(&self.0[..6]).expect("digits were checked")
    }

    /// The day on which it was taken.
    pub fn day(&self) -> Day {
        Day::from_compact(&self.0[6..14]).expect("the date was checked")
    }

    /// By which way it came.
    pub fn channel(&self) -> Channel {
        Channel::from_digit(self.0.as_bytes()[14] - b'0').expect("the channel was checked")
    }

    /// In groups, to be read aloud: `990102 20260701 1000001 6`.
    pub fn grouped(&self) -> String {
        format!("{} {} {} {}", &self.0[..6], &self.0[6..14], &self.0[14..21], &self.0[21..])
    }
}

impl fmt::Display for CaseNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CaseNo {
    type Err = ParseError;

    fn from_str(number: &str) -> Result<CaseNo, ParseError> {
        let right = number.len() == 22
            && number.is_ascii()
            && iso7064::mod_11_10(&number[..21]) == number.chars().last()
            && Day::from_compact(&number[6..14]).is_some()
            && Channel::from_digit(number.as_bytes()[14].wrapping_sub(b'0')).is_some();
        if right { Ok(CaseNo(number.to_string())) } else { Err(ParseError { what: "case number" }) }
    }
}

impl TryFrom<String> for CaseNo {
    type Error = ParseError;

    fn try_from(number: String) -> Result<CaseNo, ParseError> {
        number.parse()
    }
}

impl From<CaseNo> for String {
    fn from(number: CaseNo) -> String {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p2_2_makes_and_reads_the_agreed_numbers() {
        let day = Day::ymd(2026, 7, 1);
        let examples = [
            ("990102", Channel::Web, 1, "9901022026070110000016"),
            ("990126", Channel::Counter, 2, "9901262026070120000022"),
            ("990000", Channel::Mobile, 3, "9900002026070130000036"),
        ];
        for (region, channel, serial, expected) in examples {
            let region: RegionCode = region.parse().expect("written here");
            let number = CaseNo::new(region, day, channel, serial).expect("in range");
            assert_eq!(number.as_str(), expected);
            let read = CaseNo::parse(expected).expect(expected);
            assert_eq!((read.region(), read.day(), read.channel()), (region, day, channel));
        }
        assert_eq!(CaseNo::parse("９９０１０２ 20260701 1000001 6").expect("spaces").grouped(), "990102 20260701 1000001 6");
    }

    #[test]
    fn p2_2_refuses_a_wrong_check_digit() {
        for wrong in ["9901022026070110000017", "", "990102202607011000001", "9901022026070110000016 1", "abc"] {
            assert_eq!(CaseNo::parse(wrong).expect_err(wrong).code, "E-P201");
        }
    }

    proptest! {
        #[test]
        fn numbers_of_different_lanes_differ(a in (0u8.., 1i64..60_000), b in (0u8.., 1i64..60_000)) {
            let number = |(random, count)| CaseNo::in_lane(RegionCode::NATION, Day::ymd(2026, 7, 1), Channel::Web, CaseNo::lane(random), count);
            let same = (CaseNo::lane(a.0), a.1) == (CaseNo::lane(b.0), b.1);
            prop_assert_eq!(number(a).expect("in range") == number(b).expect("in range"), same);
            prop_assert!(number((0, 0)).is_none() && number((0, i64::MAX)).is_none());
        }

        #[test]
        fn p2_2_one_wrong_digit_is_found(serial in 1u32..=CaseNo::LAST_SERIAL, at in 0usize..22, wrong in 1u8..10) {
            let number = CaseNo::new(RegionCode::NATION, Day::ymd(2026, 7, 1), Channel::Kiosk, serial).expect("in range");
            let mut changed = number.as_str().as_bytes().to_vec();
            changed[at] = b'0' + (changed[at] - b'0' + wrong) % 10;
            prop_assert!(CaseNo::parse(std::str::from_utf8(&changed).expect("digits")).is_err());
        }
    }
}
