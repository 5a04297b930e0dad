//! The scenarios of ratings that turn on figures and on what the public may read.

use interaction::testing::{all_finished, finished, subject};
use kernel::Instant;
use platform::{Role, StaffActor};
use serde_json::{Value, json};

use crate::{
    api_program::Program,
    journey,
    kit::{Site, Visitor, at},
};

/// Something that a clerk of 990102 finished for a new citizen, under this number: his browser, and the page to rate it on.
async fn finishes(site: &Site, clerk: &StaffActor, number: &str) -> (Visitor, String) {
    let (citizen, visitor) = site.citizen(2).await;
    let token = finished(&site.platform, subject(clerk, &citizen, number, site.platform.now())).await;
    (visitor, format!("/rate/{token}"))
}

async fn staff(site: &Site, role: Role) -> StaffActor {
    identity::testing::staff(&site.platform, "990102", &[role]).await
}

/// A bad rating before whoever follows it up today: his browser on its page.
async fn opens(site: &Site, handler: &StaffActor, number: &str) -> Visitor {
    let mut visitor = site.at_desk(handler.id).await;
    visitor.opens("/desk/ratings").await.is(200).clicks(number).await.is(200);
    visitor
}

journey!(p3_4_scenarios_4_and_6_contact_by_saturday_simple_in_five_days_complicated_in_fifteen, |site| {
    let (clerk, handler) = (staff(&site, Role::Clerk).await, staff(&site, Role::RatingHandler).await);
    let rated: [(Instant, &str, &str, &str); 3] =
        [(at(2026, 5, 8, 16, 0), "A1", "", "2026年5月9日"), (at(2026, 7, 1, 10, 0), "A2", "simple", "2026年7月8日"), (at(2026, 7, 1, 10, 0), "A3", "complex", "2026年7月22日")];
    for (now, number, act, due) in rated {
        site.set_now(now);
        let (mut li, page) = finishes(&site, &clerk, number).await;
        li.opens(&page).await.submits(&page, &[("level", "5"), ("tags", "attitude")]).await.is(303);
        let mut desk = opens(&site, &handler, number).await;
        let form = desk.path().to_owned();
        for (act, text) in [("take", ""), ("contact", "已电话核实"), (act, "属实")].into_iter().filter(|_| !act.is_empty()) {
            let typed = [("act", act), ("text", text)];
            desk.submits(&form, if text.is_empty() { &typed[..1] } else { &typed }).await.is(303).follows().await.is(200);
        }
        desk.sees(due);
    }
});

journey!(p3_10_scenario_9_a_system_that_counts_from_five_says_one_and_means_the_worst, |site| {
    let (clerk, handler) = (staff(&site, Role::Clerk).await, staff(&site, Role::RatingHandler).await);
    finishes(&site, &clerk, "A1").await;
    let mut program = Program::of(&site, platform::Actor::Staff(handler.clone())).await;
    let line = |number: &str| json!({ "scale": "five_best", "ratings": [{ "number": number, "value": 1, "at": "2026-07-01T10:00:00+08:00", "channel": "phone" }] });
    program.calls("POST", "/api/v1/ratings/import", line("XX")).await.is(422);
    program.calls("POST", "/api/v1/ratings/import", line("A1")).await.is(200);
    assert_eq!(program.answer["new"], 1);
    program.calls("POST", "/api/v1/ratings/import", line("A1")).await.is(200);
    assert_eq!(program.answer["new"], 0, "what is there stays");
    opens(&site, &handler, "A1").await.sees("非常不满意");
});

journey!(p3_10_scenario_10_a_thousand_finished_four_hundred_rated_two_bad, |site| {
    let (clerk, head, handler) = (staff(&site, Role::Clerk).await, staff(&site, Role::Head).await, staff(&site, Role::RatingHandler).await);
    let (citizen, mut li) = site.citizen(2).await;
    let subjects = (0..1000).map(|n| subject(&clerk, &citizen, &format!("A{n}"), site.platform.now())).collect();
    let tokens = all_finished(&site.platform, subjects).await;
    for token in &tokens[..2] {
        let page = format!("/rate/{token}");
        li.opens(&page).await.submits(&page, &[("level", "5"), ("tags", "speed")]).await.is(303);
    }
    // The others rated in a system of their own, where five is best.
    let line = |n: usize| json!({ "number": format!("A{n}"), "value": 3 + n % 3, "at": "2026-07-01T10:00:00+08:00", "channel": "phone" });
    let lines: Vec<_> = (2..400).map(line).collect();
    let mut program = Program::of(&site, platform::Actor::Staff(handler)).await;
    program.calls("POST", "/api/v1/ratings/import", json!({ "scale": "five_best", "ratings": lines })).await.is(200);
    let mut program = Program::of(&site, platform::Actor::Staff(head)).await;
    program.reads("/api/v1/ratings/figures?region=990102&from=2026-07-01&to=2026-07-31").await.is(200);
    let told = ["satisfaction", "active"].map(|name| program.text(&format!("/{name}")));
    let counts = ["/finished", "/rated", "/levels/3", "/levels/4"].map(|figure| program.answer.pointer(figure).and_then(Value::as_i64));
    assert_eq!((counts, told), ([Some(1000), Some(400), Some(0), Some(2)], ["99.5 %".to_owned(), "40 %".to_owned()]), "{}", program.answer);
});

journey!(p3_5_scenario_7_the_clerk_who_was_rated_does_not_close_it, |site| {
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk, Role::RatingHandler]).await;
    let handler = staff(&site, Role::RatingHandler).await;
    let (mut li, page) = finishes(&site, &clerk, "A1").await;
    li.opens(&page).await.submits(&page, &[("level", "5"), ("tags", "attitude")]).await.is(303);
    let mut desk = opens(&site, &handler, "A1").await;
    let form = desk.path().to_owned();
    for (act, text) in [("take", ""), ("contact", "已电话核实"), ("simple", "属实"), ("fix", "已当面道歉")] {
        let typed = [("act", act), ("text", text)];
        desk.submits(&form, if text.is_empty() { &typed[..1] } else { &typed }).await.is(303).follows().await.is(200);
    }
    // His page has nothing to press, and what he sends all the same is refused.
    let mut rated = site.at_desk(clerk.id).await;
    rated.opens(&form).await.is(200);
    assert!(!rated.html().contains("call-back"), "{}", rated.text());
    let csrf = rated.value("/settings/view", "csrf");
    let body = format!("csrf={csrf}&act=call-back&text=x&seen={}", desk.value(&form, "seen"));
    rated.posts(&form, "application/x-www-form-urlencoded", body.into_bytes()).await.is(403).sees("被评价人不得处理本差评");
    desk.submits(&form, &[("act", "call-back"), ("text", "评价人满意")]).await.is(303).follows().await.sees("办结");
});

journey!(p3_9_scenario_11_a_published_rating_shows_no_telephone, |site| {
    let clerk = staff(&site, Role::Clerk).await;
    for n in 0..6 {
        let (mut li, page) = finishes(&site, &clerk, &format!("A{n}")).await;
        li.opens(&page).await.submits(&page, &[("level", "1"), ("words", "很快，电话13900000000联系的")]).await.is(303);
    }
    site.set_now(at(2026, 8, 15, 10, 0));
    site.runs("interaction.publish").await;
    let mut stranger = site.visitor();
    stranger.opens("/ratings?month=2026-07&office=990102-01").await.is(200).sees("139****0000").sees_no("13900000000");
});

journey!(p3_4_scenario_12_an_anonymous_bad_rating_is_recorded_and_nobody_calls, |site| {
    let (clerk, handler) = (staff(&site, Role::Clerk).await, staff(&site, Role::RatingHandler).await);
    let (_, page) = finishes(&site, &clerk, "A1").await;
    let mut visitor = site.visitor();
    visitor.opens(&page).await.is(200).submits(&page, &[("level", "5"), ("tags", "speed"), ("anonymous", "yes")]).await.is(303);
    let mut desk = opens(&site, &handler, "A1").await;
    let form = desk.path().to_owned();
    desk.sees("匿名");
    assert!(!desk.html().contains(&format!("action=\"{form}\"")), "there is nothing to follow up: {}", desk.text());
});
