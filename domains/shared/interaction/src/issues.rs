//! Every refusal of this crate, in one place.

use kernel::{Day, Issue};

/// E-P301: rated, and no longer to be changed.
pub(crate) fn rated_already() -> Issue {
    Issue::error("E-P301", "该办件已评价", "Already rated").rule("P3-1")
}

/// E-P302: somebody else's matter.
pub(crate) fn not_the_applicant() -> Issue {
    Issue::error("E-P302", "仅办事人可以评价", "Only the applicant may rate").rule("P3-2")
}

/// E-P305: a bad rating without a reason.
pub(crate) fn tag_missing() -> Issue {
    Issue::error("E-P305", "请选择不满意原因", "Choose a reason").field("tags").rule("P3-3")
}

/// No level chosen.
pub(crate) fn level_missing() -> Issue {
    Issue::error("E-P310", "请选择满意程度", "Choose how satisfied you are").field("level").rule("P3-3")
}

/// A text that is too long.
pub(crate) fn too_long(field: &str, most: u32) -> Issue {
    Issue::error("E-P311", format!("请不要超过{most}字"), format!("Use at most {most} characters")).field(field).param("n", most)
}

/// What has to be done until when: E-P303 for the first contact, E-P401 for a reply. Not a refusal but a warning.
pub(crate) fn act_by(period: &str, due: Day) -> Issue {
    let (code, zh, en) = match period {
        "contact" => ("E-P303", format!("差评应于{}24时前联系核实", due.zh_plain()), format!("Contact the rater by {}", due.en_plain())),
        "fix" => ("E-P303", format!("应于{}24时前整改并反馈", due.zh_plain()), format!("Put right and tell by {}", due.en_plain())),
        "review" => ("E-P303", format!("应于{}24时前完成复核", due.zh_plain()), format!("Review by {}", due.en_plain())),
        "accept" => ("E-P401", format!("应于{}24时前决定是否受理", due.zh_plain()), format!("Accept or refuse by {}", due.en_plain())),
        "sign" => ("E-P401", format!("应于{}24时前签收或退回", due.zh_plain()), format!("Sign for it or return it by {}", due.en_plain())),
        _ => ("E-P401", format!("应于{}24时前反馈", due.zh_plain()), format!("Reply due {}", due.en_plain())),
    };
    let rule = if code == "E-P303" { "P3-4" } else { "P4-2" };
    Issue::warn(code, zh, en).rule(rule).param("d", due)
}

/// E-P304: the person who was rated.
pub(crate) fn rated_person() -> Issue {
    Issue::error("E-P304", "被评价人不得处理本差评", "The rated person may not handle this").rule("P3-5")
}

/// E-P306: one's own unit's appeal.
pub(crate) fn own_unit() -> Issue {
    Issue::error("E-P306", "申诉应由其他单位复核", "Another unit reviews the appeal").rule("P3-7")
}

/// E-P307: the time for an appeal is over.
pub(crate) fn appeal_too_late(last: Day, law: String) -> Issue {
    Issue::error("E-P307", format!("申诉期限已于{}届满", last.zh_plain()), format!("The time for an appeal ended on {}", last.en_plain()))
        .rule("P3-7")
        .param("d", last)
        .law(law)
}

/// E-P308: an act without a note.
pub(crate) fn note_missing() -> Issue {
    Issue::error("E-P308", "请写明核实或处理情况", "Write down what was found or done").field("text")
}

/// Somebody who has not taken it on.
pub(crate) fn not_taken() -> Issue {
    Issue::error("E-P312", "请先领办，领办后才能看到评价人并处理", "Take it on first; only then is the rater seen").rule("P3-6")
}

/// E-P309: a line of an import.
pub(crate) fn import_line(line: usize, zh: &str, en: &str) -> Issue {
    Issue::error("E-P309", format!("第{line}条：{zh}"), format!("Entry {line}: {en}")).field("ratings").param("line", line)
}

/// Something that has to be typed.
pub(crate) fn missing(field: &str, zh: &str, en: &str) -> Issue {
    Issue::error("C-E01", format!("请填写{zh}"), format!("Give {en}")).field(field)
}

/// E-P204: extended before, or never to be.
pub(crate) fn extended() -> Issue {
    Issue::error("E-P204", "延期次数已用完", "Already extended once").rule("P4-2")
}

/// E-P402: designated.
pub(crate) fn designated() -> Issue {
    Issue::error("E-P402", "已指定承办，不得再次退回", "Designated; cannot be returned").rule("P4-4")
}

/// The time for returning is over.
pub(crate) fn return_too_late(last: Day, law: String) -> Issue {
    Issue::error("E-P407", format!("退回期限已于{}届满", last.zh_plain()), format!("It could be returned until {}", last.en_plain()))
        .rule("P4-4")
        .param("d", last)
        .law(law)
}

/// E-P403: a refusal without reason or channel.
pub(crate) fn refusal_incomplete(field: &str) -> Issue {
    Issue::error("E-P403", "不予受理须说明理由并告知途径", "Refusal needs reason and channel").field(field).rule("P4-5")
}

/// E-P404: the person complained of, or his head.
pub(crate) fn complained_of() -> Issue {
    Issue::error("E-P404", "被投诉人不得承办", "The person complained of may not handle this").field("handler").rule("P4-6")
}

/// E-P405: who reported is not for this officer.
pub(crate) fn not_an_officer() -> Issue {
    Issue::error("E-P405", "无权查看举报人信息", "No right to view the reporter's identity").rule("P4-7")
}

/// More officers than may be named.
pub(crate) fn officers(most: u32) -> Issue {
    Issue::error("E-P408", format!("可查看举报人的人员不得超过{most}人"), format!("At most {most} officers may see who reported"))
        .field("officers")
        .rule("P4-7")
        .param("n", most)
}

/// E-P406: a reply that is too short or cites nothing.
pub(crate) fn reply_poor(field: &str, least: u32) -> Issue {
    Issue::error(
        "E-P406",
        format!("答复不少于{least}字，并写明依据的事项或法规条款"),
        format!("A reply has at least {least} characters and cites the item or the law"),
    )
    .field(field)
    .rule("P4-9")
    .param("n", least)
}

/// Not the same thing.
pub(crate) fn no_duplicate() -> Issue {
    Issue::error("E-P409", "两件内容不相同，或不是同一人在限定期间内提出，不能合并", "These two are not alike, or not of one person within the time; they cannot be merged")
        .field("into")
        .rule("P4-11")
}

/// Published only with consent.
pub(crate) fn no_consent() -> Issue {
    Issue::error("E-P410", "提问人未同意公开，不能公布", "Whoever asked did not consent to publication").rule("P4-10")
}

/// A number and code that do not belong together; nothing says which of them is wrong.
pub(crate) fn unknown_receipt() -> Issue {
    Issue::error("E-P411", "没有查到。请核对受理编号和查询码", "Nothing found. Check the receipt number and the query code").field("number")
}

/// The time for asking for a review is over, or there is none.
pub(crate) fn no_review() -> Issue {
    Issue::error("E-P412", "已超过申请复查、复核的期限，或已经复核终结", "The time for asking for a review is over, or the last review is done").rule("P4-3").law("信访工作条例第三十五条、第三十六条")
}

/// The time for asking what is meant is over.
pub(crate) fn clarify_too_late(last: Day, law: String) -> Issue {
    Issue::error("E-P413", format!("补正告知期限已于{}届满", last.zh_plain()), format!("Clarification could be asked for until {}", last.en_plain()))
        .rule("P4-12")
        .param("d", last)
        .law(law)
}

/// Another unit answers for it.
pub(crate) fn other_unit() -> Issue {
    Issue::error("E-P805", "该件由其他单位承办", "Another unit answers for this").rule("P4-4")
}
