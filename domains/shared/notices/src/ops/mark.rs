//! Marking one's own notices as read.

use platform::{Ctx, Error, Result};

use super::holders;
use crate::model::NoticeId;
use crate::store::notices;

/// Marks one notice as read. The first reading counts; a second changes nothing.
///
/// # Errors
/// `SignIn`; `NotFound` for somebody else's, too.
pub async fn mark_read(ctx: &Ctx, id: NoticeId) -> Result<()> {
    let holders = holders(ctx)?;
    notices::find(ctx.db(), &holders, id, ctx.now()).await?.ok_or(Error::NotFound)?;
    mark(ctx, holders, Some(id)).await.map(drop)
}

/// Marks everything told so far as read. Returns how many that were.
///
/// # Errors
/// `SignIn`; `E-N01` for programs.
pub async fn mark_all_read(ctx: &Ctx) -> Result<u64> {
    mark(ctx, holders(ctx)?, None).await
}

async fn mark(ctx: &Ctx, holders: Vec<Vec<u8>>, id: Option<NoticeId>) -> Result<u64> {
    let now = ctx.now();
    ctx.db()
        .write(|tx| {
            let holders = holders.clone();
            async move { notices::mark_read(&tx, &holders, id, now).await }
        })
        .await
}
