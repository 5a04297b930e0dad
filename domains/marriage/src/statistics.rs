//! The report on marriage registration (A.6): in which of its figures each case counts, by the rows of the register. What the figures are
//! called and how they are defined stands in `data/marriage/statistics.toml`.

use std::sync::LazyLock;

use ::statistics::{Beyond, Count, Counts, Entry, Report};
use casework::CaseId;
use kernel::{Day, Id, RegionCode, age};
use platform::ports::BoxFuture;
use platform::{Ctx, Result};

use crate::model::{EndKind, Kind, Marital, Snapshot};
use crate::parameters::parameters;
use crate::store::counts;

/// The report and how it is counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures;

static REPORT: LazyLock<Report> =
    LazyLock::new(|| Report::read(include_str!("../../../data/marriage/statistics.toml")).expect("a test reads the file that is carried"));

impl Counts for Figures {
    fn report(&self) -> &Report {
        &REPORT
    }

    fn of_cases<'a>(&'a self, ctx: &'a Ctx, cases: &'a [CaseId]) -> BoxFuture<'a, Result<Vec<(CaseId, Count)>>> {
        Box::pin(async move {
            let mut found = Vec::new();
            for marriage in counts::marriages(ctx, cases).await? {
                found.extend(of_marriage(&marriage).into_iter().map(|count| (marriage.case, count)));
            }
            for divorce in counts::divorces(ctx.db(), cases).await? {
                found.extend(of_divorce(&divorce).into_iter().map(|count| (divorce.case, count)));
            }
            for (case, issued_on) in counts::reissues(ctx.db(), cases).await? {
                found.push((case, Count::new("reissues", issued_on, 1)));
            }
            Ok(found)
        })
    }

    /// Papers of courts that ended a marriage by divorce: they are no cases.
    fn beyond<'a>(&'a self, ctx: &'a Ctx, after: Option<Id<Entry>>, limit: i64) -> BoxFuture<'a, Result<Vec<Beyond>>> {
        Box::pin(async move {
            let papers = counts::court_divorces(ctx.db(), after, limit).await?;
            let entry = |paper: counts::CourtRow| Beyond {
                id: paper.id,
                region: paper.region,
                org: paper.org,
                item: crate::divorce::ITEM.to_owned(),
                counts: vec![Count::new("court_divorces", paper.checked_at.day(), 1)],
            };
            Ok(papers.into_iter().map(entry).collect())
        })
    }
}

/// A registration, as far as the figures look at it.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) case: CaseId,
    pub(crate) on: Day,
    pub(crate) kind: String,
    pub(crate) region: RegionCode,
    pub(crate) ended: Option<(Day, String)>,
    pub(crate) parties: [Snapshot; 2],
}

fn of_marriage(marriage: &Registered) -> Vec<Count> {
    let on = marriage.on;
    let persons = |is: &dyn Fn(&Snapshot) -> bool| marriage.parties.iter().map(|person| i64::from(is(person))).sum::<i64>();
    let abroad = i64::from(persons(&|person| person.kind.from_abroad()) > 0);
    let first = persons(&|person| person.marital == Marital::Never);
    let mut counts = vec![
        Count::new("pairs", on, 1),
        Count::new("pairs_mainland", on, 1 - abroad),
        Count::new("pairs_abroad", on, abroad),
        Count::new("first", on, first),
        Count::new("again", on, 2 - first),
        Count::new("reunion", on, i64::from(marriage.kind == Kind::SameCouple.code())),
    ];
    for tally in AGES.map(|(tally, _)| tally) {
        counts.push(Count::new(tally, on, persons(&|person| age_group(person.birth, on) == tally)));
    }
    let county = households(marriage, 6);
    counts.push(Count::new("household_known", on, i64::from(county.is_some())));
    counts.push(Count::new("cross_county", on, i64::from(county == Some(false))));
    counts.push(Count::new("cross_province", on, i64::from(county.is_some() && households(marriage, 2) == Some(false))));
    if let Some((day, _)) = marriage.ended.as_ref().filter(|(_, kind)| EndKind::from_code(kind).is_some_and(EndKind::voids)) {
        counts.push(Count::new("void", *day, 1));
    }
    counts.retain(|count| count.n != 0);
    counts
}

/// The groups of A.6, each from its first full year on.
const AGES: [(&str, u16); 5] = [("age_20", 0), ("age_25", 25), ("age_30", 30), ("age_35", 35), ("age_40", 40)];

fn age_group(birth: Day, on: Day) -> &'static str {
    let years = age::full_years(birth, on, parameters().age.leap_policy.value).unwrap_or_default();
    AGES.iter().rev().find(|(_, from)| years >= *from).map_or("age_20", |(tally, _)| tally)
}

/// Whether a party's household is registered in the office's county (6 digits) or province (2): one that is settles it; otherwise both have
/// to be known. A party from abroad has none.
fn households(marriage: &Registered, digits: usize) -> Option<bool> {
    let here = &marriage.region.as_str()[..digits];
    let of = |person: &Snapshot| match &person.hukou_region {
        Some(code) => code.get(..digits).map(|there| there == here),
        None => person.kind.from_abroad().then_some(false),
    };
    match marriage.parties.each_ref().map(of) {
        [Some(true), _] | [_, Some(true)] => Some(true),
        [Some(false), Some(false)] => Some(false),
        _ => None,
    }
}

/// A case of divorce, as far as the figures look at it.
#[derive(Debug, Clone)]
pub(crate) struct Divorcing {
    pub(crate) case: CaseId,
    pub(crate) accepted_on: Option<Day>,
    pub(crate) withdrawn_on: Option<Day>,
    pub(crate) lapsed_on: Option<Day>,
    pub(crate) registered_on: Option<Day>,
}

fn of_divorce(case: &Divorcing) -> Vec<Count> {
    let days = [("applications", case.accepted_on), ("withdrawn", case.withdrawn_on), ("lapsed", case.lapsed_on), ("divorces", case.registered_on)];
    days.into_iter().filter_map(|(tally, day)| Some(Count::new(tally, day?, 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Side;
    use crate::parties::PartyKind;
    use crate::rules::sample::{man, woman};

    fn registered() -> Registered {
        Registered {
            case: Id::new(1, [1; 10]),
            on: Day::ymd(2026, 5, 20),
            kind: Kind::First.code().to_owned(),
            region: RegionCode::parse("990101").expect("a region"),
            ended: None,
            parties: [man(), woman()],
        }
    }

    fn n(marriage: &Registered, tally: &str) -> i64 {
        of_marriage(marriage).iter().filter(|count| count.tally == tally).map(|count| count.n).sum()
    }

    #[test]
    fn every_figure_that_is_counted_is_declared() {
        let mut marriage = registered();
        marriage.ended = Some((Day::ymd(2026, 6, 1), EndKind::Revoked.code().to_owned()));
        let divorce = Divorcing { case: marriage.case, accepted_on: Some(marriage.on), withdrawn_on: Some(marriage.on), lapsed_on: Some(marriage.on), registered_on: Some(marriage.on) };
        let counted = of_marriage(&marriage).into_iter().chain(of_divorce(&divorce));
        assert!(counted.into_iter().all(|count| REPORT.tally(count.tally).is_some()));
        assert!(["court_divorces", "reissues"].iter().all(|code| REPORT.tally(code).is_some()));
        assert!(AGES.iter().all(|(code, _)| REPORT.tally(code).is_some()) && REPORT.tallies.iter().all(|tally| !tally.definition.zh.is_empty()));
    }

    #[test]
    fn a_couple_counts_in_both_halves_of_every_sum() {
        let marriage = registered();
        assert_eq!((n(&marriage, "pairs"), n(&marriage, "pairs_mainland"), n(&marriage, "pairs_abroad")), (1, 1, 0));
        assert_eq!((n(&marriage, "first"), n(&marriage, "again"), n(&marriage, "age_20")), (2, 0, 2));
        let mut again = registered();
        again.parties[1].marital = Marital::Widowed;
        again.parties[1].birth = Day::ymd(1986, 5, 21);
        assert_eq!((n(&again, "first"), n(&again, "again"), n(&again, "age_20"), n(&again, "age_35"), n(&again, "age_40")), (1, 1, 1, 1, 0));
        again.parties[1].birth = Day::ymd(1986, 5, 20);
        assert_eq!(n(&again, "age_40"), 1, "forty on the day itself");
    }

    #[test]
    fn across_counties_is_never_guessed() {
        let with = |a: Option<&str>, b: Option<&str>| {
            let mut marriage = registered();
            for (side, code) in Side::BOTH.into_iter().zip([a, b]) {
                marriage.parties[usize::from(side == Side::B)].hukou_region = code.map(str::to_owned);
            }
            (n(&marriage, "household_known"), n(&marriage, "cross_county"), n(&marriage, "cross_province"))
        };
        assert_eq!(with(Some("990101"), Some("110101")), (1, 0, 0), "one of the two lives there");
        assert_eq!(with(Some("990102"), Some("990126")), (1, 1, 0));
        assert_eq!(with(Some("110101"), Some("310101")), (1, 1, 1));
        assert_eq!(with(Some("990101"), None), (1, 0, 0), "one that does settles it");
        assert_eq!(with(Some("110101"), None), (0, 0, 0), "nobody knows");
        let mut abroad = registered();
        abroad.parties[0].kind = PartyKind::Foreign;
        abroad.parties[0].hukou_region = None;
        abroad.parties[1].hukou_region = Some("990126".to_owned());
        assert_eq!((n(&abroad, "pairs_abroad"), n(&abroad, "cross_county"), n(&abroad, "cross_province")), (1, 1, 0));
    }

    ::store::db_test!(a_6_the_report_has_every_act_of_the_office_and_each_figure_is_its_list, |db| async move {
        let world = crate::testing::world(db, 8).await;
        let p = &world.platform;
        ::statistics::install(&p.platform, vec![std::sync::Arc::new(Figures)]);
        p.set_now(kernel::Instant::at(Day::ymd(2026, 5, 20), 600));
        world.marries(&crate::testing::m1(), &crate::testing::f1(), ["10000001", "10000002"]).await.expect("they marry");
        p.set_now(kernel::Instant::at(Day::ymd(2026, 5, 21), 40));
        ::statistics::run(&p.system(), false).await.expect("a run").expect("nobody else runs");
        let asked = ::statistics::Asked { region: Some(RegionCode::parse("990000").expect("a region")), ..::statistics::Asked::month_of(Day::ymd(2026, 5, 1)) };
        let ctx = p.system();
        let told = ::statistics::answer(&ctx, "marriage", &asked).await.expect("an answer");
        assert!(told.checks.iter().all(|check| check.holds), "{:?}", told.checks);
        let of = |code: &str| told.row(code).and_then(|row| row.reported).expect("shown");
        assert_eq!(["pairs", "pairs_mainland", "pairs_abroad", "first", "again", "age_20", "divorces"].map(of), [1, 1, 0, 2, 0, 2, 0]);
        for row in &told.rows {
            let list = ::statistics::counted(&ctx, "marriage", &row.tally.code, &asked, "").await.expect("a list");
            assert_eq!(Some(list.lines.iter().map(|line| line.n).sum::<i64>()), row.counted, "{}", row.tally.code);
        }
    });
}
