//! Marriage registration (婚姻登记, MFA A): the case, the rules, the register, the booklets.
//!
//! Place: a service, above every shared crate and beside no other. It owns its states ([`states`]), each of which declares a phase of the
//! common life-cycle, and its rules ([`rules`]), which are pure. Everything that a law or a province sets is in `data/marriage`.
//!
//! * One valid marriage a person is a unique key of the register, not a look before an insert.
//! * The register row, both parties, the action, the audit row, the booklets and the licences are one transaction; the certificate number
//!   comes from a counter row taken last in it, so there is neither gap nor double.
//! * A marriage ends in one way: `ops::end_fact` takes the entry, or the one from an old file, both booklets, both electronic certificates
//!   and, for what is void, the case that registered it out of force in one transaction; divorces, deaths and documents of courts ([`court`])
//!   all go through it.
//! * Afterwards: certificates are re-issued ([`reissue`]), the register is looked up and certified ([`records`]); every look is in the trail.
//!   Who asks that a marriage be undone is told who decides that ([`annulment`]): nobody here does.
//! * Divorce by registration is [`divorce`]: its own states and periods, over the same persons, checks, booklets and numbers.
//! * Who the parties are ([`parties`]: residents, soldiers, from Hong Kong, Macao, Taiwan or abroad) decides which office is competent and which
//!   papers each brings; which countries' Apostilles count is a list that an administrator keeps ([`countries`]).
//! * Before they come, a couple may ask what it needs, what bars it and from when on: [`self_check`] runs the same rules over its answers.
//! * In which figures of the report each case counts is [`statistics`].
//! * Old paper files are entered later by one person and checked by another ([`backentry`]): a register of its own beside this one, in which
//!   the unknown stays unknown; one standing marriage a person is a unique key over both.
//! * Anybody at the counter may ask every register about one person ([`questions`], over the port [`registers`]); other instances are asked
//!   behind ours, and ask here ([`partners`]).
//! * What other bodies hold comes through `identity::facts`; silence is never "none".
//!
//! # Recipe: a couple at the counter
//! ```ignore
//! let case = ops::open(&ctx, Open { office, booking: None, for_abroad: None }).await?;
//! ops::enter_party(&ctx, &ports, case, 1, Side::A, &man).await?;          // typed, or compared with the chip
//! ops::confirm_party(&colleague, case, 2, Side::A).await?;                // the second person (R-MR-20)
//! …                                                                       // identify, sign, accept, check, interview, examine
//! let done = ops::register(&ctx, &ports, Registration { case, seen, .. }).await?;
//! ```
//! The number after `case` is the version that the actor saw: of two who act on one page, one gets through (`E-ST02`).

#[macro_use]
mod declared;
pub mod annulment;
mod appointments;
pub mod backentry;
pub mod countries;
pub mod court;
mod deaths;
pub mod divorce;
mod file;
mod issues;
pub mod model;
mod office;
pub mod ops;
mod own;
pub mod parameters;
pub mod parties;
pub mod partners;
mod persons;
mod ports;
pub mod questions;
pub mod registers;
pub mod records;
pub mod reissue;
pub mod rules;
pub mod self_check;
pub mod states;
pub mod statistics;
mod store;
pub mod testing;

pub use appointments::{KIND_DIVORCE, KIND_DOMESTIC, KIND_FOREIGN, KIND_FOREIGN_DIVORCE, declare};
pub use file::{CaseFile, PartyFile, PartyRow, PartyRowId};
pub use own::own_data;
pub use ports::{Chip, FaceComparison, IdReader, NoDevice, Ports};
pub use store::hashes::HASHES;
pub use store::booklets::{BookletKind, Delivery, Figures, Gone};
pub use store::divorces::Entry as DivorceEntry;
pub use store::register::{Content, Entry as RegisterEntry, Held, Printed, Retired};
pub use store::registrars::Registrar;

/// Key of this service on case heads.
pub const SERVICE: &str = "marriage.registration";

/// Basic code of the item 内地居民结婚登记 (A.1).
pub const ITEM: &str = "000711001001";

/// Basic code of the item 涉外、涉港澳台、华侨结婚登记 (A.1): the same case with other parties, at designated offices (R-MR-13).
pub const ITEM_FOREIGN: &str = "000711002001";
