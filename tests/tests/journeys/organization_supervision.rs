//! Supervision of organisations at the desk: the worked examples of lists and fines, a report that is concluded, an illegal organisation.

use casework::testing::PDF;
use kernel::Fen;
use organizations::model::{Content, Kind, Supervision};
use platform::{OrgId, Role};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

const DESK: &str = "/desk/organizations/supervision";
const NEW: &str = "/desk/organizations/supervision/new";
const COUNTY: &str = "990102";

/// An organisation in the register of the county's authority; its credit code.
pub(crate) async fn entered(site: &Site, authority: OrgId, name: &str) -> String {
    let plain = organizations::testing::content(name, Kind::Association);
    let content = Content { supervision: Supervision::Direct, supervisor: String::new(), funds: Fen::yuan(30_000), ..plain };
    let at = (authority, COUNTY.parse().expect("a region"));
    organizations::testing::enters(&site.platform.system(), at, content, None).await.1
}

/// The county's authority with one organisation.
struct Office {
    authority: OrgId,
    code: String,
}

async fn office(site: &Site) -> Office {
    let authority = identity::testing::staff(&site.platform, COUNTY, &[Role::Clerk]).await.org;
    Office { code: entered(site, authority, "甲市城东区钓鱼协会").await, authority }
}

async fn staff(site: &Site, office: &Office, roles: &[Role]) -> Visitor {
    let region = COUNTY.parse().expect("a region");
    let one = identity::testing::staff_of(&site.platform, office.authority, region, roles).await;
    site.at_desk(one.id).await
}

/// Chooses what is opened and about whom, and sends the form.
async fn opens(desk: &mut Visitor, kind: &str, code: &str, fields: &[(&str, &str)]) -> String {
    desk.opens(&format!("{NEW}?kind_of={kind}&uscc={code}")).await.is(200).submits(NEW, fields).await.is(303).follows().await.is(200);
    desk.path().to_owned()
}

async fn does(desk: &mut Visitor, path: &str, act: &str, fields: &[(&str, &str)]) {
    desk.opens(path).await.is(200).submits(&format!("{path}/{act}"), fields).await.is(303);
}

/// Forms of a page that ask under the same names have ids of their own.
fn has_each_id_once(html: &str) {
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
}

journey!(d_r18_and_d_r19_scenario_10_two_years_on_the_abnormal_list, |site| {
    site.set_now(at(2024, 7, 1, 10, 0));
    let office = office(&site).await;
    let mut examiner = staff(&site, &office, &[Role::Examiner]).await;
    let mut clerk = staff(&site, &office, &[Role::Clerk]).await;
    let mut approver = staff(&site, &office, &[Role::Approver]).await;
    examiner.opens(DESK).await.is(200).sees("没有符合条件的事项");
    // A code that nobody has is asked for again, and so is a text with somebody's number.
    examiner.opens(&format!("{NEW}?kind_of=listing&uscc=51990102YY9999999X")).await.is(200).sees("未查询到该社会组织");
    let typed = [("reason", "unreachable"), ("facts", "电话13900000000无人接听")];
    examiner.opens(&format!("{NEW}?kind_of=listing&uscc={}", office.code)).await.submits(NEW, &typed).await.is(422).sees("不得含有个人信息").sees("无人接听");
    let path = opens(&mut examiner, "listing", &office.code, &[("reason", "unreachable"), ("facts", "两次专用信函无人签收")]).await;
    does(&mut clerk, &path, "notice", &[]).await;
    clerk.opens(&path).await.is(200).clicks("列入名录事先告知书").await.is(200).sees("列告〔2024〕1号").sees("两次专用信函无人签收");
    let (attachments, files) = (format!("{path}/attachments"), [("file", "1.pdf", "application/pdf", PDF)]);
    clerk.opens(&path).await.uploads(&attachments, &[("title", "")], &files).await.is(422).sees("请填写");
    clerk.opens(&path).await.uploads(&attachments, &[("title", "信函退件")], &files).await.is(303).follows().await.is(200).clicks("信函退件").await.is(200);
    assert_eq!(clerk.bytes(), PDF);
    has_each_id_once(&approver.opens(&path).await.is(200).html());
    examiner.opens(&format!("{DESK}?kind=inspection")).await.is(200).sees("限期整改").sees_no("待听证");
    does(&mut clerk, &path, "statement", &[("statement", "正在搬迁")]).await;
    approver.opens(&path).await.submits(&format!("{path}/list"), &[]).await.is(422).sees("请确认已核对");
    does(&mut approver, &path, "list", &[("sure", "yes")]).await;
    let profile = format!("/organizations/{}", office.code);
    site.visitor().opens(&profile).await.is(200).sees("活动异常名录");
    site.set_now(at(2026, 7, 2, 0, 5));
    site.runs("organizations.lists").await;
    site.visitor().opens(&profile).await.is(200).sees("严重违法失信名单");
    site.set_now(at(2028, 7, 2, 10, 0));
    let mut clerk = staff(&site, &office, &[Role::Clerk]).await;
    clerk.opens(&path).await.submits(&format!("{path}/leave"), &[("outcome", "两年无违法")]).await.is(422).sees("列入未满2年，不能申请移出");
    site.set_now(at(2028, 7, 3, 9, 0));
    let mut clerk = staff(&site, &office, &[Role::Clerk]).await;
    does(&mut clerk, &path, "leave", &[("outcome", "两年无违法")]).await;
});

journey!(d_r21_and_d_r22_scenario_11_a_fine_of_five_and_a_half_times, |site| {
    let office = office(&site).await;
    let region = COUNTY.parse().expect("a region");
    let first = identity::testing::staff_of(&site.platform, office.authority, region, &[Role::Inspector]).await;
    let second = identity::testing::staff_of(&site.platform, office.authority, region, &[Role::Inspector]).await;
    let mut clerk = staff(&site, &office, &[Role::Clerk]).await;
    let mut head = staff(&site, &office, &[Role::Head]).await;
    let path = opens(&mut clerk, "penalty", &office.code, &[("clue", "超出业务范围收费")]).await;
    let one = first.id.to_string();
    head.opens(&path).await.submits(&format!("{path}/file"), &[("officers", &one)]).await.is(422).sees("执法人员不得少于2人");
    does(&mut head, &path, "file", &[("officers", &one), ("officers", &second.id.to_string())]).await;
    let mut inspector = site.at_desk(first.id).await;
    let found = |fine: &'static str| [("facts", "超出业务范围收费"), ("evidence", "收据"), ("basis", "《社会团体登记管理条例》第三十条"), ("kinds", "7"), ("gain", "20000"), ("fine", fine)];
    inspector.opens(&path).await.submits(&format!("{path}/findings"), &found("110000")).await.is(422).sees("罚款倍数5.5超出法定幅度3～5倍").sees("收据");
    does(&mut inspector, &path, "findings", &found("60000")).await;
    head.opens(&path).await.is(200).sees("法制审核中").sees("60,000.00");
    does(&mut staff(&site, &office, &[Role::Reviewer]).await, &path, "pass", &[]).await;
    does(&mut clerk, &path, "statement", &[("statement", "请求从轻")]).await;
    does(&mut staff(&site, &office, &[Role::Approver]).await, &path, "decide", &[("sure", "yes")]).await;
    // Left at the place: two serve it and somebody sees it.
    let left = [("way", "left"), ("receiver", "李测试"), ("relation", "办公室主任"), ("place", "登记住所"), ("servers", "王甲、赵乙")];
    clerk.opens(&path).await.submits(&format!("{path}/serve"), &left).await.is(422).sees("请填写").sees("送达人和见证人");
    assert!(clerk.html().contains("李测试"), "what was typed is kept");
    // Who delivers serves it, and the record stays in the file.
    let mut deliverer = staff(&site, &office, &[Role::Deliverer]).await;
    deliverer.opens(DESK).await.is(200).sees_no("年报期限").clicks("甲市城东区钓鱼协会").await.is(200);
    does(&mut deliverer, &path, "serve", &[&left[..], &[("witness", "居委会周丙")]].concat()).await;
    has_each_id_once(&deliverer.opens(&path).await.is(200).sees("留置送达").sees("登记文书送达").html());
    deliverer.clicks("送达回证").await.is(200).sees("回证〔2026〕1号").sees("居委会周丙").sees("第八十九条").clicks("下载PDF").await.is(200);
    assert!(deliverer.bytes().starts_with(b"%PDF"));
    deliverer.opens("/desk/organizations/complaints").await.is(403);
    // Another county's desk does not see it.
    site.staff("990126", &[Role::Examiner]).await.opens(&path).await.is(403);
});

journey!(d_r24_the_public_reads_what_was_decided, |site| {
    let office = office(&site).await;
    let mut clerk = staff(&site, &office, &[Role::Clerk]).await;
    let mut inspector = staff(&site, &office, &[Role::Inspector]).await;
    let mut approver = staff(&site, &office, &[Role::Approver]).await;
    let known = [("name", "甲市养生联合总会"), ("kind", "unregistered"), ("region", COUNTY), ("clue", "以协会名义收费")];
    let path = opens(&mut clerk, "illegal", "", &known).await;
    does(&mut inspector, &path, "investigate", &[]).await;
    does(&mut approver, &path, "decide", &[("disposition", "ban"), ("facts", "未经登记开展活动")]).await;
    site.visitor().opens("/organizations/illegal").await.is(200).sees_no("甲市养生联合总会");
    does(&mut approver, &path, "publish", &[("sure", "yes")]).await;
    site.visitor().opens("/organizations/illegal?name=养生&region=990100").await.is(200).sees("甲市养生联合总会").sees("取缔");
});

journey!(a_complaint_about_an_organisation_leads_to_an_inspection, |site| {
    let office = office(&site).await;
    let mut visitor = site.visitor();
    let form = format!("/organizations/{}/complain", office.code);
    let words = "七月一日交了会费以后没有收到任何票据，要求退款并开具票据。";
    let typed = [("kind", "complain"), ("title", "会费不开票"), ("words", words), ("name", "张测试"), ("phone", "13900000000")];
    visitor.opens(&form).await.is(200).submits(&form, &typed).await.is(200).sees("已收到");
    let region = COUNTY.parse().expect("a region");
    let mut officers = Vec::new();
    for _ in 0..2 {
        officers.push(identity::testing::staff_of(&site.platform, office.authority, region, &[Role::Inspector]).await.id.to_string());
    }
    let mut head = staff(&site, &office, &[Role::Head]).await;
    head.opens("/desk/organizations/complaints").await.is(200).sees("甲市城东区钓鱼协会").clicks("检查").await.is(200);
    let chosen = [("officers", officers[0].as_str()), ("officers", officers[1].as_str())];
    head.submits(NEW, &chosen).await.is(303).follows().await.is(200).sees("投诉 ");
    head.opens("/desk/organizations/complaints").await.sees("查看处理");
});
