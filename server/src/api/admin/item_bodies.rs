//! Items and drafts as their editors read them.

use catalog::model::Elements;
use catalog::ops::{AdminLine, Difference, History, StaffView};
use kernel::{Day, Instant, Issue};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::errors::IssueBody;

/// A line of the list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LineBody {
    /// 基本编码 (12 digits) or 实施编码 (31 characters).
    #[schema(example = "000711001001")]
    code: String,
    /// Name in Chinese.
    name_zh: String,
    /// Region.
    region: String,
    /// `live`, `update_due`, `suspended`, `cancelled` or `out_of_force`.
    #[schema(example = "live")]
    standing: String,
    /// Number of the version in force.
    version: Option<i64>,
    /// State of the draft, if there is one.
    draft: Option<String>,
}

impl From<AdminLine> for LineBody {
    fn from(line: AdminLine) -> Self {
        Self {
            code: line.code,
            name_zh: line.name.zh.into_owned(),
            region: line.region,
            standing: line.standing.code().to_owned(),
            version: line.version,
            draft: line.draft.map(|state| state.code().to_owned()),
        }
    }
}

/// An item with its past.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ItemAdminBody {
    /// 基本编码 or 实施编码.
    #[schema(example = "000711001001")]
    code: String,
    /// 基本编码.
    #[schema(example = "000711001001")]
    basic_code: String,
    /// Region.
    region: String,
    /// How it stands today.
    #[schema(example = "live")]
    standing: String,
    /// Why it was suspended or cancelled.
    switch_reason: Option<String>,
    /// Whether there is a draft.
    draft: bool,
    /// Published versions, the newest first.
    versions: Vec<VersionBody>,
    /// What was done to its drafts, the newest first.
    reviews: Vec<ReviewBody>,
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
struct VersionBody {
    /// 1, 2, 3 …
    number: i64,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    effective_from: Day,
    /// When it was published.
    #[schema(value_type = String)]
    published_at: Instant,
    /// SM3 of its public text.
    text_hash: String,
}

/// A line of the review log.
#[derive(Debug, Serialize, ToSchema)]
struct ReviewBody {
    /// The state in which the draft was.
    #[schema(example = "draft")]
    state: String,
    /// `submit`, `pass`, `return` or `publish`.
    #[schema(example = "submit")]
    action: String,
    /// Who.
    actor: String,
    /// What was said.
    opinion: Option<String>,
    /// When.
    #[schema(value_type = String)]
    at: Instant,
}

impl ItemAdminBody {
    pub(super) fn new(view: StaffView, past: History) -> Self {
        let versions = past.versions.into_iter().map(|version| VersionBody {
            number: version.number,
            effective_from: version.effective_from,
            published_at: version.published_at,
            text_hash: version.text_hash,
        });
        let reviews = past.reviews.into_iter().map(|line| ReviewBody {
            state: line.state.code().to_owned(),
            action: line.action,
            actor: line.actor,
            opinion: line.opinion,
            at: line.at,
        });
        Self {
            code: view.code,
            basic_code: view.basic_code,
            region: view.region.0,
            standing: view.standing.code().to_owned(),
            switch_reason: view.switch_reason,
            draft: view.draft.is_some(),
            versions: versions.collect(),
            reviews: reviews.collect(),
        }
    }
}

/// A draft.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DraftBody {
    /// Its revision, as in `ETag`.
    revision: i64,
    /// `draft`, or the review at which it is.
    #[schema(example = "draft")]
    state: String,
    /// First day in force; the day of publication without it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_from: Option<Day>,
    /// Last day in force.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Day>,
    /// What the last reviewer said when he sent it back.
    opinion: Option<String>,
    /// Every element (GB/T 39046).
    #[schema(value_type = Object)]
    elements: Elements,
    /// Everything that still stands between it and its publication.
    #[schema(value_type = Vec<IssueBody>)]
    open: Vec<Issue>,
    /// What it changes of the newest version.
    differences: Vec<DifferenceBody>,
}

/// One element in which the draft differs from the newest version.
#[derive(Debug, Serialize, ToSchema)]
struct DifferenceBody {
    /// Its name in Chinese.
    label_zh: String,
    /// Its name in English.
    label_en: String,
    /// What it said.
    before: Vec<String>,
    /// What it says.
    after: Vec<String>,
}

impl DraftBody {
    pub(super) fn new(draft: catalog::model::Draft, open: Vec<Issue>, differences: Vec<Difference>) -> Self {
        let differences = differences.into_iter().map(|one| DifferenceBody {
            label_zh: one.label.zh.into_owned(),
            label_en: one.label.en.into_owned(),
            before: one.before,
            after: one.after,
        });
        Self {
            revision: draft.revision,
            state: draft.state.code().to_owned(),
            effective_from: draft.effective_from,
            effective_to: draft.effective_to,
            opinion: draft.opinion,
            elements: draft.elements,
            open,
            differences: differences.collect(),
        }
    }
}
