//! The public fields of an entry: one list for the page, the history, the extract and the files.

use kernel::{Day, Fen, Text};

use crate::codes;
use crate::model::{Content, Head, Supervision};
use crate::supervision::Kind;

/// A field of the register.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// As in JSON and in the daily file.
    pub code: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// What it says, in Chinese.
    about_zh: &'static str,
    /// What it says, in English.
    about_en: &'static str,
    get: fn(&Content, Days) -> Text,
}

/// How days are written.
type Days = fn(Day) -> Text;

impl Field {
    /// Its name.
    pub fn name(&self) -> Text {
        Text::fixed(self.zh, self.en)
    }

    /// What it says.
    pub fn about(&self) -> Text {
        Text::fixed(self.about_zh, self.about_en)
    }

    /// What an entry says; empty where it says nothing. Days are as on every page.
    pub fn of(&self, content: &Content) -> Text {
        (self.get)(content, |day| Text::new(day.zh_plain(), day.en_plain()))
    }

    /// The same for files and programs: in Chinese, with days as `2026-07-01`.
    pub fn filed(&self, content: &Content) -> String {
        (self.get)(content, |day| Text::same(day.to_string())).zh.into_owned()
    }
}

fn same(text: &str) -> Text {
    Text::same(text.to_owned())
}

fn day(day: Option<Day>, days: Days) -> Text {
    day.map_or_else(Text::default, days)
}

fn count(n: Option<i64>) -> Text {
    n.map_or_else(Text::default, |n| Text::same(n.to_string()))
}

fn funds(funds: Fen) -> Text {
    if funds == Fen::ZERO { Text::default() } else { Text::new(format!("{funds} 元"), format!("{funds} yuan")) }
}

fn supervision(content: &Content) -> Text {
    match content.supervision {
        Supervision::Dual => Text::fixed("双重管理", "with a supervising unit"),
        Supervision::Direct => Text::fixed("直接登记", "registers directly"),
    }
}

fn branches(content: &Content) -> Text {
    same(&content.branches.iter().map(|branch| branch.name.as_str()).collect::<Vec<_>>().join("；"))
}

fn certificate(content: &Content, days: Days) -> Text {
    let Some(certificate) = &content.certificate else { return Text::default() };
    let issued = days(certificate.issued_on);
    let until = certificate.valid_to.map(days).map_or_else(Text::default, |day| Text::new(format!("，有效期至{}", day.zh), format!(", valid to {}", day.en)));
    Text::new(
        format!("{}（第{}版，{}发{}）", certificate.no, certificate.version, issued.zh, until.zh),
        format!("{} (version {}, issued {}{})", certificate.no, certificate.version, issued.en, until.en),
    )
}

const fn field(code: &'static str, zh: &'static str, en: &'static str, about_zh: &'static str, about_en: &'static str, get: fn(&Content, Days) -> Text) -> Field {
    Field { code, zh, en, about_zh, about_en, get }
}

/// All of them, in the order in which they are shown. Of people only the legal representative's name is among them.
pub static FIELDS: [Field; 26] = [
    field("name", "名称", "Name", "登记的中文名称", "Registered name in Chinese", |c, _| same(&c.name)),
    field("name_minority", "少数民族文字名称", "Name in a minority language", "经核准使用的少数民族文字名称", "As approved", |c, _| same(&c.name_minority)),
    field("name_en", "英文名称", "Name in English", "登记的英文名称", "As registered", |c, _| same(&c.name_en)),
    field("kind", "类型", "Kind", "社会团体、社会服务机构（民办非企业单位）、基金会", "Social association, social service institution, foundation", |c, _| c.kind.name()),
    field("subtype", "类别", "Class", "类型之内的类别，如行业性、法人、公募", "The class within the kind, for instance trade association", |c, _| {
        if c.subtype.is_empty() { Text::default() } else { codes::subtype(c.kind, &c.subtype) }
    }),
    field("industry", "行业分类", "Industry", "社会组织统计用行业分类", "As used in the statistics of social organisations", |c, _| {
        if c.industry.is_empty() { Text::default() } else { codes::industry(&c.industry) }
    }),
    field("status", "状态", "Status", "登记状态；是否列入名录另行标明", "Of the registration; lists are told apart", |c, _| c.status.name()),
    field("established_on", "成立登记日期", "Registered on", "准予成立登记的日期", "The day of the decision to register it", |c, days| day(c.established_on, days)),
    field("legal_representative", "法定代表人", "Legal representative", "仅公示姓名", "The name alone is public", |c, _| same(&c.legal_representative)),
    field("funds", "注册资金", "Registered funds", "社会团体注册资金、社会服务机构开办资金、基金会原始基金", "In yuan", |c, _| funds(c.funds)),
    field("address", "住所", "Address", "登记的住所", "The registered seat", |c, _| same(&c.address)),
    field("activity_area", "活动地域", "Area of activity", "章程载明的活动地域", "As its charter says", |c, _| same(&c.activity_area)),
    field("purpose", "宗旨", "Purpose", "章程载明的宗旨", "As its charter says", |c, _| same(&c.purpose)),
    field("scope", "业务范围", "Scope of business", "准予登记的业务范围", "As registered", |c, _| same(&c.scope)),
    field("authority", "登记管理机关", "Registering authority", "准予登记并负责日常管理的机关", "The body that registered and oversees it", |c, _| same(&c.authority)),
    field("supervision", "管理方式", "Supervision", "双重管理或者直接登记", "With a supervising unit, or registered directly", |c, _| supervision(c)),
    field("supervisor", "业务主管单位", "Supervising unit", "实行双重管理的，其业务主管单位", "Where there is one", |c, _| same(&c.supervisor)),
    field("industry_department", "行业管理部门", "Department of its industry", "行业管理部门名称", "Where there is one", |c, _| same(&c.industry_department)),
    field("party_organization", "党组织", "Party organisation", "党组织名称", "Where there is one", |c, _| same(&c.party_organization)),
    field("charity_since", "慈善组织认定日期", "A charity since", "登记或者认定为慈善组织的日期", "The day on which it became one", |c, days| day(c.charity_since, days)),
    field("certificate", "登记证书", "Certificate", "现行登记证书的编号、版本和有效期", "Number, version and validity of the certificate in force", certificate),
    field("charter_on", "章程核准日期", "Charter of", "现行章程的通过日期", "When the charter in force was adopted", |c, days| day(c.charter_on, days)),
    field("contact", "联系电话", "Telephone", "机构公开的办公电话", "Of its office, where it is published", |c, _| same(&c.contact)),
    field("website", "网址", "Website", "机构公开的网址", "Where it is published", |c, _| same(&c.website)),
    field("staff", "从业人数", "Staff", "专职和兼职工作人员数", "People employed", |c, _| count(c.staff)),
    field("branches", "分支（代表）机构", "Branches", "以分号隔开", "Separated by semicolons", |c, _| branches(c)),
];

/// A level of evaluation as it is written, `5A`; empty for none.
pub fn level(level: u8) -> String {
    if level == 0 { String::new() } else { format!("{level}A") }
}

/// The levels that there are, the highest first.
pub const LEVELS: [u8; 5] = [5, 4, 3, 2, 1];

/// Why a version was entered, in words: the code of the matter, or of the proceeding of supervision and its act.
pub fn reason(code: &str) -> Text {
    match code {
        "establishment" => Text::fixed("成立登记", "Registered"),
        "change.base" => Text::fixed("变更登记", "Change registered"),
        "change.representative" => Text::fixed("变更法定代表人", "Legal representative changed"),
        "change.charter" => Text::fixed("章程核准", "Charter approved"),
        "change.branch" => Text::fixed("分支（代表）机构变动", "Branches changed"),
        "change.charity" => Text::fixed("认定为慈善组织", "Recognised as a charity"),
        "liquidation" => Text::fixed("开始清算", "Liquidation begun"),
        "cancellation" => Text::fixed("注销登记", "Deregistered"),
        "import" => Text::fixed("由原登记系统转入", "Taken over from the register kept before"),
        other => {
            let proceeding = other.split_once('.').and_then(|(kind, _)| Kind::from_code(kind));
            proceeding.map_or_else(|| Text::same(other.to_owned()), Kind::name)
        }
    }
}

/// A column of the files: those of the head first, then every field.
#[derive(Debug, Clone)]
pub struct Column {
    /// As in the head of the file.
    pub code: &'static str,
    /// Its name.
    pub name: Text,
    /// What it says.
    pub about: Text,
}

const HEAD: [(&str, &str, &str, &str, &str); 9] = [
    ("uscc", "统一社会信用代码", "Credit code", "18位，注销后不再使用", "18 characters; never given again"),
    ("region", "登记地区划代码", "Division", "登记机关所在行政区划，GB/T 2260", "Code of the division in which it is registered"),
    ("status_since", "状态起始日期", "Status since", "现状态自何日起", "The day from which the status holds"),
    ("charity", "慈善组织", "Charity", "true 或者 false", "true or false"),
    ("fundraising", "公开募捐资格", "Public fundraising", "true 或者 false", "true or false"),
    ("level", "评估等级", "Evaluation", "有效期内的评估等级，1A至5A，没有则空", "The evaluation in force, 1A to 5A; empty without one"),
    ("list", "名录", "List", "活动异常名录、严重违法失信名单，没有则空", "The list on which it stands; empty for none"),
    ("version", "版本", "Version", "登记信息的版本号，每次变更加一", "One more at every change"),
    ("updated_at", "更新时间", "Updated", "登记信息最近一次写入的时刻", "When the entry was last written"),
];

/// The columns of the daily file, with what they say.
pub fn columns() -> Vec<Column> {
    let head = HEAD.iter().map(|(code, zh, en, about_zh, about_en)| Column { code, name: Text::fixed(zh, en), about: Text::fixed(about_zh, about_en) });
    head.chain(FIELDS.iter().map(|field| Column { code: field.code, name: field.name(), about: field.about() })).collect()
}

/// The cells of a row, in the order of [`columns`], as CSV has them: words in Chinese.
pub(super) fn cells(head: &Head, content: &Content) -> Vec<String> {
    let mut cells = vec![
        head.uscc.clone().unwrap_or_default(),
        head.region.to_string(),
        head.status_since.to_string(),
        head.flags.charity.to_string(),
        head.flags.fundraising.to_string(),
        level(head.flags.level),
        head.flags.list.name().zh.into_owned(),
        head.version.to_string(),
        head.updated_at.to_string(),
    ];
    cells.extend(FIELDS.iter().map(|field| match field.code {
        // A figure that can be added up, not words about money.
        "funds" => content.funds.to_string().replace(',', ""),
        _ => field.filed(content),
    }));
    cells
}
