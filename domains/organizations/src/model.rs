//! What the register knows of an organisation.

use kernel::{Day, Fen, Id, Instant, RegionCode, Text, Uscc};
use platform::OrgId;
use serde::{Deserialize, Serialize};

/// Marker of a social organisation.
#[derive(Debug)]
pub struct OrganizationMark;
/// Id of a social organisation.
pub type OrganizationId = Id<OrganizationMark>;
/// Marker of a version of an entry.
#[derive(Debug)]
pub struct VersionMark;

/// 社会组织类型.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// 社会团体.
    #[serde(rename = "1")]
    Association,
    /// 社会服务机构; on certificates 民办非企业单位.
    #[serde(rename = "2")]
    ServiceInstitution,
    /// 基金会.
    #[serde(rename = "3")]
    Foundation,
}

impl Kind {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Association, Self::ServiceInstitution, Self::Foundation];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Association => "1",
            Self::ServiceInstitution => "2",
            Self::Foundation => "3",
        }
    }

    /// The kind stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name.
    pub fn name(self) -> Text {
        match self {
            Self::Association => Text::fixed("社会团体", "Social association"),
            Self::ServiceInstitution => Text::fixed("社会服务机构", "Social service institution"),
            Self::Foundation => Text::fixed("基金会", "Foundation"),
        }
    }

    /// The first two characters of its credit code: civil affairs and the class (GB 32100).
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Association => "51",
            Self::ServiceInstitution => "52",
            Self::Foundation => "53",
        }
    }

    /// The kind that a credit code tells of; `None` for codes of other bodies.
    pub fn of_code(uscc: &Uscc) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| uscc.as_str().starts_with(kind.prefix()))
    }
}

/// 状态 of an organisation. What lists it stands on is told apart from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// 筹备.
    #[serde(rename = "10")]
    Preparing,
    /// 登记审查中.
    #[serde(rename = "20")]
    Examined,
    /// 存续（正常）.
    #[serde(rename = "30")]
    Active,
    /// 限期停止活动.
    #[serde(rename = "31")]
    Suspended,
    /// 清算.
    #[serde(rename = "32")]
    Liquidating,
    /// 已注销.
    #[serde(rename = "40")]
    Deregistered,
    /// 撤销登记.
    #[serde(rename = "41")]
    Withdrawn,
    /// 吊销登记证书.
    #[serde(rename = "42")]
    Revoked,
    /// 撤销成立登记（骗取）.
    #[serde(rename = "43")]
    FraudUndone,
}

impl Status {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Preparing,
        Self::Examined,
        Self::Active,
        Self::Suspended,
        Self::Liquidating,
        Self::Deregistered,
        Self::Withdrawn,
        Self::Revoked,
        Self::FraudUndone,
    ];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Preparing => "10",
            Self::Examined => "20",
            Self::Active => "30",
            Self::Suspended => "31",
            Self::Liquidating => "32",
            Self::Deregistered => "40",
            Self::Withdrawn => "41",
            Self::Revoked => "42",
            Self::FraudUndone => "43",
        }
    }

    /// The status stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The name.
    pub fn name(self) -> Text {
        match self {
            Self::Preparing => Text::fixed("筹备", "Being prepared"),
            Self::Examined => Text::fixed("登记审查中", "Under examination"),
            Self::Active => Text::fixed("存续（正常）", "In existence"),
            Self::Suspended => Text::fixed("限期停止活动", "Activities suspended"),
            Self::Liquidating => Text::fixed("清算", "In liquidation"),
            Self::Deregistered => Text::fixed("已注销", "Deregistered"),
            Self::Withdrawn => Text::fixed("撤销登记", "Registration withdrawn"),
            Self::Revoked => Text::fixed("吊销登记证书", "Certificate revoked"),
            Self::FraudUndone => Text::fixed("撤销成立登记", "Registration by fraud undone"),
        }
    }
}

/// Who supervises: 双重管理 or 直接登记.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supervision {
    /// A unit in charge of the business consents first.
    #[default]
    Dual,
    /// It registers directly.
    Direct,
}

/// The certificate in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRef {
    /// Its number.
    pub no: String,
    /// Its version: 1 for the first, one more at every exchange.
    pub version: i64,
    /// Day of issue.
    pub issued_on: Day,
    /// First day of its validity.
    pub valid_from: Day,
    /// Last day of its validity.
    pub valid_to: Option<Day>,
}

/// 分支机构、代表机构.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Full name.
    pub name: String,
    /// Whether it only represents (代表机构).
    pub representative: bool,
    /// Where.
    pub address: String,
    /// Since when.
    pub since: Day,
}

/// What the register says in public. Everything in it may be shown, indexed and downloaded: no number or telephone of a person, no
/// home address, no member, no account at a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// 名称.
    pub name: String,
    /// Name in a minority language; empty without.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_minority: String,
    /// Name in English; empty without.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// 类型.
    pub kind: Kind,
    /// Kind within the kind, of [`crate::codes::subtypes`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subtype: String,
    /// 行业分类, of [`crate::codes::industries`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub industry: String,
    /// 状态.
    pub status: Status,
    /// 宗旨.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// 业务范围.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// 活动地域.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub activity_area: String,
    /// 住所.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// 法定代表人: the name alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_representative: String,
    /// 注册资金, 开办资金, 原始基金.
    #[serde(default)]
    pub funds: Fen,
    /// 登记管理机关, by name as it was then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authority: String,
    /// 管理方式.
    #[serde(default)]
    pub supervision: Supervision,
    /// 业务主管单位; empty where it registers directly.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supervisor: String,
    /// 行业管理部门.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub industry_department: String,
    /// 党组织; empty without.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub party_organization: String,
    /// Since when it is a charity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charity_since: Option<Day>,
    /// 成立登记日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub established_on: Option<Day>,
    /// The certificate in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateRef>,
    /// Adoption of the charter in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charter_on: Option<Day>,
    /// Telephone of the office, where it is published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Address on the web.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// People employed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<i64>,
    /// Individual members, only counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<i64>,
    /// Unit members, only counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_members: Option<i64>,
    /// 分支机构、代表机构.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
}

/// What the register keeps beside it, sealed and never public.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// Document number of the legal representative.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_representative_no: String,
    /// Whom to call about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact_name: String,
    /// His telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact_phone: String,
    /// 银行账户.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bank_accounts: Vec<String>,
}

/// The row that lists and the search read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its id.
    pub id: OrganizationId,
    /// Credit code; absent while it is being founded.
    pub uscc: Option<String>,
    /// 名称.
    pub name: String,
    /// 类型.
    pub kind: Kind,
    /// Kind within the kind.
    pub subtype: String,
    /// 行业分类.
    pub industry: String,
    /// The division in which it is registered.
    pub region: RegionCode,
    /// 登记管理机关.
    pub authority: OrgId,
    /// 业务主管单位; empty where it registers directly.
    pub supervisor: String,
    /// 状态.
    pub status: Status,
    /// The day from which the status holds.
    pub status_since: Day,
    /// 成立登记日期.
    pub established_on: Option<Day>,
    /// Charity, public fundraising, evaluation and lists.
    pub flags: Flags,
    /// 法定代表人.
    pub legal_representative: String,
    /// Registered funds.
    pub funds: Fen,
    /// The newest version.
    pub version: i64,
    /// When the row was last written.
    pub updated_at: Instant,
}

/// What supervision says of an organisation in a word; the facts behind it are kept there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// 慈善组织.
    pub charity: bool,
    /// 公开募捐资格.
    pub fundraising: bool,
    /// Evaluation in force: 1 to 5 (A to AAAAA), 0 without.
    pub level: u8,
    /// The list on which it stands.
    pub list: ListFlag,
}

/// 活动异常名录, 严重违法失信名单.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListFlag {
    /// On none.
    #[default]
    None,
    /// 活动异常名录.
    Abnormal,
    /// 严重违法失信名单.
    Serious,
}

impl ListFlag {
    /// As stored; empty for none.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Abnormal => "abnormal",
            Self::Serious => "serious",
        }
    }

    /// The flag stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::None, Self::Abnormal, Self::Serious].into_iter().find(|flag| flag.code() == code)
    }

    /// The name of the list; empty for none.
    pub fn name(self) -> Text {
        match self {
            Self::None => Text::default(),
            Self::Abnormal => Text::fixed("活动异常名录", "List of abnormal activity"),
            Self::Serious => Text::fixed("严重违法失信名单", "List of serious breaches"),
        }
    }
}

/// An organisation: its row and the newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The row.
    pub head: Head,
    /// What the register says.
    pub content: Content,
}

/// What the register said from one moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// From when it holds.
    pub effective_on: Day,
    /// When it was entered.
    pub recorded_at: Instant,
    /// Why: a word of the act that wrote it (`establishment`, `change`, `import` …).
    pub reason: String,
    /// What it says.
    pub content: Content,
}

/// An organisation about to be entered.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Its id, drawn before the transaction.
    pub id: OrganizationId,
    /// Credit code; absent while it is being founded.
    pub uscc: Option<Uscc>,
    /// The division in which it is registered.
    pub region: RegionCode,
    /// 登记管理机关.
    pub authority: OrgId,
    /// From when it holds.
    pub effective_on: Day,
    /// Why.
    pub reason: String,
    /// What the register says.
    pub content: Content,
    /// What it keeps beside it.
    pub private: Option<Private>,
    /// What supervision says, for registers that are taken over.
    pub flags: Flags,
}

/// A change about to be entered.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// What the register says from now on, whole.
    pub content: Content,
    /// What it keeps beside it; `None` leaves that of the version before.
    pub private: Option<Private>,
    /// The code, where it is given now; `None` leaves it.
    pub uscc: Option<Uscc>,
    /// From when it holds.
    pub effective_on: Day,
    /// Why.
    pub reason: String,
}
