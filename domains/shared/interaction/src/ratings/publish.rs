//! Publication, monthly and by office (P3-9): figures that do not change afterwards, and words without personal data.

use kernel::{Day, Text};
use platform::{Ctx, Error, Result, audit};

use super::figures::Share;
use super::{Level, SubjectId};
use crate::screen::screen;
use crate::store::months::{self, MonthRow, OfficeRow};
use crate::store::subjects;

/// Counts below this are not shown outside the office (form EVAL-1).
const SMALL: i64 = 5;
/// Offices on a page.
const PAGE: i64 = 50;

/// Published figures of one office.
#[derive(Debug, Clone)]
pub struct Month {
    /// Code of the office.
    pub office: String,
    /// Its name.
    pub name: Text,
    /// Matters finished; absent where too few.
    pub finished: Option<i64>,
    /// Ratings that count; absent where too few.
    pub rated: Option<i64>,
    /// How many of each level; absent where too few.
    pub levels: [Option<i64>; 5],
    /// 满意度; absent where too few have rated.
    pub satisfaction: Option<Share>,
    /// 主动评价率.
    pub active: Option<Share>,
}

fn shown(count: i64) -> Option<i64> {
    (count == 0 || count >= SMALL).then_some(count)
}

impl From<MonthRow> for Month {
    fn from(row: MonthRow) -> Self {
        let levels = [row.level_1, row.level_2, row.level_3, row.level_4, row.level_5];
        let enough = row.rated >= SMALL;
        Self {
            office: row.office,
            name: Text::new(row.office_zh, row.office_en),
            finished: shown(row.finished),
            rated: shown(row.rated),
            levels: levels.map(shown),
            satisfaction: enough.then(|| Share { part: levels[..3].iter().sum(), whole: levels.iter().sum() }),
            active: enough.then_some(Share { part: row.rated, whole: row.finished }),
        }
    }
}

/// What the public page shows.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Months that are published, the newest first.
    pub months: Vec<String>,
    /// The month shown; empty where none is published.
    pub month: String,
    /// Its offices.
    pub offices: Vec<Month>,
    /// The office of which words are shown.
    pub office: String,
    /// Published words of that office, with their level.
    pub words: Vec<(Level, String)>,
    /// The key of the next page.
    pub next: Option<String>,
}

/// The figures of a month, the newest where none is asked for; words of one office.
pub async fn published(ctx: &Ctx, month: &str, office: &str, after: &str) -> Result<Published> {
    let months = months::months(ctx.db()).await?;
    let Some(month) = months.iter().find(|known| *known == month).or(months.first()).cloned() else { return Ok(Published::default()) };
    let mut rows = months::month(ctx.db(), &month, after, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.office.clone());
    let words = match (office, days(&month)) {
        ("", _) | (_, None) => Vec::new(),
        (office, Some((from, to))) => months::published_words(ctx.db(), office, from, to).await?,
    };
    let words = words.into_iter().filter_map(|(level, words)| Some((Level::from_number(level)?, words))).collect();
    Ok(Published { months, month, offices: rows.into_iter().map(Month::from).collect(), office: office.to_owned(), words, next })
}

/// First and last day of a month written `2026-07`.
fn days(month: &str) -> Option<(Day, Day)> {
    let first: Day = format!("{month}-01").parse().ok()?;
    Some((first, first.plus_months(1).plus_days(-1)))
}

/// Publishes the month before the present one, once its ratings can no longer come in or be changed (day 15), office by office. A run that breaks off goes on the next time.
pub(crate) async fn publish(ctx: &Ctx) -> Result<()> {
    let today = ctx.today();
    if today.day() < 15 {
        return Ok(());
    }
    let first = today.plus_days(1 - i64::from(today.day())).plus_months(-1);
    let month = first.to_string().chars().take(7).collect::<String>();
    let last = first.plus_months(1).plus_days(-1);
    for office in months::unpublished(ctx.db(), &month, first, last).await? {
        publish_office(ctx, &month, office, first, last).await?;
    }
    Ok(())
}

async fn publish_office(ctx: &Ctx, month: &str, office: OfficeRow, from: Day, to: Day) -> Result<()> {
    let mut ready = Vec::new();
    for row in months::words(ctx.db(), &office.office, from, to).await? {
        let words = ctx.keys().open_text("rating", "words", &row.id.to_vec(), &row.words).map_err(Error::internal)?;
        let names = names(ctx, SubjectId::try_from(row.subject_id).map_err(Error::internal)?).await?;
        ready.push((row.id, screen(&words, &names)));
    }
    let event = audit::Event::new("rating.publish", "office", &office.office).region(&office.region).detail(serde_json::json!({ "month": month }));
    let ready = std::sync::Arc::new((month.to_owned(), office, ready, event));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (month, office, words, event) = &*ready;
                let finished = months::finished(&tx, &office.region, &office.office, from, to).await?;
                let counts = months::counts(&tx, &office.region, &office.office, from, to).await?;
                if !months::publish(&tx, month, office, finished, &counts, ctx.now()).await? {
                    return Ok(());
                }
                for (id, words) in words {
                    months::publish_words(&tx, *id, words, ctx.now()).await?;
                }
                audit::record(&tx, &ctx, event.clone()).await
            }
        })
        .await
}

/// Names of those concerned: the applicants, and who served.
async fn names(ctx: &Ctx, subject: SubjectId) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for person in subjects::people(ctx.db(), subject).await? {
        names.push(identity::persons::load(ctx, person).await?.name);
    }
    let staff = subjects::by_id(ctx.db(), subject).await?.and_then(|subject| subject.staff());
    if let Some(staff) = staff
        && let Some(colleague) = identity::colleagues::colleague(ctx, staff).await?
    {
        names.push(colleague.name);
    }
    Ok(names)
}
