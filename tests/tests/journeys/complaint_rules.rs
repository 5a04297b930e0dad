//! The scenarios of questions and complaints that turn on days and on who may answer, as they stand on the pages.

use interaction::complaints::{self, ComplaintId, Registration};
use interaction::testing::registration;
use platform::{Actor, Role, StaffActor};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

const ANSWER: &str = "经核实，当日窗口因系统故障停办两小时，已增派人员并在门口公示，向您致歉。";

/// A desk, a unit and its head in 990102.
struct Bureau<'a> {
    site: &'a Site,
    desk: StaffActor,
    unit: StaffActor,
    head: StaffActor,
}

impl<'a> Bureau<'a> {
    async fn of(site: &'a Site) -> Self {
        let staff = |role: &'static [Role]| identity::testing::staff(&site.platform, "990102", role);
        Self { desk: staff(&[Role::Dispatcher]).await, unit: staff(&[Role::ComplaintHandler]).await, head: staff(&[Role::Head]).await, site }
    }

    /// Somebody without an account writes.
    async fn hears(&self, kind: &str, key: &str) -> (ComplaintId, String, String) {
        let written = registration(kind, &self.desk, key);
        let receipt = complaints::register(&self.site.platform.as_actor(Actor::Anonymous), written).await.expect("registered");
        (receipt.id, receipt.number, receipt.code)
    }

    /// The page of a complaint before a member of staff, who has signed in today.
    async fn opens(&self, staff: &StaffActor, id: ComplaintId) -> Visitor {
        let mut visitor = self.site.at_desk(staff.id).await;
        visitor.opens(&page(id)).await.is(200);
        visitor
    }

    /// Somebody does something on that page, which then shows these words.
    async fn does(&self, staff: &StaffActor, id: ComplaintId, verb: &str, typed: &[(&str, &str)], words: &str) {
        let mut visitor = self.opens(staff, id).await;
        visitor.submits(&format!("{}/{verb}", page(id)), typed).await.is(303).follows().await.is(200).sees(words);
    }

    async fn sends_to_the_unit(&self, id: ComplaintId) {
        self.does(&self.desk, id, "assign", &[("unit", &self.unit.org.to_string())], "待签收").await;
    }

    /// Accepted, sent to the unit, signed for.
    async fn in_hand(&self, kind: &str, key: &str) -> (ComplaintId, String, String) {
        let heard = self.hears(kind, key).await;
        self.does(&self.desk, heard.0, "accept", &[], "已受理").await;
        self.sends_to_the_unit(heard.0).await;
        self.does(&self.unit, heard.0, "sign", &[], "办理中").await;
        heard
    }

    async fn replies(&self, id: ComplaintId) {
        self.does(&self.unit, id, "reply", &[("words", ANSWER), ("basis", "优化营商环境条例第三十六条")], "增派人员").await;
    }
}

fn page(id: ComplaintId) -> String {
    format!("/desk/complaints/{id}")
}

/// Whoever has the code says that he is not satisfied.
async fn is_not_satisfied(site: &Site, number: &str, code: &str) {
    let mut visitor = site.visitor();
    visitor.opens("/complaints").await.submits("/complaints/status", &[("number", number), ("code", code)]).await.is(200);
    visitor.submits("/complaints/say", &[("say", "unsatisfied"), ("why", "没有解决")]).await.is(200);
}

journey!(p4_2_scenario_2_a_question_before_the_national_holiday_is_due_after_it, |site| {
    site.set_now(at(2026, 9, 30, 10, 0));
    let bureau = Bureau::of(&site).await;
    let (id, ..) = bureau.hears("consult", "1").await;
    bureau.does(&bureau.desk, id, "accept", &[], "2026年10月13日").await;
});

journey!(p4_4_scenario_3_returned_once_then_designated_for_good, |site| {
    let bureau = Bureau::of(&site).await;
    let (id, ..) = bureau.hears("complain", "1").await;
    bureau.does(&bureau.desk, id, "accept", &[], "已受理").await;
    bureau.sends_to_the_unit(id).await;
    let back = [("reason", "不属于本单位职责"), ("proposed", "中心街道办")];
    let form = format!("{}/return", page(id));
    let mut unit = bureau.opens(&bureau.unit, id).await;
    unit.submits(&form, &[("reason", ""), ("proposed", "中心街道办")]).await.is(422).submits(&form, &back).await.is(303);
    bureau.sends_to_the_unit(id).await;
    // The page has no such button any more; whoever sends the form all the same is told why.
    let mut unit = bureau.opens(&bureau.unit, id).await;
    assert!(!unit.html().contains(&form), "{}", unit.text());
    let (csrf, seen) = (unit.value(&format!("{}/sign", page(id)), "csrf"), unit.value(&format!("{}/sign", page(id)), "seen"));
    let again = format!("csrf={csrf}&seen={seen}&reason=x&proposed=x");
    unit.posts(&form, "application/x-www-form-urlencoded", again.into_bytes()).await.is(422).sees("已指定承办，不得再次退回");
});

journey!(p4_6_scenario_4_the_clerk_complained_of_does_not_answer, |site| {
    let bureau = Bureau::of(&site).await;
    let about = Registration { target: bureau.unit.id.to_string(), ..registration("complain", &bureau.desk, "1") };
    let id = complaints::register(&site.platform.as_actor(Actor::Anonymous), about).await.expect("registered").id;
    bureau.does(&bureau.desk, id, "accept", &[], "已受理").await;
    let (org, him) = (bureau.unit.org.to_string(), bureau.unit.id.to_string());
    let mut desk = bureau.opens(&bureau.desk, id).await;
    desk.submits(&format!("{}/assign", page(id)), &[("unit", &org), ("handler", &him)]).await.is(422).sees("被投诉人不得承办");
    bureau.sends_to_the_unit(id).await;
    site.at_desk(bureau.unit.id).await.opens("/desk/complaints").await.is(200).sees_no("窗口排队时间太长");
});

journey!(p4_8_scenario_7_late_by_a_day_a_yellow_card_by_four_a_red_one_and_the_city, |site| {
    let bureau = Bureau::of(&site).await;
    let city = identity::testing::staff(&site.platform, "990100", &[Role::Dispatcher]).await;
    let (id, number, _) = bureau.in_hand("complain", "1").await;
    for (day, colour) in [(9, "黄牌"), (14, "红牌")] {
        site.set_now(at(2026, 7, day, 0, 5));
        site.runs("interaction.cards").await;
        site.runs("supervision.adopt").await;
        site.works().await;
        site.at_desk(bureau.head.id).await.opens("/supervision/cards").await.is(200).sees(colour).sees(&number);
        let above = bureau.opens(&city, id).await.text();
        assert_eq!(above.contains("已列入督办"), day == 14, "the city has it once it is four days late: {above}");
    }
});

journey!(p4_8_scenario_8_twice_not_satisfied_is_opened_anew_above, |site| {
    let bureau = Bureau::of(&site).await;
    let city = identity::testing::staff(&site.platform, "990100", &[Role::Dispatcher]).await;
    let (id, number, code) = bureau.in_hand("complain", "1").await;
    bureau.replies(id).await;
    is_not_satisfied(&site, &number, &code).await;
    bureau.opens(&bureau.unit, id).await.sees("办理中");
    bureau.replies(id).await;
    is_not_satisfied(&site, &number, &code).await;
    bureau.opens(&city, id).await.sees("已受理").sees("督办");
    site.at_desk(bureau.unit.id).await.opens(&page(id)).await.is(404);
});

journey!(p4_3_scenario_9_a_petition_is_told_within_fifteen_days_rolled_over_the_festival, |site| {
    site.set_now(at(2026, 6, 5, 10, 0));
    let bureau = Bureau::of(&site).await;
    let (id, number, code) = bureau.hears("petition", "1").await;
    bureau.opens(&bureau.desk, id).await.sees("2026年6月22日");
    let mut visitor = site.visitor();
    visitor.opens("/complaints").await.submits("/complaints/status", &[("number", &number), ("code", &code)]).await.is(200).sees("2026年6月22日");
});

journey!(p4_12_scenario_11_a_request_for_disclosure_runs_by_twenty_working_days, |site| {
    let bureau = Bureau::of(&site).await;
    let (id, ..) = bureau.hears("disclosure", "1").await;
    bureau.does(&bureau.desk, id, "accept", &[], "2026年7月29日").await;
});
