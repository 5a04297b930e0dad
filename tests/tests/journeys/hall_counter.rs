//! The hall for those who work in it: windows, calling, closing, setting up.

use ::hall::ops::read::status;
use ::hall::testing as hall_world;
use booking::ops::read;
use platform::Role;

use crate::{
    hall::{OFFICE, books, hall, walks_in},
    journey,
    kit::{Site, Visitor, at},
};

/// A clerk who has opened a window.
async fn sits(site: &Site, hall: &hall_world::World, n: usize) -> Visitor {
    let mut clerk = site.staff("990101", &[Role::Clerk]).await;
    let open = format!("/desk/hall/windows/{}/open", hall.windows[n]);
    clerk.opens("/desk/hall").await.is(200).submits(&open, &[]).await.is(303).follows().await.sees("叫下一位");
    clerk
}

/// Presses a button of the ticket at the clerk's window and comes back to the desk.
async fn presses(site: &Site, clerk: &mut Visitor, ticket: &str, verb: &str) {
    let form = format!("/desk/hall/tickets/{}/{verb}", id(site, ticket).await);
    clerk.opens("/desk/hall").await.submits(&form, &[]).await.is(303).follows().await.is(200);
}

/// The id of the ticket of a page on the phone.
async fn id(site: &Site, phone: &str) -> String {
    let token = phone.trim_start_matches("/t/");
    status(&site.platform.system(), token).await.expect("a ticket").ticket.id.to_string()
}

async fn calls(clerk: &mut Visitor, hall: &hall_world::World, n: usize) {
    let next = format!("/desk/hall/windows/{}/next", hall.windows[n]);
    clerk.opens("/desk/hall").await.submits(&next, &[]).await.is(303).follows().await.is(200);
}

journey!(p9_10_the_old_man_is_called_before_three_booked, |site| {
    // P9.4 scenario 8
    let hall = hall(&site, 1).await;
    let mut citizens = Vec::new();
    for _ in 0..3 {
        let (citizen, _) = site.citizen(2).await;
        books(&site, &hall, &citizen, 9 * 60).await;
        citizens.push(citizen);
    }
    site.set_now(at(2026, 7, 2, 9, 0));
    let mut clerk = sits(&site, &hall, 0).await;
    for citizen in &citizens {
        clerk.opens("/desk/hall/take").await.submits("#booked", &[("number", &citizen.number)]).await.is(303).follows().await.is(200);
    }
    let typed = [("group", hall.group.to_string()), ("ground", "elderly".to_owned()), ("name", "王老人".to_owned())];
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    clerk.opens("/desk/hall/take").await.submits("#walk-in", &typed).await.is(303).follows().await.sees("A004").sees("优先");
    calls(&mut clerk, &hall, 0).await;
    clerk.sees("A004 王*人 正在叫号");
    let phone = clerk.text();
    assert!(!phone.contains("王老人"), "the desk's list shows masked names");
});

journey!(p9_11_called_three_times_passed_queued_again_on_the_phone_and_void, |site| {
    // P9.4 scenario 9
    let hall = hall(&site, 1).await;
    site.set_now(at(2026, 7, 2, 9, 0));
    let first = walks_in(&site, &hall, "").await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(walks_in(&site, &hall, "").await);
    }
    let mut clerk = sits(&site, &hall, 0).await;
    calls(&mut clerk, &hall, 0).await;
    let again = format!("/desk/hall/tickets/{}/again", id(&site, &first).await);
    let pass = again.replace("/again", "/pass");
    clerk.submits(&again, &[]).await.is(422).sees("两次叫号须间隔20秒");
    let base = at(2026, 7, 2, 9, 0);
    let miss = async |clerk: &mut Visitor, from: i64| {
        for seconds in [20, 40] {
            site.set_now(base.plus_secs(from + seconds));
            clerk.opens("/desk/hall").await.submits(&again, &[]).await.is(303);
        }
        site.set_now(base.plus_secs(from + 60));
        clerk.opens("/desk/hall").await.sees("已呼叫 3 次").submits(&pass, &[]).await.is(303).follows().await.is(200);
    };
    miss(&mut clerk, 0).await;
    clerk.sees("已过号，可重新排队一次");
    let mut holder = site.visitor();
    holder.opens(&first).await.sees("号码已过号，可在A004号后重新排队");
    holder.submits(&format!("{first}/requeue"), &[]).await.is(303).follows().await.sees("前面还有 3 人");
    for other in &others {
        calls(&mut clerk, &hall, 0).await;
        presses(&site, &mut clerk, other, "start").await;
        presses(&site, &mut clerk, other, "done").await;
    }
    let called = site.platform.now();
    calls(&mut clerk, &hall, 0).await;
    clerk.sees("A001");
    miss(&mut clerk, base.secs_until(called)).await;
    clerk.sees("号码已作废");
    holder.opens(&first).await.sees("此号已作废");
});

journey!(p9_12_skipping_a_number_takes_a_reason, |site| {
    // P9.4 scenario 10
    let hall = hall(&site, 1).await;
    site.set_now(at(2026, 7, 2, 9, 0));
    walks_in(&site, &hall, "").await;
    let second = walks_in(&site, &hall, "").await;
    let mut clerk = sits(&site, &hall, 0).await;
    let page = format!("/desk/hall/tickets/{}", id(&site, &second).await);
    clerk.opens(&page).await.submits("#call", &[("ground", "fault")]).await.is(422).sees("须填写跳号原因");
    clerk.submits("#call", &[("ground", "fault"), ("reason", "<b>打印机卡纸</b>")]).await.is(303).follows().await.sees("A002 正在叫号");
    clerk.opens("/desk/hall").await.submits("#find", &[("number", "a 002")]).await.is(303).follows().await.sees("正在叫号");
    clerk.opens("/desk/hall").await.submits("#find", &[("number", "A999")]).await.is(422).sees("今天没有这个号码");
    let third = walks_in(&site, &hall, "").await;
    let page = format!("/desk/hall/tickets/{}", id(&site, &third).await);
    clerk.opens(&page).await.submits("#class", &[("class", "infant"), ("seen", "")]).await.is(422).sees("须填写跳号原因");
    clerk.submits("#class", &[("class", "infant"), ("seen", "抱着孩子")]).await.is(303).follows().await.sees("抱婴者");
});

journey!(p9_15_closing_the_office_lets_everybody_in_the_hall_choose_another_time, |site| {
    // P9.4 scenario 12, on the day itself
    let hall = hall(&site, 1).await;
    let (citizen, mut li) = site.citizen(2).await;
    let booking = books(&site, &hall, &citizen, 9 * 60).await;
    site.set_now(at(2026, 7, 2, 9, 0));
    let mut clerk = sits(&site, &hall, 0).await;
    clerk.opens("/desk/hall/take").await.submits("#booked", &[("number", &citizen.number)]).await.is(303);
    let other = walks_in(&site, &hall, "").await;
    site.set_now(at(2026, 7, 2, 9, 40));
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let close = format!("/admin/offices/{OFFICE}/close");
    admin.opens(&format!("/admin/offices/{OFFICE}")).await.submits(&close, &[("day", "2026-07-02"), ("reason_zh", "台风")]).await.is(200);
    admin.submits(&close, &[]).await.is(303);
    site.runs("booking.no_shows").await;
    let mut li2 = site.signed_in(&citizen).await;
    li2.opens(&format!("/bookings/{booking}")).await.sees("已为您保留新的时间，不计爽约");
    li2.submits(&format!("/bookings/{booking}/move"), &[]).await.is(303).follows().await.sees("您已预约成功");
    li.opens(&other).await.sees("此号已作废");
    let card = read::booking(&site.platform.system(), booking).await.expect("there");
    assert_eq!(card.state, booking::State::Booked);
});

journey!(p9_16_a_clerk_does_everything_for_somebody_without_account_or_phone, |site| {
    let hall = hall(&site, 2).await;
    site.set_now(at(2026, 7, 2, 9, 0));
    let mut clerk = sits(&site, &hall, 0).await;
    let group = hall.group.to_string();
    clerk.opens("/desk/hall/take").await.submits("#walk-in", &[("name", "王老人")]).await.is(422).sees("请选择要办理的事项");
    assert_eq!(clerk.value("#walk-in", "name"), "王老人", "what was typed stays");
    clerk.submits("#walk-in", &[("group", &group), ("name", "王老人")]).await.is(303).follows().await.sees("A001").sees("没有手机也不要紧");
    let ticket = clerk.path().trim_start_matches("/desk/hall/tickets/").trim_end_matches("/paper").to_owned();
    calls(&mut clerk, &hall, 0).await;
    let act = |verb: &str| format!("/desk/hall/tickets/{ticket}/{verb}");
    clerk.submits(&act("start"), &[]).await.is(303);
    site.set_now(at(2026, 7, 2, 9, 10));
    let mut other = sits(&site, &hall, 1).await;
    clerk.opens("/desk/hall").await.submits(&act("hand-over"), &[("window", &hall.windows[1].to_string())]).await.is(303);
    calls(&mut other, &hall, 1).await;
    other.sees("A001").submits(&act("start"), &[]).await.is(303);
    site.set_now(at(2026, 7, 2, 9, 15));
    other.opens("/desk/hall").await.submits(&act("done"), &[]).await.is(303).follows().await.sees("已办结");
    other.opens("/desk/hall/figures").await.is(200).sees("平均办理").sees("15 分钟");
    assert!(other.html().contains("class=\"bars\""));
});

journey!(p9_an_administrator_sets_up_a_hall_and_nobody_else_may, |site| {
    let office = booking::testing::office(&site.platform, booking::testing::single(), booking::testing::NewOffice::default()).await;
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let page = format!("/admin/halls/{OFFICE}");
    let part = |name: &str| format!("{page}/{name}");
    admin.opens(&page).await.submits(&part("open"), &[]).await.is(303).follows().await.sees("取号机地址").sees("/kiosk/");
    let group = [("letter", "ab"), ("name_zh", "登记"), ("name_en", ""), ("minutes", "12"), ("kinds", office.kinds[0].as_str())];
    admin.submits(&part("groups"), &group).await.is(422).sees("请填写一个大写字母").sees("请填写英文名称");
    admin.submits(&part("groups"), &[("letter", "b"), ("name_zh", "登记"), ("name_en", "Registration"), ("minutes", "12"), ("kinds", &office.kinds[0])]).await.is(303);
    let (_, board) = ::hall::ops::read::public(&site.platform.system(), OFFICE).await.expect("the hall");
    let id = board.groups[0].id.to_string();
    admin.opens(&page).await.sees("B 登记").submits(&part("windows"), &[("no", "3"), ("groups", &id)]).await.is(303).follows().await.sees("3 号窗口");
    admin.submits(&part("numbers"), &[("calls", "0"), ("source", "局长办公会")]).await.is(422).sees("请填写合理的数值");
    admin.submits(&part("numbers"), &[("calls", "2"), ("source", "局长办公会")]).await.is(303).follows().await.sees("依据：局长办公会");
    let mut abroad = site.staff("980102", &[Role::SystemAdmin, Role::Clerk, Role::Supervisor]).await;
    abroad.opens(&page).await.is(403);
    abroad.opens(&format!("/desk/hall?office={OFFICE}")).await.is(200).sees("还没有开通大厅叫号");
    abroad.opens(&format!("/desk/hall/figures?office={OFFICE}")).await.sees("还没有开通大厅叫号");
    let (_, mut citizen) = site.citizen(2).await;
    for path in [page.as_str(), "/desk/hall", "/desk/hall/take", "/desk/hall/figures"] {
        citizen.opens(path).await.is(403);
    }
    let mut clerk = site.staff("990101", &[Role::Clerk]).await;
    clerk.opens(&page).await.is(403);
});
