//! The figures of the public register: `data/organizations/public.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A figure with its source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    /// The figure.
    pub(crate) value: i64,
    /// Where it comes from.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by whoever reads the file, and by a test"))]
    pub(crate) source: String,
}

/// All of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parameters {
    /// Days within which a follower confirms.
    pub(crate) confirm_days: Figure,
    /// Days for which daily files are kept.
    pub(crate) kept_days: Figure,
    /// Lines kept of an import that cannot be taken.
    pub(crate) rejects_kept: Figure,
    /// Rows of a downloaded selection.
    pub(crate) download_rows: Figure,
}

/// Those in force.
pub(crate) fn parameters() -> &'static Parameters {
    static PARAMETERS: LazyLock<Parameters> =
        LazyLock::new(|| toml::from_str(include_str!("../../../../data/organizations/public.toml")).expect("a test reads the file that is carried"));
    &PARAMETERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_names_its_source() {
        let all = parameters();
        for figure in [&all.confirm_days, &all.kept_days, &all.rejects_kept, &all.download_rows] {
            assert!(figure.value > 0 && !figure.source.is_empty());
        }
    }
}
