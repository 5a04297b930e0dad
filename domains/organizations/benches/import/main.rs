//! The import of a register that was kept elsewhere, a million organisations: sent, mapped, checked, loaded with a stop half way, and all of it
//! again, which must change nothing.
//!
//! `cargo bench -p organizations --bench import -- [--rows N] [postgres://…]`: on the embedded database, every commit on disk, or in a database
//! of its own on the server whose address is given, which is left behind.
#![expect(clippy::print_stdout, reason = "a measurement that prints its figures")]

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::{Duration, Instant as Stopwatch};

use kernel::{Day, Instant, RegionCode, Uscc};
use organizations::Kind;
use organizations::import::{self, Import, ImportId, State};
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Role, StaffActor};
use store::Db;
use store::testing::Server;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Organisations, where nobody says how many.
const ROWS: usize = 1_000_000;
/// How often it is looked how far a run has come.
const LOOK: Duration = Duration::from_millis(10);
/// The divisions over which the organisations spread.
const COUNTIES: [&str; 6] = ["990101", "990102", "990126", "990181", "990200", "990202"];
/// The columns of the table.
const HEAD: [&str; 9] = ["统一社会信用代码", "名称", "类型", "状态", "法定代表人", "注册资金（万元）", "成立日期", "住所", "业务范围"];

fn main() -> Result<()> {
    // Cargo says that this is a bench.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let rows = words.iter().skip_while(|word| *word != "--rows").nth(1).map_or(Ok(ROWS), |rows| rows.parse())?;
    let server = words.iter().find(|word| word.contains("://")).map(|address| Server::given(address));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(run(rows, server.as_ref()))
}

async fn run(rows: usize, server: Option<&Server>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (engine, url) = match server {
        None => ("SQLite", format!("sqlite:{}", folder.path().join("import.db").display())),
        Some(server) => {
            let name = format!("bench_{}_import", std::process::id());
            server.create(&name, "template0").await?;
            ("PostgreSQL", server.url(&name))
        }
    };
    let db = Db::open_url(&url).await?;
    db.migrate().await?;
    let p = platform::testing::platform(db);
    let administrator = identity::testing::staff(&p, "990000", &[Role::SystemAdmin]).await;
    let path = folder.path().join("register.csv");
    write(&path, rows)?;
    let bench = Bench { p, administrator, rows, engine, clock: Stopwatch::now() };

    let id = bench.checked(&path, "").await?;
    assert_eq!(bench.counts(id).await?, [rows, 0, 0, 0], "every line is an organisation that is not known");
    bench.loaded(id, "", Some(rows / 2)).await?;
    assert_eq!(bench.counts(id).await?, [rows, 0, 0, 0], "none was forgotten at the stop, and none entered twice");
    let id = bench.checked(&path, "again: ").await?;
    bench.loaded(id, "again: ", None).await?;
    assert_eq!(bench.counts(id).await?, [0, 0, rows, 0], "run twice it changes nothing");
    if let Some(peak) = peak() {
        println!("{engine}: most memory of the whole process {} MB", peak / 1_024);
    }
    Ok(())
}

struct Bench {
    p: TestPlatform,
    administrator: StaffActor,
    rows: usize,
    engine: &'static str,
    clock: Stopwatch,
}

impl Bench {
    /// The administrator at the present moment: the clock of the tests goes on with that of the measurement, as ids begin with it.
    fn ctx(&self) -> Ctx {
        let passed = i64::try_from(self.clock.elapsed().as_micros()).unwrap_or(i64::MAX);
        self.p.set_now(Instant::from_micros(Instant::at(Day::ymd(2026, 7, 1), 600).micros() + passed));
        self.p.as_actor(Actor::Staff(self.administrator.clone()))
    }

    async fn seen(&self, id: ImportId) -> Result<Import> {
        Ok(import::import(&self.ctx(), id).await?)
    }

    /// What it found: new, changed, the same, refused.
    async fn counts(&self, id: ImportId) -> Result<[usize; 4]> {
        let import = self.seen(id).await?;
        let [fresh, changed, same, refused] = [import.fresh, import.changed, import.same, import.refused].map(usize::try_from);
        Ok([fresh?, changed?, same?, refused?])
    }

    /// Sends the table, takes the columns as guessed, and goes through the dry run.
    async fn checked(&self, path: &Path, when: &str) -> Result<ImportId> {
        let watch = Stopwatch::now();
        let sent = import::Sent { file_name: "register.csv".to_owned(), authority: self.administrator.org, source: File::open(path)? };
        let id = import::send(&self.ctx(), sent).await?;
        self.told(&format!("{when}sent"), self.rows, watch.elapsed());
        let guessed = self.seen(id).await?;
        let chosen: Vec<String> = (0..guessed.columns.len()).map(|column| guessed.mapping.field(column).to_owned()).collect();
        import::map(&self.ctx(), id, &chosen).await?;
        let watch = Stopwatch::now();
        self.runs(id, None).await?;
        self.told(&format!("{when}dry run"), self.rows, watch.elapsed());
        Ok(id)
    }

    /// Loads what was checked; killed once so many lines are in, it goes on behind the last of them.
    async fn loaded(&self, id: ImportId, when: &str, stop: Option<usize>) -> Result<()> {
        import::load(&self.ctx(), id).await?;
        let mut before = 0;
        if let Some(stop) = stop {
            let watch = Stopwatch::now();
            before = self.runs(id, Some(stop)).await?;
            assert!((stop..self.rows).contains(&before), "stopped behind {before} lines");
            self.told("loaded up to the stop", before, watch.elapsed());
        }
        let watch = Stopwatch::now();
        self.runs(id, None).await?;
        self.told(&format!("{when}loaded to the end"), self.rows - before, watch.elapsed());
        assert_eq!(self.seen(id).await?.line.state, State::Done);
        Ok(())
    }

    /// Lets the job run to its end, or kills it once so many lines are behind it; how many are.
    async fn runs(&self, id: ImportId, stop: Option<usize>) -> Result<usize> {
        let ctx = self.p.system();
        let job = tokio::spawn(async move { import::run_all(&ctx).await });
        while !job.is_finished() {
            tokio::time::sleep(LOOK).await;
            let done = usize::try_from(self.seen(id).await?.done)?;
            if stop.is_some_and(|stop| done >= stop) {
                job.abort();
            }
        }
        match job.await {
            Ok(ran) => ran?,
            // What was on its way into the database when it was killed gets there, or does not.
            Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
        Ok(usize::try_from(self.seen(id).await?.done)?)
    }

    fn told(&self, what: &str, rows: usize, took: Duration) {
        println!("{}: {what}: {rows} lines in {:.1} s, {:.0} a second", self.engine, took.as_secs_f64(), rows as f64 / took.as_secs_f64());
    }
}

/// Writes a table of so many organisations, each with a code of its own.
fn write(path: &Path, rows: usize) -> Result<()> {
    let mut csv = sheets::Csv::new(BufWriter::new(File::create(path)?))?;
    csv.row(HEAD)?;
    let counties = COUNTIES.map(|county| RegionCode::parse(county).expect("a test region"));
    for n in 0..rows {
        let kind = Kind::ALL[n % Kind::ALL.len()];
        let code = Uscc::new(kind.prefix(), counties[n % counties.len()], &format!("{n:08}")).expect("of its form");
        let founded = Day::ymd(2000, 1, 1).plus_days(i64::try_from(n % 9_000)?);
        let cells = [
            code.to_string(),
            format!("测试省第{n}号样例组织"),
            kind.name().zh.into_owned(),
            "正常".to_owned(),
            format!("张测{}", n % 5_000),
            (n % 50 + 1).to_string(),
            founded.to_string(),
            format!("和平路{}号", n % 2_000 + 1),
            "开展公益活动、业务培训与学术交流".to_owned(),
        ];
        csv.row(cells)?;
    }
    csv.finish()?;
    Ok(())
}

/// The most memory that this process has had, in kibibytes, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
