//! The demo province: real divisions, invented people, and appointments and marriages made through the operations themselves.

mod abroad;
mod accounts;
mod assistance;
mod bookings;
mod clock;
mod divorces;
mod hall;
mod interaction;
mod organizations;
pub mod people;
mod pictures;
pub mod places;
mod post;
mod registrations;
mod releases;
mod reissues;
mod supervision;
mod window;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kernel::{RegionCode, Text};
use platform::{Ctx, Parts, Platform, Settings};

use crate::cli::say;

/// The province of the demo.
const PROVINCE: &str = "330000";

/// The password of everybody in the demo.
const PASSWORD: &str = "Tongban-2026";

/// How many days ago the items of the demo were published.
const PUBLISHED_DAYS_AGO: i64 = 60;

/// Where the demo's registrars work.
struct Home {
    region: &'static str,
    org: &'static str,
    office: &'static str,
}

const HOME: Home = Home { region: "330102", org: "11330102YY3301029G", office: "330102-01" };

/// How to sign in, printed by `serve --demo`.
pub const SIGN_INS: &str = "\
Demonstration. Password of everybody: Tongban-2026
  citizen        19900000900 (and her husband-to-be, 19900000901)
  registrar      registrar1 and registrar2, 上城区民政局婚姻登记处
  from abroad    registrar3 and registrar4, 杭州市民政局婚姻登记处
  allowances     examiner1, reviewer1, approver1 (registrar1 takes in)
  another city   window1 (takes in for others, sends packets)
  organisations  society1, society2 (reviews), society3 (decides), inspector1, inspector2
  complaints     desk1 (takes in, follows up ratings), handler1, head1, supervisor1
  administrator  admin (auditor, editor and publisher for what he may not)";

/// The settings of the demo on top of the configured ones.
pub fn settings(settings: Settings) -> Settings {
    Settings {
        bureau: Text::new("浙江省民政服务（演示）", "Zhejiang Civil Affairs (demonstration)"),
        region: RegionCode::parse(PROVINCE).expect("a region code"),
        demo: true,
        phone: "12345".to_owned(),
        ..settings
    }
}

/// Loads the demo where it has not been loaded into this folder; says what it does.
pub async fn load(parts: Parts, data: &Path) -> Result<()> {
    let mark = data.join("demo-loaded");
    if mark.exists() {
        say("The demo province is there already.");
        return Ok(());
    }
    let province = RegionCode::parse(PROVINCE).expect("a region code");
    let now = parts.clock.now();
    let (clock, post) = (Arc::new(clock::Put::at(now)), post::Captured::default());
    let platform = Platform::new(Parts { clock: clock.clone(), sms: Arc::new(post.clone()), mail: Arc::new(post.clone()), ..parts });
    let system = Ctx::system(&platform, "demo");
    say("  divisions, bodies and items of the province");
    crate::divisions::load(&system, province).await.context("divisions")?;
    catalog::demo::put_organisations(&system).await.context("bodies")?;
    // Published long before, so that what happened in the last weeks happened under them.
    clock.to(now.plus_days(-PUBLISHED_DAYS_AGO));
    catalog::demo::seed(&Ctx::system(&platform, "demo"), province).await.context("items")?;
    clock.to(now);
    say("  offices and their slots for the next weeks");
    crate::registry::declare(&system).await.context("what the services declare")?;
    places::open_offices(&system).await.context("offices")?;
    say("  staff and citizens");
    let team = accounts::staff(&system, province).await.context("staff")?;
    let citizens = accounts::citizens(&system, &post, &team).await.context("citizens")?;
    say(format_args!("  {} marriages of the last two weeks", registrations::NUMBER));
    registrations::register_all(&platform, &clock, &team).await.context("marriages")?;
    say("  certificates that were lost, and documents of courts");
    reissues::open_all(&platform, &clock, &team, now.day()).await.context("re-issues")?;
    clock.to(now.plus_days(-1));
    places::open_on_rest_days(&Ctx::system(&platform, "demo"), HOME.office, now.day(), 30).await.context("openings")?;
    say("  the hall of the first office, and a morning in it");
    clock.to(now);
    hall::open(&platform, &clock, &team).await.context("the hall")?;
    say("  applications for allowances at every step");
    assistance::apply_all(&platform, &clock, &post, &team, citizens).await.context("applications")?;
    say("  applications that another city takes in");
    window::hand_over(&platform).await.context("another city's counter")?;
    say(format_args!("  {} social organisations", organizations::NUMBER));
    let entered = organizations::enter_all(&platform, &clock).await.context("organisations")?;
    say("  what is supervised among them");
    self::supervision::open_all(&platform, &clock, &entered).await.context("supervision of organisations")?;
    say("  ratings, questions and complaints");
    self::interaction::open(&Ctx::system(&platform, "demo"), province).await.context("ratings and complaints")?;
    say(format_args!("  {} appointments of the coming weeks", bookings::NUMBER));
    bookings::book_all(&Ctx::system(&platform, "demo"), province).await.context("appointments")?;
    say("  a day whose places are given in one order");
    releases::announce_one(&Ctx::system(&platform, "demo"), HOME.office).await.context("the release of a day")?;
    say("  the figures");
    ::statistics::run(&Ctx::system(&platform, "demo"), false).await.context("figures")?;
    std::fs::write(&mark, now.to_string())?;
    Ok(())
}
