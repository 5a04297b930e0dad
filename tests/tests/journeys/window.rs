//! One window: any item at any counter, for whoever has come; and what one place takes in for the body of another.

use casework::cross::{self, Section};
use casework::ops::{self, Act, Proof};
use casework::supervision;
use casework::testing::PDF;
use casework::{CaseId, Phase};
use kernel::RegionCode;
use platform::{Actor, Role, StaffActor};
use serde_json::json;

use crate::{
    api_program::Program,
    apply::{self, ANSWERS},
    journey,
    kit::{Site, Visitor, at},
};

/// 邻省人 of the test world, who has neither telephone nor account.
pub(crate) const NUMBER: &str = "980102198509150039";

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

async fn clerk(site: &Site, at: &str) -> (StaffActor, Visitor) {
    let staff = identity::testing::staff(&site.platform, at, &[Role::Clerk]).await;
    let visitor = site.at_desk(staff.id).await;
    (staff, visitor)
}

/// A clerk of the body that publishes the item of the journeys.
async fn owner(site: &Site) -> (StaffActor, Visitor) {
    clerk(site, "990102").await
}

/// What is typed at the counter for an applicant of whom nothing is known.
pub(crate) fn typed<'a>(name: &'a str, number: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut typed = more.to_vec();
    typed.extend([("_name", name), ("_number", number)]);
    if !more.iter().any(|(name, _)| *name == "_has.bank_card") {
        typed.extend([("_has.bank_card", "here"), ("_copies.bank_card", "1")]);
    }
    typed.extend(ANSWERS);
    typed
}

/// Sends the form of the page with what of `typed` it asks for.
async fn sends(desk: &mut Visitor, typed: &[(&str, &str)]) {
    let form = desk.path().split('?').next().unwrap_or_default().to_owned();
    let asked: Vec<_> = typed.iter().copied().filter(|(name, _)| desk.html().contains(&format!("name=\"{name}\""))).collect();
    desk.submits(&form, &asked).await;
}

/// Takes somebody in, step by step: who, what is asked, papers, the check. Stops at the first page that is shown again.
pub(crate) async fn takes_in(desk: &mut Visitor, code: &str, typed: &[(&str, &str)]) {
    desk.opens(&format!("/desk/intake/{code}")).await.is(200);
    for _ in 0..6 {
        sends(desk, typed).await;
        if desk.status() != 303 {
            return;
        }
        desk.follows().await.is(200);
    }
}

/// The case of the newest packet of a section of somebody's list.
async fn case_of(site: &Site, staff: &StaffActor, section: Section) -> CaseId {
    let ctx = site.platform.as_actor(Actor::Staff(staff.clone()));
    cross::packets(&ctx, section, None).await.expect("listed").lines.first().expect("a packet").packet.case
}

async fn packet_of(site: &Site, staff: &StaffActor, section: Section) -> String {
    let ctx = site.platform.as_actor(Actor::Staff(staff.clone()));
    cross::packets(&ctx, section, None).await.expect("listed").lines.first().expect("a packet").packet.id.to_string()
}

/// 22 digits on the page.
fn number_on(page: &Visitor) -> String {
    let text = page.text();
    text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 22).unwrap_or_else(|| panic!("no number in {text}")).to_owned()
}

/// A counter of another province takes the item in for the body of 990102. The case and its packet.
pub(crate) async fn is_taken_in_far_away(site: &Site, code: &str) -> (CaseId, String) {
    let (theirs, mut far) = clerk(site, "980102").await;
    takes_in(&mut far, code, &typed("邻省人", NUMBER, &[("_mode", "proxy"), ("_identity", "card")])).await;
    far.is(200);
    (case_of(site, &theirs, Section::ToSend).await, packet_of(site, &theirs, Section::ToSend).await)
}

journey!(p9_16_and_p2_9_a_clerk_does_the_whole_job_for_a_man_without_telephone_or_account, |site| {
    let code = apply::the_item(&site).await;
    let (staff, mut desk) = owner(&site).await;
    desk.opens("/desk/intake?q=残疾人").await.is(200).sees("残疾人两项补贴资格认定").sees("本机关受理");
    desk.clicks("残疾人两项补贴资格认定").await.is(200).sees("没有手机可以不填");
    takes_in(&mut desk, &code, &typed("王老人", "990126195211120039", &[])).await;
    desk.is(200).sees("收件凭证").sees("查询码").sees("社会保障卡或者存折的账号页");
    let number = number_on(&desk);
    assert!(number.starts_with("990102202607012"), "at a counter, on that day: {number}");
    site.works().await;
    // He comes back to any counter, or has somebody look: his number and the last four of his card are enough.
    let mut anyone = site.visitor();
    anyone.opens("/progress").await.submits("/progress", &[("case_no", &number), ("proof", "0039")]).await.is(200).sees("收件");
    // The case is received and goes on without him having an account.
    let found = ops::find(&site.platform.as_actor(Actor::Anonymous), &number, &Proof::LastFour("0039".into())).await.expect("found");
    assert_eq!(found.phase, Phase::Received);
    // A second application of the same kind is told, with its number.
    takes_in(&mut desk, &code, &typed("王老人", "990126195211120039", &[])).await;
    desk.is(422).sees(&number);
    assert_eq!(staff.region, region("990102"));
});

journey!(p2_9_a_paper_of_which_nothing_is_there_is_not_received, |site| {
    let code = apply::the_item(&site).await;
    let (_, mut desk) = owner(&site).await;
    takes_in(&mut desk, &code, &typed("王老人", "990126195211120039", &[("_has.bank_card", "here"), ("_originals.bank_card", "0"), ("_copies.bank_card", "0")])).await;
    desk.is(422).sees("已收到的材料至少有一份原件、复印件或扫描件");
});

journey!(p2_9_what_is_missing_is_told_on_the_spot_at_a_counter_of_the_body_itself, |site| {
    let code = apply::the_item(&site).await;
    let (_, mut desk) = owner(&site).await;
    takes_in(&mut desk, &code, &typed("王老人", "990126195211120039", &[("_has.bank_card", "missing")])).await;
    desk.is(200).sees("已收件");
    let found = ops::find(&site.platform.as_actor(Actor::Anonymous), &number_on(&desk), &Proof::LastFour("0039".into())).await.expect("found");
    assert_eq!(found.phase, Phase::Correction);
});

journey!(p2_9_wrong_numbers_and_missing_answers_come_back_with_what_was_typed, |site| {
    let code = apply::the_item(&site).await;
    let (_, mut desk) = owner(&site).await;
    let start = format!("/desk/intake/{code}");
    desk.opens(&start).await.submits(&start, &[("_name", "张测试"), ("_number", "990102199003070011")]).await.is(303).follows().await.is(200);
    let sheet = desk.path().to_owned();
    desk.submits(&sheet, &[("home", "和平路1号")]).await.is(422).sees("请选择“您要申请哪项补贴");
    assert_eq!(desk.value(&sheet, "home"), "和平路1号");
    // Left and gone on with, as it was.
    desk.opens("/desk/intake").await.sees("没有办完的收件").sees("张*试").opens(&sheet).await.is(200);
    assert_eq!(desk.value(&sheet, "home"), "和平路1号");
    desk.opens(&format!("{sheet}/check")).await.is(200).sees("请选择“您要申请哪项补贴").sees_no("核对无误，收件");
    desk.clicks("删除这份收件").await.submits(&format!("{sheet}/discard"), &[]).await.is(303).follows().await.sees("未办完的收件已删除").sees_no("张*试");
    desk.opens(&sheet).await.is(404);
    takes_in(&mut desk, &code, &typed("张测试", "990102199003070012", &[])).await;
    desk.is(422).sees("身份证号码校验位不正确");
    let form = format!("/desk/intake/{code}");
    assert_eq!(desk.value(&form, "_name"), "张测试");
});

journey!(p2_8_what_is_held_is_offered_at_the_counter_and_never_asked_again, |site| {
    let code = apply::the_item(&site).await;
    let (_, mut desk) = owner(&site).await;
    takes_in(&mut desk, &code, &typed("王老人", "990126195211120039", &[("_phone", "13900001234")])).await;
    desk.is(200).sees("收件凭证");
    let (first, text) = (number_on(&desk), desk.text());
    let query_code = text.split("查询码").nth(2).and_then(|rest| rest.trim().get(..6)).expect("the code").to_owned();
    // Printed again, the code is the same; nobody else prints it.
    desk.clicks("查看办件").await.is(200).clicks("补打收件凭证").await.is(200).sees("补打").sees(&query_code);
    let again = desk.path().to_owned();
    let (_, mut foreign) = clerk(&site, "990202").await;
    foreign.opens(&again).await.is(403);
    let (_, mut citizen) = site.citizen(2).await;
    citizen.opens(&again).await.is(403);
    let mut anyone = site.visitor();
    anyone.opens("/progress").await.submits("/progress", &[("case_no", &first), ("proof", &query_code)]).await.is(200).sees("收件");
    // The next time his address and account are there already, from that case.
    let who = [("_name", "王老人"), ("_number", "990126195211120039")];
    desk.opens(&format!("/desk/intake/{code}")).await;
    sends(&mut desk, &who).await;
    desk.is(303).follows().await.is(200).sees("已有的信息，不用再填").sees(&format!("办件 {first}")).sees("中心街道和平路1号");
    let sheet = desk.path().to_owned();
    assert!(!desk.html().contains("name=\"home\""), "what is held is not asked again");
    for _ in 0..2 {
        sends(&mut desk, &ANSWERS).await;
        desk.is(303).follows().await.is(200);
    }
    let papers = format!("{sheet}/papers");
    assert_eq!(desk.path(), papers);
    // A file that is none: everything else that was noted is still there.
    let wrong = [("_scan.bank_card", "卡.pdf", "application/pdf", b"MZ\x90".as_slice())];
    desk.uploads(&papers, &[("_copies.bank_card", "3"), ("_act", "scan")], &wrong).await.is(422).sees("文件不是可用的");
    assert_eq!(desk.value(&papers, "_copies.bank_card"), "3");
    let good = [("_scan.bank_card", "卡.pdf", "application/pdf", PDF)];
    desk.uploads(&papers, &[("_act", "scan")], &good).await.is(303).follows().await.is(200).sees("卡.pdf");
    assert_eq!(desk.value(&papers, "_copies.bank_card"), "3");
    desk.opens(&format!("{papers}/bank_card")).await.is(200);
    foreign.opens(&format!("{papers}/bank_card")).await.is(404);
    desk.opens(&papers).await.submits(&papers, &[("_act", "on")]).await.is(303).follows().await.sees("核对并收件").sees("复印件 3 份，有电子件");
    // One open case of this kind: he is told its number, and nothing is lost.
    let check = format!("{sheet}/check");
    desk.submits(&check, &[]).await.is(422).sees(&first).opens(&check).await.is(200);
    // A paper that was scanned for one case serves for the next.
    takes_in(&mut desk, &code, &typed("张测试", "990102199003070011", &[])).await;
    desk.is(200);
});

journey!(p10_1_and_p10_2_and_p10_6_scenario_1_a_neighbour_applies_and_both_places_follow, |site| {
    let code = apply::the_item(&site).await;
    let (theirs, mut far) = clerk(&site, "980102").await;
    let (ours, _) = owner(&site).await;
    let more = [("_mode", "proxy"), ("_identity", "card")];
    far.opens(&format!("/desk/intake/{code}")).await.is(200).sees("该事项由城东区民政局办理，已为您转至城东区站点").sees("异地代收代办").sees_no("就近办");
    takes_in(&mut far, &code, &typed("邻省人", NUMBER, &more)).await;
    far.is(200).sees("收件凭证").sees("已为您转至城东区站点");
    let number = number_on(&far);
    assert!(number.starts_with("980102202607016"), "another province: {number}");
    let packet = packet_of(&site, &theirs, Section::ToSend).await;
    let case = case_of(&site, &theirs, Section::ToSend).await;
    site.set_now(at(2026, 7, 2, 10, 0));
    let mut far = site.at_desk(theirs.id).await;
    far.opens("/desk/packets").await.is(200).sees(&number);
    let send = format!("/desk/packets/{packet}/send");
    far.submits(&send, &[]).await.is(303).follows().await.is(200).sees("已发送");
    far.opens("/desk/packets?section=to-send").await.sees("没有待发送的材料包");
    site.set_now(at(2026, 7, 3, 10, 0));
    let (mut far, mut desk) = (site.at_desk(theirs.id).await, site.at_desk(ours.id).await);
    let sign = format!("/desk/packets/{packet}/sign");
    desk.opens("/desk/packets?section=to-sign").await.is(200).sees(&number).submits(&sign, &[]).await.is(303).follows().await.is(200).sees("已签收");
    // Both see the same way of the case.
    let page = format!("/desk/packets/cases/{case}");
    for visitor in [&mut far, &mut desk] {
        visitor.opens(&page).await.is(200).sees("异地代收代办").sees("材料包摘要");
    }
    let head = site.platform.as_actor(Actor::Staff(ours.clone()));
    ops::act(&head, case, Act { seen: casework::head(site.platform.db(), case).await.expect("a case").version, ..Act::new("accept", 0) }).await.expect("accepted");
    far.opens(&page).await.sees("受理");
    // A third place sees nothing of it.
    let (_, mut third) = clerk(&site, "990202").await;
    third.opens(&page).await.is(403);
});

journey!(p10_3_and_p10_4_and_p10_5_through_the_interface_no_double_send_no_foreign_hand, |site| {
    let code = apply::the_item(&site).await;
    let (theirs, _) = clerk(&site, "980102").await;
    let (ours, _) = owner(&site).await;
    let mut far = Program::of(&site, Actor::Staff(theirs.clone())).await;
    let mut desk = Program::of(&site, Actor::Staff(ours.clone())).await;
    let answers: serde_json::Map<String, serde_json::Value> = ANSWERS.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let body = |papers: serde_json::Value| {
        json!({ "item": code, "name": "邻省人", "number": NUMBER, "answers": answers, "papers": papers, "handover": { "mode": "proxy", "identity": null } })
    };
    far.calls("POST", "/api/v1/intake", body(json!([{ "key": "household_register", "originals": 1 }]))).await.refuses(422, "E-P1003");
    far.calls("POST", "/api/v1/intake", body(json!([{ "key": "bank_card", "copies": 1 }]))).await.is(200);
    let case = far.text("/case");
    assert_eq!(far.text("/directed/code"), "E-P1001");
    let packet = packet_of(&site, &theirs, Section::ToSend).await;
    let send = format!("/api/v1/packets/{packet}/send");
    far.calls("POST", &send, json!({})).await.refuses(422, "E-P1007");
    far.calls("POST", &format!("/api/v1/cross-cases/{case}/identify"), json!({ "method": "reader" })).await.is(200);
    desk.calls("POST", &send, json!({})).await.is(403);
    far.calls("POST", &send, json!({})).await.is(200);
    far.calls("POST", &send, json!({})).await.refuses(422, "E-ST01");
    // A byte of what was sent is changed under way.
    let id: kernel::Id<()> = packet.parse().expect("an id");
    site.platform.db().write(|tx| async move { store::q("UPDATE cross_packet SET digest = 'x' WHERE id = $1").bind(id).exec(&tx).await }).await.expect("changed");
    let sign = format!("/api/v1/packets/{packet}/sign");
    far.calls("POST", &sign, json!({})).await.is(403);
    desk.calls("POST", &sign, json!({})).await.refuses(422, "E-P1004");
    far.reads(&format!("/api/v1/cross-cases/{case}")).await.is(200);
    assert_eq!(far.text("/stage"), "failed");
    far.calls("POST", &format!("/api/v1/cross-cases/{case}/packets"), json!({ "kind": "scan" })).await.is(200);
    let second = far.text("/id");
    far.calls("POST", &format!("/api/v1/packets/{second}/send"), json!({})).await.is(200);
    desk.calls("POST", &format!("/api/v1/packets/{second}/sign"), json!({})).await.is(200);
});

journey!(p2_9_a_program_takes_in_with_scans_within_the_limits_of_the_page, |site| {
    let code = apply::the_item(&site).await;
    let (ours, mut page) = owner(&site).await;
    let mut desk = Program::of(&site, Actor::Staff(ours)).await;
    let answers: serde_json::Map<String, serde_json::Value> = ANSWERS.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let file = |bytes: &[u8]| json!({ "name": "卡.pdf", "content": data_encoding::BASE64.encode(bytes) });
    let body = |scan: serde_json::Value| {
        json!({ "item": code, "name": "王老人", "number": "990126195211120039", "answers": answers, "papers": [{ "key": "bank_card", "copies": 1, "scan": scan }] })
    };
    desk.calls("POST", "/api/v1/intake", body(file(b"MZ\x90"))).await.refuses(422, "E-FILE03");
    assert_eq!(desk.text("/errors/0/field"), "papers.bank_card");
    desk.calls("POST", "/api/v1/intake", body(file(b""))).await.refuses(422, "E-FILE01");
    desk.calls("POST", "/api/v1/intake", body(json!({ "name": "卡.pdf", "content": "?" }))).await.refuses(422, "E-API02");
    assert_eq!(desk.text("/errors/0/field"), "papers.bank_card");
    // Nothing of what was refused is there: the application is the first of its kind.
    desk.calls("POST", "/api/v1/intake", body(file(PDF))).await.is(200);
    let one = format!("/api/v1/work/cases/{}", desk.text("/case"));
    let scans = async |desk: &mut Program| {
        desk.reads(&one).await.is(200);
        let papers = desk.answer["materials"].as_array().expect("papers").iter();
        papers.map(|paper| paper["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let first = scans(&mut desk).await;
    page.opens(&format!("{}/materials/{}/file", one.replace("/api/v1/work/cases", "/desk/work"), first[0])).await.is(200);
    assert_eq!(page.bytes(), PDF);
    let again = json!({ "key": "bank_card", "name": "清楚的卡.pdf", "content": data_encoding::BASE64.encode(PDF) });
    desk.calls("POST", &format!("{one}/materials"), json!({ "key": "lease", "name": "x.pdf", "content": "" })).await.is(404);
    desk.calls("POST", &format!("{one}/materials"), again.clone()).await.is(200);
    assert_ne!(scans(&mut desk).await, first, "the clearer one is there");
    let (_, mut foreign) = Program::of_staff(&site, "990202", &[Role::Clerk]).await;
    foreign.calls("POST", &format!("{one}/materials"), again).await.is(403);
});

journey!(p10_7_e_p1005_and_e_p1002_at_the_counter, |site| {
    let code = apply::the_item(&site).await;
    let (_, mut near) = clerk(&site, "990126").await;
    near.opens(&format!("/desk/intake/{code}")).await.is(200).sees("就近办");
    takes_in(&mut near, &code, &typed("王老人", "990126195211120039", &[])).await;
    near.is(422).sees("请选择跨区域办理");
    takes_in(&mut near, &code, &typed("王老人", "990126195211120039", &[("_mode", "nearby"), ("_identity", "card")])).await;
    near.is(200).sees("收件凭证");
    assert!(number_on(&near).starts_with("990126202607012"));
    let found = ops::find(&site.platform.as_actor(Actor::Anonymous), &number_on(&near), &Proof::LastFour("0039".into())).await.expect("found");
    assert_eq!(found.phase, Phase::Received, "the body that answers has it at once");
    // Who lives elsewhere is sent to the body of that place.
    near.opens(&format!("/desk/intake/{code}?residence=990202")).await.is(200);
    near.submits(&format!("/desk/intake/{code}"), &[("_name", "张测试"), ("_number", "990102199003070011"), ("_mode", "nearby")]).await.is(422).sees("请选择跨区域办理");
});

journey!(p10_8_the_nightly_run_gives_the_card_to_the_late_place_alone, |site| {
    let code = apply::the_item(&site).await;
    let (theirs, mut far) = clerk(&site, "980102").await;
    let (ours, _) = owner(&site).await;
    takes_in(&mut far, &code, &typed("邻省人", NUMBER, &[("_mode", "proxy"), ("_identity", "card")])).await;
    site.set_now(at(2026, 7, 2, 10, 0));
    let packet = packet_of(&site, &theirs, Section::ToSend).await;
    let mut far = site.at_desk(theirs.id).await;
    far.opens("/desk/packets").await.submits(&format!("/desk/packets/{packet}/send"), &[]).await.is(303);
    site.set_now(at(2026, 7, 6, 0, 5));
    site.runs("supervision.run").await;
    let watch = |at: &'static str| identity::testing::staff(&site.platform, at, &[Role::Supervisor]);
    let cards = async |staff: StaffActor| {
        let ctx = site.platform.as_actor(Actor::Staff(staff));
        supervision::cards(&ctx, &supervision::CardFilter::default()).await.expect("listed").0
    };
    let here = cards(watch("990102").await).await;
    assert_eq!(here.iter().map(|line| (line.card.content.rule.code(), line.card.content.org)).collect::<Vec<_>>(), [("M12", ours.org)]);
    assert!(cards(watch("980102").await).await.is_empty());
});
