//! Imports, on both engines.

use std::io::Cursor;

use ::store::db_test;
use kernel::{Lang, RegionCode, Uscc};
use platform::{Ctx, Error};

use super::run::{CHUNK, read};
use super::*;
use crate::model::{Kind, Status};
use crate::testing::{World, world};
use crate::{public, register};

const HEAD: &str = "序号,统一社会信用代码,社会组织名称,类型,状态,法定代表人,注册资金（万元）,成立日期,住所";

fn uscc(n: usize) -> Uscc {
    Uscc::new("51", RegionCode::parse("990102").expect("a region"), &format!("ZZ{n:06}").replace('Z', "Y")).expect("of its form")
}

fn line(n: usize) -> String {
    format!("{n},{},城东区第{n}协会,社会团体,正常,张某{n},3,2015/3/{},城东区和平路{n}号", uscc(n + 500_000), n % 28 + 1)
}

fn table(lines: &[String]) -> Vec<u8> {
    format!("{HEAD}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
}

async fn sent(ctx: &Ctx, bytes: Vec<u8>) -> platform::Result<ImportId> {
    let authority = own_body(ctx)?;
    send(ctx, Sent { file_name: "注册.csv".to_owned(), authority, source: Cursor::new(bytes) }).await
}

/// What was guessed, as a form sends it.
async fn as_guessed(ctx: &Ctx, id: ImportId) -> Vec<String> {
    let import = import(ctx, id).await.expect("seen");
    (0..import.columns.len()).map(|column| import.mapping.field(column).to_owned()).collect()
}

async fn runs(w: &World) {
    (job().run)(w.p.system()).await.expect("a run");
}

async fn checked(w: &World, ctx: &Ctx, bytes: Vec<u8>) -> ImportId {
    let id = sent(ctx, bytes).await.expect("sent");
    map(ctx, id, &as_guessed(ctx, id).await).await.expect("mapped");
    runs(w).await;
    id
}

async fn counts(ctx: &Ctx, id: ImportId) -> (i64, i64, i64, i64) {
    let import = import(ctx, id).await.expect("seen");
    (import.fresh, import.changed, import.same, import.refused)
}

db_test!(an_import_goes_on_after_a_stop_and_run_twice_changes_nothing, |db| async move {
    let w = world(db).await;
    let ctx = w.as_staff(&w.administrator);
    let many = 2 * CHUNK + 30;
    let mut lines: Vec<String> = (0..many).map(line).collect();
    lines[3] = lines[3].replace("2015/3/4", "春天");
    lines.push(line(7));
    let id = checked(&w, &ctx, table(&lines)).await;
    assert_eq!(import(&ctx, id).await.expect("seen").line.state, State::Checked);
    assert_eq!(counts(&ctx, id).await, (many as i64 - 1, 0, 0, 2));
    assert!(public::entry(&ctx, uscc(500_000).as_str()).await.is_err(), "a dry run changes nothing");
    load(&ctx, id).await.expect("begun");
    read(&w.p.system(), id, 1).await.expect("stopped");
    assert_eq!(import(&ctx, id).await.expect("seen").done, CHUNK as i64);
    runs(&w).await;
    let seen = import(&ctx, id).await.expect("seen");
    assert_eq!((seen.line.state, seen.done), (State::Done, many as i64 + 1));
    assert_eq!(counts(&ctx, id).await, (many as i64 - 1, 0, 0, 2));
    let entry = public::entry(&ctx, uscc(500_000).as_str()).await.expect("in the register");
    assert_eq!((entry.content.name.as_str(), entry.content.funds, entry.content.status), ("城东区第0协会", kernel::Fen::yuan(30_000), Status::Active));

    // The same table again, and one that was mended.
    let again = checked(&w, &ctx, table(&lines)).await;
    assert_eq!(counts(&ctx, again).await, (0, 0, many as i64 - 1, 2));
    lines[0] = lines[0].replace("和平路0号", "和平路1000号");
    let mended = checked(&w, &ctx, table(&lines)).await;
    assert_eq!(counts(&ctx, mended).await, (0, 1, many as i64 - 2, 2));
    load(&ctx, mended).await.expect("begun");
    runs(&w).await;
    let versions = register::versions(w.p.db(), entry.head.id, None, 10).await.expect("versions");
    assert_eq!((versions.len(), versions[0].content.address.as_str()), (2, "城东区和平路1000号"));
    assert!(load(&ctx, mended).await.expect_err("it is in").has_code("E-ST01"));
});

db_test!(bad_lines_are_told_one_by_one_and_can_be_taken_home, |db| async move {
    let w = world(db).await;
    let ctx = w.as_staff(&w.administrator);
    let other = Uscc::new("52", RegionCode::parse("990126").expect("a region"), "YY700001").expect("of its form");
    let lines = [
        line(1),
        line(1).replace("协会", "联合会"),
        "2,51990000YY9990013U,错码协会,社会团体,正常,张某,3,2015/3/1,某处".to_owned(),
        "3,,无码协会,社会团体,正常,张某,3,2015/3/1,某处".to_owned(),
        line(4).replace("社会团体", "基金会"),
        line(5).replace("城东区第5协会", "=HYPERLINK(1)"),
        line(6).replace("正常", "不知道"),
        format!("7,{other},山前县协会,民非,正常,张某,3,2015/3/1,某处"),
        "8,51990102YY8000019,位数不足,社会团体,正常,张某,3,2015/3/1,某处".to_owned(),
    ];
    let id = checked(&w, &ctx, table(&lines)).await;
    assert_eq!(counts(&ctx, id).await, (1, 0, 0, 8));
    let (rejected, more) = rejects(&ctx, id, 0).await.expect("listed");
    let codes: Vec<(i64, &str)> = rejected.iter().map(|one| (one.line, one.issues[0].code.as_ref())).collect();
    let expected = [(3, "E-D47"), (4, "E-USCC03"), (5, "E-D44"), (6, "E-USCC06"), (7, "E-D45"), (8, "E-D45"), (9, "E-D48"), (10, "E-USCC01")];
    assert_eq!((codes.as_slice(), more), (expected.as_slice(), false));
    let file = String::from_utf8(rejected_csv(&ctx, id, Lang::Zh).await.expect("a file")).expect("text");
    assert!(file.contains("[E-D47]") && file.contains("'=HYPERLINK") && file.contains("统一社会信用代码"), "{file}");
    // Somebody of another place sees none of it.
    let stranger = identity::testing::staff(&w.p, "990126", &IMPORTS).await;
    let stranger = w.as_staff(&stranger);
    assert!(matches!(import(&stranger, id).await, Err(Error::NotFound)));
    assert!(matches!(load(&stranger, id).await, Err(Error::NotFound)));
    assert!(matches!(imports(&w.as_staff(&w.clerk), None).await, Err(Error::Denied(_))));
});

db_test!(tables_come_with_marks_in_gbk_and_a_mapping_is_kept, |db| async move {
    let w = world(db).await;
    let ctx = w.as_staff(&w.administrator);
    let marked = [b"\xef\xbb\xbf".as_slice(), &table(&[line(1)])].concat();
    assert_eq!(counts(&ctx, checked(&w, &ctx, marked).await).await, (1, 0, 0, 0));
    // 名称,代码 in GB18030.
    let gbk = [b"\xc3\xfb\xb3\xc6,\xb4\xfa\xc2\xeb\r\n\xb3\xc7\xb6\xab\xd0\xad\xbb\xe1,".as_slice(), uscc(9).as_str().as_bytes(), b"\r\n"].concat();
    let id = checked(&w, &ctx, gbk).await;
    assert_eq!(counts(&ctx, id).await, (1, 0, 0, 0));
    // Columns of other names are mapped by hand once.
    let odd = |name: &str| format!("甲,乙\r\n{name},{}\r\n", uscc(10)).into_bytes();
    let id = sent(&ctx, odd("城东区诗词协会")).await.expect("sent");
    let unmapped = map(&ctx, id, &as_guessed(&ctx, id).await).await.expect_err("nothing is known");
    assert!(unmapped.has_code("E-D42"));
    assert!(map(&ctx, id, &["name".to_owned(), "name".to_owned()]).await.expect_err("twice").has_code("E-D43"));
    map(&ctx, id, &["name".to_owned(), "uscc".to_owned()]).await.expect("mapped");
    let next = sent(&ctx, odd("城东区楹联协会")).await.expect("sent");
    assert_eq!(as_guessed(&ctx, next).await, ["name", "uscc"]);
    let long = format!("{HEAD}\r\n1,{},{}\r\n", uscc(1), "长".repeat(1_000_000));
    assert!(sent(&ctx, long.into_bytes()).await.expect_err("too long").has_code("E-TAB07"));
    assert!(sent(&ctx, Vec::new()).await.expect_err("empty").has_code("E-D41"));
    assert!(sent(&ctx, vec![0; 100]).await.is_err());
    assert_eq!(Kind::of_code(&uscc(1)), Some(Kind::Association));
});
