//! The operations on both engines, as people meet them.

mod citizens;
mod own;
mod programs;
mod staff;

use platform::testing::TestPlatform;

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
    platform::outbox::Worker::new(&[platform::outbox::service()]).drain(platform).await.expect("the outbox");
}

/// The six digits in a message.
fn digits(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).unwrap_or_default().to_owned()
}
