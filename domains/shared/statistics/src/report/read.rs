//! The answer of a report: figures of a period, of the one before, of the year so far; by region; and whether they add up.
//!
//! A figure is reported as its month was closed. What is found out later is reported in the period in which it was noted, with the month to
//! which it belongs, so that no report that was handed in becomes another.

use std::collections::BTreeMap;
use std::sync::Arc;

use interaction::ratings::Share;
use kernel::{Day, Instant, RegionCode, Text};
use platform::{Ctx, Result};

use super::rate::{PerThousand, population};
use super::{Counts, Report, Tally, find};
use crate::issues;
use crate::model::{Asked, By, Length, Span};
use crate::read::{Check, Reader, path, reader};
use crate::rules::rules;
use crate::shown::hidden;
use crate::store::{reports, runs, window};

/// A figure of a report; `None` is hidden.
#[derive(Debug, Clone)]
pub struct Row {
    /// The figure.
    pub tally: Tally,
    /// By the days on which it happened: what its list has.
    pub counted: Option<i64>,
    /// What corrections add to it and take from it in this period.
    pub adjusted: Option<i64>,
    /// Both together: the figure that is reported.
    pub reported: Option<i64>,
    /// Reported in the period before.
    pub before: Option<i64>,
    /// Reported since the first of January.
    pub year: Option<i64>,
}

/// A region directly below, with the figures of the table by region.
#[derive(Debug, Clone)]
pub struct RegionLine {
    /// Its name.
    pub name: Text,
    /// The question that its figures answer.
    pub asked: Asked,
    /// Whether it lies below, so that one may go on.
    pub below: bool,
    /// The figures, in the order of [`Report::lines`].
    pub values: Vec<Option<i64>>,
}

/// A correction that is reported in this period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The figure.
    pub tally: Tally,
    /// The month to which it belongs.
    pub month: Day,
    /// When it was noted.
    pub at: Instant,
    /// By how much; `None` where that is small and the reader does not belong to the office.
    pub by: Option<i64>,
}

/// The answer.
#[derive(Clone)]
pub struct Answer {
    service: Arc<dyn Counts>,
    /// The question, with the region that it was answered for.
    pub asked: Asked,
    /// That region and all above it that the reader may see, the highest first.
    pub path: Vec<(RegionCode, String)>,
    /// The regions directly below.
    pub below: Vec<(RegionCode, String)>,
    /// The figures.
    pub rows: Vec<Row>,
    /// The shares, in the order of [`Report::shares`]; `None` where one of the two figures is hidden.
    pub shares: Vec<Option<Share>>,
    /// The rates, in the order of [`Report::rates`]; none but of a year and where the population is known.
    pub rates: Vec<Option<PerThousand>>,
    /// By region.
    pub lines: Vec<RegionLine>,
    /// The drawn figure by month.
    pub course: Vec<(Day, Option<i64>)>,
    /// Corrections that are reported in this period.
    pub noted: Vec<Noted>,
    /// What must hold.
    pub checks: Vec<Check>,
    /// Whether the reader belongs to the office.
    pub inside: bool,
    /// Day and moment of the last run.
    pub run: Option<(Day, Instant)>,
}

impl Answer {
    /// The report.
    pub fn report(&self) -> &Report {
        self.service.report()
    }

    /// The row of a figure.
    pub fn row(&self, code: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.tally.code == code)
    }

    /// Whether anything is hidden because it is small.
    pub fn hides(&self) -> bool {
        self.rows.iter().any(|row| row.reported.is_none()) || self.lines.iter().any(|line| line.values.contains(&None))
    }
}

/// Sums by figure, with what corrections do to them.
struct Book {
    /// Stored code and month.
    months: BTreeMap<(String, Day), i64>,
    /// Stored code, month corrected, when noted, by how much.
    corrections: Vec<(String, Day, Instant, i64)>,
}

impl Book {
    fn counted(&self, tally: &str, from: Day, to: Day) -> i64 {
        self.months.range((tally.to_owned(), from)..=(tally.to_owned(), to)).map(|(_, n)| n).sum()
    }

    /// Corrections noted in a period, without those that concern its own closed months: these were reported as they were closed.
    fn adjusted(&self, tally: &str, from: Day, to: Day) -> i64 {
        let of = |is: &dyn Fn(Day, Day) -> bool| -> i64 {
            self.corrections.iter().filter(|(code, month, at, _)| code == tally && is(*month, at.day())).map(|(.., by)| by).sum()
        };
        let within = |day: Day| (from..=to).contains(&day);
        of(&|_, noted| within(noted)) - of(&|month, _| within(month))
    }

    fn reported(&self, tally: &str, from: Day, to: Day) -> i64 {
        self.counted(tally, from, to) + self.adjusted(tally, from, to)
    }
}

/// Answers a question with a report.
///
/// # Errors
/// `NotFound` for a report that no service has; `E-P805` for a region outside of every grant; `E-STA06` for a single day.
pub async fn answer(ctx: &Ctx, code: &str, asked: &Asked) -> Result<Answer> {
    let service = find(ctx, code)?;
    if asked.span.length == Length::Day {
        return Err(issues::report_by_month().into());
    }
    let Reader { reach, inside, .. } = reader(ctx, asked.region).await?;
    let asked = Asked { region: Some(reach.region), channel: None, by: By::Region, ..asked.clone() };
    let (db, span, report) = (ctx.db(), asked.span, service.report());
    let year = Span::around(Length::Year, span.from).from;
    let months = reports::months(db, &reach, &asked, &report.code, year.min(span.before().from), span.to).await?;
    let book = Book {
        months: months.into_iter().map(|(tally, month, n)| ((tally, month), n)).collect(),
        corrections: reports::corrections(db, &reach, &asked, &report.code).await?,
    };
    let known = window::regions(db, reach.region).await?;
    let below: Vec<(RegionCode, String)> =
        known.iter().filter(|(_, _, parent)| *parent == Some(reach.region)).map(|(code, name, _)| (*code, name.clone())).collect();
    let stored: Vec<String> = report.lines.iter().map(|code| report.stored(code)).collect();
    let found = reports::lines(db, &reach, &asked, &stored).await?;
    let whole: Vec<i64> = report.tallies.iter().map(|tally| book.counted(&report.stored(&tally.code), span.from, span.to)).collect();
    let checks = checks(report, &whole, &found);
    let smallest = if inside { 0 } else { rules().smallest_cell };
    let rows = rows(report, &book, span, year, smallest);
    Ok(Answer {
        path: path(&known, &reach),
        shares: report.shares.iter().map(|share| share_of(&rows, &share.part, &share.whole)).collect(),
        rates: report.rates.iter().map(|rate| per_thousand(&rows, &rate.part, &asked)).collect(),
        lines: lines(&asked, &known, &below, &stored, &found, smallest),
        course: course(report, &book, span, smallest),
        noted: noted(report, &book, span, smallest),
        run: runs::last(db).await?,
        below,
        rows,
        checks,
        inside,
        asked,
        service,
    })
}

fn rows(report: &Report, book: &Book, span: Span, year: Day, smallest: i64) -> Vec<Row> {
    let column = |of: &dyn Fn(&str) -> i64| -> Vec<Option<i64>> {
        let values: Vec<i64> = report.tallies.iter().map(|tally| of(&report.stored(&tally.code))).collect();
        hide(report, &values, smallest)
    };
    let before = span.before();
    let counted = column(&|code| book.counted(code, span.from, span.to));
    let reported = column(&|code| book.reported(code, span.from, span.to));
    let earlier = column(&|code| book.reported(code, before.from, before.to));
    let so_far = column(&|code| book.reported(code, year, span.to));
    let line = |(at, tally): (usize, &Tally)| {
        // Of two figures and their difference none tells the third.
        let shown = counted[at].zip(reported[at]);
        Row {
            tally: tally.clone(),
            counted: shown.map(|(counted, _)| counted),
            adjusted: shown.map(|(counted, reported)| reported - counted),
            reported: shown.map(|(_, reported)| reported),
            before: earlier[at],
            year: so_far[at],
        }
    };
    report.tallies.iter().enumerate().map(line).collect()
}

/// Hides small figures, and of parts of one sum a second one where a single one could be reckoned from the others.
fn hide(report: &Report, values: &[i64], smallest: i64) -> Vec<Option<i64>> {
    let mut small: Vec<bool> = values.iter().map(|n| (1..smallest).contains(n)).collect();
    let place = |code: &String| report.tallies.iter().position(|tally| tally.code == *code);
    for sum in &report.sums {
        let parts: Vec<usize> = sum.parts.iter().filter_map(place).collect();
        let column: Vec<i64> = parts.iter().map(|at| values[*at]).collect();
        for (at, hidden) in parts.iter().zip(hidden(&column, smallest)) {
            small[*at] |= hidden;
        }
    }
    values.iter().zip(small).map(|(n, small)| (!small).then_some(*n)).collect()
}

fn share_of(rows: &[Row], part: &str, whole: &str) -> Option<Share> {
    let of = |code: &str| rows.iter().find(|row| row.tally.code == code).and_then(|row| row.reported);
    Some(Share { part: of(part)?, whole: of(whole)? })
}

fn per_thousand(rows: &[Row], part: &str, asked: &Asked) -> Option<PerThousand> {
    let of = population(asked.region?, asked.span.from.year()).filter(|_| asked.span.length == Length::Year && asked.org.is_none() && !asked.only)?;
    let n = rows.iter().find(|row| row.tally.code == part)?.reported?;
    Some(PerThousand { n, of })
}

fn lines(
    asked: &Asked,
    known: &[(RegionCode, String, Option<RegionCode>)],
    below: &[(RegionCode, String)],
    stored: &[String],
    found: &[(RegionCode, String, i64)],
    smallest: i64,
) -> Vec<RegionLine> {
    let mut regions: BTreeMap<RegionCode, Vec<i64>> = BTreeMap::new();
    for (region, tally, n) in found {
        let values = regions.entry(*region).or_insert_with(|| vec![0; stored.len()]);
        if let Some(at) = stored.iter().position(|code| code == tally) {
            values[at] += n;
        }
    }
    let columns: Vec<Vec<bool>> =
        (0..stored.len()).map(|at| hidden(&regions.values().map(|values| values[at]).collect::<Vec<_>>(), smallest)).collect();
    let line = |(row, (code, values)): (usize, (&RegionCode, &Vec<i64>))| {
        let name = known.iter().find(|(own, ..)| own == code).map_or_else(|| code.to_string(), |(_, name, _)| name.clone());
        let own = Some(*code) == asked.region;
        RegionLine {
            name: if own && !below.is_empty() { Text::new(format!("{name}本级"), format!("{name} itself")) } else { Text::same(name) },
            asked: Asked { region: Some(*code), only: own && !below.is_empty(), ..asked.clone() },
            below: !own,
            values: values.iter().enumerate().map(|(at, n)| (!columns[at][row]).then_some(*n)).collect(),
        }
    };
    regions.iter().enumerate().map(line).collect()
}

fn course(report: &Report, book: &Book, span: Span, smallest: i64) -> Vec<(Day, Option<i64>)> {
    let stored = report.stored(&report.course);
    let months: Vec<Day> = (0..12).map(|n| span.from.plus_months(n)).filter(|month| *month <= span.to).collect();
    let values: Vec<i64> = months.iter().map(|month| book.counted(&stored, *month, *month)).collect();
    months.into_iter().zip(hidden(&values, smallest).into_iter().zip(values)).map(|(month, (hidden, n))| (month, (!hidden).then_some(n))).collect()
}

fn noted(report: &Report, book: &Book, span: Span, smallest: i64) -> Vec<Noted> {
    let within = |day: Day| (span.from..=span.to).contains(&day);
    let here = book.corrections.iter().filter(|(_, _, at, _)| within(at.day()));
    here.filter_map(|(code, month, at, by)| {
        let tally = report.tallies.iter().find(|tally| report.stored(&tally.code) == *code)?.clone();
        Some(Noted { tally, month: *month, at: *at, by: (!(1..smallest).contains(&by.abs())).then_some(*by) })
    })
    .collect()
}

/// What must hold between the figures, hidden or not.
fn checks(report: &Report, values: &[i64], lines: &[(RegionCode, String, i64)]) -> Vec<Check> {
    let of = |code: &String| report.tallies.iter().position(|tally| tally.code == *code).map_or(0, |at| values[at]);
    let name = |code: &String| report.tally(code).map_or_else(|| Text::same(code.clone()), |tally| tally.name.clone());
    let sums = report.sums.iter().map(|sum| {
        let parts: Vec<Text> = sum.parts.iter().map(name).collect();
        let whole = name(&sum.whole);
        let times = if sum.times == 1 { String::new() } else { format!("×{}", sum.times) };
        let join = |of: fn(&Text) -> &str| parts.iter().map(of).collect::<Vec<_>>().join(" + ");
        Check {
            what: Text::new(format!("{}{times} = {}", whole.zh, join(|text| &text.zh)), format!("{}{times} = {}", whole.en, join(|text| &text.en))),
            holds: of(&sum.whole) * sum.times == sum.parts.iter().map(of).sum::<i64>(),
        }
    });
    let regions = report.lines.iter().map(|code| {
        let stored = report.stored(code);
        let total: i64 = lines.iter().filter(|(_, tally, _)| *tally == stored).map(|(.., n)| n).sum();
        let name = name(code);
        Check { what: Text::new(format!("{}等于各地区之和", name.zh), format!("{}: the sum of the regions", name.en)), holds: total == of(code) }
    });
    sums.chain(regions).collect()
}
