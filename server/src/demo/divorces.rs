//! The demo's divorces, one in each state: couples who married some months ago, applied at the counter, and came back or did not.

use kernel::{Calendar, Day, Instant};
use marriage::BookletKind;
use marriage::divorce::ops::{self, AgreementInput, Open, Registration, ShownInput, TalkInput, Withdrawal};
use marriage::divorce::states::StateKind;
use marriage::model::Side;
use marriage::ops::PartyInput;
use platform::Result;

use super::people::Invented;
use super::registrations::{Counter, DIVORCING_FROM, typed};

/// The state in which each case is left, and how many days ago it was accepted.
const CASES: [(StateKind, i64); 7] = [
    (StateKind::Precheck, 1),
    (StateKind::Cooling, 10),
    (StateKind::Claimable, 40),
    (StateKind::Claimable, 58),
    (StateKind::Withdrawn, 20),
    (StateKind::Registered, 45),
    (StateKind::Lapsed, 80),
];
/// Couples that are needed.
pub(super) const NUMBER: usize = CASES.len();
/// How many days ago they married.
pub(super) const MARRIED_DAYS_AGO: i64 = 110;
/// First serial of the demo's divorce certificates.
const FIRST_SERIAL: usize = 33_510_001;

/// A working day, `days` before today or soon after.
pub(super) fn working_day(today: Day, days: i64) -> Day {
    Calendar::builtin().workday_on_or_after(today.plus_days(-days))
}

/// Takes every couple to its state.
pub(super) async fn divorce_all(counter: &Counter<'_>, couples: &[(Invented, Invented, String)], today: Day) -> Result<()> {
    let (first, last) = (FIRST_SERIAL, FIRST_SERIAL + 199);
    marriage::ops::receive_booklets(&counter.ctx(false), counter.office, BookletKind::Divorce, &format!("{first:010}"), &format!("{last:010}")).await?;
    for (n, ((until, days_ago), couple)) in CASES.into_iter().zip(couples).enumerate() {
        let minutes = i64::try_from(n).unwrap_or_default() * 20;
        counter.clock.to(Instant::at(working_day(today, days_ago), 14 * 60).plus_minutes(minutes));
        let case = apply(counter, couple).await?;
        if until == StateKind::Precheck {
            continue;
        }
        let dates = ops::accept(&counter.ctx(false), &counter.ports, case, 10).await?;
        match until {
            StateKind::Withdrawn => {
                counter.clock.to(Instant::at(working_day(today, days_ago - 8), 600));
                ops::withdraw(&counter.ctx(false), case, 11, Withdrawal { side: Side::B, compared: true, receipt: true }).await?;
            }
            StateKind::Registered => {
                counter.clock.to(Instant::at(Calendar::builtin().workday_on_or_after(dates.claim_from()), 10 * 60));
                register(counter, case, couple).await?;
            }
            _ => {}
        }
    }
    counter.clock.to(Instant::at(today, 5));
    ops::settle_all(&platform::Ctx::system(counter.platform, "demo")).await
}

async fn apply(counter: &Counter<'_>, (he, she, cert_no): &(Invented, Invented, String)) -> Result<casework::CaseId> {
    let (ctx, second, ports) = (counter.ctx(false), counter.ctx(true), &counter.ports);
    let case = ops::open(&ctx, Open { office: counter.office, booking: None, for_abroad: None }).await?;
    let married = |one: &Invented| PartyInput { marital: String::new(), ..typed(one) };
    ops::enter_party(&ctx, ports, case, 1, Side::A, &married(he)).await?;
    ops::enter_party(&ctx, ports, case, 2, Side::B, &married(she)).await?;
    ops::confirm_party(&second, case, 3, Side::A).await?;
    ops::confirm_party(&second, case, 4, Side::B).await?;
    ops::identify(&ctx, ports, case, 5, true).await?;
    ops::show_marriage(&ctx, case, 6, &ShownInput { cert_no: cert_no.clone(), place: "mainland".to_owned(), lost: false }).await?;
    ops::talk(&ctx, case, 7, &willing()).await?;
    let agreement = AgreementInput {
        no_children: true,
        property: "各自名下的财产归各自所有。".to_owned(),
        debts: "无".to_owned(),
        ..AgreementInput::default()
    };
    ops::agree(&ctx, case, 8, &agreement).await?;
    ops::sign(&ctx, case, 9, &counter.scan).await?;
    Ok(case)
}

async fn register(counter: &Counter<'_>, case: casework::CaseId, (he, she, _): &(Invented, Invented, String)) -> Result<()> {
    let (ctx, ports) = (counter.ctx(false), &counter.ports);
    // The page showed version 11; the program writes down by itself that the thirty days are over.
    ops::claim(&ctx, ports, case, 11, true).await?;
    ops::talk(&ctx, case, 13, &willing()).await?;
    let [serial_a, serial_b] = [0, 1].map(|k| format!("{:010}", FIRST_SERIAL + k));
    let confirmation = format!("{}、{}", he.name, she.name);
    ops::register(&ctx, ports, Registration { case, seen: 14, serial_a, serial_b, confirmation, photos: [None, None] }).await.map(drop)
}

fn willing() -> TalkInput {
    TalkInput { willing: [Some(true); 2], capable: [Some(true); 2], suspicion: "0".to_owned(), note: String::new() }
}

/// Where the invented couples of the divorces begin; see `super::people`.
pub(super) fn couple_of(n: usize) -> usize {
    DIVORCING_FROM + n
}
