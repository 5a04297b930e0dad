//! Questions, suggestions, calls for help, complaints, reports, petitions and requests for disclosure (OVP P4): nothing is lost, and
//! everything is answered.

mod act;
mod answer;
mod assign;
mod desk;
mod figures;
pub(crate) mod lapse;
mod model;
mod mine;
mod notices;
mod publish;
mod register;
mod reporter;
mod satisfy;
pub mod states;
mod take_in;
mod view;

pub use answer::{Reply, check_reply, extend, reply};
pub use assign::{Assignment, assign, give_back, sign};
pub use desk::{Filter, Line, Page, export, list};
pub use figures::{KindFigures, figures};
pub use mine::{Key, Mine, Status, mine, receipt, status};
pub use model::{Complaint, ComplaintId, Ground, Kind, ReplyId};
pub use publish::{Answered, PublicText, draft, public, publish};
pub use register::{Receipt, Registration, register};
pub use reporter::{Reporter, name_officers, reporter};
pub use satisfy::{call_back, review, satisfied, supply};
pub use take_in::{accept, clarify, duplicates, merge, refuse};
pub use view::{Replied, View, view};
pub(crate) use lapse::{moved, supervise};
