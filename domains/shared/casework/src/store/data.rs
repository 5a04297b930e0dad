//! Answers of cases, in versions, and what is held of persons.

use kernel::{Instant, Text};
use platform::{Ctx, Error, PersonId, Result};
use store::{Target, Tx, q};

use crate::CaseId;
use crate::model::{Answers, Held};

/// Marker of a version of answers.
pub(crate) struct Data;
/// Marker of a held answer.
pub(crate) struct HeldRow;

/// Adds a version of the answers; the ids were drawn before the transaction.
pub(crate) async fn add(tx: &Tx, ctx: &Ctx, id: kernel::Id<Data>, case: CaseId, schema: i64, answers: &Answers) -> Result<()> {
    let text = serde_json::to_vec(answers).map_err(Error::internal)?;
    q("INSERT INTO case_data (id, case_id, version, schema, answers, actor_kind, actor, at) \
       SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3, $4, $5, $6, $7 FROM case_data WHERE case_id = $2")
        .bind(id)
        .bind(case)
        .bind(schema)
        .bind(ctx.keys().seal("case_data", "answers", &id.to_vec(), &text))
        .bind(ctx.actor().kind())
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// The answers in force, with the version of the form under which they were given.
pub(crate) async fn newest(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId) -> Result<(i64, Answers)> {
    let row: Option<(Vec<u8>, i64, Vec<u8>)> =
        q("SELECT id, schema, answers FROM case_data WHERE case_id = $1 ORDER BY version DESC LIMIT 1").bind(case).opt(on).await?;
    let Some((id, schema, sealed)) = row else { return Ok((0, Answers::new())) };
    let text = ctx.keys().open("case_data", "answers", &id, &sealed).map_err(Error::internal)?;
    Ok((schema, serde_json::from_slice(&text).map_err(Error::internal)?))
}

/// Keeps what a person has told, to be offered again.
pub(crate) async fn hold(tx: &Tx, ctx: &Ctx, id: kernel::Id<HeldRow>, person: PersonId, key: &str, value: &str, case: CaseId) -> Result<()> {
    // The id names the row to which the value is sealed, so a new value comes with its own id.
    q("DELETE FROM case_held WHERE person = $1 AND key = $2").bind(person).bind(key).exec(tx).await?;
    q("INSERT INTO case_held (id, person, key, value, case_id, at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(person)
        .bind(key)
        .bind(ctx.keys().seal_text("case_held", "value", &id.to_vec(), value))
        .bind(case)
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// What is held of a person, with its source.
pub(crate) async fn held(on: impl Into<Target<'_>> + Send, ctx: &Ctx, person: PersonId) -> Result<Vec<Held>> {
    type Row = (Vec<u8>, String, Vec<u8>, String, i64);
    let rows: Vec<Row> = q("SELECT d.id, d.key, d.value, h.case_no, d.at FROM case_held d \
         JOIN case_head h ON h.id = d.case_id WHERE d.person = $1 ORDER BY d.key LIMIT 200")
    .bind(person)
    .all(on)
    .await?;
    rows.into_iter()
        .map(|(id, key, sealed, case_no, at)| {
            let value = ctx.keys().open_text("case_held", "value", &id, &sealed).map_err(Error::internal)?;
            let source = Text::new(format!("办件 {case_no}"), format!("case {case_no}"));
            Ok(Held { key, value, source, on: Instant::from_micros(at).day() })
        })
        .collect()
}
