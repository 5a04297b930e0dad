//! Booking: from the region to the receipt, and what happens to a booking later.

use axum::http::Method;
use booking::testing::{self as world, IMPL_CODE, NewOffice};
use booking::{OfficeCard, ops::read};
use identity::testing as people;
use identity::tokens;
use kernel::Day;
use platform::Role;

use crate::{
    journey,
    kit::{Site, Visitor, at, bare},
};

const OFFICE: &str = "990101-01";
const EVIL: &str = "</textarea><script>alert(1)</script>";

async fn office(site: &Site, places: i64) -> OfficeCard {
    world::office(&site.platform, world::profile(), NewOffice { places, ..NewOffice::default() }).await
}

async fn slot(site: &Site, office: &OfficeCard, day: i8, minute: u16) -> String {
    world::slot(&site.platform.system(), office, Day::ymd(2026, 7, day), minute).await.id.to_string()
}

fn week(day: i8) -> String {
    format!("/book/{IMPL_CODE}?office={OFFICE}&day=2026-07-0{day}")
}

/// Holds a place and fills in the form, up to the page that shows it all once more.
async fn fills_in(visitor: &mut Visitor, day: i8, slot: &str, partner: (&str, &str)) {
    visitor.opens(&week(day)).await.is(200).submits("#slots", &[("slot", slot)]).await.is(303).follows().await.sees("填写双方信息");
    let form = visitor.path().to_owned();
    let typed = [("a_phone", "138 0013 8000"), ("b_name", partner.0), ("b_id_no", partner.1), ("step", "check")];
    visitor.submits(&form, &typed).await;
}

async fn books(visitor: &mut Visitor, day: i8, slot: &str) -> String {
    let other = world::details("王测试");
    fills_in(visitor, day, slot, ("王测试", &other.id_no)).await;
    visitor.is(200).sees("请核对");
    let confirm = visitor.path().replace("/details", "/confirm");
    visitor.submits(&confirm, &[]).await.is(303).follows().await.sees("您已预约成功");
    visitor.path().to_owned()
}

journey!(p9_a_couple_books_from_the_region_to_the_receipt, |site| {
    let office = office(&site, 2).await;
    let mut stranger = site.visitor();
    stranger.opens(&format!("/book/{IMPL_CODE}")).await.is(200).sees("城中区民政局测试登记处").sees("2026年7月2日");
    stranger.opens("/offices").await.is(200).sees("城中区民政局测试登记处");
    stranger.opens(&format!("/offices/{OFFICE}")).await.is(200).sees("09:00-12:00 13:30-17:00").sees("最早可约");
    let free = slot(&site, &office, 2, 540).await;
    stranger.opens(&week(2)).await.sees("余 2").submits("#slots", &[("slot", &free)]).await.is(303);
    assert!(stranger.header("location").starts_with("/sign-in"));

    let (_, mut li) = site.citizen(2).await;
    let page = books(&mut li, 2, &free).await;
    li.sees("09:00–09:30").sees("请另一方确认").sees_no("</script>");
    li.opens(&format!("{page}/calendar.ics")).await.is(200);
    assert!(li.header("content-type").starts_with("text/calendar"));
    assert!(li.html().contains("DTSTART;TZID=Asia/Shanghai:20260702T090000\r\n"));
    li.opens("/bookings").await.sees("已预约");
    stranger.opens(&week(2)).await.sees("余 1");
    let (_, mut wang) = site.citizen(2).await;
    for path in ["", "/move", "/cancel", "/calendar.ics"] {
        wang.opens(&format!("{page}{path}")).await.is(404);
    }
});

journey!(p9_6_moves_and_cancels_with_a_step_between, |site| {
    let office = office(&site, 1).await;
    let (first, second) = (slot(&site, &office, 2, 540).await, slot(&site, &office, 3, 540).await);
    let (citizen, mut li) = site.citizen(2).await;
    let page = books(&mut li, 2, &first).await;
    let moves = format!("{page}/move");
    li.opens(&moves).await.sees("还可以改 2 次").submits(&moves, &[("slot", &second)]).await.is(200).sees("确认改时间");
    li.submits(&moves, &[]).await.is(303).follows().await.sees("预约时间已更改").sees("2026年7月3日");
    site.set_now(at(2026, 7, 3, 7, 1));
    let cancels = format!("{page}/cancel");
    let mut li = site.signed_in(&citizen).await;
    li.opens(&cancels).await.submits(&cancels, &[]).await.is(422).sees("距预约时间不足2小时");
    site.set_now(at(2026, 7, 3, 6, 59));
    let mut li = site.signed_in(&citizen).await;
    li.opens(&cancels).await.submits(&cancels, &[]).await.is(303).follows().await.sees("预约已取消");
});

journey!(p9_5_a_full_day_offers_the_waiting_list_and_the_list_moves_up, |site| {
    let office = office(&site, 1).await;
    let free = slot(&site, &office, 2, 540).await;
    let (_, mut li) = site.citizen(2).await;
    let (_, mut wang) = site.citizen(2).await;
    wang.opens(&week(2)).await.sees("余 1");
    let page = books(&mut li, 2, &free).await;
    wang.submits("#slots", &[("slot", &free)]).await.is(422).sees("该时段号源已满").sees("约满");
    let join = format!("/waiting?item={IMPL_CODE}&office={OFFICE}");
    wang.opens(&join).await.submits(&join, &[("from", "2026-07-02"), ("to", "2026-07-02")]).await.is(303).follows().await.sees("前面还有 0 人");
    let cancels = format!("{page}/cancel");
    li.opens(&cancels).await.submits(&cancels, &[]).await.is(303);
    wang.opens("/waiting").await.sees("有名额了").submits("/waiting/accept", &[]).await.is(303).follows().await.sees("填写双方信息");
});

journey!(p9_a_hold_that_ended_and_hostile_words_lose_nothing, |site| {
    let office = office(&site, 1).await;
    let free = slot(&site, &office, 2, 540).await;
    let (_, mut li) = site.citizen(2).await;
    fills_in(&mut li, 2, &free, (EVIL, "990101199001010013")).await;
    li.is(422).sees("身份证号码校验位不正确");
    assert!(!li.html().contains("<script>alert"));
    let form = li.path().to_owned();
    assert_eq!(li.value(&form, "b_name"), EVIL);
    let other = world::details("王测试");
    li.submits(&form, &[("b_id_no", &other.id_no), ("needs", EVIL), ("step", "check")]).await.is(200).sees("请核对");
    assert!(!li.html().contains("<script>alert"));
    site.set_now(at(2026, 7, 1, 10, 10));
    let confirm = form.replace("/details", "/confirm");
    li.submits(&confirm, &[]).await.is(303).follows().await.sees("保留时间已到");
    assert!(li.path().starts_with("/book/"));
});

journey!(r_mr_47_an_administrator_publishes_plans_and_closes, |site| {
    let office = office(&site, 5).await;
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let page = format!("/admin/offices/{OFFICE}");
    admin.opens("/admin/offices").await.sees("城中区民政局测试登记处").opens(&page).await.is(200);
    let days = format!("{page}/days");
    admin.submits(&days, &[("day", "2026-07-04"), ("hours", "9-12"), ("note_zh", EVIL)]).await.is(422).sees("请按“09:00-12:00 13:30-17:00”填写时间");
    assert_eq!(admin.value(&days, "note_zh"), EVIL);
    let typed = [("day", "2026-07-04"), ("hours", "09:00-12:00"), ("note_zh", "七夕"), ("note_en", "Qixi")];
    admin.submits(&days, &typed).await.is(303);
    let mut stranger = site.visitor();
    stranger.opens(&format!("/offices/{OFFICE}")).await.sees("开放 09:00-12:00").sees("七夕");
    let ctx = site.platform.system();
    let saturday = Day::ymd(2026, 7, 4);
    assert_eq!(read::slots(&ctx, office.id, world::KIND, saturday, saturday).await.expect("slots").len(), 6);

    let plans = format!("{page}/plans");
    let typed = [("item_kind", world::KIND), ("weekdays", "1"), ("hours", "17:00-18:00"), ("minutes", "30"), ("places", "10"), ("step", "preview")];
    admin.opens(&page).await.submits(&plans, &typed).await.is(200).sees("预览");

    let (_, mut li) = site.citizen(2).await;
    let free = slot(&site, &office, 2, 540).await;
    let booking = books(&mut li, 2, &free).await;
    let close = format!("{page}/close");
    admin.opens(&page).await.submits(&close, &[("day", "2026-07-02"), ("reason_zh", "台风")]).await.is(200).sees("1 个预约会收到短信");
    admin.submits(&close, &[]).await.is(303);
    li.opens(&booking).await.sees("已为您保留新的时间，不计爽约").submits(&format!("{booking}/move"), &[]).await.is(303);
    li.follows().await.sees("2026年7月3日").sees("您已预约成功");
    for path in ["/admin/offices", page.as_str()] {
        li.opens(path).await.is(403);
    }
});

journey!(p9_the_other_person_confirms_by_the_code_and_every_address_looks_the_same, |site| {
    let office = office(&site, 5).await;
    let free = slot(&site, &office, 2, 540).await;
    let (_, mut li) = site.citizen(2).await;
    let (other, mut wang) = site.citizen(2).await;
    fills_in(&mut li, 2, &free, (&other.name, &other.number)).await;
    let confirm = li.is(200).path().replace("/details", "/confirm");
    li.submits(&confirm, &[]).await.is(303).follows().await.sees("请另一方确认");
    let page = li.path().to_owned();
    let id = page.trim_start_matches("/bookings/").parse().expect("an id");
    let booked = site.platform.system();
    let code = read::booking(&booked, id).await.expect("there").partner_code.expect("a code");
    wang.opens(&page).await.is(404);
    let nowhere = format!("/bookings/{}/partner", booked.id::<booking::Booking>());
    let address = format!("{page}/partner");
    for form in [nowhere.as_str(), address.as_str()] {
        wang.opens(form).await.submits(form, &[("code", "WRONG123"), ("id_no", &other.number)]).await.is(422).sees("确认码或证件号码不正确");
    }
    wang.submits(&address, &[("code", &code), ("id_no", &other.number)]).await.is(200).sees("已确认");
    wang.opens(&page).await.is(200).sees("您已预约成功");
    wang.opens("/bookings").await.sees("已预约");
});

journey!(p9_5_a_program_books_once_for_one_key, |site| {
    let office = office(&site, 5).await;
    let free = slot(&site, &office, 2, 540).await;
    let li = people::citizen(&site.platform, 2).await;
    let issued = tokens::issue_personal(&site.platform.as_actor(li.actor()), tokens::NewPersonal::new("小程序", 30)).await.expect("issued");
    let bearer = format!("Bearer {}", issued.secret);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "journey-1")];
    let other = world::details("王测试");
    let body = serde_json::json!({
        "slot": free, "item": IMPL_CODE, "booker": { "phone": "13800138000" }, "partner": { "name": "王测试", "id_no": other.id_no },
    })
    .to_string();
    let mut program = site.visitor();
    let mut ids = Vec::new();
    for _ in 0..2 {
        program.sends(bare(Method::POST, "/api/v1/bookings", &headers, &body), "/api/v1/bookings").await.is(200);
        let answer: serde_json::Value = serde_json::from_slice(program.bytes()).expect("JSON");
        ids.push(answer["id"].clone());
    }
    assert_eq!(ids[0], ids[1]);
    let slots = format!("/api/v1/offices/{OFFICE}/slots?item={IMPL_CODE}&from=2026-07-02&to=2026-07-02");
    program.sends(bare(Method::GET, &slots, &[], ""), &slots).await.is(200);
    let answer: serde_json::Value = serde_json::from_slice(program.bytes()).expect("JSON");
    assert_eq!(answer["slots"][0]["left"], 4);
    let without_key = [headers[0], headers[1]];
    program.sends(bare(Method::POST, "/api/v1/bookings", &without_key, &body), "/api/v1/bookings").await.is(422);
});
