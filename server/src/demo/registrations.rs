//! The demo's marriages of the last two weeks, registered at the counter step by step as two registrars would.

use casework::CaseId;
use identity::facts::{FactKind, set_source};
use kernel::{Calendar, Day, Instant};
use marriage::model::{Photo, Side};
use marriage::ops::{self, InterviewInput, Open, PartyInput, RegistrarInput, Registration, Signed};
use marriage::Ports;
use platform::ports::Accept;
use platform::{Actor, Ctx, Platform, Result};

use super::accounts::Team;
use super::clock::Put;
use super::people::{Invented, couple};
use super::{HOME, abroad, divorces, pictures};

/// Marriages registered.
pub(crate) const NUMBER: usize = 100;
/// Marriages on one day.
const A_DAY: usize = 10;
/// Cases that the last working day left open, each at another step, so that every page of the desk can be seen.
const LEFT_OPEN: [Until; 4] = [Until::Entered, Until::Ready, Until::Accepted, Until::Examined];
/// The first of the invented couples of those cases; see `super::people`.
const LEFT_OPEN_FROM: usize = 460;
/// The first of the couples who divorce.
pub(super) const DIVORCING_FROM: usize = 470;
/// First serial of the demo's booklets.
const FIRST_SERIAL: usize = 33_010_001;

/// How far a case is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Until {
    /// Both are entered and confirmed.
    Entered,
    /// Identified, statements signed, photo taken: ready to be accepted.
    Ready,
    /// Accepted.
    Accepted,
    /// Checked with the network, interviewed and examined.
    Examined,
    /// Registered.
    Registered,
}

/// One counter with what it needs.
pub(super) struct Counter<'a> {
    pub(super) platform: &'a Platform,
    pub(super) clock: &'a Put,
    pub(super) ports: Ports,
    pub(super) team: &'a Team,
    pub(super) photo: Photo,
    pub(super) scan: String,
    pub(super) office: booking::OfficeId,
}

/// Registers `NUMBER` couples on the working days before today.
pub(crate) async fn register_all(platform: &Platform, clock: &Put, team: &Team) -> Result<()> {
    let today = platform.clock().now().day();
    let days = working_days_before(today, NUMBER.div_ceil(A_DAY));
    let system = Ctx::system(platform, "demo");
    for kind in FactKind::ALL {
        set_source(&system, kind, true, "演示：本库即全部").await?;
    }
    let office = booking::ops::read::office(&system, HOME.office).await?.id;
    equip(platform, team, (HOME.office, ["330102001", "330102002"]), (FIRST_SERIAL, 2 * NUMBER + 200)).await?;
    let photo = platform.files().take(pictures::couple(), Accept::photo("photo")).await?;
    let scan = platform.files().take(pictures::signed_page(), Accept::scan("scan")).await?;
    let photo = Photo { file: photo.id.as_str().to_owned(), width: pictures::WIDTH, height: pictures::HEIGHT, confirmed: false };
    let counter = Counter { platform, clock, ports: Ports::local(), team, photo, scan: scan.id.as_str().to_owned(), office };
    abroad::register(&counter, today).await?;
    let married = Instant::at(divorces::working_day(today, divorces::MARRIED_DAYS_AGO), 9 * 60);
    let mut couples = Vec::with_capacity(divorces::NUMBER);
    for n in 0..divorces::NUMBER {
        let n = divorces::couple_of(n);
        let at = married.plus_minutes(i64::try_from(n - DIVORCING_FROM).unwrap_or_default() * 15);
        let (he, she) = couple(n, at.day());
        let number = counter.take(n, at, Until::Registered).await?.unwrap_or_default();
        couples.push((he, she, number));
    }
    for n in 0..NUMBER {
        let at = Instant::at(days[n / A_DAY], 9 * 60).plus_minutes(i64::try_from(n % A_DAY).unwrap_or_default() * 15);
        counter.take(n, at, Until::Registered).await?;
    }
    for (n, until) in LEFT_OPEN.into_iter().enumerate() {
        let at = Instant::at(days[days.len() - 1], 16 * 60).plus_minutes(i64::try_from(n).unwrap_or_default() * 15);
        counter.take(LEFT_OPEN_FROM + n, at, until).await?;
    }
    divorces::divorce_all(&counter, &couples, today).await
}

/// Makes two members of staff registrars of an office and puts blank booklets into its stock.
pub(super) async fn equip(platform: &Platform, team: &Team, (code, numbers): (&str, [&str; 2]), (first, booklets): (usize, usize)) -> Result<()> {
    let system = Ctx::system(platform, "demo");
    let office = booking::ops::read::office(&system, code).await?.id;
    for (staff, number) in [&team.registrar, &team.second].into_iter().zip(numbers) {
        let exam_on = system.today().plus_days(-200).to_string();
        let input = RegistrarInput { staff: staff.id, registrar_no: number.to_owned(), office, exam_on, on_duty: true };
        ops::set_registrar(&system, input).await?;
    }
    let registrar = platform.ctx(Actor::Staff(team.registrar.clone()), system.meta().clone());
    let last = first + booklets - 1;
    ops::receive_booklets(&registrar, office, marriage::BookletKind::Marriage, &format!("{first:010}"), &format!("{last:010}")).await?;
    Ok(())
}

/// The day on which the `n`-th couple of the last two weeks was married.
pub(crate) fn married_on(today: Day, n: usize) -> Day {
    working_days_before(today, NUMBER.div_ceil(A_DAY))[n / A_DAY]
}

/// `n` working days before `today`, the earliest first.
pub(crate) fn working_days_before(today: Day, n: usize) -> Vec<Day> {
    let calendar = Calendar::builtin();
    let mut days: Vec<Day> = (1..).map(|back| today.plus_days(-back)).filter(|day| calendar.is_workday(*day)).take(n).collect();
    days.reverse();
    days
}

impl Counter<'_> {
    pub(super) fn ctx(&self, second: bool) -> Ctx {
        let staff = if second { &self.team.second } else { &self.team.registrar };
        let meta = platform::RequestMeta { request_id: "demo".to_owned(), channel: 2, ..platform::RequestMeta::default() };
        self.platform.ctx(Actor::Staff(staff.clone()), meta)
    }

    /// Takes a couple as far as `until`; the number of its certificates where that is to the end.
    async fn take(&self, n: usize, at: Instant, until: Until) -> Result<Option<String>> {
        let (he, she) = couple(n, at.day());
        // Whoever divorces later took the booklets after those of the last two weeks.
        let place = if n >= DIVORCING_FROM { NUMBER + n - DIVORCING_FROM } else { n };
        self.walk([typed(&he), typed(&she)], FIRST_SERIAL + 2 * place, at, until).await
    }

    /// The same for two persons as typed, with the booklet of this serial and the next.
    pub(super) async fn walk(&self, people: [PartyInput; 2], serial: usize, at: Instant, until: Until) -> Result<Option<String>> {
        self.clock.to(at);
        let ctx = self.ctx(false);
        let case = ops::open(&ctx, Open { office: self.office, booking: None, for_abroad: None }).await?;
        let mut seen = 1..;
        let mut next = || seen.next().unwrap_or(i64::MAX);
        for (side, one) in Side::BOTH.into_iter().zip(&people) {
            ops::enter_party(&ctx, &self.ports, case, next(), side, one).await?;
            ops::confirm_party(&self.ctx(true), case, next(), side).await?;
        }
        if until == Until::Entered {
            return Ok(None);
        }
        ops::identify(&ctx, &self.ports, case, next(), true).await?;
        for side in Side::BOTH {
            ops::sign(&ctx, case, next(), Signed { side, no_spouse: true, no_kin: true, scan: self.scan.clone() }).await?;
        }
        ops::photo(&ctx, case, next(), self.photo.clone()).await?;
        ops::confirm_photo(&ctx, case, next()).await?;
        if until == Until::Ready {
            return Ok(None);
        }
        ops::accept(&ctx, &self.ports, case, next()).await?;
        if until == Until::Accepted {
            return Ok(None);
        }
        self.clock.to(at.plus_minutes(5));
        self.examine(case, &mut next).await?;
        if until == Until::Examined {
            return Ok(None);
        }
        let [serial_a, serial_b] = [serial, serial + 1].map(|serial| format!("{serial:010}"));
        let confirmation = people.map(|one| one.name).join("、");
        let registration = Registration { case, seen: next(), serial_a, serial_b, confirmation };
        Ok(Some(ops::register(&self.ctx(false), &self.ports, registration).await?.cert_no))
    }

    async fn examine(&self, case: CaseId, next: &mut impl FnMut() -> i64) -> Result<()> {
        let ctx = self.ctx(false);
        ops::network_check(&ctx, &self.ports, case, next()).await?;
        let questions = ["willing", "informed"];
        let answers = questions.iter().flat_map(|q| Side::BOTH.map(|side| ((*q).to_owned(), side, true))).collect();
        ops::interview(&ctx, case, next(), &InterviewInput { answers, medical_told: true, ..InterviewInput::default() }).await?;
        ops::examine(&ctx, &self.ports, case, next()).await.map(drop)
    }
}

/// A person as the clerk types him.
pub(super) fn typed(one: &Invented) -> PartyInput {
    PartyInput {
        name: one.name.clone(),
        id_no: one.id_no.clone(),
        id_valid_to: "长期".to_owned(),
        ethnicity: "01".to_owned(),
        hukou_region: HOME.region.to_owned(),
        marital: "10".to_owned(),
        prior_basis: "0".to_owned(),
        phone: one.phone.clone(),
        ..PartyInput::default()
    }
}
