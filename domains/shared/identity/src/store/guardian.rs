//! Consents of guardians.

use kernel::Instant;
use platform::{OrgId, PersonId, Result, StaffId};
use store::{Db, Tx, q};

use crate::ops::ConsentId;

/// Writes a consent down; the same again changes nothing.
pub(crate) async fn insert(tx: &Tx, id: ConsentId, child: PersonId, guardian: PersonId, relation: &str, (org, by): (OrgId, StaffId), now: Instant) -> Result<()> {
    q("INSERT INTO guardian_consent (id, child, guardian, relation, org_id, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
       ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(child)
        .bind(guardian)
        .bind(relation)
        .bind(org)
        .bind(by)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

/// Withdraws what a guardian consented to for a child. False if there was nothing.
pub(crate) async fn withdraw(tx: &Tx, child: PersonId, guardian: PersonId, now: Instant) -> Result<bool> {
    let withdrawn = q("UPDATE guardian_consent SET withdrawn_at = $3 WHERE child = $1 AND guardian = $2 AND withdrawn_at IS NULL");
    Ok(withdrawn.bind(child).bind(guardian).bind(now).exec(tx).await? == 1)
}

/// Whether a guardian of the child has consented and not withdrawn it.
pub(crate) async fn given(db: &Db, child: PersonId) -> Result<bool> {
    let row: Option<(i64,)> = q("SELECT recorded_at FROM guardian_consent WHERE child = $1 AND withdrawn_at IS NULL LIMIT 1").bind(child).opt(db).await?;
    Ok(row.is_some())
}
