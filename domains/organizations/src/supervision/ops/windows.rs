//! The last days of annual reports, which an authority may postpone by a notice (D-R17).

use kernel::{Calendar, Day, Instant, Issue, Issues, RegionCode};
use platform::{Ctx, Result, Role, Scope, audit};
use ::store::Db;

use crate::Kind;
use crate::supervision::numbers;
use crate::supervision::states::OVERSEERS;
use crate::supervision::store::windows as rows;

/// A day that was set.
#[derive(Debug, Clone)]
pub struct Window {
    /// Where it holds, with everything below.
    pub region: RegionCode,
    /// The year of the report.
    pub year: i64,
    /// For which organisations.
    pub kind: Option<Kind>,
    /// The last day.
    pub due: Day,
    /// The notice.
    pub source: String,
    /// Who entered it.
    pub entered_by: String,
    /// When.
    pub entered_at: Instant,
}

/// The last days of reports: the law's, and those that were set.
#[derive(Debug, Clone)]
pub struct Windows {
    /// The year whose reports are filed now.
    pub year: i64,
    /// The law's day for the reports of that year, by kind of organisation, moved off days of rest.
    pub legal: Vec<(Kind, Day)>,
    /// Days that were set, the latest year first.
    pub set: Vec<Window>,
}

/// A day to be set.
#[derive(Debug, Clone, Default)]
pub struct NewWindow {
    /// Code of the region.
    pub region: String,
    /// The year of the report.
    pub year: String,
    /// Class digits of the credit code.
    pub class: String,
    /// The last day.
    pub due: String,
    /// The notice: name and number.
    pub source: String,
}

/// The last day for the report of a year: that of the nearest authority that set one, else that of the law.
///
/// # Errors
/// Those of the database.
pub async fn report_due(db: &Db, calendar: &Calendar, region: RegionCode, kind: Kind, year: i64) -> Result<Option<Day>> {
    match rows::due(db, region, year, kind.prefix()).await? {
        Some(due) => Ok(Some(due)),
        None => Ok(numbers::report(kind).due(calendar, year)),
    }
}

/// The law's days for the reports that are filed now, and those that were set in the reader's regions.
///
/// # Errors
/// `E-P805` for whoever reads no desk.
pub async fn windows(ctx: &Ctx) -> Result<Windows> {
    ctx.require_role(OVERSEERS)?;
    let found = rows::list(ctx.db(), &ctx.regions_of(OVERSEERS)).await?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let year = i64::from(ctx.today().year()) - 1;
    let legal = Kind::ALL.into_iter().filter_map(|kind| Some((kind, numbers::report(kind).due(&calendar, year)?))).collect();
    let kinds = numbers::classes();
    let set = found
        .into_iter()
        .map(|row| Window {
            kind: kinds.get(row.class.as_str()).copied(),
            region: row.region,
            year: row.year,
            due: row.due,
            source: row.source,
            entered_by: row.entered_by,
            entered_at: row.entered_at,
        })
        .collect();
    Ok(Windows { year, legal, set })
}

/// Postpones the last day of a year's reports for a region and everything below it. It never comes before the law's.
///
/// # Errors
/// What is missing or earlier than the law's day, at its field; `E-P805` for whoever heads no authority there.
pub async fn set_window(ctx: &Ctx, new: &NewWindow) -> Result<()> {
    let mut issues = Issues::default();
    let missing = |field: &str| Issue::error("E-D80", "请填写", "This is needed").field(field);
    let region = issues.keep(RegionCode::parse(new.region.trim()).map_err(|_| missing("region")));
    let kind = issues.keep(numbers::classes().get(new.class.trim()).copied().ok_or_else(|| missing("class")));
    let year = issues.keep(new.year.trim().parse::<i64>().ok().filter(|year| (1950..9999).contains(year)).ok_or_else(|| missing("year")));
    let due = issues.keep(new.due.trim().parse::<Day>().map_err(|_| missing("due")));
    let source = kernel::text::line(&new.source);
    issues.ensure(!source.is_empty(), || missing("source"));
    let calendar = platform::calendars::current(ctx.db()).await?;
    if let (Some(kind), Some(year), Some(due)) = (kind, year, due) {
        let law = numbers::report(kind);
        if let Some(first) = law.due(&calendar, year) {
            issues.ensure(due >= first, || crate::supervision::issues::not_before(first, law.law()).field("due"));
        }
    }
    issues.finish()?;
    let (Some(region), Some(kind), Some(year), Some(due)) = (region, kind, year, due) else { return Err(missing("region").into()) };
    ctx.require(&[Role::Head], &Scope::region(region)).await?;
    let event = audit::Event::new("organization.window", "organization_report_window", format!("{}/{year}/{}", region.as_str(), kind.prefix())).region(&region);
    ctx.db()
        .write(|tx| {
            let (ctx, event, source) = (ctx.clone(), event.clone(), source.clone());
            async move {
                rows::set(&tx, &ctx, region, year, kind.prefix(), due, &source).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
