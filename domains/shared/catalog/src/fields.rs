//! One table of the elements: what they are called, who holds them, where they must be filled.

use kernel::Text;
use serde_json::Value;

use crate::model::Layer;

/// Who holds an element of an implementation list (OVP P1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The upper level's, copied as it is.
    Locked,
    /// Compared by a rule of its own: the local one may only be better.
    Better,
    /// The body's own.
    Local,
}

/// Where an element must be filled before it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// In both layers.
    Always,
    /// In implementation lists.
    Implementation,
    /// Nowhere.
    No,
}

/// One element.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// JSON pointer into the document.
    pub pointer: &'static str,
    zh: &'static str,
    en: &'static str,
    /// Who holds it.
    pub hold: Hold,
    /// Where it must be filled.
    pub needed: Needed,
}

impl Field {
    /// The name in both languages.
    pub fn label(&self) -> Text {
        Text::new(self.zh, self.en)
    }

    /// The name of the input in forms and of `field` in issues: the pointer with dots.
    pub fn key(&self) -> String {
        self.pointer[1..].replace('/', ".")
    }

    /// Whether a version of `layer` may be published only with it.
    pub fn is_needed(&self, layer: Layer) -> bool {
        match self.needed {
            Needed::Always => true,
            Needed::Implementation => layer == Layer::Implementation,
            Needed::No => false,
        }
    }

    /// The element in a document.
    pub fn value<'a>(&self, document: &'a Value) -> &'a Value {
        document.pointer(self.pointer).unwrap_or(&Value::Null)
    }
}

const fn field(pointer: &'static str, zh: &'static str, en: &'static str, hold: Hold, needed: Needed) -> Field {
    Field { pointer, zh, en, hold, needed }
}

/// Every element, in the order in which gaps and differences are listed.
pub const FIELDS: &[Field] = &[
    field("/name", "事项名称", "name", Hold::Locked, Needed::Always),
    field("/aliases", "别名", "aliases", Hold::Locked, Needed::No),
    field("/summary", "一句话说明", "summary", Hold::Local, Needed::Always),
    field("/kind", "事项类型", "kind", Hold::Locked, Needed::Always),
    field("/audience", "服务对象", "audience", Hold::Locked, Needed::Always),
    field("/who", "谁可以办", "who may apply", Hold::Locked, Needed::Always),
    field("/conditions", "受理条件", "conditions", Hold::Locked, Needed::Always),
    field("/refusals", "不予办理的情形", "grounds of refusal", Hold::Locked, Needed::No),
    field("/bases", "设定依据", "legal basis", Hold::Locked, Needed::Always),
    field("/power", "权力来源", "source of power", Hold::Locked, Needed::Always),
    field("/levels", "行使层级", "levels", Hold::Locked, Needed::Always),
    field("/division", "权限划分", "division of powers", Hold::Locked, Needed::No),
    field("/guided_by", "中央指导部门", "guiding department", Hold::Locked, Needed::No),
    field("/joint_bodies", "联办机构", "joint bodies", Hold::Local, Needed::No),
    field("/legal_limit", "法定办结时限", "legal limit", Hold::Locked, Needed::Always),
    field("/promise", "承诺办结时限", "promised limit", Hold::Better, Needed::Always),
    field("/handling", "办件类型", "handling type", Hold::Locked, Needed::Always),
    field("/special_procedure", "特别程序", "special procedure", Hold::Locked, Needed::No),
    field("/quantity_limit", "数量限制", "quantity limit", Hold::Locked, Needed::No),
    field("/intermediary", "中介服务", "intermediary service", Hold::Locked, Needed::No),
    field("/channels", "办理形式", "channels", Hold::Local, Needed::Always),
    field("/visits", "到办事现场次数", "visits", Hold::Better, Needed::Always),
    field("/online", "网上办理", "online handling", Hold::Local, Needed::Always),
    field("/result/name", "结果名称", "result name", Hold::Locked, Needed::Always),
    field("/result/kind", "结果类型", "result type", Hold::Locked, Needed::Always),
    field("/result/licence_type", "证照类型", "licence type", Hold::Locked, Needed::No),
    field("/result/delivery", "送达方式", "delivery", Hold::Local, Needed::Always),
    field("/fee", "收费", "fee", Hold::Locked, Needed::Always),
    field("/materials", "申请材料", "materials", Hold::Better, Needed::No),
    field("/not_needed", "不用带", "not needed", Hold::Local, Needed::No),
    field("/steps", "办理环节", "steps", Hold::Local, Needed::Always),
    field("/situations", "业务办理项", "situations", Hold::Local, Needed::No),
    field("/topics/person", "自然人主题", "topics", Hold::Locked, Needed::No),
    field("/faq", "常见问题", "questions", Hold::Local, Needed::No),
    field("/remedies/complaint", "监督投诉", "complaints", Hold::Local, Needed::Always),
    field("/remedies/review", "行政复议", "administrative review", Hold::Local, Needed::Always),
    field("/remedies/litigation", "行政诉讼", "litigation", Hold::Local, Needed::Always),
    field("/body", "实施主体", "body", Hold::Local, Needed::Implementation),
    field("/body/department", "承办机构", "department", Hold::Local, Needed::No),
    field("/place/offices", "办理地点", "offices", Hold::Local, Needed::Implementation),
    field("/place/window", "窗口号", "window", Hold::Local, Needed::No),
    field("/place/note", "地点说明", "notes on the place", Hold::Local, Needed::No),
    field("/house/service", "办理程序", "procedure", Hold::Locked, Needed::Always),
    field("/house", "内部规则", "house rules", Hold::Locked, Needed::Always),
];

/// Whether nothing is said: absent, an empty text or list, or a text that lacks one of its languages.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty() || list.iter().any(is_blank),
        Value::Object(map) => ["zh", "en"].iter().any(|lang| map.get(*lang).is_some_and(is_blank)),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_one_language_is_blank() {
        assert!(is_blank(&serde_json::json!({"zh": "结婚登记", "en": " "})));
        assert!(is_blank(&serde_json::json!([{"zh": "", "en": "x"}])));
        assert!(!is_blank(&serde_json::json!({"zh": "结婚登记", "en": "Marriage"})));
        assert!(!is_blank(&serde_json::json!(0)));
    }
}
