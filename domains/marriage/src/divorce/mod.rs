//! Divorce by registration (内地居民离婚登记): application, thirty days, claim, and what may end it in between.
//!
//! The two periods are counted from the day of acceptance ([`periods`]) and stored as dates. Every operation and every page looks at the
//! dates ([`states::StateKind::on`]); the job only writes down and tells what they have long decided, so that nothing depends on it.
//!
//! * One open case a couple is a partial unique key over the pair.
//! * The persons, their papers and identity checks are those of any case of this crate; certificate numbers come from the same counters.
//! * What the couple agreed is kept version by version; the version that both have signed when the divorce is registered is the last.
//! * Messages about it name the office and nothing else.

mod file;
mod issues;
mod jobs;
pub mod model;
pub mod ops;
pub mod parameters;
pub mod periods;
pub mod rules;
pub mod states;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use file::File;
pub use jobs::service;

/// Key of this service on case heads.
pub const SERVICE: &str = "marriage.divorce";

/// Basic code of the item 内地居民离婚登记 (A.1).
pub const ITEM: &str = "000711001003";

/// Basic code of the item 涉外、涉港澳台、华侨离婚登记 (A.1): the same case with other parties, at designated offices (R-MR-13).
pub const ITEM_FOREIGN: &str = "000711002002";
