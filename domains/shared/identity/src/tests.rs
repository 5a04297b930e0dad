//! The operations on both engines, as people meet them.

mod citizens;
mod data;
mod own;
mod programs;
mod staff;

use std::sync::Arc;

use platform::outbox::Handler;
use platform::ports::{BoxFuture, Mail, PortError, SmsMessage};
use platform::testing::TestPlatform;
use platform::{Ctx, Service};

use crate::security::{self, Warning};

/// The last message to a number or address: the outbox is worked off first.
async fn last_text(platform: &TestPlatform, to: &str) -> String {
    drain(platform).await;
    let to = to.replace(' ', "");
    let messages = platform.post.messages().into_iter().map(|message| (message.to, message.text));
    let mails = platform.post.mails().into_iter().map(|mail| (mail.to, mail.text));
    messages.chain(mails).rfind(|(receiver, _)| *receiver == to).map(|(_, text)| text).unwrap_or_default()
}

/// Messages that went out so far.
async fn sent(platform: &TestPlatform) -> usize {
    drain(platform).await;
    platform.post.messages().len() + platform.post.mails().len()
}

async fn drain(platform: &TestPlatform) {
    let above = Service { name: "above", jobs: Vec::new(), handlers: vec![(security::KIND_WARNING, Arc::new(Aloud))] };
    platform::outbox::Worker::new(&[platform::outbox::service(), above]).drain(platform).await.expect("the outbox");
}

/// Stands for the crate above that tells people: what it is given goes to the number and address at once.
struct Aloud;

impl Handler for Aloud {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let Warning { key, account, body, phone, email, .. } = serde_json::from_value(payload).expect("a warning");
            let row = crate::store::account::load(ctx.db(), account).await.expect("read").expect("an account");
            let of = row.contact(ctx.keys()).expect("opened");
            let text = body.zh.into_owned();
            if let Some(to) = phone.or_else(|| of.phone.map(|phone| phone.as_str().to_owned())) {
                ctx.platform().sms().send(&SmsMessage { to, text: text.clone(), message_id: key.clone() }).await?;
            }
            if let Some(to) = email.or_else(|| of.email.map(|email| email.as_str().to_owned())) {
                ctx.platform().mail().send(&Mail { to, subject: String::new(), text, attachment: None, message_id: key }).await?;
            }
            Ok(())
        })
    }
}

/// The six digits in a message.
fn digits(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).unwrap_or_default().to_owned()
}
