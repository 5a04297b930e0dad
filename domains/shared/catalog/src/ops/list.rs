//! Lists: for citizens by region, for services by procedure, for administrators by state.

use std::collections::BTreeMap;

use kernel::{RegionCode, Text};
use platform::{Actor, Ctx, Error, Result, Role, regions};

use crate::model::{ItemView, Layer};
use crate::states::{DraftState, Standing};
use crate::store::items::{self, Filter};
use crate::store::versions::read_elements;

/// For every public basic item the implementation nearest to a region: its own, else one in the city, else one in the province.
///
/// # Errors
/// `NotFound` for a region that this instance does not serve.
pub async fn list(ctx: &Ctx, region: &RegionCode) -> Result<Vec<ItemView>> {
    nearest_of(ctx, region, None).await
}

/// The implementation of one basic item nearest to a region.
///
/// # Errors
/// `NotFound` when nobody implements it, or for an unknown region.
pub async fn nearest(ctx: &Ctx, region: &RegionCode, basic_code: &str) -> Result<ItemView> {
    nearest_of(ctx, region, Some(basic_code)).await?.into_iter().next().ok_or(Error::NotFound)
}

async fn nearest_of(ctx: &Ctx, region: &RegionCode, basic_code: Option<&str>) -> Result<Vec<ItemView>> {
    let path = regions::path(ctx.db(), region).await?;
    if path.is_empty() {
        return Err(Error::NotFound);
    }
    let mut found: Vec<ItemView> = Vec::new();
    for root in path.iter().rev() {
        for row in items::first_below(ctx.db(), ctx.today(), root.code, basic_code).await? {
            if found.iter().all(|view| view.basic_code != row.basic_code)
                && let Some(view) = row.view(ctx.today())?
            {
                found.push(view);
            }
        }
    }
    found.sort_by(|a, b| a.basic_code.cmp(&b.basic_code));
    Ok(found)
}

/// Public implementations within a region and everything below, by code after `after`; at most `limit` (1–200). For the API and the search index.
///
/// # Errors
/// Only those of the database.
pub async fn implementations(ctx: &Ctx, root: &RegionCode, basic_code: Option<&str>, after: &str, limit: u32) -> Result<Vec<ItemView>> {
    let rows = items::public_below(ctx.db(), ctx.today(), root, basic_code, after, i64::from(limit.clamp(1, 200))).await?;
    rows.into_iter().filter_map(|row| row.view(ctx.today()).transpose()).collect()
}

/// Implementations of a service's procedure (`marriage.registration`) within a region and below: how the service finds its items.
///
/// # Errors
/// Only those of the database.
pub async fn of_service(ctx: &Ctx, service: &str, root: &RegionCode) -> Result<Vec<ItemView>> {
    let rows = items::by_service(ctx.db(), ctx.today(), service, root).await?;
    rows.into_iter().filter_map(|row| row.view(ctx.today()).transpose()).collect()
}

/// What an administrator's list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct AdminFilter {
    /// One layer.
    pub layer: Option<Layer>,
    /// Items with a draft in this state.
    pub draft: Option<DraftState>,
    /// Items that stand so today.
    pub standing: Option<Standing>,
    /// Part of a code or of the text.
    pub text: Option<String>,
    /// Items whose code comes after this one: the last of the page before.
    pub after: Option<String>,
}

/// A line of the administrator's list.
#[derive(Debug, Clone)]
pub struct AdminLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Region code.
    pub region: String,
    /// Name of the body of an implementation.
    pub body: Option<Text>,
    /// How it stands today.
    pub standing: Standing,
    /// Number of the version in force.
    pub version: Option<i64>,
    /// State of the draft.
    pub draft: Option<DraftState>,
}

/// Lines a page of the administrator's list has.
pub const ADMIN_PAGE: usize = 50;

/// Items within the actor's regions, drafts included, and whether there are more.
///
/// # Errors
/// As authorisation says.
pub async fn admin_list(ctx: &Ctx, filter: &AdminFilter) -> Result<(Vec<AdminLine>, bool)> {
    const ROLES: [Role; 4] = [Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Supervisor];
    ctx.require_role(&ROLES)?;
    let roots = match ctx.actor() {
        Actor::System { .. } => vec![ctx.settings().region],
        _ => ctx.regions_of(&ROLES),
    };
    let mut query = Filter {
        roots,
        layer: filter.layer,
        draft_state: filter.draft.map(DraftState::code),
        text: filter.text.as_deref().map(kernel::text::line).filter(|text| !text.is_empty()).map(|text| text.chars().take(100).collect()),
        after: filter.after.clone().unwrap_or_default(),
    };
    let mut lines = Vec::new();
    loop {
        let rows = items::admin_list(ctx.db(), ctx.today(), &query, 200).await?;
        let full = rows.len() == 200;
        for row in rows {
            let standing = row.standing.standing(ctx.today())?;
            query.after.clone_from(&row.standing.code);
            if filter.standing.is_some_and(|wanted| wanted != standing) {
                continue;
            }
            if lines.len() == ADMIN_PAGE {
                return Ok((lines, true));
            }
            lines.push(line(row, standing, ctx)?);
        }
        if !full {
            return Ok((lines, false));
        }
    }
}

fn line(row: items::ListRow, standing: Standing, ctx: &Ctx) -> Result<AdminLine> {
    let (code, region) = (row.standing.code.clone(), row.standing.region.clone());
    let view = row.standing.view(ctx.today())?;
    let version = view.as_ref().map(|view| view.version.number);
    let elements = match (view, row.draft_elements) {
        (Some(view), _) => Some(view.version.elements),
        (None, Some(text)) => Some(read_elements(&text)?),
        (None, None) => None,
    };
    let name = elements.as_ref().map_or_else(|| Text::new(code.clone(), code.clone()), |elements| elements.name.clone());
    Ok(AdminLine {
        code,
        name,
        region,
        body: elements.and_then(|elements| elements.body).map(|body| body.name),
        standing,
        version,
        draft: row.draft_state.as_deref().and_then(DraftState::from_code),
    })
}

/// Names of basic items by code, for figures and lists that keep only the code; codes that are none are left out.
///
/// # Errors
/// Those of the database.
pub async fn names(ctx: &Ctx, codes: &[String]) -> Result<BTreeMap<String, Text>> {
    #[derive(serde::Deserialize)]
    struct Named {
        name: Text,
    }
    let rows = items::basic_elements(ctx.db(), codes).await?;
    rows.into_iter().map(|(code, elements)| Ok((code, serde_json::from_str::<Named>(&elements).map_err(Error::internal)?.name))).collect()
}
