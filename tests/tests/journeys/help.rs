//! The help and the self-check: what people look up before they come.

use booking::testing::{NewOffice, office};
use kernel::{Day, Instant};
use marriage::KIND_DOMESTIC;

use crate::journey;

journey!(p1_3_a_question_is_found_read_and_stands_beside_its_step, |site| {
    let items = catalog::testing::all(&site.platform).await.expect("the catalogue");
    site.indexes().await;
    let mut li = site.visitor();
    li.opens("/").await.is(200).clicks("办事问答").await.is(200).sees("内地居民结婚登记").sees("补领婚姻登记证");
    li.clicks("差几天满年龄怎么办？").await.is(200).sees("民法典第一千零四十七条").sees("同一事项的其他问题");
    assert_eq!(li.path(), "/help/000711001001/age");
    li.opens("/search?q=差几天满年龄&kind=guide").await.is(200);
    assert!(li.html().contains("/help/000711001001/age"), "the search leads to the same page");
    for nothing in ["/help/000711001001/nothing", "/help/000000000000/age", "/help/x/y"] {
        li.opens(nothing).await.is(404);
    }
    li.opens("/api/v1/help/000711001001/age").await.is(200);
    assert!(li.html().contains("Article 1047") && li.html().contains("\"party\""));
    li.opens("/sitemap.xml").await.is(200);
    assert!(li.html().contains("/sitemap/pages.xml"));
    li.opens("/sitemap/pages.xml").await.is(200);
    assert!(li.html().contains("/help/000711001003/twice"));
    let item = items.iter().find(|item| item.basic_code == "000711001001").expect("the item");
    let profile = booking::ops::read::profile_of_kind(&site.platform.system(), KIND_DOMESTIC).await.expect("declared");
    office(&site.platform, profile, NewOffice { kind: KIND_DOMESTIC.into(), ..NewOffice::default() }).await;
    li.opens(&format!("/book/{}?office=990101-01", item.code)).await.is(200).sees("没预约能办吗？").sees_no("声明书签的是什么？");
});

journey!(r_mr_02_and_r_mr_27_a_couple_learns_at_home_what_it_needs_and_when_it_may_come, |site| {
    site.set_now(Instant::at(Day::ymd(2026, 5, 6), 600));
    catalog::testing::all(&site.platform).await.expect("the catalogue");
    let mut li = site.visitor();
    li.opens("/self-check").await.is(200).clicks("结婚登记").await.is(200);
    let half = [("a_birth", "2004-05-20"), ("a_standing", "never"), ("b_standing", "never")];
    li.submits("/self-check", &half).await.is(422).sees("请填写此项");
    assert_eq!(li.value("/self-check", "a_birth"), "2004-05-20", "what was answered is still there");
    let whole = [("a_birth", "2004-05-20"), ("a_standing", "never"), ("b_birth", "2006-03-11"), ("b_standing", "widowed"), ("relation", "none")];
    li.submits("/self-check", &whole).await.is(200).sees("MR-E02").sees("2026年5月20日").sees("居民身份证").sees("原配偶的死亡证明");
    assert!(!li.path().contains("2004"), "no date of birth in an address");
    li.opens("/self-check?service=divorce").await.is(200);
    let divorce = [("registered", "mainland"), ("willing", "yes"), ("capable", "yes"), ("applied", "no"), ("agreed", "children")];
    li.submits("/self-check", &divorce).await.is(200).sees("MR-E23").sees("不能办");
    li.opens("/self-check?service=reissue").await.is(200);
    let over = [("certificate", "marriage"), ("registered", "mainland"), ("over", "yes"), ("agent", "no")];
    li.submits("/self-check", &over).await.is(200).sees("MR-E35b");
});
