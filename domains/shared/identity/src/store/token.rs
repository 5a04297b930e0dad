//! Bearer tokens.

use kernel::{Instant, RegionCode};
use platform::{AccountId, Error, OrgId, Result, StaffId, TokenId};
use store::{Db, Tx, q};

use crate::TokenView;

/// Whose a token is.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    /// Another system's.
    System,
    /// A citizen's own.
    Citizen(AccountId),
    /// A member of staff's own.
    Staff(StaffId),
}

impl Owner {
    fn columns(self) -> (Option<AccountId>, Option<StaffId>) {
        match self {
            Owner::System => (None, None),
            Owner::Citizen(id) => (Some(id), None),
            Owner::Staff(id) => (None, Some(id)),
        }
    }
}

/// A token as read.
#[derive(sqlx::FromRow)]
pub(crate) struct TokenRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) account_id: Option<Vec<u8>>,
    pub(crate) staff_id: Option<Vec<u8>>,
    pub(crate) region: Option<String>,
    pub(crate) org_id: Option<Vec<u8>>,
    pub(crate) items: String,
    pub(crate) roles: String,
    #[sqlx(try_from = "i64")]
    pub(crate) until: Instant,
    pub(crate) last_used: Option<i64>,
}

/// A token to be written.
#[derive(Clone)]
pub(crate) struct NewTokenRow {
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) owner: Owner,
    pub(crate) region: Option<RegionCode>,
    pub(crate) org: Option<OrgId>,
    pub(crate) items: String,
    pub(crate) roles: String,
    pub(crate) until: Instant,
}

/// Writes a token.
pub(crate) async fn insert(tx: &Tx, token: &NewTokenRow, by: &str, now: Instant) -> Result<()> {
    let (account, staff) = token.owner.columns();
    q("INSERT INTO api_token (id, name, token_hash, account_id, region, org_id, items, roles, created_by, created_at, until, staff_id) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(token.id)
    .bind(token.name.as_str())
    .bind(token.token_hash.clone())
    .bind(account)
    .bind(token.region)
    .bind(token.org)
    .bind(token.items.as_str())
    .bind(token.roles.as_str())
    .bind(by)
    .bind(now)
    .bind(token.until)
    .bind(staff)
    .exec(tx)
    .await?;
    Ok(())
}

/// The token with this hash, if it is in force.
pub(crate) async fn find(db: &Db, hash: &[u8], now: Instant) -> Result<Option<TokenRow>> {
    Ok(q("SELECT id, name, account_id, staff_id, region, org_id, items, roles, until, last_used FROM api_token \
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

/// Revokes a token of this owner. False if there is no such token in force.
pub(crate) async fn revoke_own(tx: &Tx, id: TokenId, owner: Owner, now: Instant) -> Result<bool> {
    let (account, staff) = owner.columns();
    Ok(q("UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL AND (account_id = $3 OR staff_id = $4)")
        .bind(now)
        .bind(id)
        .bind(account)
        .bind(staff)
        .exec(tx)
        .await?
        == 1)
}

/// Revokes every token of an owner.
pub(crate) async fn revoke_all(tx: &Tx, owner: Owner, now: Instant) -> Result<()> {
    let (account, staff) = owner.columns();
    q("UPDATE api_token SET revoked_at = $1 WHERE revoked_at IS NULL AND (account_id = $2 OR staff_id = $3)")
        .bind(now)
        .bind(account)
        .bind(staff)
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that the token was used.
pub(crate) async fn used(tx: &Tx, id: TokenId, now: Instant) -> Result<()> {
    q("UPDATE api_token SET last_used = $1 WHERE id = $2 AND (last_used IS NULL OR last_used < $1)").bind(now).bind(id).exec(tx).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: TokenId,
    name: String,
    region: Option<String>,
    items: String,
    #[sqlx(try_from = "i64")]
    created_at: Instant,
    #[sqlx(try_from = "i64")]
    until: Instant,
    last_used: Option<i64>,
    revoked_at: Option<i64>,
}

impl ListRow {
    fn view(self) -> Result<TokenView> {
        Ok(TokenView {
            id: self.id,
            name: self.name,
            region: self.region.and_then(|region| region.parse().ok()),
            items: serde_json::from_str(&self.items).map_err(Error::internal)?,
            created_at: self.created_at,
            until: self.until,
            last_used: self.last_used.map(Instant::from_micros),
            revoked_at: self.revoked_at.map(Instant::from_micros),
        })
    }
}

/// The newest tokens of systems; at most 200.
pub(crate) async fn list(db: &Db) -> Result<Vec<TokenView>> {
    let rows: Vec<ListRow> = q("SELECT id, name, region, items, created_at, until, last_used, revoked_at FROM api_token \
         WHERE account_id IS NULL AND staff_id IS NULL ORDER BY created_at DESC, id DESC LIMIT 200")
    .all(db)
    .await?;
    rows.into_iter().map(ListRow::view).collect()
}

/// The newest tokens of an owner; at most 200.
pub(crate) async fn of_owner(db: &Db, owner: Owner) -> Result<Vec<TokenView>> {
    let (account, staff) = owner.columns();
    let rows: Vec<ListRow> = q("SELECT id, name, region, items, created_at, until, last_used, revoked_at FROM api_token \
         WHERE account_id = $1 OR staff_id = $2 ORDER BY created_at DESC, id DESC LIMIT 200")
    .bind(account)
    .bind(staff)
    .all(db)
    .await?;
    rows.into_iter().map(ListRow::view).collect()
}
