//! Accounts of citizens, and disputes about whose number it is.

use kernel::{Instant, Lang};
use platform::{AccountId, Ctx, Error, PersonId, Result};
use store::keys::Keys;
use store::{Db, Target, Tx, q};

use crate::ops::ContactKind;
use crate::{Contact, ContactOf, DisputeId};

/// An account as read.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct AccountRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: AccountId,
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) email: Option<Vec<u8>>,
    pub(crate) password: String,
    pub(crate) lang: String,
    pub(crate) person_id: Option<Vec<u8>>,
    pub(crate) level: i64,
    pub(crate) vouched_by: Option<String>,
    pub(crate) created_at: i64,
}

impl AccountRow {
    /// The person behind it, after the real-name step.
    pub(crate) fn person(&self) -> Result<Option<PersonId>> {
        self.person_id.clone().map(PersonId::try_from).transpose().map_err(Error::internal)
    }

    /// Opened phone and address.
    pub(crate) fn contact(&self, keys: &Keys) -> Result<ContactOf> {
        let open = |column, sealed: &Option<Vec<u8>>| {
            sealed.as_ref().map(|sealed| keys.open_text("account", column, &self.id.to_vec(), sealed)).transpose().map_err(Error::internal)
        };
        Ok(ContactOf {
            phone: open("phone", &self.phone)?.and_then(|phone| phone.parse().ok()),
            email: open("email", &self.email)?.and_then(|email| email.parse().ok()),
            lang: self.lang.parse().unwrap_or_default(),
        })
    }
}

/// A new account, sealed before its transaction.
#[derive(Clone)]
pub(crate) struct NewAccount {
    pub(crate) id: AccountId,
    phone: Option<(Vec<u8>, Vec<u8>)>,
    email: Option<(Vec<u8>, Vec<u8>)>,
    password: String,
    lang: Lang,
}

impl NewAccount {
    pub(crate) fn new(ctx: &Ctx, contact: &Contact, password: String) -> Self {
        let id: AccountId = ctx.id();
        let column = |column| {
            (ctx.keys().seal_text("account", column, &id.to_vec(), contact.as_str()), contact.hash(ctx.keys()))
        };
        let (phone, email) = match contact {
            Contact::Phone(_) => (Some(column("phone")), None),
            Contact::Email(_) => (None, Some(column("email"))),
        };
        Self { id, phone, email, password, lang: ctx.lang() }
    }
}

/// Writes a new account at level 1. False if its phone or address has one already.
pub(crate) async fn insert(tx: &Tx, account: &NewAccount, now: Instant) -> Result<bool> {
    let (phone, phone_hash) = account.phone.clone().unzip();
    let (email, email_hash) = account.email.clone().unzip();
    let added = q("INSERT INTO account (id, phone, phone_hash, email, email_hash, password, lang, level, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8) ON CONFLICT DO NOTHING")
    .bind(account.id)
    .bind(phone)
    .bind(phone_hash)
    .bind(email)
    .bind(email_hash)
    .bind(account.password.clone())
    .bind(account.lang.code())
    .bind(now)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// The open account with this phone or address, by its keyed hash.
pub(crate) async fn by_contact(db: &Db, hash: &[u8]) -> Result<Option<AccountRow>> {
    Ok(q("SELECT id, phone, email, password, lang, person_id, level, vouched_by, created_at FROM account \
          WHERE (phone_hash = $1 OR email_hash = $1) AND closed_at IS NULL")
    .bind(hash)
    .opt(db)
    .await?)
}

/// One open account.
pub(crate) async fn load<'a>(on: impl Into<Target<'a>> + Send, id: AccountId) -> Result<Option<AccountRow>> {
    Ok(q("SELECT id, phone, email, password, lang, person_id, level, vouched_by, created_at FROM account WHERE id = $1 AND closed_at IS NULL")
        .bind(id)
        .opt(on)
        .await?)
}

/// The open account that a person is bound to.
pub(crate) async fn of_person<'a>(on: impl Into<Target<'a>> + Send, person: PersonId) -> Result<Option<AccountRow>> {
    Ok(q("SELECT id, phone, email, password, lang, person_id, level, vouched_by, created_at FROM account WHERE person_id = $1 AND closed_at IS NULL")
        .bind(person)
        .opt(on)
        .await?)
}

/// Binds a person to an account and raises its level. False if another account has the person, or the level is higher already.
pub(crate) async fn bind(tx: &Tx, id: AccountId, person: PersonId, level: u8, vouched_by: &str) -> Result<bool> {
    let bound = q("UPDATE account SET person_id = $1, level = $2, vouched_by = $3 WHERE id = $4 AND closed_at IS NULL AND level <= $2 \
         AND NOT EXISTS (SELECT 1 FROM account other WHERE other.person_id = $1 AND other.id <> $4)")
    .bind(person)
    .bind(level)
    .bind(vouched_by)
    .bind(id)
    .exec(tx)
    .await?;
    Ok(bound == 1)
}

/// Takes a person off whatever account has him, which falls back to level 1. Returns that account.
pub(crate) async fn unbind(tx: &Tx, person: PersonId) -> Result<Option<AccountId>> {
    let row: Option<(Vec<u8>,)> =
        q("UPDATE account SET person_id = NULL, level = 1, vouched_by = NULL WHERE person_id = $1 RETURNING id").bind(person).opt(tx).await?;
    row.map(|(id,)| AccountId::try_from(id).map_err(Error::internal)).transpose()
}

/// Closes an account: nobody is found by it any more, and nobody signs in to it.
pub(crate) async fn close(tx: &Tx, id: AccountId, now: Instant) -> Result<()> {
    q("UPDATE account SET phone = NULL, phone_hash = NULL, email = NULL, email_hash = NULL, password = '', person_id = NULL, level = 1, \
       vouched_by = NULL, closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
        .bind(id)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets a new password.
pub(crate) async fn set_password(tx: &Tx, id: AccountId, password: &str) -> Result<()> {
    q("UPDATE account SET password = $1 WHERE id = $2").bind(password).bind(id).exec(tx).await?;
    Ok(())
}

/// Sets the language of messages.
pub(crate) async fn set_lang(tx: &Tx, id: AccountId, lang: Lang) -> Result<()> {
    q("UPDATE account SET lang = $1 WHERE id = $2").bind(lang.code()).bind(id).exec(tx).await?;
    Ok(())
}

/// A number or address for an account that is there, sealed before its transaction.
#[derive(Clone)]
pub(crate) struct NewContact {
    sealed: Vec<u8>,
    hash: Vec<u8>,
}

impl NewContact {
    pub(crate) fn new(ctx: &Ctx, id: AccountId, contact: &Contact) -> Self {
        let column = match contact {
            Contact::Phone(_) => "phone",
            Contact::Email(_) => "email",
        };
        Self { sealed: ctx.keys().seal_text("account", column, &id.to_vec(), contact.as_str()), hash: contact.hash(ctx.keys()) }
    }
}

/// Sets the number or address of an account. The unique index fails if another account has it.
pub(crate) async fn set_contact(tx: &Tx, id: AccountId, kind: ContactKind, new: &NewContact) -> Result<()> {
    let query = match kind {
        ContactKind::Phone => q("UPDATE account SET phone = $1, phone_hash = $2 WHERE id = $3 AND closed_at IS NULL"),
        ContactKind::Email => q("UPDATE account SET email = $1, email_hash = $2 WHERE id = $3 AND closed_at IS NULL"),
    };
    query.bind(new.sealed.clone()).bind(new.hash.clone()).bind(id).exec(tx).await?;
    Ok(())
}

/// Takes a number or address off an account. False if it is the only one.
pub(crate) async fn remove_contact(tx: &Tx, id: AccountId, kind: ContactKind) -> Result<bool> {
    let query = match kind {
        ContactKind::Phone => q("UPDATE account SET phone = NULL, phone_hash = NULL WHERE id = $1 AND email_hash IS NOT NULL"),
        ContactKind::Email => q("UPDATE account SET email = NULL, email_hash = NULL WHERE id = $1 AND phone_hash IS NOT NULL"),
    };
    Ok(query.bind(id).exec(tx).await? == 1)
}

/// Opens a dispute unless one is open.
pub(crate) async fn dispute(tx: &Tx, id: DisputeId, account: AccountId, person: PersonId, now: Instant) -> Result<()> {
    q("INSERT INTO binding_dispute (id, account_id, person_id, opened_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(account)
        .bind(person)
        .bind(now)
        .exec(tx)
        .await?;
    Ok(())
}

/// Settles the open disputes about a person.
pub(crate) async fn settle(tx: &Tx, person: PersonId, outcome: &str, now: Instant) -> Result<()> {
    q("UPDATE binding_dispute SET settled_at = $1, outcome = $2 WHERE person_id = $3 AND settled_at IS NULL")
        .bind(now)
        .bind(outcome)
        .bind(person)
        .exec(tx)
        .await?;
    Ok(())
}

/// Number of open disputes about a person.
#[cfg(test)]
pub(crate) async fn open_disputes(db: &Db, person: PersonId) -> Result<i64> {
    let (count,): (i64,) = q("SELECT COUNT(*) FROM binding_dispute WHERE person_id = $1 AND settled_at IS NULL").bind(person).one(db).await?;
    Ok(count)
}
