//! The self-check: what a couple has to bring, what bars it and why, and the first day on which it may come.
//!
//! Nothing is asked that names anybody, nothing is looked up about anybody, and nothing is stored. From the answers a dossier is made as it
//! would stand at a counter had both come and told the truth; then the rules of the counter run over it ([`crate::rules`],
//! [`crate::divorce::rules`]), so that what is told here is what would be told there. What only a registrar or a register can say is left out.

mod answers;
mod dossier;
mod ops;
#[cfg(test)]
mod tests;

pub use answers::{Answers, Certificate, Input, Person, PersonInput, Relation, Service, Standing};
pub use dossier::{bars, first_day};
pub use ops::{Checked, Place, check, offices};
