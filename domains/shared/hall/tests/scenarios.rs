//! The rules P9-9 … P9-16 and the scenarios 7–12 of P9.4, on both engines. No job runs unless a test runs it.

use booking::ops::book::{Book, book};
use booking::ops::close::Closure;
use booking::ops::present::Proof;
use booking::ops::read as bookings;
use booking::testing::{self as world, NewOffice};
use booking::{BookingId, details::PartyInput};
use hall::ops::take::{For, Take, at_counter, at_kiosk, classify};
use hall::ops::{call, close, miss, read, serve, setup, windows};
use hall::testing::World;
use hall::{Board, Class, State, Ticket, TicketId, jobs};
use identity::testing::{self as people, Citizen};
use kernel::{Day, Instant, Sex, Text};
use platform::testing::{TestPlatform, platform, regions};
use platform::{Actor, Ctx, Role};
use store::{Db, db_test, q};

const DAY: fn() -> Day = || Day::ymd(2026, 7, 2);

fn at(hour: u16, minute: u16) -> Instant {
    Instant::at(DAY(), hour * 60 + minute)
}

struct Hall {
    platform: TestPlatform,
    world: World,
    clerks: Vec<Actor>,
}

impl Hall {
    /// A hall with so many windows and as many clerks; it is 10:00 on 1 July, and bookings are for 2 July.
    async fn new(db: Db, windows: usize) -> Self {
        let platform = platform(db);
        regions(&platform).await.expect("the test world");
        let office = NewOffice { hours: "09:00-12:00 13:30-17:30", ..NewOffice::default() };
        let world = hall::testing::hall(&platform, world::single(), office, windows).await;
        let clerks = (0..windows.max(1)).map(|_| world.clerk(&platform)).collect();
        Self { platform, world, clerks }
    }

    fn code(&self) -> &str {
        &self.world.office.code
    }

    fn clerk(&self, n: usize) -> Ctx {
        self.platform.as_actor(self.clerks[n].clone())
    }

    fn now(&self, now: Instant) -> &Self {
        self.platform.set_now(now);
        self
    }

    /// Every clerk opens his window.
    async fn opens(&self) {
        for (n, window) in self.world.windows.iter().enumerate() {
            windows::open(&self.clerk(n), *window).await.expect("nobody sits there");
        }
    }

    async fn citizen(&self) -> Citizen {
        people::citizen(&self.platform, 2).await
    }

    async fn books(&self, who: &Citizen, minute: u16) -> BookingId {
        let ctx = self.platform.as_actor(who.actor());
        let slot = world::slot(&ctx, &self.world.office, DAY(), minute).await;
        let booker = PartyInput { phone: who.phone.clone(), ..PartyInput::default() };
        let key = format!("hall-{}", who.account);
        book(&ctx, Book { slot: Some(slot.id), impl_code: world::IMPL_CODE.into(), booker, request_key: key, ..Book::default() }).await.expect("a free place")
    }

    async fn takes(&self, what: For, key: &str) -> platform::Result<Ticket> {
        at_counter(&self.clerk(0), self.code(), Take { what, ground: String::new(), name: String::new(), request_key: key.to_owned() }).await
    }

    async fn walks_in(&self, key: &str) -> Ticket {
        self.takes(For::WalkIn(self.world.group), key).await.expect("the hall is open")
    }

    async fn with_booking(&self, booking: BookingId) -> Ticket {
        self.takes(For::Booking(Proof::Receipt(booking)), &booking.to_string()).await.expect("in time")
    }

    async fn ticket(&self, id: TicketId) -> Ticket {
        let (_, board) = read::desk(&self.clerk(0), self.code()).await.expect("the desk");
        board.live.into_iter().find(|ticket| ticket.id == id).expect("a live ticket")
    }

    async fn board(&self) -> Board {
        read::desk(&self.clerk(0), self.code()).await.expect("the desk").1
    }

    /// Clerk `n` calls the next; its label.
    async fn calls(&self, n: usize) -> String {
        let id = call::next(&self.clerk(n), self.world.windows[n]).await.expect("somebody waits");
        self.ticket(id).await.label()
    }

    /// Clerk `n` serves the ticket at his window for so many minutes.
    async fn serves(&self, n: usize, minutes: i64) {
        let board = self.board().await;
        let ticket = board.live.iter().find(|ticket| ticket.window == Some(self.world.windows[n])).expect("a ticket at the window").id;
        serve::start(&self.clerk(n), ticket).await.expect("called");
        self.now(self.platform.now().plus_minutes(minutes));
        serve::done(&self.clerk(n), ticket).await.expect("served");
    }

    /// Clerk `n` calls three times, twenty seconds apart, and passes.
    async fn misses(&self, n: usize, ticket: TicketId) -> State {
        for _ in 0..2 {
            self.now(self.platform.now().plus_secs(20));
            call::again(&self.clerk(n), ticket).await.expect("twenty seconds later");
        }
        self.now(self.platform.now().plus_secs(20));
        miss::pass(&self.clerk(n), ticket).await.expect("called three times")
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: platform::Result<T>, code: &str) -> kernel::Issue {
    let error = outcome.expect_err(code);
    error.issues().iter().find(|issue| issue.code == code).cloned().unwrap_or_else(|| panic!("{code} and not {error:?}"))
}

db_test!(p9_9_a_ticket_from_half_an_hour_before_until_the_end, |db| async move {
    let hall = Hall::new(db, 1).await;
    let (li, late) = (hall.citizen().await, hall.citizen().await);
    let (booking, other) = (hall.books(&li, 14 * 60).await, hall.books(&late, 14 * 60).await);
    // P9.4 scenario 7
    hall.now(at(13, 29));
    let early = refused(hall.takes(For::Booking(Proof::Receipt(booking)), "early").await, "E-P909");
    assert_eq!((early.params["t"].as_str(), early.message.zh.as_ref()), ("13:30", "未到取号时间，请于13:30后取号"));
    hall.now(at(13, 30));
    let ticket = hall.with_booking(booking).await;
    assert_eq!((ticket.label().as_str(), ticket.class), ("A001", Class::Booked));
    assert_eq!(hall.with_booking(booking).await.id, ticket.id, "the same again");
    hall.now(at(14, 30).plus_secs(-1));
    assert_eq!(hall.with_booking(other).await.label(), "A002", "one second before the end");
});

db_test!(p9_9_and_p9_7_a_ticket_taken_is_no_no_show_and_after_the_slot_a_walk_in, |db| async move {
    let hall = Hall::new(db, 1).await;
    let (came, late) = (hall.citizen().await, hall.citizen().await);
    let (first, second) = (hall.books(&came, 9 * 60).await, hall.books(&late, 9 * 60).await);
    hall.now(at(9, 29));
    hall.with_booking(first).await;
    hall.now(at(9, 30));
    refused(hall.takes(For::Booking(Proof::Receipt(second)), "late").await, "E-HL01");
    assert_eq!(hall.walks_in("late-walk-in").await.class, Class::WalkIn, "P9-7: on site always");
    let state = async |id| bookings::booking(&hall.clerk(0), id).await.expect("at its counter").state_at(hall.platform.now());
    assert_eq!((state(first).await, state(second).await), (booking::State::Arrived, booking::State::NoShow));
});

db_test!(p9_9_shown_by_receipt_by_number_or_by_card, |db| async move {
    let hall = Hall::new(db, 1).await;
    let li = hall.citizen().await;
    let booking = hall.books(&li, 9 * 60).await;
    let number = bookings::booking(&hall.clerk(0), booking).await.expect("booked").number.expect("confirmed");
    let key = setup::key(&hall.platform.system(), hall.code()).await.expect("a key");
    hall.now(at(9, 0));
    let anybody = || hall.platform.as_actor(Actor::Anonymous);
    let by = |proof| Take { what: For::Booking(proof), ground: String::new(), name: String::new(), request_key: format!("kiosk-{}", hall.platform.now()) };
    let wrong = Proof::Number { number: number.clone(), last4: "0000".into() };
    refused(at_kiosk(&anybody(), &key, by(wrong)).await, "E-BK10");
    let unknown = Proof::Number { number: "9".repeat(22), last4: li.number[14..].into() };
    refused(at_kiosk(&anybody(), &key, by(unknown)).await, "E-BK10");
    let right = Proof::Number { number, last4: li.number[14..].to_lowercase() };
    let ticket = at_kiosk(&anybody(), &key, by(right)).await.expect("his booking");
    let document = || {
        let kind = kernel::document::IdType::RESIDENT;
        kernel::document::DocumentNumber::parse(kind, &li.number, DAY()).expect("a number")
    };
    let typed = at_kiosk(&anybody(), &key, by(Proof::Document(document()))).await;
    assert!(matches!(typed, Err(platform::Error::NotFound)), "a typed number is not a shown card");
    assert_eq!(hall.takes(For::Booking(Proof::Document(document())), "card").await.expect("the clerk has the card").id, ticket.id);
    assert!(matches!(at_kiosk(&anybody(), "not-the-key", by(Proof::Receipt(booking))).await, Err(platform::Error::NotFound)));
    assert!(at_counter(&anybody(), hall.code(), by(Proof::Receipt(booking))).await.is_err(), "only staff and terminals");
});

db_test!(p9_9_numbers_have_no_gap_whatever_is_refused, |db| async move {
    let hall = std::sync::Arc::new(Hall::new(db, 1).await);
    hall.now(at(9, 0));
    let mut tasks = Vec::new();
    for n in 0..24 {
        let hall = hall.clone();
        // every key twice at once: one ticket each
        tasks.push(tokio::spawn(async move { hall.walks_in(&format!("request-{}", n / 2)).await.number }));
    }
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.push(task.await.expect("no panic"));
    }
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (1..=12).collect::<Vec<i64>>());
});

db_test!(p9_10_the_old_man_before_three_booked, |db| async move {
    // P9.4 scenario 8
    let hall = Hall::new(db, 1).await;
    let mut booked = Vec::new();
    for _ in 0..3 {
        booked.push(hall.books(&hall.citizen().await, 9 * 60).await);
    }
    hall.now(at(9, 1));
    for booking in booked {
        hall.with_booking(booking).await;
    }
    let take = Take { ground: "elderly".into(), name: "王老人".into(), ..hall.world.walk_in("wang") };
    let wang = at_counter(&hall.clerk(0), hall.code(), take).await.expect("open");
    assert_eq!((wang.label().as_str(), wang.class, wang.ground.as_str()), ("A004", Class::Second, "elderly"));
    hall.opens().await;
    assert_eq!(hall.calls(0).await, "A004");
    hall.serves(0, 5).await;
    assert_eq!(hall.calls(0).await, "A001");
    let unknown = Take { ground: "friend".into(), ..hall.world.walk_in("friend") };
    refused(at_counter(&hall.clerk(0), hall.code(), unknown).await, "E-HL04");
});

db_test!(p9_10_who_booked_at_seventy_goes_first_without_asking_and_a_clerk_may_correct, |db| async move {
    let hall = Hall::new(db, 1).await;
    let old = people::citizen_born(&hall.platform, 2, Sex::Female, Day::ymd(1956, 7, 2)).await;
    let not_yet = people::citizen_born(&hall.platform, 2, Sex::Female, Day::ymd(1956, 7, 3)).await;
    let (old, not_yet) = (hall.books(&old, 9 * 60).await, hall.books(&not_yet, 9 * 60).await);
    hall.now(at(9, 0));
    assert_eq!(hall.with_booking(old).await.class, Class::Second, "seventy today");
    let ticket = hall.with_booking(not_yet).await;
    assert_eq!(ticket.class, Class::Booked, "seventy tomorrow");
    refused(classify(&hall.clerk(0), ticket.id, "pregnant", " ").await, "E-P912");
    classify(&hall.clerk(0), ticket.id, "pregnant", "孕检手册").await.expect("with a reason");
    assert_eq!(hall.ticket(ticket.id).await.class, Class::Second);
    classify(&hall.clerk(0), ticket.id, "", "取消").await.expect("back");
    assert_eq!(hall.ticket(ticket.id).await.class, Class::Booked);
});

db_test!(p9_10_two_clerks_at_the_same_second_never_get_the_same_ticket, |db| async move {
    let hall = std::sync::Arc::new(Hall::new(db, 8).await);
    hall.now(at(9, 0));
    for n in 0..24 {
        hall.walks_in(&format!("walk-in-{n}")).await;
    }
    hall.opens().await;
    let mut seen = Vec::new();
    for round in 0..3 {
        let tasks: Vec<_> = (0..8).map(|n| {
            let hall = hall.clone();
            tokio::spawn(async move { call::next(&hall.clerk(n), hall.world.windows[n]).await.map(|id| (n, id)) })
        }).collect();
        for task in tasks {
            let (n, id) = task.await.expect("no panic").unwrap_or_else(|error| panic!("round {round}: {error:?}"));
            seen.push(id);
            serve::start(&hall.clerk(n), id).await.expect("his own");
            serve::done(&hall.clerk(n), id).await.expect("his own");
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 24, "each ticket once");
    refused(call::next(&hall.clerk(0), hall.world.windows[0]).await, "E-HL11");
});

db_test!(p9_11_three_calls_twenty_seconds_apart_passed_queued_once_and_void, |db| async move {
    // P9.4 scenario 9
    let hall = Hall::new(db, 1).await;
    hall.now(at(9, 0));
    let first = hall.walks_in("a").await;
    for n in 0..4 {
        hall.walks_in(&format!("b-{n}")).await;
    }
    hall.opens().await;
    assert_eq!(hall.calls(0).await, "A001");
    let ctx = || hall.clerk(0);
    hall.now(at(9, 0).plus_secs(19));
    refused(call::again(&ctx(), first.id).await, "E-HL05");
    refused(miss::pass(&ctx(), first.id).await, "E-HL06");
    hall.now(at(9, 0).plus_secs(20));
    call::again(&ctx(), first.id).await.expect("the second call");
    hall.now(at(9, 0).plus_secs(40));
    call::again(&ctx(), first.id).await.expect("the third call");
    hall.now(at(9, 0).plus_secs(59));
    refused(miss::pass(&ctx(), first.id).await, "E-HL05");
    hall.now(at(9, 0).plus_secs(60));
    refused(call::again(&ctx(), first.id).await, "E-HL07");
    assert_eq!(miss::pass(&ctx(), first.id).await.expect("called three times"), State::Passed);
    let passed = refused(call::pick_out(&ctx(), hall.world.windows[0], first.id, "fault", "回来了").await, "E-P910");
    assert_eq!(passed.message.zh, "号码已过号，可在A004号后重新排队");
    assert_eq!(read::status(&ctx(), &first.token).await.expect("its page").behind.as_deref(), Some("A004"));
    let anybody = hall.platform.as_actor(Actor::Anonymous);
    assert_eq!(miss::requeue(&anybody, &first.token).await.expect("once").as_deref(), Some("A004"));
    assert_eq!(miss::requeue(&anybody, &first.token).await.expect("no change"), None);
    let mut called = Vec::new();
    for _ in 0..4 {
        called.push(hall.calls(0).await);
        if called.len() < 4 {
            hall.serves(0, 1).await;
        }
    }
    assert_eq!(called, ["A002", "A003", "A004", "A001"]);
    assert_eq!(hall.misses(0, first.id).await, State::Void, "the second miss");
    refused(miss::requeue(&anybody, &first.token).await, "E-HL12");
});

db_test!(p9_12_out_of_order_only_with_ground_and_reason_which_are_logged, |db| async move {
    // P9.4 scenario 10
    let hall = Hall::new(db, 1).await;
    hall.now(at(9, 0));
    let (first, second) = (hall.walks_in("a").await, hall.walks_in("b").await);
    hall.opens().await;
    let window = hall.world.windows[0];
    let without = refused(call::pick_out(&hall.clerk(0), window, second.id, "fault", "  ").await, "E-P912");
    assert_eq!(without.message.zh, "须填写跳号原因");
    refused(call::pick_out(&hall.clerk(0), window, second.id, "sympathy", "熟人").await, "E-P912");
    assert_eq!(hall.ticket(second.id).await.state, State::Waiting);
    call::pick_out(&hall.clerk(0), window, second.id, "fault", "打印机卡纸").await.expect("with a reason");
    let rows: Vec<(String, String)> = q("SELECT reason, detail FROM audit_event WHERE action = 'hall.call' AND object_id = $1")
        .bind(second.id.to_string())
        .all(hall.platform.db())
        .await
        .expect("the audit trail");
    assert_eq!(rows.len(), 1);
    assert!(rows[0].0 == "打印机卡纸" && rows[0].1.contains(&first.label()), "{rows:?}");
    hall.serves(0, 1).await;
    call::pick_out(&hall.clerk(0), window, first.id, "", "").await.expect("whose turn it is needs no reason");
});

db_test!(p9_13_no_more_tickets_when_the_wait_is_longer_than_the_day, |db| async move {
    // P9.4 scenario 11: one window, twelve minutes a visit; the hall closes at 17:30
    let hall = Hall::new(db, 1).await;
    hall.now(at(16, 30));
    for n in 0..5 {
        hall.walks_in(&format!("n-{n}")).await;
    }
    hall.now(at(16, 40));
    let none = refused(hall.takes(For::WalkIn(hall.world.group), "late").await, "E-P911");
    assert_eq!((none.params["wait_minutes"].as_str(), none.params["minutes_left"].as_str()), ("60", "50"));
    assert_eq!(none.message.zh, "今日号源已截止");
    let urgent = Take { ground: "pregnant".into(), ..hall.world.walk_in("urgent") };
    at_counter(&hall.clerk(0), hall.code(), urgent).await.expect("her turn is next");
    hall.now(at(17, 30));
    refused(hall.takes(For::WalkIn(hall.world.group), "closed").await, "E-P911");
    hall.now(at(8, 29));
    refused(hall.takes(For::WalkIn(hall.world.group), "before").await, "E-P909");
    hall.now(Instant::at(Day::ymd(2026, 7, 4), 600));
    refused(hall.takes(For::WalkIn(hall.world.group), "saturday").await, "E-BK01");
});

db_test!(p9_14_the_wait_is_the_mean_visit_of_those_before_over_the_open_windows, |db| async move {
    let hall = Hall::new(db, 2).await;
    hall.now(at(9, 0));
    let mut tickets = Vec::new();
    for n in 0..10 {
        tickets.push(hall.walks_in(&format!("n-{n}")).await);
    }
    let wait = async |ticket: &Ticket| read::status(&hall.clerk(0), &ticket.token).await.expect("its page").wait;
    assert_eq!(wait(&tickets[9]).await, Some((9, 108)), "no window is open yet: as if one were");
    hall.opens().await;
    assert_eq!(wait(&tickets[9]).await, Some((9, 54)), "nine times twelve minutes over two windows");
    for _ in 0..5 {
        hall.calls(0).await;
        hall.serves(0, 4).await;
    }
    assert_eq!(wait(&tickets[9]).await, Some((4, 8)), "five visits of four minutes are a measure");
    let next_day = hall.now(Instant::at(Day::ymd(2026, 7, 10), 600)).board().await;
    assert_eq!(next_day.mean(hall.world.group), 12 * 60_000_000, "and forgotten after a week");
});

db_test!(p9_15_a_hall_that_closes_lets_nobody_lose_anything, |db| async move {
    // P9.4 scenario 12, for those who are in the hall and those who are to come
    let hall = Hall::new(db, 1).await;
    let (waits, serves, comes) = (hall.citizen().await, hall.citizen().await, hall.citizen().await);
    let (waiting, served, coming) = (hall.books(&waits, 9 * 60).await, hall.books(&serves, 9 * 60).await, hall.books(&comes, 15 * 60).await);
    hall.now(at(9, 5));
    hall.with_booking(served).await;
    let ticket = hall.with_booking(waiting).await;
    let walk_in = hall.walks_in("w").await;
    hall.opens().await;
    hall.calls(0).await;
    let at_window = hall.board().await.in_state(State::Called).next().expect("called").id;
    serve::start(&hall.clerk(0), at_window).await.expect("came");
    hall.now(at(10, 0));
    let closure = Closure { day: DAY(), reason: Text::new("台风", "Typhoon") };
    close::close(&hall.platform.system(), hall.code(), closure).await.expect("closed");
    for token in [&ticket.token, &walk_in.token] {
        assert_eq!(read::status(&hall.clerk(0), token).await.expect("its page").state, State::Void);
    }
    serve::done(&hall.clerk(0), at_window).await.expect("who is at the window is served");
    let states = async |hour| {
        hall.now(Instant::at(DAY(), 0).plus_hours(hour));
        booking::jobs::no_shows(&hall.platform.system()).await.expect("the job");
        let mut states = Vec::new();
        for id in [waiting, coming] {
            let card = bookings::booking(&hall.clerk(0), id).await.expect("there");
            states.push((card.state, card.displaced()));
        }
        states
    };
    assert_eq!(states(23).await, [(booking::State::Booked, true); 2], "they may still take the time that is kept for them");
    assert_eq!(states(34).await, [(booking::State::Cancelled, false); 2], "who did not is no no-show");
    let offers: Vec<(i64,)> = q("SELECT COUNT(*) FROM slot_offer WHERE booking_id IS NOT NULL").all(hall.platform.db()).await.expect("offers");
    assert_eq!(offers, [(2,)]);
    let lost: Vec<(i64,)> = q("SELECT COUNT(*) FROM no_show").all(hall.platform.db()).await.expect("no-shows");
    assert_eq!(lost, [(0,)]);
    assert_eq!(bookings::booking(&hall.clerk(0), served).await.expect("there").state, booking::State::Done);
});

db_test!(p9_16_a_clerk_does_it_all_for_somebody_without_account_or_phone, |db| async move {
    let hall = Hall::new(db, 2).await;
    hall.now(at(9, 0));
    let ticket = at_counter(&hall.clerk(0), hall.code(), Take { name: "王老人".into(), ..hall.world.walk_in("w") }).await.expect("open");
    assert_eq!(ticket.masked_name(), "王*人");
    hall.opens().await;
    assert_eq!(hall.calls(0).await, "A001");
    serve::start(&hall.clerk(0), ticket.id).await.expect("called");
    refused(serve::hand_over(&hall.clerk(0), ticket.id, hall.world.windows[0]).await, "E-HL13");
    hall.now(at(9, 10));
    hall.walks_in("other").await;
    serve::hand_over(&hall.clerk(0), ticket.id, hall.world.windows[1]).await.expect("to window 2");
    assert_eq!(hall.calls(0).await, "A002", "the other window calls its own");
    assert_eq!(hall.calls(1).await, "A001", "before all others");
    hall.serves(1, 5).await;
    let sealed: Vec<(Option<Vec<u8>>,)> = q("SELECT name FROM hall_ticket WHERE name IS NOT NULL").all(hall.platform.db()).await.expect("tickets");
    assert_eq!(sealed.len(), 1);
    assert!(!sealed[0].0.as_deref().unwrap_or_default().windows(3).any(|bytes| bytes == "王".as_bytes()), "the name is sealed");
    let (_, _, figures) = read::figures(&hall.clerk(0), hall.code(), DAY()).await.expect("figures");
    assert_eq!((figures.done, figures.service.minutes()), (1, Some(15.0)), "ten minutes at one window, five at the other");
});

db_test!(p9_11_what_ends_with_its_day_ends_without_the_job, |db| async move {
    let hall = Hall::new(db, 2).await;
    hall.now(at(16, 0));
    let (first, second) = (hall.walks_in("a").await, hall.walks_in("b").await);
    hall.opens().await;
    hall.calls(0).await;
    hall.calls(1).await;
    serve::start(&hall.clerk(1), second.id).await.expect("called");
    let midnight = Instant::at(DAY().plus_days(1), 0);
    let state = async |ticket: &Ticket| read::status(&hall.clerk(0), &ticket.token).await.expect("its page").state;
    hall.now(midnight.plus_secs(-1));
    assert_eq!(state(&first).await, State::Called, "23:59:59");
    hall.now(midnight);
    assert_eq!(state(&first).await, State::Void, "00:00");
    refused(miss::requeue(&hall.clerk(0), &first.token).await, "E-HL12");
    hall.now(midnight.plus_hours(9));
    assert!(hall.board().await.windows.iter().all(|window| !window.is_open(hall.platform.now())));
    refused(call::next(&hall.clerk(0), hall.world.windows[0]).await, "E-HL08");
    // the next morning somebody else sits there, and what was left is settled as he calls
    windows::open(&hall.clerk(1), hall.world.windows[0]).await.expect("an opening ends with its day");
    assert_eq!(hall.walks_in("next-day").await.label(), "A001", "numbers begin anew");
    call::next(&hall.clerk(1), hall.world.windows[0]).await.expect("the window is free");
    jobs::settle(&hall.platform.system()).await.expect("the job");
    jobs::settle(&hall.platform.system()).await.expect("the job, again");
    let states: Vec<(String, i64)> = q("SELECT state, COUNT(*) FROM hall_ticket GROUP BY state ORDER BY state").all(hall.platform.db()).await.expect("tickets");
    assert_eq!(states, [("CALLED".to_owned(), 1), ("DONE".to_owned(), 1), ("VOID".to_owned(), 1)]);
});

db_test!(p9_a_hall_belongs_to_its_region_and_its_administrator, |db| async move {
    let hall = Hall::new(db, 2).await;
    hall.now(at(9, 0));
    let ticket = hall.walks_in("a").await;
    hall.opens().await;
    let abroad = people::staff(&hall.platform, "980102", &[Role::Clerk, Role::SystemAdmin, Role::Supervisor]).await;
    let ctx = hall.platform.as_actor(Actor::Staff(abroad));
    refused(at_counter(&ctx, hall.code(), hall.world.walk_in("x")).await, "E-P805");
    refused(call::next(&ctx, hall.world.windows[0]).await, "E-P805");
    refused(miss::requeue_for(&ctx, ticket.id).await, "E-P805");
    refused(read::desk(&ctx, hall.code()).await.map(drop), "E-P805");
    refused(read::figures(&ctx, hall.code(), DAY()).await.map(drop), "E-P805");
    refused(setup::key(&ctx, hall.code()).await, "E-P805");
    refused(setup::key(&hall.clerk(0), hall.code()).await, "E-P805");
    // the colleague at the other window does not call at this one
    refused(call::next(&hall.clerk(1), hall.world.windows[0]).await, "E-HL08");
    hall.calls(0).await;
    refused(serve::start(&hall.clerk(1), ticket.id).await, "E-HL08");
    refused(call::next(&hall.clerk(0), hall.world.windows[0]).await, "E-HL10");
    refused(windows::close(&hall.clerk(0), hall.world.windows[0]).await, "E-HL10");
    refused(windows::open(&hall.clerk(0), hall.world.windows[1]).await, "E-HL10");
    hall.serves(0, 1).await;
    refused(windows::open(&hall.clerk(0), hall.world.windows[1]).await, "E-HL09");
});

db_test!(p9_the_numbers_of_a_hall_are_data_with_their_source, |db| async move {
    let hall = Hall::new(db, 1).await;
    let system = hall.platform.system();
    let (_, card) = setup::hall(&system, hall.code()).await.expect("the hall");
    let set = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    refused(setup::set_numbers(&system, hall.code(), card.version, &set("calls", "99"), "局长办公会").await, "E-HL13");
    refused(setup::set_numbers(&system, hall.code(), card.version, &set("calls", "2"), " ").await, "E-HL13");
    setup::set_numbers(&system, hall.code(), card.version, &set("calls", "2"), "局长办公会").await.expect("sound");
    refused(setup::set_numbers(&system, hall.code(), card.version, &set("calls", "3"), "x").await, "E-ST02");
    let (_, card) = setup::hall(&system, hall.code()).await.expect("the hall");
    assert_eq!((card.rules.numbers.calls.value, card.rules.numbers.calls.source.as_str()), (2, "局长办公会"));
    assert_eq!(card.rules.numbers.call_gap_secs.source, "P9-11", "what did not change keeps its source");
});

db_test!(p8_the_tickets_of_ones_own_bookings_are_in_the_copy_of_ones_data, |db| async move {
    let hall = Hall::new(db, 1).await;
    let (li, other) = (hall.citizen().await, hall.citizen().await);
    let (booking, another) = (hall.books(&li, 9 * 60).await, hall.books(&other, 9 * 60).await);
    hall.now(at(9, 0)).opens().await;
    let ticket = hall.with_booking(booking).await;
    hall.with_booking(another).await;
    hall.walks_in("nobody-knows-who").await;
    let sections = hall::own_data(&hall.platform.as_actor(li.actor())).await.expect("his copy");
    let rows = &sections[0].rows;
    assert_eq!((rows.len(), rows[0][0].as_str(), rows[0][2].as_str()), (1, ticket.label().as_str(), "等待"));
    assert_eq!(sections[0].kept.as_ref().and_then(|kept| kept.until), Some(Day::ymd(2027, 7, 2)));
    assert!(matches!(hall::own_data(&hall.clerk(0)).await, Err(platform::Error::Denied(_) | platform::Error::SignIn)));
});
