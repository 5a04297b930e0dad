//! What supervision adds to the report on organisations (D.7).

use kernel::Day;

use super::{desk, does, input, opens};
use crate::model::Kind as Class;
use crate::statistics::Figures;
use crate::supervision::{Kind, open};
use crate::testing::registered;

::store::db_test!(d_7_concluded_reports_and_illegal_organisations_are_counted, |db| async move {
    let desk = desk(db).await;
    ::statistics::install(&desk.w.p.platform, vec![std::sync::Arc::new(Figures)]);
    let report = |members: &'static str, assets: &'static str| {
        [("year", "2025"), ("activities", "举办社区活动12次"), ("income", "120000"), ("cost", "100000.50"), ("assets", assets), ("staff", "6"), ("members", members), ("party_members", "2")]
    };
    for (name, filed, result) in [("甲市城东区康乐协会", report("80", "60000.49"), "1"), ("甲市城东区安宁协会", report("", "1"), "3")] {
        let org = registered(&desk.w, name, Class::Association).await;
        let id = opens(&desk.clerk(), Kind::Annual, org, &filed).await;
        does(&desk.reviewer(), id, "agree", &[]).await.expect("agreed");
        does(&desk.examiner(), id, "conclude", &[("result", result), ("facts", "审查结论")]).await.expect("concluded");
    }
    let waits = registered(&desk.w, "甲市城东区长青协会", Class::Association).await;
    opens(&desk.clerk(), Kind::Annual, waits, &report("9", "9")).await;
    let known = [("name", "甲市养生联合总会"), ("kind", "unregistered"), ("clue", "以协会名义收费"), ("region", "990102")];
    let id = open(&desk.clerk(), Kind::Illegal, None, &input(&known)).await.expect("recorded").id;
    does(&desk.inspector(), id, "investigate", &[]).await.expect("looked into");
    does(&desk.approver(), id, "decide", &[("disposition", "ban"), ("facts", "未经登记，以社会团体名义开展活动")]).await.expect("decided");
    does(&desk.approver(), id, "publish", &[]).await.expect("published");

    ::statistics::run(&desk.w.p.system(), false).await.expect("a run").expect("nobody else runs");
    let asked = ::statistics::Asked { region: Some(desk.w.region), ..::statistics::Asked::month_of(Day::ymd(2026, 7, 1)) };
    let told = ::statistics::answer(&desk.w.p.system(), "organizations", &asked).await.expect("an answer");
    let of = |code: &str| told.row(code).and_then(|row| row.reported).expect("shown");
    let codes = ["reports", "reports_passed", "reports_late", "members", "staff", "party_members", "assets", "income", "cost", "donations", "illegal"];
    assert_eq!(codes.map(of), [2, 1, 2, 80, 12, 4, 60_001, 240_000, 200_002, 0, 1]);
});
