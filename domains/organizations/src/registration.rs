//! Numbers and words that the laws on registration set (`data/organizations/registration.toml`), each with its source.

use std::sync::LazyLock;

use kernel::{Fen, Level, RegionCode, Text};
use serde::Deserialize;

use crate::model::Kind;

/// Members of an association.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// Individual members where there are no others.
    pub individuals: i64,
    /// Unit members where there are no others.
    pub units: i64,
    /// Both together where there are both.
    pub together: i64,
    /// Law and article.
    pub source: String,
}

/// Least registered funds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funds {
    /// Of which kind.
    pub kind: Kind,
    /// Of which kind within the kind; all of them if absent.
    pub subtype: Option<String>,
    /// Of those that act in the whole country, or of the others; both if absent.
    pub national: Option<bool>,
    /// The least, in yuan.
    pub yuan: i64,
    /// Law and article.
    pub source: String,
}

impl Funds {
    /// The least.
    pub fn least(&self) -> Fen {
        Fen::yuan(self.yuan)
    }
}

/// Who registers foundations.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundationLevel {
    /// The lowest level of authority.
    #[serde(deserialize_with = "level")]
    pub min_level: Level,
    /// Divisions to which it has been delegated.
    pub delegated: Vec<RegionCode>,
    /// Law and article.
    pub source: String,
}

/// A number of days with its source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// Days.
    pub days: i64,
    /// Law and article.
    pub source: String,
}

/// A number of working days with its source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingDays {
    /// Working days.
    pub working_days: u16,
    /// Law and article.
    pub source: String,
}

/// Who may not lead an organisation, and for how long.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bars {
    /// After the end of a sentence for an intentional crime; charities only.
    pub years_after_crime: i32,
    /// After the body that one led was revoked or banned; charities only.
    pub years_after_revocation: i32,
    /// Law and article.
    pub source: String,
}

/// An organisational form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Of which kind.
    pub kind: Kind,
    /// The word.
    pub word: String,
    /// Whether it tells the field as well.
    #[serde(default)]
    pub field: bool,
}

/// How names of branches end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endings {
    /// Of which kind.
    pub kind: Kind,
    /// One of these.
    pub words: Vec<String>,
}

/// Names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Words with which a local name may not begin.
    pub reserved: Vec<String>,
    /// Law and article on them.
    pub reserved_source: String,
    /// Years for which a name is kept after a change or cancellation.
    pub years_after_change: i32,
    /// Years for which it is kept after a revocation.
    pub years_after_revocation: i32,
    /// Law and article on both.
    pub source: String,
    /// Law and article on the parts of a name.
    pub structure_source: String,
    /// Law and article on names of branches.
    pub branch_source: String,
    /// Law and article on regional branches.
    pub regional_source: String,
    /// 组织形式.
    pub forms: Vec<Form>,
    /// 行（事）业领域.
    pub fields: Vec<String>,
    /// 分支机构.
    pub branch_endings: Vec<Endings>,
    /// 代表机构.
    pub representative_endings: Vec<String>,
}

/// A thing that is handed back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// Key of the answer that says so.
    pub key: String,
    /// As shown.
    pub name: Text,
}

/// What is handed back before an organisation is cancelled.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// Law and article.
    pub source: String,
    /// The things.
    pub items: Vec<Thing>,
}

/// Stock of codes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Whenever the stock comes down to one of these, the authority is warned.
    pub warn: Vec<i64>,
    /// Where it comes from.
    pub source: String,
}

/// Validity of certificates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Years.
    pub years: i32,
    /// Where it comes from.
    pub source: String,
}

/// All of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Members of an association.
    pub members: Members,
    /// Least funds.
    pub funds: Vec<Funds>,
    /// Who registers foundations.
    pub foundation: FoundationLevel,
    /// From the supervisor's consent to the application.
    pub consent: Days,
    /// From the end of a liquidation to the application.
    pub cancel: Days,
    /// From a decision to its announcement.
    pub announcement: WorkingDays,
    /// Who may not lead an organisation.
    pub bars: Bars,
    /// Names.
    pub names: Names,
    /// What is handed back.
    pub returned: Returned,
    /// Stock of codes.
    pub codes: Codes,
    /// Validity of certificates.
    pub certificate: Validity,
}

fn level<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Level, D::Error> {
    match String::deserialize(from)?.as_str() {
        "province" => Ok(Level::Province),
        "city" => Ok(Level::City),
        "county" => Ok(Level::County),
        other => Err(serde::de::Error::custom(format!("unknown level {other}"))),
    }
}

static DATA: LazyLock<Registration> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/organizations/registration.toml")).expect("a test reads the file that is carried"));

/// The numbers and words in force.
pub fn registration() -> &'static Registration {
    &DATA
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_forms_and_the_numbers_are_those_of_the_laws() {
        let data = registration();
        for kind in Kind::ALL {
            assert!(data.names.forms.iter().any(|form| form.kind == kind), "{kind:?}");
        }
        assert_eq!(data.funds.iter().map(Funds::least).max(), Some(Fen::yuan(8_000_000)));
        assert!(data.foundation.delegated.is_empty());
        assert_eq!(data.announcement.working_days, 7);
    }
}
