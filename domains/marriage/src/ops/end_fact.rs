//! The one way in which a marriage ends or turns void, and its certificates with it. Part of the transaction of whatever ends it.

use casework::Step;
use kernel::Day;
use licences::model::{Decision, Ending as LicenceEnding};
use platform::{Ctx, Error, Result, audit};
use ::store::Tx;

use crate::model::{EndKind, MarriageId};
use crate::ops::type_of;
use crate::states::{State, StateKind, life};
use crate::store::booklets::BookletKind;
use crate::store::register::{self, Retired};
use crate::store::{backfacts, cases, divorces};

/// How a marriage ends.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    /// Why; what voids, voids from the beginning.
    pub(crate) kind: EndKind,
    /// The day on which it ended; of no account for what is void.
    pub(crate) on: Day,
    /// The paper that says so: certificate number, number of the judgment or of the decision.
    pub(crate) basis: String,
}

/// What went with a marriage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The booklets that are out of force.
    pub certificates: Vec<Retired>,
    /// How many electronic certificates are out of force.
    pub licences: usize,
}

/// Ends or voids a marriage of either register: the entry, or what was published from an old file, the right of both to be married to nobody else, both booklets, both electronic certificates,
/// a divorce in process, and, for what is void, the case that registered it and a divorce of it. From the commit on every public check answers 失效.
///
/// A death leaves the certificates as they are: they were right to the end. Returns none when the marriage had ended already.
///
/// The caller has authorised the act and writes its own row and audit row beside it.
pub(crate) async fn end_fact(tx: &Tx, ctx: &Ctx, marriage: MarriageId, ending: &Ending) -> Result<Option<Ended>> {
    let here = register::end(tx, marriage, ending.on, ending.kind).await?;
    if !here && !backfacts::end(tx, marriage, ending.on, ending.kind, &ending.basis).await? {
        return Ok(None);
    }
    let mut ended = Ended { certificates: Vec::new(), licences: 0 };
    if let Some((booklet, _)) = outcome(ending.kind) {
        ended.certificates = register::retire_certificates(tx, marriage, booklet).await?;
        ended.licences = annul(tx, ctx, BookletKind::Marriage, &ended.certificates, ending).await?;
    }
    if !matches!(ending.kind, EndKind::Divorce | EndKind::Death) {
        crate::divorce::ops::end_by_court(tx, ctx, marriage, &ending.basis).await?;
    }
    if ending.kind.voids() {
        if here {
            void_case(tx, ctx, marriage, ending).await?;
        }
        let divorced = divorces::void_of_marriage(tx, marriage).await?;
        ended.licences += annul(tx, ctx, BookletKind::Divorce, &divorced, ending).await?;
        ended.certificates.extend(divorced);
    }
    let detail = serde_json::json!({ "end_kind": ending.kind.code(), "on": ending.on.to_string(), "licences": ended.licences });
    audit::record(tx, ctx, audit::Event::new("marriage.ended", "marriage", marriage).reason(&ending.basis).detail(detail)).await?;
    Ok(Some(ended))
}

/// Takes the electronic certificates that go with booklets out of force; how many those were.
async fn annul(tx: &Tx, ctx: &Ctx, kind: BookletKind, booklets: &[Retired], ending: &Ending) -> Result<usize> {
    let Some((_, licence)) = outcome(ending.kind) else { return Ok(0) };
    let decision = Decision::new(&ending.basis).ok_or_else(|| Error::internal("a marriage ends by some paper"))?;
    let mut numbers: Vec<&str> = booklets.iter().map(|certificate| certificate.cert_no.as_str()).collect();
    numbers.dedup();
    let mut annulled = 0;
    for number in numbers {
        for entry in licences::ops::in_force(tx, type_of(kind), number).await? {
            licences::ops::annul(tx, ctx, entry.id, licence, &decision, ctx.today()).await?;
            annulled += 1;
        }
    }
    Ok(annulled)
}

/// What becomes of booklets (Z.1) and electronic certificates (P5.4).
fn outcome(kind: EndKind) -> Option<(&'static str, LicenceEnding)> {
    match kind {
        EndKind::Divorce | EndKind::Judgment | EndKind::Mediation => Some(("4", LicenceEnding::Cancelled)),
        EndKind::Revoked | EndKind::CourtRevoked | EndKind::Invalid => Some(("5", LicenceEnding::Revoked)),
        EndKind::Death => None,
    }
}

/// The case that registered what is void says so in its own log.
async fn void_case(tx: &Tx, ctx: &Ctx, marriage: MarriageId, ending: &Ending) -> Result<()> {
    let case = register::case_of(tx, marriage).await?;
    let next = if ending.kind == EndKind::Revoked { State::Revoked { marriage } } else { State::Annulled { marriage } };
    let verb = if ending.kind == EndKind::Revoked { "revoke" } else { "annul" };
    let step = Step {
        case,
        seen: casework::head(tx, case).await?.version,
        verb,
        from: StateKind::Registered.code(),
        to: next.kind().code(),
        phase: next.kind().phase(),
        reason: &ending.basis,
    };
    casework::record_action(tx, ctx, life(), step).await?;
    cases::set_state(tx, case, &next).await
}
