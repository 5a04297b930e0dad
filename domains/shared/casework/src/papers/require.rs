//! What a step needs before it may be taken (E-P203).

use platform::Result;
use ::store::Target;

use super::{Kind, issues};
use crate::CaseId;
use super::store as table;

/// How far a document has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Issued.
    Issued,
    /// Issued and served: opened by the addressee, handed out, or arrived by post.
    Served,
}

/// Refuses unless the case has a document of this kind that stands.
///
/// # Errors
/// E-P203.
pub async fn require(on: impl Into<Target<'_>> + Send, case: CaseId, kind: Kind, need: Need) -> Result<()> {
    let (issued, served) = table::standing(on, case, kind).await?;
    let enough = match need {
        Need::Issued => issued,
        Need::Served => served,
    };
    if enough { Ok(()) } else { Err(issues::missing(kind).into()) }
}
