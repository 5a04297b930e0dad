//! Administration through the interface: an item from its definition to its suspension, an office with its plans, the outbox.

use catalog::seed;
use platform::Role;
use serde_json::{Value, json};

use crate::{api_program::Program, couple::Counter, journey};

/// The elements of an item that the program carries, as the interface takes them.
fn elements() -> Value {
    let file = seed::carried().expect("readable").into_iter().find(|file| file.elements.house.service == "marriage.registration").expect("an item");
    serde_json::to_value(file.elements).expect("JSON")
}

const ITEM: &str = "/api/v1/admin/items/000799001009";
const DRAFT: &str = "/api/v1/admin/items/000799001009/draft";

journey!(p1_11_an_item_is_defined_reviewed_published_and_suspended_by_programs, |site| {
    let (_, mut editor) = Program::of_staff(&site, "990000", &[Role::ItemEditor]).await;
    let (_, mut reviewer) = Program::of_staff(&site, "990000", &[Role::ItemReviewer]).await;
    let (_, mut publisher) = Program::of_staff(&site, "990000", &[Role::ItemPublisher]).await;
    let body = json!({ "code": "000799001009", "region": "990000", "elements": elements() });
    editor.calls("POST", "/api/v1/admin/items", json!({ "code": "1", "region": "990000", "elements": elements() })).await.is(422);
    editor.calls("POST", "/api/v1/admin/items", json!({ "code": "000799001009", "region": "999999", "elements": elements() })).await.refuses(422, "E-API02");
    editor.calls("POST", "/api/v1/admin/items", json!({ "code": "000799001009", "region": "990000", "elements": {} })).await.is(422);
    editor.calls("POST", "/api/v1/admin/items", body.clone()).await.is(200);
    editor.calls("POST", "/api/v1/admin/items", body).await.refuses(422, "E-ST03");
    editor.reads(DRAFT).await.is(200);
    let mut changed = elements();
    changed["summary"] = json!({ "zh": "", "en": "" });
    let old = editor.tag.clone();
    editor.calls("PUT", DRAFT, json!({ "elements": changed })).await.is(200);
    assert!(editor.answer["open"].to_string().contains("E-P111"), "a gap is told at once");
    editor.calls("POST", &format!("{DRAFT}/submit"), Value::Null).await.refuses(422, "E-P111");
    let now = std::mem::replace(&mut editor.tag, old);
    editor.calls("PUT", DRAFT, json!({ "elements": elements() })).await.refuses(412, "E-ST02");
    assert_eq!(editor.tag, now);
    editor.calls("PUT", DRAFT, json!({ "elements": elements() })).await.is(200);
    editor.calls("POST", &format!("{DRAFT}/submit"), Value::Null).await.is(200);
    editor.calls("POST", &format!("{DRAFT}/review"), json!({ "pass": true })).await.is(403);
    for program in [&mut reviewer, &mut publisher] {
        program.reads(DRAFT).await.is(200);
    }
    reviewer.calls("POST", &format!("{DRAFT}/review"), json!({ "pass": true })).await.is(200);
    reviewer.calls("POST", &format!("{DRAFT}/review"), json!({ "pass": true })).await.is(200);
    publisher.calls("POST", &format!("{DRAFT}/publish"), Value::Null).await.refuses(412, "E-ST02");
    publisher.calls("POST", &format!("{DRAFT}/publish"), Value::Null).await.is(200);
    assert_eq!(publisher.answer["versions"][0]["number"], 1);
    let (staff, mut county) = Program::of_staff(&site, "990102", &[Role::ItemEditor]).await;
    let org = platform::regions::organisation(site.platform.db(), staff.org).await.expect("read").expect("his bureau");
    let claim = |uscc: &str, level: &str| json!({ "basic": "000799001009", "uscc": uscc, "level": level, "offices": ["990102-01"] });
    county.calls("POST", "/api/v1/admin/claims", claim("1", "4")).await.refuses(422, "E-API02");
    county.calls("POST", "/api/v1/admin/claims", claim(&org.uscc, "2")).await.refuses(422, "E-P107");
    county.calls("POST", "/api/v1/admin/claims", claim(&org.uscc, "4")).await.is(200);
    county.calls("POST", "/api/v1/admin/claims", claim(&org.uscc, "4")).await.refuses(422, "E-ST03");
    publisher.reads(ITEM).await.is(200);
    publisher.calls("PUT", &format!("{ITEM}/switch"), json!({ "to": "suspended", "reason": "" })).await.refuses(422, "E-P111");
    publisher.calls("PUT", &format!("{ITEM}/switch"), json!({ "to": "suspended", "reason": "系统升级" })).await.is(200);
    assert_eq!(publisher.text("/standing"), "suspended");
    editor.reads("/api/v1/admin/items?layer=basic").await.is(200);
    assert!(editor.answer.to_string().contains("000799001009"));
});

journey!(p9_1_offices_and_plans_are_kept_by_programs, |site| {
    let counter = Counter::opens(&site, "990101").await;
    let (_, mut admin) = Program::of_staff(&site, "990101", &[Role::SystemAdmin]).await;
    let office = format!("/api/v1/admin/offices/{}", counter.office.code);
    admin.reads(&office).await.is(200);
    let mut written = admin.answer["office"].clone();
    written["name_zh"] = json!("城中区婚姻登记处");
    let old = admin.tag.clone();
    admin.calls("PUT", &office, written.clone()).await.is(200);
    admin.tag = old;
    admin.calls("PUT", &office, written).await.refuses(412, "E-ST02");
    assert_eq!(admin.text("/current/office/name_zh"), "城中区婚姻登记处");
    let plan = json!({ "item_kind": marriage::KIND_DOMESTIC, "weekdays": [1, 2, 3, 4, 5], "hours": "09:00-12:00", "minutes": 30, "places": 5 });
    admin.calls("POST", &format!("{office}/plans"), plan).await.is(200);
    let id = admin.text("/0/id");
    admin.calls("DELETE", &format!("{office}/plans/{id}"), Value::Null).await.is(200);
    assert_eq!(admin.answer, json!([]));
    admin.calls("DELETE", &format!("{office}/plans/{id}"), Value::Null).await.is(404);
    let special = json!({ "day": "2026-07-04", "hours": "09:00-12:00", "note_zh": "加开" });
    admin.calls("POST", &format!("{office}/days"), special).await.is(200);
    admin.calls("POST", &format!("{office}/closures"), json!({ "day": "2026-07-03", "reason_zh": "停电", "preview": true })).await.is(200);
    assert_eq!(admin.answer, json!({ "bookings": 0, "closed": false }));
    admin.calls("POST", &format!("{office}/closures"), json!({ "day": "2026-07-03", "reason_zh": "停电" })).await.is(200);
    admin.calls("POST", &format!("{office}/closures"), json!({ "day": "not a day", "reason_zh": "停电" })).await.is(422);
    admin.reads("/api/v1/admin/outbox").await.is(200);
    admin.calls("POST", "/api/v1/admin/outbox/00000000000000000000000000/retry", Value::Null).await.is(404);
    admin.calls("PUT", "/api/v1/admin/calendars/2027", json!({ "source": "", "days": "<script>" })).await.is(422);
    let (_, mut elsewhere) = Program::of_staff(&site, "990102", &[Role::SystemAdmin]).await;
    elsewhere.reads(&office).await.is(403);
});

journey!(an_editor_takes_over_an_item_on_a_page, |site| {
    let file = seed::carried().expect("readable").into_iter().find(|file| file.elements.house.service == "marriage.registration").expect("an item");
    let (code, levels) = (file.code.to_string(), file.elements.levels.clone());
    seed::define_one(&site.platform.system(), "990000".parse().expect("a region"), file).await.expect("published");
    let mut editor = site.staff("990102", &[Role::ItemEditor]).await;
    editor.opens("/admin/items").await.is(200).clicks("认领事项").await.is(200);
    let level = levels.first().expect("a level").code();
    editor.submits("/admin/items/claim", &[("basic", "</textarea>"), ("level", level)]).await.is(422);
    assert_eq!(editor.value("/admin/items/claim", "basic"), "</textarea>", "what was typed is kept");
    editor.submits("/admin/items/claim", &[("basic", "000799009999"), ("level", level)]).await.is(422).sees("没有施行中的这个基本事项");
    let typed = [("basic", code.as_str()), ("level", level), ("offices", "990102-01")];
    editor.submits("/admin/items/claim", &typed).await.is(303).follows().await.is(200).sees("编辑本级要素");
    editor.opens("/admin/items/claim").await.submits("/admin/items/claim", &typed).await.is(422);
    let mut reviewer = site.staff("990102", &[Role::ItemReviewer]).await;
    reviewer.opens("/admin/items/claim").await.is(403);
});
