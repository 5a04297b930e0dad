//! `organization_follow`: who wants to be told.

use ::store::keys::Purpose;
use ::store::{Db, HashColumn, Query, Tx, q};
use kernel::{Email, Instant, Lang};
use platform::{Ctx, Error, Result};

use super::{FollowId, address_input, lang_of, token_hash, token_input};
use crate::model::OrganizationId;

/// The hash by which an address is found.
pub(crate) const ADDRESSES: HashColumn =
    HashColumn::again(("organization_follow", "address_hash"), Purpose::Contact, addresses, ("organization_follow", "address"), |address, _| Some(address_input(address)));
/// The hash by which the link of a mail is found.
pub(crate) const TOKENS: HashColumn =
    HashColumn::again(("organization_follow", "token_hash"), Purpose::Token, tokens, ("organization_follow", "token"), |token, _| Some(token_input(token)));

fn addresses() -> Query {
    q("SELECT id, address_hash, id, address, '' FROM organization_follow WHERE id > $1 ORDER BY id LIMIT 200")
}

fn tokens() -> Query {
    q("SELECT id, token_hash, id, token, '' FROM organization_follow WHERE id > $1 ORDER BY id LIMIT 200")
}

/// Somebody about to be written.
#[derive(Debug, Clone)]
pub(super) struct NewFollow {
    id: FollowId,
    organization: OrganizationId,
    address: Vec<u8>,
    address_hash: Vec<u8>,
    token: Vec<u8>,
    token_hash: Vec<u8>,
}

impl NewFollow {
    /// Seals address and token.
    pub(super) fn seal(ctx: &Ctx, id: FollowId, organization: OrganizationId, email: &Email, token: &str) -> Self {
        let seal = |column, text: &str| ctx.keys().seal_text("organization_follow", column, &id.to_vec(), text);
        Self {
            id,
            organization,
            address: seal("address", email.as_str()),
            address_hash: ctx.keys().hash(Purpose::Contact, &address_input(email.as_str())),
            token: seal("token", token),
            token_hash: token_hash(ctx, token),
        }
    }
}

/// What is kept of somebody: the token in his links, and whether he has confirmed.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) token: String,
    pub(super) confirmed: bool,
}

/// Writes him, or finds him where he asked before: then his link stays the one that it was.
pub(super) async fn put(tx: &Tx, ctx: &Ctx, new: &NewFollow) -> Result<Kept> {
    let code = if ctx.lang() == Lang::En { "en" } else { "zh" };
    let (id, token, confirmed_at): (Vec<u8>, Vec<u8>, Option<i64>) =
        q("INSERT INTO organization_follow (id, organization_id, address, address_hash, lang, token, token_hash, asked_at) \
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
           ON CONFLICT (organization_id, address_hash) DO UPDATE SET asked_at = excluded.asked_at, lang = excluded.lang \
           RETURNING id, token, confirmed_at")
            .bind(new.id)
            .bind(new.organization)
            .bind(new.address.clone())
            .bind(new.address_hash.clone())
            .bind(code)
            .bind(new.token.clone())
            .bind(new.token_hash.clone())
            .bind(ctx.now())
            .one(tx)
            .await?;
    let token = ctx.keys().open_text("organization_follow", "token", &id, &token).map_err(Error::internal)?;
    Ok(Kept { token, confirmed: confirmed_at.is_some() })
}

/// Somebody found by his token.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Found {
    #[sqlx(try_from = "Vec<u8>")]
    pub(super) id: FollowId,
    pub(super) address: Vec<u8>,
    pub(super) confirmed_at: Option<i64>,
    pub(super) name: String,
    pub(super) uscc: String,
}

/// By the hash of a token.
pub(super) async fn by_token(db: &Db, hash: &[u8]) -> Result<Option<Found>> {
    Ok(q("SELECT f.id, f.address, f.confirmed_at, o.name, COALESCE(o.uscc, '') AS uscc FROM organization_follow f \
          JOIN organization o ON o.id = f.organization_id WHERE f.token_hash = $1")
        .bind(hash)
        .opt(db)
        .await?)
}

/// Notes that the link was followed; none when it was before.
pub(super) async fn confirm(tx: &Tx, hash: &[u8], at: Instant) -> Result<Option<FollowId>> {
    let row: Option<(Vec<u8>,)> = q("UPDATE organization_follow SET confirmed_at = $1 WHERE token_hash = $2 AND confirmed_at IS NULL RETURNING id")
        .bind(at)
        .bind(hash)
        .opt(tx)
        .await?;
    row.map(|(id,)| FollowId::try_from(id).map_err(Error::internal)).transpose()
}

/// Deletes him; none when he is gone.
pub(super) async fn delete(tx: &Tx, hash: &[u8]) -> Result<Option<FollowId>> {
    let row: Option<(Vec<u8>,)> = q("DELETE FROM organization_follow WHERE token_hash = $1 RETURNING id").bind(hash).opt(tx).await?;
    row.map(|(id,)| FollowId::try_from(id).map_err(Error::internal)).transpose()
}

/// Deletes up to 200 who asked before a moment and never confirmed.
pub(super) async fn forget(tx: &Tx, before: Instant) -> Result<u64> {
    Ok(q("DELETE FROM organization_follow WHERE id IN (SELECT id FROM organization_follow WHERE confirmed_at IS NULL AND asked_at < $1 LIMIT 200)")
        .bind(before)
        .exec(tx)
        .await?)
}

/// Somebody who is to be told.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) id: FollowId,
    pub(super) address: String,
    pub(super) token: String,
    pub(super) lang: Lang,
}

/// Up to `limit` who have confirmed, by id after `after`.
pub(super) async fn readers(ctx: &Ctx, organization: OrganizationId, after: Option<FollowId>, limit: i64) -> Result<Vec<Reader>> {
    type Row = (Vec<u8>, Vec<u8>, Vec<u8>, String);
    let rows: Vec<Row> = q("SELECT id, address, token, lang FROM organization_follow \
         WHERE organization_id = $1 AND id > $2 AND confirmed_at IS NOT NULL ORDER BY id LIMIT $3")
    .bind(organization)
    .bind(after.map_or_else(Vec::new, |id| id.to_vec()))
    .bind(limit)
    .all(ctx.db())
    .await?;
    let open = |column, id: &[u8], sealed: &[u8]| ctx.keys().open_text("organization_follow", column, id, sealed).map_err(Error::internal);
    rows.into_iter()
        .map(|(id, address, token, lang)| {
            Ok(Reader { address: open("address", &id, &address)?, token: open("token", &id, &token)?, lang: lang_of(&lang), id: FollowId::try_from(id).map_err(Error::internal)? })
        })
        .collect()
}

/// Name and credit code of an organisation.
pub(super) async fn named(db: &Db, id: OrganizationId) -> Result<Option<(String, String)>> {
    Ok(q("SELECT name, COALESCE(uscc, '') FROM organization WHERE id = $1").bind(id).opt(db).await?)
}
