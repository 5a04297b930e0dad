//! Money in fen (C-14). There are no floating-point amounts anywhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ParseError, text};

/// An amount in fen, the hundredth of a yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// How an amount that is not whole is rounded. Rounding happens once, at the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the fen; half a fen goes away from zero.
    HalfUp,
    /// Up to the whole yuan, as assistance benefits are.
    UpToYuan,
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// Whole yuan.
    pub const fn yuan(yuan: i64) -> Fen {
        Fen(yuan * 100)
    }

    /// The sum, unless it is beyond what the type holds.
    pub fn plus(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).map(Fen)
    }

    /// The difference, unless it is beyond what the type holds.
    pub fn minus(self, other: Fen) -> Option<Fen> {
        self.0.checked_sub(other.0).map(Fen)
    }

    /// The sum of several amounts, unless it is beyond what the type holds.
    pub fn sum(amounts: impl IntoIterator<Item = Fen>) -> Option<Fen> {
        amounts.into_iter().try_fold(Fen::ZERO, Fen::plus)
    }

    /// The amount times a fraction, rounded: `fee.times(35, 100, Rounding::HalfUp)` is 35 per cent.
    /// `None` if the divisor is zero or the result is beyond what the type holds.
    pub fn times(self, numerator: i64, divisor: i64, rounding: Rounding) -> Option<Fen> {
        if divisor == 0 {
            return None;
        }
        let (mut product, mut divisor) = (i128::from(self.0) * i128::from(numerator), i128::from(divisor));
        if divisor < 0 {
            (product, divisor) = (-product, -divisor);
        }
        let rounded = match rounding {
            Rounding::HalfUp => (product.abs() * 2 + divisor) / (divisor * 2) * product.signum(),
            Rounding::UpToYuan => -(-product).div_euclid(divisor * 100) * 100,
        };
        i64::try_from(rounded).ok().map(Fen)
    }
}

impl fmt::Display for Fen {
    /// `1,200.00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.0.unsigned_abs();
        let yuan = (amount / 100).to_string();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        for (at, digit) in yuan.chars().enumerate() {
            if at > 0 && (yuan.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", amount % 100)
    }
}

impl FromStr for Fen {
    type Err = ParseError;

    /// Reads `1200`, `1,200.5`, `￥1,200.50`, `１２００元`; at most two decimals.
    fn from_str(typed: &str) -> Result<Fen, ParseError> {
        let wrong = ParseError { what: "amount" };
        let negative = typed.trim_start().starts_with(['-', '－', '−']);
        let plain = text::code(typed).replace([',', '¥', '元'], "");
        let (yuan, fen) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if yuan.is_empty() || fen.len() > 2 || !digits(yuan) || !digits(fen) {
            return Err(wrong);
        }
        let amount: i64 = format!("{yuan}{fen:0<2}").parse().map_err(|_| wrong)?;
        Ok(Fen(if negative { -amount } else { amount }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn c_14_amounts_are_whole_fen() {
        assert_eq!(Fen(120_000).to_string(), "1,200.00");
        assert_eq!(Fen(-5).to_string(), "-0.05");
        for (typed, fen) in [("1,200.5", 120_050), ("￥９．９９", 999), (" 12元", 1_200), ("-0.05", -5)] {
            assert_eq!(typed.parse(), Ok(Fen(fen)), "{typed}");
        }
        for wrong in ["", "1.234", "12a", ".5", "1e3", "99999999999999999999"] {
            assert!(wrong.parse::<Fen>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn c_14_rounds_once_at_the_last_step() {
        let rounded = |fen, numerator, divisor, how| Fen(fen).times(numerator, divisor, how).map(|fen| fen.0);
        assert_eq!(rounded(1001, 1, 2, Rounding::HalfUp), Some(501));
        assert_eq!(rounded(-1001, 1, 2, Rounding::HalfUp), Some(-501));
        assert_eq!(rounded(100, 1, 3, Rounding::HalfUp), Some(33));
        assert_eq!(rounded(10_001, 1, 1, Rounding::UpToYuan), Some(10_100));
        assert_eq!(rounded(10_000, 1, 1, Rounding::UpToYuan), Some(10_000));
        assert_eq!(rounded(1, 1, 0, Rounding::HalfUp), None);
        assert_eq!(rounded(i64::MAX, 2, 1, Rounding::HalfUp), None);
    }

    proptest! {
        #[test]
        fn c_14_text_gives_the_same_amount_back(fen in -1_000_000_000_000i64..1_000_000_000_000) {
            prop_assert_eq!(Fen(fen).to_string().parse(), Ok(Fen(fen)));
        }

        #[test]
        fn c_14_rounding_is_never_off_by_more_than_its_step(fen in 0i64..1_000_000_000, n in 0i64..1000, d in 1i64..1000) {
            let exact = i128::from(fen) * i128::from(n);
            let half_up = i128::from(Fen(fen).times(n, d, Rounding::HalfUp).expect("small").0) * i128::from(d);
            prop_assert!((half_up - exact).abs() * 2 <= i128::from(d));
            let up = i128::from(Fen(fen).times(n, d, Rounding::UpToYuan).expect("small").0) * i128::from(d);
            prop_assert!(up >= exact && up - exact < i128::from(d) * 100);
        }
    }
}
