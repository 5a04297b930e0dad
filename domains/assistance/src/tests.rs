use casework::ops::{self, Act, Attach, Save, Saved, Submit};
use casework::testing::{PDF, World, world_for};
use casework::{Answers, Declaration, Owner, Party, form};
use kernel::{Calendar, Day};

use crate::{DISABILITY, matter};

fn answers(allowance: &str) -> Answers {
    let all = [
        ("allowance", allowance),
        ("payee", "self"),
        ("name", "王测试"),
        ("phone", "13800138000"),
        ("home", "中心街道和平路1号"),
        ("standing", "low"),
        ("members", "3"),
        ("income", "2,400.50"),
        ("carer", "family"),
        ("injury", "no"),
        ("bank", "甲市农商银行"),
        ("account_no", "6230990100001234"),
    ];
    all.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn item() -> catalog::seed::ItemFile {
    let carried = catalog::seed::carried().expect("the data files can be read");
    carried.into_iter().find(|file| file.elements.house.service == DISABILITY).expect("the item is carried")
}

#[test]
fn the_declaration_agrees_with_itself_and_with_the_item() {
    let matter = matter();
    assert_eq!(matter.validate(), []);
    let file = item();
    assert_eq!(file.code.as_str(), matter.item_code);
    assert_eq!(matter.validate_item(&file.elements, Calendar::builtin()), []);
}

#[test]
fn the_situation_chooses_fields_and_papers() {
    let matter = matter();
    let file = item();
    let papers = |answers: &Answers| -> Vec<String> {
        let asked = form::materials(&matter, &file.elements, answers).into_iter().filter(|material| material.to_bring());
        asked.map(|material| material.key.clone()).collect()
    };
    let sections = |answers: &Answers| -> Vec<String> { form::asked(&matter, answers).into_iter().map(|(section, _)| section.key.clone()).collect() };
    assert_eq!(papers(&answers("living")), ["bank_card", "income_proof"]);
    assert_eq!(papers(&answers("care")), ["bank_card"], "no proof of income for the care allowance, whatever was answered before");
    assert_eq!(sections(&answers("care")), ["person", "care", "account"]);
    assert_eq!(sections(&answers("both")), ["person", "family", "care", "account"]);
    let minimum = Answers::from([("allowance".to_owned(), "living".to_owned()), ("standing".to_owned(), "minimum".to_owned())]);
    assert_eq!(papers(&minimum), ["bank_card"], "what civil affairs knows itself is not asked for");
}

async fn submitted(w: &World, allowance: &str) -> casework::CaseId {
    let ctx = w.as_citizen();
    let mut typed = answers(allowance);
    typed.insert("id_no".to_owned(), w.citizen.number.clone());
    let save = Save { impl_code: w.item.code.clone(), seen: 0, answers: typed, party: Party::Own };
    let Saved::Draft(draft) = ops::save(&ctx, save).await.expect("saved") else { panic!("nobody else saves") };
    let file = Attach { to: Owner::Draft(draft.id), key: "bank_card".into(), file_name: "卡.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&ctx, file).await.expect("attached");
    ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect("submitted").case
}

store::db_test!(the_whole_life_of_a_case, |db| async move {
    let w = world_for(db, vec![Declaration::data(matter())], item()).await;
    let case = submitted(&w, "both").await;
    let stored = ops::my_case(&w.as_citizen(), case).await.expect("my case");
    assert_eq!(stored.answers["income"], "240050", "an amount is kept in fen, and only once made so");
    w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect("received");
    let later = Act { promises: vec![("income_proof".into(), Day::ymd(2026, 7, 15))], ..Act::new("accept", 0) };
    w.moves(&w.clerk, case, later).await.expect("accepted; the statement of income follows");
    let proof = Attach { to: Owner::Case(case), key: "income_proof".into(), file_name: "收入.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&w.as_citizen(), proof).await.expect("it came");
    let seen = w.version(case).await;
    ops::act(&w.as_citizen(), case, Act::new("supply_promised", seen)).await.expect("told");
    let opinion = |verb: &str| Act { opinion: "符合条件".into(), ..Act::new(verb, 0) };
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken up");
    w.moves(&w.examiner, case, opinion("propose")).await.expect("proposed");
    w.moves(&w.reviewer, case, opinion("agree")).await.expect("agreed");
    let mut both = w.reviewer.clone();
    both.grants.push(w.approver.grants[0].clone());
    assert!(w.moves(&both, case, opinion("approve")).await.is_err(), "who reviewed does not decide on assistance");
    let granted = w.moves(&w.approver, case, opinion("approve")).await.expect("granted");
    assert_eq!(granted.state, "delivering", "nothing is made: the decision is the result");
});
