//! The day everybody comes: an announced release, by arrival and by draw, through the pages.

use booking::release::{draw, read};
use booking::testing::{self as world, IMPL_CODE, NewOffice};
use identity::testing as people;
use platform::Role;

use crate::{
    journey,
    kit::{Site, Visitor, at, bare},
};

/// An office whose Monday 20 July has two slots of one place each, and its release announced through the pages.
async fn announced(site: &Site, mode: &str) -> String {
    world::office(&site.platform, world::profile(), NewOffice { places: 1, hours: "09:00-10:00", ..NewOffice::default() }).await;
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let typed = [
        ("impl_code", IMPL_CODE),
        ("offices", "990101-01"),
        ("day", "2026-07-20"),
        ("mode", mode),
        ("join_at", "2026-07-01 10:00"),
        ("join_until", "2026-07-01 10:30"),
        ("turns_at", "2026-07-01 10:30"),
        ("ends_at", "2026-07-02 10:30"),
    ];
    admin.opens("/admin/releases").await.is(200).opens("/admin/releases/new").await.submits("/admin/releases/new", &[("day", "never")]).await.is(422);
    admin.submits("/admin/releases/new", &typed).await.is(422).sees("抽签须事先写明");
    let sourced = [("source_zh", "福彩3D第2026175期"), ("source_en", "Lottery 3D, issue 2026175")];
    admin.submits("/admin/releases/new", &sourced).await.is(303).follows().await.is(200);
    admin.path().replace("/admin", "")
}

async fn joins(visitor: &mut Visitor, page: &str, partner: &str) {
    let join = format!("{page}/join");
    visitor.opens(page).await.is(200).sees("登记排队").submits(&join, &[("b_id_no", partner)]).await.is(303).follows().await.sees("您已登记排队");
}

journey!(p9_1_and_r_mr_44_a_couple_waits_in_line_has_its_turn_and_books, |site| {
    let page = announced(&site, "DRAW").await;
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let cancel = format!("/admin{page}/cancel");
    admin.opens(&cancel).await.submits(&cancel, &[]).await.is(303);
    let page = announced_again(&site, &mut admin).await;
    let mut stranger = site.visitor();
    stranger.opens(&format!("/book/{IMPL_CODE}?office=990101-01&day=2026-07-20")).await.is(200).sees("按排队或抽签发放");
    stranger.opens("/releases").await.is(200).sees("按登记先后排队").opens(&page).await.is(200).sees("登录后排队");
    let (him, her) = people::couple(&site.platform, 2).await;
    let (mut he, mut she) = (site.signed_in(&him).await, site.signed_in(&her).await);
    joins(&mut he, &page, &her.number).await;
    site.set_now(at(2026, 7, 1, 10, 1));
    joins(&mut she, &page, &him.number).await;
    let late = people::couple(&site.platform, 2).await;
    let mut other = site.signed_in(&late.0).await;
    let join = format!("{page}/join");
    other.opens(&page).await.submits(&join, &[("b_id_no", "990101199001010013")]).await.is(422).sees("身份证号码校验位不正确");
    joins(&mut other, &page, &late.1.number).await;
    site.set_now(at(2026, 7, 1, 10, 2));
    site.runs("booking.release").await;
    for visitor in [&mut he, &mut she] {
        visitor.opens(&page).await.sees("您的名次：第 1");
    }
    // the program stops and starts again on the same database: another device sees the same place
    site.set_now(at(2026, 7, 1, 10, 30));
    let again = Site::with(platform::testing::platform(site.platform.db().clone()), Vec::new()).await;
    again.set_now(at(2026, 7, 1, 10, 29));
    again.signed_in(&late.0).await.opens(&page).await.sees("您的名次：第 2");
    site.runs("booking.release").await;
    site.works().await;
    let choose = format!("{page}/choose");
    she.opens(&page).await.sees("轮到您选号了").opens(&choose).await.sees("09:00–09:30").sees("余 1");
    let slot = world::slot(&site.platform.system(), &booking::ops::read::office(&site.platform.system(), "990101-01").await.expect("there"), kernel::Day::ymd(2026, 7, 20), 540).await;
    let slot = slot.id.to_string();
    she.submits(&choose, &[("slot", &slot)]).await.is(303).follows().await.sees("填写双方信息");
    other.opens(&choose).await.submits(&choose, &[("slot", &slot)]).await.is(422).sees("该时段号源已满");
    let form = she.path().to_owned();
    let typed = [("a_phone", "138 0013 8000"), ("b_name", him.name.as_str()), ("b_id_no", late.1.number.as_str()), ("step", "check")];
    she.submits(&form, &typed).await.is(422).sees("请填写排队时登记的另一方");
    she.submits(&form, &[("b_id_no", him.number.as_str()), ("step", "check")]).await.is(200).sees("请核对");
    let confirm = form.replace("/details", "/confirm");
    she.submits(&confirm, &[]).await.is(303).follows().await.sees("您已预约成功");
    he.opens(&page).await.sees("您已选号");
});

/// The same day once more, by arrival, as the form is kept filled in from before.
async fn announced_again(site: &Site, admin: &mut Visitor) -> String {
    let typed = [
        ("impl_code", IMPL_CODE),
        ("offices", "990101-01"),
        ("day", "2026-07-20"),
        ("join_at", "2026-07-01 10:00"),
        ("join_until", "2026-07-01 12:00"),
        ("turns_at", "2026-07-01 10:30"),
        ("ends_at", "2026-07-02 10:30"),
    ];
    site.set_now(at(2026, 7, 1, 10, 0));
    admin.opens("/admin/releases/new").await.submits("/admin/releases/new", &typed).await.is(303).follows().await.sees("排队");
    admin.path().replace("/admin", "")
}

journey!(p9_5_a_draw_is_published_and_anybody_finds_the_same_order, |site| {
    let page = announced(&site, "DRAW").await;
    let id = page.trim_start_matches("/releases/").parse().expect("an id");
    let mut stranger = site.visitor();
    let public = format!("{page}/draw");
    stranger.opens(&public).await.is(200).sees("福彩3D第2026175期").sees("尚未公布");
    let mut halves = Vec::new();
    for _ in 0..3 {
        let (him, her) = people::couple(&site.platform, 2).await;
        let mut he = site.signed_in(&him).await;
        joins(&mut he, &page, &her.number).await;
        he.sees("等待抽签");
        halves.push((him, he));
    }
    let list = format!("{page}/entrants.txt");
    stranger.opens(&list).await.is(404);
    site.set_now(at(2026, 7, 1, 10, 31));
    site.runs("booking.release").await;
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let (administered, value) = (format!("/admin{page}"), format!("/admin{page}/value"));
    admin.opens(&administered).await.sees("填写公开值").submits(&value, &[("value", "312")]).await.is(303);
    site.runs("booking.release").await;
    stranger.opens(&list).await.is(200);
    let receipts: Vec<String> = String::from_utf8_lossy(stranger.bytes()).lines().map(str::to_owned).collect();
    let release = read::release(&site.platform.system(), id).await.expect("there");
    let facts = release.draw.expect("a draw");
    let ((_, root), (_, seed)) = (facts.closed.expect("closed"), facts.drawn.expect("drawn"));
    let order = draw::verify(&facts.commitment, &seed, "312", &root, &receipts).expect("an honest draw");
    for (him, he) in &mut halves {
        *he = site.signed_in(him).await;
        let entry = read::mine(&site.platform.as_actor(him.actor()), id).await.expect("readable").expect("an entry");
        let place = usize::try_from(entry.place.expect("drawn")).expect("from 1");
        assert_eq!(receipts[order[place - 1]], entry.id.to_string());
        stranger.opens(&format!("{public}?receipt={}", entry.id)).await.is(200).sees("在名单中，序号");
        let path = format!("/api/v1/releases/{id}/proof?receipt={}", entry.id);
        stranger.sends(bare(axum::http::Method::GET, &path, &[], ""), &path).await.is(200);
        he.opens(&page).await.sees(if place <= 2 { "轮到您选号了" } else { "您的名次：第 3" });
    }
    stranger.opens(&format!("{public}?receipt=nobody")).await.is(200).sees("不在名单中");
});
