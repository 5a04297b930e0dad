//! Names of places as names of organisations give them, and the authorities behind them.

use kernel::{Level, RegionCode};
use platform::{Ctx, Result};

use crate::names::Place;
use crate::store::names as rows;

/// What the area of a name under an authority has to be (D-R4): a district (市辖区) comes after its city.
///
/// # Errors
/// Those of the database.
pub(crate) async fn place(ctx: &Ctx, region: RegionCode) -> Result<Place> {
    let all = rows::areas(ctx.db()).await?;
    let name_of = |code: &str| all.iter().find(|(known, ..)| known == code).map(|(_, name, _)| name.as_str());
    let with_city = |name: &str, parent: Option<&str>| parent.and_then(name_of).map(|city| format!("{city}{name}"));
    let mut place = Place::default();
    for (code, name, parent) in &all {
        let longer = RegionCode::parse(code).ok().filter(|code| code.level() == Level::County).and_then(|_| with_city(name, parent.as_deref()));
        if code == region.as_str() {
            match longer {
                Some(longer) if name.ends_with('区') => {
                    place.others.push(name.clone());
                    place.expected = longer;
                }
                longer => {
                    place.accepted.extend(longer);
                    place.expected.clone_from(name);
                }
            }
        } else {
            place.others.extend(longer);
            place.others.push(name.clone());
        }
    }
    Ok(place)
}

/// The name of the civil affairs authority of a division, by the name of the division.
pub(crate) fn authority_name(division: &str) -> String {
    let office = if division.ends_with('省') || division.ends_with("自治区") { "民政厅" } else { "民政局" };
    format!("{division}{office}")
}

/// The name of the authority to which to turn: that of the first division at or above this level.
///
/// # Errors
/// Those of the database.
pub(crate) async fn instead(ctx: &Ctx, region: RegionCode, level: Level) -> Result<String> {
    let path = rows::path(ctx.db(), region).await?;
    let right = path.iter().find(|(code, _)| RegionCode::parse(code).is_ok_and(|code| code.level() <= level)).or(path.last());
    Ok(authority_name(right.map_or("上级", |(_, name)| name)))
}
