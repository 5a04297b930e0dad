//! What an applicant brings, and what he need not bring because it is asked of another body.

use kernel::{Lang, Text};
use serde::{Deserialize, Serialize};

use super::{Necessity, PaperForm, PaperKind, PaperSource};

/// One paper (GB/T 39046 table 4, material).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// A short stable key, by which a case keeps what came in.
    pub key: String,
    /// 材料名称.
    pub name: Text,
    /// 材料类型.
    pub kind: PaperKind,
    /// 材料形式.
    pub form: PaperForm,
    /// 原件份数.
    #[serde(default)]
    pub originals: u32,
    /// 复印件份数.
    #[serde(default)]
    pub copies: u32,
    /// 来源渠道.
    pub source: PaperSource,
    /// 出具机构.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Text>,
    /// 必要性.
    pub necessity: Necessity,
    /// The body or base that tells us instead (是否免提交): who shares may not be asked to bring it (国令 716 第7条).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_by: Option<Text>,
    /// Who has to bring it, when not everybody: 情形条件.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Text>,
    /// The same for the program: a key of the owning service that stands for this condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<String>,
    /// 规格.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spec: Option<Text>,
    /// 填报须知.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// 受理标准.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Text>,
    /// 依据.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Text>,
    /// 关联证照类型代码.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_type: Option<String>,
}

impl Material {
    /// Whether an applicant brings it: it is asked for and nobody shares it.
    pub fn to_bring(&self) -> bool {
        self.necessity != Necessity::Optional && self.shared_by.is_none()
    }

    /// Kind and number in words: 「原件 1 份」.
    pub fn count_text(&self, lang: Lang) -> String {
        let part = |count: u32, zh: &str, en: &str| {
            (count > 0).then(|| match lang {
                Lang::Zh => format!("{zh} {count} 份"),
                Lang::En => format!("{count} {en}"),
            })
        };
        let parts: Vec<_> = [part(self.originals, "原件", "original"), part(self.copies, "复印件", "copy")].into_iter().flatten().collect();
        if parts.is_empty() { self.kind.name().get(lang).to_owned() } else { parts.join(if lang == Lang::Zh { "，" } else { ", " }) }
    }
}
