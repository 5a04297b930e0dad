//! Back-entry of old paper files (历史档案补录, R-MR-37 … 39): tables of up to a hundred thousand rows and the page images beside them.
//!
//! A table is stored as sent and read by a job ([`load`]) in chunks; each chunk and how far it came are one transaction, so that whoever takes
//! it up after a stop goes on behind the last chunk. A row is known by its archive number within the organisation: sent again as it is it
//! changes nothing, sent again mended it becomes the next version.
//!
//! * What the cell said stays beside what it was read as ([`Told`]); what the paper does not tell stays unknown, what follows from something
//!   else is marked so.
//! * Whoever keyed a row does not check it. The check publishes the marriage to the base, or, where somebody would be married twice, makes it
//!   a conflict that a person has to look into ([`check`]).
//! * What is published is its own register beside that of this program: old files have neither cases nor booklets, and often no number. One
//!   standing marriage a person is a unique key over both (`marriage_standing`).

mod check;
mod clashes;
mod issues;
pub(crate) mod load;
mod model;
mod parameters;
mod row;
mod submit;
#[cfg(test)]
mod tests;
mod view;

pub use check::{Resolution, Resolve, confirm, note_end, resolve, send_back};
pub use clashes::{Clash, Kind as ClashKind, With};
pub use load::service;
pub use model::{
    BatchId, COLUMNS, Class, ImageId, Number, PaperDate, PartId, PartyRecord, Record, RejectId, RowId, Source, State, Told, Written, template,
};
pub use submit::{NewBatch, SentImage, SentTable, add_image, open, send};
pub use view::{
    BatchLine, BatchView, Counts, Fact, ImageView, Part, Reject, RowLine, RowView, batch, batches, conflicts, image, may_key, rejected_csv, rejects, row,
    rows,
};

use platform::{Ctx, OrgId, Result, Role, Scope};
use kernel::RegionCode;

/// Basic code of the internal item 历史档案补录 (A.1): never in the public catalogue.
pub const ITEM: &str = "000711009001";

/// Who keys.
pub const KEYS: [Role; 3] = [Role::Clerk, Role::Registrar, Role::Archivist];
/// Who checks and looks into conflicts.
pub const CHECKS: [Role; 1] = [Role::Reviewer];
/// Who may look.
pub const READERS: [Role; 5] = [Role::Clerk, Role::Registrar, Role::Reviewer, Role::Supervisor, Role::Archivist];

fn scope(region: RegionCode, org: OrgId) -> Scope {
    Scope::region(region).org(org).item(ITEM)
}

/// Where the actor works, if he has one of these roles there.
async fn at_home(ctx: &Ctx, roles: &[Role]) -> Result<(RegionCode, OrgId)> {
    let staff = ctx.actor().staff().ok_or(platform::Error::SignIn)?;
    ctx.require(roles, &scope(staff.region, staff.org)).await?;
    Ok((staff.region, staff.org))
}
