//! Every issue about cards, in one place.

use kernel::Issue;

/// E-P240: no reason for what needs one.
pub(super) fn no_words(field: &'static str, zh: &str, en: &str) -> Issue {
    Issue::error("E-P240", format!("请填写{zh}"), format!("Enter {en}")).field(field).rule("P2.5")
}

/// E-P241: the card was cancelled, nothing more is to be said about it.
pub(super) fn cancelled() -> Issue {
    Issue::error("E-P241", "该牌已撤销", "This card has been cancelled").rule("P2.5")
}

/// E-P242: only whoever received the card as clerk or head answers it.
pub(super) fn not_yours() -> Issue {
    Issue::error("E-P242", "只有收到该牌的经办人或负责人可以答复", "Only the clerk or head who received the card may answer it").rule("P2.5")
}

/// E-P243: a rule that the clock watches is not raised by hand.
pub(super) fn not_by_hand() -> Issue {
    Issue::error("E-P243", "该规则由系统自动判定，不能手工发牌", "The clock watches this rule; it is not raised by hand").field("rule").rule("P2.5")
}

/// E-P244: a threshold out of range.
pub(super) fn out_of_range(field: &'static str, from: i64, to: i64) -> Issue {
    Issue::error("E-P244", format!("请填写{from}至{to}之间的整数"), format!("Enter a whole number from {from} to {to}")).field(field)
}

/// E-P245: no case with this number.
pub(super) fn no_case() -> Issue {
    Issue::error("E-P245", "没有这个受理编号的办件", "There is no case with this number").field("case_no")
}
