//! Kinds, grounds and ids.

use kernel::Id;

use crate::limits::Limit;

/// Marker of a complaint, of whatever kind.
#[derive(Debug)]
pub struct Complaint;
/// Id of a complaint.
pub type ComplaintId = Id<Complaint>;
/// Marker of a reply.
#[derive(Debug)]
pub struct ComplaintReply;
/// Id of a reply.
pub type ReplyId = Id<ComplaintReply>;

kernel::coded! {
    /// What somebody wants (P4).
    Kind {
        /// 1 咨询
        Consult = "consult", "咨询", "Question";
        /// 2 建议
        Suggest = "suggest", "建议", "Suggestion";
        /// 3 求助
        Help = "help", "求助", "Call for help";
        /// 4 投诉
        Complain = "complain", "投诉", "Complaint";
        /// 5 举报
        Report = "report", "举报", "Report of wrongdoing";
        /// 6 信访
        Petition = "petition", "信访", "Petition";
        /// 政府信息公开申请, another procedure with its own clock (P4-12).
        Disclosure = "disclosure", "政府信息公开申请", "Request for disclosure";
    }
}

impl Kind {
    /// The limit for the reply.
    pub fn limit(self, stock: bool) -> Limit {
        match self {
            Self::Consult if stock => Limit::Stock,
            Self::Consult => Limit::Consult,
            Self::Suggest => Limit::Suggest,
            Self::Help => Limit::Help,
            Self::Complain => Limit::Complain,
            Self::Report => Limit::Report,
            Self::Petition => Limit::Petition,
            Self::Disclosure => Limit::Disclosure,
        }
    }

    /// The limit by which it may be extended once, if it may.
    pub fn extension(self) -> Option<Limit> {
        match self {
            Self::Suggest => Some(Limit::ExtendSuggest),
            Self::Help => Some(Limit::ExtendHelp),
            Self::Complain => Some(Limit::ExtendComplain),
            Self::Petition => Some(Limit::ExtendPetition),
            Self::Disclosure => Some(Limit::ExtendDisclosure),
            Self::Consult | Self::Report => None,
        }
    }

    /// The limit for accepting or refusing.
    pub fn acceptance(self) -> Limit {
        if self == Self::Petition { Limit::AcceptPetition } else { Limit::Accept }
    }

    /// Whether questions and answers of this kind may be published (P4-10).
    pub fn is_publishable(self) -> bool {
        matches!(self, Self::Consult | Self::Suggest)
    }
}

kernel::coded! {
    /// Why something is not accepted (P4-5).
    Ground {
        /// 诉讼、仲裁
        Court = "court", "已进入诉讼或仲裁程序", "Before a court or an arbitrator";
        /// 行政复议
        Review = "review", "已进入行政复议程序", "Under administrative review";
        /// 信息公开
        Disclosure = "disclosure", "属于政府信息公开程序", "A matter of disclosure of information";
        /// 信访
        Petition = "petition", "已由信访程序受理", "Already a petition";
        /// 国家秘密、商业秘密、个人隐私
        Secret = "secret", "涉及国家秘密、商业秘密或个人隐私", "Touches secrets or privacy";
        /// 已依法办结
        Handled = "handled", "已依法办结，没有新的事实", "Lawfully dealt with, nothing new";
        /// 不属于职责
        NotOurs = "not_ours", "不属于本机关职责", "Not within our duties";
    }
}
