//! Blank booklets: deliveries, spoiled and returned ones (R-MR-33).

use booking::OfficeId;
use kernel::{Issue, Issues};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use crate::parameters::parameters;
use crate::rules::certificate::parse_serial;
use crate::store::booklets::{self, BookletKind, BookletRangeId, Delivery, Fate, Figures, Gone};
use crate::{ITEM, issues, office};

/// The most booklets of one delivery; a larger one is entered in parts.
const MOST: u64 = 2000;
/// Serials written in one transaction.
const BATCH: usize = 200;

/// An office's stock.
#[derive(Debug, Clone)]
pub struct Stock {
    /// How many are where.
    pub figures: Figures,
    /// Fewer than the parameter says are left.
    pub low: bool,
    /// The next serials, lowest first.
    pub next: Vec<String>,
    /// The last deliveries.
    pub deliveries: Vec<Delivery>,
    /// The last that were spoiled or returned.
    pub gone: Vec<Gone>,
}

async fn allow(ctx: &Ctx, office: OfficeId) -> Result<kernel::RegionCode> {
    let card = office::card(ctx, office).await?;
    ctx.require(&[Role::Registrar, Role::Clerk], &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    Ok(card.region)
}

/// The stock of an office, of one kind of booklet.
pub async fn stock(ctx: &Ctx, office: OfficeId, kind: BookletKind) -> Result<Stock> {
    allow(ctx, office).await?;
    let figures = booklets::figures(ctx.db(), kind, office).await?;
    Ok(Stock {
        low: figures.stock < parameters().certificate.low_stock.value,
        figures,
        next: booklets::lowest_of(ctx.db(), kind, office, 10).await?,
        deliveries: booklets::deliveries(ctx.db(), kind, office).await?,
        gone: booklets::gone(ctx.db(), kind, office).await?,
    })
}

/// Takes in a delivery, first and last serial included; returns how many. A serial that was ever delivered is refused.
pub async fn receive_booklets(ctx: &Ctx, office: OfficeId, kind: BookletKind, first: &str, last: &str) -> Result<u64> {
    let region = allow(ctx, office).await?;
    let serials = range(first, last)?;
    let (first, last) = (serials[0].clone(), serials[serials.len() - 1].clone());
    let id: BookletRangeId = ctx.id();
    let count = i64::try_from(serials.len()).map_err(Error::internal)?;
    for (part, chunk) in serials.chunks(BATCH).enumerate() {
        let event = audit::Event::new("booklet.receive", "office", office).region(&region).reason(format!("{first}-{last}"));
        ctx.db()
            .write(|tx| {
                let (ctx, chunk, event, first, last) = (ctx.clone(), chunk.to_vec(), event.clone(), first.clone(), last.clone());
                async move {
                    if part == 0 {
                        booklets::insert_range(&tx, &ctx, kind, id, office, &first, &last, count).await?;
                        audit::record(&tx, &ctx, event).await?;
                    }
                    for serial in &chunk {
                        if !booklets::insert(&tx, kind, id, office, serial).await? {
                            return Err(issues::serial_not_in_stock("first_serial", serial).into());
                        }
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
    Ok(serials.len() as u64)
}

fn range(first: &str, last: &str) -> Result<Vec<String>, kernel::Refusal> {
    let mut found = Issues::default();
    let first = found.keep(parse_serial(first, "first_serial"));
    let last = found.keep(parse_serial(last, "last_serial"));
    let mut serials = Vec::new();
    if let (Some(first), Some(last)) = (first, last) {
        let width = first.len();
        let (from, to): (u64, u64) = (first.parse().expect("digits"), last.parse().expect("digits"));
        let count = (to + 1).saturating_sub(from);
        found.ensure(width == last.len() && (1..=MOST).contains(&count), || {
            Issue::error("MR-E33b", format!("止号应不小于起号，每次不超过{MOST}本"), format!("the last serial follows the first, {MOST} at most"))
                .field("last_serial")
                .rule("R-MR-33")
        });
        if !found.any_error() {
            serials = (from..=to).map(|n| format!("{n:0width$}")).collect();
        }
    }
    found.finish()?;
    Ok(serials)
}

/// A blank booklet is spoiled before it was used.
pub async fn spoil_blank(ctx: &Ctx, office: OfficeId, kind: BookletKind, serial: &str, reason: &str) -> Result<()> {
    take(ctx, (office, kind), serial, reason, Fate::Spoiled, "booklet.spoil").await
}

/// A blank booklet goes back to who sent it.
pub async fn return_booklet(ctx: &Ctx, office: OfficeId, kind: BookletKind, serial: &str, reason: &str) -> Result<()> {
    take(ctx, (office, kind), serial, reason, Fate::Returned, "booklet.return").await
}

async fn take(ctx: &Ctx, (office, kind): (OfficeId, BookletKind), serial: &str, reason: &str, fate: Fate, action: &'static str) -> Result<()> {
    let region = allow(ctx, office).await?;
    let serial = parse_serial(serial, "serial")?;
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(Issue::error("C-E10", "请写明原因", "please give the reason").field("reason").into());
    }
    let event = audit::Event::new(action, "booklet", &serial).region(&region).reason(reason.as_str());
    ctx.db()
        .write(|tx| {
            let (ctx, serial, reason, event) = (ctx.clone(), serial.clone(), reason.clone(), event.clone());
            async move {
                if !booklets::take_of(&tx, &ctx, kind, office, &serial, fate, &reason).await? {
                    return Err(issues::serial_not_in_stock("serial", &serial).into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_mr_33_a_delivery_is_a_range_of_equal_width() {
        assert_eq!(range("00000098", "00000101").expect("four"), ["00000098", "00000099", "00000100", "00000101"]);
        for (first, last) in [("00000101", "00000098"), ("00000001", "000000002"), ("00000001", "00009999"), ("x", "00000002")] {
            assert!(range(first, last).expect_err("no range").has("MR-E33b"));
        }
    }
}
