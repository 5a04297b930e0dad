//! The demo's re-issues and documents of courts: one of each done, one of each waiting.

use kernel::{Day, Instant};
use marriage::BookletKind;
use marriage::court::{self, Paper};
use marriage::model::Photo;
use marriage::ops;
use marriage::reissue::ops::{self as reissue, Application, Issuing};
use platform::ports::Accept;
use platform::{Actor, Platform, Result};

use super::accounts::Team;
use super::clock::Put;
use super::people::couple;
use super::registrations::{NUMBER, married_on, working_days_before};
use super::{HOME, pictures};

/// Who lost his certificate; whom a court divorced; about whom a document waits; who was registered where no register knows of it.
const LOST: usize = 3;
const DIVORCED: usize = 7;
const WAITING: usize = 12;
const UNKNOWN: usize = 480;

/// Takes them as far as they are, on the last working day.
pub(crate) async fn open_all(platform: &Platform, clock: &Put, team: &Team, today: Day) -> Result<()> {
    let last = working_days_before(today, 1)[0];
    clock.to(Instant::at(last, 16 * 60 + 50));
    let as_staff = |second: bool| {
        let staff = if second { &team.second } else { &team.registrar };
        let meta = platform::RequestMeta { request_id: "demo".to_owned(), channel: 2, ..platform::RequestMeta::default() };
        platform.ctx(Actor::Staff(staff.clone()), meta)
    };
    let (ctx, colleague) = (as_staff(false), as_staff(true));
    let card = booking::ops::read::office(&ctx, HOME.office).await?;
    let done = reissue::open(&ctx, card.id, &lost(LOST, today)).await?;
    let photo = platform.files().take(pictures::couple(), Accept::photo("photo")).await?;
    let scan = platform.files().take(pictures::signed_page(), Accept::scan("scan")).await?;
    let serial = ops::stock(&ctx, card.id, BookletKind::Marriage).await?.next.first().cloned().unwrap_or_default();
    let issuing = Issuing {
        case: done,
        seen: 2,
        serials: [serial, String::new()],
        signed: true,
        statement: scan.id.as_str().to_owned(),
        photo: Photo { file: photo.id.as_str().to_owned(), width: pictures::WIDTH, height: pictures::HEIGHT, confirmed: true },
        confirmation: lost(LOST, today).name,
    };
    reissue::issue(&ctx, issuing).await?;
    let asked = reissue::open(&ctx, card.id, &Application { told: "1998年在外省登记".to_owned(), ..lost(UNKNOWN, today) }).await?;
    reissue::ask_archive(&ctx, asked, 1).await?;
    let paper = |n: usize, number: &str| {
        let (he, she) = couple(n, married_on(today, n));
        Paper {
            doc_no: format!("（2026）演0000民初{number}号"),
            court: "演示区人民法院".to_owned(),
            kind: "2".to_owned(),
            effective_on: last.to_string(),
            one: he.id_no,
            other: she.id_no,
            cert_no: String::new(),
        }
    };
    let ended = court::enter(&ctx, card.region, card.org, &paper(DIVORCED, "101")).await?;
    court::apply(&colleague, ended).await?;
    court::enter(&ctx, card.region, card.org, &paper(WAITING, "102")).await.map(drop)
}

fn lost(n: usize, today: Day) -> Application {
    let day = if n < NUMBER { married_on(today, n) } else { today };
    let (he, _) = couple(n, day);
    Application { name: he.name, id_no: he.id_no, phone: he.phone, cause: "lost".to_owned(), compared: true, ..Application::default() }
}
