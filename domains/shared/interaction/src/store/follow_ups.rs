//! The follow-up of bad ratings, and the lists of the desk.

use kernel::{Day, RegionCode};
use platform::{OrgId, Result, StaffId};
use ::store::{Db, Query, Target, Tx, q};

use crate::ratings::states::State;
use crate::ratings::{Filter, RatingId};

/// A follow-up as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct FollowUpRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: RatingId,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    #[sqlx(try_from = "String")]
    pub(crate) state: State,
    handler_id: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    pub(crate) opened_on: Day,
    #[sqlx(try_from = "String")]
    pub(crate) contact_due: Day,
    contacted_on: Option<String>,
    pub(crate) complicated: bool,
    fix_due: Option<String>,
    fixed_on: Option<String>,
    review_due: Option<String>,
    called_back_on: Option<String>,
    pub(crate) version: i64,
}

fn day(stored: Option<&String>) -> Option<Day> {
    stored.and_then(|day| day.parse().ok())
}

impl FollowUpRow {
    /// A new one, as it is opened.
    pub(crate) fn new(id: RatingId, region: RegionCode, org: OrgId, opened_on: Day, contact_due: Day) -> Self {
        Self {
            id,
            region,
            org,
            state: State::ToVerify,
            handler_id: None,
            opened_on,
            contact_due,
            contacted_on: None,
            complicated: false,
            fix_due: None,
            fixed_on: None,
            review_due: None,
            called_back_on: None,
            version: 1,
        }
    }

    pub(crate) fn handler(&self) -> Option<StaffId> {
        self.handler_id.clone().and_then(|id| StaffId::try_from(id).ok())
    }

    pub(crate) fn set_handler(&mut self, staff: StaffId) {
        self.handler_id = Some(staff.to_vec());
    }

    pub(crate) fn set_contacted(&mut self, on: Day) {
        self.contacted_on.get_or_insert_with(|| on.to_string());
    }

    pub(crate) fn fix_due(&self) -> Option<Day> {
        day(self.fix_due.as_ref())
    }

    pub(crate) fn set_fix_due(&mut self, due: Day) {
        self.fix_due = Some(due.to_string());
    }

    pub(crate) fn set_fixed(&mut self, on: Day) {
        self.fixed_on = Some(on.to_string());
    }

    pub(crate) fn review_due(&self) -> Option<Day> {
        day(self.review_due.as_ref())
    }

    pub(crate) fn set_review_due(&mut self, due: Day) {
        self.review_due = Some(due.to_string());
    }

    pub(crate) fn set_called_back(&mut self, on: Day) {
        self.called_back_on = Some(on.to_string());
    }

    /// Which limit runs now, and when it ends.
    pub(crate) fn running(&self) -> Option<(&'static str, Day)> {
        match self.state {
            State::ToVerify | State::Unreachable => Some(("contact", self.contact_due)),
            State::Contacted | State::Fixing => self.fix_due().map(|due| ("fix", due)),
            State::Appealed => self.review_due().map(|due| ("review", due)),
            State::FedBack | State::Removed | State::Closed => None,
        }
    }
}

/// Opens a follow-up.
pub(crate) async fn insert(tx: &Tx, row: &FollowUpRow) -> Result<()> {
    q("INSERT INTO rating_follow_up (id, region, org, state, open, opened_on, contact_due, complicated, version) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING")
        .bind(row.id)
        .bind(row.region)
        .bind(row.org)
        .bind(row.state.code())
        .bind(row.state.is_open())
        .bind(row.opened_on)
        .bind(row.contact_due)
        .bind(row.complicated)
        .bind(row.version)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes a follow-up back if it is still as it was read; false if somebody else was quicker.
pub(crate) async fn update(tx: &Tx, row: &FollowUpRow) -> Result<bool> {
    let changed = q("UPDATE rating_follow_up SET state = $3, open = $4, handler_id = $5, contacted_on = $6, complicated = $7, fix_due = $8, \
         fixed_on = $9, review_due = $10, called_back_on = $11, version = version + 1 WHERE id = $1 AND version = $2")
    .bind(row.id)
    .bind(row.version)
    .bind(row.state.code())
    .bind(row.state.is_open())
    .bind(row.handler_id.clone())
    .bind(row.contacted_on.clone())
    .bind(row.complicated)
    .bind(row.fix_due.clone())
    .bind(row.fixed_on.clone())
    .bind(row.review_due.clone())
    .bind(row.called_back_on.clone())
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// The follow-up of a rating.
pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: RatingId) -> Result<Option<FollowUpRow>> {
    Ok(q("SELECT id, region, org, state, handler_id, opened_on, contact_due, contacted_on, complicated, fix_due, fixed_on, review_due, \
          called_back_on, version FROM rating_follow_up WHERE id = $1")
    .bind(id)
    .opt(on)
    .await?)
}

/// Open follow-ups after `after`, for the cards.
pub(crate) async fn open_after(db: &Db, after: &[u8], limit: i64) -> Result<Vec<FollowUpRow>> {
    Ok(q("SELECT id, region, org, state, handler_id, opened_on, contact_due, contacted_on, complicated, fix_due, fixed_on, review_due, \
          called_back_on, version FROM rating_follow_up WHERE open AND id > $1 ORDER BY id LIMIT $2")
    .bind(after)
    .bind(limit)
    .all(db)
    .await?)
}

/// Moves the end of a period that still runs.
pub(crate) async fn move_due(tx: &Tx, id: RatingId, period: &str, due: Day) -> Result<()> {
    let query = match period {
        "contact" => q("UPDATE rating_follow_up SET contact_due = $2 WHERE id = $1 AND contacted_on IS NULL"),
        "fix" => q("UPDATE rating_follow_up SET fix_due = $2 WHERE id = $1 AND fixed_on IS NULL"),
        _ => q("UPDATE rating_follow_up SET review_due = $2 WHERE id = $1 AND state = 'APPEALED'"),
    };
    query.bind(id).bind(due).exec(tx).await?;
    Ok(())
}

/// A line of the desk's list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct LineRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: RatingId,
    pub(crate) level: i64,
    pub(crate) named: bool,
    #[sqlx(try_from = "String")]
    pub(crate) rated_on: Day,
    pub(crate) number: String,
    pub(crate) item_zh: String,
    pub(crate) item_en: String,
    pub(crate) office_zh: String,
    pub(crate) office_en: String,
    pub(crate) state: Option<String>,
    contact_due: Option<String>,
    fix_due: Option<String>,
    review_due: Option<String>,
}

impl LineRow {
    /// The end of the period that runs.
    pub(crate) fn due(&self) -> Option<Day> {
        match self.state.as_deref().and_then(State::from_code)? {
            State::ToVerify | State::Unreachable => day(self.contact_due.as_ref()),
            State::Contacted | State::Fixing => day(self.fix_due.as_ref()),
            State::Appealed => day(self.review_due.as_ref()),
            State::FedBack | State::Removed | State::Closed => None,
        }
    }
}

/// Ratings in these regions, the newest first; those taken out only where asked for. Nobody gets anything without a region.
pub(crate) async fn list(db: &Db, regions: &[RegionCode], filter: &Filter, limit: i64) -> Result<Vec<LineRow>> {
    let query = q("SELECT r.id, r.level, r.named, r.rated_on, s.number, s.item_zh, s.item_en, s.office_zh, s.office_en, f.state, \
         f.contact_due, f.fix_due, f.review_due FROM rating r JOIN rating_subject s ON s.id = r.subject_id \
         LEFT JOIN rating_follow_up f ON f.id = r.id WHERE ");
    let mut query = narrowed(query, regions, filter);
    if let Some(before) = filter.before {
        query = query.sql(" AND r.id < ").arg(before);
    }
    Ok(query.sql(" ORDER BY r.id DESC LIMIT ").arg(limit).all(db).await?)
}

/// How many there are, counted up to `most`.
pub(crate) async fn count(db: &Db, regions: &[RegionCode], filter: &Filter, most: i64) -> Result<i64> {
    let query = q("SELECT COUNT(*) FROM (SELECT r.id FROM rating r LEFT JOIN rating_follow_up f ON f.id = r.id WHERE ");
    let (count,): (i64,) = narrowed(query, regions, filter).sql(" LIMIT ").arg(most).sql(") AS found").one(db).await?;
    Ok(count)
}

fn narrowed(query: Query, regions: &[RegionCode], filter: &Filter) -> Query {
    let mut query = query
        .sql("r.region IN (SELECT descendant FROM region_closure WHERE ancestor IN (")
        .list(regions.iter().copied())
        .sql(")) AND r.removed = ")
        .arg(filter.removed);
    if filter.bad {
        query = query.sql(" AND r.level >= 4");
    }
    if let Some(state) = filter.state {
        query = query.sql(" AND f.state = ").arg(state.code());
    }
    if let Some(today) = filter.overdue_on {
        query = query
            .sql(" AND f.open AND CASE WHEN f.state IN ('TO_VERIFY', 'UNREACHABLE') THEN f.contact_due \
                 WHEN f.state IN ('CONTACTED', 'FIXING') THEN f.fix_due WHEN f.state = 'APPEALED' THEN f.review_due END < ")
            .arg(today);
    }
    query
}
