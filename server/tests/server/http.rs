//! What stands around the handlers of pages: cookies, tokens, the origin, the language, the lane; and what single pages say.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::{Router, middleware, routing::post};
use interaction::complaints::Replied;
use kernel::{Day, Instant, Lang, Text};
use server::http::cookies::{self, LANGUAGE, Life, SESSION, VIEW};
use server::http::csrf::agrees;
use server::http::lane::{AT_ONCE, BODY_LIMIT, Lane, pass};
use server::http::security::is_same_origin;
use server::http::{feedback, home, language};
use tower::ServiceExt as _;

#[test]
fn finds_a_cookie_among_others() {
    let mut headers = HeaderMap::new();
    headers.append(header::COOKIE, HeaderValue::from_static("a=1; tb_lang=en"));
    headers.append(header::COOKIE, HeaderValue::from_static("tb_view=large"));
    assert_eq!(cookies::get(&headers, LANGUAGE), Some("en"));
    assert_eq!(cookies::get(&headers, VIEW), Some("large"));
    assert_eq!(cookies::get(&headers, "lang"), None);
}

#[test]
fn every_cookie_is_out_of_reach_of_scripts() {
    let value = cookies::set(SESSION, "abc", Life::Seconds(60), true);
    assert_eq!(value, "tb_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
}

#[test]
fn only_the_same_token_agrees() {
    assert!(agrees("abc", "abc"));
    for other in ["", "ab", "abd", "abcd"] {
        assert!(!agrees("abc", other), "{other}");
    }
}

#[test]
fn a_change_comes_from_our_own_pages_only() {
    let post = |pairs: &[(&'static str, &'static str)]| {
        let headers = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
        is_same_origin(&Method::POST, &headers, "https://mz.example")
    };
    assert!(post(&[("sec-fetch-site", "same-origin")]));
    assert!(post(&[("origin", "https://mz.example")]));
    assert!(!post(&[]));
    assert!(!post(&[("origin", "null")]));
    assert!(!post(&[("origin", "https://mz.example.evil.test")]));
    for site in ["cross-site", "same-site", "none"] {
        assert!(!post(&[("sec-fetch-site", site), ("origin", "https://mz.example")]), "{site}");
    }
    assert!(is_same_origin(&Method::GET, &HeaderMap::new(), "https://mz.example"));
}

#[test]
fn the_cookie_wins_over_the_browser_and_chinese_is_the_default() {
    let asked = |name: HeaderName, value: &'static str| language(&HeaderMap::from_iter([(name, HeaderValue::from_static(value))]));
    assert_eq!(asked(header::ACCEPT_LANGUAGE, "fr-FR,en;q=0.8,zh;q=0.5"), Lang::En);
    assert_eq!(asked(header::ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
    assert_eq!(asked(header::ACCEPT_LANGUAGE, "fr"), Lang::Zh);
    assert_eq!(asked(header::COOKIE, "tb_lang=en"), Lang::En);
}

#[tokio::test]
async fn a_few_run_at_a_time_and_everybody_is_answered() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let handler = {
        let most = most.clone();
        move || async move {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            running.fetch_sub(1, Ordering::SeqCst);
            "done"
        }
    };
    let router = Router::new().route("/", post(handler)).layer(middleware::from_fn_with_state(Lane::default(), pass));
    let ask = |body: String| router.clone().oneshot(Request::post("/").body(Body::from(body)).expect("a request"));
    let asked: Vec<_> = (0..AT_ONCE * 5).map(|n| tokio::spawn(ask(n.to_string()))).collect();
    for answer in asked {
        assert_eq!(answer.await.expect("no panic").expect("an answer").status(), StatusCode::OK);
    }
    assert_eq!(most.load(Ordering::SeqCst), AT_ONCE);
    let much = ask("x".repeat(BODY_LIMIT + 1)).await.expect("an answer");
    assert_eq!(much.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn residents_come_before_parties_from_abroad() {
    assert_eq!((home::front(marriage::ITEM), home::front(marriage::ITEM_FOREIGN)), (Some(0), None));
}

#[test]
fn p4_9_a_reply_names_its_unit_its_findings_and_its_basis() {
    let at = Instant::at(Day::ymd(2026, 7, 8), 600);
    let reply = Replied { id: kernel::Id::new(1, [0; 10]), at, words: "经核实。\n\n已增派人员。".into(), basis: "条例第三十六条".into(), sampled: false, passed: None };
    let paper = feedback::paper("990102202607012000012", &Text::fixed("城东区民政局", "The bureau"), None, at, &reply);
    assert_eq!((paper.issuer.as_str(), paper.date.as_str()), ("城东区民政局", "2026年7月8日（周三）"));
    assert_eq!(paper.parts[0].text, ["经核实。", "已增派人员。"]);
    assert_eq!(paper.facts.len(), 2, "of a report not even the title");
}
