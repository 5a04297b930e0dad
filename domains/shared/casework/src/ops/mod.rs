//! What can be done with a case. Authorisation is the first thing in every operation.

mod absence;
mod access;
mod act;
mod attach;
mod draft;
mod effects;
mod find;
mod joint;
mod letter;
mod lists;
mod offered;
mod pledge;
mod setting;
mod settle;
mod submit;
mod take_in;
mod transfer;
mod view;

pub use absence::{DeclareAbsence, absences, declare_absence, end_absence};
pub use act::{Act, Moved, Receiver, act};
pub use attach::{Attach, Judge, attach, attach_held, content, judge, remove};
pub use draft::{Draft, DraftId, Saved, Save, discard, drafts, resume, save};
pub use find::{Found, Proof, find};
pub use joint::{OpenJoint, open_joint};
pub use letter::{GiveLetter, give_letter, letters, revoke_letter};
pub(crate) use lists::Window;
pub use lists::{Count, DeskFilter, DeskLine, DeskPage, MyLine, Section as DeskSection, desk, load, mine};
pub use offered::{Offered, offered};
pub use pledge::check_pledge;
pub(crate) use settle::{recounted, settle_all};
pub use submit::{Submit, Submitted, submit};
pub use take_in::{Intake, Paper, take_in};
pub use transfer::transfer;
pub use view::{Action, CaseView, LogLine, my_case, view};
