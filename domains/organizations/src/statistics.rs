//! The reports on social organisations (D.7): in which figures each counts, by the rows of the register and of supervision. What the figures are
//! called and how they are defined stands in `data/organizations/statistics.toml`; of those by level and industry, in `statistics-by.toml` and the
//! list of industries.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ::statistics::{Beyond, Count, Counts, Entry, Group, Report, ShareOf, Sum, Tally};
use casework::CaseId;
use kernel::money::Rounding;
use kernel::{Day, Fen, Id, Level, RegionCode, Text};
use platform::ports::BoxFuture;
use platform::{Ctx, OrgId, Result};

use crate::codes;
use crate::model::{Kind, Status};
use crate::store::counts;
use crate::supervision::{Annual, AnnualResult, FactKind, List};

/// The item to which the figures belong: 社会组织成立登记.
const ITEM: &str = "000111001001";

/// The report and how it is counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures;

static REPORT: LazyLock<Report> =
    LazyLock::new(|| Report::read(include_str!("../../../data/organizations/statistics.toml")).expect("a test reads the file that is carried"));

impl Counts for Figures {
    fn report(&self) -> &Report {
        &REPORT
    }

    /// Nothing is counted by case: what an office imported was never one.
    fn of_cases<'a>(&'a self, _: &'a Ctx, _: &'a [CaseId]) -> BoxFuture<'a, Result<Vec<(CaseId, Count)>>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn beyond<'a>(&'a self, ctx: &'a Ctx, after: Option<Id<Entry>>, limit: i64) -> BoxFuture<'a, Result<Vec<Beyond>>> {
        Box::pin(async move {
            let mut found = counts::organizations(ctx.db(), after, limit).await?;
            found.extend(counts::facts(ctx, after, limit).await?);
            found.extend(counts::illegal(ctx.db(), after, limit).await?);
            found.sort_by_key(|counted| *counted.id.bytes());
            found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            Ok(found.into_iter().map(beyond).collect())
        })
    }
}

/// An organisation or a fact, as far as the figures look at it.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) id: Id<Entry>,
    pub(crate) region: RegionCode,
    pub(crate) authority: OrgId,
    /// Of an organisation: its industry.
    pub(crate) industry: String,
    pub(crate) what: What,
}

/// What it is.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// Kind, day of registration, status and since when.
    Organization(Kind, Option<Day>, Status, Day),
    /// Kind, code, from when it holds.
    Fact(FactKind, String, Day),
    /// A report with its conclusion, and when that was drawn.
    Report(AnnualResult, Day, Annual),
    /// A decision on an illegal organisation.
    Illegal(Day),
    /// What was annulled.
    Nothing,
}

/// The report by level of the registering authority and by industry: who came and who ended. A report of its own, so that months of the other that
/// were closed before it was there are not corrected.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts;

/// What is counted of each level and each industry.
const COUNTED: [&str; 2] = ["established", "ended"];
/// The industry of those without one on the list.
const NO_INDUSTRY: &str = "none";

static PARTS: LazyLock<Report> = LazyLock::new(|| {
    let mut report = Report::read(include_str!("../../../data/organizations/statistics-by.toml")).expect("a test reads the file that is carried");
    let none = (NO_INDUSTRY.to_owned(), Text::fixed("未分类", "without an industry"));
    let industries: Vec<(String, Text)> = codes::industries().iter().map(|industry| (industry.code.clone(), industry.name.clone())).chain([none]).collect();
    for whole in COUNTED {
        let of = report.tally(whole).expect("the file declares it").clone();
        let parts: Vec<String> = industries.iter().map(|(code, _)| format!("{whole}_{code}")).collect();
        report.tallies.extend(industries.iter().zip(&parts).map(|((_, name), code)| Tally {
            code: code.clone(),
            name: Text::new(format!("{}：{}", of.name.zh, name.zh), format!("{}: {}", of.name.en, name.en)),
            ..of.clone()
        }));
        let name = Text::new(format!("{}，按行业", of.name.zh), format!("{}, by industry", of.name.en));
        report.groups.push(Group { name, parts: parts.clone() });
        report.sums.push(Sum { whole: whole.to_owned(), times: 1, parts });
    }
    report
});

static CODES: LazyLock<BTreeSet<String>> = LazyLock::new(|| PARTS.tallies.iter().map(|tally| tally.code.clone()).collect());

impl Counts for Parts {
    fn report(&self) -> &Report {
        &PARTS
    }

    /// As of the other report.
    fn of_cases<'a>(&'a self, _: &'a Ctx, _: &'a [CaseId]) -> BoxFuture<'a, Result<Vec<(CaseId, Count)>>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn beyond<'a>(&'a self, ctx: &'a Ctx, after: Option<Id<Entry>>, limit: i64) -> BoxFuture<'a, Result<Vec<Beyond>>> {
        Box::pin(async move {
            let found = counts::organizations(ctx.db(), after, limit).await?;
            Ok(found.into_iter().map(|counted| Beyond { counts: by_parts(&counted), ..beyond(counted) }).collect())
        })
    }
}

/// In which figures by level and industry an organisation counts.
fn by_parts(counted: &Counted) -> Vec<Count> {
    let What::Organization(_, established, status, since) = &counted.what else { return Vec::new() };
    let level = match counted.region.level() {
        Level::Province => "province",
        Level::City => "city",
        _ => "county",
    };
    let industry = codes::industries().iter().find(|known| known.code == counted.industry).map_or(NO_INDUSTRY, |known| known.code.as_str());
    let days = COUNTED.into_iter().zip([*established, status.ended().then_some(*since)]);
    let counts = days.filter_map(|(whole, day)| Some((whole, day?)));
    let codes = counts.flat_map(|(whole, day)| [whole.to_owned(), format!("{whole}_{level}"), format!("{whole}_{industry}")].map(|code| (code, day)));
    codes.filter_map(|(code, day)| Some(Count::new(CODES.get(&code)?, day, 1))).collect()
}

/// What reports say in yuan, and in how many, by figure.
const AMOUNTS: [&str; 4] = ["assets", "income", "cost", "donations"];
const NUMBERS: [&str; 3] = ["members", "staff", "party_members"];

/// In which figures a report counts.
fn of_report(result: AnnualResult, day: Day, report: &Annual) -> Vec<Count> {
    let filed = |name: &str| report.form.get(name).map(String::as_str).unwrap_or_default();
    let yuan = |name: &str| filed(name).parse::<Fen>().ok()?.times(1, 100, Rounding::HalfUp).map(|yuan| yuan.0);
    let amounts = AMOUNTS.into_iter().filter_map(|name| Some((name, yuan(name)?)));
    let numbers = NUMBERS.into_iter().filter_map(|name| Some((name, filed(name).parse().ok()?)));
    let passed = matches!(result, AnnualResult::Passed | AnnualResult::Basic);
    let reports = [("reports", 1), ("reports_passed", i64::from(passed)), ("reports_late", i64::from(report.late))];
    reports.into_iter().chain(amounts).chain(numbers).filter(|(_, n)| *n > 0).map(|(tally, n)| Count::new(tally, day, n)).collect()
}

fn beyond(counted: Counted) -> Beyond {
    Beyond { id: counted.id, region: counted.region, org: counted.authority, item: ITEM.to_owned(), counts: of(&counted.what) }
}

/// The figures of the report.
pub(crate) fn tallies() -> &'static [Tally] {
    &REPORT.tallies
}

/// The shares of the report.
pub(crate) fn shares() -> &'static [ShareOf] {
    &REPORT.shares
}

/// Whether a figure adds up what annual reports say, and so tells of single ones where there are few.
pub(crate) fn of_reports(tally: &str) -> bool {
    AMOUNTS.contains(&tally) || NUMBERS.contains(&tally)
}

/// In which figures it counts.
pub(crate) fn of(what: &What) -> Vec<Count> {
    let mut found = Vec::new();
    match what {
        What::Organization(kind, established, status, since) => {
            if let Some(day) = established {
                let tally = match kind {
                    Kind::Association => "associations",
                    Kind::ServiceInstitution => "institutions",
                    Kind::Foundation => "foundations",
                };
                found.extend([Count::new("established", *day, 1), Count::new(tally, *day, 1)]);
            }
            match status {
                Status::Deregistered => found.push(Count::new("deregistered", *since, 1)),
                Status::Withdrawn | Status::Revoked | Status::FraudUndone => found.push(Count::new("revoked", *since, 1)),
                _ => {}
            }
        }
        What::Fact(FactKind::Penalty, _, day) => found.push(Count::new("penalties", *day, 1)),
        What::Fact(FactKind::List, code, day) => {
            let tally = if List::from_code(code) == Some(List::Serious) { "serious" } else { "abnormal" };
            found.push(Count::new(tally, *day, 1));
        }
        What::Report(result, day, report) => found.extend(of_report(*result, *day, report)),
        What::Illegal(day) => found.push(Count::new("illegal", *day, 1)),
        What::Fact(..) | What::Nothing => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{content, enters, registered, world};

    #[test]
    fn every_figure_that_is_counted_is_declared() {
        let day = Day::ymd(2026, 7, 1);
        let organizations = Kind::ALL.into_iter().flat_map(|kind| Status::ALL.into_iter().map(move |status| What::Organization(kind, Some(day), status, day)));
        let facts = [(FactKind::Penalty, "1"), (FactKind::List, "abnormal"), (FactKind::List, "serious")].map(|(kind, code)| What::Fact(kind, code.to_owned(), day));
        let form = AMOUNTS.into_iter().chain(NUMBERS).map(|name| (name.to_owned(), "3".to_owned())).collect();
        let report = What::Report(AnnualResult::Passed, day, Annual { form, late: true, ..Annual::default() });
        assert_eq!(of(&report).len(), 10, "each figure");
        assert!(organizations.chain(facts).chain([report, What::Illegal(day)]).flat_map(|what| of(&what)).all(|count| REPORT.tally(count.tally).is_some()));
        assert!(REPORT.tallies.iter().all(|tally| !tally.definition.zh.is_empty()));
    }

    ::store::db_test!(d_7_the_report_counts_every_organisation_once_and_adds_up, |db| async move {
        let w = world(db).await;
        ::statistics::install(&w.p.platform, vec![std::sync::Arc::new(Figures)]);
        for (n, kind) in [(1, Kind::Association), (2, Kind::Association), (3, Kind::Foundation)] {
            registered(&w, &format!("城东区第{n}协会"), kind).await;
        }
        ::statistics::run(&w.p.system(), false).await.expect("a run").expect("nobody else runs");
        let asked = ::statistics::Asked { region: Some(w.region), ..::statistics::Asked::month_of(Day::ymd(2020, 3, 1)) };
        let told = ::statistics::answer(&w.p.system(), "organizations", &asked).await.expect("an answer");
        assert!(told.checks.iter().all(|check| check.holds), "{:?}", told.checks);
        let of = |code: &str| told.row(code).and_then(|row| row.reported).expect("shown");
        assert_eq!(["established", "associations", "institutions", "foundations", "deregistered"].map(of), [3, 2, 0, 1, 0]);
    });

    ::store::db_test!(d_7_who_came_and_who_ended_is_told_by_level_and_by_industry_with_the_list_behind, |db| async move {
        let w = world(db).await;
        ::statistics::install(&w.p.platform, vec![std::sync::Arc::new(Figures), std::sync::Arc::new(Parts)]);
        let city = RegionCode::parse("990100").expect("a test region");
        let city = (identity::testing::organisation(&w.p.system(), city).await, city);
        let of = |industry: &str, status| crate::Content { industry: industry.to_owned(), status, ..content("城东区测试协会", Kind::Association) };
        for (n, (at, content)) in
            [((w.authority, w.region), of("05", Status::Active)), ((w.authority, w.region), of("", Status::Active)), (city, of("05", Status::Deregistered))].into_iter().enumerate()
        {
            enters(&w.p.system(), at, crate::Content { name: format!("第{n}协会"), ..content }, None).await;
        }
        let ctx = w.p.system();
        ::statistics::run(&ctx, false).await.expect("a run").expect("nobody else runs");
        let asked = ::statistics::Asked { region: Some(city.1), ..::statistics::Asked::month_of(Day::ymd(2020, 3, 1)) };
        for (codes, counts) in [
            (["established", "established_city", "established_county", "established_05", "established_none"], [3, 1, 2, 2, 1]),
            (["ended", "ended_city", "ended_county", "ended_05", "ended_none"], [1, 1, 0, 1, 0]),
        ] {
            let told = ::statistics::answer(&ctx, "organizations_by", &asked).await.expect("an answer");
            assert!(told.checks.iter().all(|check| check.holds), "{:?}", told.checks);
            for (code, n) in codes.into_iter().zip(counts) {
                let list = ::statistics::counted(&ctx, "organizations_by", code, &asked, "").await.expect("a list");
                assert_eq!((told.row(code).and_then(|row| row.reported), list.lines.len()), (Some(n), usize::try_from(n).expect("few")), "{code}");
            }
        }
        let other = ::statistics::answer(&ctx, "organizations", &asked).await.expect("an answer");
        assert_eq!(other.row("established").and_then(|row| row.reported), Some(3), "the same organisations count in both reports");
    });
}
