//! The hall for those who come: kiosk, ticket, phone, screen, and programs.

use axum::http::Method;
use booking::details::PartyInput;
use booking::ops::book::{Book, book};
use booking::testing::{self as world, IMPL_CODE, NewOffice};
use booking::{BookingId, ops::read};
use hall::ops::setup;
use hall::testing::World;
use identity::testing::Citizen;
use identity::tokens;
use kernel::Day;
use platform::Role;

use crate::{
    journey,
    kit::{Site, Visitor, at, bare},
};

/// The office of the tests.
pub(crate) const OFFICE: &str = "990101-01";

/// A hall that is open from 09:00 to 17:30, with one group of twelve minutes.
pub(crate) async fn hall(site: &Site, windows: usize) -> World {
    let new = NewOffice { hours: "09:00-12:00 13:30-17:30", ..NewOffice::default() };
    hall::testing::hall(&site.platform, world::single(), new, windows).await
}

/// A booking for 2 July at a minute.
pub(crate) async fn books(site: &Site, hall: &World, who: &Citizen, minute: u16) -> BookingId {
    let ctx = site.platform.as_actor(who.actor());
    let slot = world::slot(&ctx, &hall.office, Day::ymd(2026, 7, 2), minute).await;
    let booker = PartyInput { phone: who.phone.clone(), ..PartyInput::default() };
    let request_key = format!("journey-{}", who.account);
    book(&ctx, Book { slot: Some(slot.id), impl_code: IMPL_CODE.into(), booker, request_key, ..Book::default() }).await.expect("a free place")
}

/// The address of the kiosk.
pub(crate) async fn kiosk(site: &Site) -> String {
    format!("/kiosk/{}", setup::key(&site.platform.system(), OFFICE).await.expect("a key"))
}

/// Somebody without booking takes a ticket at the kiosk; the address of its page on the phone.
pub(crate) async fn walks_in(site: &Site, hall: &World, ground: &str) -> String {
    let form = format!("{}/walk-in", kiosk(site).await);
    let mut someone = site.visitor();
    someone.opens(&form).await.submits(&form, &[("ground", ground), ("group", &hall.group.to_string())]).await.is(303).follows().await.is(200);
    phone(&someone)
}

/// The address on the phone of the ticket that the kiosk shows.
fn phone(visitor: &Visitor) -> String {
    format!("/t/{}", visitor.path().rsplit('/').next().expect("a token"))
}

journey!(p9_9_and_p9_14_a_ticket_at_the_kiosk_by_booking_without_signing_in, |site| {
    // P9.4 scenario 7
    let hall = hall(&site, 1).await;
    let (citizen, _) = site.citizen(2).await;
    let booking = books(&site, &hall, &citizen, 14 * 60).await;
    let number = read::booking(&site.platform.system(), booking).await.expect("booked").number.expect("confirmed");
    let start = kiosk(&site).await;
    let form = format!("{start}/booked");
    let mut li = site.visitor();
    site.set_now(at(2026, 7, 2, 13, 29));
    li.opens(&start).await.is(200).sees("自助取号").clicks("我已预约").await.sees("请出示预约");
    assert!(li.html().contains("class=\"large "), "the kiosk is large for everybody");
    let last4 = &citizen.number[14..];
    li.submits(&form, &[("number", &number), ("last4", last4)]).await.is(422).sees("未到取号时间，请于13:30后取号");
    assert_eq!(li.value(&form, "number"), number, "what was typed stays");
    site.set_now(at(2026, 7, 2, 13, 30));
    li.submits(&form, &[("number", &number), ("last4", "0000")]).await.is(422).sees("没有找到相符的预约");
    li.submits(&form, &[("number", &number), ("last4", last4)]).await.is(303).follows().await.sees("A001").sees("前面还有 0 人");
    assert!(li.html().contains("class=\"qr\""), "a QR code to the page on the phone");
    let page = phone(&li);
    let mut receipt = site.visitor();
    let address = format!("https://mz.example/bookings/{booking}");
    receipt.opens(&form).await.submits(&form, &[("number", &address)]).await.is(303);
    assert!(receipt.header("location").ends_with(page.trim_start_matches("/t/")), "the same booking, the same ticket");
    li.opens(&page).await.is(200).sees("A001").sees_no(&citizen.name).sees_no(last4);
    assert!(li.html().contains("http-equiv=\"refresh\" content=\"30\""), "refreshes without script");
    let mut own = site.signed_in(&citizen).await;
    own.opens(&format!("/bookings/{booking}")).await.sees("已到场").clicks("看排队进度").await.is(200).sees("A001");
    li.opens(&format!("/offices/{OFFICE}")).await.clicks("大厅现在的等候情况").await.is(200).sees("0 人");
    // until his slot begins he waits behind those who come by themselves
    li.opens(&start.replace("/kiosk/", "/kiosk/x")).await.is(404);
    li.opens(&format!("{start}/tickets/unknown")).await.is(404);
});

journey!(p9_10_and_p9_11_the_screen_shows_calls_with_masked_names_and_everybody_sees_the_wait, |site| {
    let hall = hall(&site, 1).await;
    let (citizen, _) = site.citizen(2).await;
    let booking = books(&site, &hall, &citizen, 9 * 60).await;
    site.set_now(at(2026, 7, 2, 9, 0));
    let start = kiosk(&site).await;
    let form = format!("{start}/booked");
    let mut li = site.visitor();
    li.opens(&form).await.submits(&form, &[("number", &format!("/bookings/{booking}"))]).await.is(303);
    let waits = walks_in(&site, &hall, "").await;
    let mut clerk = site.staff("990101", &[Role::Clerk]).await;
    clerk.opens("/desk/hall").await.is(200).sees("A001").sees("A002");
    let open = format!("/desk/hall/windows/{}/open", hall.windows[0]);
    let next = open.replace("/open", "/next");
    clerk.submits(&open, &[]).await.is(303).follows().await.submits(&next, &[]).await.is(303).follows().await.sees("已呼叫 1 次");
    let screen = start.replace("/kiosk/", "/screen/");
    let mut wall = site.visitor();
    let masked = kernel::mask::name(&citizen.name);
    wall.opens(&screen).await.is(200).sees(&format!("A001 {masked}")).sees("1 号窗口").sees("A002").sees_no(&citizen.name);
    assert!(wall.html().contains("data-say=\"请 A001 号到 1 号窗口\""), "what is spoken");
    assert!(wall.html().contains("http-equiv=\"refresh\""), "refreshes without script");
    wall.opens(&format!("/halls/{OFFICE}")).await.is(200).sees("1 人 · 约 12 分钟").sees_no(&masked);
    wall.opens(&waits).await.sees("前面还有 0 人");
    wall.has_cookie("tb_lang", "en").opens(&waits).await.sees("Before you: 0 people").opens(&screen).await.sees("Now calling");
});

journey!(p9_13_no_more_tickets_when_the_hall_closes_before_the_turn, |site| {
    // P9.4 scenario 11
    let hall = hall(&site, 1).await;
    site.set_now(at(2026, 7, 2, 16, 30));
    for _ in 0..5 {
        walks_in(&site, &hall, "").await;
    }
    site.set_now(at(2026, 7, 2, 16, 40));
    let form = format!("{}/walk-in", kiosk(&site).await);
    let mut late = site.visitor();
    late.opens(&form).await.sees("5 人 · 约 60 分钟").submits(&form, &[("group", &hall.group.to_string())]).await.is(422).sees("今日号源已截止");
    late.submits(&form, &[("ground", "pregnant"), ("group", &hall.group.to_string())]).await.is(303);
});

journey!(p9_9_a_terminal_takes_a_ticket_once_for_one_key, |site| {
    let hall = hall(&site, 1).await;
    let (citizen, _) = site.citizen(2).await;
    let booking = books(&site, &hall, &citizen, 9 * 60).await;
    site.set_now(at(2026, 7, 2, 9, 0));
    let admin = identity::testing::staff(&site.platform, "990101", &[Role::SecurityAdmin]).await;
    let new = tokens::NewToken { name: "取号机".into(), roles: vec![Role::Clerk], region: admin.region, org: None, items: Vec::new(), days: 30 };
    let issued = tokens::issue(&site.platform.as_actor(platform::Actor::Staff(admin)), new).await.expect("issued");
    let bearer = format!("Bearer {}", issued.secret);
    let headers = |key: &'static str| [("authorization", bearer.clone()), ("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
    let path = format!("/api/v1/halls/{OFFICE}/tickets");
    let mut terminal = site.visitor();
    let body = serde_json::json!({ "id_no": citizen.number }).to_string();
    let mut tokens = Vec::new();
    for key in ["terminal-1", "terminal-1", "terminal-2"] {
        let headers = headers(key);
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        terminal.sends(bare(Method::POST, &path, &headers, &body), &path).await.is(200);
        let answer: serde_json::Value = serde_json::from_slice(terminal.bytes()).expect("JSON");
        assert_eq!((&answer["number"], &answer["state"]), (&"A001".into(), &"WAITING".into()));
        tokens.push(answer["token"].as_str().expect("a token").to_owned());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "one booking, one ticket");
    let arrived = read::booking(&site.platform.system(), booking).await.expect("there");
    assert_eq!(arrived.state, booking::State::Arrived, "a ticket taken is no no-show");
    let ticket = format!("/api/v1/tickets/{}", tokens[0]);
    terminal.sends(bare(Method::GET, &ticket, &[], ""), &ticket).await.is(200);
    let load = format!("/api/v1/halls/{OFFICE}");
    terminal.sends(bare(Method::GET, &load, &[], ""), &load).await.is(200);
    let answer: serde_json::Value = serde_json::from_slice(terminal.bytes()).expect("JSON");
    assert_eq!((&answer["groups"][0]["ahead"], &answer["groups"][0]["minutes"]), (&1.into(), &12.into()));
    terminal.sends(bare(Method::POST, &path, &[("content-type", "application/json"), ("idempotency-key", "terminal-3")], &body), &path).await;
    assert_eq!(terminal.status(), 401, "without a token nobody takes one");
});
