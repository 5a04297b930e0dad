//! What the case asks of the office and its appointments: the seam to `booking` and `catalog`.

use booking::{BookingId, OfficeCard, OfficeId};
use kernel::{Day, RegionCode};
use platform::{Ctx, Error, Result};

use crate::rules::OfficeDay;
use crate::{ITEM, SERVICE};

/// The office.
pub(crate) async fn card(ctx: &Ctx, office: OfficeId) -> Result<OfficeCard> {
    booking::ops::read::office_by_id(ctx, office).await
}

/// Whether the office is open on a day (R-MR-47).
pub(crate) async fn day(ctx: &Ctx, office: OfficeId, day: Day) -> Result<OfficeDay> {
    let card = card(ctx, office).await?;
    let opening = booking::ops::openings::on(ctx, &card, day).await?;
    Ok(if opening.is_open() { OfficeDay::Open } else { OfficeDay::Closed })
}

/// The people of an appointment came to its office. One that was served, or whose time is over, is served as without appointment.
pub(crate) async fn arrive(ctx: &Ctx, id: BookingId, office: OfficeId) -> Result<()> {
    let card = booking::ops::read::booking(ctx, id).await?;
    if card.office != office {
        return Err(Error::NotFound);
    }
    match booking::ops::desk::arrive(ctx, id).await {
        Err(error) if error.has_code("E-ST01") => Ok(()),
        other => other,
    }
}

/// The business of an appointment was done; one that nobody announced at the counter stays as it is.
pub(crate) async fn complete(ctx: &Ctx, id: BookingId) -> Result<()> {
    match booking::ops::desk::complete(ctx, id).await {
        Err(error) if error.has_code("E-ST01") => Ok(()),
        other => other,
    }
}

/// The published version under which a case in this region runs, if one is published.
pub(crate) async fn item_version(ctx: &Ctx, region: RegionCode) -> Result<Option<Vec<u8>>> {
    version_of(ctx, SERVICE, ITEM, region).await
}

/// The same of another item of this crate.
pub(crate) async fn version_of(ctx: &Ctx, service: &str, item: &str, region: RegionCode) -> Result<Option<Vec<u8>>> {
    let items = catalog::ops::of_service(ctx, service, &region).await?;
    Ok(items.into_iter().find(|found| found.basic_code == item && found.region == region.as_str()).map(|found| found.version.id.to_vec()))
}

/// The minute at which the office closes on a day; none when it does not open.
pub(crate) async fn closes(ctx: &Ctx, office: OfficeId, day: Day) -> Result<Option<u16>> {
    let card = card(ctx, office).await?;
    let opening = booking::ops::openings::on(ctx, &card, day).await?;
    Ok(opening.hours().and_then(|hours| hours.spans().iter().map(|span| span.to()).max()))
}
