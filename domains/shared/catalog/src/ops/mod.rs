//! What can be done with the catalogue. Authorisation is the first thing in every operation.

mod claim;
mod define;
mod edit;
mod find;
mod guide;
mod history;
mod list;
mod open;
mod publish;
mod questions;
mod review;
mod submit;
mod switch;
#[cfg(test)]
mod tests;

use kernel::Day;
use platform::{Actor, Ctx, Error, Result, Scope, calendars};

pub use claim::{Claim, claim};
pub use define::{Define, define};
pub use edit::{Edit, Local, edit, edit_local, preview};
pub use find::{StaffView, code_of, find, find_any, find_version, staff_view};
pub use guide::{Guide, NotNeeded, guide};
pub use history::{Difference, History, ReviewLine, differences, history};
pub use list::{ADMIN_PAGE, AdminFilter, AdminLine, admin_list, implementations, list, names, nearest, of_service};
pub use open::open;
pub use publish::publish;
pub use questions::{Topic, beside, topic, topics};
pub use review::{Review, review};
pub use submit::submit;
pub(crate) use publish::{ask_children, show};
pub use switch::{SwitchItem, SwitchTo, switch};

use crate::model::{BasicCode, Draft, Elements, ItemId, Layer, Version};
use crate::rules::{self, Against};
use crate::store::{drafts, items, versions};

/// What an action on `item` is authorised against.
fn scope(item: &items::ItemRow) -> Scope {
    let scope = Scope::region(item.region).item(item.basic_code.clone());
    match item.org {
        Some(org) => scope.org(org),
        None => scope,
    }
}

/// Name of the actor for the review log.
fn actor_name(ctx: &Ctx) -> String {
    ctx.actor().staff().map_or_else(|| ctx.actor().key(), |staff| staff.name.clone())
}

/// Who wrote a draft neither reviews nor publishes it (编制×发布, OVP P8.2). The program itself has no two persons to keep apart.
fn keep_apart(ctx: &Ctx, draft: &Draft, other: (&str, &str)) -> Result<()> {
    if !matches!(ctx.actor(), Actor::System { .. }) && draft.author == ctx.actor().key() {
        return Err(Error::Denied(crate::issues::conflicting_roles(other.0, other.1)));
    }
    Ok(())
}

async fn item(ctx: &Ctx, id: ItemId) -> Result<items::ItemRow> {
    items::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)
}

/// The draft, if nobody changed it since the page that asks was made.
async fn draft(ctx: &Ctx, item: ItemId, revision: i64) -> Result<Draft> {
    let draft = drafts::of_item(ctx.db(), item).await?.ok_or(Error::NotFound)?;
    if draft.revision == revision { Ok(draft) } else { Err(Error::stale()) }
}

/// The basic version that a list rests on if it begins on `day`: the one in force then, or else the first to come.
async fn upper(ctx: &Ctx, item: &items::ItemRow, day: Day) -> Result<Option<Version>> {
    let Some(basic) = item.basic_id else { return Ok(None) };
    let found = match versions::in_force(ctx.db(), basic, day).await? {
        Some(version) => Some(version),
        None => versions::newest(ctx.db(), basic).await?,
    };
    found.map(Some).ok_or(Error::NotFound)
}

/// Holds a document against the rules P1-1 … P1-12, with the calendars that are loaded now.
async fn check(ctx: &Ctx, item: &items::ItemRow, elements: &Elements, upper: Option<&Version>) -> Result<()> {
    let against = Against {
        layer: item.layer,
        basic_code: &BasicCode::parse(&item.basic_code)?,
        impl_code: (item.layer == Layer::Implementation).then_some(item.code.as_str()),
        upper: upper.map(|version| &version.elements),
    };
    Ok(rules::hold(elements, &against, &calendars::current(ctx.db()).await?)?)
}
