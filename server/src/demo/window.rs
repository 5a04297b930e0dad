//! Two applications that a counter of another city takes in for the home bureau: one waits to be signed in, one to be sent.

use casework::cross::{self, Handover, Method, Mode, Section};
use casework::ops::{self, Intake, Paper};
use casework::{ApplicantKind, Contact};
use catalog::model::Scope;
use identity::NewGrant;
use identity::ops::{AddStaff, add_staff};
use kernel::{Channel, IdType, RegionCode};
use platform::regions::Organisation;
use platform::{Actor, Ctx, Error, Platform, RequestMeta, Result, Role, StaffActor, regions};

use super::assistance::{ITEM, answers};
use super::people::{Invented, couple};
use super::{HOME, PASSWORD};

/// The invented couple that applies; see `super::people`.
const APPLICANTS: usize = 490;

/// Takes both in.
pub(crate) async fn hand_over(platform: &Platform) -> Result<()> {
    let system = Ctx::system(platform, "demo");
    let home = RegionCode::parse(HOME.region).map_err(Error::internal)?;
    let item = catalog::ops::nearest(&system, &home, ITEM).await?.code;
    let Some(place) = another_city(&system, home).await? else { return Ok(()) };
    let clerk = clerk_of(&system, &place).await?;
    let ctx = platform.ctx(Actor::Staff(clerk.clone()), RequestMeta { request_id: "demo".to_owned(), channel: 2, ..RequestMeta::default() });
    let (he, she) = couple(APPLICANTS, system.today());
    ops::take_in(&ctx, intake(&item, &he, &clerk, 0)).await?;
    let page = cross::packets(&ctx, Section::ToSend, None).await?;
    for line in page.lines {
        cross::send(&ctx, line.packet.id, "").await?;
    }
    ops::take_in(&ctx, intake(&item, &she, &clerk, 1)).await.map(drop)
}

/// A body of the province from which the home bureau is in another city.
async fn another_city(ctx: &Ctx, home: RegionCode) -> Result<Option<Organisation>> {
    for org in regions::organisations(ctx.db(), &ctx.settings().region).await? {
        if cross::needed(ctx, org.region, home).await? == Some(Scope::Cities) {
            return Ok(Some(org));
        }
    }
    Ok(None)
}

async fn clerk_of(ctx: &Ctx, place: &Organisation) -> Result<StaffActor> {
    let name = "卫窗口".to_owned();
    let grants = vec![NewGrant::new(Role::Clerk, place.region)];
    let input = AddStaff { username: "window1".into(), name: name.clone(), org: place.uscc.clone(), password: PASSWORD.into(), grants, admin: false };
    let id = add_staff(ctx, input).await?.id;
    let grants = vec![platform::Grant { role: Role::Clerk, org: None, region: place.region, item: None, until: None }];
    Ok(StaffActor { id, name, org: place.id, region: place.region, grants, token: None })
}

fn intake(item: &str, one: &Invented, clerk: &StaffActor, n: usize) -> Intake {
    Intake {
        impl_code: item.to_owned(),
        kind: ApplicantKind::Person,
        name: one.name.clone(),
        number: one.id_no.clone(),
        id_type: IdType::RESIDENT,
        contact: Contact { phone: Some(one.phone.clone()), ..Contact::default() },
        answers: answers(n),
        papers: vec![Paper { key: "bank_card".to_owned(), originals: 0, copies: 1, scan: None }],
        lacking: Vec::new(),
        channel: Channel::Counter,
        at: clerk.region,
        residence: None,
        handover: Some(Handover { mode: Mode::Proxy, identity: Some(Method::Card), papers: false, delivery: None }),
    }
}
