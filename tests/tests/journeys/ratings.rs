//! Ratings through the pages: from the message after a matter to the published month.

use interaction::testing::{finished, subject};
use platform::Role;

use crate::{
    couple::Counter,
    journey,
    kit::{Site, Visitor, at},
};

/// A matter finished at the counter of 990102 for a citizen: his browser, and the address of the rating page.
pub(crate) async fn a_matter_is_finished(site: &Site) -> (Visitor, String) {
    let (citizen, visitor) = site.citizen(2).await;
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    let token = finished(&site.platform, subject(&clerk, &citizen, "9901022026070110000016", site.platform.now())).await;
    (visitor, format!("/rate/{token}"))
}

journey!(p3_1_and_p3_3_a_citizen_rates_from_my_matters_and_changes_his_mind_once, |site| {
    let (mut li, page) = a_matter_is_finished(&site).await;
    li.opens("/me/ratings").await.is(200).sees("未评价").clicks("内地居民结婚登记").await.is(200).sees("测试登记处");
    li.submits(&page, &[("level", "5"), ("words", "<b>差</b>")]).await.is(422).sees("请选择不满意原因");
    assert_eq!(li.value(&page, "words"), "<b>差</b>");
    li.submits(&page, &[("level", "2"), ("tags", "speed")]).await.is(303).follows().await.sees("谢谢您的评价").sees("您已评价").sees("2026年7月8日");
    li.submits(&format!("{page}/change"), &[("level", "1")]).await.is(303).follows().await.sees("非常满意").sees_no("前可以修改一次");
    li.opens("/me/ratings").await.sees("非常满意");
});

journey!(p3_2_another_person_and_staff_do_not_rate, |site| {
    let (_, page) = a_matter_is_finished(&site).await;
    let (_, mut other) = site.citizen(2).await;
    other.opens(&page).await.is(403).sees("仅办事人可以评价");
    site.staff("990102", &[Role::RatingHandler]).await.opens(&page).await.is(403);
    site.visitor().opens("/rate/aaaaaaaaaaaaaaaaaaaaaaaaaa").await.is(404);
});

journey!(p3_4_and_p3_5_a_bad_rating_is_followed_up_on_the_desk, |site| {
    let (mut li, page) = a_matter_is_finished(&site).await;
    li.opens(&page).await.submits(&page, &[("level", "5"), ("tags", "attitude"), ("words", "态度差")]).await.is(303);
    let mut handler = site.staff("990102", &[Role::RatingHandler]).await;
    handler.opens("/desk/ratings/export?format=csv").await.is(200).sees("9901022026070110000016").sees("非常不满意");
    site.staff("990126", &[Role::RatingHandler]).await.opens("/desk/ratings/export").await.is(200).sees_no("9901022026070110000016");
    site.staff("990102", &[Role::Clerk]).await.opens("/desk/ratings/export").await.is(403);
    handler.opens("/desk/ratings").await.is(200).sees("待核实").clicks("9901022026070110000016").await.is(200).sees("2026年7月2日").sees_no("评价人");
    let desk = handler.path().to_owned();
    handler.submits(&desk, &[("act", "take")]).await.is(303).follows().await.sees("评价人");
    handler.submits(&desk, &[("act", "contact")]).await.is(422).sees("请写明核实或处理情况");
    for (act, state) in [("contact", "已联系"), ("simple", "整改中"), ("fix", "已反馈"), ("call-back", "办结")] {
        handler.submits(&desk, &[("act", act), ("text", "已电话核实")]).await.is(303).follows().await.sees(state);
    }
    site.staff("990126", &[Role::RatingHandler]).await.opens(&desk).await.is(404);
});

journey!(p3_7_what_was_taken_out_is_seen_by_supervision, |site| {
    let (mut li, page) = a_matter_is_finished(&site).await;
    li.opens(&page).await.submits(&page, &[("level", "5"), ("tags", "attitude")]).await.is(303);
    let mut handler = site.staff("990102", &[Role::RatingHandler]).await;
    handler.opens("/desk/ratings").await.clicks("9901022026070110000016").await.is(200);
    let desk = handler.path().to_owned();
    handler.submits(&desk, &[("act", "take")]).await.is(303).follows().await.submits(&desk, &[("act", "contact"), ("text", "误点")]).await.is(303);
    let mut head = site.staff("990102", &[Role::Head]).await;
    head.opens(&desk).await.submits(&desk, &[("act", "appeal"), ("text", "评价人确认误评")]).await.is(303);
    let mut supervisor = site.staff("990100", &[Role::Supervisor]).await;
    supervisor.opens(&desk).await.submits(&desk, &[("act", "remove"), ("text", "属误评")]).await.is(422).sees("请先勾选确认");
    supervisor.submits(&desk, &[("act", "remove"), ("text", "属误评"), ("sure", "yes")]).await.is(303).follows().await.sees("已剔除");
    supervisor.opens("/desk/ratings?show=removed").await.sees("9901022026070110000016");
    handler.opens(&desk).await.is(404);
});

journey!(p3_11_a_late_contact_brings_a_card_to_the_head, |site| {
    site.set_now(at(2026, 5, 8, 16, 0));
    let (mut li, page) = a_matter_is_finished(&site).await;
    li.opens(&page).await.submits(&page, &[("level", "4"), ("tags", "speed")]).await.is(303);
    site.set_now(at(2026, 5, 11, 8, 0));
    let head = identity::testing::staff(&site.platform, "990102", &[Role::Head]).await;
    site.runs("supervision.adopt").await;
    site.works().await;
    let mut head = site.at_desk(head.id).await;
    head.opens("/supervision/cards").await.is(200).sees("黄牌").sees("差评逾期").sees("9901022026070110000016");
});

journey!(p3_12_whoever_married_is_invited_and_the_message_names_no_matter, |site| {
    let mut counter = Counter::opens(&site, "990101").await;
    let m = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "138 0000 0001"), ("a_marital", "10")];
    let f = [("b_name", "李样例"), ("b_id_no", "990101200603110020"), ("b_phone", "138 0000 0002"), ("b_marital", "10")];
    counter.registrar.opens("/desk").await.submits("/desk/walk-in", &[]).await.follows().await.is(200);
    let case = counter.registrar.path().to_owned();
    counter.enters(&case, &m, &f).await;
    counter.examines(&case).await;
    crate::couple::acts(&mut counter.registrar, &case, "register", &[("confirmation", "张测试 李样例")]).await;
    site.works().await;
    let invitation = site.platform.post.messages().into_iter().find(|message| message.text.contains("/rate/")).expect("an invitation");
    assert!(!invitation.text.contains("婚") || invitation.text.contains("婚姻登记处"), "{}", invitation.text);
    assert!(!invitation.text.contains("张测试"));
    let page = invitation.text[invitation.text.find("/rate/").expect("found above")..].to_owned();
    let mut visitor = site.visitor();
    visitor.opens(&page).await.is(200).submits(&page, &[("level", "1")]).await.is(303).follows().await.sees("您已评价");
});
