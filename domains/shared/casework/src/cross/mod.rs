//! Cross-region handling (跨域通办): one place takes in, the body of another decides.
//!
//! * The counter that takes a case in is `intake_region` and `intake_org` of the head; the body that answers is its `region` and `org`.
//!   `cross_case` says how the case goes from the one to the other, `cross_packet` what was sent, by when it has to arrive, and its SM3 digest.
//! * [`needed`] and [`reaches`] say whether a counter may take an item in at all; distances come from the table of parents.
//! * [`send`] and [`sign`] hand over; [`sign`] compares every byte with what was sent, and only then is the case received by the body that
//!   answers, so that no clock of that body runs before. What is late is a card for the place that was late.
//! * [`succeed`] lets the open cases of a region that is merged into another follow to its successor; [`following`] says before what will.
//! * **For statistics**: one case is counted once as a decision (`case_head.org`, `case_head.region`) and once as a service
//!   (`case_head.intake_org`, `case_head.intake_region`), by `cross_case.mode`; a row in `cross_case` is the flag. [`counted`] does both, [`behind`]
//!   lists the cases of a figure.

mod counts;
mod issues;
mod late;
mod limits;
mod lists;
mod manifest;
mod model;
mod open;
mod rating;
mod route;
mod send;
mod sign;
mod store;
mod succession;
#[cfg(test)]
mod tests;
mod view;

pub use counts::{COUNT_READERS, Counted, CountedCase, CountedKey, Figure, Within, behind, counted};
pub use issues::directed;
pub(crate) use issues::more_papers;
pub(crate) use late::cards;
pub use limits::Limits;
pub use lists::{PacketLine, PacketPage, case_of, packets};
pub use model::*;
pub use open::Handover;
pub(crate) use open::{Opening, Places};
pub(crate) use rating::{KIND as RATE, OpenRatings, ask as ask_rating};
pub(crate) use route::hold;
pub use route::{needed, reaches, residences};
pub use send::{again, identify, send};
pub use sign::{recheck, sign};
pub use store::Section;
pub use succession::{Followed, Following, Merger, Succession, followed, following, succeed};
pub use view::{CrossView, May, Place, StepLine, of_case};
