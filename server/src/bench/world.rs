//! What is measured on: offices with slots, and citizens with tokens, made once and copied for every run.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use booking::testing::{IMPL_CODE, NewOffice};
use booking::{SlotId, ops::book::Book};
use booking::details::PartyInput;
use kernel::{Clock, Day, Instant};
use platform::ports::{Files, FolderMailer, FolderSms, OsRandom, SoftwareSigner};
use platform::{Actor, CitizenActor, Ctx, Parts, Platform, RequestMeta, Settings};
use store::Db;
use store::keys::Keys;

/// Tasks, connections and writers at once.
pub(super) const TASKS: usize = 64;

/// A citizen who will book one slot.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) actor: Actor,
    pub(super) bearer: String,
    pub(super) slot: SlotId,
    pub(super) phone: String,
}

impl Wish {
    /// Its idempotency key: one a person.
    pub(super) fn key(&self) -> String {
        format!("bench-{}", self.actor.key())
    }

    /// What the operation is asked.
    pub(super) fn input(&self) -> Book {
        let booker = PartyInput { phone: self.phone.clone(), ..PartyInput::default() };
        Book { slot: Some(self.slot), impl_code: IMPL_CODE.into(), booker, request_key: self.key(), ..Book::default() }
    }

    /// The same for a program.
    pub(super) fn body(&self) -> String {
        serde_json::json!({ "slot": self.slot, "item": IMPL_CODE, "booker": { "phone": self.phone } }).to_string()
    }

    /// The context of the booker's request.
    pub(super) fn ctx(&self, platform: &Platform) -> Ctx {
        platform.ctx(self.actor.clone(), RequestMeta { request_id: "bench".to_owned(), channel: 1, ..RequestMeta::default() })
    }
}

/// What a run needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Citizens who book.
    pub(super) people: usize,
    /// Slots over which they spread.
    pub(super) slots: usize,
    /// Places in each slot.
    pub(super) places: i64,
}

/// Fills a migrated, empty database.
pub(super) async fn build(db: Db, plan: Plan) -> Result<Vec<Wish>> {
    let platform = Arc::new(platform::testing::platform(db));
    platform::testing::regions(&platform).await?;
    let slots = slots(&platform, plan).await?;
    let mut made = tokio::task::JoinSet::new();
    for task in 0..TASKS {
        let (platform, slots) = (platform.clone(), slots.clone());
        made.spawn(async move {
            let mut wishes = Vec::new();
            for n in (task..plan.people).step_by(TASKS) {
                let citizen = identity::testing::citizen(&platform, 2).await;
                let actor = Actor::Citizen(CitizenActor { account: citizen.account, person: citizen.person, level: citizen.level });
                let token = identity::tokens::issue_personal(&platform.as_actor(actor.clone()), identity::tokens::NewPersonal::new("bench", 1)).await?;
                wishes.push(Wish { actor, bearer: token.secret, slot: slots[n % slots.len()], phone: citizen.phone });
            }
            anyhow::Ok(wishes)
        });
    }
    let mut wishes = Vec::with_capacity(plan.people);
    while let Some(of_task) = made.join_next().await {
        wishes.extend(of_task.context("making citizens panicked")??);
    }
    Ok(wishes)
}

/// Slots of as many offices as are needed, from the next day on.
async fn slots(platform: &platform::testing::TestPlatform, plan: Plan) -> Result<Vec<SlotId>> {
    let (mut slots, mut number) = (Vec::new(), 0);
    while slots.len() < plan.slots {
        number += 1;
        let code = String::leak(format!("990101-{number:02}"));
        let office = NewOffice { code, places: plan.places, ..NewOffice::default() };
        let office = booking::testing::office(platform, booking::testing::single(), office).await;
        for day in [2, 3, 6, 7, 8] {
            // 09:00–12:00 and 13:30–17:00, half an hour each
            for minute in (540..720).step_by(30).chain((810..1020).step_by(30)) {
                slots.push(booking::testing::slot(&platform.system(), &office, Day::ymd(2026, 7, day), minute).await.id);
            }
        }
    }
    slots.truncate(plan.slots);
    Ok(slots)
}

/// The moment of the tests, at which the slots can be booked.
struct Standing;

impl Clock for Standing {
    fn now(&self) -> Instant {
        Instant::at(Day::ymd(2026, 7, 1), 600)
    }
}

/// A platform over a copy, with random numbers of its own.
pub(super) fn open(db: Db, folder: &std::path::Path) -> Result<Platform> {
    let keys = Arc::new(Keys::for_tests());
    Ok(Platform::new(Parts {
        files: Files::open(folder.join("files"), keys.clone())?,
        signer: Arc::new(SoftwareSigner::from_secret(&[7; 32]).context("a key")?),
        mail: Arc::new(FolderMailer::open(folder.join("mail"))?),
        sms: Arc::new(FolderSms::open(folder.join("sms"))?),
        clock: Arc::new(Standing),
        random: Arc::new(OsRandom),
        settings: Settings::default(),
        db,
        keys,
    }))
}
