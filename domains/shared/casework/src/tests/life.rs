//! The whole life of a case.

use kernel::{Channel, IdType};

use crate::fold::fold;
use crate::model::{ApplicantKind, Contact, MaterialState, Outcome};
use crate::cross::{Handover, Method, Mode};
use crate::ops::{self, Act, Intake, Paper, Proof, Receiver, Submit};
use crate::testing::{answers, world};
use crate::{Phase, store};

::store::db_test!(a_fictional_service_runs_the_whole_life, |db| async move {
    let w = world(db).await;
    let submitted = w.submitted().await;
    let case = submitted.case;
    assert!(submitted.case_no.starts_with("990102202607011"), "region, day and channel: {}", submitted.case_no);
    let opinion = |verb: &str| Act { opinion: "名称合规".into(), ..Act::new(verb, 0) };
    w.moves(&w.precheck, case, Act::new("precheck_pass", 0)).await.expect("prechecked");
    w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect("received");
    w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect("accepted");
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken");
    w.moves(&w.examiner, case, opinion("propose")).await.expect("proposed");
    w.moves(&w.reviewer, case, opinion("agree")).await.expect("agreed");
    w.moves(&w.approver, case, opinion("approve")).await.expect("approved");
    w.moves(&w.maker, case, Act::new("make", 0)).await.expect("made");
    let receiver = Receiver { name: "张测试".into(), relation: String::new(), way: catalog::model::Delivery::Counter };
    let done = w.moves(&w.deliverer, case, Act { receiver: Some(receiver), ..Act::new("deliver", 0) }).await.expect("delivered");
    assert_eq!(done.state, "finished");

    let mine = ops::my_case(&w.as_citizen(), case).await.expect("my case");
    assert_eq!((mine.phase, mine.state.outcome), (Phase::Finished, Some(Outcome::Granted)));
    assert!(mine.opinions.is_empty() && mine.log.iter().all(|line| line.actor.is_empty()), "the applicant sees acts, not people");
    assert_eq!(mine.answers["sign"], "春风便民店");
    let head = store::cases::by_id(w.p.db(), &w.p.system(), case).await.expect("the head");
    let log = store::action::events(w.p.db(), case).await.expect("the log");
    let state = fold(&crate::testing::shop_sign().life_cycle(), &log).expect("the log folds");
    assert_eq!((state.code.as_str(), state.seq, state.decider), (head.state.as_str(), head.version, head.decider));
    let papers = crate::papers::of_case(&w.as_staff(&w.clerk), case).await.expect("documents");
    assert_eq!(papers.len(), 4, "receipt, acceptance, grant, record of service: {papers:?}");
});

::store::db_test!(p2_9_any_counter_takes_in_and_receives_at_once, |db| async move {
    let w = world(db).await;
    let ctx = w.as_staff(&w.clerk);
    let intake = Intake {
        impl_code: w.item.code.clone(),
        kind: ApplicantKind::Person,
        name: "张测试".into(),
        number: "990102199003070011".into(),
        id_type: IdType::RESIDENT,
        contact: Contact::default(),
        answers: answers(),
        papers: vec![Paper { key: "plan".into(), originals: 0, copies: 1, scan: None }, Paper { key: "lease".into(), originals: 1, copies: 1, scan: None }],
        lacking: Vec::new(),
        channel: Channel::Counter,
        at: w.clerk.region,
        residence: None,
        handover: None,
    };
    let taken = ops::take_in(&ctx, intake.clone()).await.expect("taken in");
    let view = ops::view(&ctx, taken.case).await.expect("seen");
    assert_eq!(view.phase, Phase::Received);
    assert!(view.materials.iter().all(|paper| paper.state == MaterialState::Received));
    let here = Proof::LastFour("0011".into());
    assert_eq!(ops::find(&w.p.as_actor(platform::Actor::Anonymous), &taken.case_no, &here).await.expect("found").phase, Phase::Received);
    // A counter of another county takes papers in for this body: the case is the body's, the counter is kept.
    let away = identity::testing::staff(&w.p, "990126", &[platform::Role::Clerk]).await;
    let handover = Some(Handover { mode: Mode::Nearby, identity: Some(Method::Card), papers: false, delivery: None });
    let there = Intake { number: "990126195211120039".into(), name: "王老人".into(), at: away.region, handover, ..intake };
    let taken = ops::take_in(&w.as_staff(&away), there).await.expect("taken in elsewhere");
    let head = store::cases::by_id(w.p.db(), &ctx, taken.case).await.expect("the head");
    assert_eq!((head.org, head.intake.map(|(_, org)| org)), (w.clerk.org, Some(away.org)));
    let seen = ops::view(&w.as_staff(&away), taken.case).await.expect("they see how far it is");
    assert!(seen.actions.is_empty() && seen.head.applicant.name != "王老人", "and can do nothing in it");
});

::store::db_test!(every_fault_of_the_form_is_told_at_once_and_nothing_typed_is_lost, |db| async move {
    let w = world(db).await;
    let mut wrong = answers();
    wrong.insert("area".into(), "9999".into());
    wrong.insert("opens_on".into(), "2026-02-30".into());
    wrong.remove("sign");
    let draft = w.draft(wrong).await;
    let refused = ops::submit(&w.as_citizen(), Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect_err("refused");
    for code in ["E-FORM01", "E-FORM03", "E-FORM04"] {
        assert!(refused.has_code(code), "{code}: {refused:?}");
    }
    let kept = ops::resume(&w.as_citizen(), &w.item.code).await.expect("read").expect("kept");
    assert_eq!((kept.answers["area"].as_str(), kept.answers["opens_on"].as_str()), ("9999", "2026-02-30"));
});

::store::db_test!(the_number_alone_opens_nothing, |db| async move {
    let w = world(db).await;
    let submitted = w.submitted().await;
    let ctx = w.p.as_actor(platform::Actor::Anonymous);
    let four = Proof::LastFour(w.citizen.number[14..].to_owned());
    assert!(ops::find(&ctx, &submitted.case_no, &four).await.is_ok());
    assert!(ops::find(&ctx, &submitted.case_no, &Proof::QueryCode(submitted.query_code.clone())).await.is_ok());
    for (number, proof) in [(submitted.case_no.as_str(), Proof::QueryCode("0000000".into())), ("9901022026070110000032", four.clone())] {
        let refused = ops::find(&ctx, number, &proof).await.expect_err("refused");
        assert!(refused.has_code("E-P222") || refused.has_code("E-P201"), "{refused:?}");
    }
    assert!(ops::find(&ctx, "9901022026070110000017", &four).await.expect_err("check digit").has_code("E-P201"));
});

::store::db_test!(the_last_four_of_a_document_are_not_guessed, |db| async move {
    let w = world(db).await;
    let submitted = w.submitted().await;
    let ctx = w.p.as_actor(platform::Actor::Anonymous);
    let right = Proof::LastFour(w.citizen.number[14..].to_owned());
    let mut guesses = tokio::task::JoinSet::new();
    for n in 0..40 {
        let (ctx, number) = (ctx.clone(), submitted.case_no.clone());
        guesses.spawn(async move { ops::find(&ctx, &number, &Proof::LastFour(format!("{n:04}"))).await });
    }
    let answers = guesses.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.as_ref().is_err_and(|error| error.has_code("E-P222"))).count(), 5, "at the same moment");
    let locked = ops::find(&ctx, &submitted.case_no, &right).await.expect_err("locked");
    assert!(matches!(&locked, platform::Error::TooMany { .. }) && locked.has_code("E-P803"), "{locked:?}");
    w.p.set_now(w.p.now().plus_minutes(60));
    let later = w.p.as_actor(platform::Actor::Anonymous);
    assert!(ops::find(&later, &submitted.case_no, &right).await.is_ok());
});
