//! Old paper files are keyed, mended, checked by another and published; a second marriage of a person becomes a task; the registers are asked.

use casework::testing::PDF;
use platform::Role;

use crate::{journey, kit::Visitor};

const HEAD: &str = "退回行,档号,图像,登记日期,男方姓名,男方证件号码,女方姓名,女方证件号码";

fn table(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
}

/// Sends a table by the page of a batch.
async fn sends(keyer: &mut Visitor, batch: &str, lines: &[&str]) {
    let form = format!("{batch}/table");
    keyer.opens(batch).await.is(200);
    keyer.uploads(&form, &[], &[("table", "1987.csv", "text/csv", &table(lines))]).await.is(303).follows().await.is(200).sees("表格已收到");
}

journey!(r_mr_37_and_r_mr_38_old_files_are_keyed_by_one_checked_by_another_and_never_marry_anybody_twice, |site| {
    let mut keyer = site.staff("990101", &[Role::Clerk]).await;
    let mut checker = site.staff("990101", &[Role::Reviewer]).await;
    keyer.opens("/desk/backentry").await.is(200).sees("还没有批次").submits("/desk/backentry", &[("name", "")]).await.is(422).sees("请填写此项");
    keyer.submits("/desk/backentry", &[("name", "1987-结婚-01"), ("source", "paper")]).await.is(303).follows().await.is(200);
    let batch = keyer.path().to_owned();
    keyer.uploads(&format!("{batch}/table"), &[], &[]).await.is(422).sees("请选择表格文件");
    let couple = ",G001-1987-1-00001,1.pdf,1987-05-20,王某,990101195001011312,李某,990101194912310028";
    let again = ",G001-1988-1-00007,1.pdf,1988-03-01,王某,990101195001011312,季某,不详";
    sends(&mut keyer, &batch, &[couple, again, ",G001-1987-1-00002,1.pdf,春天,赵某,不详,钱某,不详"]).await;
    keyer.opens(&batch).await.sees("等待读取");
    assert!(keyer.html().contains("http-equiv=\"refresh\""), "it renews itself without script");
    site.runs("marriage.backentry").await;
    keyer.opens(&batch).await.sees_no("等待读取").sees("MR-E39").sees("登记日期 ： 无法识别");
    let form = format!("{batch}/images");
    keyer.uploads(&form, &[], &[("images", "1.pdf", "application/pdf", PDF)]).await.is(303);

    // The rejected line is downloaded, mended and sent again.
    keyer.opens(&format!("{batch}/rejected.csv")).await.is(200);
    let mended = keyer.html().replace("春天", "1987").into_bytes();
    keyer.opens(&batch).await.uploads(&format!("{batch}/table"), &[], &[("table", "2.csv", "text/csv", &mended)]).await.is(303);
    site.runs("marriage.backentry").await;
    keyer.opens(&batch).await.sees("没有退回的行").clicks("G001-1987-1-00002").await.is(200).sees("须由另一人复核").sees("不详");

    checker.opens(&batch).await.is(200).clicks("开始复核").await.is(200).sees("G001-1987-1-00001").sees("推定值");
    let first = checker.path().to_owned();
    checker.clicks("1.pdf").await.is(200);
    assert!(checker.bytes().starts_with(b"%PDF"), "the page itself");
    checker.opens(&first).await.submits(&format!("{first}/confirm"), &[]).await.is(303).follows().await.sees("已复核入库").sees("90/100");
    checker.clicks("下一件待复核").await.is(200).sees("G001-1987-1-00002");
    let second = checker.path().to_owned();
    let back = format!("{second}/back");
    checker.submits(&back, &[("back_reason", "")]).await.is(422).sees("请填写此项");
    checker.submits(&back, &[("back_reason", "姓名不一致")]).await.is(303).follows().await.sees("已退回");
    checker.clicks("下一件待复核").await.is(200).sees("G001-1988-1-00007");
    let third = checker.path().to_owned();
    checker.submits(&format!("{third}/confirm"), &[]).await.is(303).follows().await.sees("冲突待核实").sees("同一证件号码");
    checker.opens("/desk/backentry/conflicts").await.is(200).sees("G001-1988-1-00007");
    let publish = format!("{third}/publish");
    checker.opens(&third).await.submits(&publish, &[("publish_reason", "同名")]).await.is(422).sees("补录数据与现有婚姻记录冲突");
    assert_eq!(checker.value(&publish, "publish_reason"), "同名", "what was typed is still there");
    let ended = [("ended_on", "1990-01-01"), ("end_kind", "1"), ("ended_reason", "离婚证（1990）1号")];
    checker.submits(&format!("{third}/ended"), &ended).await.is(303).follows().await.sees("已终止").sees("60/100");
    checker.opens("/desk/backentry/conflicts").await.sees("没有待核实的冲突");

    let mut elsewhere = site.staff("990126", &[Role::Reviewer]).await;
    elsewhere.opens(&first).await.is(404);
    elsewhere.opens(&batch).await.is(404);
});

journey!(r_mr_18_the_registers_are_asked_with_purpose_and_matter, |site| {
    let mut clerk = site.staff("990101", &[Role::Clerk]).await;
    let asks = [("id_no", "990101200405200017"), ("case_no", "业务1"), ("purpose", "")];
    clerk.opens("/desk/network-check").await.is(200).sees("您还没有核对过").submits("/desk/network-check", &asks).await.is(422).sees("请填写查询目的");
    assert_eq!(clerk.value("/desk/network-check", "case_no"), "业务1", "what was typed is still there");
    let asks = [("id_no", "990101200405200017"), ("case_no", "业务1"), ("purpose", "结婚登记")];
    clerk.submits("/desk/network-check", &asks).await.is(303).follows().await.is(200).sees("未答复不等于没有").sees_no("各登记库均无");
    let question = clerk.path().to_owned();
    clerk.opens("/desk/network-check").await.sees("990***********0017").sees("业务1");
    site.staff("990101", &[Role::Clerk]).await.opens(&question).await.is(404);
});
