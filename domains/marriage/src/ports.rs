//! What stands at a counter beside the keyboard: a reader for identity cards and a comparison of faces. Both may be missing; the
//! manual path is then the rule (R-MR-20), not the exception.

use std::sync::Arc;

use identity::facts::{LocalFacts, PersonFacts};
use kernel::{Day, Id};
use platform::Result;
use platform::ports::BoxFuture;

use crate::model::Sex;
use crate::registers::{Elsewhere, OldFiles, OwnRegister, Register};

/// What the chip of an identity card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// Name.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Date of birth.
    pub birth: Day,
    /// Number.
    pub id_no: String,
}

/// A reader of identity cards at the counters of an office.
pub trait IdReader: Send + Sync {
    /// The card that lies on the reader of this member of staff's counter; none when there is no reader or no card.
    fn read(&self, staff: platform::StaffId) -> BoxFuture<'_, Result<Option<Chip>>>;
}

/// A comparison of a live picture with the one in the chip.
pub trait FaceComparison: Send + Sync {
    /// The score of the person now before the counter's camera, 0–100; none when there is no camera or no picture to compare with.
    fn score(&self, staff: platform::StaffId, id_no: &str) -> BoxFuture<'_, Result<Option<u8>>>;
}

/// No device at the counter: data are typed and confirmed by a second person, faces compared by the registrar.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDevice;

impl IdReader for NoDevice {
    fn read(&self, _: Id<platform::Staff>) -> BoxFuture<'_, Result<Option<Chip>>> {
        Box::pin(async { Ok(None) })
    }
}

impl FaceComparison for NoDevice {
    fn score(&self, _: Id<platform::Staff>, _: &str) -> BoxFuture<'_, Result<Option<u8>>> {
        Box::pin(async { Ok(None) })
    }
}

/// What the operations ask of the outside.
#[derive(Clone)]
pub struct Ports {
    /// What other bodies hold about persons.
    pub facts: Arc<dyn PersonFacts>,
    /// Readers at the counters.
    pub reader: Arc<dyn IdReader>,
    /// Cameras at the counters.
    pub face: Arc<dyn FaceComparison>,
    /// Registers of marriages within this instance.
    pub registers: Vec<Arc<dyn Register>>,
    /// Other instances that are asked in the networked check, behind ours.
    pub partners: Vec<Arc<dyn Register>>,
}

impl Ports {
    /// Our own tables, no devices, no other instance.
    pub fn local() -> Self {
        let facts: Arc<dyn PersonFacts> = Arc::new(LocalFacts);
        let registers: Vec<Arc<dyn Register>> = vec![Arc::new(OwnRegister(facts.clone())), Arc::new(OldFiles(facts.clone())), Arc::new(Elsewhere(facts.clone()))];
        Self { facts, reader: Arc::new(NoDevice), face: Arc::new(NoDevice), registers, partners: Vec::new() }
    }
}
