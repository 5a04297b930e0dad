//! Places and their distances: what a village may do, how far an item reaches, who answers for a bad rating, and where a case is counted.

use casework::cross::{self, Handover, Method, Mode, Section};
use casework::ops::{self, Act, Intake, Paper};
use casework::testing::{answers, shop_sign};
use casework::{ApplicantKind, CaseId, Contact, Declaration};
use catalog::model::Scope;
use kernel::{Channel, IdType, RegionCode, Text, Uscc};
use platform::regions::{self, Organisation, Region};
use platform::{Actor, Role, StaffActor};
use serde_json::json;
use store::{db_test, q};

use crate::{
    api_program::Program,
    apply,
    desk_work::Bureau,
    journey,
    kit::{Site, Visitor, at},
    statistics::figure,
    window,
};

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).expect("a region code")
}

async fn add(site: &Site, all: &[(&str, &str, &str)]) {
    let all: Vec<Region> = all.iter().map(|(own, name, parent)| Region { code: code(own), name: (*name).into(), parent: Some(code(parent)) }).collect();
    site.platform.db().write(|tx| { let all = all.clone(); async move { regions::add(&tx, &all).await } }).await.expect("added");
}

/// The shop's item, to be had as far as this.
async fn reaching(db: store::Db, scope: Scope) -> Bureau {
    Bureau::of(db, vec![Declaration::data(shop_sign())], |elements| elements.online.scope = Some(scope)).await
}

/// A clerk at a counter begins to take in for the item of the bureau; what the page answers.
async fn begins(b: &Bureau, at: &str, mode: &str) -> Visitor {
    let clerk = identity::testing::staff(&b.site.platform, at, &[Role::Clerk]).await;
    let (mut desk, start) = (b.site.at_desk(clerk.id).await, format!("/desk/intake/{}", b.item.code));
    let typed = [("_name", "王老人"), ("_number", "990126195211120039"), ("_mode", mode), ("_identity", "card")];
    desk.opens(&start).await.is(200).submits(&start, &typed).await;
    desk
}

db_test!(p10_7_scenario_5_an_item_for_other_cities_is_not_to_be_had_from_another_province, |db| async move {
    let b = reaching(db, Scope::Cities).await;
    begins(&b, "980102", "proxy").await.is(422).sees("该事项不支持跨省通办");
    begins(&b, "990202", "nearby").await.is(303);
});

db_test!(p10_7_scenario_9_the_table_of_parents_says_what_lies_in_a_city, |db| async move {
    let b = reaching(db, Scope::Counties).await;
    // A county that the province administers itself, whatever its digits say; and a city at county level in the city above it.
    add(&b.site, &[("990190", "直管县", "990000")]).await;
    begins(&b, "990181", "nearby").await.is(303);
    begins(&b, "990190", "nearby").await.is(422).sees("该事项不支持");
});

journey!(p10_7_scenario_7_a_village_takes_in_and_decides_nothing, |site| {
    let item = apply::the_item(&site).await;
    identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    add(&site, &[("990102001", "中心街道", "990102"), ("990102001001", "和平社区", "990102001")]).await;
    let (ctx, place) = (site.platform.system(), code("990102001001"));
    let uscc = Uscc::new("54", place, "YY999077").expect("a code").to_string();
    let station = Organisation { id: ctx.id(), uscc, name: Text::new("和平社区服务站", "Heping station"), region: place };
    let org = ctx.db().write(|tx| { let station = station.clone(); async move { regions::put_organisation(&tx, &station).await } }).await.expect("a station");
    let village = identity::testing::staff_of(&site.platform, org, place, &[Role::Clerk, Role::Approver]).await;
    let mut desk = site.at_desk(village.id).await;
    window::takes_in(&mut desk, &item, &window::typed("王老人", "990126195211120039", &[])).await;
    desk.is(200).sees("收件凭证");
    let (case,): (Vec<u8>,) = q("SELECT id FROM case_head").one(site.platform.db()).await.expect("one case");
    let case = CaseId::try_from(case).expect("an id");
    let page = format!("/desk/work/{case}");
    desk.opens(&page).await.is(200).sees("王*人");
    let mut program = Program::of(&site, Actor::Staff(village)).await;
    let before = casework::head(site.platform.db(), case).await.expect("a case").version;
    for verb in ["accept", "approve"] {
        assert!(!desk.html().contains(&format!("{page}/{verb}")), "{}", desk.text());
        program.reads(&format!("/api/v1/work/cases/{case}")).await.is(200);
        program.calls("POST", &format!("/api/v1/work/cases/{case}/moves/{verb}"), json!({ "opinion": "同意" })).await;
        assert!(program.answer["errors"][0]["code"].is_string(), "{verb}: {}", program.answer);
    }
    assert_eq!(casework::head(site.platform.db(), case).await.expect("a case").version, before);
});

/// A shop-keeper of the neighbouring province has been served there, and his case decided here.
async fn decided_for_a_neighbour(b: &Bureau) -> CaseId {
    let site = &b.site;
    let there = identity::testing::staff(&site.platform, "980102", &[Role::Clerk]).await;
    let by = |staff: &StaffActor| site.platform.as_actor(Actor::Staff(staff.clone()));
    let paper = |key: &str| Paper { key: key.into(), originals: 0, copies: 1, scan: None };
    let intake = Intake {
        impl_code: b.item.code.clone(),
        kind: ApplicantKind::Person,
        name: "邻省人".into(),
        number: window::NUMBER.into(),
        id_type: IdType::RESIDENT,
        contact: Contact { phone: Some("13900000001".into()), ..Contact::default() },
        answers: answers(),
        papers: vec![paper("plan"), paper("lease")],
        lacking: Vec::new(),
        channel: Channel::Counter,
        at: there.region,
        residence: None,
        handover: Some(Handover { mode: Mode::Proxy, identity: Some(Method::Card), papers: false, delivery: None }),
    };
    let case = ops::take_in(&by(&there), intake).await.expect("taken in").case;
    let packet = cross::packets(&by(&there), Section::ToSend, None).await.expect("listed").lines.first().expect("a packet").packet.id;
    cross::send(&by(&there), packet, "").await.expect("sent");
    cross::sign(&by(&b.clerk), packet).await.expect("signed in");
    let opinion = |verb: &str| Act { opinion: "名称合规".into(), ..Act::new(verb, 0) };
    for (staff, act) in [(&b.clerk, Act::new("accept", 0)), (&b.examiner, Act::new("take", 0)), (&b.examiner, opinion("propose")), (&b.reviewer, opinion("agree")), (&b.approver, opinion("approve")), (&b.maker, Act::new("make", 0))] {
        let seen = casework::head(site.platform.db(), case).await.expect("a case").version;
        ops::act(&by(staff), case, Act { seen, ..act }).await.expect("the move");
    }
    site.works().await;
    b.moves(&b.deliverer, case, "deliver", &[("way", "1"), ("name", "邻省人")]).await;
    site.works().await;
    case
}

/// The page on which one of the two places is rated.
async fn rating_page(site: &Site, point: &str) -> String {
    let (id, sealed): (Vec<u8>, Vec<u8>) = q("SELECT id, token FROM rating_subject WHERE point = $1").bind(point).one(site.platform.db()).await.expect("a subject");
    format!("/rate/{}", site.platform.keys().open_text("rating_subject", "token", &id, &sealed).expect("a token"))
}

db_test!(p10_6_scenario_11_a_bad_rating_of_the_decision_goes_to_the_place_that_decided, |db| async move {
    let b = reaching(db, Scope::National).await;
    let case = decided_for_a_neighbour(&b).await;
    let number = casework::head(b.site.platform.db(), case).await.expect("a case").case_no;
    let mut neighbour = b.site.visitor();
    for (point, typed) in [("decision", &[("level", "4"), ("tags", "speed")][..]), ("service", &[("level", "1")])] {
        let page = rating_page(&b.site, point).await;
        neighbour.opens(&page).await.is(200).submits(&page, typed).await.is(303);
    }
    b.site.staff("990102", &[Role::RatingHandler]).await.opens("/desk/ratings").await.is(200).sees(&number);
    b.site.staff("980102", &[Role::RatingHandler]).await.opens("/desk/ratings").await.is(200).sees_no(&number);
});

journey!(p10_10_scenario_12_a_case_counts_once_where_it_is_decided_and_once_where_it_was_taken_in, |site| {
    let item = apply::the_item(&site).await;
    let (case, _) = window::is_taken_in_far_away(&site, &item).await;
    let number = casework::head(site.platform.db(), case).await.expect("a case").case_no;
    // Supervision has the list behind each of the two figures, and nobody that of another province.
    for (at, side, elsewhere) in [("990000", "decision", "980000"), ("980000", "service", "990000")] {
        let (_, mut program) = Program::of_staff(&site, at, &[Role::Supervisor]).await;
        program.reads("/api/v1/supervision/places").await.is(200);
        let figures: Vec<_> = program.answer.as_array().into_iter().flatten().map(|one| (one["side"].clone(), one["mode"].clone(), one["n"].clone())).collect();
        assert_eq!(figures, [(json!(side), json!("proxy"), json!(1))]);
        program.reads(&format!("/api/v1/supervision/places/cases?side={side}&mode=proxy")).await.is(200);
        assert_eq!(program.text("/cases/0/number"), number);
        program.reads(&format!("/api/v1/supervision/places?region={elsewhere}")).await.is(403);
        let mut supervisor = site.staff(at, &[Role::Supervisor]).await;
        supervisor.opens("/supervision").await.is(200).clicks("跨域通办统计").await.is(200).sees("异地代收代办").clicks("1").await.is(200).sees(&number);
        supervisor.opens("/supervision/places?from=2026-06-01&to=2026-06-30").await.is(200).sees("这段时间没有");
        supervisor.opens(&format!("/supervision/places/cases?region={elsewhere}")).await.is(403);
    }
    site.staff("990000", &[Role::Clerk]).await.opens("/supervision/places").await.is(403);
    site.set_now(at(2026, 7, 2, 0, 31));
    site.runs("statistics.run").await;
    let figures = async |at: &'static str, side: &str| {
        let mut reader = site.staff(at, &[Role::Statistician]).await;
        reader.opens(&format!("/statistics?period=month&at=2026-07-01&side={side}")).await.is(200);
        reader
    };
    assert_eq!(figure(&figures("990000", "").await, "990000", "received").0, 1);
    assert_eq!(figure(&figures("980000", "receiver").await, "980000", "received").0, 1);
});
