//! Complaints and what happened to them.

use kernel::{Day, Instant, RegionCode};
use platform::{OrgId, PersonId, Result, StaffId};
use ::store::{Db, Query, Target, Tx, q};

use crate::complaints::states::State;
use crate::complaints::{ComplaintId, Kind};

/// A complaint to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewComplaint {
    pub(crate) id: ComplaintId,
    pub(crate) kind: Kind,
    pub(crate) source: &'static str,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) target: Option<StaffId>,
    pub(crate) item: String,
    pub(crate) person: Option<PersonId>,
    pub(crate) party_hash: Option<Vec<u8>>,
    pub(crate) title: Vec<u8>,
    pub(crate) words: Vec<u8>,
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) code: Vec<u8>,
    pub(crate) lang: &'static str,
    pub(crate) may_publish: bool,
    pub(crate) request_key: String,
}

/// A complaint as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: ComplaintId,
    pub(crate) number: String,
    #[sqlx(try_from = "String")]
    pub(crate) kind: Kind,
    pub(crate) source: String,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    #[sqlx(try_from = "String")]
    pub(crate) desk_region: RegionCode,
    pub(crate) level: i64,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org: OrgId,
    pub(crate) target_id: Option<Vec<u8>>,
    pub(crate) item: String,
    pub(crate) person_id: Option<Vec<u8>>,
    pub(crate) party_hash: Option<Vec<u8>>,
    pub(crate) title: Vec<u8>,
    pub(crate) words: Vec<u8>,
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) code: Vec<u8>,
    pub(crate) lang: String,
    pub(crate) secret: bool,
    pub(crate) may_publish: bool,
    #[sqlx(try_from = "i64")]
    pub(crate) received_at: Instant,
    #[sqlx(try_from = "String")]
    pub(crate) received_on: Day,
    #[sqlx(try_from = "String")]
    pub(crate) state: State,
    pub(crate) unit: Option<Vec<u8>>,
    pub(crate) handler_id: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    pub(crate) clock_from: Day,
    pub(crate) stock: bool,
    #[sqlx(try_from = "String")]
    pub(crate) accept_due: Day,
    pub(crate) accepted_on: Option<String>,
    pub(crate) sign_due: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) confirm_due: Option<String>,
    pub(crate) replied_on: Option<String>,
    pub(crate) on_time: Option<bool>,
    pub(crate) extended: bool,
    pub(crate) returned: i64,
    pub(crate) designated: bool,
    pub(crate) unsatisfied: i64,
    pub(crate) satisfied: Option<bool>,
    pub(crate) supervised: bool,
    pub(crate) stage: i64,
    pub(crate) merged_into: Option<Vec<u8>>,
    pub(crate) ground: Option<String>,
    pub(crate) told: Option<Vec<u8>>,
    pub(crate) version: i64,
}

fn day(stored: Option<&String>) -> Option<Day> {
    stored.and_then(|day| day.parse().ok())
}

fn id<K>(stored: Option<&Vec<u8>>) -> Option<kernel::Id<K>> {
    stored.and_then(|id| kernel::Id::try_from(id.clone()).ok())
}

impl Row {
    pub(crate) fn target(&self) -> Option<StaffId> {
        id(self.target_id.as_ref())
    }

    pub(crate) fn person(&self) -> Option<PersonId> {
        id(self.person_id.as_ref())
    }

    pub(crate) fn unit(&self) -> Option<OrgId> {
        id(self.unit.as_ref())
    }

    pub(crate) fn set_unit(&mut self, unit: Option<OrgId>, handler: Option<StaffId>) {
        self.unit = unit.map(|unit| unit.to_vec());
        self.handler_id = handler.map(|handler| handler.to_vec());
    }

    pub(crate) fn handler(&self) -> Option<StaffId> {
        id(self.handler_id.as_ref())
    }

    pub(crate) fn due(&self) -> Option<Day> {
        day(self.due.as_ref())
    }

    pub(crate) fn set_due(&mut self, due: Day) {
        self.due = Some(due.to_string());
    }

    pub(crate) fn sign_due(&self) -> Option<Day> {
        day(self.sign_due.as_ref())
    }

    pub(crate) fn set_sign_due(&mut self, due: Day) {
        self.sign_due = Some(due.to_string());
    }

    pub(crate) fn confirm_due(&self) -> Option<Day> {
        day(self.confirm_due.as_ref())
    }

    pub(crate) fn set_confirm_due(&mut self, due: Day) {
        self.confirm_due = Some(due.to_string());
    }

    pub(crate) fn replied_on(&self) -> Option<Day> {
        day(self.replied_on.as_ref())
    }

    pub(crate) fn set_replied(&mut self, on: Day) {
        self.replied_on = Some(on.to_string());
    }

    pub(crate) fn set_accepted(&mut self, on: Day) {
        self.accepted_on = Some(on.to_string());
    }

    pub(crate) fn merged_into(&self) -> Option<ComplaintId> {
        id(self.merged_into.as_ref())
    }

    pub(crate) fn set_merged(&mut self, into: ComplaintId) {
        self.merged_into = Some(into.to_vec());
    }

    /// Which limit runs for staff now, and when it ends.
    pub(crate) fn running(&self) -> Option<(&'static str, Day)> {
        match self.state {
            State::Registered => Some(("accept", self.accept_due)),
            State::ToSign => self.sign_due().map(|due| ("sign", due)),
            State::Accepted | State::Returned | State::InHand => self.due().map(|due| ("reply", due)),
            State::Unclear | State::Replied | State::Refused | State::Merged | State::Closed => None,
        }
    }
}

/// Writes a complaint under its number; false if its form was sent before.
pub(crate) async fn insert(tx: &Tx, new: &NewComplaint, number: &str, at: Instant, accept_due: Day) -> Result<bool> {
    let added = q("INSERT INTO complaint (id, number, kind, source, region, desk_region, level, org, target_id, item, person_id, party_hash, title, \
         words, name, phone, lang, secret, may_publish, request_key, received_at, received_on, state, open, clock_from, stock, accept_due, \
         extended, returned, designated, unsatisfied, supervised, stage, version, code) \
         VALUES ($1, $2, $3, $4, $5, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'REGISTERED', $21, $20, $22, \
         $23, $22, 0, $22, 0, $22, 0, 1, $24) ON CONFLICT (request_key) DO NOTHING")
    .bind(new.id)
    .bind(number)
    .bind(new.kind.code())
    .bind(new.source)
    .bind(new.region)
    .bind(new.org)
    .bind(new.target)
    .bind(new.item.as_str())
    .bind(new.person)
    .bind(new.party_hash.clone())
    .bind(new.title.as_slice())
    .bind(new.words.as_slice())
    .bind(new.name.clone())
    .bind(new.phone.clone())
    .bind(new.lang)
    .bind(new.kind == Kind::Report)
    .bind(new.may_publish)
    .bind(new.request_key.as_str())
    .bind(at)
    .bind(at.day())
    .bind(true)
    .bind(false)
    .bind(accept_due)
    .bind(new.code.as_slice())
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// Writes a complaint back if it is still as it was read; false if somebody else was quicker.
pub(crate) async fn update(tx: &Tx, row: &Row) -> Result<bool> {
    let changed = q("UPDATE complaint SET state = $3, open = $4, desk_region = $5, level = $6, unit = $7, handler_id = $8, clock_from = $9, stock = $10, \
         accepted_on = $11, sign_due = $12, due = $13, confirm_due = $14, replied_on = $15, on_time = $16, extended = $17, returned = $18, \
         designated = $19, unsatisfied = $20, satisfied = $21, supervised = $22, stage = $23, merged_into = $24, ground = $25, told = $26, \
         accept_due = $27, version = version + 1 WHERE id = $1 AND version = $2")
    .bind(row.id)
    .bind(row.version)
    .bind(row.state.code())
    .bind(row.state.is_open())
    .bind(row.desk_region)
    .bind(row.level)
    .bind(row.unit.clone())
    .bind(row.handler_id.clone())
    .bind(row.clock_from)
    .bind(row.stock)
    .bind(row.accepted_on.clone())
    .bind(row.sign_due.clone())
    .bind(row.due.clone())
    .bind(row.confirm_due.clone())
    .bind(row.replied_on.clone())
    .bind(row.on_time)
    .bind(row.extended)
    .bind(row.returned)
    .bind(row.designated)
    .bind(row.unsatisfied)
    .bind(row.satisfied)
    .bind(row.supervised)
    .bind(row.stage)
    .bind(row.merged_into.clone())
    .bind(row.ground.clone())
    .bind(row.told.clone())
    .bind(row.accept_due)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// The columns of [`Row`], up to the condition.
fn select() -> Query {
    q("SELECT id, number, kind, source, region, desk_region, level, org, target_id, item, person_id, party_hash, title, words, name, phone, code, lang, \
       secret, may_publish, received_at, received_on, state, unit, handler_id, clock_from, stock, accept_due, accepted_on, sign_due, due, \
       confirm_due, replied_on, on_time, extended, returned, designated, unsatisfied, satisfied, supervised, stage, merged_into, ground, told, \
       version FROM complaint WHERE ")
}

/// One complaint.
pub(crate) async fn by_id<'a>(on: impl Into<Target<'a>> + Send, id: ComplaintId) -> Result<Option<Row>> {
    Ok(select().sql("id = ").arg(id).opt(on).await?)
}

/// The complaint with this receipt number.
pub(crate) async fn by_number(db: &Db, number: &str) -> Result<Option<Row>> {
    Ok(select().sql("number = ").arg(number).opt(db).await?)
}

/// The complaint that came from this form.
pub(crate) async fn by_request<'a>(on: impl Into<Target<'a>> + Send, key: &str) -> Result<Option<Row>> {
    Ok(select().sql("request_key = ").arg(key).opt(on).await?)
}

/// A person's complaints since a moment, the oldest first.
pub(crate) async fn of_party(db: &Db, party: &[u8], since: Instant) -> Result<Vec<Row>> {
    Ok(select().sql("party_hash = ").arg(party).sql(" AND received_at >= ").arg(since).sql(" ORDER BY received_at, id LIMIT 100").all(db).await?)
}

/// A person's complaints, the newest first.
pub(crate) async fn of_person(db: &Db, person: PersonId, before: Option<ComplaintId>, limit: i64) -> Result<Vec<Row>> {
    let before = before.map_or_else(|| vec![0xff; 16], |id| id.to_vec());
    Ok(select().sql("person_id = ").arg(person).sql(" AND id < ").arg(before).sql(" ORDER BY id DESC LIMIT ").arg(limit).all(db).await?)
}

/// Those that were merged into one.
pub(crate) async fn merged<'a>(on: impl Into<Target<'a>> + Send, into: ComplaintId) -> Result<Vec<Row>> {
    Ok(select().sql("merged_into = ").arg(into).sql(" ORDER BY id LIMIT 200").all(on).await?)
}

/// Open complaints after `after`, for the cards.
pub(crate) async fn open_after(db: &Db, after: &[u8], limit: i64) -> Result<Vec<Row>> {
    Ok(select().sql("open AND id > ").arg(after).sql(" ORDER BY id LIMIT ").arg(limit).all(db).await?)
}

/// Moves the end of a period that still runs.
pub(crate) async fn move_due(tx: &Tx, id: ComplaintId, period: &str, due: Day) -> Result<()> {
    let query = match period {
        "accept" => q("UPDATE complaint SET accept_due = $2 WHERE id = $1 AND state = 'REGISTERED'"),
        "sign" => q("UPDATE complaint SET sign_due = $2 WHERE id = $1 AND state = 'TO_SIGN'"),
        "confirm" => q("UPDATE complaint SET confirm_due = $2 WHERE id = $1 AND state = 'REPLIED'"),
        _ => q("UPDATE complaint SET due = $2 WHERE id = $1 AND state IN ('ACCEPTED', 'TO_SIGN', 'RETURNED', 'IN_HAND')"),
    };
    query.bind(id).bind(due).exec(tx).await?;
    Ok(())
}

/// What happened to a complaint.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct EventRow {
    pub(crate) id: Vec<u8>,
    #[sqlx(try_from = "i64")]
    pub(crate) at: Instant,
    pub(crate) verb: String,
    #[sqlx(try_from = "String")]
    pub(crate) state: State,
    pub(crate) staff_name: String,
    pub(crate) note: Option<Vec<u8>>,
}

/// An event to be written; its id seals its note.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) id: kernel::Id<EventRow>,
    pub(crate) verb: &'static str,
    pub(crate) staff_name: String,
    pub(crate) note: Option<Vec<u8>>,
}

/// Adds an event.
pub(crate) async fn add_event(tx: &Tx, complaint: ComplaintId, at: Instant, state: State, event: &NewEvent) -> Result<()> {
    q("INSERT INTO complaint_event (id, complaint_id, at, verb, state, staff_name, note) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(event.id)
        .bind(complaint)
        .bind(at)
        .bind(event.verb)
        .bind(state.code())
        .bind(event.staff_name.as_str())
        .bind(event.note.clone())
        .exec(tx)
        .await?;
    Ok(())
}

/// What happened to a complaint, in order.
pub(crate) async fn events(db: &Db, complaint: ComplaintId) -> Result<Vec<EventRow>> {
    Ok(q("SELECT id, at, verb, state, staff_name, note FROM complaint_event WHERE complaint_id = $1 ORDER BY id LIMIT 200").bind(complaint).all(db).await?)
}
