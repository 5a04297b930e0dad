//! What surrounds the registration of organisations: the stock of codes, a scanned certificate, the desk's register, rights that are given.

use kernel::{Day, Instant};
use organizations::model::{CertificateRef, Kind};
use organizations::{Content, certificate};
use platform::Role;

use crate::{journey, kit::Site};

const COUNTY: &str = "990102";

/// An organisation with the second version of its certificate, led by this citizen: its credit code.
async fn led(site: &Site, authority: platform::OrgId, number: &str) -> String {
    let day = Day::ymd(2026, 1, 5);
    let held = CertificateRef { no: "—".to_owned(), version: 2, issued_on: day, valid_from: day, valid_to: None };
    let content = Content { certificate: Some(held), ..organizations::testing::content("甲市城东区样舟协会", Kind::Association) };
    let at = (authority, COUNTY.parse().expect("a region"));
    organizations::testing::enters(&site.platform.system(), at, content, Some(number)).await.1
}

journey!(d_2_an_administrator_takes_codes_in_and_spoils_one, |site| {
    let keeper = identity::testing::staff(&site.platform, COUNTY, &[Role::SystemAdmin]).await;
    let mut admin = site.at_desk(keeper.id).await;
    const PAGE: &str = "/admin/code-segments";
    admin.opens(PAGE).await.is(200).sees("还没有码段").sees("码段只剩0个");
    let wrong = [("first", "YY950009"), ("last", "YY950001"), ("source", "赋码〔2026〕5号")];
    admin.submits(PAGE, &wrong).await.is(422).sees("码段应为8位主体标识码");
    assert_eq!(admin.value(PAGE, "source"), "赋码〔2026〕5号");
    let right = [("first", "YY950001"), ("last", "YY950009"), ("source", "赋码〔2026〕5号")];
    admin.opens(PAGE).await.submits(PAGE, &right).await.is(303).follows().await.is(200).sees("YY950001 — YY950009");
    let table = "/admin/code-segments/table";
    let sends = |text: &'static str| [("table", "码段.csv", "text/csv", text.as_bytes())];
    admin.uploads(table, &[], &sends("起,止,分配文号\nYY950009,YY950019,二\nYY95,YY950029,三\n")).await.is(422).sees("第3行：码段应为8位主体标识码");
    admin.uploads(table, &[], &sends("起,止,分配文号\nYY950011,YY950019,二\n")).await.is(200).sees("已导入1个码段").sees("YY950011 — YY950019");
    let spoil = "/admin/code-segments/spoil";
    let typed = [("subject", "YY950003"), ("reason", "打印错误")];
    admin.opens(spoil).await.submits(spoil, &typed).await.is(200).sees("永远不再使用");
    admin.submits(spoil, &typed).await.is(303).follows().await.sees("YY950001 — YY950009");
});

journey!(d_6_a_scanned_certificate_shows_the_present, |site| {
    let clerk = identity::testing::staff(&site.platform, COUNTY, &[Role::Clerk]).await;
    let citizen = identity::testing::citizen(&site.platform, 2).await;
    let code = led(&site, clerk.org, &citizen.number).await;
    let ctx = site.platform.system();
    let day = Day::ymd(2026, 1, 5);
    let local = |version: i64| {
        let held = CertificateRef { no: code.clone(), version, issued_on: day, valid_from: day, valid_to: None };
        let address = certificate::address(&ctx, &held);
        address[address.find("/so/v/").expect("the path")..].to_owned()
    };
    let mut bank = site.visitor();
    bank.opens(&local(2)).await.is(200).sees("甲市城东区样舟协会").sees("存续").sees_no("E-D20");
    bank.opens(&local(1)).await.is(200).sees("该证书已换发，当前版本为2");
    bank.opens(&format!("/so/v/{code}?c={code}&v=2&t=20260105&s=AAAA")).await.is(200).sees("签名不是登记机关作出的");
    bank.opens("/so/v/51990000YY9990013T").await.is(404).sees("未查询到该社会组织");
    bank.opens(&format!("/so/v/{}", &code[..17])).await.is(404).sees("未查询到该社会组织");
    bank.opens("/organizations/announcements").await.is(200).sees("还没有公告");
});

journey!(d_3_rights_are_given_and_taken_back_and_staff_see_what_is_kept, |site| {
    let clerk = identity::testing::staff(&site.platform, COUNTY, &[Role::Clerk]).await;
    let citizen = identity::testing::citizen(&site.platform, 2).await;
    let helper = identity::testing::citizen(&site.platform, 2).await;
    let code = led(&site, clerk.org, &citizen.number).await;
    let mut head = site.signed_in(&citizen).await;
    head.opens("/me/organizations").await.is(200).sees("甲市城东区样舟协会").sees("法定代表人");
    let page = format!("/me/organizations/{code}/rights");
    let today = Instant::day(site.platform.now());
    let (from, to) = (today.to_string(), today.plus_days(30).to_string());
    let wrong = [("name", "李帮办"), ("number", "990102199003070012"), ("item", ""), ("from", from.as_str()), ("to", to.as_str())];
    head.opens(&page).await.is(200).submits(&page, &wrong).await.is(422);
    assert_eq!(head.value(&page, "name"), "李帮办");
    head.opens(&page).await.submits(&page, &[&wrong[..4], &[("to", "")]].concat()).await.is(422).sees("请填写截止日期").sees_no("不能早于开始日期");
    let right = [("name", "李帮办"), ("number", helper.number.as_str()), ("item", ""), ("from", from.as_str()), ("to", to.as_str())];
    head.opens(&page).await.submits(&page, &right).await.is(303).follows().await.is(200).sees("李帮办").sees_no(&helper.number);
    let mut other = site.signed_in(&helper).await;
    other.opens("/me/organizations").await.is(200).sees("被授权人");
    other.opens(&page).await.is(404);
    let mut desk = site.at_desk(clerk.id).await;
    desk.opens("/desk/organizations").await.is(200).sees("甲市城东区样舟协会").clicks("甲市城东区样舟协会").await.is(200).sees(&citizen.number);
});

journey!(d_8_scenario_2_a_founder_checks_a_name_before_he_applies, |site| {
    let city = identity::testing::staff(&site.platform, "990100", &[Role::Clerk]).await;
    let content = organizations::testing::content("甲市摄影家协会", Kind::Association);
    organizations::testing::enters(&site.platform.system(), (city.org, city.region), content, None).await;
    site.indexes().await;
    const PAGE: &str = "/organizations/name-check";
    let mut founder = site.visitor();
    founder.opens(PAGE).await.is(200).submits(PAGE, &[("name", "甲市摄影家协会")]).await.is(422).sees("请选择组织类型").sees("请选择登记地区");
    assert_eq!(founder.value(PAGE, "name"), "甲市摄影家协会");
    let asked = |name: &'static str| [("kind", "1"), ("region", "990100"), ("name", name)];
    founder.submits(PAGE, &asked("中华甲市摄影家协会")).await.is(200).sees("地方性社会组织名称不得冠以“中华”字样").sees("E-D02");
    founder.submits(PAGE, &asked("甲市摄影家协会")).await.is(200).sees("名称与“甲市摄影家协会”相同，不可使用").sees("E-D03");
    founder.submits(PAGE, &asked("甲市摄影学会")).await.is(200).sees("可以申请").sees("学会").clicks("甲市摄影家协会").await.is(200);
    founder.has_cookie("tb_lang", "en").opens(PAGE).await.submits(PAGE, &asked("甲市协会")).await.is(200).sees("Name is incomplete: field or membership missing");
    let body = r#"{"kind":"1","region":"990100","name":"甲市摄影家协会"}"#.as_bytes().to_vec();
    founder.posts("/api/v1/organization-names/check", "application/json", body).await.is(200);
    let told: serde_json::Value = serde_json::from_slice(founder.bytes()).expect("JSON");
    assert_eq!((&told["free"], &told["issues"][0]["code"], &told["similar"][0]["name"]), (&false.into(), &"E-D03".into(), &"甲市摄影家协会".into()));
    // A code that nobody has is no fault of the question.
    founder.opens("/api/v1/organizations/51990000YY9990013T").await.is(404);
    let told: serde_json::Value = serde_json::from_slice(founder.bytes()).expect("JSON");
    assert_eq!(told["errors"][0]["code"], "E-D21");
});
