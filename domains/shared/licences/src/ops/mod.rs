//! What can be done with licences, one operation a file.

mod annul;
mod check;
mod consent;
mod copy;
mod download;
mod issue;
mod make;
mod mine;
mod share;
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
pub use mine::mine;
pub use share::{Share, share};
pub use verify_file::{Verdict, VerifyFile, verify_file};
