//! Every refusal of this crate, in one place.

use kernel::{Day, Instant, Issue};

use crate::profile::{Profile, Unit};

/// The service's own code and words for an issue, if it declares any.
fn own(profile: &Profile, issue: Issue) -> Issue {
    match profile.codes.get(issue.code.as_ref()) {
        None => issue,
        Some(own) => {
            let mut mine = Issue::error(own.code.clone(), own.message.zh.clone(), own.message.en.clone()).rule(own.rule.clone());
            mine.field = issue.field;
            mine.rule_id.extend(issue.rule_id);
            mine.params = issue.params;
            mine.params.insert("code".to_owned(), issue.code.into_owned());
            mine
        }
    }
}

/// E-P901: too late to book this time.
pub(crate) fn too_late(profile: &Profile) -> Issue {
    let (zh, en) = match (profile.min_lead, profile.unit) {
        (0, _) => ("该时段已开始，请选择以后的时段".to_owned(), "This time has begun. Choose a later one".to_owned()),
        (n, Unit::OpenDays) => (format!("须至少提前{n}个工作日预约"), format!("Book at least {} ahead", days_en(n, "working day"))),
        (n, Unit::CalendarDays) => (format!("须至少提前{n}天预约"), format!("Book at least {} ahead", days_en(n, "day"))),
    };
    own(profile, Issue::error("E-P901", zh, en).field("slot").rule("P9-2").param("n", profile.min_lead))
}

/// E-P902: further ahead than is released.
pub(crate) fn not_released(profile: &Profile, release_at: Instant) -> Issue {
    let n = profile.days_ahead;
    let (zh, en, unit) = match profile.unit {
        Unit::OpenDays => (format!("未来{n}个工作日"), format!("the next {}", days_en(n, "working day")), "working_day"),
        Unit::CalendarDays => (format!("未来{n}天"), format!("the next {}", days_en(n, "day")), "day"),
    };
    let zh = format!("仅可预约{zh}。该时段于{} {}放号", release_at.day().zh(), release_at.hm());
    let en = format!("Only {en} can be booked. This time is released on {} at {}", release_at.day().en(), release_at.hm());
    own(profile, Issue::error("E-P902", zh, en).field("slot").rule("P9-2").rule("P9-1").param("n", n).param("unit", unit).param("release_at", release_at))
}

fn days_en(n: u16, word: &str) -> String {
    if n == 1 { format!("one {word}") } else { format!("{n} {word}s") }
}

/// E-P903: the real-name step is missing.
pub(crate) fn real_name(profile: &Profile) -> Issue {
    own(profile, Issue::error("E-P903", "预约须实名认证", "Real-name check required").rule("P9-3").param("level", profile.min_level))
}

/// E-P904: another open booking of the same person stands in the way.
pub(crate) fn already_booked(profile: &Profile, number: Option<&str>, day: Day) -> Issue {
    let (zh, en) = match number {
        Some(number) => (format!("您已有预约{number}（{}）", day.zh()), format!("You already have booking {number} on {}", day.en())),
        None => (format!("您正在填写{}的预约，请先完成", day.zh()), format!("You are filling in a booking for {}. Finish it first", day.en())),
    };
    own(profile, Issue::error("E-P904", zh, en).field("slot").rule("P9-4").param("no", number.unwrap_or_default()).param("day", day))
}

/// E-P904: as many open bookings as one person may have.
pub(crate) fn too_many_open(profile: &Profile) -> Issue {
    let n = profile.max_active;
    let issue = Issue::error("E-P904", format!("您已有{n}个未办理的预约，不能再约"), format!("You already have {n} open bookings, which is the most possible"));
    own(profile, issue.field("slot").rule("P9-4").param("max", n))
}

/// E-P905: no place left.
pub(crate) fn full(profile: &Profile) -> Issue {
    own(profile, Issue::error("E-P905", "该时段号源已满", "This slot is full").field("slot").rule("P9-5"))
}

/// E-P906: less than two hours before the start.
pub(crate) fn too_late_to_change(profile: &Profile) -> Issue {
    let minutes = profile.cancel_lead_minutes;
    let (zh, en) = if minutes.is_multiple_of(60) {
        (format!("{}小时", minutes / 60), format!("{} hours", minutes / 60))
    } else {
        (format!("{minutes}分钟"), format!("{minutes} minutes"))
    };
    let issue = Issue::error("E-P906", format!("距预约时间不足{zh}，不能取消"), format!("Less than {en} left; cannot cancel"));
    own(profile, issue.rule("P9-6").param("minutes", minutes))
}

/// E-P907: moved too often.
pub(crate) fn no_moves_left(profile: &Profile) -> Issue {
    own(profile, Issue::error("E-P907", "改期次数已用完", "No changes left").rule("P9-6").param("max", profile.max_moves))
}

/// E-P908: blocked after no-shows until `free`.
pub(crate) fn blocked(profile: &Profile, count: u8, free: Day) -> Issue {
    let zh = format!("因{count}次爽约，{}起方可网上预约，目前可现场取号", free.zh_plain());
    let en = format!("{count} no-shows: online booking again from {}; on-site tickets available", free.en_plain());
    own(profile, Issue::error("E-P908", zh, en).rule("P9-7").param("n", count).param("d", free))
}

/// E-BK01: the office does not open then.
pub(crate) fn closed(profile: &Profile) -> Issue {
    own(profile, Issue::error("E-BK01", "该办事处当日不办公", "This office is closed on that day").field("slot").rule("P9-15"))
}

/// E-BK02: the hold has ended.
pub(crate) fn hold_ended() -> Issue {
    Issue::error("E-BK02", "保留时间已到，名额已放回。请重新选择时段", "The time was not kept any longer. Please choose again").field("slot")
}

/// E-BK03: the code or the number beside it is not right; it never says which.
pub(crate) fn wrong_code() -> Issue {
    Issue::error("E-BK03", "确认码或证件号码不正确，或者确认码已失效", "The code or the document number is not right, or the code no longer works").field("code")
}

/// E-BK04: an idempotency key was used for something else.
pub(crate) fn key_reused() -> Issue {
    Issue::error("E-BK04", "该幂等键已用于另一请求", "This idempotency key was used for another request").field("Idempotency-Key")
}

/// E-BK05: the offer has gone on to the next.
pub(crate) fn offer_gone() -> Issue {
    Issue::error("E-BK05", "该名额的保留时间已过，已转给下一位", "This place is no longer kept for you and went to the next person")
}

/// E-BK06: already on the waiting list.
pub(crate) fn already_waiting() -> Issue {
    Issue::error("E-BK06", "您已在候补名单中", "You are already on the waiting list").field("office")
}

/// E-BK07: not a list of opening hours.
pub(crate) fn bad_hours(field: &str) -> Issue {
    Issue::error("E-BK07", "请按“09:00-12:00 13:30-17:00”填写时间", "Write hours as 09:00-12:00 13:30-17:00").field(field)
}

/// E-BK08: a field is missing or does not make sense.
pub(crate) fn bad_field(field: &str, zh: &'static str, en: &'static str) -> Issue {
    Issue::error("E-BK08", zh, en).field(field)
}

/// E-BK09: the two people of a couple are one.
pub(crate) fn same_person() -> Issue {
    Issue::error("E-BK09", "双方证件号码相同，请填写另一方的证件号码", "Both numbers are the same. Enter the other person's number").field("b_id_no")
}

/// E-BK10: nothing fits what was shown; it never says what does not.
pub(crate) fn not_shown() -> Issue {
    Issue::error("E-BK10", "没有找到相符的预约，请核对预约号和证件号码", "No booking fits. Check its number and that of the document").field("number").rule("P9-9")
}
