//! The whole way of a couple through the service: found, read, booked, confirmed, registered, proved.

use booking::ops::plans::{self, PlanInput};
use booking::testing::slot;
use identity::testing::{Citizen, couple};
use marriage::KIND_DOMESTIC;

use crate::{
    couple::{Counter, acts},
    journey,
    kit::{Site, Visitor, at},
};

pub(crate) const COUNTY: &str = "990102";
const HOURS: &str = "09:00-12:00 13:30-17:00";
pub(crate) const CERTIFICATE: &str = "J990102-2026-000001";
const THE_DAY: &str = "2026-07-03";

/// An office that registers marriages, its item in the catalogue and in the index, its slots of so many places on every working day.
pub(crate) async fn an_office_opens(site: &Site, places: u16) -> Counter {
    catalog::testing::item_at(&site.platform, "marriage.registration", vec![format!("{COUNTY}-01")]).await.expect("the item");
    let counter = Counter::opens(site, COUNTY).await;
    let plan = PlanInput {
        item_kind: KIND_DOMESTIC.into(),
        weekdays: vec![1, 2, 3, 4, 5],
        on_special: true,
        hours: HOURS.into(),
        minutes: "30".into(),
        places: places.to_string(),
        online_percent: "100".into(),
        ..PlanInput::default()
    };
    plans::add(&site.platform.system(), &counter.office.code, &plan).await.expect("a sound plan");
    site.indexes().await;
    counter
}

/// From the search box to the times of the office.
pub(crate) async fn finds_the_times(li: &mut Visitor, office: &str) {
    li.opens("/search?q=结婚登记").await.is(200).clicks("内地居民结婚登记").await.is(200).sees("怎么办").sees(office);
    li.clicks("预约").await.is(200).clicks(office).await.is(200).sees("余 2");
}

/// She books for both; gives the page of the booking.
pub(crate) async fn she_books(site: &Site, counter: &Counter, li: &mut Visitor, (him, her): (&Citizen, &Citizen)) -> String {
    let free = slot(&site.platform.system(), &counter.office, THE_DAY.parse().expect("a day"), 9 * 60).await.id.to_string();
    li.submits("#slots", &[("slot", &free)]).await.is(303).follows().await.sees("填写双方信息");
    let form = li.path().to_owned();
    let typed = [("a_phone", &*her.phone), ("b_name", &him.name), ("b_id_no", &him.number), ("b_phone", &him.phone), ("step", "check")];
    li.submits(&form, &typed).await.is(200).sees("请核对").sees(&him.name);
    li.submits(&form.replace("/details", "/confirm"), &[]).await.is(303).follows().await.sees("您已预约成功").sees("2026年7月3日");
    let page = li.path().to_owned();
    li.clicks("加入日历").await.is(200);
    assert!(li.html().contains("DTSTART;TZID=Asia/Shanghai:20260703T090000\r\n"), "{}", li.html());
    page
}

/// What was sent to a phone, all of it.
pub(crate) fn messages(site: &Site, phone: &str) -> String {
    site.platform.post.messages().into_iter().filter(|message| message.to == phone).map(|message| message.text).collect()
}

/// What stands between two words.
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let inside = text.split_once(before).and_then(|(_, rest)| rest.split_once(after));
    inside.unwrap_or_else(|| panic!("not between {before} and {after}: {text}")).0
}

/// He reads his message, opens the address in it and enters the code.
pub(crate) async fn he_confirms(site: &Site, him: &Citizen, wang: &mut Visitor) {
    let message = messages(site, &him.phone);
    let (code, address) = (between(&message, "请用确认码", "确认："), between(&message, "确认：", "；"));
    let form = address.trim_start_matches(&site.platform.settings().public_origin).to_owned();
    wang.opens(&form).await.is(200).submits(&form, &[("code", code), ("id_no", &him.number)]).await.is(200).sees("已确认");
    wang.opens("/bookings").await.sees("已预约");
}

/// The registrar opens the case from the appointments of the day.
pub(crate) async fn the_case_is_opened(counter: &mut Counter, booking: &str) -> String {
    let id = booking.trim_start_matches("/bookings/");
    let registrar = &mut counter.registrar;
    registrar.opens("/desk").await.is(200).sees("09:00–09:30").sees("已预约").submits("/desk/walk-in", &[("booking", id)]).await.is(303);
    let case = registrar.follows().await.is(200).path().to_owned();
    registrar.opens("/desk").await.sees("已到场");
    case
}

pub(crate) async fn they_marry(counter: &mut Counter, case: &str, (him, her): (&Citizen, &Citizen)) {
    let a = [("a_name", &*him.name), ("a_id_no", &him.number), ("a_phone", &him.phone), ("a_marital", "10")];
    let b = [("b_name", &*her.name), ("b_id_no", &her.number), ("b_phone", &her.phone), ("b_marital", "10")];
    counter.enters(case, &a, &b).await;
    counter.examines(case).await;
    let registrar = &mut counter.registrar;
    let form = format!("{case}/register");
    let serials = [("serial_a", "10000001"), ("serial_b", "10000002")];
    registrar.opens(case).await.submits(&form, &[serials[0], serials[1], ("confirmation", &him.name)]).await.is(422);
    let names = format!("{} {}", him.name, her.name);
    acts(registrar, case, "register", &[serials[0], serials[1], ("confirmation", &names)]).await;
    registrar.sees(CERTIFICATE).sees("已登记").sees("10000001").sees("10000002");
    registrar.opens("/desk").await.sees("已完成");
}

/// The secrets that will stand in the QR codes: only the makers of the two files are told them.
async fn secrets(site: &Site) -> Vec<String> {
    let waiting = store::q("SELECT id, payload FROM outbox WHERE kind = $1 ORDER BY id").bind("licence.make");
    let rows: Vec<(Vec<u8>, Vec<u8>)> = waiting.all(site.platform.db()).await.expect("the outbox");
    let opened = rows.iter().map(|(id, sealed)| site.platform.keys().open("outbox", "payload", id, sealed).expect("sealed by us"));
    let payloads = opened.map(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).expect("JSON"));
    payloads.map(|payload| payload["token"].as_str().expect("a token").to_owned()).collect()
}

async fn holds_the_certificate(holder: &mut Visitor) {
    holder.opens("/me/certificates").await.is(200).sees("结婚证").sees(CERTIFICATE).sees("有效");
    holder.clicks("下载证件").await.is(200);
    assert!(holder.bytes().starts_with(b"%PDF-1.7"));
}

async fn a_stranger_asks(site: &Site, holder: &Citizen, secret: &str) {
    let mut stranger = site.visitor();
    let right = [("number", CERTIFICATE), ("holder_no", &*holder.number), ("issued_on", THE_DAY)];
    stranger.opens("/check").await.submits("/check", &right).await.is(200).sees("此刻有效").sees_no(&holder.name);
    let wrong = [("number", "J990102-2026-000002"), right[1], right[2]];
    stranger.opens("/check").await.submits("/check", &wrong).await.is(200).sees("不存在");
    stranger.opens(&format!("/c/{secret}")).await.is(200).sees("此刻有效").sees_no(&holder.name);
    let first = if secret.starts_with('a') { 'b' } else { 'a' };
    stranger.opens(&format!("/c/{first}{}", &secret[1..])).await.is(200).sees("不存在");
}

journey!(r_mr_a_couple_books_marries_and_proves_it, |site| {
    let mut counter = an_office_opens(&site, 2).await;
    let (him, her) = couple(&site.platform, 3).await;
    let mut li = site.signed_in(&her).await;
    finds_the_times(&mut li, &counter.office.name.zh).await;
    let booking = she_books(&site, &counter, &mut li, (&him, &her)).await;
    site.works().await;
    let number = between(&messages(&site, &her.phone), "预约号", "。").to_owned();
    li.opens(&booking).await.sees(&number);
    he_confirms(&site, &him, &mut site.signed_in(&him).await).await;

    site.set_now(at(2026, 7, 2, 17, 0));
    site.runs("booking.remind").await;
    site.works().await;
    for one in [&her, &him] {
        assert!(messages(&site, &one.phone).contains("提醒："), "{} was not reminded", one.name);
    }

    site.set_now(at(2026, 7, 3, 8, 55));
    counter.changes_shift(&site).await;
    let case = the_case_is_opened(&mut counter, &booking).await;
    they_marry(&mut counter, &case, (&him, &her)).await;
    let secrets = secrets(&site).await;
    site.works().await;

    let (mut li, mut wang) = (site.signed_in(&her).await, site.signed_in(&him).await);
    holds_the_certificate(&mut li).await;
    holds_the_certificate(&mut wang).await;
    li.opens(&booking).await.sees("已完成");
    a_stranger_asks(&site, &him, &secrets[0]).await;
    a_stranger_asks(&site, &her, &secrets[1]).await;
    li.opens("/me/certificates").await.sees("凭三项信息核验");
    // With another key for the search hashes everything is found as before.
    a_stranger_asks(&site.rehashed().await, &him, &secrets[0]).await;
});
