//! Figures through the pages and the interface: each is its list, whoever looks.

use kernel::{Channel, Day, RegionCode};
use platform::{Grant, Role};
use statistics::testing::TestCase;

use crate::{
    couple::{Counter, acts},
    journey,
    kit::{Site, Visitor, at},
};

/// Nine cases of 990102 and three of 990126 in July, most of them finished; counted in the night of the 20th.
async fn a_july(site: &Site) {
    site.set_now(at(2026, 7, 6, 9, 0));
    let person = site.citizen(2).await.0.person();
    let hill = RegionCode::parse("990126").expect("a code");
    let away = identity::testing::organisation(&site.platform.system(), hill).await;
    for n in 0..12_u32 {
        let case = TestCase { applicant: Some(("张测试".to_owned(), person)), promise_due: Some(Day::ymd(2026, 7, 10)), ..TestCase::new(&site.platform, n + 1).await };
        let case = if n >= 9 { TestCase { region: hill, org: away, ..case } } else { case };
        let case = if n % 2 == 0 { TestCase { channel: Channel::Web, ..case } } else { case };
        match n {
            0 => case,
            1 => case.finished(at(2026, 7, 15, 10, 0)),
            _ => case.finished(at(2026, 7, 8, 10, 0)),
        }
        .put(&site.platform)
        .await;
    }
    site.set_now(at(2026, 7, 20, 0, 31));
    site.runs("statistics.run").await;
}

/// The figure in a cell of the table: what the link to its list says.
pub(crate) fn figure(visitor: &Visitor, region: &str, code: &str) -> (i64, String) {
    let html = visitor.html();
    let cell = html
        .split("href=\"")
        .skip(1)
        .find(|link| link.starts_with("/statistics/cases") && link.contains(&format!("region={region}&")) && link.split('"').next().is_some_and(|to| to.ends_with(&format!("figure={code}"))))
        .unwrap_or_else(|| panic!("no link to {code} of {region}"));
    let (to, rest) = cell.split_once("\">").expect("an anchor");
    (rest.split('<').next().and_then(|n| n.parse().ok()).expect("a number"), to.replace("&amp;", "&"))
}

fn unescaped(visitor: &Visitor) -> String {
    visitor.html().replace("&amp;", "&")
}

journey!(p2_6_every_figure_of_the_page_opens_a_list_of_that_many_and_the_export_says_the_same, |site| {
    a_july(&site).await;
    let mut leader = site.staff("990100", &[Role::Leader]).await;
    leader.opens("/statistics?period=month&at=2026-07-15").await.is(200).sees("甲市").sees("城东区").sees("山前县").sees("2026年7月").sees("合计等于各行之和");
    assert!(!unescaped(&leader).contains("不一致"));
    for (region, code, expected) in [("990102", "received", 9), ("990126", "received", 3), ("990102", "finished", 8), ("990102", "on_time", 7), ("990100", "received", 12)] {
        leader.opens("/statistics?at=2026-07-15").await.is(200);
        if code == "on_time" {
            leader.sees("87.5 %");
            leader.opens("/statistics/cases?at=2026-07-15&region=990102&figure=on_time").await.is(200).sees("按时办结 · 2026年7月 · 7");
        } else {
            let (n, to) = figure(&leader, region, code);
            assert_eq!(n, expected, "{code} of {region}");
            leader.opens(&to).await.is(200);
        }
        let lines = leader.html().matches("<tr>").count() - 1;
        assert_eq!(i64::try_from(lines).ok(), Some(expected), "{code} of {region}");
        leader.sees("张*试").sees_no("张测试");
    }
    leader.opens("/statistics/export?at=2026-07-15&format=csv").await.is(200);
    let csv = leader.html();
    assert!(csv.contains("城东区,9,") && csv.contains("山前县,3,") && csv.contains("合计,12,"), "{csv}");
    leader.opens("/statistics/export?at=2026-07-15&format=xlsx").await.is(200);
    assert!(leader.bytes().starts_with(b"PK"));
    leader.opens("/statistics/export?at=2026-07-15&what=received&region=990126").await.is(200);
    assert_eq!(leader.html().lines().count(), 4);
    leader.opens("/statistics/print?at=2026-07-15").await.is(200).sees("合计");
    leader.opens("/api/v1/statistics?at=2026-07-15").await.is(200);
    let told: serde_json::Value = serde_json::from_slice(leader.bytes()).expect("JSON");
    assert_eq!((&told["total"]["received"], &told["adds_up"]), (&12.into(), &true.into()));
    leader.opens("/api/v1/statistics/cases?at=2026-07-15&figure=finished").await.is(200);
    let told: serde_json::Value = serde_json::from_slice(leader.bytes()).expect("JSON");
    assert_eq!((&told["figure"], told["lines"].as_array().map(Vec::len)), (&11.into(), Some(11)));
    let mut auditor = site.staff("990100", &[Role::AuditAdmin]).await;
    auditor.opens("/admin/audit").await.is(200).sees("statistics.export");
});

journey!(p2_6_a_foreign_region_and_other_roles_see_no_figure, |site| {
    a_july(&site).await;
    let mut foreign = site.staff("990202", &[Role::Head]).await;
    foreign.opens("/statistics?at=2026-07-15").await.is(200).sees_no("城东区").sees("没有符合条件的办件");
    for path in ["/statistics", "/statistics/print", "/statistics/cases", "/statistics/forms", "/statistics/export", "/api/v1/statistics", "/api/v1/statistics/cases", "/api/v1/statistics/export"] {
        foreign.opens(&format!("{path}?at=2026-07-15&region=990102")).await.is(403);
        site.staff("990102", &[Role::Clerk]).await.opens(path).await.is(403);
    }
    let (_, mut citizen) = site.citizen(2).await;
    citizen.opens("/statistics").await.is(403);
});

journey!(appendix_5_whoever_reads_figures_only_sees_no_small_cell_elsewhere_and_no_applicant, |site| {
    a_july(&site).await;
    let mut reader = identity::testing::staff(&site.platform, "990202", &[Role::Statistician]).await;
    let city = RegionCode::parse("990100").expect("a code");
    let grant = Grant { role: Role::Statistician, org: None, region: city, item: None, until: None };
    reader.grants.push(grant);
    let outside = site.platform.as_actor(platform::Actor::Staff(reader));
    let asked = statistics::Asked { region: Some(city), ..statistics::Asked::month_of(Day::ymd(2026, 7, 1)) };
    let table = statistics::table(&outside, &asked).await.expect("figures");
    assert!(table.hidden && table.lines.iter().all(|line| line.shown.get(statistics::Measure::Received).is_none()));
    let mut own = site.staff("990100", &[Role::Statistician]).await;
    own.opens("/statistics?at=2026-07-15").await.is(200).sees("城东区").sees_no("不显示");
    own.opens("/statistics/cases?at=2026-07-15&region=990126").await.is(200).sees("收件 · 2026年7月 · 3").sees_no("张*试").sees_no("申请人");
});

journey!(p2_6_filters_that_make_no_sense_are_told_at_their_field, |site| {
    let mut head = site.staff("990102", &[Role::Head]).await;
    head.opens("/statistics").await.is(200).sees("夜间统计还没有运行过");
    head.opens("/statistics?at=2026-13-45&period=decade").await.is(422).sees("请从列表中选择");
    head.opens("/statistics?at=tomorrow").await.is(422).sees("请按 2026-07-01 的样子填写日期");
    assert_eq!(head.value("#figures", "at"), "tomorrow");
    head.opens("/statistics/cases?channel=9").await.is(422).sees("请从列表中选择");
    head.opens("/statistics/cases?figure=nothing").await.is(404);
    head.opens("/statistics/export?what=nothing").await.is(404);
    head.opens("/statistics/forms?form=HALL-1&period=year").await.is(422).sees("大厅统计请选择日或月");
    head.opens("/api/v1/statistics?by=colour").await.is(422).sees("E-STA02");
    for form in statistics::Form::ALL {
        head.opens(&format!("/statistics/forms?form={}", form.code())).await.is(200).sees(form.code());
    }
});

journey!(p2_6_the_page_asks_as_much_for_twelve_cases_as_for_one, |site| {
    let count = async |visitor: &mut Visitor| {
        visitor.opens("/statistics?at=2026-07-15").await.is(200);
        let before = site.platform.db().statements();
        visitor.opens("/statistics?at=2026-07-15").await.is(200);
        site.platform.db().statements() - before
    };
    site.set_now(at(2026, 7, 6, 9, 0));
    TestCase::new(&site.platform, 100).await.put(&site.platform).await;
    site.runs("statistics.run").await;
    let mut leader = site.staff("990100", &[Role::Leader]).await;
    let one = count(&mut leader).await;
    a_july(&site).await;
    let mut leader = site.staff("990100", &[Role::Leader]).await;
    assert_eq!(count(&mut leader).await, one);
});

journey!(p3_6_and_p3_10_a_rating_counts_for_its_matter_and_its_list_does_not_tell_which, |site| {
    site.set_now(at(2026, 7, 8, 9, 0));
    let (citizen, _) = site.citizen(2).await;
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    let case = TestCase { item: "000711001001".to_owned(), ..TestCase::new(&site.platform, 1).await }.finished(site.platform.now());
    case.put(&site.platform).await;
    let token = interaction::testing::finished(&site.platform, interaction::testing::subject(&clerk, &citizen, &case.number(), site.platform.now())).await;
    let mut li = site.signed_in(&citizen).await;
    li.opens(&format!("/rate/{token}")).await.submits(&format!("/rate/{token}"), &[("level", "2")]).await.is(303);
    site.set_now(at(2026, 7, 9, 0, 31));
    site.runs("statistics.run").await;
    let mut head = site.staff("990102", &[Role::Head]).await;
    head.opens("/statistics").await.is(200).sees("主动评价率").sees("100 %");
    head.opens("/statistics/cases?figure=level_2").await.is(200).sees("满意 · 2026年7月 · 1").sees("测试登记处").sees_no(&case.number());
    head.opens("/statistics/forms?form=EVAL-1").await.is(200).sees("100 %");
});

journey!(a_6_the_report_on_marriage_has_its_definitions_its_lists_and_its_files, |site| {
    let mut counter = Counter::opens(&site, "990102").await;
    counter.registrar.opens("/desk").await.is(200).submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    let case = counter.registrar.path().to_owned();
    let him = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "13800000001"), ("a_marital", "10")];
    let her = [("b_name", "李样例"), ("b_id_no", "990101200603110020"), ("b_phone", "13800000002"), ("b_marital", "10")];
    counter.enters(&case, &him, &her).await;
    counter.examines(&case).await;
    acts(&mut counter.registrar, &case, "register", &[("confirmation", "张测试 李样例")]).await;
    site.set_now(at(2026, 7, 2, 0, 31));
    site.runs("statistics.run").await;
    let mut leader = site.staff("990100", &[Role::Leader]).await;
    leader.opens("/statistics?at=2026-07-01").await.is(200).clicks("婚姻登记统计").await.is(200);
    leader.sees("结婚登记").sees("跨县通办占比").sees("双方户籍均不在登记处所在县").sees("城东区").sees("结婚登记×2 = 初婚 + 再婚").sees_no("不一致");
    leader.opens("/statistics/reports/marriage/cases?at=2026-07-01&figure=pairs").await.is(200).sees("2026年7月1日").sees_no("张测试");
    for period in ["quarter", "year"] {
        leader.opens(&format!("/statistics/reports/marriage?at=2026-07-01&period={period}")).await.is(200).sees("逐月");
    }
    leader.opens("/statistics/reports/marriage?at=2026-07-01&period=day").await.is(422).sees("请重新选择");
    leader.opens("/statistics/reports/marriage/export?at=2026-07-01&format=csv").await.is(200);
    assert!(leader.html().contains("结婚登记,对,1,0,1,0,1"), "{}", leader.html());
    leader.opens("/statistics/reports/marriage/export?at=2026-07-01&format=xlsx&what=pairs").await.is(200);
    assert!(leader.bytes().starts_with(b"PK"));
    leader.opens("/api/v1/statistics/reports/marriage?at=2026-07-01").await.is(200);
    let told: serde_json::Value = serde_json::from_slice(leader.bytes()).expect("JSON");
    assert_eq!((&told["figures"][0]["reported"], &told["adds_up"]), (&1.into(), &true.into()));
    leader.opens("/statistics/reports/nothing").await.is(404);
    site.staff("990102", &[Role::Clerk]).await.opens("/statistics/reports/marriage").await.is(403);
});
