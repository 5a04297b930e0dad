//! A selection to take along: what a search found, as CSV or JSON.

use std::collections::HashMap;

use platform::{Ctx, Result};

use super::daily::{Format, csv, json};
use super::{parameters, store};
use crate::model::{Entry, OrganizationId};

/// Entries read at once.
const READ: usize = 200;

/// Rows of one download at most; more is what the daily file is for.
pub fn most() -> usize {
    usize::try_from(parameters().download_rows.value).unwrap_or(usize::MAX)
}

/// These organisations in this order, at most [`most`]; those that are not in the public register are left out.
///
/// # Errors
/// Those of the database.
pub async fn selected(ctx: &Ctx, ids: &[OrganizationId], format: Format) -> Result<Vec<u8>> {
    let mut entries = Vec::with_capacity(ids.len().min(most()));
    for some in ids[..ids.len().min(most())].chunks(READ) {
        let mut found: HashMap<OrganizationId, Entry> =
            store::entries_of(ctx.db(), some).await?.into_iter().map(|entry| (entry.head.id, entry)).collect();
        entries.extend(some.iter().filter_map(|id| found.remove(id)));
    }
    match format {
        Format::Csv => csv(&entries, true),
        Format::Json => Ok([b"[".as_slice(), &json(&entries, true)?, b"\n]\n"].concat()),
    }
}
