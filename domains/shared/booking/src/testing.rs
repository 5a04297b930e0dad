//! A booking world for tests of this and other crates: offices with slots, citizens who may book, staff of the counter.

use std::sync::atomic::{AtomicU32, Ordering};

use identity::{PersonDraft, persons};
use kernel::document::{DocumentNumber, IdType};
use kernel::{Day, RegionCode, Text};
use platform::regions::{Organisation, put_organisation};
use platform::testing::TestPlatform;
use platform::{Actor, CitizenActor, Ctx, Grant, OrgId, PersonId, Role, StaffActor};

use crate::details::PartyInput;
use crate::ops::{offices, plans};
use crate::{OfficeCard, Profile, SlotCard, Unit, profiles, store};

/// The item under which [`profile`] is booked: an implementation code of a fictional county body.
pub const IMPL_CODE: &str = "11990126YY9990101F4000799001001";
/// The kind of business of [`profile`].
pub const KIND: &str = "test.couple";

/// A profile like marriage's: a couple, thirty calendar days ahead.
pub fn profile() -> Profile {
    Profile {
        couple: true,
        unit: Unit::CalendarDays,
        days_ahead: 30,
        basic_codes: vec!["000799001001".into()],
        ..Profile::p9(KIND, Text::new("测试登记", "Test registration"))
    }
}

/// The same with the limits of P9 unchanged: one person, five open days ahead.
pub fn single() -> Profile {
    Profile { couple: false, unit: Unit::OpenDays, days_ahead: 5, ..profile() }
}

/// An office to be made.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// Public code.
    pub code: &'static str,
    /// Region; it must exist.
    pub region: &'static str,
    /// Kind of business.
    pub kind: String,
    /// Places in each slot of half an hour.
    pub places: i64,
    /// Share released online, in percent.
    pub online_percent: u8,
    /// Hours of every working day, for office and slots.
    pub hours: &'static str,
}

impl Default for NewOffice {
    fn default() -> Self {
        Self { code: "990101-01", region: "990101", kind: KIND.into(), places: 10, online_percent: 100, hours: "09:00-12:00 13:30-17:00" }
    }
}

/// Declares the profile, and opens an office with slots under it. The regions of the test world must be in.
pub async fn office(platform: &TestPlatform, profile: Profile, new: NewOffice) -> OfficeCard {
    let system = platform.system();
    profiles::declare(&system, vec![profile]).await.expect("a sound profile");
    let region = RegionCode::parse(new.region).expect("a region");
    let org = organisation(&system, region).await;
    let input = offices::OfficeInput {
        name_zh: "城中区民政局测试登记处".into(),
        name_en: "Test Registry of Chengzhong".into(),
        address_zh: "测试省甲市城中区人民路1号".into(),
        address_en: "1 Renmin Road, Chengzhong, Jia City".into(),
        phones: "0990-1234567".into(),
        position: "120.1,30.2".into(),
        counters: "4".into(),
        kinds: new.kind.clone(),
        week: std::array::from_fn(|n| if n < 5 { new.hours.to_owned() } else { String::new() }),
        active: true,
    };
    offices::create(&system, org, region, new.code, &input).await.expect("a new office");
    let plan = plans::PlanInput {
        item_kind: new.kind,
        weekdays: vec![1, 2, 3, 4, 5],
        on_special: true,
        hours: new.hours.into(),
        minutes: "30".into(),
        places: new.places.to_string(),
        online_percent: new.online_percent.to_string(),
        ..plans::PlanInput::default()
    };
    plans::add(&system, new.code, &plan).await.expect("a sound plan");
    crate::ops::read::office(&system, new.code).await.expect("the office just made")
}

/// The organisation of a region in the test world.
pub async fn organisation(system: &Ctx, region: RegionCode) -> OrgId {
    let org = Organisation { id: system.id(), uscc: format!("11{}YY9990101F", region.county().as_str()), name: Text::new("测试民政局", "Test bureau"), region };
    system
        .db()
        .write(|tx| {
            let org = org.clone();
            async move { put_organisation(&tx, &org).await }
        })
        .await
        .expect("an organisation")
}

/// The slot of an office that starts at a minute of a day.
pub async fn slot(ctx: &Ctx, office: &OfficeCard, day: Day, minute: u16) -> SlotCard {
    let start = kernel::Instant::at(day, minute);
    let kind = office.kinds.first().expect("an office with business");
    let slots = store::slots::between(ctx.db(), office.id, kind, day, day).await.expect("the database answers");
    slots.into_iter().find(|slot| slot.start == start).expect("a slot at this time")
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A new fictional person's details: born on 1990-01-01 in the test region 990101, with a valid number.
pub fn details(name: &str) -> PartyInput {
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let day = Day::ymd(1950, 1, 1).plus_days(i64::from(n / 999));
    let body = format!("990101{}{:03}", day.compact(), n % 999 + 1);
    let check = kernel::iso7064::mod_11_2(&body).expect("seventeen digits");
    PartyInput { name: name.to_owned(), id_type: "111".into(), id_no: format!("{body}{check}"), phone: "13800138000".into() }
}

/// The person of these details, as `identity` knows him.
pub async fn person(platform: &TestPlatform, details: &PartyInput) -> PersonId {
    let system = platform.system();
    let number = DocumentNumber::parse(IdType::RESIDENT, &details.id_no, system.today()).expect("a valid number");
    let draft = PersonDraft::new(&system, &details.name, &number, "CHN", None).expect("a name");
    system
        .db()
        .write(|tx| {
            let (ctx, draft) = (system.clone(), draft.clone());
            async move { persons::ensure(&tx, &ctx, &draft).await }
        })
        .await
        .expect("a person")
}

/// A signed-in citizen at level 2 with these details; no account is stored, so nothing is mailed.
pub async fn citizen(platform: &TestPlatform, details: &PartyInput) -> Actor {
    let person = person(platform, details).await;
    Actor::Citizen(CitizenActor { account: platform.system().id(), person: Some(person), level: 2 })
}

/// A member of staff of an office with one role in its region.
pub fn staff(platform: &TestPlatform, office: &OfficeCard, role: Role) -> Actor {
    Actor::Staff(StaffActor {
        id: platform.system().id(),
        name: "测试员".into(),
        org: office.org,
        region: office.region,
        grants: vec![Grant { role, org: None, region: office.region, item: None, until: None }],
        token: None,
    })
}
