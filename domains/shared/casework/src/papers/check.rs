//! The check of a document by a stranger who holds it: through the token of its QR symbol.

use kernel::{Day, Text};
use platform::{Ctx, Error, Result};

use super::issue::token_hash;
use super::{Head, PaperId};
use super::store as table;

/// What a stranger is told: enough to compare with the sheet in his hand, and nobody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Whether it stands; otherwise it was voided.
    pub stands: bool,
    /// Code of its kind.
    pub kind: &'static str,
    /// What it is.
    pub name: Text,
    /// Its number.
    pub number: String,
    /// The authority.
    pub issuer: Text,
    /// Day of issue.
    pub issued_on: Day,
    /// Digest of the file, once it is made.
    pub sm3: Option<String>,
}

/// Looks a token up; nothing where there is none.
pub async fn check(ctx: &Ctx, token: &str) -> Result<Option<Checked>> {
    let well_formed = token.len() == 26 && token.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !well_formed {
        return Ok(None);
    }
    let Some(row) = table::by_token(ctx.db(), &token_hash(ctx.keys(), token)).await? else { return Ok(None) };
    let head = open_head(ctx, row.id, &row.head)?;
    Ok(Some(Checked {
        stands: row.voided_at.is_none(),
        kind: row.kind()?.code(),
        name: row.kind()?.name(),
        number: row.number,
        issuer: head.issuer,
        issued_on: row.issued_at.day(),
        sm3: row.file_sm3,
    }))
}

/// The head of a document from its column.
pub(super) fn open_head(ctx: &Ctx, id: PaperId, sealed: &[u8]) -> Result<Head> {
    let text = ctx.keys().open_text("paper", "head", &id.to_vec(), sealed).map_err(Error::internal)?;
    serde_json::from_str(&text).map_err(Error::internal)
}
