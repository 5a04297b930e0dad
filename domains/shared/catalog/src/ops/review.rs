//! 部门审核, 编办和司法审核, 政务管理审核: a draft is passed on or sent back.

use kernel::Id;
use platform::{Ctx, Error, Result, audit};

use super::{actor_name, draft, item, keep_apart, scope};
use crate::issues;
use crate::model::{Draft, ItemId};
use crate::states::{Action, DraftState};
use crate::store::drafts::{self, Done, ReviewLine};
use crate::store::items::ItemRow;

/// Longest opinion, in characters.
const OPINION_LIMIT: usize = 500;

/// What a reviewer decides.
#[derive(Debug, Clone)]
pub struct Review {
    /// The item.
    pub item: ItemId,
    /// The draft's revision that was read.
    pub revision: i64,
    /// Whether it passes; otherwise it goes back to the editor.
    pub pass: bool,
    /// What the reviewer says; needed to send it back.
    pub opinion: Option<String>,
}

/// Passes a draft to the next review, or sends it back.
///
/// # Errors
/// `E-P806` for the draft's author; `E-ST01` where the state has no such step; `E-P111` to send back without an opinion.
pub async fn review(ctx: &Ctx, input: Review) -> Result<()> {
    let item = item(ctx, input.item).await?;
    let draft = draft(ctx, input.item, input.revision).await?;
    let action = if input.pass { Action::Pass } else { Action::Return };
    let next = next(&draft, action)?;
    let role = draft.state.role(action).ok_or(Error::NotFound)?;
    ctx.require(&[role], &scope(&item)).await?;
    keep_apart(ctx, &draft, ("事项审核", "item reviewer"))?;
    let opinion = input.opinion.map(|text| kernel::text::lines(&text)).filter(|text| !text.is_empty());
    if opinion.as_ref().is_some_and(|text| text.chars().count() > OPINION_LIMIT) || (!input.pass && opinion.is_none()) {
        return Err(issues::reason_needed().into());
    }
    advance(ctx, &item, &draft, next, if input.pass { "pass" } else { "return" }, opinion).await
}

/// The state after an action, or `E-ST01`.
pub(super) fn next(draft: &Draft, action: Action) -> Result<DraftState> {
    draft.state.after(action).flatten().ok_or_else(|| {
        let label = draft.state.label();
        Error::state(&label.zh, &label.en)
    })
}

/// Moves a draft, with its line in the review log and the audit row.
pub(super) async fn advance(ctx: &Ctx, item: &ItemRow, draft: &Draft, to: DraftState, action: &'static str, opinion: Option<String>) -> Result<()> {
    let line: Id<ReviewLine> = ctx.id();
    let name = actor_name(ctx);
    let event = audit::Event::new("catalog.review", "item", &item.code)
        .region(&item.region)
        .detail(serde_json::json!({ "action": action, "from": draft.state.code(), "to": to.code() }));
    ctx.db()
        .write(|tx| {
            let (ctx, draft, opinion, name, event) = (ctx.clone(), draft.clone(), opinion.clone(), name.clone(), event.clone());
            async move {
                let back = opinion.as_deref().filter(|_| to == DraftState::Draft);
                if !drafts::set_state(&tx, &draft, to, back, ctx.now()).await? {
                    return Err(Error::stale());
                }
                let done = Done { id: line, draft: &draft, action, actor: &name, opinion: opinion.as_deref(), at: ctx.now() };
                drafts::log(&tx, &done).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
