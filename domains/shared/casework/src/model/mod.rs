//! The types: what a service declares, and what a case is made of.

mod applicant;
mod counter;
mod credit;
mod declare;
mod head;
mod life;
mod log;
mod parts;

pub use applicant::{Applicant, ApplicantKind, Contact, Party};
pub use counter::{CounterForm, CounterPaper, CounterSheet, Here, Scan, SheetId};
pub use credit::{Credit, CreditId};
pub use declare::{
    Answers, CaseType, Choice, Duplicates, Field, FieldKind, Held, Joint, LegalLimit, Life, MaterialRule, PledgeText, Prefill, Question, Section, When,
};
pub use head::CaseHead;
pub use life::{By, Effect, LifeCycle, Move, Need, Optional, Outcome, State, StepLimit, Timer};
pub use log::{Detail, Event, Limits, Special, TRANSFER};
pub use parts::{
    Absence, AbsenceId, CorrectionId, CorrectionItem, CorrectionKind, Fault, Letter, LetterId, Material, MaterialId, MaterialSource, MaterialState,
    Opinion, Pledge, StoredCorrection, Suspension, SuspensionId,
};
