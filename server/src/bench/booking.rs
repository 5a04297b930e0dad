//! Bookings a second: through HTTP, and as bare statements.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use platform::Platform;
use store::record::{Statement, record};
use store::testing::Server;
use store::{Db, Error, Options, q};

use super::client::Client;
use super::world::{self, Plan, TASKS, Wish};
use super::{Rate, pgbench};
use crate::cli::say;

/// One slot with places for all, then a thousand slots.
const PLANS: [(&str, Plan); 2] = [
    ("one hot slot", Plan { people: 6400, slots: 1, places: 10_000 }),
    ("1,000 slots", Plan { people: 6400, slots: 1000, places: 100 }),
];
/// More people than places.
const SOLD_OUT: Plan = Plan { people: 640, slots: 1, places: 250 };

pub(super) type Lists = Arc<Vec<Vec<Statement>>>;

/// On the embedded database, every commit on disk before its answer.
pub(super) async fn sqlite() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for (n, (name, plan)) in PLANS.into_iter().enumerate() {
        let at = folder.path().join(n.to_string());
        let (base, wishes) = sqlite_base(&at, plan).await?;
        let lists = statements(&world::open(copy(&base, &at.join("recorded.db"), false).await?, &at)?, &wishes).await?;
        let bare = bare(&copy(&base, &at.join("bare.db"), true).await?, &lists).await?;
        let served = copy(&base, &at.join("served.db"), true).await?;
        let http = through_http(&world::open(served.clone(), &at)?, &at, &wishes, plan.people).await?;
        never_too_many(&served, plan.people).await?;
        report(&format!("SQLite, {name}"), &http, "the same statements through store::write", bare.a_second, &bare.to_string());
    }
    let at = folder.path().join("sold-out");
    let (base, wishes) = sqlite_base(&at, SOLD_OUT).await?;
    sold_out(&world::open(base, &at)?, &at, &wishes).await
}

/// On a server, where this program makes databases of its own and leaves them behind.
pub(super) async fn postgres(server: &Server) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let run = std::process::id();
    for (n, (name, plan)) in PLANS.into_iter().enumerate() {
        let at = folder.path().join(n.to_string());
        std::fs::create_dir_all(&at)?;
        let database = |what: &str| format!("bench_{run}_{n}_{what}");
        server.create(&database("base"), "template0").await?;
        let base = Db::open_url(&server.url(&database("base"))).await?;
        base.migrate().await?;
        let wishes = world::build(base.clone(), plan).await?;
        base.close().await;
        for what in ["recorded", "bare", "served"] {
            server.create(&database(what), &database("base")).await?;
        }
        let recorded = Db::open_url(&server.url(&database("recorded"))).await?;
        let lists = statements(&world::open(recorded, &at)?, &wishes).await?;
        // What the recording left to be written to disk is not what the measured ones wait for.
        let settle = async |what: &str| server.run(&database(what), "CHECKPOINT".to_owned()).await;
        settle("bare").await?;
        let bare = pgbench::run(server, &database("bare"), &at, &lists).await?;
        settle("served").await?;
        let served = Db::open_url(&server.url(&database("served"))).await?;
        let http = through_http(&world::open(served.clone(), &at)?, &at, &wishes, plan.people).await?;
        never_too_many(&served, plan.people).await?;
        report(&format!("PostgreSQL, {name}"), &http, "pgbench with the same statements", bare, &format!("{bare:.0}/s"));
    }
    Ok(())
}

fn report(name: &str, http: &Rate, against: &str, bare: f64, shown: &str) {
    say(format_args!("{name}: bookings through HTTP {http}; {against} {shown}; ratio {:.2}", http.a_second / bare));
}

async fn sqlite_base(at: &Path, plan: Plan) -> Result<(Db, Vec<Wish>)> {
    std::fs::create_dir_all(at)?;
    let base = open(&at.join("base.db"), false).await?;
    base.migrate().await?;
    let wishes = world::build(base.clone(), plan).await?;
    Ok((base, wishes))
}

async fn open(file: &Path, durable: bool) -> Result<Db> {
    Ok(Db::open(&Options { durable, ..Options::new(format!("sqlite://{}", file.display())) }).await?)
}

async fn copy(base: &Db, to: &Path, durable: bool) -> Result<Db> {
    base.copy_to(to).await?;
    open(to, durable).await
}

/// The statements of every booking, from making each once.
async fn statements(platform: &Platform, wishes: &[Wish]) -> Result<Lists> {
    let mut lists = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let (booked, list) = record(booking::ops::book::book(&wish.ctx(platform), wish.input())).await;
        booked.context("a booking that should succeed")?;
        lists.push(list);
    }
    Ok(Arc::new(lists))
}

/// Runs every list in a transaction of its own, from all tasks at once.
pub(super) async fn bare(db: &Db, lists: &Lists) -> Result<Rate> {
    measure(|task| {
        let (db, lists) = (db.clone(), lists.clone());
        async move {
            let mut latencies = Vec::new();
            for n in (task..lists.len()).step_by(TASKS) {
                let begun = Instant::now();
                let lists = &lists;
                db.write(|tx| async move {
                    for statement in &lists[n] {
                        statement.run(&tx).await?;
                    }
                    Ok::<_, Error>(())
                })
                .await?;
                latencies.push(begun.elapsed());
            }
            Ok(latencies)
        }
    })
    .await
}

/// Serves on a port of this machine and books everything through it. Exactly `places` bookings must succeed.
async fn through_http(platform: &Platform, at: &Path, wishes: &[Wish], places: usize) -> Result<Rate> {
    let config = crate::config::Config::default();
    let app = crate::App::open(platform.clone(), &config, at).await?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let router = crate::router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let wishes: Arc<[Wish]> = wishes.into();
    let refused = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let rate = measure(|task| {
        let (wishes, refused) = (wishes.clone(), refused.clone());
        async move {
            let mut client = Client::connect(address).await?;
            let mut latencies = Vec::new();
            for wish in wishes.iter().skip(task).step_by(TASKS) {
                let begun = Instant::now();
                let answer = client.post("/api/v1/bookings", &wish.bearer, &wish.key(), &wish.body()).await?;
                match answer.status {
                    200 | 201 => latencies.push(begun.elapsed()),
                    409 | 422 => {
                        refused.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    }
                    status => bail!("status {status}: {}", String::from_utf8_lossy(&answer.body)),
                }
            }
            Ok(latencies)
        }
    })
    .await;
    server.abort();
    let rate = rate?;
    let refused = refused.load(std::sync::atomic::Ordering::Relaxed);
    ensure!(rate.latencies.len() == places, "{} were booked and {refused} refused, {places} places were there", rate.latencies.len());
    Ok(rate)
}

/// Everybody at once for too few places.
async fn sold_out(platform: &Platform, at: &Path, wishes: &[Wish]) -> Result<()> {
    let places = usize::try_from(SOLD_OUT.places)?;
    through_http(platform, at, wishes, places).await?;
    never_too_many(platform.db(), places).await?;
    say(format_args!("SQLite, sold out: {} people for {places} places, {places} bookings, not one too many", wishes.len()));
    Ok(())
}

async fn never_too_many(db: &Db, expected: usize) -> Result<()> {
    let (booked,) = booked(db).await?;
    ensure!(usize::try_from(booked)? == expected, "{booked} bookings stand in the database, {expected} were answered");
    Ok(())
}

async fn booked(db: &Db) -> Result<(i64,)> {
    Ok(q("SELECT COUNT(*) FROM booking WHERE state = 'BOOKED'").one(db).await?)
}

/// Runs all tasks and takes the time from the first to the last.
async fn measure<F, Fut>(task: F) -> Result<Rate>
where
    F: Fn(usize) -> Fut,
    Fut: Future<Output = Result<Vec<Duration>>> + Send + 'static,
{
    let begun = Instant::now();
    let tasks: Vec<_> = (0..TASKS).map(|n| tokio::spawn(task(n))).collect();
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await.context("a task of the measurement panicked")??);
    }
    Ok(Rate::new(begun.elapsed(), latencies))
}
