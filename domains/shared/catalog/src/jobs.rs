//! Makes real what the clock has decided: the search index and the audit trail learn of versions that came into force and of items that
//! were suspended by their date. Nothing waits for it: every guard compares the dates itself.

use std::time::Duration;

use platform::{Ctx, Job, JobFuture, Result, Service, audit};

use crate::model::Layer;
use crate::ops;
use crate::states::Standing;
use crate::store::{items, versions};

/// What the catalogue hands to the program.
pub fn service() -> Service {
    Service {
        name: "catalog",
        jobs: vec![Job { name: "catalog.dates", every: Duration::from_secs(60), run: |ctx| -> JobFuture { Box::pin(async move { dates(&ctx).await }) } }],
        handlers: Vec::new(),
    }
}

/// One run: asks lists that were left out when a basic version was published, and shows what stands otherwise today.
///
/// # Errors
/// Only those of the database.
pub async fn dates(ctx: &Ctx) -> Result<()> {
    for row in items::all_basic(ctx.db()).await? {
        if let Some(version) = versions::newest(ctx.db(), row).await? {
            ops::ask_children(ctx, &version).await?;
        }
    }
    for row in items::to_show(ctx.db(), ctx.today()).await? {
        let standing = row.standing(ctx.today())?;
        if !row.is_shown_otherwise(standing) {
            continue;
        }
        let suspended = standing == Standing::Suspended && row.layer()? == Layer::Implementation;
        let (id, code) = (row.id, row.code.clone());
        ctx.db()
            .write(|tx| {
                let (ctx, code) = (ctx.clone(), code.clone());
                async move {
                    let action = if suspended { "catalog.suspended_by_date" } else { "catalog.shown" };
                    audit::record(&tx, &ctx, audit::Event::new(action, "item", &code)).await?;
                    ops::show(&tx, &ctx, id).await
                }
            })
            .await?;
    }
    Ok(())
}
