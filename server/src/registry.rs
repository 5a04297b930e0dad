//! The one list of what this program is made of. A new service is one line here.

use std::sync::Arc;

use kernel::{Lang, Text};
use platform::own::Section;
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
        marriage::backentry::service(),
        casework::papers::service(app.press.clone()),
        casework::archive::service(),
        casework::supervision::service(),
        crate::overdue::service(),
        hall::service(),
        organizations::service(),
        statistics::service(),
    ]
}

/// The matters that the services declare: states, moves, forms and limits as data. A new one is one line here.
fn matters() -> Vec<casework::Declaration> {
    let mut all = vec![
        casework::Declaration::data(marriage::states::matter().clone()),
        casework::Declaration::data(marriage::reissue::matter().clone()),
        casework::Declaration::data(marriage::divorce::states::matter().clone()),
        casework::Declaration::data(assistance::matter()),
    ];
    all.extend(organizations::matters::matters());
    all
}

/// The reports of the services, which the nightly figures count. A new one is one line here.
pub(crate) fn reports() -> Vec<Arc<dyn statistics::Counts>> {
    vec![Arc::new(marriage::statistics::Figures), Arc::new(organizations::statistics::Figures), Arc::new(organizations::statistics::Parts)]
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
    statistics::install(ctx.platform(), reports());
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
        organizations::HASHES,
    ]
    .concat()
}

/// Everything that is kept about the citizen who asks, by kind.
///
/// # Errors
/// `SignIn` for whoever is no citizen.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    Ok([
        identity::ops::own_data(ctx).await?,
        notices::ops::own_data(ctx).await?,
        licences::ops::own_data(ctx).await?,
        interaction::own_data(ctx).await?,
        booking::ops::own::own_data(ctx).await?,
        hall::own_data(ctx).await?,
        casework::ops::own_data(ctx).await?,
        marriage::own_data(ctx).await?,
        organizations::own_data(ctx).await?,
    ]
    .concat())
}

/// Lets go of what a citizen who closes his account has begun and what nobody has to keep.
///
/// # Errors
/// `SignIn` for whoever is no citizen.
pub async fn forget(ctx: &Ctx) -> Result<()> {
    casework::ops::forget(ctx).await?;
    booking::ops::own::forget(ctx).await?;
    organizations::forget(ctx).await?;
    notices::ops::forget(ctx).await
}

/// Areas of administration that services add to the overview.
pub fn areas(lang: Lang) -> Vec<Area> {
    let (name, what) = marriage_pages::registrars::area(lang);
    let (countries, which) = marriage_pages::countries::area(lang);
    let (segments, codes) = organization_pages::registration::codes::area(lang);
    let (imports, tables) = organization_pages::import::area(lang);
    vec![
        Area { may: &[Role::SecurityAdmin], href: url::admin_registrars(), name, what },
        Area { may: &[Role::SystemAdmin, Role::SecurityAdmin], href: url::admin_countries(), name: countries, what: which },
        Area { may: &[Role::SystemAdmin], href: url::code_segments(), name: segments, what: codes },
        Area { may: &organizations::import::IMPORTS, href: url::imports(), name: imports, what: tables },
    ]
}

/// How the acts of services begin in the audit trail, and what people call them.
pub fn acts() -> Vec<(&'static str, Text)> {
    vec![
        ("marriage.", Text::fixed("婚姻登记", "Marriage registration")),
        ("divorce.", Text::fixed("离婚登记", "Divorce registration")),
        ("organization.import.", Text::fixed("导入登记数据", "Import of a register")),
        ("organization.extract", Text::fixed("出具登记信息提取件", "Issued an extract of the register")),
        ("organization.follow.", Text::fixed("变更通知", "Word of changes in the register")),
        ("organization.attach", Text::fixed("监管事项附件", "A file of a proceeding about an organisation")),
        ("organization.paper", Text::fixed("出具监管文书", "Issued a document of supervision")),
        ("organization.", Text::fixed("社会组织登记", "Register of social organisations")),
        ("case.draft", Text::fixed("保存申请草稿", "Saved a draft of an application")),
        ("case.discard", Text::fixed("删除申请草稿", "Threw a draft away")),
        ("case.attach", Text::fixed("上传申请材料", "Sent a paper for an application")),
        ("case.remove_paper", Text::fixed("删除申请材料", "Took a paper back")),
        ("case.submit", Text::fixed("提交申请", "Submitted an application")),
        ("case.counter", Text::fixed("窗口收件", "Took an application in at a counter")),
        ("case.read_paper", Text::fixed("查看申请材料", "Read a paper of an application")),
        ("case.read", Text::fixed("查看申请", "Read an application")),
        ("case.judge_paper", Text::fixed("审核申请材料", "Judged a paper of an application")),
        ("case.move", Text::fixed("办理申请", "Worked on an application")),
        ("case.receipt", Text::fixed("补打收件凭证", "Printed the receipt again")),
        ("case.", Text::fixed("办件", "Application")),
        ("paper.issue", Text::fixed("出具文书", "Issued a document")),
        ("paper.serve", Text::fixed("送达文书", "Served a document")),
        ("paper.open", Text::fixed("打开文书", "Opened a document")),
        ("paper.", Text::fixed("文书", "Document")),
        ("letter.", Text::fixed("委托书", "Letter of authority")),
        ("rating.", Text::fixed("评价", "Rating")),
        ("complaint.", Text::fixed("咨询投诉", "Questions and complaints")),
        ("statistics.", Text::fixed("统计", "Figures")),
    ]
}
