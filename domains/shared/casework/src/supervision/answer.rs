//! Answering and cancelling cards. Both are added to the card; nothing is taken away.

use kernel::text;
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::{CardId, NoteKind, Standing, issues, store};

/// Answers a card that was delivered to the actor as clerk or head. More may be added later; late answers are taken and show as late.
///
/// # Errors
/// E-P240 without words, E-P241 when it was cancelled, E-P242 for anybody else.
pub async fn answer(ctx: &Ctx, id: CardId, words: &str) -> Result<()> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?.id;
    let card = store::card(ctx.db(), id, ctx.today()).await?.ok_or(Error::NotFound)?;
    match store::delivered_as(ctx.db(), id, staff).await?.as_deref() {
        Some("clerk" | "head") => {}
        Some(_) => return Err(Error::Denied(issues::not_yours())),
        None => {
            // Whoever may not even see it learns nothing of it.
            super::lists::may_read(ctx, &card).await?;
            return Err(Error::Denied(issues::not_yours()));
        }
    }
    let words = said(words, "answer", "答复", "the answer")?;
    if card.standing == Standing::Cancelled {
        return Err(issues::cancelled().into());
    }
    note(ctx, id, NoteKind::Answer, words, audit::Event::new("card.answer", "card", id).region(&card.content.region)).await
}

/// Cancels a card, with a reason; the card and both stay. Only the supervision may.
///
/// # Errors
/// E-P240 without a reason, E-P241 when it is cancelled already.
pub async fn cancel(ctx: &Ctx, id: CardId, reason: &str) -> Result<()> {
    let card = store::card(ctx.db(), id, ctx.today()).await?.ok_or(Error::NotFound)?;
    let scope = Scope::region(card.content.region).org(card.content.org).item(card.content.item_code.clone());
    ctx.require(&[Role::Supervisor], &scope).await?;
    let reason = said(reason, "reason", "撤销理由", "the reason")?;
    if card.standing == Standing::Cancelled {
        return Err(issues::cancelled().into());
    }
    let event = audit::Event::new("card.cancel", "card", id).region(&card.content.region).reason(&reason);
    note(ctx, id, NoteKind::Cancel, reason, event).await
}

fn said(words: &str, field: &'static str, zh: &str, en: &str) -> Result<String> {
    let words = text::line(words);
    if words.is_empty() { Err(issues::no_words(field, zh, en).into()) } else { Ok(words.chars().take(2000).collect()) }
}

async fn note(ctx: &Ctx, id: CardId, kind: NoteKind, words: String, event: audit::Event) -> Result<()> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?.clone();
    let (note, now) = (ctx.id(), ctx.now());
    ctx.db()
        .write(|tx| {
            let (ctx, words, staff, event) = (ctx.clone(), words.clone(), staff.clone(), event.clone());
            async move {
                // A card is cancelled once, whoever was faster.
                if !store::add_note(&tx, note, id, kind, &words, staff.id, &staff.name, now).await? {
                    return Err(Error::from(issues::cancelled()));
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
