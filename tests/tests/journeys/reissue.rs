//! A lost certificate, and a marriage that a court ends: what the public check says the moment after.

use crate::{
    couple::{Counter, Party, acts, picture},
    journey,
    kit::{Site, Visitor},
};

const M1: Party = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "138 0000 0001"), ("a_marital", "10")];
const F1: Party = [("b_name", "李样例"), ("b_id_no", "990101200603110020"), ("b_phone", "138 0000 0002"), ("b_marital", "10")];
const LOST: [(&str, &str); 5] =
    [("name", "张测试"), ("id_no", "990101200405200017"), ("phone", "13800000001"), ("cause", "lost"), ("compared", "yes")];

async fn married(site: &Site) -> Counter {
    let mut counter = Counter::opens(site, "990101").await;
    counter.registrar.opens("/desk").await.is(200).submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    let case = counter.registrar.path().to_owned();
    counter.enters(&case, &M1, &F1).await;
    counter.examines(&case).await;
    acts(&mut counter.registrar, &case, "register", &[("confirmation", "张测试 李样例")]).await;
    counter
}

async fn checks(site: &Site, number: &str, answer: &str) {
    let mut stranger: Visitor = site.visitor();
    let today = site.platform.system().today().to_string();
    let elements = [("number", number), ("holder_no", "990101200405200017"), ("issued_on", today.as_str())];
    stranger.opens("/check").await.is(200).submits("/check", &elements).await.is(200).sees(answer);
}

journey!(r_mr_36_a_lost_certificate_is_reissued_and_the_old_one_is_no_longer_valid, |site| {
    let mut counter = married(&site).await;
    let registrar = &mut counter.registrar;
    checks(&site, "J990101-2026-000001", "有效").await;
    registrar.opens("/desk/reissues").await.is(200).submits("/desk/reissues", &[("name", "张测试")]).await.is(422).sees("请先核对本人与证件一致");
    assert_eq!(registrar.value("/desk/reissues", "name"), "张测试", "what was typed is still there");
    registrar.submits("/desk/reissues", &LOST).await.is(303).follows().await.is(200).sees("已查到档案").sees("J990101-2026-000001");
    let case = registrar.path().to_owned();
    registrar.opens(&format!("{case}/statement.pdf")).await.is(200);
    let form = format!("{case}/issue");
    let files: [(&str, &str, &str, &[u8]); 2] = [("statement", "s.png", "image/png", &picture()), ("photo", "us.png", "image/png", &picture())];
    let typed = [("signed", "yes"), ("photo_ok", "yes"), ("serial_a", "10000003"), ("confirmation", "张测试")];
    registrar.opens(&case).await.uploads(&form, &typed[..3], &files).await.is(422).sees("请输入申请人姓名以确认补发");
    registrar.opens(&case).await.uploads(&form, &typed, &files).await.is(303).follows().await.sees("BJ990101-2026-000001").sees("已补发");
    registrar.opens(&format!("{case}/booklet-a.pdf")).await.is(200);
    registrar.opens("/desk/reissues").await.is(200).sees("张*试").sees_no("张测试");
    checks(&site, "J990101-2026-000001", "失效").await;
    checks(&site, "BJ990101-2026-000001", "有效").await;
});

journey!(r_mr_35_and_r_mr_42_a_court_ends_a_marriage_and_its_certificate_is_not_reissued, |site| {
    let mut counter = married(&site).await;
    let paper = [
        ("doc_no", "（2026）测0101民初123号"),
        ("court", "城中区人民法院"),
        ("kind", "2"),
        ("effective_on", "2026-01-01"),
        ("one", "990101200405200017"),
        ("other", "990101200603110020"),
    ];
    let registrar = &mut counter.registrar;
    registrar.opens("/desk/court").await.is(200).submits("/desk/court", &paper).await.is(303).follows().await.is(200).sees("待核对").sees("另一名工作人员");
    let notice = registrar.path().to_owned();
    registrar.opens("/desk/court").await.submits("/desk/court", &paper).await.is(422).sees("该法院文书已经录入");
    checks(&site, "J990101-2026-000001", "有效").await;
    counter.colleague.opens(&notice).await.is(200).submits(&format!("{notice}/apply"), &[]).await.is(303).follows().await.sees("已执行");
    checks(&site, "J990101-2026-000001", "失效").await;
    let registrar = &mut counter.registrar;
    registrar.opens("/desk/reissues").await.submits("/desk/reissues", &LOST).await.is(422).sees("婚姻关系已解除").clicks("出具婚姻登记记录证明").await;
    let asks = [("id_no", "990101200405200017"), ("asker", "lawyer"), ("purpose", "诉讼")];
    registrar.submits("/desk/registry", &asks).await.is(422).sees("无权查询该婚姻登记档案");
    let asks = [("id_no", "990101200405200017"), ("asker", "party"), ("purpose", "本人留存")];
    registrar.submits("/desk/registry", &asks).await.is(200).sees("法院判决离婚").clicks("J990101-2026-000001").await;
    let entry = registrar.path().to_owned();
    registrar.sees("法院判决离婚").submits(&entry, &asks).await.is(303).follows().await.is(200);
    assert!(registrar.bytes().starts_with(b"%PDF"), "a certificate of the record");
});
