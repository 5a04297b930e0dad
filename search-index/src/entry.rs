//! What is put into the index.

use serde::{Deserialize, Serialize};

/// The kinds of things one box finds; each is a tab of the search page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A service item (实施清单) of one authority.
    Item,
    /// A guide: questions and answers about an item.
    Guide,
    /// An office with an address and hours.
    Office,
}

impl Kind {
    /// All kinds, in the order in which the tabs stand.
    pub const ALL: [Kind; 3] = [Kind::Item, Kind::Guide, Kind::Office];

    /// The word used in addresses, in the change log and as the first part of [`Entry::uid`].
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Item => "item",
            Kind::Guide => "guide",
            Kind::Office => "office",
        }
    }

    /// The kind of that word.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One thing that can be found. All of it is public: it is stored in the index as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// `kind:id`; a later entry with the same value takes this one's place.
    pub uid: String,
    /// What it is.
    pub kind: Kind,
    /// The Chinese name.
    pub title: String,
    /// The English name; may be empty.
    pub title_en: String,
    /// Running text in both languages that should be findable and may be quoted in an excerpt.
    pub text: String,
    /// The public code (implementation code, office code); may be empty.
    pub code: String,
    /// Other names that people use.
    pub aliases: Vec<String>,
    /// Codes of the regions it belongs to, from the province down; empty for the whole country.
    pub region: Vec<String>,
    /// Further filters, each `dimension/value`, such as `service/marriage`.
    pub facets: Vec<String>,
    /// Weight among equal matches, 0 to 9; 9 comes first.
    pub prior: u8,
    /// The page it leads to.
    pub url: String,
}

impl Entry {
    /// An entry with a name and nothing else; the other fields are filled in by struct update.
    pub fn new(kind: Kind, id: &str, title: &str) -> Entry {
        Entry {
            uid: uid(kind, id),
            kind,
            title: title.to_owned(),
            title_en: String::new(),
            text: String::new(),
            code: String::new(),
            aliases: Vec::new(),
            region: Vec::new(),
            facets: Vec::new(),
            prior: 0,
            url: String::new(),
        }
    }

    /// The part of [`Entry::uid`] after the kind.
    pub fn id(&self) -> &str {
        self.uid.split_once(':').map_or(self.uid.as_str(), |(_, id)| id)
    }
}

/// The key of an entry: `kind:id`.
pub(crate) fn uid(kind: Kind, id: &str) -> String {
    format!("{}:{id}", kind.as_str())
}
