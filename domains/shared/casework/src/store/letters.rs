//! Letters of authority.

use kernel::Day;
use platform::ports::FileId;
use platform::{Ctx, Error, PersonId, Result};
use store::{Target, Tx, q};

use super::cases::number_hash;
use crate::model::{ApplicantKind, Letter, LetterId};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: LetterId,
    principal_kind: String,
    principal_name: Vec<u8>,
    principal_number: Vec<u8>,
    principal_person: Option<Vec<u8>>,
    #[sqlx(try_from = "Vec<u8>")]
    agent: PersonId,
    items: String,
    #[sqlx(try_from = "String")]
    from_day: Day,
    #[sqlx(try_from = "String")]
    until_day: Day,
    revoked_at: Option<i64>,
}

impl Row {
    fn letter(self, ctx: &Ctx) -> Result<Letter> {
        let open = |column: &str, sealed: &[u8]| ctx.keys().open_text("case_letter", column, &self.id.to_vec(), sealed).map_err(Error::internal);
        Ok(Letter {
            id: self.id,
            principal_name: open("principal_name", &self.principal_name)?,
            principal_number: open("principal_number", &self.principal_number)?,
            principal_person: self.principal_person.clone().map(PersonId::try_from).transpose().map_err(Error::internal)?,
            principal_kind: ApplicantKind::from_code(&self.principal_kind).ok_or_else(|| Error::internal("an unknown kind of principal"))?,
            agent: self.agent,
            items: serde_json::from_str(&self.items).map_err(Error::internal)?,
            from: self.from_day,
            until: self.until_day,
            revoked: self.revoked_at.is_some(),
        })
    }
}

/// Writes a letter.
pub(crate) async fn add(tx: &Tx, ctx: &Ctx, letter: &Letter, file: &FileId) -> Result<()> {
    let (keys, row) = (ctx.keys(), letter.id.to_vec());
    q("INSERT INTO case_letter (id, principal_kind, principal, principal_name, principal_number, principal_person, agent, items, from_day, \
       until_day, file, made_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)")
        .bind(letter.id)
        .bind(letter.principal_kind.code())
        .bind(number_hash(keys, &letter.principal_number))
        .bind(keys.seal_text("case_letter", "principal_name", &row, &letter.principal_name))
        .bind(keys.seal_text("case_letter", "principal_number", &row, &letter.principal_number))
        .bind(letter.principal_person)
        .bind(letter.agent)
        .bind(serde_json::to_string(&letter.items).map_err(Error::internal)?)
        .bind(letter.from)
        .bind(letter.until)
        .bind(file.as_str())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// The letter with this id.
pub(crate) async fn by_id(on: impl Into<Target<'_>> + Send, ctx: &Ctx, id: LetterId) -> Result<Option<Letter>> {
    let row: Option<Row> = q("SELECT id, principal_kind, principal_name, principal_number, principal_person, agent, items, from_day, until_day, \
         revoked_at FROM case_letter WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?;
    row.map(|row| row.letter(ctx)).transpose()
}

/// Letters by which a person may act, the newest first.
pub(crate) async fn of_agent(on: impl Into<Target<'_>> + Send, ctx: &Ctx, agent: PersonId) -> Result<Vec<Letter>> {
    let rows: Vec<Row> = q("SELECT id, principal_kind, principal_name, principal_number, principal_person, agent, items, from_day, until_day, \
         revoked_at FROM case_letter WHERE agent = $1 ORDER BY until_day DESC, id LIMIT 100")
    .bind(agent)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.letter(ctx)).collect()
}

/// How many others may act for the letter's principal, today or later.
pub(crate) async fn other_agents(tx: &Tx, ctx: &Ctx, letter: &Letter) -> Result<usize> {
    let (count,): (i64,) =
        q("SELECT COUNT(DISTINCT agent) FROM case_letter WHERE principal = $1 AND agent <> $2 AND until_day >= $3 AND revoked_at IS NULL")
            .bind(number_hash(ctx.keys(), &letter.principal_number))
            .bind(letter.agent)
            .bind(ctx.today())
            .one(tx)
            .await?;
    usize::try_from(count).map_err(Error::internal)
}

/// Letters by which others act for a person, the newest first.
pub(crate) async fn of_principal(on: impl Into<Target<'_>> + Send, ctx: &Ctx, principal: PersonId) -> Result<Vec<Letter>> {
    let rows: Vec<Row> = q("SELECT id, principal_kind, principal_name, principal_number, principal_person, agent, items, from_day, until_day, \
         revoked_at FROM case_letter WHERE principal_person = $1 ORDER BY until_day DESC, id LIMIT 100")
    .bind(principal)
    .all(on)
    .await?;
    rows.into_iter().map(|row| row.letter(ctx)).collect()
}

/// Revokes a letter; whether it was not revoked yet.
pub(crate) async fn revoke(tx: &Tx, ctx: &Ctx, id: LetterId) -> Result<bool> {
    Ok(q("UPDATE case_letter SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL").bind(id).bind(ctx.now()).exec(tx).await? == 1)
}
