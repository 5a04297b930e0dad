//! Rows of `organization_name` and of names of places.

use kernel::{Day, Id, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use ::store::{Db, Target, Tx, Val, q};

use crate::model::OrganizationId;
use crate::names::{Known, Left, Parts};

/// Marker of a name.
#[derive(Debug)]
pub(crate) struct NameMark;

/// A name that an organisation bears from now on.
pub(crate) struct Bearing<'a> {
    pub(crate) organization: OrganizationId,
    pub(crate) authority: OrgId,
    pub(crate) name: &'a str,
    pub(crate) parts: Parts,
    /// When and how it was left, where it is over already.
    pub(crate) left: Option<(Day, Left)>,
}

/// Writes names, one at least.
pub(crate) async fn bear(tx: &Tx, ctx: &Ctx, names: impl IntoIterator<Item = Bearing<'_>>) -> Result<()> {
    let row = |new: Bearing<'_>| -> [Val; 9] {
        let id: Id<NameMark> = ctx.id();
        [
            id.into(),
            new.organization.into(),
            new.authority.into(),
            new.name.into(),
            new.parts.brand.into(),
            new.parts.field.into(),
            new.parts.form.into(),
            new.left.map(|(on, _)| on).into(),
            new.left.map(|(_, how)| how.code()).into(),
        ]
    };
    q("INSERT INTO organization_name (id, organization, authority, name, brand, field, form, left_on, left_by) VALUES ")
        .rows(names.into_iter().map(row))
        .exec(tx)
        .await?;
    Ok(())
}

/// It leaves the name that it bears.
pub(crate) async fn leave(tx: &Tx, id: OrganizationId, on: Day, how: Left) -> Result<()> {
    q("UPDATE organization_name SET left_on = $2, left_by = $3 WHERE organization = $1 AND left_on IS NULL").bind(id).bind(on).bind(how.code()).exec(tx).await?;
    Ok(())
}

/// Whose names are compared.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Under {
    /// Those of one authority.
    Authority(OrgId),
    /// Those of the authorities of one division.
    Region(RegionCode),
}

/// Names of others that are the same, or have the same 字号, field and form.
pub(crate) async fn same(on: impl Into<Target<'_>> + Send, under: Under, name: &str, parts: &Parts, own: Option<OrganizationId>) -> Result<Vec<Known>> {
    let query = q("SELECT name, left_on, left_by FROM organization_name WHERE ");
    let query = match under {
        Under::Authority(authority) => query.sql("authority = ").arg(authority),
        Under::Region(region) => query.sql("authority IN (SELECT id FROM organisation WHERE region = ").arg(region).sql(")"),
    };
    let mut query = query
        .sql(" AND (name = ")
        .arg(name)
        .sql(" OR (brand = ")
        .arg(&parts.brand)
        .sql(" AND form = ")
        .arg(&parts.form)
        .sql(" AND field = ")
        .arg(&parts.field)
        .sql(" AND brand <> ''))");
    if let Some(own) = own {
        query = query.sql(" AND organization <> ").arg(own);
    }
    let rows: Vec<(String, Option<String>, Option<String>)> = query.sql(" ORDER BY id LIMIT 100").all(on).await?;
    let known = |(name, on, how): (String, Option<String>, Option<String>)| {
        let left = match (on, how.as_deref().and_then(Left::from_code)) {
            (Some(on), Some(how)) => Some((Day::try_from(on).map_err(Error::internal)?, how)),
            _ => None,
        };
        Ok(Known { name, left })
    };
    rows.into_iter().map(known).collect()
}

/// A division with all above it, the nearest first.
pub(crate) async fn path(on: impl Into<Target<'_>> + Send, region: RegionCode) -> Result<Vec<(String, String)>> {
    Ok(q("SELECT r.code, r.name FROM region_closure c JOIN region r ON r.code = c.ancestor WHERE c.descendant = $1 ORDER BY r.code DESC").bind(region).all(on).await?)
}

/// Names of the divisions of six digits of this instance, with the code of the one above.
pub(crate) async fn areas(db: &Db) -> Result<Vec<(String, String, Option<String>)>> {
    Ok(q("SELECT code, name, parent FROM region WHERE LENGTH(code) = 6 ORDER BY code LIMIT 5000").all(db).await?)
}
