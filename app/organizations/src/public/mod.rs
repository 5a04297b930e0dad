//! The pages of the public register.

pub mod data;
pub mod extract;
pub mod figures;
pub mod follow;
pub mod profile;
mod told;
#[cfg(test)]
mod tests;
