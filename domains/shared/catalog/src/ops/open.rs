//! 变更草稿: a new draft of what is published.

use kernel::Day;
use platform::{Ctx, Error, Result, Role, audit};

use super::{define, item, scope, upper};
use crate::inherit::rebase;
use crate::issues;
use crate::model::{DraftId, ItemId, canonical_text};
use crate::store::{drafts, versions};

/// Opens a draft from the newest version. What the upper level holds is taken from the basic version in force on the draft's first day;
/// nothing local is dropped.
///
/// # Errors
/// `E-ST03` when there is a draft; `E-ST01` for a cancelled item.
pub async fn open(ctx: &Ctx, id: ItemId, effective_from: Option<Day>) -> Result<DraftId> {
    let item = item(ctx, id).await?;
    ctx.require(&[Role::ItemEditor], &scope(&item)).await?;
    if item.switch == crate::states::Switch::Cancelled {
        return Err(Error::state("取消", "cancelled"));
    }
    let mut elements = versions::newest(ctx.db(), id).await?.ok_or(Error::NotFound)?.elements;
    if let Some(upper) = upper(ctx, &item, effective_from.unwrap_or(ctx.today())).await? {
        elements = rebase(&elements, &upper.elements)?;
    }
    let draft = define::new_draft(ctx, id, elements, effective_from);
    let text = canonical_text(&draft.elements).map_err(Error::internal)?;
    let event = audit::Event::new("catalog.open", "item", &item.code).region(&item.region);
    let draft_id = draft.id;
    ctx.db()
        .write(|tx| {
            let (ctx, draft, text, event) = (ctx.clone(), draft.clone(), text.clone(), event.clone());
            async move {
                if !drafts::insert(&tx, &draft, &text).await? {
                    return Err(issues::draft_open().into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(draft_id)
}
