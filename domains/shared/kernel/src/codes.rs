//! National code lists as versioned data (C-18): the values are never an enum alone, and a record keeps the version of
//! the list it was written with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::{Text, rows};

const TABLE: &str = include_str!("../data/codes.csv");

/// A code list of a national standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListName {
    /// 性别, GB/T 2261.1
    Sex,
    /// 婚姻状况, GB/T 2261.2
    Marital,
    /// 民族, GB/T 3304
    Ethnicity,
    /// 学历, GB/T 4658 (groups)
    Education,
    /// 职业, GB/T 6565 (major groups)
    Occupation,
    /// 家庭关系, GB/T 4761
    Kinship,
    /// 证件类型, GA/T 517, with our own values that begin with X
    IdType,
    /// 国籍和地区, GB/T 2659.1, three letters
    Country,
}

impl ListName {
    /// All lists.
    pub const ALL: [ListName; 8] = [
        ListName::Sex,
        ListName::Marital,
        ListName::Ethnicity,
        ListName::Education,
        ListName::Occupation,
        ListName::Kinship,
        ListName::IdType,
        ListName::Country,
    ];

    /// The name of the list in columns and interfaces.
    pub const fn as_str(self) -> &'static str {
        match self {
            ListName::Sex => "sex",
            ListName::Marital => "marital",
            ListName::Ethnicity => "ethnicity",
            ListName::Education => "education",
            ListName::Occupation => "occupation",
            ListName::Kinship => "kinship",
            ListName::IdType => "id_type",
            ListName::Country => "country",
        }
    }

    /// The standard and its edition: the version that a record keeps beside the value.
    pub const fn version(self) -> &'static str {
        match self {
            ListName::Sex => "GB/T 2261.1-2003",
            ListName::Marital => "GB/T 2261.2-2003",
            ListName::Ethnicity => "GB/T 3304-1991",
            ListName::Education => "GB/T 4658-2006",
            ListName::Occupation => "GB/T 6565-2015",
            ListName::Kinship => "GB/T 4761-2008",
            ListName::IdType => "GA/T 517-2004+X",
            ListName::Country => "GB/T 2659.1-2022",
        }
    }
}

/// One version of a code list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Which list.
    pub name: &'static str,
    /// Standard and edition.
    pub version: String,
    entries: BTreeMap<String, Text>,
}

impl CodeList {
    /// The list that the program carries.
    pub fn builtin(name: ListName) -> &'static CodeList {
        static LISTS: LazyLock<Vec<CodeList>> = LazyLock::new(|| ListName::ALL.map(read).into());
        &LISTS[name as usize]
    }

    /// A list from a source of one's own: another edition, or the official table.
    pub fn new(name: ListName, version: &str, entries: impl IntoIterator<Item = (String, Text)>) -> CodeList {
        CodeList { name: name.as_str(), version: version.to_string(), entries: entries.into_iter().collect() }
    }

    /// The meaning of a value, if the list has it.
    pub fn get(&self, code: &str) -> Option<&Text> {
        self.entries.get(code)
    }

    /// Whether the list has this value.
    pub fn has(&self, code: &str) -> bool {
        self.entries.contains_key(code)
    }

    /// Values and meanings in the order of the values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.entries.iter().map(|(code, text)| (code.as_str(), text))
    }
}

fn read(name: ListName) -> CodeList {
    let entries = rows::<4>(TABLE)
        .filter(|[list, ..]| *list == name.as_str())
        .map(|[_, code, zh, en]| (code.to_string(), Text::fixed(zh, en)));
    CodeList::new(name, name.version(), entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_18_lists_are_data_with_a_version_and_both_languages() {
        for name in ListName::ALL {
            let list = CodeList::builtin(name);
            assert!(!list.version.is_empty() && list.iter().count() >= 4, "{name:?}");
            for (code, text) in list.iter() {
                assert!(!text.is_incomplete(), "{name:?} {code}");
            }
        }
        assert_eq!(CodeList::builtin(ListName::Ethnicity).iter().count(), 58);
        assert_eq!(CodeList::builtin(ListName::Country).iter().count(), 249);
        assert_eq!(CodeList::builtin(ListName::Marital).get("22").map(|text| text.en.as_ref()), Some("remarried"));
    }

    #[test]
    fn c_18_a_bureau_may_load_another_edition() {
        let entries = [("1".to_string(), Text::fixed("男性", "man"))];
        let list = CodeList::new(ListName::Sex, "GB/T 2261.1-2026", entries);
        assert!(list.has("1") && !list.has("2"));
    }
}
