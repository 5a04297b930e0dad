//! What the search does with a million organisations, beside three other engines with the same rows and the same questions.
//!
//! `cargo bench -p search-index --bench search -- [--count N] [--data FILE] [--known FILE] [--mix FILE] [--postgres URL] [--alone]`
//! `… -- --http ORIGIN [--mix FILE]` asks a program that serves instead, whatever its register holds.
//!
//! Without `--data` the organisations are composed over the divisions that the program carries. Measures: the build, its memory and what
//! it takes on disk; how many known items are found; the mix of questions with counts of facets, twenty hits and their marks, from one
//! client and from eight; suggestions; the time from a commit to a hit while others ask; a rebuild while it serves. Then the same mix by
//! SQLite (FTS5, trigrams), Groonga and, given its address, PostgreSQL (`pg_trgm`), each with its own exact, partial and fuzzy stage.
//! Ends with the ratios, and fails when one of a whole million is not as it must be.
#![expect(clippy::print_stdout, reason = "a measurement that prints its figures")]

mod corpus;
mod figures;
mod groonga;
mod http;
mod known;
mod load;
mod mix;
mod ours;
mod store;

use std::path::PathBuf;

use figures::{Checks, Timing};
use known::Spelled;

/// The size at which the figures are promised.
const MILLION: usize = 1_000_000;
/// Known items made in each way.
const EACH: usize = 24;
const SEED: u64 = 20_261_122;
/// Clients that ask at the same time.
const CLIENTS: usize = 8;

/// What is to be measured.
#[derive(Debug, Default)]
struct Options {
    count: usize,
    data: Option<PathBuf>,
    known: Option<PathBuf>,
    mix: Option<PathBuf>,
    postgres: Option<String>,
    alone: bool,
    http: Option<String>,
}

impl Options {
    fn read() -> Options {
        let mut options = Options { count: MILLION, ..Options::default() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().unwrap_or_default();
            match word.as_str() {
                "--count" => options.count = value().parse().expect("a number follows --count"),
                "--data" => options.data = Some(value().into()),
                "--known" => options.known = Some(value().into()),
                "--mix" => options.mix = Some(value().into()),
                "--postgres" => options.postgres = Some(value()),
                "--alone" => options.alone = true,
                "--http" => options.http = Some(value()),
                // Cargo says that this is a bench.
                "--bench" => {}
                other => panic!("{other}: not an option"),
            }
        }
        options
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::read();
    let mut organizations = match &options.data {
        Some(file) => corpus::read(file)?,
        None => corpus::composed(options.count, SEED),
    };
    organizations.truncate(options.count);
    let mut items = known::by_hand();
    let first = organizations.len();
    organizations.extend(corpus::by_hand(&known::names(&items), first));
    let spelled: Vec<Spelled> = organizations.iter().map(|one| Spelled::of(&one.entry.title)).collect();
    items.extend(known::made(&organizations[..first], &spelled[..first], EACH, SEED));
    let questions = match &options.mix {
        Some(file) => mix::read(file)?,
        None => mix::made(&organizations[..first], &items, SEED),
    };
    println!("{} organisations, {} known items, {} questions", organizations.len(), items.len(), questions.len());

    if let Some(origin) = &options.http {
        return http::asked(origin, &questions);
    }
    let whole = first >= MILLION;
    let mut checks = Checks::default();
    let folder = tempfile::tempdir()?;
    let ours = ours::Ours::build(&folder.path().join("index"), &organizations, &mut checks)?;
    ours.known("known items", &items, &mut checks);
    if let Some(file) = &options.known {
        let items = known_of(file)?;
        ours.known("known items of the file", &items, &mut checks);
    }
    let alone = ours.mix(&questions, &mut checks);
    ours.suggestions(&questions, &mut checks);
    let ours = ours.followed(&organizations, &questions, &mut checks)?;
    ours.rebuilt(&organizations, &questions, &mut checks)?;
    if !options.alone {
        let peers = peers(&options, &organizations, &spelled, &questions, folder.path())?;
        compare(&alone, &peers, &mut checks);
    }
    checks.end(whole)
}

/// The known items of a file: a line of JSON each, with `cls`, `q` and `expect`.
fn known_of(file: &std::path::Path) -> Result<Vec<known::Item>, Box<dyn std::error::Error>> {
    let lines = std::fs::read_to_string(file)?;
    lines
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line)?;
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            Ok(known::Item { kind: text("cls"), question: text("q"), name: text("expect") })
        })
        .collect()
}

/// The same questions to the others, one engine after the other.
fn peers(
    options: &Options,
    organizations: &[corpus::Organization],
    spelled: &[Spelled],
    questions: &[mix::Question],
    folder: &std::path::Path,
) -> Result<Vec<(&'static str, Timing)>, Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut found = Vec::new();
    {
        let sqlite = runtime.block_on(store::sqlite::Sqlite::load(&folder.join("peer.db"), organizations, spelled))?;
        found.push(("SQLite FTS5", load::peer("SQLite FTS5", &runtime, &sqlite, questions)));
    }
    if let Some(address) = &options.postgres {
        let postgres = runtime.block_on(store::postgres::Postgres::load(address, organizations, spelled))?;
        found.push(("PostgreSQL pg_trgm", load::peer("PostgreSQL pg_trgm", &runtime, &postgres, questions)));
    }
    match groonga::Groonga::load(&folder.join("groonga"), organizations, spelled) {
        Ok(groonga) => found.push(("Groonga", load::peer("Groonga", &runtime, &groonga, questions))),
        Err(error) => println!("Groonga is left out: {error}"),
    }
    Ok(found)
}

fn compare(ours: &Timing, peers: &[(&'static str, Timing)], checks: &mut Checks) {
    for (name, peer) in peers {
        let (middle, tail) = (peer.at(0.5) / ours.at(0.5), peer.at(0.99) / ours.at(0.99));
        println!("{name}: p50 {middle:.1} times, p99 {tail:.1} times as long");
    }
    let tails = |groonga: bool| {
        let of = peers.iter().filter(|(name, _)| (*name == "Groonga") == groonga);
        of.map(|(_, peer)| peer.at(0.99) / ours.at(0.99)).min_by(f64::total_cmp)
    };
    if let Some(ratio) = tails(false) {
        checks.least("p99 beside the faster of SQLite and PostgreSQL, times", ratio, 30.0);
    }
    if let Some(ratio) = tails(true) {
        checks.least("p99 beside Groonga, times", ratio, 5.0);
    }
}
