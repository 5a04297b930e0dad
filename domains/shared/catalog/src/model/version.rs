//! Items, their drafts and their published versions.

use kernel::{Day, Id, Instant};
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use super::Elements;
use crate::states::{DraftState, Standing};

/// Marker of an item of either layer.
#[derive(Debug)]
pub struct Item;
/// Marker of a published version.
#[derive(Debug)]
pub struct ItemVersion;
/// Marker of a draft.
#[derive(Debug)]
pub struct ItemDraft;

/// Id of an item of either layer.
pub type ItemId = Id<Item>;
/// Id of a published version; a case keeps it for ever.
pub type ItemVersionId = Id<ItemVersion>;
/// Id of a draft.
pub type DraftId = Id<ItemDraft>;

/// The two layers of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// 基本目录: what the nation or the province defines.
    Basic,
    /// 实施清单: what one body does.
    Implementation,
}

impl Layer {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Implementation => "implementation",
        }
    }

    /// The layer stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Basic, Self::Implementation].into_iter().find(|layer| layer.code() == code)
    }
}

/// A published version. It never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its id, which a case keeps.
    pub id: ItemVersionId,
    /// The item.
    pub item: ItemId,
    /// 1, 2, 3 … within the item.
    pub number: i64,
    /// The version of the basic item on which this implementation rests; absent for basic items.
    pub basic: Option<ItemVersionId>,
    /// First day in force (计划生效日期).
    pub effective_from: Day,
    /// Last day in force (计划取消日期), if one is set.
    pub effective_to: Option<Day>,
    /// SM3 of the public text ([`public_text`]), 64 hexadecimal digits: page, print, PDF and API show the same.
    pub text_hash: String,
    /// When it was published.
    pub published_at: Instant,
    /// What it says.
    pub elements: Elements,
}

/// A draft on its way to be published.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The item.
    pub item: ItemId,
    /// Where it is.
    pub state: DraftState,
    /// Raised by one with every change: what somebody else changed meanwhile is not overwritten.
    pub revision: i64,
    /// Who wrote it, as the audit trail names actors; he may not review or publish it.
    pub author: String,
    /// First day in force, once published; the day of publication if absent.
    pub effective_from: Option<Day>,
    /// Last day in force.
    pub effective_to: Option<Day>,
    /// What the last reviewer said when he sent it back.
    pub opinion: Option<String>,
    /// When it was last changed.
    pub changed_at: Instant,
    /// What it says.
    pub elements: Elements,
}

/// An item with what counts of it on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemView {
    /// The item.
    pub id: ItemId,
    /// Its layer.
    pub layer: Layer,
    /// 基本编码 or 实施编码.
    pub code: String,
    /// 基本编码.
    pub basic_code: String,
    /// Region of the body, or of the authority that defines the basic item.
    pub region: String,
    /// How it stands on that day.
    pub standing: Standing,
    /// The version in force.
    pub version: Version,
}

/// The text that is stored: JSON with the members in the order of the model.
///
/// # Errors
/// None in practice: the model holds nothing that JSON cannot.
pub fn canonical_text(elements: &Elements) -> Result<String, serde_json::Error> {
    serde_json::to_string(elements)
}

/// The text of which [`Version::text_hash`] is the hash, byte by byte what the API sends as `elements`.
///
/// # Errors
/// As [`canonical_text`].
pub fn public_text(elements: &Elements) -> Result<String, serde_json::Error> {
    canonical_text(&elements.public())
}

/// SM3 of a text as 64 hexadecimal digits.
pub fn text_hash(text: &str) -> String {
    Sm3::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
