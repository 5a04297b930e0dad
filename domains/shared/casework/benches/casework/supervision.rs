//! How long the nightly supervision run takes over 200,000 open cases: on the first night, and when nothing has changed.

use std::time::{Duration, Instant as Stopwatch};

use casework::CaseId;
use casework::supervision::{self, Ran};
use kernel::{Day, Id, Instant, RegionCode};
use platform::testing::{self, TestPlatform};
use store::testing::Server;
use store::{Db, q};

use crate::Result;

/// Open cases.
const CASES: u32 = 200_000;
/// The longest that a run may take.
const MOST: Duration = Duration::from_secs(60);
/// Cases put in at once.
const BATCH: u32 = 200;

/// Measures on the embedded database, or in a database of its own on a server, which is left behind.
pub(super) async fn run(server: Option<&Server>) -> Result<()> {
    let Some(server) = server else {
        let folder = tempfile::tempdir()?;
        return measure("SQLite", Db::open_url(&format!("sqlite:{}", folder.path().join("cases.db").display())).await?).await;
    };
    let name = format!("bench_{}_supervision", std::process::id());
    server.create(&name, "template0").await?;
    measure("PostgreSQL", Db::open_url(&server.url(&name)).await?).await
}

async fn measure(engine: &str, db: Db) -> Result<()> {
    db.migrate().await?;
    let p = testing::platform(db);
    fill(&p).await?;
    p.set_now(Instant::at(Day::ymd(2026, 7, 16), 5));
    let (first, took) = timed(&p).await?;
    let (second, again) = timed(&p).await?;
    println!("{engine}: nightly run over {} open cases, {} lights, {} cards: {:.1} s", first.cases, first.lights, first.cards, took.as_secs_f64());
    println!("{engine}: the same run again, {} lights, {} cards: {:.1} s", second.lights, second.cards, again.as_secs_f64());
    assert!(first.cases == u64::from(CASES) && first.cards > 0 && (second.lights, second.cards) == (0, 0), "a run twice is a run once");
    assert!(took <= MOST && again <= MOST, "the nightly run takes longer than {MOST:?}");
    Ok(())
}

async fn timed(p: &TestPlatform) -> Result<(Ran, Duration)> {
    let clock = Stopwatch::now();
    let ran = supervision::run(&p.system()).await?;
    Ok((ran, clock.elapsed()))
}

/// One case in fifty is warned, one in a hundred is over its promise.
async fn fill(p: &TestPlatform) -> Result<()> {
    testing::regions(p).await?;
    let region = RegionCode::parse("990102")?;
    let org = identity::testing::organisation(&p.system(), region).await;
    let (office, accepted): (Id<()>, _) = (Id::new(1, [1; 10]), Instant::at(Day::ymd(2026, 7, 1), 600));
    for first in (0..CASES).step_by(BATCH as usize) {
        p.db()
            .write(|tx| async move {
                for n in first..first + BATCH {
                    let mut random = [0; 10];
                    random[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
                    random[4..8].copy_from_slice(&n.to_be_bytes());
                    let id: CaseId = Id::new(u64::from(n / 100), random);
                    let due = match n % 100 {
                        0 => Day::ymd(2026, 7, 15),
                        1 | 2 => Day::ymd(2026, 7, 17),
                        _ => Day::ymd(2026, 9, 30),
                    };
                    q("INSERT INTO case_head (id, case_no, service, item_code, region, org, office, phase, version, opened_at, received_at, \
                       accepted_at, promise_due) VALUES ($1, $2, 'bench', '000700099001', $3, $4, $5, 'examination', 1, $6, $6, $6, $7)")
                    .bind(id)
                    .bind(format!("bench-{n}"))
                    .bind(region)
                    .bind(org)
                    .bind(office)
                    .bind(accepted)
                    .bind(due)
                    .exec(&tx)
                    .await?;
                }
                Ok::<_, store::Error>(())
            })
            .await?;
    }
    Ok(())
}
