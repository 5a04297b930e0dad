//! Messages to a number or address of an account.

use platform::ports::{Mail, SmsMessage};
use platform::{Ctx, outbox};

use crate::{Contact, ContactOf};

/// One message to a number or address. `key` names it, so that it is sent once.
pub(crate) fn to(ctx: &Ctx, contact: &Contact, key: String, text: &str) -> outbox::Message {
    let bureau = ctx.settings().bureau.get(ctx.lang()).to_owned();
    let text = format!("【{bureau}】{text}");
    match contact {
        Contact::Phone(phone) => outbox::Message::sms(&SmsMessage { to: phone.as_str().to_owned(), text, message_id: key }),
        Contact::Email(email) => {
            outbox::Message::mail(&Mail { to: email.as_str().to_owned(), subject: bureau, text, attachment: None, message_id: key })
        }
    }
}

/// The same words to every number and address of an account.
pub(crate) fn to_all(ctx: &Ctx, contact: &ContactOf, key: &str, text: &str) -> Vec<outbox::Message> {
    let phone = contact.phone.clone().map(|phone| to(ctx, &Contact::Phone(phone), format!("{key}-sms"), text));
    let email = contact.email.clone().map(|email| to(ctx, &Contact::Email(email), format!("{key}-mail"), text));
    phone.into_iter().chain(email).collect()
}
