//! Words of supervision: kinds of proceedings, where they stand, what comes of them.

use std::collections::BTreeMap;

use kernel::{Day, Fen, Id, Instant, RegionCode, Text};
use platform::StaffId;
use serde::{Deserialize, Serialize};

use crate::OrganizationId;

/// Marker of a proceeding.
#[derive(Debug)]
pub struct ProceedingMark;
/// Id of a proceeding.
pub type ProceedingId = Id<ProceedingMark>;
/// Marker of something that stands about an organisation.
#[derive(Debug)]
pub struct FactMark;
/// Id of something that stands about an organisation.
pub type FactId = Id<FactMark>;

kernel::coded! {
    /// What is under way.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    Kind {
        /// 信用名录 (D-R18 … D-R20)
        Listing = "listing", "信用名录", "Credit list";
        /// 行政处罚 (D-R21, D-R22)
        Penalty = "penalty", "行政处罚", "Penalty";
        /// 年度工作报告 (D-R17)
        Annual = "annual", "年度工作报告", "Annual report";
        /// 等级评估 (D-R23)
        Evaluation = "evaluation", "等级评估", "Evaluation";
        /// 公开募捐资格 (D-R25)
        Fundraising = "fundraising", "公开募捐资格", "Public fundraising";
        /// 非法社会组织 (D-R24)
        Illegal = "illegal", "非法社会组织", "Illegal organisation";
        /// 检查
        Inspection = "inspection", "检查", "Inspection";
    }
}

kernel::coded! {
    /// Where a proceeding stands.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    State {
        /// 待告知
        Proposed = "PROPOSED", "待告知", "To be notified";
        /// 已告知
        Noticed = "NOTICED", "已告知，待陈述申辩", "Notified";
        /// 已听取陈述申辩
        Heard = "HEARD", "已听取陈述申辩", "Heard";
        /// 列入中
        Listed = "LISTED", "列入名录", "Listed";
        /// 异议核实中
        Disputed = "DISPUTED", "异议核实中", "Objection being looked into";
        /// 待移出
        Rectified = "RECTIFIED", "整改已核实，待移出", "Put right, to be removed";
        /// 申请移出
        Leaving = "LEAVING", "申请移出，待决定", "Removal asked for";
        /// 已移出
        Removed = "REMOVED", "已移出", "Removed";
        /// 线索
        Clue = "CLUE", "线索", "Clue";
        /// 已立案
        Filed = "FILED", "已立案，调查中", "Under investigation";
        /// 法制审核中
        LegalReview = "LEGAL_REVIEW", "法制审核中", "Legal review";
        /// 已告知处罚
        Informed = "INFORMED", "已告知，可陈述申辩或要求听证", "Informed";
        /// 待听证
        Hearing = "HEARING", "待听证", "Hearing to be held";
        /// 已决定
        Decided = "DECIDED", "已决定，待送达", "Decided, to be served";
        /// 已送达
        Served = "SERVED", "已送达，待履行", "Served, to be performed";
        /// 已履行
        Performed = "PERFORMED", "已履行", "Performed";
        /// 已撤销、撤回
        Withdrawn = "WITHDRAWN", "已撤销，公示已撤回", "Annulled and withdrawn";
        /// 退回修改
        Returned = "RETURNED", "退回修改", "Returned to be mended";
        /// 待主管单位初审
        WithSupervisor = "WITH_SUPERVISOR", "待业务主管单位初审", "With the supervising unit";
        /// 待审查
        ToReview = "TO_REVIEW", "待登记机关审查", "With the authority";
        /// 已公示
        Published = "PUBLISHED", "已公布", "Published";
        /// 已更正
        Corrected = "CORRECTED", "已更正", "Corrected";
        /// 已申请
        Applied = "APPLIED", "已申请", "Applied for";
        /// 已评定
        Rated = "RATED", "已评分，待审定", "Rated, to be approved";
        /// 复核中
        UnderReview = "UNDER_REVIEW", "复核中", "Under review";
        /// 有效
        Granted = "GRANTED", "已取得资格", "Granted";
        /// 未通过
        Refused = "REFUSED", "未通过", "Refused";
        /// 调查中
        Investigated = "INVESTIGATED", "调查中", "Being looked into";
        /// 待检查
        Planned = "PLANNED", "待检查", "To be inspected";
        /// 限期整改
        Rectifying = "RECTIFYING", "限期整改", "To be put right";
        /// 办结
        Closed = "CLOSED", "办结", "Closed";
        /// 不予处理
        Dropped = "DROPPED", "不予处理", "Dropped";
    }
}

impl State {
    /// Whether somebody may still have something to do.
    pub fn is_open(self) -> bool {
        use State::{Closed, Corrected, Dropped, Granted, Published, Refused, Removed, Withdrawn};
        !matches!(self, Removed | Withdrawn | Published | Corrected | Granted | Refused | Closed | Dropped)
    }

    /// Whether supervision is looking into something that the organisation is said to have done.
    pub fn is_investigation(self) -> bool {
        use State::{Decided, Filed, Hearing, Heard, Informed, LegalReview};
        matches!(self, Filed | LegalReview | Informed | Hearing | Heard | Decided)
    }
}

kernel::coded! {
    /// A credit list.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    List {
        /// 活动异常名录
        Abnormal = "abnormal", "活动异常名录", "List of abnormal activity";
        /// 严重违法失信名单
        Serious = "serious", "严重违法失信名单", "List of serious breaches";
    }
}

kernel::coded! {
    /// A kind of penalty.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    PenaltyKind {
        /// 警告
        Warning = "1", "警告", "Warning";
        /// 通报批评
        Criticism = "2", "通报批评", "Public criticism";
        /// 责令改正, which is no penalty
        Rectify = "3", "责令改正", "Order to rectify";
        /// 限期停止活动
        Stop = "4", "限期停止活动", "Activities stopped for a time";
        /// 没收违法所得
        Gain = "5", "没收违法所得", "Confiscation of gains";
        /// 没收非法财物
        Goods = "6", "没收非法财物", "Confiscation of goods";
        /// 罚款
        Fine = "7", "罚款", "Fine";
        /// 吊销登记证书
        Certificate = "8", "吊销登记证书", "Certificate revoked";
        /// 撤销登记
        Registration = "9", "撤销登记", "Registration revoked";
    }
}

kernel::coded! {
    /// Conclusion on an annual report.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    AnnualResult {
        /// 合格
        Passed = "1", "合格", "Passed";
        /// 基本合格
        Basic = "2", "基本合格", "Passed with reservations";
        /// 不合格
        Failed = "3", "不合格", "Failed";
        /// 未参加
        Missing = "4", "未参加", "Not filed";
        /// 免检
        Exempt = "5", "免检或简化", "Exempt";
    }
}

kernel::coded! {
    /// A level of the evaluation.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    Level {
        /// AAAAA
        Five = "5", "AAAAA", "AAAAA";
        /// AAAA
        Four = "4", "AAAA", "AAAA";
        /// AAA
        Three = "3", "AAA", "AAA";
        /// AA
        Two = "2", "AA", "AA";
        /// A
        One = "1", "A", "A";
    }
}

kernel::coded! {
    /// What makes an organisation illegal: these three and nothing else (D-R24).
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    IllegalKind {
        /// 未经登记
        Unregistered = "unregistered", "未经登记，擅自以社会组织名义开展活动", "Acts as a social organisation without registration";
        /// 筹备期间
        Preparing = "preparing", "筹备期间开展筹备以外的活动", "Acts beyond its preparation";
        /// 被撤销后
        Revoked = "revoked", "被撤销登记或吊销证书后继续活动", "Goes on after its registration was revoked";
    }
}

kernel::coded! {
    /// What is done about an illegal organisation.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    Disposition {
        /// 取缔
        Ban = "ban", "取缔", "Banned";
        /// 劝散
        Dissolve = "dissolve", "劝散", "Persuaded to dissolve";
        /// 引导登记
        Register = "register", "引导登记", "Led to registration";
        /// 移送
        Transfer = "transfer", "移送有关部门", "Passed to another body";
    }
}

kernel::coded! {
    /// What stands about an organisation.
    #[derive(Serialize, Deserialize)]
    #[serde(into = "String", try_from = "String")]
    FactKind {
        /// 名录
        List = "list", "信用名录", "Credit list";
        /// 处罚
        Penalty = "penalty", "行政处罚", "Penalty";
        /// 年度
        Annual = "annual", "年度工作报告", "Annual report";
        /// 评估
        Level = "level", "评估等级", "Evaluation";
        /// 公开募捐资格
        Fundraising = "fundraising", "公开募捐资格", "Public fundraising";
    }
}

/// The public words of a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Number of the decision or certificate; empty where there is none.
    #[serde(default)]
    pub number: String,
    /// What happened, or what was found.
    #[serde(default)]
    pub facts: String,
    /// Law and article.
    #[serde(default)]
    pub basis: String,
    /// The year of a report.
    #[serde(default)]
    pub year: Option<i64>,
    /// A fine with what was confiscated.
    #[serde(default)]
    pub amount: Option<Fen>,
    /// Why it ended.
    #[serde(default)]
    pub ended: String,
    /// It should never have stood: annulled or corrected, and no longer read by the public.
    #[serde(default)]
    pub void: bool,
}

/// Something that stands, or stood, about an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Id.
    pub id: FactId,
    /// Whom it is about.
    pub organization: OrganizationId,
    /// The proceeding that it came of.
    pub proceeding: ProceedingId,
    /// What it is.
    pub kind: FactKind,
    /// Which list, which result, which level; kinds of a penalty, separated by spaces.
    pub code: String,
    /// From when it holds.
    pub effective_on: Day,
    /// Until when at most.
    pub until_on: Option<Day>,
    /// When it was entered.
    pub recorded_at: Instant,
    /// Since when the public reads it.
    pub published_at: Option<Instant>,
    /// From when it no longer holds.
    pub ended_on: Option<Day>,
    /// When that was entered.
    pub ended_at: Option<Instant>,
    /// Its public words.
    pub detail: Detail,
}

impl Fact {
    /// What it says in a few words.
    pub fn name(&self) -> Text {
        match self.kind {
            FactKind::List => List::from_code(&self.code).map(List::name),
            FactKind::Penalty => {
                let names: Vec<Text> = self.code.split(' ').filter_map(PenaltyKind::from_code).map(PenaltyKind::name).collect();
                let joined = |part: fn(&Text) -> &str, comma: &str| names.iter().map(part).collect::<Vec<_>>().join(comma);
                Some(Text::new(joined(|name| &name.zh, "、"), joined(|name| &name.en, ", ")))
            }
            FactKind::Annual => AnnualResult::from_code(&self.code).map(AnnualResult::name),
            FactKind::Level => Level::from_code(&self.code).map(Level::name),
            FactKind::Fundraising => Some(FactKind::Fundraising.name()),
        }
        .unwrap_or_else(|| Text::same(self.code.clone()))
    }

    /// Whether it holds on a day: entered and not ended, and not run out.
    pub fn holds_on(&self, day: Day) -> bool {
        self.effective_on <= day && self.until_on.is_none_or(|until| day <= until) && self.ended_on.is_none_or(|ended| day < ended)
    }
}

/// One investigator or inspector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: String,
}

/// What is known in a listing (D-R18, D-R19).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Listing {
    /// Code of the list.
    pub list: Option<List>,
    /// Code of the reason.
    pub reason: String,
    /// What happened, as the public will read it.
    pub facts: String,
    /// When it arose.
    pub arose_on: Option<Day>,
    /// When the organisation was notified.
    pub noticed_on: Option<Day>,
    /// Until when it may answer.
    pub statement_until: Option<Day>,
    /// What it answered.
    pub statement: String,
    /// Number of the decision.
    pub number: String,
    /// From when the entry counts; a new breach starts it anew.
    pub since: Option<Day>,
    /// The entry.
    pub entry: Option<FactId>,
    /// What the organisation objects.
    pub objection: String,
    /// When it was verified that it is put right.
    pub rectified_on: Option<Day>,
    /// How it was put right, or why it is removed.
    pub outcome: String,
}

/// What is known in a penalty case (D-R21, D-R22).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Penalty {
    /// What is said to have happened.
    pub clue: String,
    /// Two or more.
    pub officers: Vec<Officer>,
    /// 立案
    pub filed_on: Option<Day>,
    /// The case is decided by this day.
    pub decide_by: Option<Day>,
    /// What was found, as the public will read it.
    pub facts: String,
    /// The evidence.
    pub evidence: String,
    /// Law and article.
    pub basis: String,
    /// Kinds.
    pub kinds: Vec<PenaltyKind>,
    /// 违法经营额
    pub turnover: Option<Fen>,
    /// 违法所得
    pub gain: Option<Fen>,
    /// The fine.
    pub fine: Fen,
    /// First day on which activities are stopped.
    pub stop_from: Option<Day>,
    /// Last day.
    pub stop_to: Option<Day>,
    /// 告知
    pub informed_on: Option<Day>,
    /// Until when a hearing may be asked for.
    pub hearing_until: Option<Day>,
    /// The day of the hearing.
    pub hearing_on: Option<Day>,
    /// What the organisation said, or the record of the hearing.
    pub statement: String,
    /// Number of the decision.
    pub number: String,
    /// 决定
    pub decided_on: Option<Day>,
    /// 送达
    pub served_on: Option<Day>,
    /// The fine is paid by this day.
    pub pay_by: Option<Day>,
    /// Paid so far.
    pub paid: Fen,
    /// Published on.
    pub published_on: Option<Day>,
    /// What stands of it.
    pub fact: Option<FactId>,
    /// Why it was dropped or annulled.
    pub outcome: String,
}

/// An annual report (D-R17).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Annual {
    /// What was filed: name of the field and what was given.
    pub form: BTreeMap<String, String>,
    /// When it was filed first.
    pub filed_on: Option<Day>,
    /// After the last day.
    pub late: bool,
    /// What the supervising unit or the authority says.
    pub opinion: String,
    /// The conclusion.
    pub result: Option<AnnualResult>,
    /// What stands of it.
    pub fact: Option<FactId>,
}

/// An evaluation (D-R23).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Evaluation {
    /// When it was applied for.
    pub applied_on: Option<Day>,
    /// Points out of 1,000.
    pub score: Option<i64>,
    /// The level.
    pub level: Option<Level>,
    /// Number of the decision.
    pub number: String,
    /// What stands of it.
    pub fact: Option<FactId>,
    /// Reasons: of the raters, of a refusal, of a request for review.
    pub opinion: String,
}

/// A qualification for public fundraising (D-R25).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fundraising {
    /// What was applied with: name of the field and what was given.
    pub form: BTreeMap<String, String>,
    /// When.
    pub applied_on: Option<Day>,
    /// Number of the certificate.
    pub number: String,
    /// What stands of it.
    pub fact: Option<FactId>,
    /// Reasons of a refusal or of its end.
    pub opinion: String,
}

/// An illegal organisation (D-R24).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Illegal {
    /// Its name.
    pub name: String,
    /// What makes it illegal.
    pub kind: Option<IllegalKind>,
    /// What is said, for the desk.
    pub clue: String,
    /// What is done about it.
    pub disposition: Option<Disposition>,
    /// When that was decided.
    pub decided_on: Option<Day>,
    /// The public words.
    pub facts: String,
    /// Why it was dropped or withdrawn.
    pub outcome: String,
}

/// An inspection.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Inspection {
    /// Why it is inspected: the plan's name, the draw, the number of the complaint.
    pub source: String,
    /// Two or more.
    pub officers: Vec<Officer>,
    /// When it was done.
    pub done_on: Option<Day>,
    /// What was found.
    pub found: String,
    /// What is to be put right.
    pub order: String,
    /// Until when.
    pub rectify_by: Option<Day>,
    /// How it ended.
    pub outcome: String,
}

/// What is known in a proceeding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "proceeding", rename_all = "snake_case")]
pub enum Content {
    /// See [`Listing`].
    Listing(Listing),
    /// See [`Penalty`].
    Penalty(Penalty),
    /// See [`Annual`].
    Annual(Annual),
    /// See [`Evaluation`].
    Evaluation(Evaluation),
    /// See [`Fundraising`].
    Fundraising(Fundraising),
    /// See [`Illegal`].
    Illegal(Illegal),
    /// See [`Inspection`].
    Inspection(Inspection),
}

impl Content {
    /// An empty one.
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Listing => Self::Listing(Listing::default()),
            Kind::Penalty => Self::Penalty(Penalty::default()),
            Kind::Annual => Self::Annual(Annual::default()),
            Kind::Evaluation => Self::Evaluation(Evaluation::default()),
            Kind::Fundraising => Self::Fundraising(Fundraising::default()),
            Kind::Illegal => Self::Illegal(Illegal::default()),
            Kind::Inspection => Self::Inspection(Inspection::default()),
        }
    }

    /// The number of the decision; empty before it, and where none is numbered.
    pub(crate) fn number(&self) -> &str {
        match self {
            Self::Listing(content) => &content.number,
            Self::Penalty(content) => &content.number,
            Self::Evaluation(content) => &content.number,
            Self::Fundraising(content) => &content.number,
            Self::Annual(_) | Self::Illegal(_) | Self::Inspection(_) => "",
        }
    }

    /// Writes the number of the decision where it belongs.
    pub(crate) fn set_number(&mut self, number: &str) {
        match self {
            Self::Listing(content) => number.clone_into(&mut content.number),
            Self::Penalty(content) => number.clone_into(&mut content.number),
            Self::Evaluation(content) => number.clone_into(&mut content.number),
            Self::Fundraising(content) => number.clone_into(&mut content.number),
            Self::Annual(_) | Self::Illegal(_) | Self::Inspection(_) => {}
        }
    }
}

/// What lists show of a proceeding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id.
    pub id: ProceedingId,
    /// What it is.
    pub kind: Kind,
    /// Whom it is about.
    pub subject: String,
    /// Where.
    pub region: RegionCode,
    /// The year of a report.
    pub year: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// By when somebody has to act.
    pub due: Option<Day>,
    /// When it was opened.
    pub opened_at: Instant,
}
