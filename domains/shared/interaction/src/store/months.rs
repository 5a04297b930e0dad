//! Figures of ratings, and what is published of them.

use kernel::{Day, Instant, RegionCode};
use platform::Result;
use ::store::{Db, Target, Tx, q};

use crate::ratings::RatingId;

/// Counts of one region's or office's ratings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Counts {
    pub(crate) rated: i64,
    pub(crate) level_1: i64,
    pub(crate) level_2: i64,
    pub(crate) level_3: i64,
    pub(crate) level_4: i64,
    pub(crate) level_5: i64,
}

/// Counts of follow-ups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Handled {
    pub(crate) bad: i64,
    pub(crate) closed: i64,
    pub(crate) contacted_in_time: i64,
    pub(crate) fixed: i64,
    pub(crate) fixed_in_time: i64,
    pub(crate) called_back: i64,
}

/// Matters finished in these days, of a region and below, or of one office.
pub(crate) async fn finished<'a>(on: impl Into<Target<'a>> + Send, region: &RegionCode, office: &str, from: Day, to: Day) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM rating_subject s WHERE s.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) \
         AND (s.office = $2 OR $2 = '') AND s.finished_on >= $3 AND s.finished_on <= $4")
    .bind(*region)
    .bind(office)
    .bind(from)
    .bind(to)
    .one(on)
    .await?;
    Ok(n)
}

/// Ratings that count, of the matters finished in these days.
pub(crate) async fn counts<'a>(on: impl Into<Target<'a>> + Send, region: &RegionCode, office: &str, from: Day, to: Day) -> Result<Counts> {
    Ok(q("SELECT COUNT(*) AS rated, COUNT(CASE WHEN r.level = 1 THEN 1 END) AS level_1, COUNT(CASE WHEN r.level = 2 THEN 1 END) AS level_2, \
          COUNT(CASE WHEN r.level = 3 THEN 1 END) AS level_3, COUNT(CASE WHEN r.level = 4 THEN 1 END) AS level_4, \
          COUNT(CASE WHEN r.level = 5 THEN 1 END) AS level_5 FROM rating r JOIN rating_subject s ON s.id = r.subject_id \
          WHERE s.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) AND (s.office = $2 OR $2 = '') \
          AND s.finished_on >= $3 AND s.finished_on <= $4 AND r.counted AND NOT r.removed")
    .bind(*region)
    .bind(office)
    .bind(from)
    .bind(to)
    .one(on)
    .await?)
}

/// Anonymous ratings of these days and how many of them are bad: for the trend.
pub(crate) async fn anonymous(db: &Db, region: &RegionCode, office: &str, from: Day, to: Day) -> Result<(i64, i64)> {
    Ok(q("SELECT COUNT(*), COUNT(CASE WHEN r.level >= 4 THEN 1 END) FROM rating r JOIN rating_subject s ON s.id = r.subject_id \
          WHERE s.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) AND (s.office = $2 OR $2 = '') \
          AND s.finished_on >= $3 AND s.finished_on <= $4 AND NOT r.named")
    .bind(*region)
    .bind(office)
    .bind(from)
    .bind(to)
    .one(db)
    .await?)
}

/// What became of the bad ratings that count.
pub(crate) async fn handled(db: &Db, region: &RegionCode, office: &str, from: Day, to: Day) -> Result<Handled> {
    Ok(q("SELECT COUNT(*) AS bad, COUNT(CASE WHEN f.state = 'CLOSED' THEN 1 END) AS closed, \
          COUNT(CASE WHEN f.contacted_on <= f.contact_due THEN 1 END) AS contacted_in_time, COUNT(f.fixed_on) AS fixed, \
          COUNT(CASE WHEN f.fixed_on <= f.fix_due THEN 1 END) AS fixed_in_time, COUNT(f.called_back_on) AS called_back \
          FROM rating_follow_up f JOIN rating r ON r.id = f.id JOIN rating_subject s ON s.id = r.subject_id \
          WHERE s.region IN (SELECT descendant FROM region_closure WHERE ancestor = $1) AND (s.office = $2 OR $2 = '') \
          AND s.finished_on >= $3 AND s.finished_on <= $4 AND NOT r.removed")
    .bind(*region)
    .bind(office)
    .bind(from)
    .bind(to)
    .one(db)
    .await?)
}

/// An office that finished something in these days.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct OfficeRow {
    pub(crate) office: String,
    pub(crate) office_zh: String,
    pub(crate) office_en: String,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
}

/// Offices that finished something in these days and whose month is not published yet; at most 200.
pub(crate) async fn unpublished(db: &Db, month: &str, from: Day, to: Day) -> Result<Vec<OfficeRow>> {
    Ok(q("SELECT s.office, MAX(s.office_zh) AS office_zh, MAX(s.office_en) AS office_en, MAX(s.region) AS region FROM rating_subject s \
          WHERE s.finished_on >= $2 AND s.finished_on <= $3 \
          AND NOT EXISTS (SELECT 1 FROM rating_month m WHERE m.month = $1 AND m.office = s.office) GROUP BY s.office ORDER BY s.office LIMIT 200")
    .bind(month)
    .bind(from)
    .bind(to)
    .all(db)
    .await?)
}

/// Publishes the figures of an office and month; false if they are.
pub(crate) async fn publish(tx: &Tx, month: &str, office: &OfficeRow, finished: i64, counts: &Counts, now: Instant) -> Result<bool> {
    let added = q("INSERT INTO rating_month (month, office, office_zh, office_en, region, finished, rated, level_1, level_2, level_3, level_4, level_5, \
         published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (month, office) DO NOTHING")
    .bind(month)
    .bind(office.office.as_str())
    .bind(office.office_zh.as_str())
    .bind(office.office_en.as_str())
    .bind(office.region)
    .bind(finished)
    .bind(counts.rated)
    .bind(counts.level_1)
    .bind(counts.level_2)
    .bind(counts.level_3)
    .bind(counts.level_4)
    .bind(counts.level_5)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// Words of an office's ratings that are not published yet.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct WordsRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: RatingId,
    pub(crate) words: Vec<u8>,
    pub(crate) subject_id: Vec<u8>,
}

/// Words of an office's ratings of these days; at most 200.
pub(crate) async fn words(db: &Db, office: &str, from: Day, to: Day) -> Result<Vec<WordsRow>> {
    Ok(q("SELECT r.id, r.words, r.subject_id FROM rating r JOIN rating_subject s ON s.id = r.subject_id WHERE s.office = $1 \
          AND s.finished_on >= $2 AND s.finished_on <= $3 AND r.words IS NOT NULL AND r.public_words IS NULL AND r.counted AND NOT r.removed \
          ORDER BY r.id LIMIT 200")
    .bind(office)
    .bind(from)
    .bind(to)
    .all(db)
    .await?)
}

/// Publishes screened words.
pub(crate) async fn publish_words(tx: &Tx, id: RatingId, words: &str, now: Instant) -> Result<()> {
    q("UPDATE rating SET public_words = $2, published_at = $3 WHERE id = $1 AND public_words IS NULL AND NOT removed")
        .bind(id)
        .bind(words)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

/// Published figures.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct MonthRow {
    pub(crate) office: String,
    pub(crate) office_zh: String,
    pub(crate) office_en: String,
    pub(crate) finished: i64,
    pub(crate) rated: i64,
    pub(crate) level_1: i64,
    pub(crate) level_2: i64,
    pub(crate) level_3: i64,
    pub(crate) level_4: i64,
    pub(crate) level_5: i64,
}

/// The published figures of a month, by office, after `after`.
pub(crate) async fn month(db: &Db, month: &str, after: &str, limit: i64) -> Result<Vec<MonthRow>> {
    Ok(q("SELECT office, office_zh, office_en, finished, rated, level_1, level_2, level_3, level_4, level_5 FROM rating_month \
          WHERE month = $1 AND office > $2 ORDER BY office LIMIT $3")
    .bind(month)
    .bind(after)
    .bind(limit)
    .all(db)
    .await?)
}

/// Months that are published, the newest first.
pub(crate) async fn months(db: &Db) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = q("SELECT DISTINCT month FROM rating_month ORDER BY month DESC LIMIT 24").all(db).await?;
    Ok(rows.into_iter().map(|(month,)| month).collect())
}

/// The published words of an office's ratings of these days, with the level, the newest first.
pub(crate) async fn published_words(db: &Db, office: &str, from: Day, to: Day) -> Result<Vec<(i64, String)>> {
    Ok(q("SELECT r.level, r.public_words FROM rating r JOIN rating_subject s ON s.id = r.subject_id WHERE r.office = $1 \
          AND r.public_words IS NOT NULL AND s.finished_on >= $2 AND s.finished_on <= $3 AND NOT r.removed ORDER BY r.id DESC LIMIT 50")
    .bind(office)
    .bind(from)
    .bind(to)
    .all(db)
    .await?)
}
