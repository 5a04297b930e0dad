//! What the case asks of the office and its appointments: the seam to `booking` and `catalog`.

use booking::{BookingId, OfficeCard, OfficeId};
use kernel::{Day, RegionCode, Text};
use platform::{Ctx, Error, Result};

use crate::rules::{Competence, OfficeDay};
use crate::{ITEM, ITEM_FOREIGN, KIND_DIVORCE, KIND_DOMESTIC, KIND_FOREIGN, KIND_FOREIGN_DIVORCE, SERVICE, divorce};

/// What is registered: for residents and for parties from abroad it is another item and another kind of business of an office.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Business {
    /// Service of the item for residents.
    service: &'static str,
    /// Items: of residents, of parties from abroad.
    items: [&'static str; 2],
    /// Services under which the catalogue knows both.
    services: [&'static str; 2],
    /// Kinds of business of offices.
    kinds: [&'static str; 2],
}

/// Marriages.
pub(crate) const MARRIAGES: Business = Business {
    service: SERVICE,
    items: [ITEM, ITEM_FOREIGN],
    services: [SERVICE, "marriage.foreign_registration"],
    kinds: [KIND_DOMESTIC, KIND_FOREIGN],
};

/// Divorces.
pub(crate) const DIVORCES: Business = Business {
    service: divorce::SERVICE,
    items: [divorce::ITEM, divorce::ITEM_FOREIGN],
    services: [divorce::SERVICE, "marriage.foreign_divorce"],
    kinds: [KIND_DIVORCE, KIND_FOREIGN_DIVORCE],
};

impl Business {
    /// Key of the service on case heads.
    pub(crate) fn service(self) -> &'static str {
        self.service
    }

    /// The item of a case.
    pub(crate) fn item(self, for_abroad: bool) -> &'static str {
        self.items[usize::from(for_abroad)]
    }

    /// The kind of business under which an office does it.
    pub(crate) fn kind(self, for_abroad: bool) -> &'static str {
        self.kinds[usize::from(for_abroad)]
    }

    /// The published version under which a case in this region runs, if one is published.
    pub(crate) async fn version(self, ctx: &Ctx, for_abroad: bool, region: RegionCode) -> Result<Option<Vec<u8>>> {
        version_of(ctx, self.services[usize::from(for_abroad)], self.item(for_abroad), region).await
    }

    /// Whether a case is one for parties from abroad: as booked, else as asked for, else by what the office does.
    pub(crate) async fn for_abroad(self, ctx: &Ctx, card: &OfficeCard, booking: Option<BookingId>, asked: Option<bool>) -> Result<bool> {
        if let Some(id) = booking {
            return Ok(booking::ops::read::booking(ctx, id).await?.item_kind == self.kinds[1]);
        }
        let [domestic, designated] = competent_for(card);
        Ok(asked.unwrap_or(designated && !domestic))
    }

    /// Which parties the office may register, and where else such parties go if it may not (R-MR-13).
    pub(crate) async fn competence(self, ctx: &Ctx, office: OfficeId, opened_for_abroad: bool, from_abroad: bool) -> Result<Competence> {
        let card = card(ctx, office).await?;
        let [domestic, designated] = competent_for(&card);
        let mut competence = Competence { domestic, designated, opened_for_abroad, elsewhere: Vec::new() };
        if !competence.covers(from_abroad) {
            let province = RegionCode::parse(&format!("{}0000", &card.region.as_str()[..2])).map_err(Error::internal)?;
            let kind = self.kinds[usize::from(from_abroad)];
            competence.elsewhere = nearest(booking::ops::read::offices(ctx, &province, Some(kind), "", 200).await?, card.region);
        }
        Ok(competence)
    }
}

/// Whether an office registers residents, and parties from abroad: competent for their marriages, it is for their divorces.
fn competent_for(card: &OfficeCard) -> [bool; 2] {
    let does = |kinds: [&str; 2]| card.kinds.iter().any(|known| kinds.contains(&known.as_str()));
    [does([KIND_DOMESTIC, KIND_DIVORCE]), does([KIND_FOREIGN, KIND_FOREIGN_DIVORCE])]
}

/// Offices named to whoever is sent on: those of the same city first, five at most.
fn nearest(mut offices: Vec<OfficeCard>, here: RegionCode) -> Vec<Text> {
    const NAMED: usize = 5;
    offices.sort_by_key(|office| office.region.as_str()[..4] != here.as_str()[..4]);
    offices.into_iter().take(NAMED).map(|office| office.name).collect()
}

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

/// The published version of an item under which a case in this region runs, if one is published.
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
