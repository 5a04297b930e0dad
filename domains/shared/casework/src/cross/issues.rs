//! What is refused when one place takes in for the body of another, once.

use catalog::model::Scope;
use kernel::{Issue, Text};

use super::Stage;

/// `E-P1001`, as a word and no refusal: another body answers for the item, and the case has gone there.
pub fn directed(org: &Text, area: &str) -> Issue {
    Issue::warn("E-P1001", format!("该事项由{}办理，已为您转至{area}站点", org.zh), format!("Handled by {}; you are taken to {area}", org.en))
        .rule("P10.1")
        .param("org", &org.zh)
        .param("area", area)
}

/// `E-P1002`: the applicant is of another area, and nothing was said of how his papers go there.
pub(super) fn outside(field: &'static str) -> Issue {
    Issue::error("E-P1002", "申请人户籍/住所不在本辖区，请选择跨区域办理", "Applicant lives outside this area; use cross-area handling")
        .rule("P10.1")
        .field(field)
}

/// `E-P1003`: the receiving place asks for a paper that the item does not have.
pub(crate) fn more_papers(key: &str) -> Issue {
    Issue::error("E-P1003", "收件地不得增加材料要求", "The receiving place may not ask for more papers").rule("P10-3").field(format!("material.{key}"))
}

/// `E-P1004`: what arrived is not what was sent.
pub(super) fn packet_changed(part: &str) -> Issue {
    Issue::error("E-P1004", "材料包校验失败，请重新传输", "Packet check failed; resend").rule("P10-5").param("part", part)
}

/// `E-P1005`: the item may not be applied for from so far away.
pub(super) fn not_in_scope(needed: Scope) -> Issue {
    let scope = match needed {
        Scope::National => Text::new("全国", "across the country"),
        Scope::Provinces => Text::new("跨省", "across provinces"),
        Scope::Cities => Text::new("跨市", "across cities"),
        Scope::Counties => Text::new("跨县", "across counties"),
    };
    Issue::error("E-P1005", format!("该事项不支持{}通办", scope.zh), format!("Item not available {}", scope.en))
        .rule("P10-7")
        .field("mode")
        .param("scope", scope.zh)
}

/// `E-P1006`: nearby handling ends at the border of the province.
pub(super) fn nearby_only_within_the_province() -> Issue {
    Issue::error("E-P1006", "就近办仅限本省范围，跨省请选择异地代收代办", "Nearby handling is for one province; choose handling for another place")
        .rule("P10-7")
        .field("mode")
}

/// `E-P1007`: nothing is sent before the applicant's identity was checked.
pub(super) fn not_identified() -> Issue {
    Issue::error("E-P1007", "请先核验申请人身份，再发送材料包", "Check the applicant's identity before sending").rule("P10-4").field("method")
}

/// `E-P1008`: a second check of identity needs a reason.
pub(super) fn recheck_without_reason() -> Issue {
    Issue::error("E-P1008", "收件地已核验身份，再次核验须说明理由", "Identity was checked by the receiving place; a second check needs a reason")
        .rule("P10-4")
        .field("reason")
}

/// `E-P1009`: no region with this code, or not the one that is asked for.
pub(super) fn unknown_region(field: &'static str) -> Issue {
    Issue::error("E-P1009", "请填写区划代码，原区划与继受区划不能相同", "Enter the code of a region; a region is not its own successor").rule("P10.1").field(field)
}

/// `E-ST01` for a packet that is not where this can be done.
pub(super) fn not_at_this_stage(stage: Stage) -> Issue {
    let name = stage.name();
    Issue::error("E-ST01", format!("当前状态“{}”不允许此操作", name.zh), format!("Operation not allowed in state '{}'", name.en)).param("s", name.zh)
}
