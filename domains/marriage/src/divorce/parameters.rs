//! The periods and limits of divorce by registration, as `data/marriage/divorce.json` has them, each with its source.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::parameters::Param;

/// All of them.
#[derive(Debug, Clone, Deserialize)]
pub struct Parameters {
    /// Days in which either may withdraw.
    pub cooling_days: Param<u32>,
    /// Days after them in which both may claim.
    pub claim_days: Param<u32>,
    /// Whether the end of the first period moves over rest days.
    pub extend_first: Param<bool>,
    /// Whether the end of the second does.
    pub extend_second: Param<bool>,
    /// Minute of the day from which the job runs.
    pub timer_minute: Param<u16>,
    /// Days before the last day of the claim from which a case is listed as lapsing soon.
    pub soon_days: Param<i64>,
    /// Full years from which a child is of age.
    pub minor_age: Param<u16>,
}

static PARAMETERS: LazyLock<Parameters> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../data/marriage/divorce.json")).expect("a test reads the file that is carried"));

/// The parameters in force.
pub fn parameters() -> &'static Parameters {
    &PARAMETERS
}
