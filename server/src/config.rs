//! The configuration: one TOML file and a data folder; nothing comes from environment variables.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use kernel::Text;
use marriage::registers::partner::{Address, Partner};
use platform::Settings;
use platform::ports::SmtpSettings;

/// `tongban.toml`. Everything has a default with which a small office can start.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// `sqlite:PATH` or `postgres://…`; the embedded database in the data folder where none is given.
    pub database: Option<String>,
    /// Built browser files; `dist` beside the program or in the working folder where none is given.
    pub assets: Option<PathBuf>,
    /// Typst templates that take the place of the built-in ones.
    pub templates: Option<PathBuf>,
    /// Folders or files with fonts, searched before the system's: for rare characters, or where the system has none.
    pub fonts: Vec<PathBuf>,
    /// Mail server; without one mails become `.eml` files in the data folder.
    pub smtp: Option<SmtpSettings>,
    /// Short messages; without a provider they become files in the data folder.
    pub sms: Option<HookSettings>,
    /// Service that vouches for names and numbers (level 2 of the real-name step); without one everybody goes to a counter.
    pub verifier: Option<HookSettings>,
    /// The licence catalogue above, to which issues and changes are reported; without one this instance's own is the last.
    pub catalogue: Option<HookSettings>,
    /// Other instances of this program that are asked in the networked check.
    pub partners: Vec<PartnerSettings>,
    /// Name, region, public origin and the like.
    pub site: Settings,
}

/// A service that is reached by web hook.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HookSettings {
    /// Takes a POST of JSON.
    pub url: String,
    /// File that holds the bearer token.
    pub token_file: PathBuf,
}

/// Another instance of this program.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerSettings {
    /// Whose it is, as registrars read it beside its answers.
    pub name: Text,
    /// Its public origin.
    pub origin: String,
    /// File that holds the token that its administrator gave to this instance.
    pub token_file: PathBuf,
    /// Certificates (PEM) of the authority that vouches for it, where it is not one of the web.
    pub ca_file: Option<PathBuf>,
}

impl PartnerSettings {
    /// The instance, ready to be asked.
    pub fn open(&self) -> Result<Partner> {
        let token = std::fs::read_to_string(&self.token_file).with_context(|| format!("cannot read {}", self.token_file.display()))?;
        let authority = match &self.ca_file {
            Some(file) => Some(std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?),
            None => None,
        };
        let address = Address { name: self.name.clone(), origin: self.origin.clone(), token: token.trim_end().to_owned(), authority };
        Partner::new(address).with_context(|| format!("the partner {}", self.name.en))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            database: None,
            assets: None,
            templates: None,
            fonts: Vec::new(),
            smtp: None,
            sms: None,
            verifier: None,
            catalogue: None,
            partners: Vec::new(),
            site: Settings::default(),
        }
    }
}

impl Config {
    /// Reads the file; without one, the defaults.
    pub fn read(file: Option<&Path>) -> Result<Self> {
        let Some(file) = file else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is not a configuration", file.display()))
    }

    /// The press of documents that these settings describe.
    pub fn press(&self) -> documents::Press {
        let (templates, fonts) = (self.templates.clone(), self.fonts.clone());
        documents::Press::new(documents::Settings { templates, fonts, ..documents::Settings::default() })
    }
}
