//! Telling the addressees that a document is there: the authority and an address, never what it is about.

use kernel::Lang;
use platform::outbox::{Message, put};
use platform::ports::{Mail, SmsMessage};
use platform::{Ctx, Result};
use ::store::Tx;

use super::{Head, PaperId};
use super::store as table;

/// The messages of a document, one a way and person.
pub(super) async fn letters(ctx: &Ctx, id: PaperId, head: &Head) -> Result<Vec<Message>> {
    let mut letters = Vec::new();
    let address = format!("{}/papers/{id}", ctx.settings().public_origin.trim_end_matches('/'));
    for person in table::addressees(ctx.db(), id).await? {
        let Some(contact) = identity::persons::contact_of(ctx, person).await? else { continue };
        let issuer = head.issuer.get(contact.lang);
        let key = format!("paper-{id}-{person}");
        let text = match contact.lang {
            Lang::Zh => format!("{issuer}有一份给您的文书，请登录查看：{address}"),
            Lang::En => format!("{issuer} has a document for you. Sign in to read it: {address}"),
        };
        if let Some(phone) = &contact.phone {
            letters.push(Message::sms(&SmsMessage { to: phone.as_str().to_owned(), text: text.clone(), message_id: format!("{key}-sms") }));
        }
        if let Some(email) = &contact.email {
            let subject = contact.lang.pick(format!("{issuer}：您有一份文书"), format!("{issuer}: a document for you"));
            letters.push(Message::mail(&Mail { to: email.as_str().to_owned(), subject, text, attachment: None, message_id: format!("{key}-mail") }));
        }
    }
    Ok(letters)
}

/// Puts them into the outbox with the change that they tell of.
pub(super) async fn send(tx: &Tx, ctx: &Ctx, letters: Vec<Message>) -> Result<()> {
    for letter in letters {
        put(tx, ctx, letter).await?;
    }
    Ok(())
}
