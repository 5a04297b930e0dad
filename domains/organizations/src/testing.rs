//! A registering authority for tests of this and other crates, and organisations in its register.

use std::sync::atomic::{AtomicU32, Ordering};

use kernel::{Day, Fen, RegionCode, Uscc};
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, OrgId, Role, StaffActor};

use crate::model::{Content, Flags, Kind, NewEntry, OrganizationId, Private, Status, Supervision};
use crate::register;

/// 城东区民政局 of the test world, with its staff.
pub struct World {
    /// Clock, database, post.
    pub p: TestPlatform,
    /// The authority.
    pub authority: OrgId,
    /// 990102.
    pub region: RegionCode,
    /// Takes applications in.
    pub clerk: StaffActor,
    /// Examines.
    pub examiner: StaffActor,
    /// Reviews.
    pub reviewer: StaffActor,
    /// Decides.
    pub approver: StaffActor,
    /// The head of the bureau.
    pub head: StaffActor,
    /// Keeps its lists and code segments.
    pub administrator: StaffActor,
}

/// The authority with one member of staff of every role, at 10:00 on 1 July 2026.
///
/// # Panics
/// If the world cannot be made.
pub async fn world(db: ::store::Db) -> World {
    let p = platform::testing::platform(db);
    let region = RegionCode::parse("990102").expect("a test region");
    let staff = |roles: &'static [Role]| identity::testing::staff(&p, "990102", roles);
    let clerk = staff(&[Role::Clerk]).await;
    World {
        authority: clerk.org,
        region,
        examiner: staff(&[Role::Examiner]).await,
        reviewer: staff(&[Role::Reviewer]).await,
        approver: staff(&[Role::Approver]).await,
        head: staff(&[Role::Head]).await,
        administrator: staff(&[Role::SystemAdmin]).await,
        clerk,
        p,
    }
}

impl World {
    /// A member of staff at the moment that the clock shows.
    pub fn as_staff(&self, staff: &StaffActor) -> Ctx {
        self.p.as_actor(Actor::Staff(staff.clone()))
    }
}

/// Plausible base data of an organisation in existence.
pub fn content(name: &str, kind: Kind) -> Content {
    Content {
        name: name.to_owned(),
        name_minority: String::new(),
        name_en: String::new(),
        kind,
        subtype: "1".to_owned(),
        industry: "04".to_owned(),
        status: Status::Active,
        purpose: "服务社区居民".to_owned(),
        scope: "社区服务、交流培训".to_owned(),
        activity_area: "城东区".to_owned(),
        address: "甲市城东区和平路1号".to_owned(),
        legal_representative: "张测试".to_owned(),
        funds: Fen::yuan(50_000),
        authority: "城东区民政局".to_owned(),
        supervision: Supervision::Dual,
        supervisor: "城东区教育局".to_owned(),
        industry_department: String::new(),
        party_organization: String::new(),
        charity_since: None,
        established_on: Some(Day::ymd(2020, 3, 2)),
        certificate: None,
        charter_on: None,
        contact: String::new(),
        website: String::new(),
        staff: Some(6),
        members: None,
        unit_members: None,
        branches: Vec::new(),
    }
}

/// The next code under 990102 of this kind: never the same within a test program.
///
/// # Panics
/// Never: the parts are of their form.
pub fn code(kind: Kind) -> Uscc {
    code_of(RegionCode::parse("990102").expect("a test region"), kind)
}

fn code_of(region: RegionCode, kind: Kind) -> Uscc {
    static SERIAL: AtomicU32 = AtomicU32::new(1);
    let serial = SERIAL.fetch_add(1, Ordering::SeqCst);
    Uscc::new(kind.prefix(), region, &format!("YY{serial:06}")).expect("of its form")
}

/// An organisation in the register of the test authority.
///
/// # Panics
/// If it is refused.
pub async fn registered(w: &World, name: &str, kind: Kind) -> OrganizationId {
    entered(w, content(name, kind)).await
}

/// The same with other base data.
///
/// # Panics
/// If it is refused.
pub async fn entered(w: &World, content: Content) -> OrganizationId {
    enters(&w.p.system(), (w.authority, w.region), content, Some("990102199003070011")).await.0
}

/// An organisation with these base data in the register of any authority, led by whoever has this number: its id and credit code.
///
/// # Panics
/// If it is refused.
pub async fn enters(ctx: &Ctx, of: (OrgId, RegionCode), content: Content, number: Option<&str>) -> (OrganizationId, String) {
    enters_for("establishment", ctx, of, content, number).await
}

/// An organisation that the test authority takes over from the register it kept before, led by whoever has this number.
///
/// # Panics
/// If it is refused.
pub async fn taken_over(w: &World, name: &str, kind: Kind, number: Option<&str>) -> OrganizationId {
    enters_for("import", &w.p.system(), (w.authority, w.region), content(name, kind), number).await.0
}

async fn enters_for(reason: &str, ctx: &Ctx, (authority, region): (OrgId, RegionCode), content: Content, number: Option<&str>) -> (OrganizationId, String) {
    let uscc = code_of(region, content.kind);
    let code = uscc.to_string();
    let entry = NewEntry {
        id: ctx.id(),
        uscc: Some(uscc),
        region,
        authority,
        effective_on: content.established_on.unwrap_or(ctx.today()),
        reason: reason.to_owned(),
        private: number.map(|number| Private { legal_representative_no: number.to_owned(), ..Private::default() }),
        flags: Flags { charity: content.charity_since.is_some(), ..Flags::default() },
        content,
    };
    let id = ctx
        .db()
        .write(|tx| {
            let (ctx, entry) = (ctx.clone(), entry.clone());
            async move { register::enter(&tx, &ctx, entry).await }
        })
        .await
        .expect("entered");
    (id, code)
}
