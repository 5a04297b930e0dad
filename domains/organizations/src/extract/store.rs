//! `organization_extract` and its counter.

use ::store::{Db, Tx, q};
use kernel::{Day, Instant, Lang};
use platform::{Ctx, Error, Result};

use super::{Extract, ExtractId, Made};
use crate::model::OrganizationId;

/// An extract about to be written.
#[derive(Debug, Clone)]
pub(super) struct NewExtract {
    pub(super) id: ExtractId,
    pub(super) organization: OrganizationId,
    pub(super) as_of: Day,
    pub(super) content: String,
    pub(super) fingerprint: String,
}

/// The number of the extract that answers this question.
pub(super) async fn number_of(tx: &Tx, fingerprint: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = q("SELECT number FROM organization_extract WHERE fingerprint = $1").bind(fingerprint).opt(tx).await?;
    Ok(row.map(|(number,)| number))
}

/// Writes an extract with the next number of the year. The row of the counter stays locked until the transaction ends.
pub(super) async fn insert(tx: &Tx, ctx: &Ctx, new: &NewExtract) -> Result<String> {
    let year = i64::from(ctx.today().year());
    let (n,): (i64,) = q("INSERT INTO organization_extract_counter (year, n) VALUES ($1, 1) \
         ON CONFLICT (year) DO UPDATE SET n = organization_extract_counter.n + 1 RETURNING n")
    .bind(year)
    .one(tx)
    .await?;
    let number = format!("TQ-{year}-{n:06}");
    q("INSERT INTO organization_extract (id, number, organization_id, as_of, lang, content, fingerprint, issued_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(new.id)
        .bind(number.as_str())
        .bind(new.organization)
        .bind(new.as_of)
        .bind(if ctx.lang() == Lang::En { "en" } else { "zh" })
        .bind(new.content.as_str())
        .bind(new.fingerprint.as_str())
        .bind(ctx.now())
        .exec(tx)
        .await?;
    Ok(number)
}

/// Notes the files, unless somebody was first.
pub(super) async fn made(tx: &Tx, id: ExtractId, made: &Made) -> Result<()> {
    q("UPDATE organization_extract SET json = $1, json_signature = $2, json_sm3 = $3, pdf = $4, pdf_signature = $5, pdf_sm3 = $6, \
       signer_key = $7, public_key = $8 WHERE id = $9 AND json IS NULL")
        .bind(made.json.as_str())
        .bind(made.json_signature.as_str())
        .bind(made.json_sm3.as_str())
        .bind(made.pdf.as_str())
        .bind(made.pdf_signature.as_str())
        .bind(made.pdf_sm3.as_str())
        .bind(made.signer_key.as_str())
        .bind(made.public_key.as_str())
        .bind(id)
        .exec(tx)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: ExtractId,
    number: String,
    #[sqlx(try_from = "Vec<u8>")]
    organization_id: OrganizationId,
    #[sqlx(try_from = "String")]
    as_of: Day,
    lang: String,
    content: String,
    #[sqlx(try_from = "i64")]
    issued_at: Instant,
    json: Option<String>,
    json_signature: Option<String>,
    json_sm3: Option<String>,
    pdf: Option<String>,
    pdf_signature: Option<String>,
    pdf_sm3: Option<String>,
    signer_key: Option<String>,
    public_key: Option<String>,
}

impl TryFrom<Row> for Extract {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            number: row.number,
            organization: row.organization_id,
            as_of: row.as_of,
            lang: if row.lang == "en" { Lang::En } else { Lang::Zh },
            statement: serde_json::from_str(&row.content).map_err(Error::internal)?,
            issued_at: row.issued_at,
            made: Made {
                json: row.json.unwrap_or_default(),
                json_signature: row.json_signature.unwrap_or_default(),
                json_sm3: row.json_sm3.unwrap_or_default(),
                pdf: row.pdf.unwrap_or_default(),
                pdf_signature: row.pdf_signature.unwrap_or_default(),
                pdf_sm3: row.pdf_sm3.unwrap_or_default(),
                signer_key: row.signer_key.unwrap_or_default(),
                public_key: row.public_key.unwrap_or_default(),
            },
        })
    }
}

/// By its number.
pub(super) async fn by_number(db: &Db, number: &str) -> Result<Option<Extract>> {
    let row: Option<Row> = q("SELECT id, number, organization_id, as_of, lang, content, issued_at, json, json_signature, json_sm3, pdf, pdf_signature, \
         pdf_sm3, signer_key, public_key FROM organization_extract WHERE number = $1")
    .bind(number)
    .opt(db)
    .await?;
    row.map(Extract::try_from).transpose()
}

/// By the digest of one of its files.
pub(super) async fn by_digest(db: &Db, sm3: &str) -> Result<Option<Extract>> {
    let row: Option<Row> = q("SELECT id, number, organization_id, as_of, lang, content, issued_at, json, json_signature, json_sm3, pdf, pdf_signature, \
         pdf_sm3, signer_key, public_key FROM organization_extract WHERE pdf_sm3 = $1 OR json_sm3 = $1 LIMIT 1")
    .bind(sm3)
    .opt(db)
    .await?;
    row.map(Extract::try_from).transpose()
}
