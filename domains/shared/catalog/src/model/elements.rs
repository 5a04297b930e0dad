//! The elements of a service item (OVP P1.3, GB/T 39046 table 4): one document, of which a published version keeps the text for ever.

use kernel::Text;
use serde::{Deserialize, Serialize};

use super::{
    Audience, BodyKind, Certainty, Channel, Delivery, FormStep, Handling, ItemKind, Level, Limit, Material, OnlineDepth, OnlineGrade, PowerSource,
    ResultKind, Scope, Separation,
};

/// Everything that an item says of itself.
///
/// A basic item (基本目录) leaves the local parts empty; an implementation list (实施清单) fills them. Which element is
/// locked, local or mandatory stands in [`crate::fields`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elements {
    /// 事项名称.
    pub name: Text,
    /// Other names under which people look for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// One sentence in plain words: what it is for.
    pub summary: Text,
    /// 事项类型.
    pub kind: ItemKind,
    /// 服务对象 as codes.
    pub audience: Vec<Audience>,
    /// Who may ask for it, in plain words.
    pub who: Text,
    /// 受理条件.
    pub conditions: Vec<Text>,
    /// 不予办理的情形.
    #[serde(default)]
    pub refusals: Vec<Text>,
    /// 设定依据.
    pub bases: Vec<LegalBasis>,
    /// 权力来源.
    pub power: PowerSource,
    /// 行使层级: the levels that may implement it.
    pub levels: Vec<Level>,
    /// 权限划分 and 行使内容.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<Text>,
    /// 中央指导部门.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guided_by: Option<Text>,
    /// 联办机构.
    #[serde(default)]
    pub joint_bodies: Vec<Text>,
    /// 法定办结时限.
    pub legal_limit: Limit,
    /// 承诺办结时限.
    pub promise: Limit,
    /// 办件类型.
    pub handling: Handling,
    /// 特别程序说明.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_procedure: Option<Text>,
    /// 数量限制.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_limit: Option<Text>,
    /// 中介服务: absent means that none is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intermediary: Option<Text>,
    /// 办理形式.
    pub channels: Vec<Channel>,
    /// 到办事现场次数.
    pub visits: Visits,
    /// The online elements.
    pub online: Online,
    /// The result.
    pub result: Outcome,
    /// 收费.
    pub fee: Fee,
    /// 材料.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// Papers that people think they need and do not: as prominent as those that they need.
    #[serde(default)]
    pub not_needed: Vec<Text>,
    /// 环节: the path of a matter, drawn as a track.
    pub steps: Vec<Step>,
    /// 业务办理项: the finest unit that a citizen chooses.
    #[serde(default)]
    pub situations: Vec<Situation>,
    /// 主题分类.
    pub topics: Topics,
    /// 常见问题.
    #[serde(default)]
    pub faq: Vec<Faq>,
    /// 监督投诉, 行政复议, 行政诉讼.
    pub remedies: Remedies,
    /// The body that implements the item; local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Where it is done; local.
    #[serde(default)]
    pub place: Place,
    /// What a case of this item is held to inside the house.
    pub house: House,
}

impl Elements {
    /// What the public gets: everything but the key by which the owning service finds its items.
    pub fn public(&self) -> Self {
        let mut elements = self.clone();
        elements.house.service.clear();
        elements
    }
}

/// A law or paper on which an item rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// The law's name.
    pub law: Text,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_no: Option<String>,
    /// The articles; kept when they are unsure, and not printed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<Text>,
    /// What it says, in our words.
    pub says: Text,
    /// Where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure that is.
    pub certainty: Certainty,
}

impl LegalBasis {
    /// The article as it may be printed: nothing while its number is unsure.
    pub fn printable_article(&self) -> Option<&Text> {
        self.article.as_ref().filter(|_| self.certainty != Certainty::ArticleUnsure)
    }
}

/// How often somebody has to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visits {
    /// 到办事现场次数.
    pub count: u32,
    /// 必须现场办理原因说明.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// What can be done online.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Online {
    /// 是否网办.
    pub available: bool,
    /// 网办深度.
    pub depth: OnlineDepth,
    /// 网办深度等级.
    pub grade: OnlineGrade,
    /// 网办地址.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// 移动端地址.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_url: Option<String>,
    /// 是否对接单点登录.
    #[serde(default)]
    pub single_sign_on: bool,
    /// 业务系统名称.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<Text>,
    /// 是否支持预约.
    pub booking: bool,
    /// 网上支付.
    #[serde(default)]
    pub payment: bool,
    /// 物流快递: papers may be sent in.
    #[serde(default)]
    pub mail_in: bool,
    /// 物流快递: the result may be sent out.
    #[serde(default)]
    pub mail_out: bool,
    /// 自助终端.
    #[serde(default)]
    pub kiosk: bool,
    /// 是否进驻大厅.
    #[serde(default)]
    pub in_hall: bool,
    /// 通办范围; absent means only at the item's own office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// 是否容缺.
    #[serde(default)]
    pub tolerance: bool,
    /// 是否告知承诺.
    #[serde(default)]
    pub pledge: bool,
    /// 是否生成电子证照.
    #[serde(default)]
    pub elicence: bool,
}

/// What the applicant gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// 结果类型.
    pub kind: ResultKind,
    /// 结果名称.
    pub name: Text,
    /// 证照类型代码, as the licence library knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_type: Option<String>,
    /// 有效期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<Text>,
    /// 送达方式.
    pub delivery: Vec<Delivery>,
    /// 送达期限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_limit: Option<Limit>,
}

/// What it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// The charges; none means free.
    #[serde(default)]
    pub charges: Vec<Charge>,
    /// 收费依据.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LegalBasis>,
    /// 减免.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relief: Option<Text>,
    /// A law that forbids any charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ban: Option<FeeBan>,
}

/// One charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// 收费项目.
    pub name: Text,
    /// 标准, in fen.
    pub fen: i64,
    /// 单位.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
}

/// The law that forbids a charge, and what is answered to somebody who enters one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeBan {
    /// The code of the issue, as in the service's own rules.
    pub code: String,
    /// Its message.
    pub message: Text,
    /// The law.
    pub law: String,
}

/// One step of the path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What happens.
    pub name: Text,
    /// In a sentence, to the applicant.
    pub text: Text,
    /// Who does it.
    pub by: StepBy,
    /// How long it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepBy {
    /// The applicant.
    Applicant,
    /// The office.
    Office,
    /// Both, at the counter.
    Both,
    /// Nobody: time has to pass.
    Time,
}

impl StepBy {
    /// The name in both languages.
    pub fn label(self) -> Text {
        match self {
            Self::Applicant => Text::new("您", "You"),
            Self::Office => Text::new("登记机关", "The office"),
            Self::Both => Text::new("您和登记机关", "You and the office"),
            Self::Time => Text::new("等待", "Waiting"),
        }
    }
}

/// 业务办理项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// Two digits, appended to the implementation code.
    pub suffix: String,
    /// What the citizen chooses.
    pub name: Text,
}

/// 主题分类.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    /// 自然人主题.
    #[serde(default)]
    pub person: Vec<Text>,
    /// 法人主题.
    #[serde(default)]
    pub organisation: Vec<Text>,
}

/// A question that people ask. Versions from before questions had pages of their own have neither key nor basis nor steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faq {
    /// Short and stable within the item: the last part of the address of its page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The question.
    pub q: Text,
    /// The answer.
    pub a: Text,
    /// Law and article on which the answer rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Text>,
    /// Steps of forms beside which it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<FormStep>,
}

/// What somebody may do who does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedies {
    /// 监督投诉.
    pub complaint: Text,
    /// 行政复议.
    pub review: Text,
    /// 行政诉讼.
    pub litigation: Text,
}

/// 实施主体.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its name.
    pub name: Text,
    /// Its credit code.
    pub uscc: String,
    /// 实施主体性质.
    pub kind: BodyKind,
    /// Its level.
    pub level: Level,
    /// Its region, 6 to 12 digits.
    pub region: String,
    /// 承办机构.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Text>,
}

/// Where it is done. Address, hours and phones are the office's own and are not copied here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Codes of the offices, the main one first.
    #[serde(default)]
    pub offices: Vec<String>,
    /// 窗口号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Text>,
    /// What else one has to know of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// What a case of the item is held to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// The key of the owning service's procedure, such as `marriage.registration`; left out of what the public gets.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// Whether the item is in the public catalogue.
    pub public: bool,
    /// Whether a message about it may name no more than the office.
    pub discreet: bool,
    /// The level of assurance that an applicant needs, 0–3; 0 is nobody known.
    pub min_loa: u8,
    /// Who may not be the same person.
    pub separation: Separation,
}
