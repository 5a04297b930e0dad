//! Cases under every region above their own: what lists by region read.

use platform::Result;
use store::{Tx, q};

use crate::{CaseId, Phase};

/// Puts a case under its region and all above it, or under another one after it moved.
pub(crate) async fn place(tx: &Tx, case: CaseId) -> Result<()> {
    q("DELETE FROM case_area WHERE case_id = $1").bind(case).exec(tx).await?;
    q("INSERT INTO case_area (ancestor, case_id, open, rank, phase, item_code, org) \
       SELECT c.ancestor, h.id, h.open, h.rank, h.phase, h.item_code, h.org FROM case_head h \
       JOIN region_closure c ON c.descendant = h.region WHERE h.id = $1")
        .bind(case)
        .exec(tx)
        .await?;
    Ok(())
}

/// Follows the head.
pub(crate) async fn follow(tx: &Tx, case: CaseId, open: bool, rank: i64, phase: Phase) -> Result<()> {
    q("UPDATE case_area SET open = $2, rank = $3, phase = $4 WHERE case_id = $1").bind(case).bind(open).bind(rank).bind(phase.code()).exec(tx).await?;
    Ok(())
}
