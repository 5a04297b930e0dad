//! The kinds of documents.

kernel::coded! {
    /// What a document of supervision is.
    PaperKind {
        /// 列入名录事先告知书
        ListingNotice = "listing-notice", "列入名录事先告知书", "Prior notice of a listing";
        /// 列入名录决定书
        ListingDecision = "listing-decision", "列入名录决定书", "Decision to list";
        /// 移出名录决定书
        RemovalDecision = "removal-decision", "移出名录决定书", "Decision to remove from a list";
        /// 行政处罚事先告知书
        PenaltyNotice = "penalty-notice", "行政处罚事先告知书", "Prior notice of a penalty";
        /// 行政处罚听证通知书
        HearingNotice = "hearing-notice", "行政处罚听证通知书", "Notice of a hearing";
        /// 行政处罚决定书
        PenaltyDecision = "penalty-decision", "行政处罚决定书", "Penalty decision";
        /// 责令限期整改通知书
        RectifyOrder = "rectify-order", "责令限期整改通知书", "Order to put right";
        /// 检查结果告知书
        InspectionResult = "inspection-result", "检查结果告知书", "Result of an inspection";
        /// 年度工作报告审查结论书
        AnnualConclusion = "annual-conclusion", "年度工作报告审查结论书", "Conclusion on an annual report";
        /// 社会组织评估等级证书
        Evaluation = "evaluation", "社会组织评估等级证书", "Certificate of evaluation";
        /// 慈善组织公开募捐资格证书
        Fundraising = "fundraising", "慈善组织公开募捐资格证书", "Certificate for public fundraising";
        /// 送达回证
        Service = "service", "送达回证", "Record of service";
    }
}

impl PaperKind {
    /// 文种: what stands for the kind in a number. No two kinds share one, and none is one of a case's documents.
    pub fn sign(self) -> &'static str {
        match self {
            Self::ListingNotice => "列告",
            Self::ListingDecision => "列",
            Self::RemovalDecision => "移",
            Self::PenaltyNotice => "罚告",
            Self::HearingNotice => "听",
            Self::PenaltyDecision => "罚",
            Self::RectifyOrder => "改",
            Self::InspectionResult => "检",
            Self::AnnualConclusion => "年",
            Self::Evaluation => "评",
            Self::Fundraising => "募",
            Self::Service => "回证",
        }
    }

    /// The name of its template; a bureau may put its own in its place.
    pub fn template(self) -> String {
        format!("supervision-{}", self.code())
    }

    /// It goes to the organisation; a record of service stays in the file.
    pub(crate) fn is_sent(self) -> bool {
        self != Self::Service
    }

    /// Its number is that of the decision in the proceeding and in public.
    pub(crate) fn decides(self) -> bool {
        matches!(self, Self::ListingDecision | Self::PenaltyDecision | Self::Evaluation | Self::Fundraising)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_sign() {
        let mut signs: Vec<_> = PaperKind::ALL.iter().map(|kind| kind.sign()).collect();
        signs.extend(casework::papers::Kind::ALL.map(casework::papers::Kind::sign));
        let all = signs.len();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), all);
    }
}
