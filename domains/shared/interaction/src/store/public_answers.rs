//! Published questions and answers.

use kernel::{Id, Instant, RegionCode, Text};
use platform::Result;
use ::store::{Db, Tx, q};

use crate::complaints::{Answered, ComplaintId, Kind};

/// A question and answer to be published, screened.
#[derive(Debug, Clone)]
pub(crate) struct NewAnswer {
    pub(crate) id: Id<Answered>,
    pub(crate) complaint: ComplaintId,
    pub(crate) region: RegionCode,
    pub(crate) kind: Kind,
    pub(crate) asker: String,
    pub(crate) phone: String,
    pub(crate) title: String,
    pub(crate) question: String,
    pub(crate) answer: String,
}

/// Publishes; the same complaint again replaces the text.
pub(crate) async fn put(tx: &Tx, new: &NewAnswer, at: Instant) -> Result<()> {
    q("INSERT INTO complaint_public (id, complaint_id, region, kind, asker, phone, title, question, answer, published_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (complaint_id) DO UPDATE SET title = excluded.title, \
       question = excluded.question, answer = excluded.answer")
        .bind(new.id)
        .bind(new.complaint)
        .bind(new.region)
        .bind(new.kind.code())
        .bind(new.asker.as_str())
        .bind(new.phone.as_str())
        .bind(new.title.as_str())
        .bind(new.question.as_str())
        .bind(new.answer.as_str())
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Answered>,
    kind: String,
    asker: String,
    phone: String,
    title: String,
    question: String,
    answer: String,
    #[sqlx(try_from = "i64")]
    published_at: Instant,
}

/// What is published, the newest first.
pub(crate) async fn list(db: &Db, before: Option<Id<Answered>>, limit: i64) -> Result<Vec<Answered>> {
    let before = before.map_or_else(|| vec![0xff; 16], |id| id.to_vec());
    let rows: Vec<Row> = q("SELECT id, kind, asker, phone, title, question, answer, published_at FROM complaint_public \
         WHERE id < $1 ORDER BY id DESC LIMIT $2")
    .bind(before)
    .bind(limit)
    .all(db)
    .await?;
    let answered = |row: Row| Answered {
        id: row.id,
        kind: Kind::from_code(&row.kind).map_or_else(Text::default, Kind::name),
        asker: row.asker,
        phone: row.phone,
        title: row.title,
        question: row.question,
        answer: row.answer,
        published_at: row.published_at,
    };
    Ok(rows.into_iter().map(answered).collect())
}
