//! The issues that marriage registration raises, one place for codes and words. Numbers and articles come from the parameters.

use kernel::{Day, Issue, Lang, Text};

use crate::annulment::Ground;
use crate::model::Side;
use crate::parameters::parameters;

const KIN_LAW: &str = "民法典第一千零四十八条";
const PRESENCE_LAW: &str = "民法典第一千零四十九条";
const REGULATION: &str = "婚姻登记条例（国令804号）";

fn issue(code: &'static str, rule: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Issue {
    Issue::error(code, zh.into(), en.into()).rule(rule)
}

/// R-MR-01.
pub(crate) fn not_one_man_one_woman() -> Issue {
    issue("MR-E01", "R-MR-01", "结婚登记当事人应为一男一女", "parties must be one man and one woman").field("a_sex").law("民法典第一千零四十六条")
}

/// R-MR-02; `earliest` is the first day on which both are old enough.
pub(crate) fn too_young(side: Side, earliest: Day) -> Issue {
    let ages = &parameters().age;
    issue(
        "MR-E02",
        "R-MR-02",
        format!(
            "未到法定结婚年龄：男方须满{}周岁、女方须满{}周岁，最早可于{}办理",
            ages.man.value,
            ages.woman.value,
            earliest.text(Lang::Zh)
        ),
        format!("below legal age ({} for the man, {} for the woman), earliest {}", ages.man.value, ages.woman.value, earliest.text(Lang::En)),
    )
    .field(side.field("birth"))
    .param("date", earliest)
    .law(ages.man.law())
}

/// R-MR-03.
pub(crate) fn not_present(side: Side) -> Issue {
    issue("MR-E03", "R-MR-03", "双方应当亲自到场申请", "both must be present").field(side.field("identified")).law(PRESENCE_LAW)
}

/// R-MR-04.
pub(crate) fn document_expired(side: Side) -> Issue {
    issue("MR-E04", "R-MR-04", "证件已过有效期，请先换领", "document expired; please have it renewed first").field(side.field("id_valid_to"))
}

/// R-MR-05: with somebody else. For the clerk; the number is never told to strangers.
pub(crate) fn married(side: Side, name: &str, cert_no: &str) -> Issue {
    issue(
        "MR-E05",
        "R-MR-05",
        format!("{name}存在有效婚姻登记记录（字号{cert_no}），不予结婚登记"),
        format!("{name} is already married (certificate {cert_no})"),
    )
    .field(side.field("id_no"))
    .param("name", name)
    .param("no", cert_no)
    .law(format!("{REGULATION}第九条第三项"))
}

/// R-MR-05: with each other.
pub(crate) fn married_to_each_other(cert_no: &str) -> Issue {
    issue("MR-E05b", "R-MR-05", "双方已登记结婚，请办理补领", "already married to each other; apply for a re-issued certificate")
        .field("a_id_no")
        .param("no", cert_no)
}

/// R-MR-39: an old file without a number bars nothing, and is told.
pub(crate) fn maybe_married(side: Side, archive_no: &str) -> Issue {
    Issue::warn(
        "MR-W05",
        format!("补录档案{archive_no}中可能有此人的婚姻记录（缺证件号码），请核实"),
        format!("old file {archive_no} may hold a marriage of this person (a number is missing); look into it"),
    )
    .rule("R-MR-39")
    .field(side.field("id_no"))
    .param("archive_no", archive_no)
}

/// R-MR-06.
pub(crate) fn kin(side: Side) -> Issue {
    issue("MR-E06", "R-MR-06", "属于直系血亲或者三代以内旁系血亲，不予登记", "prohibited kinship").field(side.field("declared")).law(KIN_LAW)
}

/// R-MR-07.
pub(crate) fn maybe_kin() -> Issue {
    Issue::warn("MR-W07", "系统发现双方可能存在亲属关系，请核实", "possible kinship; please look into it").rule("R-MR-07").field("a_id_no").law(KIN_LAW)
}

/// R-MR-08.
pub(crate) fn recorded_dead(side: Side, name: &str) -> Issue {
    issue(
        "MR-E08",
        "R-MR-08",
        format!("{name}的身份信息在死亡登记中存在，请核实身份"),
        format!("identity of {name} is recorded as deceased; verify it"),
    )
    .field(side.field("id_no"))
    .param("name", name)
}

/// R-MR-09.
pub(crate) fn no_proof_of_death(side: Side) -> Issue {
    issue("MR-E09", "R-MR-09", "未核验到原配偶死亡信息，请提供证明材料", "no proof of the former spouse's death; please show a paper")
        .field(side.field("prior_doc_no"))
}

/// R-MR-10.
pub(crate) fn judgment_not_effective(side: Side) -> Issue {
    issue("MR-E10", "R-MR-10", "离婚判决（调解）书尚未生效或文号缺失", "judgment not effective, or its number is missing")
        .field(side.field("prior_doc_no"))
}

/// R-MR-11.
pub(crate) fn divorce_open(side: Side) -> Issue {
    issue("MR-E11", "R-MR-11", "离婚登记程序尚未办结", "divorce still in process").field(side.field("id_no"))
}

/// R-MR-12.
pub(crate) fn not_willing(field: &'static str) -> Issue {
    issue("MR-E12", "R-MR-12", "不能确认双方完全自愿，不予登记", "willingness not confirmed")
        .field(field)
        .law(format!("{REGULATION}第六条、第九条第二项"))
}

/// R-MR-13; `elsewhere` are the offices of the province to which the parties are sent.
pub(crate) fn not_competent(from_abroad: bool, elsewhere: &[Text]) -> Issue {
    let list = |lang: Lang| elsewhere.iter().map(|office| office.get(lang)).collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " });
    let (zh, en) = match (list(Lang::Zh), list(Lang::En)) {
        (zh, _) if zh.is_empty() => ("省级民政部门指定的登记机关".to_owned(), "an office that the province has designated".to_owned()),
        found => found,
    };
    let (what_zh, what_en) = if from_abroad {
        ("涉外（港澳台、华侨）婚姻登记", "marriages with parties from Hong Kong, Macao, Taiwan or abroad")
    } else {
        ("内地居民婚姻登记", "marriages of mainland residents")
    };
    issue("MR-E13", "R-MR-13", format!("本机关不办理{what_zh}，请到{zh}"), format!("this office is not competent for {what_en}; please go to {en}"))
        .field("office")
        .param("list", zh)
        .law(format!("{REGULATION}第二条"))
}

/// R-MR-13: neither party is a mainland resident, and the province does not allow that.
pub(crate) fn both_from_abroad() -> Issue {
    issue(
        "MR-E13",
        "R-MR-13",
        "双方均不是内地居民，本省登记机关不办理",
        "neither is a mainland resident: the offices of this province are not competent",
    )
    .field("office")
    .law(crate::parties::both_from_abroad().law())
}

/// R-MR-13: the office is competent, the case was opened as another item.
pub(crate) fn opened_under_another_item(from_abroad: bool) -> Issue {
    let (zh, en) = if from_abroad {
        ("一方为港澳台居民、华侨或者外国人，请放弃本件，按涉外婚姻登记事项建档", "one party is from abroad: give this case up and open one for parties from abroad")
    } else {
        ("双方均为内地居民，请放弃本件，按内地居民婚姻登记事项建档", "both are mainland residents: give this case up and open one for residents")
    };
    issue("MR-E13", "R-MR-13", zh, en).field("office")
}

/// R-MR-14: of the paper with this name, `dated` where it counts only for a time.
pub(crate) fn paper_invalid(field: String, name: &Text, dated: bool, why: &Text) -> Issue {
    let (zh, en) = if dated {
        (format!("{}已超过有效期或未经认证（附加证明书）", name.zh), format!("{} is not valid", name.en))
    } else {
        (format!("请提供{}", name.zh), format!("please show: {}", name.en))
    };
    issue("MR-E14", "R-MR-14", format!("{zh}：{}", why.zh), format!("{en}: {}", why.en)).field(field).law(format!("{REGULATION}第八条"))
}

/// R-MR-15: of the paper with this name.
pub(crate) fn no_military_paper(field: String, name: &Text, why: &Text) -> Issue {
    issue(
        "MR-E15",
        "R-MR-15",
        format!("请提供部队出具的{}：{}", name.zh, why.zh),
        format!("please show, from the unit: {} ({})", name.en, why.en),
    )
    .field(field)
}

/// R-MR-16.
pub(crate) fn photo_unfit(why_zh: &str, why_en: &str) -> Issue {
    issue("MR-E16", "R-MR-16", format!("照片不符合要求：{why_zh}"), format!("photo does not meet the requirements: {why_en}")).field("photo")
}

/// R-MR-17.
pub(crate) fn statement_incomplete(side: Side) -> Issue {
    issue("MR-E17", "R-MR-17", "声明书未填写完整或未签名", "declaration incomplete or not signed").field(side.field("statement"))
}

/// R-MR-18.
pub(crate) fn check_missing() -> Issue {
    issue("MR-E18", "R-MR-18", "尚未完成全国联网核对，不能登记", "network check missing; cannot register")
        .field("network_check")
        .law(parameters().network_check.valid_minutes.law())
}

/// R-MR-19.
pub(crate) fn registrar_unqualified() -> Issue {
    issue("MR-E19", "R-MR-19", "登记员资格无效或权限未调整", "registrar not qualified, or not on duty at this office").field("registrar")
}

/// R-MR-20.
pub(crate) fn data_unconfirmed(side: Side) -> Issue {
    issue("MR-E20", "R-MR-20", "证件信息与读卡信息不一致，手工录入须由另一名工作人员核对确认", "typed data need a second person's confirmation")
        .field(side.field("confirmed"))
}

/// R-MR-20, when a chip says something else.
pub(crate) fn chip_differs(side: Side, field: &str) -> Issue {
    issue("MR-E20", "R-MR-20", "证件信息与读卡信息不一致", "data differ from the chip").field(side.field(field))
}

/// R-MR-32.
pub(crate) fn number_malformed() -> Issue {
    issue("MR-E32", "R-MR-32", "证件字号格式不正确", "certificate number is malformed").field("cert_no")
}

/// R-MR-33.
pub(crate) fn number_twice() -> Issue {
    issue("MR-E33", "R-MR-33", "证件字号重复", "certificate number exists already").field("cert_no")
}

/// R-MR-33, for the blank booklet.
pub(crate) fn serial_not_in_stock(field: &str, serial: &str) -> Issue {
    issue("MR-E33b", "R-MR-33", "印制号未入库或已使用", "print serial is not in stock, or was used").field(field).param("serial", serial)
}

/// R-MR-34.
pub(crate) fn numbers_used_up() -> Issue {
    issue("MR-E34", "R-MR-34", "字号段已用完", "this year's certificate numbers are used up").field("cert_no")
}

/// R-MR-35: nothing found, or what was found is void.
pub(crate) fn no_file(field: &str) -> Issue {
    issue("MR-E35", "R-MR-35", "未查到登记档案", "no file of a registration was found").field(field)
}

/// R-MR-35: the marriage is over.
pub(crate) fn marriage_over() -> Issue {
    issue(
        "MR-E35b",
        "R-MR-35",
        "婚姻关系已解除，不予补发结婚证；可以为本人出具婚姻登记记录证明（档案查证）",
        "the marriage is over, so its certificate is not re-issued; a certificate of the record can be made instead",
    )
    .field("id_no")
}

/// A divorced person gets his own certificate again, not the other's.
pub(crate) fn each_his_own(field: &str) -> Issue {
    Issue::error("MR-E54", "离婚证由双方各自申请补领", "each of the two applies for his own divorce certificate").field(field)
}

/// R-MR-36.
pub(crate) fn old_not_retired(field: &str) -> Issue {
    issue("MR-E36", "R-MR-36", "原证件未注销", "the old certificate is not out of force").field(field)
}

/// R-MR-25 for whoever names a couple.
pub(crate) fn no_marriage_of_both(field: &str) -> Issue {
    issue("MR-E25", "R-MR-25", "未查到双方有效的结婚登记记录", "the two are not registered as married to each other").field(field)
}

/// R-MR-10 for a document that is entered from the court.
pub(crate) fn court_paper_without_effect() -> Issue {
    issue("MR-E10", "R-MR-10", "离婚判决（调解）书尚未生效或日期缺失", "the court's document has no effect yet, or its day is missing")
        .field("effective_on")
}

/// A court's document was entered before.
pub(crate) fn court_paper_twice(doc_no: &str) -> Issue {
    Issue::error("MR-E52", "该法院文书已经录入，不能重复录入", "this court document was entered before").field("doc_no").param("no", doc_no)
}

/// Who entered a court's document does not check it.
pub(crate) fn court_paper_own() -> Issue {
    Issue::error("MR-E53", "须由另一名工作人员与原件核对", "somebody else has to compare it with the original").field("page")
}

/// R-MR-40.
pub(crate) fn use_not_listed() -> Issue {
    issue(
        "MR-E40",
        "R-MR-40",
        "除涉台和规定国家公证用途外，不再出具（无）婚姻登记记录证明",
        "a certificate of no record is made only for use in Taiwan and for the listed countries",
    )
    .field("usage")
    .law("民函〔2015〕266号")
}

/// R-MR-40: there is something.
pub(crate) fn there_is_a_record() -> Issue {
    issue("MR-E35c", "R-MR-40", "登记库中有此人的婚姻登记记录，请查阅后出具记录证明", "there is a record; look it up and certify that")
        .field("id_no")
}

/// R-MR-41.
pub(crate) fn not_entitled(field: &str) -> Issue {
    issue(
        "MR-E41",
        "R-MR-41",
        "无权查询该婚姻登记档案：请填写查询目的；非当事人还须出示法律文书",
        "not entitled to this file: say for what; others than the party show a legal document as well",
    )
    .field(field)
    .law("婚姻登记档案管理办法")
}

/// The registrar has to compare face and document himself.
pub(crate) fn not_compared() -> Issue {
    Issue::error("MR-E51", "请先核对本人与证件一致", "compare the person with the document first").field("compared")
}

/// R-MR-17 for a re-issue.
pub(crate) fn reissue_statement_missing() -> Issue {
    issue("MR-E17", "R-MR-17", "补领声明书未签名或未扫描", "the statement is not signed, or not scanned").field("statement")
}

/// A registrar's typed confirmation of a re-issue did not match.
pub(crate) fn applicant_differs() -> Issue {
    Issue::error("MR-E50", "请输入申请人姓名以确认补发", "type the applicant's name to confirm").field("confirmation")
}

/// R-MR-43.
pub(crate) fn to_the_court(ground: &Ground) -> Issue {
    let within = ground.within.clone().unwrap_or_else(|| Text::fixed("", ""));
    issue(
        "MR-E43",
        "R-MR-43",
        format!("该情形应当向人民法院提出：{}。{}", ground.name.zh, within.zh),
        format!("this is for the people's court to decide: {}. {}", ground.name.en, within.en).trim_end().to_owned(),
    )
    .field("ground")
    .law(ground.law.clone())
}

/// R-MR-46.
pub(crate) fn not_a_typing_error() -> Issue {
    issue(
        "MR-E46",
        "R-MR-46",
        "婚后更名等变化不改变登记内容；仅能更正录入差错，且不得变更身份",
        "a later change, such as a new name, does not change the entry; only typing errors are corrected, never the identity",
    )
    .field("reason")
}

/// R-MR-47.
pub(crate) fn office_closed() -> Issue {
    issue("MR-E47", "R-MR-47", "该登记处当日不办公", "this office is closed today").field("office")
}

/// The case was accepted on an earlier day (A.3: accepted and registered on the same day).
pub(crate) fn accepted_earlier() -> Issue {
    Issue::error(
        "MR-E49",
        "受理已过当日，须重新声明、核对证件和联网核对后再受理",
        "accepted on an earlier day: declare, show documents and check again, then accept anew",
    )
    .field("accepted_at")
}

/// A registrar's typed confirmation did not match.
pub(crate) fn confirmation_differs() -> Issue {
    Issue::error("MR-E50", "请输入双方姓名以确认登记", "type both names to confirm the registration").field("confirmation")
}

/// A field has to be filled in.
pub(crate) fn missing(field: String) -> Issue {
    Issue::error("MR-E51", "请填写此项", "this is needed").field(field)
}
