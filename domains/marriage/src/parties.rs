//! Kinds of parties (人员类别, A.2) and the papers that each brings (R-MR-14, 15): read from `data/marriage/parties.toml`.

use std::sync::LazyLock;

use kernel::codes::{CodeList, ListName};
use kernel::{Day, Text};
use serde::{Deserialize, Serialize};

use crate::parameters::Param;

/// What a person is to the rules (人员类别, A.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum PartyKind {
    /// 1 内地居民.
    Mainland,
    /// 7 现役军人 (内地).
    Soldier,
    /// 2 香港居民.
    HongKong,
    /// 3 澳门居民.
    Macao,
    /// 4 台湾居民.
    Taiwan,
    /// 5 华侨.
    Overseas,
    /// 6 外国人.
    Foreign,
    /// 8 出国人员: a citizen with an identity card who stays abroad.
    AwayAbroad,
}

impl PartyKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 8] = [Self::Mainland, Self::Soldier, Self::AwayAbroad, Self::HongKong, Self::Macao, Self::Taiwan, Self::Overseas, Self::Foreign];

    /// The code of A.2.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mainland => "1",
            Self::HongKong => "2",
            Self::Macao => "3",
            Self::Taiwan => "4",
            Self::Overseas => "5",
            Self::Foreign => "6",
            Self::Soldier => "7",
            Self::AwayAbroad => "8",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What the data say of it.
    pub fn rules(self) -> &'static KindRules {
        TABLE.kinds.iter().find(|kind| kind.code == self.code()).expect("a test compares the kinds with the table")
    }

    /// Whether only a designated office registers such a party (R-MR-13).
    pub fn from_abroad(self) -> bool {
        self.rules().from_abroad
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        self.rules().name.clone()
    }

    /// The papers that such a party brings beside the document that proves who he is.
    pub fn papers(self) -> impl Iterator<Item = &'static PaperRules> {
        self.rules().papers.iter().filter_map(|code| paper(code))
    }
}

/// What the data say of a kind of party.
#[derive(Debug, Clone, Deserialize)]
pub struct KindRules {
    /// Code of A.2.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Only designated offices are competent.
    #[serde(default)]
    pub from_abroad: bool,
    /// Documents that prove who somebody is (GA/T 517), the usual one first.
    pub id_types: Vec<String>,
    /// GB/T 2659; none where it has to be said.
    pub nationality: Option<String>,
    /// Codes of the papers to bring.
    pub papers: Vec<String>,
}

/// Something that is taken down of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Its number.
    Number,
    /// Who issued it.
    Issuer,
    /// When.
    IssuedOn,
    /// In which country.
    Country,
    /// How it is made to count here.
    Authentication,
    /// Whether it can be read here.
    Translation,
}

impl Ask {
    /// The name of the field in forms, behind the paper's code.
    pub fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Issuer => "issuer",
            Self::IssuedOn => "issued_on",
            Self::Country => "country",
            Self::Authentication => "authentication",
            Self::Translation => "translation",
        }
    }

    /// The label in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Number => Text::fixed("编号", "Number"),
            Self::Issuer => Text::fixed("出具机关", "Issued by"),
            Self::IssuedOn => Text::fixed("出具日期", "Day of issue"),
            Self::Country => Text::fixed("出具国家", "Country of issue"),
            Self::Authentication => Text::fixed("认证", "Authentication"),
            Self::Translation => Text::fixed("中文译本", "Chinese translation"),
        }
    }
}

/// What makes a paper count.
#[derive(Debug, Clone, Deserialize)]
pub struct PaperRules {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Who issues it.
    pub hint: Option<Text>,
    /// What is taken down, and has to be there.
    pub asks: Vec<Ask>,
    /// Months for which it counts from its issue; none for without limit.
    pub months: Option<Param<i32>>,
    /// The rule that asks for it.
    pub rule: String,
    /// Where that comes from.
    pub source: String,
}

/// A choice with its name: how a paper was authenticated, whether it can be read.
#[derive(Debug, Clone, Deserialize)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Counts only for countries of the list that an administrator keeps.
    #[serde(default)]
    pub convention: bool,
}

/// A paper as the party showed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its code.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub issued_on: Option<Day>,
    /// In which country, GB/T 2659; empty where that is not asked.
    pub country: String,
    /// How it was authenticated; empty for not at all.
    pub authentication: String,
    /// Whether it can be read; empty for neither Chinese nor translated.
    pub translation: String,
}

impl Paper {
    /// Whether what is asked is there.
    pub fn answers(&self, ask: Ask) -> bool {
        match ask {
            Ask::Number => !self.number.is_empty(),
            Ask::Issuer => !self.issuer.is_empty(),
            Ask::IssuedOn => self.issued_on.is_some(),
            Ask::Country => !self.country.is_empty(),
            Ask::Authentication => !self.authentication.is_empty(),
            Ask::Translation => !self.translation.is_empty(),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Table {
    both_from_abroad: Param<bool>,
    kinds: Vec<KindRules>,
    papers: Vec<PaperRules>,
    authentications: Vec<Named>,
    translations: Vec<Named>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/marriage/parties.toml")).expect("a test reads the file that is carried"));

/// Whether two parties from abroad may register with each other.
pub fn both_from_abroad() -> &'static Param<bool> {
    &TABLE.both_from_abroad
}

/// The rules of the paper with this code.
pub fn paper(code: &str) -> Option<&'static PaperRules> {
    TABLE.papers.iter().find(|paper| paper.code == code)
}

/// The ways in which a paper from abroad is made to count.
pub fn authentications() -> &'static [Named] {
    &TABLE.authentications
}

/// How a paper can be read here.
pub fn translations() -> &'static [Named] {
    &TABLE.translations
}

/// Whether an authentication counts only for countries of the convention.
pub(crate) fn of_convention(authentication: &str) -> bool {
    TABLE.authentications.iter().any(|way| way.code == authentication && way.convention)
}

/// The countries and regions of GB/T 2659 of which somebody from abroad may be a national: all that no other kind stands for.
pub fn foreign_countries() -> impl Iterator<Item = (&'static str, &'static Text)> {
    let taken = |code: &str| TABLE.kinds.iter().any(|kind| kind.nationality.as_deref() == Some(code));
    CodeList::builtin(ListName::Country).iter().filter(move |(code, _)| !taken(code))
}

/// The name of a nationality; its code where the list does not have it.
pub fn nationality(code: &str) -> Text {
    CodeList::builtin(ListName::Country).get(code).cloned().unwrap_or_else(|| Text::new(code.to_owned(), code.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_names_documents_and_papers_that_there_are() {
        assert_eq!(TABLE.kinds.len(), PartyKind::ALL.len());
        for kind in PartyKind::ALL {
            let rules = kind.rules();
            assert!(rules.id_types.iter().all(|code| CodeList::builtin(ListName::IdType).has(code)), "{kind:?}");
            assert!(!rules.id_types.is_empty() && kind.papers().count() == rules.papers.len(), "{kind:?}");
            assert!(rules.nationality.as_deref().is_none_or(|code| CodeList::builtin(ListName::Country).has(code)), "{kind:?}");
        }
        assert!(TABLE.papers.iter().all(|paper| !paper.source.is_empty() && ["R-MR-14", "R-MR-15"].contains(&paper.rule.as_str())));
        assert!(of_convention("apostille") && !of_convention("consular"));
    }

    #[test]
    fn a_foreigner_is_of_no_country_that_has_a_kind_of_its_own() {
        assert!(foreign_countries().all(|(code, _)| !["CHN", "HKG", "MAC", "TWN"].contains(&code)));
        assert_eq!(nationality("CHN").zh, "中国");
    }
}
