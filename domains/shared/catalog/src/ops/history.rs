//! Versions of an item, what was done to its drafts, and what differs.

use kernel::{Instant, Text};
use platform::{Ctx, Error, Result, Role};
use serde_json::Value;

use super::{item, scope};
use crate::fields::FIELDS;
use crate::model::{Elements, ItemId, Version};
use crate::states::DraftState;
use crate::store::{drafts, versions};

/// A line of the review log.
#[derive(Debug, Clone)]
pub struct ReviewLine {
    /// The state in which the draft was.
    pub state: DraftState,
    /// `submit`, `pass`, `return` or `publish`.
    pub action: String,
    /// Who.
    pub actor: String,
    /// What was said.
    pub opinion: Option<String>,
    /// When.
    pub at: Instant,
}

/// The past of an item.
#[derive(Debug, Clone)]
pub struct History {
    /// Versions, the newest first.
    pub versions: Vec<Version>,
    /// The review log, the newest first.
    pub reviews: Vec<ReviewLine>,
}

/// Versions and review log of an item.
///
/// # Errors
/// As authorisation says.
pub async fn history(ctx: &Ctx, id: ItemId) -> Result<History> {
    let item = item(ctx, id).await?;
    ctx.require(&[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Supervisor], &scope(&item)).await?;
    let lines = drafts::lines(ctx.db(), id).await?.into_iter().map(|(state, action, actor, opinion, at)| {
        let state = DraftState::from_code(&state).ok_or_else(|| Error::internal("state in the review log"))?;
        Ok(ReviewLine { state, action, actor, opinion, at: Instant::from_micros(at) })
    });
    Ok(History { versions: versions::history(ctx.db(), id).await?, reviews: lines.collect::<Result<_>>()? })
}

/// One element in which two documents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its name.
    pub label: Text,
    /// What it said, as lines of text; empty for nothing.
    pub before: Vec<String>,
    /// What it says.
    pub after: Vec<String>,
}

/// The elements in which two documents differ, in the order of the table.
///
/// # Errors
/// `Internal` when a document cannot be written as JSON, which the model excludes.
pub fn differences(before: &Elements, after: &Elements) -> Result<Vec<Difference>> {
    let before = serde_json::to_value(before).map_err(Error::internal)?;
    let after = serde_json::to_value(after).map_err(Error::internal)?;
    let differing = FIELDS.iter().filter(|field| field.value(&before) != field.value(&after));
    Ok(differing
        .map(|field| Difference { label: field.label(), before: lines(field.value(&before)), after: lines(field.value(&after)) })
        .collect())
}

/// A value as lines that a person can compare.
fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) => list.iter().map(|item| lines(item).join(" · ")).collect(),
        Value::Object(map) if map.contains_key("zh") => map.values().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| format!("{key}: {}", lines(value).join(" · "))).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}
