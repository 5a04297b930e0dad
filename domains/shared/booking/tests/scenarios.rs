//! The rules P9-1 … P9-8 and P9-15, R-MR-44, 45 and 47, and the scenarios of P9.4 that belong to booking, on both engines.
//!
//! The test platform's clock stands at 10:00 on Wednesday, 1 July 2026. No job runs unless a test runs it.

use booking::details::PartyInput;
use booking::ops::book::{Book, book};
use booking::ops::close::{Closure, close, kept_for};
use booking::ops::confirm::{Confirm, confirm};
use booking::ops::hold::{Hold, hold};
use booking::ops::move_to::move_to;
use booking::ops::partner::{self, ByCode};
use booking::ops::wait::{self, Join};
use booking::ops::{cancel::cancel, desk, lift::lift, openings, read};
use booking::testing::{self, IMPL_CODE, KIND, NewOffice};
use booking::{BookingId, OfficeCard, Profile, SlotId, State, jobs};
use kernel::{Day, Instant, Text};
use platform::testing::{TestPlatform, platform, regions};
use platform::{Actor, Ctx, Error, Role};
use store::{Db, db_test, q};

const JULY: fn(i8) -> Day = |day| Day::ymd(2026, 7, day);

struct World {
    platform: TestPlatform,
    office: OfficeCard,
}

impl World {
    async fn new(db: Db, profile: Profile, office: NewOffice) -> Self {
        Self::since(Instant::at(JULY(1), 600), db, profile, office).await
    }

    /// The office opened at a moment.
    async fn since(opened: Instant, db: Db, profile: Profile, office: NewOffice) -> Self {
        let platform = platform(db);
        platform.set_now(opened);
        regions(&platform).await.expect("the test world's regions");
        let office = testing::office(&platform, profile, office).await;
        Self { platform, office }
    }

    /// One person a booking, five open days ahead, `places` online in each slot.
    async fn single(db: Db, places: i64) -> Self {
        Self::new(db, testing::single(), NewOffice { places, ..NewOffice::default() }).await
    }

    async fn citizen(&self) -> (Actor, PartyInput) {
        let details = testing::details("李测试");
        (testing::citizen(&self.platform, &details).await, details)
    }

    fn at(&self, now: Instant) -> &Self {
        self.platform.set_now(now);
        self
    }

    fn ctx(&self, actor: &Actor) -> Ctx {
        self.platform.as_actor(actor.clone())
    }

    async fn slot(&self, day: Day, minute: u16) -> SlotId {
        testing::slot(&self.platform.system(), &self.office, day, minute).await.id
    }

    async fn books(&self, actor: &Actor, slot: SlotId, key: &str) -> platform::Result<BookingId> {
        book(&self.ctx(actor), request(slot, key)).await
    }

    async fn left(&self, slot: SlotId) -> i64 {
        let ctx = self.platform.system();
        read::slot(&ctx, slot).await.expect("the slot").left(ctx.now())
    }
}

fn request(slot: SlotId, key: &str) -> Book {
    let booker = PartyInput { phone: "13800138000".into(), ..PartyInput::default() };
    Book { slot: Some(slot), impl_code: IMPL_CODE.into(), booker, request_key: format!("test-key-{key}"), ..Book::default() }
}

fn refused<T: std::fmt::Debug>(outcome: platform::Result<T>, code: &str) {
    let error = outcome.expect_err("a refusal");
    assert!(error.has_code(code), "{code} expected, got {error:?}");
}

db_test!(p9_2_books_from_the_next_to_the_fifth_open_day, |db| async move {
    // P9.4 scenario 1
    let world = World::single(db, 10).await;
    let (li, _) = world.citizen().await;
    let (second, eighth, ninth) = (world.slot(JULY(2), 600).await, world.slot(JULY(8), 600).await, world.slot(JULY(9), 600).await);
    refused(world.books(&li, ninth, "ninth").await, "E-P902");
    let booked = world.books(&li, second, "second").await.expect("the next day can be booked");
    cancel(&world.ctx(&li), booked).await.expect("there is time");
    world.books(&li, eighth, "eighth").await.expect("the fifth open day can be booked");
    let (wang, _) = world.citizen().await;
    world.at(Instant::at(JULY(2), 0));
    refused(world.books(&wang, second, "same-day").await, "E-P901");
});

db_test!(p9_1_releases_at_eight_to_the_second_without_the_job, |db| async move {
    let world = World::single(db, 1).await;
    let (li, _) = world.citizen().await;
    let ninth = world.slot(JULY(9), 600).await;
    let eight = Instant::at(JULY(2), 480);
    world.at(eight.plus_secs(-1));
    assert_eq!(world.left(ninth).await, 0);
    let early = world.books(&li, ninth, "early").await.expect_err("not released");
    assert!(early.issues()[0].message.zh.contains("08:00"), "the release is told: {early:?}");
    world.at(eight);
    assert_eq!(world.left(ninth).await, 1);
    world.books(&li, ninth, "on-time").await.expect("released");
});

db_test!(p9_2_closes_at_midnight_to_the_second, |db| async move {
    let world = World::single(db, 2).await;
    let (li, _) = world.citizen().await;
    let (wang, _) = world.citizen().await;
    let second = world.slot(JULY(2), 540).await;
    world.at(Instant::at(JULY(2), 0).plus_secs(-1));
    world.books(&li, second, "23:59:59").await.expect("still the day before");
    world.at(Instant::at(JULY(2), 0));
    refused(world.books(&wang, second, "00:00:00").await, "E-P901");
});

db_test!(p9_3_needs_a_real_name, |db| async move {
    let world = World::single(db, 1).await;
    let slot = world.slot(JULY(2), 540).await;
    let account = world.platform.system().id();
    for (person, level) in [(None, 2), (Some(world.platform.system().id()), 1)] {
        let actor = Actor::Citizen(platform::CitizenActor { account, person, level });
        refused(world.books(&actor, slot, "nobody").await, "E-P903");
    }
    assert!(matches!(world.books(&Actor::Anonymous, slot, "nobody").await, Err(Error::SignIn)));
});

db_test!(p9_4_one_a_day_one_an_item_and_the_number_is_told, |db| async move {
    // P9.4 scenario 2
    let world = World::single(db, 10).await;
    let (li, _) = world.citizen().await;
    let first = world.books(&li, world.slot(JULY(2), 540).await, "first").await.expect("free");
    let number = read::booking(&world.ctx(&li), first).await.expect("own").number.expect("a number");
    let again = world.books(&li, world.slot(JULY(2), 600).await, "again").await.expect_err("one a day");
    assert!(again.has_code("E-P904") && again.issues()[0].message.zh.contains(&number));
    refused(world.books(&li, world.slot(JULY(3), 600).await, "other-day").await, "E-P904");
});

db_test!(r_mr_44_two_at_the_same_moment_make_one_booking_a_person, |db| async move {
    let world = std::sync::Arc::new(World::single(db, 10).await);
    let (li, _) = world.citizen().await;
    let mut tries = Vec::new();
    for n in 0..8_u16 {
        let slot = world.slot(JULY(2 + (n % 2) as i8), 540 + n / 2 * 30).await;
        let (world, li) = (world.clone(), li.clone());
        tries.push(tokio::spawn(async move { world.books(&li, slot, &format!("parallel-{n}")).await }));
    }
    let mut booked = 0;
    for attempt in tries {
        match attempt.await.expect("no panic") {
            Ok(_) => booked += 1,
            Err(error) => assert!(error.has_code("E-P904"), "{error:?}"),
        }
    }
    assert_eq!(booked, 1);
});

db_test!(p9_5_and_a20_200_at_once_on_20_places_give_exactly_20, |db| async move {
    // P9.4 scenario 3 and A20, with the codes that marriage declares
    let own = booking::OwnCode { code: "MR-E44".into(), message: Text::new("该时段已约满", "This time is fully booked"), rule: "R-MR-44".into() };
    let profile = Profile { codes: [("E-P905".to_owned(), own)].into(), ..testing::single() };
    let world = std::sync::Arc::new(World::new(db.clone(), profile, NewOffice { places: 20, ..NewOffice::default() }).await);
    let slot = world.slot(JULY(2), 540).await;
    let mut people = Vec::new();
    for _ in 0..200 {
        people.push(world.citizen().await.0);
    }
    let tries: Vec<_> = people
        .into_iter()
        .map(|actor| {
            let world = world.clone();
            tokio::spawn(async move { world.books(&actor, slot, "rush").await })
        })
        .collect();
    let (mut booked, mut full) = (0, 0);
    for attempt in tries {
        match attempt.await.expect("no panic") {
            Ok(_) => booked += 1,
            Err(error) if error.has_code("MR-E44") => full += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((booked, full), (20, 180));
    let (taken, rows): (i64, i64) = q("SELECT s.taken_online, (SELECT COUNT(*) FROM booking b WHERE b.slot_id = s.id AND b.state = 'BOOKED') \
         FROM slot s WHERE s.id = $1")
    .bind(slot)
    .one(&db)
    .await
    .expect("counted");
    assert_eq!((taken, rows), (20, 20));
});

db_test!(p9_6_cancels_until_two_hours_before, |db| async move {
    // P9.4 scenario 4
    let world = World::single(db, 10).await;
    let slot = world.slot(JULY(2), 14 * 60).await;
    let (li, _) = world.citizen().await;
    let (wang, _) = world.citizen().await;
    let (a, b) = (world.books(&li, slot, "a").await.expect("free"), world.books(&wang, slot, "b").await.expect("free"));
    world.at(Instant::at(JULY(2), 11 * 60 + 59));
    cancel(&world.ctx(&li), a).await.expect("11:59");
    world.at(Instant::at(JULY(2), 12 * 60 + 1));
    refused(cancel(&world.ctx(&wang), b).await, "E-P906");
    cancel(&world.ctx(&li), a).await.expect("again changes nothing");
});

db_test!(p9_6_moves_twice_and_never_a_third_time, |db| async move {
    let world = World::single(db, 1).await;
    let (li, _) = world.citizen().await;
    let slots = [world.slot(JULY(2), 540).await, world.slot(JULY(3), 540).await, world.slot(JULY(6), 540).await, world.slot(JULY(7), 540).await];
    let id = world.books(&li, slots[0], "moves").await.expect("free");
    let ctx = world.ctx(&li);
    move_to(&ctx, id, slots[1]).await.expect("first move");
    move_to(&ctx, id, slots[1]).await.expect("the same move again changes nothing");
    move_to(&ctx, id, slots[2]).await.expect("second move");
    refused(move_to(&ctx, id, slots[3]).await, "E-P907");
    assert_eq!(world.left(slots[0]).await, 1, "the old place is free again");
    assert_eq!(world.left(slots[2]).await, 0);
    let (wang, _) = world.citizen().await;
    refused(world.books(&wang, slots[2], "full").await, "E-P905");
});

db_test!(p9_6_two_who_swap_never_wait_for_each_other, |db| async move {
    let world = std::sync::Arc::new(World::single(db, 2).await);
    let (one, other) = (world.slot(JULY(2), 540).await, world.slot(JULY(3), 540).await);
    let ((li, _), (wang, _)) = (world.citizen().await, world.citizen().await);
    let (a, b) = (world.books(&li, one, "a").await.expect("free"), world.books(&wang, other, "b").await.expect("free"));
    let (left, right) = (world.ctx(&li), world.ctx(&wang));
    let (there, back) = tokio::join!(tokio::spawn(async move { move_to(&left, a, other).await }), tokio::spawn(async move { move_to(&right, b, one).await }));
    there.expect("no panic").expect("moved");
    back.expect("no panic").expect("moved");
    assert_eq!((world.left(one).await, world.left(other).await), (1, 1));
});

db_test!(p9_7_three_no_shows_block_without_the_job_and_lifting_one_frees, |db| async move {
    // P9.4 scenarios 5 and 6
    let april = Instant::at(Day::ymd(2026, 4, 1), 600);
    let world = World::since(april, db, testing::single(), NewOffice::default()).await;
    let (li, _) = world.citizen().await;
    let clerk = testing::staff(&world.platform, &world.office, Role::Clerk);
    let days = [(Day::ymd(2026, 5, 6), 5), (Day::ymd(2026, 6, 3), 6), (Day::ymd(2026, 7, 1), 7)];
    let mut missed = Vec::new();
    for (day, month) in days {
        world.at(Instant::at(day.plus_days(-1), 600));
        booking::ops::plans::make_slots(&world.platform.system()).await.expect("slots");
        missed.push(world.books(&li, world.slot(day, 540).await, &format!("month-{month}")).await.expect("not blocked yet"));
    }
    world.at(Instant::at(JULY(1), 570).plus_secs(-1));
    let next = world.slot(JULY(2), 540).await;
    refused(world.books(&li, next, "still-open").await, "E-P904");
    world.at(Instant::at(JULY(1), 570));
    let blocked = world.books(&li, next, "blocked").await.expect_err("blocked");
    assert!(blocked.has_code("E-P908") && blocked.issues()[0].params["d"] == "2026-08-31", "{blocked:?}");
    // R-MR-45: at the counter he is served all the same
    desk::walk_in(&world.ctx(&clerk), world.office.id, KIND).await.expect("walk-ins are never blocked");
    jobs::no_shows(&world.platform.system()).await.expect("the job");
    refused(world.books(&li, next, "blocked-by-rows").await, "E-P908");
    lift(&world.ctx(&clerk), missed[1], "系统故障").await.expect("lifted for cause");
    world.books(&li, next, "lifted").await.expect("free at once");
});

db_test!(p9_7_who_came_before_the_end_is_no_no_show, |db| async move {
    let world = World::single(db, 10).await;
    let clerk = testing::staff(&world.platform, &world.office, Role::Registrar);
    let slot = world.slot(JULY(2), 540).await;
    let ((li, _), (wang, _)) = (world.citizen().await, world.citizen().await);
    let (came, late) = (world.books(&li, slot, "came").await.expect("free"), world.books(&wang, slot, "late").await.expect("free"));
    world.at(Instant::at(JULY(2), 570).plus_secs(-1));
    desk::arrive(&world.ctx(&clerk), came).await.expect("one second before the end");
    world.at(Instant::at(JULY(2), 570));
    refused(desk::arrive(&world.ctx(&clerk), late).await, "E-ST01");
    jobs::no_shows(&world.platform.system()).await.expect("the job");
    jobs::no_shows(&world.platform.system()).await.expect("the job, again");
    let states = [came, late].map(|id| (id, world.ctx(&clerk)));
    let mut seen = Vec::new();
    for (id, ctx) in states {
        seen.push(read::booking(&ctx, id).await.expect("at its counter").state);
    }
    assert_eq!(seen, [State::Arrived, State::NoShow]);
});

db_test!(p9_8_a_cancelled_place_is_free_at_once, |db| async move {
    let world = World::single(db, 1).await;
    let slot = world.slot(JULY(2), 540).await;
    let ((li, _), (wang, _)) = (world.citizen().await, world.citizen().await);
    let id = world.books(&li, slot, "li").await.expect("free");
    refused(world.books(&wang, slot, "wang").await, "E-P905");
    cancel(&world.ctx(&li), id).await.expect("in time");
    world.books(&wang, slot, "wang-again").await.expect("free at once");
});

db_test!(a_repeated_request_gives_the_same_booking_and_other_content_is_refused, |db| async move {
    let world = std::sync::Arc::new(World::single(db, 10).await);
    let (li, _) = world.citizen().await;
    let (slot, other) = (world.slot(JULY(2), 540).await, world.slot(JULY(3), 540).await);
    let tries: Vec<_> = (0..5)
        .map(|_| {
            let (world, li) = (world.clone(), li.clone());
            tokio::spawn(async move { world.books(&li, slot, "same").await })
        })
        .collect();
    let mut ids = Vec::new();
    for attempt in tries {
        ids.push(attempt.await.expect("no panic").expect("the same booking"));
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(world.left(slot).await, 9);
    refused(world.books(&li, other, "same").await, "E-BK04");
    refused(world.books(&li, other, "\u{7f}").await, "E-BK08");
});

db_test!(a_hold_ends_by_the_clock_and_the_next_taker_sweeps_it, |db| async move {
    let world = World::new(db, testing::profile(), NewOffice { places: 1, ..NewOffice::default() }).await;
    let slot = world.slot(JULY(2), 540).await;
    let ((li, _), (wang, _)) = (world.citizen().await, world.citizen().await);
    let ask = |key: &str| Hold { slot, impl_code: IMPL_CODE.into(), request_key: format!("hold-key-{key}") };
    world.at(Instant::at(JULY(1), 23 * 60 + 50).plus_secs(-1));
    let held = hold(&world.ctx(&li), ask("li")).await.expect("free");
    assert_eq!(hold(&world.ctx(&li), ask("li")).await.expect("the same form again"), held);
    world.at(Instant::at(JULY(2), 0).plus_secs(-2));
    refused(hold(&world.ctx(&wang), ask("wang")).await, "E-P905");
    world.at(Instant::at(JULY(2), 0).plus_secs(-1));
    let taken = hold(&world.ctx(&wang), ask("wang-again")).await.expect("the hold has ended, no job ran");
    let form = Confirm { phone: "13800138000".into(), partner: Some(testing::details("赵测试")), needs: String::new() };
    refused(confirm(&world.ctx(&li), held, form.clone()).await, "E-BK02");
    let own = confirm(&world.ctx(&wang), taken, form.clone()).await.expect("confirmed in place");
    assert_eq!(own, taken);
    assert_eq!(confirm(&world.ctx(&wang), taken, form).await.expect("the form sent twice"), taken);
    assert_eq!(read::booking(&world.ctx(&wang), taken).await.expect("own").state, State::Booked);
});

db_test!(a_hold_is_one_a_person_and_gives_the_earlier_place_back, |db| async move {
    let world = World::single(db, 1).await;
    let (one, other) = (world.slot(JULY(2), 540).await, world.slot(JULY(3), 540).await);
    let (li, _) = world.citizen().await;
    for (slot, key) in [(one, "first"), (other, "second")] {
        hold(&world.ctx(&li), Hold { slot, impl_code: IMPL_CODE.into(), request_key: format!("hold-key-{key}") }).await.expect("held");
    }
    assert_eq!((world.left(one).await, world.left(other).await), (1, 0));
    world.platform.set_now(world.platform.now().plus_minutes(10));
    jobs::sweep(&world.platform.system()).await.expect("the job");
    assert_eq!(world.left(other).await, 1);
});

db_test!(a_partner_is_bound_only_by_his_own_act_and_nothing_is_told_before, |db| async move {
    let world = World::new(db, testing::profile(), NewOffice::default()).await;
    let (li, _) = world.citizen().await;
    let partner_details = testing::details("王测试");
    let wang = testing::citizen(&world.platform, &partner_details).await;
    // Wang has a booking of his own: that is not told to Li
    let own = book(&world.ctx(&wang), Book { partner: Some(testing::details("甲")), ..request(world.slot(JULY(3), 540).await, "wang") }).await.expect("free");
    let ask = Book { partner: Some(partner_details.clone()), ..request(world.slot(JULY(2), 540).await, "couple") };
    let id = book(&world.ctx(&li), ask).await.expect("the partner is not looked at");
    assert!(matches!(read::booking(&world.ctx(&wang), id).await, Err(Error::NotFound)), "not his until he confirms");
    let code = read::booking(&world.ctx(&li), id).await.expect("own").partner_code.expect("a code");
    let with = |code: &str, id_no: &str| ByCode { code: code.into(), id_no: id_no.into() };
    refused(partner::confirm(&world.ctx(&wang), id, &with("AAAAAAAA", &partner_details.id_no)).await, "E-BK03");
    refused(partner::confirm(&world.ctx(&wang), world.platform.system().id(), &with(&code, &partner_details.id_no)).await, "E-BK03");
    let (stranger, stranger_details) = world.citizen().await;
    refused(partner::confirm(&world.ctx(&stranger), id, &with(&code, &stranger_details.id_no)).await, "E-BK03");
    refused(partner::confirm(&world.ctx(&stranger), id, &with(&code, &partner_details.id_no)).await, "E-BK03");
    refused(partner::confirm(&world.ctx(&wang), id, &with(&code, &partner_details.id_no)).await, "E-P904");
    cancel(&world.ctx(&wang), own).await.expect("in time");
    partner::confirm(&world.ctx(&wang), id, &with(&code.to_lowercase(), &partner_details.id_no)).await.expect("bound");
    read::booking(&world.ctx(&wang), id).await.expect("now it is his, too");
});

db_test!(a_code_stops_working_after_five_wrong_ones, |db| async move {
    let world = World::new(db, testing::profile(), NewOffice::default()).await;
    let (li, _) = world.citizen().await;
    let other = testing::details("王测试");
    let id = book(&world.ctx(&li), Book { partner: Some(other.clone()), ..request(world.slot(JULY(2), 540).await, "couple") }).await.expect("free");
    let code = read::booking(&world.ctx(&li), id).await.expect("own").partner_code.expect("a code");
    for _ in 0..5 {
        refused(partner::confirm(&world.ctx(&Actor::Anonymous), id, &ByCode { code: "WRONG".into(), id_no: other.id_no.clone() }).await, "E-BK03");
    }
    refused(partner::confirm(&world.ctx(&Actor::Anonymous), id, &ByCode { code, id_no: other.id_no }).await, "E-BK03");
});

db_test!(somebody_elses_booking_does_not_exist, |db| async move {
    let world = World::single(db, 10).await;
    let ((li, _), (wang, _)) = (world.citizen().await, world.citizen().await);
    let id = world.books(&li, world.slot(JULY(2), 540).await, "li").await.expect("free");
    let ctx = world.ctx(&wang);
    assert!(matches!(read::booking(&ctx, id).await, Err(Error::NotFound)));
    assert!(matches!(cancel(&ctx, id).await, Err(Error::NotFound)));
    assert!(matches!(move_to(&ctx, id, world.slot(JULY(3), 540).await).await, Err(Error::NotFound)));
    assert!(matches!(desk::arrive(&ctx, id).await, Err(Error::NotFound)));
});

db_test!(a_free_place_goes_down_the_waiting_list_and_then_to_the_pool, |db| async move {
    let world = World::single(db, 1).await;
    let slot = world.slot(JULY(3), 540).await;
    let mut people = Vec::new();
    for _ in 0..4 {
        people.push(world.citizen().await.0);
    }
    let id = world.books(&people[0], slot, "owner").await.expect("free");
    let join = Join { office: world.office.code.clone(), impl_code: IMPL_CODE.into(), from: JULY(2), to: JULY(3) };
    wait::join(&world.ctx(&people[1]), join.clone()).await.expect("first in the queue");
    refused(wait::join(&world.ctx(&people[1]), join.clone()).await, "E-BK06");
    world.at(Instant::at(JULY(1), 601));
    wait::join(&world.ctx(&people[2]), join).await.expect("second in the queue");
    cancel(&world.ctx(&people[0]), id).await.expect("in time");
    refused(world.books(&people[3], slot, "passer-by").await, "E-P905");
    let offer = |n: usize| {
        let ctx = world.ctx(&people[n]);
        async move { wait::mine(&ctx).await.expect("own").remove(0).offer }
    };
    let (first, _, until) = offer(1).await.expect("kept for the first");
    assert_eq!(until, Instant::at(JULY(1), 601).plus_hours(2));
    world.at(until);
    assert!(offer(1).await.is_none(), "over by the clock, no job ran");
    refused(wait::accept(&world.ctx(&people[1]), first).await, "E-BK05");
    refused(world.books(&people[3], slot, "passer-by-2").await, "E-P905");
    let (second, _, until) = offer(2).await.expect("kept for the second: the passer-by swept");
    assert!(matches!(wait::accept(&world.ctx(&people[3]), second).await, Err(Error::NotFound)), "not his offer");
    world.at(until.plus_secs(-1));
    let held = wait::accept(&world.ctx(&people[2]), second).await.expect("one second before the end");
    assert_eq!(wait::accept(&world.ctx(&people[2]), second).await.expect("twice"), held);
    cancel(&world.ctx(&people[2]), held).await.expect("a hold can be let go");
    assert_eq!(world.left(slot).await, 1, "nobody is left who was not asked: the pool has it");
});

db_test!(p9_15_a_closed_office_offers_everybody_another_time, |db| async move {
    // P9.4 scenario 12: 120 bookings, all offered new slots, no no-show
    let world = World::new(db.clone(), testing::single(), NewOffice { places: 20, ..NewOffice::default() }).await;
    let admin = testing::staff(&world.platform, &world.office, Role::SystemAdmin);
    let mut booked = Vec::new();
    for n in 0..120_u16 {
        let (actor, _) = world.citizen().await;
        let id = world.books(&actor, world.slot(JULY(3), 540 + n / 20 * 30).await, "typhoon").await.expect("free");
        booked.push((actor, id));
    }
    let closure = Closure { day: JULY(3), reason: Text::new("台风", "Typhoon") };
    assert!(matches!(close(&world.ctx(&booked[0].0), &world.office.code, closure.clone()).await, Err(Error::Denied(_))));
    close(&world.ctx(&admin), &world.office.code, closure).await.expect("closed");
    for (actor, id) in &booked {
        let (kept, _) = kept_for(&world.ctx(actor), *id).await.expect("own").expect("a place is kept");
        assert!(kept.day > JULY(3));
    }
    world.at(Instant::at(JULY(3), 530));
    let (actor, id) = &booked[0];
    let (kept, _) = kept_for(&world.ctx(actor), *id).await.expect("own").expect("a place is kept");
    move_to(&world.ctx(actor), *id, kept.id).await.expect("free of every limit");
    assert_eq!(read::booking(&world.ctx(actor), *id).await.expect("own").moves, 0);
    world.at(Instant::at(JULY(4), 0));
    jobs::no_shows(&world.platform.system()).await.expect("the job");
    let (no_shows,): (i64,) = q("SELECT COUNT(*) FROM no_show").one(&db).await.expect("counted");
    assert_eq!(no_shows, 0);
});

db_test!(r_mr_45_who_comes_without_a_booking_is_let_in, |db| async move {
    let world = World::new(db, testing::single(), NewOffice { places: 10, online_percent: 70, ..NewOffice::default() }).await;
    let clerk = testing::staff(&world.platform, &world.office, Role::Clerk);
    let mut tickets = Vec::new();
    for _ in 0..4 {
        tickets.push(desk::walk_in(&world.ctx(&clerk), world.office.id, KIND).await.expect("open"));
    }
    assert_eq!(tickets.iter().map(|ticket| ticket.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let next_morning = Instant::at(JULY(2), 525);
    world.at(next_morning.plus_secs(-1));
    let mut placed = 0;
    for _ in 0..4 {
        placed += i64::from(desk::walk_in(&world.ctx(&clerk), world.office.id, KIND).await.expect("open").placed);
    }
    assert_eq!(placed, 3, "before 08:45 only the on-site quota");
    world.at(next_morning);
    assert!(desk::walk_in(&world.ctx(&clerk), world.office.id, KIND).await.expect("open").placed, "from 08:45 all that is left");
});

db_test!(r_mr_47_a_rest_day_is_open_only_when_published_before, |db| async move {
    let own = booking::OwnCode { code: "MR-E47".into(), message: Text::new("该登记处当日不办公", "Closed that day"), rule: "R-MR-47".into() };
    let profile = Profile { codes: [("E-BK01".to_owned(), own)].into(), ..testing::profile() };
    let world = World::new(db, profile, NewOffice::default()).await;
    let (admin, clerk) = (testing::staff(&world.platform, &world.office, Role::SystemAdmin), testing::staff(&world.platform, &world.office, Role::Clerk));
    let (saturday, sunday) = (JULY(4), JULY(5));
    let special = openings::Special { day: saturday, hours: "09:00-12:00".into(), note: Text::new("特别开放", "Special opening") };
    openings::publish(&world.ctx(&admin), &world.office.code, special.clone()).await.expect("ahead");
    let (li, _) = world.citizen().await;
    let slot = world.slot(saturday, 540).await;
    book(&world.ctx(&li), Book { partner: Some(testing::details("王测试")), ..request(slot, "special") }).await.expect("a special opening can be booked");
    world.at(Instant::at(saturday, 600));
    desk::walk_in(&world.ctx(&clerk), world.office.id, KIND).await.expect("open on Saturday");
    world.at(Instant::at(sunday, 600));
    refused(desk::walk_in(&world.ctx(&clerk), world.office.id, KIND).await, "MR-E47");
    let late = openings::Special { day: sunday, ..special };
    refused(openings::publish(&world.ctx(&admin), &world.office.code, late).await, "E-BK08");
});

db_test!(a_clerk_books_for_a_caller_within_his_region_only, |db| async move {
    let world = World::single(db, 10).await;
    let slot = world.slot(JULY(2), 540).await;
    let clerk = testing::staff(&world.platform, &world.office, Role::Clerk);
    let caller = testing::details("赵测试");
    let ask = Book { booker: caller.clone(), ..request(slot, "caller") };
    let id = book(&world.ctx(&clerk), ask.clone()).await.expect("booked");
    let card = read::booking(&world.ctx(&clerk), id).await.expect("at his counter");
    assert_eq!(card.parties[0].details.name, "赵测试");
    assert_eq!(&card.number.expect("a number")[14..15], "7", "channel 7 is the telephone");
    let Actor::Staff(mut elsewhere) = clerk else { unreachable!("staff") };
    elsewhere.grants[0].region = kernel::RegionCode::parse("990202").expect("a region");
    let elsewhere = Actor::Staff(elsewhere);
    assert!(matches!(book(&world.ctx(&elsewhere), Book { request_key: "another-key".into(), ..ask }).await, Err(Error::Denied(_))));
    assert!(matches!(read::booking(&world.ctx(&elsewhere), id).await, Err(Error::NotFound)));
    // the caller himself cannot book again
    let himself = testing::citizen(&world.platform, &caller).await;
    refused(world.books(&himself, world.slot(JULY(3), 540).await, "himself").await, "E-P904");
});

db_test!(a_reminder_goes_out_once_the_day_before_and_names_nobody, |db| async move {
    let world = World::single(db.clone(), 10).await;
    let (li, _) = world.citizen().await;
    world.books(&li, world.slot(JULY(3), 540).await, "reminded").await.expect("free");
    let reminders = || {
        let db = db.clone();
        async move {
            let (n,): (i64,) = q("SELECT COUNT(*) FROM outbox WHERE dedupe LIKE 'booking-reminder-%'").one(&db).await.expect("counted");
            n
        }
    };
    jobs::remind(&world.platform.system()).await.expect("the job");
    assert_eq!(reminders().await, 0, "two days before");
    world.at(Instant::at(JULY(2), 479));
    jobs::remind(&world.platform.system()).await.expect("the job");
    assert_eq!(reminders().await, 0, "nobody is woken");
    world.at(Instant::at(JULY(2), 480));
    for _ in 0..2 {
        jobs::remind(&world.platform.system()).await.expect("the job");
    }
    assert_eq!(reminders().await, 1);
});

db_test!(hostile_details_are_refused_field_by_field_or_kept_as_text, |db| async move {
    let world = World::new(db, testing::profile(), NewOffice::default()).await;
    let (li, own) = world.citizen().await;
    let slot = world.slot(JULY(2), 540).await;
    let ctx = world.ctx(&li);
    let ask = |partner: PartyInput, key: &'static str| {
        let ctx = ctx.clone();
        async move { book(&ctx, Book { partner: Some(partner), ..request(slot, key) }).await }
    };
    let bad = PartyInput { name: " ".into(), id_no: "990101199001010013".into(), phone: "abc".into(), ..PartyInput::default() };
    let error = ask(bad, "bad").await.expect_err("three fields are wrong");
    let fields: Vec<_> = error.issues().iter().filter_map(|issue| issue.field.as_deref()).collect();
    assert_eq!(fields, ["b_name", "b_id_no", "b_phone"], "{error:?}");
    refused(ask(own, "self").await, "E-BK09");
    let name = "</textarea><script>alert(1)</script>";
    let id = ask(PartyInput { name: name.into(), ..testing::details("") }, "markup").await.expect("text is text");
    assert_eq!(read::booking(&world.ctx(&li), id).await.expect("own").parties[1].details.name, name);
});

db_test!(c_22_a_short_message_names_no_person_and_its_delivery_is_kept, |db| async move {
    let world = World::single(db, 1).await;
    let (actor, details) = world.citizen().await;
    let slot = testing::slot(&world.ctx(&actor), &world.office, JULY(2), 540).await;
    let id = world.books(&actor, slot.id, "c22").await.expect("booked");
    let worker = platform::outbox::Worker::new(&[notices::service()]);
    worker.drain(&world.platform.platform).await.expect("drained");
    let sent = world.platform.post.messages();
    let message = sent.iter().find(|m| m.text.contains("您已预约")).expect("the confirmation");
    assert!(!message.text.contains(&details.name) && !message.text.contains(&details.id_no), "{}", message.text);
    let (state,): (String,) = q("SELECT d.state FROM notice_delivery d JOIN notice n ON n.id = d.notice_id WHERE d.channel = 'sms' AND n.link = $1")
        .bind(format!("/bookings/{id}"))
        .one(world.platform.db())
        .await
        .expect("the row stays");
    assert_eq!(state, "sent", "the delivery of {id} is not kept");
});
