//! Where short messages go while the demo is loaded: the loader reads the codes in them as a person would.

use std::sync::{Arc, Mutex};

use platform::outbox::Worker;
use platform::ports::{BoxFuture, Mail, Mailer, PortError, Sms, SmsMessage};
use platform::{Ctx, Error, Result};

/// Keeps the last short message; drops mails.
#[derive(Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<Option<SmsMessage>>>);

impl Captured {
    /// Sends what waits, and reads the six digits of the last message.
    pub(crate) async fn code(&self, ctx: &Ctx) -> Result<String> {
        Worker::new(&[platform::outbox::service()]).drain(ctx.platform()).await?;
        let message = self.0.lock().ok().and_then(|mut last| last.take());
        let digits: String = message.map(|m| m.text).unwrap_or_default().chars().filter(char::is_ascii_digit).take(6).collect();
        if digits.len() == 6 { Ok(digits) } else { Err(Error::internal("no code was sent")) }
    }
}

impl Sms for Captured {
    fn send<'a>(&'a self, message: &'a SmsMessage) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            if let Ok(mut last) = self.0.lock() {
                *last = Some(message.clone());
            }
            Ok(())
        })
    }
}

impl Mailer for Captured {
    fn send<'a>(&'a self, _mail: &'a Mail) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async { Ok(()) })
    }
}
