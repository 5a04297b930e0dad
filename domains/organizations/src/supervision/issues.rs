//! The issues that supervision raises, one place for codes and words.

use kernel::{Day, Fen, Issue, Text};

use super::numbers::{self, FineRange};

/// `W-D17`: the annual report comes after its last day.
pub(super) fn report_late(year: i64, law: String) -> Issue {
    Issue::warn("W-D17", format!("{year}年度工作报告已逾期"), format!("Annual report {year} is overdue")).rule("D-R17").param("year", year).law(law)
}

/// `E-D24`: the window of a year is not open.
pub(super) fn report_closed(year: i64) -> Issue {
    let (zh, en) = (format!("{year}年度工作报告尚未开始报送"), format!("Annual report {year} cannot be filed yet"));
    Issue::error("E-D24", zh, en).field("year").rule("D-R17").param("year", year)
}

/// `E-D18`: the fine is not within the multiple that the law sets.
pub(super) fn fine_multiple(multiple: &str, range: &FineRange) -> Issue {
    let (low, high) = (range.low, range.high);
    let zh = format!("罚款倍数{multiple}超出法定幅度{low}～{high}倍");
    let en = format!("Fine multiple {multiple} outside {low}–{high}");
    Issue::error("E-D18", zh, en).field("fine").rule("D-R21").param("x", multiple).param("lo", low).param("hi", high).law(range.law())
}

/// `E-D19`: an evaluation cannot be applied for.
pub(super) fn not_eligible(reason: &Text) -> Issue {
    let (zh, en) = (format!("不符合评估条件：{}", reason.zh), format!("Not eligible for evaluation: {}", reason.en));
    Issue::error("E-D19", zh, en).rule("D-R23").param("reason", &reason.zh).law(numbers::limits().evaluation_clean.law())
}

/// `E-D22`: an entry in the serious list cannot be left yet.
pub(super) fn leave_too_early(from: Day) -> Issue {
    let least = &numbers::limits().credit_serious;
    let Text { zh, en } = least.text();
    Issue::error("E-D22", format!("列入未满{zh}，不能申请移出"), format!("Listed for less than {en}; removal not available"))
        .rule("D-R19")
        .param("from", from)
        .law(least.law())
}

/// `E-D25`: a condition of the qualification for public fundraising is not met.
pub(super) fn not_qualified(field: &str, reason: &Text) -> Issue {
    let (zh, en) = (format!("不符合公开募捐资格条件：{}", reason.zh), format!("Not qualified for public fundraising: {}", reason.en));
    Issue::error("E-D25", zh, en).field(field).rule("D-R25").param("reason", &reason.zh).law(numbers::limits().fundraising_share.law())
}

/// `E-D26`: an act comes before a day that the law leaves to the other side, or after the last one.
pub(super) fn not_before(from: Day, law: String) -> Issue {
    let (zh, en) = (format!("最早可于{}办理", from.zh_plain()), format!("Not possible before {}", from.en_plain()));
    Issue::error("E-D26", zh, en).param("from", from).law(law)
}

/// `E-D27`: the period is over.
pub(super) fn over(field: &str, last: Day, law: String) -> Issue {
    let (zh, en) = (format!("期限已于{}届满", last.zh_plain()), format!("The period ended on {}", last.en_plain()));
    Issue::error("E-D27", zh, en).field(field).param("last", last).law(law)
}

/// `E-D28`: two investigators or inspectors at least.
pub(super) fn officers(least: i64, law: String) -> Issue {
    Issue::error("E-D28", format!("执法人员不得少于{least}人"), format!("At least {least} officers")).field("officers").rule("D-R22").param("least", least).law(law)
}

/// `E-D29`: personal data in a text that will be public.
pub(super) fn personal(field: &str) -> Issue {
    Issue::error("E-D29", "公开内容不得含有个人信息，请删去姓名、电话、证件号码", "The public text must not have personal data: take names, telephone and document numbers out").field(field).rule("D-R24")
}

/// `E-D86`: what a community keeps under a street office is no illegal organisation.
pub(super) fn community() -> Issue {
    Issue::error("E-D86", "由街道（乡镇）指导管理的社区社会组织不属于非法社会组织", "A community group guided by its street office is not illegal").field("community").rule("D-R24")
}

/// `E-D87`: the county of the place acts.
pub(super) fn county(region: &str) -> Issue {
    Issue::error("E-D87", "由活动发生地的县级登记管理机关处理", "The county authority of the place acts").field("region").rule("D-R24").param("region", region)
}

/// `E-P806`: who did one thing in this proceeding may not do the other.
pub(super) fn same_person(act: &Text) -> Issue {
    Issue::error("E-P806", format!("“{}”的经办人不得办理此事", act.zh), format!("Whoever did '{}' may not do this", act.en)).rule("P8.2")
}

/// `E-D88`: such a proceeding is under way already.
pub(super) fn under_way() -> Issue {
    Issue::error("E-D88", "同类事项正在办理或者已经报送", "One of the kind is under way or has been filed")
}

/// `E-D89`: no organisation has this code.
pub(super) fn unknown_code() -> Issue {
    Issue::error("E-D89", "未查询到该社会组织", "No such organisation").field("uscc")
}

/// `E-D90`: more has been paid than is owed.
pub(super) fn overpaid(owed: Fen) -> Issue {
    Issue::error("E-D90", format!("应缴{owed}元"), format!("{owed} yuan are owed")).field("paid").param("owed", owed)
}

/// `E-D91`: nothing was agreed to.
pub(super) fn not_sure() -> Issue {
    Issue::error("E-D91", "请确认已核对，作出后不能撤回", "Confirm that you have checked it: it cannot be taken back").field("sure")
}

/// `E-D15`: the organisation has ended.
pub(super) fn ended(status: &Text) -> Issue {
    Issue::error("E-D15", format!("该组织处于“{}”，不能办理此事项", status.zh), format!("Organisation is '{}'; this item is not available", status.en)).rule("D-R14")
}

/// `E-D94`: no more files.
pub(super) fn too_many_files(most: i64) -> Issue {
    Issue::error("E-D94", format!("一个事项最多{most}个附件"), format!("At most {most} files for one proceeding")).field("file").param("most", most)
}

/// `E-D95`: only whoever agreed in writing is served electronically.
pub(super) fn no_consent(law: String) -> Issue {
    Issue::error("E-D95", "电子送达须经当事人同意并签订确认书", "Electronic service needs the organisation's written consent").field("consent").rule("D-R22").law(law)
}

/// `E-D92`: an order of two days.
pub(super) fn order(field: &str) -> Issue {
    Issue::error("E-D92", "结束日期不能早于开始日期", "The last day lies before the first").field(field)
}
