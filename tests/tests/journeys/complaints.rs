//! Questions and complaints through the pages: written, taken in, answered, judged.

use platform::{Role, StaffActor};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

const WORDS: &str = "上午九点到测试登记处，排队两小时没有人办理，也没有人说明原因。";
const ANSWER: &str = "经核实，当日窗口因系统故障停办两小时，已增派人员并在门口公示，向您致歉。";

/// A desk and a unit in 990102.
struct Bureau {
    desk: Visitor,
    unit: Visitor,
    head: Visitor,
    of: StaffActor,
}

async fn bureau(site: &Site) -> Bureau {
    let of = identity::testing::staff(&site.platform, "990102", &[Role::ComplaintHandler]).await;
    Bureau {
        desk: site.staff("990102", &[Role::Dispatcher]).await,
        unit: site.at_desk(of.id).await,
        head: site.staff("990102", &[Role::Head]).await,
        of,
    }
}

impl Bureau {
    /// Somebody writes; returns receipt number and query code.
    async fn hears(&self, visitor: &mut Visitor, kind: &str) -> (String, String) {
        let org = self.of.org.to_string();
        let typed = [("kind", kind), ("org", org.as_str()), ("title", "排队太久"), ("words", WORDS), ("name", "张测试"), ("phone", "13900000000"), ("may_publish", "yes")];
        visitor.opens("/complaints/new").await.is(200).submits("/complaints/new", &typed).await.is(200).sees("已收到");
        let text = visitor.text();
        let after = |label: &str, n: usize| {
            let rest = &text[text.rfind(label).expect("on the receipt") + label.len()..];
            rest.chars().filter(char::is_ascii_digit).take(n).collect::<String>()
        };
        (after("受理编号", 22), after("查询码", 6))
    }

    /// The desk opens the newest, accepts it and sends it to the unit, which signs for it. Returns its address.
    async fn takes_in_hand(&mut self) -> String {
        self.desk.opens("/desk/complaints").await.is(200).clicks("排队太久").await.is(200);
        let page = self.desk.path().to_owned();
        self.desk.submits(&format!("{page}/accept"), &[]).await.is(303).follows().await.sees("已受理");
        let unit = self.of.org.to_string();
        self.desk.submits(&format!("{page}/assign"), &[("unit", &unit)]).await.is(303).follows().await.sees("待签收");
        self.unit.opens(&page).await.is(200).submits(&format!("{page}/sign"), &[]).await.is(303).follows().await.sees("办理中");
        page
    }
}

journey!(p4_1_and_p4_9_written_taken_in_answered_and_judged, |site| {
    let mut bureau = bureau(&site).await;
    let mut visitor = site.visitor();
    visitor.opens("/complaints/new").await.submits("/complaints/new", &[("words", "</textarea><script>")]).await.is(422).sees("请填写标题");
    assert_eq!(visitor.value("/complaints/new", "words"), "</textarea><script>");
    let (number, code) = bureau.hears(&mut visitor, "complain").await;
    let page = bureau.takes_in_hand().await;
    bureau.unit.submits(&format!("{page}/reply"), &[("words", "已处理"), ("basis", "")]).await.is(422).sees("答复不少于20字");
    bureau.unit.submits(&format!("{page}/reply"), &[("words", ANSWER), ("basis", "优化营商环境条例第三十六条")]).await.is(303);
    visitor.opens("/complaints").await.submits("/complaints/status", &[("number", number.as_str()), ("code", "000000")]).await.is(422).sees("没有查到");
    visitor.submits("/complaints/status", &[("number", number.as_str()), ("code", code.as_str())]).await.is(200).sees("增派人员").sees("优化营商环境条例");
    // The answer as a document: for whoever has the code, and at the desk that gave it.
    let answer = visitor.html();
    assert!(answer.contains("/complaints/reply"), "offered beside the answer");
    visitor.submits("/complaints/reply", &[]).await.is(200);
    assert!(visitor.bytes().starts_with(b"%PDF-"));
    visitor.opens("/complaints").await.submits("/complaints/status", &[("number", number.as_str()), ("code", code.as_str())]).await.is(200);
    let file = format!("{page}/reply.pdf");
    bureau.unit.opens(&file).await.is(200);
    assert!(bureau.unit.bytes().starts_with(b"%PDF-"));
    site.staff("990126", &[Role::ComplaintHandler]).await.opens(&file).await.is(404);
    // The list as a file, by the same door as the list.
    bureau.desk.opens("/desk/complaints").await.sees("导出 CSV").opens("/desk/complaints/export?format=csv").await.is(200).sees(&number).sees_no("张测试");
    bureau.desk.opens("/desk/complaints/export?format=xlsx&kind=report").await.is(200);
    assert!(bureau.desk.bytes().starts_with(b"PK"));
    site.staff("990126", &[Role::Dispatcher]).await.opens("/desk/complaints/export").await.is(200).sees_no(&number);
    site.staff("990102", &[Role::Clerk]).await.opens("/desk/complaints/export").await.is(403);
    // The count of the report opens its list.
    let mut leader = site.staff("990102", &[Role::Leader]).await;
    leader.opens("/statistics/forms?form=CMP-1&period=month&at=2026-07-01").await.is(200).clicks("1").await.is(200).sees(&number).sees("反映的单位");
    assert!(leader.path().starts_with("/statistics/complaints?"), "{}", leader.path());
    leader.opens(&leader.path().replace("/statistics/complaints?", "/statistics/complaints/export?")).await.is(200).sees(&number);
    let mut elsewhere = site.staff("990126", &[Role::Leader]).await;
    elsewhere.opens("/statistics/complaints?kind=complain&source=1&at=2026-07-01").await.is(200).sees_no(&number);
    elsewhere.opens("/statistics/complaints?kind=complain&source=1&at=2026-07-01&region=990102").await.is(403);
    visitor.submits("/complaints/say", &[("say", "unsatisfied")]).await.is(422).sees("请填写不满意的原因");
    visitor.submits("/complaints/say", &[("say", "satisfied")]).await.is(200).sees("办结");
});

journey!(p4_2_the_head_extends_once, |site| {
    let mut bureau = bureau(&site).await;
    bureau.hears(&mut site.visitor(), "complain").await;
    let page = bureau.takes_in_hand().await;
    bureau.head.opens(&page).await.is(200).sees("2026年7月8日");
    bureau.head.submits(&format!("{page}/extend"), &[("reason", "情况复杂")]).await.is(303).follows().await.sees("2026年7月15日");
    bureau.head.submits(&format!("{page}/extend"), &[("reason", "再延")]).await.is(422).sees("延期次数已用完");
});

journey!(p4_5_a_refusal_says_why_and_where_to_turn, |site| {
    let mut bureau = bureau(&site).await;
    let mut visitor = site.visitor();
    let (number, code) = bureau.hears(&mut visitor, "complain").await;
    bureau.desk.opens("/desk/complaints").await.clicks("排队太久").await.is(200);
    let form = format!("{}/refuse", bureau.desk.path());
    bureau.desk.submits(&form, &[("ground", "court"), ("sure", "yes")]).await.is(422).sees("不予受理须说明理由并告知途径");
    bureau.desk.submits(&form, &[("ground", "court"), ("reason", "已在法院立案"), ("channel", "请向区人民法院反映"), ("sure", "yes")]).await.is(303);
    visitor.opens("/complaints").await.submits("/complaints/status", &[("number", &number), ("code", &code)]).await.sees("请向区人民法院反映").sees("已进入诉讼或仲裁程序");
});

journey!(p4_7_who_reported_is_hidden_and_a_third_officer_raises_an_alarm, |site| {
    let mut bureau = bureau(&site).await;
    let mut supervisor = site.staff("990100", &[Role::Supervisor]).await;
    bureau.hears(&mut site.visitor(), "report").await;
    bureau.desk.opens("/desk/complaints").await.sees("（保密）").sees_no("排队太久").clicks("（保密）").await.is(200).sees_no("张测试").sees_no("排队两小时");
    let page = bureau.desk.path().to_owned();
    supervisor.opens(&page).await.is(200).submits(&format!("{page}/officers"), &[("officers", &bureau.of.id.to_string())]).await.is(303);
    bureau.desk.opens(&page).await.submits(&format!("{page}/reveal"), &[("purpose", "好奇")]).await.is(403).sees("无权查看举报人信息");
    supervisor.opens("/desk/complaints").await.sees("越权查看报警");
});

journey!(p4_10_published_questions_show_nobody, |site| {
    let mut bureau = bureau(&site).await;
    bureau.hears(&mut site.visitor(), "consult").await;
    bureau.desk.opens("/desk/complaints").await.clicks("排队太久").await.is(200);
    let page = bureau.desk.path().to_owned();
    bureau.desk.submits(&format!("{page}/accept"), &[("stock", "yes")]).await.is(303).follows().await.is(200);
    bureau.desk.submits(&format!("{page}/reply"), &[("words", ANSWER), ("basis", "办事指南")]).await.is(303);
    let publish = format!("{page}/publish");
    bureau.desk.opens(&publish).await.is(200).submits(&publish, &[("question", "我叫张测试，13900000000，要排多久？")]).await.is(303);
    site.visitor().opens("/questions").await.is(200).sees("张**").sees("139****0000").sees_no("张测试").sees_no("13900000000");
});

journey!(p4_11_the_desk_sees_duplicates_and_merges_them, |site| {
    let mut bureau = bureau(&site).await;
    let mut visitor = site.visitor();
    let (first, _) = bureau.hears(&mut visitor, "complain").await;
    bureau.desk.opens("/desk/complaints").await.clicks("排队太久").await.is(200).sees_no("与重复件合并");
    site.set_now(at(2026, 7, 1, 10, 5));
    let (second, code) = bureau.hears(&mut visitor, "complain").await;
    assert_ne!(first, second);
    bureau.desk.opens("/desk/complaints").await.clicks("排队太久").await.is(200).sees("与重复件合并").sees(&first);
    let form = format!("{}/merge", bureau.desk.path());
    bureau.desk.submits(&form, &[]).await.is(422).sees("请先勾选确认");
    bureau.desk.submits(&form, &[("sure", "yes")]).await.is(303);
    visitor.opens("/complaints").await.submits("/complaints/status", &[("number", &second), ("code", &code)]).await.is(200).sees(&first);
});

journey!(p4_1_staff_enter_a_call_and_a_citizen_follows_his_own, |site| {
    let mut bureau = bureau(&site).await;
    let org = bureau.of.org.to_string();
    let call = [("kind", "help"), ("org", org.as_str()), ("title", "来电求助"), ("words", WORDS), ("name", "王老人"), ("phone", "13900000009")];
    bureau.desk.opens("/desk/complaints/new").await.is(200).submits("/desk/complaints/new", &call).await.is(200).sees("已收到");
    let (_, mut li) = site.citizen(2).await;
    bureau.hears(&mut li, "suggest").await;
    li.opens("/me/complaints").await.is(200).sees("排队太久").sees_no("来电求助").clicks("排队太久").await.is(200).sees("已登记");
    let own = li.path().to_owned();
    let (_, mut wang) = site.citizen(2).await;
    wang.opens(&own).await.is(404);
    site.staff("990126", &[Role::Dispatcher, Role::Supervisor]).await.opens("/desk/complaints").await.sees_no("来电求助");
});
