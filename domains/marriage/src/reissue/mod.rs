//! Re-issue of a certificate of marriage or divorce (补领婚姻登记证): the file is looked up at once; what is not in the register is asked of the archive.
//!
//! The registration is not touched: a new booklet and a new electronic certificate under a BJ or BL number of the issuing authority take the place of
//! the holder's old ones, which are out of force from the same commit (R-MR-36). Names are those of the registration (R-MR-46).

mod file;
pub mod model;
pub mod ops;
#[cfg(test)]
mod tests;

pub use model::{Action, Cause, File, FileId, Reissue, Request, StateKind, matter};

/// Key of this service on case heads.
pub const SERVICE: &str = "marriage.reissue";

/// Basic code of the item 补领婚姻登记证 (A.1).
pub const ITEM: &str = "002011001001";
