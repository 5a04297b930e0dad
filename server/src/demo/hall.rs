//! The demo's hall: a group, windows, and a morning of tickets on the last working day, called and served as its clerks would.

use hall::ops::setup::{self, GroupInput, WindowInput};
use hall::ops::take::{For, Take, at_counter};
use hall::ops::{call, serve, windows};
use hall::{GroupId, WindowId};
use kernel::{Calendar, Instant};
use platform::{Actor, Ctx, Error, Platform, RequestMeta, Result};

use super::HOME;
use super::accounts::Team;
use super::clock::Put;

/// Tickets of the morning.
const TICKETS: i64 = 18;
/// Minutes between two who come.
const APART: i64 = 7;
/// Tickets that wait today, if the office is open at this moment.
const WAITING: usize = 4;
/// Windows of the hall.
const WINDOWS: usize = 4;

/// Sets the hall up and lives through the morning.
pub(crate) async fn open(platform: &Platform, clock: &Put, team: &Team) -> Result<()> {
    let now = platform.clock().now();
    let system = Ctx::system(platform, "demo");
    setup::open_hall(&system, HOME.office).await?;
    let input = GroupInput {
        letter: "A".to_owned(),
        name_zh: "结婚登记".to_owned(),
        name_en: "Marriage registration".to_owned(),
        kinds: vec![marriage::KIND_DOMESTIC.to_owned()],
        minutes: "15".to_owned(),
        active: true,
    };
    let group = setup::save_group(&system, HOME.office, None, &input).await?;
    let mut made = Vec::new();
    for no in 1..=WINDOWS {
        made.push(setup::save_window(&system, HOME.office, None, &WindowInput { no: no.to_string(), groups: vec![group] }).await?);
    }
    let calendar = Calendar::builtin();
    let day = (1..=30).map(|back| now.day().plus_days(-back)).find(|day| calendar.is_workday(*day)).unwrap_or(now.day().plus_days(-1));
    let morning = Morning { platform, clock, team, group, windows: [made[0], made[1]], from: Instant::at(day, 9 * 60) };
    morning.passes().await?;
    clock.to(now);
    for n in 0..WAITING {
        match morning.takes(format!("demo-today-{n}"), "").await {
            // closed at this moment: nobody waits
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// One morning with two clerks.
struct Morning<'a> {
    platform: &'a Platform,
    clock: &'a Put,
    team: &'a Team,
    group: GroupId,
    windows: [WindowId; 2],
    from: Instant,
}

impl Morning<'_> {
    fn ctx(&self, n: usize) -> Ctx {
        let staff = if n == 0 { &self.team.registrar } else { &self.team.second };
        self.platform.ctx(Actor::Staff(staff.clone()), RequestMeta { request_id: "demo".to_owned(), channel: 2, ..RequestMeta::default() })
    }

    async fn takes(&self, request_key: String, ground: &str) -> Result<()> {
        let take = Take { what: For::WalkIn(self.group), ground: ground.to_owned(), name: String::new(), request_key };
        at_counter(&self.ctx(0), HOME.office, take).await.map(drop)
    }

    /// Who has come until a moment takes a ticket; how many have so far.
    async fn come(&self, before: i64, until: Instant) -> Result<i64> {
        let mut taken = before;
        while taken < TICKETS && self.from.plus_minutes(taken * APART) <= until {
            self.clock.to(self.from.plus_minutes(taken * APART));
            let ground = match taken % 9 {
                3 => "elderly",
                7 => "veteran",
                _ => "",
            };
            self.takes(format!("demo-ticket-{taken}"), ground).await?;
            taken += 1;
        }
        Ok(taken)
    }

    async fn passes(&self) -> Result<()> {
        self.clock.to(self.from);
        for (n, window) in self.windows.iter().enumerate() {
            windows::open(&self.ctx(n), *window).await?;
        }
        let (mut taken, mut served, mut free) = (0, 0, [self.from.plus_minutes(1), self.from.plus_minutes(3)]);
        while served < TICKETS {
            let n = usize::from(free[1] < free[0]);
            taken = self.come(taken, free[n]).await?;
            if taken == served {
                // nobody waits until the next one comes
                free[n] = self.from.plus_minutes(taken * APART);
                continue;
            }
            self.clock.to(free[n]);
            let ticket = call::next(&self.ctx(n), self.windows[n]).await?;
            serve::start(&self.ctx(n), ticket).await?;
            free[n] = free[n].plus_minutes(11 + served % 5);
            self.clock.to(free[n]);
            serve::done(&self.ctx(n), ticket).await?;
            served += 1;
        }
        for (n, window) in self.windows.iter().enumerate() {
            windows::close(&self.ctx(n), *window).await?;
        }
        Ok(())
    }
}
