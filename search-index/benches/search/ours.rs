//! The index of this crate: built, asked, changed and rebuilt.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant as Clock};

use search_index::{Change, Entry, Error, Kind, Request, SearchIndex, Writer};

use crate::CLIENTS;
use crate::corpus::Organization;
use crate::figures::{Checks, Timing, private_memory, timed};
use crate::known::{self, Item};
use crate::load::clients;
use crate::mix::Question;

/// Entries handed over at once.
const PAGE: usize = 1_000;
/// Questions of each client.
const EACH: usize = 400;
/// Changes whose way to a hit is timed.
const CHANGES: usize = 100;
/// The slowest suggestions that are told one by one.
const SLOWEST: usize = 12;
/// Letters of a question after each of which suggestions are asked for.
const TYPED: usize = 8;

/// The index, and the writer that follows.
pub(crate) struct Ours {
    index: SearchIndex,
    writer: Writer,
}

fn request(question: &Question) -> Request {
    let province: Vec<String> = question.province.iter().cloned().collect();
    Request {
        region: province.clone(),
        below: province,
        facets: question.kind.iter().map(|kind| format!("type/{kind}")).collect(),
        count: ["type", "status", "level", "list"].map(str::to_owned).to_vec(),
        ..Request::new(&question.text)
    }
}

/// Fills a rebuild with all organisations; gives the most private memory that was seen.
fn fill(index: &SearchIndex, organizations: &[Organization]) -> Result<(Writer, f64), Error> {
    let mut rebuild = index.rebuild()?;
    let mut most = 0.0_f64;
    for page in organizations.chunks(PAGE) {
        rebuild.apply(&page.iter().map(|one| Change::put(one.entry.clone())).collect::<Vec<_>>())?;
        most = most.max(private_memory());
    }
    let writer = rebuild.finish(1)?;
    Ok((writer, most.max(private_memory())))
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |data| data.len()) }).sum()
}

#[expect(clippy::cast_precision_loss, reason = "megabytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

impl Ours {
    pub(crate) fn build(folder: &Path, organizations: &[Organization], checks: &mut Checks) -> Result<Ours, Error> {
        let before = private_memory();
        let (index, _) = SearchIndex::open(folder, "")?;
        let (built, took) = timed(|| fill(&index, organizations));
        let (writer, most) = built?;
        let text = |one: &Organization| one.entry.title.len() + one.entry.code.len() + one.entry.facets.concat().len() + one.entry.region.concat().len() + 8;
        let raw: usize = organizations.iter().map(text).sum();
        let (disk, raw) = (megabytes(size(folder)), megabytes(raw as u64));
        println!("build {:.1} s, most private memory {:.0} MB, on disk {disk:.0} MB, ÷ raw text {:.2}", took.as_secs_f64(), most - before, disk / raw);
        checks.most("build, minutes", took.as_secs_f64() / 60.0, 10.0);
        checks.most("private memory of the build, MB", most - before, 1024.0);
        Ok(Ours { index, writer })
    }

    pub(crate) fn known(&self, what: &str, items: &[Item], checks: &mut Checks) {
        let (success, missed) = known::success(items, |question| {
            let found = self.index.search(&Request { limit: 10, ..Request::new(question) });
            found.map(|answer| answer.hits.into_iter().map(|hit| hit.entry.title).collect()).unwrap_or_default()
        });
        for (kind, (asked, first, ten)) in &success {
            println!("  {kind}: {first} first, {ten} among ten, of {asked}");
        }
        for line in missed {
            println!("    {line}");
        }
        let (first, ten) = known::shares(&success);
        checks.least(&format!("{what}, found first"), first, known::FIRST);
        checks.least(&format!("{what}, among the first ten"), ten, known::AMONG_TEN);
    }

    /// The mix from one client, then from several; gives the times of the one.
    pub(crate) fn mix(&self, questions: &[Question], checks: &mut Checks) -> Timing {
        let mut classes: BTreeMap<&str, Timing> = BTreeMap::new();
        let mut alone = Timing::default();
        for round in 0..2 {
            for question in questions {
                let (_, took) = timed(|| self.index.search(&request(question)));
                // The first round loads what the second finds in memory.
                if round > 0 {
                    alone.add(took);
                    classes.entry(&question.class).or_default().add(took);
                }
            }
        }
        println!("one client: {}", alone.told());
        for (class, timing) in classes {
            println!("  {class}: {}", timing.told());
        }
        let (together, took) = timed(|| clients(CLIENTS, |client| {
            let mut timing = Timing::default();
            for n in 0..EACH {
                let question = &questions[(n * 7 + client * 131) % questions.len()];
                timing.add(timed(|| self.index.search(&request(question))).1);
            }
            timing
        }));
        let rate = f64::from(u32::try_from(together.count()).unwrap_or_default()) / took.as_secs_f64();
        println!("{CLIENTS} clients: {rate:.0} questions a second, {}", together.told());
        checks.least("questions a second of eight clients", rate, 600.0);
        alone
    }

    pub(crate) fn suggestions(&self, questions: &[Question], checks: &mut Checks) {
        let mut timing = Timing::default();
        let mut slowest: BTreeMap<Duration, String> = BTreeMap::new();
        for round in 0..2 {
            for question in questions {
                for length in 1..=question.text.chars().count().min(TYPED) {
                    let typed: String = question.text.chars().take(length).collect();
                    let took = timed(|| self.index.suggest(&typed, &[], 8)).1;
                    if round > 0 {
                        timing.add(took);
                        slowest.insert(took, typed);
                        if slowest.len() > SLOWEST {
                            slowest.pop_first();
                        }
                    }
                }
            }
        }
        println!("suggestions: {}", timing.told());
        for (took, typed) in slowest.iter().rev() {
            println!("    {typed}: {:.2} ms", took.as_secs_f64() * 1_000.0);
        }
        checks.most("suggestions p99, ms", timing.at(0.99), 5.0);
    }

    /// How long a change takes to be found while two clients ask.
    pub(crate) fn followed(mut self, organizations: &[Organization], questions: &[Question], checks: &mut Checks) -> Result<Ours, Error> {
        let mut timing = Timing::default();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for client in 0..2 {
                let (index, done) = (self.index.clone(), &done);
                scope.spawn(move || {
                    for n in 0.. {
                        if done.load(Ordering::Relaxed) {
                            return;
                        }
                        drop(index.search(&request(&questions[(n * 7 + client * 131) % questions.len()])));
                    }
                });
            }
            let changes = (0..CHANGES).try_for_each(|n| {
                let name = format!("新近更名第{n}号慈善会");
                let entry = Entry { title: name.clone(), ..organizations[n * 31 % organizations.len()].entry.clone() };
                let start = Clock::now();
                self.writer.apply(&[Change::put(entry)])?;
                self.writer.commit(i64::try_from(n).unwrap_or_default() + 2)?;
                let found = self.index.search(&Request { kind: Some(Kind::Organization), ..Request::new(&name) })?;
                assert!(found.hits.first().is_some_and(|hit| hit.entry.title == name), "{name} is found after its commit");
                timing.add(start.elapsed());
                Ok::<_, Error>(())
            });
            done.store(true, Ordering::Relaxed);
            changes
        })?;
        println!("from a change to its hit, two clients asking: {}", timing.told());
        checks.most("from a change to its hit, p99, ms", timing.at(0.99), 1_000.0);
        Ok(self)
    }

    /// A rebuild while a client asks.
    pub(crate) fn rebuilt(self, organizations: &[Organization], questions: &[Question], checks: &mut Checks) -> Result<(), Error> {
        let before = private_memory();
        let done = AtomicBool::new(false);
        let Ours { index, writer } = self;
        drop(writer);
        let (built, timing, took) = std::thread::scope(|scope| {
            let asking = {
                let (index, done) = (index.clone(), &done);
                scope.spawn(move || {
                    let mut timing = Timing::default();
                    for n in 0.. {
                        if done.load(Ordering::Relaxed) {
                            break;
                        }
                        timing.add(timed(|| index.search(&request(&questions[n * 7 % questions.len()]))).1);
                    }
                    timing
                })
            };
            let (built, took) = timed(|| fill(&index, organizations));
            done.store(true, Ordering::Relaxed);
            (built, asking.join().unwrap_or_default(), took)
        });
        let (_, most) = built?;
        println!("rebuild while a client asks: {:.1} s, private memory {:.0} MB more; the client: {}", took.as_secs_f64(), most - before, timing.told());
        checks.most("rebuild while serving, minutes", took.as_secs_f64() / 60.0, 10.0);
        checks.most("private memory of the rebuild, MB", most - before, 1024.0);
        Ok(())
    }
}
