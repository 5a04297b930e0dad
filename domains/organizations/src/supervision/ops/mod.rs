//! What is done in supervision: opening a proceeding, an act of it, reading, and what goes beside.

mod act;
mod complaints;
mod draw;
mod illegal;
mod list;
mod own;
mod tell;
mod view;
mod windows;

pub use act::{Done, ITEM, act, open};
pub(super) use act::{by_program, refresh};
pub use complaints::{Complained, FOLLOWS, complain, complaints, follow_up};
pub use draw::{Draw, draw};
pub use illegal::{IllegalLine, illegal};
pub use list::{Filter, Page, about, list};
pub use own::{Own, own, own_view};
pub use view::{Choice, Happened, View, opens, options, view};
pub use windows::{NewWindow, Window, report_due, set_window, windows};
