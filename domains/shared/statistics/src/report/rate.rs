//! Rates: a figure of a year for a thousand people. The mean population is data with its source.

use std::sync::LazyLock;

use kernel::{RegionCode, Text};
use serde::Deserialize;

/// The mean population of a region in a year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// Code of the region.
    region: String,
    /// The year.
    year: i16,
    /// The mean of its beginning and its end.
    pub mean: i64,
    /// Who says so.
    pub source: Text,
}

#[derive(Deserialize)]
struct File {
    population: Vec<Population>,
}

/// What is known of a region and a year.
pub(super) fn population(region: RegionCode, year: i16) -> Option<&'static Population> {
    static FILE: LazyLock<File> =
        LazyLock::new(|| toml::from_str(include_str!("../../../../../data/statistics/population.toml")).expect("a test reads the file that is carried"));
    FILE.population.iter().find(|entry| entry.region == region.as_str() && entry.year == year)
}

/// A figure of a year for a thousand people.
#[derive(Debug, Clone, Copy)]
pub struct PerThousand {
    /// The figure.
    pub n: i64,
    /// The population.
    pub of: &'static Population,
}

impl PerThousand {
    /// To a hundredth, rounded half up: `4.32‰`.
    pub fn text(self) -> String {
        let hundredths = (self.n * 200_000 + self.of.mean) / (2 * self.of.mean);
        format!("{}.{:02}‰", hundredths / 100, hundredths % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_half_up_and_its_population_has_a_source() {
        let region = RegionCode::parse("990000").expect("a region");
        let of = population(region, 2025).expect("carried");
        assert!(of.mean > 0 && !of.source.zh.is_empty());
        assert_eq!(PerThousand { n: 263_000, of }.text(), "4.31‰");
        assert_eq!(PerThousand { n: 0, of }.text(), "0.00‰");
        assert!(population(region, 1900).is_none());
    }
}
