//! Announcing a release, calling it off, and entering the public value of a draw.

use kernel::{Day, Instant, Issues, Text};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::{DrawFacts, Figures, Limits, Mode, Release, ReleaseId, Times, draw, issues as own};
use crate::issues::bad_field;
use crate::ops::{access, close, read};
use crate::{OfficeCard, OfficeId, details, store};

/// A release as an administrator fills it in.
#[derive(Debug, Clone, Default)]
pub struct Announce {
    /// Implementation code of the item.
    pub impl_code: String,
    /// Codes of the offices, apart by spaces or lines.
    pub offices: String,
    /// The day whose places are released.
    pub day: String,
    /// `ARRIVAL` or `DRAW`.
    pub mode: String,
    /// When joining begins, `2026-05-10 10:00`.
    pub join_at: String,
    /// When it closes.
    pub join_until: String,
    /// When places are given.
    pub turns_at: String,
    /// When what is left is for everybody.
    pub ends_at: String,
    /// Minutes to choose.
    pub turn_minutes: String,
    /// Turns at the same time at most.
    pub at_once: String,
    /// Joins a minute out of one network at most; 0 is no limit.
    pub network_minute: String,
    /// How often one person can join.
    pub joins_each: String,
    /// Where the public value of a draw will come from.
    pub source_zh: String,
    /// The same in English.
    pub source_en: String,
}

/// `2026-05-10 10:00` at China's time.
fn moment(typed: &str) -> Option<Instant> {
    let mut words = typed.trim().split([' ', 'T']).filter(|word| !word.is_empty());
    let day: Day = words.next()?.parse().ok()?;
    let (hour, minute) = words.next()?.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60 && words.next().is_none()).then(|| Instant::at(day, hour * 60 + minute))
}

fn times(ctx: &Ctx, input: &Announce, day: Option<Day>, mode: Mode, found: &mut Issues) -> Option<Times> {
    let mut read = |field: &'static str, typed: &str| {
        let at = moment(typed);
        found.ensure(at.is_some(), || bad_field(field, "请按“2026-05-10 10:00”填写时间", "Write the time as 2026-05-10 10:00"));
        at
    };
    let (join_at, join_until) = (read("join_at", &input.join_at), read("join_until", &input.join_until));
    let (turns_at, ends_at) = (read("turns_at", &input.turns_at), read("ends_at", &input.ends_at));
    let (join_at, join_until, turns_at, ends_at) = (join_at?, join_until?, turns_at?, ends_at?);
    found.ensure(join_at >= ctx.now(), || bad_field("join_at", "开始登记的时间应在现在以后", "Joining begins after now"));
    found.ensure(join_until > join_at, || bad_field("join_until", "截止时间应晚于开始登记的时间", "Joining closes after it begins"));
    let after = if mode == Mode::Draw { join_until } else { join_at };
    found.ensure(turns_at >= after, || bad_field("turns_at", "放号应在开始登记之后；抽签的在登记截止之后", "Places are given after joining begins, for a draw after it closes"));
    found.ensure(ends_at > turns_at && ends_at >= join_until, || bad_field("ends_at", "结束时间应晚于放号和登记截止", "It ends after places are given and joining closes"));
    found.ensure(day.is_none_or(|day| ends_at <= Instant::at(day, 0)), || bad_field("ends_at", "应在办理日之前结束", "It ends before the day itself"));
    Some(Times { join_at, join_until, turns_at, ends_at })
}

fn limits(input: &Announce, found: &mut Issues) -> Option<Limits> {
    let mut read = |field: &'static str, typed: &str, least: i64, most: i64| {
        let n = typed.trim().parse().ok().filter(|n| (least..=most).contains(n));
        found.ensure(n.is_some(), || bad_field(field, "请填写范围内的数", "Enter a number within the range"));
        n
    };
    let (turn_minutes, at_once) = (read("turn_minutes", &input.turn_minutes, 5, 1440), read("at_once", &input.at_once, 1, 100_000));
    let (network_minute, joins_each) = (read("network_minute", &input.network_minute, 0, 1_000_000), read("joins_each", &input.joins_each, 1, 20));
    Some(Limits { turn_minutes: turn_minutes?, at_once: at_once?, network_minute: network_minute?, joins_each: joins_each? })
}

/// Announces a release. From now on its places can be had by nobody else until it ends.
///
/// # Errors
/// E-BK08 for the fields, E-BK28 if another release has the day; [`Error::Denied`] for who does not administer every office.
pub async fn announce(ctx: &Ctx, input: &Announce) -> Result<ReleaseId> {
    let mut found = Issues::default();
    let mode = Mode::from_code(input.mode.trim());
    found.ensure(mode.is_some(), || bad_field("mode", "请选择放号方式", "Choose the order"));
    let impl_code = kernel::text::code(&input.impl_code);
    let profile = read::profile_for(ctx, &impl_code).await.ok();
    found.ensure(profile.is_some(), || bad_field("impl_code", "该事项不可预约", "This item cannot be booked"));
    let day = input.day.trim().parse::<Day>().ok().filter(|day| *day > ctx.today());
    found.ensure(day.is_some(), || bad_field("day", "请填写今天以后的日期", "Enter a day after today"));
    let offices = offices(ctx, input, profile.as_ref().map(|profile| profile.item_kind.as_str()), &mut found).await?;
    let times = times(ctx, input, day, mode.unwrap_or(Mode::Arrival), &mut found);
    let limits = limits(input, &mut found);
    let source = Text::new(kernel::text::line(&input.source_zh), kernel::text::line(&input.source_en));
    let sourced = mode != Some(Mode::Draw) || (!source.zh.is_empty() && !source.en.is_empty());
    found.ensure(sourced, || bad_field("source_zh", "抽签须事先写明公开值的来源（中英文）", "A draw names the source of its public value beforehand, in both languages"));
    let (false, Some(mode), Some(profile), Some(day), Some(times), Some(limits), Some(first)) =
        (found.any_error(), mode, profile, day, times, limits, offices.first())
    else {
        return Err(details::refusal(found).into());
    };
    let id: ReleaseId = ctx.id();
    let seed: [u8; 32] = ctx.random();
    let drawn = mode == Mode::Draw;
    let release = Release {
        id,
        region: first.region,
        org: first.org,
        impl_code,
        item_kind: profile.item_kind,
        day,
        mode,
        times,
        limits,
        announced_at: ctx.now(),
        cancelled_at: None,
        figures: Figures::default(),
        draw: drawn.then(|| DrawFacts { commitment: draw::commitment(&seed).to_vec(), source, closed: None, value: None, drawn: None }),
    };
    let sealed = drawn.then(|| ctx.keys().seal("slot_release", "seed", &id.to_vec(), &seed));
    let detail = serde_json::json!({ "day": day, "mode": mode.code(), "offices": offices.iter().map(|office| &office.code).collect::<Vec<_>>() });
    let event = audit::Event::new("release.announce", "release", id).region(&release.region).detail(detail);
    let ids: Vec<OfficeId> = offices.iter().map(|office| office.id).collect();
    let ready = std::sync::Arc::new((release, sealed, ids, event));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (release, sealed, offices, event) = &*ready;
                store::releases::insert(&tx, release, sealed.clone()).await?;
                for office in offices {
                    if !store::releases::add_office(&tx, release, *office).await? {
                        return Err(own::announced_before().into());
                    }
                }
                audit::record(&tx, &ctx, event.clone()).await
            }
        })
        .await?;
    touch(ctx, &offices.iter().map(|office| office.id).collect::<Vec<_>>()).await?;
    Ok(id)
}

async fn offices(ctx: &Ctx, input: &Announce, kind: Option<&str>, found: &mut Issues) -> Result<Vec<OfficeCard>> {
    let mut offices: Vec<OfficeCard> = Vec::new();
    for code in input.offices.split_whitespace() {
        match store::offices::by_code(ctx.db(), code).await? {
            Some(office) if kind.is_none_or(|kind| office.kinds.iter().any(|of| of == kind)) => {
                access::admin(ctx, &office).await?;
                if !offices.iter().any(|known| known.id == office.id) {
                    offices.push(office);
                }
            }
            _ => found.add(bad_field("offices", "没有这个登记处，或该处不办理此事项", "There is no such office, or it does not do this item").param("code", code)),
        }
    }
    found.ensure((1..=200).contains(&offices.len()), || bad_field("offices", "请填写1至200个登记处编号", "Enter the codes of 1 to 200 offices"));
    Ok(offices)
}

async fn touch(ctx: &Ctx, offices: &[OfficeId]) -> Result<()> {
    for office in offices {
        close::touched(ctx, *office).await?;
    }
    Ok(())
}

async fn administered(ctx: &Ctx, id: ReleaseId) -> Result<Release> {
    let release = store::releases::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::SystemAdmin], &Scope::region(release.region).org(release.org)).await?;
    Ok(release)
}

/// A release for whoever administers it.
///
/// # Errors
/// [`Error::Denied`] for others.
pub async fn show(ctx: &Ctx, id: ReleaseId) -> Result<Release> {
    administered(ctx, id).await
}

/// Calls a release off: the places go back to ordinary booking, bookings that were made stay.
///
/// # Errors
/// [`Error::Stale`] once it has ended.
pub async fn cancel(ctx: &Ctx, id: ReleaseId) -> Result<()> {
    let release = administered(ctx, id).await?;
    let event = audit::Event::new("release.cancel", "release", id).region(&release.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if !store::releases::cancel(&tx, id, ctx.now()).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    touch(ctx, &store::releases::offices(ctx.db(), id).await?).await
}

/// Enters the public value: once, after the list was published. The draw follows within a second.
///
/// # Errors
/// E-BK08 for an empty value, E-BK29 at any other time.
pub async fn enter_value(ctx: &Ctx, id: ReleaseId, typed: &str) -> Result<()> {
    let release = administered(ctx, id).await?;
    let value = kernel::text::line(typed);
    if !(1..=200).contains(&value.chars().count()) {
        return Err(bad_field("value", "请填写公开值，最多200字", "Enter the public value, at most 200 characters").into());
    }
    let event = audit::Event::new("release.value", "release", id).region(&release.region).detail(serde_json::json!({ "value": value }));
    ctx.db()
        .write(|tx| {
            let (ctx, value, event) = (ctx.clone(), value.clone(), event.clone());
            async move {
                if !store::releases::set_value(&tx, id, &value, ctx.now()).await? {
                    return Err(own::no_value_now().into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
