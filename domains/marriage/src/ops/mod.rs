//! One operation a file. Each authorises first, gathers what the rules need, and writes the change, the action, the audit row and the
//! outbox rows in one transaction.

mod abort;
mod accept;
mod booklets;
mod confirm_party;
mod correct;
mod documents;
pub(crate) mod end_fact;
pub(crate) mod enter_party;
mod examine;
pub(crate) mod gather;
pub(crate) mod identify;
mod interview;
pub(crate) mod licence;
mod list;
mod network_check;
mod open;
mod photo;
mod printed;
mod rating;
mod refuse;
pub(crate) mod register;
mod registrars;
mod sign;
mod spoil;
mod verify;
mod view;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_abroad;

use casework::{CaseId, Step};
use platform::{Ctx, Error, Result, Role, StaffId, audit};
use ::store::Tx;

pub use abort::abort;
pub use accept::accept;
pub use booklets::{Stock, receive_booklets, return_booklet, spoil_blank, stock};
pub use confirm_party::confirm_party;
pub use correct::{Correction, correct};
pub(crate) use correct::field as serial_field;
pub(crate) use documents::{Certified, booklet_of, rows as rows_of};
pub use documents::{booklet, notice, statement_form};
pub use end_fact::Ended;
pub use enter_party::{PaperInput, PartyInput, enter_party};
pub use examine::examine;
pub(crate) use gather::registrar;
pub use identify::identify;
pub use interview::{InterviewInput, interview};
pub(crate) use licence::{Deed, Plan, type_of};
pub use list::{CaseLine, Desk, cases_today, desk};
pub use network_check::network_check;
pub use open::{Open, open};
pub use photo::{confirm_photo, photo};
pub use printed::printed;
pub use refuse::refuse;
pub use register::{Registered, Registration, register};
pub use registrars::{RegistrarInput, registrars, set_registrar};
pub use sign::{Signed, sign};
pub use spoil::{Spoiled, spoil};
pub use verify::{Verified, verify};
pub use view::{CaseFileKey, CaseView, CheckLine, case_file_key, view};

use crate::file::CaseFile;
use crate::states::{Action, StateKind, actions, life};
use crate::store;

/// Everybody who may look at a case of his region and organisation.
pub(crate) const READERS: [Role; 5] = [Role::Clerk, Role::Registrar, Role::Reviewer, Role::Supervisor, Role::Archivist];

/// Loads a case for an action: the actor needs a role that the table gives this action in this state, over the case's region,
/// organisation and item.
pub(crate) async fn begin(ctx: &Ctx, case: CaseId, action: Action) -> Result<CaseFile> {
    let file = load(ctx, case).await?;
    let kind = file.state.kind();
    let allowed: Vec<Role> = Role::ALL.into_iter().filter(|role| actions(kind, *role).contains(&action)).collect();
    if allowed.is_empty() {
        let name = kind.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    ctx.require(&allowed, &file.scope()?).await?;
    Ok(file)
}

/// Loads a case that the actor may see; for anybody else it does not exist.
pub(crate) async fn load(ctx: &Ctx, case: CaseId) -> Result<CaseFile> {
    let file = store::cases::load(ctx.db().into(), ctx.keys(), case).await?;
    match ctx.require(&READERS, &file.scope()?).await {
        Ok(()) => Ok(file),
        Err(Error::Denied(_)) => Err(Error::NotFound),
        Err(other) => Err(other),
    }
}

/// The member of staff who acts; register acts are done by persons.
pub(crate) fn staff(ctx: &Ctx) -> Result<StaffId> {
    ctx.actor().staff().map(|staff| staff.id).ok_or(Error::SignIn)
}

/// Appends the action and its audit row and moves the case on; `E-ST02` if it is no longer at `seen`.
pub(crate) async fn advance(tx: &Tx, ctx: &Ctx, file: &CaseFile, seen: i64, action: Action, to: StateKind, reason: &str) -> Result<()> {
    let step = Step {
        case: file.id(),
        seen,
        verb: action.verb(),
        from: file.state.kind().code(),
        to: to.code(),
        phase: to.phase(),
        reason,
    };
    casework::record_action(tx, ctx, life(), step).await?;
    let mut event = audit::Event::new(audited(action), "case", file.id()).region(&file.region()?);
    if !reason.is_empty() {
        event = event.reason(reason);
    }
    audit::record(tx, ctx, event).await
}

fn audited(action: Action) -> &'static str {
    match action {
        Action::EnterParty => "marriage.enter_party",
        Action::ConfirmParty => "marriage.confirm_party",
        Action::Identify => "marriage.identify",
        Action::Sign => "marriage.sign",
        Action::Accept => "marriage.accept",
        Action::NetworkCheck => "marriage.network_check",
        Action::Interview => "marriage.interview",
        Action::Photo => "marriage.photo",
        Action::Examine => "marriage.examine",
        Action::Register => "marriage.register",
        Action::Refuse => "marriage.refuse",
        Action::Abort => "marriage.abort",
        Action::Verify => "marriage.verify",
        Action::Print => "marriage.print",
        Action::Spoil => "marriage.spoil",
        Action::Correct => "marriage.correct",
    }
}
