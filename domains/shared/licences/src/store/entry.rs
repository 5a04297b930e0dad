//! `lic`: the catalogue.

use kernel::{Day, Instant, LicenceId, Text};
use platform::{Error, PersonId, Result};
use store::{Db, FromRow, Target, Tx, q};

use crate::model::{EntryId, Held, InForce, State};

/// A row as written at issue. Sealed and hashed values are made before the transaction where they can be.
#[derive(Clone)]
pub(crate) struct NewEntry {
    pub(crate) id: EntryId,
    pub(crate) identifier: LicenceId,
    pub(crate) type_code: String,
    pub(crate) number: String,
    pub(crate) holder_hash: Vec<u8>,
    pub(crate) holder_person: Option<PersonId>,
    pub(crate) holder: Vec<u8>,
    pub(crate) issuer_code: String,
    pub(crate) issuer_name: String,
    pub(crate) region: String,
    pub(crate) issued_on: Day,
    pub(crate) issued_at: Instant,
    pub(crate) valid_to: Option<Day>,
    pub(crate) serial: String,
    pub(crate) version: i64,
    pub(crate) source_kind: &'static str,
    pub(crate) source_ref: String,
    pub(crate) check_hash: Vec<u8>,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) face: Vec<u8>,
    pub(crate) template: String,
    pub(crate) photo: Option<String>,
}

/// Writes a row in state `make`; `false` when the unique key of what is in force refuses it (P5-2).
pub(crate) async fn insert(tx: &Tx, row: NewEntry) -> Result<bool> {
    let written = q("INSERT INTO lic (id, identifier, type_code, number, holder_hash, holder_person, holder, issuer_code, issuer_name, \
         region, issued_on, issued_at, valid_to, serial, version, state, in_force, source_kind, source_ref, check_hash, token_hash, \
         face, template, photo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'make', TRUE, $16, $17, \
         $18, $19, $20, $21, $22) ON CONFLICT (type_code, issuer_code, number, holder_hash) WHERE in_force DO NOTHING")
    .bind(row.id)
    .bind(row.identifier.as_str())
    .bind(row.type_code)
    .bind(row.number)
    .bind(row.holder_hash)
    .bind(row.holder_person)
    .bind(row.holder)
    .bind(row.issuer_code)
    .bind(row.issuer_name)
    .bind(row.region)
    .bind(row.issued_on)
    .bind(row.issued_at)
    .bind(row.valid_to)
    .bind(row.serial)
    .bind(row.version)
    .bind(row.source_kind)
    .bind(row.source_ref)
    .bind(row.check_hash)
    .bind(row.token_hash)
    .bind(row.face)
    .bind(row.template)
    .bind(row.photo)
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// Ends what is past its last day, of one number: so that a new one can be issued before the job has run. Which ones.
pub(crate) async fn expire_number(tx: &Tx, type_code: &str, number: &str, today: Day) -> Result<Vec<EntryId>> {
    let ended: Vec<(Vec<u8>,)> = q("UPDATE lic SET state = '03', in_force = FALSE, ended_on = $1 \
          WHERE type_code = $2 AND number = $3 AND in_force AND valid_to < $4 RETURNING id")
        .bind(today)
        .bind(type_code)
        .bind(number)
        .bind(today)
        .all(tx)
        .await?;
    ended.into_iter().map(|(id,)| EntryId::try_from(id).map_err(Error::internal)).collect()
}

/// Ends at most 200 entries that are past their last day; which ones.
pub(crate) async fn expire_some(tx: &Tx, today: Day) -> Result<Vec<EntryId>> {
    let ended: Vec<(Vec<u8>,)> = q("UPDATE lic SET state = '03', in_force = FALSE, ended_on = $1 \
          WHERE id IN (SELECT id FROM lic WHERE in_force AND valid_to < $2 ORDER BY valid_to NULLS LAST, id LIMIT 200) RETURNING id")
        .bind(today)
        .bind(today)
        .all(tx)
        .await?;
    ended.into_iter().map(|(id,)| EntryId::try_from(id).map_err(Error::internal)).collect()
}

/// What a new version needs to know of the old one.
#[derive(FromRow)]
pub(crate) struct Old {
    pub(crate) type_code: String,
    pub(crate) serial: String,
    pub(crate) version: i64,
}

/// Ends an entry that is in force; `None` when it is not (any more).
pub(crate) async fn end(tx: &Tx, id: EntryId, state: State, on: Day, decision: Option<&str>) -> Result<Option<Old>> {
    Ok(q("UPDATE lic SET state = $1, in_force = FALSE, ended_on = $2, decision = $3 WHERE id = $4 AND in_force \
          RETURNING type_code, serial, version")
        .bind(state.code())
        .bind(on)
        .bind(decision)
        .bind(id)
        .opt(tx)
        .await?)
}

/// Points an old version to the new one.
pub(crate) async fn link(tx: &Tx, old: EntryId, new: EntryId) -> Result<()> {
    q("UPDATE lic SET superseded_by = $1 WHERE id = $2").bind(new).bind(old).exec(tx).await?;
    Ok(())
}

/// Entries in force with this number, for whoever ends them.
pub(crate) async fn in_force_by_number(tx: &Tx, type_code: &str, number: &str) -> Result<Vec<InForce>> {
    let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> =
        q("SELECT id, holder_person FROM lic WHERE type_code = $1 AND number = $2 AND in_force ORDER BY id")
            .bind(type_code)
            .bind(number)
            .all(tx)
            .await?;
    rows.into_iter()
        .map(|(id, person)| {
            Ok(InForce {
                id: EntryId::try_from(id).map_err(Error::internal)?,
                person: person.map(|id| PersonId::try_from(id).map_err(Error::internal)).transpose()?,
            })
        })
        .collect()
}

/// What the file is made of.
#[derive(FromRow)]
pub(crate) struct ToMake {
    pub(crate) identifier: String,
    pub(crate) issued_at: i64,
    pub(crate) state: String,
    pub(crate) face: Vec<u8>,
    pub(crate) template: String,
    pub(crate) photo: Option<String>,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) holder_person: Option<Vec<u8>>,
    pub(crate) issuer_name: String,
    pub(crate) type_zh: String,
    pub(crate) type_en: String,
}

pub(crate) async fn to_make(db: &Db, id: EntryId) -> Result<Option<ToMake>> {
    Ok(q("SELECT l.identifier, l.issued_at, l.state, l.face, l.template, l.photo, l.token_hash, l.holder_person, l.issuer_name, \
          t.name_zh AS type_zh, t.name_en AS type_en FROM lic l JOIN lic_type t ON t.code = l.type_code WHERE l.id = $1")
    .bind(id)
    .opt(db)
    .await?)
}

/// Whose it is and what it shows, for an annotated copy.
#[derive(FromRow)]
pub(crate) struct ToCopy {
    pub(crate) holder_person: Option<Vec<u8>>,
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) valid_to: Option<String>,
    pub(crate) face: Vec<u8>,
    pub(crate) template: String,
    pub(crate) photo: Option<String>,
}

impl ToCopy {
    /// Whether the licence counts on that day.
    pub(crate) fn in_force(&self, today: Day) -> Result<bool> {
        Ok(State::from_code(&self.state).on(today, day(self.valid_to.clone())?).in_force())
    }
}

pub(crate) async fn to_copy(db: &Db, id: EntryId) -> Result<Option<ToCopy>> {
    Ok(q("SELECT holder_person, number, state, valid_to, face, template, photo FROM lic WHERE id = $1").bind(id).opt(db).await?)
}

/// The file as made.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) file: String,
    pub(crate) sm3: String,
    pub(crate) signature: String,
    pub(crate) signer_key: String,
    pub(crate) at: Instant,
}

/// Adds the file and turns `make` into 有效; `false` when that has happened already, or the licence ended meanwhile.
pub(crate) async fn made(tx: &Tx, id: EntryId, made: Made) -> Result<bool> {
    let rows = q("UPDATE lic SET file = $1, file_sm3 = $2, signature = $3, signer_key = $4, made_at = $5, state = '01' \
                  WHERE id = $6 AND state = 'make'")
    .bind(made.file)
    .bind(made.sm3)
    .bind(made.signature)
    .bind(made.signer_key)
    .bind(made.at)
    .bind(id)
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

/// What a check looks at.
#[derive(FromRow)]
struct CheckedRow {
    id: Vec<u8>,
    state: String,
    valid_to: Option<String>,
    ended_on: Option<String>,
    file_sm3: Option<String>,
    signature: Option<String>,
    discreet: bool,
}

/// What a check found.
#[derive(Clone)]
pub(crate) struct Checked {
    pub(crate) id: EntryId,
    pub(crate) state: State,
    pub(crate) valid_to: Option<Day>,
    pub(crate) ended_on: Option<Day>,
    pub(crate) file_sm3: Option<String>,
    pub(crate) signature: Option<String>,
    pub(crate) discreet: bool,
}

impl Checked {
    fn of(row: CheckedRow) -> Result<Checked> {
        Ok(Checked {
            id: EntryId::try_from(row.id).map_err(Error::internal)?,
            state: State::from_code(&row.state),
            valid_to: day(row.valid_to)?,
            ended_on: day(row.ended_on)?,
            file_sm3: row.file_sm3,
            signature: row.signature,
            discreet: row.discreet,
        })
    }
}

/// By the three elements: the newest version that carries them.
pub(crate) async fn by_elements(db: &Db, hash: Vec<u8>) -> Result<Option<Checked>> {
    let row: Option<CheckedRow> = q("SELECT l.id, l.state, l.valid_to, l.ended_on, l.file_sm3, l.signature, t.discreet FROM lic l \
         JOIN lic_type t ON t.code = l.type_code WHERE l.check_hash = $1 ORDER BY l.version DESC LIMIT 1")
    .bind(hash)
    .opt(db)
    .await?;
    row.map(Checked::of).transpose()
}

/// By the token of its QR symbol, or of an annotated copy's: the copy is in force no longer than it was made for.
pub(crate) async fn by_token(db: &Db, hash: Vec<u8>) -> Result<Option<Checked>> {
    let row: Option<CheckedRow> = q("SELECT l.id, l.state, l.valid_to, l.ended_on, l.file_sm3, l.signature, t.discreet FROM lic l \
         JOIN lic_type t ON t.code = l.type_code WHERE l.token_hash = $1 \
         UNION ALL SELECT l.id, l.state, CASE WHEN l.valid_to < c.valid_to THEN l.valid_to ELSE c.valid_to END AS valid_to, l.ended_on, \
         l.file_sm3, l.signature, t.discreet FROM lic_copy c JOIN lic l ON l.id = c.lic_id JOIN lic_type t ON t.code = l.type_code \
         WHERE c.token_hash = $1")
    .bind(hash)
    .opt(db)
    .await?;
    row.map(Checked::of).transpose()
}

pub(crate) async fn by_identifier(db: &Db, identifier: &LicenceId) -> Result<Option<Checked>> {
    let row: Option<CheckedRow> = q("SELECT l.id, l.state, l.valid_to, l.ended_on, l.file_sm3, l.signature, t.discreet FROM lic l \
         JOIN lic_type t ON t.code = l.type_code WHERE l.identifier = $1")
    .bind(identifier.as_str())
    .opt(db)
    .await?;
    row.map(Checked::of).transpose()
}

#[derive(FromRow)]
struct HeldRow {
    id: Vec<u8>,
    identifier: String,
    type_code: String,
    name_zh: String,
    name_en: String,
    number: String,
    issuer_name: String,
    issued_on: String,
    valid_to: Option<String>,
    state: String,
    ended_on: Option<String>,
    made_at: Option<i64>,
}

impl HeldRow {
    fn held(self, today: Day) -> Result<Held> {
        let valid_to = day(self.valid_to)?;
        Ok(Held {
            id: EntryId::try_from(self.id).map_err(Error::internal)?,
            identifier: self.identifier.parse().map_err(Error::internal)?,
            type_code: self.type_code,
            type_name: Text::new(self.name_zh, self.name_en),
            number: self.number,
            issuer_name: self.issuer_name,
            issued_on: self.issued_on.parse().map_err(Error::internal)?,
            valid_to,
            state: State::from_code(&self.state).on(today, valid_to),
            ended_on: day(self.ended_on)?,
            made_at: self.made_at.map(Instant::from_micros),
            uses: Vec::new(),
        })
    }
}

/// A person's entries, newest first. A person has few: no paging.
pub(crate) async fn held_by(db: &Db, person: PersonId, today: Day) -> Result<Vec<Held>> {
    let rows: Vec<HeldRow> = q("SELECT l.id, l.identifier, l.type_code, t.name_zh, t.name_en, l.number, l.issuer_name, l.issued_on, \
         l.valid_to, l.state, l.ended_on, l.made_at FROM lic l JOIN lic_type t ON t.code = l.type_code \
         WHERE l.holder_person = $1 ORDER BY l.issued_at DESC, l.id DESC LIMIT 200")
    .bind(person)
    .all(db)
    .await?;
    rows.into_iter().map(|row| row.held(today)).collect()
}

/// Entries of a holder's number and a type, for a program that may read them.
pub(crate) async fn of_holder<'a>(
    on: impl Into<Target<'a>> + Send,
    holder_hash: Vec<u8>,
    type_code: &str,
    today: Day,
) -> Result<Vec<(Option<PersonId>, Held)>> {
    #[derive(FromRow)]
    struct Row {
        holder_person: Option<Vec<u8>>,
        #[sqlx(flatten)]
        held: HeldRow,
    }
    let rows: Vec<Row> = q("SELECT l.holder_person, l.id, l.identifier, l.type_code, t.name_zh, t.name_en, l.number, l.issuer_name, \
         l.issued_on, l.valid_to, l.state, l.ended_on, l.made_at FROM lic l JOIN lic_type t ON t.code = l.type_code \
         WHERE l.holder_hash = $1 AND l.type_code = $2 ORDER BY l.issued_at DESC, l.id DESC LIMIT 50")
    .bind(holder_hash)
    .bind(type_code)
    .all(on)
    .await?;
    rows.into_iter()
        .map(|row| {
            let person = row.holder_person.map(|id| PersonId::try_from(id).map_err(Error::internal)).transpose()?;
            Ok((person, row.held.held(today)?))
        })
        .collect()
}

/// Whose it is and where its file and signature lie.
#[derive(FromRow)]
pub(crate) struct Files {
    pub(crate) holder_person: Option<Vec<u8>>,
    pub(crate) number: String,
    pub(crate) file: Option<String>,
    pub(crate) signature: Option<String>,
}

pub(crate) async fn files(db: &Db, id: EntryId) -> Result<Option<Files>> {
    Ok(q("SELECT holder_person, number, file, signature FROM lic WHERE id = $1").bind(id).opt(db).await?)
}

/// The name of a type; `None` where there is no such type.
pub(crate) async fn type_name(db: &Db, code: &str) -> Result<Option<Text>> {
    let found: Option<(String, String)> = q("SELECT name_zh, name_en FROM lic_type WHERE code = $1").bind(code).opt(db).await?;
    Ok(found.map(|(zh, en)| Text::new(zh, en)))
}

/// Every type: code, name, kind of its holders (`person`, `org`, `place`).
pub(crate) async fn types(db: &Db) -> Result<Vec<(String, Text, String)>> {
    let found: Vec<(String, String, String, String)> =
        q("SELECT code, name_zh, name_en, holder_kind FROM lic_type ORDER BY code").all(db).await?;
    Ok(found.into_iter().map(|(code, zh, en, kind)| (code, Text::new(zh, en), kind)).collect())
}

/// Whose it is, of what type, and where its file and signature lie, by its identifier.
#[derive(Clone, FromRow)]
pub(crate) struct Shared {
    pub(crate) id: Vec<u8>,
    pub(crate) holder_person: Option<Vec<u8>>,
    pub(crate) type_code: String,
    pub(crate) number: String,
    pub(crate) file: Option<String>,
    pub(crate) signature: Option<String>,
}

pub(crate) async fn to_share(db: &Db, identifier: &LicenceId) -> Result<Option<Shared>> {
    Ok(q("SELECT id, holder_person, type_code, number, file, signature FROM lic WHERE identifier = $1").bind(identifier.as_str()).opt(db).await?)
}

fn day(text: Option<String>) -> Result<Option<Day>> {
    text.map(|text| text.parse().map_err(Error::internal)).transpose()
}
