//! Who may not be the same person in one case: an element of the published item (P2-5).

use catalog::model::Separation;
use kernel::Issue;
use platform::{Role, StaffId};

use crate::fold::CaseState;
use crate::issues;
use crate::model::{Effect, Move};

/// Why this member of staff may not make this move, although his role may.
pub fn bar(separation: Separation, state: &CaseState, mv: &Move, staff: StaffId) -> Option<Issue> {
    if separation == Separation::None {
        return None;
    }
    let is = |other: Option<StaffId>| other == Some(staff);
    if mv.has(Effect::Takes) && is(state.acceptor) {
        return Some(issues::conflicting_roles(Role::Clerk, Role::Examiner));
    }
    if mv.decides() {
        if is(state.acceptor) {
            return Some(issues::acceptor_decides());
        }
        if is(state.examiner) {
            return Some(issues::conflicting_roles(Role::Examiner, Role::Approver));
        }
        if separation == Separation::ReviewerApprover && is(state.reviewer) {
            return Some(issues::conflicting_roles(Role::Reviewer, Role::Approver));
        }
    }
    None
}
