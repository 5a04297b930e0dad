//! The desk through the interface: two registrars' programs marry a couple, and nothing goes that would not go on the pages.

use data_encoding::BASE64;
use platform::Role;
use serde_json::{Value, json};

use crate::{
    api_program::Program,
    couple::{Counter, picture, qualifies},
    journey,
    kit::Site,
};

const ROLES: [Role; 3] = [Role::Clerk, Role::Registrar, Role::Reviewer];

/// Two qualified registrars' programs at one office with ten booklets.
struct Desk {
    one: Program,
    two: Program,
    office: String,
}

impl Desk {
    async fn opens(site: &Site) -> Self {
        let counter = Counter::opens(site, "990101").await;
        let (first, one) = Program::of_staff(site, "990101", &ROLES).await;
        let (second, two) = Program::of_staff(site, "990101", &ROLES).await;
        for staff in [&first, &second] {
            qualifies(site, staff, &counter.office).await;
        }
        Self { one, two, office: counter.office.code.clone() }
    }

    /// A couple walks in; the address of their case.
    async fn takes_in(&mut self) -> String {
        self.one.tag.clear();
        self.one.calls("POST", "/api/v1/marriage/cases", json!({ "office": self.office })).await.is(200);
        let case = format!("/api/v1/marriage/cases/{}", self.one.text("/id"));
        self.one.reads(&case).await.is(200);
        case
    }

    /// One act of the first registrar.
    async fn acts(&mut self, case: &str, act: &str, body: Value) -> &mut Program {
        self.one.calls("POST", &format!("{case}/{act}"), body).await
    }
}

fn he() -> Value {
    json!({ "name": "张测试", "id_no": "990101200405200017", "marital": "10", "phone": "13800000001" })
}

fn she() -> Value {
    json!({ "name": "李样例", "id_no": "990101200603110020", "marital": "10", "phone": "13800000002" })
}

async fn both_are_entered(desk: &mut Desk, case: &str) {
    desk.one.calls("PUT", &format!("{case}/parties/A"), he()).await.is(200);
    desk.one.calls("PUT", &format!("{case}/parties/B"), she()).await.is(200);
    desk.one.calls("POST", &format!("{case}/parties/A/confirm"), Value::Null).await.refuses(422, "MR-E20");
    desk.two.reads(case).await.is(200);
    for side in ["A", "B"] {
        desk.two.calls("POST", &format!("{case}/parties/{side}/confirm"), Value::Null).await.is(200);
    }
    desk.one.reads(case).await.is(200);
}

journey!(r_mr_20_two_programs_of_registrars_marry_a_couple, |site| {
    let mut desk = Desk::opens(&site).await;
    let case = desk.takes_in().await;
    both_are_entered(&mut desk, &case).await;
    desk.acts(&case, "identify", json!({ "compared": true })).await.is(200);
    let scan = BASE64.encode(&picture());
    for side in ["A", "B"] {
        let body = json!({ "no_spouse": true, "no_kin": true, "scan": scan });
        desk.acts(&case, &format!("parties/{side}/sign"), body).await.is(200);
    }
    desk.acts(&case, "accept", Value::Null).await.is(200);
    desk.acts(&case, "network-check", Value::Null).await.is(200);
    let mut answers = Vec::new();
    desk.one.reads("/api/v1/marriage/questions").await.is(200);
    for question in desk.one.answer["questions"].as_array().expect("questions") {
        answers.extend(["A", "B"].map(|side| json!({ "question": question["id"], "side": side, "yes": true })));
    }
    let interview = json!({ "answers": answers, "suspicion": "0", "medical_told": true });
    desk.one.calls("PUT", &format!("{case}/interview"), interview).await.is(200);
    desk.acts(&case, "examine", Value::Null).await.is(200);
    desk.acts(&case, "photo", json!({ "photo": BASE64.encode(&picture()) })).await.is(200);
    desk.acts(&case, "photo/confirm", Value::Null).await.is(200);
    let serials = json!({ "serial_a": "10000001", "serial_b": "10000002", "confirmation": "张测试 李样例" });
    desk.acts(&case, "register", serials).await.is(200);
    assert_eq!(desk.one.text("/cert_no"), "J990101-2026-000001");
    desk.acts(&case, "printed", json!({ "holder": "A" })).await.is(200);
    desk.acts(&case, "spoil", json!({ "holder": "A", "reason": "打印错位", "serial": "10000003" })).await.is(200);
    assert!(desk.one.answer["certificates"].to_string().contains("10000003"));
    desk.one.reads(&format!("{case}/photo")).await.is(200);
    desk.one.reads(&format!("/api/v1/marriage/day?office={}", desk.office)).await.is(200);
    assert_eq!(desk.one.text("/today/0/a"), "张*试", "lists are masked");
    desk.one.reads(&format!("/api/v1/marriage/stock?office={}", desk.office)).await.is(200);
    assert_eq!(desk.one.answer["stock"], 7);
});

journey!(a_call_with_an_old_version_is_told_the_newer_state, |site| {
    let mut desk = Desk::opens(&site).await;
    let case = desk.takes_in().await;
    desk.two.reads(&case).await.is(200);
    let old = desk.two.tag.clone();
    desk.one.calls("PUT", &format!("{case}/parties/A"), he()).await.is(200);
    desk.two.calls("PUT", &format!("{case}/parties/B"), she()).await.refuses(412, "E-ST02");
    assert_eq!(desk.two.text("/current/a/name"), "张测试");
    assert_ne!(desk.two.tag, old, "the answer names the newer version");
    desk.two.calls("PUT", &format!("{case}/parties/B"), she()).await.is(200);
    desk.two.tag = "\"of nothing\"".to_owned();
    desk.two.calls("POST", &format!("{case}/abort"), json!({})).await.refuses(412, "E-ST02");
    desk.two.tag.clear();
    desk.two.calls("POST", &format!("{case}/abort"), json!({})).await.refuses(422, "E-API05");
});

journey!(a_repeated_call_happens_once, |site| {
    let mut desk = Desk::opens(&site).await;
    let path = "/api/v1/marriage/cases";
    let body = json!({ "office": desk.office });
    desk.one.sends("POST", path, "same-key-1", &body).await.is(200);
    let first = desk.one.text("/id");
    assert!(!desk.one.is_replayed());
    desk.one.sends("POST", path, "same-key-1", &body).await.is(200);
    assert_eq!((desk.one.text("/id"), desk.one.is_replayed()), (first.clone(), true));
    desk.one.sends("POST", path, "same-key-1", &json!({ "office": "990101-09" })).await.refuses(422, "E-API03");
    desk.two.sends("POST", path, "same-key-1", &body).await.is(200);
    assert_ne!(desk.two.text("/id"), first, "keys are each caller's own");
    desk.one.sends("POST", path, "", &body).await.refuses(422, "E-API01");
    desk.one.sends("POST", path, "short", &body).await.refuses(422, "E-API01");
    let case = format!("{path}/{first}");
    desk.one.reads(&case).await.is(200);
    desk.one.sends("PUT", &format!("{case}/parties/A"), "same-key-2", &json!({ "name": "", "marital": "10" })).await.is(422);
    desk.one.sends("PUT", &format!("{case}/parties/A"), "same-key-2", &he()).await.is(200);
});

journey!(who_may_not_is_refused_by_the_interface_as_by_the_pages, |site| {
    let mut desk = Desk::opens(&site).await;
    let case = desk.takes_in().await;
    let (_, mut elsewhere) = Program::of_staff(&site, "990102", &ROLES).await;
    elsewhere.reads(&case).await.is(404);
    elsewhere.tag.clone_from(&desk.one.tag);
    elsewhere.calls("PUT", &format!("{case}/parties/A"), he()).await.is(404);
    elsewhere.calls("POST", "/api/v1/marriage/cases", json!({ "office": desk.office })).await.is(403);
    let citizen = identity::testing::citizen(&site.platform, 2).await;
    let mut citizen = Program::of(&site, citizen.actor()).await;
    citizen.reads(&case).await.is(403);
    citizen.calls("POST", "/api/v1/marriage/cases", json!({ "office": desk.office })).await.is(403);
    let mut nobody = site.visitor();
    nobody.opens(&case).await.is(401);
    desk.one.calls("PUT", &format!("{case}/parties/C"), he()).await.is(404);
    desk.one.reads("/api/v1/marriage/cases/00000000000000000000000000").await.is(404);
    desk.one.reads("/api/v1/marriage/cases/none").await.is(400);
    desk.acts(&case, "photo", json!({ "photo": "<script>" })).await.refuses(422, "E-API02");
    desk.acts(&case, "register", json!({ "serial_a": "", "serial_b": "", "confirmation": "" })).await.refuses(422, "E-ST01");
    let out = json!({ "office": desk.office, "serial": "99999999", "fate": "spoiled", "reason": "破损" });
    desk.one.calls("POST", "/api/v1/marriage/stock/withdrawals", out).await.is(422);
    let (_, mut clerk) = Program::of_staff(&site, "990101", &[Role::Clerk]).await;
    clerk.reads("/api/v1/admin/outbox").await.is(403);
    clerk.reads("/api/v1/admin/audit").await.is(403);
});
