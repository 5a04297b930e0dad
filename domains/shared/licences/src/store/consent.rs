//! `lic_consent`: the holder's codes.

use kernel::{Id, Instant};
use platform::{PersonId, Result};
use store::{Tx, q};

/// Marker of a consent.
#[derive(Debug)]
pub(crate) struct Consent;

/// One code, given.
#[derive(Clone)]
pub(crate) struct NewConsent {
    pub(crate) id: Id<Consent>,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) person: PersonId,
    pub(crate) type_code: String,
    pub(crate) given_at: Instant,
    pub(crate) ends_at: Instant,
}

/// `false` when there has been such a code before.
pub(crate) async fn insert(tx: &Tx, row: NewConsent) -> Result<bool> {
    let written = q("INSERT INTO lic_consent (id, code_hash, person, type_code, given_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6) \
                     ON CONFLICT (code_hash) DO NOTHING")
        .bind(row.id)
        .bind(row.code_hash)
        .bind(row.person)
        .bind(row.type_code)
        .bind(row.given_at)
        .bind(row.ends_at)
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// Uses the code up; `None` when it is unknown, used, over, or for another type.
pub(crate) async fn redeem(tx: &Tx, code_hash: Vec<u8>, type_code: &str, now: Instant) -> Result<Option<PersonId>> {
    let row: Option<(Vec<u8>,)> =
        q("UPDATE lic_consent SET used_at = $1 WHERE code_hash = $2 AND type_code = $3 AND used_at IS NULL AND ends_at > $4 \
           RETURNING person")
            .bind(now)
            .bind(code_hash)
            .bind(type_code)
            .bind(now)
            .opt(tx)
            .await?;
    row.map(|(person,)| PersonId::try_from(person).map_err(platform::Error::internal)).transpose()
}
