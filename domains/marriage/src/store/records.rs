//! Rows of `marriage_record`: certificates of record.

use kernel::{Instant, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use store::keys::Keys;
use store::{Db, Tx, q};

use crate::model::MarriageId;
use crate::records::{Asked, Asker, Made, RecordId};

/// Seals who asked for what.
pub(crate) fn seal(keys: &Keys, id: RecordId, asked: &Asked) -> Vec<u8> {
    keys.seal("marriage_record", "detail", &id.to_vec(), &serde_json::to_vec(asked).expect("plain data"))
}

/// A certificate about to be written.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) id: RecordId,
    pub(crate) kind: &'static str,
    pub(crate) marriage: Option<MarriageId>,
    pub(crate) asker: &'static str,
    pub(crate) detail: Vec<u8>,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
}

/// Writes it under the next number of region and year, which is taken last.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, new: &New) -> Result<()> {
    let year = i64::from(ctx.today().year());
    let (n,): (i64,) = q("INSERT INTO marriage_cert_counter (prefix, region, year, n) VALUES ('record', $1, $2, 1) \
         ON CONFLICT (prefix, region, year) DO UPDATE SET n = marriage_cert_counter.n + 1 RETURNING n")
    .bind(new.region)
    .bind(year)
    .one(tx)
    .await?;
    q("INSERT INTO marriage_record (id, kind, marriage, asker, detail, region, org, year, n, made_by, made_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(new.id)
    .bind(new.kind)
    .bind(new.marriage)
    .bind(new.asker)
    .bind(new.detail.clone())
    .bind(new.region)
    .bind(new.org)
    .bind(year)
    .bind(n)
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(())
}

/// A certificate, opened.
pub(crate) struct Loaded {
    pub(crate) marriage: Option<MarriageId>,
    pub(crate) asked: Asked,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) made_at: Instant,
    year: i64,
    n: i64,
}

impl Loaded {
    /// Its number: region, year and serial.
    pub(crate) fn number(&self) -> String {
        number(self.region.as_str(), self.year, self.n)
    }
}

fn number(region: &str, year: i64, n: i64) -> String {
    format!("婚录〔{year}〕{region}-{n:06}号")
}

#[derive(sqlx::FromRow)]
struct Row {
    marriage: Option<Vec<u8>>,
    detail: Vec<u8>,
    region: String,
    org: Vec<u8>,
    year: i64,
    n: i64,
    made_at: i64,
}

/// One certificate.
pub(crate) async fn load(db: &Db, keys: &Keys, id: RecordId) -> Result<Loaded> {
    let row: Row = q("SELECT marriage, detail, region, org, year, n, made_at FROM marriage_record WHERE id = $1")
        .bind(id)
        .opt(db)
        .await?
        .ok_or(Error::NotFound)?;
    let plain = keys.open("marriage_record", "detail", &id.to_vec(), &row.detail).map_err(Error::internal)?;
    Ok(Loaded {
        marriage: row.marriage.map(MarriageId::try_from).transpose().map_err(Error::internal)?,
        asked: serde_json::from_slice(&plain).map_err(Error::internal)?,
        region: RegionCode::parse(&row.region).map_err(Error::internal)?,
        org: OrgId::try_from(row.org).map_err(Error::internal)?,
        made_at: Instant::from_micros(row.made_at),
        year: row.year,
        n: row.n,
    })
}

#[derive(sqlx::FromRow)]
struct MadeRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: RecordId,
    asker: String,
    region: String,
    year: i64,
    n: i64,
    made_at: i64,
}

/// The certificates made of a registration, newest first, twenty at most.
pub(crate) async fn of_marriage(db: &Db, marriage: MarriageId) -> Result<Vec<Made>> {
    let rows: Vec<MadeRow> =
        q("SELECT id, asker, region, year, n, made_at FROM marriage_record WHERE marriage = $1 ORDER BY id DESC LIMIT 20").bind(marriage).all(db).await?;
    let made = |row: MadeRow| Made {
        id: row.id,
        number: number(&row.region, row.year, row.n),
        asker: Asker::from_code(&row.asker),
        at: Instant::from_micros(row.made_at),
    };
    Ok(rows.into_iter().map(made).collect())
}
