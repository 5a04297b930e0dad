//! A registration office for tests of this and other crates: a counter with two registrars, facts that are answered, booklets in stock.

use booking::ops::offices;
use booking::{OfficeCard, OfficeId};
use casework::CaseId;
use identity::facts::{FactKind, set_source};
use kernel::{Day, Instant, RegionCode};
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Grant, OrgId, Result, Role, StaffActor};

use crate::model::{Photo, Side};
use crate::ops::{
    InterviewInput, Open, PaperInput, PartyInput, RegistrarInput, Registered, Registration, Signed, accept, confirm_party, confirm_photo, enter_party, examine, identify,
    interview, network_check, open, photo, receive_booklets, register, set_registrar, sign,
};
use crate::parameters::questions;
use crate::parties::PartyKind;
use crate::ports::Ports;
use crate::{KIND_DIVORCE, KIND_DOMESTIC, KIND_FOREIGN, KIND_FOREIGN_DIVORCE};

/// A counter with everything it needs.
pub struct World {
    /// Clock, database, post.
    pub platform: TestPlatform,
    /// The office, in region 990101.
    pub office: OfficeCard,
    /// Our own tables for facts, no devices.
    pub ports: Ports,
    staff: [Actor; 2],
}

/// A person at the counter, as typed.
pub fn person(name: &str, id_no: &str, phone: &str) -> PartyInput {
    PartyInput { name: name.to_owned(), id_no: id_no.to_owned(), marital: "10".to_owned(), phone: phone.to_owned(), ..PartyInput::default() }
}

/// M1 of the specification, a man born on 20 May 2004.
pub fn m1() -> PartyInput {
    person("张测试", "990101200405200017", "13800000001")
}

/// F1 of the specification, a woman born on 11 March 2006.
pub fn f1() -> PartyInput {
    person("李样例", "990101200603110020", "13800000002")
}

/// A woman from abroad with all that she has to bring; her proof of having no spouse is authenticated in this way.
pub fn foreigner(authentication: &str) -> PartyInput {
    PartyInput {
        name: "Anna BEISPIEL".to_owned(),
        name_zh: "安娜".to_owned(),
        kind: "6".to_owned(),
        nationality: "DEU".to_owned(),
        id_no: "C01X00T47".to_owned(),
        birth: "1999-02-28".to_owned(),
        sex: "2".to_owned(),
        id_valid_to: "2031-01-01".to_owned(),
        marital: "10".to_owned(),
        phone: "13800000009".to_owned(),
        papers: vec![PaperInput {
            kind: "no_spouse".to_owned(),
            number: "17/2026".to_owned(),
            issuer: "Standesamt Musterstadt".to_owned(),
            issued_on: "2026-03-02".to_owned(),
            country: "DEU".to_owned(),
            authentication: authentication.to_owned(),
            translation: "translated".to_owned(),
        }],
        ..PartyInput::default()
    }
}

/// Opens the office with two registrars, every source of facts answering, and `booklets` blank booklets from 10000001 on.
pub async fn world(db: ::store::Db, booklets: u32) -> World {
    let platform = platform::testing::platform(db);
    platform.set_now(Instant::at(Day::ymd(2026, 5, 20), 600));
    platform::testing::regions(&platform).await.expect("the test regions");
    let system = platform.system();
    let region = RegionCode::parse("990101").expect("a test region");
    let org = identity::testing::organisation(&system, region).await;
    let office = office(&system, org, region, "990101-01", &[KIND_DOMESTIC, KIND_DIVORCE, KIND_FOREIGN, KIND_FOREIGN_DIVORCE]).await;
    for kind in FactKind::ALL {
        set_source(&system, kind, true, "测试").await.expect("a source");
    }
    let staff = [registrar(&system, &office, "甲登记员"), registrar(&system, &office, "乙登记员")];
    let world = World { platform, office, ports: Ports::local(), staff };
    for (n, actor) in world.staff.iter().enumerate() {
        on_duty(&world.platform.system(), actor, n, world.office.id).await;
    }
    if booklets > 0 {
        receive_booklets(&world.registrar(), world.office.id, crate::BookletKind::Marriage, "10000001", &format!("{}", 10_000_000 + booklets)).await.expect("booklets");
    }
    world
}

async fn on_duty(system: &Ctx, actor: &Actor, n: usize, office: OfficeId) {
    let staff = actor.staff().expect("staff").id;
    let input = RegistrarInput { staff, registrar_no: format!("R{n}"), office, exam_on: "2025-06-01".to_owned(), on_duty: true };
    set_registrar(system, input).await.expect("a registrar");
}

async fn office(system: &Ctx, org: OrgId, region: RegionCode, code: &str, kinds: &[&str]) -> OfficeCard {
    let input = offices::OfficeInput {
        name_zh: "城中区民政局婚姻登记处".into(),
        name_en: "Chengzhong Marriage Registry".into(),
        address_zh: "测试省甲市城中区人民路1号".into(),
        address_en: "1 Renmin Road, Chengzhong, Jia City".into(),
        phones: "0990-1234567".into(),
        position: String::new(),
        counters: "2".into(),
        kinds: kinds.join("\n"),
        week: std::array::from_fn(|n| if n < 5 { "00:00-24:00".to_owned() } else { String::new() }),
        active: true,
    };
    let id = offices::create(system, org, region, code, &input).await.expect("a new office");
    booking::ops::read::office_by_id(system, id).await.expect("the office just made")
}

fn registrar(system: &Ctx, office: &OfficeCard, name: &str) -> Actor {
    let grant = |role| Grant { role, org: Some(office.org), region: office.region, item: None, until: None };
    Actor::Staff(StaffActor {
        id: system.id(),
        name: name.to_owned(),
        org: office.org,
        region: office.region,
        grants: vec![grant(Role::Registrar), grant(Role::Reviewer)],
        token: None,
    })
}

impl World {
    /// The registrar who acts, at the clock's present moment.
    pub fn registrar(&self) -> Ctx {
        self.platform.as_actor(self.staff[0].clone())
    }

    /// His colleague, who confirms what he typed.
    pub fn colleague(&self) -> Ctx {
        self.platform.as_actor(self.staff[1].clone())
    }

    /// The administrator of the bureau, who keeps its lists.
    pub fn administrator(&self) -> Ctx {
        let Actor::Staff(registrar) = &self.staff[0] else { unreachable!("registrars are staff") };
        let grant = Grant { role: Role::SystemAdmin, org: Some(self.office.org), region: self.office.region, item: None, until: None };
        self.platform.as_actor(Actor::Staff(StaffActor { grants: vec![grant], ..registrar.clone() }))
    }

    /// The colleague works at a second office of the bureau from now on, which is not designated for parties from abroad.
    pub async fn colleague_moves(&self) -> OfficeId {
        let system = self.platform.system();
        let there = office(&system, self.office.org, self.office.region, "990101-02", &[KIND_DOMESTIC, KIND_DIVORCE]).await;
        on_duty(&system, &self.staff[1], 1, there.id).await;
        there.id
    }

    /// The office.
    pub fn office(&self) -> OfficeId {
        self.office.id
    }

    /// Opens a case, enters and confirms both, identifies them and takes in their declarations: ready to be accepted. Returns the
    /// case and its version.
    pub async fn entered(&self, a: &PartyInput, b: &PartyInput) -> Result<(CaseId, i64)> {
        let ctx = self.registrar();
        let for_abroad = Some([a, b].iter().any(|party| PartyKind::from_code(&party.kind).is_some_and(PartyKind::from_abroad)));
        let case = open(&ctx, Open { office: self.office.id, booking: None, for_abroad }).await?;
        enter_party(&ctx, &self.ports, case, 1, Side::A, a).await?;
        enter_party(&ctx, &self.ports, case, 2, Side::B, b).await?;
        let colleague = self.colleague();
        confirm_party(&colleague, case, 3, Side::A).await?;
        confirm_party(&colleague, case, 4, Side::B).await?;
        let seen = self.declared(case, 5).await?;
        Ok((case, seen))
    }

    /// Identifies both and takes in their declarations; returns the version after it.
    pub async fn declared(&self, case: CaseId, seen: i64) -> Result<i64> {
        let ctx = self.registrar();
        identify(&ctx, &self.ports, case, seen, true).await?;
        for (n, side) in (1..).zip(Side::BOTH) {
            let signed = Signed { side, no_spouse: true, no_kin: true, scan: "0".repeat(64) };
            sign(&ctx, case, seen + n, signed).await?;
        }
        Ok(seen + 3)
    }

    /// Accepts, checks, interviews, takes the photo and examines; returns the version after it.
    pub async fn examined(&self, case: CaseId, seen: i64) -> Result<i64> {
        let ctx = self.registrar();
        accept(&ctx, &self.ports, case, seen).await?;
        network_check(&ctx, &self.ports, case, seen + 1).await?;
        interview(&ctx, case, seen + 2, &willing()).await?;
        photo(&ctx, case, seen + 3, Photo { file: "1".repeat(64), width: 600, height: 420, confirmed: false }).await?;
        confirm_photo(&ctx, case, seen + 4).await?;
        examine(&ctx, &self.ports, case, seen + 5).await?;
        Ok(seen + 6)
    }

    /// Registers with two booklets.
    pub async fn registers(&self, case: CaseId, seen: i64, names: &str, serials: [&str; 2]) -> Result<Registered> {
        let [serial_a, serial_b] = serials.map(str::to_owned);
        let input = Registration { case, seen, serial_a, serial_b, confirmation: names.to_owned() };
        register(&self.registrar(), &self.ports, input).await
    }

    /// The whole way of a couple.
    pub async fn marries(&self, a: &PartyInput, b: &PartyInput, serials: [&str; 2]) -> Result<Registered> {
        let (case, seen) = self.entered(a, b).await?;
        let seen = self.examined(case, seen).await?;
        self.registers(case, seen, &format!("{} {}", a.name, b.name), serials).await
    }
}

/// An interview in which both say yes to everything.
pub fn willing() -> InterviewInput {
    let answers = questions().questions.iter().flat_map(|q| Side::BOTH.map(|side| (q.id.clone(), side, true))).collect();
    InterviewInput { answers, suspicion: "0".to_owned(), note: String::new(), medical_told: true }
}
