//! The issues that divorce by registration raises: R-MR-21 … 30.

use kernel::{Day, Issue, Lang};

use super::parameters::parameters;
use crate::model::Side;

const REGULATION: &str = "婚姻登记条例（国令804号）第十四条";

fn issue(code: &'static str, rule: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Issue {
    Issue::error(code, zh.into(), en.into()).rule(rule)
}

/// R-MR-21.
pub(crate) fn registered_elsewhere() -> Issue {
    issue("MR-E21", "R-MR-21", "结婚登记不是在中国内地办理，不予受理", "the marriage was not registered in mainland China")
        .field("place")
        .law(format!("{REGULATION}第三项"))
}

/// R-MR-22.
pub(crate) fn no_capacity(side: Side) -> Issue {
    issue("MR-E22", "R-MR-22", "一方属于无民事行为能力人或者限制民事行为能力人，不予受理", "a party lacks full legal capacity")
        .field(side.field("capable"))
        .law(format!("{REGULATION}第二项"))
}

/// Both have to want it; the same code as of a marriage (R-MR-12), by the law of divorce.
pub(crate) fn not_willing(side: Side) -> Issue {
    issue("MR-E12", "R-MR-12", "不能确认双方自愿离婚", "willingness of both to divorce is not confirmed")
        .field(side.field("willing"))
        .law("民法典第一千零七十六条")
}

/// R-MR-23.
pub(crate) fn agreement_incomplete(field: impl Into<String>) -> Issue {
    issue("MR-E23", "R-MR-23", "离婚协议未载明子女抚养、财产或者债务处理意见", "the agreement does not settle children, property or debts")
        .field(field.into())
        .law("民法典第一千零七十六条")
}

/// R-MR-23: it stands, but both have not signed it.
pub(crate) fn agreement_unsigned() -> Issue {
    issue("MR-E23", "R-MR-23", "离婚协议的现行文本尚未由双方签名", "the agreement in its present version is not signed by both")
        .field("agreement")
        .law("民法典第一千零七十六条")
}

/// R-MR-24; `name` is what the register gives.
pub(crate) fn child_missing(name: &str) -> Issue {
    Issue::warn("MR-W24", format!("协议未涵盖未成年子女{name}，请核实"), format!("the agreement leaves out the child {name}; please look into it"))
        .rule("R-MR-24")
        .field("children")
        .param("name", name)
}

/// R-MR-25.
pub(crate) fn no_valid_marriage() -> Issue {
    issue("MR-E25", "R-MR-25", "未查到双方有效的结婚登记记录", "no valid marriage between the two was found, or the number differs").field("cert_no")
}

/// R-MR-26; the office is for the clerk.
pub(crate) fn open_already(office: &str) -> Issue {
    issue(
        "MR-E26",
        "R-MR-26",
        format!("双方已有正在办理的离婚登记申请（受理机关{office}）"),
        format!("the couple has an open application already (accepted by {office})"),
    )
    .field("a_id_no")
    .param("office", office)
}

/// R-MR-27.
pub(crate) fn too_early(first: Day) -> Issue {
    issue(
        "MR-E27",
        "R-MR-27",
        format!("三十日期间尚未届满，最早可于{}申请发给离婚证", first.text(Lang::Zh)),
        format!("the thirty days are not over; the certificate can be claimed from {}", first.text(Lang::En)),
    )
    .param("date", first)
    .law(parameters().cooling_days.law())
}

/// R-MR-28.
pub(crate) fn too_late() -> Issue {
    issue(
        "MR-E28",
        "R-MR-28",
        "已超过申领期限，视为撤回离婚登记申请，可重新申请",
        "the last day to claim is over; the application is deemed withdrawn, a new one can be made",
    )
    .law(parameters().claim_days.law())
}

/// R-MR-29.
pub(crate) fn other_office(office: &kernel::Text) -> Issue {
    issue(
        "MR-E29",
        "R-MR-29",
        format!("请到受理申请的婚姻登记机关{}办理", office.zh),
        format!("please go to the office that accepted the application: {}", office.en),
    )
    .param("office", &office.zh)
}

/// R-MR-30.
pub(crate) fn withdrawal_over() -> Issue {
    issue(
        "MR-E30",
        "R-MR-30",
        "撤回期限已过；如不愿离婚，不再申领即视为撤回",
        "the time to withdraw is over; whoever does not want the divorce need not claim, and it counts as withdrawn",
    )
    .law(parameters().cooling_days.law())
}

/// The registrar has to say that he compared the person with the document.
pub(crate) fn not_compared(side: Side) -> Issue {
    issue("MR-E03", "R-MR-30", "撤回须由当事人本人到场并核对证件", "a withdrawal is made in person, with the document compared").field(side.field("compared"))
}

/// Both were identified for the claim on an earlier day.
pub(crate) fn claimed_earlier() -> Issue {
    Issue::error("MR-E49", "领证审查已过当日，须双方重新到场核验", "claimed on an earlier day: both have to come and be identified again")
        .field("claimed_at")
}

/// What is needed before the acceptance is not there yet.
pub(crate) fn missing(field: &'static str, zh: &'static str, en: &'static str) -> Issue {
    Issue::error("MR-E51", zh, en).field(field)
}
