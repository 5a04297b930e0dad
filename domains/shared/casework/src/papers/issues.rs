//! Every issue about documents, in one place.

use kernel::{Issue, Lang};

use super::Kind;

/// E-P203: a step needs a document that was not issued, or not served (P2-2).
pub fn missing(kind: Kind) -> Issue {
    let name = kind.name();
    let (zh, en) = (name.get(Lang::Zh), name.get(Lang::En));
    Issue::error("E-P203", format!("须生成并送达{zh}"), format!("{en} must be generated and served"))
        .rule("P2-2")
        .param("doc", zh)
        .law("行政许可法第三十二条")
}

/// E-P203 with the field of the document that was left empty.
pub(crate) fn incomplete(kind: Kind, field: &'static str) -> Issue {
    missing(kind).field(field)
}

/// E-P205: a refusal without reason (P2-4).
pub(crate) fn no_reason() -> Issue {
    Issue::error("E-P205", "不予决定须说明理由并告知救济途径", "Refusal must state reasons and remedies")
        .field("reason")
        .rule("P2-4")
        .law("行政许可法第三十八条")
}

/// A field that has to be filled in.
pub(crate) fn required(field: &'static str, zh: &str, en: &str) -> Issue {
    Issue::error("E-P215", format!("请填写{zh}"), format!("Enter {en}")).field(field)
}

/// 机关代字 that another authority has.
pub(crate) fn sign_taken(sign: &str) -> Issue {
    Issue::error("E-P213", format!("机关代字“{sign}”已被其他机关使用"), format!("The sign {sign} belongs to another authority")).field("sign").param("sign", sign)
}

/// 机关代字 that cannot stand in a number.
pub(crate) fn sign_malformed() -> Issue {
    Issue::error("E-P214", "机关代字应为1至8个汉字", "A sign is one to eight Chinese characters").field("sign")
}
