//! The divisions of a province, from the table that the program carries.

use kernel::{RegionCode, RegionTable};
use platform::regions::{self, Region};
use platform::{Ctx, Result};

/// Rows in one transaction.
const BATCH: usize = 200;

/// Puts a province in with all below it down to the streets, parents first; what is there already stays.
///
/// # Errors
/// Those of the database.
pub async fn load(ctx: &Ctx, province: RegionCode) -> Result<()> {
    let table = RegionTable::builtin();
    let mut rows = Vec::new();
    let mut open = vec![(province, None)];
    while let Some((code, parent)) = open.pop() {
        let Some(region) = table.get(code) else { continue };
        rows.push(Region { code, name: region.name.to_string(), parent });
        open.extend(table.children(code).filter(|child| !child.is_placeholder()).map(|child| (child.code, Some(code))));
    }
    for batch in rows.chunks(BATCH) {
        let batch = batch.to_vec();
        ctx.db()
            .write(|tx| {
                let batch = batch.clone();
                async move { regions::add(&tx, &batch).await }
            })
            .await?;
    }
    Ok(())
}
