//! Delivers a card: to the clerk who held the matter, the heads of his organisation, and the nearest supervision. Each is told of it once.

use kernel::Text;
use notices::{Notice, To, Topic};
use platform::outbox::Handler;
use platform::ports::{BoxFuture, PortError};
use platform::{Ctx, Error, Result, StaffId};

use super::{Card, CardId, store};

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
    let (now, content) = (ctx.now(), &card.content);
    let mut receivers: Vec<_> = content.clerk.into_iter().map(|clerk| (clerk, "clerk")).collect();
    receivers.extend(store::heads(ctx.db(), content, now).await?.into_iter().map(|staff| (staff, "head")));
    receivers.extend(store::nearest_supervisors(ctx.db(), content, now).await?.into_iter().map(|staff| (staff, "supervisor")));
    let receivers = std::sync::Arc::new(receivers);
    let card = std::sync::Arc::new(card);
    ctx.db()
        .write(|tx| {
            let (ctx, receivers, card) = (ctx.clone(), receivers.clone(), card.clone());
            async move {
                for (staff, role) in receivers.iter() {
                    if store::deliver(&tx, id, *staff, role, now).await? {
                        notices::tell(&tx, &ctx, notice(&card, *staff, role)).await?;
                    }
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

/// What a receiver is told: number and rule, until when he has to answer, and where.
fn notice(card: &Card, to: StaffId, role: &str) -> Notice {
    let (content, colour, rule) = (&card.content, card.content.colour.name(), card.content.rule.name());
    let title = Text::new(format!("{}：{} {}", colour.zh, rule.zh, content.subject), format!("{}: {}, {}", colour.en, rule.en, content.subject));
    let due = card.answer_due;
    let body = if role == "supervisor" {
        Text::new(format!("监察编号{}。{}。", card.number, content.words), format!("Card {}. The office has to answer by {}.", card.number, due.en()))
    } else {
        Text::new(
            format!("监察编号{}。{}。请于{}前答复原因和措施。", card.number, content.words, due.zh()),
            format!("Card {}. Please answer by {} why, and what is done about it.", card.number, due.en()),
        )
    };
    Notice::new(To::Staff(to), Topic::Work, format!("card-{}-{to}", card.id), title, body).link(format!("/cards/{}", card.id))
}
