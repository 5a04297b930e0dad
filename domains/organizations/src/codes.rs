//! The lists by which organisations are told apart (`data/organizations/codes.toml`).

use std::sync::LazyLock;

use kernel::Text;
use serde::Deserialize;

use crate::model::Kind;

/// An entry of the list of industries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Industry {
    /// As stored.
    pub code: String,
    /// As shown.
    pub name: Text,
}

/// A kind within a kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subtype {
    /// The kind that it divides.
    pub kind: Kind,
    /// As stored, unique within the kind.
    pub code: String,
    /// As shown.
    pub name: Text,
}

/// The lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    subtypes: Vec<Subtype>,
    industries: Vec<Industry>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/organizations/codes.toml")).expect("a test reads the file that is carried"));

/// 行业分类, in the order of the list.
pub fn industries() -> &'static [Industry] {
    &LISTS.industries
}

/// The name of an industry; the code itself where it is not on the list.
pub fn industry(code: &str) -> Text {
    LISTS.industries.iter().find(|industry| industry.code == code).map_or_else(|| Text::same(code.to_owned()), |industry| industry.name.clone())
}

/// The kinds within a kind.
pub fn subtypes(kind: Kind) -> impl Iterator<Item = &'static Subtype> {
    LISTS.subtypes.iter().filter(move |subtype| subtype.kind == kind)
}

/// The name of a kind within a kind; the code itself where it is not on the list.
pub fn subtype(kind: Kind, code: &str) -> Text {
    subtypes(kind).find(|subtype| subtype.code == code).map_or_else(|| Text::same(code.to_owned()), |subtype| subtype.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read_and_name_nothing_twice() {
        let mut codes: Vec<_> = industries().iter().map(|industry| &industry.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), industries().len());
        for kind in Kind::ALL {
            assert!(subtypes(kind).count() > 1, "{kind:?}");
        }
        assert_eq!(subtype(Kind::Foundation, "1").zh, "公募");
        assert_eq!(industry("77").zh, "77");
    }
}
