//! What is put into the index.

use serde::{Deserialize, Serialize};

use crate::normalise;

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
    /// A social organisation of the public register.
    Organization,
}

impl Kind {
    /// All kinds, in the order in which the tabs stand.
    pub const ALL: [Kind; 4] = [Kind::Item, Kind::Guide, Kind::Office, Kind::Organization];

    /// The word used in addresses, in the change log and as the first part of [`Entry::uid`].
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Item => "item",
            Kind::Guide => "guide",
            Kind::Office => "office",
            Kind::Organization => "organization",
        }
    }

    /// The kind of that word.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One thing that can be found. All of it is public: it is stored in the index as it is.
///
/// What is empty is not written: a million organisations have neither English names nor offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// `kind:id`; a later entry with the same value takes this one's place.
    pub uid: String,
    /// What it is.
    pub kind: Kind,
    /// The Chinese name.
    pub title: String,
    /// The English name; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title_en: String,
    /// Running text in Chinese that should be findable and may be quoted in an excerpt.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_en: String,
    /// The public code (implementation code, office code); may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Codes of the regions it belongs to, from the province down; empty for the whole country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub region: Vec<String>,
    /// Further filters, each `dimension/value`, such as `service/marriage`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<String>,
    /// The day it is ordered and filtered by, as `yyyymmdd`: of an organisation, when it was established. None when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u32>,
    /// What it is ordered by when the highest is wanted first: of an organisation, the level of its evaluation.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// Weight among equal matches, 0 to 9; 9 comes first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub prior: u8,
    /// The page it leads to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Where it is offered, when that is not one place alone; a hit then leads to the one that suits the visitor best.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
}

/// One of the places that offer a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The public code there.
    pub code: String,
    /// Codes of the regions it lies in, from the province down.
    pub region: Vec<String>,
    /// Names of the place: they help to find it and are never quoted.
    pub names: String,
    /// Whether it can be had there now; one that stands still is found but not counted.
    pub open: bool,
    /// The page of this place.
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
            text_en: String::new(),
            code: String::new(),
            aliases: Vec::new(),
            region: Vec::new(),
            facets: Vec::new(),
            since: None,
            level: 0,
            prior: 0,
            url: String::new(),
            offers: Vec::new(),
        }
    }

    /// Whether it belongs to a region, given by its path; everything belongs to the whole country.
    pub fn is_in(&self, region: &[String]) -> bool {
        self.region_paths().any(|path| path.starts_with(region))
    }

    /// The regions it belongs to: its own and those of its offers.
    pub(crate) fn region_paths(&self) -> impl Iterator<Item = &[String]> {
        std::iter::once(self.region.as_slice()).chain(self.offers.iter().map(|offer| offer.region.as_slice()))
    }

    /// How many places in a region can be gone to now.
    pub(crate) fn places_in(&self, region: &[String]) -> usize {
        self.offers.iter().filter(|offer| offer.open && offer.region.starts_with(region)).count()
    }

    /// Takes on code, region and page of the offer that suits best: the one whose code was asked for, else one in the region that
    /// was chosen, and the nearest to the visitor's own. Stays as it is when no offer suits better than another.
    pub(crate) fn lead(&mut self, code: Option<&str>, region: &[String], home: &[String]) {
        let suits = |of: &str, path: &[String], open: bool| {
            let asked = code.map_or(0, |code| if of == code { 2 } else { u8::from(of.starts_with(code)) });
            (asked, shared(path, region), shared(path, home), open)
        };
        let mut best = suits(&normalise::code(&self.code), &self.region, true);
        let mut chosen = None;
        for offer in &self.offers {
            let found = suits(&normalise::code(&offer.code), &offer.region, offer.open);
            if found > best {
                (best, chosen) = (found, Some(offer));
            }
        }
        if let Some(Offer { code, region, url, .. }) = chosen.cloned() {
            (self.code, self.region, self.url) = (code, region, url);
        }
    }

    /// The part of [`Entry::uid`] after the kind.
    pub fn id(&self) -> &str {
        self.uid.split_once(':').map_or(self.uid.as_str(), |(_, id)| id)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// How many levels two paths have in common.
fn shared(one: &[String], other: &[String]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// The key of an entry: `kind:id`.
pub(crate) fn uid(kind: Kind, id: &str) -> String {
    format!("{}:{id}", kind.as_str())
}
