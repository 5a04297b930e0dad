//! Finding one item: by code for people, by version for cases.

use kernel::Text;
use platform::{Ctx, Error, Result, Role, regions};

use super::{item, scope};
use crate::model::{Draft, ItemId, ItemVersionId, ItemView, Version};
use crate::states::Standing;
use crate::store::{drafts, items, updates, versions};

/// The public item with this code as it stands today. Internal items are not found, whoever asks.
///
/// # Errors
/// `NotFound` for an unknown code, an internal item, or an item without any version in force yet.
pub async fn find(ctx: &Ctx, code: &str) -> Result<ItemView> {
    let view = find_any(ctx, code).await?;
    if view.version.elements.house.public { Ok(view) } else { Err(Error::NotFound) }
}

/// The item with this code, internal ones included: for the service that owns it, not for the public.
///
/// # Errors
/// `NotFound` for an unknown code or an item without any version in force yet.
pub async fn find_any(ctx: &Ctx, code: &str) -> Result<ItemView> {
    let code = typed_code(code)?;
    let row = items::standing_by_code(ctx.db(), ctx.today(), &code).await?.ok_or(Error::NotFound)?;
    row.view(ctx.today())?.ok_or(Error::NotFound)
}

/// A code as somebody typed it: anything that cannot be one is not found, before a database sees it.
fn typed_code(code: &str) -> Result<String> {
    let code = code.trim().to_uppercase();
    if code.len() <= 40 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) { Ok(code) } else { Err(Error::NotFound) }
}

/// A published version, for as long as the register lives: what a case was begun under.
///
/// # Errors
/// `NotFound` for an id that is none.
pub async fn find_version(ctx: &Ctx, id: ItemVersionId) -> Result<Version> {
    versions::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)
}

/// An item as its editors see it.
#[derive(Debug, Clone)]
pub struct StaffView {
    /// Id of the item.
    pub id: ItemId,
    /// Its code.
    pub code: String,
    /// 基本编码.
    pub basic_code: String,
    /// Region code and name.
    pub region: (String, String),
    /// Name of the body, or of nobody for a basic item.
    pub body: Option<Text>,
    /// Raised by one with every change of switch.
    pub revision: i64,
    /// Why it was suspended or cancelled.
    pub switch_reason: Option<String>,
    /// How it stands today.
    pub standing: Standing,
    /// The version in force.
    pub current: Option<Version>,
    /// The draft.
    pub draft: Option<Draft>,
    /// Until when the upper level's change should be taken over, and from when on the item is suspended otherwise.
    pub update: Option<(kernel::Day, Option<kernel::Day>)>,
}

/// An item with its draft, for staff of the catalogue.
///
/// # Errors
/// `NotFound` for an unknown code; as authorisation says.
pub async fn staff_view(ctx: &Ctx, code: &str) -> Result<StaffView> {
    ctx.require_role(&[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Supervisor])?;
    let row = items::by_code(ctx.db(), &typed_code(code)?).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Supervisor], &scope(&row)).await?;
    let region = regions::find(ctx.db(), &row.region).await?.map(|region| region.name).unwrap_or_default();
    let body = match row.org {
        Some(org) => regions::organisation(ctx.db(), org).await?.map(|org| org.name),
        None => None,
    };
    let standing_row = items::standing_by_id(ctx.db(), ctx.today(), row.id).await?.ok_or(Error::NotFound)?;
    let standing = standing_row.standing(ctx.today())?;
    Ok(StaffView {
        id: row.id,
        code: row.code,
        basic_code: row.basic_code,
        region: (row.region.to_string(), region),
        body,
        revision: row.revision,
        switch_reason: row.switch_reason,
        standing,
        current: standing_row.view(ctx.today())?.map(|view| view.version),
        draft: drafts::of_item(ctx.db(), row.id).await?,
        update: updates::open(ctx.db(), row.id).await?,
    })
}

/// Code of an item by its id.
///
/// # Errors
/// `NotFound` for an id that is none.
pub async fn code_of(ctx: &Ctx, id: ItemId) -> Result<String> {
    Ok(item(ctx, id).await?.code)
}
