//! Delivers a card: to the clerk who held the matter, the heads of his organisation, and the nearest supervision.

use platform::outbox::Handler;
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Result};

use super::{CardId, store};

/// The handler of `card.deliver`.
pub(super) struct Deliver;

impl Handler for Deliver {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let id: CardId = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            deliver(ctx, id).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

/// One delivery a person, whatever roles he has: as clerk before head before supervisor. Done again, it adds nothing.
async fn deliver(ctx: &Ctx, id: CardId) -> Result<()> {
    let card = store::card(ctx.db(), id, ctx.today()).await?.ok_or(Error::NotFound)?;
    let (now, content) = (ctx.now(), card.content);
    let mut receivers: Vec<_> = content.clerk.into_iter().map(|clerk| (clerk, "clerk")).collect();
    receivers.extend(store::heads(ctx.db(), &content, now).await?.into_iter().map(|staff| (staff, "head")));
    receivers.extend(store::nearest_supervisors(ctx.db(), &content, now).await?.into_iter().map(|staff| (staff, "supervisor")));
    let receivers = std::sync::Arc::new(receivers);
    ctx.db()
        .write(|tx| {
            let receivers = receivers.clone();
            async move {
                for (staff, role) in receivers.iter() {
                    store::deliver(&tx, id, *staff, role, now).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}
