//! The mix of questions to another engine.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::{Duration, Instant as Clock};

use tokio::runtime::Runtime;

use crate::figures::Timing;
use crate::mix::Question;

/// Hits of one page.
pub(crate) const LIMIT: usize = 20;
/// Hits below which the next stage is asked.
pub(crate) const FEW: usize = 3;
/// Longest measurement of one engine.
const PATIENCE: Duration = Duration::from_secs(150);

/// Another engine.
pub(crate) trait Peer {
    /// Twenty hits and the counts of their facets, by the stages that this engine has.
    fn ask(&self, question: &Question) -> impl Future<Output = Result<usize, Box<dyn std::error::Error>>>;
}

/// What a question looks like, as the stages are chosen by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Code,
    Letters,
    Chinese,
}

impl Shape {
    pub(crate) fn of(text: &str) -> Shape {
        if text.len() >= 3 && text.bytes().all(|b| b.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_digit()) {
            Shape::Code
        } else if text.is_ascii() {
            Shape::Letters
        } else {
            Shape::Chinese
        }
    }
}

/// Pieces of three characters, as engines with trigrams look for near ones.
pub(crate) fn trigrams(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).map(|three| three.iter().collect()).collect()
}

/// Asks all questions once, after some to wake it up; what takes too long is cut and said.
pub(crate) fn peer<P: Peer>(name: &str, runtime: &Runtime, peer: &P, questions: &[Question]) -> Timing {
    let mut classes: BTreeMap<&str, Timing> = BTreeMap::new();
    let mut all = Timing::default();
    let mut failed = 0;
    let begun = Clock::now();
    for question in questions.iter().step_by(10) {
        drop(runtime.block_on(peer.ask(question)));
    }
    // In another order than they were made, so that a cut leaves something of every class.
    for n in 0..questions.len() {
        if begun.elapsed() > PATIENCE {
            break;
        }
        let question = &questions[n * 97 % questions.len()];
        let start = Clock::now();
        failed += usize::from(runtime.block_on(peer.ask(question)).is_err());
        all.add(start.elapsed());
        classes.entry(&question.class).or_default().add(start.elapsed());
    }
    println!("{name}: {} questions, {failed} failed, {}", all.count(), all.told());
    for (class, timing) in classes {
        println!("  {class}: {}", timing.told());
    }
    all
}

/// So many at the same time.
pub(crate) fn clients(count: usize, ask: impl Fn(usize) -> Timing + Sync) -> Timing {
    let mut all = Timing::default();
    std::thread::scope(|scope| {
        let ask = &ask;
        let running: Vec<_> = (0..count).map(|client| scope.spawn(move || ask(client))).collect();
        for client in running {
            all.all(client.join().unwrap_or_default());
        }
    });
    all
}
