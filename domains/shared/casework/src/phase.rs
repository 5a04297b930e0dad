//! The phases of the common life-cycle (OVP P2.3).

use kernel::Text;

/// Where a case stands in the life-cycle that all services share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 草稿.
    Draft,
    /// 已提交.
    Submitted,
    /// 预审.
    Precheck,
    /// 收件.
    Received,
    /// 补正.
    Correction,
    /// 受理.
    Accepted,
    /// 审查.
    Examination,
    /// 中止 (特别程序).
    Suspended,
    /// 审核.
    Review,
    /// 决定.
    Decision,
    /// 制证.
    Making,
    /// 送达.
    Delivery,
    /// 办结.
    Finished,
    /// 不予受理.
    NotAccepted,
    /// 不予.
    Refused,
    /// 撤回.
    Withdrawn,
    /// 终止.
    Terminated,
    /// 归档.
    Archived,
    /// 撤销 after the case was finished.
    Revoked,
}

impl Phase {
    /// Every phase, in the order of the life-cycle.
    pub const ALL: [Self; 19] = [
        Self::Draft,
        Self::Submitted,
        Self::Precheck,
        Self::Received,
        Self::Correction,
        Self::Accepted,
        Self::Examination,
        Self::Suspended,
        Self::Review,
        Self::Decision,
        Self::Making,
        Self::Delivery,
        Self::Finished,
        Self::NotAccepted,
        Self::Refused,
        Self::Withdrawn,
        Self::Terminated,
        Self::Archived,
        Self::Revoked,
    ];

    /// The code under which the phase is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Precheck => "precheck",
            Self::Received => "received",
            Self::Correction => "correction",
            Self::Accepted => "accepted",
            Self::Examination => "examination",
            Self::Suspended => "suspended",
            Self::Review => "review",
            Self::Decision => "decision",
            Self::Making => "making",
            Self::Delivery => "delivery",
            Self::Finished => "finished",
            Self::NotAccepted => "not_accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Terminated => "terminated",
            Self::Archived => "archived",
            Self::Revoked => "revoked",
        }
    }

    /// The phase stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// Whether nothing more is to be done in the case itself.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Self::Finished | Self::NotAccepted | Self::Refused | Self::Withdrawn | Self::Terminated | Self::Archived | Self::Revoked
        )
    }

    /// The phase's name in both languages.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Draft => ("草稿", "Draft"),
            Self::Submitted => ("已提交", "Submitted"),
            Self::Precheck => ("预审", "Pre-check"),
            Self::Received => ("收件", "Received"),
            Self::Correction => ("待补正", "To be corrected"),
            Self::Accepted => ("已受理", "Accepted"),
            Self::Examination => ("审查", "Under examination"),
            Self::Suspended => ("中止", "Suspended"),
            Self::Review => ("审核", "Under review"),
            Self::Decision => ("待决定", "To be decided"),
            Self::Making => ("制证", "Certificate being made"),
            Self::Delivery => ("送达", "Being delivered"),
            Self::Finished => ("已办结", "Finished"),
            Self::NotAccepted => ("不予受理", "Not accepted"),
            Self::Refused => ("不予", "Refused"),
            Self::Withdrawn => ("已撤回", "Withdrawn"),
            Self::Terminated => ("已终止", "Terminated"),
            Self::Archived => ("已归档", "Archived"),
            Self::Revoked => ("已撤销", "Revoked"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_comes_back_from_its_code() {
        for phase in Phase::ALL {
            assert_eq!(Phase::from_code(phase.code()), Some(phase));
        }
        assert_eq!(Phase::from_code("nothing"), None);
    }
}
