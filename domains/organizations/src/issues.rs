//! The issues that the register of organisations raises, one place for codes and words.

use kernel::{Day, Issue};

use crate::codes;
use crate::model::{Kind, Status};
use crate::registration::{Thing, registration};

/// `E-USCC07`: a code is never given twice, also not after the end of the organisation that had it.
pub fn code_in_use(uscc: &str) -> Issue {
    Issue::error("E-USCC07", "该统一社会信用代码已被使用", "USCC already in use").field("uscc").rule("D.2").param("uscc", uscc).law("GB 32100")
}

fn issue(code: &'static str, rule: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Issue {
    Issue::error(code, zh.into(), en.into()).rule(rule)
}

/// D-R1.
pub(crate) fn part_missing(zh: &'static str, en: &'static str) -> Issue {
    issue("E-D01", "D-R1", format!("名称结构不完整：缺少{zh}"), format!("Name is incomplete: {en} missing"))
        .field("name")
        .param("part", zh)
        .law(&*registration().names.structure_source)
}

/// D-R1: with a blank in it the same name could be registered twice.
pub(crate) fn blank_in_name() -> Issue {
    issue("E-D75", "D-R1", "名称中不能有空格", "A name has no blanks in it").field("name").law(&*registration().names.structure_source)
}

/// D-R2.
pub(crate) fn reserved_word(word: &str) -> Issue {
    issue(
        "E-D02",
        "D-R2",
        format!("地方性社会组织名称不得冠以“{word}”字样"),
        format!("A local organisation's name may not begin with '{word}'"),
    )
    .field("name")
    .param("word", word)
    .law(&*registration().names.reserved_source)
}

/// D-R3; `until`: from when the name may be used, absent while it is borne.
pub(crate) fn name_taken(name: &str, until: Option<Day>) -> Issue {
    let (zh, en) = match until {
        Some(until) => (
            format!("名称与“{name}”相同，{}起方可使用", until.zh_plain()),
            format!("Name identical to '{name}'; available from {until}"),
        ),
        None => (format!("名称与“{name}”相同，不可使用"), format!("Name identical to '{name}'; not available")),
    };
    let issue = issue("E-D03", "D-R3", zh, en).field("name").param("name", name).law(&*registration().names.source);
    until.into_iter().fold(issue, |issue, until| issue.param("until", until))
}

/// D-R4.
pub(crate) fn wrong_area(area: &str) -> Issue {
    issue("E-D04", "D-R4", format!("名称中的行政区划应为“{area}”"), format!("The area name must be '{area}'"))
        .field("name")
        .param("area", area)
        .law(&*registration().names.structure_source)
}

/// D-R5; also for a name that does not begin with the whole name of its organisation.
pub(crate) fn branch_ending(parent: &str, words: &[String]) -> Issue {
    let list = words.join("、");
    issue(
        "E-D05",
        "D-R5",
        format!("分支机构名称应以“{list}”结尾，并以“{parent}”开头"),
        format!("Branch name must end with one of {list}, and begin with '{parent}'"),
    )
    .field("branch_name")
    .param("words", list)
    .law(&*registration().names.branch_source)
}

/// D-R5.
pub(crate) fn regional_branch() -> Issue {
    issue("E-D06", "D-R5", "社会团体不得设立地域性分支机构", "Regional branches are not allowed").field("branch_name").law(&*registration().names.regional_source)
}

/// D-R5: a service institution has none.
pub(crate) fn no_branches() -> Issue {
    issue("E-D60", "D-R5", "社会服务机构不得设立分支机构", "A service institution may have no branches")
        .field("branch_name")
        .law("民办非企业单位登记管理暂行条例第13条")
}

/// D-R5: a branch has none of its own.
pub(crate) fn branch_of_branch() -> Issue {
    issue("E-D61", "D-R5", "分支机构不得再设立分支机构", "A branch may have no branches of its own").field("branch_name").law(&*registration().names.regional_source)
}

/// D-R6.
pub(crate) fn not_competent(kind: Kind, authority: &str) -> Issue {
    let law = match kind {
        Kind::Association => "社会团体登记管理条例第6条、第7条",
        Kind::ServiceInstitution => "民办非企业单位登记管理暂行条例第6条",
        Kind::Foundation => &registration().foundation.source,
    };
    issue(
        "E-D07",
        "D-R6",
        format!("本机关无权登记该类社会组织，应由{authority}登记"),
        format!("This authority cannot register this type; apply to {authority}"),
    )
    .field("kind")
    .param("authority", authority)
    .law(law)
}

/// D-R7.
pub(crate) fn too_few_members(individuals: i64, units: i64, law: &'static str) -> Issue {
    issue(
        "E-D08",
        "D-R7",
        format!("会员数量不足：个人会员{individuals}、单位会员{units}，不符合成立条件"),
        format!("Not enough members: {individuals} individual, {units} unit"),
    )
    .field("members")
    .param("a", individuals)
    .param("b", units)
    .law(law)
}

/// D-R7.
pub(crate) fn too_little_funds(kind: Kind, subtype: &str, yuan: i64, law: &'static str) -> Issue {
    let (kind, sub) = (kind.name(), if kind == Kind::Foundation { codes::subtype(kind, subtype) } else { kernel::Text::default() });
    issue(
        "E-D09",
        "D-R7",
        format!("{}{}注册资金不得低于{yuan}元", sub.zh, kind.zh),
        format!("Funds for {} must be at least {yuan} yuan", kind.en),
    )
    .field("funds")
    .param("type", kind.zh)
    .param("min", yuan)
    .law(law)
}

/// D-R8.
pub(crate) fn second_post(name: &str, organization: &str) -> Issue {
    issue(
        "E-D10",
        "D-R8",
        format!("{name}已任“{organization}”法定代表人，不得兼任"),
        format!("{name} is already legal representative of '{organization}'"),
    )
    .field("rep_no")
    .param("name", name)
    .param("org", organization)
    .law("社会团体登记管理条例第12条、基金会管理条例第23条")
}

/// D-R9.
pub(crate) fn barred(name: &str, zh: &str, en: &str) -> Issue {
    issue("E-D11", "D-R9", format!("拟任负责人{name}存在不得任职情形：{zh}"), format!("{name} is barred from office: {en}"))
        .field("rep_no")
        .param("name", name)
        .param("reason", zh)
        .law("社会团体登记管理条例第13条、民办非企业单位登记管理暂行条例第11条、慈善法第16条")
}

/// D-R11.
pub(crate) fn refusal_without_reason() -> Issue {
    issue("E-D12", "D-R11", "不予登记须填写理由并告知复议诉讼权利", "Refusal needs a reason and notice of remedies")
        .field("reason")
        .law("行政许可法第38条")
}

/// D-R12.
pub(crate) fn consent_late(days: i64, law: &'static str) -> Issue {
    let zh = format!("已超过业务主管单位同意之日起{days}日，请说明原因");
    let en = format!("More than {days} days since the supervisor's consent; give a reason");
    Issue::warn("W-D13", zh, en).field("late_reason").rule("D-R12").param("days", days).law(law)
}

/// D-R12: the same, where the reason has not been given.
pub(crate) fn late_without_reason(days: i64, law: &'static str) -> Issue {
    Issue { severity: kernel::Severity::Error, ..consent_late(days, law) }
}

/// D-R13.
pub(crate) fn audit_missing() -> Issue {
    issue(
        "E-D14",
        "D-R13",
        "更换法定代表人前须完成财务审计并上传审计报告",
        "An audit report is required before changing the legal representative",
    )
    .field("audit_on")
    .law("社会团体登记管理条例第27条、民办非企业单位登记管理暂行条例第22条、基金会管理条例第37条")
}

/// D-R14.
pub(crate) fn status_bars(status: Status) -> Issue {
    let name = status.name();
    issue(
        "E-D15",
        "D-R14",
        format!("该组织处于“{}”，不能办理此事项", name.zh),
        format!("Organisation is '{}'; this item is not available", name.en),
    )
    .field("uscc")
    .param("status", name.zh)
    .law("社会团体登记管理条例第20条、第33条")
}

/// D-R15.
pub(crate) fn not_returned(things: &[&Thing], law: &'static str) -> Issue {
    let zh = things.iter().map(|thing| thing.name.zh.as_ref()).collect::<Vec<_>>().join("、");
    let en = things.iter().map(|thing| thing.name.en.as_ref()).collect::<Vec<_>>().join(", ");
    let field = things.first().map_or("certificate", |thing| &thing.key);
    issue("E-D16", "D-R15", format!("注销前须缴回：{zh}"), format!("To be returned before cancellation: {en}")).field(field).param("items", zh).law(law)
}

/// D-R15: the application comes too long after the end of the liquidation; accepted with a reason.
pub(crate) fn liquidation_late(days: i64, law: &'static str) -> Issue {
    let zh = format!("已超过清算结束之日起{days}日，请说明原因");
    let en = format!("More than {days} days since the liquidation ended; give a reason");
    issue("E-D66", "D-R15", zh, en).field("late_reason").param("days", days).law(law)
}

/// D.6: a certificate that has been replaced.
pub fn certificate_replaced(version: i64) -> Issue {
    Issue::warn("E-D20", format!("该证书已换发，当前版本为{version}"), format!("This certificate has been replaced; current version {version}"))
        .rule("D.6")
        .param("v", version)
}

/// D.6: a certificate that ended with its organisation.
pub fn certificate_ended(status: Status) -> Issue {
    let name = status.name();
    Issue::error("E-D93", format!("该证书已失效：{}", name.zh), format!("This certificate is no longer valid: {}", name.en)).rule("D.6").param("status", status.code())
}

/// D.6: nothing is registered under this code.
pub fn unknown_code() -> Issue {
    Issue::error("E-D21", "未查询到该社会组织，请核实是否为非法社会组织", "No such registered organisation; it may be illegal").field("uscc").rule("D.6")
}

/// The stock of codes of an authority is used up.
pub(crate) fn codes_used_up(authority: &str) -> Issue {
    issue(
        "E-D62",
        "D.2",
        format!("{authority}的统一社会信用代码码段已用完，请先导入新码段再作出准予登记的决定"),
        format!("The code segments of {authority} are used up; import a new one before deciding"),
    )
}

/// A segment that is not of its form.
pub(crate) fn segment_form(field: &str) -> Issue {
    issue(
        "E-D63",
        "D.2",
        "码段应为8位主体标识码，首尾前缀相同，末尾为数字，起不大于止，一次不超过10万个",
        "A segment runs between two codes of 8 characters with one prefix and digits at the end, the first not after the last, 100,000 at most",
    )
    .field(field)
}

/// A segment that was taken in before, or a part of it.
pub(crate) fn segment_known() -> Issue {
    issue("E-D64", "D.2", "码段与已导入的码段重叠", "The segment overlaps one that is here already").field("first")
}

/// A table of segments that is none.
pub(crate) fn segment_table(zh: &str, en: &str) -> Issue {
    issue("E-D74", "D.2", zh, en).field("table")
}

/// What is wrong with a line of a table of segments.
pub(crate) fn of_line(issue: Issue, line: u64) -> Issue {
    let message = kernel::Text::new(format!("第{line}行：{}", issue.message.zh), format!("Line {line}: {}", issue.message.en));
    Issue { message, ..issue }.field("table").param("line", line)
}

/// Somebody who acts for an organisation without a right to.
pub(crate) fn not_yours() -> Issue {
    issue("E-D65", "D-R14", "您不是该组织的法定代表人，也没有获得办理此事项的授权", "You are neither its legal representative nor authorised by him for this")
        .field("uscc")
}

/// What is needed to spoil a code.
pub(crate) fn spoil_needs(field: &str) -> Issue {
    issue("E-D67", "D.2", "请填写码段中尚未使用的代码和作废原因", "Give a code of the stock that is not used, and why it is spoiled").field(field)
}

/// A grant of rights that is not whole.
pub(crate) fn grant_form(field: &str, zh: &str, en: &str) -> Issue {
    issue("E-D68", "D.3", zh, en).field(field)
}

/// D-R12: dual supervision needs a consent.
pub(crate) fn consent_missing() -> Issue {
    issue("E-D69", "D-R12", "请填写业务主管单位同意日期", "Give the day of the supervising unit's consent").field("consented_on").law(&*registration().consent.source)
}

/// D-R10: it is a charity already.
pub(crate) fn charity_already() -> Issue {
    issue("E-D72", "D-R10", "该组织已是慈善组织", "It is a charity already").field("what")
}

/// A check of a name that is not whole.
pub(crate) fn naming_form(field: &str, zh: &str, en: &str) -> Issue {
    issue("E-D73", "D-R1", zh, en).field(field)
}

/// A change that changes nothing.
pub(crate) fn nothing_changes() -> Issue {
    issue("E-D70", "D-R12", "请至少填写一项变更内容", "Say at least one thing that changes").field("new_name")
}

/// D-R15: the liquidation comes first.
pub(crate) fn not_liquidating() -> Issue {
    issue("E-D71", "D-R15", "请先办理清算备案，清算结束后再申请注销", "File the liquidation first; apply once it has ended").field("uscc").law(&*registration().cancel.source)
}
