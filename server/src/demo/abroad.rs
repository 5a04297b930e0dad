//! The demo's designated office: its two registrars, and a marriage of a resident with a foreign national.

use kernel::{Day, Instant};
use marriage::ops::{PaperInput, PartyInput};
use platform::Result;

use super::accounts;
use super::people::couple;
use super::registrations::{Counter, Until, equip, typed, working_days_before};

/// The office that the demo's province has designated for the capital.
const OFFICE: &str = "330100-01";
/// First serial of its booklets.
const FIRST_SERIAL: usize = 33_610_001;
/// The invented couple of whom he takes part; see `super::people`.
const COUPLE: usize = 468;

/// Opens the office's counter and registers one couple on the last working day.
pub(super) async fn register(home: &Counter<'_>, today: Day) -> Result<()> {
    let system = platform::Ctx::system(home.platform, "demo");
    let office = booking::ops::read::office(&system, OFFICE).await?;
    let team = accounts::team(&system, &office, ["registrar3", "registrar4"], ["许登记", "何登记"]).await?;
    equip(home.platform, &team, (OFFICE, ["330100001", "330100002"]), (FIRST_SERIAL, 20)).await?;
    let at = Instant::at(working_days_before(today, 1)[0], 10 * 60);
    let counter = Counter {
        platform: home.platform,
        clock: home.clock,
        ports: home.ports.clone(),
        team: &team,
        photo: home.photo.clone(),
        scan: home.scan.clone(),
        office: office.id,
    };
    let (he, _) = couple(COUPLE, at.day());
    counter.walk([typed(&he), from_abroad(at.day())], FIRST_SERIAL, at, Until::Registered).await?;
    Ok(())
}

/// An invented woman from abroad with everything that she has to bring.
fn from_abroad(today: Day) -> PartyInput {
    PartyInput {
        name: "Claire EXEMPLE".to_owned(),
        name_zh: "柯莱".to_owned(),
        kind: "6".to_owned(),
        nationality: "FRA".to_owned(),
        id_type: "414".to_owned(),
        id_no: "99XX00001".to_owned(),
        birth: "1996-04-12".to_owned(),
        sex: "2".to_owned(),
        id_valid_to: today.plus_years(5).to_string(),
        marital: "10".to_owned(),
        phone: "19900000990".to_owned(),
        papers: vec![PaperInput {
            kind: "no_spouse".to_owned(),
            number: "DEMO-2026-17".to_owned(),
            issuer: "Mairie d'Exempleville".to_owned(),
            issued_on: today.plus_days(-30).to_string(),
            country: "FRA".to_owned(),
            authentication: "consular".to_owned(),
            translation: "translated".to_owned(),
        }],
        ..PartyInput::default()
    }
}
