//! Notes that a booklet was printed.

use casework::CaseId;
use platform::{Ctx, Error, Result};

use super::correct::registered;
use super::{advance, begin};
use crate::model::Side;
use crate::states::Action;
use crate::store::register;

/// Notes that a holder's booklet was printed.
pub async fn printed(ctx: &Ctx, case: CaseId, seen: i64, holder: Side) -> Result<()> {
    let file = begin(ctx, case, Action::Print).await?;
    let marriage = registered(&file)?;
    ctx.db()
        .write(|tx| {
            let (ctx, file) = (ctx.clone(), file.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Print, file.state.kind(), holder.name().zh.as_ref()).await?;
                match register::set_printed(&tx, marriage, holder, ctx.now()).await? {
                    0 => Err(Error::NotFound),
                    _ => Ok(()),
                }
            }
        })
        .await
}
