//! What a clerk has begun to take in at the counter.

use std::collections::BTreeMap;

use kernel::{Id, Instant, RegionCode, Text};
use platform::ports::{FileId, MediaType};
use platform::StaffId;
use serde::{Deserialize, Serialize};

use super::{Answers, ApplicantKind, MaterialId};
use crate::cross::{Method, Mode};

/// Id of a sheet of the counter.
pub type SheetId = Id<CounterSheet>;

/// What is typed and scanned so far for somebody at the counter.
#[derive(Debug, Clone, PartialEq)]
pub struct CounterSheet {
    /// Id.
    pub id: SheetId,
    /// The clerk.
    pub staff: StaffId,
    /// 实施编码.
    pub impl_code: String,
    /// What was typed.
    pub form: CounterForm,
    /// Grows with every save.
    pub version: i64,
    /// When it was last saved.
    pub updated_at: Instant,
}

/// What stands on a sheet, as it was typed; stored sealed.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CounterForm {
    /// Name of the item, for the list of what was begun.
    pub item: Text,
    /// Person or organisation; a person where nothing was said.
    pub kind: Option<ApplicantKind>,
    /// Full name.
    pub name: String,
    /// Number of the identity card, or credit code.
    pub number: String,
    /// Mobile number.
    pub phone: String,
    /// Where the applicant lives or is registered, if it was asked.
    pub residence: Option<RegionCode>,
    /// How the case goes to the body that answers, if it crosses a border.
    pub mode: Option<Mode>,
    /// How identity was checked.
    pub identity: Option<Method>,
    /// Whether papers follow by post.
    pub papers_follow: bool,
    /// Answers so far, also wrong ones.
    pub answers: Answers,
    /// Papers by the key of the item's material.
    pub papers: BTreeMap<String, CounterPaper>,
}

impl std::fmt::Debug for CounterForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CounterForm").field("papers", &self.papers.keys()).finish_non_exhaustive()
    }
}

/// What a clerk notes of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CounterPaper {
    /// Whether it is there.
    pub here: Here,
    /// Originals.
    pub originals: i64,
    /// Copies.
    pub copies: i64,
    /// The day by which it is promised, as typed.
    pub due: String,
    /// Its content, if it was scanned or is held.
    pub scan: Option<Scan>,
}

/// Whether a paper is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Here {
    /// It is there.
    #[default]
    Here,
    /// It is not.
    Missing,
    /// 容缺: it is promised by a day.
    Promised,
}

impl Here {
    /// As sent by a form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Missing => "missing",
            Self::Promised => "promised",
        }
    }

    /// The value sent as `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Here, Self::Missing, Self::Promised].into_iter().find(|here| here.code() == code)
    }
}

/// The content of a paper at the counter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The id of the paper that it becomes.
    pub id: MaterialId,
    /// Where it is.
    pub file: FileId,
    /// Its type; as it was stored for a paper that is held.
    pub media_type: Option<MediaType>,
    /// What it is called.
    pub file_name: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SM3 over its content.
    pub sm3: Option<String>,
    /// The earlier paper that serves again.
    pub from: Option<MaterialId>,
    /// When it came.
    pub at: Instant,
}

impl std::fmt::Debug for Scan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").field("id", &self.id).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
