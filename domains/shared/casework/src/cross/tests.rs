use catalog::model::{Delivery, Elements, Scope};
use interaction::ratings;
use kernel::{Channel, Day, IdType, Instant, RegionCode};
use platform::outbox::Worker;
use platform::{Role, StaffActor};

use super::*;
use crate::matters::Declaration;
use crate::model::{ApplicantKind, Contact, CorrectionItem, Fault};
use crate::ops::{self, Act, Intake, Paper, Receiver, TakenIn};
use crate::supervision::{self, Rule};
use crate::testing::{self, PDF, World, answers};
use crate::{CaseId, Owner, Phase};

const NEIGHBOUR: &str = "980102198509150039";

fn july(day: i8) -> Day {
    Day::ymd(2026, 7, day)
}

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

async fn world(db: ::store::Db, change: impl Fn(&mut Elements)) -> World {
    let w = testing::world_with(db, vec![Declaration::data(testing::shop_sign())], |elements| {
        elements.promise.value = 10;
        change(elements);
    })
    .await;
    w.at(july(1), 600);
    w
}

fn proxy() -> Handover {
    Handover { mode: Mode::Proxy, identity: Some(Method::Card), papers: false, delivery: None }
}

fn intake(w: &World, clerk: &StaffActor, handover: Option<Handover>) -> Intake {
    Intake {
        impl_code: w.item.code.clone(),
        kind: ApplicantKind::Person,
        name: "邻省人".into(),
        number: NEIGHBOUR.into(),
        id_type: IdType::RESIDENT,
        contact: Contact::default(),
        answers: answers(),
        papers: vec![Paper { key: "plan".into(), originals: 0, copies: 1, scan: None }, Paper { key: "lease".into(), originals: 0, copies: 1, scan: None }],
        lacking: Vec::new(),
        channel: Channel::Counter,
        at: clerk.region,
        residence: None,
        handover,
    }
}

/// A clerk of the neighbouring province, and what he took in.
async fn taken(w: &World, handover: Handover) -> (StaffActor, TakenIn) {
    let there = identity::testing::staff(&w.p, "980102", &[Role::Clerk]).await;
    let taken = ops::take_in(&w.as_staff(&there), intake(w, &there, Some(handover))).await.expect("taken in");
    (there, taken)
}

async fn newest(w: &World, case: CaseId) -> Packet {
    store::of_case(w.p.db(), case).await.expect("packets").pop().expect("a packet")
}

async fn handed_over(w: &World) -> (StaffActor, CaseId) {
    let (there, taken) = taken(w, proxy()).await;
    let packet = newest(w, taken.case).await.id;
    send(&w.as_staff(&there), packet, "").await.expect("sent");
    sign(&w.as_staff(&w.clerk), packet).await.expect("signed in");
    (there, taken.case)
}

async fn stage_of(w: &World, clerk: &StaffActor, case: CaseId) -> Stage {
    of_case(&w.as_staff(clerk), case).await.expect("seen").expect("handed over").stage
}

::store::db_test!(p10_1_and_p10_2_scenario_1_sent_within_a_day_signed_within_a_day_and_the_clock_starts_at_the_body_that_answers, |db| async move {
    let w = world(db, |_| {}).await;
    // Eight numbers of that area are given on that day; a terminal there makes the ninth.
    w.p.db()
        .write(|tx| async move { ::store::q("INSERT INTO case_counter (region, day, n) VALUES ('980102', '2026-07-01', 8)").exec(&tx).await })
        .await
        .expect("eight numbers");
    let there = identity::testing::staff(&w.p, "980102", &[Role::Clerk]).await;
    let taken = ops::take_in(&w.as_staff(&there), Intake { channel: Channel::Web, ..intake(&w, &there, Some(proxy())) }).await.expect("taken in");
    assert_eq!(taken.case_no, "9801022026070110000095");
    assert_eq!(taken.directed.expect("another body").code, "E-P1001");
    let packet = newest(&w, taken.case).await;
    assert_eq!(packet.send_by, Instant::at(july(3), 0), "until the end of the second of July");
    let head = crate::store::cases::by_id(w.p.db(), &w.p.system(), taken.case).await.expect("the head");
    assert_eq!((head.region, head.phase, head.notice_due, head.step_due), (region("990102"), Phase::Submitted, None, None), "no clock runs there yet");

    w.at(july(2), 600);
    send(&w.as_staff(&there), packet.id, "").await.expect("sent");
    assert!(send(&w.as_staff(&there), packet.id, "").await.expect_err("twice").has_code("E-ST01"));
    assert_eq!(newest(&w, taken.case).await.sign_by, Some(Instant::at(july(4), 0)));
    w.at(july(3), 600);
    sign(&w.as_staff(&w.clerk), packet.id).await.expect("signed in");
    let head = crate::store::cases::by_id(w.p.db(), &w.p.system(), taken.case).await.expect("the head");
    assert_eq!((head.phase, head.notice_due), (Phase::Received, Some(july(10))), "five working days from what arrived on the third");
    w.moves(&w.clerk, taken.case, Act::new("accept", 0)).await.expect("accepted");
    let head = crate::store::cases::by_id(w.p.db(), &w.p.system(), taken.case).await.expect("the head");
    assert_eq!((head.accepted_at.map(Instant::day), head.promise_due), (Some(july(3)), Some(july(17))));
});

::store::db_test!(p10_1_papers_follow_by_post_within_two_working_days, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, taken) = taken(&w, Handover { papers: true, ..proxy() }).await;
    let paper = newest(&w, taken.case).await;
    assert_eq!((paper.sheet, paper.send_by), (Sheet::Paper, Instant::at(july(4), 0)));
    assert!(send(&w.as_staff(&there), paper.id, " ").await.expect_err("by which post?").has_code("E-P224"));
    send(&w.as_staff(&there), paper.id, "ＥＭ123456789ＣＮ").await.expect("posted");
    assert_eq!(newest(&w, taken.case).await.express_no, "EM123456789CN");
});

::store::db_test!(p10_2_and_p10_8_scenario_2_signing_late_is_a_card_for_the_late_place_alone, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, taken) = taken(&w, proxy()).await;
    w.at(july(2), 600);
    send(&w.as_staff(&there), newest(&w, taken.case).await.id, "").await.expect("sent");
    let run = async |day: i8| {
        w.at(july(day), 5);
        supervision::run(&w.p.system()).await.expect("ran").cards
    };
    assert_eq!((run(4).await, run(5).await), (0, 0), "a weekend makes no card");
    assert_eq!((run(6).await, run(6).await), (1, 0), "Monday does, once");
    let supervisor = |at: &'static str| identity::testing::staff(&w.p, at, &[Role::Supervisor]);
    let (ours, theirs) = (supervisor("990102").await, supervisor("980102").await);
    let cards = async |staff: &StaffActor| supervision::cards(&w.as_staff(staff), &supervision::CardFilter::default()).await.expect("listed").0;
    let card = cards(&ours).await.pop().expect("a card for the body that answers").card.content;
    assert_eq!((card.rule, card.org, card.due, card.effective_on), (Rule::PacketLate, w.clerk.org, Some(july(3)), july(6)));
    assert!(cards(&theirs).await.is_empty(), "and none for the place that sent in time");
});

::store::db_test!(p10_8_sending_late_is_a_card_for_the_receiving_place_even_if_the_run_was_missed, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, taken) = taken(&w, proxy()).await;
    w.at(july(6), 600);
    let packet = newest(&w, taken.case).await.id;
    send(&w.as_staff(&there), packet, "").await.expect("sent, late");
    sign(&w.as_staff(&w.clerk), packet).await.expect("signed in");
    w.at(july(8), 5);
    assert_eq!(supervision::run(&w.p.system()).await.expect("ran").cards, 1);
    let theirs = identity::testing::staff(&w.p, "980102", &[Role::Supervisor]).await;
    let (cards, _) = supervision::cards(&w.as_staff(&theirs), &supervision::CardFilter::default()).await.expect("listed");
    assert_eq!((cards[0].card.content.org, cards[0].card.content.effective_on), (there.org, july(3)));
});

::store::db_test!(p10_3_scenario_3_the_receiving_place_may_not_ask_for_more, |db| async move {
    let w = world(db, |_| {}).await;
    let there = identity::testing::staff(&w.p, "980102", &[Role::Clerk]).await;
    let mut more = intake(&w, &there, Some(proxy()));
    more.papers.push(Paper { key: "household_register".into(), originals: 1, copies: 1, scan: None });
    assert!(ops::take_in(&w.as_staff(&there), more).await.expect_err("an extra paper").has_code("E-P1003"));
    let case = ops::take_in(&w.as_staff(&there), intake(&w, &there, Some(proxy()))).await.expect("taken in").case;
    let file = |key: &str| ops::Attach { to: Owner::Case(case), key: key.into(), file_name: "a.pdf".into(), bytes: PDF.to_vec() };
    assert!(ops::attach(&w.as_staff(&there), file("household_register")).await.expect_err("later neither").has_code("E-P1003"));
    ops::attach(&w.as_staff(&there), file("plan")).await.expect("what is asked for");
    let ask = Act {
        corrections: vec![CorrectionItem { key: "plan".into(), fault: Fault::Missing, wrong: "缺".into(), mend: "补".into(), supplied_at: None }],
        ..Act::new("correct", 0)
    };
    assert!(w.moves(&there, case, ask).await.is_err(), "and it tells no corrections");
});

::store::db_test!(p10_4_the_first_check_of_identity_counts_and_a_second_needs_a_reason, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, taken) = taken(&w, Handover { identity: None, ..proxy() }).await;
    let packet = newest(&w, taken.case).await.id;
    assert_eq!(stage_of(&w, &there, taken.case).await, Stage::TakenIn);
    assert!(send(&w.as_staff(&there), packet, "").await.expect_err("who is he?").has_code("E-P1007"));
    assert!(identify(&w.as_staff(&w.clerk), taken.case, Method::Card).await.expect_err("not the counter").has_code("E-P805"));
    identify(&w.as_staff(&there), taken.case, Method::Reader).await.expect("checked");
    assert!(identify(&w.as_staff(&there), taken.case, Method::Card).await.expect_err("twice").has_code("E-ST01"));
    assert_eq!(stage_of(&w, &there, taken.case).await, Stage::Identified);
    send(&w.as_staff(&there), packet, "").await.expect("sent");
    sign(&w.as_staff(&w.clerk), packet).await.expect("signed in without another check");
    assert!(recheck(&w.as_staff(&w.clerk), taken.case, "  ").await.expect_err("why?").has_code("E-P1008"));
    recheck(&w.as_staff(&w.clerk), taken.case, "照片与本人差异较大").await.expect("checked again");
    let seen = of_case(&w.as_staff(&there), taken.case).await.expect("seen").expect("handed over").case;
    assert_eq!((seen.identity.expect("the first").method, seen.recheck.expect("the second").reason.as_str()), (Method::Reader, "照片与本人差异较大"));
});

::store::db_test!(p10_5_scenario_4_a_changed_byte_sends_the_packet_back, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, taken) = taken(&w, proxy()).await;
    let file = ops::Attach { to: Owner::Case(taken.case), key: "plan".into(), file_name: "plan.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&w.as_staff(&there), file).await.expect("scanned");
    let packet = newest(&w, taken.case).await.id;
    send(&w.as_staff(&there), packet, "").await.expect("sent");
    let files = crate::store::materials::of_case(w.p.db(), &w.p.system(), taken.case).await.expect("papers");
    let name = files.iter().find_map(|paper| paper.file.clone()).expect("a scan").as_str().to_owned();
    let path = find(w.p.files().folder(), &name);
    let mut bytes = std::fs::read(&path).expect("the file");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).expect("one byte changed");
    let refused = sign(&w.as_staff(&w.clerk), packet).await.expect_err("not what was sent");
    assert!(refused.has_code("E-P1004") && refused.issues()[0].message.zh == "材料包校验失败，请重新传输", "{refused}");
    assert_eq!(stage_of(&w, &there, taken.case).await, Stage::Failed);
    assert!(sign(&w.as_staff(&w.clerk), packet).await.expect_err("it stays failed").has_code("E-ST01"));
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).expect("as it was");
    let second = again(&w.as_staff(&there), taken.case, Sheet::Scan).await.expect("another packet");
    assert!(again(&w.as_staff(&there), taken.case, Sheet::Scan).await.expect_err("one at a time").has_code("E-ST01"));
    send(&w.as_staff(&there), second, "").await.expect("sent again");
    sign(&w.as_staff(&w.clerk), second).await.expect("whole");
});

/// The file with this name, wherever it lies below a folder.
fn find(folder: &std::path::Path, name: &str) -> std::path::PathBuf {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    for path in entries {
        if path.is_dir() {
            let found = find(&path, name);
            if found.exists() {
                return found;
            }
        } else if path.file_name().is_some_and(|file| name.ends_with(&*file.to_string_lossy()) || file.to_string_lossy().contains(name)) {
            return path;
        }
    }
    folder.join(name)
}

::store::db_test!(p10_6_both_places_and_the_applicant_see_the_same_progress_and_rate_apart, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, case) = handed_over(&w).await;
    for clerk in [&there, &w.clerk] {
        let seen = of_case(&w.as_staff(clerk), case).await.expect("seen").expect("handed over");
        assert_eq!((seen.stage, seen.packets.len()), (Stage::Signed, 1));
        assert_eq!((seen.may.send, seen.may.sign), (clerk.org == there.org, clerk.org == w.clerk.org));
    }
    let stranger = identity::testing::staff(&w.p, "990202", &[Role::Clerk]).await;
    assert!(of_case(&w.as_staff(&stranger), case).await.expect_err("a third place").has_code("E-P805"));
    finish(&w, case).await;
    let worker = Worker::new(&[crate::service(), interaction::service(), crate::papers::service(documents::Press::new(documents::Settings::default()))]);
    worker.drain(&w.p).await.expect("drained");
    let rows: Vec<(String, String)> = ::store::q("SELECT point, region FROM rating_subject ORDER BY point").all(w.p.db()).await.expect("subjects");
    assert_eq!(rows, [("decision".to_owned(), "990102".to_owned()), ("service".to_owned(), "980102".to_owned())]);
    // Four for the decision, one for the service: the bad one is followed up where it was decided, and nowhere else.
    let handler = |at: &'static str| identity::testing::staff(&w.p, at, &[Role::RatingHandler]);
    for (point, level) in [("decision", ratings::Level::Dissatisfied), ("service", ratings::Level::VerySatisfied)] {
        let token = token(&w, point).await;
        let given = ratings::Given { level: level.code().into(), tags: vec![ratings::Tag::Speed.code().into()], ..ratings::Given::default() };
        ratings::rate(&w.p.as_actor(platform::Actor::Anonymous), &token, &given).await.expect("rated");
    }
    let bad = async |staff: StaffActor| ratings::list(&w.as_staff(&staff), &ratings::Filter::default()).await.expect("listed").lines.iter().filter(|line| line.level.is_bad()).count();
    assert_eq!((bad(handler("990102").await).await, bad(handler("980102").await).await), (1, 0));
});

/// The token of a subject's page.
async fn token(w: &World, point: &str) -> String {
    let (id, sealed): (Vec<u8>, Vec<u8>) = ::store::q("SELECT id, token FROM rating_subject WHERE point = $1").bind(point).one(w.p.db()).await.expect("a subject");
    w.p.keys().open_text("rating_subject", "token", &id, &sealed).expect("a token")
}

async fn finish(w: &World, case: CaseId) {
    let opinion = |verb: &str| Act { opinion: "名称合规".into(), ..Act::new(verb, 0) };
    let receiver = Receiver { name: "邻省人".into(), relation: String::new(), way: Delivery::Counter };
    w.moves(&w.clerk, case, Act::new("accept", 0)).await.expect("accepted");
    w.moves(&w.examiner, case, Act::new("take", 0)).await.expect("taken");
    w.moves(&w.examiner, case, opinion("propose")).await.expect("proposed");
    w.moves(&w.reviewer, case, opinion("agree")).await.expect("agreed");
    w.moves(&w.approver, case, opinion("approve")).await.expect("granted");
    w.moves(&w.maker, case, Act::new("make", 0)).await.expect("made");
    w.moves(&w.deliverer, case, Act { receiver: Some(receiver), ..Act::new("deliver", 0) }).await.expect("delivered");
}

::store::db_test!(p10_7_scenario_5_an_item_for_other_cities_is_not_to_be_had_from_another_province, |db| async move {
    let w = world(db, |elements| elements.online.scope = Some(Scope::Cities)).await;
    let there = identity::testing::staff(&w.p, "980102", &[Role::Clerk]).await;
    let refused = ops::take_in(&w.as_staff(&there), intake(&w, &there, Some(proxy()))).await.expect_err("too far");
    assert!(refused.has_code("E-P1005") && refused.issues()[0].message.zh == "该事项不支持跨省通办", "{refused}");
    let city = identity::testing::staff(&w.p, "990202", &[Role::Clerk]).await;
    assert!(ops::take_in(&w.as_staff(&city), intake(&w, &city, None)).await.expect_err("how?").has_code("E-P1002"));
    let nearby = Handover { mode: Mode::Nearby, ..proxy() };
    ops::take_in(&w.as_staff(&city), intake(&w, &city, Some(nearby))).await.expect("another city of the province");
});

::store::db_test!(p10_7_scenario_6_the_same_city_takes_in_nearby_and_the_owner_decides, |db| async move {
    let w = world(db, |elements| elements.online.scope = Some(Scope::Counties)).await;
    let there = identity::testing::staff(&w.p, "990126", &[Role::Clerk]).await;
    let nearby = Handover { mode: Mode::Nearby, papers: true, ..proxy() };
    let here = Intake { name: "王老人".into(), number: "990126195211120039".into(), ..intake(&w, &there, Some(nearby)) };
    let away = Intake { residence: Some(region("990126")), ..here.clone() };
    assert!(ops::take_in(&w.as_staff(&there), away).await.expect_err("he lives elsewhere").has_code("E-P1002"));
    let taken = ops::take_in(&w.as_staff(&there), here).await.expect("taken in");
    assert!(taken.case_no.starts_with("990126202607012"), "the number of the counter that took it in: {}", taken.case_no);
    let head = crate::store::cases::by_id(w.p.db(), &w.p.system(), taken.case).await.expect("the head");
    assert_eq!((head.org, head.phase), (w.clerk.org, Phase::Received), "the body that answers has it at once");
    let papers = newest(&w, taken.case).await;
    assert_eq!((papers.sheet, papers.send_by), (Sheet::Paper, Instant::at(july(1), 720)), "papers in the same half of the day");
    send(&w.as_staff(&there), papers.id, "").await.expect("brought over");
});

::store::db_test!(p10_7_scenario_7_a_village_takes_in_and_decides_nothing, |db| async move {
    let w = world(db, |_| {}).await;
    let places = [("990102001", "中心街道", "990102"), ("990102001001", "和平社区", "990102001")];
    let places = places.map(|(code, name, parent)| platform::regions::Region { code: region(code), name: name.into(), parent: Some(region(parent)) });
    w.p.db().write(|tx| { let places = places.clone(); async move { platform::regions::add(&tx, &places).await } }).await.expect("added");
    let street = platform::regions::Organisation { id: w.p.system().id(), uscc: "11990102YY99901362".into(), name: kernel::Text::new("中心街道办", "Street office"), region: region("990102001") };
    let org = w.p.db().write(|tx| { let street = street.clone(); async move { platform::regions::put_organisation(&tx, &street).await } }).await.expect("an office");
    let mut village = identity::testing::staff(&w.p, "990126", &[Role::Clerk, Role::Approver]).await;
    (village.org, village.region) = (org, region("990102001001"));
    village.grants.iter_mut().for_each(|grant| grant.region = village.region);
    let taken = ops::take_in(&w.as_staff(&village), intake(&w, &village, None)).await.expect("a receiving place of the same district");
    assert!(of_case(&w.as_staff(&village), taken.case).await.expect("seen").is_none(), "no border was crossed");
    let decide = Act { opinion: "同意".into(), ..Act::new("approve", 0) };
    w.moves(&w.clerk, taken.case, Act::new("accept", 0)).await.expect("accepted");
    assert!(w.moves(&village, taken.case, decide).await.is_err());
    assert!(w.moves(&village, taken.case, Act::new("take", 0)).await.expect_err("not the village").has_code("E-P805"));
    assert!(taken.case_no.starts_with("99010220260701"));
});

::store::db_test!(p10_6_scenario_8_open_cases_follow_the_successor_and_history_keeps_the_old_code, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, case) = handed_over(&w).await;
    let successor = identity::testing::staff(&w.p, "990101", &[Role::Clerk]).await;
    let admin = identity::testing::staff(&w.p, "990100", &[Role::SystemAdmin]).await;
    let merger = Merger { from: region("990102"), to: region("990101"), to_org: successor.org, on: july(2), reason: "省政府批复〔2026〕1号".into() };
    assert!(succeed(&w.as_staff(&admin), &merger).await.expect_err("not before the day").has_code("E-ST01"));
    w.at(july(2), 600);
    assert!(succeed(&w.as_staff(&w.head), &merger).await.expect_err("not the bureau itself").has_code("E-P805"));
    let following = following(&w.as_staff(&admin), &merger).await.expect("looked at");
    assert_eq!((following.total(), following.packets), (1, 0), "one open case, its packet signed in");
    assert_eq!(following.cases[0].0.zh, "便民店铺命名");
    assert!(following.bodies.iter().any(|body| body.id == successor.org) && following.bodies.iter().all(|body| body.region == merger.to));
    let wrong = Merger { to: merger.from, reason: String::new(), ..merger.clone() };
    let wrong = succeed(&w.as_staff(&admin), &wrong).await.expect_err("itself, without a paper");
    assert!(wrong.has_code("E-P1009") && wrong.has_code("E-P224"), "both at once: {wrong:?}");
    let elsewhere = Merger { to_org: w.clerk.org, ..merger.clone() };
    assert!(matches!(succeed(&w.as_staff(&admin), &elsewhere).await, Err(platform::Error::NotFound)), "a body of the old region");
    assert_eq!(followed(&w.as_staff(&admin)).await.expect("listed"), []);
    assert_eq!(succeed(&w.as_staff(&admin), &merger).await.expect("followed"), 1);
    let done = followed(&w.as_staff(&admin)).await.expect("listed");
    assert_eq!(done.iter().map(|one| (one.from, one.to, one.on, one.cases)).collect::<Vec<_>>(), [(merger.from, merger.to, merger.on, 1)]);
    assert_eq!(succeed(&w.as_staff(&admin), &merger).await.expect("again"), 0);
    let seen = of_case(&w.as_staff(&there), case).await.expect("seen").expect("handed over");
    assert_eq!(seen.before.iter().map(|(_, code, on)| (code.as_str(), *on)).collect::<Vec<_>>(), [("990102", july(2))]);
    let head = crate::store::cases::by_id(w.p.db(), &w.p.system(), case).await.expect("the head");
    assert_eq!((head.region, head.org), (region("990101"), successor.org));
    w.moves(&successor, case, Act::new("accept", 0)).await.expect("the successor goes on");
    assert!(w.moves(&w.examiner, case, Act::new("take", 0)).await.expect_err("the old body has no case").has_code("E-P805"));
});

::store::db_test!(p10_9_the_result_is_worth_the_same_and_comes_electronically, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, case) = handed_over(&w).await;
    finish(&w, case).await;
    let local = w.deciding().await;
    w.moves(&w.approver, local, Act { opinion: "名称合规".into(), ..Act::new("approve", 0) }).await.expect("granted");
    let grants = async |case: CaseId| {
        let papers = crate::papers::of_case(&w.as_staff(&w.clerk), case).await.expect("papers");
        papers.into_iter().find(|paper| paper.kind == crate::papers::Kind::Grant).expect("a grant")
    };
    let (far, near) = (grants(case).await, grants(local).await);
    let sign = |number: &str| number.split('〔').next().expect("a sign").to_owned();
    assert_eq!(sign(&far.number), sign(&near.number), "the same authority, the same kind of document");
    let seen = of_case(&w.as_staff(&there), case).await.expect("seen").expect("handed over");
    assert_eq!(seen.case.delivery, Delivery::Electronic);
});

::store::db_test!(p10_10_a_case_counts_once_as_a_decision_and_once_as_a_service, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, case) = handed_over(&w).await;
    let reader = identity::testing::staff(&w.p, "990000", &[Role::Supervisor]).await;
    let theirs = identity::testing::staff(&w.p, "980000", &[Role::Supervisor]).await;
    let within = |at: &str, from: Day| Within { region: region(at), from, to: july(31) };
    let figures = async |staff: &StaffActor, at: &str, from: Day| {
        let found = counted(&w.as_staff(staff), &within(at, from)).await.expect("counted");
        found.into_iter().map(|one| (one.side, one.org, one.mode, one.n)).collect::<Vec<_>>()
    };
    assert_eq!(figures(&reader, "990000", july(1)).await, [(Place::Decision, w.clerk.org, Mode::Proxy, 1)], "scenario 12: once in the province");
    assert_eq!(figures(&theirs, "980000", july(1)).await, [(Place::Service, there.org, Mode::Proxy, 1)]);
    assert!(figures(&reader, "990000", july(2)).await.is_empty(), "by the day on which it was taken in");
    assert!(counted(&w.as_staff(&reader), &within("980000", july(1))).await.is_err(), "not somebody else's province");

    let list = async |staff: &StaffActor, at: &str, side: Place, mode: Option<Mode>| {
        let figure = Figure { within: within(at, july(1)), side, org: None, mode };
        behind(&w.as_staff(staff), &figure, None).await.map(|(lines, _)| lines.into_iter().map(|line| line.case).collect::<Vec<_>>())
    };
    assert_eq!(list(&reader, "990000", Place::Decision, Some(Mode::Proxy)).await.expect("listed"), [case]);
    assert_eq!(list(&reader, "990000", Place::Decision, Some(Mode::Joint)).await.expect("listed"), []);
    assert_eq!(list(&reader, "990000", Place::Service, None).await.expect("listed"), [], "it was taken in elsewhere");
    assert_eq!(list(&theirs, "980000", Place::Service, None).await.expect("listed"), [case]);
    assert!(list(&reader, "980000", Place::Service, None).await.is_err());
});

::store::db_test!(p10_3_corrections_go_through_the_receiving_place_in_a_packet_of_their_own, |db| async move {
    let w = world(db, |_| {}).await;
    let (there, taken) = taken(&w, proxy()).await;
    let packet = newest(&w, taken.case).await.id;
    assert!(again(&w.as_staff(&there), taken.case, Sheet::Scan).await.expect_err("the first is not sent").has_code("E-ST01"));
    send(&w.as_staff(&there), packet, "").await.expect("sent");
    sign(&w.as_staff(&w.clerk), packet).await.expect("signed in");
    let ask = CorrectionItem { key: "plan".into(), fault: Fault::Defective, wrong: "不清晰".into(), mend: "重新提交".into(), supplied_at: None };
    w.moves(&w.clerk, taken.case, Act { corrections: vec![ask], ..Act::new("correct", 0) }).await.expect("told");
    let file = ops::Attach { to: Owner::Case(taken.case), key: "plan".into(), file_name: "plan.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&w.as_staff(&there), file).await.expect("mended at the counter");
    let second = again(&w.as_staff(&there), taken.case, Sheet::Scan).await.expect("another packet");
    send(&w.as_staff(&there), second, "").await.expect("sent");
    sign(&w.as_staff(&w.clerk), second).await.expect("signed in");
    w.moves(&w.clerk, taken.case, Act::new("supply", 0)).await.expect("complete");
    let lists = async |clerk: &StaffActor, section| packets(&w.as_staff(clerk), section, None).await.expect("listed").lines.len();
    assert_eq!((lists(&there, Section::Sent).await, lists(&w.clerk, Section::Signed).await), (2, 2));
    assert_eq!((lists(&there, Section::ToSend).await, lists(&w.clerk, Section::ToSign).await), (0, 0));
});
