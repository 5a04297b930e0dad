//! The numbers of this crate, as data with their source.

use std::sync::LazyLock;

/// The carried rules.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// From this day of a month on the month before is closed.
    pub closes_on_day: i8,
    /// Who says so.
    pub closes_source: String,
    /// Figures below this are not shown outside the office.
    pub smallest_cell: i64,
    /// Who says so.
    pub smallest_cell_source: String,
    /// Most lines of one export.
    pub export_lines: usize,
}

/// The rules as they are carried.
///
/// # Panics
/// Never for the file that is carried: a test reads it.
pub fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> =
        LazyLock::new(|| toml::from_str(include_str!("../../../../data/statistics/rules.toml")).expect("a test reads the file that is carried"));
    &RULES
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_carried_rules_can_be_read_and_name_their_source() {
        let rules = super::rules();
        assert!(rules.closes_on_day >= 1 && rules.smallest_cell >= 1 && rules.export_lines > 0);
        assert!(!rules.closes_source.is_empty() && !rules.smallest_cell_source.is_empty());
    }
}
