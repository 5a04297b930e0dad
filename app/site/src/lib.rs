//! The shell's generic pages: home, search, guides, offices, bookings, accounts, certificate check, desk, administration, errors.
//!
//! Place: on top of `ui` and the shared domains, whose types the pages show; below `server`, which loads the data. A page is a
//! pure function `pub fn page(shell: &ui::Shell, data: …) -> String`, as in the recipe of [`ui`]; it fetches nothing and knows no
//! request. One noun a file in [`pages`], under the same name as in every other layer.

// Release builds keep the full types of views, and a page with several charts nests deeper than the compiler goes by itself.
#![recursion_limit = "512"]

pub mod pages;
