//! 提交审核.

use platform::{Ctx, Result, Role};

use super::{check, draft, item, review, scope, upper};
use crate::model::ItemId;
use crate::states::Action;

/// Sends a draft to review once every rule is kept.
///
/// # Errors
/// All findings of P1-1 … P1-12 at once; `E-ST02` for an older revision; `E-ST01` when it is under review already.
pub async fn submit(ctx: &Ctx, id: ItemId, revision: i64) -> Result<()> {
    let item = item(ctx, id).await?;
    ctx.require(&[Role::ItemEditor], &scope(&item)).await?;
    let draft = draft(ctx, id, revision).await?;
    let next = review::next(&draft, Action::Submit)?;
    let upper = upper(ctx, &item, draft.effective_from.unwrap_or(ctx.today())).await?;
    check(ctx, &item, &draft.elements, upper.as_ref()).await?;
    review::advance(ctx, &item, &draft, next, "submit", None).await
}
