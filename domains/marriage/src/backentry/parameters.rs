//! What a province sets for back-entry: `data/marriage/back-entry.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::parameters::Param;

/// How far a published fact is trusted, by the class of its file.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Confidence {
    /// Everything is there.
    pub(super) complete: Param<i64>,
    /// The number of a person is missing.
    pub(super) no_number: Param<i64>,
    /// The date is missing, or not to the day.
    pub(super) no_date: Param<i64>,
}

/// All of them.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Parameters {
    /// Rows of one table at most.
    pub(super) most_rows: Param<u64>,
    /// Values of confidence.
    pub(super) confidence: Confidence,
}

/// The parameters in force.
pub(super) fn parameters() -> &'static Parameters {
    static PARAMETERS: LazyLock<Parameters> =
        LazyLock::new(|| toml::from_str(include_str!("../../../../data/marriage/back-entry.toml")).expect("a test reads the file that is carried"));
    &PARAMETERS
}
