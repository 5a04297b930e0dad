//! The day everybody comes: the places of one day are released at an announced moment, and those who joined get them in one order.
//!
//! A release is declared as data ([`announce`]). Until it ends, the places of its day can be had by nobody else: the slots carry the end
//! of the release as the moment from which everybody can book. A citizen whose identity is checked joins once ([`join`]); a couple has
//! one entry, whichever of the two joins, held by unique keys. The order is that in which the server received the joins, or one that is
//! drawn so that nobody can steer it ([`draw`]). Those whose turn it is have some minutes to choose a time ([`turn`]); then the place
//! passes on. Never are more turns open than places are free.
//!
//! A join writes its own rows and shares the key of the release while it does: the list of a draw is sealed only once nobody writes one, so
//! that everybody who was told that he joined is on it. The worker ([`work`]) numbers what has arrived, in batches, once a second, and
//! leaves the figures of the release in its row: a page of somebody who waits costs two indexed reads. All of it is in the database, so a
//! reload, a second device and a restart find the same place.

pub mod announce;
pub mod check;
pub mod draw;
mod issues;
pub mod join;
mod model;
pub mod proof;
pub mod read;
#[cfg(test)]
mod tests;
pub mod turn;
pub mod work;

pub use model::*;
