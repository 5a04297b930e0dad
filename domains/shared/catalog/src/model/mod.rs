//! The nouns of the catalogue.

mod code;
mod codes;
mod elements;
mod limits;
mod material;
mod version;

pub use code::{BasicCode, ImplCode};
pub use codes::*;
pub use elements::*;
pub use limits::{Counts, Limit};
pub use material::Material;
pub use version::*;
