//! The outside world as parameters: each port has the real thing, and a fake beside it for tests.

mod clock;
mod files;
mod mail;
mod random;
mod signer;
mod sms;

pub use clock::SystemClock;
pub use files::{Accept, FileId, Files, MediaType, Stored, dimensions};
pub use mail::{FolderMailer, Mail, Mailer, SmtpMailer, SmtpSettings};
pub use random::{OsRandom, Random};
pub use signer::{Signer, SoftwareSigner, verify_with};
pub use sms::{FolderSms, Sms, SmsMessage, WebHookSms};

/// A boxed future, so that ports can be trait objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why something could not be handed over to the outside; the text is for the log and the outbox page.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// Trying again later may help.
    #[error("temporary: {0}")]
    Temporary(String),
    /// Trying again will not help (a refused address, a message that is not well formed).
    #[error("permanent: {0}")]
    Permanent(String),
}
