//! `organization_import` and what belongs to it.

use std::collections::BTreeMap;

use ::store::{Db, Tx, Val, q};
use kernel::{Instant, Issue, RegionCode};
use platform::{Ctx, Error, OrgId, Result};

use super::judge::Fate;
use super::mapping::Mapping;
use super::row::Kept;
use super::{ImportId, RejectId, State};
use crate::model::Entry;
use crate::store::organization::Row;

/// Characters of a cell of a rejected line that are kept.
const KEPT_OF_CELL: usize = 200;

/// An import about to be written.
#[derive(Debug, Clone)]
pub(super) struct NewImport {
    pub(super) id: ImportId,
    pub(super) authority: OrgId,
    pub(super) region: RegionCode,
    pub(super) file_name: String,
    pub(super) columns: Vec<String>,
    pub(super) mapping: Mapping,
    pub(super) total: i64,
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("plain data")
}

/// Writes the head; it counts as given up until [`complete`].
pub(super) async fn insert(tx: &Tx, ctx: &Ctx, new: &NewImport) -> Result<()> {
    let name = ctx.actor().staff().map_or_else(|| ctx.actor().key(), |staff| staff.name.clone());
    q("INSERT INTO organization_import (id, authority, region, file_name, columns, mapping, state, run, total, done, fresh, changed, same, refused, \
       sent_by, sent_name, sent_at) VALUES ($1, $2, $3, $4, $5, $6, 'dropped', 0, $7, 0, 0, 0, 0, 0, $8, $9, $10)")
        .bind(new.id)
        .bind(new.authority)
        .bind(new.region)
        .bind(new.file_name.as_str())
        .bind(json(&new.columns))
        .bind(json(&new.mapping))
        .bind(new.total)
        .bind(ctx.actor().key())
        .bind(name)
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes pieces: how many lines stand before each, and its file.
pub(super) async fn insert_pieces(tx: &Tx, id: ImportId, pieces: &[(i64, String)]) -> Result<()> {
    for (begins, file) in pieces {
        q("INSERT INTO organization_import_piece (import_id, begins, file) VALUES ($1, $2, $3)").bind(id).bind(*begins).bind(file.as_str()).exec(tx).await?;
    }
    Ok(())
}

/// All pieces are there.
pub(super) async fn complete(tx: &Tx, id: ImportId) -> Result<()> {
    q("UPDATE organization_import SET state = 'mapping' WHERE id = $1 AND state = 'dropped'").bind(id).exec(tx).await?;
    Ok(())
}

/// An import.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) id: ImportId,
    pub(super) authority: OrgId,
    pub(super) region: RegionCode,
    pub(super) file_name: String,
    pub(super) columns: Vec<String>,
    pub(super) mapping: Mapping,
    pub(super) state: State,
    pub(super) run: i64,
    pub(super) total: i64,
    pub(super) done: i64,
    pub(super) fresh: i64,
    pub(super) changed: i64,
    pub(super) same: i64,
    pub(super) refused: i64,
    pub(super) sent_name: String,
    pub(super) sent_at: Instant,
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: ImportId,
    #[sqlx(try_from = "Vec<u8>")]
    authority: OrgId,
    region: String,
    file_name: String,
    columns: String,
    mapping: String,
    state: String,
    run: i64,
    total: i64,
    done: i64,
    fresh: i64,
    changed: i64,
    same: i64,
    refused: i64,
    sent_name: String,
    #[sqlx(try_from = "i64")]
    sent_at: Instant,
}

impl TryFrom<HeadRow> for Head {
    type Error = Error;

    fn try_from(row: HeadRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            authority: row.authority,
            region: RegionCode::parse(&row.region).map_err(Error::internal)?,
            file_name: row.file_name,
            columns: serde_json::from_str(&row.columns).map_err(Error::internal)?,
            mapping: serde_json::from_str(&row.mapping).map_err(Error::internal)?,
            state: State::from_code(&row.state).ok_or_else(|| Error::internal("organization_import: unknown state"))?,
            run: row.run,
            total: row.total,
            done: row.done,
            fresh: row.fresh,
            changed: row.changed,
            same: row.same,
            refused: row.refused,
            sent_name: row.sent_name,
            sent_at: row.sent_at,
        })
    }
}

/// One import.
pub(super) async fn head(db: &Db, id: ImportId) -> Result<Head> {
    let row: Option<HeadRow> = q("SELECT id, authority, region, file_name, columns, mapping, state, run, total, done, fresh, changed, same, refused, \
         sent_name, sent_at FROM organization_import WHERE id = $1")
    .bind(id)
    .opt(db)
    .await?;
    row.map_or(Err(Error::NotFound), Head::try_from)
}

/// Imports of a body, the newest first, those before an id.
pub(super) async fn heads(db: &Db, authority: OrgId, before: Option<ImportId>, limit: i64) -> Result<Vec<Head>> {
    let rows: Vec<HeadRow> = q("SELECT id, authority, region, file_name, columns, mapping, state, run, total, done, fresh, changed, same, refused, \
         sent_name, sent_at FROM organization_import WHERE authority = $1 AND id < $2 AND state <> 'dropped' ORDER BY id DESC LIMIT $3")
    .bind(authority)
    .bind(before.map_or_else(|| vec![0xff; 17], |id| id.to_vec()))
    .bind(limit)
    .all(db)
    .await?;
    rows.into_iter().map(Head::try_from).collect()
}

/// The import that has waited longest for the job.
pub(super) async fn next(db: &Db) -> Result<Option<ImportId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM organization_import WHERE state IN ('checking', 'loading') ORDER BY sent_at, id LIMIT 1").opt(db).await?;
    row.map(|(id,)| ImportId::try_from(id).map_err(Error::internal)).transpose()
}

/// The piece in which the line behind the first `done` stands: how many lines come before it, and its file.
pub(super) async fn piece(db: &Db, id: ImportId, done: i64) -> Result<Option<(i64, String)>> {
    Ok(q("SELECT begins, file FROM organization_import_piece WHERE import_id = $1 AND begins <= $2 ORDER BY begins DESC LIMIT 1")
        .bind(id)
        .bind(done)
        .opt(db)
        .await?)
}

/// Begins a run; false when it is no longer as it was seen. A dry run forgets what an earlier one found.
pub(super) async fn begin(tx: &Tx, head: &Head, next: State, mapping: Option<&Mapping>) -> Result<bool> {
    let again = i64::from(next == State::Checking);
    let changed = q("UPDATE organization_import SET state = $1, run = run + $2, mapping = $3, done = 0, fresh = 0, changed = 0, same = 0, refused = 0 \
         WHERE id = $4 AND state = $5 AND run = $6")
    .bind(next.code())
    .bind(again)
    .bind(json(mapping.unwrap_or(&head.mapping)))
    .bind(head.id)
    .bind(head.state.code())
    .bind(head.run)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Keeps a mapping for the next table with this head.
pub(super) async fn remember(tx: &Tx, authority: OrgId, columns: &[String], mapping: &Mapping) -> Result<()> {
    q("INSERT INTO organization_import_mapping (authority, head, mapping) VALUES ($1, $2, $3) \
       ON CONFLICT (authority, head) DO UPDATE SET mapping = excluded.mapping")
        .bind(authority)
        .bind(fingerprint(columns))
        .bind(json(mapping))
        .exec(tx)
        .await?;
    Ok(())
}

/// The mapping that was last chosen for tables with this head.
pub(super) async fn remembered(db: &Db, authority: OrgId, columns: &[String]) -> Result<Option<Mapping>> {
    let row: Option<(String,)> = q("SELECT mapping FROM organization_import_mapping WHERE authority = $1 AND head = $2")
        .bind(authority)
        .bind(fingerprint(columns))
        .opt(db)
        .await?;
    row.map(|(mapping,)| serde_json::from_str(&mapping).map_err(Error::internal)).transpose()
}

/// Short for a head, however wide.
fn fingerprint(columns: &[String]) -> String {
    use sm3::{Digest, Sm3};
    data_encoding::HEXLOWER.encode(&Sm3::digest(json(&columns)))
}

/// Entries by their codes.
pub(super) async fn known(db: &Db, codes: &[String]) -> Result<BTreeMap<String, Entry>> {
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Row> = q("SELECT o.id, o.uscc, o.name, o.kind, o.subtype, o.industry, o.region, o.authority, o.supervisor, o.status, o.status_since, \
         o.established_on, o.charity, o.fundraising, o.level, o.list_flag, o.legal_rep, o.funds, o.version, o.updated_at, v.content \
         FROM organization o JOIN organization_version v ON v.organization = o.id AND v.version = o.version WHERE o.uscc IN (")
    .list(codes.iter().map(String::as_str))
    .sql(")")
    .all(db)
    .await?;
    let keyed = |row: Row| {
        let entry = Entry::try_from(row)?;
        Ok((entry.head.uscc.clone().unwrap_or_default(), entry))
    };
    rows.into_iter().map(keyed).collect()
}

/// In which line each of these codes stands first, as far as the dry run has come.
pub(super) async fn first_lines(db: &Db, id: ImportId, run: i64, codes: &[String]) -> Result<BTreeMap<String, i64>> {
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, i64)> = q("SELECT uscc, line FROM organization_import_code WHERE import_id = $1 AND run = $2 AND uscc IN (")
        .bind(id)
        .bind(run)
        .list(codes.iter().map(String::as_str))
        .sql(")")
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A line with its fate.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) line: i64,
    pub(super) code: Option<String>,
    pub(super) fate: Fate,
    pub(super) refused: Option<NewReject>,
}

/// A rejected line about to be written.
#[derive(Debug, Clone)]
pub(super) struct NewReject {
    id: RejectId,
    line: i64,
    cells: Vec<u8>,
    issues: String,
}

impl NewReject {
    /// Seals the cells of a line, long ones cut off.
    pub(super) fn seal(ctx: &Ctx, line: &Kept, issues: &[Issue]) -> Self {
        let id: RejectId = ctx.id();
        let cells: Vec<String> = line.cells.iter().map(|cell| cell.chars().take(KEPT_OF_CELL).collect()).collect();
        Self { id, line: line.number, cells: ctx.keys().seal("organization_import_reject", "cells", &id.to_vec(), json(&cells).as_bytes()), issues: json(&issues) }
    }
}

/// Notes how far a run has come, what it found and which lines it refused, up to `kept`. Whoever was not the first changes nothing (`E-ST02`).
pub(super) async fn advance(tx: &Tx, head: &Head, judged: &[Judged], kept: i64) -> Result<()> {
    let count = |of: fn(&Fate) -> bool| i64::try_from(judged.iter().filter(|one| of(&one.fate)).count()).unwrap_or(i64::MAX);
    let all = i64::try_from(judged.len()).unwrap_or(i64::MAX);
    let row: Option<(i64,)> = q("UPDATE organization_import SET done = done + $1, fresh = fresh + $2, changed = changed + $3, same = same + $4, \
         refused = refused + $5 WHERE id = $6 AND done = $7 AND state = $8 AND run = $9 RETURNING refused")
    .bind(all)
    .bind(count(|fate| matches!(fate, Fate::New(_))))
    .bind(count(|fate| matches!(fate, Fate::Changed(..))))
    .bind(count(|fate| matches!(fate, Fate::Same)))
    .bind(count(|fate| matches!(fate, Fate::Refused(_))))
    .bind(head.id)
    .bind(head.done)
    .bind(head.state.code())
    .bind(head.run)
    .opt(tx)
    .await?;
    let Some((refused,)) = row else { return Err(Error::stale()) };
    let rejects: Vec<&NewReject> = judged.iter().filter_map(|one| one.refused.as_ref()).collect();
    let before = refused - i64::try_from(rejects.len()).unwrap_or(i64::MAX);
    let room = usize::try_from(kept - before).unwrap_or_default();
    for reject in rejects.into_iter().take(room) {
        q("INSERT INTO organization_import_reject (id, import_id, run, line, cells, issues) VALUES ($1, $2, $3, $4, $5, $6) \
           ON CONFLICT (import_id, run, line) DO NOTHING")
            .bind(reject.id)
            .bind(head.id)
            .bind(head.run)
            .bind(reject.line)
            .bind(reject.cells.clone())
            .bind(reject.issues.as_str())
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Notes in which lines codes stand.
pub(super) async fn note_codes(tx: &Tx, head: &Head, judged: &[Judged]) -> Result<()> {
    let row = |one: &Judged| -> Option<[Val; 4]> { Some([head.id.into(), head.run.into(), one.code.as_ref()?.into(), one.line.into()]) };
    let rows: Vec<_> = judged.iter().filter_map(row).collect();
    if !rows.is_empty() {
        let insert = q("INSERT INTO organization_import_code (import_id, run, uscc, line) VALUES ").rows(rows);
        insert.sql(" ON CONFLICT (import_id, run, uscc) DO NOTHING").exec(tx).await?;
    }
    Ok(())
}

/// Ends a run and tells what it found; none when somebody else has ended it.
pub(super) async fn ended(tx: &Tx, id: ImportId, state: State, next: State) -> Result<Option<(i64, i64, i64, i64)>> {
    Ok(q("UPDATE organization_import SET state = $1 WHERE id = $2 AND state = $3 AND done = total RETURNING fresh, changed, same, refused")
        .bind(next.code())
        .bind(id)
        .bind(state.code())
        .opt(tx)
        .await?)
}

/// Forgets what earlier dry runs found, a few lines a transaction.
pub(super) async fn tidy(db: &Db, id: ImportId, run: i64) -> Result<()> {
    loop {
        let gone = db
            .write(|tx| async move {
                let codes = q("DELETE FROM organization_import_code WHERE import_id = $1 AND run < $2 AND uscc IN \
                     (SELECT uscc FROM organization_import_code WHERE import_id = $1 AND run < $2 LIMIT 200)")
                .bind(id)
                .bind(run)
                .exec(&tx)
                .await?;
                let rejects = q("DELETE FROM organization_import_reject WHERE id IN \
                     (SELECT id FROM organization_import_reject WHERE import_id = $1 AND run < $2 LIMIT 200)")
                .bind(id)
                .bind(run)
                .exec(&tx)
                .await?;
                Ok::<_, Error>(codes + rejects)
            })
            .await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// Rejected lines of the present run behind a line: number, cells, why.
pub(super) async fn rejects(ctx: &Ctx, head: &Head, after: i64, limit: i64) -> Result<Vec<(i64, Vec<String>, Vec<Issue>)>> {
    let rows: Vec<(Vec<u8>, i64, Vec<u8>, String)> = q("SELECT id, line, cells, issues FROM organization_import_reject \
         WHERE import_id = $1 AND run = $2 AND line > $3 ORDER BY line LIMIT $4")
    .bind(head.id)
    .bind(head.run)
    .bind(after)
    .bind(limit)
    .all(ctx.db())
    .await?;
    let opened = |(id, line, cells, issues): (Vec<u8>, i64, Vec<u8>, String)| {
        let cells = ctx.keys().open("organization_import_reject", "cells", &id, &cells).map_err(Error::internal)?;
        Ok((line, serde_json::from_slice(&cells).map_err(Error::internal)?, serde_json::from_str(&issues).map_err(Error::internal)?))
    };
    rows.into_iter().map(opened).collect()
}
