//! Pages of supervision: the desk's list, one proceeding with its acts, the last days of reports, the draw, complaints, illegal organisations.

mod complaints;
mod content;
mod form;
mod illegal;
mod list;
mod own;
mod plans;
mod proceeding;

pub use complaints::{complain, complaints};
pub use illegal::illegal;
pub use list::{Shown, list};
pub use plans::{draw, windows};
pub use own::{own, own_new};
pub use proceeding::{ATTACH, Reader, new, show};

/// The regions to choose from.
fn places(regions: &[(String, String)]) -> Vec<ui::Choice> {
    regions.iter().map(|(code, name)| ui::Choice::new(code, name.clone())).collect()
}
