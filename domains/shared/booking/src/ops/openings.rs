//! On which days an office opens, and special openings published ahead (R-MR-47).

use std::collections::BTreeMap;

use kernel::calendar::Calendar;
use kernel::{Day, Text};
use platform::{Ctx, Error, Result, audit, calendars, change};

use super::access;
use crate::hours::{DayRule, Hours, Opening, opening};
use crate::model::OfficeCard;
use crate::{issues, store};

/// The openings of some days, asked for once and looked at often.
#[derive(Debug, Clone)]
pub struct Openings {
    office: OfficeCard,
    rules: BTreeMap<Day, DayRule>,
    calendar: Calendar,
    now: kernel::Instant,
}

impl Openings {
    /// Whether the office opens on a day.
    pub fn on(&self, day: Day) -> Opening {
        opening(&self.office.week, self.rules.get(&day), day, self.calendar.is_workday(day), self.now)
    }

    /// Whether the day is a rest day on which the office opens by a published rule.
    pub fn special(&self, day: Day) -> bool {
        !self.calendar.is_workday(day) && self.on(day).is_open()
    }

    /// The days that differ from the week, in order.
    pub fn rules(&self) -> impl Iterator<Item = &DayRule> {
        self.rules.values()
    }
}

/// The openings of an office within `from..=to`.
pub async fn between(ctx: &Ctx, office: &OfficeCard, from: Day, to: Day) -> Result<Openings> {
    let rules = store::day_rules::between(ctx.db(), office.id, from, to).await?;
    let calendar = calendars::current(ctx.db()).await?;
    Ok(Openings { calendar, office: office.clone(), rules: rules.into_iter().map(|rule| (rule.day, rule)).collect(), now: ctx.now() })
}

/// Whether an office opens on one day.
pub async fn on(ctx: &Ctx, office: &OfficeCard, day: Day) -> Result<Opening> {
    Ok(between(ctx, office, day, day).await?.on(day))
}

/// A day with hours of its own.
#[derive(Debug, Clone)]
pub struct Special {
    /// The day.
    pub day: Day,
    /// Hours, `09:00-12:00 13:30-17:00`.
    pub hours: String,
    /// Why, in both languages.
    pub note: Text,
}

/// Publishes hours of one day: on a rest day a special opening, which must be published before the day.
///
/// # Errors
/// E-BK07 for the hours, E-BK08 for a day that has begun.
pub async fn publish(ctx: &Ctx, code: &str, input: Special) -> Result<()> {
    let office = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &office).await?;
    let hours: Hours = input.hours.parse().map_err(|_| issues::bad_hours("hours"))?;
    if hours.is_empty() {
        return Err(issues::bad_hours("hours").into());
    }
    if input.day <= ctx.today() {
        return Err(issues::bad_field("day", "特别开放须至少提前一天公布", "Publish an opening at least a day ahead").into());
    }
    let rule = DayRule { day: input.day, hours, published_at: Some(ctx.now()), note: input.note };
    let event = audit::Event::new("office.open_day", "office", &office.code)
        .region(&office.region)
        .detail(serde_json::json!({ "day": rule.day, "hours": rule.hours.to_string() }));
    ctx.db()
        .write(|tx| {
            let (ctx, office, rule, event) = (ctx.clone(), office.clone(), rule.clone(), event.clone());
            async move {
                store::day_rules::put(&tx, office.id, &rule).await?;
                change::mark(&tx, &ctx, "office", &office.code).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    super::close::touched(ctx, office.id).await
}
