//! Mail: by SMTP, or into a folder of `.eml` files (the default, so that a new instance loses nothing).

use std::path::PathBuf;

use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::{BoxFuture, PortError};

/// A mail to one person, in plain text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mail {
    /// Address of the receiver.
    pub to: String,
    /// Subject; names neither matter nor person for discreet items.
    pub subject: String,
    /// Text, lines ended by `\n`.
    pub text: String,
    /// A file beside the text: name, media type, content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<(String, String, String)>,
    /// Unique id; a mail handed over twice carries the same, so that receivers may drop the second.
    pub message_id: String,
}

/// Hands mails over.
pub trait Mailer: Send + Sync {
    /// Returns once the mail has been taken over, or says why not.
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), PortError>>;
}

fn compose(from: &Mailbox, mail: &Mail) -> Result<Message, PortError> {
    let permanent = |e: &dyn std::fmt::Display| PortError::Permanent(e.to_string());
    let to: Mailbox = mail.to.parse().map_err(|e| permanent(&e))?;
    let domain = from.email.domain();
    let head = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .message_id(Some(format!("<{}@{domain}>", mail.message_id)));
    let text = SinglePart::plain(mail.text.clone());
    match &mail.attachment {
        None => head.singlepart(text),
        Some((name, media_type, content)) => {
            let kind = ContentType::parse(media_type).map_err(|e| permanent(&e))?;
            let file = Attachment::new(name.clone()).body(content.clone(), kind);
            head.multipart(MultiPart::mixed().singlepart(text).singlepart(file))
        }
    }
    .map_err(|e| permanent(&e))
}

/// How to reach the mail server.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct SmtpSettings {
    /// Name of the server.
    pub host: String,
    /// Port; 587 with STARTTLS where none is given.
    #[serde(default = "SmtpSettings::submission")]
    pub port: u16,
    /// Sender, `Name <address>`.
    pub from: String,
    /// Account at the server; without one no log-in is tried.
    pub user: Option<String>,
    /// File that holds the password.
    pub password_file: Option<PathBuf>,
    /// Certificate (PEM) of the authority that vouches for the server, where it is the bureau's own.
    pub ca_file: Option<PathBuf>,
    /// Speak without STARTTLS: only for a server on the same machine.
    #[serde(default)]
    pub plain: bool,
}

impl SmtpSettings {
    fn submission() -> u16 {
        587
    }
}

/// Mail by SMTP with STARTTLS and log-in.
pub struct SmtpMailer {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl SmtpMailer {
    /// Prepares the connection; nothing is sent yet. Fails where the sender's address or the password file is no good.
    pub fn open(settings: &SmtpSettings) -> Result<Self, PortError> {
        let permanent = |e: &dyn std::fmt::Display| PortError::Permanent(e.to_string());
        let from = settings.from.parse().map_err(|e| permanent(&e))?;
        let mut builder = if settings.plain {
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
        } else {
            let mut tls = TlsParameters::builder(settings.host.clone());
            if let Some(file) = &settings.ca_file {
                let pem = std::fs::read(file).map_err(|e| permanent(&e))?;
                tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|e| permanent(&e))?);
            }
            let tls = tls.build().map_err(|e| permanent(&e))?;
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host).tls(Tls::Required(tls))
        }
        .port(settings.port)
        .timeout(Some(std::time::Duration::from_secs(20)));
        if let (Some(user), Some(file)) = (&settings.user, &settings.password_file) {
            let password = std::fs::read_to_string(file).map_err(|e| permanent(&e))?;
            builder = builder.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        Ok(Self { from, transport: builder.build() })
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let message = compose(&self.from, mail)?;
            match self.transport.send(message).await {
                Ok(_) => Ok(()),
                Err(e) if e.is_permanent() => Err(PortError::Permanent(e.to_string())),
                Err(e) => Err(PortError::Temporary(e.to_string())),
            }
        })
    }
}

/// Mail as `.eml` files in a folder, one file a message.
pub struct FolderMailer {
    from: Mailbox,
    folder: PathBuf,
}

impl FolderMailer {
    /// Makes the folder where it is missing.
    pub fn open(folder: PathBuf) -> std::io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let from = "Tongban <tongban@localhost>".parse().expect("the address is well formed");
        Ok(Self { from, folder })
    }
}

impl Mailer for FolderMailer {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let message = compose(&self.from, mail)?;
            let name: String = mail.message_id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            tokio::fs::write(self.folder.join(format!("{name}.eml")), message.formatted())
                .await
                .map_err(|e| PortError::Temporary(e.to_string()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(to: &str) -> Mail {
        Mail {
            to: to.to_owned(),
            subject: "预约成功\r\nBcc: other@example.org".to_owned(),
            text: "您已预约。".to_owned(),
            attachment: None,
            message_id: "01abc".to_owned(),
        }
    }

    #[tokio::test]
    async fn writes_one_file_a_message_even_when_sent_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let mailer = FolderMailer::open(folder.path().to_owned()).expect("opened");
        for _ in 0..2 {
            mailer.send(&mail("li@example.org")).await.expect("written");
        }
        let files: Vec<_> = std::fs::read_dir(folder.path()).expect("listed").collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(folder.path().join("01abc.eml")).expect("read");
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "a header was smuggled in: {text}");
    }

    #[tokio::test]
    async fn refuses_an_address_for_good() {
        let folder = tempfile::tempdir().expect("a folder");
        let mailer = FolderMailer::open(folder.path().to_owned()).expect("opened");
        assert!(matches!(mailer.send(&mail("no address")).await, Err(PortError::Permanent(_))));
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_a_temporary_failure() {
        let settings =
            SmtpSettings { host: "127.0.0.1".into(), port: 1, from: "a@example.org".into(), user: None, password_file: None, ca_file: None, plain: true };
        let mailer = SmtpMailer::open(&settings).expect("opened");
        assert!(matches!(mailer.send(&mail("li@example.org")).await, Err(PortError::Temporary(_))));
    }
}
