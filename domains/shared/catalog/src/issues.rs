//! The issues of the catalogue, one place for their codes and words.

use kernel::{Day, Issue, Text};

/// `E-P101`: the promise gives a later last day than the law, at least for a receipt on `start`.
pub(crate) fn promise_over_law(start: Day, promised: Day, legal: Day) -> Issue {
    Issue::error(
        "E-P101",
        format!("承诺办结时限不得超过法定办结时限（如 {start} 收件：承诺 {promised}，法定 {legal}）"),
        format!("Promised limit may not exceed the legal limit (received {start}: promised {promised}, legal {legal})"),
    )
    .field("promise")
    .rule("P1-1")
    .param("start", start.to_string())
    .param("promised", promised.to_string())
    .param("legal", legal.to_string())
}

/// `E-P101`, towards the upper level's promise.
pub(crate) fn promise_over_upper(upper: &str, upper_en: &str) -> Issue {
    Issue::error(
        "E-P101",
        format!("承诺办结时限不得长于上级承诺的{upper}"),
        format!("Promised limit may not be longer than the upper level's promise: {upper_en}"),
    )
    .field("promise")
    .rule("P1-1")
    .param("upper", upper_en)
}

/// `E-P102`.
pub(crate) fn handling_not_promised() -> Issue {
    Issue::error("E-P102", "承诺时限非即办，办件类型应为承诺件", "Not immediate: handling type must be 承诺件").field("handling").rule("P1-2")
}

/// `E-P103`.
pub(crate) fn visits_without_reason() -> Issue {
    Issue::error("E-P103", "到办事现场次数不为0，须填写必须现场办理原因", "Visits >0 need a reason").field("visits.reason").rule("P1-3")
}

/// `E-P103`, more visits than the upper level asks for.
pub(crate) fn visits_over_upper(upper: u32) -> Issue {
    Issue::error(
        "E-P103",
        format!("到办事现场次数不得多于上级规定的{upper}次"),
        format!("Visits may not exceed the upper level's {upper}"),
    )
    .field("visits.count")
    .rule("P1-3")
    .param("upper", upper.to_string())
}

/// `E-P104`.
pub(crate) fn no_way_in() -> Issue {
    Issue::error("E-P104", "现场次数为0且不支持网办时，办理形式须包含快递申请", "Zero visits without online needs postal handling")
        .field("channels")
        .rule("P1-4")
}

/// `E-P105`.
pub(crate) fn online_with_visits() -> Issue {
    Issue::error("E-P105", "网办深度为Ⅳ级，现场次数应为0", "Grade IV needs zero visits").field("visits.count").rule("P1-5")
}

/// `E-P106`.
pub(crate) fn certificate_kind() -> Issue {
    Issue::error("E-P106", "结果名称以“证”结尾，结果类型应为出证办结", "Result ending 证 must be type 出证办结")
        .field("result.kind")
        .rule("P1-6")
}

/// `E-P107`.
pub(crate) fn impl_code() -> Issue {
    Issue::error(
        "E-P107",
        "实施编码应为31位且与实施主体、层级、基本编码一致",
        "Implementation code must have 31 characters and match body, level and basic code",
    )
    .field("code")
    .rule("P1-7")
}

/// `E-P107`, for the basic code.
pub(crate) fn basic_code() -> Issue {
    Issue::error("E-P107", "基本编码应为12位数字", "Basic code must have 12 digits").field("code").rule("P1-7")
}

/// `E-P108`.
pub(crate) fn locked(labels: &[Text], fields: &[String]) -> Issue {
    let zh: Vec<&str> = labels.iter().map(|label| label.zh.as_ref()).collect();
    let en: Vec<&str> = labels.iter().map(|label| label.en.as_ref()).collect();
    let issue = Issue::error(
        "E-P108",
        format!("上级锁定要素不可修改：{}", zh.join("、")),
        format!("Elements locked by the upper level: {}", en.join(", ")),
    )
    .rule("P1-8")
    .param("fields", fields.join(","));
    match fields.first() {
        Some(field) => issue.field(field.clone()),
        None => issue,
    }
}

/// `E-P109`.
pub(crate) fn shared_but_required(name: &Text, field: String) -> Issue {
    Issue::error(
        "E-P109",
        format!("“{}”可通过数据共享获取，不得要求申请人提供", name.zh),
        format!("'{}' is available by data sharing; do not require it", name.en),
    )
    .field(field)
    .rule("P1-9")
    .param("m", name.zh.as_ref())
    .law("国务院关于在线政务服务的若干规定（国令第716号）第七条")
}

/// `E-P110`.
pub(crate) fn catch_all(word: &str, field: String) -> Issue {
    Issue::error("E-P110", format!("不得使用“{word}”等兜底表述"), format!("Catch-all wording '{word}' not allowed"))
        .field(field)
        .rule("P1-10")
        .param("w", word)
}

/// `E-P111`.
pub(crate) fn missing(labels: &[Text], fields: &[String]) -> Issue {
    let zh: Vec<&str> = labels.iter().map(|label| label.zh.as_ref()).collect();
    let en: Vec<&str> = labels.iter().map(|label| label.en.as_ref()).collect();
    let issue = Issue::error("E-P111", format!("必填要素缺失：{}", zh.join("、")), format!("Missing elements: {}", en.join(", ")))
        .rule("P1-11")
        .param("list", fields.join(","));
    match fields.first() {
        Some(field) => issue.field(field.clone()),
        None => issue,
    }
}

/// `E-P112`.
pub(crate) fn fee_without_basis() -> Issue {
    Issue::error("E-P112", "收费事项须填写收费依据和标准", "Fee needs legal basis and rate").field("fee").rule("P1-12")
}

/// `E-P806`: who wrote a draft may neither review nor publish it.
pub(crate) fn conflicting_roles(other_zh: &str, other_en: &str) -> Issue {
    Issue::error(
        "E-P806",
        format!("同一人不得担任互斥岗位：事项编制/{other_zh}"),
        format!("Same person may not hold conflicting roles: item editor/{other_en}"),
    )
    .rule("P1.4")
}

/// A basic item that is not open to this level.
pub(crate) fn level_not_allowed(level: &Text) -> Issue {
    Issue::error("E-P107", format!("该事项不由{}行使", level.zh), format!("This item is not exercised at {} level", level.en))
        .field("body.level")
        .rule("P1-7")
}

/// The item has been claimed by this body, or its code is taken.
pub(crate) fn taken() -> Issue {
    Issue::error("E-ST03", "该实施主体已认领此事项", "This body has already claimed the item").field("code")
}

/// A draft exists already.
pub(crate) fn draft_open() -> Issue {
    Issue::error("E-ST03", "该事项已有一份未发布的草稿", "There is already an unpublished draft of this item")
}

/// A version may not begin on or before the one that it follows.
pub(crate) fn effective_order(previous: Day) -> Issue {
    Issue::error(
        "E-P111",
        format!("生效日期不得早于上一版本的生效日期 {previous}"),
        format!("The version may not take effect before the previous one ({previous})"),
    )
    .field("effective_from")
    .rule("P1-11")
    .param("previous", previous.to_string())
}

/// The key of a question is no part of an address, or stands twice.
pub(crate) fn question_key(place: usize) -> Issue {
    Issue::error(
        "E-P111",
        "问题的编号只用小写字母、数字和连字符，最多 40 个，并且不重复",
        "The key of a question has at most 40 lower-case letters, figures and hyphens, and stands once",
    )
    .field(format!("faq.{place}.key"))
    .rule("P1-11")
}

/// A reason has to be given.
pub(crate) fn reason_needed() -> Issue {
    Issue::error("E-P111", "请填写原因，500 字以内", "Give a reason of at most 500 characters").field("reason").rule("P1-11")
}

/// A text that is too long for its field.
pub(crate) fn too_long(field: &str, limit: usize) -> Issue {
    Issue::error("E-P111", format!("内容过长，最多 {limit} 字"), format!("Too long: at most {limit} characters"))
        .field(field.to_owned())
        .rule("P1-11")
        .param("limit", limit.to_string())
}
