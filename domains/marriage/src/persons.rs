//! Who a person is: the seam to `identity`.

use identity::PersonDraft;
use kernel::{Day, DocumentNumber, IdType, Refusal};
use platform::{Ctx, PersonId};
use store::Tx;

use crate::model::Snapshot;

/// Checks and seals a person before the transaction.
pub(crate) fn prepare(ctx: &Ctx, snapshot: &Snapshot) -> platform::Result<PersonDraft> {
    let kind = snapshot.id_type.parse().map_err(platform::Error::internal)?;
    let document = DocumentNumber::parse(kind, &snapshot.id_no, ctx.today())?;
    Ok(PersonDraft::new(ctx, &snapshot.name, &document, &snapshot.nationality, Some((snapshot.birth, snapshot.sex)))?)
}

/// The person with this number, known or new; of another name, the desk is told.
pub(crate) async fn find_or_create(tx: &Tx, ctx: &Ctx, draft: &PersonDraft) -> platform::Result<PersonId> {
    identity::persons::ensure(tx, ctx, draft).await
}

/// The number of a document that somebody named: of an identity card where the kind (GA/T 517) is left empty.
pub(crate) fn document(id_type: &str, number: &str, today: Day) -> Result<DocumentNumber, Refusal> {
    let kind = match id_type.trim() {
        "" => IdType::RESIDENT,
        typed => typed.parse().map_err(|_| crate::issues::missing("id_type".to_owned()))?,
    };
    DocumentNumber::parse(kind, number, today)
}
