//! For whom a case is, and who acts for him.

use kernel::mask;
use platform::PersonId;
use serde::{Deserialize, Serialize};

use super::LetterId;

/// A person or an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// 自然人.
    Person,
    /// 法人或其他组织.
    Organisation,
}

impl ApplicantKind {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }

    /// The kind stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Person, Self::Organisation].into_iter().find(|kind| kind.code() == code)
    }
}

/// Who asks for something, as the head of a case keeps it (sealed).
#[derive(Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Person or organisation.
    pub kind: ApplicantKind,
    /// The person, where he is known to this instance.
    pub person: Option<PersonId>,
    /// Full name.
    pub name: String,
    /// Number of the document, or credit code.
    pub number: String,
    /// How to reach the applicant.
    pub contact: Contact,
    /// The person who acts for the applicant, with his letter of authority.
    pub agent: Option<(PersonId, LetterId)>,
}

impl std::fmt::Debug for Applicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Applicant").field("kind", &self.kind).field("name", &mask::name(&self.name)).finish_non_exhaustive()
    }
}

/// How to reach an applicant; stored sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Mobile number.
    pub phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Where the result is sent, if it is sent.
    pub address: Option<String>,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(..)")
    }
}

/// For whom a signed-in person acts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// For himself.
    #[default]
    Own,
    /// For the principal of a letter of authority.
    Letter(LetterId),
}
