//! Who a person is: the seam to `identity`.

use identity::PersonDraft;
use kernel::DocumentNumber;
use platform::{Ctx, PersonId, Result};
use store::Tx;

use crate::model::Snapshot;

/// Checks and seals a person before the transaction.
pub(crate) fn prepare(ctx: &Ctx, snapshot: &Snapshot) -> Result<PersonDraft> {
    let kind = snapshot.id_type.parse().map_err(platform::Error::internal)?;
    let document = DocumentNumber::parse(kind, &snapshot.id_no, ctx.today())?;
    Ok(PersonDraft::new(ctx, &snapshot.name, &document, &snapshot.nationality, Some((snapshot.birth, snapshot.sex)))?)
}

/// The person with this number, known or new; of another name, the desk is told.
pub(crate) async fn find_or_create(tx: &Tx, ctx: &Ctx, draft: &PersonDraft) -> Result<PersonId> {
    identity::persons::ensure(tx, ctx, draft).await
}
