//! The kinds of numbered documents of a case (OVP P2.6).

use kernel::Text;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 收件凭证.
    Receipt,
    /// 受理通知书.
    Acceptance,
    /// 不予受理通知书.
    Rejection,
    /// 补正告知书.
    Correction,
    /// 延期通知书.
    Extension,
    /// 特别程序告知书.
    Special,
    /// 准予决定书.
    Grant,
    /// 不予决定书.
    Refusal,
    /// 撤回确认.
    Withdrawal,
    /// 终止通知书.
    Termination,
    /// 送达回证.
    Service,
    /// 归档目录.
    Index,
}

impl Kind {
    /// Every kind, in the order of a case's life.
    pub const ALL: [Self; 12] = [
        Self::Receipt,
        Self::Acceptance,
        Self::Rejection,
        Self::Correction,
        Self::Extension,
        Self::Special,
        Self::Grant,
        Self::Refusal,
        Self::Withdrawal,
        Self::Termination,
        Self::Service,
        Self::Index,
    ];

    /// The code under which it is stored; also the end of its template's name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Acceptance => "acceptance",
            Self::Rejection => "rejection",
            Self::Correction => "correction",
            Self::Extension => "extension",
            Self::Special => "special",
            Self::Grant => "grant",
            Self::Refusal => "refusal",
            Self::Withdrawal => "withdrawal",
            Self::Termination => "termination",
            Self::Service => "service",
            Self::Index => "index",
        }
    }

    /// The kind stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// 文种: what stands for the kind in a document number. No two kinds share one.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Receipt => "收",
            Self::Acceptance => "受",
            Self::Rejection => "不受",
            Self::Correction => "补",
            Self::Extension => "延",
            Self::Special => "特",
            Self::Grant => "准",
            Self::Refusal => "不准",
            Self::Withdrawal => "撤",
            Self::Termination => "终",
            Self::Service => "送",
            Self::Index => "档",
        }
    }

    /// Its title.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Receipt => ("收件凭证", "Receipt of papers"),
            Self::Acceptance => ("受理通知书", "Notice of acceptance"),
            Self::Rejection => ("不予受理通知书", "Notice of non-acceptance"),
            Self::Correction => ("补正告知书", "Notice of corrections"),
            Self::Extension => ("延期通知书", "Notice of extension"),
            Self::Special => ("特别程序告知书", "Notice of a special procedure"),
            Self::Grant => ("准予决定书", "Decision to grant"),
            Self::Refusal => ("不予决定书", "Decision to refuse"),
            Self::Withdrawal => ("撤回确认书", "Confirmation of withdrawal"),
            Self::Termination => ("终止通知书", "Notice of termination"),
            Self::Service => ("送达回证", "Record of service"),
            Self::Index => ("归档目录", "Index of the archive"),
        };
        Text::new(zh, en)
    }

    /// Whether it is meant for the applicant; the others are records of the authority.
    pub fn is_for_applicant(self) -> bool {
        !matches!(self, Self::Service | Self::Index)
    }

    /// The name of its template.
    pub fn template(self) -> String {
        format!("paper-{}", self.code())
    }
}

/// `{机关代字}{文种}〔{yyyy}〕{n}号`.
pub fn number(sign: &str, kind: Kind, year: i64, n: i64) -> String {
    format!("{sign}{}〔{year}〕{n}号", kind.sign())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_from_its_code_and_has_its_own_sign() {
        let mut signs: Vec<_> = Kind::ALL.into_iter().map(Kind::sign).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(number("城东民", Kind::Acceptance, 2026, 12), "城东民受〔2026〕12号");
    }
}
