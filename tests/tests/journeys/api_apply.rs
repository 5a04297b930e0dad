//! A program applies for its citizen: the form, the draft with its version, the papers, the case, letters and progress.

use casework::testing::PDF;
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::{api_program::Program, apply, journey};

journey!(p2_3_a_program_applies_for_its_citizen, |site| {
    let code = apply::the_item(&site).await;
    let (citizen, _) = site.citizen(2).await;
    let mut terminal = Program::of(&site, citizen.actor()).await;
    let form = format!("/api/v1/apply/{code}");
    terminal.reads(&form).await.is(200);
    assert_eq!(terminal.tag, "\"0\"");
    let held = terminal.answer["sections"][0]["fields"].as_array().into_iter().flatten().find(|field| field["key"] == "name").expect("the name");
    assert_eq!(held["held"]["value"], json!(citizen.name), "what is known is offered");
    let mut answers: serde_json::Map<String, Value> = apply::ANSWERS.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    answers.insert("name".into(), json!(citizen.name));
    answers.insert("id_no".into(), json!(citizen.number));
    terminal.calls("PUT", &form, json!({ "answers": answers })).await.is(200);
    // Another device was faster: the newer state comes with the refusal.
    let mut other = Program::of(&site, citizen.actor()).await;
    other.reads(&form).await.is(200);
    answers.insert("phone".into(), json!("13800138000"));
    other.calls("PUT", &form, json!({ "answers": answers })).await.is(200);
    terminal.calls("PUT", &form, json!({ "answers": { "allowance": "both" } })).await.refuses(412, "E-ST02");
    assert_eq!(terminal.answer["current"]["answers"]["phone"], json!("13800138000"));
    other.calls("POST", &format!("{form}/submit"), json!({})).await.refuses(422, "E-P225");
    let card = json!({ "key": "bank_card", "name": "卡.pdf", "content": BASE64.encode(PDF) });
    other.calls("POST", &format!("{form}/papers"), card).await.is(200);
    let paper = other.answer["papers"].as_array().into_iter().flatten().find(|paper| paper["key"] == "bank_card").expect("the card")["here"]["id"].clone();
    assert!(paper.is_string());
    other.calls("POST", &format!("{form}/submit"), json!({})).await.is(200);
    let (case, number, query) = (other.text("/case"), other.text("/case_no"), other.text("/query_code"));
    other.reads("/api/v1/me/matters").await.is(200);
    assert_eq!(other.answer["matters"][0]["case_no"], json!(number));
    other.reads("/api/v1/me/drafts").await.is(200);
    assert_eq!(other.answer, json!([]));
    let one = format!("/api/v1/me/matters/{case}");
    other.reads(&one).await.is(200);
    assert_eq!(other.answer["answers"]["account_no"], json!("6230990100001234"));
    let (stranger, _) = site.citizen(2).await;
    let mut stranger = Program::of(&site, stranger.actor()).await;
    stranger.reads(&one).await.is(404);
    stranger.tag = "\"1\"".into();
    stranger.calls("POST", &format!("{one}/act"), json!({ "verb": "withdraw" })).await.is(404);
    stranger.calls("POST", "/api/v1/progress", json!({ "case_no": number, "proof": query })).await.is(200);
    stranger.calls("POST", "/api/v1/progress", json!({ "case_no": number, "proof": "0000000" })).await.refuses(422, "E-P222");
    other.tag = "\"9\"".into();
    other.calls("POST", &format!("{one}/act"), json!({ "verb": "withdraw" })).await.refuses(412, "E-ST02");
    other.reads(&one).await.calls("POST", &format!("{one}/act"), json!({ "verb": "withdraw", "reason": "搬家" })).await.is(200);
    assert_eq!(other.text("/phase"), "withdrawn");
});

journey!(p8_letters_of_authority_for_programs, |site| {
    let (wang, _) = site.citizen(2).await;
    let (agent, _) = site.citizen(2).await;
    let mut program = Program::of(&site, agent.actor()).await;
    let give = json!({ "principal_kind": "person", "principal": wang.name, "number": wang.number, "from": "2026-07-01", "until": "2026-07-31",
        "file": BASE64.encode(PDF) });
    program.calls("POST", "/api/v1/me/letters", give).await.is(200);
    let letter = program.text("/0/id");
    let mut principal = Program::of(&site, wang.actor()).await;
    principal.reads("/api/v1/me/letters").await.is(200);
    assert_eq!(principal.answer[0]["mine"], json!(false));
    let (stranger, _) = site.citizen(2).await;
    Program::of(&site, stranger.actor()).await.calls("POST", &format!("/api/v1/me/letters/{letter}/revoke"), json!({})).await.is(404);
    principal.calls("POST", &format!("/api/v1/me/letters/{letter}/revoke"), json!({})).await.is(200);
    assert_eq!(principal.answer[0]["revoked"], json!(true));
});
