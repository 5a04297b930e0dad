//! Cases of every service at the desk, with a service that does not exist: the whole life by pages, the scenarios of P2.7, and what happens
//! when two people are there at once.

use casework::ops::{self, Attach, Save, Saved, Submit};
use casework::testing::{PDF, World, answers, shop_sign, world_with};
use casework::{CaseId, Declaration, Owner, Party};
use catalog::model::{Elements, ItemView};
use identity::testing::Citizen;
use kernel::Day;
use platform::{Role, StaffActor};
use serde_json::json;
use store::{db_test, q};

use crate::{
    api_program::Program,
    kit::{Site, Visitor, at},
};

/// A bureau that names shops: the program on the world of the engine's tests.
pub(crate) struct Bureau {
    pub(crate) site: Site,
    pub(crate) item: ItemView,
    pub(crate) citizen: Citizen,
    pub(crate) precheck: StaffActor,
    pub(crate) clerk: StaffActor,
    pub(crate) examiner: StaffActor,
    pub(crate) reviewer: StaffActor,
    pub(crate) approver: StaffActor,
    pub(crate) maker: StaffActor,
    pub(crate) deliverer: StaffActor,
    pub(crate) head: StaffActor,
}

impl Bureau {
    pub(crate) async fn opens(db: store::Db) -> Self {
        Self::of(db, vec![Declaration::data(shop_sign())], |_| {}).await
    }

    pub(crate) async fn of(db: store::Db, declarations: Vec<Declaration>, change: impl Fn(&mut Elements)) -> Self {
        let World { p, item, precheck, examiner, reviewer, approver, maker, deliverer, head, citizen, .. } = world_with(db, declarations.clone(), change).await;
        // The clerk of the world has had his password since January; this one may sign in.
        let clerk = identity::testing::staff(&p, "990102", &[Role::Clerk]).await;
        Self { site: Site::with(p, declarations).await, item, citizen, precheck, clerk, examiner, reviewer, approver, maker, deliverer, head }
    }

    /// The citizen applies with these papers.
    pub(crate) async fn applies_with(&self, papers: &[&str], pledge: bool) -> platform::Result<CaseId> {
        let ctx = self.site.platform.as_actor(self.citizen.actor());
        let save = Save { impl_code: self.item.code.clone(), seen: 0, answers: answers(), party: Party::Own };
        let Saved::Draft(draft) = ops::save(&ctx, save).await? else { panic!("nobody else saves") };
        for key in papers {
            let file = Attach { to: Owner::Draft(draft.id), key: (*key).to_owned(), file_name: format!("{key}.pdf"), bytes: PDF.to_vec() };
            ops::attach(&ctx, file).await?;
        }
        Ok(ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge }).await?.case)
    }

    pub(crate) async fn applies(&self) -> CaseId {
        self.applies_with(&["plan", "lease"], false).await.expect("submitted")
    }

    /// A member of staff has the page of a move before him.
    pub(crate) async fn has(&self, staff: &StaffActor, case: CaseId, verb: &str) -> Visitor {
        let mut visitor = self.site.at_desk(staff.id).await;
        visitor.opens(&format!("/desk/work/{case}/{verb}")).await.is(200);
        visitor
    }

    /// A member of staff makes a move on its page; what came of it.
    pub(crate) async fn tries(&self, staff: &StaffActor, case: CaseId, verb: &str, typed: &[(&str, &str)]) -> Visitor {
        let mut visitor = self.has(staff, case, verb).await;
        visitor.submits(&format!("/desk/work/{case}/{verb}"), typed).await;
        visitor
    }

    /// The same, and it is done: he is back on the page of the case.
    pub(crate) async fn moves(&self, staff: &StaffActor, case: CaseId, verb: &str, typed: &[(&str, &str)]) -> Visitor {
        let mut visitor = self.tries(staff, case, verb, typed).await;
        visitor.is(303).follows().await.is(200);
        visitor
    }

    pub(crate) async fn accepted(&self) -> CaseId {
        let case = self.applies().await;
        self.moves(&self.clerk, case, "receive", &[]).await;
        self.moves(&self.clerk, case, "accept", &[]).await;
        case
    }

    pub(crate) async fn examining(&self) -> CaseId {
        let case = self.accepted().await;
        self.moves(&self.examiner, case, "take", &[]).await;
        case
    }

    pub(crate) async fn deciding(&self) -> CaseId {
        let case = self.examining().await;
        self.moves(&self.examiner, case, "propose", &[("opinion", "名称合规")]).await;
        self.moves(&self.reviewer, case, "agree", &[("opinion", "同意")]).await;
        case
    }

    pub(crate) async fn sees(&self, staff: &StaffActor, case: CaseId) -> Visitor {
        let mut visitor = self.site.at_desk(staff.id).await;
        visitor.opens(&format!("/desk/work/{case}")).await.is(200);
        visitor
    }

    /// The citizen takes the application back, as his own page does.
    pub(crate) async fn citizen_withdraws(&self, case: CaseId) -> platform::Result<()> {
        let ctx = self.site.platform.as_actor(self.citizen.actor());
        let seen = casework::head(self.site.platform.db(), case).await?.version;
        ops::act(&ctx, case, ops::Act::new("withdraw", seen)).await.map(drop)
    }
}

db_test!(p2_9_a_case_goes_from_receipt_to_the_archive_by_pages, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies().await;
    let mut clerk = b.site.at_desk(b.clerk.id).await;
    clerk.opens("/desk/work").await.is(200).sees("便民店铺命名").sees("剩1个工作日").sees_no(&b.citizen.name);
    clerk.opens(&format!("/desk/work/{case}")).await.is(200).sees("春风便民店").sees("店铺平面图").sees("收件").sees(&b.citizen.name);
    b.moves(&b.precheck, case, "precheck_pass", &[]).await.sees("预审通过");
    b.moves(&b.clerk, case, "receive", &[]).await.sees("已收件").sees("收件凭证");
    b.moves(&b.clerk, case, "accept", &[]).await.sees("已受理").sees("2026年7月29日").sees("受理通知书").sees_no("准予");
    b.moves(&b.examiner, case, "take", &[]).await.sees("审查中");
    b.tries(&b.examiner, case, "inspect", &[("opinion", "与图纸一致"), ("inspectors", &b.examiner.id.to_string())]).await.is(422).sees("核查人员不得少于2人").sees("与图纸一致");
    b.moves(&b.examiner, case, "propose", &[("opinion", "名称合规")]).await.sees("审核中").sees("名称合规");
    b.moves(&b.reviewer, case, "agree", &[("opinion", "同意")]).await.sees("待决定");
    b.tries(&b.approver, case, "approve", &[("opinion", "准予命名")]).await.is(422).sees("请核对后勾选确认").sees("准予命名");
    b.moves(&b.approver, case, "approve", &[("opinion", "准予命名"), ("sure", "yes")]).await.sees("准予决定书");
    b.moves(&b.maker, case, "make", &[]).await.sees("待送达");
    b.tries(&b.deliverer, case, "deliver", &[("way", "3"), ("name", &b.citizen.name)]).await.is(422).sees("须生成并送达准予决定书");
    b.moves(&b.deliverer, case, "deliver", &[("way", "1"), ("name", &b.citizen.name)]).await.sees("已办结").sees("送达回证").sees("已送达");
    let archivist = identity::testing::staff(&b.site.platform, "990102", &[Role::Archivist]).await;
    b.moves(&archivist, case, "archive", &[]).await.sees("已归档");
    clerk.opens("/desk/work").await.is(200).sees("没有在办件");
    clerk.opens("/desk/work?state=closed").await.sees("已归档");
    b.site.works().await;
});

db_test!(p2_1_scenario_1_nobody_told_in_time_so_it_is_accepted_as_of_receipt, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies().await;
    b.site.set_now(at(2026, 7, 9, 0, 5));
    b.sees(&b.examiner, case).await.sees("已受理").sees("2026年7月1日").sees("自收到之日起即为受理").sees("2026年7月29日");
    b.site.runs("casework.time").await;
    b.site.runs("supervision.run").await;
    b.site.works().await;
    let mut supervisor = b.site.staff("990102", &[Role::Supervisor]).await;
    supervisor.opens("/supervision/cards").await.is(200).sees("黄牌");
    b.moves(&b.examiner, case, "take", &[]).await.sees("审查中");
});

db_test!(p2_1_scenario_2_everything_is_told_at_once_and_never_again, |db| async move {
    // A life-cycle in which a case comes back to receipt: the notice stays one.
    let mut declared = shop_sign();
    let mut life = declared.life_cycle();
    life.moves.iter_mut().find(|mv| mv.verb == "supply_part").expect("the table has it").to = Some("received".into());
    declared.life = casework::Life::Own(life);
    let b = Bureau::of(db, vec![Declaration::data(declared)], |_| {}).await;
    let case = b.applies().await;
    b.moves(&b.clerk, case, "receive", &[]).await;
    b.tries(&b.clerk, case, "correct", &[]).await.is(422).sees("请填写需要补正的内容");
    b.site.set_now(at(2026, 7, 6, 10, 0));
    let list = [
        ("fix.plan", "yes"), ("wrong.plan", "看不清"), ("mend.plan", "重新扫描"),
        ("fix.lease", "yes"), ("fault.lease", "defective"), ("wrong.lease", "没有签字"), ("mend.lease", "补签"),
        ("what.1", "sign"), ("wrong.1", "名称不完整"), ("mend.1", "写全称"),
    ];
    b.moves(&b.clerk, case, "correct", &list).await.sees("待补正").sees("补正告知书").sees("没有签字").sees("写全称").sees("2026年7月27日");
    b.site.set_now(at(2026, 7, 20, 10, 0));
    b.has(&b.clerk, case, "correct").await.sees("您不能执行这一步");
    b.moves(&b.clerk, case, "supply_part", &[]).await.sees("已收件");
    b.tries(&b.clerk, case, "correct", &list[..3]).await.is(422).sees("本件已于2026年7月6日告知过").sees_no("您不能执行这一步");
});

db_test!(p2_3_scenario_3_a_limit_is_extended_once, |db| async move {
    let b = Bureau::opens(db).await;
    b.site.set_now(at(2026, 9, 18, 10, 0));
    let case = b.examining().await;
    b.sees(&b.examiner, case).await.sees("20 个工作日，自 9 月 18 日起，至 10 月 22 日；中秋 3 天、国庆 7 天不计").sees_no("延长办理期限");
    b.site.set_now(at(2026, 10, 12, 10, 0));
    // The head of the world has not changed his password since July.
    let head = identity::testing::staff(&b.site.platform, "990102", &[Role::Head]).await;
    b.moves(&head, case, "extend", &[("reason", "需要实地调查"), ("sure", "yes")]).await.sees("11 月 5 日").sees("延期通知书");
    b.tries(&head, case, "extend", &[("reason", "还需要"), ("sure", "yes")]).await.is(422).sees("延期次数已用完").sees("还需要");
});

db_test!(p2_3_scenario_4_a_special_procedure_stops_the_clock, |db| async move {
    let b = Bureau::of(db, vec![Declaration::data(shop_sign())], |elements| elements.promise.value = 10).await;
    b.site.set_now(at(2026, 3, 2, 10, 0));
    let case = b.examining().await;
    b.site.set_now(at(2026, 3, 5, 10, 0));
    b.tries(&b.examiner, case, "special_start", &[("kind", "5")]).await.is(422).sees("请填写依据").sees("请填写预计天数");
    let typed = [("kind", "5"), ("basis", "行政许可法第45条"), ("estimated_days", "10")];
    b.moves(&b.examiner, case, "special_start", &typed).await.sees("专家评审").sees("自2026年3月5日").sees("特别程序告知书");
    b.site.set_now(at(2026, 3, 18, 10, 0));
    b.moves(&b.examiner, case, "special_end", &[("opinion", "专家同意")]).await.sees("3 月 27 日").sees("中止 13 天不计");
});

db_test!(p2_5_scenario_5_who_accepted_may_not_decide_and_reads_why, |db| async move {
    let b = Bureau::opens(db).await;
    let both = identity::testing::staff(&b.site.platform, "990102", &[Role::Clerk, Role::Approver]).await;
    let case = b.applies().await;
    b.moves(&both, case, "receive", &[]).await;
    b.moves(&both, case, "accept", &[]).await;
    b.moves(&b.examiner, case, "take", &[]).await;
    b.moves(&b.examiner, case, "propose", &[("opinion", "合规")]).await;
    b.moves(&b.reviewer, case, "agree", &[("opinion", "同意")]).await;
    b.sees(&both, case).await.sees("须由他人办理").sees("受理人员不得同时作出决定");
    b.has(&both, case, "approve").await.sees("受理人员不得同时作出决定").sees_no("我已核对");
    let mut program = Program::of(&b.site, platform::Actor::Staff(both.clone())).await;
    let address = format!("/api/v1/work/cases/{case}");
    program.reads(&address).await.is(200);
    program.calls("POST", &format!("{address}/moves/approve"), json!({ "opinion": "准予" })).await.refuses(422, "E-P210");
});

db_test!(p2_6_scenario_6_a_promised_paper_that_does_not_come_withdraws_the_case, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies_with(&["plan"], false).await.expect("a paper that may follow");
    b.moves(&b.clerk, case, "receive", &[]).await;
    b.tries(&b.clerk, case, "accept", &[]).await.is(422).sees("缺少材料“租赁合同”");
    b.tries(&b.clerk, case, "accept", &[("promise.lease", "yes")]).await.is(422).sees("租赁合同补交日期");
    b.moves(&b.clerk, case, "accept", &[("promise.lease", "yes"), ("due.lease", "2026-07-15")]).await.sees("容缺材料应于2026年7月15日").sees("容缺后补");
    b.site.set_now(at(2026, 7, 15, 23, 59));
    b.sees(&b.clerk, case).await.sees("已受理");
    b.site.set_now(at(2026, 7, 16, 0, 0));
    b.sees(&b.clerk, case).await.sees("视为撤回");
    b.site.runs("casework.time").await;
    b.site.works().await;
});

db_test!(p2_4_scenario_8_a_refusal_states_reason_and_remedies, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.deciding().await;
    let mut approver = b.has(&b.approver, case, "refuse").await;
    assert!(approver.value(&format!("/desk/work/{case}/refuse"), "remedies").contains("行政复议"), "the item knows the remedies");
    approver.submits(&format!("/desk/work/{case}/refuse"), &[("reason", ""), ("sure", "yes")]).await.is(422).sees("不予决定须说明理由并告知救济途径");
    b.moves(&b.approver, case, "refuse", &[("reason", "名称与已有店铺相同"), ("sure", "yes")]).await.sees("不予，待送达").sees("不予决定书").sees("行政复议");
    b.moves(&b.deliverer, case, "serve", &[("way", "2"), ("name", &b.citizen.name)]).await.sees("已办结");
});

db_test!(p2_10_scenario_9_a_joint_case_is_due_with_the_longest_of_its_parts, |db| async move {
    let mut over = shop_sign();
    let limit = catalog::model::Limit::new(45, catalog::model::LimitUnit::WorkingDay);
    over.joint = Some(casework::Joint {
        parts: ["a", "b", "c"].map(|part| format!("shop_sign.{part}")).to_vec(),
        limit: casework::StepLimit { limit, source: "行政许可法第42条".into() },
    });
    let mut declarations = vec![Declaration::data(over)];
    for (n, part) in ["a", "b", "c"].into_iter().enumerate() {
        let mut one = shop_sign();
        (one.key, one.item_code) = (format!("shop_sign.{part}"), format!("99011100901{n}"));
        declarations.push(Declaration::data(one));
    }
    let b = Bureau::of(db, declarations, |_| {}).await;
    b.site.set_now(at(2026, 1, 6, 10, 0));
    for (n, (part, days)) in [("a", 10), ("b", 20), ("c", 30)].into_iter().enumerate() {
        let mut file = catalog::seed::read(include_str!("../../../domains/shared/casework/data/testing/shop-sign-item.toml")).expect("the carried item");
        (file.elements.house.service, file.elements.promise.value) = (format!("shop_sign.{part}"), days);
        file.code = catalog::model::BasicCode::parse(&format!("99011100901{n}")).expect("a code");
        let (system, code) = (b.site.platform.system(), file.code.clone());
        catalog::seed::define_one(&system, "990000".parse().expect("a region"), file).await.expect("defined");
        catalog::seed::implement(&system, &code, b.clerk.org, catalog::model::Level::County, vec![catalog::testing::OFFICE.to_owned()]).await.expect("published");
    }
    b.site.set_now(at(2026, 7, 1, 10, 0));
    let parent = b.accepted().await;
    let mut clerk = b.site.at_desk(b.clerk.id).await;
    let form = format!("/desk/work/{parent}/parts");
    clerk.opens(&form).await.is(200).submits(&form, &[]).await.is(422).sees("请填写并联的事项");
    let mut codes = Vec::new();
    for part in ["a", "b", "c"] {
        let found = catalog::ops::of_service(&b.site.platform.system(), &format!("shop_sign.{part}"), &b.clerk.region).await.expect("items");
        codes.extend(found.into_iter().map(|item| item.code));
    }
    let typed: Vec<_> = codes.iter().map(|code| ("parts", code.as_str())).collect();
    clerk.opens(&form).await.submits(&form, &typed).await.is(303).follows().await.is(200).sees("并联事项");
    let children: Vec<(Vec<u8>,)> = q("SELECT id FROM case_head WHERE parent = $1 ORDER BY id").bind(parent).all(b.site.platform.db()).await.expect("the parts");
    assert_eq!(children.len(), 3);
    let citizen = b.site.platform.as_actor(b.citizen.actor());
    for (child,) in children {
        let child = CaseId::try_from(child).expect("an id");
        for key in ["plan", "lease"] {
            let file = Attach { to: Owner::Case(child), key: key.into(), file_name: "a.pdf".into(), bytes: PDF.to_vec() };
            ops::attach(&citizen, file).await.expect("attached");
        }
        b.moves(&b.clerk, child, "receive", &[]).await.sees("查看总件");
        b.moves(&b.clerk, child, "accept", &[]).await;
    }
    let mut page = b.sees(&b.clerk, parent).await;
    page.sees("并联办理期限 2026年8月12日").sees("2026年7月15日").sees("2026年7月29日");
});

db_test!(p2_7_scenario_11_a_broken_pledge_bars_the_next_until_the_record_is_withdrawn, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies_with(&["plan", "lease"], true).await.expect("pledged");
    let mut examiner = b.sees(&b.examiner, case).await;
    examiner.sees("我承诺店铺名称不与他人相同").clicks("核查承诺").await.is(200);
    let form = format!("/desk/work/{case}/pledge");
    examiner.submits(&form, &[("kept", "no")]).await.is(422).sees("请填写核查情况");
    examiner.submits(&form, &[("kept", "no"), ("finding", "名称与他人相同")]).await.is(303).follows().await.sees("核查不实");
    b.citizen_withdraws(case).await.expect("withdrawn");
    assert!(b.applies_with(&["plan", "lease"], true).await.expect_err("a record").has_code("E-P208"));
    let mut head = b.site.at_desk(b.head.id).await;
    head.opens("/desk/credit").await.is(200).sees("名称与他人相同").sees_no(&b.citizen.name).clicks("撤销").await.is(200);
    let form = head.path().to_owned();
    head.submits(&form, &[]).await.is(422).sees("请填写撤销理由");
    head.submits(&form, &[("reason", "核查有误")]).await.is(303).follows().await.sees("已撤销").sees("核查有误");
    b.applies_with(&[], true).await.expect("nothing stands against him any more");
    let mut foreign = b.site.staff("990202", &[Role::Head]).await;
    foreign.opens("/desk/credit").await.is(200).sees("没有失信记录");
    foreign.opens(&form).await.is(403);
});

db_test!(two_who_decide_at_the_same_moment_one_wins_and_the_other_keeps_his_words, |db| async move {
    let b = Bureau::opens(db).await;
    let other = identity::testing::staff(&b.site.platform, "990102", &[Role::Approver]).await;
    let case = b.deciding().await;
    let (mut one, mut two) = (b.has(&b.approver, case, "approve").await, b.has(&other, case, "refuse").await);
    let (grant, refuse) = (format!("/desk/work/{case}/approve"), format!("/desk/work/{case}/refuse"));
    let (yes, no) = ([("opinion", "准予命名"), ("sure", "yes")], [("reason", "名称与已有店铺相同"), ("sure", "yes")]);
    tokio::join!(one.submits(&grant, &yes), two.submits(&refuse, &no));
    let mut statuses = [one.status(), two.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", one.text(), two.text());
    let (mut lost, words) = if one.status() == 409 { (one, "准予命名") } else { (two, "名称与已有店铺相同") };
    lost.sees("数据已被他人更新").sees("您的操作没有执行").sees(words);
});

db_test!(a_citizen_withdraws_while_it_is_decided, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.deciding().await;
    let mut approver = b.has(&b.approver, case, "approve").await;
    b.citizen_withdraws(case).await.expect("withdrawn");
    let form = format!("/desk/work/{case}/approve");
    approver.submits(&form, &[("opinion", "准予命名"), ("sure", "yes")]).await.is(409).sees("已撤回").sees("准予命名");
    approver.opens(&format!("/desk/work/{case}")).await.sees("已撤回").sees("撤回申请");
});

db_test!(a_stale_page_tells_what_happened_and_goes_on_from_there, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.examining().await;
    let other = identity::testing::staff(&b.site.platform, "990102", &[Role::Examiner]).await;
    let mut examiner = b.has(&b.examiner, case, "propose").await;
    b.moves(&b.head, case, "hand_over", &[("holder", &other.id.to_string())]).await.sees(&other.name);
    let form = format!("/desk/work/{case}/propose");
    examiner.submits(&form, &[("opinion", "名称合规")]).await.is(409).sees("转交他人").sees("名称合规");
    examiner.submits(&form, &[]).await.is(303).follows().await.sees("审核中").sees("名称合规");
    let mut head = b.site.at_desk(b.head.id).await;
    head.opens("/desk/load").await.is(200).sees(&b.examiner.name).clicks(&other.name).await.is(200).sees("便民店铺命名");
});

db_test!(p2_2_nothing_is_delivered_without_its_document, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.deciding().await;
    b.moves(&b.approver, case, "approve", &[("opinion", "准予命名"), ("sure", "yes")]).await;
    b.moves(&b.maker, case, "make", &[]).await;
    let grant: (Vec<u8>,) = q("SELECT id FROM paper WHERE case_id = $1 AND kind = 'grant'").bind(case).one(b.site.platform.db()).await.expect("the decision");
    let grant = casework::papers::PaperId::try_from(grant.0).expect("an id");
    casework::papers::void(&b.site.platform.as_actor(platform::Actor::Staff(b.approver.clone())), grant, "姓名有误").await.expect("void");
    b.tries(&b.deliverer, case, "deliver", &[("way", "1"), ("name", &b.citizen.name)]).await.is(422).sees("须生成并送达准予决定书");
});

db_test!(p2_9_a_case_is_sent_to_the_body_that_answers_for_it_and_the_log_says_so, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies().await;
    let there = identity::testing::staff(&b.site.platform, "990126", &[Role::Clerk]).await;
    let mut foreign = b.site.at_desk(there.id).await;
    foreign.opens(&format!("/desk/work/{case}")).await.is(403);
    foreign.opens("/desk/work").await.sees("没有在办件");
    foreign.opens("/desk/work?section=region&region=990102").await.sees("共 0 件");
    let form = format!("/desk/work/{case}/transfer");
    let mut clerk = b.sees(&b.clerk, case).await;
    clerk.clicks("转送其他机构").await.is(200).submits(&form, &[("reason", "属山前县管辖")]).await.is(422).sees("接收的机构").sees("属山前县管辖");
    clerk.submits(&form, &[("org", &there.org.to_string())]).await.is(303).follows().await.sees("已转送").sees("没有在办件");
    clerk.opens(&format!("/desk/work/{case}")).await.is(403);
    foreign.opens(&format!("/desk/work/{case}")).await.is(200).sees("转送其他机构").sees("属山前县管辖 → 测试民政局");
    b.moves(&there, case, "receive", &[]).await.sees("已收件");
});

db_test!(a_step_without_a_person_is_said_on_the_page_and_told_to_the_head, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.examining().await;
    let (reviewer, now) = (b.reviewer.id, b.site.platform.now());
    let gone = b.site.platform.db().write(|tx| async move { q("UPDATE staff SET suspended_at = $2 WHERE id = $1").bind(reviewer).bind(now).exec(&tx).await });
    assert_eq!(gone.await.expect("the reviewer leaves"), 1);
    b.moves(&b.examiner, case, "propose", &[("opinion", "名称合规")]).await.sees("本单位没有人担任“审核”");
    let mut head = b.site.at_desk(b.head.id).await;
    head.opens("/desk/notices").await.is(200).sees("没有人可以继续办理");
});

db_test!(p8_an_absent_colleague_is_stood_in_for_and_the_log_knows, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.accepted().await;
    let mut head = b.site.at_desk(b.head.id).await;
    let (away, deliverer, approver) = (b.examiner.id.to_string(), b.deliverer.id.to_string(), b.approver.id.to_string());
    let day = Day::ymd(2026, 7, 1);
    let (from, until, long) = (day.to_string(), day.plus_days(29).to_string(), day.plus_days(30).to_string());
    let typed = |delegate, until| [("staff", away.clone()), ("delegate", delegate), ("from", from.clone()), ("until", until), ("reason", "年休假".to_owned())];
    let list = "/desk/absences";
    for (typed, why) in [(typed(deliverer.clone(), long), "1至30日"), (typed(approver, until.clone()), "互斥岗位")] {
        let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        head.opens(list).await.is(200).submits(list, &typed).await.is(422).sees(why).sees("年休假");
    }
    let good = typed(deliverer, until);
    let good: Vec<_> = good.iter().map(|(name, value)| (*name, value.as_str())).collect();
    head.submits(list, &good).await.is(303).follows().await.sees("已登记").sees(&b.deliverer.name);
    b.moves(&b.deliverer, case, "take", &[]).await.sees("审查中");
    head.opens(list).await;
    let action = head.html().split("action=\"").filter_map(|rest| rest.split_once('"')).map(|(action, _)| action.to_owned()).find(|action| action.ends_with("/end"));
    head.submits(&action.expect("a button"), &[]).await.is(303).follows().await.sees("代理已结束").sees("没有进行中");
    b.has(&b.deliverer, case, "propose").await.sees("您不能执行这一步");
});

db_test!(a_paper_is_judged_and_another_taken_in, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies().await;
    b.moves(&b.clerk, case, "receive", &[]).await;
    let mut clerk = b.sees(&b.clerk, case).await;
    clerk.clicks("店铺平面图").await.is(200).sees("plan.pdf");
    let paper = clerk.path().to_owned();
    clerk.submits(&paper, &[("good", "no")]).await.is(422).sees("不符合要求的原因");
    clerk.submits(&paper, &[("good", "no"), ("note", "看不清")]).await.is(303).follows().await.sees("不符合要求").sees("看不清");
    b.tries(&b.clerk, case, "accept", &[]).await.is(422).sees("缺少材料“店铺平面图”");
    clerk.opens(&format!("{paper}/file")).await.is(200);
    assert_eq!(clerk.bytes(), PDF);
    let form = format!("/desk/work/{case}/materials");
    clerk.opens(&format!("/desk/work/{case}")).await.uploads(&form, &[("key", "plan")], &[("file", "新图.pdf", "application/pdf", PDF)]).await.is(303).follows().await.sees("窗口收取").sees("已替换");
    b.moves(&b.clerk, case, "accept", &[]).await.sees("已受理");
});

db_test!(a_program_of_a_member_of_staff_does_what_he_does_on_the_pages, |db| async move {
    let b = Bureau::opens(db).await;
    let case = b.applies().await;
    let mut clerk = Program::of(&b.site, platform::Actor::Staff(b.clerk.clone())).await;
    clerk.reads("/api/v1/work/cases?section=office").await.is(200);
    assert_eq!(clerk.text("/cases/0/id"), case.to_string());
    let address = format!("/api/v1/work/cases/{case}");
    clerk.reads(&address).await.is(200);
    assert_eq!(clerk.text("/phase"), "submitted");
    let stale = clerk.tag.clone();
    clerk.calls("POST", &format!("{address}/moves/receive"), json!({})).await.is(200);
    assert_eq!(clerk.text("/phase"), "received");
    let fresh = std::mem::replace(&mut clerk.tag, stale);
    clerk.calls("POST", &format!("{address}/moves/accept"), json!({})).await.refuses(412, "E-ST02");
    clerk.tag = fresh;
    let paper = clerk.reads(&address).await.text("/materials/0/id");
    clerk.calls("PUT", &format!("{address}/materials/{paper}"), json!({ "good": true, "originals": 1 })).await.is(200);
    clerk.reads("/api/v1/work/load").await.is(403);
    let mut head = Program::of(&b.site, platform::Actor::Staff(b.head.clone())).await;
    head.reads("/api/v1/work/load").await.is(200);
    let away = json!({ "delegate": b.deliverer.id, "from": "2026-07-02", "until": "2026-07-03", "reason": "出差" });
    head.calls("POST", "/api/v1/work/absences", away).await.is(200);
    let absence = head.text("/id");
    head.reads("/api/v1/work/absences").await.is(200);
    assert_eq!(head.text("/0/reason"), "出差");
    head.calls("DELETE", &format!("/api/v1/work/absences/{absence}"), json!(null)).await.is(200);
    let there = identity::testing::staff(&b.site.platform, "990126", &[Role::Clerk]).await;
    let mut foreign = Program::of(&b.site, platform::Actor::Staff(there.clone())).await;
    foreign.reads(&address).await.is(403);
    clerk.calls("POST", &format!("{address}/transfer"), json!({ "org": there.org, "reason": "属山前县管辖" })).await.is(200);
    clerk.reads(&address).await.is(403);
    foreign.reads(&address).await.is(200);
});

db_test!(lists_and_pages_cost_the_same_however_much_there_is, |db| async move {
    let mut many = shop_sign();
    many.duplicates = casework::Duplicates::Allowed;
    let b = Bureau::of(db, vec![Declaration::data(many)], |_| {}).await;
    let case = b.examining().await;
    let mut head = b.site.at_desk(b.head.id).await;
    let db = b.site.platform.db().clone();
    head.opens("/desk/work").await.is(200);
    let costs = async |head: &mut Visitor, path: &str| {
        let before = db.statements();
        head.opens(path).await.is(200);
        db.statements() - before
    };
    let (list, page) = ("/desk/work", format!("/desk/work/{case}"));
    let first = (costs(&mut head, list).await, costs(&mut head, &page).await);
    for _ in 0..29 {
        b.applies().await;
    }
    for n in 0..20 {
        b.moves(&b.head, case, "hand_over", &[("holder", &[&b.examiner, &b.reviewer][n % 2].id.to_string())]).await;
    }
    let mut head = b.site.at_desk(b.head.id).await;
    head.opens("/desk/work").await.is(200).sees("共 30 件");
    assert_eq!((costs(&mut head, list).await, costs(&mut head, &page).await), first);
});
