//! A certificate from its issue to a stranger's check.

use kernel::{Day, RegionCode, Uscc};
use licences::model::{Decision, Ending, EntryId, Holder, HolderKind, Issuer, MARRIAGE, New, Source};
use licences::ops::{Drawn, annul, issue};
use platform::{Ctx, PersonId};

use crate::{journey, kit::Site};

const NUMBER: &str = "J990102-2026-000001";
const HOLDER: &str = "990101200405200017";
const RIGHT: [(&str, &str); 3] = [("number", NUMBER), ("holder_no", HOLDER), ("issued_on", "2026-07-01")];

/// What a registrar's act issues, in a transaction of its own.
pub(crate) async fn issued(site: &Site, number: &str, person: Option<PersonId>) -> EntryId {
    let ctx = Ctx::system(&site.platform, "journey");
    let drawn = Drawn::new(&ctx);
    let new = New {
        type_code: MARRIAGE.into(),
        number: number.into(),
        holder: Holder { name: "张三".into(), kind: HolderKind::IdCard, number: HOLDER.into(), person },
        issuer: Issuer {
            code: Uscc::parse("11990102YY9990101F").expect("a test office"),
            name: "城东区民政局婚姻登记处".into(),
            region: RegionCode::parse("990102").expect("a test region"),
        },
        issued_on: Day::ymd(2026, 7, 1),
        valid_to: None,
        source: Source::case("9901022026070110000017").expect("a number"),
        face: Default::default(),
        template: "marriage-certificate",
        photo: None,
    };
    site.platform
        .db()
        .write(|tx| {
            let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
            async move { issue(&tx, &ctx, &drawn, &new).await }
        })
        .await
        .expect("issued")
}

journey!(r_mr_48_a_stranger_learns_one_word, |site| {
    let id = issued(&site, NUMBER, None).await;
    let mut li = site.visitor();
    li.opens("/check").await.is(200).submits("/check", &RIGHT).await.is(200).sees("有效").sees("10:00").sees("不说明");
    li.opens("/check").await;
    let wrong = [RIGHT[0], ("holder_no", "990101200405200018"), RIGHT[2]];
    li.submits("/check", &wrong).await.is(200).sees("不存在").sees_no("张三");
    li.opens("/c/aaaaaaaaaaaaaaaaaaaaaaaaaa").await.is(200).sees("不存在");
    li.opens("/c/%27%20OR%201%3D1%20--").await.is(200).sees("不存在");

    let ctx = Ctx::system(&site.platform, "journey");
    let decision = Decision::new("撤销〔2026〕1号").expect("a number");
    site.platform
        .db()
        .write(|tx| {
            let (ctx, decision) = (ctx.clone(), decision.clone());
            async move { annul(&tx, &ctx, id, Ending::Revoked, &decision, ctx.today()).await }
        })
        .await
        .expect("revoked");
    li.opens("/check").await;
    li.submits("/check", &RIGHT).await.is(200).sees("失效").sees_no("撤销");
});

journey!(r_mr_48_what_is_missing_is_said_at_its_field_and_what_was_typed_stays, |site| {
    let mut li = site.visitor();
    let markup = "\"></textarea><script>alert(1)</script>";
    li.opens("/check").await.submits("/check", &[("number", markup), ("holder_no", ""), ("issued_on", "2026-02-30")]).await;
    li.is(422).sees("查询要素不完整：请填写持证人的完整证件号码").sees("查询要素不完整：请填写发证日期");
    assert_eq!(li.value("/check", "number"), markup);
    assert!(!li.html().contains("<script>alert"));
});

journey!(r_mr_48_a_guesser_is_told_to_wait, |site| {
    let mut li = site.visitor();
    for _ in 0..10 {
        li.opens("/check").await.submits("/check", &RIGHT).await.is(200).sees("不存在");
    }
    li.opens("/check").await.submits("/check", &RIGHT).await.is(429).sees("查询次数过多，请1分钟后再试");
    assert_eq!(li.header("retry-after"), "30");
});

journey!(p5_10_the_holder_takes_the_file_and_sees_who_checked_it, |site| {
    let (holder, mut zhang) = site.citizen(3).await;
    let id = issued(&site, NUMBER, holder.person).await;
    zhang.opens("/me/certificates").await.is(200).sees(NUMBER).sees("文件正在制作");
    site.works().await;
    let mut li = site.visitor();
    li.opens("/check").await.submits("/check", &RIGHT).await.sees("有效");
    zhang.opens("/me/certificates").await.sees("下载证件").sees("凭三项信息核验");
    zhang.opens(&format!("/me/certificates/{id}/file")).await.is(200);
    assert!(zhang.bytes().starts_with(b"%PDF-1.7") && zhang.header("content-type") == "application/pdf");
    let pdf = zhang.bytes().to_vec();
    zhang.opens(&format!("/me/certificates/{id}/signature")).await.is(200);
    assert!(site.platform.signer().verify(&pdf, zhang.bytes()));
    zhang.opens(&format!("/me/certificates/{id}/copy")).await.is(200);
    let copying = [("used_by", "某银行"), ("purpose", ""), ("days", "7")];
    let form = format!("/me/certificates/{id}/copy");
    zhang.submits(&form, &copying).await.is(422).sees("须填写使用事由");
    zhang.submits(&form, &[copying[0], ("purpose", "银行开户"), copying[2]]).await.is(200);
    assert!(zhang.bytes().starts_with(b"%PDF-1.7"));

    let (_, mut other) = site.citizen(3).await;
    other.opens(&format!("/me/certificates/{id}/file")).await.is(404);
    li.opens(&format!("/me/certificates/{id}/file")).await.is(303);
});
