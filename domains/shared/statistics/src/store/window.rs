//! What a reader may see, as a condition of a statement.

use kernel::{Day, RegionCode};
use platform::{Error, OrgId, Result};
use store::{Db, Query, q};

use crate::model::{Asked, By};

/// One grant, as far as it narrows figures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Window {
    pub(crate) region: RegionCode,
    pub(crate) org: Option<OrgId>,
    pub(crate) item: Option<String>,
}

/// Names of the columns that narrow a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    pub(crate) region: &'static str,
    pub(crate) org: &'static str,
    /// Absent where a table knows no item: a grant for one item opens nothing there.
    pub(crate) item: Option<&'static str>,
    /// Absent where a table knows no channel.
    pub(crate) channel: Option<&'static str>,
}

/// Those of our own tables.
pub(crate) const OWN: Columns = Columns { region: "f.region", org: "f.org", item: Some("f.item"), channel: Some("f.channel") };

/// What a reader may see of what he asks for.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    /// The region asked for.
    pub(crate) region: RegionCode,
    /// What his grants let through.
    pub(crate) windows: Vec<Window>,
}

/// Appends the conditions to a statement that ends in others.
pub(crate) fn narrowed(mut query: Query, columns: Columns, reach: &Reach, asked: &Asked) -> Query {
    query = query.sql(" AND ").sql(columns.region);
    query = match asked.only {
        true => query.sql(" = ").arg(reach.region).sql(" AND ("),
        false => query.sql(" IN (SELECT descendant FROM region_closure WHERE ancestor = ").arg(reach.region).sql(") AND ("),
    };
    for (n, window) in reach.windows.iter().enumerate() {
        query = query.sql(if n == 0 { "(" } else { " OR (" }).sql(columns.region).sql(" IN (SELECT descendant FROM region_closure WHERE ancestor = ");
        query = query.arg(window.region).sql(")");
        if let Some(org) = window.org {
            query = query.sql(" AND ").sql(columns.org).sql(" = ").arg(org);
        }
        query = of_item(query, columns, window.item.as_ref());
        query = query.sql(")");
    }
    query = query.sql(")");
    if let Some(org) = asked.org {
        query = query.sql(" AND ").sql(columns.org).sql(" = ").arg(org);
    }
    query = of_item(query, columns, asked.item.as_ref());
    if let (Some(channel), Some(column)) = (asked.channel, columns.channel) {
        query = query.sql(" AND ").sql(column).sql(" = ").arg(i64::from(channel.digit()));
    }
    query
}

fn of_item(query: Query, columns: Columns, item: Option<&String>) -> Query {
    match (item, columns.item) {
        (None, _) => query,
        (Some(item), Some(column)) => query.sql(" AND ").sql(column).sql(" = ").arg(item),
        (Some(_), None) => query.sql(" AND 1 = 0"),
    }
}

/// The piece of SQL that names a line, and what has to be joined for it. Regions are those directly below the one asked for.
pub(crate) fn label(by: By) -> &'static str {
    match by {
        By::Region => "COALESCE(k.ancestor, f.region)",
        By::Org => "f.org",
        By::Item | By::ItemChannel => "f.item",
        By::Channel => "f.channel",
    }
}

/// A region and all above it; nothing for one that this instance does not serve.
pub(crate) async fn above(db: &Db, region: RegionCode) -> Result<Vec<RegionCode>> {
    let rows: Vec<(String,)> = q("SELECT ancestor FROM region_closure WHERE descendant = $1 ORDER BY ancestor").bind(region).all(db).await?;
    rows.into_iter().map(|(code,)| RegionCode::parse(&code).map_err(Error::internal)).collect()
}

/// Names of regions: the one asked for with all above it, and those directly below it, by code.
pub(crate) async fn regions(db: &Db, region: RegionCode) -> Result<Vec<(RegionCode, String, Option<RegionCode>)>> {
    let rows: Vec<(String, String, Option<String>)> = q("SELECT code, name, parent FROM region WHERE parent = $1 \
         OR code IN (SELECT ancestor FROM region_closure WHERE descendant = $1) ORDER BY code LIMIT 1000")
    .bind(region)
    .all(db)
    .await?;
    let code = |text: String| RegionCode::parse(&text).map_err(Error::internal);
    rows.into_iter().map(|(own, name, parent)| Ok((code(own)?, name, parent.map(code).transpose()?))).collect()
}

/// A day, and one that is none, in a row.
pub(crate) fn day(text: &str) -> Result<Day> {
    text.parse().map_err(Error::internal)
}
