//! Code lists of the item standard (GB/T 39046 annex A and common practice): a name in files, a code in exchange.

use serde::{Deserialize, Serialize};

/// A list of codes: its values are written in snake case in files, `code()` is the standard's code.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident $values:tt) => {
        kernel::coded! {
            $(#[$doc])*
            #[derive(Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            $name $values
        }
    };
}

listed! {
    /// 事项类型, GB/T 39046 A.1.
    ItemKind {
        /// A licence to do something.
        Licence = "01", "行政许可", "Licence";
        /// A penalty.
        Penalty = "02", "行政处罚", "Penalty";
        /// A coercive measure.
        Coercion = "03", "行政强制", "Coercive measure";
        /// A levy.
        Levy = "04", "行政征收", "Levy";
        /// A benefit in money or kind.
        Benefit = "05", "行政给付", "Benefit";
        /// An inspection.
        Inspection = "06", "行政检查", "Inspection";
        /// A fact or status is confirmed, as in civil registration.
        Confirmation = "07", "行政确认", "Confirmation";
        /// A reward.
        Reward = "08", "行政奖励", "Reward";
        /// A ruling between parties.
        Ruling = "09", "行政裁决", "Ruling";
        /// Any other administrative power.
        Other = "10", "其他行政权力", "Other administrative power";
        /// A public service.
        PublicService = "20", "公共服务", "Public service";
    }
}

listed! {
    /// 行使层级, GB/T 39046 A.2.
    Level {
        /// The nation.
        National = "1", "国家级", "National";
        /// A province.
        Province = "2", "省级", "Province";
        /// A city.
        City = "3", "市级", "City";
        /// A county or district.
        County = "4", "县级", "County";
        /// A township or street.
        Town = "5", "镇（乡、街道）级", "Township";
        /// A village or community.
        Village = "6", "村（社区）级", "Village";
        /// Split between levels.
        Split = "7", "分级管理", "Split between levels";
    }
}

listed! {
    /// 服务对象, GB/T 39046 A.4.
    Audience {
        /// Natural persons.
        Person = "1", "自然人", "Individuals";
        /// Companies.
        Company = "2", "企业法人", "Companies";
        /// Public institutions.
        Institution = "3", "事业法人", "Public institutions";
        /// Social organisations.
        SocialOrganisation = "4", "社会组织法人", "Social organisations";
        /// Government bodies.
        Government = "5", "行政机关", "Government bodies";
        /// Others.
        Other = "6", "其他组织", "Other organisations";
    }
}

listed! {
    /// 办理形式, GB/T 39046 A.5.
    Channel {
        /// At a counter.
        Counter = "1", "窗口办理", "At a counter";
        /// On the web.
        Web = "2", "电脑网办", "Online";
        /// On a phone.
        Mobile = "3", "移动端办理", "On a phone";
        /// By courier.
        Courier = "4", "快递申请", "By courier";
        /// Another way.
        Other = "9", "其他", "Other";
    }
}

listed! {
    /// 办件类型, GB/T 39046 A.6.
    Handling {
        /// Done while the applicant is there.
        Immediate = "1", "即办件", "Done on the spot";
        /// Done within a promised limit.
        Promised = "2", "承诺件", "Done within a promised time";
        /// Something else.
        Other = "9", "其他", "Other";
    }
}

listed! {
    /// 权力来源.
    PowerSource {
        /// By law at this level.
        Own = "1", "法定本级行使", "By law at this level";
        /// Handed down by a higher level.
        HandedDown = "2", "上级下放", "Handed down";
        /// Granted by a higher level.
        Granted = "3", "上级授权", "Granted by a higher level";
        /// Granted by the same level.
        SameLevel = "4", "同级授权", "Granted at the same level";
        /// Entrusted.
        Entrusted = "5", "委托", "Entrusted";
        /// Other.
        Other = "9", "其他", "Other";
    }
}

listed! {
    /// 实施主体性质, GB/T 39046 A.3.
    BodyKind {
        /// An authority named by law.
        Statutory = "1", "法定机关", "Statutory authority";
        /// An organisation authorised by law.
        Authorised = "2", "授权组织", "Authorised organisation";
        /// An organisation entrusted by an authority.
        Entrusted = "3", "受委托组织", "Entrusted organisation";
        /// Other.
        Other = "9", "其他", "Other";
    }
}

listed! {
    /// 时限单位 (K6).
    LimitUnit {
        /// Days that are neither weekends nor holidays.
        WorkingDay = "1", "个工作日", "working days";
        /// Calendar days.
        Day = "2", "日", "days";
        /// Hours.
        Hour = "3", "小时", "hours";
        /// Months.
        Month = "4", "个月", "months";
        /// Years.
        Year = "5", "年", "years";
    }
}

listed! {
    /// 网上办理深度.
    OnlineDepth {
        /// Information only.
        Consult = "1", "互联网咨询", "Information";
        /// Papers received online.
        Receive = "2", "收件", "Papers received";
        /// Papers checked beforehand.
        Precheck = "3", "预审", "Checked beforehand";
        /// Accepted online.
        Accept = "4", "受理", "Accepted online";
        /// Handled online.
        Handle = "5", "办理", "Handled online";
        /// The result is told online.
        Result = "6", "结果信息反馈", "Result told online";
        /// The result is an electronic licence.
        Licence = "7", "电子证照反馈", "Electronic licence";
    }
}

listed! {
    /// 网上办理深度等级: grade Ⅳ means that everything is done online.
    OnlineGrade {
        /// Information only.
        One = "1", "Ⅰ级", "Grade I";
        /// Papers received or checked online.
        Two = "2", "Ⅱ级", "Grade II";
        /// Accepted online, one visit.
        Three = "3", "Ⅲ级", "Grade III";
        /// Everything online.
        Four = "4", "Ⅳ级（全程网办）", "Grade IV (fully online)";
    }
}

listed! {
    /// 通办范围, GB/T 39046 table 4 no 33.
    Scope {
        /// Any office of the country.
        National = "1", "全国通办", "Any office in the country";
        /// Several provinces.
        Provinces = "2", "跨省通办", "Across provinces";
        /// Several cities.
        Cities = "3", "跨市通办", "Across cities";
        /// Several counties.
        Counties = "4", "跨县通办", "Across counties";
    }
}

listed! {
    /// 审批结果类型.
    ResultKind {
        /// A certificate is issued.
        Certificate = "10", "出证办结", "Certificate";
        /// A document is issued.
        Document = "20", "出文办结", "Document";
        /// A decision alone.
        Decision = "30", "审批办结", "Decision";
        /// Something else.
        Other = "99", "其他", "Other";
    }
}

listed! {
    /// 送达方式.
    Delivery {
        /// At the counter.
        Counter = "1", "窗口领取", "At the counter";
        /// By post.
        Post = "2", "邮寄", "By post";
        /// Electronically.
        Electronic = "3", "电子送达", "Electronically";
        /// At home.
        Home = "4", "上门", "At home";
        /// By public notice.
        Notice = "5", "公告", "By public notice";
    }
}

listed! {
    /// 材料类型.
    PaperKind {
        /// The original is checked and handed back, or kept.
        Original = "1", "原件", "Original";
        /// A copy is kept.
        Copy = "2", "复印件", "Copy";
        /// Both.
        Both = "3", "原件和复印件", "Original and copy";
    }
}

listed! {
    /// 材料形式.
    PaperForm {
        /// On paper.
        Paper = "1", "纸质", "Paper";
        /// Electronic.
        Electronic = "2", "电子", "Electronic";
        /// Either.
        Either = "3", "纸质或电子", "Paper or electronic";
    }
}

listed! {
    /// 来源渠道.
    PaperSource {
        /// The applicant has or writes it.
        Applicant = "10", "申请人自备", "Your own";
        /// A government body issued it.
        Government = "20", "政府部门核发", "Issued by government";
        /// Another source.
        Other = "99", "其他", "Other";
    }
}

listed! {
    /// 必要性.
    Necessity {
        /// Without it nothing is accepted.
        Required = "1", "必要", "Required";
        /// Not needed.
        Optional = "2", "非必要", "Not required";
        /// May be handed in later.
        Later = "3", "容缺后补", "May follow later";
    }
}

listed! {
    /// Who may not be the same person in one case: an element of the published item.
    Separation {
        /// Nobody is kept apart: facts confirmed on the spot by one registrar.
        None = "0", "无（当场确认）", "None (confirmed on the spot)";
        /// Who accepts does not decide.
        AcceptorDecider = "1", "受理与决定分离", "Who accepts does not decide";
        /// Who reviews does not approve.
        ReviewerApprover = "2", "审核与审批分离", "Who reviews does not approve";
    }
}

listed! {
    /// How sure the source of a legal basis is.
    Certainty {
        /// The text was read.
        Read = "read", "已核对原文", "Text read";
        /// Known from practice.
        Known = "known", "据实务", "Known from practice";
        /// The rule is certain, the article's number is not: it is not printed.
        ArticleUnsure = "article_unsure", "条款号待核", "Article number to be verified";
    }
}

listed! {
    /// A step of a form, beside which questions are shown.
    FormStep {
        /// Choosing office and time.
        Booking = "booking", "选时间和地点", "Choosing office and time";
        /// Who the parties are.
        Party = "party", "填写当事人信息", "Who the parties are";
        /// What is applied for, and on which facts.
        Application = "application", "申请", "The application";
        /// What both agree on.
        Agreement = "agreement", "协议", "The agreement";
        /// What is said and signed before the registrar.
        Statement = "statement", "声明和签名", "Declaring and signing";
        /// The second visit.
        SecondVisit = "second_visit", "第二次到场", "The second visit";
    }
}
