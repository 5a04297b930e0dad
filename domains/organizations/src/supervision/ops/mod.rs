//! What is done in supervision: opening a proceeding, an act of it, reading, and what goes beside.

mod act;
mod attach;
mod complaints;
mod draw;
mod ended;
mod illegal;
mod list;
mod moved;
mod note;
mod own;
mod papers;
mod registered;
mod tell;
mod view;
mod windows;
mod write;

pub use act::{Done, ITEM, act, open};
pub(super) use act::by_program;
pub(crate) use ended::ended;
pub(super) use ended::end_late;
pub(super) use registered::register_periods;
pub use attach::{Attach, Attachment, attach, attached};
pub use complaints::{Complained, FOLLOWS, complain, complaints, follow_up};
pub use draw::{Draw, draw};
pub use illegal::{IllegalLine, illegal};
pub(super) use moved::MovedEnd;
pub use list::{Filter, Page, about, list};
pub use own::{Opening, Owed, Own, own, own_view};
pub use papers::{Door, PaperLine, PaperPart, ShownPaper, check_paper, paper, paper_file};
pub use view::{Choice, Happened, View, opens, options, to_serve, view};
pub(super) use write::refresh;
pub use windows::{NewWindow, Window, Windows, report_due, set_window, windows};
