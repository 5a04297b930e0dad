//! A published draw checked from the commitment on: the seed, the list, the order, and that the places given are those drawn.

use platform::{Ctx, Error, Result};

use super::draw::{self, Flaw};
use super::{EntryId, ReleaseId};
use crate::store;

/// Receipts read at once.
const PAGE: i64 = 10_000;

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entrants on the closed list.
    pub entrants: usize,
    /// What is wrong; nothing where the draw is as it was promised.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// There is nothing to check yet: the order is not drawn, or the release has none.
    NotDrawn,
    /// The seed or the list is not the one that was published.
    Flaw(Flaw),
    /// A receipt has another place than the one drawn.
    Place {
        /// The receipt.
        receipt: EntryId,
        /// The place that is written down.
        written: Option<i64>,
        /// The place that was drawn, from 1.
        drawn: i64,
    },
}

/// Checks the draw of a release against what the database holds of it.
///
/// # Errors
/// [`Error::NotFound`] for a release that is none.
pub async fn check(ctx: &Ctx, id: ReleaseId) -> Result<Report> {
    let release = store::releases::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let Some(facts) = release.draw else { return Ok(Report { entrants: 0, findings: vec![Finding::NotDrawn] }) };
    let (Some((_, root)), Some((value, _)), Some((_, seed))) = (facts.closed, facts.value, facts.drawn) else {
        return Ok(Report { entrants: 0, findings: vec![Finding::NotDrawn] });
    };
    let mut listed = Vec::new();
    loop {
        let from = i64::try_from(listed.len()).map_err(Error::internal)?;
        let page = store::entries::listed_places(ctx.db(), id, from, PAGE).await?;
        if page.is_empty() {
            break;
        }
        listed.extend(page);
    }
    let receipts: Vec<String> = listed.iter().map(|(receipt, _)| receipt.to_string()).collect();
    let findings = match draw::verify(&facts.commitment, &seed, &value, &root, &receipts) {
        Err(flaw) => vec![Finding::Flaw(flaw)],
        Ok(order) => {
            let drawn = order.into_iter().zip(1..).map(|(n, drawn)| (listed[n], drawn));
            drawn.filter(|((_, written), drawn)| *written != Some(*drawn)).map(|((receipt, written), drawn)| Finding::Place { receipt, written, drawn }).collect()
        }
    };
    Ok(Report { entrants: listed.len(), findings })
}
