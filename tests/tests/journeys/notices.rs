//! What a person is told: read in one place, sent as he wishes.

use kernel::Text;
use notices::{Notice, To, Topic};
use platform::Role;
use serde_json::{Value, json};

use crate::{
    api_program::Program,
    journey,
    kit::{Site, at},
};

async fn tell(site: &Site, to: To, topic: Topic, key: &str, title: &str) {
    let ctx = site.platform.system();
    let notice = Notice::new(to, topic, key, Text::same(title.to_owned()), Text::new("请于8月1日到场。\n带身份证。", "Come on 1 August."));
    let notice = notice.discreet(Text::new("城东区婚姻登记处", "Chengdong Registry")).link("/bookings");
    site.platform
        .db()
        .write(|tx| {
            let (ctx, notice) = (ctx.clone(), notice.clone());
            async move { notices::tell(&tx, &ctx, notice).await }
        })
        .await
        .expect("told");
}

journey!(a_notice_is_counted_on_every_page_read_in_full_and_sent_without_what_it_is_about, |site| {
    let (li, mut li_browser) = site.citizen(2).await;
    let me = To::Person(li.person());
    li_browser.opens("/notices").await.is(200).sees("还没有通知").sees("没有未读的通知");
    tell(&site, me, Topic::Decision, "one", "离婚登记申请已受理").await;
    li_browser.opens("/").await.is(200).sees("1条未读通知").sees("离婚登记申请已受理");
    li_browser.opens("/me").await.is(200).sees("1条未读通知");
    li_browser.opens("/notices").await.sees("离婚登记申请已受理").sees("文书和决定");
    let path = li_browser.clicks("离婚登记申请已受理").await.path().to_owned();
    li_browser.is(200).sees("请于8月1日到场。").sees("等待发送");
    site.works().await;
    li_browser.opens(&path).await.sees("已发送").sees("没有登记号码或地址");
    li_browser.opens("/notices").await.sees("1条未读通知");
    li_browser.opens(&path).await.submits(&format!("{path}/read"), &[]).await.is(303).follows().await.sees("没有未读的通知").sees("已标为已读");
    li_browser.opens(&path).await.is(200).sees_no("知道了");
    let sent = site.platform.post.messages();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].text.contains("城东区婚姻登记处") && !sent[0].text.contains("离婚"), "{}", sent[0].text);

    // Somebody else's is not there, for whoever asks.
    let (_, mut wang) = site.citizen(2).await;
    wang.opens(&path).await.is(404);
    let token = wang.opens("/notices").await.value("#language-switch", "csrf");
    let form = "application/x-www-form-urlencoded";
    wang.posts(&format!("{path}/read"), form, format!("csrf={token}").into_bytes()).await.is(404);
    site.visitor().opens(&path).await.is(303);
    site.staff("990102", &[Role::Clerk]).await.opens(&path).await.is(403);
    li_browser.opens("/notices/nonsense").await.is(404);
    li_browser.opens("/notices?before=nonsense&topic=nonsense&unread=%00").await.is(200).sees("离婚登记申请已受理");
});

journey!(many_notices_come_in_pages_by_topic_and_are_read_at_once, |site| {
    let (li, mut browser) = site.citizen(2).await;
    for n in 0..25 {
        site.set_now(site.platform.now().plus_secs(1));
        tell(&site, To::Person(li.person()), if n % 2 == 0 { Topic::Booking } else { Topic::Decision }, &format!("n{n}"), &format!("第{n}条")).await;
    }
    browser.opens("/notices").await.is(200).sees("25条未读通知").sees("第24条").sees_no("第4条").sees("下一页");
    browser.clicks("下一页").await.is(200).sees("第4条").sees("第0条").sees("回到最新").sees_no("下一页");
    browser.opens("/notices?topic=booking").await.sees("第24条").sees_no("第23条");
    browser.opens("/notices").await.submits("/notices/read", &[]).await.is(303);
    browser.opens("/notices?unread=yes").await.sees("都读过了").sees("已全部标为已读");
});

journey!(wishes_decide_what_goes_out_and_the_night_is_quiet, |site| {
    let (li, mut browser) = site.citizen(2).await;
    browser.opens("/me/notices/preferences").await.is(200).sees("不能关闭").sees("文书和决定").sees("21:00");
    let form = "/me/notices/preferences";
    browser.submits(form, &[("booking", ""), ("lang", "en")]).await.is(303);
    browser.opens(form).await.is(200).sees("Always sent");
    let me = To::Person(li.person());
    tell(&site, me.clone(), Topic::Booking, "unwanted", "one").await;
    site.set_now(at(2026, 7, 1, 22, 0));
    tell(&site, me, Topic::Decision, "late", "two").await;
    site.works().await;
    assert!(site.platform.post.messages().is_empty());
    site.set_now(at(2026, 7, 2, 8, 0));
    site.works().await;
    let sent = site.platform.post.messages();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].text.contains("Chengdong Registry has a notice for you"), "{}", sent[0].text);
});

journey!(staff_find_what_concerns_their_work, |site| {
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    let mut browser = site.at_desk(clerk.id).await;
    tell(&site, To::Staff(clerk.id), Topic::Work, "card", "收到一张黄牌").await;
    browser.opens("/desk/notices").await.is(200).sees("收到一张黄牌").sees("工作提醒");
    browser.clicks("收到一张黄牌").await.is(200).sees("请于8月1日到场。").sees_no("送达情况");
    site.works().await;
    assert!(site.platform.post.messages().is_empty());
    let (_, mut li) = site.citizen(2).await;
    li.opens("/desk/notices").await.is(403);
    browser.opens("/notices").await.is(403);
});

journey!(the_list_asks_as_often_for_thirty_notices_as_for_one, |site| {
    let (li, mut browser) = site.citizen(2).await;
    let mut counted = Vec::new();
    for n in 0..30 {
        site.set_now(site.platform.now().plus_secs(61));
        tell(&site, To::Person(li.person()), Topic::Decision, &format!("n{n}"), &format!("第{n}条")).await;
        if n == 0 || n == 29 {
            browser.opens("/notices").await.is(200);
            let before = site.platform.db().statements();
            browser.opens("/notices").await.is(200).sees(&format!("第{n}条"));
            counted.push(site.platform.db().statements() - before);
        }
    }
    assert_eq!(counted[0], counted[1], "the number of questions grows with the rows");
});

journey!(a_program_reads_marks_and_chooses_for_the_person_it_acts_for, |site| {
    let (li, _) = site.citizen(2).await;
    tell(&site, To::Person(li.person()), Topic::Decision, "one", "申请已受理").await;
    site.set_now(site.platform.now().plus_secs(1));
    tell(&site, To::Person(li.person()), Topic::Booking, "two", "预约提醒").await;
    let mut program = Program::of(&site, li.actor()).await;
    program.reads("/api/v1/notices").await.is(200);
    assert_eq!((program.answer["unread"].as_i64(), program.text("/notices/1/title/zh")), (Some(2), "申请已受理".to_owned()));
    program.reads("/api/v1/notices?topic=booking").await.is(200);
    assert_eq!(program.answer["notices"].as_array().map(Vec::len), Some(1));
    let path = format!("/api/v1/notices/{}", program.text("/notices/0/id"));
    program.reads(&path).await.is(200);
    assert_eq!((program.text("/notice/link"), program.text("/deliveries/0/state")), ("/bookings".to_owned(), "waiting".to_owned()));
    program.reads("/api/v1/notices?unread=true").await.is(200);
    assert_eq!(program.answer["unread"], 2, "looking marks nothing");
    program.calls("POST", &format!("{path}/read"), Value::Null).await.is(200);
    assert_eq!(program.answer["unread"], 1);
    let (wang, _) = site.citizen(2).await;
    let mut other = Program::of(&site, wang.actor()).await;
    other.reads(&path).await.is(404);
    other.calls("POST", &format!("{path}/read"), Value::Null).await.is(404);
    program.calls("POST", "/api/v1/notices/read", Value::Null).await.is(200);
    assert_eq!(program.answer["unread"], 0);
    let choose = |topic: &str| json!({ "topics": [{ "topic": topic, "sms": false, "mail": false }], "quiet": false });
    program.calls("PUT", "/api/v1/notices/preferences", choose("decision")).await.refuses(422, "E-N02");
    program.calls("PUT", "/api/v1/notices/preferences", choose("booking")).await.is(200);
    assert_eq!(program.answer["quiet"], false);
    program.reads("/api/v1/notices/preferences").await.is(200);
    assert_eq!(program.text("/topics/0/topic"), "booking");
    assert_eq!(program.answer["topics"][0]["sms"], false);
    program.reads("/api/v1/notices?topic=nonsense").await.is(404);
});
