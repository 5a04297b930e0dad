//! What the number of cases costs: the same work with ten thousand cases in the database and with a million.
//!
//! A hundred items, two hundred members of staff in five counties, half of the cases open. Measured are the desk's lists, the page of a case,
//! the search by number and by name, and a case from its receipt at the counter to its decision; each by the 95th of a hundred.

use std::time::{Duration, Instant as Stopwatch};

use casework::CaseId;
use casework::ops::{self, Act, DeskFilter, DeskSection, Intake, Paper};
use casework::testing::{World, answers, world};
use casework::{ApplicantKind, Contact, Phase};
use kernel::{Channel, Day, Id, IdType, Instant, RegionCode, Sex};
use platform::{OrgId, Role, StaffActor};
use store::testing::Server;
use store::{Db, Options, Val, q};

use crate::{Result, at_95};

/// Cases in the database, the smaller number first.
const SIZES: [u32; 2] = [10_000, 1_000_000];
/// How many times as long the same work may take with the larger number.
const MOST: f64 = 1.5;
/// Items over which the cases spread.
const ITEMS: u32 = 100;
/// Members of staff in each county.
const STAFF: u32 = 40;
/// The counties, each with a bureau.
const COUNTIES: [&str; 5] = ["990101", "990102", "990126", "990181", "990202"];
/// Cases until everybody has got one more.
const ROUND: u32 = 5 * STAFF;
/// Rows of one statement.
const ROWS: u32 = 200;
/// Rows of one transaction.
const BATCH: u32 = 20_000;
/// How often each thing is done, and how often before that without a clock.
const TIMES: u32 = 400;
const WARMING: u32 = 40;
/// How many cases have one name: with more cases there are more names.
const SHARERS: u32 = 10;
/// Cases whose page is opened.
const PAGES: u32 = 40;

/// What a server has done by the time that it is asked: looked through its tables, read them into memory.
const PREPARED: [&str; 3] = [
    "VACUUM ANALYZE",
    "CREATE EXTENSION IF NOT EXISTS pg_prewarm",
    "SELECT SUM(pg_prewarm(oid, 'read')) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relpersistence = 'p'",
];

/// What is done, in the order in which it is.
const DONE: [&str; 5] = ["list of the desk", "page of a case", "search by number", "search by name", "receipt to decision"];

/// Measures on the embedded database, every commit on disk before its answer, or in databases of its own on a server, which are left behind.
pub(super) async fn run(server: Option<&Server>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut sides = Vec::new();
    for cases in SIZES {
        let url = match server {
            None => format!("sqlite:{}", folder.path().join(format!("{cases}.db")).display()),
            Some(server) => {
                let name = format!("bench_{}_{cases}_cases", std::process::id());
                server.create(&name, "template0").await?;
                server.url(&name)
            }
        };
        let bench = Bench::new(&url, cases).await?;
        bench.fill(&url, 0..cases).await?;
        match server {
            Some(server) => {
                for text in PREPARED {
                    server.run(&format!("bench_{}_{cases}_cases", std::process::id()), text.to_owned()).await?;
                }
            }
            None => {
                let mut file = std::fs::File::open(folder.path().join(format!("{cases}.db")))?;
                file.sync_all()?;
                std::io::copy(&mut file, &mut std::io::sink())?;
            }
        }
        sides.push((cases, bench, Taken::default()));
    }
    // In turn, so that whatever else the machine does falls on both.
    for n in 0..WARMING + TIMES {
        for (_, bench, taken) in &mut sides {
            if n == WARMING {
                *taken = Taken::default();
            }
            bench.once(n, taken).await?;
        }
    }
    told(if server.is_some() { "PostgreSQL" } else { "SQLite" }, sides.into_iter().map(|(.., taken)| taken.map(|mut times| at_95(&mut times))).collect())
}

/// The times of each of [`DONE`].
type Taken = [Vec<Duration>; DONE.len()];

fn told(engine: &str, times: Vec<[f64; DONE.len()]>) -> Result<()> {
    let [few, many] = times.try_into().expect("as many as sizes");
    let mut worst = 0.0_f64;
    for ((name, few), many) in DONE.into_iter().zip(few).zip(many) {
        worst = worst.max(many / few);
        println!("{engine}, {name}: 95 % within {few:.2} ms at {}, {many:.2} ms at {} cases: {:.2}", SIZES[0], SIZES[1], many / few);
    }
    assert!(worst <= MOST, "with {} cases something takes {worst:.2} times as long as with {}", SIZES[1], SIZES[0]);
    Ok(())
}

/// The test world with more staff, and one case as the engine left it, which the filling copies.
struct Bench {
    w: World,
    staff: Vec<StaffActor>,
    bodies: Vec<(RegionCode, OrgId)>,
    /// Cases made through the operations: their pages are opened.
    made: Vec<CaseId>,
    impl_code: String,
    cases: u32,
}

impl Bench {
    async fn new(url: &str, cases: u32) -> Result<Self> {
        let db = Db::open_url(url).await?;
        db.migrate().await?;
        let w = world(db).await;
        let (mut staff, mut bodies) = (Vec::new(), Vec::new());
        for county in COUNTIES {
            let region = RegionCode::parse(county)?;
            bodies.push((region, identity::testing::organisation(&w.p.system(), region).await));
            for _ in 0..STAFF {
                staff.push(identity::testing::staff(&w.p, county, &[Role::Clerk, Role::Examiner, Role::Head]).await);
            }
        }
        let impl_code = w.item.code.clone();
        let mut bench = Self { w, staff, bodies, made: Vec::new(), impl_code, cases };
        for n in 0..PAGES {
            let case = bench.decided(n).await?;
            bench.made.push(case);
        }
        Ok(bench)
    }

    /// A case from the counter to its decision.
    async fn decided(&self, n: u32) -> Result<CaseId> {
        let born = Day::ymd(1970, 1, 1).plus_days(i64::from(n / 500));
        let intake = Intake {
            impl_code: self.impl_code.clone(),
            kind: ApplicantKind::Person,
            name: self.name(n),
            number: identity::testing::id_number(born, Sex::Female, n),
            id_type: IdType::RESIDENT,
            contact: Contact::default(),
            answers: answers(),
            papers: vec![Paper { key: "plan".into(), originals: 0, copies: 1, scan: None }, Paper { key: "lease".into(), originals: 1, copies: 1, scan: None }],
            channel: Channel::Counter,
            at: self.w.clerk.region,
            residence: None,
            handover: None,
            lacking: Vec::new(),
        };
        let w = &self.w;
        let case = ops::take_in(&w.as_staff(&w.clerk), intake).await?.case;
        let opinion = |verb: &str| Act { opinion: "名称合规".into(), ..Act::new(verb, 0) };
        w.moves(&w.clerk, case, Act::new("accept", 0)).await?;
        w.moves(&w.examiner, case, Act::new("take", 0)).await?;
        w.moves(&w.examiner, case, opinion("propose")).await?;
        w.moves(&w.reviewer, case, opinion("agree")).await?;
        w.moves(&w.approver, case, opinion("approve")).await?;
        Ok(case)
    }

    /// Puts these cases in, past the operations: heads with sealed applicants, what lists by region read, logs and answers.
    async fn fill(&self, url: &str, cases: std::ops::Range<u32>) -> Result<()> {
        let fast = Options { durable: false, body_limit: Duration::from_secs(600), ..Options::new(url) };
        let db = Db::open(&fast).await?;
        for first in cases.clone().step_by(BATCH as usize) {
            let last = (first + BATCH).min(cases.end);
            db.write(|tx| async move {
                for from in (first..last).step_by(ROWS as usize) {
                    let mut statement = q(HEAD);
                    for n in from..(from + ROWS).min(last) {
                        statement = statement.sql(if n == from { "(" } else { ", (" }).list(self.head(n)).sql(")");
                    }
                    statement.exec(&tx).await?;
                }
                for text in FOLLOWING {
                    q(text).bind(id(first)).bind(id(last)).exec(&tx).await?;
                }
                Ok::<_, store::Error>(())
            })
            .await?;
        }
        db.close().await;
        Ok(())
    }

    /// The columns of [`HEAD`].
    fn head(&self, n: u32) -> Vec<Val> {
        let (case, keys) = (id(n), self.w.p.keys());
        let row = case.to_vec();
        let (region, org) = self.bodies[n as usize % self.bodies.len()];
        let holder = self.staff[(n % 5 * STAFF + n / 5 % STAFF) as usize].id;
        let open = open(n);
        let due = Day::ymd(2026, 7, 1).plus_days(i64::from(n / 2 % 60));
        let at = Instant::at(due.plus_days(-30), 600);
        let (phase, state) = if open { (Phase::Examination, "examining") } else { (Phase::Finished, "finished") };
        let rank = if open { Instant::at(due, 1440).micros() } else { -at.micros() };
        let (name, number) = (self.name(n), format!("{n:018}"));
        vec![
            case.into(),
            format!("bench{n:08}").into(),
            format!("9901110{:05}", 9001 + n / 7 % ITEMS).into(),
            region.into(),
            org.into(),
            org.into(),
            phase.code().into(),
            at.into(),
            (!open).then_some(at).into(),
            state.into(),
            self.impl_code.clone().into(),
            keys.seal_text("case_head", "applicant_name", &row, &name).into(),
            keys.seal_text("case_head", "applicant_number", &row, &number).into(),
            keys.seal_text("case_head", "contact", &row, "{}").into(),
            identity::persons::name_hash(keys, &name).into(),
            keys.hash(store::keys::Purpose::PersonNumber, &number).into(),
            holder.into(),
            due.into(),
            open.into(),
            rank.into(),
            "shop_sign.naming".into(),
            "shop_sign".into(),
            3_i64.into(),
        ]
    }

    /// The name in the nth case. Who share one are open and closed by turns, as a round of everybody's cases is.
    fn name(&self, n: u32) -> String {
        const SIGNS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
        let names = self.cases / SHARERS / (2 * ROUND) * (2 * ROUND) + ROUND;
        let digits = (n % names).to_string();
        std::iter::once('测').chain(digits.bytes().map(|digit| SIGNS[usize::from(digit - b'0')])).collect()
    }

    /// Does everything for the nth time.
    async fn once(&self, n: u32, taken: &mut Taken) -> Result<()> {
        let ctx = self.w.as_staff(&self.staff[(n * 37 % (STAFF * 5)) as usize]);
        let filter = DeskFilter { section: DeskSection::Office, ..DeskFilter::default() };
        let filter = match n % 4 {
            0 => DeskFilter { section: DeskSection::Mine, ..filter },
            1 => filter,
            2 => DeskFilter { phase: Some(Phase::Examination), ..filter },
            _ => DeskFilter { section: DeskSection::Region(self.staff[(n * 37 % (STAFF * 5)) as usize].region), ..filter },
        };
        let clock = Stopwatch::now();
        let page = ops::desk(&ctx, &filter).await?;
        taken[0].push(clock.elapsed());
        assert!(!page.lines.is_empty(), "an empty desk");

        let clock = Stopwatch::now();
        ops::view(&self.w.as_staff(&self.w.clerk), self.made[(n % PAGES) as usize]).await?;
        taken[1].push(clock.elapsed());

        let sought = n.wrapping_mul(2_654_435_761) % self.cases;
        let clock = Stopwatch::now();
        let head = casework::by_case_no(self.w.p.db(), &format!("bench{sought:08}")).await?;
        taken[2].push(clock.elapsed());
        assert!(head.is_some_and(|head| head.id == id(sought)), "a case that is not found by its number");

        let sought = closed(sought);
        let there = self.w.as_staff(&self.staff[(sought % 5 * STAFF) as usize]);
        let by_name = DeskFilter { section: DeskSection::Office, closed: true, name: Some(self.name(sought)), ..DeskFilter::default() };
        let clock = Stopwatch::now();
        let page = ops::desk(&there, &by_name).await?;
        taken[3].push(clock.elapsed());
        assert!(!page.lines.is_empty(), "a case that is not found by its name");

        let clock = Stopwatch::now();
        self.decided(self.cases / 100 + PAGES + n).await?;
        taken[4].push(clock.elapsed());
        Ok(())
    }
}

/// The id of the nth case.
fn id(n: u32) -> CaseId {
    let mut random = [0; 10];
    // The first bytes lose bits to version and variant.
    random[4..8].copy_from_slice(&n.to_be_bytes());
    Id::new(1, random)
}

/// Whether the nth case is open: everybody has one round of open cases, then one of closed ones.
fn open(n: u32) -> bool {
    n / ROUND % 2 == 0
}

/// A closed case near the nth.
fn closed(n: u32) -> u32 {
    n / (2 * ROUND) * (2 * ROUND) + ROUND + n % ROUND
}

const HEAD: &str = "INSERT INTO case_head (id, case_no, item_code, region, org, office, phase, opened_at, closed_at, state, impl_code, applicant_name, \
     applicant_number, contact, applicant_hash, number_hash, holder, promise_due, open, rank, case_type, service, version) VALUES ";

/// What else is kept of each case between two ids.
const FOLLOWING: [&str; 3] = [
    "INSERT INTO case_area (ancestor, case_id, open, rank, phase, item_code, org) SELECT c.ancestor, h.id, h.open, h.rank, h.phase, h.item_code, h.org \
     FROM case_head h JOIN region_closure c ON c.descendant = h.region WHERE h.id >= $1 AND h.id < $2",
    "INSERT INTO case_action (case_id, seq, verb, state_from, state_to, phase, actor_kind, actor, actor_name, at, reason) \
     SELECT h.id, s.seq, 'take', 'accepted', h.state, h.phase, 'staff', '', '', h.opened_at, '' FROM case_head h \
     CROSS JOIN (SELECT 1 AS seq UNION ALL SELECT 2 UNION ALL SELECT 3) s WHERE h.id >= $1 AND h.id < $2",
    "INSERT INTO case_data (id, case_id, version, schema, answers, actor_kind, actor, at) \
     SELECT h.id, h.id, 1, 1, h.applicant_name, 'staff', '', h.opened_at FROM case_head h WHERE h.id >= $1 AND h.id < $2",
];
