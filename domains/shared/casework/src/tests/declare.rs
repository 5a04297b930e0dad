//! Declarations: what is carried is right, and what contradicts itself is refused with its place.

use catalog::model::{Limit, LimitUnit};
use kernel::{Calendar, Text};
use platform::Role;

use crate::life::{Who, standard};
use crate::matters::{Declaration, Matters};
use crate::model::{By, CaseType, FieldKind, Life, Move, State, Timer, When};
use crate::testing::shop_sign;
use crate::validate::Mistake;

fn own(change: impl FnOnce(&mut crate::LifeCycle)) -> CaseType {
    let mut declared = shop_sign();
    let mut life = standard().clone();
    change(&mut life);
    declared.life = Life::Own(life);
    declared
}

fn refused(declared: CaseType) -> Vec<Mistake> {
    Matters::new(vec![Declaration::data(declared)]).expect_err("refused at start")
}

fn says(declared: CaseType, path: &str, word: &str) {
    let found = refused(declared);
    assert!(found.iter().any(|mistake| mistake.path.contains(path) && mistake.what.contains(word)), "{path} {word}: {found:?}");
}

#[test]
fn the_carried_tables_contradict_nothing() {
    assert_eq!(shop_sign().validate(), []);
    for without in [vec!["precheck"], vec!["review"], vec!["making"], vec!["precheck", "review", "making"]] {
        let mut shorter = shop_sign();
        shorter.life = Life::Standard { without: without.into_iter().map(str::to_owned).collect() };
        assert_eq!(shorter.validate(), []);
    }
    let general = crate::clock::General::carried();
    assert_eq!((general.notice.limit.value, general.extension.limit.value, general.absence.limit.value, general.inspectors), (5, 10, 30, 2));
}

#[test]
fn a_contradiction_is_refused_with_its_place() {
    says(own(|life| life.moves[0].to = Some("nowhere".into())), "life.moves[0]", "unknown state nowhere");
    says(own(|life| life.moves[0].by.clear()), "life.moves[0].by", "nobody may do precheck_pass");
    says(own(|life| life.moves.retain(|mv| !mv.from.contains(&"granted".to_owned()))), "life.states[10]", "nothing leads out of granted");
    let lost = State { code: "lost".into(), name: Text::new("无", "none"), phase: crate::Phase::Finished, limit: None };
    says(own(|life| life.states.push(lost)), "life.states[21]", "nothing leads to lost");
    says(own(|life| life.moves.push(Move { verb: "reopen".into(), from: vec!["finished".into()], to: Some("examining".into()), by: vec![By::Role(Role::Head)], ..life.moves[0].clone() })), "to", "open the closed state");
    says(own(|life| life.states[2].limit = None), "by", "returned has no limit");
    says(own(|life| life.moves.push(life.moves[0].clone())), "life.moves", "is there twice");
    says(own(|life| life.states.clear()), "life.states", "no state");
    says(own(|life| {
        for (verb, from, to) in [("on", "received", "correcting"), ("off", "correcting", "received")] {
            life.moves.push(Move { verb: verb.into(), from: vec![from.into()], to: Some(to.into()), by: vec![By::Time(Timer::Notice)], needs: Vec::new(), ..life.moves[0].clone() });
        }
    }), "life.moves", "circle");
    let mut unknown = shop_sign();
    unknown.life = Life::Standard { without: vec!["delivery".into()] };
    says(unknown, "life.standard.without[0]", "no optional step delivery");
}

#[test]
fn a_form_that_asks_for_what_is_not_there_is_refused() {
    let with = |change: &dyn Fn(&mut CaseType)| {
        let mut declared = shop_sign();
        change(&mut declared);
        declared
    };
    let when = |answer: &str, is: &[&str]| When { answer: answer.into(), is: is.iter().map(|code| (*code).to_owned()).collect() };
    says(with(&|it| it.sections[0].fields[0].when = vec![when("colour", &["red"])]), "sections[0].fields[0].when[0].answer", "no question or choice colour");
    says(with(&|it| it.sections[0].fields[0].when = vec![when("kind", &["old"])]), "when[0].is", "cannot be answered with old");
    says(with(&|it| it.sections[0].fields[0].when = vec![when("kind", &[])]), "when[0].is", "never be asked");
    says(with(&|it| it.sections[0].fields.extend_from_within(..1)), "sections[0].fields[5].key", "is there twice");
    says(with(&|it| it.questions[0].choices.truncate(1)), "questions[0].choices", "two answers");
    says(with(&|it| it.sections[0].fields[1].kind = FieldKind::Number { min: 9, max: 1 }), "number", "above the largest");
    let found = Matters::new(vec![Declaration::data(shop_sign()), Declaration::data(shop_sign())]).expect_err("the same key twice");
    assert_eq!(found[0].path, "key");
}

#[test]
fn a_declaration_that_does_not_fit_its_item_is_refused() {
    let item = catalog::seed::read(include_str!("../../data/testing/shop-sign-item.toml")).expect("the carried item");
    assert_eq!(shop_sign().validate_item(&item.elements, Calendar::builtin()), []);
    let mut other = item.elements.clone();
    other.materials.retain(|material| material.key != "old_sign");
    other.promise = Limit::new(50, LimitUnit::WorkingDay);
    let found = shop_sign().validate_item(&other, Calendar::builtin());
    let paths: Vec<_> = found.iter().map(|mistake| mistake.path.as_str()).collect();
    assert_eq!(paths, ["materials[0].key", "item.promise"]);
}

#[test]
fn the_common_table_of_actions_is_this() {
    let mut lines = Vec::new();
    let mut line = |state: &str, who: &str, actions: Vec<&Move>| {
        let verbs: Vec<&str> = actions.iter().map(|mv| mv.verb.as_str()).collect();
        if !verbs.is_empty() {
            lines.push(format!("{state} {who}: {}", verbs.join(" ")));
        }
    };
    for state in &standard().states {
        line(&state.code, "applicant", standard().actions_for(&state.code, Who::Applicant));
        for role in Role::ALL {
            line(&state.code, role.code(), standard().actions_for(&state.code, Who::Staff(&[role])));
        }
        for timer in [Timer::Notice, Timer::Step, Timer::Paper] {
            line(&state.code, &format!("{timer:?}").to_lowercase(), standard().actions_for(&state.code, Who::Time(timer)));
        }
    }
    let expected = include_str!("actions.txt");
    assert_eq!(lines.join("\n") + "\n", expected, "the table has changed: is that what you want?\n{}", lines.join("\n"));
}

::store::db_test!(p2_3_an_item_that_contradicts_its_declaration_is_refused_and_found_at_start, |db| async move {
    // What was published before the declaration asked for it: the start names declaration, place and item.
    let mut asks_more = shop_sign();
    asks_more.materials[0].key = "licence".to_owned();
    let w = crate::testing::world(db).await;
    assert_eq!(crate::ops::check_items(&w.p.system()).await.expect("checked"), [], "what is carried fits");
    crate::matters::install(&w.p, vec![Declaration::data(asks_more)]).expect("no contradiction in itself");
    let found = crate::ops::check_items(&w.p.system()).await.expect("checked");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].path.contains("materials[0].key") && found[0].path.contains(&w.item.code) && found[0].what.contains("licence"), "{found:?}");
    // What is about to be published is refused with the same words.
    crate::matters::install(&w.p, vec![Declaration::data(shop_sign())]).expect("declared");
    let mut elements = w.item.version.elements.clone();
    crate::ops::item_fits(&w.p.system(), &elements).await.expect("as published");
    elements.promise = Limit::new(21, LimitUnit::WorkingDay);
    elements.legal_limit = Limit::new(20, LimitUnit::WorkingDay);
    let refused = crate::ops::item_fits(&w.p.system(), &elements).await.expect_err("longer than the law");
    assert!(refused.has_code("E-P235"), "{refused:?}");
    elements.house.service = "nothing declared".to_owned();
    crate::ops::item_fits(&w.p.system(), &elements).await.expect("of no declared matter");
});
