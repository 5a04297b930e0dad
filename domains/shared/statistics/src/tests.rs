//! That figures are their lists and add up, whatever happens to the cases.

use std::collections::HashMap;

use casework::ops::{Act, Receiver};
use kernel::{Channel, Day, Instant, RegionCode};
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Grant, OrgId, Role};
use store::{Db, db_test};

use crate::testing::TestCase;
use crate::{Asked, By, Export, Length, Measure, Side, Span, Table, export, list, run, table};

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

fn year(by: By) -> Asked {
    Asked { by, ..Asked { span: Span::around(Length::Year, Day::ymd(2026, 7, 1)), ..Asked::month_of(Day::ymd(2026, 7, 1)) } }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// The province with bodies in four counties, and a head who sees all of it.
async fn province(db: Db) -> (TestPlatform, Vec<(RegionCode, OrgId)>) {
    let p = platform::testing::platform(db);
    platform::testing::regions(&p).await.expect("regions");
    p.set_now(Instant::at(Day::ymd(2026, 8, 20), 600));
    let mut bodies = Vec::new();
    for code in ["990101", "990102", "990126", "990202"] {
        bodies.push((region(code), identity::testing::organisation(&p.system(), region(code)).await));
    }
    (p, bodies)
}

/// Whatever may happen to a case in a few weeks.
fn fate(dice: &mut Dice, case: TestCase) -> TestCase {
    let opened = case.opened_at;
    let later = |days: usize| Some(opened.plus_days(i64::try_from(days).expect("few")));
    let (accepted, ended) = (later(dice.below(3)), later(3 + dice.below(20)));
    let due = Some(opened.day().plus_days(12));
    let corrected_on = (dice.below(5) == 0).then(|| opened.day().plus_days(1));
    let case = TestCase { corrected_on, version: case.version + 1, ..case };
    match dice.below(6) {
        0 => case,
        1 => TestCase { phase: "examination", accepted_at: accepted, promise_due: due, ..case },
        2 => TestCase { phase: "not_accepted", closed_at: accepted, ..case },
        3 => TestCase { phase: "withdrawn", closed_at: ended, ..case },
        4 => TestCase { phase: "finished", accepted_at: accepted, closed_at: ended, refused: true, promise_due: due, ..case },
        _ => TestCase { phase: "archived", accepted_at: accepted, closed_at: ended, promise_due: due, ..case },
    }
}

/// How many lines the list of a figure has, page by page.
async fn lines_behind(ctx: &Ctx, asked: &Asked, measure: Measure) -> i64 {
    let (mut count, mut after) = (0, String::new());
    loop {
        let page = list(ctx, asked, measure, &after).await.expect("a list");
        count += i64::try_from(page.lines.len()).expect("few");
        match page.next {
            Some(next) => after = next,
            None => return count,
        }
    }
}

const COUNTED: [Measure; 8] = [
    Measure::Received, Measure::Corrected, Measure::Accepted, Measure::Rejected, Measure::Refused, Measure::Finished, Measure::OnTime, Measure::Withdrawn,
];

/// Every figure of every table is the number of lines of its list, and the tables of one question have one sum.
async fn adds_up(ctx: &Ctx) -> Table {
    let whole = table(ctx, &year(By::Region)).await.expect("a table");
    for by in By::ALL {
        let table = table(ctx, &year(by)).await.expect("a table");
        assert_eq!(table.total, whole.total, "{by:?}");
        assert!(table.checks.iter().all(|check| check.holds), "{by:?}: {:?}", table.checks);
        for line in table.lines.iter().filter(|_| by != By::ItemChannel) {
            for measure in [Measure::Received, Measure::OnTime] {
                assert_eq!(Some(lines_behind(ctx, &line.asked, measure).await), line.shown.get(measure), "{by:?} {measure:?} {}", line.name.zh);
            }
        }
    }
    for measure in COUNTED {
        assert_eq!(Some(lines_behind(ctx, &year(By::Region), measure).await), whole.total.get(measure), "{measure:?}");
    }
    whole
}

db_test!(p2_6_figures_are_their_lists_add_up_and_follow_every_change, |db: Db| async move {
    let (p, bodies) = province(db).await;
    let ctx = p.system();
    let mut dice = Dice(7);
    let mut cases = Vec::new();
    for n in 0..90 {
        let (region, org) = bodies[dice.below(bodies.len())];
        let case = TestCase {
            region,
            org,
            channel: Channel::ALL[dice.below(3)],
            item: ["000700099001", "000700099002", "000711001001"][dice.below(3)].to_owned(),
            opened_at: Instant::at(Day::ymd(2026, 6, 10).plus_days(i64::try_from(dice.below(45)).expect("few")), 540),
            intake: (n % 9 == 0).then_some(bodies[0]).filter(|(_, body)| *body != org),
            ..TestCase::new(&p, n + 1).await
        };
        cases.push(case);
    }
    for round in 0..3 {
        for case in &mut cases {
            if round == 0 || dice.below(4) == 0 {
                *case = fate(&mut dice, TestCase { phase: "received", accepted_at: None, closed_at: None, refused: false, ..case.clone() });
                case.put(&p).await;
            }
        }
        let ran = run(&ctx, false).await.expect("a run").expect("nobody else runs");
        assert!(ran.cases > 0 && ran.figures > 0);
        let whole = adds_up(&ctx).await;
        assert_eq!(whole.total.get(Measure::Received), Some(90));
        let again = run(&ctx, false).await.expect("a run").expect("nobody else runs");
        assert_eq!((again.cases, again.days, again.figures), (0, 0, 0), "a second run changes nothing");
        let all = run(&ctx, true).await.expect("a run").expect("nobody else runs");
        assert_eq!((all.cases, all.figures), (90, 0), "looking at everything changes nothing");
    }
    let taken = table(&ctx, &Asked { side: Side::Receiver, ..year(By::Org) }).await.expect("a table");
    let elsewhere = cases.iter().filter(|case| case.intake.is_some()).count();
    assert_eq!(taken.total.get(Measure::Received), i64::try_from(elsewhere).ok());
    assert!(taken.lines.iter().all(|line| line.asked.org == Some(bodies[0].1)));
});

db_test!(p2_6_a_closed_month_shows_what_changed_later_as_a_correction, |db: Db| async move {
    let (p, _) = province(db).await;
    p.set_now(Instant::at(Day::ymd(2026, 7, 20), 600));
    let case = TestCase::new(&p, 1).await;
    case.put(&p).await;
    TestCase { opened_at: p.now().plus_days(1), ..TestCase::new(&p, 2).await }.put(&p).await;
    let july = Asked::month_of(Day::ymd(2026, 7, 20));
    let at = async |day: Day| {
        p.set_now(Instant::at(day, 600));
        run(&p.system(), false).await.expect("a run").expect("nobody else runs")
    };
    assert_eq!(at(Day::ymd(2026, 8, 4)).await.months, 0, "the fourth is too early");
    assert!(table(&p.system(), &july).await.expect("a table").closed.is_empty());
    assert_eq!(at(Day::ymd(2026, 8, 5)).await.months, 1);
    let closed = table(&p.system(), &july).await.expect("a table");
    assert_eq!((closed.closed.len(), closed.corrected.len()), (1, 0));
    case.finished(Instant::at(Day::ymd(2026, 7, 31), 600)).put(&p).await;
    at(Day::ymd(2026, 8, 6)).await;
    let corrected = table(&p.system(), &july).await.expect("a table");
    let finished = corrected.corrected.iter().find(|one| one.measure == Measure::Finished).expect("a correction");
    assert_eq!((finished.closed, finished.now), (0, 1));
    assert!(!corrected.corrected.iter().any(|one| one.measure == Measure::Received), "what did not change is not corrected");
    at(Day::ymd(2026, 8, 7)).await;
    assert_eq!(table(&p.system(), &july).await.expect("a table").corrected, corrected.corrected, "noted once");
});

db_test!(p2_6_a_case_of_the_engine_is_counted_with_its_days_and_its_limit, |db: Db| async move {
    let w = casework::testing::world(db).await;
    w.at(Day::ymd(2026, 7, 1), 600);
    let case = w.deciding().await;
    w.at(Day::ymd(2026, 7, 6), 600);
    let act = |verb: &str| Act { opinion: "准予".into(), remedies: "可以复议".into(), ..Act::new(verb, 0) };
    w.moves(&w.approver, case, act("approve")).await.expect("approved");
    w.moves(&w.maker, case, act("make")).await.expect("made");
    let receiver = Receiver { name: "张测试".into(), relation: String::new(), way: catalog::model::Delivery::Counter };
    w.moves(&w.deliverer, case, Act { receiver: Some(receiver), ..act("deliver") }).await.expect("delivered");
    let ctx = w.p.system();
    run(&ctx, false).await.expect("a run").expect("nobody else runs");
    let july = table(&ctx, &Asked::month_of(Day::ymd(2026, 7, 1))).await.expect("a table").total;
    let figure = |measure| july.get(measure).expect("shown");
    assert_eq!([Measure::Received, Measure::Accepted, Measure::Finished, Measure::OnTime, Measure::Promised].map(figure), [1, 1, 1, 1, 1]);
    assert_eq!(figure(Measure::UsedDays), 3, "2, 3 and 6 July");
    assert!(figure(Measure::PromiseDays) >= figure(Measure::UsedDays) && figure(Measure::LegalDays) >= figure(Measure::PromiseDays));
});

db_test!(appendix_5_small_cells_are_hidden_outside_the_office_and_lists_closed, |db: Db| async move {
    let (p, bodies) = province(db).await;
    for n in 0..7 {
        let (region, org) = bodies[if n < 6 { 1 } else { 2 }];
        TestCase { region, org, ..TestCase::new(&p, n + 1).await }.put(&p).await;
    }
    run(&p.system(), false).await.expect("a run").expect("nobody else runs");
    let mut reader = identity::testing::staff(&p, "990202", &[]).await;
    reader.grants = vec![Grant { role: Role::Statistician, org: None, region: region("990100"), item: None, until: None }];
    let outside = p.as_actor(Actor::Staff(reader.clone()));
    let asked = Asked { region: Some(region("990100")), ..Asked::month_of(Day::ymd(2026, 8, 1)) };
    let seen = table(&outside, &asked).await.expect("a table");
    let lines: HashMap<&str, Option<i64>> = seen.lines.iter().map(|line| (line.name.zh.as_ref(), line.shown.get(Measure::Received))).collect();
    assert_eq!(lines, HashMap::from([("城东区", None), ("山前县", None)]), "one alone could be reckoned from the sum");
    assert!(seen.hidden && seen.total.get(Measure::Received) == Some(7));
    assert!(list(&outside, &asked, Measure::Received, "").await.is_err());
    let sheet = export(&outside, &asked, Export::Table).await.expect("an export");
    assert_eq!(sheet.rows[0][1].text(kernel::Lang::Zh), "*");
    reader.region = region("990100");
    let inside = p.as_actor(Actor::Staff(reader.clone()));
    let seen = table(&inside, &asked).await.expect("a table");
    assert_eq!(seen.lines.iter().map(|line| line.shown.get(Measure::Received)).collect::<Vec<_>>(), [Some(6), Some(1)]);
    let behind = list(&inside, &asked, Measure::Received, "").await.expect("a list");
    assert!(!behind.applicants && behind.lines.len() == 7);
    let foreign = Asked { region: Some(region("990200")), ..asked };
    assert!(table(&inside, &foreign).await.is_err_and(|error| error.has_code("E-P805")));
});

db_test!(one_run_at_a_time_has_the_figures, |db: Db| async move {
    let (p, _) = province(db).await;
    for n in 0..30 {
        TestCase::new(&p, n + 1).await.put(&p).await;
    }
    let (a, b) = (p.system(), p.system());
    let (one, other) = tokio::join!(run(&a, false), run(&b, false));
    let went: Vec<bool> = [one, other].into_iter().map(|ran| ran.expect("no error").is_some()).collect();
    assert!(went.contains(&true));
    run(&p.system(), true).await.expect("a run").expect("nobody else runs");
    assert_eq!(table(&p.system(), &year(By::Region)).await.expect("a table").total.get(Measure::Received), Some(30));
});
