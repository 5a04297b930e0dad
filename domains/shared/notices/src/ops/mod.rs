//! What the reader of notices can do.

mod mark;
mod own;
mod prefer;
mod read;

pub use mark::{mark_all_read, mark_read};
pub use own::{forget, own_data};
pub use prefer::{Preferences, TopicChoice, choose, preferences};
pub use read::{Found, Opened, Search, Summary, UNREAD_MOST, list, newest, open, unread};

use platform::{Actor, Ctx, Error, Result};

use crate::issues;

/// Under which ids the one who acts finds notices: a citizen, or his program, under his account and, after the real-name step, himself.
fn holders(ctx: &Ctx) -> Result<Vec<Vec<u8>>> {
    if let Some(citizen) = ctx.actor().citizen() {
        return Ok([Some(citizen.account.to_vec()), citizen.person.map(|person| person.to_vec())].into_iter().flatten().collect());
    }
    match ctx.actor() {
        Actor::Staff(staff) => Ok(vec![staff.id.to_vec()]),
        Actor::Anonymous => Err(Error::SignIn),
        Actor::Citizen(_) | Actor::Program(_) | Actor::System { .. } => Err(issues::nobody()),
    }
}
