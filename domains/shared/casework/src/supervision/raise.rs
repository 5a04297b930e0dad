//! Issuing cards: by the run, by other crates, by the supervision's own hand.

use kernel::{Day, text};
use platform::{Ctx, Error, Result, Role, Scope, audit, calendars, outbox};
use ::store::Tx;

use super::{CardId, NewCard, Rule, Workdays, issues, store, thresholds};

/// A card with what was drawn for it before the transaction.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) id: CardId,
    pub(super) card: NewCard,
    pub(super) answer_due: Day,
}

impl Ready {
    pub(super) fn new(ctx: &Ctx, card: NewCard, answer_workdays: i64, workdays: &Workdays) -> Self {
        Self { id: ctx.id(), card, answer_due: workdays.after(ctx.today(), answer_workdays) }
    }
}

/// Writes those that are not there yet, with trail and delivery; returns how many.
pub(super) async fn write(tx: &Tx, ctx: &Ctx, cards: &[Ready]) -> Result<u64> {
    let mut written = 0;
    let mut fresh = Vec::new();
    for ready in cards {
        if !store::exists(tx, &ready.card).await? {
            fresh.push(ready);
        }
    }
    if fresh.is_empty() {
        return Ok(0);
    }
    let last = store::take_numbers(tx, ctx.today(), fresh.len()).await?;
    let first = last - i64::try_from(fresh.len()).map_err(Error::internal)? + 1;
    for (n, ready) in (first..).zip(fresh) {
        let number = format!("JC{}{n:05}", ctx.today().compact());
        if !store::insert(tx, ready.id, &number, &ready.card, ready.answer_due, ctx.now(), &ctx.actor().key()).await? {
            continue;
        }
        written += 1;
        let detail = serde_json::json!({ "rule": ready.card.rule.code(), "colour": ready.card.colour.code(), "number": number });
        audit::record(tx, ctx, audit::Event::new("card.issue", "card", ready.id).region(&ready.card.region).detail(detail)).await?;
        outbox::put(tx, ctx, outbox::Message::of("card.deliver", ready.id.to_string(), &ready.id)).await?;
    }
    Ok(written)
}

/// Takes in cards that other crates have found (ratings, complaints, sharing, packets); those that are there already stay as they are.
/// Returns how many were new.
pub async fn adopt(ctx: &Ctx, cards: Vec<NewCard>) -> Result<u64> {
    ctx.require_role(&[])?;
    let workdays = Workdays::around(calendars::current(ctx.db()).await?, ctx.today());
    let mut cache = thresholds::Cache::default();
    let mut ready = Vec::with_capacity(cards.len());
    for card in cards {
        let days = cache.of(ctx, card.region).await?.answer_workdays;
        ready.push(Ready::new(ctx, card, days, &workdays));
    }
    let mut written = 0;
    for batch in ready.chunks(super::run::ROWS) {
        let batch = std::sync::Arc::new(batch.to_vec());
        written += ctx
            .db()
            .write(|tx| {
                let (ctx, batch) = (ctx.clone(), batch.clone());
                async move { write(&tx, &ctx, &batch).await }
            })
            .await?;
    }
    Ok(written)
}

/// What the supervision found itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// One of the rules that no clock watches.
    pub rule: Rule,
    /// Number of the case.
    pub case_no: String,
    /// What was found.
    pub words: String,
}

/// Issues a card for what no clock tells: a fee off the list, a refusal without reason, handling past the system.
///
/// # Errors
/// E-P243 for the other rules, E-P245 for an unknown case, E-P240 without words.
pub async fn raise_by_hand(ctx: &Ctx, found: &ByHand) -> Result<CardId> {
    ctx.require_role(&[Role::Supervisor])?;
    let colour = found.rule.by_hand().ok_or_else(issues::not_by_hand)?;
    let words = text::line(&found.words);
    if words.is_empty() {
        return Err(issues::no_words("words", "发现的问题", "what was found").into());
    }
    let case = store::case_by_no(ctx.db(), &text::code(&found.case_no)).await?.ok_or_else(issues::no_case)?;
    ctx.require(&[Role::Supervisor], &Scope::region(case.region).org(case.org).item(case.item_code.clone())).await?;
    let card = NewCard {
        rule: found.rule,
        colour,
        cause: format!("{}:{}", case.id, ctx.today()),
        case: Some(case.id),
        subject: case.case_no,
        region: case.region,
        org: case.org,
        item_code: case.item_code,
        clerk: case.holder,
        effective_on: ctx.today(),
        due: None,
        over: 0,
        words,
    };
    let days = thresholds::for_region(ctx, card.region).await?.answer_workdays;
    let workdays = Workdays::around(calendars::current(ctx.db()).await?, ctx.today());
    let ready = Ready::new(ctx, card, days, &workdays);
    let id = ready.id;
    let batch = std::sync::Arc::new(vec![ready]);
    let written = ctx
        .db()
        .write(|tx| {
            let (ctx, batch) = (ctx.clone(), batch.clone());
            async move { write(&tx, &ctx, &batch).await }
        })
        .await?;
    if written == 0 { Err(Error::stale()) } else { Ok(id) }
}
