use kernel::{Day, Instant, RegionCode};
use platform::outbox::Worker;
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Error, Role, StaffActor};

use super::testing::TestCase;
use super::*;

fn july(day: i8) -> Day {
    Day::ymd(2026, 7, day)
}

/// 00:05 of a day.
fn night(p: &TestPlatform, day: i8) -> Ctx {
    p.set_now(Instant::at(july(day), 5));
    p.system()
}

async fn delivered(p: &TestPlatform) {
    Worker::new(&[service()]).drain(p).await.expect("drained");
}

struct Office {
    clerk: StaffActor,
    head: StaffActor,
    supervisor: StaffActor,
    city: StaffActor,
}

impl Office {
    async fn new(p: &TestPlatform) -> Office {
        Office {
            clerk: identity::testing::staff(p, "990102", &[Role::Clerk]).await,
            head: identity::testing::staff(p, "990102", &[Role::Head]).await,
            supervisor: identity::testing::staff(p, "990102", &[Role::Supervisor]).await,
            city: identity::testing::staff(p, "990100", &[Role::Supervisor]).await,
        }
    }
}

async fn promised(p: &TestPlatform, office: &Office, number: &str, due: Day) -> TestCase {
    let mut case = TestCase::new(p, number).await;
    case.holder = Some(office.clerk.id);
    case.accepted_at = Some(Instant::at(july(8), 600));
    case.promise_due = Some(due);
    case.put(&p.system()).await
}

async fn all_cards(ctx: &Ctx) -> Vec<(Rule, Colour, Day)> {
    let (lines, _) = cards(ctx, &CardFilter::default()).await.expect("listed");
    let mut all: Vec<_> = lines.iter().map(|line| (line.card.content.rule, line.card.content.colour, line.card.content.effective_on)).collect();
    all.sort();
    all
}

::store::db_test!(p2_5_scenario_7_the_run_lights_on_the_14th_and_cards_on_the_16th_and_21st_once_each, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    promised(&p, &office, "9901022026070810000017", july(15)).await;
    let watch = |p: &TestPlatform| p.as_actor(Actor::Staff(office.supervisor.clone()));
    assert_eq!(run(&night(&p, 13)).await.expect("ran"), Ran { cases: 1, lights: 0, cards: 0 });
    assert_eq!(run(&night(&p, 14)).await.expect("ran"), Ran { cases: 1, lights: 1, cards: 0 });
    assert_eq!(run(&night(&p, 15)).await.expect("ran"), Ran { cases: 1, lights: 0, cards: 0 });
    assert_eq!(run(&night(&p, 16)).await.expect("ran"), Ran { cases: 1, lights: 1, cards: 1 });
    assert_eq!(run(&night(&p, 16)).await.expect("ran again"), Ran { cases: 1, lights: 0, cards: 0 });
    assert_eq!(all_cards(&watch(&p)).await, [(Rule::PromiseLate, Colour::Yellow, july(16))]);
    assert_eq!(run(&night(&p, 20)).await.expect("ran").cards, 0);
    assert_eq!(run(&night(&p, 21)).await.expect("ran").cards, 1);
    let both = [(Rule::PromiseLate, Colour::Yellow, july(16)), (Rule::PromiseLate, Colour::Red, july(21))];
    assert_eq!(all_cards(&watch(&p)).await, both);
});

::store::db_test!(p2_5_lights_are_right_and_cards_the_same_when_the_run_did_not_take_place, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    promised(&p, &office, "9901022026070810000017", july(15)).await;
    let at = |p: &TestPlatform, day| {
        p.set_now(Instant::at(july(day), 600));
        p.as_actor(Actor::Staff(office.supervisor.clone()))
    };
    for (day, expected) in [(13, (1, 0, 0)), (14, (0, 1, 0)), (15, (0, 1, 0)), (16, (0, 0, 1))] {
        let figures = wall(&at(&p, day)).await.expect("counted").all;
        assert_eq!((figures.green, figures.yellow, figures.late), expected, "on the {day}th");
        let (lines, _) = late_cases(&at(&p, day), None, None, "").await.expect("listed");
        assert_eq!(lines.first().map(|line| line.light), [None, Some(Light::Yellow), Some(Light::Yellow), Some(Light::Late)][usize::try_from(day - 13).expect("small")]);
    }
    // The first run for days issues what it would have issued day by day.
    assert_eq!(run(&night(&p, 21)).await.expect("ran").cards, 2);
    let both = [(Rule::PromiseLate, Colour::Yellow, july(16)), (Rule::PromiseLate, Colour::Red, july(21))];
    assert_eq!(all_cards(&at(&p, 21)).await, both);
});

::store::db_test!(p2_5_scenario_1_acceptance_by_silence_is_a_yellow_card_for_the_clerk, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    let mut case = TestCase::new(&p, "9901022026070110000016").await;
    (case.auto_accepted, case.holder) = (true, Some(office.clerk.id));
    case.put(&p.system()).await;
    assert_eq!(run(&night(&p, 8)).await.expect("ran").cards, 0);
    assert_eq!(run(&night(&p, 9)).await.expect("ran").cards, 1);
    let ctx = p.as_actor(Actor::Staff(office.supervisor.clone()));
    assert_eq!(all_cards(&ctx).await, [(Rule::NotAccepted, Colour::Yellow, july(9))]);
});

::store::db_test!(p2_5_a_case_that_nobody_received_is_carded_before_anything_accepts_it, |db| async move {
    let p = platform::testing::platform(db);
    let mut case = TestCase::new(&p, "9901022026070110000016").await;
    (case.phase, case.accepted_at, case.notice_due) = ("submitted", None, Some(july(8)));
    let case = case.put(&p.system()).await;
    assert_eq!(run(&night(&p, 9)).await.expect("ran").cards, 1);
    // The acceptance by itself that follows is the same card.
    p.system()
        .db()
        .write(|tx| async move {
            ::store::q("UPDATE case_head SET auto_accepted = $2, accepted_at = received_at, notice_due = NULL WHERE id = $1").bind(case.id).bind(true).exec(&tx).await
        })
        .await
        .expect("accepted by itself");
    assert_eq!(run(&night(&p, 10)).await.expect("ran").cards, 0);
});

::store::db_test!(p2_5_a_card_goes_to_clerk_head_and_nearest_supervisor_is_answered_and_cancelled_only_with_a_reason, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    promised(&p, &office, "9901022026070810000017", july(15)).await;
    run(&night(&p, 16)).await.expect("ran");
    delivered(&p).await;
    delivered(&p).await;
    let as_ = |actor: &StaffActor| p.as_actor(Actor::Staff(actor.clone()));
    let (clerk, head, supervisor, city) = (as_(&office.clerk), as_(&office.head), as_(&office.supervisor), as_(&office.city));
    for ctx in [&clerk, &head, &supervisor] {
        let own = mine(ctx, None).await.expect("listed").0;
        assert_eq!(own.len(), 1);
        let told = notices::ops::list(ctx, notices::ops::Search::default()).await.expect("listed").notices;
        assert_eq!(told.len(), 1, "told once, however often the card is delivered");
        assert!(told[0].words.title.zh.starts_with("黄牌：承诺超期") && told[0].words.title.en.starts_with("Yellow card: Over the promised limit"));
        assert_eq!(told[0].link.as_deref(), Some(format!("/cards/{}", own[0].card.id).as_str()));
    }
    assert!(notices::ops::list(&city, notices::ops::Search::default()).await.expect("listed").notices.is_empty());
    assert_eq!(mine(&city, None).await.expect("listed").0.len(), 0, "the city has a nearer supervision below it");
    let id = mine(&clerk, None).await.expect("listed").0[0].card.id;
    let (line, _, deliveries) = open(&clerk, id).await.expect("opened");
    assert_eq!((deliveries.len(), line.card.answer_due), (3, july(21)), "three working days to answer");
    let read = |role| deliveries.iter().any(|d| d.as_role == role && d.read_at.is_some());
    assert!(read("clerk") && !read("head"));
    assert!(answer(&clerk, id, " ").await.expect_err("nothing said").has_code("E-P240"));
    assert!(answer(&supervisor, id, "x").await.expect_err("not hers").has_code("E-P242"));
    answer(&clerk, id, "已联系申请人，明日办结").await.expect("answered");
    assert_eq!(open(&supervisor, id).await.expect("opened").0.card.standing, Standing::Answered);

    assert!(matches!(cancel(&head, id, "不公平").await, Err(Error::Denied(_))), "only the supervision");
    assert!(cancel(&supervisor, id, "").await.expect_err("no reason").has_code("E-P240"));
    cancel(&city, id, "系统故障期间").await.expect("the city may as well");
    assert!(cancel(&supervisor, id, "再次").await.expect_err("twice").has_code("E-P241"));
    assert!(answer(&clerk, id, "再答").await.expect_err("over").has_code("E-P241"));
    let (line, notes, _) = open(&supervisor, id).await.expect("opened");
    assert_eq!((line.card.standing, notes.len()), (Standing::Cancelled, 2), "card, answer and reason are all kept");
    assert_eq!(run(&night(&p, 16)).await.expect("ran").cards, 0, "a cancelled card does not come again");
});

::store::db_test!(p2_5_nothing_changes_or_removes_a_card, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    promised(&p, &office, "9901022026070810000017", july(15)).await;
    run(&night(&p, 16)).await.expect("ran");
    for statement in ["UPDATE supervision_card SET words = ''", "DELETE FROM supervision_card"] {
        let refused = p.system().db().write(|tx| async move { ::store::q(statement).exec(&tx).await }).await;
        assert!(refused.is_err(), "{statement}");
    }
});

::store::db_test!(p2_5_thresholds_are_those_of_the_nearest_region_and_carry_their_source, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    let ctx = p.as_actor(Actor::Staff(office.city.clone()));
    let code = |text: &str| RegionCode::parse(text).expect("a code");
    let new = Set { warn_workdays: 2, warn_percent: 30, red_workdays: 5, answer_workdays: 2, source: "甲市效能监察办法".into() };
    assert!(set(&ctx, code("990100"), &Set { source: String::new(), ..new.clone() }).await.expect_err("no source").has_code("E-P240"));
    assert!(set(&ctx, code("990100"), &Set { warn_percent: 101, ..new.clone() }).await.expect_err("too much").has_code("E-P244"));
    assert!(matches!(set(&ctx, code("990200"), &new).await, Err(Error::Denied(_))));
    set(&ctx, code("990100"), &new).await.expect("set");
    assert_eq!(for_region(&ctx, code("990102")).await.expect("found").red_workdays, 5);
    assert_eq!(for_region(&ctx, code("990202")).await.expect("found").red_workdays, 3, "another city");
});

::store::db_test!(p2_5_other_crates_hand_in_their_cards_and_the_supervision_its_own, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    let case = promised(&p, &office, "9901022026070810000017", july(29)).await;
    let rating = NewCard {
        rule: Rule::RatingLate,
        colour: Colour::Yellow,
        cause: "rating:1".into(),
        case: None,
        subject: "PJ20260701".into(),
        region: case.region,
        org: case.org,
        item_code: String::new(),
        clerk: None,
        effective_on: july(3),
        due: Some(july(2)),
        over: 1,
        words: "差评未按期联系".into(),
    };
    assert_eq!(adopt(&p.system(), vec![rating.clone(), rating.clone()]).await.expect("taken in"), 1);
    assert_eq!(adopt(&p.system(), vec![rating]).await.expect("taken in"), 0);
    let supervisor = p.as_actor(Actor::Staff(office.supervisor.clone()));
    let found = |rule| ByHand { rule, case_no: case.number.clone(), words: "收取材料费 20 元".into() };
    assert!(raise_by_hand(&supervisor, &found(Rule::PromiseLate)).await.expect_err("the clock's").has_code("E-P243"));
    assert!(matches!(raise_by_hand(&p.as_actor(Actor::Staff(office.head.clone())), &found(Rule::UnlawfulFee)).await, Err(Error::Denied(_))));
    let id = raise_by_hand(&supervisor, &found(Rule::UnlawfulFee)).await.expect("raised");
    assert_eq!(open(&supervisor, id).await.expect("opened").0.card.content.colour, Colour::Red);
    let rows = by_rule(&supervisor, july(1), july(31)).await.expect("counted");
    assert_eq!(rows.iter().map(|row| (row.rule, row.yellow, row.red)).collect::<Vec<_>>(), [(Rule::UnlawfulFee, 0, 1), (Rule::RatingLate, 1, 0)]);
});

::store::db_test!(a_foreign_supervisor_sees_no_card_case_or_figure, |db| async move {
    let p = platform::testing::platform(db);
    let office = Office::new(&p).await;
    promised(&p, &office, "9901022026070810000017", july(15)).await;
    run(&night(&p, 16)).await.expect("ran");
    let id = cards(&p.as_actor(Actor::Staff(office.supervisor.clone())), &CardFilter::default()).await.expect("listed").0[0].card.id;
    let foreign = p.as_actor(Actor::Staff(identity::testing::staff(&p, "990202", &[Role::Supervisor, Role::Head]).await));
    let filter = CardFilter { region: RegionCode::parse("990102").ok(), ..CardFilter::default() };
    for filter in [CardFilter::default(), filter] {
        assert!(cards(&foreign, &filter).await.expect("listed").0.is_empty());
    }
    assert!(late_cases(&foreign, None, None, "").await.expect("listed").0.is_empty());
    assert_eq!(wall(&foreign).await.expect("counted").all, Figures::default());
    assert!(by_rule(&foreign, july(1), july(31)).await.expect("counted").is_empty());
    assert!(matches!(open(&foreign, id).await, Err(Error::Denied(_))));
});
