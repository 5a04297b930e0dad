//! Where divisions stand in a map of tiles: `data/organizations/tiles.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kernel::RegionCode;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Maps {
    province: Vec<Map>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Map {
    code: RegionCode,
    tiles: Vec<Tile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tile {
    code: RegionCode,
    at: (usize, usize),
}

/// Column and row by division.
type Places = BTreeMap<RegionCode, (usize, usize)>;

static MAPS: LazyLock<BTreeMap<RegionCode, Places>> = LazyLock::new(|| {
    let maps: Maps = toml::from_str(include_str!("../../../../data/organizations/tiles.toml")).expect("a test reads the file that is carried");
    maps.province.into_iter().map(|map| (map.code, map.tiles.into_iter().map(|tile| (tile.code, tile.at)).collect())).collect()
});

/// Column and row of these divisions of a region in its map; none where not all of them have a place.
pub fn tiles<'a>(of: &RegionCode, below: impl IntoIterator<Item = &'a RegionCode>) -> Option<Vec<(usize, usize)>> {
    let map = MAPS.get(of)?;
    below.into_iter().map(|code| map.get(code).copied()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_divisions_stand_on_one_tile_and_the_east_is_right() {
        for map in MAPS.values() {
            let places: BTreeSet<_> = map.values().collect();
            assert_eq!(places.len(), map.len());
        }
        let code = |code: &str| RegionCode::parse(code).expect("a code");
        let zhejiang = code("330000");
        let told = tiles(&zhejiang, &[code("330100"), code("330900")]).expect("both have a place");
        assert!(told[0].0 < told[1].0, "Hangzhou lies west of Zhoushan");
        assert_eq!(tiles(&zhejiang, &[code("330100"), code("990100")]), None);
        assert_eq!(tiles(&code("990000"), &[code("990100")]), None);
    }
}
