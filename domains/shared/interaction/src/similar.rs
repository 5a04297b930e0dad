//! How alike two texts are.

use std::collections::BTreeMap;

/// Likeness in percent, rounded down: the share of pairs of neighbouring characters that both have (Sørensen–Dice). Spaces and
/// punctuation do not count. Two empty texts are alike.
pub(crate) fn percent(a: &str, b: &str) -> u32 {
    let (a, b) = (pairs(a), pairs(b));
    let size = |pairs: &BTreeMap<(char, char), u32>| pairs.values().sum::<u32>();
    let all = size(&a) + size(&b);
    if all == 0 {
        return 100;
    }
    let common: u32 = a.iter().map(|(pair, n)| (*n).min(b.get(pair).copied().unwrap_or_default())).sum();
    2 * common * 100 / all
}

fn pairs(text: &str) -> BTreeMap<(char, char), u32> {
    let mut pairs = BTreeMap::new();
    // The bounds of the text make a pair, so that even a single character has some.
    let mut last = ' ';
    for c in text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        *pairs.entry((last, c)).or_default() += 1;
        last = c;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p4_11_the_same_words_are_alike_and_others_are_not() {
        assert_eq!(percent("窗口排队两小时没人理", "窗口排队，两小时没人理！"), 100);
        assert!(percent("昨天上午在城东区婚姻登记处排队两小时没有人理", "昨天上午在城东区婚姻登记处排队两小时没有人管") > 90);
        assert!(percent("窗口排队两小时没人理", "请问结婚登记要带什么") < 30);
        assert_eq!(percent("", "字"), 0);
    }

    proptest! {
        #[test]
        fn p4_11_likeness_has_no_direction(a in "\\PC{0,40}", b in "\\PC{0,40}") {
            prop_assert_eq!(percent(&a, &b), percent(&b, &a));
            prop_assert_eq!(percent(&a, &a), 100);
            prop_assert!(percent(&a, &b) <= 100);
        }
    }
}
