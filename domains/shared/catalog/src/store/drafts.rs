//! Drafts, and what was done to them.

use kernel::{Day, Id, Instant};
use platform::{Error, Result};
use store::{Db, Target, Tx, q};

use super::versions::read_elements;
use crate::model::{Draft, DraftId, ItemId};
use crate::states::DraftState;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: DraftId,
    #[sqlx(try_from = "Vec<u8>")]
    item_id: ItemId,
    state: String,
    revision: i64,
    author: String,
    effective_from: Option<String>,
    effective_to: Option<String>,
    opinion: Option<String>,
    #[sqlx(try_from = "i64")]
    changed_at: Instant,
    elements: String,
}

impl TryFrom<Row> for Draft {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let day = |text: Option<String>| text.map(|day| day.parse::<Day>()).transpose().map_err(Error::internal);
        Ok(Self {
            id: row.id,
            item: row.item_id,
            state: DraftState::from_code(&row.state).ok_or_else(|| Error::internal("state of a draft"))?,
            revision: row.revision,
            author: row.author,
            effective_from: day(row.effective_from)?,
            effective_to: day(row.effective_to)?,
            opinion: row.opinion,
            changed_at: row.changed_at,
            elements: read_elements(&row.elements)?,
        })
    }
}

/// Adds a draft; `false` if the item has one.
pub(crate) async fn insert(tx: &Tx, draft: &Draft, text: &str) -> Result<bool> {
    let added = q("INSERT INTO catalog_draft (id, item_id, state, revision, author, effective_from, effective_to, changed_at, elements) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (item_id) DO NOTHING")
    .bind(draft.id)
    .bind(draft.item)
    .bind(draft.state.code())
    .bind(draft.revision)
    .bind(draft.author.as_str())
    .bind(draft.effective_from)
    .bind(draft.effective_to)
    .bind(draft.changed_at)
    .bind(text)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// The draft of an item.
pub(crate) async fn of_item<'a>(on: impl Into<Target<'a>> + Send, item: ItemId) -> Result<Option<Draft>> {
    let row: Option<Row> = q("SELECT id, item_id, state, revision, author, effective_from, effective_to, opinion, changed_at, elements \
         FROM catalog_draft WHERE item_id = $1")
    .bind(item)
    .opt(on)
    .await?;
    row.map(Draft::try_from).transpose()
}

/// Writes what a draft says, if it is still this revision and a draft.
pub(crate) async fn write(tx: &Tx, draft: &Draft, text: &str) -> Result<bool> {
    let changed = q("UPDATE catalog_draft SET elements = $1, author = $2, effective_from = $3, effective_to = $4, changed_at = $5, \
         revision = revision + 1 WHERE id = $6 AND revision = $7 AND state = 'draft'")
    .bind(text)
    .bind(draft.author.as_str())
    .bind(draft.effective_from)
    .bind(draft.effective_to)
    .bind(draft.changed_at)
    .bind(draft.id)
    .bind(draft.revision)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Moves a draft on or back, if it is still this revision.
pub(crate) async fn set_state(tx: &Tx, draft: &Draft, to: DraftState, opinion: Option<&str>, at: Instant) -> Result<bool> {
    let changed = q("UPDATE catalog_draft SET state = $1, opinion = $2, changed_at = $3, revision = revision + 1 WHERE id = $4 AND revision = $5")
        .bind(to.code())
        .bind(opinion)
        .bind(at)
        .bind(draft.id)
        .bind(draft.revision)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// Takes a draft away once it is published, if it is still this revision.
pub(crate) async fn remove(tx: &Tx, draft: &Draft) -> Result<bool> {
    Ok(q("DELETE FROM catalog_draft WHERE id = $1 AND revision = $2").bind(draft.id).bind(draft.revision).exec(tx).await? == 1)
}

/// Marker of a line of the review log.
pub(crate) struct ReviewLine;

/// One thing that was done to a draft.
pub(crate) struct Done<'a> {
    pub(crate) id: Id<ReviewLine>,
    pub(crate) draft: &'a Draft,
    pub(crate) action: &'static str,
    pub(crate) actor: &'a str,
    pub(crate) opinion: Option<&'a str>,
    pub(crate) at: Instant,
}

/// Adds a line to the review log.
pub(crate) async fn log(tx: &Tx, done: &Done<'_>) -> Result<()> {
    q("INSERT INTO catalog_review (id, item_id, draft_id, state, action, actor_name, opinion, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(done.id)
        .bind(done.draft.item)
        .bind(done.draft.id)
        .bind(done.draft.state.code())
        .bind(done.action)
        .bind(done.actor)
        .bind(done.opinion)
        .bind(done.at)
        .exec(tx)
        .await?;
    Ok(())
}

/// A line of the review log as read: state, action, actor, opinion, moment.
pub(crate) type Line = (String, String, String, Option<String>, i64);

/// The review log of an item, the newest first; at most 100 lines.
pub(crate) async fn lines(db: &Db, item: ItemId) -> Result<Vec<Line>> {
    Ok(q("SELECT state, action, actor_name, opinion, at FROM catalog_review WHERE item_id = $1 ORDER BY at DESC, id DESC LIMIT 100")
        .bind(item)
        .all(db)
        .await?)
}
