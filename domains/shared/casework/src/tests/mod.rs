//! The engine with the fictional service, on both databases.

mod clock;
mod declare;
mod fold;
mod life;
mod lists;
mod people;
mod rules;
mod supervision;
