//! A case as loaded: head, state and both persons, opened.

use booking::{BookingId, OfficeId};
use casework::{CaseId, Head};
use identity::facts::NumberHash;
use kernel::{Id, Instant, RegionCode};
use platform::{Error, PersonId, Result, Scope};

use crate::ITEM_FOREIGN;
use crate::model::{Entry, Identified, Interview, Photo, Side, Snapshot};
use crate::rules::NetworkCheck;
use crate::states::State;

/// Marker of a person's row in a case.
#[derive(Debug)]
pub struct PartyRow;
/// Id of a person's row in a case.
pub type PartyRowId = Id<PartyRow>;

/// One of the two persons of a case.
#[derive(Debug, Clone)]
pub struct PartyFile {
    /// The row.
    pub id: PartyRowId,
    /// His place.
    pub side: Side,
    /// Who he is, known from the live identity check on.
    pub person: Option<PersonId>,
    /// What his document showed.
    pub snapshot: Snapshot,
    /// The keyed hash of his number.
    pub number: NumberHash,
    /// How the data came in.
    pub entry: Entry,
    /// The live identity check.
    pub identified: Option<Identified>,
    /// He declared.
    pub declared: bool,
    /// Key of the scan of his declaration.
    pub statement: Option<String>,
    /// When he signed.
    pub signed_at: Option<Instant>,
}

/// A case of marriage registration, opened.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The head that all services share.
    pub head: Head,
    /// Where it stands.
    pub state: State,
    /// The appointment it came from.
    pub booking: Option<BookingId>,
    /// The version of the declaration to be signed.
    pub statement_version: String,
    /// The last network check.
    pub check: Option<NetworkCheck>,
    /// The interview.
    pub interview: Option<Interview>,
    /// Both were told of the medical examination.
    pub medical_told: bool,
    /// The joint photo.
    pub photo: Option<Photo>,
    /// A possible kinship was ruled out.
    pub kin_cleared: bool,
    /// The man's place.
    pub a: Option<PartyFile>,
    /// The woman's place.
    pub b: Option<PartyFile>,
}

impl CaseFile {
    /// The case.
    pub fn id(&self) -> CaseId {
        self.head.id
    }

    /// The person in a place.
    pub fn party(&self, side: Side) -> Option<&PartyFile> {
        match side {
            Side::A => self.a.as_ref(),
            Side::B => self.b.as_ref(),
        }
    }

    /// The persons that have been entered.
    pub fn parties(&self) -> impl Iterator<Item = &PartyFile> {
        [self.a.as_ref(), self.b.as_ref()].into_iter().flatten()
    }

    /// The region of the office.
    pub fn region(&self) -> Result<RegionCode> {
        RegionCode::parse(&self.head.region).map_err(Error::internal)
    }

    /// The office.
    pub fn office(&self) -> Result<OfficeId> {
        OfficeId::try_from(self.head.office.clone()).map_err(Error::internal)
    }

    /// Whether it was opened for parties of whom one is from abroad (R-MR-13).
    pub fn for_abroad(&self) -> bool {
        self.head.item_code == ITEM_FOREIGN
    }

    /// Where a right to this case has to reach.
    pub fn scope(&self) -> Result<Scope> {
        Ok(Scope::region(self.region()?).org(self.head.org).item(self.head.item_code.clone()))
    }
}
