//! One's own data: taken away, let go of; and children, for whom a guardian consents.

use identity::ops::{NewPassword, confirm_reset, request_reset};
use identity::testing::Citizen;
use platform::{Actor, Role};

use crate::{
    api_program::Program,
    apply, journey,
    kit::Site,
    whole, window,
};

const PASSWORD: &str = "correct horse";

/// The citizen has forgotten his password and has a new one.
async fn sets_a_password(site: &Site, who: &Citizen) {
    let ctx = site.platform.as_actor(Actor::Anonymous);
    request_reset(&ctx, &who.phone).await.expect("a code is sent");
    site.works().await;
    let text = whole::messages(site, &who.phone);
    let code = text.split(|c: char| !c.is_ascii_digit()).rfind(|part| part.len() == 6).expect("a code").to_owned();
    confirm_reset(&ctx, NewPassword { contact: who.phone.clone(), code, password: PASSWORD.into() }).await.expect("set");
}

journey!(p8_scenario_9_an_old_man_takes_a_copy_with_all_his_rows_and_none_of_others, |site| {
    let item = apply::the_item(&site).await;
    let (wang, mut his) = site.citizen(2).await;
    let (other, mut hers) = site.citizen(2).await;
    let mut numbers = Vec::new();
    for who in [&wang, &other] {
        let case = apply::submits(&site, &item, who).await;
        numbers.push(casework::head(site.platform.db(), case).await.expect("a case").case_no);
    }
    site.works().await;
    his.opens("/me/data").await.is(200).clicks("全部信息的副本（JSON").await.is(200);
    assert!(his.header("content-disposition").contains(".json"));
    let mut program = Program::of(&site, wang.actor()).await;
    program.reads("/api/v1/me/data/copy").await.is(200);
    for copy in [his.html(), program.answer.to_string()] {
        for own in [&wang.number, &wang.phone, &numbers[0], &"存折.pdf".to_owned(), &"中心街道和平路1号".to_owned()] {
            assert!(copy.contains(own.as_str()), "{own} is not in {copy}");
        }
        for foreign in [&other.number, &other.phone, &numbers[1]] {
            assert!(!copy.contains(foreign.as_str()), "{foreign} is in the copy");
        }
    }
    his.opens("/me/data").await.clicks("全部信息的副本（PDF").await.is(200);
    assert!(his.bytes().starts_with(b"%PDF-"));
    program.reads("/api/v1/me/data/copy.pdf").await.is(200);
    // That a copy was taken is written down beside every other look.
    his.opens("/me/data").await.sees("取走个人信息副本");
    hers.opens("/me/data").await.is(200).sees_no("取走个人信息副本");
    site.visitor().opens("/me/data/copy.json").await.is(303);
    site.staff("990102", &[Role::Clerk]).await.opens("/me/data/copy.json").await.is(403);
});

journey!(p8_scenario_10_an_account_is_closed_and_what_the_law_keeps_is_only_stored, |site| {
    let item = apply::the_item(&site).await;
    let li = identity::testing::citizen(&site.platform, 2).await;
    let case = apply::submits(&site, &item, &li).await;
    sets_a_password(&site, &li).await;
    let mut visitor = site.signed_in(&li).await;
    visitor.opens("/me/data").await.is(200).clicks("注销账号").await.is(200).sees("办件：该信息依法须保存至2036年7月1日，已停止其他处理");
    visitor.submits("/me/close", &[("current", PASSWORD)]).await.is(422).sees("请确认后勾选");
    visitor.submits("/me/close", &[("current", "wrong horse"), ("sure", "yes")]).await.is(422).sees("当前密码不正确");
    visitor.submits("/me/close", &[("current", PASSWORD), ("sure", "yes")]).await.is(200).sees("账号已注销").sees("2036年7月1日");
    visitor.opens("/me").await.is(303);
    visitor.opens("/sign-in").await.submits("/sign-in", &[("contact", &li.phone), ("password", PASSWORD)]).await.is(422).sees("账号或密码不正确");
    // The case goes on; at a counter nothing of it is offered for another matter any more.
    let mut desk = site.staff("990102", &[Role::Clerk]).await;
    desk.opens(&format!("/desk/work/{case}")).await.is(200);
    let start = format!("/desk/intake/{item}");
    desk.opens(&start).await.submits(&start, &[("_name", &li.name), ("_number", &li.number)]).await.is(303).follows().await.is(200).sees_no("已有的信息");
});

journey!(p8_scenario_11_a_child_under_fourteen_is_taken_in_once_a_guardian_has_consented, |site| {
    let item = apply::the_item(&site).await;
    let mut desk = site.staff("990102", &[Role::Clerk]).await;
    let start = format!("/desk/intake/{item}");
    let child = [("_name", "孙少年"), ("_number", "990102201302150054")];
    desk.opens(&start).await.submits(&start, &child).await.is(422).sees("须取得监护人同意后方可处理不满十四周岁未成年人信息");
    let form = "/desk/identity/guardian";
    let both = [("child_name", "孙少年"), ("child_id_no", "990102201302150054"), ("guardian_name", "张测试"), ("guardian_id_no", "990102199003070011"), ("relation", "parent")];
    desk.opens("/desk/identity").await.is(200).clicks("登记监护人同意").await.is(200).submits(form, &both).await.is(422).sees("签字同意后勾选");
    assert_eq!(desk.value(form, "child_name"), "孙少年", "what was typed stays");
    desk.submits(form, &[("seen", "yes")]).await.is(303).follows().await.sees("监护人同意已登记");
    window::takes_in(&mut desk, &item, &window::typed("孙少年", "990102201302150054", &[])).await;
    desk.is(200).sees("收件凭证");
    desk.opens(form).await.submits(form, &[both.as_slice(), &[("act", "withdraw")]].concat()).await.is(303).follows().await.sees("同意已撤回");
    desk.opens(&start).await.submits(&start, &child).await.is(422).sees("须取得监护人同意");
    site.staff("990102", &[Role::Examiner]).await.opens(form).await.is(403);
});
