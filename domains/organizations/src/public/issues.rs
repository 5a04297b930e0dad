//! What the public register says when it cannot answer.

use kernel::{Day, Issue};

/// `E-D21`: nobody in this register has the code.
pub fn unknown() -> Issue {
    Issue::error("E-D21", "未查询到该社会组织，请核实是否为非法社会组织", "No such registered organisation; it may be illegal").field("uscc").rule("D.6")
}

/// The day of which the register is asked is none.
pub(crate) fn no_day() -> Issue {
    Issue::error("E-D31", "日期无法识别，应为年-月-日，例如 2026-07-01", "This is no date; write it like 2026-07-01").field("on")
}

/// The day of which the register is asked has not ended.
pub(crate) fn not_past(today: Day) -> Issue {
    let last = today.plus_days(-1);
    Issue::error("E-D32", format!("只能查询已经过去的日子，最晚为{}", last.zh_plain()), format!("Only days that are over can be asked for, {} at the latest", last.en_plain()))
        .field("on")
        .param("last", last)
}
