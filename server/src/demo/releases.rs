//! A day that more people want than there are places: its release.

use booking::release::Mode;
use booking::release::announce::{Announce, announce};
use kernel::Calendar;
use platform::{Ctx, Result};

/// Announces that the places of a day beyond the ordinary reach are given in order of joining, which begins a minute from now.
pub(super) async fn announce_one(ctx: &Ctx, code: &str) -> Result<()> {
    let office = booking::ops::read::office(ctx, code).await?;
    let item = catalog::ops::nearest(ctx, &office.region, marriage::ITEM).await?;
    let calendar = Calendar::builtin();
    let day = (40..60).map(|n| ctx.today().plus_days(n)).find(|day| calendar.is_workday(*day)).unwrap_or(ctx.today().plus_days(40));
    let at = |minutes: i64| {
        let at = ctx.now().plus_minutes(minutes);
        format!("{} {}", at.day(), at.hm())
    };
    let announced = Announce {
        impl_code: item.code.clone(),
        offices: code.to_owned(),
        day: day.to_string(),
        mode: Mode::Arrival.code().to_owned(),
        join_at: at(1),
        join_until: at(7 * 24 * 60),
        turns_at: at(10),
        ends_at: at(14 * 24 * 60),
        turn_minutes: "15".to_owned(),
        at_once: "2000".to_owned(),
        network_minute: "600".to_owned(),
        joins_each: "3".to_owned(),
        ..Announce::default()
    };
    announce(ctx, &announced).await?;
    Ok(())
}

