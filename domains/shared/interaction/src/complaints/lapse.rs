//! Replies to which nobody objects in time: closed.

use platform::{Ctx, Error, Result};

use super::act::{Change, Ready, load};
use super::states::State;
use crate::store::complaint_lists;
use crate::store::complaints::{self, Row};

/// Closes what nobody has judged in time. Whether it still may be judged, the date says, not this job.
pub(crate) async fn lapse(ctx: &Ctx) -> Result<()> {
    for id in complaint_lists::unjudged(ctx.db(), ctx.today()).await? {
        let file = load(ctx, id).await?;
        if file.row.state != State::Replied {
            continue;
        }
        let ready = Ready::new(ctx, &file, Change::new(Row { state: State::Closed, ..file.row.clone() }, "lapse", ""));
        let closed = ctx
            .db()
            .write(|tx| {
                let (ctx, ready) = (ctx.clone(), ready.clone());
                async move { ready.write(&tx, &ctx).await }
            })
            .await;
        match closed {
            // Somebody judged it in this moment.
            Ok(()) | Err(Error::Stale(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Puts a complaint that is far overdue under the supervision of the level above (P4-8), once.
pub(crate) async fn supervise(ctx: &Ctx, id: super::ComplaintId) -> Result<()> {
    let file = load(ctx, id).await?;
    if file.row.supervised || !file.row.state.is_open() {
        return Ok(());
    }
    let mut row = file.row.clone();
    super::satisfy::raise(ctx, &mut row).await?;
    let ready = Ready::new(ctx, &file, Change::new(row, "supervise", ""));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move { ready.write(&tx, &ctx).await }
        })
        .await
}

/// Takes over an end that has moved with the calendar, and tells the person of a moved reply.
pub(crate) async fn moved(ctx: &Ctx, id: super::ComplaintId, moved: &platform::calendars::deadlines::Moved, key: &str) -> Result<()> {
    let key = format!("moved-{key}");
    ctx.db()
        .write(|tx| {
            let (ctx, moved, key) = (ctx.clone(), moved.clone(), key.clone());
            async move {
                complaints::move_due(&tx, id, &moved.kind, moved.due).await?;
                let row = complaints::by_id(&tx, id).await?.ok_or(Error::NotFound)?;
                if moved.kind == "reply" && moved.due != moved.told && row.due() == Some(moved.due) && row.state.is_open() {
                    super::notices::send(&tx, &ctx, &row, super::notices::What::Moved, &key).await?;
                }
                Ok(())
            }
        })
        .await
}
