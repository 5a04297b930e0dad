//! Short messages: to a provider by web hook, or into a file (the default).

use std::path::PathBuf;
use std::time::Duration;

use super::{BoxFuture, PortError};

/// A short message. It holds nothing sensitive (C-22): no names, no reasons.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SmsMessage {
    /// Number of the receiver, digits only.
    pub to: String,
    /// The text.
    pub text: String,
    /// Unique id, the same when a message is handed over again.
    pub message_id: String,
}

/// Hands short messages over.
pub trait Sms: Send + Sync {
    /// Returns once the message has been taken over, or says why not.
    fn send<'a>(&'a self, message: &'a SmsMessage) -> BoxFuture<'a, Result<(), PortError>>;
}

/// A provider reached by an HTTP POST of the message as JSON, with a bearer token.
pub struct WebHookSms {
    url: String,
    token: String,
    agent: ureq::Agent,
}

impl WebHookSms {
    /// `url` takes the POST; `token` goes into the `Authorization` header.
    pub fn new(url: String, token: String) -> Self {
        let agent = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(20))).http_status_as_error(false).build().new_agent();
        Self { url, token, agent }
    }
}

impl Sms for WebHookSms {
    fn send<'a>(&'a self, message: &'a SmsMessage) -> BoxFuture<'a, Result<(), PortError>> {
        let (agent, url, message) = (self.agent.clone(), self.url.clone(), message.clone());
        let authorization = format!("Bearer {}", self.token);
        Box::pin(async move {
            let answer = tokio::task::spawn_blocking(move || agent.post(&url).header("authorization", authorization).send_json(&message))
                .await
                .map_err(|e| PortError::Temporary(e.to_string()))?;
            match answer {
                Ok(response) if response.status().is_success() => Ok(()),
                Ok(response) if response.status().is_client_error() && response.status() != 429 => {
                    Err(PortError::Permanent(format!("the provider answered {}", response.status())))
                }
                Ok(response) => Err(PortError::Temporary(format!("the provider answered {}", response.status()))),
                Err(e) => Err(PortError::Temporary(e.to_string())),
            }
        })
    }
}

/// Short messages as files in a folder, one a message.
pub struct FolderSms {
    folder: PathBuf,
}

impl FolderSms {
    /// Makes the folder where it is missing.
    pub fn open(folder: PathBuf) -> std::io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }
}

impl Sms for FolderSms {
    fn send<'a>(&'a self, message: &'a SmsMessage) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let name: String = message.message_id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            let text = format!("{}\n{}\n", message.to, message.text);
            tokio::fs::write(self.folder.join(format!("{name}.txt")), text).await.map_err(|e| PortError::Temporary(e.to_string()))
        })
    }
}
