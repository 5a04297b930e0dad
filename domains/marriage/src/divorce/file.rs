//! A case of divorce as loaded, opened.

use booking::{BookingId, OfficeId};
use casework::{CaseId, Head};
use kernel::{Day, Instant, RegionCode};
use platform::{Error, Result, Scope};

use super::ITEM_FOREIGN;
use super::model::{Shown, Talk, Version};
use super::periods::Dates;
use super::states::StateKind;
use crate::file::PartyFile;
use crate::model::{MarriageId, Side};

/// A case of divorce.
#[derive(Debug, Clone)]
pub struct File {
    /// The head that all services share.
    pub head: Head,
    /// The office that took the application.
    pub office: OfficeId,
    /// The state that is written down; [`File::state_on`] is the one that counts.
    pub written: StateKind,
    /// The appointment of the first visit.
    pub booking: Option<BookingId>,
    /// The marriage as shown.
    pub shown: Option<Shown>,
    /// The entry in our register, once accepted.
    pub marriage: Option<MarriageId>,
    /// What both said at the first visit.
    pub talk: Option<Talk>,
    /// What both said at the claim.
    pub claim_talk: Option<Talk>,
    /// The dates, once accepted.
    pub dates: Option<Dates>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// When both were identified for the claim.
    pub claimed_at: Option<Instant>,
    /// Who withdrew, and when.
    pub withdrawn: Option<(Side, Instant)>,
    /// The versions of the agreement, the newest first.
    pub agreements: Vec<Version>,
    /// The man's place.
    pub a: Option<PartyFile>,
    /// The woman's place.
    pub b: Option<PartyFile>,
}

impl File {
    /// The case.
    pub fn id(&self) -> CaseId {
        self.head.id
    }

    /// Where the case stands on a day.
    pub fn state_on(&self, today: Day) -> StateKind {
        self.dates.map_or(self.written, |dates| self.written.on(&dates, today))
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

    /// The newest version of the agreement.
    pub fn agreement(&self) -> Option<&Version> {
        self.agreements.first()
    }

    /// What both said at the visit that runs.
    pub fn said(&self) -> Option<&Talk> {
        if self.claimed_at.is_some() { self.claim_talk.as_ref() } else { self.talk.as_ref() }
    }

    /// The region of the office.
    pub fn region(&self) -> Result<RegionCode> {
        RegionCode::parse(&self.head.region).map_err(Error::internal)
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
