//! 认领: a body takes over a basic item; locked elements are copied, local ones are its own.

use kernel::Uscc;
use platform::{Ctx, Error, OrgId, Result, Role, Scope, regions};

use super::define;
use crate::issues;
use crate::model::{BasicCode, Body, BodyKind, ImplCode, Item, ItemId, Layer, Level, Place};
use crate::states::Switch;
use crate::store::{items, versions};

/// A basic item that a body takes over.
#[derive(Debug, Clone)]
pub struct Claim {
    /// 基本编码.
    pub basic: BasicCode,
    /// The body.
    pub org: OrgId,
    /// Its level; has to be one of the item's.
    pub level: Level,
    /// Codes of the offices where it is done.
    pub offices: Vec<String>,
}

/// Adds an implementation list with a draft that copies the basic item in force.
///
/// # Errors
/// `NotFound` for an item without a version in force; `E-P107` for a level that the item is not open to; `E-ST03` when the body has it.
pub async fn claim(ctx: &Ctx, input: Claim) -> Result<ItemId> {
    let org = regions::organisation(ctx.db(), input.org).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::ItemEditor], &Scope::region(org.region).org(org.id).item(input.basic.as_str())).await?;
    let basic = items::by_code(ctx.db(), input.basic.as_str()).await?.filter(|item| item.layer == Layer::Basic).ok_or(Error::NotFound)?;
    let version = versions::in_force(ctx.db(), basic.id, ctx.today()).await?.ok_or(Error::NotFound)?;
    if !version.elements.levels.contains(&input.level) {
        return Err(issues::level_not_allowed(&input.level.name()).into());
    }
    let uscc = Uscc::parse(&org.uscc)?;
    let mut elements = version.elements;
    elements.body = Some(Body {
        name: org.name,
        uscc: uscc.as_str().to_owned(),
        kind: BodyKind::Statutory,
        level: input.level,
        region: org.region.to_string(),
        department: None,
    });
    elements.place = Place { offices: input.offices, window: None, note: None };
    let row = items::ItemRow {
        id: ctx.id::<Item>(),
        layer: Layer::Implementation,
        code: ImplCode::compose(&uscc, input.level, &input.basic).to_string(),
        basic_code: input.basic.to_string(),
        basic_id: Some(basic.id),
        org: Some(org.id),
        region: org.region,
        service: basic.service,
        public: basic.public,
        switch: Switch::On,
        switch_reason: None,
        revision: 1,
    };
    let draft = define::new_draft(ctx, row.id, elements, None);
    define::insert(ctx, row, draft, "catalog.claim").await
}
