//! Social assistance (社会救助): so far the two allowances for disabled people, 残疾人两项补贴资格认定 (国发〔2015〕52号), which may be asked for
//! in any province since April 2021.
//!
//! Place: a service, above every shared crate and beside no other. Data say all about it: the item stands in
//! `data/catalog/000511007001-disability-allowances.toml`, questions, form, papers and the life of a case in `data/assistance/disability.toml`.
//! There is no register of its own and no hook; the decision is a numbered document of the case. Pages, interface, desk, limits and
//! statistics come from the engine.

use casework::CaseType;

/// Key of the procedure, by which the item names it.
pub const DISABILITY: &str = "assistance.disability";

/// What is asked for the two allowances, and how a case of them goes.
///
/// # Panics
/// If the carried file cannot be read; a test reads it.
pub fn matter() -> CaseType {
    toml::from_str(include_str!("../../../data/assistance/disability.toml")).expect("a test reads the file that is carried")
}

#[cfg(test)]
mod tests;
