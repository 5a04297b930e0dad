//! 发布: a draft becomes a version that never changes.

use kernel::Id;
use platform::{Ctx, Error, Result, audit, calendars, change};

use super::{actor_name, check, draft, item, keep_apart, scope, upper};
use crate::issues;
use crate::model::{Draft, ItemId, ItemVersion, ItemVersionId, Layer, Version, canonical_text, public_text, text_hash};
use crate::rules;
use crate::states::Action;
use crate::store::drafts::{self, Done, ReviewLine};
use crate::store::{items, updates, versions};

/// Working days within which a list should take over a new version of its basic item (OVP P1.4, a decision of the house, not a law).
const UPDATE_WORKING_DAYS: u32 = 10;

/// Publishes a draft that has passed every review. Implementations of a basic item are asked to take it over.
///
/// # Errors
/// `E-P806` for the draft's author; all findings of P1-1 … P1-12, since the world may have moved since the submission; `E-P111` when it
/// would begin before the version that it follows; `E-ST01`, `E-ST02`.
pub async fn publish(ctx: &Ctx, id: ItemId, revision: i64) -> Result<ItemVersionId> {
    let item = item(ctx, id).await?;
    let draft = draft(ctx, id, revision).await?;
    let Some(role) = draft.state.role(Action::Publish) else {
        let label = draft.state.label();
        return Err(Error::state(&label.zh, &label.en));
    };
    ctx.require(&[role], &scope(&item)).await?;
    keep_apart(ctx, &draft, ("事项发布", "item publisher"))?;
    let from = draft.effective_from.unwrap_or(ctx.today());
    let upper = upper(ctx, &item, from).await?;
    check(ctx, &item, &draft.elements, upper.as_ref()).await?;

    let text = canonical_text(&draft.elements).map_err(Error::internal)?;
    let version = Version {
        id: ctx.id::<ItemVersion>(),
        item: id,
        number: 1,
        basic: upper.as_ref().map(|version| version.id),
        effective_from: from,
        effective_to: draft.effective_to,
        text_hash: text_hash(&public_text(&draft.elements).map_err(Error::internal)?),
        published_at: ctx.now(),
        elements: draft.elements.clone(),
    };
    let version = write(ctx, &item, draft, version, upper, text).await?;
    if item.layer == Layer::Basic {
        ask_children(ctx, &version).await?;
    }
    Ok(version.id)
}

async fn write(ctx: &Ctx, item: &items::ItemRow, draft: Draft, version: Version, upper: Option<Version>, text: String) -> Result<Version> {
    let line: Id<ReviewLine> = ctx.id();
    let name = actor_name(ctx);
    ctx.db()
        .write(|tx| {
            let (ctx, item, draft, upper) = (ctx.clone(), item.clone(), draft.clone(), upper.clone());
            let (mut version, text, name) = (version.clone(), text.clone(), name.clone());
            async move {
                if !drafts::remove(&tx, &draft).await? {
                    return Err(Error::stale());
                }
                if let Some(previous) = versions::newest(&tx, item.id).await? {
                    if version.effective_from < previous.effective_from {
                        return Err(issues::effective_order(previous.effective_from).into());
                    }
                    version.number = previous.number + 1;
                }
                versions::insert(&tx, &version, &text, &name).await?;
                if let Some(upper) = &upper {
                    updates::settle(&tx, item.id, upper, version.effective_from).await?;
                }
                let done = Done { id: line, draft: &draft, action: "publish", actor: &name, opinion: None, at: ctx.now() };
                drafts::log(&tx, &done).await?;
                let event = audit::Event::new("catalog.publish", "item", &item.code)
                    .region(&item.region)
                    .detail(serde_json::json!({ "version": version.number, "text_hash": version.text_hash, "from": version.effective_from }));
                audit::record(&tx, &ctx, event).await?;
                show(&tx, &ctx, item.id).await?;
                Ok(version)
            }
        })
        .await
}

/// Tells the search index of an item as it stands now, and notes what it was told.
pub(crate) async fn show(tx: &store::Tx, ctx: &Ctx, id: ItemId) -> Result<()> {
    if let Some(row) = items::standing_by_id(tx, ctx.today(), id).await? {
        let (code, version, standing) = (row.code.clone(), row.version_id()?, row.standing(ctx.today())?);
        items::set_shown(tx, id, version, standing).await?;
        change::mark(tx, ctx, "item", &code).await?;
    }
    Ok(())
}

/// Asks the implementations of a basic item to take over a version, 200 in a transaction. Run again it asks those that were left out.
pub(crate) async fn ask_children(ctx: &Ctx, version: &Version) -> Result<()> {
    if version.number < 2 {
        return Ok(());
    }
    let old = versions::history(ctx.db(), version.item).await?.into_iter().find(|old| old.number == version.number - 1);
    let Some(old) = old else { return Ok(()) };
    let calendar = calendars::current(ctx.db()).await?;
    let due = calendar.add_working_days(ctx.today(), UPDATE_WORKING_DAYS).day;
    loop {
        let children = updates::behind(ctx.db(), version).await?;
        if children.is_empty() {
            return Ok(());
        }
        let asked: Vec<_> = children
            .into_iter()
            .map(|child| {
                let suspends = rules::suspends_children(&old.elements, &version.elements, &child.elements, &calendar);
                (child.id, child.code, suspends.then_some(version.effective_from))
            })
            .collect();
        ctx.db()
            .write(|tx| {
                let (ctx, asked, version) = (ctx.clone(), asked.clone(), version.id);
                async move {
                    for (child, code, suspends_on) in &asked {
                        updates::ask(&tx, *child, version, due, *suspends_on, ctx.now()).await?;
                        let event = audit::Event::new("catalog.update_due", "item", code)
                            .detail(serde_json::json!({ "due": due, "suspends_on": suspends_on }));
                        audit::record(&tx, &ctx, event).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
}
