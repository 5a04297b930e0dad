//! What a person is told: read in one place, sent as he wishes.

use kernel::Text;
use notices::{Notice, To, Topic};
use platform::Role;

use crate::{
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
    li_browser.opens("/notices").await.sees("没有未读的通知");
    let sent = site.platform.post.messages();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].text.contains("城东区婚姻登记处") && !sent[0].text.contains("离婚"), "{}", sent[0].text);

    // Somebody else's is not there, for whoever asks.
    let (_, mut wang) = site.citizen(2).await;
    wang.opens(&path).await.is(404);
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
