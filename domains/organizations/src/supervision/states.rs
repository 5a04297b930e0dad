//! Which act leads from where to where, who may do it, and what it asks: one table for pages, programs and the server.

use kernel::Text;
use platform::Role;

use super::model::{Kind, State};
use super::papers::PaperKind;

/// What is typed or chosen in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// One line.
    Line,
    /// Several lines.
    Words,
    /// A date.
    Day,
    /// A time of day.
    Time,
    /// A whole number.
    Number,
    /// Yuan.
    Amount,
    /// A statement that is agreed to.
    Yes,
    /// Members of staff, several.
    Officers,
    /// A reason for listing.
    Reasons,
    /// Kinds of penalties, several.
    Penalties,
    /// A conclusion on a report.
    Results,
    /// A level of the evaluation.
    Levels,
    /// A document that has not been served.
    Papers,
    /// A way of serving it.
    Ways,
    /// What makes an organisation illegal.
    IllegalKinds,
    /// What is done about it.
    Dispositions,
}

/// A field of an act's form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    zh: &'static str,
    en: &'static str,
    legend: Option<(&'static str, &'static str)>,
    /// What is typed.
    pub ask: Ask,
    /// It may be left empty.
    pub optional: bool,
}

/// Something that can be done in a proceeding.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// The kind of proceeding.
    pub kind: Kind,
    /// Its name in addresses and in the log.
    pub code: &'static str,
    zh: &'static str,
    en: &'static str,
    /// From where; nothing for the act that opens.
    pub from: &'static [State],
    /// Where it leads; nothing where it stays, or where the rule says so.
    pub to: Option<State>,
    /// Roles of staff that may do it; nobody but a job if empty and not the organisation's.
    pub roles: &'static [Role],
    /// The organisation may do it itself.
    pub own: bool,
    /// Who did one of these acts in the same proceeding may not do it.
    pub unlike: &'static [&'static str],
    /// It cannot be taken back, and asks to be confirmed.
    pub sure: bool,
    /// What it asks.
    pub fields: &'static [Field],
    /// The document that it leaves behind.
    pub paper: Option<PaperKind>,
    /// Documents that no longer count after it.
    pub voids: Option<PaperKind>,
}

/// The name of the act that opens a proceeding.
pub const OPEN: &str = "open";

/// The name of the act that records how a document was served; it changes nothing else. A penalty decision has an act of its own, for it works
/// from its service on.
pub const DELIVER: &str = "deliver";

/// The names of the acts by which the end of an organisation ends what stands of it, and what would have come to stand.
pub(super) const LIFT: &str = "lift";
pub(super) const MOOT: &str = "moot";

/// Everybody who reads at the desk of supervision. Who delivers reads what has left the house, to serve it.
pub const READERS: &[Role] = &[
    Role::Deliverer,
    Role::Clerk,
    Role::Examiner,
    Role::Reviewer,
    Role::Approver,
    Role::Inspector,
    Role::Head,
    Role::Supervisor,
    Role::Dispatcher,
    Role::Leader,
];

/// Those of them who read everything there.
pub const OVERSEERS: &[Role] = READERS.split_at(1).1;

const TAKES: &[Role] = &[Role::Clerk, Role::Examiner];
const EXAMINES: &[Role] = &[Role::Examiner, Role::Inspector];
const REVIEWS: &[Role] = &[Role::Reviewer];
const DECIDES: &[Role] = &[Role::Approver];
const INSPECTS: &[Role] = &[Role::Inspector];
const SERVES: &[Role] = &[Role::Clerk, Role::Inspector, Role::Deliverer];
const HEADS: &[Role] = &[Role::Head];
const REPORTS: &[Role] = &[Role::Clerk, Role::Examiner, Role::Inspector, Role::Dispatcher, Role::Head];

const fn field(name: &'static str, zh: &'static str, en: &'static str, ask: Ask) -> Field {
    Field { name, zh, en, legend: None, ask, optional: false }
}

const fn maybe(name: &'static str, zh: &'static str, en: &'static str, ask: Ask) -> Field {
    Field { name, zh, en, legend: None, ask, optional: true }
}

const ON: Field = maybe("on", "日期（不填为今天）", "Date (today if left empty)", Ask::Day);
const STATEMENT: Field = field("statement", "陈述申辩或听证记录", "What was said", Ask::Words);
const OUTCOME: Field = field("outcome", "理由和依据", "Reason and legal basis", Ask::Words);
const OFFICERS: Field = field("officers", "执法人员", "Officers", Ask::Officers);
const OPINION: Field = field("opinion", "意见和理由", "Opinion and reason", Ask::Words);
const PUBLIC: Field = field("facts", "事实（将公开，不写个人信息）", "Facts (public: no personal data)", Ask::Words);

const RECEIVED: (&str, &str) = ("受送达人", "Who received it");
const DONE: (&str, &str) = ("时间和地点", "When and where");
const SERVED_BY: (&str, &str) = ("送达人和见证人", "Who served and saw it");
const SENT: (&str, &str) = ("邮寄或者电子送达", "By post or electronically");

const DELIVERY: &[Field] = &[
    field("paper", "文书", "Document", Ask::Papers),
    field("way", "送达方式", "Way", Ask::Ways),
    maybe("receiver", "签收人或者拒收人姓名（公告送达不填）", "Who received or refused it (not for a notice)", Ask::Line).under(RECEIVED),
    maybe("relation", "与受送达人的关系或者职务", "Relation to the organisation, or post", Ask::Line).under(RECEIVED),
    field("place", "送达地点（电子送达填地址，公告填发布处）", "Place (address if electronic, where a notice was published)", Ask::Line).under(DONE),
    maybe("on", "送达或者公告日期（不填为今天）", "Date of service or notice (today if left empty)", Ask::Day).under(DONE),
    maybe("time", "时间", "Time", Ask::Time).under(DONE),
    maybe("servers", "送达人（两人以顿号分开，不填为本人）", "Served by (two with a comma between; yourself if left empty)", Ask::Line).under(SERVED_BY),
    maybe("witness", "见证人", "Witness", Ask::Line).under(SERVED_BY),
    maybe("tracking", "邮件号", "Tracking number", Ask::Line).under(SENT),
    maybe("consent", "当事人同意电子送达并已签订确认书", "The organisation agreed in writing to electronic service", Ask::Yes).under(SENT),
];

/// The same where the document is known.
const SERVICE: &[Field] = DELIVERY.split_at(1).1;

const FILE: &[Field] = &[
    field("year", "报告年度", "Year of the report", Ask::Number),
    field("activities", "主要活动和业务", "Main activities", Ask::Words),
    field("income", "全年收入（元）", "Income of the year (yuan)", Ask::Amount),
    field("cost", "全年支出（元）", "Cost of the year (yuan)", Ask::Amount),
    field("assets", "年末净资产（元）", "Net assets at the end of the year (yuan)", Ask::Amount),
    maybe("donations", "接受捐赠（元）", "Donations received (yuan)", Ask::Amount),
    field("staff", "专职工作人员数", "Full-time staff", Ask::Number),
    maybe("members", "会员数", "Members", Ask::Number),
    maybe("party", "党组织情况", "Party organisation", Ask::Line),
    maybe("party_members", "中共党员数", "Party members", Ask::Number),
];

/// The same where the year is known.
const REPORT: &[Field] = FILE.split_at(1).1;

const COUNCIL: &[Field] = &[
    field("council", "理事总数", "Members of the council", Ask::Number),
    field("related", "来自同一组织或者有关联关系的理事数", "Of whom from one or related organisations", Ask::Number),
    maybe("relatives", "理事之间有近亲属关系", "Close relatives sit in it together", Ask::Yes),
    field("abroad", "非内地居民理事数", "Of whom not residents of the mainland", Ask::Number),
    maybe("mainland", "法定代表人是内地居民", "The legal representative is a resident of the mainland", Ask::Yes),
    maybe("full_time", "秘书长为专职", "The secretary-general is full-time", Ask::Yes),
    maybe("chair", "秘书长由理事长兼任", "The secretary-general is the chair as well", Ask::Yes),
    field("supervisors", "监事数", "Supervisors", Ask::Number),
];

impl Field {
    /// The question.
    pub fn label(&self) -> Text {
        Text::fixed(self.zh, self.en)
    }

    /// The same without what stands in brackets.
    pub fn short(&self) -> Text {
        let bare = |label: &'static str, bracket: &str| label.split_once(bracket).map_or(label, |(bare, _)| bare);
        Text::fixed(bare(self.zh, "（"), bare(self.en, " ("))
    }

    /// What the fields of its group are about; none where it stands alone.
    pub fn legend(&self) -> Option<Text> {
        self.legend.map(|(zh, en)| Text::fixed(zh, en))
    }

    const fn under(mut self, legend: (&'static str, &'static str)) -> Self {
        self.legend = Some(legend);
        self
    }
}

impl Act {
    /// As people read it.
    pub fn name(&self) -> Text {
        Text::fixed(self.zh, self.en)
    }

    const fn new(kind: Kind, code: &'static str, zh: &'static str, en: &'static str, from: &'static [State], to: Option<State>, roles: &'static [Role]) -> Self {
        Self { kind, code, zh, en, from, to, roles, own: false, unlike: &[], sure: false, fields: &[], paper: None, voids: None }
    }

    /// Recording how a document of such a proceeding was served.
    const fn deliver(kind: Kind, from: &'static [State]) -> Self {
        Self::new(kind, DELIVER, "登记文书送达", "Record that a document was served", from, None, SERVES).asks(DELIVERY).leaves(PaperKind::Service)
    }

    const fn own(mut self) -> Self {
        self.own = true;
        self
    }

    const fn sure(mut self) -> Self {
        self.sure = true;
        self
    }

    const fn unlike(mut self, acts: &'static [&'static str]) -> Self {
        self.unlike = acts;
        self
    }

    const fn leaves(mut self, paper: PaperKind) -> Self {
        self.paper = Some(paper);
        self
    }

    const fn voids(mut self, paper: PaperKind) -> Self {
        self.voids = Some(paper);
        self
    }

    const fn asks(mut self, fields: &'static [Field]) -> Self {
        self.fields = fields;
        self
    }
}

use State::{
    Applied, Closed, Clue, Corrected, Decided, Disputed, Dropped, Filed, Granted, Heard, Hearing, Informed, Investigated, Leaving, LegalReview, Listed, Noticed,
    Performed, Planned, Proposed, Published, Rated, Rectified, Rectifying, Refused, Removed, Returned, Served, ToReview, UnderReview, WithSupervisor, Withdrawn,
};

const LISTING: &[Act] = &[
    Act::new(Kind::Listing, OPEN, "提出列入", "Propose a listing", &[], Some(Proposed), EXAMINES).asks(&[
        field("reason", "情形", "Reason", Ask::Reasons),
        PUBLIC,
        maybe("arose_on", "情形发生日期（不填为今天）", "Arose on (today if left empty)", Ask::Day),
    ]),
    Act::new(Kind::Listing, "notice", "事先告知", "Notify the organisation", &[Proposed], Some(Noticed), TAKES).asks(&[ON]).leaves(PaperKind::ListingNotice),
    Act::new(Kind::Listing, "statement", "登记陈述申辩", "Record its answer", &[Noticed], Some(Heard), TAKES).own().asks(&[STATEMENT]),
    Act::new(Kind::Listing, "list", "决定列入", "Decide: list it", &[Noticed, Heard], Some(Listed), DECIDES).unlike(&[OPEN, "notice"]).sure().leaves(PaperKind::ListingDecision),
    Act::new(Kind::Listing, "drop", "不予列入", "Do not list it", &[Proposed, Noticed, Heard], Some(Dropped), DECIDES).unlike(&[OPEN]).asks(&[OUTCOME]).sure(),
    Act::new(Kind::Listing, "object", "登记异议", "Record an objection", &[Listed], Some(Disputed), TAKES).own().asks(&[field("objection", "异议内容", "What is objected", Ask::Words)]),
    Act::new(Kind::Listing, "uphold", "异议成立，更正", "The objection is right: correct", &[Disputed], Some(Corrected), DECIDES).unlike(&["list"]).asks(&[OUTCOME]).sure().voids(PaperKind::ListingDecision),
    Act::new(Kind::Listing, "overrule", "异议不成立", "The objection is wrong", &[Disputed], Some(Listed), DECIDES).unlike(&["list"]).asks(&[OUTCOME]),
    Act::new(Kind::Listing, "rectified", "核实整改", "Verify that it is put right", &[Listed], Some(Rectified), EXAMINES).asks(&[ON, OUTCOME]),
    Act::new(Kind::Listing, "leave", "申请移出", "Ask for removal", &[Listed], Some(Leaving), TAKES).own().asks(&[OUTCOME]),
    Act::new(Kind::Listing, "remove", "决定移出", "Decide: remove it", &[Rectified, Leaving], Some(Removed), DECIDES).unlike(&["rectified"]).sure().leaves(PaperKind::RemovalDecision),
    Act::new(Kind::Listing, "lapse", "期满移出", "Remove: its time is over", &[Listed], Some(Removed), DECIDES).sure().leaves(PaperKind::RemovalDecision),
    Act::new(Kind::Listing, "keep", "不予移出", "Do not remove it", &[Rectified, Leaving], Some(Listed), DECIDES).asks(&[OUTCOME]),
    Act::new(Kind::Listing, "breach", "登记新的情形", "Record a new breach", &[Listed], None, EXAMINES).asks(&[ON, PUBLIC]),
    Act::new(Kind::Listing, "escalate", "期满，转入严重违法失信名单", "Its time is over: moved to the serious list", &[Listed, Disputed], None, &[]).leaves(PaperKind::ListingDecision),
    Act::new(Kind::Listing, LIFT, "组织注销，列入终止", "The organisation was cancelled: the entry ends", &[Listed, Disputed, Rectified, Leaving], Some(Removed), &[]),
    Act::new(Kind::Listing, MOOT, "组织注销，不再列入", "The organisation was cancelled: it is not listed", &[Proposed, Noticed, Heard], Some(Dropped), &[]),
    Act::deliver(Kind::Listing, &[Noticed, Heard, Listed, Disputed, Rectified, Leaving, Removed, Corrected, Dropped]),
];

const PENALTY: &[Act] = &[
    Act::new(Kind::Penalty, OPEN, "登记线索", "Record a clue", &[], Some(Clue), REPORTS).asks(&[field("clue", "线索内容", "What is known", Ask::Words)]),
    Act::new(Kind::Penalty, "file", "立案", "Open the case", &[Clue], Some(Filed), HEADS).asks(&[OFFICERS]),
    Act::new(Kind::Penalty, "findings", "调查终结，拟处罚", "Findings and proposal", &[Filed], Some(LegalReview), INSPECTS).asks(&[
        PUBLIC,
        field("evidence", "证据", "Evidence", Ask::Words),
        field("basis", "处罚依据（法规和条款）", "Law and article", Ask::Line),
        field("kinds", "处罚种类", "Kinds of penalty", Ask::Penalties),
        maybe("turnover", "违法经营额（元）", "Unlawful turnover (yuan)", Ask::Amount),
        maybe("gain", "违法所得（元）", "Unlawful gain (yuan)", Ask::Amount),
        maybe("fine", "罚款（元）", "Fine (yuan)", Ask::Amount),
        maybe("stop_from", "停止活动自", "Activities stopped from", Ask::Day),
        maybe("stop_to", "停止活动至", "Activities stopped until", Ask::Day),
    ]),
    Act::new(Kind::Penalty, "extend", "批准延期", "Extend the period", &[Filed, LegalReview, Informed, Hearing, Heard], None, HEADS)
        .asks(&[field("until", "延长至", "Until", Ask::Day), OUTCOME]),
    Act::new(Kind::Penalty, "back", "退回补充调查", "Send back", &[LegalReview], Some(Filed), REVIEWS).unlike(&["findings"]).asks(&[OUTCOME]),
    Act::new(Kind::Penalty, "pass", "审核通过，告知当事人", "Review passed: inform the organisation", &[LegalReview], Some(Informed), REVIEWS).unlike(&["findings"]).asks(&[ON]).leaves(PaperKind::PenaltyNotice),
    Act::new(Kind::Penalty, "statement", "登记陈述申辩", "Record its answer", &[Informed], Some(Heard), TAKES).own().asks(&[STATEMENT]),
    Act::new(Kind::Penalty, "hearing", "要求听证", "Ask for a hearing", &[Informed], Some(Hearing), TAKES).own().asks(&[ON]),
    Act::new(Kind::Penalty, "summon", "通知听证", "Notice of the hearing", &[Hearing], None, REVIEWS).asks(&[field("hearing_on", "听证日期", "Day of the hearing", Ask::Day)]).leaves(PaperKind::HearingNotice),
    Act::new(Kind::Penalty, "held", "听证结束", "The hearing was held", &[Hearing], Some(Heard), REVIEWS).unlike(&["findings"]).asks(&[STATEMENT]),
    Act::new(Kind::Penalty, "decide", "作出处罚决定", "Decide", &[Informed, Heard], Some(Decided), DECIDES).unlike(&["findings", "pass"]).asks(&[maybe("fine", "罚款（元，与拟处罚不同时填写）", "Fine (yuan, where it differs from the proposal)", Ask::Amount)]).sure().leaves(PaperKind::PenaltyDecision),
    Act::new(Kind::Penalty, "serve", "送达", "Serve the decision", &[Decided], Some(Served), SERVES).asks(SERVICE).leaves(PaperKind::Service),
    Act::new(Kind::Penalty, "pay", "登记缴款", "Record a payment", &[Served], None, &[Role::Cashier, Role::Clerk]).asks(&[field("paid", "缴款（元）", "Paid (yuan)", Ask::Amount), ON]),
    Act::new(Kind::Penalty, "perform", "登记履行完毕", "Record that it was performed", &[Served], Some(Performed), INSPECTS).asks(&[OUTCOME]),
    Act::new(Kind::Penalty, "publish", "公示处罚决定", "Publish the decision", &[Decided, Served, Performed, Closed], None, EXAMINES).sure(),
    Act::new(Kind::Penalty, "resume", "期满整改合格，恢复活动", "Term over and put right: activities go on", &[Served, Performed, Closed], None, DECIDES).asks(&[OUTCOME]),
    Act::new(Kind::Penalty, "close", "结案", "Close the case", &[Performed], Some(Closed), HEADS),
    Act::new(Kind::Penalty, "annul", "决定被撤销，撤回公示", "Annulled: withdraw the publication", &[Decided, Served, Performed, Closed], Some(Withdrawn), HEADS).asks(&[OUTCOME]).sure().voids(PaperKind::PenaltyDecision),
    Act::new(Kind::Penalty, "drop", "撤销案件", "Drop the case", &[Clue, Filed], Some(Dropped), HEADS).asks(&[OUTCOME]).sure(),
    Act::deliver(Kind::Penalty, &[Informed, Hearing, Heard, Decided, Served, Performed, Closed, Withdrawn]),
];

const ANNUAL: &[Act] = &[
    Act::new(Kind::Annual, OPEN, "报送年度工作报告", "File the annual report", &[], Some(WithSupervisor), TAKES).own().asks(FILE),
    Act::new(Kind::Annual, "agree", "主管单位初审同意", "The supervising unit agrees", &[WithSupervisor], Some(ToReview), REVIEWS).asks(&[maybe("opinion", "初审意见", "Opinion", Ask::Words)]),
    Act::new(Kind::Annual, "return", "退回修改", "Return it", &[WithSupervisor, ToReview], Some(Returned), &[Role::Reviewer, Role::Examiner]).asks(&[OPINION]),
    Act::new(Kind::Annual, "refile", "重新报送", "File it again", &[Returned], Some(WithSupervisor), TAKES).own().asks(REPORT),
    Act::new(Kind::Annual, "conclude", "作出结论并公布", "Conclude and publish", &[ToReview], Some(Published), &[Role::Examiner, Role::Approver])
        .unlike(&["agree"])
        .asks(&[field("result", "结论", "Conclusion", Ask::Results), PUBLIC]).leaves(PaperKind::AnnualConclusion),
    Act::new(Kind::Annual, "correct", "更正结论", "Correct the conclusion", &[Published, Corrected], Some(Corrected), DECIDES)
        .unlike(&["conclude"])
        .asks(&[field("result", "结论", "Conclusion", Ask::Results), PUBLIC]).leaves(PaperKind::AnnualConclusion).voids(PaperKind::AnnualConclusion),
    Act::deliver(Kind::Annual, &[Published, Corrected]),
];

const EVALUATION: &[Act] = &[
    Act::new(Kind::Evaluation, OPEN, "申请评估", "Apply for an evaluation", &[], Some(Applied), TAKES).own().asks(&[maybe("opinion", "说明", "Remarks", Ask::Words)]),
    Act::new(Kind::Evaluation, "rate", "评分", "Rate", &[Applied], Some(Rated), &[Role::Examiner]).asks(&[
        field("score", "得分（满分1000）", "Points (of 1,000)", Ask::Number),
        field("level", "等级", "Level", Ask::Levels),
        OPINION,
    ]),
    Act::new(Kind::Evaluation, "approve", "审定并公布等级", "Approve and publish", &[Rated], Some(Published), DECIDES).unlike(&["rate"]).sure().leaves(PaperKind::Evaluation),
    Act::new(Kind::Evaluation, "refuse", "不予评定", "Refuse", &[Applied, Rated], Some(Refused), DECIDES).asks(&[OPINION]),
    Act::new(Kind::Evaluation, "review", "申请复核", "Ask for a review", &[Published], Some(UnderReview), TAKES).own().asks(&[OPINION]),
    Act::new(Kind::Evaluation, "settle", "复核决定", "Decide on the review", &[UnderReview], Some(Published), DECIDES).unlike(&["rate", "approve"]).asks(&[
        field("score", "得分（满分1000）", "Points (of 1,000)", Ask::Number),
        field("level", "等级", "Level", Ask::Levels),
        OPINION,
    ]).leaves(PaperKind::Evaluation).voids(PaperKind::Evaluation),
    Act::new(Kind::Evaluation, LIFT, "组织终止，等级终止，证书收回", "The organisation has ended: so does its level, the certificate is taken back", &[Published, UnderReview], Some(Closed), &[])
        .voids(PaperKind::Evaluation),
    Act::new(Kind::Evaluation, MOOT, "组织终止，不再评估", "The organisation has ended: it is not evaluated", &[Applied, Rated], Some(Dropped), &[]),
    Act::deliver(Kind::Evaluation, &[Published, UnderReview]),
];

const FUNDRAISING: &[Act] = &[
    Act::new(Kind::Fundraising, OPEN, "申请公开募捐资格", "Apply for the qualification", &[], Some(Applied), TAKES).own().asks(COUNCIL),
    Act::new(Kind::Fundraising, "grant", "准予", "Grant it", &[Applied], Some(Granted), DECIDES).unlike(&[OPEN]).sure().leaves(PaperKind::Fundraising),
    Act::new(Kind::Fundraising, "refuse", "不予准予", "Refuse it", &[Applied], Some(Refused), DECIDES).asks(&[OPINION]).sure(),
    Act::new(Kind::Fundraising, "end", "取消资格", "End it", &[Granted], Some(Closed), DECIDES).asks(&[OPINION]).sure().voids(PaperKind::Fundraising),
    Act::new(Kind::Fundraising, LIFT, "组织终止，资格终止，证书收回", "The organisation has ended: so does the qualification, the certificate is taken back", &[Granted], Some(Closed), &[])
        .voids(PaperKind::Fundraising),
    Act::new(Kind::Fundraising, MOOT, "组织终止，不再办理", "The organisation has ended: nothing is decided", &[Applied], Some(Dropped), &[]),
    Act::deliver(Kind::Fundraising, &[Granted, Closed]),
];

const ILLEGAL: &[Act] = &[
    Act::new(Kind::Illegal, OPEN, "登记非法社会组织线索", "Record an illegal organisation", &[], Some(Clue), REPORTS).asks(&[
        field("name", "名称", "Name", Ask::Line),
        field("kind", "情形", "What makes it illegal", Ask::IllegalKinds),
        field("region", "活动发生地（县级区划代码）", "Where it acts (code of the county)", Ask::Line),
        field("clue", "线索内容", "What is known", Ask::Words),
        maybe("community", "是由街道（乡镇）指导管理的社区社会组织", "It is a community group guided by its street office", Ask::Yes),
    ]),
    Act::new(Kind::Illegal, "investigate", "开始调查", "Look into it", &[Clue], Some(Investigated), &[Role::Head, Role::Inspector]),
    Act::new(Kind::Illegal, "decide", "作出处理决定", "Decide", &[Investigated], Some(Decided), DECIDES).unlike(&["investigate"]).asks(&[
        field("disposition", "处理方式", "What is done", Ask::Dispositions),
        PUBLIC,
        ON,
    ]),
    Act::new(Kind::Illegal, "publish", "公布", "Publish", &[Decided], Some(Published), &[Role::Approver, Role::Examiner]).sure(),
    Act::new(Kind::Illegal, "withdraw", "撤回公布", "Withdraw", &[Published], Some(Withdrawn), DECIDES).asks(&[OUTCOME]).sure(),
    Act::new(Kind::Illegal, "drop", "不属于非法社会组织", "It is not illegal", &[Clue, Investigated], Some(Dropped), DECIDES).asks(&[OUTCOME]),
];

const INSPECTION: &[Act] = &[
    Act::new(Kind::Inspection, OPEN, "安排检查", "Plan an inspection", &[], Some(Planned), &[Role::Head, Role::Inspector]).asks(&[field("source", "检查事由（计划、专项、投诉）", "Why: plan, topic, complaint", Ask::Line), OFFICERS]),
    Act::new(Kind::Inspection, "passed", "未发现问题", "Nothing was found", &[Planned], Some(Closed), INSPECTS).asks(&[ON, field("found", "检查情况", "What was seen", Ask::Words)]).leaves(PaperKind::InspectionResult),
    Act::new(Kind::Inspection, "order", "责令限期整改", "Order to put right", &[Planned], Some(Rectifying), INSPECTS).asks(&[
        ON,
        field("found", "检查情况", "What was seen", Ask::Words),
        field("order", "整改要求", "What is to be put right", Ask::Words),
        maybe("rectify_by", "整改期限（不填按规定期限）", "Until (the usual period if left empty)", Ask::Day),
    ]).leaves(PaperKind::RectifyOrder),
    Act::new(Kind::Inspection, "rectified", "整改合格", "Put right", &[Rectifying], Some(Closed), INSPECTS).asks(&[OUTCOME]).leaves(PaperKind::InspectionResult),
    Act::new(Kind::Inspection, "unmet", "逾期未整改，提出列入异常名录", "Not put right in time: propose a listing", &[Rectifying], Some(Closed), INSPECTS).asks(&[OUTCOME]),
    Act::new(Kind::Inspection, "case", "涉嫌违法，转为处罚线索", "A breach: make it a clue for a penalty", &[Planned, Rectifying], Some(Closed), INSPECTS).asks(&[OUTCOME]),
    Act::deliver(Kind::Inspection, &[Rectifying, Closed]),
];

/// Every act of a kind of proceeding, in the order of the buttons.
pub fn acts(kind: Kind) -> &'static [Act] {
    match kind {
        Kind::Listing => LISTING,
        Kind::Penalty => PENALTY,
        Kind::Annual => ANNUAL,
        Kind::Evaluation => EVALUATION,
        Kind::Fundraising => FUNDRAISING,
        Kind::Illegal => ILLEGAL,
        Kind::Inspection => INSPECTION,
    }
}

/// The act with this name.
pub fn act(kind: Kind, code: &str) -> Option<&'static Act> {
    acts(kind).iter().find(|act| act.code == code)
}

/// What can be done from a state.
pub fn acts_from(kind: Kind, state: State) -> impl Iterator<Item = &'static Act> {
    acts(kind).iter().filter(move |act| act.from.contains(&state))
}

/// The states that a proceeding of a kind may be in.
pub fn states_of(kind: Kind) -> impl Iterator<Item = State> {
    State::ALL.iter().copied().filter(move |state| acts(kind).iter().any(|act| act.to == Some(*state) || act.from.contains(state)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_opens_once_and_every_open_state_has_a_way_on() {
        for kind in Kind::ALL.iter().copied() {
            assert_eq!(acts(kind).iter().filter(|act| act.from.is_empty()).count(), 1, "{kind:?}");
            for state in acts(kind).iter().filter_map(|act| act.to).filter(|state| state.is_open()) {
                assert!(acts_from(kind, state).any(|act| !act.roles.is_empty() && act.code != DELIVER), "{kind:?} {state:?}");
            }
            for act in acts(kind) {
                for other in act.unlike {
                    assert!(acts(kind).iter().any(|one| one.code == *other), "{other}");
                }
                assert_eq!(acts(kind).iter().filter(|one| one.code == act.code).count(), 1, "{}", act.code);
            }
        }
    }

    #[test]
    fn every_state_belongs_to_a_kind_and_only_what_a_kind_has_is_offered() {
        assert!(State::ALL.iter().all(|state| Kind::ALL.iter().any(|kind| states_of(*kind).any(|one| one == *state))));
        let inspection: Vec<_> = states_of(Kind::Inspection).collect();
        assert_eq!(inspection, [Planned, Rectifying, Closed]);
    }

    #[test]
    fn d_3_whatever_is_under_way_of_what_ends_with_an_organisation_has_an_act_for_its_end() {
        for kind in [Kind::Listing, Kind::Evaluation, Kind::Fundraising] {
            for state in states_of(kind).filter(|state| state.is_open() || matches!(state, Granted)) {
                assert_eq!(acts_from(kind, state).filter(|act| [LIFT, MOOT].contains(&act.code)).count(), 1, "{kind:?} {state:?}");
            }
        }
    }

    #[test]
    fn what_is_asked_of_a_report_and_of_a_service_again_is_the_same_without_the_first_field() {
        assert!((REPORT[0].name, REPORT.len()) == ("activities", 9) && (SERVICE[0].name, SERVICE.len()) == ("way", 10));
        assert!(!OVERSEERS.contains(&Role::Deliverer) && OVERSEERS.len() + 1 == READERS.len());
        assert_eq!((FILE[2].short(), SERVICE[4].short()), (Text::fixed("全年收入", "Income of the year"), Text::fixed("送达或者公告日期", "Date of service or notice")));
    }

    #[test]
    fn d_r18_and_d_r22_nobody_decides_what_he_proposed() {
        for (kind, code) in [(Kind::Listing, "list"), (Kind::Penalty, "decide"), (Kind::Evaluation, "approve"), (Kind::Fundraising, "grant"), (Kind::Illegal, "decide")] {
            let act = act(kind, code).expect("an act");
            assert!(!act.unlike.is_empty() && act.roles == DECIDES, "{kind:?} {code}");
        }
    }
}
