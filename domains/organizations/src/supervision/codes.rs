//! Closed lists of supervision: kinds of proceedings, where they stand, lists, penalties, results, levels.

use serde::{Deserialize, Serialize};

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
