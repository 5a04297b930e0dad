//! Drafts of citizens.

use kernel::Instant;
use platform::{AccountId, Ctx, Error, PersonId, Result};
use store::{Target, Tx, q};

use crate::model::{Answers, Party};
use crate::ops::{Draft, DraftId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: DraftId,
    case_type: String,
    impl_code: String,
    #[sqlx(try_from = "Vec<u8>")]
    item_version: catalog::ItemVersionId,
    #[sqlx(try_from = "Vec<u8>")]
    account: AccountId,
    #[sqlx(try_from = "Vec<u8>")]
    person: PersonId,
    answers: Vec<u8>,
    applicant: Vec<u8>,
    version: i64,
    #[sqlx(try_from = "i64")]
    updated_at: Instant,
}

impl Row {
    fn draft(self, ctx: &Ctx) -> Result<Draft> {
        let open = |column: &str, sealed: &[u8]| ctx.keys().open("case_draft", column, &self.id.to_vec(), sealed).map_err(Error::internal);
        let answers: Answers = serde_json::from_slice(&open("answers", &self.answers)?).map_err(Error::internal)?;
        let party: Party = serde_json::from_slice(&open("applicant", &self.applicant)?).map_err(Error::internal)?;
        Ok(Draft {
            id: self.id,
            case_type: self.case_type,
            impl_code: self.impl_code,
            item_version: self.item_version,
            account: self.account,
            person: self.person,
            answers,
            party,
            version: self.version,
            updated_at: self.updated_at,
        })
    }
}

/// The draft of an account for an item.
pub(crate) async fn of_account(on: impl Into<Target<'_>> + Send, ctx: &Ctx, account: AccountId, impl_code: &str) -> Result<Option<Draft>> {
    let row: Option<Row> = q("SELECT id, case_type, impl_code, item_version, account, person, answers, applicant, version, updated_at FROM case_draft \
         WHERE account = $1 AND impl_code = $2")
    .bind(account)
    .bind(impl_code)
    .opt(on)
    .await?;
    row.map(|row| row.draft(ctx)).transpose()
}

/// The draft with this id.
pub(crate) async fn by_id(on: impl Into<Target<'_>> + Send, ctx: &Ctx, id: DraftId) -> Result<Option<Draft>> {
    let row: Option<Row> = q("SELECT id, case_type, impl_code, item_version, account, person, answers, applicant, version, updated_at FROM case_draft \
         WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?;
    row.map(|row| row.draft(ctx)).transpose()
}

/// All drafts of an account, the newest first.
pub(crate) async fn all_of_account(on: impl Into<Target<'_>> + Send, ctx: &Ctx, account: AccountId) -> Result<Vec<Draft>> {
    let rows: Vec<Row> = q("SELECT id, case_type, impl_code, item_version, account, person, answers, applicant, version, updated_at FROM case_draft \
         WHERE account = $1 ORDER BY updated_at DESC, id LIMIT 100")
    .bind(account)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.draft(ctx)).collect()
}

/// Writes a draft at its first version; whether there was none yet.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, draft: &Draft) -> Result<bool> {
    let (answers, applicant) = sealed(ctx, draft)?;
    let written = q("INSERT INTO case_draft (id, case_type, impl_code, item_version, account, person, answers, applicant, version, created_at, \
         updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9) ON CONFLICT (account, impl_code) DO NOTHING")
        .bind(draft.id)
        .bind(draft.case_type.as_str())
        .bind(draft.impl_code.as_str())
        .bind(draft.item_version)
        .bind(draft.account)
        .bind(draft.person)
        .bind(answers)
        .bind(applicant)
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// Writes a draft over the version that was seen; whether it was still that one.
pub(crate) async fn update(tx: &Tx, ctx: &Ctx, draft: &Draft, seen: i64) -> Result<bool> {
    let (answers, applicant) = sealed(ctx, draft)?;
    let written = q("UPDATE case_draft SET item_version = $3, answers = $4, applicant = $5, version = version + 1, updated_at = $6 \
         WHERE id = $1 AND version = $2")
        .bind(draft.id)
        .bind(seen)
        .bind(draft.item_version)
        .bind(answers)
        .bind(applicant)
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(written == 1)
}

fn sealed(ctx: &Ctx, draft: &Draft) -> Result<(Vec<u8>, Vec<u8>)> {
    let row = draft.id.to_vec();
    let answers = serde_json::to_vec(&draft.answers).map_err(Error::internal)?;
    let party = serde_json::to_vec(&draft.party).map_err(Error::internal)?;
    Ok((ctx.keys().seal("case_draft", "answers", &row, &answers), ctx.keys().seal("case_draft", "applicant", &row, &party)))
}

/// Forgets a draft; whether it was still at the version that was seen.
pub(crate) async fn delete(tx: &Tx, id: DraftId, seen: i64) -> Result<bool> {
    Ok(q("DELETE FROM case_draft WHERE id = $1 AND version = $2").bind(id).bind(seen).exec(tx).await? == 1)
}
