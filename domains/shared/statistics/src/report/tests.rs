//! That the figures of a report are their lists, add up, follow every change, and report what is found out later in its own period.

use std::sync::{Arc, LazyLock, Mutex};

use casework::CaseId;
use kernel::{Day, Id, Instant, RegionCode};
use platform::ports::BoxFuture;
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Grant, OrgId, Result, Role};
use store::{Db, db_test};

use super::*;
use crate::testing::TestCase;
use crate::{Asked, Length, Span, run};

static REPORT: LazyLock<Report> = LazyLock::new(|| {
    let tally = |code: &str| format!("[[tallies]]\ncode = \"{code}\"\nname = {{ zh = \"{code}\", en = \"{code}\" }}\nunit = {{ zh = \"件\", en = \"cases\" }}\ndefinition = {{ zh = \"定义\", en = \"what\" }}\n");
    let head = "code = \"test\"\nname = { zh = \"测\", en = \"Test\" }\nsource = { zh = \"无\", en = \"none\" }\nlines = [\"all\", \"papers\"]\ncourse = \"all\"\n";
    let sums = "[[sums]]\nwhole = \"all\"\nparts = [\"odd\", \"even\"]\n[[shares]]\nname = { zh = \"单\", en = \"odd\" }\npart = \"odd\"\nwhole = \"all\"\ndefinition = { zh = \"单\", en = \"odd\" }\n";
    Report::read(&format!("{head}{}{sums}", ["all", "odd", "even", "papers"].map(tally).concat())).expect("a report")
});

/// A service that counts finished cases by the parity of their number, and papers that are no cases.
#[derive(Default)]
struct Parity(Mutex<Vec<Beyond>>);

impl Counts for Parity {
    fn report(&self) -> &Report {
        &REPORT
    }

    fn of_cases<'a>(&'a self, ctx: &'a Ctx, cases: &'a [CaseId]) -> BoxFuture<'a, Result<Vec<(CaseId, Count)>>> {
        Box::pin(async move {
            let rows: Vec<(Vec<u8>, String, Option<i64>)> =
                store::q("SELECT id, case_no, closed_at FROM case_head WHERE closed_at IS NOT NULL AND id IN (").list(cases.iter().copied()).sql(")").all(ctx.db()).await?;
            let count = |(id, number, closed): (Vec<u8>, String, Option<i64>)| {
                let (id, day) = (CaseId::try_from(id).expect("an id"), Instant::from_micros(closed.unwrap_or_default()).day());
                let odd = number.as_bytes()[number.len() - 2] % 2 == 1;
                [(id, Count::new("all", day, 1)), (id, Count::new(if odd { "odd" } else { "even" }, day, 1))]
            };
            Ok(rows.into_iter().flat_map(count).collect())
        })
    }

    fn beyond<'a>(&'a self, _: &'a Ctx, after: Option<Id<Entry>>, limit: i64) -> BoxFuture<'a, Result<Vec<Beyond>>> {
        let mut found: Vec<Beyond> = self.0.lock().expect("nobody panicked").iter().filter(|one| after.is_none_or(|id| one.id > id)).cloned().collect();
        found.sort_by_key(|one| one.id);
        found.truncate(usize::try_from(limit).expect("few"));
        Box::pin(async move { Ok(found) })
    }
}

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

fn asked(length: Length, day: Day) -> Asked {
    Asked { span: Span::around(length, day), region: Some(region("990000")), ..Asked::month_of(day) }
}

async fn world(db: Db) -> (TestPlatform, Arc<Parity>, OrgId) {
    let p = platform::testing::platform(db);
    platform::testing::regions(&p).await.expect("regions");
    p.set_now(Instant::at(Day::ymd(2026, 7, 20), 600));
    let parity = Arc::new(Parity::default());
    install(&p.platform, vec![parity.clone()]);
    let org = identity::testing::organisation(&p.system(), region("990102")).await;
    (p, parity, org)
}

async fn counts(p: &TestPlatform) {
    run(&p.system(), false).await.expect("a run").expect("nobody else runs");
}

async fn lines_behind(ctx: &Ctx, asked: &Asked, tally: &str) -> i64 {
    let (mut n, mut after) = (0, String::new());
    loop {
        let page = counted(ctx, "test", tally, asked, &after).await.expect("a list");
        n += page.lines.iter().map(|line| line.n).sum::<i64>();
        match page.next {
            Some(next) => after = next,
            None => return n,
        }
    }
}

db_test!(p2_6_every_figure_of_a_report_is_its_list_and_all_of_them_add_up, |db: Db| async move {
    let (p, parity, org) = world(db).await;
    for n in 0..70_u32 {
        let case = TestCase { region: region(["990102", "990126"][n as usize % 2]), ..TestCase::new(&p, n + 1).await };
        let finished = case.finished(Instant::at(Day::ymd(2026, 4, 1).plus_days(i64::from(n)), 600));
        if n % 7 == 0 { TestCase::new(&p, n + 1).await } else { finished }.put(&p).await;
    }
    let paper = Beyond { id: p.system().id(), region: region("990102"), org, item: "000700099001".into(), counts: vec![Count::new("papers", Day::ymd(2026, 5, 5), 3)] };
    parity.0.lock().expect("nobody panicked").push(paper);
    counts(&p).await;
    let ctx = p.system();
    for length in [Length::Month, Length::Quarter, Length::Year] {
        let asked = asked(length, Day::ymd(2026, 5, 10));
        let told = answer(&ctx, "test", &asked).await.expect("an answer");
        assert!(told.checks.iter().all(|check| check.holds), "{:?}", told.checks);
        for row in &told.rows {
            assert_eq!(Some(lines_behind(&ctx, &asked, &row.tally.code).await), row.counted, "{length:?} {}", row.tally.code);
            assert_eq!((row.adjusted, row.reported), (Some(0), row.counted));
        }
        for line in &told.lines {
            assert_eq!(Some(lines_behind(&ctx, &line.asked, "all").await), line.values[0], "{}", line.name.zh);
        }
        let months: i64 = told.course.iter().filter_map(|(_, n)| *n).sum();
        assert_eq!(Some(months), told.row("all").and_then(|row| row.counted), "{length:?}: the months");
    }
    let year = answer(&ctx, "test", &asked(Length::Year, Day::ymd(2026, 5, 10))).await.expect("an answer");
    assert_eq!((year.row("all").and_then(|row| row.reported), year.row("papers").and_then(|row| row.reported)), (Some(60), Some(3)));
    let may = answer(&ctx, "test", &asked(Length::Month, Day::ymd(2026, 5, 10))).await.expect("an answer");
    let april = answer(&ctx, "test", &asked(Length::Month, Day::ymd(2026, 4, 10))).await.expect("an answer");
    let of = |answer: &Answer, get: fn(&Row) -> Option<i64>| answer.row("all").and_then(get).expect("shown");
    assert_eq!((of(&may, |row| row.before), of(&may, |row| row.year)), (of(&april, |row| row.reported), of(&april, |row| row.reported) + of(&may, |row| row.reported)));
    let again = run(&ctx, true).await.expect("a run").expect("nobody else runs");
    assert_eq!(again.figures, 0, "looking at everything changes nothing");
    assert!(answer(&ctx, "test", &asked(Length::Day, Day::ymd(2026, 5, 10))).await.is_err_and(|error| error.has_code("E-STA06")));
    assert!(answer(&ctx, "nothing", &asked(Length::Year, Day::ymd(2026, 5, 10))).await.is_err());
    let sheet = take(&ctx, "test", &asked(Length::Year, Day::ymd(2026, 5, 10)), Taken::Report).await.expect("a sheet");
    assert_eq!(sheet.rows.len(), 5, "four figures and a share");
    let list = take(&ctx, "test", &asked(Length::Year, Day::ymd(2026, 5, 10)), Taken::List("all".into())).await.expect("a sheet");
    assert_eq!(list.rows.len(), 60);
});

db_test!(p2_6_what_is_found_out_later_is_reported_in_its_own_period_with_its_month, |db: Db| async move {
    let (p, ..) = world(db).await;
    let late = TestCase::new(&p, 1).await;
    late.put(&p).await;
    TestCase::new(&p, 2).await.finished(p.now()).put(&p).await;
    counts(&p).await;
    p.set_now(Instant::at(Day::ymd(2026, 8, 5), 600));
    counts(&p).await;
    late.finished(Instant::at(Day::ymd(2026, 7, 31), 600)).put(&p).await;
    p.set_now(Instant::at(Day::ymd(2026, 8, 6), 600));
    counts(&p).await;
    let ctx = p.system();
    let july = answer(&ctx, "test", &asked(Length::Month, Day::ymd(2026, 7, 10))).await.expect("an answer");
    let row = july.row("all").expect("a figure");
    assert_eq!((row.counted, row.adjusted, row.reported), (Some(2), Some(-1), Some(1)), "July stays as it was handed in");
    let august = answer(&ctx, "test", &asked(Length::Month, Day::ymd(2026, 8, 10))).await.expect("an answer");
    let row = august.row("all").expect("a figure");
    assert_eq!((row.counted, row.adjusted, row.reported, row.year), (Some(0), Some(1), Some(1), Some(2)));
    let noted = august.noted.iter().find(|noted| noted.tally.code == "all").expect("a reference");
    assert_eq!((noted.month, noted.by), (Day::ymd(2026, 7, 1), Some(1)));
    let quarter = answer(&ctx, "test", &asked(Length::Quarter, Day::ymd(2026, 8, 10))).await.expect("an answer");
    assert_eq!(quarter.row("all").map(|row| (row.counted, row.adjusted)), Some((Some(2), Some(0))), "both months lie in it");
});

db_test!(appendix_5_small_figures_of_a_report_are_hidden_outside_the_office, |db: Db| async move {
    let (p, ..) = world(db).await;
    for n in 0..9_u32 {
        TestCase { region: region(if n < 7 { "990102" } else { "990126" }), ..TestCase::new(&p, n + 1).await }.finished(p.now()).put(&p).await;
    }
    counts(&p).await;
    let mut reader = identity::testing::staff(&p, "990202", &[]).await;
    reader.grants = vec![Grant { role: Role::Statistician, org: None, region: region("990100"), item: None, until: None }];
    let outside = p.as_actor(Actor::Staff(reader));
    let asked = Asked { region: Some(region("990100")), ..asked(Length::Month, Day::ymd(2026, 7, 10)) };
    let told = answer(&outside, "test", &asked).await.expect("an answer");
    let shown = |code: &str| told.row(code).expect("a figure").reported;
    assert_eq!((shown("all"), shown("odd"), shown("even")), (Some(9), None, None), "five and four: the one gives the other away");
    assert!(told.lines.iter().all(|line| line.values[0].is_none()) && told.shares[0].is_none() && told.hides());
    assert!(counted(&outside, "test", "all", &asked, "").await.is_err());
});
