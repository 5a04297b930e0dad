//! Real renders, looked at with the tools that a stranger would use: `qpdf`, `pdffonts`, `pdftotext`.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use documents::shapes::{
    Booklet, BookletParty, Certificate, Extract, Guide, Material, Paper, Part, Party, Question, Reason, Refusal, Row, Section, Slip, Statement, Step,
};
use documents::{Error, Job, Press, Settings};
use kernel::{Day, Instant, Lang};

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(Settings::default()));

/// A PNG of one grey pixel, written out so that no picture lies in the repository.
#[rustfmt::skip]
const PHOTO: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
    8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xe8, 0xe8,
    0xe8, 0, 0, 3, 0x34, 1, 0x99, 0xc1, 0xac, 0xc0, 0xb1, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60,
    0x82,
];

fn noon() -> Instant {
    Instant::at(Day::ymd(2026, 5, 20), 12 * 60)
}

fn certificate(name: &str) -> Certificate {
    let party = |name: &str, sex: &str, birth: &str, id_no: &str| Party {
        name: name.into(),
        rows: vec![
            Row::new("性别 Sex", sex),
            Row::new("国籍 Nationality", "中国"),
            Row::new("出生日期 Birth", birth),
            Row::new("身份证件号 ID", id_no),
        ],
    };
    Certificate {
        title_zh: "结婚证".into(),
        title_en: "Marriage certificate".into(),
        number: "J990101-2026-000001".into(),
        holder: name.into(),
        facts: vec![Row::new("登记日期 Registered", "2026年5月20日（周三）"), Row::new("备注 Remark", "无")],
        parties: vec![
            party(name, "男", "2004年5月20日（周四）", "990101 20040520 0017"),
            party("李四", "女", "2006年3月11日（周六）", "990101 20060311 0020"),
        ],
        issuer: "试验区民政局婚姻登记处".into(),
        issued_on: "2026年5月20日（周三）".into(),
        identifier: "1.2.156.3005.2.11990000YY9990080W001.11990102YY9990101F.2026000000000001.001.P".into(),
        check_url: "https://example.test/c/0123456789abcdefghjkmnpqrs".into(),
        annotation: Vec::new(),
    }
}

async fn check(job: Job, name: &str, words: &[&str]) -> String {
    let pdf = PRESS.render(job).await.expect("the template compiles");
    assert!(pdf.starts_with(b"%PDF-1.7"), "{name} is not PDF 1.7");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(format!("{name}.pdf"));
    std::fs::write(&path, &pdf).expect("the temporary folder takes files");
    if let Some(keep) = option_env!("DOCUMENTS_KEEP") {
        std::fs::copy(&path, Path::new(keep).join(format!("{name}.pdf"))).expect("the folder to keep documents exists");
    }
    let path = path.to_str().expect("ASCII");
    run("qpdf", &["--check", path]);
    let fonts = run("pdffonts", &[path]);
    for line in fonts.lines().skip(2) {
        let flags: Vec<&str> = line.split_whitespace().rev().collect();
        // from the right: object, number, uni, sub, emb
        assert_eq!((flags[2], flags[4]), ("yes", "yes"), "{name}: a font is not embedded or not mapped: {line}");
    }
    let inside = run("qpdf", &["--qdf", "--object-streams=disable", "--stream-data=uncompress", path, "-"]);
    assert!(inside.contains("pdfaid:part"), "{name} has no PDF/A metadata");
    assert!(!inside.contains("/JavaScript") && !inside.contains("/JS "), "{name} holds a script");
    let text = run("pdftotext", &["-layout", path, "-"]);
    for word in words {
        assert!(text.contains(word), "{name} does not say {word}:\n{text}");
    }
    text
}

fn run(tool: &str, arguments: &[&str]) -> String {
    let out = Command::new(tool).args(arguments).output().unwrap_or_else(|e| panic!("{tool} is not installed: {e}"));
    assert!(out.status.success(), "{tool}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[tokio::test]
async fn the_certificate_says_what_the_register_holds() {
    let job = certificate("张三").job("marriage-certificate", Some(PHOTO.to_vec()), noon()).expect("complete");
    let words = ["J990101-2026-000001", "张三", "李四", "990101 20040520 0017", "登记机关", "0123456789abcdefghjkmnpqrs"];
    check(job, "certificate", &words).await;
}

#[tokio::test]
async fn the_certificate_of_an_organisation_is_an_original_and_a_copy_on_one_sheet_each() {
    let rows = |scope: &str| {
        [
            ("统一社会信用代码 Credit code", "51990102YY9600013H"),
            ("业务范围 Scope", scope),
            ("住所 Address", "甲市城东区和平路1号"),
            ("法定代表人 Legal representative", "张测试"),
            ("注册资金 Registered funds", "50,000.00 元"),
            ("业务主管单位 Supervising unit", "城东区文化局"),
            ("有效期 Valid", "2026年7月1日 — 2031年6月30日"),
            ("版本 Version", "1"),
        ]
        .map(|(label, value)| Row::new(label, value))
        .to_vec()
    };
    let held = |scope: &str| Certificate {
        title_zh: "社会团体法人登记证书".into(),
        title_en: "Certificate of a social association".into(),
        number: "51990102YY9600013H".into(),
        holder: "甲市城东区摄影家协会".into(),
        facts: rows(scope),
        parties: Vec::new(),
        issuer: "城东区民政局".into(),
        issued_on: "2026年7月1日".into(),
        check_url: "https://example.test/so/v/51990102YY9600013H?c=51990102YY9600013H&v=1&t=20260701&s=".to_owned() + &"aB3_".repeat(22),
        ..certificate("张三")
    };
    let words = ["正本", "副本", "甲市城东区摄影家协会", "城东区文化局", "发证机关", "盖章处"];
    for (name, scope) in [("organization", "交流、展览、培训".to_owned()), ("organization-long", "开展摄影艺术交流与培训。".repeat(80))] {
        let job = held(&scope).job("organization-certificate", None, noon()).expect("complete");
        let text = check(job, name, &words).await;
        assert_eq!(text.matches('\u{c}').count(), 2, "{name}: two sheets");
    }
    let mut copy = held("交流");
    copy.annotation = vec![Row::new("使用方", "某银行"), Row::new("用途", "银行开户")];
    let text = check(copy.job("organization-certificate", None, noon()).expect("complete"), "organization-copy", &["加注件", "某银行"]).await;
    assert_eq!(text.matches('\u{c}').count(), 2, "also with what was noted");
}

#[tokio::test]
async fn an_annotated_copy_says_for_whom_for_what_and_until_when() {
    let mut copy = certificate("张三");
    copy.annotation = vec![Row::new("使用方", "某银行"), Row::new("用途", "银行开户"), Row::new("有效期至", "2026年6月20日")];
    let job = copy.job("marriage-certificate", None, noon()).expect("complete");
    check(job, "copy", &["加注件", "某银行", "银行开户"]).await;
}

#[tokio::test]
async fn the_same_data_make_the_same_bytes() {
    let job = || certificate("张三").job("marriage-certificate", None, noon()).expect("complete");
    let first = PRESS.render(job()).await.expect("renders");
    assert_eq!(first, PRESS.render(job()).await.expect("renders"));
}

#[test]
fn a_machine_without_chinese_fonts_is_told_which_package_to_install() {
    let error = Error::NoFont { searched: vec!["/usr/share/fonts".into()] };
    assert!(error.to_string().contains("fonts-noto-cjk") && error.to_string().contains("/usr/share/fonts"));
    Press::new(Settings::default()).prepare().expect("this machine has one");
}

#[tokio::test]
async fn data_stay_data_whatever_they_look_like() {
    let hostile = r##"#panic("x") *a* $b$ ]) #read("/etc/passwd") </textarea><script>"##;
    let job = certificate(hostile).job("marriage-certificate", None, noon()).expect("complete");
    let text = check(job, "hostile", &[]).await;
    let squeezed: String = text.split_whitespace().collect();
    assert!(squeezed.contains(r##"#read("/etc/passwd")"##), "{text}");
    assert!(!text.contains("root:"));
}

#[tokio::test]
async fn a_character_that_no_font_has_is_told_and_not_left_out() {
    let job = certificate("张\u{10FFFD}").job("marriage-certificate", None, noon()).expect("complete");
    let error = PRESS.render(job).await.expect_err("no font has a private-use character");
    assert!(matches!(error, Error::Template { .. }), "{error}");
}

#[tokio::test]
async fn a_bureaus_template_wins_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = Settings { templates: Some(folder.path().to_owned()), ..Settings::default() };
    let press = Press::new(settings);
    let refusal = Refusal { title: "告知书".into(), ..Refusal::default() };
    std::fs::write(folder.path().join("refusal.typ"), "#let a = 1\n#nothing-like-this").expect("writable");
    let Err(Error::Template { name, problems }) = press.render(refusal.job(noon()).expect("complete")).await else {
        panic!("an unknown name must not compile")
    };
    assert_eq!(name, "refusal");
    assert!(problems.starts_with("refusal.typ:2: unknown variable"), "{problems}");
    std::fs::write(folder.path().join("refusal.typ"), "#set text(font: sys.inputs.sans)\n本局自用").expect("writable");
    assert!(press.render(refusal.job(noon()).expect("complete")).await.is_ok());
}

#[tokio::test]
async fn the_booklet_holds_text_only_and_its_test_print_a_grid() {
    let party = |name: &str| BookletParty {
        name: name.into(),
        sex: "男".into(),
        nationality: "中国".into(),
        birth: "2004年5月20日".into(),
        id_no: "990101200405200017".into(),
    };
    let booklet = Booklet {
        offset_x_mm: 1.5,
        offset_y_mm: -2.0,
        holder: "张三".into(),
        registered_on: "2026年5月20日".into(),
        number: "J990101-2026-000001".into(),
        parties: vec![party("张三"), party("李四")],
        ..Booklet::default()
    };
    let text = check(booklet.job(noon()).expect("complete"), "booklet", &["J990101-2026-000001", "李四"]).await;
    assert!(!text.contains("校准"));
    check(Booklet::test_print(0.0, 0.0).job(noon()).expect("complete"), "booklet-test", &["校准页", "170", "120"]).await;
}

#[tokio::test]
async fn the_forms_say_all_that_they_are_given() {
    let statement = Statement {
        title: "申请结婚登记声明书".into(),
        own: vec![Row::new("姓名", "张三"), Row::new("身份证件号", "990101 20040520 0017")],
        other: vec![Row::new("姓名", "李四")],
        paragraphs: vec!["本人没有配偶，与对方没有直系血亲或者三代以内旁系血亲关系，自愿结为夫妻。".into()],
        text_version: "2025-05".into(),
        office: "试验区婚姻登记处".into(),
        number: String::new(),
    };
    check(statement.job(noon()).expect("complete"), "statement", &["申请结婚登记声明书", "声明人", "监誓人", "2025-05"]).await;
    let refusal = Refusal {
        title: "不予办理结婚登记告知书".into(),
        number: "9901012026052000000017".into(),
        to: vec!["张三".into(), "李四".into()],
        opening: "您二人于 2026年5月20日（周三）申请结婚登记，经审查不予登记。".into(),
        reasons: vec![Reason { text: "男方还差 1 天满 22 周岁。".into(), law: "《民法典》第一千零四十七条".into() }],
        remedies: vec!["2026年5月21日起再来办理。".into()],
        office: "试验区民政局".into(),
        date: "2026年5月20日（周三）".into(),
    };
    check(refusal.job(noon()).expect("complete"), "refusal", &["张三、李四", "第一千零四十七条", "再来办理"]).await;
}

#[tokio::test]
async fn an_extract_tells_what_was_recorded_by_when_and_where_it_is_checked() {
    for (lang, name, as_of) in [(Lang::Zh, "extract-zh", "截至 2026 年 5 月 20 日（按记录）"), (Lang::En, "extract-en", "As recorded by the end of 20 May 2026")] {
        let extract = Extract {
            lang,
            title: "社会组织登记信息提取件 Extract".into(),
            name: "测试省软件行业协会".into(),
            number: "TQ-2026-000001".into(),
            as_of: as_of.into(),
            facts: vec![Row::new("编号", "TQ-2026-000001")],
            sections: (0..30).map(|n| Section { title: format!("登记信息 {n}"), rows: vec![Row::new("住所", "测试路1号"), Row::new("业务范围", "行业调研")] }).collect(),
            notice: "签名为SM2，随文件另附。".into(),
            check: "https://example.test/organizations/extracts/TQ-2026-000001".into(),
        };
        check(extract.job(noon()).expect("complete"), name, &["测试省软件行业协会", "TQ-2026-000001", "登记信息 29", as_of]).await;
    }
}

#[tokio::test]
async fn slips_and_guides_come_in_both_languages() {
    for (lang, name, words) in
        [(Lang::Zh, "slip-zh", ["预约编号", "请带"]), (Lang::En, "slip-en", ["Booking number", "Please bring"])]
    {
        let slip = Slip {
            lang,
            title: "结婚登记预约 Booking".into(),
            number: "9901012026052000000017".into(),
            when: "2026年5月20日（周三）09:30–10:00".into(),
            facts: vec![Row::new("登记处", "试验区婚姻登记处")],
            bring: vec!["双方居民身份证".into()],
            notes: vec!["迟到 15 分钟以上需重新取号。".into()],
            qr: "https://example.test/bookings/01".into(),
        };
        check(slip.job(noon()).expect("complete"), name, &words).await;
    }
    for (lang, name, words) in [
        (Lang::Zh, "guide-zh", ["要带的材料", "不用带的材料", "办理步骤", "法律依据"]),
        (Lang::En, "guide-en", ["Bring", "No need to bring", "Steps", "Legal basis"]),
    ] {
        let guide = Guide {
            lang,
            title: "内地居民结婚登记".into(),
            code: "实施编码 11990101YY9990101F3000711001001 第 1 版".into(),
            card: vec![Row::new("谁可以办", "男年满 22 周岁、女年满 20 周岁，双方自愿"), Row::new("费用", "不收费")],
            bring: vec![Material { name: "居民身份证".into(), note: "双方，原件".into() }],
            not_needed: vec![Material { name: "户口簿".into(), note: "2025年5月10日起不再要求".into() }],
            steps: vec![
                Step { title: "预约".into(), text: "提前 1 至 30 天，也可直接到场".into() },
                Step { title: "当场办理".into(), text: "双方到场，签署声明书，核对，发证".into() },
            ],
            legal: vec!["《民法典》第一千零四十九条".into()],
            faq: vec![Question { question: "可以异地办吗？".into(), answer: "可以，全国通办。".into() }],
            contacts: vec![Row::new("电话", "000 0000")],
            url: "https://example.test/items/1".into(),
            printed: "2026年5月20日（周三）打印".into(),
        };
        check(guide.job(noon()).expect("complete"), name, &words).await;
    }
}

#[tokio::test]
async fn p11_7_every_numbered_document_has_a_text_layer_with_number_date_and_all_parts() {
    let paper = Paper {
        title: "受理通知书".into(),
        issuer: "城东区民政局".into(),
        number: "城东民受〔2026〕1号".into(),
        to: "张测试".into(),
        opening: vec!["您提出的申请已受理。".into()],
        facts: vec![Row::new("受理日期", "2026年7月1日（周三）")],
        parts: vec![
            Part::text("事实", "经查，材料齐全。"),
            Part::points("依据", vec!["行政许可法第三十二条".into()]),
            Part::table("材料", &["名称", "份数"], vec![vec!["申请书".into(), "1".into()]]),
        ],
        closing: vec!["监督电话 12345。".into()],
        date: "2026年7月1日（周三）".into(),
        foot: "受理编号 9901022026070110000016".into(),
        check_url: "https://example.test/d/0123456789abcdefghjkmnpqrs".into(),
    };
    let whole = ["城东民受〔2026〕1号", "2026年7月1日", "城东区民政局", "9901022026070110000016"];
    let kinds = [
        ("receipt", ["申请书", "监督电话"]), ("acceptance", ["受理日期", "已受理"]), ("rejection", ["材料齐全", "监督电话"]),
        ("correction", ["申请书", "受理日期"]), ("extension", ["受理日期", "张测试"]), ("special", ["受理日期", "张测试"]),
        ("grant", ["行政许可法", "材料齐全"]), ("refusal", ["行政许可法", "材料齐全"]), ("withdrawal", ["受理日期", "张测试"]),
        ("termination", ["材料齐全", "张测试"]), ("service", ["签收", "受理日期"]), ("index", ["申请书", "受理日期"]),
    ];
    for (kind, words) in kinds {
        let job = paper.job(&format!("paper-{kind}"), noon()).expect("complete");
        check(job, kind, &[&whole[..], &words[..]].concat()).await;
    }
    for kind in ["listing-notice", "listing-decision", "removal-decision", "hearing-notice", "rectify-order", "inspection-result", "annual-conclusion", "evaluation", "fundraising"] {
        check(paper.job(&format!("supervision-{kind}"), noon()).expect("complete"), kind, &[&whole[..], &["受理日期", "材料齐全", "监督电话"]].concat()).await;
    }
    check(paper.job("supervision-service", noon()).expect("complete"), "service", &[&whole[..], &["见证人", "受理日期", "监督电话"]].concat()).await;
    for kind in ["penalty-notice", "penalty-decision"] {
        check(paper.job(&format!("supervision-{kind}"), noon()).expect("complete"), kind, &[&whole[..], &["行政许可法", "材料齐全", "监督电话"]].concat()).await;
    }
    check(paper.job("own-data", noon()).expect("complete"), "own data", &["受理通知书", "2026年7月1日", "申请书", "受理日期", "材料齐全"]).await;
    check(paper.job("complaint-reply", noon()).expect("complete"), "reply", &[&whole[..], &["材料齐全", "监督电话"]].concat()).await;
}
