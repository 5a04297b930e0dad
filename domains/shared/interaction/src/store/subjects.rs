//! What can be rated.

use kernel::{Day, Instant, Lang, RegionCode, Text};
use platform::{Error, OrgId, PersonId, Result, StaffId};
use ::store::{Db, Target, Tx, q};

use crate::ratings::SubjectId;

/// A subject to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewSubject {
    pub(crate) id: SubjectId,
    pub(crate) kind: &'static str,
    pub(crate) reference: String,
    pub(crate) point: &'static str,
    pub(crate) number: String,
    pub(crate) item: String,
    pub(crate) item_name: Text,
    pub(crate) org: OrgId,
    pub(crate) region: RegionCode,
    pub(crate) office: String,
    pub(crate) office_name: Text,
    pub(crate) staff: Option<StaffId>,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) token: Vec<u8>,
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) lang: Lang,
    pub(crate) finished_at: Instant,
    pub(crate) invited: i64,
    pub(crate) invite_at: Option<Instant>,
    pub(crate) people: Vec<PersonId>,
}

/// A subject as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct SubjectRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: SubjectId,
    pub(crate) number: String,
    pub(crate) item_zh: String,
    pub(crate) item_en: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    pub(crate) office: String,
    pub(crate) office_zh: String,
    pub(crate) office_en: String,
    staff_id: Option<Vec<u8>>,
    pub(crate) phone: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    pub(crate) finished_on: Day,
}

impl SubjectRow {
    /// Name of the item.
    pub(crate) fn item_name(&self) -> Text {
        Text::new(self.item_zh.clone(), self.item_en.clone())
    }

    /// Name of the office.
    pub(crate) fn office_name(&self) -> Text {
        Text::new(self.office_zh.clone(), self.office_en.clone())
    }

    /// Who served.
    pub(crate) fn staff(&self) -> Option<StaffId> {
        self.staff_id.clone().and_then(|id| StaffId::try_from(id).ok())
    }
}

/// Writes a subject with those who may rate it; false if it is there already.
pub(crate) async fn insert(tx: &Tx, new: &NewSubject) -> Result<bool> {
    let added = q("INSERT INTO rating_subject (id, kind, ref, point, number, item, item_zh, item_en, org, region, office, office_zh, office_en, \
         staff_id, token_hash, token, phone, lang, finished_at, finished_on, invited, invite_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) \
         ON CONFLICT (kind, ref, point) DO NOTHING")
    .bind(new.id)
    .bind(new.kind)
    .bind(new.reference.as_str())
    .bind(new.point)
    .bind(new.number.as_str())
    .bind(new.item.as_str())
    .bind(new.item_name.zh.as_ref())
    .bind(new.item_name.en.as_ref())
    .bind(new.org)
    .bind(new.region)
    .bind(new.office.as_str())
    .bind(new.office_name.zh.as_ref())
    .bind(new.office_name.en.as_ref())
    .bind(new.staff)
    .bind(new.token_hash.as_slice())
    .bind(new.token.as_slice())
    .bind(new.phone.clone())
    .bind(crate::ratings::lang_code(new.lang))
    .bind(new.finished_at)
    .bind(new.finished_at.day())
    .bind(new.invited)
    .bind(new.invite_at)
    .exec(tx)
    .await?;
    if added == 0 {
        return Ok(false);
    }
    for person in &new.people {
        q("INSERT INTO rating_right (subject_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING").bind(new.id).bind(*person).exec(tx).await?;
    }
    Ok(true)
}

/// The subject of a token.
pub(crate) async fn by_token(db: &Db, hash: &[u8]) -> Result<Option<SubjectRow>> {
    Ok(q("SELECT id, number, item_zh, item_en, org, region, office, office_zh, office_en, staff_id, phone, finished_on \
          FROM rating_subject WHERE token_hash = $1")
    .bind(hash)
    .opt(db)
    .await?)
}

/// One subject.
pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: SubjectId) -> Result<Option<SubjectRow>> {
    Ok(q("SELECT id, number, item_zh, item_en, org, region, office, office_zh, office_en, staff_id, phone, finished_on \
          FROM rating_subject WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?)
}

/// The subject with this number that was finished last.
pub(crate) async fn by_number(db: &Db, number: &str) -> Result<Option<SubjectRow>> {
    Ok(q("SELECT id, number, item_zh, item_en, org, region, office, office_zh, office_en, staff_id, phone, finished_on \
          FROM rating_subject WHERE number = $1 ORDER BY finished_at DESC LIMIT 1")
    .bind(number)
    .opt(db)
    .await?)
}

/// Whether this person is among those who may rate.
pub(crate) async fn may_rate(db: &Db, id: SubjectId, person: PersonId) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM rating_right WHERE subject_id = $1 AND person_id = $2)")
        .bind(id)
        .bind(person)
        .one(db)
        .await?;
    Ok(found)
}

/// Those who may rate.
pub(crate) async fn people(db: &Db, id: SubjectId) -> Result<Vec<PersonId>> {
    let rows: Vec<(Vec<u8>,)> =
        q("SELECT person_id FROM rating_right WHERE subject_id = $1 ORDER BY person_id LIMIT 20").bind(id).all(db).await?;
    rows.into_iter().map(|(id,)| PersonId::try_from(id).map_err(Error::internal)).collect()
}

/// A subject with the level of its rating, for its applicant.
#[derive(sqlx::FromRow)]
pub(crate) struct MineRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: SubjectId,
    pub(crate) number: String,
    pub(crate) item_zh: String,
    pub(crate) item_en: String,
    pub(crate) office_zh: String,
    pub(crate) office_en: String,
    pub(crate) token: Vec<u8>,
    #[sqlx(try_from = "String")]
    pub(crate) finished_on: Day,
    pub(crate) level: Option<i64>,
}

/// What a person may rate or has rated, the newest first.
pub(crate) async fn of_person(db: &Db, person: PersonId, before: Option<SubjectId>, limit: i64) -> Result<Vec<MineRow>> {
    let mut query = q("SELECT s.id, s.number, s.item_zh, s.item_en, s.office_zh, s.office_en, s.token, s.finished_on, r.level FROM rating_right w \
         JOIN rating_subject s ON s.id = w.subject_id LEFT JOIN rating r ON r.subject_id = s.id WHERE w.person_id = ")
    .arg(person);
    if let Some(before) = before {
        query = query.sql(" AND w.subject_id < ").arg(before);
    }
    Ok(query.sql(" ORDER BY w.subject_id DESC LIMIT ").arg(limit).all(db).await?)
}

/// A subject whose next invitation is due.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct InviteRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: SubjectId,
    pub(crate) office_zh: String,
    pub(crate) office_en: String,
    pub(crate) token: Vec<u8>,
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) lang: String,
    pub(crate) invited: i64,
    pub(crate) rated: bool,
}

/// Subjects whose next invitation is due; at most 200.
pub(crate) async fn to_invite(db: &Db, now: Instant) -> Result<Vec<InviteRow>> {
    Ok(q("SELECT s.id, s.office_zh, s.office_en, s.token, s.phone, s.lang, s.invited, \
          EXISTS (SELECT 1 FROM rating r WHERE r.subject_id = s.id) AS rated FROM rating_subject s \
          WHERE s.invite_at IS NOT NULL AND s.invite_at <= $1 ORDER BY s.invite_at, s.id LIMIT 200")
    .bind(now)
    .all(db)
    .await?)
}

/// Notes that the last invitation has gone or is not needed; false if another worker was quicker.
pub(crate) async fn set_invited(tx: &Tx, id: SubjectId, invited: i64) -> Result<bool> {
    Ok(q("UPDATE rating_subject SET invited = $2, invite_at = NULL WHERE id = $1 AND invite_at IS NOT NULL").bind(id).bind(invited).exec(tx).await? == 1)
}
