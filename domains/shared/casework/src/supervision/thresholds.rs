//! Thresholds of a city: data with their source, set by the supervision.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use kernel::{RegionCode, text};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::{Thresholds, issues, store};

/// New thresholds of a region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// Yellow light from so many working days before the end.
    pub warn_workdays: i64,
    /// Or from so much of the period left, in per cent.
    pub warn_percent: i64,
    /// Red card beyond so many working days.
    pub red_workdays: i64,
    /// Working days for an answer.
    pub answer_workdays: i64,
    /// The paper that fixes them.
    pub source: String,
}

/// The thresholds of a region: its own, or those of the nearest region above that has some.
pub async fn for_region(ctx: &Ctx, region: RegionCode) -> Result<Thresholds> {
    store::thresholds(ctx.db(), region).await?.ok_or_else(|| Error::internal("no thresholds of supervision"))
}

/// The same for many regions of one run, each looked up once.
#[derive(Default)]
pub(super) struct Cache(HashMap<RegionCode, Thresholds>);

impl Cache {
    pub(super) async fn of(&mut self, ctx: &Ctx, region: RegionCode) -> Result<&Thresholds> {
        match self.0.entry(region) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => Ok(unknown.insert(for_region(ctx, region).await?)),
        }
    }
}

/// Every region with thresholds of its own; the first, with an empty code, holds where none is nearer.
pub async fn settings(ctx: &Ctx) -> Result<Vec<(String, Thresholds)>> {
    ctx.require_role(&[Role::Supervisor])?;
    store::all_thresholds(ctx.db()).await
}

/// Sets the thresholds of a region.
///
/// # Errors
/// E-P244 for a number out of range, E-P240 without a source.
pub async fn set(ctx: &Ctx, region: RegionCode, new: &Set) -> Result<()> {
    ctx.require(&[Role::Supervisor], &Scope::region(region)).await?;
    let mut wrong = kernel::Issues::default();
    let fields = [
        ("warn_workdays", new.warn_workdays, 0, 30),
        ("warn_percent", new.warn_percent, 0, 100),
        ("red_workdays", new.red_workdays, 1, 30),
        ("answer_workdays", new.answer_workdays, 1, 30),
    ];
    for (field, value, from, to) in fields {
        wrong.ensure((from..=to).contains(&value), || issues::out_of_range(field, from, to));
    }
    let source = text::line(&new.source);
    wrong.ensure(!source.is_empty(), || issues::no_words("source", "依据的文件", "the paper that fixes them"));
    wrong.finish()?;
    let thresholds = Thresholds {
        warn_workdays: new.warn_workdays,
        warn_percent: new.warn_percent,
        red_workdays: new.red_workdays,
        answer_workdays: new.answer_workdays,
        source,
    };
    let event = audit::Event::new("supervision.thresholds", "region", region.as_str()).region(&region).detail(serde_json::json!({
        "warn_workdays": new.warn_workdays, "warn_percent": new.warn_percent, "red_workdays": new.red_workdays, "answer_workdays": new.answer_workdays,
    }));
    let (actor, now) = (ctx.actor().key(), ctx.now());
    ctx.db()
        .write(|tx| {
            let (ctx, thresholds, actor, event) = (ctx.clone(), thresholds.clone(), actor.clone(), event.clone());
            async move {
                store::set_thresholds(&tx, region, &thresholds, &actor, now).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
