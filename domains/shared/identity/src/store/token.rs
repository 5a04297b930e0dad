//! Bearer tokens.

use kernel::{Instant, RegionCode};
use platform::{AccountId, OrgId, Result, TokenId};
use store::{Db, Tx, q};

use crate::TokenView;

/// A token as read.
#[derive(sqlx::FromRow)]
pub(crate) struct TokenRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) account_id: Option<Vec<u8>>,
    pub(crate) region: Option<String>,
    pub(crate) org_id: Option<Vec<u8>>,
    pub(crate) items: String,
    pub(crate) roles: String,
    #[sqlx(try_from = "i64")]
    pub(crate) until: Instant,
}

/// A token to be written.
#[derive(Clone)]
pub(crate) struct NewTokenRow {
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) account: Option<AccountId>,
    pub(crate) region: Option<RegionCode>,
    pub(crate) org: Option<OrgId>,
    pub(crate) items: String,
    pub(crate) roles: String,
    pub(crate) until: Instant,
}

/// Writes a token.
pub(crate) async fn insert(tx: &Tx, token: &NewTokenRow, by: &str, now: Instant) -> Result<()> {
    q("INSERT INTO api_token (id, name, token_hash, account_id, region, org_id, items, roles, created_by, created_at, until) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(token.id)
    .bind(token.name.as_str())
    .bind(token.token_hash.clone())
    .bind(token.account)
    .bind(token.region)
    .bind(token.org)
    .bind(token.items.as_str())
    .bind(token.roles.as_str())
    .bind(by)
    .bind(now)
    .bind(token.until)
    .exec(tx)
    .await?;
    Ok(())
}

/// The token with this hash, if it is in force.
pub(crate) async fn find(db: &Db, hash: &[u8], now: Instant) -> Result<Option<TokenRow>> {
    Ok(q("SELECT id, name, account_id, region, org_id, items, roles, until FROM api_token \
          WHERE token_hash = $1 AND revoked_at IS NULL AND until > $2")
    .bind(hash)
    .bind(now)
    .opt(db)
    .await?)
}

/// Revokes a token. False if it was revoked already.
pub(crate) async fn revoke(tx: &Tx, id: TokenId, now: Instant) -> Result<bool> {
    Ok(q("UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL").bind(now).bind(id).exec(tx).await? == 1)
}

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: TokenId,
    name: String,
    #[sqlx(try_from = "i64")]
    created_at: Instant,
    #[sqlx(try_from = "i64")]
    until: Instant,
    revoked_at: Option<i64>,
}

/// The newest tokens of systems; at most 200.
pub(crate) async fn list(db: &Db) -> Result<Vec<TokenView>> {
    let rows: Vec<ListRow> =
        q("SELECT id, name, created_at, until, revoked_at FROM api_token WHERE account_id IS NULL ORDER BY created_at DESC, id DESC LIMIT 200").all(db).await?;
    let view = |row: ListRow| TokenView {
        id: row.id,
        name: row.name,
        created_at: row.created_at,
        until: row.until,
        revoked_at: row.revoked_at.map(Instant::from_micros),
    };
    Ok(rows.into_iter().map(view).collect())
}
