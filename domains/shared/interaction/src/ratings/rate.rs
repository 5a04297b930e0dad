//! Rating (P3-1 … P3-3): whoever holds the token rates once, and may change it once.

use kernel::{Day, Instant, Issues, Text, text};
use platform::{Actor, Ctx, Error, PersonId, Result, audit};
use ::store::Tx;

use super::states::State;
use super::{Channel, Level, RatingId, Tag};
use crate::limits::{Limit, Limits};
use crate::store::follow_ups::{self, FollowUpRow};
use crate::store::ratings::{self, NewEvent, NewRating, RatingRow};
use crate::store::subjects::{self, SubjectRow};
use crate::{issues, numbers};

/// What somebody chose and typed.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Code of the level.
    pub level: String,
    /// Codes of the tags.
    pub tags: Vec<String>,
    /// Free text.
    pub words: String,
    /// Without a name: recorded for the trend, nobody calls back (P3-4).
    pub anonymous: bool,
    /// Code of the way by which it came; the website where none is given.
    pub channel: String,
}

/// What the page of a token shows.
#[derive(Debug, Clone)]
pub struct Told {
    /// Number of the matter.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The office.
    pub office: Text,
    /// When it was finished.
    pub finished_on: Day,
    /// The rating, if there is one.
    pub rated: Option<Level>,
    /// When it was given.
    pub rated_at: Option<Instant>,
    /// The last day on which it may be changed, if it still may.
    pub change_until: Option<Day>,
}

/// What is chosen and typed, read.
struct Read {
    level: Level,
    tags: Vec<Tag>,
    words: String,
    channel: Channel,
}

fn read(given: &Given, limits: &Limits) -> Result<Read> {
    let mut found = Issues::default();
    let level = Level::from_code(&given.level);
    found.ensure(level.is_some(), issues::level_missing);
    let tags: Vec<Tag> = given.tags.iter().filter_map(|code| Tag::from_code(code)).collect();
    found.ensure(!level.is_some_and(Level::is_bad) || !tags.is_empty(), issues::tag_missing);
    let words = text::lines(&given.words);
    let most = limits.amount(Limit::RatingWords)?;
    found.ensure(words.chars().count() <= most as usize, || issues::too_long("words", most));
    found.finish()?;
    let level = level.ok_or_else(issues::level_missing)?;
    Ok(Read { level, tags, words, channel: Channel::from_code(&given.channel).unwrap_or(Channel::Web) })
}

/// The subject of a token, for somebody who may rate it; the person, where signed in.
async fn subject(ctx: &Ctx, token: &str) -> Result<(SubjectRow, Option<PersonId>)> {
    let subject = subjects::by_token(ctx.db(), &numbers::token_hash(ctx, token)).await?.ok_or(Error::NotFound)?;
    match ctx.actor() {
        Actor::Anonymous => Ok((subject, None)),
        actor => match actor.citizen().and_then(|citizen| citizen.person) {
            Some(person) if subjects::may_rate(ctx.db(), subject.id, person).await? => Ok((subject, Some(person))),
            _ => Err(Error::Denied(issues::not_the_applicant())),
        },
    }
}

/// What the page of a token shows.
///
/// # Errors
/// E-P302 for people who are signed in and not concerned, staff among them.
pub async fn told(ctx: &Ctx, token: &str) -> Result<Told> {
    let (subject, _) = subject(ctx, token).await?;
    let rating = ratings::of_subject(ctx.db(), subject.id).await?;
    let change_until = match &rating {
        Some(rating) if rating.changed_at.is_none() && !rating.removed => {
            let last = change_until(ctx, &subject, rating).await?;
            (ctx.today() <= last).then_some(last)
        }
        _ => None,
    };
    Ok(Told {
        item: subject.item_name(),
        office: subject.office_name(),
        number: subject.number,
        finished_on: subject.finished_on,
        rated: rating.as_ref().map(RatingRow::level),
        rated_at: rating.as_ref().map(|rating| rating.rated_at),
        change_until,
    })
}

async fn change_until(ctx: &Ctx, subject: &SubjectRow, rating: &RatingRow) -> Result<Day> {
    let limits = Limits::of(ctx.db(), &subject.region).await?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    Ok(calendar.due(rating.rated_on, limits.period(Limit::RatingChange)?).day)
}

/// Rates.
///
/// # Errors
/// E-P301 when it has been rated, E-P302 when somebody else is signed in, E-P305 a bad level without a reason.
pub async fn rate(ctx: &Ctx, token: &str, given: &Given) -> Result<RatingId> {
    let (subject, person) = subject(ctx, token).await?;
    store_new(ctx, &subject, person, given, ctx.now()).await
}

/// Rates a subject that was found some other way.
pub(super) async fn store_new(ctx: &Ctx, subject: &SubjectRow, person: Option<PersonId>, given: &Given, at: Instant) -> Result<RatingId> {
    let limits = Limits::of(ctx.db(), &subject.region).await?;
    let read = read(given, &limits)?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let window = calendar.due(subject.finished_on, limits.period(Limit::RatingWindow)?).day;
    let id: RatingId = ctx.id();
    let named = !given.anonymous;
    let row = NewRating {
        counted: named && at.day() <= window,
        person: person.filter(|_| named),
        rated_at: at,
        ..new_row(ctx, id, subject, named, read)
    };
    let follow_up = follow_up(&row, subject, &calendar, &limits)?;
    let event = event(ctx, "rate", follow_up.as_ref());
    let audited = audit::Event::new("rating.rate", "rating", id).region(&subject.region).person(row.person);
    ctx.db()
        .write(|tx| {
            let (ctx, row, calendar, limits) = (ctx.clone(), row.clone(), calendar.clone(), limits.clone());
            let (event, audited, follow_up) = (event.clone(), audited.clone(), follow_up.clone());
            async move {
                if !ratings::insert(&tx, &row).await? {
                    return Err(issues::rated_already().into());
                }
                if let Some(follow_up) = &follow_up {
                    open_follow_up(&tx, &ctx, &calendar, &limits, follow_up).await?;
                }
                ratings::add_event(&tx, id, ctx.now(), &event).await?;
                audit::record(&tx, &ctx, audited).await?;
                Ok(id)
            }
        })
        .await
}

/// Changes a rating, once.
///
/// # Errors
/// E-P301 when it was changed before or the time is over, and those of [`rate`].
pub async fn change(ctx: &Ctx, token: &str, given: &Given) -> Result<RatingId> {
    let (subject, _) = subject(ctx, token).await?;
    let old = ratings::of_subject(ctx.db(), subject.id).await?.ok_or(Error::NotFound)?;
    if ctx.today() > change_until(ctx, &subject, &old).await? {
        return Err(issues::rated_already().into());
    }
    let limits = Limits::of(ctx.db(), &subject.region).await?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let row = new_row(ctx, old.id, &subject, old.named, read(given, &limits)?);
    let new = follow_up(&row, &subject, &calendar, &limits)?;
    let event = event(ctx, "change", new.as_ref());
    let detail = serde_json::json!({ "from": old.level().code(), "to": row.level.code() });
    let audited = audit::Event::new("rating.change", "rating", old.id).region(&subject.region).person(old.person()).detail(detail);
    ctx.db()
        .write(|tx| {
            let (ctx, row, calendar, limits) = (ctx.clone(), row.clone(), calendar.clone(), limits.clone());
            let (event, audited, new) = (event.clone(), audited.clone(), new.clone());
            async move {
                if !ratings::change(&tx, &row).await? {
                    return Err(issues::rated_already().into());
                }
                match (follow_ups::by_id(&tx, row.id).await?, &new) {
                    (None, Some(new)) => open_follow_up(&tx, &ctx, &calendar, &limits, new).await?,
                    // The rater has thought better of it: nothing is left to follow up.
                    (Some(mut open), None) if open.state.is_open() => {
                        open.state = State::Closed;
                        if !follow_ups::update(&tx, &open).await? {
                            return Err(Error::stale());
                        }
                        platform::calendars::deadlines::stop(&tx, super::follow::DEADLINES, &row.id.to_string()).await?;
                    }
                    _ => {}
                }
                ratings::add_event(&tx, row.id, ctx.now(), &event).await?;
                audit::record(&tx, &ctx, audited).await?;
                Ok(row.id)
            }
        })
        .await
}

fn new_row(ctx: &Ctx, id: RatingId, subject: &SubjectRow, named: bool, read: Read) -> NewRating {
    let tags: Vec<&str> = read.tags.iter().map(|tag| tag.code()).collect();
    let words = (!read.words.is_empty()).then(|| ctx.keys().seal_text("rating", "words", &id.to_vec(), &read.words));
    NewRating {
        id,
        subject: subject.id,
        region: subject.region,
        office: subject.office.clone(),
        level: read.level,
        channel: read.channel,
        named,
        person: None,
        tags: tags.join(" "),
        words,
        rated_at: ctx.now(),
        counted: named,
    }
}

/// The follow-up of a bad rating that bears a name; an anonymous one is for the trend alone.
fn follow_up(row: &NewRating, subject: &SubjectRow, calendar: &kernel::Calendar, limits: &Limits) -> Result<Option<FollowUpRow>> {
    if !row.named || !row.level.is_bad() {
        return Ok(None);
    }
    let day = row.rated_at.day();
    let due = calendar.due(day, limits.period(Limit::RatingContact)?).day;
    Ok(Some(FollowUpRow::new(row.id, subject.region, subject.org, day, due)))
}

async fn open_follow_up(tx: &Tx, ctx: &Ctx, calendar: &kernel::Calendar, limits: &Limits, row: &FollowUpRow) -> Result<()> {
    follow_ups::insert(tx, row).await?;
    super::follow::run(tx, ctx, calendar, row.id, "contact", row.opened_on, limits.period(Limit::RatingContact)?).await.map(drop)
}

fn event(ctx: &Ctx, verb: &'static str, follow_up: Option<&FollowUpRow>) -> NewEvent {
    NewEvent { id: ctx.id(), verb, state: follow_up.map_or("", |row| row.state.code()), staff_name: String::new(), note: None }
}
