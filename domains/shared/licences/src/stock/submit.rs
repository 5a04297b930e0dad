//! The first person enters a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::{Issue, Issues, text};
use platform::{Actor, Ctx, Error, Result, audit, regions};
use sm3::Digest as _;

use super::table::{self, Known, Table};
use super::{BatchId, ROLES};
use crate::issues;
use crate::store::{entry, stock as rows};

/// Lines written in one transaction.
const CHUNK: usize = 200;

/// What is entered.
#[derive(Clone, Debug)]
pub struct Submit {
    /// Name of the batch, field `name`.
    pub name: String,
    /// Where the data come from, field `origin`.
    pub origin: String,
    /// The table, CSV in UTF-8, field `table`.
    pub table: Vec<u8>,
}

/// Reads a table and keeps its lines for the second person. Lines with errors are listed; the others wait.
///
/// # Errors
/// `Denied` for all but archivists and the command line; E-P509 for what is no such table; E-P511 without name or origin, or with a name that
/// another batch has.
pub async fn submit(ctx: &Ctx, submitted: &Submit) -> Result<BatchId> {
    ctx.require_role(&ROLES)?;
    let (name, origin) = (text::line(&submitted.name), text::line(&submitted.origin));
    let mut found = Issues::default();
    found.ensure(!name.is_empty(), || issues::batch_field("name", "请填写批次名称", "Name the batch"));
    found.ensure(!origin.is_empty(), || issues::batch_field("origin", "请填写数据来源", "Say where the data come from"));
    let known = known(ctx).await?;
    let table = found.keep(table::read(&submitted.table, &known).map_err(kernel::Refusal::from));
    found.finish()?;
    let table = table.expect("refused above");
    let id: BatchId = ctx.id();
    let (region, entered_name) = match ctx.actor() {
        Actor::Staff(staff) => (staff.region, staff.name.clone()),
        actor => (ctx.settings().region, actor.key()),
    };
    let refused = table.lines.iter().filter(|(_, line)| line.is_err()).count();
    let batch = rows::NewBatch {
        id,
        name,
        origin,
        region,
        digest: data_encoding::HEXLOWER.encode(&sm3::Sm3::digest(&submitted.table)),
        entered_by: ctx.actor().key(),
        entered_name,
        entered_at: ctx.now(),
        lines: table.lines.len() as i64,
        refused: refused as i64,
    };
    begin(ctx, &batch).await?;
    for lines in sealed(ctx, table)?.chunks(CHUNK) {
        let lines = Arc::new(lines.to_vec());
        ctx.db()
            .write(|tx| {
                let lines = lines.clone();
                async move {
                    for line in lines.iter() {
                        rows::insert_line(&tx, id, line).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
    finish(ctx, &batch).await?;
    Ok(id)
}

async fn known(ctx: &Ctx) -> Result<Known> {
    let types = entry::types(ctx.db()).await?.into_iter().map(|(code, name, kind)| (code, (name, kind))).collect::<BTreeMap<_, _>>();
    let roots = match ctx.actor() {
        Actor::System { .. } => vec![ctx.settings().region],
        _ => ctx.regions_of(&ROLES),
    };
    let mut reach = std::collections::BTreeSet::new();
    for root in roots {
        reach.extend(regions::below(ctx.db(), &root).await?.into_iter().map(|code| code.as_str().to_owned()));
    }
    Ok(Known { types, regions: reach, today: ctx.today() })
}

async fn begin(ctx: &Ctx, batch: &rows::NewBatch) -> Result<()> {
    let fresh = ctx
        .db()
        .write(|tx| {
            let batch = batch.clone();
            async move { rows::insert(&tx, batch).await }
        })
        .await?;
    let taken = || issues::batch_field("name", "已有同名批次", "Another batch has this name");
    if fresh { Ok(()) } else { Err(taken().into()) }
}

/// From here on the second person sees it.
async fn finish(ctx: &Ctx, batch: &rows::NewBatch) -> Result<()> {
    let event = audit::Event::new("licence.stock_submit", "licence_stock", batch.id)
        .region(&batch.region)
        .detail(serde_json::json!({ "name": batch.name, "digest": batch.digest, "lines": batch.lines, "refused": batch.refused }));
    let id = batch.id;
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                rows::opened(&tx, id).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

fn sealed(ctx: &Ctx, table: Table) -> Result<Vec<rows::NewLine>> {
    let seal = |(line, content): (i64, std::result::Result<table::Line, Issue>)| {
        let id: kernel::Id<rows::StockLine> = ctx.id();
        let (content, issue) = match content {
            Ok(content) => (Some(serde_json::to_string(&content).map_err(Error::internal)?), None),
            Err(issue) => (None, Some(serde_json::to_string(&issue).map_err(Error::internal)?)),
        };
        let content = content.map(|json| ctx.keys().seal_text("lic_stock_line", "content", &id.to_vec(), &json));
        Ok(rows::NewLine { id, line, content, issue })
    };
    table.lines.into_iter().map(seal).collect()
}
