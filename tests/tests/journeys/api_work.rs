//! Papers, archive, credit records and joint cases for programs: what the pages of the desk do, the interface does.

use platform::{Actor, Role, StaffActor};
use serde_json::{Value, json};
use store::db_test;

use crate::{
    api_program::Program,
    desk_work::Bureau,
    kit::at,
};

async fn program(b: &Bureau, staff: &StaffActor) -> Program {
    Program::of(&b.site, Actor::Staff(staff.clone())).await
}

/// The document of a kind among those of the last answer.
fn paper(program: &Program, kind: &str) -> String {
    let found = program.answer.as_array().into_iter().flatten().find(|paper| paper["kind"] == kind);
    found.and_then(|paper| paper["id"].as_str()).unwrap_or_else(|| panic!("no {kind} in {}", program.answer)).to_owned()
}

db_test!(p2_2_and_p2_12_programs_serve_the_documents_of_a_case_and_archive_it, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.deciding().await;
    b.moves(&b.approver, case, "approve", &[("opinion", "准予命名"), ("sure", "yes")]).await;
    b.moves(&b.maker, case, "make", &[]).await;
    b.site.works().await;
    let mut clerk = program(&b, &b.clerk).await;
    clerk.reads(&format!("/api/v1/work/cases/{case}/papers")).await.is(200);
    let (accepted, grant) = (paper(&clerk, "acceptance"), paper(&clerk, "grant"));
    let one = format!("/api/v1/papers/{accepted}");
    clerk.reads(&one).await.is(200);
    assert_eq!((clerk.text("/words/title").as_str(), clerk.text("/state").as_str()), ("受理通知书", "issued"));
    clerk.reads(&format!("{one}/file")).await.is(200);
    // By post: a number, and it comes back.
    clerk.calls("POST", &format!("{one}/send"), json!({ "tracking_no": "" })).await.refuses(422, "E-P215");
    clerk.calls("POST", &format!("{one}/send"), json!({ "tracking_no": "EM123456789CN" })).await.is(200);
    let service = clerk.text("/services/0/id");
    clerk.calls("POST", &format!("/api/v1/papers/{grant}/arrived"), json!({ "service": service, "returned": true })).await.refuses(422, "E-P224");
    clerk.calls("POST", &format!("{one}/arrived"), json!({ "service": service, "returned": true })).await.is(200);
    assert_eq!((clerk.text("/services/0/state"), clerk.text("/services/0/way_en")), ("returned".to_owned(), "By post".to_owned()));
    // At the counter: who, and how he stands to the addressee.
    let one = format!("/api/v1/papers/{grant}");
    clerk.calls("POST", &format!("{one}/serve"), json!({ "way": 3, "receiver": "李测试", "relation": "本人" })).await.refuses(422, "E-P224");
    clerk.calls("POST", &format!("{one}/serve"), json!({ "way": 1, "receiver": "", "relation": "本人" })).await.refuses(422, "E-P215");
    clerk.calls("POST", &format!("{one}/serve"), json!({ "way": 1, "receiver": b.citizen.name, "relation": "本人" })).await.is(200);
    assert_eq!(clerk.text("/state"), "served");
    clerk.calls("POST", &format!("{one}/void"), json!({ "reason": "不是他的权限" })).await.is(403);
    let (_, mut foreign) = Program::of_staff(&b.site, "990202", &[Role::Clerk]).await;
    foreign.reads(&one).await.is(403);
    foreign.calls("POST", &format!("{one}/serve"), json!({ "way": 1, "receiver": "甲", "relation": "乙" })).await.is(403);
    // The addressee's program reads his own, and is served by it.
    let mut own = Program::of(&b.site, b.citizen.actor()).await;
    own.reads(&format!("/api/v1/papers/{accepted}")).await.is(200);
    assert_eq!((own.text("/state"), own.answer["services"].clone()), ("served".to_owned(), json!([])));
    let stranger = identity::testing::citizen(&b.site.platform, 2).await;
    Program::of(&b.site, stranger.actor()).await.reads(&one).await.is(404);

    b.moves(&b.deliverer, case, "deliver", &[("way", "1"), ("name", &b.citizen.name)]).await;
    b.site.works().await;
    let (_, mut archivist) = Program::of_staff(&b.site, "990102", &[Role::Archivist]).await;
    archivist.reads("/api/v1/archive").await.is(200);
    assert_eq!(archivist.answer[0]["case"], json!(case.to_string()));
    let package = format!("/api/v1/archive/{case}");
    archivist.reads(&package).await.is(404);
    archivist.calls("POST", &format!("{package}/start"), Value::Null).await.is(200);
    archivist.calls("POST", &format!("{package}/start"), Value::Null).await.refuses(422, "E-P247");
    let worker = platform::outbox::Worker::new(&server::registry::services(&b.site.app));
    worker.drain(&b.site.platform).await.expect("drained");
    b.site.set_now(b.site.platform.now().plus_minutes(5));
    b.site.works().await;
    archivist.reads(&package).await.is(200);
    archivist.calls("POST", &format!("{package}/verify"), Value::Null).await.is(200);
    assert_eq!(archivist.text("/damaged"), "");
    archivist.reads(&format!("{package}/package.tar")).await.is(200);
    archivist.reads("/api/v1/archive/packages").await.is(200);
    assert_eq!(archivist.answer.as_array().map(Vec::len), Some(1));
    let (_, mut foreign) = Program::of_staff(&b.site, "990202", &[Role::Archivist]).await;
    foreign.reads(&package).await.is(403);
    foreign.reads("/api/v1/archive/packages").await.is(200);
    assert_eq!(foreign.answer, json!([]));
});

db_test!(p2_7_a_program_of_the_head_withdraws_a_credit_record, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies_with(&["plan", "lease"], true).await.expect("pledged");
    let examiner = b.site.platform.as_actor(Actor::Staff(b.examiner.clone()));
    casework::ops::check_pledge(&examiner, case, false, "名称与他人相同").await.expect("checked");
    let mut head = program(&b, &b.head).await;
    head.reads("/api/v1/work/credit").await.is(200);
    assert_eq!(head.text("/records/0/reason"), "名称与他人相同");
    assert!(head.text("/records/0/applicant").contains('*'));
    let act = format!("/api/v1/work/credit/{}/withdraw", head.text("/records/0/id"));
    program(&b, &b.clerk).await.calls("POST", &act, json!({ "reason": "核查有误" })).await.is(403);
    let (_, mut foreign) = Program::of_staff(&b.site, "990202", &[Role::Head]).await;
    foreign.calls("POST", &act, json!({ "reason": "核查有误" })).await.is(403);
    head.calls("POST", &act, json!({ "reason": "" })).await.refuses(422, "E-P224");
    head.calls("POST", &act, json!({ "reason": "核查有误" })).await.is(200);
    head.calls("POST", &act, json!({ "reason": "再次" })).await.is(409);
    head.reads("/api/v1/work/credit").await.is(200);
    assert_eq!(head.text("/records/0/withdrawn_reason"), "核查有误");
});

db_test!(p2_10_a_program_opens_the_parts_of_a_joint_case, |db| async move {
    let mut over = casework::testing::shop_sign();
    let limit = catalog::model::Limit::new(45, catalog::model::LimitUnit::WorkingDay);
    over.joint = Some(casework::Joint {
        parts: vec![over.key.clone()],
        limit: casework::StepLimit { limit, source: "行政许可法第42条".into() },
    });
    let b = Bureau::of(db, vec![casework::Declaration::data(over)], |_| {}).await;
    let parent = b.accepted().await;
    let mut clerk = program(&b, &b.clerk).await;
    let (address, parts) = (format!("/api/v1/work/cases/{parent}"), format!("/api/v1/work/cases/{parent}/parts"));
    clerk.calls("POST", &parts, json!({ "parts": [] })).await.refuses(422, "E-P224");
    clerk.calls("POST", &parts, json!({ "parts": ["000000000000000000000000000000"] })).await.is(404);
    clerk.calls("POST", &parts, json!({ "parts": [b.item.code] })).await.is(200);
    assert_eq!(clerk.text("/parts/0/item_en"), "Naming of a neighbourhood shop");
    let part = clerk.text("/parts/0/id");
    clerk.reads(&format!("/api/v1/work/cases/{part}")).await.is(200);
    assert_eq!(clerk.text("/parent"), parent.to_string());
    let (_, mut foreign) = Program::of_staff(&b.site, "990202", &[Role::Clerk]).await;
    foreign.calls("POST", &parts, json!({ "parts": [b.item.code] })).await.is(403);
    clerk.reads(&address).await.is(200);
});

db_test!(p2_5_a_card_leads_to_its_case_and_the_case_to_its_card, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies().await;
    // Nobody looks at it: the pre-check has a day, and a light beside its card.
    b.site.set_now(at(2026, 7, 3, 0, 5));
    let mut supervisor = b.site.staff("990102", &[Role::Supervisor]).await;
    supervisor.opens("/supervision/cases").await.is(200).sees("黄灯").sees("本环节超1个工作日");
    b.site.runs("supervision.run").await;
    b.site.works().await;
    let mut head = b.sees(&b.head, case).await;
    head.sees("环节超时").sees("待答复").clicks("JC2026070300001").await.is(200).sees("黄牌");
    let number = casework::head(b.site.platform.db(), case).await.expect("a case").case_no;
    head.clicks(&number).await.is(200).sees("春风便民店");
    head.opens("/desk/notices").await.is(200).sees("黄牌：环节超时");
    b.sees(&b.precheck, case).await.sees("JC2026070300001");
});

db_test!(p10_1_an_administrator_lets_the_cases_of_a_merged_region_follow, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.accepted().await;
    let successor = identity::testing::staff(&b.site.platform, "990101", &[Role::Examiner]).await;
    let mut admin = b.site.staff("990000", &[Role::SystemAdmin]).await;
    let form = "/admin/succession";
    admin.opens(form).await.is(200).sees("还没有办件").submits(form, &[("from", "990102"), ("to", "九"), ("reason", "批复")]).await.is(422).sees("请填写区划代码").sees("生效日期");
    let typed = [("from", "990102"), ("to", "990101"), ("on", "2026-07-01"), ("reason", "省政府批复〔2026〕1号")];
    admin.opens(form).await.submits(form, &typed).await.is(200).sees("便民店铺命名").sees("省政府批复〔2026〕1号").sees("移交后不能撤销");
    let org = successor.org.to_string();
    admin.submits(form, &[("to_org", &org)]).await.is(422).sees("请核对后勾选确认");
    let head = casework::head(b.site.platform.db(), case).await.expect("a case");
    assert_eq!(head.region, "990102", "nothing is done before it is confirmed");
    admin.submits(form, &[("to_org", &org), ("sure", "yes")]).await.is(303).follows().await.is(200).sees("990101").sees("省政府批复");
    assert_eq!(casework::head(b.site.platform.db(), case).await.expect("a case").region, "990101");
    b.moves(&successor, case, "take", &[]).await.sees("审查中");
    let mut foreign = b.site.staff("990200", &[Role::SystemAdmin]).await;
    foreign.opens(form).await.is(200).sees_no("省政府批复").submits(form, &typed).await.is(403);
});
