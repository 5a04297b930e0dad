//! What is overdue, as neutral records that supervision reads, and the yellow and red cards for it (P3-11, P4-8, OVP P2.5).
//!
//! A card is issued once for each end that was missed and each colour. Nothing switches it off. Supervision takes it from
//! [`overdue`] and delivers it, once; what is delivered from here is the alarm alone, of which supervision has no rule.

use kernel::{Calendar, Day, Id, Instant, RegionCode, Text};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, StaffId};

use crate::complaints::ComplaintId;
use crate::limits::{Limit, Limits};
use crate::ratings::RatingId;
use crate::store::cards::{self, CardRow, NewCard};
use crate::store::{complaints, follow_ups, ratings, subjects};

/// Rows looked at in one go.
const BATCH: i64 = 500;
/// Cards on a page.
const PAGE: i64 = 50;
/// Who reads the cards of a region.
const READERS: [Role; 2] = [Role::Supervisor, Role::Head];

kernel::coded! {
    /// How late.
    Colour {
        /// 黄牌
        Yellow = "yellow", "黄牌", "Yellow card";
        /// 红牌
        Red = "red", "红牌", "Red card";
        /// 报警: somebody tried to see who reported.
        Alarm = "alarm", "越权查看报警", "Alarm: an attempt to see who reported";
    }
}

/// What a card is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// The follow-up of a rating.
    Rating(RatingId),
    /// A complaint.
    Complaint(ComplaintId),
}

/// Something that is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// What.
    pub object: Object,
    /// Its number as people know it.
    pub number: String,
    /// Which of its periods.
    pub period: &'static str,
    /// The day that was missed.
    pub due: Day,
    /// Working days since.
    pub days: i64,
    /// Its card, if it is late enough for one.
    pub colour: Option<Colour>,
    /// Where it belongs.
    pub region: RegionCode,
    /// The unit that has it.
    pub org: OrgId,
    /// Who has it.
    pub staff: Option<StaffId>,
    /// How often it has moved up.
    pub level: i64,
}

/// A card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its id.
    pub id: Id<Card>,
    /// What it is about.
    pub object: Option<Object>,
    /// Number of the thing, as people know it.
    pub number: String,
    /// Which of its periods.
    pub period: String,
    /// Number of the supervision rule.
    pub rule: String,
    /// How late.
    pub colour: Colour,
    /// The day that was missed.
    pub due: Day,
    /// Where.
    pub region: RegionCode,
    /// The unit.
    pub org: OrgId,
    /// Who is responsible.
    pub staff: Option<StaffId>,
    /// When it was issued.
    pub issued_at: Instant,
}

impl Card {
    /// What was missed, in words.
    pub fn what(&self) -> Text {
        match self.period.as_str() {
            "contact" => Text::fixed("差评未按时联系", "Rater not contacted in time"),
            "fix" => Text::fixed("差评未按时整改", "Bad rating not put right in time"),
            "review" => Text::fixed("申诉未按时复核", "Appeal not reviewed in time"),
            "accept" => Text::fixed("未按时决定是否受理", "Not accepted or refused in time"),
            "sign" => Text::fixed("未按时签收", "Not signed for in time"),
            "identity" => Text::fixed("无权人员试图查看举报人", "Somebody without the right tried to see who reported"),
            _ => Text::fixed("未按时答复", "Not answered in time"),
        }
    }
}

impl TryFrom<CardRow> for Card {
    type Error = Error;

    fn try_from(row: CardRow) -> Result<Card> {
        let object = match row.kind.as_str() {
            "rating" => row.object_id.parse().ok().map(Object::Rating),
            _ => row.object_id.parse().ok().map(Object::Complaint),
        };
        Ok(Card {
            id: row.id,
            object,
            number: row.number,
            period: row.period,
            rule: row.rule,
            colour: Colour::from_code(&row.colour).ok_or_else(|| Error::internal("colour of a card"))?,
            due: row.due,
            region: row.region,
            org: row.org,
            staff: row.staff_id.and_then(|id| StaffId::try_from(id).ok()),
            issued_at: row.issued_at,
        })
    }
}

/// The cards of the actor's regions, of one unit where one is given, the newest first, and the key of the next page.
pub async fn issued(ctx: &Ctx, org: Option<OrgId>, before: Option<Id<Card>>) -> Result<(Vec<Card>, Option<Id<Card>>)> {
    ctx.require_role(&READERS)?;
    let mut rows = cards::issued(ctx.db(), &ctx.regions_of(&READERS), org, before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    Ok((rows.into_iter().map(Card::try_from).collect::<Result<_>>()?, next))
}

/// Cards that were delivered to the actor and that he has not seen.
pub async fn unseen(ctx: &Ctx) -> Result<Vec<Card>> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    cards::unseen(ctx.db(), staff.id).await?.into_iter().map(Card::try_from).collect()
}

/// The actor has seen a card.
pub async fn seen(ctx: &Ctx, card: Id<Card>) -> Result<()> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?.id;
    let event = platform::audit::Event::new("card.seen", "interaction_card", card);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if cards::seen(&tx, card, staff, ctx.now()).await? == 0 {
                    return Err(Error::NotFound);
                }
                platform::audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// What is late today in a region and below it, of one unit where one is given: for supervision, whether or not the job has run.
pub async fn overdue(ctx: &Ctx, region: RegionCode, org: Option<OrgId>) -> Result<Vec<Overdue>> {
    ctx.require(&READERS, &Scope::region(region)).await?;
    let mut found = Vec::new();
    let mut scan = Scan::new(ctx).await?;
    while let Some(late) = scan.next(ctx).await? {
        for one in late {
            if org.is_none_or(|org| org == one.org) && platform::regions::contains(ctx.db(), &region, &one.region).await? {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// Goes through everything open, a batch at a time.
struct Scan {
    calendar: Calendar,
    limits: std::collections::BTreeMap<RegionCode, (i64, i64)>,
    ratings: Option<Vec<u8>>,
    complaints: Option<Vec<u8>>,
}

impl Scan {
    async fn new(ctx: &Ctx) -> Result<Scan> {
        let calendar = platform::calendars::current(ctx.db()).await?;
        Ok(Scan { calendar, limits: std::collections::BTreeMap::new(), ratings: Some(Vec::new()), complaints: Some(Vec::new()) })
    }

    /// What is late in the next batch; `None` at the end.
    async fn next(&mut self, ctx: &Ctx) -> Result<Option<Vec<Overdue>>> {
        let mut late = Vec::new();
        if let Some(after) = self.ratings.take() {
            let rows = follow_ups::open_after(ctx.db(), &after, BATCH).await?;
            self.ratings = rows.last().filter(|_| rows.len() as i64 == BATCH).map(|row| row.id.to_vec());
            for row in rows {
                if let Some((period, due)) = row.running().filter(|(_, due)| *due < ctx.today()) {
                    let rating = ratings::by_id(ctx.db(), row.id).await?.ok_or(Error::NotFound)?;
                    let subject = subjects::by_id(ctx.db(), rating.subject_id).await?.ok_or(Error::NotFound)?;
                    let (days, colour) = self.colour(ctx, row.region, due).await?;
                    let (object, staff) = (Object::Rating(row.id), row.handler());
                    late.push(Overdue { object, number: subject.number, period, due, days, colour, region: row.region, org: row.org, staff, level: 0 });
                }
            }
            return Ok(Some(late));
        }
        let Some(after) = self.complaints.take() else { return Ok(None) };
        let rows = complaints::open_after(ctx.db(), &after, BATCH).await?;
        self.complaints = rows.last().filter(|_| rows.len() as i64 == BATCH).map(|row| row.id.to_vec());
        for row in rows {
            if let Some((period, due)) = row.running().filter(|(_, due)| *due < ctx.today()) {
                let (days, colour) = self.colour(ctx, row.region, due).await?;
                let (object, org, staff) = (Object::Complaint(row.id), row.unit().unwrap_or(row.org), row.handler());
                late.push(Overdue { object, number: row.number, period, due, days, colour, region: row.region, org, staff, level: row.level });
            }
        }
        Ok(Some(late))
    }

    async fn colour(&mut self, ctx: &Ctx, region: RegionCode, due: Day) -> Result<(i64, Option<Colour>)> {
        let (yellow, red) = match self.limits.get(&region) {
            Some(known) => *known,
            None => {
                let limits = Limits::of(ctx.db(), &region).await?;
                let found = (i64::from(limits.amount(Limit::CardYellow)?), i64::from(limits.amount(Limit::CardRed)?));
                self.limits.insert(region, found);
                found
            }
        };
        let days = self.calendar.workdays_between(due, ctx.today());
        let colour = if days >= red {
            Some(Colour::Red)
        } else if days >= yellow {
            Some(Colour::Yellow)
        } else {
            None
        };
        Ok((days, colour))
    }
}

/// Issues the cards of today and moves complaints with a red card up one level, once. The same again changes nothing.
pub(crate) async fn issue(ctx: &Ctx) -> Result<()> {
    let mut scan = Scan::new(ctx).await?;
    while let Some(late) = scan.next(ctx).await? {
        for one in late {
            if let Some(colour) = one.colour {
                issue_one(ctx, &one, colour).await?;
            }
        }
    }
    Ok(())
}

async fn issue_one(ctx: &Ctx, late: &Overdue, colour: Colour) -> Result<()> {
    let (kind, object_id, rule) = match late.object {
        Object::Rating(id) => ("rating", id.to_string(), "M09"),
        Object::Complaint(id) => ("complaint", id.to_string(), "M10"),
    };
    let card = NewCard {
        id: ctx.id(),
        kind,
        object_id,
        number: late.number.clone(),
        period: late.period.to_owned(),
        rule,
        colour: colour.code(),
        due: late.due,
        region: late.region,
        org: late.org,
        staff: late.staff,
    };
    let event = platform::audit::Event::new("card.issue", kind, &card.object_id)
        .region(&late.region)
        .detail(serde_json::json!({ "colour": colour.code(), "period": late.period, "due": late.due }));
    let new = ctx
        .db()
        .write(|tx| {
            let (ctx, card, event) = (ctx.clone(), card.clone(), event.clone());
            async move {
                let new = cards::insert(&tx, &card, &[], ctx.now()).await?;
                if new {
                    platform::audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(new)
            }
        })
        .await?;
    match (new, colour, late.object) {
        (true, Colour::Red, Object::Complaint(id)) => crate::complaints::supervise(ctx, id).await,
        _ => Ok(()),
    }
}
