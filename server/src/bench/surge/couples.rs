//! The generator: every couple comes at its own moment, joins, looks again when it is told to, and books when its turn comes.

use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::{BOOKED, COUPLES, Couple, PLACES, PLAN, Plan, SPREAD, TOLD, Told};
use crate::bench::Rate;
use crate::bench::client::Client;

/// Connections at most: a machine has ports and file handles for no more. Who waits for one waits on his own account.
const CONNECTIONS: usize = 8000;
/// After this a request that the server did not answer is sent again.
const AGAIN: Duration = Duration::from_millis(500);
/// How often a couple looks for another time when the one it chose is gone.
const TRIES: usize = 50;

struct World {
    plan: Plan,
    begun: Instant,
    open: Semaphore,
    pool: Mutex<Vec<Client>>,
    booked: Mutex<std::fs::File>,
    bookings: AtomicUsize,
    joins: Mutex<Vec<Duration>>,
    last_join: Mutex<Instant>,
    requests: AtomicU64,
    again: AtomicU64,
    moved: AtomicU64,
    faults: AtomicU64,
    first_fault: Mutex<String>,
}

/// Sends what the plan says and writes down what came of it.
pub(super) async fn run(folder: &Path) -> Result<()> {
    let mut plan: Plan = serde_json::from_slice(&std::fs::read(folder.join(PLAN))?)?;
    let couples = std::mem::take(&mut plan.couples);
    let begun = Instant::now();
    let world = Arc::new(World {
        plan,
        begun,
        open: Semaphore::new(CONNECTIONS),
        pool: Mutex::default(),
        booked: Mutex::new(std::fs::File::create(folder.join(BOOKED))?),
        bookings: AtomicUsize::new(0),
        joins: Mutex::default(),
        last_join: Mutex::new(begun),
        requests: AtomicU64::new(0),
        again: AtomicU64::new(0),
        moved: AtomicU64::new(0),
        faults: AtomicU64::new(0),
        first_fault: Mutex::default(),
    });
    let mut going = tokio::task::JoinSet::new();
    for (n, couple) in couples.into_iter().enumerate() {
        let world = world.clone();
        going.spawn(async move { world.come(n, &couple).await });
    }
    while let Some(ended) = going.join_next().await {
        ended.context("a couple panicked")??;
    }
    let drained = begun.elapsed();
    let latencies = std::mem::take(&mut *lock(&world.joins));
    let joined = latencies.len();
    let rate = Rate::new(drained, latencies);
    let ms = |permille| rate.permille(permille).as_secs_f64() * 1000.0;
    let told = Told {
        joined,
        booked: world.bookings.load(Ordering::Relaxed),
        requests: world.requests.load(Ordering::Relaxed),
        faults: world.faults.load(Ordering::Relaxed),
        first_fault: lock(&world.first_fault).clone(),
        again: world.again.load(Ordering::Relaxed),
        moved: world.moved.load(Ordering::Relaxed),
        joined_secs: lock(&world.last_join).duration_since(begun).as_secs_f64(),
        drained_secs: drained.as_secs_f64(),
        join_p50_ms: ms(500),
        join_p99_ms: ms(990),
    };
    Ok(std::fs::write(folder.join(TOLD), serde_json::to_vec(&told)?)?)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics with it")
}

/// When a couple comes: spread evenly and without order over the time.
fn comes(n: usize) -> Duration {
    // a prime without a common divisor takes every moment once
    SPREAD.mul_f64((n * 7919 % COUPLES) as f64 / COUPLES as f64)
}

impl World {
    async fn come(&self, n: usize, couple: &Couple) -> Result<()> {
        let planned = self.begun + comes(n);
        tokio::time::sleep_until(planned).await;
        let release = &self.plan.release;
        let path = format!("/releases/{release}/join");
        if !self.form(couple, &path, &[("b_id_no", &couple.partner_number)]).await? {
            return Ok(());
        }
        lock(&self.joins).push(planned.elapsed());
        *lock(&self.last_join) = Instant::now();
        let path = format!("/api/v1/releases/{release}/entry");
        let mut place = None;
        loop {
            let Some(entry) = self.see(couple, &path).await? else { return Ok(()) };
            let now = entry["place"].as_i64();
            if place.is_some() && now != place {
                self.moved.fetch_add(1, Ordering::Relaxed);
            }
            place = now;
            if entry["state"] == "TURN" {
                return self.book(n, couple).await;
            }
            let again = entry["look_again"].as_u64().context("when to look again")?;
            if entry["state"] != "WAITING" {
                self.fault(&format!("an entry that is {}", entry["state"]));
                return Ok(());
            }
            tokio::time::sleep(Duration::from_secs(again)).await;
            if self.bookings.load(Ordering::Relaxed) >= PLACES {
                return Ok(());
            }
        }
    }

    /// Chooses a time and confirms.
    async fn book(&self, n: usize, couple: &Couple) -> Result<()> {
        let release = &self.plan.release;
        for attempt in 0..TRIES {
            let Some(free) = self.see(couple, &format!("/api/v1/releases/{release}/slots")).await? else { return Ok(()) };
            let slots = free["slots"].as_array().context("times to choose from")?;
            let Some(slot) = slots.get((n + attempt * 31) % slots.len().max(1)).and_then(|slot| slot["id"].as_str()) else { continue };
            let form = [("slot", slot), ("key", &*format!("surge-{n}-{attempt}"))];
            let Some(to) = self.post(couple, &format!("/releases/{release}/choose"), &form).await? else { continue };
            let Some(id) = to.strip_prefix("/bookings/").and_then(|rest| rest.split('/').next()) else {
                self.fault(&format!("choosing led to {to}"));
                return Ok(());
            };
            let form = [("a_phone", &*couple.phone), ("b_name", &*couple.partner_name), ("b_id_no", &*couple.partner_number)];
            if self.form(couple, &format!("/bookings/{id}/confirm"), &form).await? {
                writeln!(lock(&self.booked), "{id}")?;
                self.bookings.fetch_add(1, Ordering::Relaxed);
            }
            return Ok(());
        }
        self.fault("no time could be had");
        Ok(())
    }

    /// Sends a form that should succeed; false, and a fault, when it did not.
    async fn form(&self, couple: &Couple, path: &str, fields: &[(&str, &str)]) -> Result<bool> {
        let done = self.post(couple, path, fields).await?.is_some();
        if !done {
            self.fault(&format!("{path} was refused"));
        }
        Ok(done)
    }

    /// Sends a form; where it leads, or nothing when it was refused.
    async fn post(&self, couple: &Couple, path: &str, fields: &[(&str, &str)]) -> Result<Option<String>> {
        let mut body = format!("csrf={}", couple.csrf);
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        let head = format!(
            "Cookie: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            couple.cookie
        );
        let answer = self.ask("POST", path, &head, &body).await?;
        match answer.status {
            303 => Ok(Some(answer.location)),
            422 | 409 => Ok(None),
            _ => {
                self.fault(&format!("{path}: {}", answer.status));
                Ok(None)
            }
        }
    }

    /// Reads JSON; nothing, and a fault, for any answer but 200.
    async fn see(&self, couple: &Couple, path: &str) -> Result<Option<Value>> {
        let answer = self.ask("GET", path, &format!("Cookie: {}\r\n", couple.cookie), "").await?;
        if answer.status != 200 {
            self.fault(&format!("{path}: {}", answer.status));
            return Ok(None);
        }
        Ok(Some(serde_json::from_slice(&answer.body)?))
    }

    /// One request, sent again until the server answers.
    async fn ask(&self, method: &str, path: &str, head: &str, body: &str) -> Result<crate::bench::client::Answer> {
        let _open = self.open.acquire().await?;
        loop {
            let idle = lock(&self.pool).pop();
            let client = match idle {
                Some(client) => Ok(client),
                None => Client::connect(self.plan.address).await,
            };
            if let Ok(mut client) = client
                && let Ok(answer) = client.ask(method, path, head, body).await
            {
                lock(&self.pool).push(client);
                self.requests.fetch_add(1, Ordering::Relaxed);
                return Ok(answer);
            }
            // whatever else was open to a server that is gone is gone as well
            lock(&self.pool).clear();
            self.again.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(AGAIN).await;
        }
    }

    fn fault(&self, what: &str) {
        if self.faults.fetch_add(1, Ordering::Relaxed) == 0 {
            what.clone_into(&mut lock(&self.first_fault));
        }
    }
}

/// As browsers send forms.
fn encoded(value: &str) -> String {
    value.bytes().map(|byte| if byte.is_ascii_alphanumeric() || byte == b'-' { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
