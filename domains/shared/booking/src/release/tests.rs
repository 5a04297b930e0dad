//! Releases on both engines. The clock stands at 10:00 on Wednesday, 1 July 2026; nothing runs unless a test runs it.

use std::sync::Arc;

use kernel::{Day, Instant};
use platform::testing::{TestPlatform, platform, regions};
use platform::{Actor, Ctx, Error};
use store::{Db, db_test, q};

use super::announce::{Announce, announce, cancel, enter_value};
use super::join::{Join, join, leave};
use super::{Entry, EntryState, Phase, Release, ReleaseId, check, draw, proof, read, turn, work};
use crate::details::PartyInput;
use crate::ops::confirm::Confirm;
use crate::ops::hold::{Hold, hold};
use crate::ops::{confirm::confirm, read as booked};
use crate::testing::{self, IMPL_CODE, NewOffice};
use crate::{BookingId, OfficeCard, SlotId, State, jobs};

const DAY: &str = "2026-07-20";

fn july(day: i8, hour: u16, minute: u16) -> Instant {
    Instant::at(Day::ymd(2026, 7, day), hour * 60 + minute)
}

struct World {
    platform: TestPlatform,
    office: OfficeCard,
}

/// One of a couple, with what the other is called.
struct Half {
    actor: Actor,
    own: PartyInput,
    other: PartyInput,
}

impl World {
    /// An office that opens from nine to ten, so that its day has two slots of `places` each.
    async fn new(db: Db, places: i64) -> Self {
        let platform = platform(db);
        regions(&platform).await.expect("the test world's regions");
        let office = testing::office(&platform, testing::profile(), NewOffice { places, hours: "09:00-10:00", ..NewOffice::default() }).await;
        Self { platform, office }
    }

    fn at(&self, now: Instant) -> &Self {
        self.platform.set_now(now);
        self
    }

    fn ctx(&self, actor: &Actor) -> Ctx {
        self.platform.as_actor(actor.clone())
    }

    fn form(&self, mode: &str) -> Announce {
        Announce {
            impl_code: IMPL_CODE.into(),
            offices: self.office.code.clone(),
            day: DAY.into(),
            mode: mode.into(),
            join_at: "2026-07-02 10:00".into(),
            join_until: "2026-07-02 12:00".into(),
            turns_at: "2026-07-02 12:00".into(),
            ends_at: "2026-07-03 12:00".into(),
            turn_minutes: "15".into(),
            at_once: "1000".into(),
            network_minute: "0".into(),
            joins_each: "3".into(),
            source_zh: "福彩3D第2026175期开奖号码".into(),
            source_en: "Lottery 3D, issue 2026175".into(),
        }
    }

    async fn announced(&self, mode: &str) -> ReleaseId {
        announce(&self.platform.system(), &self.form(mode)).await.expect("a sound announcement")
    }

    async fn couple(&self) -> (Half, Half) {
        let (his, hers) = (testing::details("李测试"), testing::details("王测试"));
        let (he, she) = (testing::citizen(&self.platform, &his).await, testing::citizen(&self.platform, &hers).await);
        (Half { actor: he, own: his.clone(), other: hers.clone() }, Half { actor: she, own: hers, other: his })
    }

    async fn joins(&self, half: &Half, id: ReleaseId) -> platform::Result<Entry> {
        join(&self.ctx(&half.actor), id, &Join { partner_id_no: half.other.id_no.clone() }).await
    }

    async fn works(&self) {
        work::round(&self.platform.system()).await.expect("a round");
    }

    async fn entry(&self, half: &Half, id: ReleaseId) -> Entry {
        read::mine(&self.ctx(&half.actor), id).await.expect("readable").expect("an entry")
    }

    async fn release(&self, id: ReleaseId) -> Release {
        read::release(&self.platform.system(), id).await.expect("the release")
    }

    async fn slot(&self, minute: u16) -> SlotId {
        testing::slot(&self.platform.system(), &self.office, DAY.parse().expect("a day"), minute).await.id
    }

    async fn books(&self, half: &Half, id: ReleaseId, slot: SlotId) -> platform::Result<BookingId> {
        turn::book(&self.ctx(&half.actor), id, slot, "release-key", self.filled(&half.other)).await
    }

    fn filled(&self, other: &PartyInput) -> Confirm {
        Confirm { phone: "13800138000".into(), partner: Some(other.clone()), needs: String::new() }
    }
}

fn refused<T: std::fmt::Debug>(outcome: platform::Result<T>, code: &str) {
    let error = outcome.expect_err("a refusal");
    assert!(error.has_code(code), "{code} expected, got {error:?}");
    assert!(error.issues().iter().all(|issue| !issue.message.zh.is_empty() && !issue.message.en.is_empty()));
}

db_test!(p9_1_places_of_a_released_day_go_by_order_and_then_to_everybody, |db| async move {
    let world = World::new(db, 1).await;
    let id = world.announced("ARRIVAL").await;
    let (first, second) = (world.couple().await.0, world.couple().await.0);
    let third = world.couple().await.0;
    let slot = world.slot(540).await;
    world.at(july(2, 10, 0));
    let straight = Hold { slot, impl_code: IMPL_CODE.into(), request_key: "straight-1".into() };
    refused(hold(&world.ctx(&third.actor), straight.clone()).await, "E-P902");
    for half in [&first, &second, &third] {
        assert_eq!(world.joins(half, id).await.expect("joined").state, EntryState::Waiting);
        world.at(world.platform.now().plus_secs(10));
    }
    world.works().await;
    for (half, place) in [(&first, 1), (&second, 2), (&third, 3)] {
        assert_eq!(world.entry(half, id).await.place, Some(place));
    }
    world.at(july(2, 11, 0)).works().await;
    assert_eq!(world.entry(&first, id).await.state, EntryState::Waiting, "places are given from noon on");
    refused(world.books(&first, id, slot).await, "E-BK24");
    world.at(july(2, 12, 0)).works().await;
    let release = world.release(id).await;
    assert_eq!((release.phase(july(2, 12, 0)), release.figures.served, release.figures.free, release.figures.placed), (Phase::Giving, 2, 2, 3));
    assert_eq!(world.entry(&third, id).await.state, EntryState::Waiting, "two places, two turns");
    assert_eq!(turn::slots(&world.ctx(&first.actor), id).await.expect("his turn").len(), 2);
    refused(turn::slots(&world.ctx(&third.actor), id).await, "E-BK24");
    let booking = world.books(&first, id, slot).await.expect("booked");
    assert_eq!(world.books(&first, id, slot).await.expect("sent twice"), booking);
    refused(world.books(&second, id, slot).await, "E-P905");
    assert_eq!(world.entry(&second, id).await.state, EntryState::Turn, "a full time does not cost the turn");
    world.works().await;
    assert_eq!(world.release(id).await.figures.free, 1, "what is left is public");

    // the second lets the turn pass: by the clock at once, and then the third has it
    world.at(july(2, 12, 15));
    assert_eq!(world.entry(&second, id).await.state_at(july(2, 12, 15)), EntryState::Passed);
    refused(world.books(&second, id, world.slot(570).await).await, "E-BK24");
    world.works().await;
    assert_eq!(world.entry(&third, id).await.state, EntryState::Turn);
    let held = turn::choose(&world.ctx(&third.actor), id, world.slot(570).await, "release-key").await.expect("held");
    // the hold ends without being confirmed: the place goes to nobody outside of the order
    world.at(july(2, 12, 40));
    jobs::sweep(&world.platform.system()).await.expect("swept");
    assert_eq!(booked::booking(&world.ctx(&third.actor), held).await.expect("there").state, State::Lapsed);
    world.works().await;
    assert_eq!(world.release(id).await.figures.free, 1);
    world.at(july(3, 11, 59));
    let straight = Hold { slot: world.slot(570).await, request_key: "straight-2".into(), ..straight };
    refused(hold(&world.ctx(&second.actor), straight.clone()).await, "E-P902");
    world.at(july(3, 12, 0));
    hold(&world.ctx(&second.actor), straight).await.expect("what is left is for everybody, and no job has run");
});

db_test!(r_mr_44_a_couple_has_one_place_whoever_joins_and_from_however_many_devices, |db| async move {
    let world = Arc::new(World::new(db, 5).await);
    let id = world.announced("ARRIVAL").await;
    let (he, she) = world.couple().await;
    let (he, she) = (Arc::new(he), Arc::new(she));
    world.at(july(2, 10, 0));
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..8 {
        let (world, half) = (world.clone(), if n % 2 == 0 { he.clone() } else { she.clone() });
        tasks.spawn(async move { world.joins(&half, id).await.expect("joined").id });
    }
    let ids: std::collections::BTreeSet<_> = tasks.join_all().await.into_iter().collect();
    assert_eq!(ids.len(), 1, "one entry for both");
    let (other, _) = world.couple().await;
    let poached = Half { actor: he.actor.clone(), own: he.own.clone(), other: other.own.clone() };
    refused(world.joins(&poached, id).await, "E-BK23");
    world.joins(&other, id).await.expect("whom somebody else named is not in line by that");
    // the place cannot be handed on: who books is who waited
    world.at(july(2, 12, 0)).works().await;
    let slot = world.slot(540).await;
    let sold = turn::book(&world.ctx(&she.actor), id, slot, "release-key", world.filled(&other.own)).await;
    refused(sold, "E-BK25");
    let held = world.entry(&she, id).await.booking.expect("the place is held meanwhile");
    confirm(&world.ctx(&she.actor), held, world.filled(&he.own)).await.expect("with him it can be confirmed");
    let booked = booked::booking(&world.ctx(&she.actor), held).await.expect("there");
    assert_eq!(booked.state, State::Booked);
});

db_test!(p9_bad_input_is_refused_with_a_code, |db| async move {
    let world = World::new(db, 5).await;
    let id = world.announced("ARRIVAL").await;
    let (he, _) = world.couple().await;
    refused(world.joins(&he, id).await, "E-BK21");
    world.at(july(2, 10, 0));
    let Actor::Citizen(mut unknown) = he.actor.clone() else { panic!("a citizen") };
    unknown.person = None;
    let unknown = Half { actor: Actor::Citizen(unknown), own: he.own.clone(), other: he.other.clone() };
    refused(world.joins(&unknown, id).await, "E-P903");
    assert!(matches!(join(&world.ctx(&Actor::Anonymous), id, &Join::default()).await, Err(Error::SignIn)));
    for (number, code) in [("990101199001010013", "C-E01"), (he.own.id_no.as_str(), "E-BK09")] {
        refused(join(&world.ctx(&he.actor), id, &Join { partner_id_no: number.into() }).await, code);
    }
    assert!(join(&world.ctx(&he.actor), id, &Join::default()).await.is_err(), "a couple has two people");
    // somebody who has an appointment of this kind
    let (booked, _) = world.couple().await;
    let slot = testing::slot(&world.platform.system(), &world.office, Day::ymd(2026, 7, 9), 540).await;
    let held = hold(&world.ctx(&booked.actor), Hold { slot: slot.id, impl_code: IMPL_CODE.into(), request_key: "before-1".into() }).await.expect("held");
    confirm(&world.ctx(&booked.actor), held, world.filled(&booked.other)).await.expect("booked");
    refused(world.joins(&booked, id).await, "E-P904");
    // joining, leaving, joining at the end, three times in all
    for _ in 0..3 {
        world.joins(&he, id).await.expect("joined");
        world.at(world.platform.now().plus_secs(5)).works().await;
        leave(&world.ctx(&he.actor), id).await.expect("left");
    }
    refused(world.joins(&he, id).await, "E-BK27");
    assert_eq!(world.release(id).await.figures.placed, 3, "every place is given once");
    world.at(july(2, 12, 0));
    refused(world.joins(&world.couple().await.0, id).await, "E-BK22");
    for (field, typed) in [("day", "2026-06-01"), ("join_at", "soon"), ("turns_at", "2026-07-01 00:00"), ("ends_at", "2026-07-21 00:01"), ("offices", "nowhere")] {
        let mut form = Announce { day: "2026-07-21".into(), ..world.form("ARRIVAL") };
        *match field {
            "day" => &mut form.day,
            "join_at" => &mut form.join_at,
            "turns_at" => &mut form.turns_at,
            "ends_at" => &mut form.ends_at,
            _ => &mut form.offices,
        } = typed.into();
        let error = announce(&world.platform.system(), &form).await.expect_err("refused");
        assert!(error.issues().iter().any(|issue| issue.field.as_deref() == Some(field)), "{field}: {error:?}");
    }
});

db_test!(p9_5_a_network_is_slowed_down_and_the_others_are_not, |db| async move {
    let world = World::new(db, 5).await;
    let form = Announce { network_minute: "3".into(), ..world.form("ARRIVAL") };
    let id = announce(&world.platform.system(), &form).await.expect("announced");
    world.at(july(2, 10, 0));
    for _ in 0..3 {
        world.joins(&world.couple().await.0, id).await.expect("joined");
    }
    let (late, _) = world.couple().await;
    let slowed = world.joins(&late, id).await;
    assert!(matches!(&slowed, Err(Error::TooMany { wait_secs: 60, .. })), "{slowed:?}");
    refused(slowed, "E-BK26");
    world.at(july(2, 10, 2));
    world.joins(&late, id).await.expect("a minute later");
});

db_test!(p9_5_a_clock_that_was_set_back_puts_nobody_before_those_in_line, |db| async move {
    let world = World::new(db, 5).await;
    let id = world.announced("ARRIVAL").await;
    let (first, late) = (world.couple().await.0, world.couple().await.0);
    world.at(july(2, 11, 0));
    world.joins(&first, id).await.expect("joined");
    world.at(july(2, 11, 1)).works().await;
    world.at(july(2, 10, 30));
    world.joins(&late, id).await.expect("joined by a clock that was set back");
    world.at(july(2, 10, 31)).works().await;
    assert_eq!((world.entry(&first, id).await.place, world.entry(&late, id).await.place), (Some(1), Some(2)));
});

db_test!(p9_5_many_at_once_get_every_place_once_in_order_of_receipt, |db| async move {
    let world = Arc::new(World::new(db, 10).await);
    let id = world.announced("ARRIVAL").await;
    let mut halves = Vec::new();
    for _ in 0..40 {
        halves.push(Arc::new(world.couple().await.0));
    }
    world.at(july(2, 10, 0));
    let mut tasks = tokio::task::JoinSet::new();
    for half in &halves {
        let (world, half) = (world.clone(), half.clone());
        tasks.spawn(async move { world.joins(&half, id).await.expect("joined") });
    }
    tasks.join_all().await;
    world.at(july(2, 12, 0));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let world = world.clone();
        workers.spawn(async move { world.works().await });
    }
    workers.join_all().await;
    let places: Vec<(i64,)> = q("SELECT place FROM release_entry ORDER BY received_at, id").all(world.platform.db()).await.expect("places");
    assert_eq!(places, (1..=40).map(|n| (n,)).collect::<Vec<_>>());
    let (turns,): (i64,) = q("SELECT COUNT(*) FROM release_entry WHERE state = 'TURN'").one(world.platform.db()).await.expect("turns");
    assert_eq!(turns, 20, "as many turns as places, however many workers");
});

db_test!(p9_5_a_draw_is_committed_to_closed_and_checked_by_anybody, |db| async move {
    let world = World::new(db, 1).await;
    let id = world.announced("DRAW").await;
    let facts = |release: &Release| release.draw.clone().expect("a draw");
    let promised = facts(&world.release(id).await);
    assert_eq!((promised.commitment.len(), promised.closed.is_none()), (32, true));
    let raw: Vec<(Vec<u8>,)> = q("SELECT seed FROM slot_release").all(world.platform.db()).await.expect("the sealed seed");
    assert_ne!(draw::commitment(&raw[0].0).to_vec(), promised.commitment, "the seed does not stand in clear");
    let mut halves = Vec::new();
    world.at(july(2, 10, 0));
    for _ in 0..5 {
        let half = world.couple().await.0;
        world.joins(&half, id).await.expect("joined");
        halves.push(half);
    }
    let system = world.platform.system();
    refused(enter_value(&system, id, "312").await, "E-BK29");
    world.at(july(2, 12, 1)).works().await;
    let closed = world.release(id).await;
    let (_, root) = facts(&closed).closed.expect("the list is closed");
    refused(world.joins(&world.couple().await.0, id).await, "E-BK22");
    world.works().await;
    assert_eq!((closed.figures.listed, closed.phase(july(2, 12, 1))), (5, Phase::Closed), "without the value nothing is drawn");
    assert!(matches!(enter_value(&world.ctx(&halves[0].actor), id, "312").await, Err(Error::Denied(_) | Error::NotFound | Error::SignIn)));
    let system = world.platform.system();
    enter_value(&system, id, "312").await.expect("entered");
    refused(enter_value(&system, id, "313").await, "E-BK29");
    leave(&world.ctx(&halves[4].actor), id).await.expect("left before the draw");
    world.works().await;
    let drawn = world.release(id).await;
    let (_, seed) = facts(&drawn).drawn.expect("the seed is revealed");
    let receipts: Vec<String> = proof::receipts(&system, &drawn, 0).await.expect("public").iter().map(ToString::to_string).collect();
    let order = draw::verify(&promised.commitment, &seed, "312", &root, &receipts).expect("anybody finds the same order");
    for half in &halves[..4] {
        let entry = world.entry(half, id).await;
        let place = usize::try_from(entry.place.expect("drawn")).expect("from 1");
        assert_eq!(receipts[order[place - 1]], entry.id.to_string());
        let proof = proof::of_receipt(&system, &drawn, entry.id).await.expect("readable").expect("on the list");
        assert!(draw::included(entry.id.to_string().as_bytes(), &proof.path, &root));
    }
    world.works().await;
    let (turns,): (i64,) = q("SELECT COUNT(*) FROM release_entry WHERE state = 'TURN'").one(world.platform.db()).await.expect("turns");
    assert_eq!(turns, 2, "the first two in the order who have not left");
});

db_test!(p9_15_a_release_that_is_called_off_gives_its_day_back, |db| async move {
    let world = World::new(db, 1).await;
    let id = world.announced("ARRIVAL").await;
    refused(announce(&world.platform.system(), &world.form("ARRIVAL")).await, "E-BK28");
    world.at(july(2, 10, 0));
    let (he, _) = world.couple().await;
    world.joins(&he, id).await.expect("joined");
    cancel(&world.platform.system(), id).await.expect("called off");
    refused(world.joins(&world.couple().await.0, id).await, "E-BK22");
    let slot = world.slot(540).await;
    hold(&world.ctx(&he.actor), Hold { slot, impl_code: IMPL_CODE.into(), request_key: "after-all".into() }).await.expect("ordinary booking again");
    world.announced("ARRIVAL").await;
});

db_test!(p9_5_everybody_who_was_told_that_he_joined_is_on_the_list_however_slow_the_write, |db| async move {
    let world = World::new(db, 1).await;
    let id = world.announced("DRAW").await;
    let (early, late) = (world.couple().await.0, world.couple().await.0);
    world.at(july(2, 10, 0)).joins(&early, id).await.expect("joined");
    let account = world.entry(&early, id).await.account;
    let new = |n: u8| crate::store::entries::New {
        id: crate::release::EntryId::new(1, [n; 10]),
        release: id,
        account,
        couple_hash: vec![n],
        network_hash: vec![n],
        received_at: july(2, 11, 59),
    };
    // A join that is being written while the list is closed, far longer than any grace.
    let (written, go_on) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
    let slow = world.platform.db().write(|tx| {
        let (slow, written, go_on) = (new(1), &written, &go_on);
        async move {
            assert!(crate::store::entries::insert(&tx, &slow).await?);
            written.notify_one();
            go_on.notified().await;
            go_on.notify_one();
            Ok::<_, Error>(())
        }
    });
    let closing = async {
        written.notified().await;
        world.at(july(2, 12, 1));
        let mut closing = std::pin::pin!(world.works());
        let waited = tokio::time::timeout(std::time::Duration::from_millis(200), &mut closing).await.is_err();
        go_on.notify_one();
        if waited {
            closing.await;
        }
        waited
    };
    let (slow, waited) = tokio::join!(slow, closing);
    slow.expect("joined");
    assert!(waited, "the list is closed once nobody writes a join");
    world.works().await;
    let release = world.release(id).await;
    let listed = proof::receipts(&world.platform.system(), &release, 0).await.expect("closed");
    assert_eq!((listed.len(), listed.contains(&new(1).id)), (2, true));
    let after = world.platform.db().write(|tx| async move { crate::store::entries::insert(&tx, &new(2)).await }).await.expect("asked");
    assert!(!after, "nobody gets onto a closed list");
    world.at(july(2, 11, 59));
    refused(world.joins(&late, id).await, "E-BK22");
    let report = check::check(&world.platform.system(), id).await.expect("checked");
    assert_eq!(report.findings, [check::Finding::NotDrawn]);
    world.at(july(2, 12, 2));
    enter_value(&world.platform.system(), id, "175").await.expect("the value");
    world.works().await;
    let report = check::check(&world.platform.system(), id).await.expect("checked");
    assert_eq!((report.entrants, report.findings.len()), (2, 0), "{report:?}");
});

db_test!(releases_that_end_at_one_moment_are_each_on_one_page_of_the_list, |db| async move {
    let world = World::new(db, 1).await;
    for day in 20..25 {
        let form = Announce { day: format!("2026-07-{day}"), ..world.form("ARRIVAL") };
        announce(&world.platform.system(), &form).await.expect("announced");
    }
    let (system, mut after, mut seen) = (world.platform.system(), None, Vec::new());
    loop {
        let page = read::administered(&system, world.office.region, after, 2).await.expect("listed");
        let Some(last) = page.last() else { break };
        after = Some((last.times.ends_at, last.id));
        seen.extend(page.iter().map(|release| release.id));
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (5, 5));
});
