//! Credit lists and annual reports: D-R17 … D-R20.

use kernel::{Calendar, Day, Instant};

use super::{Desk, code, desk, does, input, opens};
use crate::model::{Kind as Class, ListFlag, Status};
use crate::supervision::{Door, FactKind, Kind, List, NewWindow, ProceedingId, State, ended, open, paper, public_facts, set_window, standing, view, windows};
use crate::testing::registered;
use crate::{OrganizationId, register};

const REASON: [(&str, &str); 2] = [("reason", "unreachable"), ("facts", "按登记住所两次寄送专用信函，均无人签收")];

/// Proposed, notified, heard and listed.
async fn listed(desk: &Desk, organization: OrganizationId, fields: &[(&str, &str)]) -> ProceedingId {
    let id = opens(&desk.examiner(), Kind::Listing, organization, fields).await;
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    does(&desk.clerk(), id, "statement", &[("statement", "情况属实")]).await.expect("heard");
    does(&desk.approver(), id, "list", &[]).await.expect("listed");
    id
}

async fn flag(desk: &Desk, organization: OrganizationId) -> ListFlag {
    register::by_id(desk.w.p.db(), organization).await.expect("there").head.flags.list
}

async fn job(desk: &Desk, name: &str) {
    let job = crate::supervision::jobs().into_iter().find(|job| job.name == name).expect("a job");
    (job.run)(desk.w.p.system()).await.expect("run");
}

::store::db_test!(d_r18_a_listing_is_decided_after_notice_by_somebody_else, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = opens(&desk.examiner(), Kind::Listing, org, &REASON).await;
    assert_eq!(code(does(&desk.approver(), id, "list", &[]).await), "E-ST01", "not without notice");
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    assert_eq!(code(does(&desk.examiner(), id, "list", &[]).await), "E-P805");
    assert_eq!(code(does(&desk.approver(), id, "list", &[]).await), "E-D26", "it may still answer");
    assert_eq!(flag(&desk, org).await, ListFlag::None);
    let until = view(&desk.approver(), id).await.expect("read").due.expect("a day");
    desk.at(until.plus_days(1));
    does(&desk.approver(), id, "list", &[]).await.expect("listed without an answer");
    assert_eq!(flag(&desk, org).await, ListFlag::Abnormal);
    let facts = public_facts(desk.w.p.db(), org, None).await.expect("read");
    assert!(facts.lists[0].detail.number.starts_with("测试民政列〔2026〕1号") && facts.lists[0].detail.basis.contains("第十一条"));
});

::store::db_test!(d_r18_what_is_put_right_is_removed_within_five_working_days, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = listed(&desk, org, &REASON).await;
    does(&desk.inspector(), id, "rectified", &[("outcome", "已变更住所登记，实地核查可以联系")]).await.expect("verified");
    let due = view(&desk.approver(), id).await.expect("read").due;
    assert_eq!(due, Some(Day::ymd(2026, 7, 8)), "1 July and five working days");
    does(&desk.approver(), id, "remove", &[]).await.expect("removed");
    assert_eq!(flag(&desk, org).await, ListFlag::None);
    let facts = public_facts(desk.w.p.db(), org, None).await.expect("read");
    assert!(facts.lists[0].ended_on.is_some(), "history stays: it stood there");
});

::store::db_test!(d_r18_where_nothing_can_be_put_right_six_months_must_pass, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = listed(&desk, org, &[("reason", "small_fine"), ("facts", "被处以警告")]).await;
    desk.at(Day::ymd(2026, 12, 31));
    assert_eq!(code(does(&desk.inspector(), id, "rectified", &[("outcome", "x")]).await), "E-D26");
    assert_eq!(code(does(&desk.approver(), id, "lapse", &[]).await), "E-D26");
    desk.at(Day::ymd(2027, 1, 1));
    does(&desk.approver(), id, "lapse", &[]).await.expect("removed");
});

::store::db_test!(d_r19_two_years_make_it_serious_by_the_job_and_by_the_date_alone, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2024, 7, 1));
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = listed(&desk, org, &REASON).await;
    let at = |day| standing(desk.w.p.db(), org, day);
    assert_eq!(at(Day::ymd(2026, 7, 1)).await.expect("read").list.map(|list| list.0), Some(List::Abnormal));
    assert_eq!(at(Day::ymd(2026, 7, 2)).await.expect("read").list, Some((List::Serious, Day::ymd(2026, 7, 2))), "no job has run");
    desk.w.p.set_now(Instant::at(Day::ymd(2026, 7, 1), 24 * 60 - 1));
    job(&desk, "organizations.lists").await;
    assert_eq!(flag(&desk, org).await, ListFlag::Abnormal);
    desk.w.p.set_now(Instant::at(Day::ymd(2026, 7, 2), 0));
    job(&desk, "organizations.lists").await;
    assert_eq!(flag(&desk, org).await, ListFlag::Serious);
    // The move is a decision with a number and a document of its own.
    let seen = view(&desk.approver(), id).await.expect("read");
    let numbers: Vec<_> = seen.papers.iter().map(|paper| paper.number.as_str()).collect();
    assert_eq!(numbers, ["测试民政列告〔2024〕1号", "测试民政列〔2024〕1号", "测试民政列〔2026〕1号"]);
    let facts = public_facts(desk.w.p.db(), org, None).await.expect("read").lists;
    assert_eq!((facts[0].detail.number.as_str(), facts[1].detail.number.as_str()), ("测试民政列〔2026〕1号", "测试民政列〔2024〕1号"));
    let words = format!("{:?}", paper(&desk.approver(), Door::Desk, seen.papers[2].id).await.expect("read").words);
    for word in ["严重违法失信名单", "测试民政列〔2024〕1号", "2026年7月2日", "第十五条"] {
        assert!(words.contains(word), "{word} is missing: {words}");
    }
    job(&desk, "organizations.lists").await;
    assert_eq!(view(&desk.approver(), id).await.expect("read").papers.len(), 3, "once");
    // D.8-10: not before 3 July 2028.
    desk.at(Day::ymd(2028, 7, 2));
    let early = does(&desk.clerk(), id, "leave", &[("outcome", "两年内无违法行为")]).await;
    assert_eq!(early.expect_err("too early").issues()[0].message.zh, "列入未满2年，不能申请移出");
    desk.at(Day::ymd(2028, 7, 3));
    does(&desk.clerk(), id, "leave", &[("outcome", "两年内无违法行为")]).await.expect("asked");
    does(&desk.approver(), id, "remove", &[]).await.expect("removed");
    assert_eq!(flag(&desk, org).await, ListFlag::None);
});

/// The number of the case in which something is cancelled.
pub(super) const CASE: &str = "9901022026070110000016";

/// Gives it a status by a decision, with what that ends; or the status alone, as in an end from before that ended anything.
pub(super) async fn becomes(desk: &Desk, organization: OrganizationId, status: Status, decision: Option<&'static str>) {
    let ctx = desk.w.p.system();
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                let before = register::by_id(&tx, organization).await?.head.status;
                register::set_status(&tx, &ctx, organization, status, ctx.today(), "test").await?;
                match decision {
                    Some(decision) => ended(&tx, &ctx, organization, (before, status), decision, ctx.today()).await,
                    None => Ok(()),
                }
            }
        })
        .await
        .expect("another status");
}

::store::db_test!(d_r19_a_cancelled_organisation_leaves_the_list_and_one_struck_off_stays_on_it, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2024, 7, 1));
    let (gone, struck) = (registered(&desk.w, "甲市城东区康乐协会", Class::Association).await, registered(&desk.w, "甲市城东区安宁协会", Class::Association).await);
    let (entry, kept) = (listed(&desk, gone, &REASON).await, listed(&desk, struck, &[("reason", "revoked"), ("facts", "被吊销登记证书")]).await);
    let proposed = opens(&desk.examiner(), Kind::Listing, gone, &[("reason", "party"), ("facts", "未按规定设立党组织")]).await;
    desk.at(Day::ymd(2025, 3, 3));
    for (org, first) in [(gone, Status::Liquidating), (struck, Status::Revoked)] {
        becomes(&desk, org, first, Some(CASE)).await;
        becomes(&desk, org, Status::Deregistered, Some(CASE)).await;
    }
    assert_eq!((flag(&desk, gone).await, flag(&desk, struck).await), (ListFlag::None, ListFlag::Serious));
    let state = |id| { let ctx = desk.head(); async move { view(&ctx, id).await.expect("read").state } };
    assert_eq!((state(entry).await, state(proposed).await, state(kept).await), (State::Removed, State::Dropped, State::Listed));
    let fact = public_facts(desk.w.p.db(), gone, None).await.expect("read").lists.remove(0);
    assert!(fact.ended_on == Some(Day::ymd(2025, 3, 3)) && fact.detail.ended.contains(CASE) && !fact.detail.void, "{fact:?}");
    desk.at(Day::ymd(2026, 7, 3));
    job(&desk, "organizations.lists").await;
    assert_eq!((flag(&desk, gone).await, state(entry).await), (ListFlag::None, State::Removed), "no job moves it any more");
});

::store::db_test!(d_r19_what_outlived_a_cancellation_from_before_is_ended_by_a_job_on_the_day_of_that_end, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2024, 7, 1));
    let (gone, struck) = (registered(&desk.w, "甲市城东区康乐协会", Class::Association).await, registered(&desk.w, "甲市城东区安宁协会", Class::Association).await);
    let (entry, kept) = (listed(&desk, gone, &REASON).await, listed(&desk, struck, &[("reason", "revoked"), ("facts", "被吊销登记证书")]).await);
    desk.at(Day::ymd(2025, 3, 3));
    for (org, first) in [(gone, Status::Liquidating), (struck, Status::Revoked)] {
        becomes(&desk, org, first, None).await;
        becomes(&desk, org, Status::Deregistered, None).await;
    }
    assert_eq!(flag(&desk, gone).await, ListFlag::Abnormal, "nothing ended it then");
    desk.at(Day::ymd(2025, 9, 1));
    job(&desk, "organizations.periods").await;
    let seen = view(&desk.head(), entry).await.expect("read");
    assert_eq!((flag(&desk, gone).await, seen.state, seen.events.last().expect("told").what.zh.as_ref()), (ListFlag::None, State::Removed, "组织注销，列入终止"));
    let fact = public_facts(desk.w.p.db(), gone, None).await.expect("read").lists.remove(0);
    assert!(fact.ended_on == Some(Day::ymd(2025, 3, 3)) && fact.detail.ended == "社会组织注销登记", "{fact:?}");
    job(&desk, "organizations.periods").await;
    assert_eq!(view(&desk.head(), entry).await.expect("read").events.len(), seen.events.len(), "once");
    assert_eq!((flag(&desk, struck).await, view(&desk.head(), kept).await.expect("read").state), (ListFlag::Serious, State::Listed), "whom supervision struck off stays");
});

::store::db_test!(d_r19_a_new_breach_starts_the_period_anew, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = listed(&desk, org, &[("reason", "debtor"), ("facts", "被纳入失信被执行人名单")]).await;
    assert_eq!(flag(&desk, org).await, ListFlag::Serious);
    desk.at(Day::ymd(2027, 7, 1));
    does(&desk.examiner(), id, "breach", &[("facts", "再次被纳入")]).await.expect("recorded");
    desk.at(Day::ymd(2028, 7, 3));
    assert_eq!(code(does(&desk.clerk(), id, "leave", &[("outcome", "申请")]).await), "E-D22");
    desk.at(Day::ymd(2029, 7, 2));
    does(&desk.clerk(), id, "leave", &[("outcome", "申请")]).await.expect("asked");
});

::store::db_test!(d_r20_an_item_is_recorded_in_five_working_days_and_an_objection_is_looked_into, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = opens(&desk.examiner(), Kind::Listing, org, &[REASON[0], REASON[1], ("arose_on", "2026-06-30")]).await;
    let seen = view(&desk.examiner(), id).await.expect("read");
    assert_eq!(seen.due, Some(Calendar::builtin().add_working_days(Day::ymd(2026, 6, 30), 5).day));
    desk.at(Day::ymd(2026, 7, 8));
    assert!(view(&desk.examiner(), id).await.expect("read").overdue);
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    does(&desk.clerk(), id, "statement", &[("statement", "一直在登记住所办公")]).await.expect("heard");
    does(&desk.approver(), id, "list", &[]).await.expect("listed");
    let told = desk.w.p.now();
    desk.at(Day::ymd(2026, 7, 20));
    does(&desk.clerk(), id, "object", &[("objection", "信函地址写错")]).await.expect("recorded");
    assert_eq!(code(does(&desk.approver(), id, "uphold", &[("outcome", "地址有误")]).await), "E-P806", "whoever listed it does not judge the objection");
    let other = identity::testing::staff_of(&desk.w.p, desk.w.authority, desk.w.region, &[platform::Role::Approver]).await;
    does(&desk.w.as_staff(&other), id, "uphold", &[("outcome", "地址有误")]).await.expect("corrected");
    assert_eq!(flag(&desk, org).await, ListFlag::None);
    assert!(public_facts(desk.w.p.db(), org, None).await.expect("read").lists.is_empty(), "it never should have stood there");
    let then = public_facts(desk.w.p.db(), org, Some(told)).await.expect("read");
    assert!(then.lists.len() == 1 && then.lists[0].ended_on.is_none(), "as recorded that day");
});

::store::db_test!(d_r18_a_text_with_personal_data_is_not_published, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let typed = input(&[("reason", "assets"), ("facts", "资金转入990102199003070011的账户")]);
    assert_eq!(code(open(&desk.examiner(), Kind::Listing, Some(org), &typed).await), "E-D29");
});

const REPORT: [(&str, &str); 6] =
    [("year", "2025"), ("activities", "举办社区活动12次"), ("income", "120000"), ("cost", "100000.50"), ("assets", "60000"), ("staff", "6")];

::store::db_test!(d_r17_a_report_is_filed_looked_at_concluded_and_corrected, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2026, 6, 1));
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let done = open(&desk.clerk(), Kind::Annual, Some(org), &input(&REPORT)).await.expect("filed on the last day: 31 May is a Sunday");
    assert!(done.warnings.is_empty());
    assert_eq!(code(open(&desk.clerk(), Kind::Annual, Some(org), &input(&REPORT)).await), "E-D88", "once a year");
    does(&desk.reviewer(), done.id, "return", &[("opinion", "缺少净资产说明")]).await.expect("returned");
    does(&desk.clerk(), done.id, "refile", &REPORT).await.expect("again");
    does(&desk.reviewer(), done.id, "agree", &[]).await.expect("agreed");
    does(&desk.examiner(), done.id, "conclude", &[("result", "2"), ("facts", "基本符合规定")]).await.expect("concluded");
    let facts = public_facts(desk.w.p.db(), org, None).await.expect("read");
    assert_eq!((facts.annual[0].code.as_str(), facts.annual[0].detail.year), ("2", Some(2025)));
    does(&desk.approver(), done.id, "correct", &[("result", "1"), ("facts", "异议成立，符合规定")]).await.expect("corrected");
    let facts = public_facts(desk.w.p.db(), org, None).await.expect("read");
    assert_eq!(facts.annual.iter().map(|fact| fact.code.as_str()).collect::<Vec<_>>(), ["1"]);
});

::store::db_test!(d_r17_late_is_said_and_a_notice_of_the_authority_postpones, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2026, 6, 2));
    let (a, b) = (registered(&desk.w, "甲市城东区康乐协会", Class::Association).await, registered(&desk.w, "甲市城东区安宁协会", Class::Association).await);
    let late = open(&desk.clerk(), Kind::Annual, Some(a), &input(&REPORT)).await.expect("accepted");
    assert_eq!((late.warnings[0].code.as_ref(), late.warnings[0].message.zh.as_ref()), ("W-D17", "2025年度工作报告已逾期"));
    let window = |due: &str| NewWindow { region: "990102".into(), year: "2025".into(), class: "51".into(), due: due.into(), source: "城东民发〔2026〕5号".into() };
    assert_eq!(code(set_window(&desk.head(), &window("2026-05-01")).await), "E-D26", "never before the law's day");
    assert_eq!(code(set_window(&desk.clerk(), &window("2026-07-31")).await), "E-P805");
    set_window(&desk.head(), &window("2026-07-31")).await.expect("set");
    assert!(open(&desk.clerk(), Kind::Annual, Some(b), &input(&REPORT)).await.expect("accepted").warnings.is_empty());
    let next = input(&[("year", "2026"), REPORT[1], REPORT[2], REPORT[3], REPORT[4], REPORT[5]]);
    assert_eq!(code(open(&desk.clerk(), Kind::Annual, Some(b), &next).await), "E-D24");
    let told = windows(&desk.clerk()).await.expect("read");
    assert_eq!((told.year, told.set.len()), (2025, 1));
    // 31 May 2026 is a Sunday.
    let days = [(Class::Association, Day::ymd(2026, 6, 1)), (Class::ServiceInstitution, Day::ymd(2026, 6, 1)), (Class::Foundation, Day::ymd(2026, 3, 31))];
    assert_eq!(told.legal, days);
});

::store::db_test!(d_r17_and_d_r18_who_files_nothing_is_proposed_for_the_list_once, |db| async move {
    let desk = desk(db).await;
    let (filed, silent) = (registered(&desk.w, "甲市城东区康乐协会", Class::Association).await, registered(&desk.w, "甲市城东区安宁协会", Class::Association).await);
    open(&desk.clerk(), Kind::Annual, Some(filed), &input(&REPORT)).await.expect("filed");
    // Whether one filed that was taken over this year, the register of before knows; one of last year could only file here.
    crate::testing::taken_over(&desk.w, "甲市城东区迁入协会", Class::Association, None).await;
    let now = desk.w.p.now().day();
    desk.at(Day::ymd(2025, 12, 31));
    crate::testing::taken_over(&desk.w, "甲市城东区早迁协会", Class::Association, None).await;
    desk.at(now);
    for _ in 0..2 {
        job(&desk, "organizations.reports").await;
    }
    let found = crate::supervision::list(&desk.examiner(), &crate::supervision::Filter { kind: Some(Kind::Listing), ..Default::default() }).await.expect("listed");
    let mut proposed: Vec<_> = found.lines.iter().map(|line| (line.subject.as_str(), line.id)).collect();
    proposed.sort_unstable();
    assert_eq!(proposed.iter().map(|(subject, _)| *subject).collect::<Vec<_>>(), ["甲市城东区安宁协会", "甲市城东区早迁协会"]);
    let id = proposed[0].1;
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    does(&desk.clerk(), id, "statement", &[("statement", "忘记报送")]).await.expect("heard");
    does(&desk.approver(), id, "list", &[]).await.expect("listed");
    let facts = public_facts(desk.w.p.db(), silent, None).await.expect("read");
    assert!(facts.annual[0].kind == FactKind::Annual && facts.annual[0].code == "4", "not filed is the result of its year");
});
