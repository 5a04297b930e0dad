//! The world of the surge: offices with a sought-after day, its release, couples with sessions, and a clerk.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use booking::release::announce::{Announce, announce};
use booking::release::join::{Join, join};
use booking::testing::NewOffice;
use data_encoding::BASE32_NOPAD;
use identity::session::{Subject, start};
use kernel::{Clock as _, Day, Instant, Sex};
use platform::ports::SystemClock;
use platform::testing::TestPlatform;
use platform::{Actor, CitizenActor, Role, Settings};
use store::keys::{Keys, Purpose};
use store::record::record;
use store::{Db, Options, q};

use super::{BASE, COUPLES, Couple, PLACES, Place};
use crate::bench::booking::{Lists, bare};
use crate::bench::world::TASKS;

/// Offices that release their day together.
const OFFICES: usize = 20;
/// Half hours of the day at each.
const SLOTS: usize = 10;
/// Couples whose joins are recorded and run again without HTTP.
const RECORDED: usize = 3000;

/// What the measurement needs to know of it.
pub(super) struct Made {
    pub(super) release: String,
    pub(super) couples: Vec<Couple>,
    /// The session cookie of the clerk.
    pub(super) clerk: String,
    /// Joins a second as bare statements.
    pub(super) bare: f64,
}

/// A citizen and his partner's number.
struct Pair {
    actor: Actor,
    couple: Couple,
}

/// Fills an empty database, and leaves the key ring in the data folder.
pub(super) async fn build(place: &Place, data: &Path) -> Result<Made> {
    let db = open(&place.url(BASE)).await?;
    db.migrate().await?;
    Keys::for_tests().save(&data.join(crate::start::KEYS))?;
    let platform = Arc::new(platform::testing::platform(db.clone()));
    let now = SystemClock.now();
    platform.set_now(now.plus_minutes(-10));
    platform::testing::regions(&platform).await?;
    let (release, clerk) = release(&platform, now).await?;
    platform.set_now(now);
    let clerk = start(&platform.system(), Subject::Staff(clerk)).await?.token;
    let pairs = pairs(&platform).await?;
    // Letters about the new sessions are not what is measured.
    db.write(|tx| async move { q("DELETE FROM outbox").exec(&tx).await }).await?;
    db.close().await;
    let bare = bare_joins(place, now, &release, &pairs).await?;
    Ok(Made { release, couples: pairs.into_iter().map(|pair| pair.couple).collect(), clerk, bare })
}

/// Without waiting for the disk: nothing is measured here.
async fn open(url: &str) -> Result<Db> {
    Ok(Db::open(&Options { durable: false, ..Options::new(url.to_owned()) }).await?)
}

/// The first day from the third on at which the offices are open, and its release, open for joining and giving places.
async fn release(platform: &TestPlatform, now: Instant) -> Result<(String, platform::StaffId)> {
    let mut offices = Vec::new();
    for n in 1..=OFFICES {
        let code = String::leak(format!("990101-{n:02}"));
        let places = i64::try_from(PLACES / OFFICES / SLOTS)?;
        let new = NewOffice { code, places, hours: "09:00-14:00", ..NewOffice::default() };
        offices.push(booking::testing::office(platform, booking::testing::profile(), new).await);
    }
    let first = offices.first().context("no office")?;
    let mut day: Day = now.day().plus_days(3);
    while booking::ops::read::slots(&platform.system(), first.id, booking::testing::KIND, day, day).await?.len() < SLOTS {
        day = day.plus_days(1);
        ensure!(now.day().days_until(day) < 20, "the offices have no open day");
    }
    let admin = platform.as_actor(booking::testing::staff(platform, first, Role::SystemAdmin));
    let at = |minutes: i64| {
        let at = now.plus_minutes(minutes);
        format!("{} {}", at.day(), at.hm())
    };
    let input = Announce {
        impl_code: booking::testing::IMPL_CODE.into(),
        offices: offices.iter().map(|office| office.code.as_str()).collect::<Vec<_>>().join(" "),
        day: day.to_string(),
        mode: "ARRIVAL".into(),
        join_at: at(-5),
        join_until: at(180),
        turns_at: at(-5),
        ends_at: at(360),
        turn_minutes: "60".into(),
        at_once: "5000".into(),
        network_minute: "0".into(),
        joins_each: "3".into(),
        ..Announce::default()
    };
    let release = announce(&admin, &input).await?;
    let clerk = identity::testing::staff(platform, "990101", &[Role::Clerk, Role::Registrar]).await;
    Ok((release.to_string(), clerk.id))
}

/// Citizens with sessions; each knows the number of the person with whom he comes.
async fn pairs(platform: &Arc<TestPlatform>) -> Result<Vec<Pair>> {
    let mut made = tokio::task::JoinSet::new();
    for task in 0..TASKS {
        let platform = platform.clone();
        made.spawn(async move {
            let mut pairs = Vec::new();
            for n in (task..COUPLES).step_by(TASKS) {
                pairs.push(pair(&platform, u32::try_from(n)?).await?);
            }
            anyhow::Ok(pairs)
        });
    }
    let mut pairs = Vec::with_capacity(COUPLES);
    while let Some(of_task) = made.join_next().await {
        pairs.extend(of_task.context("making couples panicked")??);
    }
    Ok(pairs)
}

async fn pair(platform: &TestPlatform, n: u32) -> Result<Pair> {
    let citizen = identity::testing::citizen(platform, 2).await;
    let ctx = platform.system();
    let session = start(&ctx, Subject::Account(citizen.account)).await?;
    // As the pages do it: see `http::csrf`.
    let secret = BASE32_NOPAD.encode(&ctx.random::<16>()).to_lowercase();
    let hash = ctx.keys().hash(Purpose::Cookie, &format!("form {secret} {}", session.token));
    let couple = Couple {
        cookie: format!("tb_session={}; tb_form={secret}", session.token),
        csrf: BASE32_NOPAD.encode(&hash[..16]).to_lowercase(),
        phone: citizen.phone.clone(),
        partner_name: "测丙".into(),
        partner_number: identity::testing::id_number(Day::ymd(1980, 1, 1).plus_days(i64::from(n / 500)), Sex::Female, n),
    };
    Ok(Pair { actor: Actor::Citizen(CitizenActor { account: citizen.account, person: citizen.person, level: citizen.level }), couple })
}

/// Joins a second with nothing but their statements, on copies: once to record them, once to run them with every commit on disk.
async fn bare_joins(place: &Place, now: Instant, release: &str, pairs: &[Pair]) -> Result<f64> {
    for copy in ["recorded", "bare"] {
        place.copy(copy).await?;
    }
    let platform = platform::testing::with_keys(open(&place.url("recorded")).await?, Settings::default(), Keys::for_tests());
    platform.set_now(now);
    let release = release.parse()?;
    let mut lists = Vec::with_capacity(RECORDED);
    for pair in pairs.iter().take(RECORDED) {
        let asked = Join { partner_id_no: pair.couple.partner_number.clone() };
        let (joined, list) = record(join(&platform.as_actor(pair.actor.clone()), release, &asked)).await;
        joined.context("a join that should succeed")?;
        lists.push(list);
    }
    let lists: Lists = Arc::new(lists);
    let db = Db::open_url(&place.url("bare")).await?;
    let rate = bare(&db, &lists).await?;
    db.close().await;
    Ok(rate.a_second)
}
