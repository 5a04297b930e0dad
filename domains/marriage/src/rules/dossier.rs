//! Everything that the rules look at, gathered before they run.

use identity::facts::{Answer, Death, Facts, NumberHash};
use kernel::{Day, Instant};

use crate::model::{CheckResult, Entry, Identified, Interview, Photo, Side, Snapshot};

/// A case as the rules see it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The moment of the question; its day is the day of registration.
    pub now: Instant,
    /// The office on that day.
    pub office: OfficeDay,
    /// Which parties the office may register.
    pub competence: super::Competence,
    /// Countries whose Apostille counts on that day (GB/T 2659); asked for only where a paper bears one.
    pub convention: Vec<String>,
    /// The registrar who acts, if he is one.
    pub registrar: Option<RegistrarView>,
    /// The version of the declaration that has to be signed.
    pub statement_version: String,
    /// The man's place.
    pub a: Option<Party>,
    /// The woman's place.
    pub b: Option<Party>,
    /// The last network check.
    pub check: Option<NetworkCheck>,
    /// The interview, once recorded.
    pub interview: Option<Interview>,
    /// Both were told of the voluntary medical examination.
    pub medical_told: bool,
    /// The joint photo.
    pub photo: Option<Photo>,
    /// A registrar looked into a possible kinship and found none that forbids.
    pub kin_cleared: bool,
    /// What other instances said in the last network check.
    pub elsewhere: Vec<super::Finding>,
}

impl Dossier {
    /// The day of the question at +08:00.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// The party in a place.
    pub fn party(&self, side: Side) -> Option<&Party> {
        match side {
            Side::A => self.a.as_ref(),
            Side::B => self.b.as_ref(),
        }
    }

    /// Marriages of the two that a recorded death has ended and no register has written down yet, each once.
    pub fn over(&self) -> Vec<(crate::model::MarriageId, Day)> {
        let mut over: Vec<_> = self.parties().filter_map(|party| party.known.as_ref()).flat_map(|known| known.over.iter().copied()).collect();
        over.sort_unstable();
        over.dedup();
        over
    }

    /// The parties that have been entered.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        [self.a.as_ref(), self.b.as_ref()].into_iter().flatten()
    }
}

/// How the office stands on a day (R-MR-47).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeDay {
    /// It is open by its hours, or by a special opening that is published.
    Open,
    /// It is closed.
    Closed,
}

/// The registrar who acts (R-MR-19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrarView {
    /// He belongs to the office of the case.
    pub of_this_office: bool,
    /// He is not suspended.
    pub on_duty: bool,
    /// The day of his last examination.
    pub exam_on: Day,
}

/// A network check (R-MR-18).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetworkCheck {
    /// When.
    pub at: Instant,
    /// What it came to.
    pub result: CheckResult,
}

/// One of the two.
#[derive(Debug, Clone)]
pub struct Party {
    /// His place.
    pub side: Side,
    /// What his document showed.
    pub snapshot: Snapshot,
    /// The keyed hash of his number.
    pub number: NumberHash,
    /// How the data came in.
    pub entry: Entry,
    /// The live identity check.
    pub identified: Option<Identified>,
    /// He declared: no spouse, no forbidden kinship.
    pub declared: bool,
    /// The signed declaration is scanned in, in this version.
    pub signed_version: Option<String>,
    /// What the registers say; none before both are at the counter.
    pub known: Option<Known>,
}

/// What registers say about a person.
#[derive(Debug, Clone)]
pub struct Known {
    /// His marriages in our own register, ended ones too, newest first.
    pub own: Vec<OwnMarriage>,
    /// What others hold.
    pub facts: Facts,
    /// The death of the last known spouse.
    pub spouse_death: Answer<Death>,
    /// Marriages from old files that stand and are, or may be, his.
    pub entered: Vec<Entered>,
    /// Marriages of either register that are written as standing though the spouse is recorded dead, with the day of the death. None of the
    /// lists above has them as standing.
    pub over: Vec<(crate::model::MarriageId, Day)>,
}

/// A marriage that was published from an old file and stands (R-MR-37, R-MR-39).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The marriage.
    pub id: crate::model::MarriageId,
    /// Number of the file.
    pub archive_no: String,
    /// Number of the certificate, where the paper tells it.
    pub cert_no: Option<String>,
    /// It bars another registration: the file is complete enough, and the number is his. Else it is a doubt to be told.
    pub binds: bool,
    /// The spouse, where the file has a number.
    pub spouse: Option<NumberHash>,
}

impl Entered {
    /// By what a clerk finds it.
    pub fn number(&self) -> &str {
        self.cert_no.as_deref().unwrap_or(&self.archive_no)
    }
}

/// A marriage in our own register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnMarriage {
    /// The entry.
    pub id: crate::model::MarriageId,
    /// Number of the certificate.
    pub cert_no: String,
    /// Whether it stands.
    pub valid: bool,
    /// The spouse.
    pub spouse: NumberHash,
    /// The spouse's recorded death, which ended it whether or not the register says so yet.
    pub spouse_died: Option<Day>,
    /// The day on which it ended.
    pub ended_on: Option<Day>,
}

impl OwnMarriage {
    /// Whether it stands on a day: a death ends a marriage by itself, before anybody records that.
    pub fn stands(&self) -> bool {
        self.valid && self.spouse_died.is_none()
    }
}
