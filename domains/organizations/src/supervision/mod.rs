//! Supervision of organisations (D-R17 … D-R25): credit lists, penalties, annual reports, evaluation, fundraising, inspections, and illegal
//! organisations.
//!
//! Every one is a *proceeding*: a row with its state, its log and the day by which somebody has to act. [`states`] is the one table of
//! what can be done where, by whom, and what it asks; pages, programs and the server all read it. A rule (`rules`, one file a kind) looks at one
//! act, changes what is known, and names what follows from it; [`ops::act`] writes all of that in one transaction.
//!
//! What comes of a proceeding is a [`Fact`] with its two times: [`public_facts`] is what the public reads, now or as of a past moment,
//! [`standing`] is what bars or helps an organisation on a day. What ends by time ends by the date: the jobs only write it down.
//!
//! Notices and decisions are numbered documents (`papers`): their words are frozen in the transaction of the act, the file follows when somebody
//! wants it. Periods that the calendar counts (`clocks`) are registered with what they were counted from; a new notice of holidays moves them.
//! An end of the organisation ends its certificate, its level and its qualification, by the same decision; its cancellation ends its entries in the
//! lists too. What was served has its record (送达回证), what was certified runs out by its day or with what it certifies.
//!
//! # Recipe: another act
//! A line in [`states`] (from where, to where, which role, which fields, which document), an arm in the rule of its kind. The page has its form
//! at once.

mod clocks;
mod codes;
mod endings;
mod input;
mod issues;
mod jobs;
mod model;
pub mod numbers;
mod ops;
mod papers;
mod rules;
mod standing;
pub mod states;
mod store;
#[cfg(test)]
mod tests;
mod turn;

pub use endings::ending;
pub use input::Input;
pub(crate) use jobs::{handlers, jobs};
pub use model::{
    Annual, AnnualResult, Content, Detail, Disposition, Evaluation, Fact, FactId, FactKind, Fundraising, Illegal, IllegalKind, Inspection, Kind, Level, Line, List,
    Listing, Officer, Penalty, PenaltyKind, ProceedingId, State,
};
pub use ops::{
    Attach, Attachment, Choice, Complained, Done, Door, Draw, FOLLOWS, Filter, Happened, ITEM, IllegalLine, NewWindow, Opening, Owed, Own, Page, PaperLine, PaperPart, ShownPaper, View, Window, Windows, about, act, attach, attached,
    check_paper, complain, complaints, draw, follow_up, illegal, list, open, opens, options, own, own_view, paper, paper_file, report_due, set_window, to_serve, view, windows,
};
pub(crate) use ops::ended;
pub use papers::{PaperId, PaperKind, Service};
pub use store::attachments::AttachmentId;
pub(crate) use store::papers::TOKENS;
pub use standing::{Penalised, PublicFacts, Rated, Standing, public_facts, standing};
