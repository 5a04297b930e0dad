//! Complaints about an organisation: taken in as every other complaint, and led into an inspection or a penalty case.

use interaction::complaints::{self, ComplaintId, Receipt, Registration};
use platform::{Ctx, Error, Result, audit};

use super::act::open;
use crate::supervision::input::Input;
use crate::supervision::model::{Kind, ProceedingId};
use crate::supervision::states::OVERSEERS;
use crate::supervision::store::complaints as rows;
use crate::supervision::issues;
use crate::{OrganizationId, register};

/// Lines on a page.
const PAGE: i64 = 50;

/// What a complaint can be led into.
pub const FOLLOWS: [Kind; 2] = [Kind::Inspection, Kind::Penalty];

/// A complaint about an organisation.
#[derive(Debug, Clone)]
pub struct Complained {
    /// The complaint, which has its own desk.
    pub complaint: ComplaintId,
    /// Its receipt number.
    pub number: String,
    /// Whom it is about.
    pub organization: OrganizationId,
    /// The name.
    pub name: String,
    /// Its credit code.
    pub uscc: Option<String>,
    /// What came of it.
    pub proceeding: Option<ProceedingId>,
}

/// Somebody complains of an organisation: the authority that registered it answers (P4), and supervision sees whom it is about.
///
/// # Errors
/// Those of [`complaints::register`].
pub async fn complain(ctx: &Ctx, organization: OrganizationId, words: Registration) -> Result<Receipt> {
    let head = register::by_id(ctx.db(), organization).await?.head;
    let title = if words.title.trim().is_empty() { String::new() } else { format!("{}：{}", head.name, words.title.trim()).chars().take(60).collect() };
    let receipt = complaints::register(ctx, Registration { org: head.authority.to_string(), title, ..words }).await?;
    let (id, region) = (receipt.id, head.region);
    ctx.db().write(|tx| async move { rows::link(&tx, id, organization, region).await }).await?;
    Ok(receipt)
}

/// Complaints about organisations of the reader's regions, the newest first, with the last line if there are more.
///
/// # Errors
/// `E-P805` for whoever reads no desk.
pub async fn complaints(ctx: &Ctx, before: Option<ComplaintId>) -> Result<(Vec<Complained>, Option<ComplaintId>)> {
    ctx.require_role(OVERSEERS)?;
    let mut found = rows::list(ctx.db(), &ctx.regions_of(OVERSEERS), before, PAGE + 1).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|row| row.complaint);
    let lines = found
        .into_iter()
        .map(|row| Complained { complaint: row.complaint, number: row.number, organization: row.organization, name: row.name, uscc: row.uscc, proceeding: row.proceeding })
        .collect();
    Ok((lines, next))
}

/// Leads a complaint into an inspection or a penalty case; `input` is that of the act which opens it.
///
/// # Errors
/// Those of opening; `E-D88` if something has come of it before.
pub async fn follow_up(ctx: &Ctx, complaint: ComplaintId, kind: Kind, input: &Input) -> Result<ProceedingId> {
    let row = rows::by_id(ctx.db(), complaint).await?.ok_or(Error::NotFound)?;
    if row.proceeding.is_some() {
        return Err(issues::under_way().into());
    }
    if !FOLLOWS.contains(&kind) {
        return Err(Error::NotFound);
    }
    let opened = open(ctx, kind, Some(row.organization), input).await?.id;
    let event = audit::Event::new("organization.complaint", "organization_proceeding", opened).region(&row.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                rows::follow(&tx, complaint, opened).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(opened)
}
