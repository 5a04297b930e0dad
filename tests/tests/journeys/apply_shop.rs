//! Applying online for a matter of which every part is used: pledge instead of papers, and a pre-check that sends back.

use casework::ops::{self, Act};
use casework::testing::{PDF, shop_sign, world};
use casework::{CaseId, CorrectionItem, Declaration, Fault};
use platform::{Actor, Role, StaffActor};
use store::db_test;

use crate::kit::{Site, Visitor};

/// What a person who opens a shop says, a section each.
const SHOP: [(&str, &str); 4] = [("sign", "春风便民店"), ("area", "35"), ("opens_on", "2026-09-01"), ("_go", "on")];
const REACH: [(&str, &str); 2] = [("street", "中心街道和平路1号"), ("_go", "on")];

/// The site with the fictional service; its item; a citizen who may apply, and his browser.
async fn opens(db: store::Db) -> (Site, String, Visitor) {
    let world = world(db).await;
    let (code, citizen) = (world.item.code.clone(), world.citizen.clone());
    let site = Site::with(world.p, vec![Declaration::data(shop_sign())]).await;
    let li = site.signed_in(&citizen).await;
    (site, code, li)
}

/// Fills in everything but the papers; the second time, the address is there already and is not asked again.
async fn fills(li: &mut Visitor, code: &str, reach: &[(&str, &str)]) {
    let start = format!("/apply/{code}");
    li.opens(&start).await.is(200).submits(&start, &[("kind", "new")]).await.is(303);
    for (section, typed) in [("shop", SHOP.as_slice()), ("reach", reach)] {
        let page = format!("{start}/sections/{section}");
        li.opens(&page).await.is(200).submits(&page, typed).await.is(303);
    }
}

fn case_of(li: &Visitor) -> CaseId {
    li.path().rsplit('/').next().and_then(|id| id.parse().ok()).expect("the case")
}

/// Somebody of the office makes a move.
async fn moves(site: &Site, staff: &StaffActor, case: CaseId, act: Act) {
    let seen = casework::head(site.platform.db(), case).await.expect("a case").version;
    ops::act(&site.platform.as_actor(Actor::Staff(staff.clone())), case, Act { seen, ..act }).await.expect("the move");
}

db_test!(p2_7_a_citizen_pledges_instead_of_papers_and_a_record_takes_that_away, |db| async move {
    let (site, code, mut li) = opens(db).await;
    fills(&mut li, &code, &REACH).await;
    let check = format!("/apply/{code}/check");
    // Without the pledge the papers are asked for; with it they may follow.
    li.opens(&check).await.is(200).sees("我承诺店铺名称不与他人相同").sees("撤销决定并记入信用");
    li.submits(&check, &[]).await.is(422).sees("缺少材料");
    li.opens(&check).await.submits(&check, &[("pledge", "yes")]).await.is(200).sees("申请已收到").sees("查询码").clicks("查看进度").await.is(200);
    li.sees("我承诺店铺名称不与他人相同").sees("核查不晚于").sees("查询码");
    let case = case_of(&li);
    let examiner = identity::testing::staff(&site.platform, "990102", &[Role::Examiner]).await;
    ops::check_pledge(&site.platform.as_actor(Actor::Staff(examiner)), case, false, "名称与他人相同").await.expect("checked");
    let page = li.path().to_owned();
    li.opens(&format!("{page}/withdraw")).await.submits(&format!("{page}/withdraw"), &[]).await.is(303);
    fills(&mut li, &code, &REACH[1..]).await;
    li.opens(&check).await.submits(&check, &[("pledge", "yes")]).await.is(422).sees("申请人存在失信记录，不适用告知承诺");
});

db_test!(p2_3_what_a_precheck_sends_back_is_mended_and_sent_again, |db| async move {
    let (site, code, mut li) = opens(db).await;
    fills(&mut li, &code, &REACH).await;
    let papers = format!("/apply/{code}/papers");
    for key in ["plan", "lease"] {
        let field = format!("material.{key}");
        li.opens(&papers).await.uploads(&papers, &[("_key", key), ("_act", "send")], &[(&field, "扫描.pdf", "application/pdf", PDF)]).await.is(303);
    }
    let check = format!("/apply/{code}/check");
    li.opens(&check).await.submits(&check, &[]).await.is(200).clicks("查看进度").await.is(200);
    let (page, case) = (li.path().to_owned(), case_of(&li));
    let officer = identity::testing::staff(&site.platform, "990102", &[Role::Precheck]).await;
    let wrong = |key: &str, wrong: &str| CorrectionItem { key: key.into(), fault: Fault::Defective, wrong: wrong.into(), mend: "请改正".into(), supplied_at: None };
    let back = Act { corrections: vec![wrong("sign", "名称不完整"), wrong("plan", "图纸看不清")], ..Act::new("precheck_return", 0) };
    moves(&site, &officer, case, back).await;
    li.opens("/me/matters").await.is(200).opens(&page).await.sees("需要您做的").sees("名称不完整").sees("图纸看不清").sees("修改后重新提交");
    let upload = format!("{page}/papers");
    li.uploads(&upload, &[("_key", "plan")], &[("material.plan", "新图.pdf", "application/pdf", PDF)]).await.is(303).follows().await.is(200);
    let act = format!("{page}/act");
    li.submits(&act, &[("sign", ""), ("_verb", "resubmit")]).await.is(422).sees("请填写“店铺名称”");
    li.submits(&act, &[("sign", "春风里便民店"), ("_verb", "resubmit")]).await.is(303).follows().await.sees("春风里便民店").sees_no("需要您做的");
    moves(&site, &officer, case, Act::new("precheck_pass", 0)).await;
    li.opens(&page).await.sees("预审通过");
});
