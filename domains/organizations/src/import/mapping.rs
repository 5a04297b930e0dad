//! Which column is what, and what is begun with it.

use std::collections::BTreeMap;

use kernel::{Issues, Refusal};
use platform::{Ctx, Error, Result, audit};
use serde::{Deserialize, Serialize};

use super::{ImportId, State, allowed, columns, issues, store};

/// Which column holds which field: places by codes of fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub BTreeMap<String, usize>);

impl Mapping {
    /// By the names of the columns; of two that could hold the same the first does.
    pub(super) fn guess(head: &[String]) -> Self {
        let mut map = BTreeMap::new();
        for (place, header) in head.iter().enumerate() {
            if let Some(field) = columns::guess(header) {
                map.entry(field.code.clone()).or_insert(place);
            }
        }
        Self(map)
    }

    /// The column of a field.
    pub fn column(&self, code: &str) -> Option<usize> {
        self.0.get(code).copied()
    }

    /// The field that a column holds; empty for none.
    pub fn field(&self, column: usize) -> &str {
        self.0.iter().find(|(_, place)| **place == column).map_or("", |(code, _)| code)
    }

    /// What was chosen, a code or nothing for each column in turn.
    ///
    /// # Errors
    /// `E-D42` for a field that is needed and has no column, `E-D43` for one that has two.
    pub fn chosen(codes: &[String]) -> std::result::Result<Self, Refusal> {
        let (mut map, mut found) = (BTreeMap::new(), Issues::default());
        for (place, code) in codes.iter().enumerate().filter(|(_, code)| columns::field(code).is_some()) {
            found.ensure(!map.contains_key(code), || issues::twice(code, place));
            map.entry(code.clone()).or_insert(place);
        }
        for field in columns::fields().iter().filter(|field| field.needed) {
            found.ensure(map.contains_key(&field.code), || issues::unmapped(&field.code));
        }
        found.finish().map(|_| Self(map))
    }
}

/// Says which column is what, and begins the dry run. Said again before anything is loaded, it begins anew.
///
/// # Errors
/// `E-D42`, `E-D43`; `E-ST01` once it is being loaded; `NotFound` for another authority's.
pub async fn map(ctx: &Ctx, id: ImportId, chosen: &[String]) -> Result<()> {
    let head = store::head(ctx.db(), id).await?;
    allowed(ctx, &head).await?;
    let codes = &chosen[..chosen.len().min(head.columns.len())];
    let mapping = Mapping::chosen(codes)?;
    let event = audit::Event::new("organization.import.check", "organization_import", id).region(&head.region);
    begin(ctx, &head, State::Checking, Some(mapping), event).await
}

/// Begins to load what the dry run found.
///
/// # Errors
/// `E-ST01` before the dry run is over; `NotFound` for another authority's.
pub async fn load(ctx: &Ctx, id: ImportId) -> Result<()> {
    let head = store::head(ctx.db(), id).await?;
    allowed(ctx, &head).await?;
    let event = audit::Event::new("organization.import.load", "organization_import", id).region(&head.region);
    begin(ctx, &head, State::Loading, None, event).await
}

async fn begin(ctx: &Ctx, head: &store::Head, next: State, mapping: Option<Mapping>, event: audit::Event) -> Result<()> {
    let may = match next {
        State::Checking => matches!(head.state, State::Mapping | State::Checked),
        _ => head.state == State::Checked,
    };
    if !may {
        let name = head.state.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    let head = std::sync::Arc::new(head.clone());
    ctx.db()
        .write(|tx| {
            let (ctx, head, mapping, event) = (ctx.clone(), head.clone(), mapping.clone(), event.clone());
            async move {
                if let Some(mapping) = &mapping {
                    store::remember(&tx, head.authority, &head.columns, mapping).await?;
                }
                if !store::begin(&tx, &head, next, mapping.as_ref()).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
