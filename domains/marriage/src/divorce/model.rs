//! The nouns of a divorce: the agreement, what both said, the certificate they showed, the entry in the register.

use kernel::{Id, Text};
use serde::{Deserialize, Serialize};

use crate::model::{Side, Snapshot, Suspicion};
use crate::store::register;

/// Marker of an entry in the register of divorces.
#[derive(Debug)]
pub struct Divorce;
/// Id of an entry in the register of divorces.
pub type DivorceId = Id<Divorce>;
/// Marker of a version of an agreement.
#[derive(Debug)]
pub struct AgreementVersion;
/// Id of a version of an agreement.
pub type AgreementId = Id<AgreementVersion>;

/// Who brings a child up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// 男方直接抚养.
    Father,
    /// 女方直接抚养.
    Mother,
    /// 双方轮流直接抚养.
    Both,
}

impl Custody {
    /// Every way, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Father, Self::Mother, Self::Both];

    /// As forms and programs send it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Father => "father",
            Self::Mother => "mother",
            Self::Both => "both",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// In words.
    pub fn name(self) -> Text {
        match self {
            Self::Father => Text::new("由男方直接抚养", "brought up by the man"),
            Self::Mother => Text::new("由女方直接抚养", "brought up by the woman"),
            Self::Both => Text::new("由双方轮流抚养", "brought up by both in turn"),
        }
    }
}

/// What is agreed about one child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// Name.
    pub name: String,
    /// Number, where the child has one.
    pub id_no: String,
    /// Who brings the child up.
    pub custody: Custody,
    /// What the other pays each time, in fen.
    pub support_fen: i64,
    /// How often: monthly, yearly, in their words.
    pub frequency: String,
    /// Until when.
    pub until: String,
    /// How the other sees the child.
    pub visits: String,
}

/// What both agreed (R-MR-23). "None" is written, never left empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Children under age; none where both declared that there are none.
    pub children: Vec<Child>,
    /// They have no child under age.
    pub no_children: bool,
    /// Property.
    pub property: String,
    /// Debts.
    pub debts: String,
    /// Anything else; may be empty.
    pub other: String,
}

/// A version of the agreement, opened.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its id.
    pub id: AgreementId,
    /// 1, 2, …
    pub number: i64,
    /// What it says.
    pub content: Agreement,
    /// When it was written down.
    pub made_at: kernel::Instant,
    /// When both signed it, and the key of the scan.
    pub signed: Option<(kernel::Instant, String)>,
}

/// What both said at a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The man, then the woman: wants the divorce of his own will.
    pub willing: [bool; 2],
    /// The man, then the woman: has full legal capacity, as the registrar finds.
    pub capable: [bool; 2],
    /// What the registrar noticed.
    pub suspicion: Suspicion,
    /// The registrar's own words; may be empty.
    pub note: String,
}

impl Talk {
    /// Whether a party wants the divorce.
    pub fn wants(&self, side: Side) -> bool {
        self.willing[usize::from(side == Side::B)]
    }

    /// Whether a party has full capacity.
    pub fn is_capable(&self, side: Side) -> bool {
        self.capable[usize::from(side == Side::B)]
    }
}

/// The marriage as the couple showed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Number of the marriage certificate.
    pub cert_no: String,
    /// It was registered in mainland China (R-MR-21).
    pub mainland: bool,
    /// The certificates are lost: a statement of loss and the register stand for them.
    pub lost: bool,
}

/// What an entry in the register of divorces says, sealed as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The man as his document showed him on the day.
    pub a: Snapshot,
    /// The woman.
    pub b: Snapshot,
    /// Number of the marriage certificate that is void from then on.
    pub marriage_cert_no: String,
    /// 备注; empty when there is none.
    pub remark: String,
}

impl Content {
    /// What certificates show of it.
    pub(crate) fn certified(&self) -> register::Content {
        register::Content { a: self.a.clone(), b: self.b.clone(), remark: self.remark.clone() }
    }

    /// The person in a place.
    pub fn party(&self, side: Side) -> &Snapshot {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}
