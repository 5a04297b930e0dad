//! What every handler has at hand.

use std::path::Path;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use documents::Press;
use identity::{NoVerifier, TestWorldVerifier, Verifier, WebHookVerifier};
use kernel::Text;
use licences::ops::Checks;
use licences::ports::{Catalogue, OwnCatalogue, WebHookCatalogue};
use platform::{Platform, regions};
use store::keys::Purpose;
use ui::SiteFacts;

use crate::config::Config;
use crate::http::assets::Assets;
use crate::search::Search;

/// The parts of the running program that answer requests. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Database, clock, ports, settings.
    pub platform: Platform,
    /// The built browser files.
    pub assets: Arc<Assets>,
    /// What every page says about the site.
    pub site: Arc<SiteFacts>,
    /// The search of this node.
    pub search: Search,
    /// Makes documents with the built-in templates and the system's fonts, unless replaced by `Config::press`.
    pub press: Press,
    /// The public checks of certificates, with their limits.
    pub checks: Checks,
    /// The licence catalogue above; this instance's own is the last one unless a service is configured.
    pub catalogue: Arc<dyn Catalogue>,
    /// Vouches for names and numbers in the real-name step; nobody does unless a service is configured.
    pub verifier: Arc<dyn Verifier>,
    /// What registrations of marriages ask of the outside: what other bodies hold, and other instances of this program.
    pub ports: marriage::Ports,
}

impl App {
    /// The program of a configuration: browser files, the search index under `data`, templates.
    ///
    /// # Errors
    /// When the index folder cannot be made, the database cannot be read, or something in the configuration cannot be used.
    pub async fn open(platform: Platform, config: &Config, data: &Path) -> platform::Result<Self> {
        let search = Search::open(&data.join("index"), &origin(&platform, config), crate::search::sources())?;
        let mut app = Self::new(platform, assets(config), search).await?;
        if let Some(hook) = &config.verifier {
            let token = std::fs::read_to_string(&hook.token_file).map_err(platform::Error::internal)?;
            app.verifier = Arc::new(WebHookVerifier::new(hook.url.clone(), token.trim_end().to_owned()));
        }
        if let Some(hook) = &config.catalogue {
            let token = std::fs::read_to_string(&hook.token_file).map_err(platform::Error::internal)?;
            app.catalogue = Arc::new(WebHookCatalogue::new(hook.url.clone(), token.trim_end().to_owned()));
        }
        for partner in &config.partners {
            app.ports.partners.push(Arc::new(partner.open().map_err(|error| platform::Error::internal(format!("{error:#}")))?));
        }
        app.press = config.press();
        Ok(app)
    }

    /// Reads what the frame of the pages says about this site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn new(platform: Platform, assets: Assets, search: Search) -> platform::Result<Self> {
        let settings = platform.settings();
        let region = regions::find(platform.db(), &settings.region).await?;
        let site = SiteFacts {
            bureau: settings.bureau.clone(),
            region: Text::same(region.map(|region| region.name).unwrap_or_default()),
            phone: settings.phone.clone(),
            footer: settings.footer.clone(),
            demo: settings.demo,
        };
        let (assets, site) = (Arc::new(assets), Arc::new(site));
        let verifier: Arc<dyn Verifier> = if site.demo { Arc::new(TestWorldVerifier) } else { Arc::new(NoVerifier) };
        let press = Press::new(documents::Settings::default());
        Ok(Self { platform, assets, site, search, press, checks: Checks::default(), catalogue: Arc::new(OwnCatalogue), verifier, ports: marriage::Ports::local() })
    }
}

/// What the search index is made of: this instance, which its keys tell, where its database is, and the region it serves, with the world
/// for demonstrations or without. Hashed, because an address may have a password in it.
fn origin(platform: &Platform, config: &Config) -> String {
    let settings = platform.settings();
    let database = config.database.as_deref().unwrap_or_default();
    let words = format!("search index of {database} for {}, {}", settings.region, settings.demo);
    HEXLOWER.encode(&platform.keys().hash(Purpose::IndexOrigin, &words))
}

/// The built browser files: where the configuration says, or `dist` in the working folder. Without them pages have no style and no islands.
fn assets(config: &Config) -> Assets {
    let folder = config.assets.clone().unwrap_or_else(|| "dist".into());
    Assets::open(&folder).unwrap_or_else(|error| {
        tracing::warn!(folder = %folder.display(), %error, "no browser files: run `cargo xtask web`");
        Assets::none()
    })
}
