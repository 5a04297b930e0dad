//! What can be done with licences, one operation a file.

mod annul;
mod check;
mod consent;
mod copy;
mod download;
mod issue;
mod make;
mod mandate;
mod mine;
mod own;
pub(crate) mod report;
mod right;
mod share;
mod share_file;
#[cfg(test)]
pub(crate) mod testing;
mod verify_file;

pub use annul::{annul, in_force};
pub use check::{Answer, Answered, Checks, Elements};
pub use consent::{Consented, give_consent};
pub use copy::{Copying, Lifetime, check_copy, copy};
pub use download::{Download, Part, download};
pub use issue::{Drawn, issue, supersede};
pub(crate) use make::Make;
pub use mandate::{Mandate, MandateId, MandateView, NewMandate, end_mandate, give_mandate, mandates, types};
pub use mine::mine;
pub use own::own_data;
pub use report::{Reports, reports};
pub use share::{Share, share};
pub use share_file::{ShareFile, SharedFile, share_file};
pub use verify_file::{Verdict, VerifyFile, verify_file};
