//! Refusals about releases.

use kernel::{Instant, Issue};
use platform::Error;

fn moment(at: Instant) -> (String, String) {
    (format!("{} {}", at.day().zh(), at.hm()), format!("{} {}", at.day().en(), at.hm()))
}

/// E-BK21: joining has not begun.
pub(super) fn not_yet(from: Instant) -> Issue {
    let (zh, en) = moment(from);
    Issue::error("E-BK21", format!("尚未开始登记，{zh}起可以登记排队"), format!("Joining opens on {en}")).field("release").rule("P9-1").param("from", from)
}

/// E-BK22: joining has closed.
pub(super) fn closed(until: Instant) -> Issue {
    let (zh, en) = moment(until);
    Issue::error("E-BK22", format!("登记已于{zh}截止"), format!("Joining closed on {en}")).field("release").rule("P9-1").param("until", until)
}

/// E-BK23: in line with somebody else already.
pub(super) fn other_partner() -> Issue {
    let zh = "您已与另一方一起排队，每人只能占一个名次。如需更换另一方，请先退出排队";
    let en = "You are in line with another person; everybody has one place. Leave the line first to name somebody else";
    Issue::error("E-BK23", zh, en).field("b_id_no").rule("P9-4")
}

/// E-BK24: not the turn, or no longer.
pub(super) fn not_your_turn() -> Issue {
    Issue::error("E-BK24", "现在不是您选号的时间，或选号时间已过，名额已顺延给下一位", "It is not your turn, or your turn has passed to the next").field("slot").rule("P9-5")
}

/// E-BK25: the couple that waited is the couple that books.
pub(crate) fn another_couple() -> Issue {
    let zh = "请填写排队时登记的另一方；名次不能转让";
    let en = "Enter the person whom you named when you joined; a place cannot be handed on";
    Issue::error("E-BK25", zh, en).field("b_id_no").rule("P9-4")
}

/// E-BK26: too many joins out of one network within a minute.
pub(super) fn crowded() -> Error {
    let zh = "来自同一网络的登记过多，请一分钟后再试。已经登记的名次不受影响";
    let en = "Too many people join from this network. Try again in a minute; places that are taken are kept";
    Error::TooMany { wait_secs: 60, issue: Issue::error("E-BK26", zh, en).rule("P9-5") }
}

/// E-BK27: joined and left too often.
pub(super) fn too_often(times: i64) -> Issue {
    let (zh, en) = (format!("每人最多登记{times}次，您已退出多次，不能再登记"), format!("Everybody can join {times} times at most"));
    Issue::error("E-BK27", zh, en).field("release").rule("P9-4").param("n", times)
}

/// E-BK28: another release is announced for this office and day.
pub(super) fn announced_before() -> Issue {
    Issue::error("E-BK28", "该登记处当日已公告了定时放号", "A release is announced for this office and day already").field("offices")
}

/// E-BK29: the public value cannot be entered now.
pub(super) fn no_value_now() -> Issue {
    let zh = "公开值只能在名单公示之后填写一次";
    Issue::error("E-BK29", zh, "The public value is entered once, after the list is published").field("value")
}
