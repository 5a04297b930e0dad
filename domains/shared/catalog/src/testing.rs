//! A catalogue for tests, in the specification's test world (province 990000, body 城东区民政局 in 990102).

use kernel::{Day, Id, Instant, RegionCode, Text};
use platform::regions::{self, Organisation};
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Error, Grant, Org, OrgId, Platform, Result, Role, Staff, StaffActor};

use crate::model::{BasicCode, ItemView, Level};
use crate::ops;
use crate::seed;

/// Credit code of 城东区民政局.
pub const USCC: &str = "11990102YY9990101F";
/// Code of the office that the test items name.
pub const OFFICE: &str = "990102-01";

/// The region of 城东区.
pub fn region() -> RegionCode {
    RegionCode::parse("990102").expect("a region code")
}

/// Regions and 城东区民政局; returns its id. May be called twice.
///
/// # Errors
/// Those of the database.
pub async fn body(platform: &Platform) -> Result<OrgId> {
    platform::testing::regions(platform).await?;
    let ctx = Ctx::system(platform, "test");
    let id: Id<Org> = ctx.id();
    let org = Organisation { id, uscc: USCC.to_owned(), name: Text::new("城东区民政局", "Chengdong District Civil Affairs Bureau"), region: region() };
    platform.db().write(|tx| { let org = org.clone(); async move { regions::put_organisation(&tx, &org).await } }).await
}

/// One carried item, by the key of its service's procedure, published by the province and by 城东区.
///
/// # Errors
/// What the operations say; `NotFound` for an unknown key.
pub async fn item(platform: &TestPlatform, service: &str) -> Result<ItemView> {
    item_at(platform, service, vec![OFFICE.to_owned()]).await
}

/// The same for offices of the test's own.
///
/// # Errors
/// As [`item`].
pub async fn item_at(platform: &TestPlatform, service: &str, offices: Vec<String>) -> Result<ItemView> {
    let org = body(platform).await?;
    let ctx = platform.system();
    let file = seed::carried()?.into_iter().find(|file| file.elements.house.service == service).ok_or(Error::NotFound)?;
    let code = file.code.clone();
    seed::define_one(&ctx, RegionCode::parse("990000").map_err(Error::internal)?, file).await?;
    match seed::implement(&ctx, &code, org, Level::County, offices).await {
        Err(error) if error.has_code("E-ST03") => {}
        other => drop(other?),
    }
    let found = ops::of_service(&ctx, service, &region()).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

/// Every carried item that a county implements, published by 城东区.
///
/// # Errors
/// What the operations say.
pub async fn all(platform: &TestPlatform) -> Result<Vec<ItemView>> {
    let org = body(platform).await?;
    let ctx = platform.system();
    seed::define_all(&ctx, RegionCode::parse("990000").map_err(Error::internal)?).await?;
    for file in seed::carried()?.iter().filter(|file| file.elements.levels.contains(&Level::County)) {
        seed::implement(&ctx, &file.code, org, Level::County, vec![OFFICE.to_owned()]).await?;
    }
    ops::implementations(&ctx, &region(), None, "", 200).await
}

/// A member of staff of 城东区民政局 with these roles in a region; `n` tells several apart.
pub fn staff(org: OrgId, at: &str, roles: &[Role], n: u8) -> Actor {
    let region = RegionCode::parse(at).expect("a region code");
    let millis = u64::try_from(Instant::at(Day::ymd(2026, 1, 1), 0).millis()).unwrap_or_default();
    let id: Id<Staff> = Id::new(millis, [n; 10]);
    let grants = roles.iter().map(|role| Grant { role: *role, org: None, region, item: None, until: None }).collect();
    Actor::Staff(StaffActor { id, name: format!("测试员{n}"), org, region, grants, token: None })
}

/// The basic code of the specification's fixture, 社会团体成立登记.
pub fn fixture_code() -> BasicCode {
    BasicCode::parse("990111001001").expect("a basic code")
}

/// A guide made from a carried item without a database, by the key of its service's procedure: for tests and samples of pages.
///
/// # Panics
/// For a key that no carried item has.
pub fn sample_guide(service: &str) -> ops::Guide {
    let file = seed::carried().expect("the data files can be read").into_iter().find(|file| file.elements.house.service == service);
    let file = file.expect("a carried item");
    let mut elements = file.elements;
    elements.place.offices = vec![OFFICE.to_owned()];
    let uscc = kernel::Uscc::parse(USCC).expect("a credit code");
    let code = crate::model::ImplCode::compose(&uscc, Level::County, &file.code);
    let text = crate::model::public_text(&elements).expect("a text");
    let situations = elements.situations.iter().filter_map(|row| Some((code.situation(&row.suffix).ok()?, row.name.clone()))).collect();
    let version = crate::model::Version {
        id: Id::new(1_782_871_200_000, [1; 10]),
        item: Id::new(1_782_871_200_000, [2; 10]),
        number: 1,
        basic: None,
        effective_from: file.effective_from,
        effective_to: None,
        text_hash: crate::model::text_hash(&text),
        published_at: Instant::at(Day::ymd(2026, 7, 1), 600),
        elements,
    };
    let item = ItemView {
        id: version.item,
        layer: crate::model::Layer::Implementation,
        code: code.to_string(),
        basic_code: file.code.to_string(),
        region: "990102".to_owned(),
        standing: crate::states::Standing::Live,
        version,
    };
    ops::Guide { item, path: Vec::new(), notice: None, situations }
}
