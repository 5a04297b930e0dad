//! Reads the whole trail against its seals.

use std::fmt;

use kernel::Instant;
use store::q;

use super::seal::{Head, Seal, position, root, rows_of};
use crate::{Ctx, Result, Role};

/// Rows that are older than this must be sealed: no transaction runs so long.
const SEALED_WITHIN_MINUTES: i64 = 5;

/// What is wrong with the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A seal with this number is not there, although later ones are.
    SealMissing {
        /// Its number.
        number: i64,
    },
    /// A seal was changed, forged or exchanged.
    SealChanged {
        /// Its number.
        number: i64,
    },
    /// Rows were removed from what a seal covers, or put in between.
    RowsMissing {
        /// Number of the seal.
        number: i64,
        /// Rows when it was sealed.
        sealed: i64,
        /// Rows now.
        found: i64,
    },
    /// Rows that a seal covers were edited.
    RowsChanged {
        /// Number of the seal.
        number: i64,
    },
    /// The trail ends before the head that is known from the log.
    TailMissing {
        /// Number of the seal that is known.
        known: i64,
        /// Number of the last one found.
        found: i64,
    },
    /// Rows are not sealed, although they should have been.
    NotSealed {
        /// How many.
        rows: i64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SealMissing { number } => write!(f, "seal {number} is missing"),
            Self::SealChanged { number } => write!(f, "seal {number} was changed or exchanged"),
            Self::RowsMissing { number, sealed, found } => write!(f, "seal {number} covers {sealed} rows, {found} are there"),
            Self::RowsChanged { number } => write!(f, "a row under seal {number} was edited"),
            Self::TailMissing { known, found } => write!(f, "seal {known} is known from the log, the trail ends at {found}"),
            Self::NotSealed { rows } => write!(f, "{rows} rows are not sealed, although they should have been long ago"),
        }
    }
}

/// What [`check`] read and found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Seals read.
    pub seals: i64,
    /// Sealed rows read.
    pub rows: i64,
    /// The head, to be compared with the log or kept for the next time.
    pub head: Option<Head>,
    /// What is wrong; empty if nothing is.
    pub findings: Vec<Finding>,
}

/// Checks every seal and every row. `known` is a head from the log: without it, a cut-off end goes unseen.
///
/// # Errors
/// [`Error::Denied`](crate::Error::Denied) for all but audit administrators.
pub async fn check(ctx: &Ctx, known: Option<&Head>) -> Result<Report> {
    ctx.require_role(&[Role::AuditAdmin])?;
    let mut report = Report { seals: 0, rows: 0, head: None, findings: Vec::new() };
    let mut covered = 0;
    loop {
        let after = report.head.as_ref().map_or(0, |head| head.number);
        let page: Vec<Seal> = q("SELECT number, range_from, range_to, row_count, root, previous, mac, at FROM audit_seal WHERE number > $1 \
            ORDER BY number LIMIT 100")
            .bind(after)
            .all(ctx.db())
            .await?;
        if page.is_empty() {
            break;
        }
        for seal in page {
            check_seal(ctx, &seal, &mut covered, known, &mut report).await?;
        }
    }
    let found = report.head.as_ref().map_or(0, |head| head.number);
    if let Some(known) = known.filter(|known| known.number > found) {
        report.findings.push(Finding::TailMissing { known: known.number, found });
    }
    let rows = not_sealed(ctx, covered).await?;
    if rows > 0 {
        report.findings.push(Finding::NotSealed { rows });
    }
    Ok(report)
}

async fn check_seal(ctx: &Ctx, seal: &Seal, covered: &mut i64, known: Option<&Head>, report: &mut Report) -> Result<()> {
    let before = report.head.take().unwrap_or(Head { number: 0, mac: Vec::new() });
    let gap = before.number + 1..seal.number;
    let adjoins = gap.is_empty();
    report.findings.extend(gap.map(|number| Finding::SealMissing { number }));
    let linked = !adjoins || (seal.previous == before.mac && seal.range_from == *covered + 1);
    let as_known = known.is_none_or(|known| known.number != seal.number || known.mac == seal.mac);
    if !linked || !as_known || seal.mac != seal.expected_mac(ctx.keys()) {
        report.findings.push(Finding::SealChanged { number: seal.number });
    }
    let rows = rows_of(ctx.db(), seal).await?;
    let found = rows.len() as i64;
    if found != seal.row_count {
        report.findings.push(Finding::RowsMissing { number: seal.number, sealed: seal.row_count, found });
    } else if root(&rows) != seal.root {
        report.findings.push(Finding::RowsChanged { number: seal.number });
    }
    report.seals += 1;
    report.rows += found;
    report.head = Some(Head { number: seal.number, mac: seal.mac.clone() });
    *covered = seal.range_to;
    Ok(())
}

async fn not_sealed(ctx: &Ctx, covered: i64) -> Result<i64> {
    let old: Instant = ctx.now().plus_minutes(-SEALED_WITHIN_MINUTES);
    let column = position(ctx.db().dialect());
    let query = q("SELECT COUNT(*) FROM audit_event WHERE ").sql(column).sql(" > ").arg(covered).sql(" AND at < ").arg(old);
    let (rows,): (i64,) = query.one(ctx.db()).await?;
    Ok(rows)
}
