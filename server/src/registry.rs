//! The one list of what this program is made of. A new service is one line here.

use kernel::{Lang, Text};
use platform::{Ctx, Result, Role, Service};
use site::pages::admin_home::Area;
use ui::url;

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
        interaction::service(),
        booking::service(),
        hall::service(),
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
    [identity::HASHES, licences::HASHES, interaction::HASHES, booking::HASHES, marriage::HASHES].concat()
}

/// Areas of administration that services add to the overview.
pub fn areas(lang: Lang) -> Vec<Area> {
    let (name, what) = marriage_pages::registrars::area(lang);
    vec![Area { may: &[Role::SecurityAdmin], href: url::admin_registrars(), name, what }]
}

/// How the acts of services begin in the audit trail, and what people call them.
pub fn acts() -> Vec<(&'static str, Text)> {
    vec![
        ("marriage.", Text::fixed("婚姻登记", "Marriage registration")),
        ("rating.", Text::fixed("评价", "Rating")),
        ("complaint.", Text::fixed("咨询投诉", "Questions and complaints")),
    ]
}
