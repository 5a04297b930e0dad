//! 编制基本目录: a new basic item with its first draft.

use kernel::{Day, RegionCode};
use platform::{Ctx, Result, Role, Scope, audit};

use crate::issues;
use crate::model::{BasicCode, Draft, DraftId, Elements, Item, ItemDraft, ItemId, Layer, canonical_text};
use crate::states::{DraftState, Switch};
use crate::store::{drafts, items};

/// A basic item to be added.
#[derive(Debug, Clone)]
pub struct Define {
    /// 基本编码.
    pub code: BasicCode,
    /// The region of the authority that defines it.
    pub region: RegionCode,
    /// First day in force; the day of publication if absent.
    pub effective_from: Option<Day>,
    /// What it says.
    pub elements: Elements,
}

/// Adds a basic item and its draft.
///
/// # Errors
/// `E-ST03` when the code is taken.
pub async fn define(ctx: &Ctx, input: Define) -> Result<ItemId> {
    ctx.require(&[Role::ItemEditor], &Scope::region(input.region).item(input.code.as_str())).await?;
    let row = items::ItemRow {
        id: ctx.id::<Item>(),
        layer: Layer::Basic,
        code: input.code.to_string(),
        basic_code: input.code.to_string(),
        basic_id: None,
        org: None,
        region: input.region,
        service: input.elements.house.service.clone(),
        public: input.elements.house.public,
        switch: Switch::On,
        switch_reason: None,
        revision: 1,
    };
    let draft = new_draft(ctx, row.id, input.elements, input.effective_from);
    insert(ctx, row, draft, "catalog.define").await
}

/// The first draft of an item.
pub(super) fn new_draft(ctx: &Ctx, item: ItemId, elements: Elements, effective_from: Option<Day>) -> Draft {
    let id: DraftId = ctx.id::<ItemDraft>();
    Draft {
        id,
        item,
        state: DraftState::Draft,
        revision: 1,
        author: ctx.actor().key(),
        effective_from,
        effective_to: None,
        opinion: None,
        changed_at: ctx.now(),
        elements,
    }
}

/// Adds an item with its draft in one transaction.
pub(super) async fn insert(ctx: &Ctx, row: items::ItemRow, draft: Draft, action: &'static str) -> Result<ItemId> {
    let text = canonical_text(&draft.elements).map_err(platform::Error::internal)?;
    let event = audit::Event::new(action, "item", &row.code).region(&row.region);
    let id = row.id;
    ctx.db()
        .write(|tx| {
            let (ctx, row, draft, text, event) = (ctx.clone(), row.clone(), draft.clone(), text.clone(), event.clone());
            async move {
                if !items::insert(&tx, &row, ctx.now()).await? {
                    return Err(issues::taken().into());
                }
                drafts::insert(&tx, &draft, &text).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(id)
}
