//! The public register of organisations: a register is imported, an entry read as it is and as it was, proved, followed, taken along.

use kernel::{RegionCode, Uscc};
use platform::Role;

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

/// Most bytes of a profile page.
const MOST: usize = 60_000;
const IMPORTS: &str = "/admin/organizations/imports";

fn code(n: usize) -> String {
    let region = RegionCode::parse("990102").expect("a region");
    Uscc::new("51", region, &format!("YY{:06}", 600_000 + n)).expect("of its form").to_string()
}

fn table(address: &str) -> Vec<u8> {
    let head = "统一社会信用代码,社会组织名称,状态,法定代表人,身份证号,成立日期,住所";
    let line = |n: usize, code: String| format!("{code},甲市城东区第{n}书画协会,正常,张测试,990102199003070011,2015-03-02,{address}{n}号");
    let lines: Vec<String> = (1..=3).map(|n| line(n, code(n))).chain([line(4, code(3)), line(5, "51990000YY9990013U".to_owned())]).collect();
    format!("{head}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
}

/// Sends a table and runs it dry; the page of the import.
async fn tried(site: &Site, admin: &mut Visitor, table: &[u8]) -> String {
    admin.opens(IMPORTS).await.is(200).uploads(IMPORTS, &[], &[("table", "登记.csv", "text/csv", table)]).await.is(303).follows().await.is(200);
    let import = admin.path().to_owned();
    admin.sees("表格的每一列是什么");
    admin.submits(&format!("{import}/map"), &[]).await.is(303).follows().await.is(200).sees("试运行中");
    assert!(admin.html().contains("http-equiv=\"refresh\""), "it renews itself without script");
    site.runs("organizations.import").await;
    import
}

async fn imported(site: &Site, admin: &mut Visitor, table: &[u8]) {
    let import = tried(site, admin, table).await;
    admin.opens(&import).await.clicks("导入……").await.is(200).sees("不能撤回").submits(&format!("{import}/load"), &[]).await.is(303);
    site.runs("organizations.import").await;
    admin.opens(&import).await.is(200).sees("已导入");
}

journey!(a_register_is_imported_by_its_authority_and_run_twice_it_changes_nothing, |site| {
    let mut admin = site.staff("990102", &[Role::SystemAdmin]).await;
    admin.opens(IMPORTS).await.is(200).sees("还没有导入过").uploads(IMPORTS, &[], &[]).await.is(422).sees("请选择表格文件");
    let import = tried(&site, &mut admin, &table("和平路")).await;
    admin.opens(&import).await.is(200).sees("将新增").sees("E-D47").sees("E-USCC03");
    admin.opens(&format!("{import}/rejected.csv")).await.is(200);
    assert!(admin.html().contains("未导入原因"));
    let mut visitor = site.visitor();
    visitor.opens(&format!("/organizations/{}", code(1))).await.is(404).sees("未查询到该社会组织");
    // A column that was guessed wrongly is changed by hand.
    let map = format!("{import}/map");
    admin.opens(&import).await.submits(&map, &[("column_1", "")]).await.is(422).sees("请选择“名称”所在的列");
    admin.opens(&import).await.submits(&map, &[("column_1", "name")]).await.is(303);
    site.runs("organizations.import").await;
    admin.opens(&import).await.clicks("导入……").await.is(200).submits(&format!("{import}/load"), &[]).await.is(303);
    site.runs("organizations.import").await;
    visitor.opens(&format!("/organizations/{}", code(1))).await.is(200).sees("甲市城东区第1书画协会").sees_no("990102199003070011");
    let again = tried(&site, &mut admin, &table("和平路")).await;
    admin.opens(&again).await.is(200).sees("没有可以导入的");
    // Only the administrator of the authority comes in.
    site.staff("990126", &[Role::SystemAdmin]).await.opens(&import).await.is(404);
    site.staff("990102", &[Role::Clerk]).await.opens(IMPORTS).await.is(403);
    visitor.opens(IMPORTS).await.is(303);
});

journey!(an_entry_is_read_as_it_is_and_as_it_was_proved_and_followed, |site| {
    let mut admin = site.staff("990102", &[Role::SystemAdmin]).await;
    imported(&site, &mut admin, &table("和平路")).await;
    site.works().await;
    let profile = format!("/organizations/{}", code(2));
    let mut visitor = site.visitor();
    visitor.opens(&profile.to_lowercase()).await.is(303).follows().await.is(200).sees("甲市城东区第2书画协会").sees("存续").sees("和平路2号");
    assert!(visitor.bytes().len() <= MOST, "{} bytes before they are packed", visitor.bytes().len());
    let list = format!("/sitemap/organizations/{}", code(1));
    visitor.opens("/sitemap.xml").await.is(200);
    assert!(visitor.html().contains(&format!("{list}</loc></sitemap>")), "{}", visitor.html());
    visitor.opens(&list).await.is(200);
    assert!(visitor.html().contains(&format!("{profile}</loc></url>")));
    visitor.opens("/sitemap/organizations/Z").await.is(404).opens(&profile).await.is(200);

    // Told by mail: the link confirms, a change is told once, the link stops it.
    let follow = format!("{profile}/follow");
    visitor.submits(&follow, &[("email", "no address")]).await.is(422).sees("电子邮箱格式不正确");
    visitor.opens(&profile).await.submits(&follow, &[("email", "reader@example.org")]).await.is(200).sees("请查收邮件");
    site.works().await;
    let mails = site.platform.post.mails();
    let link = mails[0].text.split_once("/organizations/follow/").expect("a link").1.lines().next().unwrap_or_default().to_owned();
    let link = format!("/organizations/follow/{link}");
    visitor.opens(&link).await.is(200).sees("r***@example.org").submits(&format!("{link}/confirm"), &[]).await.is(200).sees("已确认");

    site.set_now(at(2026, 7, 6, 9, 0));
    let mut admin = site.staff("990102", &[Role::SystemAdmin]).await;
    imported(&site, &mut admin, &table("解放路")).await;
    site.works().await;
    let told = site.platform.post.mails();
    assert_eq!(told.len(), 2);
    assert!(told[1].subject.contains("第2书画协会") && told[1].text.contains(&profile));
    visitor.opens(&link).await.submits(&format!("{link}/stop"), &[]).await.is(200).sees("已退订");
    visitor.opens(&link).await.is(404);

    // As it was, as recorded.
    visitor.opens(&profile).await.is(200).sees("解放路2号").sees("和平路2号 → 解放路2号");
    visitor.opens(&format!("{profile}?on=2026-07-02")).await.is(200).sees("截至2026年7月2日").sees("和平路2号").sees_no("解放路2号");
    visitor.opens(&format!("{profile}?on=2026-06-01")).await.is(200).sees("当时没有记录");
    visitor.opens(&format!("{profile}?on=2030-01-01")).await.is(422).sees("只能查询已经过去的日子");
    visitor.opens(&format!("{profile}/history")).await.is(200).sees("和平路2号 → 解放路2号");

    // Proof of that day, recognised afterwards.
    visitor.opens(&format!("{profile}?on=2026-07-02")).await.submits(&format!("{profile}/extract"), &[]).await.is(303).follows().await.is(200).sees("TQ-2026-000001");
    let extract = visitor.path().to_owned();
    visitor.clicks("下载PDF").await.is(200);
    let pdf = visitor.bytes().to_vec();
    assert!(pdf.starts_with(b"%PDF"));
    visitor.opens(&extract).await.clicks("同样内容的JSON").await.is(200);
    assert!(visitor.html().contains("和平路2号"));
    let form = "/organizations/extracts";
    visitor.opens(form).await.is(200).uploads(form, &[], &[("file", "e.pdf", "application/pdf", &pdf)]).await.is(200).sees("真实").sees("第2书画协会");
    let mut changed = pdf.clone();
    changed[100] ^= 1;
    visitor.opens(form).await.uploads(form, &[], &[("file", "e.pdf", "application/pdf", &changed)]).await.is(200).sees("不是原件");
    visitor.opens(form).await.uploads(form, &[], &[]).await.is(422).sees("请选择文件");
    for wrong in ["/organizations/extracts/TQ-1-1", "/organizations/follow/nonsense", "/organizations/data/2026-07-06.exe"] {
        visitor.opens(wrong).await.is(404);
    }
});

journey!(a_wrong_code_says_why_and_the_way_on_and_the_page_asks_the_same_however_long_the_history, |site| {
    let mut visitor = site.visitor();
    for (typed, status, words) in [
        ("51990000YY9990013T", 404, "请核实是否为非法社会组织"),
        ("51990000YY9990013U", 422, "校验码错误"),
        ("5199", 422, "应为18位"),
        ("%EF%BC%95%EF%BC%91", 422, "应为18位"),
    ] {
        visitor.opens(&format!("/organizations/{typed}")).await.is(status).sees(words).sees("按名称或者部分代码搜索");
    }
    let mut admin = site.staff("990102", &[Role::SystemAdmin]).await;
    imported(&site, &mut admin, &table("和平路")).await;
    let profile = format!("/organizations/{}", code(1));
    let mut asked = Vec::new();
    for road in ["一马路", "二马路", "三马路"] {
        visitor.opens(&profile).await.is(200);
        let before = site.platform.db().statements();
        visitor.opens(&profile).await.is(200);
        asked.push(site.platform.db().statements() - before);
        imported(&site, &mut admin, &table(road)).await;
    }
    assert!(asked.iter().all(|n| *n == asked[0] && *n <= 20), "{asked:?}");

    // The daily file, whole, as both.
    site.runs("organizations.daily").await;
    visitor.opens("/organizations/data").await.is(200).sees("统一社会信用代码").clicks("CSV").await.is(200);
    let csv = visitor.html();
    assert!(csv.contains("三马路1号") && csv.contains("甲市城东区第3书画协会") && !csv.contains("990102199003070011"), "{csv}");
    visitor.opens("/organizations/data").await.clicks("JSON").await.is(200);
    let json: Vec<serde_json::Value> = serde_json::from_slice(visitor.bytes()).expect("a list");
    assert_eq!(json.len(), 3);
    visitor.opens("/organizations/statistics").await.is(200).sees("有存续的社会组织 3 个").clicks("甲市").await.is(200).sees("城东区");
    visitor.opens("/organizations/statistics?kind=2&authority=county").await.is(200).sees("有存续的社会组织 0 个").clicks("导出CSV").await.is(200);
    assert!(visitor.html().contains("社会团体,个,0"), "{}", visitor.html());
    visitor.opens("/organizations/statistics/list?figure=year/illegal&region=990100").await.is(200).sees("处理非法社会组织").sees("这个指标下现在没有数据");
    visitor.opens("/organizations/statistics/list?figure=stock").await.is(404);
    site.works().await;
});

journey!(d_8_scenario_1_a_code_is_taken_with_the_area_that_it_names_or_refused, |site| {
    let mut admin = site.staff("990000", &[Role::SystemAdmin]).await;
    let lines = ["51990000YY9990013T,测试省软件行业协会,社会团体", "51990000YY9990013U,测试省软件协会,社会团体", "51990100YY9990021T,甲市摄影家协会,基金会"];
    let sent = format!("统一社会信用代码,名称,类型\r\n{}\r\n", lines.join("\r\n"));
    let import = tried(&site, &mut admin, sent.as_bytes()).await;
    admin.opens(&import).await.sees("统一社会信用代码校验码错误").sees("统一社会信用代码与组织类型不符：基金会应以53开头");
    admin.clicks("导入……").await.is(200).submits(&format!("{import}/load"), &[]).await.is(303);
    site.runs("organizations.import").await;
    let entry = organizations::register::by_uscc(site.platform.db(), "51990000YY9990013T").await.expect("read").expect("entered");
    assert_eq!(entry.head.region.as_str(), "990000");
    site.visitor().opens("/organizations/51990000YY9990013T").await.is(200).sees("测试省软件行业协会");
});
