//! Times, memory, and what is promised of them.

use std::time::{Duration, Instant as Clock};

/// Times of many questions, in milliseconds.
#[derive(Debug, Default, Clone)]
pub(crate) struct Timing(Vec<f64>);

impl Timing {
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1_000.0);
    }

    pub(crate) fn all(&mut self, other: Timing) {
        self.0.extend(other.0);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time within which this share of the questions was answered.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short list")]
        let place = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
        sorted.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn told(&self) -> String {
        format!("p50 {:.2} ms, p99 {:.2} ms", self.at(0.5), self.at(0.99))
    }
}

/// Runs something and says how long it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Clock::now();
    let done = work();
    (done, start.elapsed())
}

/// Private memory of this process, in megabytes.
pub(crate) fn private_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes: f64 = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse().ok()).unwrap_or_default();
    kilobytes / 1024.0
}

/// What was promised, and whether it was kept.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<(String, bool)>);

impl Checks {
    pub(crate) fn least(&mut self, what: &str, found: f64, least: f64) {
        self.0.push((format!("{what}: {found:.3} (at least {least})"), found >= least));
    }

    pub(crate) fn most(&mut self, what: &str, found: f64, most: f64) {
        self.0.push((format!("{what}: {found:.2} (at most {most})"), found <= most));
    }

    /// Prints them, and fails for one that was not kept where the corpus is as large as promised.
    pub(crate) fn end(self, whole: bool) -> Result<(), Box<dyn std::error::Error>> {
        for (what, kept) in &self.0 {
            println!("{} {what}", if *kept { "  kept" } else { "MISSED" });
        }
        let missed = self.0.iter().filter(|(_, kept)| !kept).count();
        if whole && missed > 0 { Err(format!("{missed} figures are not as promised").into()) } else { Ok(()) }
    }
}
