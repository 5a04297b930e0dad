//! Ratings and what happened to them.

use kernel::{Day, Instant, RegionCode};
use platform::{PersonId, Result};
use ::store::{Db, Target, Tx, q};

use crate::ratings::{Channel, Level, RatingId, SubjectId};

/// A rating as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RatingRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: RatingId,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) subject_id: SubjectId,
    level: i64,
    #[sqlx(try_from = "String")]
    pub(crate) channel: Channel,
    pub(crate) named: bool,
    person_id: Option<Vec<u8>>,
    pub(crate) tags: String,
    pub(crate) words: Option<Vec<u8>>,
    #[sqlx(try_from = "i64")]
    pub(crate) rated_at: Instant,
    #[sqlx(try_from = "String")]
    pub(crate) rated_on: Day,
    pub(crate) changed_at: Option<i64>,
    pub(crate) removed: bool,
}

impl RatingRow {
    /// The level; the table lets no other numbers in.
    pub(crate) fn level(&self) -> Level {
        Level::from_number(self.level).expect("the table checks the range")
    }

    /// Who rated, where signed in.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.person_id.clone().and_then(|id| PersonId::try_from(id).ok())
    }
}

/// A rating to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewRating {
    pub(crate) id: RatingId,
    pub(crate) subject: SubjectId,
    pub(crate) region: RegionCode,
    pub(crate) office: String,
    pub(crate) level: Level,
    pub(crate) channel: Channel,
    pub(crate) named: bool,
    pub(crate) person: Option<PersonId>,
    pub(crate) tags: String,
    pub(crate) words: Option<Vec<u8>>,
    pub(crate) rated_at: Instant,
    pub(crate) counted: bool,
}

/// Writes a rating; false if the subject has one.
pub(crate) async fn insert(tx: &Tx, new: &NewRating) -> Result<bool> {
    let added = q("INSERT INTO rating (id, subject_id, region, office, level, channel, named, person_id, tags, words, rated_at, rated_on, counted, removed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (subject_id) DO NOTHING")
    .bind(new.id)
    .bind(new.subject)
    .bind(new.region)
    .bind(new.office.as_str())
    .bind(new.level.number())
    .bind(new.channel.code())
    .bind(new.named)
    .bind(new.person)
    .bind(new.tags.as_str())
    .bind(new.words.clone())
    .bind(new.rated_at)
    .bind(new.rated_at.day())
    .bind(new.counted)
    .bind(false)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// Changes a rating once; false if it was changed before.
pub(crate) async fn change(tx: &Tx, new: &NewRating) -> Result<bool> {
    let changed = q("UPDATE rating SET level = $2, tags = $3, words = $4, changed_at = $5 WHERE id = $1 AND changed_at IS NULL AND NOT removed")
        .bind(new.id)
        .bind(new.level.number())
        .bind(new.tags.as_str())
        .bind(new.words.clone())
        .bind(new.rated_at)
        .exec(tx)
        .await?;
    Ok(changed == 1)
}

/// The rating of a subject.
pub(crate) async fn of_subject<'a>(on: impl Into<Target<'a>> + Send, subject: SubjectId) -> Result<Option<RatingRow>> {
    Ok(q("SELECT id, subject_id, level, channel, named, person_id, tags, words, rated_at, rated_on, changed_at, removed \
          FROM rating WHERE subject_id = $1")
    .bind(subject)
    .opt(on)
    .await?)
}

/// One rating.
pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: RatingId) -> Result<Option<RatingRow>> {
    Ok(q("SELECT id, subject_id, level, channel, named, person_id, tags, words, rated_at, rated_on, changed_at, removed \
          FROM rating WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?)
}

/// Takes a rating out of the figures; it stays to be seen by supervision.
pub(crate) async fn remove(tx: &Tx, id: RatingId) -> Result<()> {
    q("UPDATE rating SET removed = $2, public_words = NULL WHERE id = $1").bind(id).bind(true).exec(tx).await?;
    Ok(())
}

/// What happened to a rating.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct EventRow {
    pub(crate) id: Vec<u8>,
    #[sqlx(try_from = "i64")]
    pub(crate) at: Instant,
    pub(crate) verb: String,
    pub(crate) staff_name: String,
    pub(crate) note: Option<Vec<u8>>,
}

/// An event to be written; its id seals its note.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) id: kernel::Id<EventRow>,
    pub(crate) verb: &'static str,
    pub(crate) state: &'static str,
    pub(crate) staff_name: String,
    pub(crate) note: Option<Vec<u8>>,
}

/// Adds an event.
pub(crate) async fn add_event(tx: &Tx, rating: RatingId, at: Instant, event: &NewEvent) -> Result<()> {
    q("INSERT INTO rating_event (id, rating_id, at, verb, state, staff_name, note) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(event.id)
        .bind(rating)
        .bind(at)
        .bind(event.verb)
        .bind(event.state)
        .bind(event.staff_name.as_str())
        .bind(event.note.clone())
        .exec(tx)
        .await?;
    Ok(())
}

/// What happened to a rating, in order.
pub(crate) async fn events(db: &Db, rating: RatingId) -> Result<Vec<EventRow>> {
    Ok(q("SELECT id, at, verb, staff_name, note FROM rating_event WHERE rating_id = $1 ORDER BY id LIMIT 200").bind(rating).all(db).await?)
}
