//! What every handler has at hand.

use std::sync::Arc;

use kernel::Text;
use platform::{Platform, regions};
use ui::SiteFacts;

use crate::http::assets::Assets;

/// The parts of the running program that answer requests. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Database, clock, ports, settings.
    pub platform: Platform,
    /// The built browser files.
    pub assets: Arc<Assets>,
    /// What every page says about the site.
    pub site: Arc<SiteFacts>,
}

impl App {
    /// Reads what the frame of the pages says about this site.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn new(platform: Platform, assets: Assets) -> platform::Result<Self> {
        let settings = platform.settings();
        let region = regions::find(platform.db(), &settings.region).await?;
        let site = SiteFacts {
            bureau: settings.bureau.clone(),
            region: Text::same(region.map(|region| region.name).unwrap_or_default()),
            phone: settings.phone.clone(),
            footer: settings.footer.clone(),
            demo: settings.demo,
        };
        Ok(Self { platform, assets: Arc::new(assets), site: Arc::new(site) })
    }
}
