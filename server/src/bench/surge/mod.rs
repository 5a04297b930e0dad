//! The day when everybody comes: fifty thousand couples join a release within a minute, for twenty thousand places, while a clerk works.
//!
//! Three processes on one machine: the server (`tongban serve`, as a bureau runs it), the generator (niced; each couple comes at its own
//! moment, whether or not others have been answered, and its latency counts from that moment), and this one, which opens a clerk's desk ten
//! times a second, kills the server in the middle, starts it again, and looks afterwards at what stands in the database.

mod couples;
mod desk;
mod server;
mod verdict;
mod world;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use store::Db;
use store::testing::Server as DatabaseServer;

use self::desk::Desk;
use self::server::Server;
use crate::cli::say;

/// Couples who join.
const COUPLES: usize = 50_000;
/// Places of the day: offices × slots an office × places a slot.
const PLACES: usize = 20_000;
/// The time over which the joins spread.
const SPREAD: Duration = Duration::from_secs(60);
/// How long the desk is measured with the generator idling.
const CALM: Duration = Duration::from_secs(20);
/// Longer than this it does not take.
const PATIENCE: Duration = Duration::from_secs(900);
/// How many times as long the desk's page may take for the slowest in twenty.
const MOST: f64 = 3.0;

/// What the generator is told, and what it tells: files of the folder that both processes know.
#[derive(serde::Serialize, serde::Deserialize)]
struct Plan {
    address: std::net::SocketAddr,
    release: String,
    couples: Vec<Couple>,
}

/// A couple with a session made beforehand.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
struct Couple {
    cookie: String,
    csrf: String,
    phone: String,
    partner_name: String,
    partner_number: String,
}

const PLAN: &str = "plan.json";
/// One line a couple that has booked: the booking's id.
const BOOKED: &str = "booked.txt";
const TOLD: &str = "told.json";

/// What the generator has counted.
#[derive(serde::Serialize, serde::Deserialize)]
struct Told {
    joined: usize,
    booked: usize,
    requests: u64,
    /// Answers that a person could not have done anything with, and the first of them.
    faults: u64,
    first_fault: String,
    /// Requests sent again because the server was gone.
    again: u64,
    /// Entries that had another place than before.
    moved: u64,
    /// Seconds from the first join to its last answer, and to the last booking.
    joined_secs: f64,
    drained_secs: f64,
    join_p50_ms: f64,
    join_p99_ms: f64,
}

/// What this program does as a process of its own.
pub(super) enum Part {
    /// Sends what couples send.
    Couples,
    /// Keeps both cores busy at the lowest priority.
    Idle,
}

impl Part {
    /// The part of a name on the command line.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "surge-couples" => Some(Self::Couples),
            "surge-idle" => Some(Self::Idle),
            _ => None,
        }
    }

    /// Runs it.
    pub(super) async fn run(self, folder: &Path) -> Result<()> {
        match self {
            Self::Couples => couples::run(folder).await,
            Self::Idle => {
                let begun = Instant::now();
                let spin = move || while begun.elapsed() < CALM {};
                let other = std::thread::spawn(spin);
                spin();
                other.join().map_err(|_| anyhow::anyhow!("the other core's thread panicked"))
            }
        }
    }

    /// Starts it at the lowest priority.
    fn start(name: &str, folder: &Path) -> Result<Child> {
        let program = std::env::current_exe()?;
        Command::new("nice").args(["-n", "19"]).arg(program).args(["bench", name]).arg(folder).stdout(Stdio::null()).spawn().context("nice")
    }
}

/// The database that is served.
const BASE: &str = "tongban";

/// Where the databases of a measurement are.
enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// On a server, under names that begin so; they are left behind.
    Server { at: DatabaseServer, prefix: String },
}

impl Place {
    fn name(&self) -> &'static str {
        match self {
            Self::Folder(_) => "SQLite",
            Self::Server { .. } => "PostgreSQL",
        }
    }

    fn url(&self, database: &str) -> String {
        match self {
            Self::Folder(folder) => format!("sqlite:{}", folder.join(format!("{database}.sqlite")).display()),
            Self::Server { at, prefix } => at.url(&format!("{prefix}_{database}")),
        }
    }

    /// Copies the served database, which nobody has open.
    async fn copy(&self, to: &str) -> Result<()> {
        match self {
            Self::Folder(folder) => {
                let base = Db::open_url(&self.url(BASE)).await?;
                base.copy_to(&folder.join(format!("{to}.sqlite"))).await?;
                base.close().await;
                Ok(())
            }
            Self::Server { at, prefix } => Ok(at.create(&format!("{prefix}_{to}"), &format!("{prefix}_{BASE}")).await?),
        }
    }
}

/// On the embedded database, every commit on disk before its answer.
pub(super) async fn sqlite() -> Result<()> {
    let folder = tempfile::tempdir()?;
    measure(folder.path(), &Place::Folder(folder.path().to_owned())).await
}

/// On a server.
pub(super) async fn postgres(at: DatabaseServer) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let prefix = format!("bench_{}_surge", std::process::id());
    at.create(&format!("{prefix}_{BASE}"), "template0").await?;
    measure(folder.path(), &Place::Server { at, prefix }).await
}

async fn measure(folder: &Path, place: &Place) -> Result<()> {
    let (engine, url) = (place.name(), &place.url(BASE));
    let data = folder.join("data");
    std::fs::create_dir_all(&data)?;
    let address = server::free_address()?;
    let made = world::build(place, &data).await?;
    say(format_args!("{engine}: {COUPLES} couples with sessions, {PLACES} places; joins without HTTP {:.0}/s", made.bare));
    std::fs::write(folder.join(PLAN), serde_json::to_vec(&Plan { address, release: made.release.clone(), couples: made.couples })?)?;
    let mut server = Server::start(folder, url, address).await?;

    let desk = Desk::new(address, made.clerk);
    let mut idle = Part::start("surge-idle", folder)?;
    let calm = desk.open_for(CALM).await?;
    ensure!(idle.wait()?.success(), "the idle generator failed");

    let begun = Instant::now();
    let before = server.cpu()?;
    let mut generator = Part::start("surge-couples", folder)?;
    let watched = desk.watch();
    let (mut killed, mut used) = (None, Duration::ZERO);
    let generator_used = loop {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let so_far = server::cpu(generator.id())?;
        if let Some(ended) = generator.try_wait()? {
            ensure!(ended.success(), "the generator failed");
            break so_far;
        }
        ensure!(begun.elapsed() < PATIENCE, "it takes longer than {PATIENCE:?}");
        if killed.is_none() && booked(folder)?.len() >= PLACES / 2 {
            used = server.cpu()?.saturating_sub(before);
            watched.pause(true);
            let down = Instant::now();
            server.kill()?;
            server = Server::start(folder, url, address).await?;
            killed = Some(down.elapsed());
            watched.pause(false);
        }
    };
    used += server.cpu()?;
    let surge = watched.end().await?;
    server.stop()?;

    let told: Told = serde_json::from_slice(&std::fs::read(folder.join(TOLD))?)?;
    let killed = killed.context("it was over before half of the places were booked: nothing was killed")?;
    let share = |used: Duration| used.as_secs_f64() / begun.elapsed().as_secs_f64() / 2.0 * 100.0;
    say(format_args!(
        "{engine}: {} joins answered within {:.0} s, half within {:.0} ms, 99 % within {:.0} ms; all {PLACES} places booked after {:.0} s; {} requests, {} of them again",
        told.joined, told.joined_secs, told.join_p50_ms, told.join_p99_ms, told.drained_secs, told.requests, told.again
    ));
    say(format_args!("{engine}: of both cores the server had {:.0} %, the generator {:.0} %", share(used), share(generator_used)));
    say(format_args!("{engine}: killed in the middle, it answered again after {:.1} s", killed.as_secs_f64()));
    let joins = told.joined as f64 / told.joined_secs;
    say(format_args!("{engine}: {joins:.0} joins a second through HTTP ÷ the bare statements: {:.2}", joins / made.bare));
    let ratio = surge.permille(950).as_secs_f64() / calm.permille(950).as_secs_f64();
    say(format_args!("{engine}: the clerk's desk, calm: {calm}; in the surge: {surge}; 95 %: {ratio:.2} times as long"));

    let spearman = verdict::check(url, &booked(folder)?).await?;
    say(format_args!("{engine}: {PLACES} bookings, not one too many, none lost; receipt and place: Spearman {spearman:.5}"));
    ensure!(told.joined == COUPLES && told.booked == PLACES, "{} joined and {} booked", told.joined, told.booked);
    ensure!(told.faults == 0, "{} answers were faults, first: {}", told.faults, told.first_fault);
    ensure!(told.moved == 0, "{} couples had another place later", told.moved);
    ensure!(spearman >= 0.99, "the order is not that of arrival");
    ensure!(ratio <= MOST, "the desk's page took {ratio:.2} times as long");
    Ok(())
}

/// The bookings that were answered so far.
fn booked(folder: &Path) -> Result<Vec<String>> {
    let file = folder.join(BOOKED);
    let text = if file.exists() { std::fs::read_to_string(file)? } else { String::new() };
    // the last line may still be on its way
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    Ok(whole.lines().map(str::to_owned).collect())
}
