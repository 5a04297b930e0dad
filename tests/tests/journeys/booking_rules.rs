//! The rules of booking as a person meets them through the interface: how far ahead, how many, how late, and how often one may stay away.

use booking::OfficeCard;
use booking::testing::{self as world, IMPL_CODE, NewOffice};
use identity::testing::Citizen;
use kernel::Day;
use platform::{Actor, Role};
use serde_json::{Value, json};
use store::q;

use crate::{
    api_program::Program,
    journey,
    kit::{Site, at},
    whole,
};

/// An office that everybody books for himself, with the limits of P9 unchanged.
async fn office(site: &Site, places: i64) -> OfficeCard {
    world::office(&site.platform, world::single(), NewOffice { places, ..NewOffice::default() }).await
}

async fn slot(site: &Site, office: &OfficeCard, day: Day, minute: u16) -> String {
    world::slot(&site.platform.system(), office, day, minute).await.id.to_string()
}

/// A program of his books this time; what came of it.
async fn books(site: &Site, who: &Citizen, slot: &str) -> Program {
    let mut program = Program::of(site, who.actor()).await;
    let key = format!("{slot}-{}", site.platform.now().micros());
    program.sends("POST", "/api/v1/bookings", &key, &json!({ "slot": slot, "item": IMPL_CODE, "booker": { "phone": "13800138000" } })).await;
    program
}

const fn july(day: i8) -> Day {
    Day::ymd(2026, 7, day)
}

journey!(p9_2_scenario_1_from_the_next_to_the_fifth_open_day, |site| {
    let office = office(&site, 10).await;
    let (li, mut visitor) = site.citizen(2).await;
    books(&site, &li, &slot(&site, &office, july(9), 600).await).await.refuses(422, "E-P902");
    let second = slot(&site, &office, july(2), 600).await;
    let mut booked = books(&site, &li, &second).await;
    let id = booked.is(200).text("/id");
    visitor.opens("/bookings").await.is(200).sees("已预约");
    booked.calls("POST", &format!("/api/v1/bookings/{id}/cancel"), json!({})).await.is(200);
    books(&site, &li, &slot(&site, &office, july(8), 600).await).await.is(200);
    site.set_now(at(2026, 7, 2, 0, 0));
    let (wang, mut visitor) = site.citizen(2).await;
    books(&site, &wang, &second).await.refuses(422, "E-P901");
    // The page has no such time to choose.
    visitor.opens(&format!("/book/{IMPL_CODE}?office={}&day=2026-07-02", office.code)).await.is(200);
    assert!(!visitor.html().contains(&second));
});

journey!(p9_4_scenario_2_one_booking_a_day_and_its_number_is_told, |site| {
    let office = office(&site, 10).await;
    let (li, _) = site.citizen(2).await;
    let number = books(&site, &li, &slot(&site, &office, july(2), 540).await).await.is(200).text("/number");
    let mut again = books(&site, &li, &slot(&site, &office, july(2), 600).await).await;
    assert!(again.refuses(422, "E-P904").text("/errors/0/message_zh").contains(&number));
});

/// All of them want this at the same moment; how many got it, and the codes of the others.
async fn at_once(site: &Site, wishes: Vec<(Actor, Value)>) -> (usize, Vec<String>) {
    let mut programs = Vec::new();
    for (actor, body) in wishes {
        programs.push((Program::of(site, actor).await, body));
    }
    let tries = programs.into_iter().map(|(mut program, body)| {
        tokio::spawn(async move {
            program.calls("POST", "/api/v1/bookings", body).await;
            program.answer["errors"][0]["code"].as_str().map(str::to_owned)
        })
    });
    let (mut booked, mut codes) = (0, Vec::new());
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.expect("no panic") {
            None => booked += 1,
            Some(code) => codes.push(code),
        }
    }
    (booked, codes)
}

journey!(p9_5_scenario_3_ten_places_and_two_hundred_who_want_one_at_the_same_moment, |site| {
    let office = office(&site, 10).await;
    let slot = slot(&site, &office, july(2), 540).await;
    let mut wishes = Vec::new();
    for _ in 0..200 {
        let who = identity::testing::citizen(&site.platform, 2).await;
        wishes.push((who.actor(), json!({ "slot": slot, "item": IMPL_CODE, "booker": { "phone": who.phone } })));
    }
    let (booked, codes) = at_once(&site, wishes).await;
    assert_eq!((booked, codes), (10, vec!["E-P905".to_owned(); 190]));
});

journey!(r_mr_44_and_a20_two_hundred_couples_at_once_on_twenty_places, |site| {
    let counter = whole::an_office_opens(&site, 20).await;
    let system = site.platform.system();
    let items = catalog::ops::of_service(&system, "marriage.registration", &counter.office.region).await.expect("read");
    let item = &items.first().expect("the item").code;
    let slot = slot(&site, &counter.office, july(3), 540).await;
    let mut wishes = Vec::new();
    for _ in 0..200 {
        let (him, her) = identity::testing::couple(&site.platform, 2).await;
        let partner = json!({ "name": her.name, "id_type": "111", "id_no": her.number, "phone": her.phone });
        wishes.push((him.actor(), json!({ "slot": slot, "item": item, "booker": { "phone": him.phone }, "partner": partner })));
    }
    let (booked, codes) = at_once(&site, wishes).await;
    assert_eq!((booked, codes), (20, vec!["MR-E44".to_owned(); 180]));
    let people = q("SELECT COUNT(*), COUNT(DISTINCT p.person_id) FROM booking_party p JOIN booking b ON b.id = p.booking_id WHERE b.state = 'BOOKED' AND p.ordinal = 1");
    let (bookers, different): (i64, i64) = people.one(site.platform.db()).await.expect("counted");
    assert_eq!((bookers, different), (20, 20), "no person with two");
});

journey!(p9_6_scenario_4_two_hours_before_and_not_later, |site| {
    let office = office(&site, 10).await;
    let slot = slot(&site, &office, july(2), 14 * 60).await;
    let ((li, _), (wang, _)) = (site.citizen(2).await, site.citizen(2).await);
    let cancel = |id: &str| format!("/api/v1/bookings/{id}/cancel");
    let (mut his, mut hers) = (books(&site, &li, &slot).await, books(&site, &wang, &slot).await);
    let (first, second) = (his.is(200).text("/id"), hers.is(200).text("/id"));
    site.set_now(at(2026, 7, 2, 11, 59));
    his.calls("POST", &cancel(&first), json!({})).await.is(200);
    site.set_now(at(2026, 7, 2, 12, 1));
    hers.calls("POST", &cancel(&second), json!({})).await.refuses(422, "E-P906");
});

journey!(p9_7_scenarios_5_and_6_three_no_shows_block_until_one_is_lifted, |site| {
    site.set_now(at(2026, 4, 1, 10, 0));
    let office = office(&site, 10).await;
    let li = identity::testing::citizen(&site.platform, 2).await;
    let mut missed = Vec::new();
    for day in [Day::ymd(2026, 5, 6), Day::ymd(2026, 6, 3), july(1)] {
        site.set_now(kernel::Instant::at(day.plus_days(-1), 600));
        site.runs("booking.slots").await;
        missed.push(books(&site, &li, &slot(&site, &office, day, 540).await).await.is(200).text("/id"));
    }
    site.set_now(at(2026, 7, 1, 9, 30));
    let next = slot(&site, &office, july(2), 540).await;
    let mut blocked = books(&site, &li, &next).await;
    assert_eq!(blocked.refuses(422, "E-P908").text("/errors/0/params/d"), "2026-08-31");
    // A fault of the system on 3 June: a clerk of the office takes the no-show back, with a reason; nobody else does.
    let page = format!("/bookings/{}", missed[1]);
    let lift = format!("{page}/lift");
    let mut clerk = site.staff("990101", &[Role::Clerk]).await;
    clerk.opens(&page).await.is(200).sees("爽约").clicks("解除爽约记录").await.is(200).submits(&lift, &[("reason", "")]).await.is(422).sees("请填写解除原因");
    let mut own = Program::of(&site, li.actor()).await;
    own.calls("POST", &format!("/api/v1/bookings/{}/lift", missed[1]), json!({ "reason": "系统故障" })).await.is(403);
    let away = identity::testing::staff(&site.platform, "990126", &[Role::Clerk]).await;
    let mut away = Program::of(&site, Actor::Staff(away)).await;
    away.calls("POST", &format!("/api/v1/bookings/{}/lift", missed[1]), json!({ "reason": "系统故障" })).await.is(404);
    clerk.submits(&lift, &[("reason", "系统故障")]).await.is(303).follows().await.is(200).sees("不计爽约");
    books(&site, &li, &next).await.is(200);
});
