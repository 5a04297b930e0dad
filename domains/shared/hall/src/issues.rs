//! Every refusal of this crate, in one place.

use kernel::{Instant, Issue};

/// E-P909: too early for a ticket; at the field that was filled in.
pub(crate) fn too_early(field: &str, from: Instant, today: kernel::Day) -> Issue {
    let (zh, en) = if from.day() == today {
        (from.hm(), from.hm())
    } else {
        (format!("{}{}", from.day().zh(), from.hm()), format!("{} on {}", from.hm(), from.day().en()))
    };
    Issue::error("E-P909", format!("未到取号时间，请于{zh}后取号"), format!("Too early; take your ticket after {en}"))
        .field(field)
        .rule("P9-9")
        .param("t", from.hm())
        .param("day", from.day())
}

/// E-P910: the number was passed. `after` is the ticket behind which it can be queued again; none if nobody else waits.
pub(crate) fn passed(after: Option<&str>) -> Issue {
    let (zh, en) = match after {
        Some(after) => (format!("号码已过号，可在{after}号后重新排队"), format!("Number passed; re-queue after {after}")),
        None => ("号码已过号，可重新排队".to_owned(), "Number passed; you can queue again".to_owned()),
    };
    Issue::error("E-P910", zh, en).field("number").rule("P9-11").param("n", after.unwrap_or_default())
}

/// E-P911: the wait is longer than the hall stays open.
pub(crate) fn no_more_today(wait: i64, left: i64) -> Issue {
    Issue::error("E-P911", "今日号源已截止", "No more tickets today").field("group").rule("P9-13").param("wait_minutes", wait).param("minutes_left", left)
}

/// E-P912: out of order without a reason.
pub(crate) fn reason_needed() -> Issue {
    Issue::error("E-P912", "须填写跳号原因", "Give a reason for skipping").field("reason").rule("P9-12")
}

/// E-P912: out of order for another reason than the two that there are.
pub(crate) fn ground_needed() -> Issue {
    Issue::error("E-P912", "跳号只限优先或系统故障，请选择", "Only priority or a fault of the system allows this. Choose one").field("ground").rule("P9-12")
}

/// E-HL01: the slot is over.
pub(crate) fn slot_over() -> Issue {
    Issue::error("E-HL01", "预约时段已过，请取现场号", "The booked time is over. Take a walk-in ticket").field("number").rule("P9-9").rule("P9-7")
}

/// E-HL02: the booking is at another office.
pub(crate) fn elsewhere(name: &kernel::Text) -> Issue {
    let (zh, en) = (format!("该预约的办事地点是{}", name.zh), format!("This booking is at {}", name.en));
    Issue::error("E-HL02", zh, en).field("number").rule("P9-9")
}

/// E-HL03: no such group, or it gives out no tickets.
pub(crate) fn no_group() -> Issue {
    Issue::error("E-HL03", "请选择要办理的事项", "Choose what you have come for").field("group")
}

/// E-HL04: no such reason for going first.
pub(crate) fn no_such_ground() -> Issue {
    Issue::error("E-HL04", "请选择优先的原因", "Choose the reason for going first").field("ground").rule("P9-10")
}

/// E-HL05: the next call has to wait a little.
pub(crate) fn call_gap(again: Instant, gap_secs: u16) -> Issue {
    let time = format!("{}:{:02}", again.hm(), again.micros() / 1_000_000 % 60);
    Issue::error("E-HL05", format!("两次叫号须间隔{gap_secs}秒，请于{time}后再操作"), format!("Wait {gap_secs} seconds between calls; again at {time}"))
        .rule("P9-11")
        .param("t", again)
}

/// E-HL06: not called often enough to be passed.
pub(crate) fn calls_missing(calls: u16) -> Issue {
    Issue::error("E-HL06", format!("须叫号{calls}次后才能过号"), format!("Call {calls} times before passing a number")).rule("P9-11").param("calls", calls)
}

/// E-HL07: called as often as may be.
pub(crate) fn calls_used(calls: u16) -> Issue {
    Issue::error("E-HL07", format!("已叫号{calls}次，请过号或开始办理"), format!("Called {calls} times: pass the number or begin")).rule("P9-11").param("calls", calls)
}

/// E-HL08: somebody else sits at this window, or nobody.
pub(crate) fn not_your_window() -> Issue {
    Issue::error("E-HL08", "请先打开您的窗口", "Open your window first")
}

/// E-HL09: somebody else sits here.
pub(crate) fn window_taken(name: &str) -> Issue {
    Issue::error("E-HL09", format!("{name}正在使用此窗口"), format!("{name} sits at this window"))
}

/// E-HL10: the window still has a ticket.
pub(crate) fn unfinished(label: &str) -> Issue {
    Issue::error("E-HL10", format!("请先办结或过号：{label}"), format!("Finish or pass {label} first")).param("no", label)
}

/// E-HL11: nobody waits.
pub(crate) fn nobody() -> Issue {
    Issue::error("E-HL11", "没有人在等候", "Nobody is waiting")
}

/// E-HL12: queued again as often as may be.
pub(crate) fn void() -> Issue {
    Issue::error("E-HL12", "号码已作废，请重新取号", "This ticket is void. Take a new one").field("number").rule("P9-11")
}

/// E-HL13: a field is missing or does not make sense.
pub(crate) fn bad_field(field: &str, zh: &'static str, en: &'static str) -> Issue {
    Issue::error("E-HL13", zh, en).field(field)
}

/// E-HL14: no ticket of today has this number.
pub(crate) fn no_ticket() -> Issue {
    Issue::error("E-HL14", "今天没有这个号码", "No ticket of today has this number").field("number")
}
