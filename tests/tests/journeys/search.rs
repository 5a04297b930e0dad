//! Finding a service, a question and an office, as people look for them.

use booking::testing::{NewOffice, office, profile};

use crate::{
    journey,
    kit::{Site, Visitor},
};

/// The catalogue of the test district, and an office.
async fn filled(site: &Site) {
    catalog::testing::all(&site.platform).await.expect("the catalogue");
    office(&site.platform, profile(), NewOffice::default()).await;
}

/// Opens a search and tells whether it shows a name, marked or not.
async fn finds(visitor: &mut Visitor, path: &str, name: &str) -> bool {
    visitor.opens(path).await.is(200);
    visitor.text().replace(' ', "").contains(name)
}

journey!(somebody_finds_a_service_however_it_is_typed, |site| {
    filled(&site).await;
    site.indexes().await;
    let mut li = site.visitor();
    for typed in ["结婚登记", "結婚登記", "jiehundengji", "jhdj", "marriage%20registration", "jiehun登记"] {
        assert!(finds(&mut li, &format!("/search?q={typed}"), "内地居民结婚登记").await, "{typed}");
        li.sees_no("没有完全匹配");
    }
    assert!(finds(&mut li, "/search?q=结昏登记", "内地居民结婚登记").await);
    li.sees("没有完全匹配");
    assert!(finds(&mut li, "/search?q=990101-01", "城中区民政局测试登记处").await);
    li.sees("共 1 条结果");
    assert!(finds(&mut li, "/search?q=czqmzj", "城中区民政局测试登记处").await);
});

journey!(tabs_regions_and_an_empty_answer_say_what_to_do, |site| {
    filled(&site).await;
    site.indexes().await;
    let mut li = site.visitor();
    li.opens("/search").await.is(200).sees("可以这样搜");
    for filter in ["kind=office", "region=990101"] {
        assert!(finds(&mut li, &format!("/search?q=登记&{filter}"), "城中区民政局测试登记处").await, "{filter}");
        assert!(!finds(&mut li, &format!("/search?q=登记&{filter}"), "内地居民离婚登记").await, "{filter}");
    }
    li.opens("/search?q=登记").await.sees("地区").sees("甲市");
    for page in ["1000000", "99999999999999999999999999"] {
        li.opens(&format!("/search?q=登记&page={page}")).await.is(200).sees("没有这么多页").sees("回到第一页");
    }
    li.opens("/search?q=登记&kind=organization&type=1,9&sort=level&from=2000-01-01&to=x").await.is(200).sees("社会组织").sees("去掉全部条件");
    li.opens("/search?q=%E9%AD%91%E9%AD%85").await.is(200).sees("没有找到").sees("可以这样搜");
    let long = "%E5%A9%9A".repeat(65);
    li.opens(&format!("/search?q={long}")).await.is(200).sees("只搜索了前 64 个字");
    // what cannot be is left out
    assert!(finds(&mut li, "/search?q=登记&kind=nonsense&region=abc&page=-7", "内地居民离婚登记").await);
});

journey!(markup_in_the_box_is_shown_and_not_run, |site| {
    filled(&site).await;
    site.indexes().await;
    let mut li = site.visitor();
    li.opens("/search?q=%22%3E%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await.is(200);
    assert!(!li.html().contains("<script>alert"), "{}", li.html());
});

journey!(an_index_deleted_while_running_goes_on_answering_and_comes_back, |site| {
    filled(&site).await;
    let mut li = site.visitor();
    assert!(finds(&mut li, "/search?q=城中区民政局测试登记处", "城中区民政局测试登记处").await);
    li.sees("现在只能按完整的名称或编号查找").sees("共 1 条结果");
    li.opens("/search?q=测试登记").await.sees("没有找到");
    site.indexes().await;
    assert!(finds(&mut li, "/search?q=测试登记", "城中区民政局测试登记处").await);
    li.sees_no("现在只能");
    for entry in std::fs::read_dir(site.index()).expect("the folder").filter_map(Result::ok) {
        if entry.path().is_dir() {
            std::fs::remove_dir_all(entry.path()).expect("deleted");
        }
    }
    assert!(finds(&mut li, "/search?q=测试登记", "城中区民政局测试登记处").await);
    site.indexes().await;
    assert!(finds(&mut li, "/search?q=测试登记", "城中区民政局测试登记处").await);
    li.sees_no("现在只能");
});

journey!(programs_search_and_complete, |site| {
    filled(&site).await;
    site.indexes().await;
    let mut program = site.visitor();
    program.opens("/api/v1/search?q=jhdj&kind=item&limit=1").await.is(200);
    let found: serde_json::Value = serde_json::from_slice(program.bytes()).expect("JSON");
    assert_eq!(found["stage"], "exact");
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["hits"][0]["title"][1], serde_json::json!({ "text": "结婚登记", "hit": true }), "{found}");
    program.opens("/api/v1/suggest?q=jieh").await.is(200);
    let found: serde_json::Value = serde_json::from_slice(program.bytes()).expect("JSON");
    assert!(found["suggestions"].as_array().is_some_and(|list| !list.is_empty() && list.len() <= 8), "{found}");
    for wrong in ["kind=x", "region=123456", "limit=0", "limit=101", "offset=-1", "offset=10001"] {
        program.opens(&format!("/api/v1/search?q=a&{wrong}")).await.is(422).sees("E-API02");
    }
});

journey!(p10_7_scenario_10_what_is_to_be_had_elsewhere_carries_its_tag_and_is_filtered, |site| {
    filled(&site).await;
    site.indexes().await;
    let mut li = site.visitor();
    // The allowance is to be had across provinces; counselling at its own office alone.
    assert!(finds(&mut li, "/search?q=残疾人&kind=item", "残疾人两项补贴").await);
    li.sees("跨省通办").clicks("跨省通办").await.is(200);
    assert!(li.path().contains("reach=provinces"), "{}", li.path());
    assert!(li.text().replace(' ', "").contains("残疾人两项补贴"));
    assert!(finds(&mut li, "/search?q=家庭辅导&kind=item", "婚姻家庭辅导").await);
    assert!(!finds(&mut li, "/search?q=家庭辅导&kind=item&reach=province", "婚姻家庭辅导").await);
    // Nonsense is left out; in English the words are English.
    assert!(finds(&mut li, "/search?q=残疾人&reach=moon", "残疾人两项补贴").await);
    li.has_cookie("tb_lang", "en").opens("/search?q=残疾人&kind=item").await.sees("Across provinces").sees("Where it can be had");
});
