//! The frame around every page: switches, tokens, origin, errors, headers.

use axum::http::Method;

use crate::{
    journey,
    kit::{at, bare},
};

journey!(the_language_switch_comes_back_to_the_page_and_stays, |site| {
    let mut li = site.visitor();
    li.opens("/privacy?x=1").await.is(200).sees("隐私说明").sees("主办单位");
    li.submits("#language-switch", &[("lang", "en")]).await.is(303);
    assert_eq!(li.header("location"), "/privacy?x=1");
    li.follows().await.sees("Privacy").sees("The pages are now in English.");
    // the message is shown once
    li.opens("/").await.sees("What do you need to do?").sees_no("The pages are now in English.");
});

journey!(p11_2_large_type_stays_on_the_device, |site| {
    let mut li = site.visitor();
    li.opens("/").await.submits("#view-switch", &[("mode", "large")]).await.follows().await.sees("标准版");
    assert!(li.html().contains("<html lang=\"zh-CN\" class=\"large public\""), "{}", &li.html()[..200]);
    site.set_now(at(2026, 8, 1, 9, 0));
    li.opens("/accessibility").await.sees("标准版");
});

journey!(a_switch_never_leads_to_another_site, |site| {
    let mut li = site.visitor();
    li.opens("/").await.submits("#view-switch", &[("mode", "large"), ("back", "//evil.test/x")]).await.is(303);
    assert_eq!(li.header("location"), "/");
});

journey!(a_stale_form_comes_back_filled_with_a_new_token, |site| {
    let mut li = site.visitor();
    li.opens("/").await;
    let typed = "lang=en&back=%2Fprivacy%3Fq%3D%3C%2Ftextarea%3E%3Cscript%3E&csrf=old";
    let kind = "application/x-www-form-urlencoded";
    li.posts("/settings/language", kind, typed.into()).await.is(422).sees("请再确认一次");
    assert_eq!(li.value("#again", "back"), "/privacy?q=</textarea><script>");
    assert!(!li.html().contains("<script>"), "what was typed is markup now");
    li.submits("#again", &[]).await.is(303);
});

journey!(a_form_from_another_origin_does_nothing, |site| {
    let mut li = site.visitor();
    li.opens("/").await;
    let token = li.value("#language-switch", "csrf");
    let body = format!("lang=en&csrf={token}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    for origin in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.test"), ("x-none", "neither header")] {
        li.sends(bare(Method::POST, "/settings/language", &[form, origin], &body), "/settings/language").await.is(403).sees("请在本网站上操作");
    }
    li.opens("/").await.sees("您要办什么事？");
    li.sends(bare(Method::POST, "/settings/language", &[form, ("origin", "http://127.0.0.1:3000")], &body), "/settings/language").await.is(303);
});

journey!(every_answer_carries_the_policy_and_a_fresh_nonce, |site| {
    let mut li = site.visitor();
    let mut seen = Vec::new();
    for path in ["/", "/nowhere", "/healthz", "/robots.txt", "/api/openapi.json", "/api/v1/nowhere", "/assets/none.css"] {
        li.opens(path).await;
        let policy = li.header("content-security-policy").to_owned();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(li.header("x-content-type-options"), "nosniff", "{path}");
        seen.push(policy);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 7, "a nonce was used twice");
});

journey!(what_is_not_there_is_said_as_a_page_or_as_the_error_object, |site| {
    let mut li = site.visitor();
    li.opens("/nowhere").await.is(404).sees("没有找到这个页面").sees("回首页");
    li.opens("/settings/view").await.is(405).sees("没有找到这个页面");
    assert_eq!(li.header("allow"), "POST");
    li.opens("/api/v1/nowhere").await.is(404);
    let body: serde_json::Value = serde_json::from_slice(li.bytes()).expect("the error object");
    assert_eq!(body["errors"][0]["code"], "E-HTTP404");
    assert_eq!(body["request_id"], li.header("x-request-id"));
});

journey!(a_form_that_is_far_too_large_is_refused_in_words, |site| {
    let mut li = site.visitor();
    li.opens("/").await;
    let body = format!("lang=en&x={}", "a".repeat(400_000));
    li.posts("/settings/language", "application/x-www-form-urlencoded", body.into_bytes()).await.is(413).sees("发送的内容太大");
});
