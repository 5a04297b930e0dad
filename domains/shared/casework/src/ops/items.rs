//! Declarations held against the items that name them: before one is published, and at start for those that are.

use catalog::model::Elements;
use kernel::{Issue, Refusal};
use platform::{Ctx, Error, Result, calendars};

use crate::issues;
use crate::matters::matters;
use crate::validate::Mistake;

/// Refuses an item that contradicts the declaration by which its cases run; an item of no declared matter fits.
///
/// # Errors
/// `E-P235` for every contradiction, with its place.
pub async fn item_fits(ctx: &Ctx, elements: &Elements) -> Result<()> {
    let matters = matters(ctx)?;
    let Some(matter) = matters.get(&elements.house.service) else { return Ok(()) };
    let calendar = calendars::current(ctx.db()).await?;
    let found: Vec<Issue> = matter.case_type.validate_item(elements, &calendar).iter().map(issues::item_contradicts).collect();
    if found.is_empty() { Ok(()) } else { Err(Error::Refused(Refusal(found))) }
}

/// Every contradiction between the declarations and the items that are published under them.
///
/// # Errors
/// Those of the database.
pub async fn check_items(ctx: &Ctx) -> Result<Vec<Mistake>> {
    let calendar = calendars::current(ctx.db()).await?;
    let mut found = Vec::new();
    for matter in matters(ctx)?.iter() {
        for item in catalog::ops::of_service(ctx, &matter.case_type.key, &ctx.settings().region).await? {
            let mistakes = matter.case_type.validate_item(&item.version.elements, &calendar);
            found.extend(mistakes.into_iter().map(|mistake| Mistake { path: format!("{} ({})", mistake.path, item.code), ..mistake }));
        }
    }
    Ok(found)
}
