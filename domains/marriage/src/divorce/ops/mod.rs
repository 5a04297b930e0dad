//! What can be done with a case of divorce. Each operation authorises first, lets the dates have their say, and writes the change, the
//! action, the audit row and the messages in one transaction.

mod accept;
mod agree;
mod by_court;
mod certificate;
mod claim;
mod end;
mod list;
mod mine;
mod open;
mod papers;
mod persons;
mod register;
mod settle;
mod talk;
mod tell;
mod view;
mod withdraw;

use casework::{CaseId, Step};
use platform::{Ctx, Error, Result, Role, StaffId, audit};
use ::store::Tx;

pub use accept::accept;
pub(crate) use by_court::end_by_court;
pub use agree::{AgreementInput, ChildInput, agree, sign};
pub use certificate::{Spoiled, booklet, printed, spoil};
pub use claim::claim;
pub use end::{abort, not_register, refuse};
pub use list::{After, Desk, Line, Lines, Part, desk};
pub use mine::{Mine, mine};
pub use open::{Open, open};
pub use papers::{application, receipt, slip};
pub use persons::{confirm_party, enter_party, identify};
pub use register::{Registered, Registration, register};
pub use settle::settle_all;
pub use talk::{ShownInput, TalkInput, show_marriage, talk};
pub use view::{View, view};
pub use withdraw::{Withdrawal, withdraw};

pub(super) use settle::recounted;

use super::file::File;
use super::states::{Action, StateKind, actions_for, life};
use crate::store;

/// Loads a case for an action. First the dates have their say and it is written down; a page that was shown before that still counts as
/// having seen the newest version. The actor needs a role that the table gives this action in this state.
async fn begin(ctx: &Ctx, case: CaseId, seen: i64, action: Action) -> Result<(File, i64)> {
    let before = load(ctx, case).await?;
    let settled = settle::settle(ctx, case).await?;
    let seen = if settled > 0 && seen == before.head.version { seen + settled } else { seen };
    let file = if settled > 0 { load(ctx, case).await? } else { before };
    let kind = file.written;
    let allowed: Vec<Role> = Role::ALL.into_iter().filter(|role| actions_for(kind, &[*role]).contains(&action)).collect();
    if allowed.is_empty() {
        return Err(refused(&file, action));
    }
    ctx.require(&allowed, &file.scope()?).await?;
    Ok((file, seen))
}

/// Why a state does not allow an action: of the two periods their own rules say it.
fn refused(file: &File, action: Action) -> Error {
    match (action, file.written, file.dates) {
        (Action::Claim | Action::Register, StateKind::Cooling, Some(dates)) => super::issues::too_early(dates.claim_from()).into(),
        (Action::Claim | Action::Register | Action::NotRegister, StateKind::Lapsed, _) => super::issues::too_late().into(),
        (Action::Withdraw, StateKind::Claimable | StateKind::Examined | StateKind::NotRegistered | StateKind::Lapsed, _) => {
            super::issues::withdrawal_over().into()
        }
        (_, kind, _) => {
            let name = kind.name();
            Error::state(&name.zh, &name.en)
        }
    }
}

/// Loads a case that the actor may see; for anybody else it does not exist.
async fn load(ctx: &Ctx, case: CaseId) -> Result<File> {
    let file = store::divorce::load(ctx.db().into(), ctx.keys(), case).await?;
    match ctx.require(&crate::ops::READERS, &file.scope()?).await {
        Ok(()) => Ok(file),
        Err(Error::Denied(_)) => Err(Error::NotFound),
        Err(other) => Err(other),
    }
}

/// The member of staff who acts; register acts are done by persons.
fn staff(ctx: &Ctx) -> Result<StaffId> {
    ctx.actor().staff().map(|staff| staff.id).ok_or(Error::SignIn)
}

/// Appends the action and its audit row and moves the case on; `E-ST02` if it is no longer at `seen`.
async fn advance(tx: &Tx, ctx: &Ctx, file: &File, seen: i64, action: Action, to: StateKind, reason: &str) -> Result<()> {
    let step =
        Step { case: file.id(), seen, verb: action.verb(), from: file.written.code(), to: to.code(), phase: to.phase(), reason };
    casework::record_action(tx, ctx, life(), step).await?;
    let mut event = audit::Event::new(action.audited(), "case", file.id()).region(&file.region()?);
    if !reason.is_empty() {
        event = event.reason(reason);
    }
    audit::record(tx, ctx, event).await
}
