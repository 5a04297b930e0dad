//! The draw of organisations to be inspected, and of those who inspect (双随机).

use kernel::{Issue, RegionCode};
use platform::{Ctx, Result, Role, Scope};

use super::act::open;
use crate::supervision::input::Input;
use crate::supervision::model::{Kind, ProceedingId};
use crate::supervision::numbers::limits;
use crate::supervision::store::due;
use crate::supervision::issues;

/// Organisations in one draw at most.
const MOST: i64 = 50;

/// A draw to be made.
#[derive(Debug, Clone, Default)]
pub struct Draw {
    /// Code of the region; organisations of it and below are drawn.
    pub region: String,
    /// How many.
    pub count: String,
    /// Name of the plan.
    pub source: String,
}

/// A number below `end`, by lot.
fn lot(ctx: &Ctx, end: u64) -> u64 {
    u64::from_be_bytes(ctx.random::<8>()) % end.max(1)
}

/// Draws organisations and two inspectors for each, and opens an inspection of each.
///
/// # Errors
/// What is missing, at its field; `E-D28` with fewer than two inspectors; `E-P805` for whoever heads no authority there.
pub async fn draw(ctx: &Ctx, new: &Draw) -> Result<Vec<ProceedingId>> {
    let missing = |field: &str| Issue::error("E-D80", "请填写", "This is needed").field(field);
    let region = RegionCode::parse(new.region.trim()).map_err(|_| missing("region"))?;
    let count = new.count.trim().parse::<i64>().ok().filter(|count| (1..=MOST).contains(count));
    let count = count.ok_or_else(|| Issue::error("E-D85", format!("请填写1至{MOST}的整数"), format!("A whole number from 1 to {MOST}")).field("count"))?;
    let source = kernel::text::line(&new.source);
    if source.is_empty() {
        return Err(missing("source").into());
    }
    ctx.require(&[Role::Head], &Scope::region(region)).await?;
    let population = due::population(ctx.db(), region).await?;
    let mut chosen = Vec::new();
    // Places are drawn until there are enough different ones: at most all of them.
    while (chosen.len() as i64) < count.min(population) {
        let place = i64::try_from(lot(ctx, population.unsigned_abs())).unwrap_or_default();
        if !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    let mut opened = Vec::new();
    for place in chosen {
        let Some(organization) = due::nth(ctx.db(), region, place).await? else { continue };
        let of = crate::register::by_id(ctx.db(), organization).await?.head.region;
        let mut inspectors = identity::colleagues::holders(ctx, &[Role::Inspector], &of, None).await?;
        let least = limits().inspection_officers.value();
        if (inspectors.len() as i64) < least {
            return Err(issues::officers(least, limits().inspection_officers.law()).into());
        }
        let mut input = Input::default().with("source", format!("双随机：{source}"));
        for _ in 0..least {
            let one = inspectors.swap_remove(usize::try_from(lot(ctx, inspectors.len() as u64)).unwrap_or_default());
            input = input.with("officers", one.id);
        }
        opened.push(open(ctx, Kind::Inspection, Some(organization), &input).await?.id);
    }
    Ok(opened)
}
