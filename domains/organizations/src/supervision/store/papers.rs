//! Numbered documents of supervision.

use documents::shapes::Paper;
use kernel::{Day, Instant, Lang};
use platform::{Ctx, Error, OrgId, Result};
use serde::{Deserialize, Serialize};
use ::store::keys::Purpose;
use ::store::{Db, HashColumn, Query, Tx, q};

use crate::OrganizationId;
use crate::supervision::model::ProceedingId;
use crate::supervision::papers::{PaperId, PaperKind};

/// The hash by which the symbol on a document is found.
pub(crate) const TOKENS: HashColumn =
    HashColumn::again(("organization_paper", "token_hash"), Purpose::Token, tokens, ("organization_paper", "token"), |token, _| Some(token_input(token)));

fn tokens() -> Query {
    q("SELECT id, token_hash, id, token, '' FROM organization_paper WHERE id > $1 ORDER BY id LIMIT 200")
}

fn token_input(token: &str) -> String {
    format!("organization paper token\n{token}")
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Words {
    pub(crate) zh: Paper,
    pub(crate) en: Paper,
}

impl Words {
    /// In this language.
    pub(crate) fn of(self, lang: Lang) -> Paper {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A document about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewPaper {
    pub(crate) id: PaperId,
    pub(crate) proceeding: ProceedingId,
    pub(crate) kind: PaperKind,
    pub(crate) org: OrgId,
    pub(crate) year: i64,
    pub(crate) n: i64,
    pub(crate) number: String,
    pub(crate) words: Words,
    pub(crate) token: String,
    pub(crate) until_on: Option<Day>,
}

/// A document as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: PaperId,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) proceeding: ProceedingId,
    #[sqlx(try_from = "String")]
    pub(crate) kind: PaperKind,
    pub(crate) number: String,
    words: Vec<u8>,
    #[sqlx(try_from = "i64")]
    pub(crate) issued_at: Instant,
    token: Vec<u8>,
    voided_at: Option<i64>,
    pub(crate) file: Option<String>,
    pub(crate) file_sm3: Option<String>,
    pub(crate) signature: Option<String>,
    until_on: Option<String>,
}

impl Row {
    /// When it ceased to count.
    pub(crate) fn voided_on(&self) -> Option<Day> {
        self.voided_at.map(|at| Instant::from_micros(at).day())
    }

    /// Until when it counts at most.
    pub(crate) fn until_on(&self) -> Option<Day> {
        self.until_on.as_deref().and_then(|until| until.parse().ok())
    }

    /// What it says.
    pub(crate) fn words(&self, ctx: &Ctx) -> Result<Words> {
        let plain = ctx.keys().open("organization_paper", "words", &self.id.to_vec(), &self.words).map_err(Error::internal)?;
        serde_json::from_slice(&plain).map_err(Error::internal)
    }

    /// The token of its symbol.
    pub(crate) fn token(&self, ctx: &Ctx) -> Result<String> {
        ctx.keys().open_text("organization_paper", "token", &self.id.to_vec(), &self.token).map_err(Error::internal)
    }
}

/// The files of a document.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) file: String,
    pub(crate) sm3: String,
    pub(crate) signature: String,
    pub(crate) signer_key: String,
}

/// The next number of a kind of an authority in a year; the row stays locked until the transaction ends.
pub(crate) async fn next_number(tx: &Tx, org: OrgId, kind: &str, year: i64) -> Result<i64> {
    let (n,): (i64,) = q("INSERT INTO organization_paper_counter (org, kind, year, n) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (org, kind, year) DO UPDATE SET n = organization_paper_counter.n + 1 RETURNING n")
    .bind(org)
    .bind(kind)
    .bind(year)
    .one(tx)
    .await?;
    Ok(n)
}

/// Writes one.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, new: &NewPaper) -> Result<()> {
    let plain = serde_json::to_vec(&new.words).map_err(Error::internal)?;
    q("INSERT INTO organization_paper (id, proceeding, kind, org, year, n, number, words, issued_at, token, token_hash, until_on) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(new.id)
    .bind(new.proceeding)
    .bind(new.kind.code())
    .bind(new.org)
    .bind(new.year)
    .bind(new.n)
    .bind(new.number.as_str())
    .bind(ctx.keys().seal("organization_paper", "words", &new.id.to_vec(), &plain))
    .bind(ctx.now())
    .bind(ctx.keys().seal_text("organization_paper", "token", &new.id.to_vec(), &new.token))
    .bind(ctx.keys().hash(Purpose::Token, &token_input(&new.token)))
    .bind(new.until_on)
    .exec(tx)
    .await?;
    Ok(())
}

/// Those of this kind in a proceeding no longer count.
pub(crate) async fn void(tx: &Tx, ctx: &Ctx, proceeding: ProceedingId, kind: PaperKind) -> Result<()> {
    q("UPDATE organization_paper SET voided_at = $3 WHERE proceeding = $1 AND kind = $2 AND voided_at IS NULL")
        .bind(proceeding)
        .bind(kind.code())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(())
}

/// One of them.
pub(crate) async fn by_id(db: &Db, id: PaperId) -> Result<Option<Row>> {
    Ok(q("SELECT id, proceeding, kind, number, words, issued_at, token, voided_at, file, file_sm3, signature, until_on FROM organization_paper WHERE id = $1").bind(id).opt(db).await?)
}

/// The one whose symbol has this token.
pub(crate) async fn by_token(ctx: &Ctx, token: &str) -> Result<Option<Row>> {
    let hash = ctx.keys().hash(Purpose::Token, &token_input(token));
    Ok(q("SELECT id, proceeding, kind, number, words, issued_at, token, voided_at, file, file_sm3, signature, until_on FROM organization_paper WHERE token_hash = $1")
        .bind(hash)
        .opt(ctx.db())
        .await?)
}

/// Those of a proceeding, the oldest first; at most 100.
pub(crate) async fn of(db: &Db, proceeding: ProceedingId) -> Result<Vec<Row>> {
    Ok(q("SELECT id, proceeding, kind, number, words, issued_at, token, voided_at, file, file_sm3, signature, until_on FROM organization_paper \
          WHERE proceeding = $1 ORDER BY id LIMIT 100")
    .bind(proceeding)
    .all(db)
    .await?)
}

/// Whether a proceeding has one.
pub(crate) async fn any(db: &Db, proceeding: ProceedingId) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM organization_paper WHERE proceeding = $1)").bind(proceeding).one(db).await?;
    Ok(found)
}

/// Proceedings about an organisation of which it has received a document.
pub(crate) async fn received(db: &Db, organization: OrganizationId) -> Result<Vec<ProceedingId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT DISTINCT d.proceeding FROM organization_paper d JOIN organization_proceeding p ON p.id = d.proceeding \
         WHERE p.organization = $1")
    .bind(organization)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| ProceedingId::try_from(id).map_err(Error::internal)).collect()
}

/// Writes the files down, once.
pub(crate) async fn made(tx: &Tx, id: PaperId, made: &Made) -> Result<()> {
    q("UPDATE organization_paper SET file = $2, file_sm3 = $3, signature = $4, signer_key = $5 WHERE id = $1 AND file IS NULL")
        .bind(id)
        .bind(&made.file)
        .bind(&made.sm3)
        .bind(&made.signature)
        .bind(&made.signer_key)
        .exec(tx)
        .await?;
    Ok(())
}
