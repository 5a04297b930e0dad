//! Whether a counter may take an item in, and how far away the body is that answers for it. Distances are those of the table of parents;
//! codes are never compared by their digits.

use catalog::model::{ItemView, Scope};
use kernel::RegionCode;
use platform::{Ctx, Error, Result, regions};

use super::{Mode, issues};

/// Cities and counties of this instance, to say where an applicant lives: code and name.
pub async fn residences(ctx: &Ctx) -> Result<Vec<(RegionCode, String)>> {
    let rows = super::store::counties(ctx.db(), ctx.settings().region).await?;
    Ok(rows.into_iter().map(|(code, name, above)| (code, format!("{above} {name}"))).collect())
}

/// How far the 通办范围 of an item has to reach for a counter to take it in; `None` where the counter lies in the area of the body that
/// answers, or the body in that of the counter.
pub async fn needed(ctx: &Ctx, counter: RegionCode, owner: RegionCode) -> Result<Option<Scope>> {
    let (here, there) = (regions::path(ctx.db(), &counter).await?, regions::path(ctx.db(), &owner).await?);
    if here.iter().any(|region| region.code == owner) || there.iter().any(|region| region.code == counter) {
        return Ok(None);
    }
    let common = here.iter().zip(&there).take_while(|(a, b)| a.code == b.code).count();
    Ok(Some(match common {
        0 => Scope::Provinces,
        1 => Scope::Cities,
        _ => Scope::Counties,
    }))
}

/// Whether a scope reaches as far as another one: the list begins with the widest.
pub fn reaches(scope: Option<Scope>, needed: Scope) -> bool {
    scope.is_some_and(|scope| scope <= needed)
}

/// Holds the choice of the counter against the rules; `None` where the case crosses no border.
///
/// # Errors
/// `E-P1002` if the applicant does not live where the item's body answers, or if the case crosses a border and nothing was chosen;
/// `E-P1005` if the item is not to be had from so far; `E-P1006` for nearby handling beyond the province.
pub(crate) async fn hold(ctx: &Ctx, item: &ItemView, counter: RegionCode, residence: Option<RegionCode>, mode: Option<Mode>) -> Result<Option<Mode>> {
    let owner: RegionCode = item.region.parse().map_err(Error::internal)?;
    if let Some(residence) = residence
        && !regions::contains(ctx.db(), &owner, &residence).await?
    {
        return Err(issues::outside("residence").into());
    }
    let Some(needed) = needed(ctx, counter, owner).await? else { return Ok(None) };
    if !reaches(item.version.elements.online.scope, needed) {
        return Err(issues::not_in_scope(needed).into());
    }
    match mode {
        None => Err(issues::outside("mode").into()),
        Some(Mode::Nearby) if needed == Scope::Provinces => Err(issues::nearby_only_within_the_province().into()),
        Some(mode) => Ok(Some(mode)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p10_7_a_scope_reaches_what_is_nearer() {
        assert!(reaches(Some(Scope::National), Scope::Provinces) && reaches(Some(Scope::Provinces), Scope::Cities));
        assert!(!reaches(Some(Scope::Cities), Scope::Provinces) && reaches(Some(Scope::Cities), Scope::Counties));
        assert!(!reaches(Some(Scope::Counties), Scope::Cities) && !reaches(None, Scope::Counties));
    }

    ::store::db_test!(p10_7_distances_are_those_of_the_table_of_parents, |db| async move {
        let p = platform::testing::platform(db);
        platform::testing::regions(&p).await.expect("the test world");
        let code = |text: &str| RegionCode::parse(text).expect("a region code");
        // A county that the province administers itself: its code looks like one of 甲市.
        let directly = regions::Region { code: code("990190"), name: "直管县".into(), parent: Some(code("990000")) };
        let street = regions::Region { code: code("990102001"), name: "中心街道".into(), parent: Some(code("990102")) };
        p.db().write(|tx| { let new = [directly.clone(), street.clone()]; async move { regions::add(&tx, &new).await } }).await.expect("added");
        let ctx = p.system();
        let far = async |here: &str, there: &str| needed(&ctx, code(here), code(there)).await.expect("known");
        assert_eq!(far("990102", "990181").await, Some(Scope::Counties), "a city at county level lies in the city above it");
        assert_eq!(far("990102", "990190").await, Some(Scope::Cities), "whatever its digits say");
        assert_eq!(far("990102", "990202").await, Some(Scope::Cities));
        assert_eq!(far("980102", "990102").await, Some(Scope::Provinces));
        assert_eq!(far("990102001", "990102").await, None, "a receiving place of the body's own area");
        assert_eq!(far("990100", "990102").await, None, "the hall of the city takes in for its districts");
    });
}
