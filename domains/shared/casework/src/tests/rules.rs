//! Rules P2-1 to P2-11, each with its code.

use kernel::Day;
use platform::Role;

use crate::model::{CorrectionItem, Fault, MaterialState, Special};
use crate::ops::{self, Act, Attach, Submit};
use crate::testing::{PDF, answers, world, world_with};
use crate::{Declaration, Owner, Phase};

fn defect(key: &str) -> CorrectionItem {
    CorrectionItem { key: key.into(), fault: Fault::Defective, wrong: "看不清".into(), mend: "重新扫描".into(), supplied_at: None }
}

fn opinion(verb: &str) -> Act {
    Act { opinion: "名称合规".into(), ..Act::new(verb, 0) }
}

::store::db_test!(p2_1_what_is_missing_is_told_once, |db| async move {
    let w = world(db).await;
    let case = w.received().await;
    w.at(Day::ymd(2026, 7, 6), 600);
    let told = Act { corrections: vec![defect("plan"), defect("lease")], ..Act::new("correct", 0) };
    assert_eq!(w.moves(&w.clerk, case, told.clone()).await.expect("told").state, "correcting");
    let view = ops::my_case(&w.as_citizen(), case).await.expect("my case");
    assert_eq!((view.corrections.len(), view.corrections[0].items.len()), (1, 2));
    assert!(view.ends.notice.is_none(), "the notice clock has done its duty");
    let again = w.moves(&w.clerk, case, told).await.expect_err("twice");
    assert!(again.has_code("E-ST01") || again.has_code("E-P202"), "{again:?}");
    let file = Attach { to: Owner::Case(case), key: "plan".into(), file_name: "plan.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&w.as_citizen(), file).await.expect("supplied");
    let asked = ops::my_case(&w.as_citizen(), case).await.expect("my case").corrections.remove(0);
    assert_eq!(asked.items.iter().filter(|item| item.supplied_at.is_some()).count(), 1, "one of two has come");
    let seen = w.version(case).await;
    let supplied = ops::act(&w.as_citizen(), case, Act::new("supply", seen)).await.expect("all supplied");
    assert_eq!(supplied.state, "accepted");
    assert!(ops::my_case(&w.as_citizen(), case).await.expect("my case").corrections[0].closed_at.is_some());
});

::store::db_test!(p2_1_a_second_notice_is_refused_with_the_day_of_the_first, |db| async move {
    // A life-cycle in which a case comes back to receipt: the notice stays one.
    let mut declared = crate::testing::shop_sign();
    let mut life = declared.life_cycle();
    let supply = life.moves.iter_mut().find(|mv| mv.verb == "supply_part").expect("the table has it");
    supply.to = Some("received".into());
    declared.life = crate::Life::Own(life);
    let w = world_with(db, vec![Declaration::data(declared)], |_| {}).await;
    let case = w.received().await;
    w.at(Day::ymd(2026, 7, 6), 600);
    let told = Act { corrections: vec![defect("plan")], ..Act::new("correct", 0) };
    w.moves(&w.clerk, case, told.clone()).await.expect("told");
    let seen = w.version(case).await;
    ops::act(&w.as_citizen(), case, Act::new("supply_part", seen)).await.expect("a part");
    w.at(Day::ymd(2026, 7, 20), 600);
    let again = w.moves(&w.clerk, case, told).await.expect_err("an old paper");
    assert!(again.has_code("E-P202"), "{again:?}");
    assert!(again.issues()[0].message.zh.contains("2026年7月6日"));
});

::store::db_test!(p2_4_a_refusal_states_reason_and_remedies, |db| async move {
    let w = world(db).await;
    let case = w.deciding().await;
    let refused = w.moves(&w.approver, case, Act::new("refuse", 0)).await.expect_err("no reason");
    let fields: Vec<_> = refused.issues().iter().filter_map(|issue| issue.field.as_deref()).collect();
    assert!(refused.has_code("E-P205"));
    assert_eq!(fields, ["reason", "remedies"], "both at once");
    let whole = Act { reason: "名称与已有店铺相同".into(), remedies: "行政复议、行政诉讼".into(), ..Act::new("refuse", 0) };
    assert_eq!(w.moves(&w.approver, case, whole).await.expect("refused with reason").state, "refused");
});

::store::db_test!(p2_5_acceptor_and_examiner_do_not_decide, |db| async move {
    let w = world(db).await;
    let mut both = w.clerk.clone();
    both.grants.push(w.approver.grants[0].clone());
    both.grants.push(w.examiner.grants[0].clone());
    let case = w.accepted().await;
    assert!(w.moves(&both, case, Act::new("take", 0)).await.expect_err("accepted it himself").has_code("E-P806"));
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken");
    w.moves(&w.examiner, case, opinion("propose")).await.expect("proposed");
    w.moves(&w.reviewer, case, opinion("agree")).await.expect("agreed");
    assert!(w.moves(&both, case, opinion("approve")).await.expect_err("accepted it himself").has_code("E-P210"));
    let view = ops::view(&w.as_staff(&both), case).await.expect("seen");
    let approve = view.actions.iter().find(|action| action.mv.verb == "approve").expect("his role may");
    assert!(approve.barred.as_ref().is_some_and(|issue| issue.code == "E-P210"), "the button says why");
});

::store::db_test!(p2_5_nobody_is_kept_apart_where_the_item_says_so, |db| async move {
    let w = world_with(db, vec![Declaration::data(crate::testing::shop_sign())], |elements| {
        elements.house.separation = catalog::model::Separation::None;
    })
    .await;
    let mut both = w.clerk.clone();
    both.grants.push(w.approver.grants[0].clone());
    let case = w.deciding().await;
    w.moves(&both, case, opinion("approve")).await.expect("one registrar does it all");
});

::store::db_test!(p2_5_two_inspect_on_the_spot, |db| async move {
    let w = world(db).await;
    let case = w.examining().await;
    let one = Act { inspectors: vec![w.examiner.id, w.examiner.id], ..opinion("inspect") };
    assert!(w.moves(&w.examiner, case, one.clone()).await.expect_err("the same one twice").has_code("E-P206"));
    w.moves(&w.examiner, case, Act { inspectors: vec![w.examiner.id, w.clerk.id], ..one }).await.expect("two");
});

::store::db_test!(p2_6_a_promised_paper_that_does_not_come_withdraws_the_case, |db| async move {
    let w = world(db).await;
    let draft = w.draft(answers()).await;
    let ctx = w.as_citizen();
    let lease = crate::store::materials::of_draft(w.p.db(), &ctx, draft.id).await.expect("papers").into_iter().find(|paper| paper.key == "lease");
    ops::remove(&ctx, draft.id, lease.expect("the lease").id).await.expect("taken out again");
    let case = ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect("a paper that may follow").case;
    w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect("received");
    assert!(w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect_err("not promised").has_code("E-P225"));
    let due = Day::ymd(2026, 7, 15);
    let plan = Act { promises: vec![("plan".into(), due)], ..Act::new("accept", 0) };
    assert!(w.moves(&w.clerk, case, plan).await.expect_err("may not follow").has_code("E-P226"));
    w.moves(&w.clerk, case, Act { promises: vec![("lease".into(), due)], ..Act::new("accept", 0) }).await.expect("accepted on a promise");
    w.at(due, 1439);
    assert_eq!(ops::my_case(&w.as_citizen(), case).await.expect("my case").phase, Phase::Accepted, "23:59 of the last day");
    w.at(due.plus_days(1), 0);
    assert_eq!(ops::my_case(&w.as_citizen(), case).await.expect("my case").state.code, "lapsed", "00:00, and no job ran");
    ops::settle_all(&w.p.system()).await.expect("the job");
    ops::settle_all(&w.p.system()).await.expect("the job again");
    assert_eq!(crate::head(w.p.db(), case).await.expect("a case").phase, "withdrawn");
});

::store::db_test!(p2_6_nothing_is_granted_before_the_promised_paper_is_here, |db| async move {
    let w = world(db).await;
    let case = w.received().await;
    // The lease is here; the promise is made all the same and kept by the paper that came.
    let due = Day::ymd(2026, 7, 29);
    w.moves(&w.clerk, case, Act { promises: vec![("lease".into(), due)], ..Act::new("accept", 0) }).await.expect("accepted");
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken");
    w.moves(&w.examiner, case, opinion("propose")).await.expect("proposed");
    w.moves(&w.reviewer, case, opinion("agree")).await.expect("agreed");
    assert!(w.moves(&w.approver, case, opinion("approve")).await.expect_err("still promised").has_code("E-P207"));
    let file = Attach { to: Owner::Case(case), key: "lease".into(), file_name: "lease.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&w.as_citizen(), file).await.expect("supplied");
    let papers = ops::my_case(&w.as_citizen(), case).await.expect("my case").materials;
    assert!(papers.iter().all(|paper| paper.state != MaterialState::Promised));
    let seen = w.version(case).await;
    ops::act(&w.as_citizen(), case, Act::new("supply_promised", seen)).await.expect("told");
    w.moves(&w.approver, case, opinion("approve")).await.expect("granted");
});

::store::db_test!(p2_7_a_broken_pledge_bars_the_next, |db| async move {
    let w = world(db).await;
    let pledge = || async {
        let draft = w.draft(answers()).await;
        ops::submit(&w.as_citizen(), Submit { draft: draft.id, seen: draft.version, pledge: true }).await
    };
    let case = pledge().await.expect("pledged").case;
    let signed = ops::my_case(&w.as_citizen(), case).await.expect("my case").pledge.expect("what was signed is kept");
    assert_eq!(signed.check_due, Day::ymd(2026, 8, 31), "60 days, and 30 August is a Sunday");
    let seen = w.version(case).await;
    ops::act(&w.as_citizen(), case, Act::new("withdraw", seen)).await.expect("withdrawn before the decision");
    ops::check_pledge(&w.as_staff(&w.examiner), case, false, "名称与他人相同").await.expect("checked");
    assert!(pledge().await.expect_err("a record").has_code("E-P208"));
});

::store::db_test!(p2_8_what_is_held_is_offered_with_source_and_date, |db| async move {
    let w = world(db).await;
    let first = w.submitted().await;
    let offered = ops::offered(&w.as_citizen(), &w.item.code, &crate::Party::Own).await.expect("offered");
    let street = offered.answers.iter().find(|held| held.key == "street").expect("told before");
    assert_eq!((street.value.as_str(), street.source.zh.contains(&first.case_no)), ("中心街道和平路1号", true));
    assert!(offered.answers.iter().any(|held| held.key == "phone" && held.value == w.citizen.phone));
    let (plan, case_no) = offered.papers.iter().find(|(paper, _)| paper.key == "plan").expect("handed in before");
    assert_eq!(*case_no, first.case_no);
    let stranger = identity::testing::citizen(&w.p, 2).await;
    let other = w.p.as_actor(stranger.actor());
    let nothing = ops::offered(&other, &w.item.code, &crate::Party::Own).await.expect("offered");
    assert!(nothing.papers.is_empty() && nothing.answers.iter().all(|held| held.key != "street"));
    let save = crate::ops::Save { impl_code: w.item.code.clone(), seen: 0, answers: answers(), party: crate::Party::Own };
    let crate::ops::Saved::Draft(draft) = ops::save(&other, save).await.expect("saved") else { panic!("nobody else saves") };
    assert!(ops::attach_held(&other, Owner::Draft(draft.id), "plan", plan.id).await.is_err(), "somebody else's paper does not exist");
});

::store::db_test!(p2_10_the_limit_of_a_joint_case_is_the_longest_of_its_parts, |db| async move {
    let mut over = crate::testing::shop_sign();
    over.joint = Some(crate::Joint {
        parts: vec!["shop_sign.naming".into()],
        limit: crate::StepLimit { limit: catalog::model::Limit::new(45, catalog::model::LimitUnit::WorkingDay), source: "行政许可法第42条".into() },
    });
    let w = world_with(db, vec![Declaration::data(over)], |_| {}).await;
    let parent = w.received().await;
    let part = (w.item.code.clone(), answers());
    let parts = ops::open_joint(&w.as_staff(&w.clerk), ops::OpenJoint { parent, parts: vec![part.clone(), part] }).await.expect("opened");
    for child in &parts {
        for key in ["plan", "lease"] {
            let file = Attach { to: Owner::Case(*child), key: key.into(), file_name: "a.pdf".into(), bytes: PDF.to_vec() };
            ops::attach(&w.as_citizen(), file).await.expect("attached");
        }
        w.moves(&w.clerk, *child, Act::new("receive", 0)).await.expect("received");
    }
    w.moves(&w.clerk, parts[0], Act::new("accept", 0)).await.expect("accepted");
    w.at(Day::ymd(2026, 7, 6), 600);
    w.moves(&w.clerk, parts[1], Act::new("accept", 0)).await.expect("accepted later");
    let due = |case| { let (p, ctx) = (&w.p, w.p.system()); async move { crate::store::cases::by_id(p.db(), &ctx, case).await.expect("a head").promise_due } };
    assert_eq!((due(parts[0]).await, due(parts[1]).await), (Some(Day::ymd(2026, 7, 29)), Some(Day::ymd(2026, 8, 3))));
    assert_eq!(due(parent).await, Some(Day::ymd(2026, 8, 3)));
});

::store::db_test!(p2_3_and_p2_10_a_joint_case_takes_45_working_days_and_15_more_at_most, |db| async move {
    let mut over = crate::testing::shop_sign();
    over.joint = Some(crate::Joint {
        parts: vec!["shop_sign.naming".into()],
        limit: crate::StepLimit { limit: catalog::model::Limit::new(45, catalog::model::LimitUnit::WorkingDay), source: "行政许可法第42条".into() },
    });
    // A part that takes longer than the law allows for the whole.
    let w = world_with(db, vec![Declaration::data(over)], |elements| {
        elements.promise = catalog::model::Limit::new(70, catalog::model::LimitUnit::WorkingDay);
        elements.legal_limit = catalog::model::Limit::new(90, catalog::model::LimitUnit::WorkingDay);
    })
    .await;
    let parent = w.received().await;
    w.moves(&w.clerk, parent, Act::new("accept", 0)).await.expect("accepted");
    let part = (w.item.code.clone(), answers());
    let part = ops::open_joint(&w.as_staff(&w.clerk), ops::OpenJoint { parent, parts: vec![part] }).await.expect("opened").remove(0);
    for key in ["plan", "lease"] {
        let file = Attach { to: Owner::Case(part), key: key.into(), file_name: "a.pdf".into(), bytes: PDF.to_vec() };
        ops::attach(&w.as_citizen(), file).await.expect("attached");
    }
    w.moves(&w.clerk, part, Act::new("receive", 0)).await.expect("received");
    w.moves(&w.clerk, part, Act::new("accept", 0)).await.expect("accepted");
    let calendar = kernel::Calendar::builtin();
    let after = |days: u32| Some(calendar.add_working_days(Day::ymd(2026, 7, 1), days).day);
    let due = |case| { let (p, ctx) = (&w.p, w.p.system()); async move { crate::store::cases::by_id(p.db(), &ctx, case).await.expect("a head").promise_due } };
    assert_eq!((due(part).await, due(parent).await), (after(70), after(45)), "the part has its own limit, the whole that of the law");
    let extend = || Act { reason: "需要多部门会商".into(), ..Act::new("extend", 0) };
    w.moves(&w.examiner, parent, Act::new("take", 0)).await.expect("taken");
    w.moves(&w.head, parent, extend()).await.expect("extended");
    assert_eq!(due(parent).await, after(60), "fifteen more, not ten");
    assert!(w.moves(&w.head, parent, extend()).await.expect_err("once").has_code("E-P204"));
});

::store::db_test!(p2_11_an_identical_application_is_named, |db| async move {
    let w = world(db).await;
    let first = w.submitted().await;
    let draft = w.draft(answers()).await;
    let again = ops::submit(&w.as_citizen(), Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect_err("twice");
    assert!(again.has_code("E-P209"));
    assert_eq!(again.issues()[0].params["no"], first.case_no);
    let seen = w.version(first.case).await;
    ops::act(&w.as_citizen(), first.case, Act::new("withdraw", seen)).await.expect("withdrawn");
    ops::submit(&w.as_citizen(), Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect("now it is the only one");
});

::store::db_test!(of_two_who_act_at_once_exactly_one_wins, |db| async move {
    let w = world(db).await;
    let case = w.deciding().await;
    let seen = w.version(case).await;
    let (citizen, approver) = (w.as_citizen(), w.as_staff(&w.approver));
    let act = Act { seen, ..opinion("approve") };
    let (withdrawn, granted) = tokio::join!(ops::act(&citizen, case, Act::new("withdraw", seen)), ops::act(&approver, case, act));
    assert!(withdrawn.is_ok() != granted.is_ok(), "{withdrawn:?} {granted:?}");
    let lost = withdrawn.err().or(granted.err()).expect("one lost");
    assert!(lost.has_code("E-ST02"), "{lost:?}");
});

::store::db_test!(what_the_table_does_not_list_is_refused, |db| async move {
    let w = world(db).await;
    let case = w.received().await;
    assert!(w.moves(&w.clerk, case, opinion("approve")).await.expect_err("not yet").has_code("E-ST01"));
    assert!(w.moves(&w.approver, case, Act::new("accept", 0)).await.expect_err("not his").has_code("E-P805"));
    let elsewhere = identity::testing::staff(&w.p, "990202", &[Role::Clerk]).await;
    assert!(w.moves(&elsewhere, case, Act::new("accept", 0)).await.expect_err("not there").has_code("E-P805"));
    let special = Act { special: Some((Special { kind: 12, estimated_days: 0 }, String::new())), ..Act::new("special_start", 0) };
    assert!(w.moves(&w.examiner, case, special).await.expect_err("not yet").has_code("E-ST01"));
});
