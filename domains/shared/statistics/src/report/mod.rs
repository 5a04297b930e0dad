//! Reports of services: what they count of their cases and registers beyond the common figures.
//!
//! A report is data (names, definitions, what adds up to what); the service that owns the rows says of each case in which figures it counts
//! ([`Counts`]). Everything else is done here and alike for all: the nightly run keeps one row for each entry and figure and adds them up by
//! day and month, closed months take corrections, the reader's grants narrow, small cells are hidden, every figure has its list.
//!
//! # Recipe
//! ```ignore
//! pub struct Figures;
//! impl statistics::Counts for Figures {
//!     fn report(&self) -> &Report { &REPORT }                                   // data/<service>/statistics.toml
//!     fn of_cases(…) { … vec![(case, Count::new("pairs", day, 1))] … }          // by the rows of the business
//! }
//! statistics::install(platform, vec![Arc::new(Figures)]);                       // server/src/registry.rs
//! ```

mod gather;
mod list;
mod rate;
mod read;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use casework::CaseId;
use kernel::{Day, Id, RegionCode, Text};
use platform::ports::BoxFuture;
use platform::{Ctx, OrgId, Platform, Result};
use serde::Deserialize;

pub(crate) use gather::{Kept, begin, beyond, count_day, of_cases};
pub use list::{CountLine, CountList, counted};
pub use rate::{PerThousand, Population};
pub use read::{Answer, Noted, RegionLine, Row, answer};
pub use sheet::{Taken, take};

/// A report, as its file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// As in addresses and before the codes of its figures.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Who asks for it.
    pub source: Text,
    /// The figures of the table by region.
    pub lines: Vec<String>,
    /// The figure that is drawn month by month.
    pub course: String,
    /// The figures.
    pub tallies: Vec<Tally>,
    /// What must add up.
    #[serde(default)]
    pub sums: Vec<Sum>,
    /// Parts of a whole.
    #[serde(default)]
    pub shares: Vec<ShareOf>,
    /// Figures of a year for a thousand people.
    #[serde(default)]
    pub rates: Vec<Rate>,
    /// Figures that are drawn beside each other.
    #[serde(default)]
    pub groups: Vec<Group>,
}

/// A figure of a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Its code within the report.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// What one of it is: couples, persons, cases.
    pub unit: Text,
    /// What exactly is counted, and on which day.
    pub definition: Text,
}

/// Figures that add up to another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// The sum.
    pub whole: String,
    /// How often the whole counts: a couple has two persons.
    #[serde(default = "once")]
    pub times: i64,
    /// What it is the sum of.
    pub parts: Vec<String>,
}

fn once() -> i64 {
    1
}

/// A part of a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareOf {
    /// Its name.
    pub name: Text,
    /// The figure above the line.
    pub part: String,
    /// The figure below.
    pub whole: String,
    /// What it says.
    pub definition: Text,
}

/// A figure of a year for a thousand people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Its name.
    pub name: Text,
    /// The figure.
    pub part: String,
    /// What it says.
    pub definition: Text,
}

/// Figures that are drawn beside each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What they are parts of.
    pub name: Text,
    /// Their codes, in order.
    pub parts: Vec<String>,
}

impl Report {
    /// Reads the text of a report's file.
    ///
    /// # Errors
    /// What is wrong with it, with the place: no report, or a code that no figure has.
    pub fn read(text: &str) -> Result<Self, String> {
        let report: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let shares = report.shares.iter().flat_map(|share| [&share.part, &share.whole]);
        let sums = report.sums.iter().flat_map(|sum| sum.parts.iter().chain([&sum.whole]));
        let mut named = report.lines.iter().chain([&report.course]).chain(report.rates.iter().map(|rate| &rate.part)).chain(shares).chain(sums).chain(report.groups.iter().flat_map(|group| &group.parts));
        let unknown = named.find(|code| report.tally(code).is_none()).map(|code| format!("{}: no figure has the code {code}", report.code));
        drop(named);
        match unknown {
            Some(wrong) => Err(wrong),
            None => Ok(report),
        }
    }

    /// The figure with this code.
    pub fn tally(&self, code: &str) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.code == code)
    }

    /// The code of a figure as stored.
    pub(crate) fn stored(&self, code: &str) -> String {
        format!("{}.{code}", self.code)
    }
}

/// That something counts in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Code of the figure within the report.
    pub tally: &'static str,
    /// On which day.
    pub day: Day,
    /// How much.
    pub n: i64,
}

impl Count {
    /// Counts `n` on a day.
    pub fn new(tally: &'static str, day: Day, n: i64) -> Self {
        Self { tally, day, n }
    }
}

/// Marker of what counts and is no case.
#[derive(Debug)]
pub struct Entry;

/// Something that counts and is no case.
#[derive(Debug, Clone)]
pub struct Beyond {
    /// Its id.
    pub id: Id<Entry>,
    /// Where.
    pub region: RegionCode,
    /// Of which body.
    pub org: OrgId,
    /// Basic code of the item to which it belongs.
    pub item: String,
    /// In what it counts.
    pub counts: Vec<Count>,
}

/// A service that has a report.
pub trait Counts: Send + Sync {
    /// The report.
    fn report(&self) -> &Report;

    /// In which figures these cases count. Asked again whenever a case has changed; cases of other services count in none.
    fn of_cases<'a>(&'a self, ctx: &'a Ctx, cases: &'a [CaseId]) -> BoxFuture<'a, Result<Vec<(CaseId, Count)>>>;

    /// What counts and is no case: by id after `after`, at most `limit`. Read whole every night, so for what is rare.
    fn beyond<'a>(&'a self, ctx: &'a Ctx, after: Option<Id<Entry>>, limit: i64) -> BoxFuture<'a, Result<Vec<Beyond>>>;
}

/// The reports of this program.
struct Installed(Vec<Arc<dyn Counts>>);

/// Puts the reports of the services in, at start.
pub fn install(platform: &Platform, reports: Vec<Arc<dyn Counts>>) {
    platform.install(Arc::new(Installed(reports)));
}

/// The services that have a report; none before [`install`].
pub(crate) fn installed(ctx: &Ctx) -> Vec<Arc<dyn Counts>> {
    ctx.platform().installed::<Installed>().map(|installed| installed.0.clone()).unwrap_or_default()
}

/// Codes and names of the reports, to choose from.
pub fn reports(ctx: &Ctx) -> Vec<(String, Text)> {
    installed(ctx).iter().map(|service| (service.report().code.clone(), service.report().name.clone())).collect()
}

/// The service with the report of this code.
pub(crate) fn find(ctx: &Ctx, code: &str) -> Result<Arc<dyn Counts>> {
    installed(ctx).into_iter().find(|service| service.report().code == code).ok_or(platform::Error::NotFound)
}
