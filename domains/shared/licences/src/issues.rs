//! Every issue that this crate raises, in one place.

use kernel::{Day, Issue};

use crate::model::State;

/// E-P502: the same number of the same type and issuer is in force for this holder (P5-2).
pub(crate) fn already_in_force(number: &str) -> Issue {
    Issue::error("E-P502", format!("证照编号{number}已存在有效证照"), format!("A valid licence {number} exists"))
        .rule("P5-2")
        .param("no", number)
}

/// E-P503: no consent, or one that is used, over, or for something else (P5-5).
pub(crate) fn consent_missing() -> Issue {
    Issue::error("E-P503", "未取得持证人授权", "Holder's consent missing").field("consent").rule("P5-5")
}

/// E-P507: the caller says neither for which item nor why (P5-5).
pub(crate) fn cause_missing(field: &'static str) -> Issue {
    Issue::error("E-P507", "须填写使用事由", "State the purpose").field(field).rule("P5-5")
}

/// E-P504: the annotated copy is over, or was made for something else (P5-6).
pub(crate) fn wrong_copy() -> Issue {
    Issue::error("E-P504", "加注件已超过有效期或用途不符", "Annotated copy expired or wrong purpose").rule("P5-6")
}

/// E-P505: the file is not the one that was registered (P5-7).
pub(crate) fn tampered() -> Issue {
    Issue::error("E-P505", "证照文件与登记摘要不一致，可能被篡改", "File differs from the registered digest")
        .field("file")
        .rule("P5-7")
}

/// E-P506: the licence is no longer in force (P5-7).
pub(crate) fn ended(state: State, on: Day) -> Issue {
    let name = state.name();
    Issue::error(
        "E-P506",
        format!("该证照已于{}{}", on.zh(), name.get(kernel::Lang::Zh)),
        format!("Licence {} on {}", name.get(kernel::Lang::En), on.en()),
    )
    .rule("P5-7")
    .param("d", on.to_string())
    .param("status", state.code())
}

/// MR-E48: one of the three elements of the public check is missing or not whole (R-MR-48).
pub(crate) fn element(field: &'static str, zh: &'static str, en: &'static str) -> Issue {
    Issue::error("MR-E48", format!("查询要素不完整：{zh}"), format!("Incomplete: {en}")).field(field).rule("R-MR-48")
}

/// E-P511: a field of a batch of older licences (P5-9).
pub(crate) fn batch_field(field: &'static str, zh: &'static str, en: &'static str) -> Issue {
    Issue::error("E-P511", zh, en).field(field).rule("P5-9")
}

/// E-P511: the second person has to look at more lines (P5-9).
pub(crate) fn too_few_compared(least: i64) -> Issue {
    Issue::error("E-P511", format!("至少核对{least}行，不多于可入库的行数"), format!("Compare at least {least} lines, and no more than there are"))
        .field("compared")
        .rule("P5-9")
        .param("n", least)
}

/// E-P512: two persons, not one (P5-9).
pub(crate) fn same_person() -> Issue {
    Issue::error("E-P512", "录入人不得复核同一批次", "Whoever entered a batch may not check it").rule("P5-9")
}

/// E-P802: the holder has not proved who he is well enough to take the file away.
pub(crate) fn level_too_low() -> Issue {
    Issue::error("E-P802", "认证级别不足，请完成实人认证", "Assurance level too low; complete face verification").rule("P8-1")
}

/// Too many checks from one network or about one certificate.
pub(crate) fn too_many(wait_secs: u32) -> Issue {
    let minutes = wait_secs.div_ceil(60);
    Issue::error("E-RATE", format!("查询次数过多，请{minutes}分钟后再试"), format!("Too many checks; try again in {minutes} min"))
        .param("m", minutes.to_string())
}
