//! The desk of ratings: the list, and one rating with what is done about it.

use kernel::{Day, Instant, Issue, RegionCode, Text};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::states::{Act, State, acts};
use super::{Channel, Level, RatingId, Tag};
use crate::happened::Happened;
use crate::store::follow_ups::{self, FollowUpRow};
use crate::store::ratings::{self, RatingRow};
use crate::store::subjects::{self, SubjectRow};
use crate::issues;

/// Lines on a page.
const PAGE: i64 = 50;
/// Counted at most.
const MOST: i64 = 1001;
/// Who reads the desk. Clerks do not: nobody is asked to rate under their eyes (P3-6).
pub(crate) const READERS: [Role; 3] = [Role::RatingHandler, Role::Head, Role::Supervisor];

/// What is listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only bad ratings.
    pub bad: bool,
    /// Only follow-ups in this state.
    pub state: Option<State>,
    /// Only what is overdue on this day.
    pub overdue_on: Option<Day>,
    /// Those taken out after a review: for supervision.
    pub removed: bool,
    /// The page after this line.
    pub before: Option<RatingId>,
}

/// A line of the list. Nobody's name is in it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The rating.
    pub id: RatingId,
    /// How satisfied.
    pub level: Level,
    /// Whether it bears a name.
    pub named: bool,
    /// The day.
    pub rated_on: Day,
    /// Number of the matter.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The office.
    pub office: Text,
    /// Where the follow-up stands, for a bad rating with a name.
    pub state: Option<State>,
    /// The end of the period that runs.
    pub due: Option<Day>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// How many there are; 1,001 stands for more than a thousand.
    pub count: i64,
    /// The last line, if there are more.
    pub next: Option<RatingId>,
}

/// Lists ratings of the actor's regions.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<Page> {
    let regions = reach(ctx, filter)?;
    let mut lines = lines(ctx, &regions, filter, PAGE + 1).await?;
    let count = follow_ups::count(ctx.db(), &regions, filter, MOST).await?;
    let more = lines.len() as i64 > PAGE;
    lines.truncate(PAGE as usize);
    let next = lines.last().filter(|_| more).map(|line| line.id);
    Ok(Page { lines, count, next })
}

/// The same, `most` lines at most, to be taken along as a file; who took how many is in the trail.
///
/// # Errors
/// As [`list`].
pub async fn export(ctx: &Ctx, filter: &Filter, most: usize) -> Result<Vec<Line>> {
    let regions = reach(ctx, filter)?;
    let lines = lines(ctx, &regions, filter, i64::try_from(most).map_err(Error::internal)?).await?;
    let event = audit::Event::new("rating.export", "rating", "list").detail(serde_json::json!({ "lines": lines.len() }));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    Ok(lines)
}

/// The regions whose ratings the actor may list.
fn reach(ctx: &Ctx, filter: &Filter) -> Result<Vec<RegionCode>> {
    ctx.require_role(&READERS)?;
    if filter.removed {
        ctx.require_role(&[Role::Supervisor])?;
    }
    Ok(ctx.regions_of(if filter.removed { &READERS[2..] } else { &READERS }))
}

async fn lines(ctx: &Ctx, regions: &[RegionCode], filter: &Filter, limit: i64) -> Result<Vec<Line>> {
    let rows = follow_ups::list(ctx.db(), regions, filter, limit).await?;
    let lines = rows.into_iter().map(|row| Line {
        id: row.id,
        level: Level::from_number(row.level).expect("the table checks the range"),
        named: row.named,
        due: row.due(),
        state: row.state.as_deref().and_then(State::from_code),
        rated_on: row.rated_on,
        number: row.number,
        item: Text::new(row.item_zh, row.item_en),
        office: Text::new(row.office_zh, row.office_en),
    });
    Ok(lines.collect())
}

/// Who rated: for whoever took the follow-up on, and nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rater {
    /// Names of those who may have rated.
    pub names: Vec<String>,
    /// Where they are reached.
    pub phone: Option<String>,
}

/// One rating.
#[derive(Debug, Clone)]
pub struct View {
    /// The rating.
    pub id: RatingId,
    /// How satisfied.
    pub level: Level,
    /// By which way.
    pub channel: Channel,
    /// What was good or bad.
    pub tags: Vec<Tag>,
    /// The words.
    pub words: String,
    /// When.
    pub rated_at: Instant,
    /// Whether it bears a name.
    pub named: bool,
    /// Whether it was taken out.
    pub removed: bool,
    /// Number of the matter.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The office.
    pub office: Text,
    /// Where the follow-up stands.
    pub state: Option<State>,
    /// The version, for the next act.
    pub version: i64,
    /// What the actor may do now.
    pub may: Vec<Act>,
    /// What has to be done until when.
    pub warning: Option<Issue>,
    /// Who rated, for whoever took it on.
    pub rater: Option<Rater>,
    /// What happened, in order.
    pub events: Vec<Happened>,
}

/// Shows one rating.
///
/// # Errors
/// [`Error::NotFound`] outside the actor's regions, and for what was taken out unless he supervises.
pub async fn view(ctx: &Ctx, id: RatingId) -> Result<View> {
    let rating = ratings::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let subject = subjects::by_id(ctx.db(), rating.subject_id).await?.ok_or(Error::NotFound)?;
    let readers: &[Role] = if rating.removed { &READERS[2..] } else { &READERS };
    match ctx.require(readers, &Scope::region(subject.region).org(subject.org)).await {
        Err(Error::Denied(_)) => return Err(Error::NotFound),
        other => other?,
    }
    let row = follow_ups::by_id(ctx.db(), id).await?;
    let may = match &row {
        Some(row) => allowed(ctx, row, &subject).await?,
        None => Vec::new(),
    };
    Ok(View {
        id,
        level: rating.level(),
        channel: rating.channel,
        tags: rating.tags.split(' ').filter_map(Tag::from_code).collect(),
        words: words(ctx, &rating)?,
        rated_at: rating.rated_at,
        named: rating.named,
        removed: rating.removed,
        number: subject.number.clone(),
        item: subject.item_name(),
        office: subject.office_name(),
        state: row.as_ref().map(|row| row.state),
        version: row.as_ref().map_or(0, |row| row.version),
        warning: row.as_ref().and_then(|row| row.running().map(|(kind, due)| issues::act_by(kind, due))),
        rater: rater(ctx, row.as_ref(), &rating, &subject).await?,
        events: events(ctx, id).await?,
        may,
    })
}

/// The words of a rating.
pub(super) fn words(ctx: &Ctx, rating: &RatingRow) -> Result<String> {
    match &rating.words {
        Some(sealed) => ctx.keys().open_text("rating", "words", &rating.id.to_vec(), sealed).map_err(Error::internal),
        None => Ok(String::new()),
    }
}

/// What the actor may do: the table, his roles, and who he is.
async fn allowed(ctx: &Ctx, row: &FollowUpRow, subject: &SubjectRow) -> Result<Vec<Act>> {
    let Some(staff) = ctx.actor().staff().filter(|staff| subject.staff() != Some(staff.id)) else { return Ok(Vec::new()) };
    let mut may = Vec::new();
    for act in acts(row.state) {
        let own = match act {
            Act::Uphold | Act::Remove => staff.org != row.org,
            Act::Take => row.handler() != Some(staff.id),
            act => !act.is_handlers() || row.handler() == Some(staff.id),
        };
        if own && ctx.require(act.roles(), &Scope::region(row.region).org(row.org)).await.is_ok() {
            may.push(act);
        }
    }
    Ok(may)
}

async fn rater(ctx: &Ctx, row: Option<&FollowUpRow>, rating: &RatingRow, subject: &SubjectRow) -> Result<Option<Rater>> {
    let mine = row.and_then(FollowUpRow::handler).is_some() && row.and_then(FollowUpRow::handler) == ctx.actor().staff().map(|staff| staff.id);
    if !mine || !rating.named {
        return Ok(None);
    }
    let people = match rating.person() {
        Some(person) => vec![person],
        None => subjects::people(ctx.db(), subject.id).await?,
    };
    let (mut names, mut phone) = (Vec::new(), None);
    for person in people {
        names.push(identity::persons::reveal(ctx, person, "差评回访").await?.name);
        if rating.person().is_some() {
            phone = crate::people::reach(ctx, person).await?.and_then(|reach| reach.phone);
        }
    }
    if let (None, Some(sealed)) = (&phone, &subject.phone) {
        phone = Some(ctx.keys().open_text("rating_subject", "phone", &subject.id.to_vec(), sealed).map_err(Error::internal)?);
    }
    Ok(Some(Rater { names, phone }))
}

async fn events(ctx: &Ctx, id: RatingId) -> Result<Vec<Happened>> {
    let rows = ratings::events(ctx.db(), id).await?;
    rows.into_iter()
        .map(|row| {
            let note = match &row.note {
                Some(sealed) => ctx.keys().open_text("rating_event", "note", &row.id, sealed).map_err(Error::internal)?,
                None => String::new(),
            };
            let what = match row.verb.as_str() {
                "rate" => Text::fixed("评价", "Rated"),
                "change" => Text::fixed("修改评价", "Rating changed"),
                verb => Act::from_code(verb).map(Act::name).unwrap_or_default(),
            };
            Ok(Happened { at: row.at, what, who: row.staff_name, note })
        })
        .collect()
}
