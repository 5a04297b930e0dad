//! The job that loads what the second person has let through.

use std::sync::Arc;
use std::time::Duration;

use documents::shapes::Certificate;
use kernel::{RegionCode, Uscc};
use platform::{Ctx, Error, Job, JobFuture, Result, audit};
use store::Tx;

use super::BatchId;
use super::table::Line;
use crate::model::{Issuer, MARRIAGE, New, Source};
use crate::ops::{Drawn, issue};
use crate::store::stock as rows;

/// Lines loaded in one transaction.
const CHUNK: i64 = 50;

/// Loads batches, a few lines a transaction: a run that was broken off goes on at the next turn.
pub(crate) fn job() -> Job {
    Job { name: "licence.stock", every: Duration::from_secs(5), run }
}

fn run(ctx: Ctx) -> JobFuture {
    Box::pin(async move {
        while let Some((id, source)) = rows::next_loading(ctx.db()).await? {
            let source = Source::stock(&source.0, &source.1).ok_or_else(|| Error::internal("a batch without name or origin"))?;
            while step(&ctx, id, &source).await? {}
            finish(&ctx, id).await?;
        }
        Ok(())
    })
}

/// Whether there was something to do.
async fn step(ctx: &Ctx, id: BatchId, source: &Source) -> Result<bool> {
    let lines = rows::ready(ctx.db(), ctx.keys(), id, CHUNK).await?;
    if lines.is_empty() {
        return Ok(false);
    }
    let prepared = lines.into_iter().map(|(row, line)| Ok((row, Drawn::new(ctx), new(line, source)?))).collect::<Result<Vec<_>>>()?;
    let prepared = Arc::new(prepared);
    ctx.db()
        .write(|tx| {
            let (ctx, prepared) = (ctx.clone(), prepared.clone());
            async move {
                for (row, drawn, new) in prepared.iter() {
                    load(&tx, &ctx, *row, drawn, new).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await?;
    Ok(true)
}

/// Issues one, or lists it: another in force has its number.
async fn load(tx: &Tx, ctx: &Ctx, row: rows::LineId, drawn: &Drawn, new: &New) -> Result<()> {
    match issue(tx, ctx, drawn, new).await {
        Ok(entry) => rows::loaded(tx, row, entry).await,
        Err(Error::Refused(refusal)) => {
            let issue = refusal.0.first().ok_or_else(|| Error::internal("a refusal without issue"))?;
            rows::refuse(tx, row, &serde_json::to_string(issue).map_err(Error::internal)?).await
        }
        Err(error) => Err(error),
    }
}

async fn finish(ctx: &Ctx, id: BatchId) -> Result<()> {
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                let (loaded, refused) = rows::finish(&tx, id).await?;
                let event = audit::Event::new("licence.stock_load", "licence_stock", id)
                    .detail(serde_json::json!({ "loaded": loaded, "refused": refused }));
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// What a run that is broken off at once has done.
#[cfg(test)]
pub(super) async fn first_step(ctx: &Ctx, id: BatchId) -> Result<bool> {
    let (_, source) = rows::next_loading(ctx.db()).await?.ok_or(Error::NotFound)?;
    step(ctx, id, &Source::stock(&source.0, &source.1).ok_or(Error::NotFound)?).await
}

fn new(line: Line, source: &Source) -> Result<New> {
    let code = Uscc::parse(&line.issuer_code).map_err(|_| Error::internal("a line whose issuer was checked"))?;
    let region = RegionCode::parse(&line.region).map_err(|_| Error::internal("a line whose region was checked"))?;
    let template = if line.type_code == MARRIAGE { "marriage-certificate" } else { "licence" };
    let face = Certificate {
        title_zh: line.type_name.zh.clone().into_owned(),
        title_en: line.type_name.en.clone().into_owned(),
        number: line.number.clone(),
        holder: line.holder.name.clone(),
        issuer: line.issuer_name.clone(),
        issued_on: line.issued_on.zh(),
        ..Certificate::default()
    };
    Ok(New {
        type_code: line.type_code.into(),
        number: line.number,
        holder: line.holder,
        issuer: Issuer { code, name: line.issuer_name, region },
        issued_on: line.issued_on,
        valid_to: line.valid_to,
        source: source.clone(),
        face,
        template,
        photo: None,
    })
}
