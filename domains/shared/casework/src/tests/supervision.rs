//! What supervision sees of cases of the engine: those that moved on late, those whose clock stood still, those over the limit of a step.

use kernel::Day;
use platform::Role;

use crate::model::{CorrectionItem, Fault, Special};
use crate::ops::{self, Act, DeskFilter, DeskSection};
use crate::supervision::{CardFilter, Colour, Light, Rule, cards, late_cases, of_case, run, wall};
use crate::testing::{World, world, world_with};
use crate::{CaseId, Declaration};

fn opinion(verb: &str) -> Act {
    Act { opinion: "名称合规".into(), ..Act::new(verb, 0) }
}

/// The nightly run of a day; rule, colour and day of every card of a case.
async fn after_the_night_of(w: &World, case: CaseId, day: Day) -> Vec<(Rule, Colour, Day)> {
    w.at(day, 5);
    run(&w.p.system()).await.expect("ran");
    let supervisor = identity::testing::staff(&w.p, "990102", &[Role::Supervisor]).await;
    let (lines, _) = cards(&w.as_staff(&supervisor), &CardFilter::default()).await.expect("listed");
    let own = lines.into_iter().map(|line| line.card.content).filter(|content| content.case == Some(case));
    let mut own: Vec<_> = own.map(|content| (content.rule, content.colour, content.effective_on)).collect();
    own.sort();
    own
}

fn only(cards: &[(Rule, Colour, Day)], rule: Rule) -> Vec<(Colour, Day)> {
    cards.iter().filter(|(of, ..)| *of == rule).map(|(_, colour, day)| (*colour, *day)).collect()
}

::store::db_test!(p2_5_a_case_decided_late_between_two_missed_runs_still_gets_its_cards, |db| async move {
    let w = world(db).await;
    let case = w.deciding().await;
    // The promise ended on 29 July; no run takes place until September.
    w.at(Day::ymd(2026, 8, 5), 600);
    w.moves(&w.approver, case, opinion("approve")).await.expect("granted five working days too late");
    let found = after_the_night_of(&w, case, Day::ymd(2026, 9, 1)).await;
    let both = [(Colour::Yellow, Day::ymd(2026, 7, 30)), (Colour::Red, Day::ymd(2026, 8, 4))];
    assert_eq!(only(&found, Rule::PromiseLate), both, "as if every run had taken place");
    assert_eq!(after_the_night_of(&w, case, Day::ymd(2026, 9, 2)).await, found, "once");
});

::store::db_test!(p2_5_what_was_over_before_a_run_and_what_moved_on_after_it_is_one_card, |db| async move {
    let w = world(db).await;
    let case = w.deciding().await;
    let before = after_the_night_of(&w, case, Day::ymd(2026, 7, 30)).await;
    assert_eq!(only(&before, Rule::PromiseLate), [(Colour::Yellow, Day::ymd(2026, 7, 30))]);
    w.at(Day::ymd(2026, 7, 30), 600);
    w.moves(&w.approver, case, opinion("approve")).await.expect("granted a day too late");
    assert_eq!(only(&after_the_night_of(&w, case, Day::ymd(2026, 8, 10)).await, Rule::PromiseLate), only(&before, Rule::PromiseLate));
});

::store::db_test!(p2_5_a_case_decided_in_time_has_no_card_and_the_applicants_time_is_not_the_offices, |db| async move {
    let w = world(db).await;
    let case = w.submitted().await.case;
    let item = CorrectionItem { key: "sign".into(), fault: Fault::Defective, wrong: "名称不完整".into(), mend: "写全称".into(), supplied_at: None };
    w.moves(&w.precheck, case, Act { corrections: vec![item], ..Act::new("precheck_return", 0) }).await.expect("sent back in time");
    w.at(Day::ymd(2026, 7, 20), 600);
    let seen = w.version(case).await;
    ops::act(&w.as_citizen(), case, Act { answers: Some(crate::testing::answers()), ..Act::new("resubmit", seen) }).await.expect("mended");
    for (staff, act) in [(&w.precheck, Act::new("precheck_pass", 0)), (&w.clerk, Act::new("receive", 0)), (&w.clerk, Act::new("accept", 0)), (&w.examiner, Act::new("take", 0))] {
        w.moves(staff, case, act).await.expect("moved");
    }
    for (staff, verb) in [(&w.examiner, "propose"), (&w.reviewer, "agree"), (&w.approver, "approve")] {
        w.moves(staff, case, opinion(verb)).await.expect("moved");
    }
    assert_eq!(after_the_night_of(&w, case, Day::ymd(2026, 7, 21)).await, []);
});

::store::db_test!(p2_5_a_precheck_that_is_over_has_a_light_as_well_as_a_card, |db| async move {
    let w = world(db).await;
    let case = w.submitted().await.case;
    let supervisor = identity::testing::staff(&w.p, "990102", &[Role::Supervisor]).await;
    let lights = || async {
        let ctx = w.as_staff(&supervisor);
        let (lines, _) = late_cases(&ctx, None, None, "").await.expect("listed");
        let listed: Vec<_> = lines.iter().map(|line| (line.id, line.light, line.step, line.left)).collect();
        (listed, wall(&ctx).await.expect("counted").all.yellow)
    };
    w.at(Day::ymd(2026, 7, 2), 1439);
    assert_eq!(lights().await, (vec![], 0), "the last day of the pre-check");
    w.at(Day::ymd(2026, 7, 3), 1);
    assert_eq!(lights().await, (vec![(case, Light::Yellow, true, -1)], 1), "whether or not a run took place");
    let ctx = w.as_staff(&supervisor);
    assert!(late_cases(&ctx, Some(Light::Late), None, "").await.expect("listed").0.is_empty());
    assert_eq!(late_cases(&ctx, Some(Light::Yellow), None, "").await.expect("listed").0.len(), 1);
    let found = after_the_night_of(&w, case, Day::ymd(2026, 7, 3)).await;
    assert_eq!(found, [(Rule::StepLate, Colour::Yellow, Day::ymd(2026, 7, 3))]);
    w.moves(&w.precheck, case, Act::new("precheck_pass", 0)).await.expect("passed too late");
    assert_eq!(lights().await.1, 0);
    assert_eq!(after_the_night_of(&w, case, Day::ymd(2026, 7, 4)).await, found, "and its card stays one");
});

::store::db_test!(p2_5_the_light_of_the_list_leaves_out_what_the_clock_leaves_out, |db| async move {
    let w = world_with(db, vec![Declaration::data(crate::testing::shop_sign())], |elements| elements.promise.value = 10).await;
    w.at(Day::ymd(2026, 3, 2), 600);
    let case = w.examining().await;
    w.at(Day::ymd(2026, 3, 5), 600);
    let special = Act { special: Some((Special { kind: 5, estimated_days: 10 }, "行政许可法第45条".into())), ..Act::new("special_start", 0) };
    w.moves(&w.examiner, case, special).await.expect("started");
    w.at(Day::ymd(2026, 3, 18), 600);
    w.moves(&w.examiner, case, Act { opinion: "专家同意".into(), ..Act::new("special_end", 0) }).await.expect("ended");
    let light = |day: i8| {
        w.at(Day::ymd(2026, 3, day), 600);
        let ctx = w.as_staff(&w.clerk);
        async move {
            let office = DeskFilter { section: DeskSection::Office, ..DeskFilter::default() };
            let page = ops::desk(&ctx, &office).await.expect("a list");
            (page.lines[0].left, page.lines[0].light)
        }
    };
    // Ten working days count, so two are a fifth of them; of the nineteen that went by, three would be.
    assert_eq!(light(24).await, (Some(3), Light::Green));
    assert_eq!(light(25).await, (Some(2), Light::Yellow));
    assert_eq!(light(28).await.1, Light::Late);
});

::store::db_test!(p2_5_the_cards_of_a_case_are_told_to_its_readers_and_open_for_those_who_watch, |db| async move {
    let w = world(db).await;
    let case = w.examining().await;
    assert!(of_case(&w.as_staff(&w.clerk), case).await.expect("read").is_empty());
    after_the_night_of(&w, case, Day::ymd(2026, 7, 30)).await;
    let open = |found: Vec<crate::supervision::CaseCard>| found.iter().filter(|one| one.card.content.rule == Rule::PromiseLate).map(|one| one.may_open).collect::<Vec<_>>();
    assert_eq!(open(of_case(&w.as_staff(&w.clerk), case).await.expect("read")), [false], "seen, but not his to answer");
    assert_eq!(open(of_case(&w.as_staff(&w.head), case).await.expect("read")), [true]);
    platform::outbox::Worker::new(&[crate::supervision::service()]).drain(&w.p).await.expect("delivered");
    assert_eq!(open(of_case(&w.as_staff(&w.examiner), case).await.expect("read")), [true], "it was delivered to who holds the case");
});
