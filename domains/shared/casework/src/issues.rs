//! Every refusal of the engine, once: codes, words, rules.

use kernel::{Day, Issue, Text};
use platform::Role;

use crate::model::State;
use crate::validate::Mistake;

/// `E-ST01`: this state does not allow it.
pub fn not_in_this_state(state: Option<&State>) -> Issue {
    let name = state.map_or_else(|| Text::new("未知", "unknown"), |state| state.name.clone());
    Issue::error("E-ST01", format!("当前状态“{}”不允许此操作", name.zh), format!("Operation not allowed in state '{}'", name.en))
        .param("s", name.zh)
}

/// `E-ST02`: an event that is not the next one.
pub fn gap_in_log() -> Issue {
    Issue::error("E-ST02", "数据已被他人更新，请刷新后重试", "Changed by someone else; please reload")
}

/// A log without an opening: the case has no state.
pub fn empty_log() -> Issue {
    Issue::error("E-ST01", "办件没有建档记录", "The case has no opening")
}

/// `E-P202`: corrections are told once.
pub fn told_already(on: Day) -> Issue {
    Issue::error("E-P202", format!("补正内容须一次性告知，本件已于{}告知过", on.zh_plain()), format!("Corrections must be told once; already told on {}", on.en_plain()))
        .rule("P2-1")
        .param("d", on)
        .law("行政许可法第32条")
}

/// `E-P204`: extended once already.
pub fn extended_already() -> Issue {
    Issue::error("E-P204", "延期次数已用完", "Already extended once").rule("P2-3").law("行政许可法第42条")
}

/// `E-P220`: the limit is over, or does not run; nothing can be extended.
pub fn nothing_to_extend() -> Issue {
    Issue::error("E-P220", "办理期限未在计算或者已经届满，不能延长", "The limit does not run or is over and cannot be extended").rule("P2-3")
}

/// `E-P205`: a refusal without reason or remedies.
pub fn no_reason(field: &'static str) -> Issue {
    Issue::error("E-P205", "不予决定须说明理由并告知救济途径", "Refusal must state reasons and remedies")
        .rule("P2-4")
        .field(field)
        .law("行政复议法第20条")
}

/// `E-P206`: fewer than two inspectors.
pub fn too_few_inspectors(least: usize, law: &str) -> Issue {
    Issue::error("E-P206", format!("核查人员不得少于{least}人"), format!("At least {least} inspectors"))
        .rule("P2-5")
        .field("inspectors")
        .param("n", least)
        .law(law.to_owned())
}

/// `E-P207`: promised papers are due.
pub fn paper_promised(due: Day) -> Issue {
    Issue::warn("E-P207", format!("容缺材料应于{}24时前补齐，逾期视为撤回", due.zh_plain()), format!("Missing paper due {}; otherwise treated as withdrawn", due.en_plain()))
        .rule("P2-6")
        .param("d", due)
}

/// `E-P207` as a refusal: no licence before the promised papers are in.
pub fn papers_outstanding(due: Day) -> Issue {
    let warning = paper_promised(due);
    Issue::error("E-P207", warning.message.zh, warning.message.en).rule("P2-6").param("d", due)
}

/// `E-P208`: no commitment procedure with a bad credit record.
pub fn bad_credit() -> Issue {
    Issue::error("E-P208", "申请人存在失信记录，不适用告知承诺", "Bad credit record: commitment procedure not available").rule("P2-7").field("pledge")
}

/// `E-P221`: this item has no commitment procedure.
pub fn no_pledge() -> Issue {
    Issue::error("E-P221", "该事项不适用告知承诺", "This item has no commitment procedure").rule("P2-7").field("pledge")
}

/// `E-P209`: the same applicant has an open case of the same item.
pub fn same_application(number: &str) -> Issue {
    Issue::error("E-P209", format!("您有一件相同申请正在办理：{number}"), format!("An identical application is in progress: {number}"))
        .rule("P2-11")
        .param("no", number)
}

/// `E-P210`: the acceptor may not decide.
pub fn acceptor_decides() -> Issue {
    Issue::error("E-P210", "受理人员不得同时作出决定", "The acceptor may not decide").rule("P2-5")
}

/// `E-P806`: two roles in one case that one person may not have.
pub fn conflicting(a: Text, b: Text) -> Issue {
    Issue::error("E-P806", format!("同一人不得担任互斥岗位：{}/{}", a.zh, b.zh), format!("Same person may not hold conflicting roles {}/{}", a.en, b.en))
        .rule("P2-5")
        .param("a", a.zh)
        .param("b", b.zh)
}

/// `E-P806` for two roles by their names.
pub fn conflicting_roles(a: Role, b: Role) -> Issue {
    conflicting(a.name(), b.name())
}

/// `E-P222`: number, last four digits or query code do not go together; nothing tells which.
pub fn not_found_by_number() -> Issue {
    Issue::error("E-P222", "未查询到办件，请核对受理编号和证件号码后四位或者查询码", "No case found; compare the number and the last 4 of the ID or the query code")
        .rule("P2.2")
        .field("case_no")
}

/// `E-P802`: the level of assurance does not suffice.
pub fn level_too_low() -> Issue {
    Issue::error("E-P802", "认证级别不足，请完成实人认证", "Assurance level too low; complete face verification").rule("P8.1")
}

/// `E-P804`: no letter of authority of this principal for this item and day. Nothing is said of somebody else's letter.
pub fn no_authority(principal: Option<&str>) -> Issue {
    let (zh, en) = match principal {
        Some(name) => (format!("您未被授权代表{name}办理该事项"), format!("You are not authorised to act for {name} in this item")),
        None => ("您未被授权代表委托人办理该事项".to_owned(), "You are not authorised to act for this principal in this item".to_owned()),
    };
    Issue::error("E-P804", zh, en).rule("P8.1").field("applicant").param("org", principal.unwrap_or_default())
}

/// `E-P1104`: as many act for this person already as may.
pub fn too_many_relatives(most: usize) -> Issue {
    let (zh, en) = (format!("最多可授权{most}位亲友代办"), format!("At most {most} relatives may act for you"));
    Issue::error("E-P1104", zh, en).rule("P11-6").field("principal_number").param("n", most)
}

/// `E-P223`: an item that cannot be applied for now.
pub fn item_closed(notice: Option<Text>) -> Issue {
    let notice = notice.unwrap_or_else(|| Text::new("该事项暂不受理", "This item cannot be applied for now"));
    Issue::error("E-P223", notice.zh, notice.en)
}

/// `E-P224`: something that has to be given is missing.
pub fn needed(field: &'static str, zh: &str, en: &str) -> Issue {
    Issue::error("E-P224", format!("请填写{zh}"), format!("Give {en}")).field(field)
}

/// `E-P225`: a required material is missing.
pub fn material_missing(key: &str, name: &Text) -> Issue {
    Issue::error("E-P225", format!("缺少材料“{}”", name.zh), format!("The paper '{}' is missing", name.en)).field(format!("material.{key}")).rule("P2-1")
}

/// `E-P226`: a paper that may not follow later.
pub fn not_tolerated(name: &Text) -> Issue {
    Issue::error("E-P226", format!("材料“{}”不适用容缺受理", name.zh), format!("The paper '{}' may not follow later", name.en)).rule("P2-6")
}

/// `E-ST02` for a draft: it was changed on another device.
pub fn draft_changed() -> Issue {
    Issue::error("E-ST02", "该草稿已在其他设备上修改，请比较后选择保留的内容", "The draft was changed on another device; compare and choose")
}

/// `E-P228`: an absence that is too long or upside down.
pub fn absence_too_long(most: u32) -> Issue {
    Issue::error("E-P228", format!("代理期间应为1至{most}日"), format!("A delegation lasts 1 to {most} days")).field("until").param("n", most)
}

/// `E-P229`: children of a joint case are still open.
pub fn children_open() -> Issue {
    Issue::error("E-P229", "尚有并联事项未办结，不能作出总决定", "Parts of this joint case are still open; it cannot be decided").rule("P2-10")
}

/// `E-FORM01`: an answer is missing.
pub fn answer_missing(key: &str, label: &Text) -> Issue {
    Issue::error("E-FORM01", format!("请填写“{}”", label.zh), format!("Fill in '{}'", label.en)).field(key).param("label", &label.zh)
}

/// `E-FORM02`: too long.
pub fn answer_too_long(key: &str, label: &Text, max: usize) -> Issue {
    Issue::error("E-FORM02", format!("“{}”不能超过{max}字", label.zh), format!("'{}' may have at most {max} characters", label.en))
        .field(key)
        .param("max", max)
}

/// `E-FORM03`: not a number within its bounds.
pub fn answer_not_in_range(key: &str, label: &Text, min: &str, max: &str) -> Issue {
    Issue::error("E-FORM03", format!("“{}”应为{min}至{max}之间的数", label.zh), format!("'{}' must be a number from {min} to {max}", label.en))
        .field(key)
        .param("min", min)
        .param("max", max)
}

/// `E-FORM04`: not a date.
pub fn answer_not_a_date(key: &str, label: &Text) -> Issue {
    Issue::error("E-FORM04", format!("“{}”不是有效日期", label.zh), format!("'{}' is not a date", label.en)).field(key)
}

/// `E-FORM05`: none of the choices.
pub fn answer_no_choice(key: &str, label: &Text) -> Issue {
    Issue::error("E-FORM05", format!("请选择“{}”", label.zh), format!("Choose '{}'", label.en)).field(key)
}

/// `E-FORM06`: an answer to a question that the form does not have.
pub fn answer_unknown(key: &str) -> Issue {
    Issue::error("E-FORM06", format!("表单中没有“{key}”"), format!("The form has no '{key}'")).field(key)
}

/// `E-P805`: the state allows the move, the actor's roles do not.
pub fn not_your_move(name: &Text) -> Issue {
    Issue::error("E-P805", format!("您的岗位不能执行“{}”", name.zh), format!("Your role may not do '{}'", name.en)).rule("P8.2")
}

/// `E-P249`: a paper counts as received, and nothing of it is there.
pub fn nothing_received(key: &str) -> Issue {
    Issue::error("E-P249", "已收到的材料至少有一份原件、复印件或扫描件；没有收到请选“未提交”", "A paper that is here has an original, a copy or a scan; otherwise choose “Missing”")
        .field(format!("material.{key}"))
}

/// `E-P235`: an item contradicts the declaration by which its cases run.
pub fn item_contradicts(mistake: &Mistake) -> Issue {
    Issue::error("E-P235", format!("事项与办理声明不一致：{mistake}"), format!("The item contradicts the declaration of its cases: {mistake}"))
        .field("house.service")
        .param("place", &mistake.path)
}
