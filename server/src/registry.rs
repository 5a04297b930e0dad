//! The one list of what this program is made of. A new service is one line here.

use platform::{Ctx, Result, Service};

use crate::App;

/// Shared crates and services with their jobs and outbox handlers.
pub fn services(app: &App) -> Vec<Service> {
    vec![
        platform::audit::service(),
        platform::outbox::service(),
        platform::once::service(),
        identity::service(),
        notices::service(),
        catalog::service(),
        licences::service(app.press.clone(), app.catalogue.clone()),
        booking::service(),
    ]
}

/// What services put into the database at every start; the same again changes nothing.
///
/// # Errors
/// Those of the database.
pub async fn declare(ctx: &Ctx) -> Result<()> {
    marriage::declare(ctx).await
}

/// Every column of keyed hashes, for `tongban keys rehash`.
pub fn hashes() -> Vec<store::HashColumn> {
    [identity::HASHES, licences::HASHES, booking::HASHES, marriage::HASHES].concat()
}
