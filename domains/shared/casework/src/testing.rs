//! A fictional service for tests: 便民店铺命名. It runs the whole life of a case, so that the engine cannot be made for one service.

use catalog::model::{Elements, ItemView, Level};
use catalog::seed::ItemFile;
use identity::testing::Citizen;
use kernel::{Day, Instant, RegionCode};
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Result, Role, StaffActor};
use ::store::Db;

use crate::matters::{Declaration, install};
use crate::model::{Answers, CaseType, Party};
use crate::ops::{self, Act, Attach, Moved, Save, Saved, Submit, Submitted};
use crate::{CaseId, Owner};

/// The declaration of the fictional service.
///
/// # Panics
/// If the carried file cannot be read.
pub fn shop_sign() -> CaseType {
    toml::from_str(include_str!("../data/testing/shop-sign.toml")).expect("the carried declaration can be read")
}

/// The test world with an item published in 城东区, staff of every kind, and a citizen.
pub struct World {
    /// The platform.
    pub p: TestPlatform,
    /// The item.
    pub item: ItemView,
    /// 预审.
    pub precheck: StaffActor,
    /// 窗口受理.
    pub clerk: StaffActor,
    /// 审查.
    pub examiner: StaffActor,
    /// 审核.
    pub reviewer: StaffActor,
    /// 决定.
    pub approver: StaffActor,
    /// 制证.
    pub maker: StaffActor,
    /// 送达.
    pub deliverer: StaffActor,
    /// 负责人.
    pub head: StaffActor,
    /// A citizen of level 2.
    pub citizen: Citizen,
}

/// The world as it is carried.
pub async fn world(db: Db) -> World {
    world_with(db, vec![Declaration::data(shop_sign())], |_| {}).await
}

/// The world with other declarations and a changed item.
///
/// # Panics
/// If the world cannot be made.
pub async fn world_with(db: Db, declarations: Vec<Declaration>, change: impl Fn(&mut Elements)) -> World {
    let mut file = catalog::seed::read(include_str!("../data/testing/shop-sign-item.toml")).expect("the carried item can be read");
    change(&mut file.elements);
    world_for(db, declarations, file).await
}

/// The world with the item of a service instead of the fictional one.
///
/// # Panics
/// If the world cannot be made.
pub async fn world_for(db: Db, declarations: Vec<Declaration>, file: ItemFile) -> World {
    let p = platform::testing::platform(db);
    let now = p.now();
    // Published long before, so that tests may begin on any day of the year.
    p.set_now(Instant::at(Day::ymd(2026, 1, 5), 600));
    platform::testing::regions(&p).await.expect("regions");
    install(&p, declarations).expect("declarations without contradiction");
    let staff = |roles: &'static [Role]| identity::testing::staff(&p, "990102", roles);
    let clerk = staff(&[Role::Clerk]).await;
    let org = clerk.org;
    let (system, code, service) = (p.system(), file.code.clone(), file.elements.house.service.clone());
    catalog::seed::define_one(&system, RegionCode::parse("990000").expect("a region"), file).await.expect("defined");
    catalog::seed::implement(&system, &code, org, Level::County, vec![catalog::testing::OFFICE.to_owned()]).await.expect("published");
    p.set_now(now);
    let region = RegionCode::parse("990102").expect("a region");
    let item = catalog::ops::of_service(&system, &service, &region).await.expect("items").into_iter().next().expect("the item");
    World {
        item,
        clerk,
        precheck: staff(&[Role::Precheck]).await,
        examiner: staff(&[Role::Examiner]).await,
        reviewer: staff(&[Role::Reviewer]).await,
        approver: staff(&[Role::Approver]).await,
        maker: staff(&[Role::Maker]).await,
        deliverer: staff(&[Role::Deliverer]).await,
        head: staff(&[Role::Head]).await,
        citizen: identity::testing::citizen(&p, 2).await,
        p,
    }
}

/// Answers that are right.
pub fn answers() -> Answers {
    [("kind", "new"), ("sign", "春风便民店"), ("area", "35"), ("opens_on", "2026-09-01"), ("street", "中心街道和平路1号")]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
}

/// The smallest PDF that is taken for one.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

impl World {
    /// A member of staff at the moment that the clock shows.
    pub fn as_staff(&self, staff: &StaffActor) -> Ctx {
        self.p.as_actor(Actor::Staff(staff.clone()))
    }

    /// The citizen at the moment that the clock shows.
    pub fn as_citizen(&self) -> Ctx {
        self.p.as_actor(self.citizen.actor())
    }

    /// Sets the clock to a minute of a day.
    pub fn at(&self, day: Day, minute: u16) {
        self.p.set_now(Instant::at(day, minute));
    }

    /// Saves a draft of the citizen with these answers, and the papers that are needed for a new shop.
    ///
    /// # Panics
    /// If it cannot be saved.
    pub async fn draft(&self, answers: Answers) -> ops::Draft {
        let ctx = self.as_citizen();
        let save = Save { impl_code: self.item.code.clone(), seen: 0, answers, party: Party::Own };
        let Saved::Draft(draft) = ops::save(&ctx, save).await.expect("saved") else { panic!("nobody else saves") };
        for key in ["plan", "lease"] {
            let file = Attach { to: Owner::Draft(draft.id), key: key.to_owned(), file_name: format!("{key}.pdf"), bytes: PDF.to_vec() };
            ops::attach(&ctx, file).await.expect("attached");
        }
        draft
    }

    /// Submits as the citizen.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn submitted(&self) -> Submitted {
        let draft = self.draft(answers()).await;
        ops::submit(&self.as_citizen(), Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect("submitted")
    }

    /// The version of a case.
    ///
    /// # Panics
    /// If there is none.
    pub async fn version(&self, case: CaseId) -> i64 {
        crate::head(self.p.db(), case).await.expect("a case").version
    }

    /// Makes a move as a member of staff who has seen the newest version.
    ///
    /// # Errors
    /// Those of the move.
    pub async fn moves(&self, staff: &StaffActor, case: CaseId, act: Act) -> Result<Moved> {
        let seen = self.version(case).await;
        ops::act(&self.as_staff(staff), case, Act { seen, ..act }).await
    }

    /// Takes a submitted case to its receipt.
    ///
    /// # Panics
    /// If a move is refused.
    pub async fn received(&self) -> CaseId {
        let case = self.submitted().await.case;
        self.moves(&self.clerk, case, Act::new("receive", 0)).await.expect("received");
        case
    }

    /// Takes a case to its acceptance.
    ///
    /// # Panics
    /// If a move is refused.
    pub async fn accepted(&self) -> CaseId {
        let case = self.received().await;
        self.moves(&self.clerk, case, Act::new("accept", 0)).await.expect("accepted");
        case
    }

    /// Takes a case to the examiner.
    ///
    /// # Panics
    /// If a move is refused.
    pub async fn examining(&self) -> CaseId {
        let case = self.accepted().await;
        self.moves(&self.examiner, case, Act::new("take", 0)).await.expect("taken");
        case
    }

    /// Takes a case to its decision.
    ///
    /// # Panics
    /// If a move is refused.
    pub async fn deciding(&self) -> CaseId {
        let case = self.examining().await;
        let opinion = |verb: &str| Act { opinion: "名称合规".into(), ..Act::new(verb, 0) };
        self.moves(&self.examiner, case, opinion("propose")).await.expect("proposed");
        self.moves(&self.reviewer, case, opinion("agree")).await.expect("agreed");
        case
    }
}
