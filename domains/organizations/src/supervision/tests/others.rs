//! Evaluation, fundraising, illegal organisations, inspections: D-R23 … D-R25.

use kernel::Day;

use super::credit::{CASE, becomes};
use super::papers::{led, papers};
use super::{Desk, code, desk, does, input, opens};
use crate::model::{Flags, Kind as Class, Status};
use crate::supervision::{Door, Draw, Filter, Kind, Level, PaperKind, ProceedingId, State, check_paper, draw, illegal, list, open, own, own_view, paper, public_facts, standing, view};
use crate::testing::{content, entered, registered, taken_over};
use crate::{Content, OrganizationId, register};

const REPORT: [(&str, &str); 6] =
    [("year", "2025"), ("activities", "举办社区活动12次"), ("income", "120000"), ("cost", "100000.50"), ("assets", "60000"), ("staff", "6")];

async fn reported(desk: &Desk, org: OrganizationId, result: &str) {
    let id = opens(&desk.clerk(), Kind::Annual, org, &REPORT).await;
    does(&desk.reviewer(), id, "agree", &[]).await.expect("agreed");
    does(&desk.examiner(), id, "conclude", &[("result", result), ("facts", "审查结论")]).await.expect("concluded");
}

::store::db_test!(d_r23_who_may_be_evaluated, |db| async move {
    let desk = desk(db).await;
    let young = entered(&desk.w, Content { established_on: Some(Day::ymd(2024, 7, 2)), ..content("甲市城东区新生协会", Class::Association) }).await;
    let failed = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    reported(&desk, young, "1").await;
    reported(&desk, failed, "3").await;
    let refused = |org| { let ctx = desk.clerk(); async move { open(&ctx, Kind::Evaluation, Some(org), &input(&[])).await.expect_err("barred") } };
    let said = refused(young).await;
    assert_eq!((said.issues()[0].code.as_ref(), said.issues()[0].message.zh.as_ref()), ("E-D19", "不符合评估条件：登记未满2年"));
    assert!(refused(failed).await.issues()[0].message.zh.contains("不合格"));
    opens(&desk.clerk(), Kind::Penalty, failed, &[("clue", "线索不等于立案")]).await;
    assert!(!standing(desk.w.p.db(), failed, Day::ymd(2026, 7, 1)).await.expect("read").investigated);
    desk.at(Day::ymd(2026, 7, 2));
    open(&desk.clerk(), Kind::Evaluation, Some(young), &input(&[])).await.expect("two full years");
});

::store::db_test!(d_r23_a_level_holds_five_years_and_a_review_may_change_it, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    reported(&desk, org, "1").await;
    let id = opens(&desk.clerk(), Kind::Evaluation, org, &[]).await;
    assert_eq!(code(open(&desk.clerk(), Kind::Evaluation, Some(org), &input(&[])).await), "E-D88");
    does(&desk.examiner(), id, "rate", &[("score", "880"), ("level", "3"), ("opinion", "专家评分")]).await.expect("rated");
    does(&desk.approver(), id, "approve", &[]).await.expect("published");
    let certificate = papers(&desk, id).await.remove(0);
    assert_eq!((certificate.kind, certificate.number.as_str(), certificate.until_on), (PaperKind::Evaluation, "测试民政评〔2026〕1号", Some(Day::ymd(2031, 6, 30))));
    assert_eq!(public_facts(desk.w.p.db(), org, None).await.expect("read").levels[0].detail.number, certificate.number);
    let words = format!("{:?}", paper(&desk.head(), Door::Desk, certificate.id).await.expect("read").words);
    for word in ["AAA", "880", "2026年7月1日", "2031年6月30日", "社会组织评估管理办法"] {
        assert!(words.contains(word), "{word} is missing: {words}");
    }
    let level = |day| { let db = desk.w.p.db().clone(); async move { standing(&db, org, day).await.expect("read").level_on(day) } };
    assert_eq!(level(Day::ymd(2031, 6, 30)).await, Some(Level::Three));
    assert_eq!(level(Day::ymd(2031, 7, 1)).await, None, "no job has run");
    assert_eq!(register::by_id(desk.w.p.db(), org).await.expect("there").head.flags.level, 3);
    does(&desk.clerk(), id, "review", &[("opinion", "漏计得分")]).await.expect("asked");
    assert_eq!(view(&desk.head(), id).await.expect("read").due, Some(Day::ymd(2026, 7, 16)), "15 days");
    let other = identity::testing::staff_of(&desk.w.p, desk.w.authority, desk.w.region, &[platform::Role::Approver]).await;
    desk.at(Day::ymd(2026, 7, 3));
    does(&desk.w.as_staff(&other), id, "settle", &[("score", "910"), ("level", "4"), ("opinion", "补计30分")]).await.expect("changed");
    assert_eq!(register::by_id(desk.w.p.db(), org).await.expect("there").head.flags.level, 4);
    assert_eq!(public_facts(desk.w.p.db(), org, None).await.expect("read").levels.len(), 1);
    let certificates = papers(&desk, id).await;
    assert!(certificates[0].voided_on.is_some() && certificates[1].number == "测试民政评〔2026〕2号" && certificates[1].voided_on.is_none());
    let token = crate::supervision::store::papers::by_id(desk.w.p.db(), certificates[1].id).await.expect("read").expect("there").token(&desk.head()).expect("opened");
    for (day, stands) in [(Day::ymd(2031, 6, 30), true), (Day::ymd(2031, 7, 1), false)] {
        desk.at(day);
        let stranger = desk.w.p.as_actor(platform::Actor::Anonymous);
        assert_eq!(check_paper(&stranger, &token).await.expect("asked").expect("known").stands, stands, "{day}");
    }
});

::store::db_test!(d_r23_a_review_that_changes_nothing_keeps_the_certificate_and_a_new_level_voids_the_old_one, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    reported(&desk, org, "1").await;
    let rated = [("score", "880"), ("level", "3"), ("opinion", "专家评分")];
    let first = opens(&desk.clerk(), Kind::Evaluation, org, &[]).await;
    does(&desk.examiner(), first, "rate", &rated).await.expect("rated");
    does(&desk.approver(), first, "approve", &[]).await.expect("published");
    does(&desk.clerk(), first, "review", &[("opinion", "漏计得分")]).await.expect("asked");
    let other = identity::testing::staff_of(&desk.w.p, desk.w.authority, desk.w.region, &[platform::Role::Approver]).await;
    does(&desk.w.as_staff(&other), first, "settle", &rated).await.expect("kept");
    let kept = papers(&desk, first).await;
    assert!(kept.len() == 1 && kept[0].voided_on.is_none());
    desk.at(Day::ymd(2028, 7, 3));
    let again = [&[("year", "2027")][..], &REPORT[1..]].concat();
    let report = opens(&desk.clerk(), Kind::Annual, org, &again).await;
    does(&desk.reviewer(), report, "agree", &[]).await.expect("agreed");
    does(&desk.examiner(), report, "conclude", &[("result", "1"), ("facts", "审查结论")]).await.expect("concluded");
    let second = opens(&desk.clerk(), Kind::Evaluation, org, &[]).await;
    does(&desk.examiner(), second, "rate", &[("score", "920"), ("level", "4"), ("opinion", "专家评分")]).await.expect("rated");
    does(&desk.approver(), second, "approve", &[]).await.expect("published");
    assert_eq!(papers(&desk, first).await[0].voided_on, Some(Day::ymd(2028, 7, 3)));
});

::store::db_test!(d_r25_every_condition_of_the_qualification_is_told_at_its_field, |db| async move {
    let desk = desk(db).await;
    let base = || Content { charity_since: Some(Day::ymd(2025, 6, 30)), ..content("测试善行基金会", Class::Foundation) };
    let org = entered(&desk.w, base()).await;
    let bad = input(&[("council", "9"), ("related", "4"), ("relatives", "yes"), ("abroad", "3"), ("chair", "yes"), ("supervisors", "2")]);
    let refused = open(&desk.clerk(), Kind::Fundraising, Some(org), &bad).await.expect_err("refused");
    let fields: Vec<_> = refused.issues().iter().filter_map(|issue| issue.field.as_deref()).collect();
    assert_eq!(fields, ["related", "relatives", "mainland", "full_time", "chair", "supervisors"]);
    let good = [("council", "9"), ("related", "3"), ("abroad", "3"), ("mainland", "yes"), ("full_time", "yes"), ("supervisors", "3")];
    let new = entered(&desk.w, Content { charity_since: Some(Day::ymd(2025, 7, 2)), name: "测试希望基金会".into(), ..base() }).await;
    assert_eq!(code(open(&desk.clerk(), Kind::Fundraising, Some(new), &input(&good)).await), "E-D25", "not a charity for a year");
    let id = opens(&desk.clerk(), Kind::Fundraising, org, &good).await;
    assert_eq!(view(&desk.head(), id).await.expect("read").due, Some(Day::ymd(2026, 7, 21)), "20 days");
    does(&desk.approver(), id, "grant", &[]).await.expect("granted");
    assert!(register::by_id(desk.w.p.db(), org).await.expect("there").head.flags.fundraising);
    assert_eq!(code(open(&desk.clerk(), Kind::Fundraising, Some(org), &input(&good)).await), "E-D88", "it has it already");
    let certificate = papers(&desk, id).await.remove(0);
    assert_eq!((certificate.kind, certificate.number.as_str(), certificate.until_on), (PaperKind::Fundraising, "测试民政募〔2026〕1号", None));
    assert!(format!("{:?}", paper(&desk.head(), Door::Desk, certificate.id).await.expect("read").words).contains("慈善法》第二十二条"));
    does(&desk.approver(), id, "end", &[("opinion", "不再具备条件")]).await.expect("ended");
    assert!(papers(&desk, id).await[0].voided_on.is_some(), "the certificate ends with the qualification");
    assert!(!register::by_id(desk.w.p.db(), org).await.expect("there").head.flags.fundraising);
});

/// A charity with a level and the qualification; the proceedings of both.
async fn qualified(desk: &Desk, name: &str) -> (OrganizationId, [ProceedingId; 2]) {
    let org = entered(&desk.w, Content { charity_since: Some(Day::ymd(2025, 6, 30)), ..content(name, Class::Foundation) }).await;
    reported(desk, org, "1").await;
    let level = opens(&desk.clerk(), Kind::Evaluation, org, &[]).await;
    does(&desk.examiner(), level, "rate", &[("score", "880"), ("level", "3"), ("opinion", "专家评分")]).await.expect("rated");
    does(&desk.approver(), level, "approve", &[]).await.expect("published");
    let council = [("council", "9"), ("related", "3"), ("abroad", "3"), ("mainland", "yes"), ("full_time", "yes"), ("supervisors", "3")];
    let right = opens(&desk.clerk(), Kind::Fundraising, org, &council).await;
    does(&desk.approver(), right, "grant", &[]).await.expect("granted");
    (org, [level, right])
}

::store::db_test!(d_r23_and_d_r25_level_and_qualification_end_with_the_organisation_and_their_certificates_are_taken_back, |db| async move {
    let desk = desk(db).await;
    let cases = [
        ("测试善行基金会", [Status::Liquidating, Status::Deregistered], Some(CASE), "社会组织注销登记"),
        ("测试希望基金会", [Status::Revoked, Status::Deregistered], Some(CASE), "社会组织被吊销登记证书"),
        ("测试长青基金会", [Status::Liquidating, Status::Deregistered], None, "社会组织注销登记"),
    ];
    for (name, way, decision, why) in cases {
        desk.at(Day::ymd(2026, 7, 1));
        let (org, proceedings) = qualified(&desk, name).await;
        assert!(register::by_id(desk.w.p.db(), org).await.expect("there").head.flags.level == 3);
        let again = opens(&desk.clerk(), Kind::Annual, org, &[&[("year", "2024")][..], &REPORT[1..]].concat()).await;
        desk.at(Day::ymd(2026, 8, 3));
        for status in way {
            becomes(&desk, org, status, decision).await;
        }
        desk.at(Day::ymd(2026, 9, 1));
        let job = crate::supervision::jobs().into_iter().find(|job| job.name == "organizations.periods").expect("a job");
        (job.run)(desk.w.p.system()).await.expect("run");
        assert_eq!(register::by_id(desk.w.p.db(), org).await.expect("there").head.flags, Flags { charity: true, ..Flags::default() });
        let told = public_facts(desk.w.p.db(), org, None).await.expect("read");
        for fact in told.levels.iter().chain(&told.fundraising) {
            assert!(fact.ended_on == Some(Day::ymd(2026, 8, 3)) && fact.detail.ended.starts_with(why) && !fact.detail.void, "{fact:?}");
            assert_eq!(fact.detail.ended.contains(CASE), decision.is_some());
        }
        assert_eq!((told.levels.len(), told.fundraising.len()), (1, 1), "what stood stays to be read");
        for id in proceedings {
            let seen = view(&desk.head(), id).await.expect("read");
            assert_eq!((seen.state, seen.papers[0].voided_on.is_some()), (State::Closed, true));
            let last = seen.events.last().expect("told");
            assert!(last.what.zh.contains("证书收回") && last.note.starts_with(why), "{last:?}");
        }
        assert_eq!(view(&desk.head(), again).await.expect("read").state, State::WithSupervisor, "a report is looked at all the same");
    }
});

::store::db_test!(d_r25_what_is_applied_for_is_not_granted_to_an_organisation_that_has_ended, |db| async move {
    let desk = desk(db).await;
    let org = entered(&desk.w, Content { charity_since: Some(Day::ymd(2025, 6, 30)), ..content("测试善行基金会", Class::Foundation) }).await;
    reported(&desk, org, "1").await;
    let level = opens(&desk.clerk(), Kind::Evaluation, org, &[]).await;
    for status in [Status::Liquidating, Status::Deregistered] {
        becomes(&desk, org, status, Some(CASE)).await;
    }
    let seen = view(&desk.head(), level).await.expect("read");
    assert_eq!((seen.state, seen.due), (State::Dropped, None));
    assert!(public_facts(desk.w.p.db(), org, None).await.expect("read").levels.is_empty());
    assert_eq!(code(does(&desk.examiner(), level, "rate", &[("score", "880"), ("level", "3"), ("opinion", "专家评分")]).await), "E-ST01");
});

::store::db_test!(d_r24_the_county_acts_and_only_decided_cases_are_public, |db| async move {
    let desk = desk(db).await;
    let known = [("name", "甲市养生联合总会"), ("kind", "unregistered"), ("clue", "以协会名义收费")];
    let with = |more: &[(&str, &str)]| input(&[&known[..], more].concat());
    assert_eq!(code(open(&desk.clerk(), Kind::Illegal, None, &with(&[("region", "990100")])).await), "E-D87", "a city is no county");
    assert_eq!(code(open(&desk.clerk(), Kind::Illegal, None, &with(&[("region", "990102"), ("community", "yes")])).await), "E-D86");
    assert_eq!(code(open(&desk.clerk(), Kind::Illegal, None, &with(&[("region", "990126")])).await), "E-P805", "another county's");
    let id = open(&desk.clerk(), Kind::Illegal, None, &with(&[("region", "990102")])).await.expect("recorded").id;
    does(&desk.inspector(), id, "investigate", &[]).await.expect("looked into");
    assert_eq!(code(does(&desk.approver(), id, "publish", &[]).await), "E-ST01", "not before it is decided");
    let personal = [("disposition", "ban"), ("facts", "负责人电话13900000000")];
    assert_eq!(code(does(&desk.approver(), id, "decide", &personal).await), "E-D29");
    does(&desk.approver(), id, "decide", &[("disposition", "ban"), ("facts", "未经登记，以社会团体名义开展活动")]).await.expect("decided");
    let read = || { let ctx = desk.w.p.as_actor(platform::Actor::Anonymous); async move { illegal(&ctx, None, "养生", None).await.expect("read").0 } };
    assert!(read().await.is_empty());
    does(&desk.approver(), id, "publish", &[]).await.expect("published");
    assert_eq!(read().await[0].region_name, "城东区");
    does(&desk.approver(), id, "withdraw", &[("outcome", "决定被撤销")]).await.expect("withdrawn");
    assert!(read().await.is_empty());
});

::store::db_test!(d_r18_what_an_inspection_finds_is_put_right_or_leads_to_the_list, |db| async move {
    let desk = desk(db).await;
    for name in ["甲市城东区康乐协会", "甲市城东区安宁协会", "甲市城东区长青协会"] {
        registered(&desk.w, name, Class::Association).await;
    }
    let ended = registered(&desk.w, "甲市城东区已散协会", Class::Association).await;
    let ctx = desk.w.p.system();
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move { register::set_status(&tx, &ctx, ended, Status::Revoked, ctx.today(), "test").await }
        })
        .await
        .expect("revoked");
    let drawn = draw(&desk.head(), &Draw { region: "990102".into(), count: "3".into(), source: "2026年度抽查".into() }).await.expect("drawn");
    assert_eq!(drawn.len(), 3, "all that are in existence, each once");
    let id = drawn[0];
    does(&desk.inspector(), id, "order", &[("found", "账目不清"), ("order", "补齐账目"), ("rectify_by", "2026-07-31")]).await.expect("ordered");
    assert_eq!(code(does(&desk.inspector(), id, "unmet", &[("outcome", "仍未补齐")]).await), "E-D26");
    desk.at(Day::ymd(2026, 8, 1));
    does(&desk.inspector(), id, "unmet", &[("outcome", "仍未补齐")]).await.expect("proposed");
    let proposed = list(&desk.examiner(), &Filter { kind: Some(Kind::Listing), open: true, ..Filter::default() }).await.expect("listed").lines;
    assert_eq!((proposed.len(), proposed[0].state), (1, State::Proposed));
});

::store::db_test!(d_r17_whoever_is_taken_over_is_told_only_of_reports_that_this_register_waited_for, |db| async move {
    let desk = desk(db).await;
    let leader = identity::testing::citizen(&desk.w.p, 3).await;
    let his = desk.w.p.as_actor(leader.actor());
    let now = desk.w.p.now().day();
    for (day, name, owed) in [(now, "甲市城东区迁入协会", None), (Day::ymd(2025, 12, 31), "甲市城东区早迁协会", Some(2025))] {
        desk.at(day);
        let id = taken_over(&desk.w, name, Class::Association, Some(&leader.number)).await;
        desk.at(now);
        let code = register::by_id(desk.w.p.db(), id).await.expect("entered").head.uscc.expect("a code");
        assert_eq!(own(&his, &code).await.expect("his").report.map(|owed| owed.year), owed, "{name}");
    }
});

::store::db_test!(d_r17_the_organisation_itself_files_and_answers_and_nobody_else_for_it, |db| async move {
    let desk = desk(db).await;
    let (org, code, leader) = led(&desk, "甲市城东区康乐协会").await;
    let stranger = identity::testing::citizen(&desk.w.p, 3).await;
    let (his, other) = (desk.w.p.as_actor(leader.actor()), desk.w.p.as_actor(stranger.actor()));
    assert!(own(&other, &code).await.is_err() && open(&other, Kind::Annual, Some(org), &input(&REPORT)).await.is_err());
    assert_eq!(own(&his, &code).await.expect("his").report.map(|owed| (owed.year, owed.due)), Some((2025, Day::ymd(2026, 6, 1))));
    let report = open(&his, Kind::Annual, Some(org), &input(&REPORT)).await.expect("filed").id;
    assert!(open(&his, Kind::Penalty, Some(org), &input(&[("clue", "别家")])).await.is_err(), "what is the desk's is the desk's");
    does(&desk.reviewer(), report, "return", &[("opinion", "缺少说明")]).await.expect("returned");
    does(&his, report, "refile", &REPORT).await.expect("again");
    let listing = opens(&desk.examiner(), Kind::Listing, org, &[("reason", "party"), ("facts", "未按规定设立党组织")]).await;
    assert!(own_view(&his, &code, listing).await.is_err(), "not before it is notified");
    does(&desk.clerk(), listing, "notice", &[]).await.expect("notified");
    let told = own_view(&his, &code, listing).await.expect("told");
    assert_eq!(told.may.iter().map(|act| act.code).collect::<Vec<_>>(), ["statement"]);
    does(&his, listing, "statement", &[("statement", "正在筹建")]).await.expect("answered");
    assert!(own_view(&other, &code, listing).await.is_err());
    assert!(notices::ops::unread(&his).await.expect("his notices") > 1, "what was returned and the prior notice reach its legal representative");
});
