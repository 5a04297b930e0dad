//! Devices, agents, absences, hand-over: who acts.

use kernel::Day;
use platform::Role;

use crate::model::{ApplicantKind, Party};
use crate::ops::{self, Act, DeclareAbsence, GiveLetter, Save, Saved, Submit};
use crate::testing::{PDF, answers, world};

::store::db_test!(two_devices_never_overwrite_each_other, |db| async move {
    let w = world(db).await;
    let draft = w.draft(answers()).await;
    let ctx = w.as_citizen();
    let save = |seen: i64, sign: &str| {
        let mut typed = answers();
        typed.insert("sign".into(), sign.into());
        Save { impl_code: w.item.code.clone(), seen, answers: typed, party: Party::Own }
    };
    let Saved::Draft(phone) = ops::save(&ctx, save(draft.version, "手机写的")).await.expect("saved") else { panic!("first") };
    match ops::save(&ctx, save(draft.version, "电脑写的")).await.expect("answered") {
        Saved::Changed { theirs, mine } => assert_eq!((theirs.answers["sign"].as_str(), mine["sign"].as_str()), ("手机写的", "电脑写的")),
        Saved::Draft(_) => panic!("the older page has overwritten the newer one"),
    }
    let stale = ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect_err("not what he saw");
    assert!(stale.has_code("E-ST02"));
    assert!(ops::discard(&ctx, draft.id, draft.version).await.expect_err("not what he saw").has_code("E-ST02"));
    ops::discard(&ctx, draft.id, phone.version).await.expect("discarded");
    assert!(ops::drafts(&ctx).await.expect("drafts").is_empty());
});

::store::db_test!(a_citizen_below_the_level_of_the_item_is_told_so, |db| async move {
    let w = world(db).await;
    let low = identity::testing::citizen(&w.p, 1).await;
    let save = Save { impl_code: w.item.code.clone(), seen: 0, answers: answers(), party: Party::Own };
    assert!(ops::save(&w.p.as_actor(low.actor()), save).await.expect_err("level 1").has_code("E-P802"));
});

::store::db_test!(p8_scenario_4_an_agent_acts_as_long_and_as_far_as_the_letter_says, |db| async move {
    let w = world(db).await;
    let ctx = w.as_citizen();
    let give = GiveLetter {
        principal_kind: ApplicantKind::Organisation,
        principal_name: "甲市城东区阳光社会工作服务中心".into(),
        principal_number: "52990102YY9990048C".into(),
        items: vec!["990111009001".into()],
        from: Day::ymd(2026, 7, 1),
        until: Day::ymd(2026, 7, 31),
        file: PDF.to_vec(),
    };
    let letter = ops::give_letter(&ctx, give.clone()).await.expect("given");
    let save = |party: Party| Save { impl_code: w.item.code.clone(), seen: 0, answers: answers(), party };
    let Saved::Draft(draft) = ops::save(&ctx, save(Party::Letter(letter))).await.expect("saved") else { panic!("first") };
    for key in ["plan", "lease"] {
        let file = ops::Attach { to: crate::Owner::Draft(draft.id), key: key.into(), file_name: "a.pdf".into(), bytes: PDF.to_vec() };
        ops::attach(&ctx, file).await.expect("attached");
    }
    w.at(Day::ymd(2026, 8, 1), 0);
    let submit = Submit { draft: draft.id, seen: draft.version, pledge: false };
    let ended = ops::submit(&w.as_citizen(), submit.clone()).await.expect_err("the letter has ended");
    assert!(ended.has_code("E-P804") && ended.issues()[0].message.zh == "您未被授权代表甲市城东区阳光社会工作服务中心办理该事项", "{ended}");
    w.at(Day::ymd(2026, 7, 31), 1439);
    let case = ops::submit(&w.as_citizen(), submit).await.expect("the last minute").case;
    let view = ops::my_case(&w.as_citizen(), case).await.expect("the agent sees it");
    assert_eq!(view.head.applicant.number, "52990102YY9990048C");
    assert!(ops::mine(&w.as_citizen(), None).await.expect("my matters").lines[0].as_agent);
    ops::revoke_letter(&w.as_citizen(), letter).await.expect("revoked");
    assert!(ops::my_case(&w.as_citizen(), case).await.is_err(), "a revoked letter opens nothing");
    let stranger = identity::testing::citizen(&w.p, 2).await;
    assert!(ops::revoke_letter(&w.p.as_actor(stranger.actor()), letter).await.is_err());
});

::store::db_test!(p11_6_the_sixth_relative_is_refused_until_one_of_the_five_is_free, |db| async move {
    let w = world(db).await;
    let wang = identity::testing::citizen(&w.p, 2).await;
    let give = |until: Day| GiveLetter {
        principal_kind: ApplicantKind::Person,
        principal_name: wang.name.clone(),
        principal_number: wang.number.clone(),
        items: Vec::new(),
        from: Day::ymd(2026, 7, 1),
        until,
        file: PDF.to_vec(),
    };
    let (july, august) = (Day::ymd(2026, 7, 31), Day::ymd(2026, 8, 31));
    let mut relatives = Vec::new();
    for _ in 0..6 {
        relatives.push(identity::testing::citizen(&w.p, 2).await);
    }
    let mut letters = Vec::new();
    for (n, relative) in relatives[..5].iter().enumerate() {
        let until = if n == 0 { july } else { august };
        letters.push(ops::give_letter(&w.p.as_actor(relative.actor()), give(until)).await.expect("one of five"));
    }
    let sixth = || w.p.as_actor(relatives[5].actor());
    let refused = ops::give_letter(&sixth(), give(august)).await.expect_err("the sixth");
    assert!(refused.has_code("E-P1104"), "{refused:?}");
    ops::give_letter(&w.p.as_actor(relatives[1].actor()), give(august)).await.expect("who acts already may hand in another letter");
    // A letter that has ended, or was revoked, makes room.
    w.at(Day::ymd(2026, 8, 1), 600);
    let last = ops::give_letter(&sixth(), give(august)).await.expect("the first letter has ended");
    let first = || w.p.as_actor(relatives[0].actor());
    assert!(ops::give_letter(&first(), give(august)).await.expect_err("five again").has_code("E-P1104"));
    ops::revoke_letter(&sixth(), last).await.expect("revoked");
    ops::give_letter(&first(), give(august)).await.expect("there is room");
});

::store::db_test!(a_delegate_stands_in_for_thirty_days_and_never_against_himself, |db| async move {
    let w = world(db).await;
    let case = w.accepted().await;
    let other = identity::testing::staff(&w.p, "990102", &[Role::Deliverer]).await;
    assert!(w.moves(&other, case, Act::new("take", 0)).await.is_err(), "not his role");
    let absence = |delegate, days: i64| DeclareAbsence {
        staff: w.examiner.id,
        delegate,
        from: Day::ymd(2026, 7, 1),
        until: Day::ymd(2026, 7, 1).plus_days(days - 1),
        reason: "年休假".into(),
    };
    let ctx = w.as_staff(&w.head);
    assert!(ops::declare_absence(&ctx, absence(other.id, 31)).await.expect_err("too long").has_code("E-P228"));
    assert!(ops::declare_absence(&ctx, absence(w.approver.id, 5)).await.expect_err("examines and decides").has_code("E-P806"));
    assert!(ops::declare_absence(&w.as_staff(&w.clerk), absence(other.id, 5)).await.expect_err("not his").has_code("E-P805"));
    let id = ops::declare_absence(&ctx, absence(other.id, 30)).await.expect("declared");
    w.moves(&other, case, Act::new("take", 0)).await.expect("stands in");
    let log = crate::store::action::events(w.p.db(), case).await.expect("the log");
    assert_eq!(log.last().and_then(|event| event.detail.stood_in_for), Some(w.examiner.id), "and the log says for whom");
    ops::end_absence(&ctx, id).await.expect("back early");
    let opinion = Act { opinion: "合规".into(), ..Act::new("propose", 0) };
    assert!(w.moves(&other, case, opinion).await.expect_err("no longer").has_code("E-P805"));
});

::store::db_test!(a_case_is_handed_over_and_counted_where_it_lies, |db| async move {
    let w = world(db).await;
    let case = w.examining().await;
    let next = identity::testing::staff(&w.p, "990102", &[Role::Examiner]).await;
    assert!(w.moves(&w.head, case, Act::new("hand_over", 0)).await.expect_err("to whom?").has_code("E-P224"));
    w.moves(&w.head, case, Act { holder: Some(next.id), ..Act::new("hand_over", 0) }).await.expect("handed over");
    let page = ops::desk(&w.as_staff(&next), &ops::DeskFilter::default()).await.expect("my desk");
    assert_eq!(page.lines.iter().map(|line| line.id).collect::<Vec<_>>(), [case]);
    let load = ops::load(&w.as_staff(&w.head)).await.expect("the load");
    let holding: Vec<_> = load.iter().filter(|line| line.open > 0).map(|line| (line.staff, line.name.as_str(), line.open, line.late)).collect();
    assert_eq!(holding, [(Some(next.id), next.name.as_str(), 1, 0)]);
    assert!(load.iter().any(|line| line.staff == Some(w.examiner.id) && line.open == 0), "whoever holds nothing is there to take something");
});

::store::db_test!(p2_9_a_case_goes_to_the_body_that_answers_for_it, |db| async move {
    let w = world(db).await;
    let case = w.received().await;
    let there = identity::testing::staff(&w.p, "990126", &[Role::Clerk]).await;
    let seen = w.version(case).await;
    ops::transfer(&w.as_staff(&w.clerk), case, seen, there.org, "属山前县管辖").await.expect("sent on");
    assert!(ops::view(&w.as_staff(&there), case).await.is_ok());
    assert!(ops::view(&w.as_staff(&w.clerk), case).await.expect_err("no longer").has_code("E-P805"));
});

::store::db_test!(a_paper_is_read_and_judged_by_those_whose_case_it_is, |db| async move {
    let w = world(db).await;
    let case = w.received().await;
    let plan = ops::my_case(&w.as_citizen(), case).await.expect("my case").materials.remove(0);
    let of = crate::Owner::Case(case);
    assert_eq!(ops::content(&w.as_citizen(), of, plan.id).await.expect("mine").1, PDF);
    assert_eq!(ops::content(&w.as_staff(&w.clerk), of, plan.id).await.expect("the clerk's").1, PDF);
    let stranger = identity::testing::citizen(&w.p, 2).await;
    assert!(ops::content(&w.p.as_actor(stranger.actor()), of, plan.id).await.is_err());
    let judge = ops::Judge { case, paper: plan.id, good: false, originals: 0, copies: 1, note: "看不清".into() };
    assert!(ops::judge(&w.as_staff(&w.maker), judge.clone()).await.expect_err("not his").has_code("E-P805"));
    ops::judge(&w.as_staff(&w.clerk), judge).await.expect("judged");
    assert!(w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect_err("a required paper is not in order").has_code("E-P225"));
    let draft = w.draft(answers()).await;
    let own = crate::Owner::Draft(draft.id);
    let held = ops::attach_held(&w.as_citizen(), own, &plan.key, plan.id).await;
    assert!(held.is_err(), "a defective paper is not offered again");
});

::store::db_test!(whoever_only_reads_sees_masks, |db| async move {
    let w = world(db).await;
    let case = w.accepted().await;
    let leader = identity::testing::staff(&w.p, "990100", &[Role::Leader]).await;
    let seen = ops::view(&w.as_staff(&leader), case).await.expect("his city");
    assert!(seen.actions.is_empty() && seen.head.applicant.name.contains('*') && seen.head.applicant.number.contains('*'));
    assert!(w.moves(&leader, case, Act::new("terminate", 0)).await.expect_err("he only reads").has_code("E-P805"));
});
