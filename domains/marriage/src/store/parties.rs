//! Rows of `marriage_case_party`: the two persons of a case, sealed.

use casework::CaseId;
use identity::facts::NumberHash;
use kernel::{Id, Instant};
use platform::{Error, PersonId, Result, StaffId};
use store::keys::{Keys, Purpose};
use store::{Target, Tx, q};

use crate::file::{PartyFile, PartyRowId};
use crate::model::{Entry, Identified, Side, Snapshot};

const TABLE: &str = "marriage_case_party";

#[derive(sqlx::FromRow)]
struct Row {
    id: Vec<u8>,
    side: String,
    person: Option<Vec<u8>>,
    snapshot: Vec<u8>,
    number_hash: Vec<u8>,
    by_chip: bool,
    entered_by: Vec<u8>,
    confirmed_by: Option<Vec<u8>>,
    identified_by: Option<Vec<u8>>,
    identified_at: Option<i64>,
    face_score: Option<i64>,
    declared: bool,
    statement: Option<String>,
    signed_at: Option<i64>,
}

fn id<K>(bytes: Vec<u8>) -> Result<Id<K>> {
    Id::try_from(bytes).map_err(Error::internal)
}

impl Row {
    fn open(self, keys: &Keys) -> Result<(Side, PartyFile)> {
        let side = Side::from_code(&self.side).ok_or_else(|| Error::internal("marriage_case_party: unknown side"))?;
        let entered_by: StaffId = id(self.entered_by)?;
        let entry = match (self.by_chip, self.confirmed_by) {
            (true, _) => Entry::Chip,
            (false, Some(with)) => Entry::Confirmed { by: entered_by, with: id(with)? },
            (false, None) => Entry::Typed { by: entered_by },
        };
        let identified = match (self.identified_at, self.identified_by) {
            (Some(at), Some(by)) => Some(Identified {
                at: Instant::from_micros(at),
                by: id(by)?,
                face_score: self.face_score.and_then(|score| u8::try_from(score).ok()),
            }),
            _ => None,
        };
        let file = PartyFile {
            snapshot: open(keys, &self.id, &self.snapshot)?,
            id: id(self.id)?,
            side,
            person: self.person.map(id).transpose()?,
            number: NumberHash(self.number_hash),
            entry,
            identified,
            declared: self.declared,
            statement: self.statement,
            signed_at: self.signed_at.map(Instant::from_micros),
        };
        Ok((side, file))
    }
}

/// Opens a sealed snapshot of the row with this id.
pub(crate) fn open(keys: &Keys, row: &[u8], sealed: &[u8]) -> Result<Snapshot> {
    let plain = keys.open(TABLE, "snapshot", row, sealed).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}

/// Both places of a case.
pub(crate) async fn of_case(on: Target<'_>, keys: &Keys, case: CaseId) -> Result<[Option<PartyFile>; 2]> {
    let rows: Vec<Row> = q("SELECT id, side, person, snapshot, number_hash, by_chip, entered_by, confirmed_by, identified_by, \
         identified_at, face_score, declared, statement, signed_at FROM marriage_case_party WHERE case_id = $1")
    .bind(case)
    .all(on)
    .await?;
    let mut both = [None, None];
    for row in rows {
        let (side, file) = row.open(keys)?;
        both[usize::from(side == Side::B)] = Some(file);
    }
    Ok(both)
}

/// A party about to be written, sealed before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    id: PartyRowId,
    side: Side,
    snapshot: Vec<u8>,
    name_hash: Vec<u8>,
    number_hash: Vec<u8>,
    sex: &'static str,
    birth_year: i64,
    marital: &'static str,
}

/// Seals a snapshot for the row with this id.
pub(crate) fn seal(keys: &Keys, id: PartyRowId, side: Side, snapshot: &Snapshot) -> Sealed {
    let plain = serde_json::to_vec(snapshot).expect("plain data");
    Sealed {
        id,
        side,
        snapshot: keys.seal(TABLE, "snapshot", &id.to_vec(), &plain),
        name_hash: keys.hash(Purpose::PersonName, &snapshot.name),
        number_hash: NumberHash::of(keys, &snapshot.id_no).0,
        sex: snapshot.sex.code(),
        birth_year: i64::from(snapshot.birth.year()),
        marital: snapshot.marital.code(),
    }
}

/// Writes a party in its place. What was confirmed, identified or signed for other data is cleared.
pub(crate) async fn put(tx: &Tx, case: CaseId, party: &Sealed, by_chip: bool, by: StaffId, at: Instant) -> Result<()> {
    q("DELETE FROM marriage_case_party WHERE case_id = $1 AND side = $2").bind(case).bind(party.side.code()).exec(tx).await?;
    q("INSERT INTO marriage_case_party (id, case_id, side, snapshot, name_hash, number_hash, sex, birth_year, marital_before, by_chip, \
       entered_by, entered_at, declared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(party.id)
    .bind(case)
    .bind(party.side.code())
    .bind(party.snapshot.clone())
    .bind(party.name_hash.clone())
    .bind(party.number_hash.clone())
    .bind(party.sex)
    .bind(party.birth_year)
    .bind(party.marital)
    .bind(by_chip)
    .bind(by)
    .bind(at)
    .bind(false)
    .exec(tx)
    .await?;
    Ok(())
}

/// Records the second person.
pub(crate) async fn confirm(tx: &Tx, id: PartyRowId, by: StaffId, at: Instant) -> Result<()> {
    q("UPDATE marriage_case_party SET confirmed_by = $1, confirmed_at = $2 WHERE id = $3").bind(by).bind(at).bind(id).exec(tx).await?;
    Ok(())
}

/// Records the live identity check and who the person is.
pub(crate) async fn identify(tx: &Tx, id: PartyRowId, person: PersonId, identified: &Identified) -> Result<()> {
    q("UPDATE marriage_case_party SET person = $1, identified_by = $2, identified_at = $3, face_score = $4 WHERE id = $5")
        .bind(person)
        .bind(identified.by)
        .bind(identified.at)
        .bind(identified.face_score.map(i64::from))
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Records a signed declaration.
pub(crate) async fn sign(tx: &Tx, id: PartyRowId, scan: &str, at: Instant) -> Result<()> {
    q("UPDATE marriage_case_party SET declared = $1, statement = $2, signed_at = $3 WHERE id = $4")
        .bind(true)
        .bind(scan)
        .bind(at)
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

/// Clears what has to be repeated on another day.
pub(crate) async fn restart(tx: &Tx, case: CaseId) -> Result<()> {
    q("UPDATE marriage_case_party SET confirmed_by = NULL, confirmed_at = NULL, identified_by = NULL, identified_at = NULL, \
       face_score = NULL, declared = $1, statement = NULL, signed_at = NULL WHERE case_id = $2")
    .bind(false)
    .bind(case)
    .exec(tx)
    .await?;
    Ok(())
}
