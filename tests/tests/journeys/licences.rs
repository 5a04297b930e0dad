//! Licences between offices: the holder's code, programs that read, older papers, reports to the catalogue above, keys.

use std::sync::{Arc, Mutex};

use axum::http::Method;
use identity::tokens::{self, NewToken};
use kernel::RegionCode;
use licences::model::MARRIAGE;
use licences::ports::{Catalogue, Reported};
use platform::ports::{BoxFuture, PortError};
use platform::Role;
use serde_json::{Value, json};

use crate::{
    certificate::issued,
    journey,
    kit::{Site, Visitor, bare},
};

const NUMBER: &str = "J990102-2026-000007";

/// A program of another body, with its token.
async fn program(site: &Site, name: &str) -> String {
    let guard = identity::testing::staff(&site.platform, "990000", &[Role::SecurityAdmin]).await;
    let region = RegionCode::parse("990000").expect("a region");
    let new = NewToken { name: name.into(), roles: vec![Role::Clerk], region, org: None, items: Vec::new(), days: 30 };
    tokens::issue(&site.platform.as_actor(platform::Actor::Staff(guard)), new).await.expect("a token").secret
}

/// What the interface answers to a call whose token is in the body, as other platforms send it.
async fn calls(site: &Site, verb: &str, body: Value) -> (u16, Value) {
    let mut visitor = site.visitor();
    let path = format!("/api/v1/certShare/{verb}");
    visitor.sends(bare(Method::POST, &path, &[("content-type", "application/json")], &body.to_string()), &path).await;
    (visitor.status(), serde_json::from_slice(visitor.bytes()).unwrap_or_default())
}

/// Asks for a code on the page and reads it out.
async fn code(visitor: &mut Visitor) -> String {
    visitor.opens("/me/certificates").await.clicks("授权他人查阅一次").await.is(200).sees("五分钟内有效");
    visitor.submits("/me/certificates/consent", &[("type_code", MARRIAGE)]).await.is(200).sees("只显示这一次").sees("10:05");
    assert!(visitor.html().contains("class=\"qr\""));
    let text = visitor.text();
    let groups: Vec<&str> = text.split_whitespace().filter(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).collect();
    groups[..3].join(" ")
}

journey!(p5_5_and_p5_11_a_holders_code_lets_a_program_read_once, |site| {
    let (holder, mut zhang) = site.citizen(3).await;
    let person = holder.person();
    issued(&site, NUMBER, Some(person)).await;
    site.works().await;
    let token = program(&site, "公积金中心").await;
    let ask = |code: &str, cause: &str| {
        json!({ "head": { "accessId": "公积金中心", "accessToken": token },
                "data": { "holderCode": "990101200405200017", "holderTypeCode": "111", "certTypeCode": MARRIAGE, "itemCode": "001",
                          "itemName": "住房公积金提取", "useCause": cause, "holderConsent": code } })
    };
    let refused = |(status, answer): (u16, Value), code: &str| {
        assert_eq!((status, answer["errors"][0]["code"].as_str()), (422, Some(code)), "{answer}");
    };
    let digits = code(&mut zhang).await;
    refused(calls(&site, "queryCertInfoByHolderCode", ask(&digits, " ")).await, "E-P507");
    refused(calls(&site, "queryCertInfoByHolderCode", ask("", "核验婚姻状况")).await, "E-P503");
    let (status, found) = calls(&site, "queryCertInfoByHolderCode", ask(&digits, "核验婚姻状况")).await;
    assert_eq!((status, found["data"][0]["certNumber"].as_str()), (200, Some(NUMBER)), "{found}");
    refused(calls(&site, "queryCertInfoByHolderCode", ask(&digits, "核验婚姻状况")).await, "E-P503");
    let identifier = found["data"][0]["certIdentifier"].as_str().expect("an identifier").to_owned();
    let digits = code(&mut zhang).await;
    let file = json!({ "head": { "accessToken": token }, "data": { "certIdentifier": identifier, "itemName": "提取", "useCause": "核验", "holderConsent": digits } });
    let (status, got) = calls(&site, "getFile", file.clone()).await;
    assert_eq!(status, 200, "{got}");
    let pdf = data_encoding::BASE64.decode(got["file"].as_str().expect("a file").as_bytes()).expect("base64");
    let signature = data_encoding::BASE64.decode(got["signature"].as_str().expect("signed").as_bytes()).expect("base64");
    assert!(site.platform.signer().verify(&pdf, &signature));
    refused(calls(&site, "getFile", file).await, "E-P503");
    let mut wrong = ask("", "核验");
    wrong["head"]["accessId"] = json!("别的系统");
    assert_eq!(calls(&site, "queryCertInfoByHolderCode", wrong).await.0, 401);
    // P5-12: the holder sees who read and what was refused.
    zhang.opens("/me/certificates").await.sees("公积金中心").sees("住房公积金提取").sees("经您授权").sees("已提供").sees("已拒绝");
});

journey!(p5_5_a_mandate_by_law_is_recorded_on_a_page_and_ended_there, |site| {
    let (holder, _) = site.citizen(3).await;
    issued(&site, NUMBER, holder.person).await;
    let token = program(&site, "人民法院").await;
    let ask = json!({ "head": { "accessToken": token }, "data": { "holderCode": "990101200405200017", "holderTypeCode": "111",
        "certTypeCode": MARRIAGE, "itemName": "离婚诉讼", "useCause": "查明婚姻关系" } });
    assert_eq!(calls(&site, "queryCertInfoByHolderCode", ask.clone()).await.0, 422);
    let mut guard = site.staff("990000", &[Role::SecurityAdmin]).await;
    guard.opens("/admin").await.clicks("电子证照").await.is(200).sees("还没有登记").sees_no("目录上报");
    guard.submits("/admin/licences/mandates", &[("token", ""), ("type_code", ""), ("law", "")]).await.is(422).sees("请选择系统");
    let option = guard.html();
    let id = option.split("<option value=\"").filter_map(|part| part.split_once("\">")).find(|(_, rest)| rest.starts_with("人民法院")).expect("the program").0.to_owned();
    guard.submits("/admin/licences/mandates", &[("token", &id), ("type_code", MARRIAGE), ("law", "")]).await.is(422).sees("请填写法律依据");
    guard.submits("/admin/licences/mandates", &[("token", &id), ("type_code", MARRIAGE), ("law", "民事诉讼法第七十条")]).await;
    guard.follows().await.sees("人民法院").sees("民事诉讼法第七十条");
    assert_eq!(calls(&site, "queryCertInfoByHolderCode", ask.clone()).await.0, 200);
    guard.submits("/admin/licences/mandates/end", &[]).await.follows().await.sees("还没有登记");
    assert_eq!(calls(&site, "queryCertInfoByHolderCode", ask).await.0, 422);
});

/// A table as an archive would export it.
fn table(lines: usize, wrong: &[usize]) -> String {
    let mut table = format!("{}\n", licences::stock::COLUMNS.join(","));
    for n in 0..lines {
        let holder = if wrong.contains(&n) { "51990000YY9990013X" } else { "51990000YY9990013T" };
        table += &format!("11990000YY9990080W001,社证字第{n}号,001,{holder},测试协会,11990102YY9990101F,城东区民政局,990102,2010-05-20,\n");
    }
    table
}

journey!(p5_9_older_papers_are_loaded_once_two_persons_have_seen_them, |site| {
    let mut first = site.staff("990000", &[Role::Archivist]).await;
    first.opens("/desk/licence-stock").await.is(200).sees("还没有批次");
    let form = "/desk/licence-stock";
    first.uploads(form, &[("name", "2010"), ("origin", "")], &[("table", "a.csv", "text/csv", b"nothing")]).await.is(422);
    first.sees("请填写数据来源").sees("表格缺少列");
    let csv = table(60, &[3, 59]);
    let typed = [("name", "2010"), ("origin", "纸质档案")];
    first.uploads(form, &typed, &[("table", "a.csv", "text/csv", csv.as_bytes())]).await.follows().await;
    first.sees("待复核").sees("须由另一人核对").sees("holder_no").sees("5");
    let batch = first.path().to_owned();
    let review = format!("{batch}/review");

    let mut second = site.staff("990000", &[Role::Archivist]).await;
    second.opens(&batch).await.is(200).sees("社证字第0号").sees_no("社证字第3号");
    second.submits(&review, &[("compared", "10"), ("wrong", "0")]).await.is(422).sees("至少核对50行");
    second.submits(&review, &[("compared", "50"), ("wrong", "0")]).await.follows().await.sees("入库中").sees("差错 0 行");
    site.runs("licence.stock").await;
    second.opens(&batch).await.sees("已入库").sees("58");
    let mut elsewhere = site.staff("980000", &[Role::Archivist]).await;
    elsewhere.opens(&batch).await.is(404);
    let mut clerk = site.staff("990000", &[Role::Clerk]).await;
    clerk.opens("/desk/licence-stock").await.is(403);
    // A public type is found by its three elements at once.
    let mut li = site.visitor();
    let elements = [("number", "社证字第0号"), ("holder_no", "51990000YY9990013T"), ("issued_on", "2010-05-20")];
    li.opens("/check").await.submits("/check", &elements).await.sees("有效");
});

/// A catalogue above that is down.
#[derive(Default)]
struct Down(Mutex<usize>);

impl Catalogue for Down {
    fn report<'a>(&'a self, _entry: &'a Reported) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            *self.0.lock().expect("not poisoned") += 1;
            Err(PortError::Temporary("502 Bad Gateway".into()))
        })
    }
}

journey!(p5_8_an_administrator_sees_what_could_not_be_reported, |site| {
    let mut site = site;
    let down = Arc::new(Down::default());
    site.app.catalogue = down.clone();
    let (holder, _) = site.citizen(3).await;
    issued(&site, NUMBER, holder.person).await;
    let mut admin = site.staff("990000", &[Role::SystemAdmin]).await;
    admin.opens("/admin/licences").await.is(200).sees("待上报").sees_no("没有按时上报");
    let worker = platform::outbox::Worker::new(&server::registry::services(&site.app));
    for minutes in [0, 1, 5, 30] {
        site.set_now(site.platform.now().plus_minutes(minutes));
        worker.drain(&site.platform).await.expect("drained");
    }
    assert_eq!(*down.0.lock().expect("not poisoned"), 4, "at once, after 1, 5 and 30 minutes");
    let mut admin = site.staff("990000", &[Role::SystemAdmin]).await;
    admin.opens("/admin/licences").await.sees("目录没有按时上报").clicks("打开待发消息").await.sees("licence.report").sees("502 Bad Gateway");
});

journey!(hashes_of_a_whole_site_get_a_fresh_key, |site| {
    let (holder, _) = site.citizen(3).await;
    issued(&site, NUMBER, holder.person).await;
    let declared = server::registry::hashes();
    let known = |table: &str, column: &str| declared.iter().any(|declared| declared.table == table && declared.column == column);
    let forgotten: Vec<_> = site.platform.db().columns_of_hashes().await.expect("read").into_iter().filter(|(t, c)| !known(t, c)).collect();
    assert!(forgotten.is_empty(), "declare them in `HASHES` of their crate, and that in `server::registry::hashes`: {forgotten:?}");

    let site = site.rehashed().await;
    let elements = [("number", NUMBER), ("holder_no", "990101200405200017"), ("issued_on", "2026-07-01")];
    let mut li = site.visitor();
    li.opens("/check").await.submits("/check", &elements).await.sees("有效");
    let document = kernel::DocumentNumber::from(holder.id_number());
    let found = identity::persons::find(site.platform.db(), site.platform.keys(), &document, "CHN").await.expect("looked up");
    assert_eq!(found, holder.person, "the person is found by the new hash");
});
