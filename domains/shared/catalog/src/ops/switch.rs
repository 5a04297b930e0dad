//! 暂停, 恢复, 取消.

use platform::{Ctx, Error, Result, Role, audit};

use super::{item, publish, scope};
use crate::issues;
use crate::model::ItemId;
use crate::states::Switch;
use crate::store::items;

/// Longest reason, in characters.
const REASON_LIMIT: usize = 500;

/// What is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchTo {
    /// 恢复: what the dates say counts again.
    On,
    /// 暂停.
    Suspended,
    /// 取消, for good.
    Cancelled,
}

/// An item to be suspended, resumed or cancelled.
#[derive(Debug, Clone)]
pub struct SwitchItem {
    /// The item.
    pub item: ItemId,
    /// The item's revision that was read.
    pub revision: i64,
    /// What is to be set.
    pub to: SwitchTo,
    /// Why; shown in the history.
    pub reason: String,
}

/// Suspends, resumes or cancels an item. Cases that have begun go on under their version.
///
/// # Errors
/// `E-P111` without a reason; `E-ST01` for a cancelled item; `E-ST02` for an older revision.
pub async fn switch(ctx: &Ctx, input: SwitchItem) -> Result<()> {
    let item = item(ctx, input.item).await?;
    ctx.require(&[Role::ItemPublisher], &scope(&item)).await?;
    let reason = kernel::text::lines(&input.reason);
    if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
        return Err(issues::reason_needed().into());
    }
    let to = match input.to {
        SwitchTo::On => Switch::On,
        SwitchTo::Suspended => Switch::Suspended,
        SwitchTo::Cancelled => Switch::Cancelled,
    };
    if item.switch == Switch::Cancelled {
        return Err(Error::state("取消", "cancelled"));
    }
    let event = audit::Event::new("catalog.switch", "item", &item.code)
        .region(&item.region)
        .reason(reason.clone())
        .detail(serde_json::json!({ "from": item.switch.code(), "to": to.code() }));
    ctx.db()
        .write(|tx| {
            let (ctx, reason, event) = (ctx.clone(), reason.clone(), event.clone());
            async move {
                if !items::set_switch(&tx, input.item, input.revision, to, &reason).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await?;
                publish::show(&tx, &ctx, input.item).await
            }
        })
        .await
}
