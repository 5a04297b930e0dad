use casework::ops::{self, Act, Attach, Save, Saved, Submit};
use casework::testing::{PDF, World, world_for};
use casework::{Answers, ApplicantKind, CounterForm, Held, Owner, Party};
use identity::testing::Citizen;
use kernel::{Calendar, Day};
use platform::{Result, Role};

use super::{CANCELLATION, CHANGE, CHANGE_ITEM, ESTABLISHMENT, acting, matters};
use crate::announcements::{self, Kind as Announces};
use crate::model::{Content, Entry, Kind, ListFlag, Status};
use crate::{register, rights, segments, supervision};

fn item(service: &str) -> catalog::seed::ItemFile {
    let carried = catalog::seed::carried().expect("the data files can be read");
    carried.into_iter().find(|file| file.elements.house.service == service).expect("the item is carried")
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_declarations_agree_with_themselves_and_with_their_items() {
    for declaration in matters() {
        let matter = declaration.case_type;
        assert_eq!(matter.validate(), [], "{}", matter.key);
        let file = item(&matter.key);
        assert_eq!(file.code.as_str(), matter.item_code);
        assert_eq!(matter.validate_item(&file.elements, Calendar::builtin()), [], "{}", matter.key);
    }
    assert!(super::longest_name() > 0, "the form of the establishment asks for a name");
}

fn founding(number: &str) -> Answers {
    answers(&[
        ("kind", "1"),
        ("mode", "dual"),
        ("charity", "no"),
        ("name", "甲市城东区摄影家协会"),
        ("subtype_1", "3"),
        ("industry", "05"),
        ("members", "60"),
        ("units", "0"),
        ("purpose", "团结摄影爱好者"),
        ("scope", "交流、展览、培训"),
        ("activity_region", "990102"),
        ("address", "甲市城东区和平路1号"),
        ("funds", "50000"),
        ("contact_name", "张测试"),
        ("contact_phone", "13800138000"),
        ("rep_name", "张测试"),
        ("rep_no", number),
        ("rep_deprived", "no"),
        ("supervisor", "城东区文化局"),
        ("supervisor_uscc", "11990102YY9990101F"),
        ("consented_on", "2026-06-20"),
    ])
}

/// The world of one of the three items, with a segment of codes.
async fn world(db: ::store::Db, service: &str) -> World {
    let w = world_for(db, matters(), item(service)).await;
    segments::receive(&w.p.system(), w.clerk.org, "YY930001", "YY930020", "赋码中心〔2026〕3号").await.expect("a segment");
    w
}

async fn submit(w: &World, citizen: &Citizen, typed: Answers, papers: &[&str]) -> Result<casework::CaseId> {
    let ctx = w.p.as_actor(citizen.actor());
    let saved = ops::save(&ctx, Save { impl_code: w.item.code.clone(), seen: 0, answers: typed, party: Party::Own }).await?;
    let Saved::Draft(draft) = saved else { panic!("nobody else saves") };
    for key in papers {
        let file = Attach { to: Owner::Draft(draft.id), key: (*key).into(), file_name: "件.pdf".into(), bytes: PDF.to_vec() };
        ops::attach(&ctx, file).await?;
    }
    match ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge: false }).await {
        Ok(submitted) => Ok(submitted.case),
        Err(refused) => {
            ops::discard(&ctx, draft.id, draft.version).await?;
            Err(refused)
        }
    }
}

/// Takes a submitted case to where it is decided.
async fn to_decision(w: &World, case: casework::CaseId) {
    let opinion = |verb: &str| Act { opinion: "符合条件".into(), ..Act::new(verb, 0) };
    w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect("received");
    w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect("accepted");
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken up");
    w.moves(&w.examiner, case, opinion("propose")).await.expect("proposed");
    w.moves(&w.reviewer, case, opinion("agree")).await.expect("agreed");
}

fn approve() -> Act {
    Act { opinion: "准予".into(), ..Act::new("approve", 0) }
}

const PAPERS: [&str; 6] = ["application", "charter", "capital", "premises", "officers", "consent"];

async fn only(w: &World) -> Entry {
    let (announced, _) = announcements::newest(&w.p.system(), None).await.expect("announcements");
    register::by_uscc(w.p.db(), &announced[0].what.uscc).await.expect("read").expect("entered")
}

store::db_test!(an_organisation_is_founded_with_code_certificate_and_announcement, |db| async move {
    let w = world(db, ESTABLISHMENT).await;
    let case = submit(&w, &w.citizen, founding(&w.citizen.number), &PAPERS).await.expect("submitted");
    to_decision(&w, case).await;
    w.moves(&w.approver, case, approve()).await.expect("granted");
    let entry = only(&w).await;
    assert_eq!((entry.head.status, entry.head.kind, entry.head.name.as_str()), (Status::Active, Kind::Association, "甲市城东区摄影家协会"));
    let uscc = entry.head.uscc.clone().expect("a code");
    assert!(uscc.starts_with("51990102YY930001"), "{uscc}");
    assert_eq!(entry.content.certificate.as_ref().map(|certificate| (certificate.version, certificate.no.as_str())), Some((1, uscc.as_str())));
    let held = licences::ops::mine(&w.as_citizen()).await.expect("certificates");
    assert_eq!((held.len(), held[0].number.as_str()), (1, uscc.as_str()));
    let mine = rights::mine(&w.as_citizen()).await.expect("organisations");
    assert!(mine.len() == 1 && mine[0].representative);
    let again = submit(&w, &w.citizen, founding(&w.citizen.number), &PAPERS).await.expect_err("the name is borne, and the post held");
    assert!(again.has_code("E-D03") && again.has_code("E-D10"));
});

store::db_test!(d_r10_the_clock_runs_from_acceptance_by_the_published_item, |db| async move {
    let w = world(db, ESTABLISHMENT).await;
    let case = submit(&w, &w.citizen, founding(&w.citizen.number), &PAPERS).await.expect("submitted");
    w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect("received");
    w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect("accepted on 1 July 2026");
    let view = ops::my_case(&w.as_citizen(), case).await.expect("my case");
    assert_eq!(view.head.promise_due, Some(Day::ymd(2026, 7, 29)), "20 working days");
    assert_eq!(view.head.legal_due, Some(Day::ymd(2026, 8, 31)), "60 days end on a Sunday");
});

store::db_test!(d_r10_the_law_leaves_thirty_days_for_a_charity, |db| async move {
    let w = world(db, ESTABLISHMENT).await;
    let mut typed = founding(&w.citizen.number);
    typed.insert("charity".to_owned(), "yes".to_owned());
    let case = submit(&w, &w.citizen, typed, &PAPERS).await.expect("submitted");
    w.moves(&w.clerk, case, Act::new("receive", 0)).await.expect("received");
    w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect("accepted on 1 July 2026");
    let view = ops::my_case(&w.as_citizen(), case).await.expect("my case");
    assert_eq!(view.head.legal_due, Some(Day::ymd(2026, 7, 31)));
});

store::db_test!(d_r10_an_organisation_is_recognised_as_a_charity_once, |db| async move {
    let w = world(db, CHANGE).await;
    let (id, uscc) = standing(&w).await;
    let typed = |deprived: &str| {
        answers(&[("what", "charity"), ("uscc", &uscc), ("consented_on", "2026-06-20"), ("charity_grounds", "助学济困"), ("charity_deprived", deprived)])
    };
    let papers = ["application", "resolution"];
    assert!(submit(&w, &w.citizen, typed("yes"), &papers).await.expect_err("its head").has_code("E-D11"));
    let case = submit(&w, &w.citizen, typed("no"), &papers).await.expect("submitted");
    to_decision(&w, case).await;
    let view = ops::my_case(&w.as_citizen(), case).await.expect("my case");
    assert_eq!(view.head.legal_due, Some(Day::ymd(2026, 7, 21)), "twenty days");
    w.moves(&w.approver, case, approve()).await.expect("granted");
    assert!(register::by_id(w.p.db(), id).await.expect("the entry").head.flags.charity);
    assert!(submit(&w, &w.citizen, typed("no"), &papers).await.expect_err("once").has_code("E-D72"));
});

store::db_test!(d_r6_and_d_r7_what_the_law_asks_is_told_all_at_once, |db| async move {
    let w = world(db, ESTABLISHMENT).await;
    let mut typed = founding(&w.citizen.number);
    for (key, value) in [("name", "中华甲市城东区摄影家协会"), ("members", "15"), ("units", "30"), ("funds", "29999.99"), ("activity_region", "990100"), ("rep_deprived", "yes")] {
        typed.insert(key.to_owned(), value.to_owned());
    }
    let refused = submit(&w, &w.citizen, typed, &PAPERS).await.expect_err("five faults");
    let codes: Vec<_> = refused.issues().iter().map(|issue| issue.code.to_string()).collect();
    for code in ["E-D02", "E-D07", "E-D08", "E-D09", "E-D11"] {
        assert!(codes.iter().any(|found| found == code), "{code} in {codes:?}");
    }
});

store::db_test!(d_r11_similar_ones_are_listed_and_a_refusal_needs_reason_and_remedies, |db| async move {
    let w = world(db, ESTABLISHMENT).await;
    let first = submit(&w, &w.citizen, founding(&w.citizen.number), &PAPERS).await.expect("submitted");
    to_decision(&w, first).await;
    w.moves(&w.approver, first, approve()).await.expect("granted");
    let other = identity::testing::citizen(&w.p, 2).await;
    let mut typed = founding(&other.number);
    typed.insert("name".to_owned(), "甲市城东区青年摄影协会".to_owned());
    let case = submit(&w, &other, typed, &PAPERS).await.expect("submitted");
    to_decision(&w, case).await;
    let seen = ops::view(&w.as_staff(&w.approver), case).await.expect("the case");
    assert!(seen.facts.iter().any(|(_, found)| found.zh.contains("甲市城东区摄影家协会")));
    let bare = Act { reason: "没有必要成立".into(), ..Act::new("refuse", 0) };
    assert!(w.moves(&w.approver, case, bare.clone()).await.expect_err("no remedies").has_code("E-D12"));
    let whole = Act { remedies: "可以申请行政复议或者提起行政诉讼".into(), ..bare };
    w.moves(&w.approver, case, whole).await.expect("refused");
    assert_eq!(announcements::newest(&w.p.system(), None).await.expect("announcements").0.len(), 1);
});

/// An organisation of the authority of the world, led by its citizen.
async fn standing(w: &World) -> (crate::OrganizationId, String) {
    let content = crate::testing::content("甲市城东区摄影家协会", Kind::Association);
    crate::testing::enters(&w.p.system(), (w.clerk.org, w.clerk.region), content, Some(&w.citizen.number)).await
}

fn moving(uscc: &str, consented: &str) -> Answers {
    answers(&[("what", "base"), ("uscc", uscc), ("consented_on", consented), ("new_address", "甲市城东区和平路88号")])
}

store::db_test!(d_r12_and_d_r16_a_change_in_time_is_a_version_a_certificate_and_an_announcement, |db| async move {
    let w = world(db, CHANGE).await;
    let (id, uscc) = standing(&w).await;
    w.at(Day::ymd(2026, 4, 10), 600);
    let late = submit(&w, &w.citizen, moving(&uscc, "2026-03-10"), &["application", "resolution"]).await.expect_err("a day late, and no reason");
    assert!(late.has_code("W-D13"));
    let mut explained = moving(&uscc, "2026-03-10");
    explained.insert("late_reason".to_owned(), "会长住院".to_owned());
    assert!(submit(&w, &w.citizen, explained, &["application", "resolution"]).await.is_ok(), "accepted with a reason");
    w.at(Day::ymd(2026, 4, 9), 600);
    let stranger = identity::testing::citizen(&w.p, 2).await;
    assert!(submit(&w, &stranger, moving(&uscc, "2026-03-10"), &[]).await.expect_err("not his").has_code("E-D65"));
    let case = submit(&w, &w.citizen, moving(&uscc, "2026-03-10"), &["application", "resolution"]).await.expect("the thirtieth day");
    to_decision(&w, case).await;
    w.moves(&w.approver, case, approve()).await.expect("granted");
    let entry = register::by_id(w.p.db(), id).await.expect("the entry");
    assert_eq!((entry.head.version, entry.content.address.as_str()), (2, "甲市城东区和平路88号"));
    assert_eq!(entry.content.certificate.map(|certificate| certificate.version), Some(1));
    let (announced, _) = announcements::newest(&w.p.system(), None).await.expect("announcements");
    assert_eq!((announced[0].what.kind, announced[0].what.lines[0].now.as_str()), (Announces::Changed, "甲市城东区和平路88号"));
    assert!(announced[0].announced_on <= announced[0].due_on);
});

store::db_test!(what_the_register_says_is_not_asked_and_a_change_of_nothing_is_none, |db| async move {
    let w = world(db, CHANGE).await;
    let (_, uscc) = standing(&w).await;
    let offered = ops::offered(&w.as_citizen(), &w.item.code, &Party::Own).await.expect("known");
    let known = |key: &str| offered.answers.iter().find(|held| held.key == key).map(|held| (held.value.as_str(), held.source.zh.as_ref()));
    assert_eq!(known("uscc"), Some((uscc.as_str(), "社会组织登记簿")));
    assert_eq!(known("new_address").map(|(value, _)| value), Some("甲市城东区和平路1号"));
    let stranger = identity::testing::citizen(&w.p, 2).await;
    assert!(ops::offered(&w.p.as_actor(stranger.actor()), &w.item.code, &Party::Own).await.expect("nothing").answers.is_empty());
    let mut same = moving(&uscc, "2026-06-20");
    same.insert("new_address".to_owned(), "甲市城东区和平路1号".to_owned());
    assert!(submit(&w, &w.citizen, same, &["application", "resolution"]).await.expect_err("as it is").has_code("E-D70"));
});

store::db_test!(with_another_code_the_register_speaks_of_the_other_organisation, |db| async move {
    let w = world(db, CHANGE).await;
    let (_, uscc) = standing(&w).await;
    let content = Content { address: "甲市城东区解放路9号".to_owned(), ..crate::testing::content("甲市城东区书法家协会", Kind::Association) };
    let (_, other) = crate::testing::enters(&w.p.system(), (w.clerk.org, w.clerk.region), content, Some(&w.citizen.number)).await;
    let mut said = Vec::new();
    for typed in [uscc.to_lowercase(), other, "5".to_owned()] {
        let typed = answers(&[("what", "base"), ("uscc", &typed)]);
        let known = ops::offered_with(&w.as_citizen(), &w.item.code, &Party::Own, &typed).await.expect("known").answers;
        said.push(known.into_iter().find(|held| held.key == "new_address").map(|held| held.value));
    }
    assert_eq!(said, [Some("甲市城东区和平路1号".to_owned()), Some("甲市城东区解放路9号".to_owned()), None]);
});

store::db_test!(what_the_register_says_is_not_asked_at_the_counter_of_its_authority_either, |db| async move {
    let w = world(db, CHANGE).await;
    let (_, uscc) = standing(&w).await;
    let clerk = w.as_staff(&w.clerk);
    let unit = CounterForm { kind: Some(ApplicantKind::Organisation), name: "甲市城东区摄影家协会".into(), number: uscc.clone(), ..CounterForm::default() };
    let sheet = ops::begin_sheet(&clerk, &w.item.code, unit).await.expect("begun");
    let held = ops::known_at_counter(&clerk, &sheet).await.expect("known").answers;
    let known = |held: &[Held], key: &str| held.iter().find(|held| held.key == key).map(|held| (held.value.clone(), held.source.zh.to_string(), held.on));
    let says = |value: &str| Some((value.to_owned(), "社会组织登记簿".to_owned(), w.p.now().day()));
    assert_eq!(known(&held, "uscc"), says(&uscc), "the one that applies");
    assert_eq!(known(&held, "new_name"), says("甲市城东区摄影家协会"));
    assert_eq!(known(&held, "legal_representative"), says("张测试"));
    // Somebody who comes for it: nothing is known until the clerk has named it.
    let person = CounterForm { kind: Some(ApplicantKind::Person), name: w.citizen.name.clone(), number: w.citizen.number.clone(), ..CounterForm::default() };
    let sheet = ops::begin_sheet(&clerk, &w.item.code, person.clone()).await.expect("begun");
    assert!(ops::known_at_counter(&clerk, &sheet).await.expect("nothing").answers.iter().all(|held| held.key != "new_address"));
    let named = CounterForm { answers: answers(&[("what", "base"), ("uscc", &uscc.to_lowercase())]), ..person };
    let sheet = ops::save_sheet(&clerk, sheet.id, sheet.version, named).await.expect("saved");
    assert_eq!(known(&ops::known_at_counter(&clerk, &sheet).await.expect("known").answers, "new_address"), says("甲市城东区和平路1号"));
    // The counter of another authority, and whoever works elsewhere in this one, are told nothing.
    let stranger = identity::testing::staff(&w.p, "990126", &[Role::Clerk]).await;
    for other in [&stranger, &w.approver] {
        let held = acting::known(&w.as_staff(other), Some(&uscc), &Answers::new(), CHANGE_ITEM).await.expect("nothing");
        assert!(held.is_empty(), "{held:?}");
    }
});

store::db_test!(d_r13_a_new_legal_representative_needs_an_audit, |db| async move {
    let w = world(db, CHANGE).await;
    let (id, uscc) = standing(&w).await;
    let other = identity::testing::citizen(&w.p, 2).await;
    let mut typed = answers(&[
        ("what", "representative"),
        ("uscc", &uscc),
        ("consented_on", "2026-06-20"),
        ("rep_name", "李测试"),
        ("rep_no", &other.number),
        ("rep_deprived", "no"),
    ]);
    let papers = ["application", "resolution", "audit_report"];
    assert!(submit(&w, &w.citizen, typed.clone(), &papers).await.expect_err("no audit").has_code("E-D14"));
    typed.insert("audit_on".to_owned(), "2026-06-15".to_owned());
    let case = submit(&w, &w.citizen, typed, &papers).await.expect("submitted");
    to_decision(&w, case).await;
    w.moves(&w.approver, case, approve()).await.expect("granted");
    assert_eq!(register::by_id(w.p.db(), id).await.expect("the entry").head.legal_representative, "李测试");
    assert!(rights::mine(&w.as_citizen()).await.expect("organisations").is_empty(), "he has left the post");
    assert_eq!(rights::mine(&w.p.as_actor(other.actor())).await.expect("organisations").len(), 1);
});

/// Puts it on the list of abnormal activity.
async fn listed(w: &World, id: crate::OrganizationId) -> supervision::ProceedingId {
    let ctx = w.p.system();
    let input = |fields: &[(&str, &str)]| fields.iter().fold(supervision::Input::default(), |input, (name, value)| input.with(name, value));
    let typed = input(&[("reason", "unreachable"), ("facts", "两次专用信函无人签收")]);
    let proceeding = supervision::open(&ctx, supervision::Kind::Listing, Some(id), &typed).await.expect("proposed").id;
    for (seen, act, fields) in [(1, "notice", [("on", "")]), (2, "statement", [("statement", "正在清算")]), (3, "list", [("sure", "yes")])] {
        supervision::act(&ctx, proceeding, seen, act, &input(&fields)).await.expect("done");
    }
    proceeding
}

store::db_test!(d_r14_and_d_r15_liquidation_first_then_everything_back_then_the_end, |db| async move {
    let w = world(db, CANCELLATION).await;
    let (id, uscc) = standing(&w).await;
    let ends = |seals: &str| {
        answers(&[
            ("step", "cancel"),
            ("uscc", &uscc),
            ("why", "完成宗旨"),
            ("liquidated_on", "2026-06-25"),
            ("certificate", "returned"),
            ("seals", seals),
            ("vouchers", "returned"),
        ])
    };
    let papers = ["application", "liquidation_report"];
    assert!(submit(&w, &w.citizen, ends("returned"), &papers).await.expect_err("not in liquidation").has_code("E-D71"));
    let filed = answers(&[("step", "liquidation"), ("uscc", &uscc), ("why", "完成宗旨")]);
    let case = submit(&w, &w.citizen, filed.clone(), &["application"]).await.expect("submitted");
    to_decision(&w, case).await;
    w.moves(&w.approver, case, approve()).await.expect("granted");
    assert_eq!(register::by_id(w.p.db(), id).await.expect("the entry").head.status, Status::Liquidating);
    assert!(submit(&w, &w.citizen, filed, &["application"]).await.expect_err("once").has_code("E-D15"));
    let refused = submit(&w, &w.citizen, ends("no"), &papers).await.expect_err("the seals");
    assert!(refused.has_code("E-D16"));
    let entry = listed(&w, id).await;
    let case = submit(&w, &w.citizen, ends("returned"), &papers).await.expect("submitted");
    to_decision(&w, case).await;
    w.moves(&w.approver, case, approve()).await.expect("granted");
    let head = register::by_id(w.p.db(), id).await.expect("the entry").head;
    assert_eq!((head.status, head.flags.list), (Status::Deregistered, ListFlag::None));
    let lists = supervision::public_facts(w.p.db(), id, None).await.expect("read").lists;
    assert!(lists[0].ended_on.is_some() && lists[0].detail.ended.contains("注销登记"), "the entry ended with it and stays to be read");
    let ended = supervision::view(&w.p.system(), entry).await.expect("read");
    assert!(ended.state == supervision::State::Removed && ended.events.iter().any(|event| event.what.zh == "组织注销，列入终止"));
    assert_eq!(only(&w).await.head.id, id);
    assert!(rights::mine(&w.as_citizen()).await.expect("organisations").is_empty());
});

store::db_test!(d_3_the_legal_representative_gives_rights_by_item_and_day, |db| async move {
    let w = world(db, CHANGE).await;
    let (_, uscc) = standing(&w).await;
    let helper = identity::testing::citizen(&w.p, 2).await;
    let ctx = w.as_citizen();
    let input = rights::Input {
        name: "李帮办".into(),
        number: helper.number.clone(),
        item: crate::matters::CANCELLATION_ITEM.into(),
        from: "2026-07-01".into(),
        to: "2026-07-31".into(),
    };
    let wrong = rights::give(&ctx, &uscc, &rights::Input { to: "2026-06-30".into(), item: "1".into(), ..input.clone() }).await.expect_err("two faults");
    assert_eq!(wrong.issues().len(), 2);
    rights::give(&ctx, &uscc, &input).await.expect("given");
    let papers = ["application", "resolution"];
    assert!(submit(&w, &helper, moving(&uscc, "2026-06-20"), &papers).await.expect_err("another item").has_code("E-D65"));
    let right = rights::give(&ctx, &uscc, &rights::Input { item: String::new(), ..input.clone() }).await.expect("for all items");
    assert!(submit(&w, &helper, moving(&uscc, "2026-06-20"), &papers).await.is_ok());
    rights::revoke(&ctx, &uscc, right).await.expect("taken back");
    assert!(submit(&w, &helper, moving(&uscc, "2026-06-20"), &papers).await.expect_err("taken back").has_code("E-D65"));
    assert!(matches!(rights::given(&w.p.as_actor(helper.actor()), &uscc).await, Err(platform::Error::NotFound)), "not his to see");
    let (_, given) = rights::given(&ctx, &uscc).await.expect("the list");
    assert!(given.len() == 2 && given.iter().all(|right| right.number.contains('*')));
});
