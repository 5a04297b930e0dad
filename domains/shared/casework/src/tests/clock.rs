//! Time: the specification's days, and states that are right whether or not a job ran.

use kernel::{Day, Lang};

use crate::model::Special;
use crate::ops::{self, Act};
use crate::testing::{World, world, world_with};
use crate::{CaseId, Declaration, Phase};

async fn view(w: &World, case: CaseId) -> ops::CaseView {
    ops::my_case(&w.as_citizen(), case).await.expect("my case")
}

fn with_promise(days: u32) -> impl Fn(&mut catalog::model::Elements) {
    move |elements| elements.promise.value = days
}

::store::db_test!(p2_1_accepts_by_itself_when_nobody_told, |db| async move {
    let w = world(db).await;
    let case = w.submitted().await.case;
    assert_eq!(view(&w, case).await.ends.notice.map(|end| end.day()), Some(Day::ymd(2026, 7, 8)));
    w.at(Day::ymd(2026, 7, 8), 1439);
    assert_eq!(view(&w, case).await.phase, Phase::Submitted, "the last minute of the fifth working day");
    w.at(Day::ymd(2026, 7, 9), 0);
    let now = view(&w, case).await;
    assert_eq!((now.phase, now.state.auto_accepted), (Phase::Accepted, true), "00:00, and no job ran");
    assert_eq!(now.state.accepted_at.map(|at| at.day()), Some(Day::ymd(2026, 7, 1)), "as of the day of receipt");
    assert_eq!(now.ends.promise.map(|end| end.day()), Some(Day::ymd(2026, 7, 29)));
    // A clerk who comes too late finds the case accepted, whatever his page said.
    let late = w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect_err("too late");
    assert!(late.has_code("E-ST01"), "{late:?}");
    ops::settle_all(&w.p.system()).await.expect("the job");
    ops::settle_all(&w.p.system()).await.expect("the job again");
    let log = view(&w, case).await.log;
    assert_eq!(log.len(), 2, "written down once");
    let head = crate::store::cases::by_id(w.p.db(), &w.p.system(), case).await.expect("the head");
    assert!(head.auto_accepted && head.acceptor.is_none());
    assert_eq!(head.accepted_at.map(|at| at.day()), Some(Day::ymd(2026, 7, 1)));
});

::store::db_test!(p2_3_a_limit_is_extended_once_and_explained, |db| async move {
    let w = world(db).await;
    w.at(Day::ymd(2026, 9, 18), 600);
    let case = w.examining().await;
    let before = view(&w, case).await;
    let words = before.explain(Lang::Zh);
    assert!(words.iter().any(|(_, words)| words == "20 个工作日，自 9 月 18 日起，至 10 月 22 日；中秋 3 天、国庆 7 天不计"), "{words:?}");
    w.at(Day::ymd(2026, 10, 12), 600);
    let extend = Act { reason: "需要实地调查".into(), ..Act::new("extend", 0) };
    assert!(w.moves(&w.examiner, case, extend.clone()).await.expect_err("not his").has_code("E-P805"));
    w.moves(&w.head, case, extend.clone()).await.expect("extended");
    assert_eq!(view(&w, case).await.ends.promise.map(|end| end.day()), Some(Day::ymd(2026, 11, 5)));
    assert!(w.moves(&w.head, case, extend).await.expect_err("twice").has_code("E-P204"));
});

::store::db_test!(p2_3_what_is_over_cannot_be_extended, |db| async move {
    let w = world(db).await;
    let case = w.examining().await;
    w.at(Day::ymd(2026, 7, 30), 0);
    let extend = Act { reason: "需要实地调查".into(), ..Act::new("extend", 0) };
    assert!(w.moves(&w.head, case, extend).await.expect_err("the limit ended on 29 July").has_code("E-P220"));
});

::store::db_test!(p2_3_a_special_procedure_does_not_count, |db| async move {
    let w = world_with(db, vec![Declaration::data(crate::testing::shop_sign())], with_promise(10)).await;
    w.at(Day::ymd(2026, 3, 2), 600);
    let case = w.examining().await;
    assert_eq!(view(&w, case).await.ends.promise.map(|end| end.day()), Some(Day::ymd(2026, 3, 16)));
    w.at(Day::ymd(2026, 3, 5), 600);
    let special = Act { special: Some((Special { kind: 5, estimated_days: 10 }, "行政许可法第45条".into())), ..Act::new("special_start", 0) };
    w.moves(&w.examiner, case, special).await.expect("started");
    let stopped = view(&w, case).await;
    assert_eq!((stopped.phase, stopped.ends.promise.is_none(), stopped.state.suspended_since), (Phase::Suspended, true, Some(Day::ymd(2026, 3, 5))));
    w.at(Day::ymd(2026, 3, 18), 600);
    w.moves(&w.examiner, case, Act { opinion: "专家同意".into(), ..Act::new("special_end", 0) }).await.expect("ended");
    let end = view(&w, case).await.ends.promise.expect("runs again");
    assert_eq!(end.day(), Day::ymd(2026, 3, 27));
    assert!(end.explain().zh.contains("中止 13 天不计"), "{}", end.explain().zh);
});

::store::db_test!(a_correction_without_answer_counts_as_withdrawn, |db| async move {
    let w = world(db).await;
    let case = w.received().await;
    let item = crate::CorrectionItem { key: "plan".into(), fault: crate::Fault::Missing, wrong: "没有平面图".into(), mend: "补交".into(), supplied_at: None };
    w.moves(&w.clerk, case, Act { corrections: vec![item], ..Act::new("correct", 0) }).await.expect("told");
    let due = view(&w, case).await.ends.step.map(|end| end.day()).expect("15 working days");
    assert_eq!(due, Day::ymd(2026, 7, 22));
    w.at(due, 1439);
    assert_eq!(view(&w, case).await.phase, Phase::Correction);
    w.at(due.plus_days(1), 0);
    assert_eq!(view(&w, case).await.state.code, "lapsed");
    let seen = w.version(case).await;
    assert!(ops::act(&w.as_citizen(), case, Act::new("supply", seen)).await.expect_err("too late").has_code("E-ST01"));
});

::store::db_test!(what_was_sent_back_and_not_mended_is_void_after_thirty_days, |db| async move {
    let w = world(db).await;
    let case = w.submitted().await.case;
    let item = crate::CorrectionItem { key: "sign".into(), fault: crate::Fault::Defective, wrong: "名称不完整".into(), mend: "写全称".into(), supplied_at: None };
    let back = Act { corrections: vec![item], ..Act::new("precheck_return", 0) };
    w.moves(&w.precheck, case, back.clone()).await.expect("sent back");
    w.at(Day::ymd(2026, 7, 10), 600);
    let seen = w.version(case).await;
    let mut mended = crate::testing::answers();
    mended.insert("area".into(), "0".into());
    let act = |answers| Act { answers: Some(answers), ..Act::new("resubmit", seen) };
    assert!(ops::act(&w.as_citizen(), case, act(mended.clone())).await.expect_err("still wrong").has_code("E-FORM03"));
    mended.insert("area".into(), "36".into());
    ops::act(&w.as_citizen(), case, act(mended)).await.expect("submitted again");
    assert_eq!(view(&w, case).await.answers["area"], "36");
    assert_eq!(view(&w, case).await.ends.notice.map(|end| end.day()), Some(Day::ymd(2026, 7, 17)), "the clock starts anew");
    w.moves(&w.precheck, case, back).await.expect("sent back again");
    w.at(Day::ymd(2026, 8, 10), 1439);
    assert_eq!(view(&w, case).await.state.code, "returned", "30 days end on a Sunday and roll to Monday");
    w.at(Day::ymd(2026, 8, 11), 0);
    assert_eq!(view(&w, case).await.state.code, "void");
});

::store::db_test!(c_12_a_limit_into_an_unknown_year_is_counted_again_and_told, |db| async move {
    let w = world(db).await;
    w.at(Day::ymd(2026, 12, 18), 600);
    let case = w.accepted().await;
    let before = view(&w, case).await.ends.promise.expect("runs");
    assert!(before.provisional() && before.explain().zh.contains("暂定"));
    let notice = "2027-01-01,holiday,元旦\n2027-01-02,holiday,元旦\n2027-01-03,holiday,元旦\n2027-01-04,holiday,元旦\n2027-02-05,holiday,春节\n2027-02-06,holiday,春节\n\
        2027-02-07,holiday,春节\n2027-02-08,holiday,春节\n2027-04-05,holiday,清明\n2027-05-01,holiday,劳动节\n2027-05-02,holiday,劳动节\n2027-06-09,holiday,端午\n\
        2027-09-15,holiday,中秋\n2027-10-01,holiday,国庆\n2027-10-02,holiday,国庆\n2027-10-03,holiday,国庆\n";
    platform::calendars::import(&w.p.system(), 2027, "国办发明电〔2026〕测试", notice).await.expect("imported");
    let after = view(&w, case).await.ends.promise.expect("runs").day();
    assert!(after > before.day());
    let worker = platform::outbox::Worker::new(&[crate::service()]);
    worker.drain(&w.p).await.expect("drained");
    assert_eq!(crate::store::cases::by_id(w.p.db(), &w.p.system(), case).await.expect("the head").promise_due, Some(after), "lists follow");
});

::store::db_test!(the_clock_set_back_takes_nothing_back_and_makes_no_time_negative, |db| async move {
    let w = world(db).await;
    let case = w.submitted().await.case;
    w.at(Day::ymd(2026, 7, 9), 600);
    ops::settle_all(&w.p.system()).await.expect("accepted by itself");
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken");
    let special = Act { special: Some((Special { kind: 5, estimated_days: 10 }, "行政许可法第45条".into())), ..Act::new("special_start", 0) };
    w.moves(&w.examiner, case, special).await.expect("stands still from the 9th");
    // Somebody sets the clock of the machine back by a week.
    w.at(Day::ymd(2026, 7, 2), 600);
    assert_eq!(view(&w, case).await.phase, Phase::Suspended, "what is written stays written");
    ops::settle_all(&w.p.system()).await.expect("nothing to do");
    w.moves(&w.examiner, case, Act { opinion: "专家同意".into(), ..Act::new("special_end", 0) }).await.expect("ended before it began");
    let now = view(&w, case).await;
    assert_eq!(now.ends.promise.map(|end| end.day()), Some(Day::ymd(2026, 7, 29)), "no day was given and none taken");
    assert!(now.log.is_sorted_by_key(|line| line.seq), "the log is in its order, whatever the clock said");
});

::store::db_test!(a_word_without_a_document_is_a_notice_like_every_other, |db| async move {
    let w = world(db).await;
    let case = w.submitted().await.case;
    let item = crate::CorrectionItem { key: "sign".into(), fault: crate::Fault::Defective, wrong: "名称不完整".into(), mend: "写全称".into(), supplied_at: None };
    w.moves(&w.precheck, case, Act { corrections: vec![item], ..Act::new("precheck_return", 0) }).await.expect("sent back");
    let told = notices::ops::list(&w.as_citizen(), notices::ops::Search::default()).await.expect("listed").notices;
    let about: Vec<_> = told.iter().filter(|notice| notice.link.as_deref() == Some(format!("/me/matters/{case}").as_str())).collect();
    assert_eq!(about.len(), 1, "{told:?}");
    assert!(about[0].words.body.zh.contains("便民店铺命名") && about[0].words.body.en.contains("It is now"));
    let worker = platform::outbox::Worker::new(&[notices::service()]);
    worker.drain(&w.p).await.expect("drained");
    worker.drain(&w.p).await.expect("drained");
    let to_him = w.p.post.messages().into_iter().filter(|message| message.to == w.citizen.phone && message.text.contains("状态：")).count();
    assert_eq!(to_him, 1);
});
