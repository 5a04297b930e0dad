//! What happened to an account and its holder should know at once. This crate stands below the one that tells people: it leaves a message
//! in the outbox, and the one above takes it from there.

use kernel::Text;
use platform::{AccountId, Ctx, Result, outbox};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::ContactOf;

/// The kind of outbox message that carries a [`Warning`].
pub const KIND_WARNING: &str = "account.warning";

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Names it, so that it is told once.
    pub key: String,
    /// Whose account.
    pub account: AccountId,
    /// One line.
    pub title: Text,
    /// What happened, and what to do if it was somebody else.
    pub body: Text,
    /// The mobile number that is told, where it is not, or no longer, that of the account.
    pub phone: Option<String>,
    /// The same for the mail address.
    pub email: Option<String>,
}

impl Warning {
    /// To the numbers and addresses that the account has when it is told.
    pub(crate) fn new(ctx: &Ctx, account: AccountId, title: Text, body: Text) -> Self {
        Self { key: format!("account-warning-{}", ctx.id::<Self>()), account, title, body, phone: None, email: None }
    }

    /// To those that it has now, whatever the change is.
    pub(crate) fn to(mut self, known: &ContactOf) -> Self {
        self.phone = known.phone.as_ref().map(|phone| phone.as_str().to_owned());
        self.email = known.email.as_ref().map(|email| email.as_str().to_owned());
        self
    }
}

/// Leaves the warning in the outbox, in the transaction of what it warns of.
pub(crate) async fn warn(tx: &Tx, ctx: &Ctx, warning: &Warning) -> Result<()> {
    outbox::put(tx, ctx, outbox::Message::of(KIND_WARNING, warning.key.clone(), warning)).await
}
