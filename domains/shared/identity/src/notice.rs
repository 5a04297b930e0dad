//! Messages to a number or address that has to show that somebody reads it: codes, and hints instead of codes.

use platform::ports::{Mail, SmsMessage};
use platform::{Ctx, outbox};

use crate::Contact;

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
