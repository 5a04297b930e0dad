//! What can be done with a case. Authorisation is the first thing in every operation.

mod absence;
mod access;
mod act;
mod application;
mod attach;
mod counter;
mod credit;
mod draft;
mod effects;
mod find;
mod items;
mod joint;
mod letter;
mod lists;
mod offered;
mod own;
mod pledge;
mod receipt;
mod setting;
mod settle;
mod submit;
mod take_in;
mod transfer;
mod unmanned;
mod view;

pub use absence::{DeclareAbsence, absences, absences_of_unit, declare_absence, end_absence};
pub use act::{Act, Moved, Receiver, act};
pub use application::{Application, application};
pub use attach::{Attach, Judge, attach, attach_held, content, judge, remove};
pub use credit::{credit_records, may_withdraw_credit, withdraw_credit};
pub use counter::{
    begin_sheet, change_applicant, discard_sheet, known_at_counter, save_sheet, scan, scan_held, scanned, sheet, sheets, unscan,
};
pub(crate) use counter::forget_sheets;
pub use draft::{Draft, DraftId, Saved, Save, discard, drafts, resume, save};
pub use find::{Found, Proof, find};
pub use items::{check_items, item_fits};
pub use joint::{OpenJoint, open_joint};
pub use letter::{GiveLetter, give_letter, letters, letters_given, revoke_letter};
pub(crate) use access::{Standing, standing};
pub(crate) use act::make;
pub(crate) use effects::receipt_day;
pub(crate) use lists::{Window, windows};
pub(crate) use setting::Setting;
pub use lists::{Count, DeskFilter, DeskLine, DeskPage, Load, MyLine, MyPage, Section as DeskSection, desk, load, mine};
pub use offered::{Offered, offered, offered_with};
pub use own::{forget, own_data};
pub use pledge::check_pledge;
pub(crate) use settle::{recounted, settle_all};
pub use receipt::{Receipt, query_code, receipt};
pub use submit::{Submit, Submitted, submit};
pub use take_in::{Intake, Lacking, Paper, ScannedFile, TakenIn, take_in, take_in_sheet};
pub use transfer::transfer;
pub use view::{Action, CaseView, LogLine, May, Part, my_case, view};
