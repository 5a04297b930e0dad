//! Marriages published from old files: `back_fact`, `back_fact_party`, and their share of `marriage_standing`.

use identity::facts::NumberHash;
use kernel::{Day, Id, Instant};
use platform::{Ctx, Error, OrgId, PersonId, Result};
use store::{Db, Target, Tx, q};

use crate::backentry::{Fact, PaperDate, RowId};
use crate::model::{EndKind, MarriageId, Side};
use crate::rules::Entered;

/// Marker of one of its two.
#[derive(Debug)]
pub(crate) struct FactParty;

/// How a marriage ended, as it is written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Over {
    pub(crate) on: Option<PaperDate>,
    pub(crate) kind: Option<EndKind>,
    pub(crate) basis: Option<String>,
}

/// A marriage about to be published.
#[derive(Debug, Clone)]
pub(crate) struct NewFact {
    pub(crate) id: MarriageId,
    pub(crate) row: RowId,
    pub(crate) region: kernel::RegionCode,
    pub(crate) org: OrgId,
    pub(crate) binds: bool,
    pub(crate) confidence: i64,
    pub(crate) cert_no: Option<String>,
    pub(crate) started_on: Option<PaperDate>,
    pub(crate) over: Option<Over>,
    pub(crate) parties: [NewParty; 2],
}

/// One of the two.
#[derive(Debug, Clone)]
pub(crate) struct NewParty {
    pub(crate) id: Id<FactParty>,
    pub(crate) side: Side,
    pub(crate) number: Option<NumberHash>,
    pub(crate) name_hash: Option<Vec<u8>>,
    pub(crate) birth_year: Option<i64>,
}

/// Writes a marriage; `persons` are those whom it binds. False when one of them is married by now.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, fact: &NewFact, persons: [Option<PersonId>; 2]) -> Result<bool> {
    let over = fact.over.clone().unwrap_or_default();
    q("INSERT INTO back_fact (id, row_id, version, region, org, state, binds, confidence, cert_no, started_on, ended_on, end_kind, basis, \
       published_by, published_at) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(fact.id)
        .bind(fact.row)
        .bind(fact.region)
        .bind(fact.org)
        .bind(if fact.over.is_some() { "ended" } else { "valid" })
        .bind(fact.binds)
        .bind(fact.confidence)
        .bind(fact.cert_no.clone())
        .bind(fact.started_on.map(String::from))
        .bind(over.on.map(String::from))
        .bind(over.kind.map(|kind| kind.code().to_owned()))
        .bind(over.basis)
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    for (party, person) in fact.parties.iter().zip(persons) {
        q("INSERT INTO back_fact_party (id, fact, side, person, number_hash, name_hash, birth_year) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(party.id)
            .bind(fact.id)
            .bind(party.side.code())
            .bind(person)
            .bind(party.number.as_ref().map(|number| number.0.clone()))
            .bind(party.name_hash.clone())
            .bind(party.birth_year)
            .exec(tx)
            .await?;
    }
    for person in persons.into_iter().flatten() {
        let stands = q("INSERT INTO marriage_standing (person, fact) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING").bind(person).bind(fact.id).exec(tx).await?;
        if stands != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Notes that a published marriage is over, or never was one; false when it was already. What has ended can still be found void.
pub(crate) async fn end(tx: &Tx, id: MarriageId, on: Day, kind: EndKind, basis: &str) -> Result<bool> {
    let ended = if kind.voids() {
        q("UPDATE back_fact SET state = 'void', version = version + 1, ended_on = started_on, end_kind = $1, basis = $2 WHERE id = $3 AND state <> 'void'")
            .bind(kind.code())
            .bind(basis)
            .bind(id)
            .exec(tx)
            .await?
    } else {
        q("UPDATE back_fact SET state = 'ended', version = version + 1, ended_on = $1, end_kind = $2, basis = $3 WHERE id = $4 AND state = 'valid'")
            .bind(on)
            .bind(kind.code())
            .bind(basis)
            .bind(id)
            .exec(tx)
            .await?
    };
    if ended == 1 {
        q("DELETE FROM marriage_standing WHERE fact = $1").bind(id).exec(tx).await?;
    }
    Ok(ended == 1)
}

/// Takes back that a death ended a marriage on this basis, unless one of the two is married again; false when nothing was to be taken back.
pub(crate) async fn stands_again(tx: &Tx, id: MarriageId, basis: &str) -> Result<bool> {
    let back = q("UPDATE back_fact SET state = 'valid', version = version + 1, ended_on = NULL, end_kind = NULL, basis = NULL \
         WHERE id = $1 AND state = 'ended' AND end_kind = $2 AND basis = $3 \
         AND NOT EXISTS (SELECT 1 FROM back_fact_party p JOIN marriage_standing s ON s.person = p.person WHERE p.fact = $1)")
    .bind(id)
    .bind(EndKind::Death.code())
    .bind(basis)
    .exec(tx)
    .await?;
    if back == 1 {
        q("INSERT INTO marriage_standing (person, fact) SELECT person, fact FROM back_fact_party WHERE fact = $1 AND person IS NOT NULL").bind(id).exec(tx).await?;
    }
    Ok(back == 1)
}

/// The marriage that was published of a row.
pub(crate) async fn id_of(on: impl Into<Target<'_>> + Send, row: RowId) -> Result<Option<MarriageId>> {
    let found: Option<(Vec<u8>,)> = q("SELECT id FROM back_fact WHERE row_id = $1").bind(row).opt(on).await?;
    found.map(|(id,)| MarriageId::try_from(id).map_err(Error::internal)).transpose()
}

/// The row of which a marriage was published, and whom it binds; none for one that no old file tells of.
pub(crate) async fn row_of(on: &Db, id: MarriageId) -> Result<Option<(RowId, Vec<PersonId>)>> {
    let found: Option<(Vec<u8>,)> = q("SELECT row_id FROM back_fact WHERE id = $1").bind(id).opt(on).await?;
    let Some((row,)) = found else { return Ok(None) };
    let persons: Vec<(Vec<u8>,)> = q("SELECT person FROM back_fact_party WHERE fact = $1 AND person IS NOT NULL ORDER BY side").bind(id).all(on).await?;
    let persons = persons.into_iter().map(|(person,)| PersonId::try_from(person).map_err(Error::internal)).collect::<Result<_>>()?;
    Ok(Some((RowId::try_from(row).map_err(Error::internal)?, persons)))
}

/// What was published of a row.
pub(crate) async fn of_row(db: &Db, row: RowId) -> Result<Option<Fact>> {
    type Row = (String, i64, Option<String>, Option<String>, Option<String>);
    let found: Option<Row> =
        q("SELECT state, confidence, ended_on, end_kind, basis FROM back_fact WHERE row_id = $1").bind(row).opt(db).await?;
    Ok(found.map(|(state, confidence, ended_on, end_kind, basis)| Fact {
        stands: state == "valid",
        confidence,
        ended_on: ended_on.and_then(|date| date.parse().ok()),
        end_kind: end_kind.as_deref().and_then(EndKind::from_code),
        basis: basis.unwrap_or_default(),
    }))
}

fn ids(rows: Vec<(Vec<u8>,)>) -> Result<Vec<RowId>> {
    rows.into_iter().map(|(id,)| RowId::try_from(id).map_err(Error::internal)).collect()
}

/// Marriages that stand and have a party of this number, with their rows.
pub(crate) async fn standing_of_number(db: &Db, number: &NumberHash) -> Result<Vec<(MarriageId, RowId)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        q("SELECT f.id, f.row_id FROM back_fact_party p JOIN back_fact f ON f.id = p.fact WHERE p.number_hash = $1 AND f.state = 'valid' LIMIT 20")
            .bind(number.0.clone())
            .all(db)
            .await?;
    rows.into_iter().map(|(id, row)| Ok((MarriageId::try_from(id).map_err(Error::internal)?, RowId::try_from(row).map_err(Error::internal)?))).collect()
}

/// The marriages that stand and have a party of this number, by what each is found, and whether it bars another.
pub(crate) async fn told_of_number(db: &Db, number: &NumberHash) -> Result<Vec<(MarriageId, String, bool)>> {
    let rows: Vec<(Vec<u8>, String, bool)> = q("SELECT f.id, COALESCE(f.cert_no, r.archive_no), f.binds FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
          JOIN back_row r ON r.id = f.row_id WHERE p.number_hash = $1 AND f.state = 'valid' LIMIT 20")
        .bind(number.0.clone())
        .all(db)
        .await?;
    rows.into_iter().map(|(id, told, binds)| Ok((MarriageId::try_from(id).map_err(Error::internal)?, told, binds))).collect()
}

/// Rows whose marriage stands and has a party of this name whose birth is not another; only those without a number, if ours has one.
pub(crate) async fn standing_of_name(db: &Db, name: &[u8], birth_year: Option<i16>, numbered: bool) -> Result<Vec<RowId>> {
    let rows: Vec<(Vec<u8>, Option<i64>, bool)> = q("SELECT f.row_id, p.birth_year, p.number_hash IS NOT NULL FROM back_fact_party p \
         JOIN back_fact f ON f.id = p.fact WHERE p.name_hash = $1 AND f.state = 'valid' LIMIT 200")
    .bind(name)
    .all(db)
    .await?;
    let alike = |year: Option<i64>| year.is_none() || birth_year.is_none() || year == birth_year.map(i64::from);
    let like = rows.into_iter().filter(|(_, year, has_number)| alike(*year) && !(numbered && *has_number));
    ids(like.map(|(row, _, _)| (row,)).collect())
}

#[derive(sqlx::FromRow)]
struct EnteredRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: MarriageId,
    archive_no: String,
    cert_no: Option<String>,
    binds: bool,
    birth_year: Option<i64>,
    by_number: bool,
    spouse: Option<Vec<u8>>,
}

/// The marriages from old files that stand and are, or may be, those of a person: by number, or by name and birth where the file has no number.
pub(crate) async fn of_person(on: impl Into<Target<'_>> + Send, number: &NumberHash, name: &[u8], birth_year: i64) -> Result<Vec<Entered>> {
    let rows: Vec<EnteredRow> = q("SELECT f.id, r.archive_no, f.cert_no, f.binds, p.birth_year, p.number_hash IS NOT NULL AS by_number, s.number_hash AS spouse \
         FROM back_fact_party p JOIN back_fact f ON f.id = p.fact JOIN back_row r ON r.id = f.row_id \
         JOIN back_fact_party s ON s.fact = f.id AND s.side <> p.side \
         WHERE f.state = 'valid' AND (p.number_hash = $1 OR (p.name_hash = $2 AND p.number_hash IS NULL)) LIMIT 50")
    .bind(number.0.clone())
    .bind(name)
    .all(on)
    .await?;
    let his = |row: &EnteredRow| row.by_number || row.birth_year.is_none_or(|year| year == birth_year);
    let entered = |row: EnteredRow| Entered {
        id: row.id,
        archive_no: row.archive_no,
        cert_no: row.cert_no,
        binds: row.binds && row.by_number,
        spouse: row.spouse.map(NumberHash),
    };
    Ok(rows.into_iter().filter(his).map(entered).collect())
}

/// A marriage from an old file, as whoever it was told of reads it.
pub(crate) struct OwnLine {
    pub(crate) archive_no: String,
    pub(crate) cert_no: Option<String>,
    pub(crate) started_on: Option<String>,
    pub(crate) state: String,
    pub(crate) ended_on: Option<String>,
    pub(crate) published_on: Day,
}

/// The published marriages, over or not, that have a party of one of these numbers.
pub(crate) async fn own(db: &Db, numbers: &[NumberHash]) -> Result<Vec<OwnLine>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    type Row = (String, Option<String>, Option<String>, String, Option<String>, i64);
    let rows: Vec<Row> =
        q("SELECT r.archive_no, f.cert_no, f.started_on, f.state, f.ended_on, f.published_at FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
           JOIN back_row r ON r.id = f.row_id WHERE p.number_hash IN (")
        .list(numbers.iter().map(|number| number.0.clone()))
        .sql(") ORDER BY r.archive_no")
        .all(db)
        .await?;
    let line = |(archive_no, cert_no, started_on, state, ended_on, at)| OwnLine { archive_no, cert_no, started_on, state, ended_on, published_on: Instant::from(at).day() };
    Ok(rows.into_iter().map(line).collect())
}
