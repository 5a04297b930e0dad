//! The one list of what this program is made of. A new service is one line here.

use kernel::{Lang, Text};
use platform::{Ctx, Error, Result, Role, Service};
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
        casework::service(),
        marriage::divorce::service(),
        casework::papers::service(app.press.clone()),
        casework::archive::service(),
        casework::supervision::service(),
        crate::overdue::service(),
        hall::service(),
        statistics::service(),
    ]
}

/// The matters that the services declare: states, moves, forms and limits as data. A new one is one line here.
fn matters() -> Vec<casework::Declaration> {
    vec![
        casework::Declaration::data(marriage::states::matter().clone()),
        casework::Declaration::data(marriage::reissue::matter().clone()),
        casework::Declaration::data(marriage::divorce::states::matter().clone()),
        casework::Declaration::data(assistance::matter()),
    ]
}

/// Installs the matters, and puts in what services keep in the database at every start; the same again changes nothing.
///
/// # Errors
/// Every contradiction in a declaration, with its place: the program does not start. Those of the database.
pub async fn declare(ctx: &Ctx) -> Result<()> {
    casework::install(ctx.platform(), matters()).map_err(|mistakes| contradiction("itself", &mistakes))?;
    let mistakes = casework::ops::check_items(ctx).await?;
    if !mistakes.is_empty() {
        return Err(contradiction("a published item", &mistakes));
    }
    marriage::declare(ctx).await
}

/// Declarations that contradict something, each with its place.
fn contradiction(what: &str, mistakes: &[casework::validate::Mistake]) -> Error {
    let places: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    Error::internal(format!("a declaration contradicts {what}: {}", places.join("; ")))
}

/// Every column of keyed hashes, for `tongban keys rehash`.
pub fn hashes() -> Vec<store::HashColumn> {
    [
        platform::once::HASHES,
        identity::HASHES,
        licences::HASHES,
        interaction::HASHES,
        booking::HASHES,
        casework::HASHES,
        hall::HASHES,
        marriage::HASHES,
    ]
    .concat()
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
        ("divorce.", Text::fixed("离婚登记", "Divorce registration")),
        ("case.", Text::fixed("办件", "Application")),
        ("letter.", Text::fixed("委托书", "Letter of authority")),
        ("rating.", Text::fixed("评价", "Rating")),
        ("complaint.", Text::fixed("咨询投诉", "Questions and complaints")),
        ("statistics.", Text::fixed("统计", "Figures")),
    ]
}
