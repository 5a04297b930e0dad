//! Slot plans, and the slots that come from them.

use kernel::{Day, Issues};
use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::hours::Hours;
use crate::model::{OfficeCard, PlanId};
use crate::plan::{Seed, SlotPlan};
use crate::rules::{Window, window};
use crate::{Profile, SlotId, details, issues, store};

/// A slot plan as an administrator fills it in.
#[derive(Debug, Clone, Default)]
pub struct PlanInput {
    /// The kind of business.
    pub item_kind: String,
    /// Weekdays, 1 is Monday.
    pub weekdays: Vec<u8>,
    /// Also on special openings.
    pub on_special: bool,
    /// Between these hours.
    pub hours: String,
    /// Length of a slot in minutes.
    pub minutes: String,
    /// Places in a slot.
    pub places: String,
    /// Share released online, in percent; the profile's if empty.
    pub online_percent: String,
    /// First day; tomorrow if empty.
    pub from: String,
    /// Last day; none if empty.
    pub to: String,
}

/// Days beyond the last released one for which slots are made ahead: so long may the job be away without anybody noticing.
const AHEAD: i64 = 14;
/// Slots written in one transaction: others wait behind it.
const BATCH: usize = 60;

async fn read(ctx: &Ctx, office: &OfficeCard, input: &PlanInput) -> Result<SlotPlan> {
    let mut found = Issues::default();
    let profile = store::profiles::by_kind(ctx.db(), input.item_kind.trim()).await?;
    found.ensure(profile.is_some() && office.kinds.iter().any(|kind| kind == input.item_kind.trim()), || {
        issues::bad_field("item_kind", "该办事处不办理此项业务", "This office does not do this business")
    });
    let hours: Option<Hours> = input.hours.parse().ok().filter(|hours: &Hours| !hours.is_empty());
    found.ensure(hours.is_some(), || issues::bad_hours("hours"));
    let minutes = input.minutes.trim().parse().ok().filter(|n| (5..=480).contains(n));
    found.ensure(minutes.is_some(), || issues::bad_field("minutes", "时段长度为5至480分钟", "A slot has 5 to 480 minutes"));
    let places = input.places.trim().parse().ok().filter(|n| (1..=10_000).contains(n));
    found.ensure(places.is_some(), || issues::bad_field("places", "每时段1至10000个号", "A slot has 1 to 10,000 places"));
    let usual = profile.as_ref().map_or(70, |profile| profile.online_percent);
    let percent = if input.online_percent.trim().is_empty() { Some(usual) } else { input.online_percent.trim().parse().ok().filter(|n| *n <= 100) };
    found.ensure(percent.is_some(), || issues::bad_field("online_percent", "网上比例为0至100", "The share is 0 to 100"));
    let tomorrow = ctx.today().plus_days(1);
    let from: Option<Day> = if input.from.trim().is_empty() { Some(tomorrow) } else { input.from.trim().parse().ok() };
    let to: Result<Option<Day>, ()> = if input.to.trim().is_empty() { Ok(None) } else { input.to.trim().parse().map(Some).map_err(|_| ()) };
    let in_order = matches!((from, to), (Some(from), Ok(to)) if from >= tomorrow && to.is_none_or(|to| from <= to));
    found.ensure(in_order, || issues::bad_field("from", "起始日期应在今天以后，且不晚于结束日期", "The first day is after today and not after the last"));
    found.ensure(input.weekdays.iter().all(|day| (1..=7).contains(day)) && (!input.weekdays.is_empty() || input.on_special), || {
        issues::bad_field("weekdays", "请选择星期", "Choose weekdays")
    });
    match (found.any_error(), hours, minutes, places, percent, from) {
        (false, Some(hours), Some(minutes), Some(places), Some(online_percent), Some(from)) => Ok(SlotPlan {
            id: ctx.id(),
            office: office.id,
            item_kind: input.item_kind.trim().to_owned(),
            weekdays: input.weekdays.iter().fold(0, |bits, day| bits | 1 << (day - 1)),
            on_special: input.on_special,
            hours,
            minutes,
            places,
            online_percent,
            from,
            to: to.unwrap_or_default(),
        }),
        _ => Err(details::refusal(found).into()),
    }
}

/// What a plan would make on its first open day: shown before it is saved.
pub async fn preview(ctx: &Ctx, code: &str, input: &PlanInput) -> Result<Option<(Day, Vec<Seed>)>> {
    let office = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &office).await?;
    let plan = read(ctx, &office, input).await?;
    let last = plan.from.plus_days(60);
    let openings = super::openings::between(ctx, &office, plan.from, last).await?;
    let first = (0..60).map(|n| plan.from.plus_days(n)).find_map(|day| {
        let hours = openings.on(day).hours()?.clone();
        let seeds = if plan.applies(day, openings.special(day)) { plan.slots(day, &hours) } else { Vec::new() };
        (!seeds.is_empty()).then_some((day, seeds))
    });
    Ok(first)
}

/// Saves a plan and makes its slots.
///
/// # Errors
/// E-BK07 and E-BK08 for the fields.
pub async fn add(ctx: &Ctx, code: &str, input: &PlanInput) -> Result<PlanId> {
    let office = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &office).await?;
    let plan = read(ctx, &office, input).await?;
    let event = audit::Event::new("office.add_plan", "office", &office.code).region(&office.region).detail(serde_json::json!({ "plan": plan.id }));
    ctx.db()
        .write(|tx| {
            let (ctx, plan, event) = (ctx.clone(), plan.clone(), event.clone());
            async move {
                store::plans::insert(&tx, &plan).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    make_slots_of(ctx, &office).await?;
    Ok(plan.id)
}

/// Ends a plan: slots that nobody has touched go, booked ones stay.
pub async fn end(ctx: &Ctx, code: &str, id: PlanId) -> Result<()> {
    let office = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &office).await?;
    let event = audit::Event::new("office.end_plan", "office", &office.code).region(&office.region).detail(serde_json::json!({ "plan": id }));
    let office_id = office.id;
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if !store::plans::end(&tx, office_id, id).await? {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    make_slots_of(ctx, &office).await
}

/// The plans of an office in use.
pub async fn of_office(ctx: &Ctx, office: &OfficeCard) -> Result<Vec<SlotPlan>> {
    store::plans::of_office(ctx.db(), office.id).await
}

/// Makes the slots of every office for all days that will soon be released (P9-1). They carry the moment of their release, so nothing
/// waits for this job at eight o'clock.
pub async fn make_slots(ctx: &Ctx) -> Result<()> {
    let mut after = String::new();
    loop {
        let offices = store::offices::all(ctx.db(), &after, 100).await?;
        let Some(last) = offices.last() else { return Ok(()) };
        after.clone_from(&last.code);
        for office in offices.iter().filter(|office| office.active) {
            make_slots_of(ctx, office).await?;
        }
    }
}

struct Due {
    id: SlotId,
    kind: String,
    day: Day,
    seed: Seed,
    window: Window,
}

/// Brings an office's slots from tomorrow on in line with its plans: missing ones come, untouched ones that no plan has any more go,
/// booked ones stay with their places.
pub(crate) async fn make_slots_of(ctx: &Ctx, office: &OfficeCard) -> Result<()> {
    let plans = store::plans::of_office(ctx.db(), office.id).await?;
    let profiles = store::profiles::all(ctx.db()).await?;
    let due = std::sync::Arc::new(due(ctx, office, &plans, &profiles).await?);
    let office_id = office.id;
    let planned: std::collections::BTreeSet<(&str, kernel::Instant)> = due.iter().map(|slot| (slot.kind.as_str(), slot.seed.start)).collect();
    let mut unplanned = store::slots::untouched(ctx.db(), office.id, ctx.today().plus_days(1)).await?;
    unplanned.retain(|(_, kind, start)| !planned.contains(&(kind.as_str(), *start)));
    for some in unplanned.chunks(BATCH) {
        ctx.db()
            .write(|tx| async move {
                for (id, ..) in some {
                    store::slots::remove_untouched(&tx, *id).await?;
                }
                Ok::<_, Error>(())
            })
            .await?;
    }
    for from in (0..due.len()).step_by(BATCH) {
        let due = due.clone();
        ctx.db()
            .write(|tx| {
                let due = due.clone();
                async move {
                    for slot in &due[from..due.len().min(from + BATCH)] {
                        store::slots::put(&tx, slot.id, office_id, &slot.kind, slot.day, slot.seed, slot.window).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
    Ok(())
}

async fn due(ctx: &Ctx, office: &OfficeCard, plans: &[SlotPlan], profiles: &[Profile]) -> Result<Vec<Due>> {
    let mut due = Vec::new();
    let released = store::releases::of_office(ctx.db(), office.id, ctx.today()).await?;
    let tomorrow = ctx.today().plus_days(1);
    for profile in profiles.iter().filter(|profile| office.kinds.contains(&profile.item_kind)) {
        // open days are at most calendar days times three, over the longest holidays
        let reach = i64::from(profile.days_ahead) * 3 + AHEAD;
        let openings = super::openings::between(ctx, office, ctx.today().plus_days(-7), ctx.today().plus_days(reach)).await?;
        for day in (0..reach).map(|n| tomorrow.plus_days(n)) {
            let Some(hours) = openings.on(day).hours().cloned() else { continue };
            let turns_end = released.iter().find(|(kind, at, ..)| *kind == profile.item_kind && *at == day).map(|(.., ends_at)| *ends_at);
            for plan in plans.iter().filter(|plan| plan.item_kind == profile.item_kind && plan.applies(day, openings.special(day))) {
                for seed in plan.slots(day, &hours) {
                    let window = window(profile, seed.start, |day| openings.on(day).is_open());
                    // a day that is released in turn is for everybody once that has ended
                    let window = Window { release_at: turns_end.unwrap_or(window.release_at), ..window };
                    if turns_end.is_some() || window.release_at <= ctx.now().plus_days(AHEAD) {
                        due.push(Due { id: ctx.id(), kind: profile.item_kind.clone(), day, seed, window });
                    }
                }
            }
        }
    }
    Ok(due)
}
