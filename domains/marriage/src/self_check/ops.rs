//! The whole answer of the self-check: bars, papers, first day, place and dates. It reads the catalogue, the calendar and the office's days,
//! and writes nothing.

use booking::ops::{openings, read};
use booking::{OfficeCard, SlotCard};
use catalog::ItemView;
use catalog::model::Material;
use kernel::{Day, Instant, Issue, RegionCode};
use platform::{Ctx, Error, Result, calendars};

use super::answers::{Answers, Input, Service};
use super::dossier::{bars, first_day};
use crate::divorce::periods::{Counting, Dates};
use crate::office::{Business, DIVORCES, MARRIAGES};
use crate::rules::{Competence, Finding};
use crate::reissue;

/// Days after the first possible one within which an office is looked at.
const AHEAD: i64 = 31;
/// Offices of one list.
const OFFICES: i64 = 200;

/// An office that the two have in mind.
#[derive(Debug, Clone)]
pub struct Place {
    /// The office.
    pub office: OfficeCard,
    /// Its first free place from the first day on, where one is released already.
    pub slot: Option<SlotCard>,
    /// The day and the minute of the day from which the first day can be booked, where it cannot yet.
    pub bookable_from: Option<(Day, u16)>,
}

/// What the two are told.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Their answers.
    pub answers: Answers,
    /// The item, where it is offered.
    pub item: Option<ItemView>,
    /// What bars them today, with rule, words and law.
    pub bars: Vec<Finding>,
    /// The first day on which nothing does; none where no day of those that they named does.
    pub first_day: Option<Day>,
    /// The office they have in mind.
    pub place: Option<Place>,
    /// What they bring.
    pub bring: Vec<Material>,
    /// What others tell us instead.
    pub looked_up: Vec<Material>,
    /// Of a divorce applied for on the first day: both periods.
    pub dates: Option<Dates>,
}

fn business(service: Service) -> Option<Business> {
    match service {
        Service::Marriage => Some(MARRIAGES),
        Service::Divorce => Some(DIVORCES),
        Service::Reissue => None,
    }
}

/// Answers a couple.
///
/// # Errors
/// `MR-E51` at every field that is needed; an office that is none is told at its field.
pub async fn check(ctx: &Ctx, input: &Input) -> Result<Checked> {
    let answers = input.read()?;
    let office = match input.office.trim() {
        "" => None,
        code => Some(office(ctx, code).await?),
    };
    let from_abroad = answers.from_abroad();
    let business = business(answers.service);
    let competence = match (&office, business) {
        (Some(office), Some(business)) => business.competence(ctx, office.id, from_abroad, from_abroad).await?,
        _ => Competence { domestic: true, designated: true, opened_for_abroad: from_abroad, elsewhere: Vec::new() },
    };
    let today = ctx.today();
    let bars = bars(&answers, &competence, today, ctx.lang());
    let earliest = first_day(&answers, &competence, today, 0, |_| true);
    let first = match (&office, earliest) {
        (Some(office), Some(earliest)) => {
            let days = openings::between(ctx, office, earliest, earliest.plus_days(AHEAD)).await?;
            first_day(&answers, &competence, today, AHEAD, |day| days.on(day).is_open())
        }
        (_, earliest) => earliest,
    };
    let place = match office {
        Some(office) => Some(place(ctx, office, business.map(|business| business.kind(from_abroad)), first).await?),
        None => None,
    };
    let dates = match first.filter(|_| answers.service == Service::Divorce) {
        Some(day) => Some(Dates::count(&calendars::current(ctx.db()).await?, day, Counting::in_force())),
        None => None,
    };
    let item = item(ctx, &answers, place.as_ref()).await?;
    let (bring, looked_up) = papers(item.as_ref(), &answers);
    Ok(Checked { answers, item, bars, first_day: first, place, bring, looked_up, dates })
}

async fn office(ctx: &Ctx, code: &str) -> Result<OfficeCard> {
    let unknown = || Issue::error("MR-E51", "没有这个登记处，请重新选择", "There is no such office: choose again").field("office");
    match read::office(ctx, code).await {
        Ok(office) if office.active => Ok(office),
        Ok(_) | Err(Error::NotFound) => Err(unknown().into()),
        Err(error) => Err(error),
    }
}

/// Offices to choose from, in the order of their codes.
///
/// # Errors
/// Only those of the database.
pub async fn offices(ctx: &Ctx, service: Service) -> Result<Vec<OfficeCard>> {
    let mut found: Vec<OfficeCard> = Vec::new();
    let kinds = match business(service) {
        Some(business) => [false, true].map(|from_abroad| Some(business.kind(from_abroad))),
        None => [None, None],
    };
    for kind in kinds {
        for office in read::offices(ctx, &ctx.settings().region, kind, "", OFFICES).await? {
            if found.iter().all(|known| known.id != office.id) {
                found.push(office);
            }
        }
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(found)
}

async fn place(ctx: &Ctx, office: OfficeCard, kind: Option<&str>, first: Option<Day>) -> Result<Place> {
    let (Some(kind), Some(first)) = (kind, first) else { return Ok(Place { office, slot: None, bookable_from: None }) };
    let after = Instant::at(first, 0).max(ctx.now());
    let slot = read::next_free(ctx, office.id, kind, after, 1).await?.into_iter().next();
    let bookable_from = match read::profile_of_kind(ctx, kind).await {
        Ok(profile) => {
            let opens = first.plus_days(-i64::from(profile.days_ahead));
            (slot.is_none() && opens > ctx.today()).then_some((opens, profile.release_minute))
        }
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    Ok(Place { office, slot, bookable_from })
}

/// The item as the body nearest to the office, or to the whole region, offers it.
async fn item(ctx: &Ctx, answers: &Answers, place: Option<&Place>) -> Result<Option<ItemView>> {
    let code = match answers.service {
        Service::Marriage => MARRIAGES.item(answers.from_abroad()),
        Service::Divorce => DIVORCES.item(answers.from_abroad()),
        Service::Reissue => reissue::ITEM,
    };
    let region: RegionCode = place.map_or(ctx.settings().region, |place| place.office.region);
    match catalog::ops::nearest(ctx, &region, code).await {
        Ok(item) => Ok(Some(item)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The materials whose condition holds: those to bring, and those that others tell us.
fn papers(item: Option<&ItemView>, answers: &Answers) -> (Vec<Material>, Vec<Material>) {
    let held = answers.conditions();
    let materials = item.into_iter().flat_map(|item| item.version.elements.materials.iter());
    let asked = materials.filter(|material| material.only_if.as_deref().is_none_or(|condition| held.contains(&condition)));
    asked.cloned().partition(Material::to_bring)
}
